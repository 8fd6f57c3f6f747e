"""Which of several passages an answer quotes, with the real model: what was said last, of whom the question asks."""

import pytest

from assistant.conversation.quoting import Finding
from assistant.conversation.session import Session
from tests.conversation.asking import answer, tell


@pytest.mark.parametrize(
    ("told", "question", "now"),
    [
        (
            ("The dentist sees Kirsten on 11 April.", "They moved Kirsten's dentist to 12 August."),
            "dentist",
            "12 August",
        ),
        (("My locker is number 320.", "My locker is number 194 now."), "locker", "194"),
    ],
)
def test_of_two_answers_the_later_one_comes_first(
    session: Session, told: tuple[str, ...], question: str, now: str
) -> None:
    tell(session, *told)
    asked = {"dentist": "When is Kirsten's dentist appointment?", "locker": "What is the number of my locker?"}[
        question
    ]
    assert now in answer(session.engine, asked).text


def test_what_was_given_up_later_is_answered_with_what_took_its_place_in_words_that_share_nothing_with_the_question(
    session: Session,
) -> None:
    told = tell(
        session, "Bilal's usual is an elderflower soda.", "My friend has gone from elderflower soda to black tea."
    )
    answering = answer(session.engine, "What drink does Bilal usually order?")
    assert "black tea" in answering.text
    assert told[1].id in answering.sources


def test_what_a_message_says_is_over_is_no_direct_answer_unless_it_is_asked_for(session: Session) -> None:
    tell(session, "Bilal's usual is an elderflower soda.", "My friend has gone from elderflower soda to black tea.")
    assert answer(session.engine, "What drink does Bilal usually order?").text.startswith("On 4 March 2026 you said")
    assert answer(session.engine, "What drink did Bilal usually order before?").text.startswith("Elderflower soda.")


def test_what_somebody_else_gave_up_changes_nothing(session: Session) -> None:
    told = tell(session, "Bilal's usual is an elderflower soda.", "Odette has gone off elderflower soda for good.")
    answering = answer(session.engine, "What drink does Bilal usually order?")
    assert told[1].id not in answering.sources


@pytest.mark.parametrize(
    ("told", "question"),
    [
        ("They gave my neighbour's cousin locker number 215.", "What is the number of my locker?"),
        ("Yara's photo shoot is on 24 November.", "When is my photo shoot?"),
        ("My running partner is called Tanaka.", "Who is my partner?"),
        ("Radio Cathedral is the band that Jasper loves most.", "Which meal does Jasper love best?"),
    ],
)
def test_a_thing_of_somebody_elses_or_another_thing_answers_nothing(session: Session, told: str, question: str) -> None:
    tell(session, told)
    answering = answer(session.engine, question)
    assert answering.text.startswith("I don't find")
    assert answering.quotation is not None
    assert answering.quotation.finding is not Finding.SURE


@pytest.mark.parametrize(
    ("told", "question", "direct"),
    [
        ("My name is Ada and I am allergic to walnuts.", "What food am I allergic to?", "Walnuts."),
        ("I speak Catalan.", "What language do I speak?", "Catalan."),
    ],
)
def test_a_question_in_the_words_of_the_telling_is_answered_where_something_like_the_thing_asked_for_was_said(
    session: Session, told: str, question: str, direct: str
) -> None:
    tell(session, told, "I am allergic to pollen.", "I speak slowly.")
    assert answer(session.engine, question).text.startswith(direct)


@pytest.mark.parametrize(
    ("told", "question"),
    [
        ("I am allergic to pollen.", "What food am I allergic to?"),
        ("I speak slowly.", "What language do I speak?"),
        ("I am afraid of heights.", "Which animals am I afraid of?"),
    ],
)
def test_the_same_words_about_another_kind_of_thing_answer_nothing(session: Session, told: str, question: str) -> None:
    tell(session, told)
    assert answer(session.engine, question).text.startswith("I don't find")


@pytest.mark.parametrize("question", ["Where does Beatriz live?", "What is Lars's hobby?"])
def test_nothing_is_invented_about_people_who_were_never_mentioned(session: Session, question: str) -> None:
    tell(session, "My sister Ada is allergic to walnuts.", "My cat is called Tilda.")
    assert answer(session.engine, question).text.startswith("I don't find")


def test_a_question_about_two_people_is_answered_for_each(session: Session) -> None:
    told = tell(session, "My sister Ada lives in Porto.", "My brother Tom lives in Oslo.")
    answering = answer(session.engine, "Where does Ada live? And Tom?")
    assert "Porto" in answering.text
    assert "Oslo" in answering.text
    assert {told[0].id, told[1].id} <= set(answering.sources)
