"""`assistant vault backups`: which backups there are, what they still hold, and when the next ones are made."""

import argparse
from pathlib import Path

from msgspec.structs import replace

from assistant.conversation.session import Session
from assistant.errors import InputError

from .output import print_json, say, show


def add_backups_options(parser: argparse.ArgumentParser) -> None:
    """Describe the options. Without any: the list."""
    parser.add_argument("--every", choices=("never", "daily", "weekly"), help="make one by itself that often")
    parser.add_argument("--folder", type=Path, help="where they are to lie: a folder that is there")
    parser.add_argument("--keep", type=int, metavar="N", help="keep so many of those; the oldest go first")
    parser.add_argument("--now", action="store_true", help="make one now if one is due")
    parser.add_argument("--clean", action="store_true", help="write those anew that hold what was forgotten since")
    parser.add_argument("--remove", type=Path, nargs="+", metavar="FILE", help="delete these")


def run_backups(session: Session, options: argparse.Namespace) -> int:
    """Carry it out, then list what there is."""
    _set_schedule(session, options)
    if options.now and session.make_due_backup() is None:
        say("No backup is due.")
    if options.remove:
        _remove(session, options.remove)
    if options.clean:
        for backup in session.backups():
            if backup.forgotten and backup.rewritable:
                session.clean_backup(backup.file.path)
            elif backup.forgotten:
                say(f"{backup.file.path} is under an older key and can only be removed.")
    wanted = session.settings.backups
    if not options.json:
        show(f"Made {wanted.every}" + (f" in {wanted.folder}, {wanted.keep} kept." if wanted.folder else "."))
    for backup in session.backups():
        file = backup.file
        if options.json:
            value = {"file": str(file.path), "made": file.made.isoformat(), "records": file.rows, "bytes": file.size}
            print_json(value | {"forgotten": backup.forgotten, "key_in_use": backup.rewritable})
            continue
        notes = f", holds {backup.forgotten:,} forgotten records" if backup.forgotten else ""
        notes += "" if backup.rewritable else ", under an older key"
        about = f"{file.made.astimezone():%Y-%m-%d %H:%M} {file.rows:,} records, {file.size / 1e6:,.1f} MB"
        show(f"{about}{notes}: {file.path}")
    return 0


def _set_schedule(session: Session, options: argparse.Namespace) -> None:
    wanted = session.settings.backups
    if options.folder is not None:
        folder = options.folder.expanduser().absolute()
        if not folder.is_dir():
            raise InputError(f"{folder} is not a folder that is there.", next_step="Make it first.")
        if folder.is_relative_to(session.home.store.absolute()):
            raise InputError("Backups cannot lie inside the memory's own folder.", next_step="Choose another one.")
        wanted = replace(wanted, folder=str(folder))
    if options.keep is not None:
        if not 1 <= options.keep <= 1000:
            raise InputError("--keep is from 1 to 1,000.")
        wanted = replace(wanted, keep=options.keep)
    if options.every is not None:
        if options.every != "never" and not wanted.folder:
            raise InputError("There is no folder for backups yet.", next_step="Add --folder DIR.")
        wanted = replace(wanted, every=options.every)
    if wanted != session.settings.backups:
        session.save_settings(replace(session.settings, backups=wanted))


def _remove(session: Session, files: list[Path]) -> None:
    known = {backup.file.path for backup in session.backups()}
    wanted = [path.expanduser().absolute() for path in files]
    for path in wanted:
        if path not in known:
            raise InputError(f"{path} is no backup of this memory that Hippo knows of.")
    for path in wanted:
        session.remove_backup(path)
