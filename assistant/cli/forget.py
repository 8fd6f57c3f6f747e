"""`assistant memory forget`: choose what goes, ask, forget it for good, and print the receipt."""

import argparse
from datetime import datetime

from assistant.conversation.session import Session
from assistant.errors import InputError
from assistant.memory.forgetting.receipt import Receipt
from assistant.memory.memory import Memory
from assistant.memory.views import Filter
from assistant.models.tokenizer import well_formed
from assistant.store.records import Conversation, RecordId

from .opening import confirm, passphrase_from_environment
from .output import print_json, say, show
from .share import exchange_at_the_end


def add_forget_options(forget: argparse.ArgumentParser) -> None:
    """Describe the options."""
    forget.add_argument("ids", nargs="*", metavar="id")
    forget.add_argument("--matching", metavar="QUERY", type=well_formed, help="all that hold these words")
    forget.add_argument("--before", metavar="DATE", help="all from before this day (YYYY-MM-DD)")
    forget.add_argument("--conversation", metavar="ID", help="a whole conversation")
    forget.add_argument("--everything", action="store_true")
    forget.add_argument("--with-backups", action="store_true", help="with --everything: delete the known backups, too")
    forget.add_argument("--yes", action="store_true", help="do not ask")


def run_forget(session: Session, options: argparse.Namespace) -> int:
    """Ask, forget, and print the receipt."""
    memory = session.memory
    ids = _chosen(memory, options)
    damaged = [row.id for row in memory.store.damaged] if options.everything else []
    if not ids and not damaged and not options.everything:
        say("Nothing matches; nothing was forgotten.")
        if options.json:
            print_json({"episodes": 0, "rows": 0})
        return 0
    if not options.yes:
        keys = " The keys are destroyed with them." if options.everything else ""
        confirm(f"Forget {_how_many(memory, ids, damaged)} for good?{keys}")
    if options.everything:
        _forget_everything(session, options)
    else:
        print_receipt(memory.forget(ids), options)
        exchange_at_the_end(session)
        tell_of_backups(session)
    return 0


def _forget_everything(session: Session, options: argparse.Namespace) -> None:
    """Forget all and destroy the keys; then make a new, empty vault of the same kind, where nobody need be asked."""
    ways = session.vault.wraps
    erasure = session.forget_everything(remove_backups=options.with_backups)
    print_receipt(erasure.receipt, options)
    for line in erasure.lines()[len(erasure.receipt.lines()) :]:
        say(line)
    given = passphrase_from_environment()
    if "passphrase" in ways and given is not None:
        session.create(passphrase=given)
    elif "keyring" in ways and session.vault.keyring_available():
        session.create(use_keyring=True)
    if session.stage == "open":
        say("A new, empty memory with new keys is ready. A recovery code of before is void.")


def tell_of_backups(session: Session) -> None:
    """Say on stderr which backups still hold what was forgotten."""
    holding = [backup for backup in session.backups() if backup.forgotten]
    if holding:
        say("Still held by backups, sealed: " + ", ".join(str(backup.file.path) for backup in holding))
        say("`assistant vault backups --clean` writes them anew without it, `--remove FILE` deletes one.")


def _how_many(memory: Memory, ids: list[RecordId], damaged: list[RecordId]) -> str:
    """What a forgetting takes, in words; a conversation counts as what was said in it."""
    chosen = [memory.store.get(i, vectors=False) for i in ids]
    count = sum(len(memory.episodes_of(r.id)) if isinstance(r, Conversation) else 1 for r in chosen if r is not None)
    words = f"{count:,} {'memory' if count == 1 else 'memories'}"
    if damaged:
        words += f" and {len(damaged):,} damaged {'row' if len(damaged) == 1 else 'rows'}"
    return words


def _chosen(memory: Memory, options: argparse.Namespace) -> list[str]:
    ways = [bool(options.ids), options.matching is not None, options.before is not None]
    ways += [options.conversation is not None, options.everything]
    if sum(ways) != 1:
        raise InputError("Say what to forget in one way: ids, --matching, --before, --conversation or --everything.")
    if options.ids:
        return [memory.resolve(i) for i in options.ids]
    if options.matching is not None:
        return [record.id for record in memory.matching(options.matching)]
    if options.before is not None:
        try:
            day = datetime.fromisoformat(options.before).astimezone()
        except (ValueError, OverflowError, OSError) as error:
            raise InputError(f"{options.before} is not a date.", next_step="Write it as 2026-03-31.") from error
        return [r.id for r in memory.records(Filter(kinds=frozenset({"episode"}), until=day))]
    if options.conversation is not None:
        return [memory.conversation(options.conversation).id]
    return memory.everything()


def print_receipt(receipt: Receipt, options: argparse.Namespace) -> None:
    """A receipt, as text or as JSON."""
    if options.json:
        print_json(
            {
                "time": receipt.when.isoformat(),
                "episodes": receipt.episodes,
                "answers_that_repeated_it": receipt.echoes,
                "summaries_rebuilt": receipt.summaries_rebuilt,
                "summaries_dropped": receipt.summaries_dropped,
                "facts_rebuilt": receipt.facts_rebuilt,
                "facts_dropped": receipt.facts_dropped,
                "conversations": receipt.conversations,
                "usages": receipt.usages,
                "rows": receipt.rows,
                "bytes_reclaimed": receipt.bytes_reclaimed,
                "files_searched": receipt.files_searched,
                "verified": receipt.verified,
            }
        )
        return
    for line in receipt.lines():
        show(line)
