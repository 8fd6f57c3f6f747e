"""Times that a text names: resolved against when it was said, and never read into words that are none."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from assistant.memory.recall.when import (
    anchors,
    asks_when,
    has_time,
    resolve,
    spans,
    time_match,
    time_terms,
    times_asked_for,
)
from assistant.store.terms import search_terms

SAID = datetime(2023, 7, 12, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))  # a Wednesday


def only(text: str, said_at: datetime = SAID, **options: str) -> tuple[str, str]:
    """The one span of a text, as "YYYY-MM-DD" or "YYYY-MM-DDTHH"."""
    found = spans(text, said_at, **options)  # type: ignore[arg-type]
    assert len(found) == 1, found
    assert found[0].text in text
    return _short(found[0].start), _short(found[0].end)


def _short(moment: datetime) -> str:
    assert moment.tzinfo is not None
    return moment.strftime("%Y-%m-%d" if moment.hour == 0 else "%Y-%m-%dT%H")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("We met on 7 May 2023.", "2023-05-07", "2023-05-08"),
        ("on May 7th, 2023 we met", "2023-05-07", "2023-05-08"),
        ("Sunday, 7 May 2023", "2023-05-07", "2023-05-08"),
        ("the 7th of May", "2023-05-07", "2023-05-08"),
        ("around March 3rd", "2023-03-03", "2023-03-04"),
        ("September 3rd was fun", "2022-09-03", "2022-09-04"),
        ("it was in May 2021", "2021-05-01", "2021-06-01"),
        ("on the 31st of February", "2023-02-01", "2023-03-01"),
        ("in 2022", "2022-01-01", "2023-01-01"),
        ("back in the 1990s", "1990-01-01", "2000-01-01"),
        ("due 2024-04-03", "2024-04-03", "2024-04-04"),
        ("due 13/4/2024", "2024-04-13", "2024-04-14"),
        ("due 4/13/24", "2024-04-13", "2024-04-14"),
        ("due 03.04.2024", "2024-04-03", "2024-04-04"),
        ("I met her on the 4th.", "2023-07-04", "2023-07-05"),
        ("born on Feb 29", "2020-02-29", "2020-03-01"),
        ("What did I plan in July?", "2023-07-01", "2023-08-01"),
        ("What did I plan in August?", "2022-08-01", "2022-09-01"),
        ("in may we moved", "2023-05-01", "2023-06-01"),
        ("early 2021", "2021-01-01", "2021-05-02T16"),
        ("late March", "2023-03-21T16", "2023-04-01"),
        ("at Christmas", "2022-12-24", "2022-12-27"),
        ("Christmas 2020", "2020-12-24", "2020-12-27"),
        ("last Halloween", "2022-10-31", "2022-11-01"),
        ("Easter 2022", "2022-04-15", "2022-04-19"),
        ("Thanksgiving", "2022-11-24", "2022-11-25"),
        ("on New Year's Eve", "2022-12-31", "2023-01-01"),
    ],
)
def test_dates_of_the_calendar(text: str, start: str, end: str) -> None:
    assert only(text) == (start, end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("I saw her yesterday", "2023-07-11", "2023-07-12"),
        ("yesterday evening", "2023-07-11T17", "2023-07-12"),
        ("the day before yesterday", "2023-07-10", "2023-07-11"),
        ("tomorrow", "2023-07-13", "2023-07-14"),
        ("this morning", "2023-07-12T05", "2023-07-12T12"),
        ("last night", "2023-07-11T18", "2023-07-12T05"),
        ("last Tuesday", "2023-07-11", "2023-07-12"),
        ("last Wednesday", "2023-07-05", "2023-07-06"),
        ("on Friday", "2023-07-07", "2023-07-08"),
        ("next Friday", "2023-07-14", "2023-07-15"),
        ("Friday night", "2023-07-07T18", "2023-07-08T05"),
        ("Tuesday last week", "2023-07-04", "2023-07-05"),
        ("three days ago", "2023-07-09", "2023-07-10"),
        ("a few days ago", "2023-07-06", "2023-07-11"),
        ("two weeks ago", "2023-06-25", "2023-07-02"),
        ("5 years ago", "2018-01-01", "2019-01-01"),
        ("half an hour ago", "2023-07-12T09", "2023-07-12T09"),
        ("in three weeks", "2023-07-30", "2023-08-06"),
        ("last week", "2023-07-03", "2023-07-10"),
        ("the week before last", "2023-06-26", "2023-07-03"),
        ("last month", "2023-06-01", "2023-07-01"),
        ("next month", "2023-08-01", "2023-09-01"),
        ("last year", "2022-01-01", "2023-01-01"),
        ("the past three weeks", "2023-06-21", "2023-07-12T10"),
        ("earlier this week", "2023-07-10", "2023-07-12T10"),
        ("last spring", "2023-03-01", "2023-06-01"),
        ("last summer", "2022-06-01", "2022-09-01"),
        ("last winter", "2022-12-01", "2023-03-01"),
        ("in the summer", "2023-06-01", "2023-09-01"),
        ("the summer of 2021", "2021-06-01", "2021-09-01"),
        ("over the weekend", "2023-07-08", "2023-07-10"),
        ("this weekend", "2023-07-15", "2023-07-17"),
        ("the other day", "2023-07-02", "2023-07-12T10"),
    ],
)
def test_times_counted_from_when_they_were_said(text: str, start: str, end: str) -> None:
    assert only(text) == (start, end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("between March and May", "2023-03-01", "2023-06-01"),
        ("between March and May 2021", "2021-03-01", "2021-06-01"),
        ("between November and January", "2022-11-01", "2023-02-01"),
        ("from May 3 to May 7", "2023-05-03", "2023-05-08"),
        ("May 3-7", "2023-05-03", "2023-05-08"),
        ("from 2019 to 2021", "2019-01-01", "2022-01-01"),
        ("since June", "2023-06-01", "2023-07-12T10"),
        ("since last Christmas", "2022-12-24", "2023-07-12T10"),
        ("before 2020", "1900-01-01", "2020-01-01"),
        ("until April", "1900-01-01", "2023-05-01"),
        ("after 7 May 2023", "2023-05-08", "2023-07-12T10"),
        ("the day before Christmas", "2022-12-23", "2022-12-24"),
        ("the week before 9 June 2023", "2023-06-02", "2023-06-09"),
        ("the Friday before 9 June 2023", "2023-06-02", "2023-06-03"),
        ("the weekend after 1 June 2023", "2023-06-03", "2023-06-05"),
        ("two days after 7 May 2023", "2023-05-09", "2023-05-10"),
    ],
)
def test_ranges_and_times_counted_from_dates(text: str, start: str, end: str) -> None:
    assert only(text) == (start, end)


@pytest.mark.parametrize("text", ["It was moved from May 7 to 11 July.", "We had to put it off from 7 May to July 11."])
def test_what_is_moved_from_a_day_to_another_does_not_last_from_the_one_to_the_other(text: str) -> None:
    assert [str(span.start.date()) for span in spans(text, SAID)] == ["2023-05-07", "2023-07-11"]


def test_a_range_over_two_months_in_either_order_of_day_and_month() -> None:
    assert only("from May 7 to 11 June") == ("2023-05-07", "2023-06-12")
    assert only("May 7 to 11") == ("2023-05-07", "2023-05-12")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Ich war gestern dort", "2023-07-11", "2023-07-12"),
        ("vorgestern", "2023-07-10", "2023-07-11"),
        ("heute Morgen", "2023-07-12T05", "2023-07-12T12"),
        ("gestern Abend", "2023-07-11T17", "2023-07-12"),
        ("Montagabend", "2023-07-10T17", "2023-07-11"),
        ("letzten Dienstag", "2023-07-11", "2023-07-12"),
        ("vor zwei Wochen", "2023-06-25", "2023-07-02"),
        ("vor ein paar Tagen", "2023-07-06", "2023-07-11"),
        ("letzte Woche", "2023-07-03", "2023-07-10"),
        ("letztes Jahr", "2022-01-01", "2023-01-01"),
        ("nächsten Monat", "2023-08-01", "2023-09-01"),
        ("am 3. Mai 2021", "2021-05-03", "2021-05-04"),
        ("im Herbst 2022", "2022-09-01", "2022-12-01"),
        ("letzten Sommer", "2022-06-01", "2022-09-01"),
        ("am Wochenende", "2023-07-08", "2023-07-10"),
        ("zwischen März und Mai", "2023-03-01", "2023-06-01"),
        ("an Weihnachten", "2022-12-24", "2022-12-27"),
        ("morgen fahren wir", "2023-07-13", "2023-07-14"),
    ],
)
def test_everyday_german(text: str, start: str, end: str) -> None:
    assert only(text) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "You may go now.",
        "I may 5 times",
        "May I come in?",
        "They march on.",
        "give me a second",
        "just a minute",
        "One day I will sail.",
        "sun and moon",
        "The sat nav broke.",
        "version 3.4.1 is out",
        "open 24/7",
        "ratio 3/4",
        "It costs $2020.",
        "2000 people came",
        "call 555-2022-11",
        "5 days a week",
        "10 years of experience",
        "every Monday",
        "Mondays are hard",
        "the spring of the mattress broke",
        "Do not fall!",
        "my last name",
        "at last",
        "next to me",
        "April said hello",
        "June's house",
        "a Christmas tree",
        "Good night!",
        "Guten Morgen!",
        "in the year 99999",
        "10000 decades ago",
        "",
    ],
)
def test_other_words_are_no_times(text: str) -> None:
    assert spans(text, SAID) == []
    assert not has_time(text)


def test_an_open_year_or_weekday_can_be_sought_ahead() -> None:
    assert only("in May", prefer="future") == ("2024-05-01", "2024-06-01")
    assert only("on Friday", prefer="future") == ("2023-07-14", "2023-07-15")
    assert only("at the weekend", prefer="future") == ("2023-07-15", "2023-07-17")
    assert only("on 1 August", prefer="future") == ("2023-08-01", "2023-08-02")


def test_a_day_is_a_day_of_the_speaker_also_when_the_clocks_change() -> None:
    after = datetime(2023, 3, 27, 0, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    [day] = spans("yesterday", after)
    assert (day.end.timestamp() - day.start.timestamp()) / 3600 == 23
    far_east = datetime(2023, 1, 1, 5, 0, tzinfo=timezone(timedelta(hours=13)))
    [day] = spans("today", far_east)
    assert day.start.astimezone(UTC) == datetime(2022, 12, 31, 11, 0, tzinfo=UTC)


def test_what_is_said_vaguely_is_less_certain() -> None:
    def certain(text: str) -> float:
        return spans(text, SAID)[0].certain

    assert certain("7 May 2023") == 1
    assert certain("3/4/2024") < certain("13/4/2024")
    assert certain("recently") < certain("a few days ago") < certain("three days ago")


def test_a_text_can_name_several_times() -> None:
    found = spans("Last week we painted, and on 3 May 2021 we had moved in.", SAID)
    assert [span.text for span in found] == ["Last week", "3 May 2021"]


@pytest.mark.parametrize(
    ("text", "relation", "count", "unit", "event"),
    [
        ("What did I do the day before my exam?", "before", 1, "day", "my exam"),
        ("Two weeks after the wedding, we moved.", "after", 2, "weeks", "the wedding"),
        ("What happened before I left for Rome?", "before", None, "", "I left for Rome"),
        ("on the Friday before our trip", "before", 1, "Friday", "our trip"),
        ("a few days after Ada's birthday", "after", None, "days", "Ada's birthday"),
        ("What did we eat during the conference in Oslo?", "during", None, "", "the conference in Oslo"),
        ("am Tag vor meiner Prüfung", "before", 1, "Tag", "meiner Prüfung"),
    ],
)
def test_a_time_can_be_told_by_an_event(text: str, relation: str, count: int | None, unit: str, event: str) -> None:
    [anchor] = anchors(text)
    assert (anchor.relation, anchor.count, anchor.unit, anchor.event) == (relation, count, unit, event)


@pytest.mark.parametrize("text", ["the day before yesterday", "after Christmas", "the week before the 9th of June"])
def test_a_time_of_the_calendar_is_no_event(text: str) -> None:
    assert anchors(text) == []


def test_an_anchor_is_counted_from_its_event() -> None:
    [exam] = spans("14 June 2023", SAID)
    for text, start, end in [
        ("the day before my exam", "2023-06-13", "2023-06-14"),
        ("the week after my exam", "2023-06-15", "2023-06-22"),
        ("three days after my exam", "2023-06-17", "2023-06-18"),
        ("the Sunday before my exam", "2023-06-11", "2023-06-12"),
        ("during my exam", "2023-06-14", "2023-06-15"),
    ]:
        [anchor] = anchors(text)
        found = resolve(anchor, exam)
        assert (_short(found.start), _short(found.end)) == (start, end)
        assert found.start.tzinfo is SAID.tzinfo
    [anchor] = anchors("before my exam")
    assert resolve(anchor, exam).end == exam.start


@pytest.mark.parametrize(
    ("query", "asks"),
    [
        ("When did I move?", True),
        ("Do you remember when we met?", True),
        ("Since when do I live here?", True),
        ("Which month did he leave in?", True),
        ("How long ago did I start?", True),
        ("Wann war das?", True),
        ("An welchem Tag war das?", True),
        ("What did I eat when it rained?", False),
        ("Where do I live?", False),
        ("What did I do yesterday?", False),
    ],
)
def test_questions_for_a_time_are_known(query: str, asks: bool) -> None:
    assert asks_when(query) is asks


def test_rows_fit_the_time_that_a_question_names() -> None:
    days = np.array([datetime(2023, 5, d, 12, tzinfo=UTC).timestamp() for d in (1, 6, 7, 8, 9, 28)])
    match = time_match(times_asked_for("What did we do on 7 May 2023?", SAID), days)
    assert match.dtype == np.float32
    assert match.shape == days.shape
    assert match[2] == 1
    assert match[2] > match[3] > match[4] > match[5]  # after it, it fades
    assert match[3] > match[1] > match[0]  # and faster before it
    assert match[5] < 0.01
    wide = time_match(times_asked_for("What did we do in May?", SAID), days)
    assert wide.min() == wide.max() > 0.8
    assert not time_match(times_asked_for("What is my dog called?", SAID), days).any()


def test_a_plain_date_outweighs_a_vague_word_beside_it() -> None:
    rows = np.array([SAID.timestamp() - 86_400 * 3, datetime(2022, 2, 7, 12, tzinfo=UTC).timestamp()])
    match = time_match(times_asked_for("What did I recently see on 7 February 2022?", SAID), rows)
    assert match[1] == 1
    assert match[0] < 0.01


def test_the_terms_of_time_tell_texts_that_name_one() -> None:
    terms = set(time_terms().tolist())
    for text in ("I saw her yesterday", "on 3 July", "two weeks ago", "back in 2019", "letzte Woche"):
        assert terms & set(search_terms(text).tolist())
    for text in ("You may go", "They march on", "I like soup", "just a second"):
        assert not terms & set(search_terms(text).tolist())


def test_a_whole_page_of_times_is_read_in_one_go() -> None:
    assert len(spans("on 3 May 2021. " * 2000, SAID)) == 2000
