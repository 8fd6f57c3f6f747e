import re
from functools import cache
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from assistant.conversation.reading import reading_lines
from assistant.models.tokenizer import Tokenizer
from training.base import built_in, read_base
from training.data import words
from training.data.compose import Example
from training.data.stating import Fact, Stated, Stating
from training.data.summing import Summing
from training.data.titling import Titled, Titling, requests
from training.forms import NOTHING, facts_answer, facts_prompt, read_facts
from training.packing import pack, prompt_tokens
from training.rules import facts_by_rules, summary_by_rules, title_by_rules
from training.scoring import facts_figures, observed_figures, summary_figures
from training.tasks import ALL, TASKS, Material, some_kinds

COUNT = 250
SUMMARY_TOKENS = 60


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return read_base(built_in()).tokenizer


@cache
def stated(testing: bool = False) -> tuple[Stated, ...]:
    return tuple(islice(Stating(5, testing=testing).messages(), COUNT))


def plain(text: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", text.lower()))


def test_every_value_of_a_fact_is_said_in_its_message_or_in_the_question_before_it() -> None:
    checked = 0
    for each in (*stated(), *stated(testing=True)):
        told = plain(reading_lines([each.passage]))
        for fact in each.facts:
            if fact.attribute not in ("event", "plan"):
                assert plain(fact.value) - told <= {"s", "a", "an", "called"}, (fact, each.passage)
                checked += 1
            assert plain(fact.when) <= told, (fact, each.passage)
    assert checked > 200


def test_a_fact_is_about_who_said_it_somebody_of_theirs_or_somebody_named() -> None:
    for each in (*stated(), *stated(testing=True)):
        speaker = each.passage.speaker.lower()
        for fact in each.facts:
            named = fact.subject in reading_lines([each.passage]).lower()
            assert fact.subject == speaker or fact.subject.startswith(f"{speaker}'s ") or named, fact


def test_a_third_or_so_of_the_messages_states_nothing() -> None:
    empty = sum(not each.facts for each in stated()) / COUNT
    assert 0.2 < empty < 0.5


def test_facts_are_read_as_they_are_written_and_junk_is_left_out() -> None:
    for each in stated():
        assert read_facts(facts_answer(each.facts)) == list(each.facts)
    assert read_facts(f"{NOTHING}\nhello | there\n | a | b\nuser | home | Rome") == [Fact("user", "home", "Rome")]


def test_facts_are_measured_by_subject_attribute_and_value() -> None:
    right = [Fact("user", "home", "Porto"), Fact("user's sister", "job", "a nurse")]
    given = [Fact("user", "city", "Porto"), Fact("user's sister", "job", "nurse"), Fact("user", "pet", "a dog")]
    found = facts_figures([(right, given), ([], []), ([], [Fact("user", "home", "Rome")])])
    assert found["in full"] == {"precision": 0.25, "recall": 0.5, "F1": 0.333}
    assert found["under a like name"] == found["in full"]
    assert found["in substance"] == {"precision": 0.5, "recall": 1.0, "F1": 0.667}
    assert found["messages without facts that got some"] == 0.5


def test_the_rules_of_the_product_find_facts_in_the_same_messages() -> None:
    pairs = [(each.facts, facts_by_rules(each.passage)) for each in stated(testing=True)]
    assert sum(len(found) for _, found in pairs) > 50


def test_a_chat_is_called_after_what_was_asked_or_told_in_a_few_words() -> None:
    chats = list(islice(Titling(5).chats(), COUNT))
    assert sum(len(chat.title.split()) for chat in chats) / COUNT < 5
    asked = [chat for chat in chats if chat.kind == "request"]
    assert 0.5 < len(asked) / COUNT < 0.95
    for chat in chats:
        assert not re.search(r"[{}|]", chat.title + "".join(message.text for message in chat.messages))
        assert title_by_rules(chat.messages)


def test_some_titles_of_requests_are_kept_for_testing() -> None:
    assert len(requests()) > 60
    held = {title for title, _ in requests() if words.held(title)}
    assert len(held) > 4

    def drawn(testing: bool) -> set[str]:
        chats: list[Titled] = list(islice(Titling(6, testing=testing).chats(), COUNT))
        return {chat.title for chat in chats}

    fixed = {title for title in held if "{" not in title}
    assert fixed & drawn(testing=True)
    assert not fixed & drawn(testing=False)


def test_a_summary_holds_what_is_true_now_and_nothing_that_no_longer_is(tokenizer: Tokenizer) -> None:
    steps = list(islice(Summing(5).steps(), COUNT))
    figures = summary_figures([(step.holds, step.gone, step.after) for step in steps])
    assert figures["values that hold and stand in it"] == 1
    # A value may be a part of another one: "Tuesday" of "Tuesday at ten".
    assert sum(value in step.after for step in steps for value in step.gone) < 0.02 * COUNT
    assert {step.kind for step in steps} == {"first", "kept", "added", "changed"}
    lengths = [len(tokenizer.encode(step.after)) for step in steps]
    assert sum(length <= SUMMARY_TOKENS for length in lengths) / COUNT > 0.95
    assert max(lengths) < 1.4 * SUMMARY_TOKENS
    assert summary_by_rules(steps[-1].whole, tokenizer)


@pytest.mark.parametrize("task", sorted(TASKS))
def test_each_prompt_of_a_lesson_is_learned_as_if_it_stood_alone(task: str, tokenizer: Tokenizer) -> None:
    lesson = next(lesson for lesson in TASKS[task].lessons(3, False, ALL) if len(lesson) > 2)
    packed = pack(tokenizer, lesson, stop=2, longest=4000)
    assert packed is not None
    for number, item in enumerate(lesson, 1):
        seen = packed.mask()[np.flatnonzero(packed.segments == number)[-1]]
        assert set(packed.segments[seen]) == {0, number}
        prompt = prompt_tokens(tokenizer, item.prompt)
        answer = tokenizer.encode(item.answer)
        assert packed.tokens[seen].tolist() == [*prompt, *answer]
        assert packed.positions[seen].tolist() == list(range(len(prompt) + len(answer)))
        learned = packed.targets[packed.segments == number]
        assert learned[learned >= 0].tolist() == [*answer, 2]
    assert pack(tokenizer, lesson, stop=2, longest=50) is None


def test_a_fact_is_borne_out_by_an_observation_with_half_of_the_words_of_its_value() -> None:
    facts = [Fact("ann", "home", "a small flat in Rome"), Fact("ann", "pet", "dog")]
    told = observed_figures(
        [(["Ann lives in a flat in Rome.", "Ann is tired."], facts), ([], facts[:1]), (["Ann ran."], [])]
    )
    assert told["facts that an observation bears out"] == round(1 / 3, 3)
    assert told["observations with such a fact"] == round(1 / 3, 3)


def test_the_prompt_for_facts_holds_one_message_with_its_day() -> None:
    each = next(each for each in stated() if each.facts)
    prompt = facts_prompt(each.passage)
    assert [message.role for message in prompt] == ["system", "user"]
    assert prompt[1].content == reading_lines([each.passage])


@pytest.mark.parametrize(("written", "from_talks"), [(0.0, 0), (1.0, 30)])
def test_answers_are_learned_from_written_talks_and_from_kinds_in_the_share_that_is_asked_for(
    written: float, from_talks: int
) -> None:
    lessons = islice(TASKS["answer"].lessons(3, False, Material(written=written)), 30)
    # What a kind of facts tells is named by it; what a talk tells is of no kind.
    told = [[i.source.asked for i in lesson if isinstance(i.source, Example)] for lesson in lessons]
    assert sum(not any(asked.family for each in lesson for asked in each) for lesson in told) == from_talks


def test_a_larger_share_of_the_kinds_holds_the_smaller_one() -> None:
    quarter, half = some_kinds(0.25), some_kinds(0.5)
    assert set(quarter) < set(half) < set(some_kinds(1))
    assert len(half) == pytest.approx(2 * len(quarter), abs=1)
    lesson = next(lesson for lesson in TASKS["answer"].lessons(3, False, Material(quarter)) if lesson)
    assert lesson


def test_the_curve_takes_the_last_checkpoint_and_those_near_its_half_and_quarter(
    tmp_path: Path,
) -> None:
    pytest.importorskip("torch")
    from training.curve import spread

    found = [(number, tmp_path) for number in (500, 1000, 1500, 2100, 3000, 4000)]
    assert [number for number, _ in spread(found, 3)] == [1000, 2100, 4000]
