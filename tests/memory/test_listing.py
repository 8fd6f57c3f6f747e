import pytest

from assistant.errors import InputError
from assistant.memory.memory import Memory
from assistant.memory.views import Filter, Matter
from assistant.store.records import Fact, Standing

from .conftest import Speaker


@pytest.fixture
def told(memory: Memory) -> Speaker:
    """The user moved from Porto to Leeds, and named two birthdays."""
    chat = Speaker(memory)
    chat.turn("I live in Porto.")
    chat.turn("My birthday is on 3 May.")
    chat.turn("My birthday is on 4 May.")
    chat.turn("I moved to Leeds.")
    return chat


def fact(memory: Memory, words: str) -> Fact:
    return next(each for each in memory.facts() if words in each.text)


def matter(memory: Memory, words: str) -> Matter:
    found = memory.matter(fact(memory, words).id)
    assert found is not None
    return found


def test_facts_are_listed_and_searched_by_their_standing(memory: Memory, told: Speaker) -> None:
    for standing, texts in (
        (Standing.SUPERSEDED, {"I live in Porto."}),
        (Standing.DISPUTED, {"My birthday is on 3 May.", "My birthday is on 4 May."}),
    ):
        only = Filter(standing=standing)
        assert {record.text for record in memory.records(only)} == texts
        assert {found.record.text for found in memory.search("Where do I live?", filter=only)} == texts
    assert memory.search("Porto", filter=Filter(kinds=frozenset({"episode"}), standing=Standing.CURRENT)) == []


def test_a_matter_shows_what_held_in_order(memory: Memory, told: Speaker) -> None:
    for words in ("Porto", "Leeds"):
        found = matter(memory, words)
        assert [each.text for each in found.facts] == ["I live in Porto.", "I moved to Leeds."]
        assert found.disputed == ()


def test_facts_that_contradict_one_another_are_one_open_conflict_until_one_is_being_forgotten(
    memory: Memory, told: Speaker
) -> None:
    third, fourth = matter(memory, "3 May"), matter(memory, "4 May")
    assert third == fourth
    assert {each.text for each in third.disputed} == {"My birthday is on 3 May.", "My birthday is on 4 May."}
    pending = memory.begin_forget([fact(memory, "3 May").id])
    assert matter(memory, "4 May").disputed == ()
    memory.undo_forget(pending.id)
    assert len(matter(memory, "4 May").disputed) == 2


def test_what_is_no_fact_has_no_matter(memory: Memory, told: Speaker) -> None:
    said = memory.episodes_of(told.conversation.id)[0]
    assert memory.matter(said.id) is None
    with pytest.raises(InputError, match="no memory"):
        memory.matter("0" * 32)


def test_chats_of_different_spaces_do_not_share_a_matter(memory: Memory, told: Speaker) -> None:
    Speaker(memory, space="Work").turn("I live in York.")
    assert all("York" not in each.text for each in matter(memory, "Leeds").facts)
