"""Facts in a memory: kept with the turn, changed by the user, and gone with their sources."""

import json
import random
from datetime import timedelta

import pytest

from assistant.conversation.transfer import exported
from assistant.errors import InputError
from assistant.memory.episodes import Said
from assistant.memory.facts.rebuild import update
from assistant.memory.facts.threads import Threads
from assistant.memory.memory import Memory
from assistant.memory.views import Filter
from assistant.store.records import Conversation, Episode, Fact, Standing, State, Usage, new_id

from ..conftest import START, Place, Speaker

TALK = [
    "I live in Lisbon with my cat.",
    "I'm allergic to walnuts.",
    "My sister Ada works as a vet.",
    "I like olives.",
    "Hello again, how are you?",
    "I moved to Porto.",
    "By the way, I am allergic to walnuts.",
    "I hate olives now.",
    "My locker code is 4711.",
    "Actually, my locker code is 4712.",
    "I have two cats.",
    "We don't have a cat any more.",
    "Write me a poem about Lisbon.",
    "I moved back to Lisbon.",
]


def texts(memory: Memory, *standings: Standing) -> list[str]:
    return [fact.text for fact in memory.facts(standing=standings or None)]


def everything(memory: Memory) -> str:
    """All that any list, search, recall or export holds."""
    parts = [record.text + getattr(record, "value", "") for record in memory.records()]
    parts += [found.record.text for found in memory.search("allergic walnuts Lisbon home", limit=100)]
    parts += [found.record.text for found in memory.recall("allergic walnuts Lisbon home", limit=100)]
    parts += [fact.text + fact.value for fact in memory.facts()]
    parts += [message.text for message in exported(memory)]
    return json.dumps(parts).lower()


def without_ids(facts: list[Fact]) -> list[tuple[object, ...]]:
    """Facts as they can be compared between two memories of the same episodes."""
    by_id = {fact.id: fact for fact in facts}
    rows = [
        (
            *(fact.subject, fact.attribute, fact.value, fact.text, fact.time, fact.valid_from, fact.valid_to),
            *(fact.standing, fact.sources, by_id[fact.successor].text if fact.successor else ""),
        )
        for fact in facts
    ]
    return sorted(rows, key=repr)


def from_scratch(memory: Memory) -> list[Fact]:
    """The facts that all episodes make, worked out anew."""
    threads = Threads(memory.store)
    for fact in memory.store.all(Fact):
        threads.drop(fact.id)
    episodes = [e for e in memory.store.all(Episode, vectors=False) if e.role != "assistant"]
    return list(update(memory.store, threads, added=episodes).facts)


def test_a_turn_keeps_its_facts_and_finds_them_by_meaning(place: Place) -> None:
    told, _ = Speaker(place.memory).turn("I'm allergic to walnuts.", "I will remember.")
    for reopened in (False, True):
        memory = place.reopen() if reopened else place.memory
        (fact,) = memory.facts()
        assert (fact.subject, fact.attribute, fact.value, fact.sources) == ("user", "allergy", "walnuts", (told.id,))
        found = memory.search("Which foods make me ill?", filter=Filter(kinds=frozenset({"fact"})))
        assert [each.record.id for each in found] == [fact.id]


def test_what_the_assistant_said_is_no_fact(memory: Memory) -> None:
    Speaker(memory).turn("How are you?", "I live in a computer and I am allergic to water.")
    assert memory.facts() == []


def test_facts_can_be_asked_for_by_standing_and_subject(memory: Memory) -> None:
    chat = Speaker(memory)
    for line in ("I live in Lisbon.", "I moved to Porto.", "My sister Ada works as a vet."):
        chat.turn(line)
    assert texts(memory, Standing.SUPERSEDED) == ["I live in Lisbon."]
    assert [fact.value for fact in memory.facts(subject="Ada")] == ["vet"]
    assert "I moved to Porto." in texts(memory, Standing.CURRENT)


def test_facts_keep_to_their_space(memory: Memory) -> None:
    work, home = Speaker(memory, space="Work"), Speaker(memory, space="Private")
    work.turn("My locker code is 4711.")
    home.turn("My locker code is 9999.")
    assert [fact.value for fact in memory.facts(space="Work")] == ["4711"]
    assert all(fact.standing is Standing.CURRENT for fact in memory.facts(space="Private"))
    assert memory.facts() == []


def test_facts_kept_turn_by_turn_are_those_that_all_episodes_make_from_scratch(memory: Memory) -> None:
    chat = Speaker(memory)
    for line in TALK:
        chat.turn(line)
        assert without_ids(memory.facts()) == without_ids(from_scratch(memory))


def test_after_any_edits_and_forgetting_facts_are_those_that_the_rest_makes_from_scratch(memory: Memory) -> None:
    chat, chance = Speaker(memory), random.Random(7)
    told = [chat.turn(line)[0] for line in TALK]
    chance.shuffle(told)
    for i, episode in enumerate(told):
        if i % 3 == 0:
            memory.edit(episode.id, chance.choice(["I live in Faro.", "I'm allergic to celery.", "Nothing new."]))
        else:
            memory.forget([episode.id])
        assert without_ids(memory.facts()) == without_ids(from_scratch(memory))


def test_an_import_of_older_messages_comes_out_in_the_order_in_which_they_were_said(memory: Memory) -> None:
    Speaker(memory).turn("I live in Porto.")
    old = Conversation(id=new_id(), created=START - timedelta(days=400))
    memory.remember([old], [Said(old.id, "user", "I live in Lisbon.", START - timedelta(days=400), 0)])
    assert texts(memory, Standing.CURRENT) == ["I live in Porto."]
    (lisbon,) = memory.facts(standing={Standing.SUPERSEDED})
    assert (lisbon.value, lisbon.valid_to) == ("Lisbon", START)


def test_a_contradiction_is_shown_not_hidden(memory: Memory) -> None:
    chat = Speaker(memory)
    chat.turn("I live in Lisbon.")
    chat.turn("I live in Porto.")
    assert sorted(texts(memory, Standing.DISPUTED)) == ["I live in Lisbon.", "I live in Porto."]
    assert memory.stats().facts_disputed == 2


def test_forgetting_each_source_of_a_fact_in_turn_leaves_nothing_of_it(memory: Memory) -> None:
    chat = Speaker(memory)
    first, _ = chat.turn("I'm allergic to walnuts.")
    second, _ = chat.turn("By the way, I am allergic to walnuts, the black ones.")
    (fact,) = memory.facts()
    assert fact.sources == (first.id, second.id)
    receipt = memory.forget([second.id])
    assert (receipt.facts_rebuilt, receipt.facts_dropped) == (1, 0)
    assert [(f.id, f.text, f.sources) for f in memory.facts()] == [(fact.id, "I am allergic to walnuts.", (first.id,))]
    assert "black" not in everything(memory)
    receipt = memory.forget([first.id])
    assert receipt.facts_dropped == 1
    assert "walnut" not in everything(memory)


def test_a_fact_holds_again_when_the_one_that_superseded_it_is_forgotten(memory: Memory) -> None:
    chat = Speaker(memory)
    chat.turn("I live in Lisbon.")
    moved, _ = chat.turn("I moved to Porto.")
    memory.forget([moved.id])
    (fact,) = memory.facts()
    assert (fact.value, fact.standing, fact.valid_to, fact.successor) == ("Lisbon", Standing.CURRENT, None, "")
    assert "porto" not in everything(memory)


def test_while_a_forgetting_waits_its_facts_are_hidden_and_undo_brings_them_back(place: Place) -> None:
    told, _ = Speaker(place.memory).turn("I'm allergic to walnuts.")
    pending = place.memory.begin_forget([told.id])
    assert "walnut" not in everything(place.memory)
    Speaker(place.memory).turn("I'm allergic to walnuts and celery.")
    assert "walnuts and celery" in everything(place.memory)
    place.memory.undo_forget(pending.id)
    assert {fact.value for fact in place.memory.facts()} == {"walnuts", "celery"}


def test_an_edited_message_takes_its_facts_along(memory: Memory) -> None:
    told, _ = Speaker(memory).turn("I'm allergic to walnuts.")
    (before,) = memory.facts()
    memory.edit(told.id, "I'm allergic to peanuts.")
    (fact,) = memory.facts()
    assert (fact.id, fact.value, fact.history) == (before.id, "peanuts", ())
    memory.edit(told.id, "Good morning!")
    assert memory.facts() == []


def test_an_answer_that_repeats_what_it_took_from_a_fact_goes_too(memory: Memory) -> None:
    told, _ = Speaker(memory).turn("I'm allergic to walnuts.", "Good to know.")
    later = Speaker(memory)
    found = memory.search("allergic", filter=Filter(kinds=frozenset({"fact"})))
    said = [
        Said(later.conversation.id, "user", "What must I not eat?", START, 0, id=new_id()),
        Said(later.conversation.id, "assistant", "You must not eat walnuts.", START, 1, id=new_id()),
    ]
    usage = Usage(id=new_id(), answer=said[1].id, conversation=later.conversation.id, time=START, turn=0)
    memory.keep_turn(later.conversation, said, used=found, usage=usage)
    memory.forget([told.id])
    assert "walnut" not in everything(memory)


def test_a_corrected_fact_keeps_the_users_words_until_a_source_is_forgotten(place: Place) -> None:
    chat = Speaker(place.memory)
    told, _ = chat.turn("I live in Lisbon.")
    (fact,) = place.memory.facts()
    place.memory.edit(fact.id, "I live in Lissabon, in the old town.")
    chat.turn("I work as a nurse.")
    memory = place.reopen()
    corrected = memory.get(fact.id)
    assert isinstance(corrected, Fact)
    assert (corrected.text, corrected.corrected) == ("I live in Lissabon, in the old town.", True)
    assert [revision.text for revision in corrected.history] == ["I live in Lisbon."]
    assert sorted(f.attribute for f in memory.facts()) == ["home", "job"]
    memory.forget([told.id])
    assert "lissabon" not in everything(memory)


def test_a_corrected_value_is_superseded_like_any_other(memory: Memory) -> None:
    chat = Speaker(memory)
    chat.turn("I'm allergic to walnuts.")
    (fact,) = memory.facts()
    memory.edit(fact.id, "I'm allergic to celery.")
    chat.turn("I am no longer allergic to celery.")
    assert texts(memory, Standing.SUPERSEDED) == ["I'm allergic to celery."]


def test_a_forgotten_fact_does_not_come_back_from_its_source(place: Place) -> None:
    chat = Speaker(place.memory)
    told, _ = chat.turn("I live in Lisbon and I work as a nurse.")
    nurse = next(fact for fact in place.memory.facts() if fact.attribute == "job")
    receipt = place.memory.forget([nurse.id])
    assert (receipt.episodes, receipt.facts_dropped) == (0, 1)
    memory = place.reopen()
    assert [fact.attribute for fact in memory.facts()] == ["home"]
    assert memory.get(told.id).text == told.text
    memory.edit(told.id, "I live in Lisbon, and I work as a nurse!")
    assert [fact.attribute for fact in memory.facts()] == ["home"]
    assert [fact.attribute for fact in from_scratch(memory)] == ["home"]
    chat.memory = memory
    chat.turn("I work as a nurse.")
    assert sorted(fact.attribute for fact in memory.facts()) == ["home", "job"]


def test_a_pinned_fact_stays_pinned_when_it_is_said_again(memory: Memory) -> None:
    chat = Speaker(memory)
    chat.turn("I'm allergic to walnuts.")
    (fact,) = memory.facts()
    memory.set_state([fact.id], State.PINNED)
    chat.turn("I am allergic to walnuts, you know.")
    assert [(f.id, f.state, len(f.sources)) for f in memory.facts()] == [(fact.id, State.PINNED, 2)]


def test_the_detail_of_a_fact_names_sources_successor_and_predecessors(memory: Memory) -> None:
    chat = Speaker(memory)
    told, _ = chat.turn("I live in Lisbon.")
    chat.turn("I moved to Porto.")
    old = next(fact for fact in memory.facts() if fact.value == "Lisbon")
    new = next(fact for fact in memory.facts() if fact.value == "Porto")
    assert [source.id for source in memory.detail(old.id).sources] == [told.id]
    successor = memory.detail(old.id).successor
    assert successor is not None
    assert successor.id == new.id
    assert [fact.id for fact in memory.detail(new.id).predecessors] == [old.id]
    assert old.id in [record.id for record in memory.detail(told.id).derived]


def test_forgetting_a_conversation_takes_its_facts_and_leaves_those_that_others_bear(memory: Memory) -> None:
    chat, other = Speaker(memory), Speaker(memory)
    chat.turn("I'm allergic to walnuts.")
    chat.turn("I live in Lisbon.")
    other.turn("I am allergic to walnuts.")
    memory.forget([chat.conversation.id])
    assert [(fact.value, len(fact.sources)) for fact in memory.facts()] == [("walnuts", 1)]
    memory.forget_everything()
    assert len(memory.store) == 0


def test_a_fact_that_is_not_there_cannot_be_edited(memory: Memory) -> None:
    with pytest.raises(InputError):
        memory.edit(new_id(), "I live in Lisbon.")


EXCHANGES = [
    ("I have been thinking about my sister Ada.", "I see. Where does she live?"),
    ("In Porto.", "Noted. What is your favourite food?"),
    ("Pierogi, I think.", "Good to know."),
    ("My house in Porto needs a new roof.", "That sounds expensive."),
    ("Ada drives a green Volvo.", "What about you?"),
    ("I moved from Porto to Ghent.", "Do you have any allergies?"),
    ("Yes, walnuts.", "I will remember that."),
    ("Ada traded the green Volvo in for a Saab.", "Fine."),
    ("My flat in Ghent is small.", "I see."),
]


def test_an_answer_tells_with_its_question_and_stands_on_both(memory: Memory) -> None:
    chat = Speaker(memory)
    _, asked = chat.turn("How are you?", "Fine. What is your favourite food?")
    told, _ = chat.turn("Pierogi.")
    (fact,) = memory.facts()
    assert (fact.attribute, fact.value, fact.text) == ("favourite food", "Pierogi", "My favourite food is Pierogi.")
    assert fact.sources == (asked.id, told.id)
    memory.edit(asked.id, "Fine. What is your favourite drink?")
    assert [f.attribute for f in memory.facts()] == ["favourite drink"]
    memory.forget([asked.id])
    assert memory.facts() == []


def test_what_is_over_ends_what_was_said_of_it_under_any_other_heading(memory: Memory) -> None:
    chat = Speaker(memory)
    chat.turn("My house in Porto needs a new roof.")
    chat.turn("I play tennis in Porto every week.")
    moved, _ = chat.turn("I moved from Porto to Ghent.")
    assert [fact.value for fact in memory.facts(standing={Standing.CURRENT})] == ["Ghent"]
    memory.forget([moved.id])
    assert len(memory.facts(standing={Standing.CURRENT})) == 2


def test_facts_of_exchanges_are_those_that_all_episodes_make_from_scratch_after_any_edit(memory: Memory) -> None:
    chat, chance = Speaker(memory), random.Random(3)
    told: list[Episode] = []
    for said, reply in EXCHANGES:
        told += chat.turn(said, reply)
        assert without_ids(memory.facts()) == without_ids(from_scratch(memory))
    assert {fact.subject for fact in memory.facts()} == {"user", "ada"}
    chance.shuffle(told)
    for i, episode in enumerate(told):
        if i % 3:
            memory.forget([episode.id])
        else:
            memory.edit(episode.id, chance.choice(["What is your favourite colour?", "In Faro.", "I left Ghent."]))
        assert without_ids(memory.facts()) == without_ids(from_scratch(memory))
