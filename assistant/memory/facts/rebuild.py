"""Facts of a store, kept equal to what its episodes and the user's corrections say.

Facts are a function of the episodes: what changes is worked out by drawing the claims of the threads concerned anew
from their sources and relating them again. So an update and a rebuilding from scratch come to the same, and what is
forgotten cannot stay behind. Plans a change: whoever stores, edits or forgets episodes commits it with them.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.memory.facts.context import may_lean
from assistant.memory.facts.extract import BEFORE, Claim, claims_of
from assistant.memory.facts.relate import NOT, Draft, Ending, Stated, end, key_of, relate, thread_of
from assistant.memory.facts.revise import Change, as_records, continued
from assistant.memory.facts.threads import Key, Threads, endings_of, last_before
from assistant.memory.spaces import space_of
from assistant.store.records import Episode, Fact, RecordId
from assistant.store.store import Store


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


@dataclass(frozen=True)
class _Read:
    """A claim of an episode: its thread, its place among the claims, and all the messages that it stands on."""

    key: Key
    place: int
    claim: Claim
    sources: tuple[RecordId, ...]


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
        self._claims: dict[RecordId, list[_Read]] = {}
        self._pool: dict[RecordId, None] = dict.fromkeys(self._fresh)
        self._claiming: dict[Key, dict[RecordId, None]] = {}
        self._fallen: set[RecordId] = set()
        self._covered: dict[RecordId, set[int]] = {}
        self._known: dict[RecordId, Episode | None] = {}
        self._known_spaces: dict[RecordId, str] = {}
        self._fresh_at: dict[tuple[RecordId, int], list[RecordId]] = {}
        for episode in self._fresh.values():
            self._fresh_at.setdefault((episode.conversation, episode.position), []).append(episode.id)

    def change(self) -> Change:
        drafts: dict[Key, list[Draft]] = {}
        known: dict[Key, list[Fact]] = {}
        for key in self._touched():
            known[key], drafts[key] = self._related(key)
        for key in self._ended(drafts, known):
            known[key], drafts[key] = self._related(key)
        said_over: dict[tuple[str, str], list[Ending]] = {}
        for space, (subject, *_) in drafts:
            said_over.setdefault((space, subject), self._threads.endings(space, subject, drafts))
        for (space, (subject, *_)), each in drafts.items():
            said_over[space, subject].extend(ending for draft in each for ending in draft.ends.values())
        facts: list[Fact] = []
        gone: list[RecordId] = []
        anew = {self._correction.id} if self._correction is not None else set()
        for key, each in drafts.items():
            space, (subject, *_) = key
            for draft in each:
                end(draft, said_over[space, subject])
            kept = [fact for fact in known[key] if fact.id not in self._refused]
            now, left = as_records(each, kept, self._reworded, anew)
            facts.extend(now)
            gone.extend(left)
        gone.extend(i for i in self._fallen if i not in gone)
        new = {fact.id for fact in facts}
        change = Change(tuple(facts), tuple(i for i in gone if i not in new))
        return continued(self._store, change, self._reworded, self._refused) if self._reworded else change

    def _ended(self, drafts: Mapping[Key, Sequence[Draft]], known: Mapping[Key, Sequence[Fact]]) -> list[Key]:
        """The further threads that speak of what is said to be over, or was said to be and is not any more."""
        found: dict[Key, None] = {}
        for key, each in drafts.items():
            space, (subject, *_) = key
            now = {(ending.terms, ending.said) for draft in each for ending in draft.ends.values()}
            before = {(ending.terms, ending.said) for fact in known[key] for ending in endings_of(fact)}
            for terms, _ in now ^ before:
                found.update(dict.fromkeys(sorted(self._threads.speaking_of(space, subject, terms))))
        return [key for key in found if key not in drafts]

    def _touched(self) -> list[Key]:
        """The threads that may change, in a fixed order."""
        touched: dict[Key, None] = {}
        leaning = {i for source in (*self._gone, *self._fresh) for i in self._leaning_on(source)} - self._gone
        self._pool.update(dict.fromkeys(sorted(leaning)))
        for source in [*self._gone, *self._edited, *sorted(leaning)]:
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
            for read in self._claims_of(source):
                touched[read.key] = None
                self._claiming.setdefault(read.key, {})[source] = None
        return list(touched)

    def _fall(self, fact: Fact) -> None:
        """A correction does not hold any more: what its sources say counts again."""
        self._fallen.add(fact.id)
        self._pool.update(dict.fromkeys(source for source in fact.sources if source not in self._gone))

    def _related(self, key: Key) -> tuple[list[Fact], list[Draft]]:
        """The facts of a thread that are known, and those that its claims make."""
        known = [fact for fact in self._threads.of(key) if not self._is_worded_anew(fact)]
        if self._correction is not None and self._key_of(self._correction) == key:
            known.append(self._correction)
        standing = [fact for fact in known if fact.corrected and fact.id not in self._fallen]
        sources = dict.fromkeys(source for fact in known for source in fact.sources)
        stated = [s for s in (self._stated_by(fact) for fact in standing) if s is not None]
        for source in {**sources, **self._claiming.get(key, {})}:
            if source not in self._gone:
                stated.extend(self._stated_in(source, key))
        return known, relate(stated)

    def _is_worded_anew(self, fact: Fact) -> bool:
        return self._correction is not None and fact.id == self._correction.id

    def _corrections_on(self, source: RecordId) -> list[Fact]:
        """The corrections that stand on an episode and hold."""
        facts = [fact for fact in self._threads.on(source) if not self._is_worded_anew(fact)]
        if self._correction is not None and source in self._correction.sources:
            facts.append(self._correction)
        return [fact for fact in facts if fact.corrected and fact.id not in self._fallen]

    def _stated_in(self, source: RecordId, key: Key) -> list[Stated]:
        episode = self._episode(source)
        if episode is None:
            return []
        covered = self._covered.get(source)
        if covered is None:
            covered = {key for fact in self._corrections_on(source) for key in fact.covers}
            self._covered[source] = covered
        return [
            Stated(
                read.claim,
                read.sources,
                episode.conversation,
                episode.time,
                episode.time,
                episode.role,
                (episode.position, episode.part, read.place),
            )
            for read in self._claims_of(source)
            if read.key == key and (mark := key_of(read.claim)) not in episode.refused and mark not in covered
        ]

    def _stated_by(self, fact: Fact) -> Stated | None:
        held = [e for source in fact.sources if source not in self._gone and (e := self._episode(source)) is not None]
        episodes = [episode for episode in held if episode.role != "assistant"]
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
            ends=tuple(what for what, _ in fact.ends),
        )
        last = max(e.time for e in episodes)
        sources = tuple(e.id for e in held)
        return Stated(
            claim, sources, fact.conversation, first.time, last, first.role, (first.position, first.part, -1), fact
        )

    def _claims_of(self, source: RecordId) -> list[_Read]:
        if source not in self._claims:
            episode = self._episode(source)
            if episode is None or episode.role == "assistant":
                self._claims[source] = []
            else:
                before = self._before(episode)
                self._claims[source] = [
                    _Read(
                        self._key(episode.conversation, c.subject, c.attribute, c.value),
                        i,
                        c,
                        (*(before[-back].id for back in sorted(c.leans, reverse=True)), source),
                    )
                    for i, c in enumerate(claims_of(episode, before))
                ]
        return self._claims[source]

    def _before(self, episode: Episode) -> list[Episode]:
        if episode.part or not may_lean(episode.text):
            return []
        return last_before(episode, lambda position: self._last_part(episode.conversation, position))

    def _last_part(self, conversation: RecordId, position: int) -> Episode | None:
        parts = [*self._fresh_at.get((conversation, position), ()), *self._store.at(conversation, position)]
        found = [e for i in parts if i not in self._gone and (e := self._episode(i)) is not None]
        return max(found, key=lambda episode: episode.part, default=None)

    def _leaning_on(self, source: RecordId) -> Iterator[RecordId]:
        """The messages right after an episode, which may mean something else when it comes, changes or goes."""
        episode = self._episode(source)
        if episode is None:
            return
        for position in range(episode.position + 1, episode.position + 1 + BEFORE):
            place = (episode.conversation, position)
            for i in (*self._fresh_at.get(place, ()), *self._store.at(*place)):
                after = self._episode(i)
                if after is not None and after.told and not after.part and may_lean(after.text):
                    yield i

    def _episode(self, source: RecordId) -> Episode | None:
        if source not in self._known:
            episode = self._fresh.get(source) or self._store.get(source, vectors=False)
            self._known[source] = episode if isinstance(episode, Episode) else None
        return self._known[source]

    def _key_of(self, fact: Fact) -> Key:
        return self._key(fact.conversation, fact.subject, fact.attribute, fact.value)

    def _key(self, conversation: RecordId, subject: str, name: str, value: str) -> Key:
        space = self._spaces.get(conversation, self._known_spaces.get(conversation))
        if space is None:
            space = self._known_spaces[conversation] = space_of(self._store, conversation)
        return space, thread_of(subject, name, value)
