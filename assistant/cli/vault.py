"""`assistant vault`: the keys of the memory, its backups, and a change of the data key."""

import argparse
import contextlib
from collections.abc import Callable
from pathlib import Path

from assistant.conversation.session import Session
from assistant.errors import InputError, VaultError
from assistant.paths import home_folder
from assistant.store.backup import restore_backup
from assistant.store.backups import look_at
from assistant.vault.vault import Vault

from .backups import add_backups_options, run_backups
from .opening import (
    ask_new_passphrase,
    ask_passphrase,
    can_ask,
    open_session,
    passphrase_from_environment,
)
from .output import print_json, progress_line, say, show
from .share import add_share_options, run_share


def add_vault_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the verbs and their options."""
    parser = commands.add_parser("vault", help="keys, backup and restore")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        added = verbs.add_parser(name, help=text)
        added.add_argument("--json", action="store_true", help="JSON on stdout")
        added.set_defaults(run=run)
        return added

    verb("status", _status, "which keys open this memory")
    passphrase = verb("passphrase", _passphrase, "set, change or remove the passphrase")
    passphrase.add_argument("--remove", action="store_true")
    recovery = verb("recovery", _recovery, "make a recovery code (an older one stops working)")
    recovery.add_argument("--remove", action="store_true")
    keyring = verb("keyring", _keyring, "let this machine's keyring open it: add, or renew a lost entry")
    keyring.add_argument("--remove", action="store_true")
    verb("backup", _backup, "write one sealed file").add_argument("file", type=Path)
    add_backups_options(verb("backups", _backups, "the backups that there are, and when the next are made"))
    restore = verb("restore", _restore, "bring a backup back into an empty home")
    restore.add_argument("file", type=Path)
    restore.add_argument("--recovery", action="store_true", help="open it with its recovery code")
    restore.add_argument("--with-forgotten", action="store_true", help="bring back what was forgotten since, too")
    add_share_options(verb("share", _share, "exchange memories with your other devices, at a place of your own"))
    verb("rekey", _rekey, "seal everything anew under a new data key")


def _status(options: argparse.Namespace) -> int:
    session = Session(home_folder(options.home))
    vault = session.vault
    value = {
        "exists": vault.exists,
        "keys": list(vault.wraps) if vault.exists else [],
        "keyring_available": vault.keyring_available(),
        "passphrase_cost": _cost(vault),
        "home": str(session.home.root),
        "shared": session.settings.sharing.place,
    }
    if options.json:
        print_json(value)
        return 0
    if not vault.exists:
        show(f"There is no memory in {session.home.root} yet.")
    else:
        show(f"Memory in {session.home.root}, opened by: {', '.join(vault.wraps)}.")
        if cost := _cost(vault):
            show(f"A guess of the passphrase costs {cost['memory_mb']:,} MB and {cost['passes']} passes (Argon2id).")
        if vault.wraps == ("keyring",):
            show("Only the keyring opens it: `assistant vault recovery` makes a spare key.")
    if value["shared"]:
        show(f"Sealed records are exchanged with other devices at {value['shared']}.")
    show(f"Keyring on this machine: {'yes' if vault.keyring_available() else 'no'}.")
    return 0


def _cost(vault: Vault) -> dict[str, int] | None:
    """What a guess of the passphrase costs; None where there is none."""
    wrap = vault.content().passphrase if vault.exists else None
    return {"memory_mb": wrap.cost.memory_kib // 1024, "passes": wrap.cost.passes} if wrap is not None else None


def _keyring(options: argparse.Namespace) -> int:
    with contextlib.closing(open_session(home_folder(options.home), create=False)) as session:
        if options.remove:
            session.vault.remove_keyring()
            return _done("The keyring no longer opens this memory.", options)
        session.vault.add_keyring()
        return _done("This machine's keyring opens this memory from now on.", options)


def _passphrase(options: argparse.Namespace) -> int:
    with contextlib.closing(open_session(home_folder(options.home), create=False)) as session:
        if options.remove:
            session.vault.remove_passphrase()
            return _done("The passphrase no longer opens this memory.", options)
        if not can_ask():
            raise InputError("A new passphrase is asked for on a terminal.", next_step="Run this in one.")
        session.vault.set_passphrase(ask_new_passphrase())
        return _done("The new passphrase opens this memory from now on.", options)


def _recovery(options: argparse.Namespace) -> int:
    with contextlib.closing(open_session(home_folder(options.home), create=False)) as session:
        if options.remove:
            session.vault.remove_recovery()
            return _done("The recovery code no longer opens this memory.", options)
        code = session.new_recovery_code()
        if options.json:
            print_json({"recovery_code": code})
        else:
            show(code)
            say("Keep it on paper, away from this machine. It is not shown again.")
    return 0


def _backup(options: argparse.Namespace) -> int:
    with contextlib.closing(open_session(home_folder(options.home), create=False)) as session:
        count = session.write_backup(options.file, progress=progress_line("Writing the backup")).rows
    return _done(f"Wrote a sealed backup of {count:,} records to {options.file}.", options)


def _backups(options: argparse.Namespace) -> int:
    with contextlib.closing(open_session(home_folder(options.home), create=False)) as session:
        return run_backups(session, options)


def _share(options: argparse.Namespace) -> int:
    with contextlib.closing(open_session(home_folder(options.home), create=False)) as session:
        return run_share(session, options)


def _restore(options: argparse.Namespace) -> int:
    home = home_folder(options.home)
    if options.recovery:
        code = ask_passphrase("Recovery code: ")
        report = restore_backup(options.file, home, recovery=code, with_forgotten=options.with_forgotten)
    else:
        given = passphrase_from_environment()
        if given is None and not can_ask():
            raise VaultError("The backup needs its passphrase.", next_step="Set ASSISTANT_PASSPHRASE.")
        given = given or ask_passphrase("Passphrase of the backup: ")
        report = restore_backup(options.file, home, passphrase=given, with_forgotten=options.with_forgotten)
    made = look_at(options.file).made.astimezone()
    if report.forgotten:
        say(f"{report.forgotten:,} of its records were forgotten later: the first opening removes them for good.")
        say("To have them back, restore into another home and add --with-forgotten.")
    say(f"The backup is from {made:%Y-%m-%d %H:%M}. What was forgotten later, and no newer backup in its folder knows")
    say("of, is back: forget it again.")
    if options.json:
        print_json({"done": True, "records": report.rows, "forgotten_since": report.forgotten})
        return 0
    return _done(f"Restored {report.rows:,} records into {home.root}.", options)


def _rekey(options: argparse.Namespace) -> int:
    with contextlib.closing(open_session(home_folder(options.home), create=False)) as session:
        passphrase = passphrase_from_environment()
        if "passphrase" in session.vault.wraps and passphrase is None:
            passphrase = ask_passphrase("Passphrase: ")
        code = session.rekey(passphrase=passphrase, progress=progress_line("Sealing everything anew"))
        older = [backup.file.path for backup in session.backups() if not backup.rewritable]
    if older:
        say("Older backups still open with what opened them before: " + ", ".join(map(str, older)))
    if options.json:
        print_json({"done": True} | ({"recovery_code": code} if code is not None else {}))
        return 0
    if code is not None:
        say("The old recovery code is void. The new one:")
        show(code)
    return _done("Everything is sealed under a new key.", options)


def _done(text: str, options: argparse.Namespace) -> int:
    if options.json:
        print_json({"done": True})
    else:
        show(text)
    return 0
