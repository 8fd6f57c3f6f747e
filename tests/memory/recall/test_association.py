"""Links between memories: same people, event, topic or fact, never to what is hidden, faded or of another space."""

from datetime import UTC, datetime, timedelta

import pytest

from assistant.errors import InputError
from assistant.memory.episodes import Said
from assistant.memory.memory import Memory
from assistant.store.records import Conversation, Fact, RecordId, State, new_id
from assistant.store.terms import search_terms

from ..conftest import Place

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

FILLER = (
    "The printer needs a new cartridge again.",
    "I could not find my umbrella this time.",
    "Which oil is best for frying?",
    "The neighbours are painting their fence green.",
    "My bicycle chain came off twice.",
    "I should water the ferns more often.",
    "The recipe wants three eggs and some flour.",
    "He left his keys on the kitchen table.",
    "We need curtains for the small window.",
    "The radio plays nothing but old songs.",
    "I never liked the taste of liquorice.",
    "The lift in our office is slow.",
)


class Diary:
    """Keeps one message a day, each in a conversation of its own, with others around it."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.days = 0
        for text in FILLER:
            self.say(text)

    def say(self, text: str, *, space: str = "", when: datetime | None = None) -> RecordId:
        chat = Conversation(id=new_id(), created=MONDAY, space=space)
        time = when or MONDAY + timedelta(days=10 * self.days)
        self.days += 1
        said = Said(chat.id, "user", text, time, 0, id=new_id())
        self.memory.remember([chat], [said])
        return said.id

    def linked(self, record: RecordId, limit: int = 8) -> dict[RecordId, str]:
        return {link.record: link.why for link in self.memory.links(record, limit)}


@pytest.fixture
def diary(memory: Memory) -> Diary:
    return Diary(memory)


def test_memories_of_the_same_person_are_linked(diary: Diary) -> None:
    bakery = diary.say("Yesterday Ottilie showed me her bakery.")
    violin = diary.say("For the concert I borrowed a violin from Ottilie.")
    assert diary.linked(bakery) == {violin: "people"}
    assert diary.linked(violin) == {bakery: "people"}


def test_a_word_that_only_begins_a_sentence_is_no_name(diary: Diary) -> None:
    first = diary.say("Perhaps we should move to a bigger flat.")
    other = diary.say("Perhaps the soup was too salty.")
    assert diary.linked(first).get(other) != "people"


def test_memories_of_the_same_day_are_linked_where_they_share_something(diary: Diary) -> None:
    told = diary.say("On 14 August 2025 I sat my driving exam in Leeds.")
    same = diary.say("My driving instructor cried on 14 August 2025.")
    apart = diary.say("A comet could be seen on 14 August 2025.")
    linked = diary.linked(told)
    assert linked[same] == "event"
    assert linked.get(apart) != "topic"


def test_what_was_said_on_a_day_is_linked_to_what_is_told_of_that_day(diary: Diary) -> None:
    then = datetime(2025, 8, 14, 18, 0, tzinfo=UTC)
    said = diary.say("My hands still shake from the driving exam.", when=then)
    told = diary.say("I sat my driving exam on 14 August 2025.")
    assert diary.linked(told)[said] == "event"
    assert told in diary.linked(said)


def test_memories_of_the_same_topic_are_linked(diary: Diary) -> None:
    sails = diary.say("I want to learn sailing on the lake with a small dinghy.")
    lesson = diary.say("My first sailing lesson in the dinghy on the lake was windy.")
    taxes = diary.say("My tax papers are due at the end of the month.")
    linked = diary.linked(sails)
    assert linked == {lesson: "topic"}
    assert diary.linked(taxes) == {}


def test_thanks_belong_to_no_topic(diary: Diary) -> None:
    thanks = [diary.say("Thanks, that helps a lot!") for _ in range(6)]
    assert all(link.strength < 0.6 for link in diary.memory.links(thanks[0]))


def test_sources_of_one_fact_are_linked_and_facts_about_the_same_thing(diary: Diary, memory: Memory) -> None:
    first = diary.say("We are moving to Porto after all.")
    second = diary.say("The flat there has a blue door.")

    def fact(text: str, value: str, sources: tuple[RecordId, ...]) -> Fact:
        conversation = memory.get(first).conversation
        terms = search_terms(text).tobytes()
        made = Fact(
            id=new_id(), conversation=conversation, subject="user", attribute="home", value=value, text=text,
            time=MONDAY, sources=sources, terms=terms,
        )  # fmt: skip
        memory.store.commit([made])
        return made

    old, new = fact("You live in Ghent.", "Ghent", ()), fact("You live in Porto.", "Porto", (first, second))
    memory.set_state([old.id, new.id], State.PINNED)
    assert diary.linked(first)[second] == "fact"
    assert new.id not in diary.linked(first)  # it was made from this: that is shown anyway
    assert diary.linked(new.id)[old.id] == "fact"


def test_the_same_exchange_is_no_link(memory: Memory) -> None:
    chat = Conversation(id=new_id(), created=MONDAY)
    texts = ["I bought a dinghy to sail on the lake.", "A dinghy to sail on the lake is a fine thing!"]
    roles = ("user", "assistant")
    said = [Said(chat.id, roles[i], text, MONDAY, i, id=new_id()) for i, text in enumerate(texts)]
    memory.remember([chat], said)
    assert memory.links(said[0].id) == []


def test_links_stay_in_the_space_unless_pinned(diary: Diary, memory: Memory) -> None:
    private = diary.say("Yesterday Ottilie showed me her bakery.")
    work = diary.say("For the concert I borrowed a violin from Ottilie.", space="Work")
    assert diary.linked(private) == {}
    memory.set_state([work], State.PINNED)
    assert diary.linked(private) == {work: "people"}


def test_links_lead_to_faded_memories_only_when_asked(diary: Diary, memory: Memory) -> None:
    bakery = diary.say("Yesterday Ottilie showed me her bakery.")
    violin = diary.say("For the concert I borrowed a violin from Ottilie.")
    memory.set_state([violin], State.FADED)
    assert diary.linked(bakery) == {}
    assert [link.record for link in memory.links(bakery, faded=True)] == [violin]


def test_what_is_being_forgotten_and_what_is_gone_has_no_links(diary: Diary, place: Place) -> None:
    memory = place.memory
    bakery = diary.say("Yesterday Ottilie showed me her bakery.")
    violin = diary.say("For the concert I borrowed a violin from Ottilie.")
    pending = memory.begin_forget([violin])
    assert diary.linked(bakery) == {}
    with pytest.raises(InputError):
        memory.links(violin)
    memory.undo_forget(pending.id)
    assert diary.linked(bakery) == {violin: "people"}
    memory.forget([violin])
    assert diary.linked(bakery) == {}
    assert place.reopen().links(bakery) == []


def test_an_edit_changes_the_links(diary: Diary, memory: Memory) -> None:
    bakery = diary.say("Yesterday Ottilie showed me her bakery.")
    violin = diary.say("For the concert I borrowed a violin from Ottilie.")
    memory.edit(violin, "For the concert I borrowed a violin from my teacher.")
    assert diary.linked(bakery) == {}


def test_the_strongest_link_comes_first_and_the_limit_holds(diary: Diary, memory: Memory) -> None:
    sails = diary.say("I want to learn sailing on the lake with a small dinghy.")
    for text in (
        "Sailing on the lake with a small dinghy!",
        "A sailing dinghy, on the lake?",
        "I learn sailing, in a dinghy",
    ):
        diary.say(text)
    links = memory.links(sails)
    assert len(links) == 3
    assert [link.strength for link in links] == sorted((link.strength for link in links), reverse=True)
    assert all(0 < link.strength <= 1 for link in links)
    assert memory.links(sails, limit=2) == links[:2]
    assert memory.links(sails, limit=0) == []
