from datetime import date, datetime

import pytest

from assistant.conversation.reading import REFUSAL, ReadingPassage, reading_prompt, with_dates

SAID = datetime(2023, 5, 8, 13, 30)  # a Monday


@pytest.mark.parametrize(
    ("told", "by_calendar"),
    [
        ("I ran yesterday.", "yesterday (7 May 2023)"),
        ("We met last Friday!", "last Friday (Friday, 5 May 2023)"),
        ("We leave tomorrow.", "tomorrow (9 May 2023)"),
        ("It rained all last week.", "last week (the week before 8 May 2023)"),
        ("Last weekend was fun.", "Last weekend (the weekend before 8 May 2023)"),
        ("The fair over the weekend was great.", "the weekend (the weekend before 8 May 2023)"),
        ("I started two weeks ago.", "two weeks ago (two weeks before 8 May 2023)"),
        ("I go there next month.", "next month (June 2023)"),
        ("I moved here four years ago.", "four years ago (2019)"),
        ("We went to Spain last summer.", "last summer (summer 2022)"),
        ("I cooked it in March to set an example.", "in March (March 2023)"),
        ("We met on 3 March.", "3 March (3 March 2023)"),
        ("Nora moved to Oslo on 5 June.", "5 June (5 June 2022)"),
        ("The exam was moved to 5 June.", "5 June (5 June 2023)"),
        ("The party is set for Friday.", "Friday (Friday, 12 May 2023)"),
        ("Off my own kitchen stool, on the 3rd of May.", "3rd of May (3 May 2023)"),
        ("She has been here since Tuesday.", "since Tuesday (Tuesday, 2 May 2023)"),
        ("It has stood empty since March.", "since March (March 2023)"),
        ("I work at the port from July.", "July (July 2023)"),
        ("We stayed from Friday to Sunday.", "around 6 May 2023"),
        ("The show moved to the 18th of January.", "18th of January (18 January 2024)"),
        ("I beat Theo on Friday.", "on Friday (Friday, 5 May 2023)"),
        ("They rang: a new date, 3 June at nine.", "3 June (3 June 2023)"),
        ("He called the surgery, the check is on 3 June.", "3 June (3 June 2023)"),
        ("The hearing is on 3 June, and I asked for a lawyer.", "3 June (3 June 2023)"),
        ("The surgery called — the check is on 3 June.", "3 June (3 June 2023)"),
        ("On 3 June, after a long week, we got married.", "3 June (3 June 2022)"),
        ("I married young, and our day was 3 June.", "3 June (3 June 2022)"),
        ("Our wedding day, 3 June, was lovely.", "3 June (3 June 2022)"),
        ("In June we were in Oslo, with snow everywhere.", "June (June 2022)"),
    ],
)
def test_a_time_told_from_the_day_of_saying_is_also_told_by_the_calendar(told: str, by_calendar: str) -> None:
    assert by_calendar in with_dates(told, SAID)


@pytest.mark.parametrize(
    "told",
    [
        "I was born on 3 May 1990.",
        "I am tired today.",
        "I did it recently.",
        "We meet every second Friday.",
        "We meet on the last Friday of the month.",
        "It was the last day.",
        "I was a dresser until last month.",
        "I may go.",
    ],
)
def test_dates_that_need_no_telling_and_vague_times_stay_as_they_are(told: str) -> None:
    assert with_dates(told, SAID) == told


def test_the_model_reads_dated_lines_by_time_with_their_speakers_and_then_the_question() -> None:
    later = ReadingPassage("user", "The  tall one.", SAID, "Which tree is yours?")
    earlier = ReadingPassage("Nora", "I have a new drill.", datetime(2023, 5, 2))
    system, asked = reading_prompt([later, earlier], "Who has a\ndrill?", date(2023, 6, 1))
    assert REFUSAL in system.content
    assert asked.content == (
        "[2 May 2023] Nora: I have a new drill.\n"
        "[8 May 2023] I (asked “Which tree is yours?”): The tall one.\n\n"
        "Today is 1 June 2023.\n"
        "Question: Who has a drill?"
    )
    assert "Today" not in reading_prompt([earlier], "Who?", None)[1].content
