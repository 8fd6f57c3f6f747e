import threading

import pytest
from msgspec.structs import replace

from assistant.conversation.answering import Answering
from assistant.conversation.chat import Chat
from assistant.conversation.engine import Engine, Prepared
from assistant.conversation.session import Session
from assistant.errors import InputError
from assistant.models.decoder import Decoder
from assistant.models.library import LANGUAGE_MODEL
from assistant.settings import Generation, Settings
from assistant.store.records import State, Usage


def ask(engine: Engine, chat: Chat, text: str, *, max_tokens: int = 16) -> tuple[Chat, Prepared, Answering]:
    prepared = engine.prepare(chat, text)
    answering = engine.answer(prepared, max_tokens=max_tokens)
    for _ in answering:
        pass
    return engine.keep(prepared, answering), prepared, answering


def test_a_turn_is_stored_with_what_its_answer_used(session: Session) -> None:
    engine = session.engine
    told, *_ = ask(engine, engine.new_chat(), "I am allergic to walnuts.")
    asked, prepared, answering = ask(engine, engine.new_chat(), "What food am I allergic to?")
    assert [found.record.id for found in prepared.recalled] == [told.messages[0].id]
    assert [message.role for message in asked.messages] == ["user", "assistant"]
    assert asked.messages[1].text == answering.text.strip()
    usage = asked.messages[1].usage
    assert usage is not None
    assert [used.record for used in usage.used] == [told.messages[0].id]
    assert usage.prompt_tokens == len(prepared.prompt.tokens)
    assert session.memory.store.count(Usage) == 2


def test_a_chat_is_read_again_as_it_was(session: Session) -> None:
    chat, *_ = ask(session.engine, session.engine.new_chat(), "Hello there!")
    assert session.engine.open_chat(chat.conversation.id) == chat


def test_the_cache_of_earlier_turns_is_used_again(session: Session) -> None:
    engine = session.engine
    chat, *_ = ask(engine, engine.new_chat(), "Write a line about the cello.")
    prepared = engine.prepare(chat, "Write another one about the flute.")
    warm = engine.answer(prepared, max_tokens=24)
    for _ in warm:
        pass
    engine.forget_cache()
    cold = engine.answer(prepared, max_tokens=24)
    for _ in cold:
        pass
    assert warm.report.reused_tokens > 20
    assert cold.report.reused_tokens == 0
    # One token at a time and many at once round differently, so answers may part after a while.
    assert warm.text.split()[:4] == cold.text.split()[:4]


def test_a_stopped_answer_is_kept_as_far_as_it_came(session: Session) -> None:
    engine = session.engine
    prepared = engine.prepare(engine.new_chat(), "Tell me a long story about the sea.")
    heard: list[str] = []
    stopped = engine.answer(prepared, cancelled=lambda: len(heard) >= 3, max_tokens=200)
    for piece in stopped:
        heard.append(piece)  # noqa: PERF402 - it is looked at meanwhile
    assert stopped.ended == "cancelled"
    assert stopped.text.strip()
    chat = engine.keep(prepared, stopped)
    assert chat.messages[-1].text == stopped.text.strip()


def test_an_answer_that_was_stopped_before_its_first_word_leaves_no_trace(session: Session) -> None:
    engine = session.engine
    prepared = engine.prepare(engine.new_chat(), "Tell me a story.")
    answering = engine.answer(prepared, cancelled=lambda: True)
    assert list(answering) == []
    assert engine.keep(prepared, answering).messages == ()
    assert len(session.memory.store) == 0


def test_regenerating_replaces_the_last_answer_and_nothing_else(session: Session) -> None:
    engine = session.engine
    chat, *_ = ask(engine, engine.new_chat(), "Hello there!")
    chat, *_ = ask(engine, chat, "Tell me a story about a fox.")
    prepared = engine.prepare_again(chat)
    answering = engine.answer(prepared, seed=7, max_tokens=16)
    for _ in answering:
        pass
    again = engine.keep(prepared, answering)
    assert [m.id for m in again.messages[:3]] == [m.id for m in chat.messages[:3]]
    assert again.messages[3].id != chat.messages[3].id
    assert len(again.messages) == 4
    assert (again.messages[3].version, again.messages[3].versions) == (1, 2)
    kept = session.memory.episodes_of(again.conversation.id)
    assert chat.messages[3].id not in [episode.id for episode in kept]
    assert len(kept) == 4


def test_a_message_that_takes_the_place_of_another_knows_nothing_of_what_came_after(session: Session) -> None:
    engine = session.engine
    chat, *_ = ask(engine, engine.new_chat(), "My cat is called Tilda.")
    chat, *_ = ask(engine, chat, "I live in Lisbon, near the river.")
    chat, *_ = ask(engine, chat, "I work as a bookbinder in a monastery.")
    session.memory.consolidate()
    told = chat.messages[2].id
    prepared = engine.prepare(chat, "Where do I live, and what is my work?", instead_of=told)
    seen = " ".join([*(p.text for p in prepared.prompt.parts), *(p.text for p in prepared.passages or ())])
    assert "Tilda" in seen
    assert "Lisbon" not in seen
    assert "bookbinder" not in seen
    answering = engine.answer(prepared, max_tokens=8)
    for _ in answering:
        pass
    asked = engine.keep(prepared, answering)
    assert [m.text for m in asked.messages[:3]] == [*(m.text for m in chat.messages[:2]), prepared.question]
    assert asked.messages[2].versions == 2
    session.memory.show_version(asked.conversation.id, asked.messages[2].id, 0)
    assert [m.text for m in engine.open_chat(asked.conversation.id).messages] == [m.text for m in chat.messages]
    with pytest.raises(InputError):
        engine.prepare(chat, "Hello?", instead_of="0" * 32)


def test_an_answer_is_kept_where_it_was_asked_for_though_another_branch_was_looked_up(session: Session) -> None:
    engine = session.engine
    chat, *_ = ask(engine, engine.new_chat(), "Hello there!", max_tokens=4)
    prepared = engine.prepare(chat, "Good morning!", instead_of=chat.messages[0].id)
    answering = engine.answer(prepared, max_tokens=4)
    list(answering)
    edited = engine.keep(prepared, answering)
    prepared = engine.prepare(edited, "How are you?")
    answering = engine.answer(prepared, max_tokens=4)
    list(answering)
    session.memory.show_message(chat.conversation.id, chat.messages[0].id)
    kept = engine.keep(prepared, answering)
    assert [m.text for m in kept.messages[:3]] == [*(m.text for m in edited.messages), "How are you?"]
    assert engine.open_chat(chat.conversation.id) == kept


def test_a_temporary_chat_goes_on_but_reads_and_writes_nothing(session: Session) -> None:
    engine = session.engine
    ask(engine, engine.new_chat(), "I am allergic to walnuts.")
    before = len(session.memory.store)
    chat, prepared, _ = ask(engine, engine.new_chat(temporary=True), "What food am I allergic to?")
    assert prepared.recalled == ()
    chat, prepared, _ = ask(engine, chat, "And what else?")
    assert len(chat.messages) == 4
    assert "allergic" in next(part.text for part in prepared.prompt.parts if part.name == "dialogue")
    assert len(session.memory.store) == before


def test_an_answer_of_hippo_is_recalled_only_when_it_is_asked_for(session: Session) -> None:
    engine = session.engine
    chat, *_ = ask(engine, engine.new_chat(), "Recommend a dish with lentils.", max_tokens=30)
    answer = chat.messages[-1]
    plain = engine.prepare(engine.new_chat(), "Which dish with lentils is good?")
    assert answer.id not in [found.record.id for found in plain.recalled]
    asked = engine.prepare(engine.new_chat(), f"What dish with lentils did you recommend? {answer.text[:60]}")
    assert answer.id in [found.record.id for found in asked.recalled]


def test_what_the_dialogue_holds_is_not_recalled_a_second_time(session: Session) -> None:
    engine = session.engine
    chat, *_ = ask(engine, engine.new_chat(), "I am allergic to walnuts.")
    prepared = engine.prepare(chat, "What food am I allergic to?")
    assert prepared.recalled == ()
    assert chat.messages[0].id in prepared.prompt.dialogue


def test_reading_ahead_leaves_only_the_new_words_to_read(session: Session) -> None:
    engine = session.engine
    chat, *_ = ask(engine, engine.new_chat(), "Write a line about the cello.")
    engine.read_ahead(chat)
    _, prepared, answering = ask(engine, chat, "Write another one about the flute.")
    unread = len(prepared.prompt.tokens) - answering.report.reused_tokens
    assert unread <= 30 < answering.report.reused_tokens


def test_reading_ahead_can_be_stopped_and_loses_nothing(session: Session) -> None:
    engine = session.engine
    chat, *_ = ask(engine, engine.new_chat(), "My brother Tom plays the cello.")
    engine.read_ahead(chat, cancelled=lambda: True)
    _, _, answering = ask(engine, chat, "And my sister plays the flute.")
    assert answering.text


def test_what_was_forgotten_or_edited_is_never_read_from_the_cache_again(session: Session) -> None:
    engine = session.engine
    chat, *_ = ask(engine, engine.new_chat(), "My brother Tom plays the cello.")
    chat, *_ = ask(engine, chat, "My cat is called Tilda.")
    session.memory.edit(chat.messages[0].id, "My brother Tom plays the tuba.")
    chat = engine.open_chat(chat.conversation.id)
    chat, _, answering = ask(engine, chat, "Good night!")
    assert answering.report.reused_tokens == 0
    session.memory.forget([chat.messages[0].id])
    _, _, answering = ask(engine, engine.open_chat(chat.conversation.id), "Good morning!")
    assert answering.report.reused_tokens == 0


def test_an_answer_from_a_memory_that_was_forgotten_meanwhile_is_not_kept(session: Session) -> None:
    engine = session.engine
    told, *_ = ask(engine, engine.new_chat(), "I am allergic to walnuts.")
    prepared = engine.prepare(engine.new_chat(), "What food am I allergic to?")
    answering = engine.answer(prepared, max_tokens=16)
    for _ in answering:
        pass
    session.memory.forget([told.messages[0].id])
    before = len(session.memory.store)
    with pytest.raises(InputError, match="forgotten meanwhile"):
        engine.keep(prepared, answering)
    assert len(session.memory.store) == before


def test_locking_ends_an_answer_that_is_being_written(session: Session) -> None:
    engine = session.engine
    prepared = engine.prepare(engine.new_chat(), "Tell me a long story about the sea.")
    answering = engine.answer(prepared, max_tokens=2000)
    started = threading.Event()

    def write() -> None:
        for _ in answering:
            started.set()

    writer = threading.Thread(target=write)
    writer.start()
    assert started.wait(30)
    session.lock()
    writer.join(10)
    assert not writer.is_alive()
    assert answering.ended == "cancelled"


def test_a_chat_that_was_forgotten_does_not_come_back_with_an_answer(session: Session) -> None:
    engine = session.engine
    chat, *_ = ask(engine, engine.new_chat(), "My lover is called Rosalinde.")
    prepared = engine.prepare_again(chat)
    answering = engine.answer(prepared, max_tokens=8)
    for _ in answering:
        pass
    session.memory.forget([chat.conversation.id])
    with pytest.raises(InputError, match="forgotten meanwhile"):
        engine.keep(prepared, answering)
    assert len(session.memory.store) == len(session.memory.audit())


def test_a_chat_renamed_while_it_was_answered_keeps_its_new_name(session: Session) -> None:
    engine = session.engine
    chat, *_ = ask(engine, engine.new_chat(), "Hello there!")
    prepared = engine.prepare(chat, "How are you?")
    answering = engine.answer(prepared, max_tokens=8)
    for _ in answering:
        pass
    session.memory.rename(chat.conversation.id, "Greetings")
    assert engine.keep(prepared, answering).conversation.title == "Greetings"


def test_an_answer_that_an_edit_made_untrue_is_not_read_by_the_model_again(session: Session) -> None:
    engine = session.engine
    memory = session.memory
    chat, *_ = ask(engine, engine.new_chat(), "Hello there!")
    memory.set_state([chat.messages[1].id], State.FADED)
    prepared = engine.prepare(engine.open_chat(chat.conversation.id), "How are you?")
    assert prepared.prompt.dialogue == (chat.messages[0].id,)


def test_a_smaller_model_that_guesses_changes_no_answer_and_forgets_with_the_cache(session: Session) -> None:
    settings = Settings(generation=Generation(answers="free", max_tokens=24))
    decoder = Decoder.load(session.home.models / LANGUAGE_MODEL.folder)
    answers = []
    for small in (None, decoder):
        engine = Engine(decoder, None, settings, small=small)
        answering = engine.answer(engine.prepare(engine.new_chat(), "Tell me about the moon."))
        answers.append("".join(answering))
        if small is not None:
            assert answering.report.right_tokens > 0
            assert engine._draft is not None
            assert engine._draft._cache.length > 0
            engine.forget_cache()
            assert engine._draft._cache.length == 0
    assert answers[0] == answers[1]
    assert answers[0]


def test_a_question_about_two_people_may_bring_twice_as_many_memories(session: Session) -> None:
    engine = session.engine
    engine.change_settings(replace(session.settings, memory=replace(session.settings.memory, recall_limit=2)))
    for name in ("Ada", "Kofi"):
        for thing in ("a tent", "a kite", "a drum"):
            ask(engine, engine.new_chat(), f"My friend {name} was given {thing} as a present.", max_tokens=1)
    one = engine.prepare(engine.new_chat(), "What was Ada given as a present?")
    both = engine.prepare(engine.new_chat(), "What were Ada and Kofi given as a present?")
    told = [{name for name in ("Ada", "Kofi") if name in found.record.text} for found in both.recalled]
    assert len(told) > len(one.recalled)
    assert set.union(*told) == {"Ada", "Kofi"}
