"""How what was said is ranked, in its surroundings."""

from datetime import timedelta

from assistant.memory.episodes import Said
from assistant.memory.memory import Memory
from assistant.store.records import Conversation, new_id
from tests.memory.conftest import START

GLASS = [
    "I spent the morning in the workshop and blew a glass vase.",
    "The vase came out of the furnace a bit crooked.",
    "Then I blew a second glass vase in green.",
    "The green vase has a bubble in the glass.",
    "I want to blow a glass vase for my aunt too.",
    "Glass cools slowly, so the vase stays in the oven.",
    "My teacher liked the green glass vase best.",
    "The first vase I shall give away.",
]
LATER = "Today I finished one more bowl and a jug of blown glass."


def test_what_was_said_on_another_day_is_not_crowded_out_by_one_long_talk(memory: Memory) -> None:
    chat = Conversation(id=new_id(), created=START)
    said = [Said(chat.id, "user", text, START + timedelta(minutes=i), i) for i, text in enumerate(GLASS)]
    said.append(Said(chat.id, "user", LATER, START + timedelta(days=9), len(GLASS)))
    memory.remember([chat], said)
    found = [each.record.text for each in memory.recall("What have I made in the workshop?", limit=6)]
    assert LATER in found
    assert len(set(found) & set(GLASS)) == len(found) - 1


def test_the_day_before_an_event_is_counted_from_when_the_event_was_said_to_be(memory: Memory) -> None:
    chat = Conversation(id=new_id(), created=START)
    days = {
        0: "My driving exam is on 20 March.",
        5: "We had soup for dinner.",
        18: "We had pancakes for dinner.",
        19: "I passed, and I am so relieved!",
        24: "We had a pie for dinner.",
    }
    said = [Said(chat.id, "user", text, START + timedelta(days=day), day) for day, text in days.items()]
    memory.remember([chat], said)

    def dinner(question: str) -> str:
        return memory.recall(question, limit=5)[0].record.text

    assert dinner("What did we have for dinner on the day before my driving exam?") == days[18]
    assert dinner("What did we have for dinner five days after my driving exam?") == days[24]
