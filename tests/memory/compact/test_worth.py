import pytest

from assistant.memory.compact.worth import telling_parts, worth


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Hello there! My sister Ines lives in Porto. What is her time zone?", ["My sister Ines lives in Porto."]),
        ("Oh, and I work as a vet", ["I work as a vet."]),
        ("No, I live in Rome and my sister Ana lives in Lyon.", ["I live in Rome.", "My sister Ana lives in Lyon."]),
        ("No dogs are allowed in my flat.", ["No dogs are allowed in my flat."]),
        ("Thanks to my mother I play the oboe.", ["Thanks to my mother I play the oboe."]),
        ("Well-known actor Tom is my uncle.", ["Well-known actor Tom is my uncle."]),
        ("What food am I allergic to?", []),
        ("Please write a poem about robots.", []),
        ("Hi!", []),
    ],
)
def test_a_message_is_cut_into_what_it_tells_without_changing_what_it_says(text: str, parts: list[str]) -> None:
    assert telling_parts(text) == parts


@pytest.mark.parametrize(
    ("telling", "idle"),
    [
        ("I am allergic to walnuts.", "I just made some coffee."),
        ("My brother Tom plays the cello.", "I think that makes sense."),
        ("My locker number is 4711.", "The traffic was terrible again and I was late."),
        ("I always drink rooibos tea at breakfast.", "I need help to clean a carpet."),
    ],
)
def test_a_lasting_fact_is_worth_more_than_small_talk(telling: str, idle: str) -> None:
    assert worth(telling) > worth(idle)
