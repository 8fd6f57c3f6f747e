"""Where Hippo starts: the window, or with a command (or without a display) the terminal."""

import io
import sys
from collections.abc import Sequence

from assistant import offline
from assistant.log import start_logging
from assistant.vault.process import harden_process


def main(arguments: Sequence[str] | None = None) -> int:
    """Run Hippo with these command-line arguments; returns the exit status."""
    _speak_utf8()
    harden_process()
    offline.guard_process()
    start_logging()
    given = list(sys.argv[1:] if arguments is None else arguments)

    from assistant.cli.check import has_display
    from assistant.cli.main import build_parser, guarded, run
    from assistant.cli.output import say
    from assistant.paths import home_folder

    def start() -> int:
        options = build_parser().parse_args(given)
        if options.demo:
            return _demo(options.command, shown=has_display())
        if options.command is not None:
            return run(given)
        if not has_display():
            say("There is no display here, so Hippo chats in the terminal.")
            return run([*given, "chat"])

        from assistant.ui.app import run as run_window

        return run_window(home_folder(options.home))

    return guarded(start)


def _demo(command: str | None, *, shown: bool) -> int:
    from assistant.cli.output import say
    from assistant.errors import InputError

    if command is not None:
        raise InputError("The demo is a window and takes no command.", next_step="Leave the command out.")
    if not shown:
        raise InputError(
            "There is no display here, and the demo is a window.",
            next_step="Start it where there is a screen, or try `assistant --home NEW_FOLDER chat`.",
        )
    say("Making up a memory to look around in…")
    from assistant.ui.app import run_demo

    return run_demo()


def _speak_utf8() -> None:
    """Print every character whatever the locale says, and read bytes that are no text as U+FFFD."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")


if __name__ == "__main__":
    sys.exit(main())
