"""Import and export on a real memory: what is imported twice, cut off, or comes home again."""

import json
from pathlib import Path
from unittest import mock

import pytest

from assistant.conversation import transfer
from assistant.conversation.session import Session
from assistant.conversation.transfer import export_messages, import_messages
from assistant.errors import CancelledError, InputError
from assistant.memory.memory import Memory
from assistant.memory.views import Filter
from assistant.store.records import Episode, Summary


def written(path: Path, *lines: dict[str, str]) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def line(text: str, minute: int, conversation: str = "trip") -> dict[str, str]:
    return {"conversation": conversation, "text": text, "time": f"2026-03-03T10:{minute:02}:00"}


def texts(memory: Memory) -> list[str]:
    return sorted(record.text for record in memory.records(Filter(kinds=frozenset({"episode"}))))


def test_messages_without_source_ids_are_imported_once_and_as_often_as_the_file_says_them(
    session: Session, tmp_path: Path
) -> None:
    long = "My garden has many roses. " * 80
    lines = [line("Yes.", 1), line("Yes.", 1), line("Yes.", 2), line(long, 3), line("No name.", 4, "")]
    file = written(tmp_path / "import.jsonl", *lines)
    assert import_messages(session.memory, file).messages == 5
    before = texts(session.memory)
    again = import_messages(session.memory, file)
    assert (again.messages, again.known, again.conversations) == (0, 5, 0)
    assert texts(session.memory) == before
    assert before.count("Yes.") == 3
    more = import_messages(session.memory, written(file, *lines, line("Yes.", 1)))
    assert (more.messages, more.known) == (1, 5)


def test_a_message_is_known_by_its_first_words_when_they_were_edited(session: Session, tmp_path: Path) -> None:
    file = written(tmp_path / "import.jsonl", line("My tax return is due in July.", 1))
    import_messages(session.memory, file)
    session.memory.edit(session.memory.records(Filter(kinds=frozenset({"episode"})))[0].id, "It is due in October.")
    assert import_messages(session.memory, file).known == 1


def test_an_import_that_was_cut_off_goes_on_and_sums_up_every_conversation(session: Session, tmp_path: Path) -> None:
    file = written(
        tmp_path / "import.jsonl",
        line("I am allergic to walnuts.", 1, "food"),
        line("My tax return is due in July.", 2, "tax"),
        line("I live in Lisbon.", 3, "home"),
    )
    memory = session.memory
    with mock.patch.object(transfer, "_BLOCK", 1), pytest.raises(CancelledError):
        import_messages(session.memory, file, cancelled=lambda: memory.store.count(Episode) > 0)
    assert memory.store.count(Summary) == 0
    report = import_messages(session.memory, file)
    assert report.known >= 1
    assert report.known + report.messages == 3
    assert session.memory.store.count(Summary) == 3


def test_a_summary_that_a_crash_left_out_is_made_when_all_is_known(session: Session, tmp_path: Path) -> None:
    file = written(tmp_path / "import.jsonl", line("I am allergic to walnuts.", 1))
    with mock.patch.object(Memory, "summarise", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        import_messages(session.memory, file)
    assert import_messages(session.memory, file).known == 1
    assert session.memory.store.count(Summary) == 1


def test_an_export_adds_nothing_to_its_own_home_and_keeps_titles_in_another(
    session: Session, tmp_path: Path, home_of_another: Session
) -> None:
    chat = session.engine.new_chat()
    prepared = session.engine.prepare(chat, "I grow roses in my garden.")
    answering = session.engine.answer(prepared, max_tokens=3)
    list(answering)
    session.engine.keep(prepared, answering)
    import_messages(session.memory, written(tmp_path / "import.jsonl", line("Yes.", 1), line("Hm.", 2, "")))
    before = texts(session.memory)

    mine = tmp_path / "mine.jsonl"
    assert export_messages(session.memory, mine) == 4
    assert import_messages(session.memory, mine).known == 4
    assert texts(session.memory) == before

    import_messages(home_of_another.memory, mine)
    titles = {entry.conversation.title for entry in session.memory.conversations()}
    assert {entry.conversation.title for entry in home_of_another.memory.conversations()} == titles
    theirs = tmp_path / "theirs.jsonl"
    export_messages(home_of_another.memory, theirs)
    assert import_messages(session.memory, theirs).known == 4


@pytest.fixture
def home_of_another(session: Session, tmp_path: Path) -> Session:
    root = tmp_path / "another"
    root.mkdir()
    (root / "models").symlink_to(session.home.models, target_is_directory=True)
    other = Session(type(session.home)(root), keyring=None)
    other.create(passphrase="another passphrase")
    return other


def test_an_unknown_ending_is_refused(session: Session, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="ending"):
        export_messages(session.memory, tmp_path / "export.txt")
