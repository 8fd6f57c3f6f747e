"""Facts of a store, kept equal to what its episodes and the user's corrections say.

Facts are a function of the episodes: what changes is worked out by drawing the claims of the threads concerned anew
from their sources and relating them again. So an update and a rebuilding from scratch come to the same, and what is
forgotten cannot stay behind. Plans changes; `assistant.memory.memory` carries them out.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from assistant.store.records import Conversation, Episode, Fact, RecordId, State, new_id
from assistant.store.store import Store
from assistant.store.terms import search_terms

from .extract import Claim, claims, claims_of
from .relate import NOT, Draft, Stated, Thread, key_of, relate, thread_of, value_terms

_Key = tuple[str, Thread]
"""A space and a thread: facts relate within one space only."""


@dataclass(frozen=True)
class Change:
    """What becomes of facts.

    Attributes:
        facts: New ones and changed ones. Those with other words than before have no vectors yet.
        gone: Ids of facts that nothing bears any more.
    """

    facts: tuple[Fact, ...] = ()
    gone: tuple[RecordId, ...] = ()


class Threads:
    """Which facts of a store belong to a thread, and which stand on an episode. Kept up with each commit."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._keys: dict[RecordId, _Key] = {}
        self._of_key: dict[_Key, dict[RecordId, None]] = {}
        self._of_source: dict[RecordId, dict[RecordId, None]] = {}
        self._sources: dict[RecordId, tuple[RecordId, ...]] = {}
        for fact in store.all(Fact, vectors=False):
            self.put(fact)

    def put(self, fact: Fact) -> None:
        """Take in a fact that was stored or changed."""
        self.drop(fact.id)
        key = (space_of(self._store, fact.conversation), thread_of(fact.subject, fact.attribute, fact.value))
        self._keys[fact.id], self._sources[fact.id] = key, fact.sources
        self._of_key.setdefault(key, {})[fact.id] = None
        for source in fact.sources:
            self._of_source.setdefault(source, {})[fact.id] = None

    def drop(self, fact: RecordId) -> None:
        """Let go of a fact; harmless if it is not known."""
        key = self._keys.pop(fact, None)
        if key is None:
            return
        self._of_key[key].pop(fact)
        if not self._of_key[key]:
            del self._of_key[key]
        for source in self._sources.pop(fact):
            on = self._of_source.get(source, {})
            on.pop(fact, None)
            if not on:
                self._of_source.pop(source, None)

    def of(self, key: _Key) -> list[Fact]:
        """The facts of a thread, in the order in which they were stored."""
        return self._facts(self._of_key.get(key, ()))

    def on(self, source: RecordId) -> list[Fact]:
        """The facts that stand on an episode."""
        return self._facts(self._of_source.get(source, ()))

    def _facts(self, ids: Iterable[RecordId]) -> list[Fact]:
        return [fact for i in ids if isinstance(fact := self._store.get(i, vectors=False), Fact)]


def space_of(store: Store, conversation: RecordId) -> str:
    """The space of a conversation."""
    record = store.get(conversation)
    return record.space if isinstance(record, Conversation) else ""


def update(
    store: Store,
    threads: Threads,
    *,
    added: Sequence[Episode] = (),
    edited: Mapping[RecordId, Episode] | None = None,
    gone: Collection[RecordId] = (),
    refused: Collection[RecordId] = (),
    correction: Fact | None = None,
    spaces: Mapping[RecordId, str] | None = None,
) -> Change:
    """Work out what becomes of the facts.

    Args:
        store: Read only.
        threads: Of this store.
        added: New episodes.
        edited: Episodes that get other words (or refusals), as they will be.
        gone: Ids of episodes that go.
        refused: Ids of facts that the user forgets; `refusing` marks their sources, which come in `edited`.
        correction: A fact as the user has just worded it; see `corrected`.
        spaces: Spaces of conversations that are not stored yet.
    """
    work = _Update(store, threads, added, edited or {}, frozenset(gone), frozenset(refused), correction, spaces or {})
    return work.change()


def refusing(store: Store, facts: Collection[Fact], gone: Collection[RecordId]) -> dict[RecordId, Episode]:
    """The sources of facts that the user forgets, marked so that they never give these facts again.

    The mark is a number in the episode's own sealed record: it holds no words and goes with the episode.
    """
    marked: dict[RecordId, Episode] = {}
    for fact in facts:
        for source in fact.sources:
            episode = marked.get(source) or store.get(source, vectors=False)
            if not isinstance(episode, Episode) or source in gone:
                continue
            thread = thread_of(fact.subject, fact.attribute, fact.value)
            keys = {key_of(c) for c in claims_of(episode) if _gives(c, fact, thread)} | set(fact.covers)
            marked[source] = replace(episode, refused=tuple(sorted(keys.union(episode.refused))))
    return marked


def _gives(claim: Claim, fact: Fact, thread: Thread) -> bool:
    """Whether a claim is one of those that made a fact."""
    if claim.attribute != fact.attribute or claim.denies != fact.value.startswith(NOT):
        return False
    if thread_of(claim.subject, claim.attribute, claim.value) != thread:
        return False
    said, kept = value_terms(claim.value), value_terms(fact.value.removeprefix(NOT))
    return said <= kept or kept <= said


def corrected(fact: Fact, text: str, covers: Collection[int]) -> Fact:
    """A fact in the user's own words; its value is read out of them where that can be done.

    Args:
        fact: As it is.
        text: The user's words.
        covers: Keys of the claims that it came from, which it now stands for.
    """
    read = [c for c in claims(text, "user", fact.time) if c.attribute == fact.attribute]
    same = next((c for c in read if c.subject == fact.subject), None)
    value = same.value if same is not None else text.rstrip(".!")
    value = f"{NOT}{value}".strip() if same is not None and same.denies else value
    return replace(
        fact,
        text=text,
        value=value,
        corrected=True,
        covers=tuple(sorted({*fact.covers, *covers})),
        vectors=b"",
        terms=search_terms(text).tobytes(),
    )


def covered_by(store: Store, fact: Fact) -> set[int]:
    """Keys of the claims of its sources that made a fact."""
    thread = thread_of(fact.subject, fact.attribute, fact.value)
    episodes = (store.get(source, vectors=False) for source in fact.sources)
    return {key_of(c) for e in episodes if isinstance(e, Episode) for c in claims_of(e) if _gives(c, fact, thread)}


class _Update:
    """One call of `update`."""

    def __init__(
        self,
        store: Store,
        threads: Threads,
        added: Sequence[Episode],
        edited: Mapping[RecordId, Episode],
        gone: frozenset[RecordId],
        refused: frozenset[RecordId],
        correction: Fact | None,
        spaces: Mapping[RecordId, str],
    ) -> None:
        self._store, self._threads = store, threads
        self._fresh = {**edited, **{episode.id: episode for episode in added}}
        self._edited, self._gone, self._refused, self._spaces = frozenset(edited), gone, refused, spaces
        self._reworded = frozenset(
            i
            for i, e in edited.items()
            if not isinstance(was := store.get(i, vectors=False), Episode) or was.text != e.text
        )
        self._correction = correction
        self._claims: dict[RecordId, list[tuple[_Key, int, Claim]]] = {}
        self._pool: dict[RecordId, None] = dict.fromkeys(self._fresh)
        self._fallen: set[RecordId] = set()

    def change(self) -> Change:
        facts: list[Fact] = []
        gone: list[RecordId] = []
        for key in self._touched():
            now, left = self._related(key)
            facts.extend(now)
            gone.extend(left)
        gone.extend(i for i in self._fallen if i not in gone)
        kept = {fact.id for fact in facts}
        return self._continued(Change(tuple(facts), tuple(i for i in gone if i not in kept)))

    def _continued(self, change: Change) -> Change:
        """The same, but that a fact whose message got another value goes on under its id, with its state."""
        if not self._reworded:
            return change
        renamed: dict[RecordId, Fact] = {}
        for i in change.gone:
            old = self._store.get(i, vectors=False)
            if (
                not isinstance(old, Fact)
                or old.corrected
                or i in self._refused
                or not self._reworded & set(old.sources)
            ):
                continue
            for fact in change.facts:
                same = (fact.subject, fact.attribute) == (old.subject, old.attribute)
                if (
                    same
                    and fact.id not in renamed
                    and fact.id not in self._store
                    and set(fact.sources) & set(old.sources)
                ):
                    renamed[fact.id] = old
                    break
        facts = tuple(
            replace(
                fact,
                id=renamed[fact.id].id if fact.id in renamed else fact.id,
                state=renamed[fact.id].state if fact.id in renamed else fact.state,
                successor=renamed[fact.successor].id if fact.successor in renamed else fact.successor,
            )
            for fact in change.facts
        )
        taken = {old.id for old in renamed.values()}
        return Change(facts, tuple(i for i in change.gone if i not in taken))

    def _touched(self) -> list[_Key]:
        """The threads that may change, in a fixed order."""
        touched: dict[_Key, None] = {}
        for source in [*self._gone, *self._edited]:
            for fact in self._threads.on(source):
                touched[self._key_of(fact)] = None
                if fact.corrected and source in self._gone:
                    self._fall(fact)
        for i in self._refused:
            forgotten = self._store.get(i, vectors=False)
            if isinstance(forgotten, Fact):
                touched[self._key_of(forgotten)] = None
                self._fall(forgotten)
        if self._correction is not None:
            before = self._store.get(self._correction.id, vectors=False)
            for worded in (before, self._correction):
                if isinstance(worded, Fact):
                    touched[self._key_of(worded)] = None
        for source in list(self._pool):
            for key, _, _ in self._claims_of(source):
                touched[key] = None
        return list(touched)

    def _fall(self, fact: Fact) -> None:
        """A correction does not hold any more: what its sources say counts again."""
        self._fallen.add(fact.id)
        self._pool.update(dict.fromkeys(source for source in fact.sources if source not in self._gone))

    def _related(self, key: _Key) -> tuple[list[Fact], list[RecordId]]:
        """A thread's facts that are new or changed, and ids of those that go."""
        known = [fact for fact in self._threads.of(key) if not self._is_worded_anew(fact)]
        if self._correction is not None and self._key_of(self._correction) == key:
            known.append(self._correction)
        standing = [fact for fact in known if fact.corrected and fact.id not in self._fallen]
        sources = dict.fromkeys(source for fact in known for source in fact.sources)
        stated = [s for s in (self._stated_by(fact) for fact in standing) if s is not None]
        for source in {**sources, **self._pool}:
            if source not in self._gone:
                stated.extend(self._stated_in(source, key))
        drafts = relate(stated)
        anew = {self._correction.id} if self._correction is not None else set()
        return _as_records(drafts, [fact for fact in known if fact.id not in self._refused], self._reworded, anew)

    def _is_worded_anew(self, fact: Fact) -> bool:
        return self._correction is not None and fact.id == self._correction.id

    def _corrections_on(self, source: RecordId) -> list[Fact]:
        """The corrections that stand on an episode and hold."""
        facts = [fact for fact in self._threads.on(source) if not self._is_worded_anew(fact)]
        if self._correction is not None and source in self._correction.sources:
            facts.append(self._correction)
        return [fact for fact in facts if fact.corrected and fact.id not in self._fallen]

    def _stated_in(self, source: RecordId, key: _Key) -> list[Stated]:
        episode = self._episode(source)
        if episode is None:
            return []
        covered = {key for fact in self._corrections_on(source) for key in fact.covers}
        return [
            Stated(
                claim,
                (source,),
                episode.conversation,
                episode.time,
                episode.time,
                episode.role,
                (episode.position, episode.part, i),
            )
            for thread, i, claim in self._claims_of(source)
            if thread == key and (mark := key_of(claim)) not in episode.refused and mark not in covered
        ]

    def _stated_by(self, fact: Fact) -> Stated | None:
        episodes = [
            e for source in fact.sources if source not in self._gone and (e := self._episode(source)) is not None
        ]
        if not episodes:
            return None
        first = min(episodes, key=lambda e: (e.time, e.position, e.part))
        denies = fact.value.startswith(NOT)
        claim = Claim(
            fact.subject,
            fact.attribute,
            fact.value.removeprefix(NOT) if denies else fact.value,
            fact.text,
            denies=denies,
        )
        last = max(e.time for e in episodes)
        sources = tuple(e.id for e in episodes)
        return Stated(
            claim, sources, fact.conversation, first.time, last, first.role, (first.position, first.part, -1), fact
        )

    def _claims_of(self, source: RecordId) -> list[tuple[_Key, int, Claim]]:
        if source not in self._claims:
            episode = self._episode(source)
            self._claims[source] = (
                [
                    (self._key(episode.conversation, c.subject, c.attribute, c.value), i, c)
                    for i, c in enumerate(claims_of(episode))
                ]
                if episode is not None
                else []
            )
        return self._claims[source]

    def _episode(self, source: RecordId) -> Episode | None:
        episode = self._fresh.get(source) or self._store.get(source, vectors=False)
        return episode if isinstance(episode, Episode) else None

    def _key_of(self, fact: Fact) -> _Key:
        return self._key(fact.conversation, fact.subject, fact.attribute, fact.value)

    def _key(self, conversation: RecordId, subject: str, name: str, value: str) -> _Key:
        space = self._spaces.get(conversation)
        return space if space is not None else space_of(self._store, conversation), thread_of(subject, name, value)


def _as_records(
    drafts: Sequence[Draft], known: Sequence[Fact], reworded: Collection[RecordId], anew: Collection[RecordId]
) -> tuple[list[Fact], list[RecordId]]:
    """Drafts as records, those that are known under their ids: the changed and new ones, and ids of those that go."""
    before = _paired(drafts, known)
    ids = {id(draft): before[i].id if i in before else new_id() for i, draft in enumerate(drafts)}
    facts = []
    for i, draft in enumerate(drafts):
        old = before.get(i)
        made = _as_record(
            draft, ids[id(draft)], old, ids.get(id(draft.successor), "") if draft.successor else "", reworded
        )
        if old is None or old.id in anew or made != replace(old, vectors=b""):
            facts.append(made)
    taken = {fact.id for fact in before.values()}
    return facts, [fact.id for fact in known if fact.id not in taken]


def _as_record(
    draft: Draft, name: RecordId, old: Fact | None, successor: RecordId, reworded: Collection[RecordId]
) -> Fact:
    fact = draft.correction
    history = fact.history if fact is not None and not set(draft.sources) & set(reworded) else ()
    return Fact(
        id=name,
        conversation=draft.conversation,
        subject=draft.claim.subject,
        attribute=draft.claim.attribute,
        value=draft.value,
        text=draft.claim.text,
        time=draft.last,
        sources=tuple(draft.sources),
        valid_from=draft.since,
        valid_to=draft.until,
        standing=draft.standing,
        successor=successor,
        corrected=fact is not None,
        covers=fact.covers if fact is not None else (),
        state=old.state if old is not None else State.ACTIVE,
        terms=search_terms(draft.claim.text).tobytes(),
        history=history,
    )


def _paired(drafts: Sequence[Draft], known: Sequence[Fact]) -> dict[int, Fact]:
    """Which known fact each draft continues: corrections themselves, then the same value, then the same source."""
    paired: dict[int, Fact] = {}
    left = {fact.id: fact for fact in known}
    for i, draft in enumerate(drafts):
        if draft.correction is not None and draft.correction.id in left:
            paired[i] = left.pop(draft.correction.id)
    for same_value in (True, False):
        for i, draft in enumerate(drafts):
            if i in paired:
                continue
            fits = [
                (len(shared), fact.id)
                for fact in left.values()
                if (shared := set(fact.sources) & set(draft.sources))
                and fact.attribute == draft.claim.attribute
                and (fact.value.lower() == draft.value.lower() or not same_value)
            ]
            if fits:
                paired[i] = left.pop(max(fits)[1])
    return paired
