"""The terminal commands: read from here to know the product. Each command has a file of its own beside this one."""

import argparse
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import assistant
from assistant.errors import HippoError

from .chat import add_chat_command
from .check import add_check_command
from .memory import add_memory_command
from .models import add_models_command
from .output import say, say_error
from .vault import add_vault_command


def build_parser() -> argparse.ArgumentParser:
    """The whole command line."""
    parser = argparse.ArgumentParser(
        prog="assistant",
        description="Hippo, a private assistant that remembers. Without a command: the window.",
    )
    parser.add_argument("--version", action="version", version=f"Hippo {assistant.__version__}")
    _add_home(parser, default=None)
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
    options = build_parser().parse_args(arguments)
    return guarded(lambda: int(options.run(options)))


def guarded(work: Callable[[], int]) -> int:
    """Run the work; turn failures into one clear line each and an exit status."""
    try:
        return work()
    except HippoError as error:
        say_error(error)
        return 1
    except KeyboardInterrupt:
        say("Stopped.")
        return 130
    except BrokenPipeError:
        # Whoever read our output has left; there is nobody to tell.
        sys.stderr.close()
        return 1
    except Exception as error:  # noqa: BLE001
        # The text of an unforeseen exception may quote content, so only its type and place are told.
        place = traceback.extract_tb(error.__traceback__)[-1]
        say(f"assistant: An unforeseen failure: {type(error).__name__} in {Path(place.filename).name}:{place.lineno}.")
        return 70
