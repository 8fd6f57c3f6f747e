import subprocess
import sys

import pytest

PROGRAM = """
import ctypes, faulthandler, resource
from assistant.vault.process import harden_process
faulthandler.enable()
harden_process()
print(resource.getrlimit(resource.RLIMIT_CORE), faulthandler.is_enabled())
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))  # PR_GET_DUMPABLE
"""


@pytest.mark.skipif(sys.platform != "linux", reason="about Linux")
def test_a_hardened_process_leaves_no_core_and_cannot_be_dumped() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    limits, dumpable = done.stdout.splitlines()
    assert limits == "(0, 0) False"
    assert dumpable == "0"
