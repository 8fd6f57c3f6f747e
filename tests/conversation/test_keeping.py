"""Memory off and paused means that nothing is read or written; what was said then can be kept afterwards."""

import pytest
from msgspec.structs import replace

from assistant.conversation.chat import Chat
from assistant.conversation.keeping import keep_afterwards
from assistant.conversation.session import Session
from assistant.errors import InputError
from assistant.memory.views import Filter
from assistant.settings import MemorySettings
from assistant.store.records import Summary, Usage

EPISODES = Filter(kinds=frozenset({"episode"}))


def say(session: Session, chat: Chat, text: str) -> Chat:
    prepared = session.engine.prepare(chat, text)
    answering = session.engine.answer(prepared, max_tokens=12)
    for _ in answering:
        pass
    return session.engine.keep(prepared, answering)


def test_a_chat_with_memory_off_reads_and_writes_nothing(session: Session) -> None:
    kept = say(session, session.engine.new_chat(), "I am allergic to walnuts.")
    conversation = kept.conversation.id
    session.memory.set_remembering(conversation, False)
    off = session.engine.open_chat(conversation)
    before = len(session.memory.records())
    said = say(session, off, "What am I allergic to?")
    assert session.engine.prepare(off, "What am I allergic to?").recalled == ()
    assert [message.unkept for message in said.messages] == [False, False, True, True]
    assert len(session.memory.records()) == before


def test_while_remembering_is_paused_no_chat_reads_or_writes(session: Session) -> None:
    say(session, session.engine.new_chat(), "I am allergic to walnuts.")
    before = len(session.memory.records())
    settings = session.settings
    session.save_settings(replace(settings, memory=MemorySettings(paused=True)))
    assert session.engine.prepare(session.engine.new_chat(), "What am I allergic to?").recalled == ()
    said = say(session, session.engine.new_chat(), "My safe is behind the mirror.")
    assert len(said.unkept) == 2
    assert len(session.memory.records()) == before
    session.save_settings(settings)
    assert session.engine.prepare(session.engine.new_chat(), "What am I allergic to?").recalled


def test_a_temporary_chat_that_is_kept_is_a_chat_like_any_other(session: Session) -> None:
    chat = session.engine.new_chat(temporary=True)
    chat = say(session, say(session, chat, "My bicycle is green."), "My kite is red.")
    assert session.memory.records() == []
    kept = keep_afterwards(session.memory, chat)
    assert [(m.id, m.text, m.time) for m in kept.messages] == [(m.id, m.text, m.time) for m in chat.messages]
    assert not kept.unkept
    assert kept.remembers
    assert kept.conversation.title
    assert session.memory.store.count(Usage) == 2
    assert session.memory.store.count(Summary) >= 1
    assert "kite" in session.memory.search("what colour is the kite?", limit=1, filter=EPISODES)[0].record.text
    assert len(say(session, kept, "My boat is blue.").messages) == 6


def test_what_is_kept_afterwards_stands_after_what_was_kept_before(session: Session) -> None:
    kept = say(session, session.engine.new_chat(), "My bicycle is green.")
    session.memory.set_remembering(kept.conversation.id, False)
    said = say(session, session.engine.open_chat(kept.conversation.id), "My kite is red.")
    after = keep_afterwards(session.memory, said)
    assert [m.text for m in after.messages] == [m.text for m in said.messages]
    assert [e.position for e in session.memory.episodes_of(kept.conversation.id)] == [0, 1, 2, 3]
    assert session.memory.conversation(kept.conversation.id).memory


def test_there_must_be_something_to_keep(session: Session) -> None:
    kept = say(session, session.engine.new_chat(), "My bicycle is green.")
    with pytest.raises(InputError):
        keep_afterwards(session.memory, kept)
