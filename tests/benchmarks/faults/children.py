"""Processes that are forked from one that has imported everything: LanceDB takes seconds to import."""

import multiprocessing
import warnings
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

Said = TypeVar("Said")
Told = TypeVar("Told")

_CONTEXT = multiprocessing.get_context("forkserver")
_IMPORTED = ["lancedb", __name__, "tests.benchmarks.faults.worker", "tests.benchmarks.faults.opener"]
# Nothing of it has run yet when it is forked.
warnings.filterwarnings("ignore", "lancedb fork support is experimental", RuntimeWarning)


class Child(Generic[Said, Told]):
    """A process with a pipe to it.

    Attributes:
        pipe: From which comes what it says, until EOFError; it hears what is sent.
    """

    def __init__(self, program: Callable[..., None], *arguments: object) -> None:
        """Start `program(pipe, *arguments)`; it must be importable."""
        _CONTEXT.set_forkserver_preload(_IMPORTED)
        ours, theirs = _CONTEXT.Pipe()
        self.pipe: Connection[Any, Any] = ours
        self._process = _CONTEXT.Process(target=program, args=(theirs, *arguments), daemon=True)
        self._process.start()
        theirs.close()

    def kill(self) -> None:
        """kill -9, now."""
        self._process.kill()

    def said(self) -> list[Said]:
        """All that it says until it ends."""
        found = []
        while True:
            try:
                found.append(self.pipe.recv())
            except EOFError:
                return found

    def stop(self) -> int | None:
        """End it. Returns its exit status."""
        self._process.kill()
        self._process.join()
        self.pipe.close()
        return self._process.exitcode
