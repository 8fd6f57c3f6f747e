"""`assistant memory`: see, search, change, forget, import and export what is remembered."""

import argparse
import contextlib
import dataclasses
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from assistant.conversation.session import Session
from assistant.conversation.transfer import export_messages, import_messages
from assistant.errors import InputError
from assistant.memory.memory import Memory
from assistant.memory.views import Filter, Found
from assistant.models.tokenizer import well_formed
from assistant.paths import home_folder
from assistant.store.records import KINDS, Episode, Fact, Remembered, State

from .batch import read_lines
from .forget import add_forget_options, print_receipt, run_forget, tell_of_backups
from .opening import confirm, open_session
from .output import found_json, print_json, progress_line, record_json, record_line, show
from .retention import add_retention_options, run_retention
from .share import exchange_at_the_end

_Verb = Callable[[Session, argparse.Namespace], int]


def add_memory_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the verbs and their options."""
    parser = commands.add_parser("memory", help="see, search, edit and forget what is remembered")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(name: str, run: _Verb, text: str) -> argparse.ArgumentParser:
        added = verbs.add_parser(name, help=text)
        added.add_argument("--json", action="store_true", help="JSON lines on stdout")
        added.set_defaults(run=lambda options: _with_memory(run, options))
        return added

    listing = verb("list", _list, "list memories, newest first")
    _add_filter(listing)
    listing.add_argument("--state", choices=[str(state) for state in State])
    listing.add_argument("--limit", type=int, default=0, help="at most this many (0: all)")
    search = verb("search", _search, "search by words and meaning")
    search.add_argument("query", nargs="*", type=well_formed)
    search.add_argument("--batch", metavar="FILE", help='lines of {"query": ..., "conversation": optional}')
    search.add_argument("--limit", type=int, default=10)
    _add_filter(search)
    verb("show", _show, "everything about one memory").add_argument("id")
    edit = verb("edit", _edit, "give a memory other words")
    edit.add_argument("id")
    edit.add_argument("text", type=well_formed)
    for name, state, text in (
        ("pin", State.PINNED, "never let it fade, prefer it in recall"),
        ("unpin", State.ACTIVE, "take the pin out"),
        ("fade", State.FADED, "keep it out of recall; it can be restored"),
        ("restore", State.ACTIVE, "bring a faded memory back"),
    ):
        verb(name, _state_setter(state), text).add_argument("ids", nargs="+", metavar="id")
    add_forget_options(verb("forget", run_forget, "remove for good, and prove it"))
    add_retention_options(verb("retention", _retention, "how long memories are kept, and what is due"))
    verb("audit", _audit, "what was forgotten: when and how many, never what")
    verb("stats", _stats, "how much is remembered")
    verb("import", _import, "remember messages from a JSON Lines file").add_argument("file", type=Path)
    export = verb("export", _export, "write a .jsonl or .md file (plain text) or a .hippo file (sealed backup)")
    export.add_argument("file", type=Path)
    export.add_argument("--conversation", default="", metavar="ID", help="only this one (not for a backup)")
    export.add_argument("--yes", action="store_true", help="do not ask")


def _add_filter(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--kind", choices=KINDS)
    parser.add_argument("--conversation", metavar="ID")


def _with_memory(run: _Verb, options: argparse.Namespace) -> int:
    session = open_session(home_folder(options.home), create=options.verb == "import")
    with contextlib.closing(session):
        return run(session, options)


def _filter(memory: Memory, options: argparse.Namespace, conversation: str | None = None) -> Filter:
    name = conversation or options.conversation
    return Filter(
        kinds=frozenset({options.kind}) if options.kind else Filter().kinds,
        conversation=memory.conversation(name).id if name else None,
    )


def _list(session: Session, options: argparse.Namespace) -> int:
    if options.limit < 0:
        raise InputError("--limit must be 0 (all) or more.")
    memory = session.memory
    wanted = _filter(memory, options)
    if options.state:
        wanted = dataclasses.replace(wanted, states=frozenset({State(options.state)}))
    records = memory.records(wanted)
    for record in records[: options.limit or None]:
        if options.json:
            print_json(record_json(memory, record))
        else:
            show(record_line(record))
    return 0


class BatchQuery(msgspec.Struct, frozen=True):
    """A line of a batch file."""

    query: str
    conversation: str | None = None


def _search(session: Session, options: argparse.Namespace) -> int:
    if options.limit < 1:
        raise InputError("--limit must be at least 1.")
    if options.batch:
        return _search_batch(session, options)
    query = " ".join(options.query)
    if not query.strip():
        raise InputError("There is nothing to search for.", next_step="Give some words.")
    memory = session.memory
    found, spent = _timed_search(memory, query, options.limit, _filter(memory, options))
    if options.json:
        print_json(_search_json(memory, query, found, spent))
        return 0
    for each in found:
        show(record_line(each.record, each.score))
    return 0


def _search_batch(session: Session, options: argparse.Namespace) -> int:
    queries = read_lines(Path(options.batch), BatchQuery, "query")
    memory = session.memory
    for each in queries:
        found, spent = _timed_search(memory, each.query, options.limit, _filter(memory, options, each.conversation))
        if options.json:
            print_json(_search_json(memory, each.query, found, spent))
        else:
            show(f"# {each.query}")
            for hit in found:
                show(record_line(hit.record, hit.score))
    return 0


def _timed_search(memory: Memory, query: str, limit: int, wanted: Filter) -> tuple[list[Found], float]:
    began = time.perf_counter()
    found = memory.search(query, limit=limit, filter=wanted)
    return found, (time.perf_counter() - began) * 1000


def _search_json(memory: Memory, query: str, found: list[Found], spent: float) -> dict[str, object]:
    return {"query": query, "results": [found_json(memory, each) for each in found], "ms": round(spent, 2)}


def _show(session: Session, options: argparse.Namespace) -> int:
    memory = session.memory
    detail = memory.detail(memory.resolve(options.id))
    links = memory.links(detail.record.id)
    value = record_json(memory, detail.record) | {
        "title": detail.conversation.title if detail.conversation else "",
        "weight": round(detail.weight, 3),
        "fades_in": detail.fades_in,
        "curve": [list(point) for point in detail.curve],
        "used_in": [{"answer": u.answer, "time": u.time.isoformat(), "score": u.score} for u in detail.used_in],
        "derived": [record.id for record in detail.derived],
        "sources": [source.id for source in detail.sources],
        "links": [
            {"id": link.record, "why": link.why, "strength": link.strength, "text": memory.get(link.record).text}
            for link in links
        ],
        "history": [
            {"text": revision.text, "until": revision.until.isoformat()}
            for revision in (detail.record.history if isinstance(detail.record, Episode | Fact) else ())
        ],
    }
    if isinstance(detail.record, Fact):
        value["predecessors"] = [fact.id for fact in detail.predecessors]
    if options.json:
        print_json(value)
        return 0
    for name, shown in value.items():
        if name == "fades_in" and shown is not None:
            show(f"fades: {_when_it_fades(detail.fades_in or 0)}")
        elif name == "links":
            for link in links:
                show(f"link ({link.why}, {link.strength:.2f}): {record_line(memory.get(link.record))}")
        elif name != "curve" and shown not in ("", [], None):
            show(f"{name}: {shown}")
    return 0


def _when_it_fades(turns: int) -> str:
    return f"in about {turns:,} turns, if it is not used until then" if turns else "soon, if it is not used until then"


def _edit(session: Session, options: argparse.Namespace) -> int:
    memory = session.memory
    record = memory.edit(memory.resolve(options.id), options.text)
    _report(memory, [record], options)
    return 0


def _state_setter(state: State) -> _Verb:
    def run(session: Session, options: argparse.Namespace) -> int:
        memory = session.memory
        ids = [memory.resolve(i) for i in options.ids]
        memory.set_state(ids, state)
        _report(memory, [memory.get(i) for i in ids], options)
        return 0

    return run


def _report(memory: Memory, records: list[Remembered], options: argparse.Namespace) -> None:
    for record in records:
        if options.json:
            print_json(record_json(memory, record))
        else:
            show(record_line(record))


def _retention(session: Session, options: argparse.Namespace) -> int:
    receipt = run_retention(session, options)
    if receipt is not None:
        print_receipt(receipt, options)
        exchange_at_the_end(session)
        tell_of_backups(session)
    return 0


def _audit(session: Session, options: argparse.Namespace) -> int:
    for line in session.memory.audit():
        if options.json:
            print_json({"time": line.time.isoformat(), "counts": line.counts})
        else:
            counts = ", ".join(f"{count:,} {kind}" for kind, count in line.counts.items())
            show(f"{line.time.astimezone():%Y-%m-%d %H:%M} forgotten: {counts}")
    return 0


def _stats(session: Session, options: argparse.Namespace) -> int:
    stats = session.memory.stats()
    value = dataclasses.asdict(stats)
    if options.json:
        print_json(value)
        return 0
    problems = value.pop("problems")
    for name, count in value.items():
        show(f"{name.replace('_', ' ')}: {count:,}")
    for problem in problems:
        show(problem)
    return 0


def _import(session: Session, options: argparse.Namespace) -> int:
    if options.file.suffix == ".hippo":
        raise InputError(
            "A .hippo file is a whole sealed memory, not a list of messages.",
            next_step="Use `assistant vault restore` with an empty --home.",
        )
    report = import_messages(session.memory, options.file, progress=progress_line("Importing"))
    session.consolidate()
    exchange_at_the_end(session)
    if options.json:
        value = {"messages": report.messages, "known": report.known, "episodes": report.episodes}
        print_json(value | {"conversations": report.conversations})
    else:
        known = f", {report.known:,} were known already" if report.known else ""
        show(f"Imported {report.messages:,} messages as {report.episodes:,} episodes{known}.")
    return 0


def _export(session: Session, options: argparse.Namespace) -> int:
    if options.file.suffix == ".hippo":
        if options.conversation:
            raise InputError("A backup holds everything.", next_step="Leave --conversation out, or use .md or .jsonl.")
        session.write_backup(options.file)
        count = len(session.memory.store)
        what = f"a sealed backup of {count:,} records"
    else:
        if not options.yes:
            confirm("The file will hold your conversations as plain text, readable by anyone who gets it. Write it?")
        count = export_messages(session.memory, options.file, options.conversation)
        what = f"{count:,} messages as plain text"
    if options.json:
        print_json({"file": str(options.file), "count": count})
    else:
        show(f"Wrote {what} to {options.file}.")
    return 0
