"""The memory block of a prompt: which channels get in, in what words, and how they share the tokens.

The channels are filled in an order of promise, each up to its share; what one leaves goes to those after it.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from assistant.memory.compact.summaries import Compact
from assistant.memory.recall.channels import Recollection
from assistant.memory.views import Found
from assistant.store.records import Episode, Fact, RecordId, Remembered, Standing, Summary

_SHARES = (("facts", 0.25), ("pinned", 0.4), ("similar", 0.9), ("recent", 1.0), ("replay", 1.0))
"""The channels of recalled lines in order, and how much of the room may be used up once each is filled."""


@dataclass(frozen=True)
class MemoryBlock:
    """What a prompt holds of memory.

    Attributes:
        user: The summary of the user, or "".
        summary: What was said in this chat before the messages that the prompt holds, in short, or "".
        found: The memories, the facts and the summaries of stretches in it, best first.
    """

    user: str = ""
    summary: str = ""
    found: tuple[Found, ...] = ()

    def without(self, ids: Collection[RecordId]) -> "MemoryBlock":
        """The same without some of the memories."""
        return replace(self, found=tuple(each for each in self.found if each.record.id not in ids))

    @property
    def text(self) -> str:
        """As the model reads it, or ""."""
        blocks = [
            f"About me: {self.user}" if self.user else "",
            f"Earlier in this chat: {self.summary}" if self.summary else "",
            context(self.found),
        ]
        return "\n\n".join(block for block in blocks if block)

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """The same for people: "user", "summary", "stretches", "memories" and "facts", as far as there are any."""
        parts = (("user", self.user), ("summary", self.summary), *_lines_by_kind(self.found))
        return tuple((name, text) for name, text in parts if text)


@dataclass
class _Lines:
    """Lines within a budget."""

    count: Callable[[str], int]
    room: int
    spent: int = 0
    found: list[Found] = field(default_factory=list)

    def take(self, candidates: Iterable[Found], up_to: float) -> None:
        for each in candidates:
            if isinstance(each.record, Episode) and only_asks(each.record):
                continue
            cost = self.count(memory_line(each.record, each.asked)) + 1
            if self.spent + cost <= self.room * up_to:
                self.spent += cost
                self.found.append(each)


def memory_block(
    recalled: Recollection,
    compact: Compact,
    *,
    count: Callable[[str], int],
    room: int,
    recall_tokens: int,
    channels: Collection[str],
    about_user: bool,
    expand: Callable[[Summary, int, Callable[[str], int]], Sequence[Episode]],
) -> MemoryBlock:
    """Share the room among the channels.

    Args:
        recalled: What was recalled.
        compact: The running summary (to be shown only if the prompt does not hold its whole chat) and the user's.
        count: Tokens of a text, by the model's own tokenizer.
        room: Tokens left in the prompt.
        recall_tokens: At most so many of them for recalled lines.
        channels: Which may be used.
        about_user: Whether the summary of the user belongs here.
        expand: The source episodes of a level-2 summary within so many tokens.
    """
    lines = _Lines(count, min(room, recall_tokens))
    for name, share in _SHARES:
        lines.take(getattr(recalled, name), share)
    stretches: list[Found] = []
    for each in recalled.stretches:
        cost = count(_summary_text(each.record)) + 1
        if lines.spent + cost <= lines.room:
            lines.spent += cost
            stretches.append(each)
    # What a fitting summary was made from, in its own words, while there is room.
    known = {each.record.id for each in lines.found}
    for each in stretches:
        if isinstance(each.record, Summary):
            sources = expand(each.record, (lines.room - lines.spent) // 2, count)
            lines.take((Found(e, each.score) for e in sources if e.id not in known), 1.0)
            known.update(e.id for e in sources)
    left = room - lines.spent
    summed: dict[str, str] = {}
    for name, summary in (("summary", compact.running), ("user", compact.user if about_user else None)):
        if summary is not None and name in channels:
            text = _summary_text(summary)
            cost = count(text) + 8
            if cost <= left:
                left -= cost
                summed[name] = text
    return MemoryBlock(
        summed.get("user", ""),
        summed.get("summary", ""),
        tuple(sorted([*lines.found, *stretches], key=lambda each: -each.score)),
    )


def only_asks(episode: Episode) -> bool:
    """Whether a message of the user's is a question and nothing else: it tells nothing that could answer another."""
    text = episode.text.strip()
    return episode.role == "user" and text.endswith("?") and not re.search(r"[.!:\n]", text)


def context(found: Sequence[Found]) -> str:
    """Recalled memories, best first, as the model reads them, or ""."""
    lines = "\n".join(text for _, text in _lines_by_kind(found) if text)
    return f"Context:\n{lines}" if lines else ""


def _lines_by_kind(found: Sequence[Found]) -> list[tuple[str, str]]:
    # The model reads the lines from old to new, so that the last word on a matter is the newest one; facts come last.
    stretches = [each for each in found if isinstance(each.record, Summary)]
    episodes = sorted((f for f in found if isinstance(f.record, Episode)), key=lambda f: f.record.time)
    facts = [each for each in reversed(found) if isinstance(each.record, Fact)]
    kinds = (("stretches", stretches), ("memories", episodes), ("facts", facts))
    return [(name, "\n".join(memory_line(each.record, each.asked) for each in of)) for name, of in kinds]


def memory_line(record: Remembered, asked: str = "") -> str:
    """A memory as the model reads it: its day, who said it, the words; for a fact, whether it still holds.

    Args:
        record: The memory.
        asked: The question that it replies to, where it says nothing without.
    """
    words = " ".join(record.text.split())
    if isinstance(record, Episode):
        who = {"user": "I said", "assistant": "You said"}.get(record.role, record.speaker)
        lead = f"asked “{' '.join(asked.split())}”, " if asked else ""
        return f"[{day(record.time)}] {lead}{who}: {words}"
    if isinstance(record, Summary):
        return f"[until {day(record.time)}] In short: {words}"
    if record.standing is Standing.SUPERSEDED:
        return f"[no longer true{f' since {day(record.valid_to)}' if record.valid_to else ''}] {words}"
    if record.standing is Standing.DISPUTED:
        return f"[{day(record.time)}, not certain] {words}"
    return f"[true since {day(record.valid_from or record.time)}] {words}"


def _summary_text(record: Remembered) -> str:
    return " ".join(record.text.split())


def day(time: datetime) -> str:
    """A day in words that a small model reads well: 3 March 2026."""
    return f"{time.day} {_MONTHS[time.month - 1]} {time.year}"


# Not strftime's: those follow the language of the machine, and the model reads English.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
