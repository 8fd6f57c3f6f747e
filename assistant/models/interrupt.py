"""Stops ONNX Runtime in the middle of a computation when the user says stop.

Without it a stop would wait for the end of a chunk of the prompt, which a busy machine may take a second for; with it
ONNX Runtime gives up before its next operator, some milliseconds later.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Final, Self

from assistant.errors import CancelledError, ModelError

_LOOK_EVERY: Final = 0.01  # seconds


class Interrupt:
    """While entered, a thread asks `cancelled` a hundred times a second and ends runs that use `options`.

    Attributes:
        options: An `onnxruntime.RunOptions` for the runs that may be ended.
        happened: Whether `cancelled` was true. A run that was ended has raised, and its output is worthless.
    """

    def __init__(self, cancelled: Callable[[], bool]) -> None:
        import onnxruntime

        self.options: Any = onnxruntime.RunOptions()
        self.happened = False
        self._cancelled = cancelled
        self._left = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="hippo-interrupt", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._left.set()
        self._thread.join()

    def check(self) -> bool:
        """Ask `cancelled` now; returns whether it is or was true."""
        self.happened = self.happened or self._cancelled()
        return self.happened

    def _watch(self) -> None:
        while not self._left.wait(_LOOK_EVERY):
            if self.check():
                self.options.terminate = True
                return


def run_bound(session: Any, binding: Any, interrupt: Interrupt | None) -> None:
    """Let an ONNX Runtime session compute what is bound.

    Raises:
        CancelledError: `interrupt` ended it.
        ModelError: ONNX Runtime failed.
    """
    _run(lambda: session.run_with_iobinding(binding, interrupt and interrupt.options), interrupt)


def run_named(session: Any, outputs: Sequence[str], inputs: Mapping[str, Any], interrupt: Interrupt) -> Sequence[Any]:
    """The same for outputs and inputs by name; returns the outputs."""
    found: Sequence[Any] = _run(lambda: session.run(list(outputs), dict(inputs), interrupt.options), interrupt)
    return found


def _run(compute: Callable[[], Any], interrupt: Interrupt | None) -> Any:
    try:
        return compute()
    except Exception as error:  # ONNX Runtime's exceptions have no common base of their own
        if interrupt is not None and interrupt.happened:
            raise CancelledError("The answer was stopped.") from None
        raise ModelError("The model failed while computing.", next_step="Free some memory and try again.") from error
