from datetime import datetime, timedelta

import pytest

from assistant.errors import InputError
from assistant.memory import memory as memory_module
from assistant.memory.memory import Memory
from assistant.store.records import Episode, Fact, RetentionRule, State, new_id

from .conftest import START, Place, Speaker


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """It is 30 days after the first message."""
    day = START + timedelta(days=30)
    monkeypatch.setattr(memory_module, "now", lambda: day)
    return day


def rule(keep: str, days: int = 0, space: str | None = None) -> RetentionRule:
    return RetentionRule(id=new_id(), space=space, keep=keep, days=days)  # type: ignore[arg-type]


def texts(memory: Memory) -> set[str]:
    return {e.text for e in memory.store.all(Episode) if e.role == "user"}


def test_without_a_rule_nothing_is_ever_due(memory: Memory) -> None:
    Speaker(memory).turn("The boiler was repaired by Nadia.")
    assert memory.retention_rules() == []
    assert memory.retention_due().ids == ()


def test_what_is_older_than_the_days_is_shown_and_goes_only_when_asked(memory: Memory, today: datetime) -> None:
    speaker = Speaker(memory)
    speaker.turn("The boiler was repaired by Nadia.")
    memory.set_retention(rule("days", 20))
    assert {e.text for e in memory.retention_due().episodes} == {"The boiler was repaired by Nadia.", "I see."}
    assert texts(memory) == {"The boiler was repaired by Nadia."}
    receipt = memory.forget_due(memory.retention_due().ids)
    assert (receipt.episodes, receipt.verified) == (2, True)
    assert texts(memory) == set()
    assert memory.retention_due().ids == ()


def test_what_is_younger_than_the_days_stays(memory: Memory) -> None:
    Speaker(memory).turn("The boiler was repaired by Nadia.")
    memory.set_retention(rule("days", 31))
    assert memory.retention_due().ids == ()


def test_only_what_was_shown_is_forgotten(memory: Memory) -> None:
    speaker = Speaker(memory)
    speaker.turn("The boiler was repaired by Nadia.")
    memory.set_retention(rule("days", 20))
    shown = memory.retention_due().ids
    speaker.turn("The gutter leaks at the north corner.")
    memory.forget_due(shown)
    assert "The gutter leaks at the north corner." in texts(memory)
    memory.set_retention(rule("forever"))
    left = [e.id for e in memory.store.all(Episode)]
    assert memory.forget_due(left).episodes == 0  # shown once, but no longer due


def test_until_faded_takes_what_has_faded(memory: Memory) -> None:
    speaker = Speaker(memory)
    faded, _ = speaker.turn("The boiler was repaired by Nadia.")
    speaker.turn("The gutter leaks at the north corner.")
    memory.set_state([faded.id], State.FADED)
    memory.set_retention(rule("until-faded"))
    assert memory.retention_due().ids == (faded.id,)


def test_what_is_pinned_is_spared_and_so_is_the_rest_of_its_message(memory: Memory) -> None:
    speaker = Speaker(memory)
    long = " ".join(f"Sentence number {n} tells of the harbour and its many cranes." for n in range(120))
    first, _ = speaker.turn(long)
    assert first.part == 0
    assert len({e.id for e in memory.store.all(Episode) if e.message == first.message}) > 1
    memory.set_state([first.id], State.PINNED)
    memory.set_retention(rule("days", 20))
    due = memory.retention_due()
    assert {e.role for e in due.episodes} == {"assistant"}
    assert due.spared == len([e for e in memory.store.all(Episode) if e.message == first.message])


def test_what_a_pinned_fact_was_made_from_is_spared(memory: Memory) -> None:
    speaker = Speaker(memory)
    said, _ = speaker.turn("I live in Lisbon.")
    facts = [fact for fact in memory.store.all(Fact) if said.id in fact.sources]
    assert facts
    memory.set_retention(rule("days", 20))
    assert said.id in memory.retention_due().ids
    memory.set_state([facts[0].id], State.PINNED)
    assert said.id not in memory.retention_due().ids


def test_a_pinned_answer_is_not_pulled_along_by_what_it_repeats(memory: Memory) -> None:
    speaker = Speaker(memory)
    told, _ = speaker.turn("My locker has the number 4417 at the swimming pool.")
    speaker.turn("Thanks.", "You are welcome.")
    _, answer = speaker.turn("Which locker was it?", "Your locker has the number 4417.", recalled=3)
    memory.set_state([answer.id], State.PINNED)
    memory.set_retention(rule("days", 20))
    due = memory.retention_due()
    assert told.id not in due.ids
    receipt = memory.forget_due(due.ids)
    assert receipt.episodes > 0
    left = memory.store.get(answer.id)
    assert isinstance(left, Episode)
    assert left.state is State.PINNED


def test_a_space_may_have_a_rule_of_its_own(memory: Memory) -> None:
    Speaker(memory, space="Work").turn("The invoice went to the printing house.")
    Speaker(memory, space="Home").turn("The boiler was repaired by Nadia.")
    memory.set_retention(rule("days", 20))
    memory.set_retention(rule("forever", space="Home"))
    due = memory.retention_due()
    assert {e.text for e in due.episodes if e.role == "user"} == {"The invoice went to the printing house."}
    assert due.spaces == (("Work", 2),)
    memory.set_retention(rule("days", 25, space="Home"))
    assert dict(memory.retention_due().spaces) == {"Work": 2, "Home": 2}


def test_a_rule_replaces_the_one_before_and_is_there_after_a_restart(place: Place) -> None:
    memory = place.memory
    memory.set_retention(rule("days", 20))
    memory.set_retention(rule("days", 60))
    memory.set_retention(rule("until-faded", space="Work"))
    kept = [(r.space, r.keep, r.days) for r in place.reopen().retention_rules()]
    assert kept == [(None, "days", 60), ("Work", "until-faded", 0)]
    place.memory.set_retention(rule("forever"))
    assert [r.space for r in place.memory.retention_rules()] == ["Work"]


@pytest.mark.parametrize("days", [0, -1, 40_000])
def test_a_number_of_days_that_makes_no_sense_is_refused(memory: Memory, days: int) -> None:
    with pytest.raises(InputError, match="days"):
        memory.set_retention(rule("days", days))


def test_a_rule_says_how_many_answers_would_go_with_what_is_due(memory: Memory, today: datetime) -> None:
    speaker = Speaker(memory)
    told, _ = speaker.turn("My locker has the number 4417 at the swimming pool.")
    speaker.turn("Which locker was it?", "Your locker has the number 4417.", recalled=3)
    memory.set_state([told.id], State.FADED)
    memory.set_retention(rule("until-faded"))
    due = memory.retention_due()
    assert due.ids == (told.id,)
    assert due.echoes == 1


def test_each_forgetting_leaves_an_audit_line_without_content(place: Place) -> None:
    memory = place.memory
    told, _ = Speaker(memory).turn("My locker has the number 4417 at the swimming pool.")
    memory.forget([told.id])
    (line,) = place.reopen().audit()
    assert line.counts["episode"] == 1
    assert told.id not in str(line)
    assert bytes.fromhex(told.id) not in line.marks
