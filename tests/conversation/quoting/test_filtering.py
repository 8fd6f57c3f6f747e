import pytest

from assistant.conversation.quoting.filtering import can_answer, statements


@pytest.mark.parametrize(
    ("question", "text", "answers"),
    [
        ("What am I allergic to?", "My sister Ada is allergic to walnuts.", False),
        ("What is my sister allergic to?", "My sister Ada is allergic to walnuts.", True),
        ("When is my father's birthday?", "Mum's birthday is on 22 November.", False),
        ("When is my mother's birthday?", "Mum's birthday is on 22 November.", True),
        ("How old is Mina?", "Our daughter Mina starts school on 14 September.", False),
        ("How old is Mina?", "Our daughter Mina is six.", True),
        ("What is my mother's name?", "Marek's mother is called Danuta.", False),
        ("What is the name of Marek's mother?", "Marek's mother is called Danuta.", True),
        ("Where does Tom live?", "My sister lives in Toronto.", False),
        ("Where do I live?", "My old school friend Pia lives in Toronto now.", False),
        ("Where do I live?", "We moved to Lisbon.", True),
        ("Where do I live?", "", False),
    ],
)
def test_words_about_somebody_else_or_without_the_number_asked_for_cannot_answer(
    question: str, text: str, answers: bool
) -> None:
    assert can_answer(question, text, "user") is answers


def test_what_was_asked_is_no_statement() -> None:
    assert statements("Good to see you. Do you play anything? I play the flute.") == (
        "Good to see you. I play the flute."
    )
    assert statements("What is my dog called?") == ""
