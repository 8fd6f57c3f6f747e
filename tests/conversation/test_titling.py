from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from assistant.conversation.chat import Chat
from assistant.conversation.engine import Engine
from assistant.conversation.reading import ReadingPassage
from assistant.conversation.session import Session
from assistant.conversation.titling import TrainedTitles, is_title_of
from assistant.errors import CancelledError
from assistant.models.decoder import Decoder
from assistant.models.library import LANGUAGE_MODEL

TOLD = "My sister Ines moved to Lisbon last week and she wants me to visit in May."


@pytest.mark.parametrize("title", ["Ines moved to Lisbon", "Visit in May", "sister Ines: Lisbon"])
def test_a_title_of_words_that_were_said_is_used(title: str) -> None:
    assert is_title_of(title, TOLD)


@pytest.mark.parametrize(
    "title",
    ["Ines moved to Porto", "Chat about the weather", "", "The", "Ines\nLisbon", "Ines " * 9],
    ids=["another place", "something else", "nothing", "no word that counts", "two lines", "too long"],
)
def test_a_title_that_says_what_nobody_said_or_is_none_is_not_used(title: str) -> None:
    assert not is_title_of(title, TOLD)


@pytest.fixture
def begun(session: Session) -> tuple[Engine, Chat]:
    engine = session.engine
    prepared = engine.prepare(engine.new_chat(), TOLD)
    answering = engine.answer(prepared, max_tokens=4)
    for _ in answering:
        pass
    return engine, engine.keep(prepared, answering)


def test_a_chat_that_began_gets_a_title_in_a_few_of_its_words(begun: tuple[Engine, Chat]) -> None:
    engine, chat = begun
    assert chat.conversation.title == TOLD.rstrip(".")
    title = engine.title_for(chat)
    assert is_title_of(title, TOLD)
    assert engine.entitle(chat, title).conversation.title == title


def test_a_short_message_is_its_own_title(session: Session) -> None:
    titles = TrainedTitles.beside(Decoder.load(session.home.models / LANGUAGE_MODEL.folder))
    assert titles.title(ReadingPassage("user", "Hello there!", datetime(2026, 3, 1, tzinfo=UTC))) == ""


def test_finding_a_title_can_be_stopped(begun: tuple[Engine, Chat]) -> None:
    engine, chat = begun
    with pytest.raises(CancelledError):
        engine.title_for(chat, cancelled=lambda: True)


def test_a_name_that_the_user_gave_stays(session: Session, begun: tuple[Engine, Chat]) -> None:
    engine, chat = begun
    session.memory.rename(chat.conversation.id, "Family")
    assert engine.entitle(chat, "Sister Ines").conversation.title == "Family"
    assert engine.title_for(engine.open_chat(chat.conversation.id)) == ""


@pytest.mark.parametrize("lose", ["forget", "edit"])
def test_a_title_goes_with_the_message_that_it_was_made_from(
    session: Session, begun: tuple[Engine, Chat], lose: str
) -> None:
    engine, chat = begun
    chat = engine.entitle(chat, "Sister Ines moved to Lisbon")
    ways: dict[str, Callable[[], object]] = {
        "forget": lambda: session.memory.forget([chat.messages[0].id]),
        "edit": lambda: session.memory.edit(chat.messages[0].id, "My brother lives in Bern."),
    }
    ways[lose]()
    assert "Lisbon" not in engine.open_chat(chat.conversation.id).conversation.title


def test_a_title_thought_of_before_an_edit_does_not_bring_the_old_words_back(
    session: Session, begun: tuple[Engine, Chat]
) -> None:
    engine, chat = begun
    session.memory.edit(chat.messages[0].id, "My brother lives in Bern.")
    assert engine.entitle(chat, "Sister Ines moved to Lisbon").conversation.title == "My brother lives in Bern"


def test_with_memory_off_no_title_is_thought_of(session: Session, begun: tuple[Engine, Chat]) -> None:
    engine, chat = begun
    session.memory.set_remembering(chat.conversation.id, False)
    assert engine.title_for(engine.open_chat(chat.conversation.id)) == ""
