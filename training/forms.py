"""The prompts of the other tasks and the form of their answers, in one place.

Training and evaluation build them here; a product that runs such an adapter must build the very same. The prompts of
the tasks "answer" and "title" are the product's own: `assistant/conversation/reading.py` and `titling.py` beside it.
"""

from collections.abc import Sequence
from typing import Final

from assistant.conversation.reading import ReadingPassage, reading_lines
from assistant.models.tokenizer import Message
from training.data.stating import Fact

FACTS_FORMAT: Final = 1
SUMMARY_FORMAT: Final = 1
"""Numbers of these forms. A change makes a new one, and an adapter fits only the one that it was taught with."""

NOTHING: Final = "None."
"""The whole answer where a message states nothing, or there is nothing to sum up."""

_FACTS: Final = (
    "Write down what this message tells of its speaker or of people of theirs, one fact a line: "
    f"whom | what | value | when. Only what it says. If it tells nothing, answer: {NOTHING}"
)
_SUMMARY: Final = (
    "Bring the summary up to date with what was said since: one short sentence that tells what holds now. "
    f"If there is nothing to tell, answer: {NOTHING}"
)


def facts_prompt(passage: ReadingPassage) -> list[Message]:
    """The chat messages that ask for the facts of one message."""
    return [Message("system", _FACTS), Message("user", reading_lines([passage]))]


def facts_answer(facts: Sequence[Fact]) -> str:
    """Facts as the model is to write them."""
    lines = [
        " | ".join((fact.subject, fact.attribute, fact.value, *([fact.when] if fact.when else []))) for fact in facts
    ]
    return "\n".join(lines) or NOTHING


def read_facts(text: str) -> list[Fact]:
    """The facts of an answer; lines that are none are left out."""
    found: list[Fact] = []
    for line in text.splitlines():
        parts = [part.strip() for part in line.split("|")]
        if len(parts) in (3, 4) and all(parts[:3]):
            found.append(Fact(parts[0], parts[1], parts[2], parts[3] if len(parts) > 3 else ""))
    return list(dict.fromkeys(found))


def summary_prompt(before: str, said: Sequence[ReadingPassage]) -> list[Message]:
    """The chat messages that ask for the next one-sentence summary.

    Args:
        before: The summary so far, or "".
        said: What was said since.
    """
    return [Message("system", _SUMMARY), Message("user", f"Summary: {before or NOTHING}\n\n{reading_lines(said)}")]
