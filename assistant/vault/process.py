"""What the process does so that the key and the open memory do not leave it by a side door.

This is about crash dumps and debuggers of the same user. It is no defence against root.
"""

import contextlib
import faulthandler
import sys

_PR_SET_DUMPABLE = 4


def harden_process() -> None:
    """Forbid core files and tracing of this process by others, as far as the platform can.

    On Linux the core size limit becomes 0 and the process is marked as not dumpable, which also closes
    /proc/PID/mem to other processes of the user. On other Unix systems only the core size is set. Tracebacks of
    native crashes (`faulthandler`) are switched off. What the platform refuses is left as it was: the
    assistant still works.
    """
    faulthandler.disable()
    if sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(OSError, ValueError):  # a container may forbid the call
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
