"""The branches of a chat: which way it goes as it is shown, and where else it went. Reads only.

Editing a message, or having an answer written anew, begins a branch: another way from there on. What is shown is one
line of episodes; the messages of the other branches are put aside (`Aside`), each under its own id.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from assistant.store.records import Aside, Branch, Conversation, Episode, Record, RecordId, State
from assistant.store.store import Store


@dataclass(frozen=True)
class Segment:
    """A stretch of a line: the messages of one branch from position `first` up to, and without, `end`."""

    branch: RecordId
    first: int
    end: int | None = None

    def holds(self, episode: Episode) -> bool:
        """Whether an episode belongs to it."""
        return (
            episode.branch == self.branch
            and episode.position >= self.first
            and (self.end is None or episode.position < self.end)
        )


@dataclass(frozen=True)
class Versions:
    """The ways to go on from one place of a chat.

    Attributes:
        message: Id of the first shown message from there on: the place to choose at.
        fork: The branch and the position from which they leave.
        branches: The branches that go on from there, in the order in which they were begun.
        shown: Which of them is shown, from 0.
    """

    message: RecordId
    fork: tuple[RecordId, int]
    branches: tuple[RecordId, ...]
    shown: int


def segments(chat: Conversation) -> tuple[Segment, ...]:
    """The line that is to be shown, from its beginning."""
    found: list[Segment] = []
    branch, first = "", 0
    while True:
        ways = [b for b in chat.branches if b.parent == branch and b.id in chat.chosen and b.first >= first]
        following = min(ways, key=lambda b: b.first, default=None)
        if following is None:
            return (*found, Segment(branch, first))
        if following.first > first:
            found.append(Segment(branch, first, following.first))
        branch, first = following.id, following.first


def fork_at(chat: Conversation, position: int) -> tuple[RecordId, int]:
    """The branch and the position from which a new version of the message at a position of the shown line leaves."""
    at = next(s for s in segments(chat) if s.end is None or position < s.end)
    begun = {branch.id: branch for branch in chat.branches}.get(at.branch)
    return (begun.parent, position) if begun is not None and begun.first == position else (at.branch, position)


def choose(chat: Conversation, fork: tuple[RecordId, int], branch: RecordId) -> Conversation:
    """The chat as it is to be shown when it goes this way from a fork (its parent: as before the fork)."""
    kept = tuple(i for i in chat.chosen if i not in ways_from(chat, fork)[1:])
    return replace(chat, chosen=kept if branch == fork[0] else (*kept, branch))


def leading_to(chat: Conversation, episode: Episode) -> Conversation:
    """The chat as it is to be shown so that an episode of it is seen."""
    begun = {branch.id: branch for branch in chat.branches}
    branch, end = episode.branch, episode.position + 1
    while True:
        for other in chat.branches:
            if other.parent == branch and other.first < end and other.id in chat.chosen:
                chat = choose(chat, (branch, other.first), branch)
        own = begun.get(branch)
        if own is None:
            return chat
        chat = choose(chat, (own.parent, own.first), own.id)
        branch, end = own.parent, own.first


def begin(chat: Conversation, position: int, branch: RecordId) -> Conversation:
    """The chat with a new branch that stands instead of the shown line from a position on, and is shown."""
    parent, first = fork_at(chat, position)
    begun = replace(chat, branches=(*chat.branches, Branch(id=branch, first=first, parent=parent)))
    return choose(begun, (parent, first), branch)


def versions(chat: Conversation, shown: Sequence[Episode], aside: Sequence[Episode]) -> list[Versions]:
    """Where a chat can go another way.

    Args:
        chat: The chat.
        shown: Its episodes in order, as far as they may be seen.
        aside: Those that are put aside, as far as they may be seen.
    """
    reach: dict[RecordId, int] = {}
    for episode in [*shown, *aside]:
        reach[episode.branch] = max(reach.get(episode.branch, -1), episode.position)
    found: dict[RecordId, Versions] = {}
    for fork, way in forks(chat).items():
        ways = [other for other in ways_from(chat, fork) if reach.get(other, -1) >= fork[1]]
        message = next((e.message for e in shown if e.position >= fork[1]), None)
        if way in ways and message is not None and len(ways) > 1:
            found[message] = Versions(message, fork, tuple(ways), ways.index(way))
    return list(found.values())


def ways_from(chat: Conversation, fork: tuple[RecordId, int]) -> tuple[RecordId, ...]:
    """The branches that go on from a fork: its parent, then those that leave it there."""
    return (fork[0], *(b.id for b in chat.branches if (b.parent, b.first) == fork))


def forks(chat: Conversation) -> dict[tuple[RecordId, int], RecordId]:
    """The forks that the shown line comes by, and the way that it takes at each."""
    line = segments(chat)
    found: dict[tuple[RecordId, int], RecordId] = {}
    for fork in dict.fromkeys((b.parent, b.first) for b in chat.branches):
        ways = ways_from(chat, fork)
        way = next((s.branch for s in line if s.branch in ways and (s.end is None or s.end > fork[1])), None)
        if way is not None:
            found[fork] = way
    return found


def spoken(record: Record | None) -> Episode | None:
    """The episode that a record is, or holds aside; None for others."""
    return record if isinstance(record, Episode) else record.episode if isinstance(record, Aside) else None


def aside_in(store: Store, conversation: RecordId) -> list[Episode]:
    """The episodes of a chat that are put aside, by (position, part)."""
    if not store.count(Aside):
        return []
    found = [aside.episode for aside in store.all(Aside) if aside.episode.conversation == conversation]
    return sorted(found, key=lambda e: (e.position, e.part))


def listed(aside: Aside) -> Episode:
    """An episode that is put aside, as the inspector lists it."""
    return replace(aside.episode, state=State.ASIDE, vectors=b"")


def lines(store: Store, conversation: RecordId) -> Iterator[list[Episode]]:
    """Every way that a chat went, from its beginning to its end; the shown one first. Without vectors."""
    shown, aside = store.episodes_of(conversation, vectors=False), aside_in(store, conversation)
    yield shown
    if not aside:
        return
    chat = store.get(conversation)
    begun = {branch.id: branch for branch in chat.branches} if isinstance(chat, Conversation) else {}
    said = sorted([*shown, *aside], key=lambda e: (e.position, e.part))
    for end in dict.fromkeys(episode.branch for episode in aside):
        line, branch, before = [Segment(end, 0)], begun.get(end), len(begun)
        while branch is not None and before:
            line[-1] = Segment(branch.id, branch.first, line[-1].end)
            line.append(Segment(branch.parent, 0, branch.first))
            branch, before = begun.get(branch.parent), before - 1
        yield [episode for episode in said if any(segment.holds(episode) for segment in line)]


def other_wordings(store: Store, ids: Collection[RecordId]) -> set[RecordId]:
    """What goes with a shown message of the user that is forgotten: its other wordings, as its history does.

    Answers to them, and what was said after them, stay; so do other answers to the same question.

    Args:
        store: Read only.
        ids: What is to be forgotten.
    """
    if not store.count(Aside):
        return set()
    found: set[RecordId] = set()
    asked = [e for i in ids if isinstance(e := store.get(i, vectors=False), Episode) and e.told]
    for episode in asked:
        chat = store.get(episode.conversation)
        if not isinstance(chat, Conversation) or not chat.branches:
            continue
        ways = ways_from(chat, fork_at(chat, episode.position))
        if len(ways) > 1:
            found.update(
                other.id
                for other in aside_in(store, chat.id)
                if other.position == episode.position and other.branch in ways and other.role == episode.role
            )
    return found
