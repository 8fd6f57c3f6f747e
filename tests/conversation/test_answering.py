"""Answers from memory with the real model: quoted, refused, streamed, stopped."""

import pytest
from msgspec.structs import replace

from assistant.conversation.answering import AnswerForm, form_of
from assistant.conversation.quoting import NOT_FOUND, Finding
from assistant.conversation.session import Session
from assistant.models.decoder import Decoder
from assistant.store.records import Episode, Fact, Standing, new_id

from .asking import answer, by_quoting, tell

TOLD = (
    "My sister Ada is allergic to walnuts.",
    "My cat is called Tilda and she is eleven years old.",
    "The landlord raised the rent to 940 euros.",
    "I keep the spare key under the blue flower pot.",
    "My brother Tom plays the cello in a string quartet.",
    "Yesterday I bought a second-hand telescope.",
    "What is my dog called?",
    "Thanks, that was helpful!",
)


@pytest.fixture
def session(session: Session) -> Session:
    return by_quoting(session)


@pytest.mark.parametrize(
    ("question", "direct", "source"),
    [
        ("What is my cat called?", "Tilda", 1),
        ("How old is my cat?", "Eleven years old", 1),
        ("Do you remember where the spare key is?", "Under the blue flower pot", 3),
        ("When did I buy the telescope?", "7 March 2026", 5),
    ],
)
def test_a_question_to_memory_is_answered_with_the_words_that_were_said_their_day_and_their_source(
    session: Session, question: str, direct: str, source: int
) -> None:
    told = tell(session, *TOLD)
    answering = answer(session.engine, question)
    episode = told[source]
    assert answering.text.removeprefix("On ").startswith(f"{direct}. ")
    assert answering.text.endswith(f"On {episode.time.day} March 2026 you said: “{episode.text}”")
    assert episode.id in answering.sources
    assert answering.ended == "stop"
    assert answering.report.prompt_tokens > 0


@pytest.mark.parametrize(
    "question",
    ["What is my dog called?", "What am I allergic to?", "Where is my passport?", "When is my wedding anniversary?"],
)
def test_what_was_not_told_is_not_invented(session: Session, question: str) -> None:
    tell(session, *TOLD)
    answering = answer(session.engine, question)
    assert answering.text.startswith("I don't find")
    assert answering.quotation is not None
    assert answering.quotation.finding is not Finding.SURE


def test_an_empty_memory_says_that_it_does_not_know(session: Session) -> None:
    assert answer(session.engine, "Where do I live?").text == NOT_FOUND


@pytest.mark.parametrize("text", ["Hello!", "Who wrote Hamlet?", "Write a line about Oslo.", "How do I boil an egg?"])
def test_everything_else_is_answered_in_the_models_own_words(session: Session, text: str) -> None:
    tell(session, *TOLD)
    answering = answer(session.engine, text)
    assert answering.text
    assert answering.quotation is None
    assert answering.sources == ()
    assert "I don't find" not in answering.text


def test_what_was_said_in_this_chat_is_quoted_too(session: Session) -> None:
    engine = session.engine
    prepared = engine.prepare(engine.new_chat(), "My bike is locked with the code 4471.")
    answering = engine.answer(prepared, max_tokens=8)
    list(answering)
    chat = engine.keep(prepared, answering)
    asked = answer(engine, "What is the code of my bike?", chat)
    assert "“My bike is locked with the code 4471.”" in asked.text
    assert chat.messages[0].id in asked.sources


def supersede(session: Session, old: Episode, new: Episode) -> None:
    facts = [
        Fact(
            id=new_id(),
            conversation=old.conversation,
            subject="user",
            attribute="home",
            value=value,
            text=source.text,
            time=source.time,
            sources=(source.id,),
            standing=standing,
        )
        for value, source, standing in (
            ("Bern", old, Standing.SUPERSEDED),
            ("Lisbon", new, Standing.CURRENT),
        )
    ]
    facts[0] = replace(facts[0], successor=facts[1].id)
    for fact in session.memory.records():
        if isinstance(fact, Fact):
            session.memory.indexed.commit(remove=[fact.id])
    session.memory.indexed.commit(facts)


def test_a_value_that_no_longer_holds_is_never_given_as_current(session: Session) -> None:
    old, new = tell(session, "I live in Bern.", "We moved to Lisbon.")
    supersede(session, old, new)
    answering = answer(session.engine, "Where do I live?")
    assert "Lisbon" in answering.text
    assert "Bern" not in answering.text
    before = answer(session.engine, "Where did I live before?")
    assert "Bern" not in before.text or "Lisbon" in before.text


def test_a_quotation_with_an_old_value_in_it_says_what_holds_now(session: Session) -> None:
    old, new = tell(session, "I live in Bern, and my cat is called Tilda.", "We moved to Lisbon.")
    supersede(session, old, new)
    answering = answer(session.engine, "What is my cat called?")
    assert answering.text.startswith("Tilda.")
    assert answering.text.index("Bern") < answering.text.index("But later") < answering.text.index("Lisbon")


def test_a_quoting_answer_can_be_stopped_and_is_kept_as_far_as_it_came(session: Session) -> None:
    tell(session, *TOLD)
    engine = session.engine
    prepared = engine.prepare(engine.new_chat(), "What is my cat called?")
    pieces: list[str] = []
    answering = engine.answer(prepared, cancelled=lambda: len(pieces) >= 3)
    pieces.extend(answering)
    assert answering.ended == "cancelled"
    assert len(pieces) == 3
    assert engine.keep(prepared, answering).messages[-1].text == "".join(pieces).strip()


def test_a_quoting_answer_that_is_stopped_while_it_reads_says_nothing(session: Session) -> None:
    tell(session, *TOLD)
    engine = session.engine
    answering = engine.answer(engine.prepare(engine.new_chat(), "What is my cat called?"), cancelled=lambda: True)
    assert list(answering) == []
    assert answering.ended == "cancelled"


def test_an_answer_no_longer_than_asked_for(session: Session) -> None:
    tell(session, *TOLD)
    engine = session.engine
    answering = engine.answer(engine.prepare(engine.new_chat(), "What is my cat called?"), max_tokens=5)
    list(answering)
    assert answering.ended == "length"
    assert 0 < answering.tokens <= 5


def test_the_same_question_gets_the_same_answer_and_the_dialogue_stays_in_the_cache(session: Session) -> None:
    tell(session, *TOLD)
    engine = session.engine
    prepared = engine.prepare(engine.new_chat(), "Hello there!")
    hello = engine.answer(prepared, max_tokens=8)
    list(hello)
    chat = engine.keep(prepared, hello)
    engine.read_ahead(chat)
    first, second = (answer(engine, "What is my cat called?", chat) for _ in range(2))
    assert first.text == second.text
    assert answer(engine, "Tell me a joke.", chat).report.reused_tokens > 20


def test_an_answer_written_anew_does_not_quote_the_same_again(session: Session) -> None:
    tell(session, *TOLD)
    engine = session.engine
    prepared = engine.prepare(engine.new_chat(), "What is my cat called?")
    answering = engine.answer(prepared, max_tokens=60)
    list(answering)
    chat = engine.keep(prepared, answering)
    anew = engine.answer(engine.prepare_again(chat), seed=3, max_tokens=12)
    list(anew)
    assert anew.text != answering.text
    assert anew.sources != answering.sources


def test_a_temporary_chat_has_nothing_to_quote(session: Session) -> None:
    tell(session, *TOLD)
    answering = answer(session.engine, "What is my cat called?", session.engine.new_chat(temporary=True))
    assert answering.quotation is None


def test_the_user_chooses_the_form_of_answers(session: Session) -> None:
    tell(session, *TOLD)
    settings = session.settings
    for form, text in (("short", "Tilda."), ("free", None)):
        session.engine.change_settings(replace(settings, generation=replace(settings.generation, answers=form)))
        answering = answer(session.engine, "What is my cat called?")
        assert answering.text == text if text else answering.quotation is None


def test_only_a_small_model_answers_by_rules_unless_it_is_chosen(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoder: Decoder = session.engine._decoder
    assert form_of(decoder, "auto") is AnswerForm.READ
    assert form_of(decoder, "free") is AnswerForm.FREE
    monkeypatch.setattr(decoder, "size", 4_000_000_000)
    assert form_of(decoder, "auto") is AnswerForm.FREE
    assert form_of(decoder, "quote") is AnswerForm.QUOTE
