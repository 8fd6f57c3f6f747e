import re
from collections import Counter
from datetime import datetime, timedelta
from functools import cache

from assistant.conversation.memory_block import day
from assistant.conversation.reading import REFUSAL, reading_lines, with_dates
from training.data import times, words
from training.data.compose import Composer, Example
from training.data.families import families
from training.data.matters import slot_names

COUNT = 300
SMALL = {"i", "you", "he", "she", "my", "your", "his", "her", "him", "me", "a", "an", "and", "hippo"}
SMALL |= {"for", "to", "because", "with", "yes", "no", "likely", "of", "the", "they"}
SMALL |= {"are", "does", "has", "were", "is", "have"}
SMALL |= {"that", "it", "s", "myself", "yourself", "himself", "herself"}
REWORDED = {
    "trait",
    "decision",
    "open_to",
    "setback",
    "two_like",
    "how_started",
    "health_goal",
    "status",
    "special_cake",
    "bucket_place",
    "prefers_why",
}
CALENDAR = {each.lower() for each in (*times.MONTHS, *times.WEEKDAYS)} | {"spring", "summer", "fall", "winter"}
DERIVED = {"yes", "no", "who", "count", "unanswerable", "on date", "order"}


@cache
def examples(testing: bool = False) -> tuple[Example, ...]:
    composer = Composer(5, testing=testing)
    return tuple(composer.example() for _ in range(COUNT))


def plain(text: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", text.lower()))


def test_a_seed_always_gives_the_same_examples() -> None:
    again = Composer(5)
    assert tuple(again.example() for _ in range(20)) == examples()[:20]
    assert Composer(6).example() != examples()[0]


def test_no_family_and_no_held_out_word_of_the_tests_is_seen_in_training() -> None:
    known = {name for name, family in families().items() if not family.held}
    assert len(known) > 240
    assert {asked.family for example in examples() for asked in example.asked} <= known
    assert not {asked.family for example in examples(testing=True) for asked in example.asked} & known
    text = "\n".join(reading_lines(example.passages) for example in examples())
    seen = set(re.findall(r"\b[A-Z][a-z]+\b", text))
    names = {name for name in (*words.WOMEN, *words.MEN) if words.held(name)}
    cities = {city.split("|")[0] for city in words.CITIES if words.held(city)}
    assert len(names) > 8
    assert len(cities) > 4
    assert not (names | cities) & seen


def test_every_answer_is_told_in_the_passages_that_are_given_for_it() -> None:
    countries = dict(city.split("|") for city in words.CITIES)
    checked = 0
    for example in (*examples(), *examples(testing=True)):
        for asked in example.asked:
            assert (asked.answer == REFUSAL) == (asked.kind == "unanswerable") == (not asked.evidence)
            if asked.kind in DERIVED or asked.family in REWORDED:
                continue
            text = reading_lines([example.passages[place] for place in asked.evidence])
            told = plain(text)
            told |= {word for city, country in countries.items() if city in text for word in plain(country)}
            told |= {
                word for forms in words.ACTIVITIES if any(f in text for f in forms.split("|")) for word in plain(forms)
            }
            # "I see myself" is "she sees herself".
            assert {w for w in plain(asked.answer) - told if w.removesuffix("s") not in told} <= SMALL, (asked, text)
            checked += 1
    assert checked > 2500


def test_an_answer_that_nothing_tells_is_refused_in_about_one_of_four() -> None:
    kinds = Counter(asked.kind for example in examples() for asked in example.asked)
    assert 0.22 < kinds["unanswerable"] / kinds.total() < 0.29
    assert {
        "ask",
        "when",
        "why",
        "list",
        "who",
        "yes",
        "no",
        "hop",
        "now",
        "before",
        "at",
        "both",
        "count",
        "reply",
        "order",
    } <= set(kinds)


def test_a_question_that_has_an_answer_names_nobody_and_nothing_that_was_not_told() -> None:
    checked = 0
    for example in (*examples(), *examples(testing=True)):
        text = plain(reading_lines(example.passages))
        for asked in example.asked:
            if asked.kind in ("unanswerable", "no"):
                continue
            named = plain(" ".join(re.findall(r"(?<=[a-z] )[A-Z][a-z]+\b", asked.question)))
            assert named - text <= CALENDAR | SMALL, asked
            checked += bool(named)
    assert checked > 1000


def test_a_quarter_of_the_questions_is_about_what_changed_or_might_have() -> None:
    kinds = Counter(asked.kind for example in examples() for asked in example.asked)
    assert (kinds["now"] + kinds["before"] + kinds["at"]) / kinds.total() > 0.22
    states = [family for family in families().values() if family.is_state and not family.name.endswith("_kin")]
    assert sum(family.held for family in states) > 8
    assert len(states) > 75


def test_the_newest_value_is_the_answer_and_the_older_ones_are_known_as_wrong() -> None:
    theirs = {"your", "his", "her"}  # "my garden", said the other one
    checked = 0
    for example in (*examples(), *examples(testing=True)):
        lines = [f"{passage.asked} {passage.text}".lower() for passage in example.passages]
        for asked in example.asked:
            if asked.kind != "now" or not asked.wrong or plain(asked.answer) & theirs:
                continue
            newest = max(i for i, line in enumerate(lines) if asked.answer.lower() in line)
            assert asked.answer not in asked.wrong
            assert newest >= asked.evidence[0]
            for wrong in (value for value in asked.wrong if not plain(value) & theirs):
                told = [i for i, line in enumerate(lines) if wrong.lower() in line]
                assert told, (asked, wrong)
                assert min(told) <= max(asked.evidence), (asked, wrong)
            checked += 1
    assert checked > 200


def test_what_is_asked_of_a_past_time_is_what_had_been_told_by_then() -> None:
    checked = 0
    for example in (*examples(), *examples(testing=True)):
        for asked in example.asked:
            found = re.search(r"(?:on (\d+) (\w+) (\d{4})|on (\w+) (\d+), (\d{4}))\?$", asked.question)
            if asked.kind != "at" or not found:
                continue
            number, name, year = found[1] or found[5], found[2] or found[4], found[3] or found[6]
            when = datetime(int(year), times.MONTHS.index(name) + 1, int(number), 23, 59)
            told = [passage for passage in example.passages if passage.time <= when]
            assert example.passages[asked.evidence[-1]] in told
            checked += 1
    assert checked > 60


def test_no_answer_stands_in_what_somebody_else_is_quoted_with() -> None:
    for example in examples():
        for asked in example.asked:
            for place in asked.evidence:
                assert "“" not in example.passages[place].text, asked


def test_what_is_told_to_hippo_only_is_told_by_the_user() -> None:
    personal = {name for name, family in families().items() if family.user}
    assert len(personal) > 15
    for example in examples():
        for asked in example.asked:
            if asked.family in personal:
                assert {example.passages[place].speaker for place in asked.evidence[-1:]} <= {"user"}, asked


def test_one_question_never_has_two_answers() -> None:
    for example in examples():
        answers: dict[str, str] = {}
        for asked in example.asked:
            assert answers.setdefault(asked.question, asked.answer) == asked.answer


def test_a_day_told_from_a_message_is_answered_by_the_calendar() -> None:
    told = {"yesterday": 1, "last night": 1, "the day before yesterday": 2}
    told |= {f"{word} days ago": days for days, word in enumerate(("two", "three", "four", "five", "six"), 2)}
    composer = Composer(7, names=("adopt_pet", "cook", "bird_seen", "fine", "hike", "award"))
    found = 0
    for example in (*examples(), *(composer.example() for _ in range(80))):
        for asked in example.asked:
            if asked.kind != "when" or len(asked.evidence) != 1:
                continue
            passage = example.passages[asked.evidence[0]]
            alone = with_dates(passage.text, passage.time).count(" (") == 1
            alone &= not re.search(r"20\d\d|today|this|just now", passage.text, re.IGNORECASE)
            words_told = re.search(rf"(?<!before )\b({'|'.join(sorted(told, key=len)[::-1])})\b", passage.text.lower())
            if alone and words_told:
                # Of two things told in one message, the other one may be from the day itself.
                right = day(passage.time - timedelta(told[words_told[1]]))
                assert asked.answer in (right, day(passage.time)), asked
                found += asked.answer == right
    assert found > 20


def test_messages_come_in_order_and_none_shows_an_unfilled_mark() -> None:
    for example in (*examples(), *examples(testing=True)):
        times = [passage.time for passage in example.passages]
        assert times == sorted(times)
        assert times[0] > datetime(2017, 1, 1)
        for text in (*(p.text for p in example.passages), *(t for a in example.asked for t in (a.question, a.answer))):
            assert text.strip()
            assert not re.search(r"[{}|]|\s[.,!?]|\bNone\b", text), text


def test_templates_name_only_slots_that_they_have() -> None:
    for family in families().values():
        known = {name for names in family.slots for name in names.split(",")}
        known |= {"my", "me", "he", "him", "his", "himself", "myself", "does", "is", "has", "was", "old", "you", "our"}
        templates = [*family.say, *family.then, *family.change, *family.around, *family.never, family.photo]
        templates += [text for reply in family.reply for text in (reply.asked, reply.answer)]
        templates += [text for question in family.questions for text in (*question.forms, question.answer)]
        for template in templates:
            assert set(slot_names(template)) <= known, (family.name, template)
