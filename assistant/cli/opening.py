"""Opening a home from the terminal: ASSISTANT_PASSPHRASE, else the keyring, else a question, else no memory."""

import getpass
import math
import os
import sys
import time

from assistant.conversation.session import Session
from assistant.errors import InputError, NoKeyringError, VaultError, WrongKeyError
from assistant.paths import Home

from .output import say

_NO_WAY = "Set ASSISTANT_PASSPHRASE, or run it in a terminal."


def passphrase_from_environment() -> str | None:
    """The passphrase for automation, if one is set."""
    return os.environ.get("ASSISTANT_PASSPHRASE") or None


def can_ask() -> bool:
    """Whether there is a person at a terminal to ask."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask_passphrase(question: str) -> str:
    """Ask for a passphrase without showing it.

    Raises:
        InputError: The question was broken off.
    """
    try:
        return getpass.getpass(question, stream=sys.stderr)
    except (EOFError, KeyboardInterrupt) as error:
        raise InputError("No passphrase was given.") from error


def confirm(question: str) -> None:
    """Ask for a yes. Raises InputError where it does not come."""
    if not can_ask():
        raise InputError("This needs a yes, and there is nobody to ask.", next_step="Add --yes.")
    say(f"{question} [y/N] ")
    try:
        answer = input()
    except EOFError:
        answer = ""
    if answer.strip().lower() not in ("y", "yes"):
        raise InputError("Nothing was done.")


def ask_new_passphrase() -> str:
    """Ask for a new passphrase twice.

    Raises:
        InputError: The two differ.
    """
    chosen = ask_passphrase("New passphrase (at least 8 characters): ")
    if ask_passphrase("The same again: ") != chosen:
        raise InputError("The two passphrases differ.", next_step="Try again.")
    return chosen


def open_session(home: Home, *, create: bool, temporary_is_fine: bool = False) -> Session:
    """A session with its memory open.

    Args:
        home: The folder.
        create: Make a vault where there is none; otherwise a home without one is an error.
        temporary_is_fine: Where there is no way to a key, chat without a memory, and say so.

    Raises:
        HippoError: The memory cannot be opened.
    """
    session = Session(home)
    try:
        if session.stage == "new":
            if not create:
                raise InputError(
                    f"There is no memory in {home.root} yet.",
                    next_step="Start a chat or import something first.",
                )
            _create(session)
        else:
            _unlock(session)
    except NoKeyringError as error:
        if not temporary_is_fine:
            raise
        say(f"Temporary chat: nothing will be remembered. {error}")
        session.go_temporary()
    if session.stage == "open":
        for problem in session.problems:
            say(problem)
        if damaged := len(session.memory.store.damaged):
            rows = "1 damaged row of the memory was" if damaged == 1 else f"{damaged:,} damaged rows of the memory were"
            say(f"{rows} set aside. Restore a backup if you miss something.")
    if session.finished_forgets:
        say("A forgetting that was cut off has been finished.")
    return session


def _create(session: Session) -> None:
    given = passphrase_from_environment()
    if given is not None:
        session.create(passphrase=given)
    elif session.vault.keyring_available():
        session.create(use_keyring=True)
        say("The new memory is protected by this machine's keyring. `assistant vault recovery` makes a spare key.")
    elif can_ask():
        say("This machine has no keyring. A passphrase will protect the memory; nobody can restore it for you.")
        session.create(passphrase=ask_new_passphrase())
    else:
        raise NoKeyringError("There is no keyring and no passphrase here.", next_step=_NO_WAY)


def _unlock(session: Session) -> None:
    wraps, given = session.vault.wraps, passphrase_from_environment()
    if given is not None and "passphrase" in wraps:
        _wait_for_try(session)
        session.unlock(passphrase=given)
        return
    problem: VaultError | None = None
    if "keyring" in wraps:
        try:
            session.unlock()
        except (NoKeyringError, WrongKeyError) as error:
            problem = error
        else:
            return
    if not can_ask():
        if isinstance(problem, WrongKeyError):
            raise problem
        raise NoKeyringError("The memory is locked, and there is nobody to ask for the passphrase.", next_step=_NO_WAY)
    if problem is not None:
        say(str(problem))
    if "passphrase" in wraps:
        _wait_for_try(session)
        session.unlock(passphrase=ask_passphrase("Passphrase: "))
    elif "recovery" in wraps:
        session.unlock(recovery_code=ask_passphrase("Recovery code: "))
    else:
        raise problem or VaultError("No key opens this vault from here.")
    if problem is not None and "keyring" in wraps and session.vault.keyring_available():
        session.vault.add_keyring()
        say("The entry in the keyring was renewed.")


def _wait_for_try(session: Session) -> None:
    """After several wrong passphrases, wait as the vault demands: a script with the right one goes on by itself."""
    seconds = math.ceil(session.vault.wait_for_passphrase())
    if seconds:
        say(f"There were several wrong passphrases: the next try is in {seconds} s.")
        time.sleep(seconds)
