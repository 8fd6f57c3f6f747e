from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from assistant.conversation.answering import Answering
from assistant.conversation.chat import Chat
from assistant.conversation.engine import Engine, Prepared
from assistant.conversation.places import Places
from assistant.conversation.session import Session
from assistant.memory.clock import now
from assistant.memory.episodes import Said
from assistant.memory.views import Found
from assistant.store.records import Episode, State, new_id

THINGS = ("a tent", "a kite", "a drum", "a lamp", "a scarf", "a clock", "a teapot", "a globe", "a ladder", "a harp")


def remembered(text: str, role: str = "user") -> Found:
    episode = Episode(
        id=new_id(),
        conversation="c" * 32,
        role=role,
        text=text,
        time=datetime(2026, 3, 1, 9, tzinfo=UTC),
        position=0,
        message=new_id(),
    )
    return Found(episode, 1.0)


def several(text: str, count: int = 8) -> tuple[Found, ...]:
    return tuple(remembered(f"{text}, number {i}") for i in range(count))


def answered(places: Places, question: str, new: Sequence[Found], before: Sequence[str] = ()) -> None:
    standing = places.standing("chat", before)
    places.keep("chat", question, new, standing, [found.record.id for found in new])


def test_what_a_question_recalled_stands_before_it_while_the_dialogue_holds_it() -> None:
    places, ines, tom = Places(), several("of Ines"), several("of Tom")
    answered(places, "q1", ines)
    answered(places, "q2", tom, ["q1", "a1"])
    assert places.standing("chat", ["q1", "a1", "q2", "a2"]) == {"q1": ines, "q2": tom}
    assert places.standing("chat", ["q2", "a2"]) == {"q2": tom}


def test_a_few_memories_leave_the_dialogue_as_it_was_said() -> None:
    places = Places()
    answered(places, "q1", several("of Ines", 3))
    assert places.standing("chat", ["q1", "a1"]) == {}


def test_another_chat_starts_anew() -> None:
    places = Places()
    answered(places, "q1", several("of Ines"))
    assert places.standing("another", ["q1"]) == {}
    assert places.standing("chat", ["q1"]) == {}


def test_what_was_cleared_stands_nowhere() -> None:
    places = Places()
    answered(places, "q1", several("of Ines"))
    places.clear()
    assert places.standing("chat", ["q1"]) == {}


def test_a_memory_stands_in_the_words_that_it_has_now_and_goes_with_them() -> None:
    places, told = Places(), several("of Ines")
    answered(places, "q1", told)
    edited = Found(replace(told[0].record, text="edited"), 1.0)
    assert places.standing("chat", ["q1"], {told[0]: edited}.get) == {"q1": (edited,)}


def test_hippos_own_answers_find_no_place() -> None:
    places = Places()
    told = several("of Ines")
    answered(places, "q1", [*told, remembered("made up", "assistant")])
    assert places.standing("chat", ["q1"]) == {"q1": told}


def test_when_the_dialogue_moves_on_only_what_was_wanted_lately_keeps_its_place() -> None:
    places, once, often = Places(), several("once", 4), several("often", 4)
    messages = [f"q{i}" for i in range(12)]
    answered(places, "q0", several("gone with its question"))
    wanted = [found.record.id for found in often]
    first = [found.record.id for found in once]
    places.keep("chat", "q1", [*once, *often], places.standing("chat", ["q0"]), [*first, *wanted])
    for at in range(2, 12):
        places.keep("chat", messages[at], [], places.standing("chat", messages[:at]), wanted)
    assert places.standing("chat", messages)["q1"] == (*once, *often)
    assert places.standing("chat", messages[1:]) == {"q1": often}


def ask(engine: Engine, chat: Chat, text: str) -> tuple[Chat, Prepared, Answering]:
    prepared = engine.prepare(chat, text)
    answering = engine.answer(prepared, max_tokens=8)
    for _ in answering:
        pass
    return engine.keep(prepared, answering), prepared, answering


@pytest.fixture
def asked(session: Session) -> tuple[Engine, Chat]:
    """A chat in which memories of another chat were recalled and read."""
    engine = session.engine
    # In the model's own words: a quotation reads passages instead of the prompt.
    free = replace(session.settings.generation, answers="free")
    engine.change_settings(replace(session.settings, generation=free))
    session.memory.remember(
        [conversation := engine.new_chat().conversation],
        [
            Said(conversation.id, "user", f"My sister Ines was given {thing} as a present.", now(), position)
            for position, thing in enumerate(THINGS)
        ],
    )
    chat, prepared, _ = ask(engine, engine.new_chat(), "What was Ines given as a present?")
    assert len(prepared.prompt.new) >= 8
    engine.read_ahead(chat)
    return engine, chat


def shown(prepared: Prepared) -> str:
    return "\n".join(part.text for part in prepared.prompt.parts)


AGAIN = "Which presents was Ines given?"


def test_memories_that_are_recalled_again_are_read_once(asked: tuple[Engine, Chat]) -> None:
    engine, chat = asked
    before = engine.prepare(chat, "Hm.")
    assert len(before.prompt.standing) == 1
    _, prepared, answering = ask(engine, chat, AGAIN)
    assert len(prepared.recalled) >= 8
    assert len(prepared.prompt.new) == 0
    best = [found.record.text for found in prepared.recalled[:4]]
    assert all(shown(prepared).count(text) >= 2 for text in best)
    unread = len(prepared.prompt.tokens) - answering.report.reused_tokens
    assert unread <= 160 < answering.report.reused_tokens


def test_a_forgotten_memory_leaves_its_place(session: Session, asked: tuple[Engine, Chat]) -> None:
    engine, chat = asked
    told = engine.prepare(chat, AGAIN).recalled[0].record
    assert told.text in shown(engine.prepare(chat, AGAIN))
    session.memory.forget([told.id])
    assert told.text not in shown(engine.prepare(engine.open_chat(chat.conversation.id), AGAIN))


def test_an_edited_memory_stands_in_its_new_words(session: Session, asked: tuple[Engine, Chat]) -> None:
    engine, chat = asked
    told = next(found.record for found in engine.prepare(chat, AGAIN).recalled if isinstance(found.record, Episode))
    session.memory.edit(told.id, "My sister Ines was given a bell as a present.")
    again = shown(engine.prepare(engine.open_chat(chat.conversation.id), AGAIN))
    assert "a bell" in again
    assert told.text not in again


def test_a_faded_memory_leaves_its_place(session: Session, asked: tuple[Engine, Chat]) -> None:
    engine, chat = asked
    told = next(found.record for found in engine.prepare(chat, AGAIN).recalled if isinstance(found.record, Episode))
    session.memory.set_state([told.id], State.FADED)
    assert f"I said: {told.text}" not in shown(engine.prepare(chat, AGAIN))


def test_with_memory_off_nothing_keeps_its_place(session: Session, asked: tuple[Engine, Chat]) -> None:
    engine, chat = asked
    session.memory.set_remembering(chat.conversation.id, False)
    assert not engine.prepare(engine.open_chat(chat.conversation.id), AGAIN).prompt.standing
