"""The receipt of a forgetting. Holds no content."""

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Self


@dataclass(frozen=True)
class Receipt:
    """What one forgetting removed, and how it was checked.

    Attributes:
        rows: Sealed rows that went, of all kinds.
        files_searched: Files of the store that were searched for the bytes of the sealed rows.
        verified: The search found none of them.
    """

    when: datetime
    episodes: int
    echoes: int
    summaries_rebuilt: int
    summaries_dropped: int
    conversations: int
    usages: int
    rows: int
    bytes_reclaimed: int
    files_searched: int
    verified: bool
    facts_rebuilt: int = 0
    facts_dropped: int = 0

    @classmethod
    def of_nothing(cls, when: datetime) -> Self:
        """The receipt of a forgetting that found nothing to forget."""
        return cls(when, *(0,) * 9, verified=True)

    def __add__(self, other: "Receipt") -> "Receipt":
        """Two forgettings as one: what they removed together, and whether all of it is certainly gone."""
        counted = (f.name for f in fields(self) if f.name not in ("when", "files_searched", "verified"))
        return replace(
            self,
            **{name: getattr(self, name) + getattr(other, name) for name in counted},
            when=max(self.when, other.when),
            files_searched=max(self.files_searched, other.files_searched),
            verified=self.verified and other.verified,
        )

    def lines(self) -> list[str]:
        """The receipt in words, a fact a line. Holds no content."""
        facts = _count(self.facts_dropped, "fact", "facts")
        if self.facts_dropped and not self.episodes:
            lines = [f"Forgotten for good: {facts}."]
        else:
            lines = [f"Forgotten for good: {_count(self.episodes, 'memory', 'memories')}."]
        if self.echoes:
            lines.append(f"{_count(self.echoes, 'answer', 'answers')} of Hippo's that repeated it went too.")
        if self.summaries_rebuilt:
            lines.append(f"{_count(self.summaries_rebuilt, 'summary', 'summaries')} rebuilt from what is left.")
        if self.summaries_dropped:
            lines.append(f"{_count(self.summaries_dropped, 'summary', 'summaries')} dropped: nothing was left of it.")
        if self.facts_rebuilt:
            lines.append(f"{_count(self.facts_rebuilt, 'fact', 'facts')} rebuilt from what is left.")
        if self.facts_dropped and self.episodes:
            lines.append(f"{facts} dropped with it.")
        if self.conversations:
            lines.append(f"{_count(self.conversations, 'empty chat', 'empty chats')} removed.")
        if self.usages:
            lines.append(f"{_count(self.usages, 'record', 'records')} of use removed.")
        lines.append(
            f"{_count(self.rows, 'sealed row', 'sealed rows')} purged, {self.bytes_reclaimed:,} bytes reclaimed."
        )
        found = "none of the sealed bytes are left" if self.verified else "some sealed bytes could NOT be removed"
        lines.append(f"{_count(self.files_searched, 'file', 'files')} of the store searched: {found}.")
        return lines


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
