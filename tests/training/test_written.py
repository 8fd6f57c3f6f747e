from functools import cache
from itertools import islice
from pathlib import Path

import pytest

from assistant.conversation.reading import REFUSAL, reading_lines
from training.data import words
from training.data.compose import Example
from training.data.nearness import BySense, ByWords, Nearness
from training.data.searched import examples
from training.data.written import Talk, TalkError, doubts, read_talks, talks

COUNT = 300
HEAD = "# Nadia (she), Owen (he)\n== 2022-03-14 09:20\n"
TALK = f"""{HEAD}1 Nadia: I handed in my notice last Friday. Will you miss me?
2 Owen: Every single day.
? When did Nadia quit? | 11 March 2022 | 1
? Where will Nadia work? | - | 1
"""


def read_talks_of(text: str, folder: Path) -> list[Talk]:
    file = folder / "some-1.talk"
    file.write_text(text, encoding="utf-8")
    return list(read_talks(file))


@cache
def shown() -> tuple[Example, ...]:
    return tuple(islice(examples(5), COUNT))


def test_a_talk_is_read_with_its_times_and_the_question_before_a_short_reply(tmp_path: Path) -> None:
    (talk,) = read_talks_of(TALK, tmp_path)
    assert reading_lines(talk.messages) == (
        "[14 March 2022] Nadia: I handed in my notice last Friday (Friday, 11 March 2022). Will you miss me?\n"
        "[14 March 2022] Owen (asked “Will you miss me?”): Every single day."
    )
    assert [(asked.answer, asked.evidence) for asked in talk.asked] == [("11 March 2022", (0,)), (REFUSAL, (0,))]


@pytest.mark.parametrize(
    "text",
    [
        "1 Nadia: Hello.",
        "# Nadia, Owen\n",
        f"{HEAD}2 Nadia: Hello.",
        f"{HEAD}1 Ann: Hello.",
        f"{HEAD}1 Nadia: Hello.\n== 2022-03-13 09:20",
        f"{HEAD}1 Nadia: Hello.\n? What did Nadia say? | hello | 2",
        f"{HEAD}1 Nadia: Hello.\n? What did Nadia say? | hello |",
        f"{HEAD}1 Nadia: Hello.\nAnd so on.",
    ],
)
def test_a_malformed_talk_is_refused_with_its_line(text: str, tmp_path: Path) -> None:
    with pytest.raises(TalkError, match="line "):
        read_talks_of(text, tmp_path)


def test_an_answer_that_does_not_stand_in_its_messages_is_pointed_out(tmp_path: Path) -> None:
    wrong = TALK + "? When did Nadia quit for good? | 2 April 2022 | 1\n? What is Nadia? | a famous baker | 2\n"
    (talk,) = read_talks_of(wrong, tmp_path)
    told = "\n".join(doubts(talk))
    assert "2 April 2022: 2, April is not in" in told
    assert "a famous baker: mostly other words" in told
    assert "When did Nadia quit?" not in told


def test_every_talk_of_ours_can_be_read_and_none_is_both_learned_and_tested() -> None:
    learned, held = talks(), talks(testing=True)
    assert len(learned) > 100
    assert len(held) >= 10
    assert not {talk.name for talk in learned} & {talk.name for talk in held}
    said = [
        {message.text for talk in each for message in talk.messages if len(message.text) > 30}
        for each in (learned, held)
    ]
    assert said[0].isdisjoint(said[1])


def test_what_is_answered_of_a_talk_has_all_its_messages_shown() -> None:
    answers = {(asked.question, asked.answer): asked for talk in talks() for asked in talk.asked}
    checked = 0
    for example in shown():
        for asked in example.asked:
            known = answers.get((asked.question, asked.answer))
            if asked.answer != REFUSAL and known is not None:
                assert len(asked.evidence) == len(known.evidence)
                checked += 1
    assert checked > COUNT / 2


def test_a_part_of_what_is_asked_of_a_talk_is_refused() -> None:
    every = [asked for example in shown() for asked in example.asked]
    assert 0.15 < sum(asked.answer == REFUSAL for asked in every) / len(every) < 0.4


def test_one_passage_is_shown_alone_as_often_as_hippo_looks_at_one() -> None:
    counts = [len(example.passages) for example in shown()]
    assert counts.count(1) > COUNT / 8
    assert max(counts) <= 14


def test_names_change_and_are_none_of_those_kept_for_testing() -> None:
    original = {person.name for talk in talks() for person in talk.speakers}
    given = {passage.speaker for example in shown() for passage in example.passages} - original - {"user", "assistant"}
    assert len(given) > 20
    assert not [name for name in given if words.held(name)]


def test_a_seed_always_gives_the_same_excerpts() -> None:
    assert tuple(islice(examples(5), 20)) == shown()[:20]
    assert next(examples(6)) != shown()[0]


@pytest.mark.parametrize("make", [ByWords, BySense])
def test_the_message_that_answers_comes_nearest_to_its_question(make: type[Nearness], tmp_path: Path) -> None:
    more = "3 Nadia: My brother drives a tram in Riga.\n? Who drives a tram? | her brother | 3\n"
    (talk,) = read_talks_of(TALK + more, tmp_path)
    near = make()(talk)
    assert near.shape == (3, 3)
    assert near[2].argmax() == 2
    assert near[0].argmax() == 0


def test_of_single_passages_many_answer_nothing_though_a_search_finds_them() -> None:
    alone = [asked for example in shown() if len(example.passages) == 1 for asked in example.asked]
    assert 0.3 < sum(asked.answer == REFUSAL for asked in alone) / len(alone) < 0.6
