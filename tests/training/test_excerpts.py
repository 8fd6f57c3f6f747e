import random
from functools import cache

from assistant.conversation.reading import REFUSAL
from training.data.compose import Composer, Example
from training.data.excerpts import excerpt

COUNT = 200
MOST = 4


@cache
def excerpts() -> tuple[tuple[Example, Example], ...]:
    """Conversations, each with an excerpt of it."""
    composer, choice = Composer(5), random.Random(5)
    pairs = ((whole, excerpt(whole, choice)) for whole in (composer.example() for _ in range(COUNT)))
    return tuple((whole, part) for whole, part in pairs if part is not None)


def test_an_excerpt_is_a_few_passages_of_a_conversation_in_their_order() -> None:
    assert len(excerpts()) > COUNT / 2
    for whole, part in excerpts():
        places = [whole.passages.index(passage) for passage in part.passages]
        assert places == sorted(places)
        assert 1 <= len(places) <= MOST


def test_what_an_excerpt_tells_is_answered_as_in_the_whole_conversation() -> None:
    for whole, part in excerpts():
        answers = {asked.question: asked for asked in whole.asked}
        for asked in part.asked:
            if asked.answer != REFUSAL:
                found = answers[asked.question]
                shown = {part.passages[place] for place in asked.evidence}
                assert asked.answer == found.answer
                assert shown == {whole.passages[place] for place in found.evidence}


def test_what_is_refused_is_told_nowhere_in_the_excerpt() -> None:
    for whole, part in excerpts():
        told = {asked.question: asked for asked in whole.asked}
        for asked in part.asked:
            if asked.answer == REFUSAL:
                evidence = {whole.passages[place] for place in told[asked.question].evidence}
                assert not evidence & set(part.passages)


def test_of_what_changed_every_telling_is_in_the_excerpt() -> None:
    checked = 0
    for whole, part in excerpts():
        for asked in part.asked:
            if asked.wrong:
                checked += 1
                assert {whole.passages[place] for place in whole.told[asked.family]} <= set(part.passages)
    assert checked > 20


def test_most_of_what_is_asked_of_an_excerpt_is_told() -> None:
    every = [asked for _, part in excerpts() for asked in part.asked]
    refused = sum(asked.answer == REFUSAL for asked in every)
    assert 0.2 < refused / len(every) < 0.4
