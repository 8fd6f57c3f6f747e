"""The branches of a chat: what is shown is what is remembered; the others stay reachable, and can be forgotten."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from assistant.errors import InputError
from assistant.memory.episodes import Said
from assistant.memory.memory import Memory
from assistant.memory.views import Filter
from assistant.store.records import Aside, Episode, RetentionRule, State, Usage, new_id

from .conftest import START, Place, Speaker


@dataclass
class Chat:
    """A chat in which messages are edited and answers written anew."""

    memory: Memory
    speaker: Speaker

    @property
    def id(self) -> str:
        return self.speaker.conversation.id

    def line(self) -> list[str]:
        return [episode.text for episode in self.memory.episodes_of(self.id)]

    def instead(self, of: str, *texts: str) -> None:
        """Say these texts, the last one as Hippo, in the place of the message with this text."""
        old = next(e for e in self.memory.episodes_of(self.id) if e.text == of)
        roles = ["user", "assistant"][-len(texts) :]
        said = [
            Said(self.id, role, text, START + timedelta(hours=1), old.position + at, id=new_id())
            for at, (role, text) in enumerate(zip(roles, texts, strict=True))
        ]
        usage = Usage(id=new_id(), answer=said[-1].id, conversation=self.id, time=START, turn=0)
        conversation = self.memory.conversation(self.id)
        self.memory.keep_turn(conversation, said, usage=usage, instead_of=[old.id])

    def places(self) -> dict[str, tuple[int, int]]:
        """For each text at which another way can be chosen: which is shown, of how many."""
        memory = self.memory
        texts = {e.message: e.text for e in memory.episodes_of(self.id)}
        places = memory.versions_of(memory.conversation(self.id))
        return {texts[place.message]: (place.shown, len(place.branches)) for place in places}

    def show(self, at: str, version: int) -> None:
        message = next(e.message for e in self.memory.episodes_of(self.id) if e.text == at)
        self.memory.show_version(self.id, message, version)

    def known(self) -> str:
        """All that could come into a prompt."""
        memory = self.memory
        found = memory.recall("Where do I live, in Lisbon or in Porto? What is my cat called?", limit=50)
        compact = memory.compact(self.id)
        summaries = [s.text for s in (compact.running, *compact.stretches, compact.user) if s]
        return " ".join([*(f.record.text for f in found), *summaries, *(f.text for f in memory.facts())])


@pytest.fixture
def chat(memory: Memory) -> Chat:
    speaker = Speaker(memory)
    speaker.turn("My cat is called Tilda and sleeps on the piano.", "A fine name.")
    speaker.turn("I live in Lisbon, near the river.", "Lisbon is hilly.")
    speaker.turn("I work as a bookbinder in a monastery.", "A quiet place.")
    return Chat(memory, speaker)


TOLD = "I live in Lisbon, near the river."
EDITED = "I live in Porto, near the sea."


def test_what_is_remembered_follows_the_branch_that_is_shown(chat: Chat, place: Place) -> None:
    first = chat.line()
    assert "Lisbon" in chat.known()
    chat.instead(TOLD, EDITED, "Porto has bridges.")
    assert chat.line() == [*first[:2], EDITED, "Porto has bridges."]
    assert chat.places() == {EDITED: (1, 2)}
    known = chat.known()
    assert "Porto" in known
    assert "Tilda" in known
    assert "Lisbon" not in known
    assert "bookbinder" not in known
    assert not [f for f in chat.memory.search("Lisbon river", limit=50) if "Lisbon" in f.record.text]

    chat.show(EDITED, 0)
    assert chat.line() == first
    assert chat.places() == {TOLD: (0, 2)}
    known = chat.known()
    assert "Lisbon" in known
    assert "bookbinder" in known
    assert "Porto" not in known
    # Also after the store was closed: what is put aside is durable, and so is which branch is shown.
    chat.show(TOLD, 1)
    chat.memory = place.reopen()
    assert chat.line() == [*first[:2], EDITED, "Porto has bridges."]
    assert "Lisbon" not in chat.known()


def test_what_the_user_did_to_facts_comes_back_with_the_words_that_they_stand_on(chat: Chat) -> None:
    memory = chat.memory
    lives = next(fact for fact in memory.facts() if "Lisbon" in fact.text)
    works = next(fact for fact in memory.facts() if "bookbinder" in fact.text)
    memory.edit(lives.id, "The user lives in the old town of Lisbon.")
    memory.set_state([works.id], State.PINNED)
    chat.instead(TOLD, EDITED, "Porto has bridges.")
    assert "old town" not in chat.known()
    chat.show(EDITED, 0)
    assert "The user lives in the old town of Lisbon." in [fact.text for fact in memory.facts()]
    assert next(f for f in memory.facts() if "bookbinder" in f.text).state is State.PINNED
    chat.show(TOLD, 1)
    old = next(aside for aside in memory.store.all(Aside) if aside.episode.text == TOLD)
    assert [fact.text for fact in old.facts] == ["The user lives in the old town of Lisbon."]
    memory.forget([old.id])
    assert "old town" not in str(memory.store.all(Aside))


def test_branches_of_branches_come_back_as_they_were_left(chat: Chat) -> None:
    chat.instead(TOLD, EDITED, "Porto has bridges.")
    chat.instead("Porto has bridges.", "Porto has wine.")
    chat.instead("Porto has wine.", "Porto has fog.")
    assert chat.places() == {EDITED: (1, 2), "Porto has fog.": (2, 3)}
    chat.show("Porto has fog.", 1)
    chat.instead(EDITED, "I live in Faro.", "Faro is warm.")
    assert chat.places() == {"I live in Faro.": (2, 3)}
    chat.show("I live in Faro.", 1)
    assert chat.line()[2:] == [EDITED, "Porto has wine."]
    assert chat.places() == {EDITED: (1, 3), "Porto has wine.": (1, 3)}
    usages = [usage.answer for usage in chat.memory.usages_of(chat.id)]
    assert sorted(usages) == sorted(e.id for e in chat.memory.episodes_of(chat.id) if e.role == "assistant")
    with pytest.raises(InputError):
        chat.show(EDITED, 3)


def test_what_is_put_aside_is_listed_and_can_be_read_but_not_changed(chat: Chat) -> None:
    chat.instead(TOLD, EDITED, "Porto has bridges.")
    memory = chat.memory
    listed = memory.records(Filter(states=frozenset({State.ASIDE})))
    assert {record.text for record in listed} >= {TOLD, "Lisbon is hilly."}
    assert len(listed) == 4
    old = next(record for record in listed if record.text == TOLD)
    assert memory.detail(old.id).record.text == TOLD
    assert memory.links(old.id) == []
    assert [record.text for record in memory.matching("Lisbon river")] == [TOLD]
    with pytest.raises(InputError):
        memory.edit(old.id, "Something else")
    with pytest.raises(InputError):
        memory.set_state([old.id], State.PINNED)


def test_forgetting_a_message_forgets_its_other_wordings_and_what_repeats_them(chat: Chat) -> None:
    chat.instead(TOLD, EDITED, "Porto has bridges.")
    chat.instead(EDITED, "I live in Braga.", "Braga is old, unlike Lisbon.")
    memory = chat.memory
    told = next(e for e in memory.episodes_of(chat.id) if e.text == "I live in Braga.")
    pending = memory.begin_forget([told.id])
    assert TOLD not in [record.text for record in memory.records()]
    memory.undo_forget(pending.id)
    assert TOLD in [record.text for record in memory.records()]
    receipt = memory.forget([told.id])
    assert receipt.verified
    left = " ".join(record.text for record in memory.records())
    assert not any(word in left for word in ("Lisbon", "Porto", "Braga"))  # the answers had repeated them
    assert "bookbinder" in left
    assert "Tilda" in left
    # What was said after the first wording is shown again, as nothing is left of the other branches.
    assert chat.line()[2:] == ["I work as a bookbinder in a monastery.", "A quiet place."]
    assert "bookbinder" in chat.known()


def test_a_chat_goes_with_all_of_its_branches(chat: Chat) -> None:
    chat.instead(TOLD, EDITED, "Porto has bridges.")
    memory = chat.memory
    assert memory.forget([chat.id]).verified
    assert not memory.records()
    assert not memory.store.all(Aside)
    assert len(memory.conversations()) == 0


def test_an_older_wording_can_be_forgotten_alone(chat: Chat) -> None:
    chat.instead(TOLD, EDITED, "Porto has bridges.")
    memory = chat.memory
    old = next(aside for aside in memory.store.all(Aside) if aside.episode.text == TOLD)
    memory.forget([old.id])
    assert chat.line()[2] == EDITED
    # The words after it were embedded together with it; they are not, when they are shown again.
    chat.show(EDITED, 0)
    assert "Lisbon is hilly." not in chat.line()
    after = next(e for e in memory.episodes_of(chat.id) if e.text.startswith("I work"))
    whole = memory.store.get(after.id)
    assert isinstance(whole, Episode)
    assert whole.vectors


def test_rules_of_retention_hold_for_what_is_put_aside(chat: Chat) -> None:
    chat.instead(TOLD, EDITED, "Porto has bridges.")
    chat.memory.set_retention(RetentionRule(id=new_id(), keep="days", days=1))
    due = {episode.text for episode in chat.memory.retention_due().episodes}
    assert TOLD in due
    assert EDITED in due
