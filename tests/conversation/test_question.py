import pytest

from assistant.conversation.question import Asks, asks, can_answer, inner, statements


@pytest.mark.parametrize(
    "text",
    [
        "Where do I live?",
        "what is my cat called",
        "Do you remember the name of my cat?",
        "Tell me what my sister is allergic to.",
        "Remind me when the plumber comes",
        "I forgot, where is the spare key?",
        "Did I tell you what I am reading at the moment?",
        "What was grandpa's job?",
        "How much did we pay for the sofa?",
    ],
)
def test_a_question_about_what_the_user_told_is_known_as_one(text: str) -> None:
    assert asks(text) is Asks.OWN


@pytest.mark.parametrize("text", ["Where does Pia live?", "Who plays the cello?", "Who wrote Hamlet?"])
def test_a_question_about_the_world_may_be_one_to_memory(text: str) -> None:
    assert asks(text) is Asks.WORLD


@pytest.mark.parametrize(
    "text",
    [
        "Hello!",
        "How are you?",
        "Good night, Hippo.",
        "My sister Ada is allergic to walnuts.",
        "Remember that my locker has the number 218.",
        "What a long day it was, I am tired.",
        "Write a short poem about autumn.",
        "Can you help me write an email to my boss?",
        "How do I boil potatoes?",
        "What should I cook tonight?",
        "How can I sleep better?",
        "What can you do?",
        "Where do I live? " * 30,
    ],
)
def test_statements_requests_and_small_talk_are_no_questions_to_memory(text: str) -> None:
    assert asks(text) is Asks.NOTHING


def test_the_question_within_a_reminder_is_found() -> None:
    assert inner("Hey Hippo, do you remember where I parked?") == "where I parked?"
    assert inner("Where do I live?") == "Where do I live?"


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
