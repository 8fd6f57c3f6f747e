"""The terminal commands: read from here to know the product. Each command has a file of its own beside this one."""

import argparse
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

import assistant
from assistant.errors import HippoError

from .chat import add_chat_command
from .check import add_check_command
from .memory import add_memory_command
from .models import add_models_command
from .output import flush_output, say, say_error, show
from .vault import add_vault_command


class _Parser(argparse.ArgumentParser):
    """Tells a wrong command line in one line, and does not hide that its help did not arrive."""

    def error(self, message: str) -> NoReturn:
        say(f"assistant: {' '.join(message.split())} (see `{self.prog} --help`)")
        self.exit(2)

    def _print_message(self, message: str, file: Any = None) -> None:
        if file is sys.stdout:
            show(message, end="")
        else:
            super()._print_message(message, file)


def _parser(prog: str, description: str) -> argparse.ArgumentParser:
    return _Parser(prog=prog, description=description)


def build_parser() -> argparse.ArgumentParser:
    """The whole command line."""
    parser = _parser("assistant", "Hippo, a private assistant that remembers. Without a command: the window.")
    parser.add_argument("--version", action="version", version=f"Hippo {assistant.__version__}")
    _add_home(parser, default=None)
    parser.add_argument(
        "--demo", action="store_true", help="look around in a made-up memory in a temporary folder; touches no other"
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    add_chat_command(commands)
    add_memory_command(commands)
    add_models_command(commands)
    add_vault_command(commands)
    add_check_command(commands)
    for command in commands.choices.values():
        _add_home_below(command)
    return parser


def _add_home(parser: argparse.ArgumentParser, *, default: Any) -> None:
    parser.add_argument(
        "--home", metavar="DIR", default=default, help="keep everything in this folder (or set ASSISTANT_HOME)"
    )


def _add_home_below(parser: argparse.ArgumentParser) -> None:
    """Let --home stand after a command or verb as well, without undoing one that stood before it."""
    _add_home(parser, default=argparse.SUPPRESS)
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for verb in action.choices.values():
                _add_home_below(verb)


def run(arguments: Sequence[str]) -> int:
    """Carry out a command line that names a command. Returns the exit status, 0 only on success."""

    def carry_out() -> int:
        options = build_parser().parse_args(arguments)
        return int(options.run(options))

    return guarded(carry_out)


def guarded(work: Callable[[], int]) -> int:
    """Run the work; turn failures into one clear line each and an exit status."""
    try:
        try:
            return work()
        finally:
            flush_output()
    except HippoError as error:
        say_error(error)
        return 1
    except KeyboardInterrupt:
        say("Stopped.")
        return 130
    except Exception as error:  # noqa: BLE001
        # The text of an unforeseen exception may quote content, so only its type and place are told.
        place = traceback.extract_tb(error.__traceback__)[-1]
        say(f"assistant: An unforeseen failure: {type(error).__name__} in {Path(place.filename).name}:{place.lineno}.")
        return 70
