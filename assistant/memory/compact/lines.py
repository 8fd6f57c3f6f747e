"""A summary as lines: each line knows the episodes that it came from and whether the user wrote it.

The one place that knows how lines lie in a `Summary`; what goes into one is decided elsewhere.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from msgspec.structs import replace

from assistant.memory.text import sentences
from assistant.store.records import RecordId, Summary
from assistant.store.terms import term_set


@dataclass(frozen=True)
class Line:
    """One line of a summary.

    Attributes:
        sources: Ids of the episodes that it draws on; it falls with any of them. At least one.
        held: The user wrote it: it stays as it is, before all others, until a source is forgotten.
    """

    text: str
    sources: tuple[RecordId, ...]
    held: bool = False


@dataclass(frozen=True)
class Lines:
    """The lines of a summary, and the sources of what the user took out of it, which are not to come back."""

    lines: tuple[Line, ...] = ()
    dismissed: tuple[RecordId, ...] = ()

    @property
    def settled(self) -> frozenset[RecordId]:
        """The sources on which the user has had the last word: nothing more is taken from them."""
        held = frozenset[RecordId]().union(*(line.sources for line in self.lines if line.held))
        free = frozenset[RecordId]().union(*(line.sources for line in self.lines if not line.held))
        return (held - free) | frozenset(self.dismissed)


def lines_of(summary: Summary | None) -> Lines:
    """Take a summary apart. None has no lines."""
    if summary is None:
        return Lines()
    texts = summary.text.split("\n")
    spans, held = summary.spans, frozenset(summary.held)
    if not spans:  # As the first stores have it: a source for each line, but for the user's words, which come first.
        first = len(summary.sources) - (len(texts) - 1) if summary.corrected else 1
        spans, held = (first, *(1,) * (len(texts) - 1)), frozenset({0} if summary.corrected else ())
    lines, place = [], 0
    for i, (text, span) in enumerate(zip(texts, spans, strict=True)):
        lines.append(Line(text, summary.sources[place : place + span], i in held))
        place += span
    return Lines(tuple(lines), summary.sources[place:])


def with_lines(summary: Summary, lines: Lines, time: datetime) -> Summary | None:
    """The summary with other lines (the user's own first); the same one if they are the same, None if there are
    none."""
    if not lines.lines:
        return None
    ordered = (*(line for line in lines.lines if line.held), *(line for line in lines.lines if not line.held))
    before = lines_of(summary) if summary.text else Lines()
    if (before.lines, before.dismissed) == (ordered, lines.dismissed):
        return summary
    held = tuple(i for i, line in enumerate(ordered) if line.held)
    return replace(
        summary,
        text="\n".join(line.text for line in ordered),
        sources=(*(source for line in ordered for source in line.sources), *lines.dismissed),
        spans=tuple(len(line.sources) for line in ordered),
        held=held,
        corrected=bool(held or lines.dismissed),
        time=time,
    )


def without(lines: Lines, gone: Collection[RecordId], edited: Collection[RecordId] = ()) -> Lines:
    """What is left when these sources go, or get other words: the user's own lines hold through an edit."""
    left = tuple(
        line
        for line in lines.lines
        if not (set(line.sources) & set(gone) or (not line.held and set(line.sources) & set(edited)))
    )
    return Lines(left, tuple(source for source in lines.dismissed if source not in gone))


def corrected_summary(summary: Summary, text: str, said: Mapping[RecordId, str], now: datetime) -> Summary:
    """The summary in the user's own words.

    Lines that stand in it as before stay what they were. The others are held: each covers the sources of the lines
    that it replaces and of those whose words it has, or all of them, so that it falls with what it may repeat. What
    the user left out does not come back.

    Args:
        summary: As it was.
        text: What the user made of it; not empty.
        said: The words of its sources.
        now: Time of the correction.
    """
    old = lines_of(summary)
    words = [" ".join(part.split()) for part in text.split("\n") if part.strip()]
    unchanged = {line.text for line in old.lines}
    new = [part for word in words for part in ([word] if word in unchanged else _sentences(word))]
    terms = {source: term_set(words) for source, words in said.items()}
    lines: list[Line] = []
    dismissed = list(old.dismissed)
    before = [line.text for line in old.lines]
    for change, a, b, c, d in SequenceMatcher(None, before, new, autojunk=False).get_opcodes():
        replaced = dict.fromkeys(source for line in old.lines[a:b] for source in line.sources)
        if change == "equal":
            lines.extend(old.lines[a:b])
        elif change == "delete":
            dismissed.extend(source for source in replaced if source not in dismissed)
        for part in new[c:d] if change in ("insert", "replace") else ():
            shared = [source for source, its in terms.items() if its & term_set(part)]
            covered = tuple(dict.fromkeys([*replaced, *shared])) or tuple(dict.fromkeys(summary.sources))
            lines.append(Line(part, covered, held=True))
    return with_lines(summary, Lines(tuple(lines), tuple(dismissed)), now) or summary


def _sentences(text: str) -> Sequence[str]:
    return [" ".join(part.split()) for part in sentences(text) if part.strip()]
