from datetime import UTC, datetime, timedelta

from assistant.memory.compact.running import SUMMARY_TOKENS, update_summary
from assistant.store.records import Episode, Summary, new_id

START = datetime(2026, 3, 1, tzinfo=UTC)


def words(text: str) -> int:
    return len(text.split())


def said(*texts: str) -> list[Episode]:
    return [
        Episode(
            id=new_id(),
            conversation="c" * 32,
            role="user",
            text=text,
            time=START + timedelta(minutes=i),
            position=i,
            message=new_id(),
        )
        for i, text in enumerate(texts)
    ]


def summary_of(*texts: str) -> Summary | None:
    return update_summary(None, said(*texts), count_tokens=words, now=START)


def test_a_summary_keeps_what_the_user_says_of_themselves_and_drops_small_talk() -> None:
    summary = summary_of("Hello there! My sister Ines lives in Porto. What is the capital of France?")
    assert summary is not None
    assert summary.text == "My sister Ines lives in Porto."


def test_nothing_worth_keeping_gives_no_summary() -> None:
    assert summary_of("Hi!", "What food am I allergic to?", "Thanks a lot.") is None


def test_each_line_of_a_summary_knows_its_source() -> None:
    episodes = said("I work as a nurse in Leeds.", "Ok.", "My dog Rex is nine years old.")
    summary = update_summary(None, episodes, count_tokens=words, now=START)
    assert summary is not None
    assert summary.sources == (episodes[0].id, episodes[2].id)
    assert len(summary.text.split("\n")) == 2


def test_a_summary_stays_within_its_tokens_however_much_is_said() -> None:
    summary = None
    for i in range(100):
        episodes = said(f"My friend number {i} called Person{i} moved to town {i * 7} with {i} cats.")
        summary = update_summary(summary, episodes, count_tokens=words, now=START)
    assert summary is not None
    assert words(summary.text) <= SUMMARY_TOKENS


def test_a_correction_by_the_user_holds_while_more_is_said() -> None:
    summary = summary_of("I live in Bern.")
    assert summary is not None
    corrected = Summary(
        id=summary.id,
        conversation=summary.conversation,
        text="The user lives in Basel.",
        time=START,
        sources=summary.sources,
        corrected=True,
    )
    later = update_summary(corrected, said("My brother Tom plays the cello."), count_tokens=words, now=START)
    assert later is not None
    assert later.text.startswith("The user lives in Basel.")
    assert "cello" in later.text


def test_saying_the_same_again_does_not_fill_the_summary() -> None:
    summary = summary_of(*["I live in Bern with my cat."] * 5)
    assert summary is not None
    assert summary.text == "I live in Bern with my cat."


def test_small_talk_does_not_fill_the_room_that_is_left() -> None:
    summary = summary_of("I had soup for lunch.", "My sister Ines lives in Porto.", "I just made some coffee.")
    assert summary is not None
    assert summary.text == "My sister Ines lives in Porto."


def test_a_revised_value_takes_the_place_of_the_old_one() -> None:
    summary = summary_of("I live in Oslo.", "My dog Rex is nine years old.")
    later = update_summary(summary, said("By the way, I moved to Lisbon last month."), count_tokens=words, now=START)
    assert later is not None
    assert later.text == "My dog Rex is nine years old.\nI moved to Lisbon last month."


def test_what_was_revised_very_often_leaves_only_the_last_word() -> None:
    texts = [f"My boss Person{i} joined on {i} May 2020 from London, Paris and Rome." for i in range(100)]
    summary = summary_of(*texts, "My new boss is Ada.")
    assert summary is not None
    assert summary.text == "My new boss is Ada."


def test_nothing_new_leaves_a_summary_as_it_is() -> None:
    summary = summary_of("My sister Ines lives in Porto.")
    assert update_summary(summary, said("Hm.", "Go on."), count_tokens=words, now=START) is summary


def test_lines_that_the_second_level_has_make_room_for_others() -> None:
    texts = [f"My friend Person{i} moved to Town{i} with {i} cats." for i in range(12)]
    summary = summary_of(*texts)
    assert summary is not None
    again = update_summary(
        summary,
        said("I bought a kayak in Thun.", "My car is a red van."),
        count_tokens=words,
        now=START,
        elsewhere=summary.text.split("\n"),
    )
    assert again is not None
    assert "kayak" in again.text
    assert "red van" in again.text
