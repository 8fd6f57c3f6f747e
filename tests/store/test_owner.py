import subprocess
import sys
import threading
from pathlib import Path

import pytest

from assistant.errors import StoreInUseError
from assistant.store.owner import Owner

HOLD = """
import sys
import threading
from pathlib import Path
from assistant.store.owner import Owner
owner = Owner(Path(sys.argv[1]))
owner.take()
print("taken", flush=True)
sys.stdin.read()
"""


def test_a_second_process_is_refused_and_told_which_one_it_is(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "taken\n"
        with pytest.raises(StoreInUseError, match=rf"process {holder.pid}\b"):
            Owner(tmp_path).take()
        holder.kill()
        holder.wait()
        owner = Owner(tmp_path)
        owner.take()
        owner.release()


def test_the_lock_is_free_again_after_release(tmp_path: Path) -> None:
    first, second = Owner(tmp_path), Owner(tmp_path)
    first.take()
    with pytest.raises(StoreInUseError):
        second.take()
    first.release()
    first.release()
    second.take()
    second.release()


def test_the_lock_may_be_released_by_another_thread_than_took_it(tmp_path: Path) -> None:
    owner = Owner(tmp_path)
    taker = threading.Thread(target=owner.take)
    taker.start()
    taker.join()
    owner.release()
    again = Owner(tmp_path)
    again.take()
    again.release()
