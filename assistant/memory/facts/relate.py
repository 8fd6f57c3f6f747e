"""How claims about one matter make facts: what agrees merges, what is newer supersedes, what contradicts is disputed.

A fold over the claims in the order in which they were said, so the same claims give the same facts, whenever they were
stored. Knows no store.
"""

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from assistant.memory.facts.attributes import Attribute, Holds, attribute
from assistant.memory.facts.extract import Claim, species
from assistant.memory.facts.lexicon import FOR_THE_FUTURE
from assistant.store.records import Fact, RecordId, Standing
from assistant.store.terms import search_terms

NEARLY_AT_ONCE = timedelta(hours=1)
"""Of two values that cannot both hold, said at most this far apart and without a word of change, neither is newer."""

NOT = "not "
"""The value of a fact that denies begins with this: "not dog"."""

Thread = tuple[str, str, int]
"""A matter: subject, attribute (of a pair of opposites, the first), and for what has many values, which of them.
Claims and facts of different threads never touch one another."""


@dataclass(frozen=True)
class Stated:
    """A claim and where it was made.

    Attributes:
        sources: The episode; for the user's correction of a fact, all the episodes that it stands on.
        said: When it was first said. What was said at the same time goes by `place`.
        last: When it was last said.
        speaker: Role of the episode.
        correction: The fact in the user's own words that this comes from.
    """

    claim: Claim
    sources: tuple[RecordId, ...]
    conversation: RecordId
    said: datetime
    last: datetime
    speaker: str
    place: tuple[int, int, int]
    correction: Fact | None = None


@dataclass(frozen=True)
class Ending:
    """That something which was said of a subject before is over: whatever of theirs holds these words.

    Attributes:
        what: The words.
        terms: Their stems.
        said: When it was said.
    """

    what: str
    terms: frozenset[int]
    said: datetime


@dataclass(eq=False)
class Draft:
    """A fact in the making."""

    claim: Claim
    terms: frozenset[int]
    sources: list[RecordId]
    conversation: RecordId
    speakers: set[str]
    since: datetime | None
    until: datetime | None
    last: datetime
    standing: Standing = Standing.CURRENT
    successor: "Draft | None" = None
    correction: Fact | None = None
    ends: dict[str, Ending] = field(default_factory=dict)

    @property
    def value(self) -> str:
        """As in `Fact.value`."""
        return f"{NOT}{self.claim.value}".strip() if self.claim.denies else self.claim.value


def value_terms(value: str) -> frozenset[int]:
    """What two wordings of a value are compared by: their stems, or the words themselves where these have none."""
    return frozenset(search_terms(value).tolist()) or frozenset({zlib.crc32(value.lower().strip().encode())})


_WITHIN = re.compile(r"\s+(?:of|from|in|at|with|for|to|called|named|on|by|over|since|every|each|because)\s")


def thread_of(subject: str, name: str, value: str) -> Thread:
    """The thread that a claim or fact belongs to."""
    kind = attribute(name)
    group = min(name, kind.opposite) if kind.opposite else name
    if kind.holds in (Holds.ONE, Holds.FIXED):
        return subject, group, 0
    value = value.removeprefix(NOT)
    if kind.holds is Holds.ONCE or not name:
        return subject, group, zlib.crc32(",".join(map(str, sorted(value_terms(value)))).encode())
    animal = species(value) if name == "pet" else ""
    head = search_terms(animal or _WITHIN.split(value)[0]).tolist() or sorted(value_terms(value))
    return subject, group, int(head[-1])


def key_of(claim: Claim) -> int:
    """A claim as a number that says nothing by itself: for what must not come back, and what a correction covers."""
    words = ",".join(map(str, sorted(value_terms(claim.value))))
    return zlib.crc32(f"{claim.subject}\0{claim.attribute}\0{words}\0{claim.denies}".encode())


def facts_of(stated: Iterable[Stated]) -> list[Draft]:
    """The facts that all these claims make."""
    threads: dict[Thread, list[Stated]] = defaultdict(list)
    for each in stated:
        threads[thread_of(each.claim.subject, each.claim.attribute, each.claim.value)].append(each)
    drafts = [draft for each in threads.values() for draft in relate(each)]
    endings: dict[str, list[Ending]] = defaultdict(list)
    for draft in drafts:
        endings[draft.claim.subject].extend(draft.ends.values())
    for draft in drafts:
        end(draft, endings[draft.claim.subject])
    return drafts


def end(draft: Draft, endings: Iterable[Ending]) -> None:
    """Supersede a fact that speaks of what was later said to be over; `endings` are those of its subject."""
    if draft.standing is Standing.SUPERSEDED or draft.claim.denies or _lasts(draft.claim):
        return
    terms: frozenset[int] | None = None
    for ending in endings:
        if ending.said <= draft.last:
            continue
        terms = terms if terms is not None else draft.terms.union(search_terms(draft.claim.text).tolist())
        if ending.terms <= terms:
            draft.standing, draft.until = Standing.SUPERSEDED, ending.said
            return


def _lasts(claim: Claim) -> bool:
    """Whether a claim stays true whatever ends: what happened has happened, unless it was done for the future."""
    if claim.attribute == "event":
        return claim.value.split(" ", 1)[0].lower() not in FOR_THE_FUTURE
    return attribute(claim.attribute).holds is Holds.FIXED


def relate(stated: Iterable[Stated]) -> list[Draft]:
    """The facts that the claims of one thread make, in the order in which they were first said."""
    drafts: list[Draft] = []
    for each in sorted(stated, key=lambda s: (s.said, s.place, s.sources)):
        _take_in(drafts, each)
    return drafts


def _take_in(drafts: list[Draft], stated: Stated) -> None:
    claim, kind = stated.claim, attribute(stated.claim.attribute)
    terms = value_terms(claim.value)
    alike = [d for d in drafts if d.claim.attribute == claim.attribute and d.claim.denies == claim.denies]
    alike = [d for d in alike if _equivalent(kind, d, claim, terms)]
    standing = [d for d in alike if d.standing is not Standing.SUPERSEDED]
    if claim.past:
        _take_in_past(drafts, standing or alike, stated, terms)
        return
    if standing:
        draft = standing[-1]
        _merge(draft, stated, terms)
    else:
        draft = _draft(stated, terms)
        drafts.append(draft)
    rivals = [
        d for d in drafts if d is not draft and d.standing is not Standing.SUPERSEDED and _excludes(kind, draft, d)
    ]
    for rival in rivals:
        if _is_newer(kind, stated, rival):
            _supersede(rival, draft, stated)
        else:
            rival.standing = draft.standing = Standing.DISPUTED
    if draft.standing is Standing.DISPUTED and all(r.standing is Standing.SUPERSEDED for r in rivals):
        draft.standing = Standing.CURRENT


def _take_in_past(drafts: list[Draft], alike: Sequence[Draft], stated: Stated, terms: frozenset[int]) -> None:
    """Something that held once: it ends what is thought to hold still, or stands as a fact that is over."""
    if alike:
        draft = alike[-1]
        _merge(draft, stated, terms)
    else:
        draft = _draft(stated, terms)
        draft.since = stated.claim.since
        drafts.append(draft)
    if draft.standing is not Standing.SUPERSEDED:
        draft.standing = Standing.SUPERSEDED
        draft.until = stated.claim.until or stated.said


def _equivalent(kind: Attribute, draft: Draft, claim: Claim, terms: frozenset[int]) -> bool:
    if draft.terms == terms:
        return kind.holds is not Holds.ONCE or _same_day(draft, claim)
    if kind.holds is Holds.ONCE or not kind.name or (claim.changes and kind.holds is Holds.ONE):
        return False
    return draft.terms <= terms or terms <= draft.terms


def _same_day(draft: Draft, claim: Claim) -> bool:
    return claim.since is None or draft.claim.since is None or claim.since == draft.claim.since


def _excludes(kind: Attribute, draft: Draft, other: Draft) -> bool:
    """Whether two drafts of a thread cannot both hold."""
    a, b = draft.claim, other.claim
    overlap = draft.terms <= other.terms or other.terms <= draft.terms
    if a.attribute != b.attribute:
        return a.attribute == attribute(b.attribute).opposite and overlap and a.denies == b.denies
    if a.denies != b.denies:
        return overlap or not a.value or not b.value
    return not a.denies and kind.holds in (Holds.ONE, Holds.FIXED) and draft.terms != other.terms


def _is_newer(kind: Attribute, stated: Stated, rival: Draft) -> bool:
    if stated.claim.changes:
        return True
    if kind.holds is Holds.FIXED or stated.speaker not in rival.speakers:
        return False
    return stated.said - rival.last > NEARLY_AT_ONCE


def _supersede(old: Draft, new: Draft, stated: Stated) -> None:
    start = stated.claim.since or stated.said
    began = old.since or old.last
    old.standing = Standing.SUPERSEDED
    old.until = start if start > began else stated.said
    old.successor = new


def _draft(stated: Stated, terms: frozenset[int]) -> Draft:
    claim = stated.claim
    return Draft(
        claim=claim,
        terms=terms,
        sources=list(stated.sources),
        conversation=stated.conversation,
        speakers={stated.speaker},
        since=claim.since or stated.said,
        until=claim.until,
        last=stated.last,
        correction=stated.correction,
        ends=_endings(stated),
    )


def _endings(stated: Stated) -> dict[str, Ending]:
    return {what: Ending(what, value_terms(what), stated.said) for what in stated.claim.ends}


def _merge(draft: Draft, stated: Stated, terms: frozenset[int]) -> None:
    claim = stated.claim
    draft.sources.extend(source for source in stated.sources if source not in draft.sources)
    draft.speakers.add(stated.speaker)
    draft.last = max(draft.last, stated.last)
    draft.ends.update(_endings(stated))
    if claim.since is not None:
        draft.since = min(claim.since, draft.since or claim.since)
    if stated.correction is not None:
        draft.correction = stated.correction
    if draft.correction is not None:
        if stated.correction is not None:
            draft.claim, draft.terms = claim, terms
        return
    if len(terms) < len(draft.terms):
        return
    richer = len(search_terms(claim.text)) >= len(search_terms(draft.claim.text)) and not claim.past
    draft.claim = replace(
        draft.claim,
        value=claim.value,
        text=claim.text if richer else draft.claim.text,
        since=draft.claim.since or claim.since,
    )
    draft.terms = terms
