"""That generated dialogues are what the benchmark takes them for."""

import re

import pytest

from .dialogue import Dialogue
from .generator import GAP, generate
from .metrics import holds, holds_any

LENGTHS = (50, 100, 500, 1000)


@pytest.fixture(scope="module", params=LENGTHS)
def dialogue(request: pytest.FixtureRequest) -> Dialogue:
    return generate(request.param, seed=3)


def test_the_same_length_and_seed_give_the_same_dialogue(dialogue: Dialogue) -> None:
    assert generate(len(dialogue.turns), seed=3) == dialogue
    assert generate(len(dialogue.turns), seed=4).turns != dialogue.turns


def test_time_only_goes_forward(dialogue: Dialogue) -> None:
    times = [turn.time for turn in dialogue.turns]
    assert times == sorted(times)


def test_templates_are_filled_in_completely(dialogue: Dialogue) -> None:
    said = [text for turn in dialogue.turns for text in (turn.user, turn.assistant)]
    asked = [probe.question for probe in dialogue.probes]
    leftover = re.compile(r"[{}|<>]|\[(?!item)")
    assert [text for text in [*said, *asked] if leftover.search(text)] == []


def test_every_piece_of_an_answer_was_told_in_the_turns_that_it_names(dialogue: Dialogue) -> None:
    for probe in dialogue.probes:
        for piece in probe.pieces:
            assert piece.turns
            for number in piece.turns:
                told = dialogue.turns[number].user
                if piece.denied:
                    assert any(form in told for form in piece.forms), told
                else:
                    assert holds_any(told, (*piece.forms, *piece.told_as)), (probe.question, told)


def test_what_a_probe_calls_stale_was_told_before_what_holds_now(dialogue: Dialogue) -> None:
    revised = [probe for probe in dialogue.probes if probe.category in ("revised", "contradicted")]
    assert revised
    for probe in revised:
        assert max(probe.stale_turns) < min(probe.evidence)
        assert not {*probe.stale} & {form for piece in probe.pieces for form in piece.forms}
        assert any(holds_any(dialogue.turns[number].user, probe.stale) for number in probe.stale_turns)


def test_probes_lie_well_behind_the_last_telling_where_the_dialogue_is_long_enough(dialogue: Dialogue) -> None:
    turns = len(dialogue.turns)
    ages = [turns - max(probe.evidence) for probe in dialogue.probes if probe.answerable]
    assert min(ages) >= (GAP - 50 if turns >= 2 * GAP else turns // 5)


def test_who_is_asked_for_in_vain_is_never_mentioned(dialogue: Dialogue) -> None:
    said = " ".join(text for turn in dialogue.turns for text in (turn.user, turn.assistant))
    nobody = [probe for probe in dialogue.probes if probe.category == "nobody"]
    assert nobody
    known = {who.name for who in dialogue.cast}
    for probe in nobody:
        strangers = [word for word in re.findall(r"\b[A-Z]\w+", probe.question)[1:] if word not in known]
        assert strangers
        assert not any(holds(said, stranger) for stranger in strangers if stranger != "Christmas"), probe.question


def test_what_cannot_be_answered_was_told_of_nobody_who_is_asked_for(dialogue: Dialogue) -> None:
    answered = {probe.question for probe in dialogue.probes if probe.answerable}
    for probe in dialogue.probes:
        if not probe.answerable:
            assert probe.question not in answered
            assert not probe.evidence


def test_there_are_probes_of_every_category_in_a_long_dialogue() -> None:
    found = {probe.category for probe in generate(1000, seed=3).probes}
    assert found == {
        *("single", "two-message", "revised", "contradicted", "negated", "when", "previous", "multi"),
        *("no such thing", "nobody"),
    }


def test_questions_do_not_repeat_the_words_of_their_tellings() -> None:
    dialogue = generate(1000, seed=3)
    for probe in dialogue.probes:
        asked = set(re.findall(r"[a-z]{3,}", probe.question.lower()))
        for number in probe.evidence:
            assert not asked <= set(re.findall(r"[a-z]{3,}", dialogue.turns[number].user.lower()))
