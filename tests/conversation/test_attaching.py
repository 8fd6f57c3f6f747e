"""Attached files: remembered page by page, recalled with their source, and never taken for what a person said."""

from pathlib import Path

import pytest

from assistant.conversation.long_text import measured
from assistant.conversation.session import Session
from assistant.conversation.transfer import export_messages, import_messages
from assistant.errors import CancelledError, InputError
from assistant.interchange.documents import Document, Page
from assistant.memory.memory import Memory
from assistant.memory.views import Filter
from assistant.store.records import Episode

LEASE = Document(
    "lease.pdf",
    (
        Page(1, "The notice period is three months.\nI live in Ghent, says the landlord, and I have a dog.\n"),
        Page(4, "The rent is 870 euros a month, to be paid by the fifth day.\n" + "Nothing else matters here.\n" * 80),
    ),
)


def episodes(memory: Memory) -> list[Episode]:
    return [e for e in memory.records(Filter(kinds=frozenset({"episode"}))) if isinstance(e, Episode)]


def test_a_file_becomes_episodes_with_their_page_and_is_recalled_with_it(session: Session, tmp_path: Path) -> None:
    engine, memory = session.engine, session.memory
    told: list[tuple[int, int]] = []
    chat = engine.attach(engine.new_chat(), LEASE, progress=lambda made, of: told.append((made, of)))
    assert told[-1][0] == told[-1][1] > 2
    [file] = chat.messages
    assert (file.file, file.pages, file.text) == ("lease.pdf", 4, "".join(page.text for page in LEASE.pages))
    assert {episode.page for episode in episodes(memory)} == {1, 4}
    # Nobody said it: no fact, no summary.
    assert memory.facts() == []
    assert memory.summary_of(chat.conversation.id) is None

    prepared = engine.prepare(chat, "How much is the rent?")
    shown = next(part.text for part in prepared.prompt.parts if part.name == "memories")
    assert "lease.pdf, page 4: The rent is 870 euros" in shown
    assert all(part.name != "dialogue" for part in prepared.prompt.parts)
    answering = engine.answer(prepared, max_tokens=40)
    for _ in answering:
        pass
    chat = engine.keep(prepared, answering)
    assert "870" in chat.messages[-1].text
    assert chat.conversation.title == "How much is the rent?"
    # What is asked in general words is answered from the file that was just attached.
    prepared = engine.prepare(engine.attach(engine.new_chat(), LEASE), "What is this about?")
    assert "notice period" in next(part.text for part in prepared.prompt.parts if part.name == "memories")

    # It goes out and comes back as a file, and can be forgotten like all else.
    export_messages(memory, tmp_path / "all.jsonl")
    assert import_messages(memory, tmp_path / "all.jsonl").messages == 0
    assert memory.forget([e.id for e in episodes(memory) if e.file]).verified
    assert not [e for e in episodes(memory) if e.file]
    assert not [record for record in memory.records() if "870" in record.text]
    import_messages(memory, tmp_path / "all.jsonl")
    assert {e.file for e in episodes(memory) if e.role == "lease.pdf"} == {"lease.pdf"}
    assert memory.facts() == []


def test_attaching_can_be_stopped_and_needs_a_chat_that_remembers(session: Session) -> None:
    engine = session.engine
    with pytest.raises(CancelledError):
        engine.attach(engine.new_chat(), LEASE, cancelled=lambda: True)
    with pytest.raises(InputError):
        engine.attach(engine.new_chat(temporary=True), LEASE)
    assert len(session.memory.store) == 0


def test_a_long_text_is_measured_and_its_beginning_ends_with_a_sentence() -> None:
    text = "One two three four five. " * 2_000
    length = measured(text, lambda words: len(words.split()), 200)
    assert length.tokens == 10_000
    assert not length.fits
    assert text.startswith(length.beginning)
    assert length.beginning.endswith("five.")
    assert 50 < len(length.beginning.split()) <= 100
    short = measured("Only this.", lambda words: len(words.split()), 200)
    assert short.fits
    assert short.beginning == "Only this."
