"""What was forgotten is in no prompt, search, list, export, fact or summary, whatever was made from it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.conversation.session import Session
from assistant.conversation.transfer import export_messages
from assistant.memory.episodes import Said
from assistant.store.records import Conversation, Episode, Fact, Summary, new_id

START = datetime(2026, 3, 3, 9, tzinfo=UTC)

TOLD = {
    "I live in Lisbon, near the river.": "lisbon",
    "We moved to Porto, so I live in Porto now.": "porto",
    "My sister Ottilie is allergic to walnuts.": "walnuts",
    "Ottilie is allergic to walnuts, as I said, and to mustard.": "mustard",
    "My cat is called Tilda and sleeps on the piano.": "tilda",
    "I work as a bookbinder in a monastery.": "bookbinder",
}

QUESTIONS = (
    "Where do I live?",
    "Where did I live before?",
    "What is Ottilie allergic to?",
    "What is my cat called?",
    "What do I do for work?",
    "What do you know about me?",
)


@pytest.fixture
def told(session: Session) -> list[Episode]:
    """A long chat in which things were told among others, with everything made from it that can be made."""
    chat = Conversation(id=new_id(), created=START)
    filler = [f"Nothing much happened today, number {i}." for i in range(210)]
    texts = [*TOLD, *filler]
    said = [Said(chat.id, "user", text, START + timedelta(hours=2 * i), i) for i, text in enumerate(texts)]
    session.memory.remember([chat], said)
    session.memory.summarise(chat.id)
    session.memory.consolidate()
    return session.memory.episodes_of(chat.id)[: len(TOLD)]


def everything_that_shows(session: Session, conversation: str, folder: Path) -> str:
    """All that a user, or the model, could still see of what is remembered."""
    memory, engine = session.memory, session.engine
    shown: list[str] = []
    for chat in (engine.new_chat(), engine.open_chat(conversation)):
        for question in QUESTIONS:
            prepared = engine.prepare(chat, question)
            shown += [part.text for part in prepared.prompt.parts if part.name != "question"]
            shown += [passage.text for passage in prepared.passages or ()]
    shown += [found.record.text for word in TOLD.values() for found in memory.search(word, limit=50)]
    for record in memory.records():
        shown.append(record.text)
        if isinstance(record, Fact):
            shown += [record.subject, record.attribute, record.value]
        if isinstance(record, Episode) and record.position < len(TOLD):
            shown += [memory.get(link.record).text for link in memory.links(record.id, 3)]
    compact = memory.compact(conversation, "")
    shown += [s.text for s in (compact.running, *compact.stretches, compact.user) if s]
    export = folder / f"{new_id()}.jsonl"
    export_messages(memory, export)
    shown.append(export.read_text(encoding="utf-8"))
    return "\n".join(shown).lower()


def test_the_long_chat_made_facts_and_summaries_of_every_kind(session: Session, told: list[Episode]) -> None:
    summaries = session.memory.store.all(Summary)
    assert {(bool(s.conversation), s.level) for s in summaries} == {(True, 1), (True, 2), (False, 2)}
    assert len(session.memory.facts()) >= 4


def test_forgetting_each_source_in_turn_leaves_nothing_of_it_anywhere(
    session: Session, told: list[Episode], tmp_path: Path
) -> None:
    before = everything_that_shows(session, told[0].conversation, tmp_path)
    for value in TOLD.values():
        assert value in before
    gone: list[str] = []
    left = dict(zip((episode.id for episode in told), TOLD.values(), strict=True))
    for episode in told:
        value = left.pop(episode.id)
        # A word that another message says too is not lost with this one.
        session.memory.forget([episode.id])
        session.engine.forget_cache()
        if not any(value in text.lower() for text in (e.text for e in told) if text != episode.text):
            gone.append(value)
        if value == "mustard":
            gone.append("walnuts")
        session.memory.consolidate()
        shown = everything_that_shows(session, episode.conversation, tmp_path)
        assert [word for word in gone if word in shown] == []
        assert [word for word in left.values() if word not in shown] == []
    assert not session.memory.facts()


def test_while_a_forgetting_can_be_undone_nothing_of_it_shows_and_afterwards_all_is_back(
    session: Session, told: list[Episode], tmp_path: Path
) -> None:
    cat = told[4]
    facts = {fact.text for fact in session.memory.facts()}
    pending = session.memory.begin_forget([cat.id])
    assert "tilda" not in everything_that_shows(session, cat.conversation, tmp_path)
    session.memory.undo_forget(pending.id)
    assert "tilda" in everything_that_shows(session, cat.conversation, tmp_path)
    assert {fact.text for fact in session.memory.facts()} == facts
