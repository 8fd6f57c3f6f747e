import pytest

from assistant.memory.compact.supersession import Claim, superseded, supersedes


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("I live in Oslo.", "I moved to Lisbon last month."),
        ("We live in Oslo.", "We moved from Oslo to Lisbon."),
        ("I work as a vet.", "My new job is as a florist."),
        ("I am flying to Porto in May.", "I cancelled Porto and booked Graz."),
        ("I signed up for the driving test on 3 May.", "My driving test was postponed to 9 June."),
        ("My boss Anders moved our meeting.", "My new boss is Ada."),
        ("My favourite tea is mint.", "My favourite tea is rooibos."),
        ("I drive a red van.", "I drive a green hatchback now."),
    ],
)
def test_what_the_user_revised_is_superseded(older: str, newer: str) -> None:
    assert supersedes(Claim.of(newer), Claim.of(older))
    assert superseded([Claim.of(older), Claim.of(newer)]) == {0}


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("I live in Oslo.", "My brother lives in Lisbon."),
        ("My sister is a nurse.", "My sister is a keen cyclist."),
        ("My favourite tea is mint.", "My favourite colour is green."),
        ("I am allergic to walnuts.", "I have a new bicycle now."),
        ("My brother is called Tom.", "My dog is called Rex."),
    ],
)
def test_another_matter_supersedes_nothing(older: str, newer: str) -> None:
    assert not supersedes(Claim.of(newer), Claim.of(older))
