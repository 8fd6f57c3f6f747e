import pytest

from assistant.conversation.question import Asks, asks, inner


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
