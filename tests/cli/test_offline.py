"""The product in a network namespace without any interface: what works there needs no network."""

import json
import shutil
import subprocess
import sys

import pytest

from .conftest import Processes, Terminal
from .test_streams import told


def can_unshare() -> bool:
    unshare = shutil.which("unshare")
    return unshare is not None and subprocess.run([unshare, "--net", "true"], capture_output=True).returncode == 0


@pytest.mark.skipif(not can_unshare(), reason="this machine does not let us make a network namespace")
def test_chat_recall_and_forgetting_work_without_any_network(processes: Processes, terminal: Terminal) -> None:
    def run(*arguments: str) -> str:
        command = ["unshare", "--net", sys.executable, "-m", "assistant", "--home", str(processes.home), *arguments]
        done = subprocess.run(command, env=processes.environment(), capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout

    told(terminal, "I am allergic to walnuts.")
    answer = json.loads(run("chat", "What food am I allergic to?", "--json", "--max-tokens", "8"))
    assert answer["memories"]
    assert json.loads(run("memory", "forget", answer["memories"][0]["id"], "--yes", "--json"))["verified"]
