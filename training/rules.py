"""What the product does by rules, on the same material: the measure that an adapter has to beat."""

from collections.abc import Sequence
from datetime import UTC, timedelta

from assistant.conversation.reading import ReadingPassage
from assistant.memory.compact.running import update_summary
from assistant.memory.facts.extract import claims_of
from assistant.memory.titles import title_from
from assistant.models.tokenizer import Tokenizer
from assistant.store.records import Episode, Summary
from training.data.stating import Fact


def facts_by_rules(passage: ReadingPassage) -> list[Fact]:
    """The facts of a message as the product extracts them; what it denies, and what only was, left out."""
    before: list[Episode] = []
    if passage.asked:
        asked = ReadingPassage("assistant", passage.asked, passage.time - timedelta(minutes=1))
        before.append(_episode(asked, 0))
    claims = (claim for claim in claims_of(_episode(passage, 1), before) if claim.value)
    kept = (claim for claim in claims if not claim.denies and not claim.past)
    return list(dict.fromkeys(Fact(claim.subject, claim.attribute, claim.value) for claim in kept))


def title_by_rules(messages: Sequence[ReadingPassage]) -> str:
    """The title of a chat as the product makes it: the first words of the user."""
    return title_from(next((each.text for each in messages if each.speaker == "user"), ""))


def summary_by_rules(said: Sequence[ReadingPassage], tokenizer: Tokenizer) -> str:
    """The summary of a conversation as the product makes it, message by message."""

    def count(text: str) -> int:
        return len(tokenizer.encode(text))

    summary: Summary | None = None
    for place, passage in enumerate(said):
        if passage.speaker != "assistant":
            episode = _episode(passage, place)
            summary = update_summary(summary, [episode], count_tokens=count, now=episode.time)
    return summary.text if summary is not None else ""


def _episode(passage: ReadingPassage, place: int) -> Episode:
    number, time = f"{place:032x}", passage.time.replace(tzinfo=UTC)
    return Episode(
        id=number,
        conversation="c" * 32,
        role=passage.speaker,
        text=passage.text,
        time=time,
        position=place,
        message=number,
    )
