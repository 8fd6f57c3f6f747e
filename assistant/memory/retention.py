"""Retention rules: how long memories are kept before they are forgotten for good, for each space or for all.

Says what is due and why; forgetting it is the memory's verb. Nothing here acts by itself, and nothing is due that is
pinned or that something pinned was made from. Semantic forgetting (fading) is another thing: it only hides.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from assistant.errors import InputError
from assistant.memory.branches import lines
from assistant.memory.episodes import terms_of
from assistant.memory.forgetting.echoes import echoes, episodes_among, lost_terms
from assistant.memory.indexed_store import IndexedStore
from assistant.memory.spaces import space_of
from assistant.store.records import Aside, Conversation, Episode, Fact, RecordId, RetentionRule, State, Usage
from assistant.store.store import Store

MOST_DAYS = 36_500


@dataclass(frozen=True)
class Due:
    """What the rules would forget now.

    Attributes:
        episodes: The episodes, oldest first.
        echoes: How many answers of Hippo's that repeat them would go with them.
        spared: How many would be due, but are pinned or were the source of something pinned.
        spaces: How many of the episodes are in each space.
    """

    episodes: tuple[Episode, ...] = ()
    echoes: int = 0
    spared: int = 0
    spaces: tuple[tuple[str, int], ...] = ()

    @property
    def ids(self) -> tuple[RecordId, ...]:
        """Ids of the episodes."""
        return tuple(episode.id for episode in self.episodes)


def put(indexed: IndexedStore, rule: RetentionRule) -> None:
    """See `Memory.set_retention`."""
    rule = checked(rule)
    old = {known.id for known in rules(indexed.store) if known.space == rule.space}
    if rule.space is None and rule.keep == "forever":  # as without any
        indexed.commit(remove=sorted(old))
    else:
        indexed.commit([rule], remove=sorted(old - {rule.id}))


def drop(indexed: IndexedStore, space: str | None) -> None:
    """See `Memory.drop_retention`."""
    indexed.commit(remove=[known.id for known in rules(indexed.store) if known.space == space])


def checked(rule: RetentionRule) -> RetentionRule:
    """The rule as it is kept.

    Raises:
        InputError: It names no number of days that makes sense.
    """
    if rule.keep == "days" and not 1 <= rule.days <= MOST_DAYS:
        raise InputError(f"A number of days is from 1 to {MOST_DAYS:,}.")
    return rule if rule.keep == "days" else RetentionRule(id=rule.id, space=rule.space, keep=rule.keep)


def rules(store: Store) -> list[RetentionRule]:
    """The rules, the one for all first, then by the names of the spaces."""
    return sorted(store.all(RetentionRule), key=lambda rule: (rule.space is not None, rule.space or ""))


def rule_for(known: Iterable[RetentionRule], space: str) -> RetentionRule | None:
    """The rule that holds in a space, or None: kept for ever."""
    by_space = {rule.space: rule for rule in known}
    return by_space.get(space, by_space.get(None))


def due(store: Store, *, now: datetime, hidden: Collection[RecordId] = ()) -> Due:
    """What the rules would forget now. Reads only.

    A message goes as a whole or, where a part of it is spared, stays as a whole; of faded messages, only the parts
    that have faded go.

    Args:
        store: Read only.
        now: The age of what was said counts to here.
        hidden: Ids of what waits to be purged already.
    """
    known = rules(store)
    if all(rule.keep == "forever" for rule in known):
        return Due()
    candidates = _candidates(store, known, now, hidden)
    if not candidates:
        return Due()
    pinned = {e.id for e in _everything_said(store) if e.state is State.PINNED}
    facts = (fact for fact in store.all(Fact, vectors=False) if fact.state is State.PINNED)
    pinned |= {source for fact in facts for source in fact.sources}
    kept_messages = {e.message for e in episodes_among(store, pinned)}
    chosen = {i: e for i, e in candidates.items() if e.message not in kept_messages}
    gone = _spare_what_pins_repeat(store, chosen, pinned)
    listed = sorted(chosen.values(), key=lambda e: (e.time, e.position, e.part))
    spaces = Counter(space_of(store, e.conversation) for e in listed)
    return Due(
        episodes=tuple(listed),
        echoes=len(gone - chosen.keys()),
        spared=len(candidates) - len(listed),
        spaces=tuple(sorted(spaces.items())),
    )


def _everything_said(store: Store) -> Iterator[Episode]:
    """All episodes, those on branches that are not shown included."""
    yield from store.all(Episode, vectors=False)
    yield from (aside.episode for aside in store.all(Aside))


def _candidates(
    store: Store, known: list[RetentionRule], now: datetime, hidden: Collection[RecordId]
) -> dict[RecordId, Episode]:
    by_chat = {chat.id: rule_for(known, chat.space) for chat in store.all(Conversation)}
    everywhere = rule_for(known, "")
    found = {}
    for episode in _everything_said(store):
        rule = by_chat.get(episode.conversation, everywhere)
        if rule is None or episode.id in hidden:
            continue
        if rule.keep == "until-faded":
            wanted = episode.state is State.FADED
        else:
            wanted = rule.keep == "days" and episode.time < now - timedelta(days=rule.days)
        if wanted:
            found[episode.id] = episode
    return found


def _spare_what_pins_repeat(
    store: Store, chosen: dict[RecordId, Episode], pinned: Collection[RecordId]
) -> set[RecordId]:
    """Take out of `chosen` what would pull a pinned answer along as its echo. Returns what then goes, echoes too."""
    while True:
        gone = echoes(store, lost_terms(chosen.values())) | chosen.keys()
        pulled = episodes_among(store, gone & set(pinned))
        if not pulled:
            return gone
        spared: set[RecordId] = set()
        waiting, seen = list(pulled), {e.id for e in pulled}
        while waiting:
            answer = waiting.pop()
            for told in _before(store, answer):
                if told in gone and told not in seen and _share_terms(store, told, answer):
                    seen.add(told)
                    spared.add(told)
                    if told not in chosen:
                        waiting.extend(episodes_among(store, [told]))
        if not spared & chosen.keys():  # nothing tells why it would go: rather keep too much
            spared = set(chosen)
        for told in spared:
            chosen.pop(told, None)


def _before(store: Store, answer: Episode) -> set[RecordId]:
    """What an answer had seen: what came before it in its conversation, and the memories that it used."""
    seen = {
        e.id
        for line in lines(store, answer.conversation)
        if any(e.id == answer.id for e in line)
        for e in line
        if (e.position, e.part) < (answer.position, answer.part)
    }
    for usage in [*store.all(Usage), *(aside.usage for aside in store.all(Aside) if aside.usage is not None)]:
        if usage.answer == answer.message:
            for used in usage.used:
                record = store.get(used.record, vectors=False)
                seen.update(record.sources if isinstance(record, Fact) else (used.record,))
    return seen


def _share_terms(store: Store, told: RecordId, answer: Episode) -> bool:
    return any(lost_terms([episode])[told] & terms_of(answer) for episode in episodes_among(store, [told]))
