from datetime import UTC, datetime

from assistant.memory.compact.lines import Line, Lines, corrected_summary, lines_of, with_lines, without
from assistant.store.records import RecordId, Summary, new_id

NOW = datetime(2026, 3, 1, tzinfo=UTC)
A, B, C = new_id(), new_id(), new_id()
SAID: dict[RecordId, str] = {
    A: "I live in Bern with my cat Tilda.",
    B: "My brother Tom plays the cello.",
    C: "My locker number is 4711.",
}


def summary_of(*lines: Line) -> Summary:
    made = with_lines(Summary(id=new_id(), conversation=new_id(), text="", time=NOW, sources=()), Lines(lines), NOW)
    assert made is not None
    return made


def plain() -> Summary:
    return summary_of(*(Line(text, (i,)) for i, text in SAID.items()))


def test_a_summary_taken_apart_and_put_together_is_the_same() -> None:
    summary = summary_of(Line("The user lives in Basel.", (A, B), held=True), Line(SAID[C], (C,)))
    assert lines_of(summary).lines == (
        Line("The user lives in Basel.", (A, B), held=True),
        Line(SAID[C], (C,)),
    )
    assert with_lines(summary, lines_of(summary), NOW) is summary


def test_summaries_of_older_stores_are_understood() -> None:
    old = Summary(id=new_id(), conversation=new_id(), text="One.\nTwo.", time=NOW, sources=(A, B))
    assert lines_of(old).lines == (Line("One.", (A,)), Line("Two.", (B,)))
    corrected = Summary(
        id=new_id(), conversation=new_id(), text="Mine.\nThree.", time=NOW, sources=(A, B, C), corrected=True
    )
    assert lines_of(corrected).lines == (Line("Mine.", (A, B), held=True), Line("Three.", (C,)))


def test_lines_that_the_user_left_as_they_were_are_not_held() -> None:
    text = plain().text.replace("Bern", "Basel")
    lines = lines_of(corrected_summary(plain(), text, SAID, NOW)).lines
    assert [line.held for line in lines] == [True, False, False]
    assert lines[0] == Line("I live in Basel with my cat Tilda.", (A,), held=True)


def test_a_line_that_the_user_took_out_does_not_come_back() -> None:
    corrected = corrected_summary(plain(), f"{SAID[A]}\n{SAID[C]}", SAID, NOW)
    assert corrected.text == f"{SAID[A]}\n{SAID[C]}"
    assert lines_of(corrected).settled == {B}
    assert corrected.corrected


def test_a_corrected_line_falls_with_every_source_whose_words_it_has() -> None:
    text = f"I live in Basel and Tom plays the cello.\n{SAID[C]}"
    corrected = corrected_summary(plain(), text, SAID, NOW)
    for gone in (A, B):
        assert "Basel" not in "".join(line.text for line in without(lines_of(corrected), {gone}).lines)
    assert without(lines_of(corrected), {C}).lines[0].held


def test_words_of_the_users_own_fall_with_any_source() -> None:
    corrected = corrected_summary(plain(), f"{plain().text}\nQuite something else entirely.", SAID, NOW)
    assert lines_of(corrected).lines[0] == Line("Quite something else entirely.", (A, B, C), held=True)


def test_the_users_own_lines_hold_through_an_edit_of_their_sources() -> None:
    lines = Lines((Line("The user lives in Basel.", (A,), held=True), Line("He has a cat.", (A,))))
    assert without(lines, (), {A}).lines == (lines.lines[0],)
