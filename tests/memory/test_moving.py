from assistant.memory.memory import Memory
from assistant.memory.views import Filter
from assistant.store.records import Standing, Summary

from .conftest import Place, Speaker


def told(memory: Memory, space: str) -> list[str]:
    return [fact.text for fact in memory.facts(space=space, standing=[Standing.CURRENT])]


def test_a_chat_takes_what_is_known_from_it_to_another_space(place: Place) -> None:
    memory = place.memory
    home, work = Speaker(memory), Speaker(memory)
    home.turn("I live in Lisbon.")
    work.turn("I moved to Porto.")
    work.turn("My boss is called Agathe.")
    assert not any("Lisbon" in text for text in told(memory, ""))
    memory.consolidate()

    memory.move(work.conversation.id, "Work")
    for again in (False, True):
        now = place.reopen() if again else memory
        assert now.spaces() == ["Work"]
        at_home, at_work = told(now, ""), told(now, "Work")
        assert any("Lisbon" in text for text in at_home)  # nothing that is said here supersedes it any more
        assert not any("Porto" in text or "Agathe" in text for text in at_home)
        assert any("Porto" in text for text in at_work)
        assert any("Agathe" in text for text in at_work)
        found = now.recall("What is the name of my boss?", limit=5, space="")
        assert not any("Agathe" in each.record.text for each in found)
        found = now.recall("What is the name of my boss?", limit=5, space="Work")
        assert any("Agathe" in each.record.text for each in found)


def test_the_summary_of_the_user_in_the_space_that_it_leaves_tells_nothing_of_it(memory: Memory) -> None:
    for text in ("My sister Agathe is a beekeeper in Leeds.", "I want to learn to bake bread this winter."):
        speaker = Speaker(memory)
        speaker.turn(text)
        memory.consolidate()
    chat = next(e.conversation for e in memory.conversations() if "Agathe" in e.conversation.title)

    def of_user() -> str:
        summaries = memory.records(Filter(kinds=frozenset({"summary"})))
        return " ".join(s.text for s in summaries if isinstance(s, Summary) and not s.conversation and not s.space)

    assert "Agathe" in of_user()
    memory.move(chat.id, "Family")
    assert "Agathe" not in of_user()
    memory.consolidate()
    assert "Agathe" not in of_user()
    assert "bread" in of_user()


def test_a_correction_by_the_user_moves_along_and_a_chat_can_come_back(memory: Memory) -> None:
    speaker = Speaker(memory)
    speaker.turn("I live in Lisbon.")
    (fact,) = memory.facts()
    memory.edit(fact.id, "The user lives in Sintra, near Lisbon.")
    memory.move(speaker.conversation.id, "  Private   life ")
    assert memory.spaces() == ["Private life"]
    assert told(memory, "Private life") == ["The user lives in Sintra, near Lisbon."]
    memory.move(speaker.conversation.id, "")
    assert memory.spaces() == []
    assert told(memory, "") == ["The user lives in Sintra, near Lisbon."]
