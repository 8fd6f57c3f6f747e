"""Compact memory, level 2: a summary for each 100 turns of a conversation, and one of the user as a whole in a space.

They are chosen from the words of their own sources, not from other summaries' errors, and name these sources line by
line, so that they can expand back to them. Plans and reads; `consolidation` says when, `Memory` carries it out.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from assistant.memory.compact.lines import Line, Lines, lines_of, with_lines, without
from assistant.memory.compact.running import SUMMARY_TOKENS, best_lines, lines_said
from assistant.memory.compact.supersession import Claim, supersedes
from assistant.store.records import Conversation, Episode, Fact, Record, RecordId, Standing, State, Summary, new_id
from assistant.store.store import Store

STRETCH = 200
"""Messages that one summary of level 2 covers: 100 turns."""

STRETCH_TOKENS = 120
USER_TOKENS = 120

_PARTS = 200
"""Of the lines of so many summaries, the newest, that of the user is chosen (and of the lines that it has)."""


@dataclass(frozen=True)
class Compact:
    """The compact memory that a turn may use. What is being forgotten is left out.

    Attributes:
        running: Level 1: the running summary of the conversation.
        stretches: Level 2: one for each 100 turns of the conversation, oldest first.
        user: Of the user as a whole, in the conversation's space.
    """

    running: Summary | None = None
    stretches: tuple[Summary, ...] = ()
    user: Summary | None = None


class Summaries:
    """All summaries by what they sum up, kept up with the commits: no call walks over all records."""

    def __init__(self, store: Store) -> None:
        self._by_id: dict[RecordId, Summary] = {}
        self._of: dict[tuple[RecordId, str], dict[RecordId, Summary]] = {}
        self.update(store.all(Summary, vectors=False))

    def update(self, records: Iterable[Record]) -> None:
        """Take over new and changed summaries; other records do not matter."""
        for record in records:
            if isinstance(record, Summary):
                self.remove([record.id])
                self._by_id[record.id] = record
                self._of.setdefault(_scope(record), {})[record.id] = record

    def remove(self, ids: Iterable[RecordId]) -> None:
        """Let go of what was removed."""
        for i in ids:
            summary = self._by_id.pop(i, None)
            if summary is not None:
                members = self._of[_scope(summary)]
                del members[i]
                if not members:
                    del self._of[_scope(summary)]

    def all(self) -> Iterable[Summary]:
        """Every summary."""
        return self._by_id.values()

    def spaces(self) -> list[str]:
        """The spaces that have a summary of the user."""
        return [space for conversation, space in self._of if not conversation]

    def running(self, conversation: RecordId) -> Summary | None:
        """The running summary of a conversation."""
        return next((s for s in self._of.get((conversation, ""), {}).values() if s.level == 1), None)

    def stretches(self, conversation: RecordId) -> list[Summary]:
        """The summaries of level 2 of a conversation, oldest first."""
        found = [s for s in self._of.get((conversation, ""), {}).values() if s.level > 1]
        return sorted(found, key=lambda s: s.first)

    def around(self, conversation: RecordId, space: str) -> list[Summary]:
        """All summaries of a conversation, and that of the user in a space."""
        user = self.user(space)
        return [*self._of.get((conversation, ""), {}).values(), *([user] if user is not None else [])]

    def user(self, space: str) -> Summary | None:
        """The summary of the user as a whole in a space."""
        return next(iter(self._of.get(("", space), {}).values()), None)


def _scope(summary: Summary) -> tuple[RecordId, str]:
    return summary.conversation, "" if summary.conversation else summary.space


def space_of(store: Store, conversation: RecordId) -> str:
    """The space of a conversation."""
    record = store.get(conversation)
    return record.space if isinstance(record, Conversation) else ""


@dataclass(frozen=True)
class Material:
    """What summaries are made from.

    Attributes:
        store: Gives the sources. Read only, as it is before a change.
        count_tokens: Counts the tokens of a text.
        now: Time of the summaries that are made.
        gone: Sources that go.
        edited: Sources that get other words, as they will be.
        outdated: For sources of facts that hold no longer, the values that must not be told any more, in lower case.
    """

    store: Store
    count_tokens: Callable[[str], int]
    now: datetime
    gone: Collection[RecordId] = frozenset()
    edited: Mapping[RecordId, Episode] = field(default_factory=dict)
    outdated: Mapping[RecordId, Collection[str]] = field(default_factory=dict)

    def source(self, i: RecordId) -> Episode | None:
        """A source as it will be, or None if it goes."""
        record = None if i in self.gone else self.edited.get(i) or self.store.get(i, vectors=False)
        return record if isinstance(record, Episode) else None

    def said(self, conversation: RecordId, first: int = 0, messages: int | None = None) -> list[Episode]:
        """What people (not the assistant) said in a conversation, or in a stretch of so many messages, in order."""
        end = None if messages is None else first + messages
        return [
            self.edited.get(e.id, e)
            for e in self.store.episodes_of(conversation, vectors=False)
            if e.role != "assistant" and e.id not in self.gone and e.position >= first and (not end or e.position < end)
        ]

    def still_holds(self, line: Line) -> bool:
        """Whether a line tells no value that a newer one superseded."""
        values = [value for i in line.sources for value in self.outdated.get(i, ())]
        return line.held or not any(re.search(rf"(?<!\w){re.escape(v)}(?!\w)", line.text.lower()) for v in values)


def outdated_values(store: Store) -> dict[RecordId, set[str]]:
    """`Material.outdated` by the facts that the store holds."""
    facts = store.all(Fact, vectors=False)
    current = {(fact.subject, fact.value.lower()) for fact in facts if fact.standing is not Standing.SUPERSEDED}
    found: dict[RecordId, set[str]] = {}
    for fact in facts:
        value = fact.value.lower()
        if fact.standing is Standing.SUPERSEDED and value and (fact.subject, value) not in current:
            for source in fact.sources:
                found.setdefault(source, set()).add(value)
    return found


def running_anew(material: Material, summary: Summary, own: Lines, around: Iterable[Summary]) -> Summary | None:
    """The running summary, chosen anew from its whole conversation.

    Args:
        material: What it is made from.
        summary: As it is.
        own: What is left of its lines.
        around: The other summaries of the conversation and of the user, whose corrections hold here too.
    """
    settled = own.settled.union(*(lines_of(part).settled for part in around))
    known = {line.text for line in own.lines}
    fresh = [line for line in lines_said(material.said(summary.conversation)) if line.text not in known]
    lines = [line for line in [*own.lines, *fresh] if line in own.lines or not settled.intersection(line.sources)]
    kept = best_lines([line for line in lines if material.still_holds(line)], SUMMARY_TOKENS, material.count_tokens)
    return with_lines(summary, Lines(tuple(kept), own.dismissed), material.now)


def stretch_anew(
    material: Material,
    conversation: RecordId,
    first: int,
    summary: Summary | None,
    own: Lines,
    around: Iterable[Summary],
) -> Summary | None:
    """The summary of level 2 of a stretch, or None when nothing worth keeping was said in it.

    Args:
        material: What it is made from.
        conversation: The conversation.
        first: Position of the stretch's first message.
        summary: An earlier one.
        own: What is left of its lines: what the user wrote into it stays.
        around: The other summaries of the conversation and that of the user: the running one's lines are preferred,
            what another stretch tells is not told again, and what the user corrected holds here too.
    """
    said = material.said(conversation, first, STRETCH)
    members = {episode.id for episode in said}
    lines = [line for line in own.lines if line.held]
    known = {line.text for line in lines}
    settled, preferred, told = own.settled, set[str](), set[str]()
    for part in around:
        above = lines_of(part)
        settled |= above.settled
        if part.level == 1:
            preferred.update(line.text for line in above.lines)
        elif part.conversation:
            told.update(line.text for line in above.lines)
        if part.level == 1:
            lines += [x for x in above.lines if x.held and x.text not in known and members.intersection(x.sources)]
    lines += [x for x in lines_said(said) if x.text not in told and not settled.intersection(x.sources)]
    lines = [line for line in lines if material.still_holds(line)]
    kept = best_lines(lines, STRETCH_TOKENS, material.count_tokens, preferred=preferred)
    if not kept:
        return None
    if summary is None:
        summary = Summary(
            id=new_id(), conversation=conversation, text="", time=material.now, sources=(), level=2, first=first
        )
    return with_lines(summary, Lines(tuple(kept), own.dismissed), material.now)


def user_anew(
    material: Material, space: str, summary: Summary | None, own: Lines, parts: Iterable[Summary]
) -> Summary | None:
    """The summary of the user as a whole, or None when there is nothing to say.

    Made from lines that come from the user's own words; the newer one on a matter wins.

    Args:
        material: What it is made from.
        space: The space; sources from another one are left out.
        summary: An earlier one.
        own: What is left of its lines: what the user wrote into it stays, and the others are candidates.
        parts: Summaries of conversations in the space, as they are to be.
    """
    recent = sorted(parts, key=lambda part: part.time)[-_PARTS:]
    settled = own.settled.union(*(lines_of(part).settled for part in recent))
    times: dict[Line, datetime] = {}
    for line in own.lines:
        if not line.held and not settled.intersection(line.sources):
            _note_time(material, space, line, times)
    for part in recent:
        for line in lines_of(part).lines:
            if line.held or not settled.intersection(line.sources):
                _note_time(material, space, Line(line.text, line.sources), times)
    held = [line for line in own.lines if line.held]
    known = {line.text for line in held}
    told = [x for x in sorted(times, key=lambda x: times[x]) if x.text not in known and material.still_holds(x)]
    kept = best_lines([*held, *told], USER_TOKENS, material.count_tokens)
    if not kept:
        return None
    if summary is None:
        summary = Summary(id=new_id(), conversation="", text="", time=material.now, sources=(), level=2, space=space)
    return with_lines(summary, Lines(tuple(kept), own.dismissed), material.now)


def _note_time(material: Material, space: str, line: Line, times: dict[Line, datetime]) -> None:
    """When a line was last said, if all its sources are there, in the space, and the user's own words."""
    said = [material.source(i) for i in line.sources]
    theirs = [
        e for e in said if e is not None and e.role == "user" and space_of(material.store, e.conversation) == space
    ]
    if theirs and len(theirs) == len(said):
        times[line] = max(e.time for e in theirs)


def without_superseded(material: Material, summary: Summary, newer: Sequence[tuple[Claim, Episode]]) -> Lines:
    """The lines of a summary but for those of which newer sentences take the place; the user's own stay.

    Args:
        material: Gives the sources.
        summary: Of any level.
        newer: Sentences that may supersede, each with the episode that it is from.
    """
    own = lines_of(summary)
    left: list[Line] = []
    for line in own.lines:
        said = [source.time for i in line.sources if (source := material.source(i)) is not None]
        claim = Claim.of(line.text)
        if line.held or not any(
            all(time < episode.time for time in said) and episode.id not in line.sources and supersedes(each, claim)
            for each, episode in newer
        ):
            left.append(line)
    return Lines(tuple(left), own.dismissed)


def summaries_anew(
    material: Material, summaries: Iterable[Summary], leave: Collection[RecordId] = ()
) -> tuple[list[Summary], list[RecordId]]:
    """What becomes of all summaries when sources go or get other words: those that change, and ids of those that end.

    From the bottom up: the running ones, then level 2, then the user as a whole, each from the others as they will be.

    Args:
        material: What goes and what is edited.
        summaries: All there are.
        leave: Ids of summaries that are not to be touched.
    """
    after = {summary.id: summary for summary in summaries if summary.id not in leave}
    touched = set(material.gone).union(material.edited)
    changed: list[Summary] = []
    ended: list[RecordId] = []
    for summary in sorted(after.values(), key=lambda s: (not s.conversation, s.level)):
        if not touched.intersection(summary.sources):
            continue
        own = without(lines_of(summary), material.gone, material.edited)
        anew = _anew(material, summary, own, [s for s in after.values() if s.id != summary.id])
        if anew is None:
            ended.append(summary.id)
            del after[summary.id]
        elif anew is not summary:
            changed.append(anew)
            after[summary.id] = anew
    return changed, ended


def _anew(material: Material, summary: Summary, own: Lines, others: Sequence[Summary]) -> Summary | None:
    space = space_of(material.store, summary.conversation) if summary.conversation else summary.space
    if not summary.conversation:
        parts = [s for s in others if s.conversation and space_of(material.store, s.conversation) == space]
        return user_anew(material, space, summary, own, parts)
    around = [s for s in others if s.conversation == summary.conversation or (not s.conversation and s.space == space)]
    if summary.level > 1:
        return stretch_anew(material, summary.conversation, summary.first, summary, own, around)
    return running_anew(material, summary, own, around)


def after_correction(
    corrected: Summary, summaries: Iterable[Summary], now: datetime
) -> tuple[list[Summary], list[RecordId]]:
    """The other summaries without what a correction took out or put in other words: those that change, those that
    end."""
    settled = lines_of(corrected).settled
    changed: list[Summary] = []
    ended: list[RecordId] = []
    for summary in summaries:
        if summary.id == corrected.id or settled.isdisjoint(summary.sources):
            continue
        own = lines_of(summary)
        left = tuple(line for line in own.lines if line.held or settled.isdisjoint(line.sources))
        anew = with_lines(summary, Lines(left, own.dismissed), now)
        if anew is None:
            ended.append(summary.id)
        elif anew is not summary:
            changed.append(anew)
    return changed, ended


def expand(store: Store, summary: Summary, room: int, count_tokens: Callable[[str], int]) -> list[Episode]:
    """The source episodes of a summary as far as their words fit, in the order in which they were said.

    Sources of which the summary holds every word already add nothing and are left out, and so is what has faded.
    The lines that tell most come first when there is not room for all.

    Args:
        store: Read only.
        summary: Of any level.
        room: Tokens that the episodes' texts may have together.
        count_tokens: Counts the tokens of a text.
    """
    chosen: dict[RecordId, Episode] = {}
    for line in sorted(lines_of(summary).lines, key=lambda line: (not line.held, -len(line.text))):
        for source in line.sources:
            episode = store.get(source, vectors=False)
            if source in chosen or not isinstance(episode, Episode) or episode.state is State.FADED:
                continue
            if line.text.rstrip(".").endswith(" ".join(episode.text.split()).rstrip(".")):
                continue
            cost = count_tokens(episode.text)
            if cost <= room:
                chosen[source] = episode
                room -= cost
    return sorted(chosen.values(), key=lambda e: (e.time, e.position, e.part))
