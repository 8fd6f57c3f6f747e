"""What may be quoted, with what took its place: from real facts of a real memory."""

import pytest

from assistant.conversation.quoting import passages
from assistant.conversation.session import Session
from assistant.memory.views import Found
from assistant.store.records import Fact, Standing
from tests.conversation.asking import answer, tell


def known(session: Session, value: str) -> Fact:
    found = [record for record in session.memory.records() if isinstance(record, Fact) and record.value == value]
    assert len(found) == 1
    return found[0]


def test_a_passage_comes_with_what_holds_now_of_what_it_tells_through_all_changes(session: Session) -> None:
    told = tell(session, "I live in Bern.", "I live in Lisbon now.", "I moved to Turin.")
    passage, *_ = passages(session.memory, [Found(told[0], 0.9)])
    assert known(session, "Bern").standing is Standing.SUPERSEDED
    ((value, now),) = passage.outdated
    assert value == "bern"
    assert now is not None
    assert now.said.record == told[2].id


def test_what_was_said_again_is_not_outdated(session: Session) -> None:
    told = tell(session, "I live in Bern.", "I live in Lisbon now.", "I live in Bern.")
    passage, *_ = passages(session.memory, [Found(told[0], 0.9)])
    assert passage.outdated == ()


def test_a_fact_is_quoted_in_the_words_of_the_message_that_told_it(session: Session) -> None:
    (told,) = tell(session, "I live in Bern.")
    passage, *_ = passages(session.memory, [Found(known(session, "Bern"), 0.9)])
    assert passage.said.record == told.id
    assert passage.said.text == "I live in Bern."


def test_a_fact_in_the_users_own_words_is_quoted_as_it_stands(session: Session) -> None:
    tell(session, "I live in Bern.")
    fact = session.memory.edit(known(session, "Bern").id, "I live in Bern, in the old town.")
    passage, *_ = passages(session.memory, [Found(fact, 0.9)])
    assert passage.said.text == "I live in Bern, in the old town."


def test_what_is_being_forgotten_takes_no_place(session: Session) -> None:
    told = tell(session, "I live in Bern.", "I live in Lisbon now.")
    session.memory.begin_forget([told[1].id])
    passage, *_ = passages(session.memory, [Found(told[0], 0.9)])
    assert all(now is None for _, now in passage.outdated)


@pytest.mark.parametrize(
    ("told", "question", "holds"),
    [
        ("I work at Nokia. Actually I work at Siemens now.", "Where do I work?", "Siemens"),
        ("I lived in Oslo. Then I moved to Turin. I live in Turin.", "Where do I live?", "Turin"),
    ],
)
def test_a_message_that_changes_its_mind_is_quoted_once_and_holds(
    session: Session, told: str, question: str, holds: str
) -> None:
    (said,) = tell(session, told)
    answering = answer(session.engine, question)
    assert said.id in answering.sources
    assert holds in answering.text
    assert answering.text.count("you said") == 1
    assert "no longer" not in answering.text


def test_the_passages_are_those_that_were_found_in_their_order(session: Session) -> None:
    told = tell(session, "My cat is called Tilda.", "The rent is 940 euros.")
    found = passages(session.memory, [Found(told[1], 0.4), Found(told[0], 0.9), Found(told[1], 0.1)])
    assert [(p.record, p.relevance) for p in found] == [(told[1].id, 0.4), (told[0].id, 0.9)]
