from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from assistant.conversation.acknowledging import acknowledgement
from assistant.conversation.addressing import to_the_user
from assistant.conversation.session import Session
from assistant.settings import Generation, Settings

from .asking import answer

SAID = datetime(2026, 3, 3, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "back"),
    [
        ("I am allergic to walnuts.", "You are allergic to walnuts."),
        ("My brother gave me our drill.", "Your brother gave you your drill."),
        ("I’m late, and I wasn’t asked.", "You are late, and you weren't asked."),
        ("Ada and I were there.", "Ada and you were there."),
        ("Minerals are mine.", "Minerals are yours."),
    ],
)
def test_the_users_words_are_said_back_to_the_user(told: str, back: str) -> None:
    assert to_the_user(told) == back


def test_a_reply_names_what_will_be_remembered_with_the_day_by_the_calendar() -> None:
    assert acknowledgement("I'm allergic to walnuts.", SAID) == "I'll remember that you are allergic to walnuts."
    assert "4 March 2026" in acknowledgement("I have an exam in statistics tomorrow.", SAID)
    several = acknowledgement("My sister Ada lives in Porto and works as a nurse.", SAID)
    assert {"- Your sister Ada lives in Porto.", "- Your sister Ada works as a nurse."} <= {*several.splitlines()}


@pytest.mark.parametrize(
    "text",
    [
        "Where do I live?",
        "Please write a poem about my dog Rex.",
        "I'm writing a letter to my landlord, help me with the first sentence.",
        "I am trying to install a printer but it says not found.",
        "I live in Rome. Explain photosynthesis.",
        "My name is Ada, who are you?",
        "Good morning!",
    ],
)
def test_who_wants_something_done_is_not_only_told_that_it_is_remembered(text: str) -> None:
    assert not acknowledgement(text, SAID)


def test_the_built_in_model_replies_with_what_it_understood(session: Session) -> None:
    engine = session.engine
    assert answer(engine, "I'm allergic to walnuts.").text == "I'll remember that you are allergic to walnuts."


def test_nothing_is_promised_where_nothing_is_kept(session: Session) -> None:
    engine = session.engine
    assert "remember that" not in answer(engine, "My cat is called Milo.", engine.new_chat(temporary=True)).text
    engine.change_settings(replace(Settings(), generation=Generation(answers="free")))
    assert "remember that" not in answer(engine, "My cat is called Milo.").text
