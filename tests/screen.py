"""A screen that nobody sees, for tests that need a real one: Xvfb, on a display that is free."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager


def there_is_one() -> bool:
    """Whether Xvfb is installed, and xdotool to act on what it shows."""
    return bool(shutil.which("Xvfb") and shutil.which("xdotool"))


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """How to find the screen while it is there, as variables of the environment."""
    ready, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x900x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(ready) as pipe:
        number = pipe.readline().strip()
    try:
        yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    finally:
        server.terminate()
        server.wait()
