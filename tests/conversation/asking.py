"""Telling a session something, and asking it."""

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from assistant.conversation.answering import Answering
from assistant.conversation.chat import Chat
from assistant.conversation.engine import Engine
from assistant.conversation.session import Session
from assistant.memory.episodes import Said
from assistant.store.records import Conversation, Episode, new_id

START = datetime(2026, 3, 3, 9, tzinfo=UTC)


def tell(session: Session, *texts: str) -> list[Episode]:
    conversation = Conversation(id=new_id(), created=START)
    said = [Said(conversation.id, "user", t, START + timedelta(days=i), i) for i, t in enumerate(texts)]
    session.memory.remember([conversation], said)
    return session.memory.episodes_of(conversation.id)


def answer(engine: Engine, text: str, chat: Chat | None = None) -> Answering:
    answering = engine.answer(engine.prepare(chat or engine.new_chat(), text), max_tokens=60)
    assert "".join(answering) == answering.text
    return answering


def by_quoting(session: Session) -> Session:
    """The session, answering by quoting alone."""
    session.save_settings(replace(session.settings, generation=replace(session.settings.generation, answers="quote")))
    return session
