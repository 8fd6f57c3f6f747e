"""The verbs of memory: remember, recall, search, list, edit, pin, fade, forget. What front ends and turns call.

Every change is one commit of the store. Not thread-safe: whoever owns the store calls it.
"""

import dataclasses
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt
from msgspec.structs import replace

from assistant.errors import InputError
from assistant.memory.compact.levels import (
    Compact,
    Material,
    after_correction,
    expand,
    outdated_values,
    space_of,
    summaries_anew,
)
from assistant.memory.compact.lines import corrected_summary, lines_of
from assistant.memory.compact.running import update_summary
from assistant.memory.consolidation import Consolidated, Upkeep, Watch, consolidate
from assistant.memory.episodes import Said, make_episodes, pack_vectors, reworded, terms_of
from assistant.memory.facts.corrections import corrected, covered_by
from assistant.memory.facts.rebuild import update as update_facts
from assistant.memory.facts.threads import Threads
from assistant.memory.forgetting import (
    Plan,
    Receipt,
    echoes,
    plan_forgetting,
    shadow,
    successors_anew,
    with_conversations,
)
from assistant.memory.recall.association import Link, links
from assistant.memory.recall.channels import CHANNELS, FACTS, STRETCHES, Recollection, channelled
from assistant.memory.recall.cues import ASKS
from assistant.memory.recall.layout import Layout
from assistant.memory.recall.query import (
    Query,
    forms,
    leans_on_what_came_before,
    one_by_one,
    speakers_named,
    understand,
)
from assistant.memory.recall.rank import Ranking, rank
from assistant.memory.salience.fading import Fading, age_of, extra_ages, forecast, next_run, weigh
from assistant.memory.salience.usage import Tally, quoted_share
from assistant.memory.salience.weight import Salience
from assistant.memory.text import sentences
from assistant.memory.titles import title_from
from assistant.memory.views import ANY, ChatEntry, Detail, Filter, Found, Stats, UsedIn
from assistant.models.embedder import Embedder
from assistant.store.records import (
    Conversation,
    Episode,
    Fact,
    FadingRun,
    PendingForget,
    Record,
    RecordId,
    Remembered,
    Revision,
    Standing,
    State,
    Summary,
    Usage,
    Used,
    new_id,
)
from assistant.store.store import Store
from assistant.store.terms import search_terms

CURVE = (0, 50, 100, 200, 400, 800, 1600)
"""Turns ahead at which the curve of a memory's salience is drawn."""

_FEW_WORDS = 60
"""Characters up to which a message may be a reply that says nothing without its question."""

_SUMMARISED = 1000
"""After an import, so many of the last messages are looked through for the running summary."""


def now() -> datetime:
    """The present, with the local offset from UTC."""
    return datetime.now(UTC).astimezone()


class Memory:
    """Everything that an unlocked Hippo remembers.

    Attributes:
        store: The sealed records. Owned by this object's caller.
        salience: The rule of semantic forgetting.
        fades: Whether semantic forgetting is on.
        levels: Whether there is a second level of summaries.
        on_words_lost: Called when words were edited or forgotten, so that whoever cached them lets go of them.
    """

    def __init__(self, store: Store, embedder: Callable[[], Embedder]) -> None:
        self.store = store
        self.salience = Salience()
        self.fades = True
        self.levels = True
        self.on_words_lost: Callable[[], None] = lambda: None
        self._asked: tuple[object, list[Query]] | None = None
        self._lost: list[frozenset[RecordId]] = []
        self._embedder = embedder
        self._pending = {pending.id: pending for pending in store.all(PendingForget)}
        self._shadows = {p.id: shadow(store, p.records) for p in self._pending.values()}
        self._threads = Threads(store)
        self._layout = Layout(store)
        self._layout_is_old = False
        self._numbering = store.index.numbering
        self._watch = Watch(store)
        self._usage: Tally | None = None
        self._extra_ages: dict[RecordId, int] | None = None

    # Reading

    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        filter: Filter = ANY,  # noqa: A002
        least: float = 0.0,
    ) -> list[Found]:
        """What answers a query best, by words and by meaning, best first; nothing that scores less than `least`."""
        if not query.strip():
            return [Found(record, 0.0) for record in self.records(filter)[:limit]]
        allowed = self._allowed(filter)
        ranking = rank(self.store.index, self._current_layout(), self._queries([query]), allowed, limit=limit)
        return [found for found in self._found(ranking) if found.score >= least]

    def recall(
        self,
        query: str,
        *,
        limit: int,
        earlier: Sequence[str] = (),
        space: str = "",
        conversation: RecordId | None = None,
        leave_out: Iterable[RecordId] = (),
        answers: bool = True,
        least: float = 0.0,
    ) -> list[Found]:
        """The episodes that may help to answer, best first: the similar channel of `recollect` alone."""
        recollection = self.recollect(
            query,
            limit=limit,
            earlier=earlier,
            space=space,
            conversation=conversation,
            leave_out=leave_out,
            answers=answers,
            least=least,
            channels=("similar",),
        )
        return list(recollection.similar)

    def recollect(
        self,
        query: str,
        *,
        limit: int,
        earlier: Sequence[str] = (),
        space: str = "",
        conversation: RecordId | None = None,
        leave_out: Iterable[RecordId] = (),
        answers: bool = True,
        least: float = 0.0,
        channels: Collection[str] = CHANNELS,
        seed: int = 0,
    ) -> Recollection:
        """What may help to answer, by channel. Faded ones stay out.

        Args:
            query: The user's words.
            limit: At most this many of the similar ones.
            earlier: What the user said before, the latest first. Counts where the query leans on it.
            space: Only what was said in this space, and what is pinned.
            conversation: Only what was said in this conversation.
            leave_out: Ids of messages that the prompt holds already.
            answers: Also what the assistant said.
            least: Nothing that scores less.
            channels: Of `CHANNELS`; the others stay empty.
            seed: For the replay channel.
        """
        if not query.strip():
            return Recollection()
        states = frozenset({State.ACTIVE, State.PINNED})
        around = self._allowed(Filter(states=states, conversation=conversation))
        layout, index = self._current_layout(), self.store.index
        around &= (layout.in_space(space) | layout.is_pinned)[: len(around)]
        before = earlier if leans_on_what_came_before(query) else ()
        asked = one_by_one(query) or [query]
        queries = self._queries([*asked, *before], [1.0] * len(asked) + [0.5 ** (i + 1) for i in range(len(before))])

        wanted = around & layout.of_kinds({"episode"})[: len(around)]
        lending, none = wanted.copy(), np.zeros(len(wanted), bool)
        if not answers:
            wanted &= ~layout.said_by("assistant")[: len(wanted)]
        held = {index.ids[row] for message in leave_out if message in index for row in self._rows_of(message)}
        wanted[[index.row(part) for part in held]] = False
        ranking = rank(index, layout, queries, wanted, limit=max(4 * limit, 50), around=lending)
        facts = around & layout.of_kinds({"fact"})[: len(around)] if "facts" in channels else none
        stretches = around & layout.of_kinds({"summary"})[: len(around)] if "stretches" in channels else none
        known = self._found(rank(index, layout, queries, facts, limit=3 * FACTS))
        summaries = self._found(rank(index, layout, queries, stretches, limit=3 * STRETCHES))
        return channelled(
            self._found(ranking),
            [f for f in known if not (isinstance(f.record, Fact) and held.issuperset(f.record.sources))],
            [f for f in summaries if isinstance(f.record, Summary) and f.record.level == 2 and f.record.conversation],
            index,
            limit=limit,
            least=least,
            channels=channels,
            seed=seed,
            turn=self.store.turn,
        )

    def _queries(self, texts: Sequence[str], shares: Sequence[float] = (1.0,)) -> list[Query]:
        """The texts as queries with these shares, all embedded in one go. One turn asks the same more than once."""
        index, roles = self.store.index, self._current_layout().roles
        state = (tuple(texts), tuple(shares), self.store.turn, len(index.ids), len(index), index.numbering)
        if self._asked is None or self._asked[0] != state:
            asked = [forms(text, [roles[role] for role in speakers_named(text, roles)]) for text in texts]
            vectors = iter(self._embedder().embed([form for each in asked for form in each]))
            present = now()
            queries = [
                understand(text, index, np.stack([next(vectors) for _ in each]), roles, present, share)
                for text, each, share in zip(texts, asked, shares, strict=True)
            ]
            self._asked = (state, queries)
        return self._asked[1]

    def _found(self, ranking: Ranking) -> list[Found]:
        ids = self.store.index.ids
        records = (self.store.get(ids[row], vectors=False) for row in ranking.rows.tolist())
        return [
            Found(record, round(float(score), 4), self._asked_before(record))
            for record, score in zip(records, ranking.relevance, strict=True)
            if isinstance(record, Remembered)
        ]

    def _asked_before(self, record: Remembered) -> str:
        """The question that a message of few words replies to."""
        if not isinstance(record, Episode) or len(record.text) > _FEW_WORDS or record.part:
            return ""
        before = int(self._layout.previous[self.store.index.row(record.id)])
        if before < 0 or not self._layout.cues[before] & ASKS:
            return ""
        asked = self.store.get(self.store.index.ids[before], vectors=False)
        same = isinstance(asked, Episode) and asked.role != record.role and asked.id not in self._hidden()
        return sentences(asked.text)[-1].strip() if same and isinstance(asked, Episode) else ""

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Embeddings, float32 (len(texts), dimensions), each of length 1. For any thread."""
        return self._embedder().embed(texts)

    def records(self, filter: Filter = ANY) -> list[Remembered]:  # noqa: A002
        """What is remembered, newest first."""
        chosen: list[Remembered] = []
        hidden = self._hidden()
        used = self.used_counts() if filter.used is not None else Counter[RecordId]()
        for record in self._searchable(filter.kinds):
            if record.id in hidden or (filter.conversation and record.conversation != filter.conversation):
                continue
            if isinstance(record, Episode | Fact) and record.state not in filter.states:
                continue
            if isinstance(record, Summary) and State.ACTIVE not in filter.states:
                continue
            if filter.since is not None and record.time < filter.since:
                continue
            if filter.until is not None and record.time >= filter.until:
                continue
            if filter.used is not None and (used[record.id] > 0) != filter.used:
                continue
            if filter.words and not _has_words(record, filter.words):
                continue
            chosen.append(record)
        chosen.sort(key=lambda record: record.time, reverse=True)
        return chosen

    def get(self, record_id: RecordId) -> Remembered:
        """One remembered record.

        Raises:
            InputError: There is none with this id, or it is being forgotten.
        """
        record = self.store.get(record_id)
        if not isinstance(record, Remembered) or record.id in self._hidden():
            raise InputError(f"There is no memory with the id {record_id}.")
        return record

    def knows(self, record_id: RecordId) -> bool:
        """Whether there is such a record and it is not being forgotten."""
        return record_id in self.store and record_id not in self._hidden()

    @property
    def losses(self) -> int:
        """How many times words were edited or forgotten since the memory was opened; for `lost_since`."""
        return len(self._lost)

    def lost_since(self, losses: int) -> frozenset[RecordId]:
        """Ids of the records (and messages) whose words were edited or forgotten since `losses` was read."""
        return frozenset().union(*self._lost[losses:])

    def _words_lost(self, ids: Iterable[RecordId]) -> None:
        self._asked = None
        self._lost.append(frozenset(ids))
        self.on_words_lost()

    def resolve(self, prefix: str) -> RecordId:
        """The full id for an unambiguous beginning of one.

        Raises:
            InputError: None begins like this, or several do.
        """
        found = self.store.resolve(prefix.strip().lower())
        if found in self._hidden():
            raise InputError(f"There is no memory with the id {prefix}.")
        return found

    def detail(self, record_id: RecordId) -> Detail:
        """Everything about one record, for the inspector.

        Raises:
            InputError: There is none with this id.
        """
        record = self.get(record_id)
        conversation = self.store.get(record.conversation)
        used_in = [
            UsedIn(usage.answer, usage.conversation, usage.time, used.score, self._question_of(usage.answer))
            for usage in self.store.all(Usage)
            for used in usage.used
            if used.record == record.id
        ]
        sources = dict.fromkeys(record.sources) if isinstance(record, Summary | Fact) else ()
        hidden = self._hidden()
        facts = [fact for fact in self.store.all(Fact, vectors=False) if fact.id not in hidden]
        successor = self.store.get(record.successor, vectors=False) if isinstance(record, Fact) else None
        is_episode = isinstance(record, Episode)
        return Detail(
            record,
            conversation if isinstance(conversation, Conversation) else None,
            tuple(sorted(used_in, key=lambda use: use.time, reverse=True)),
            (
                *(summary for summary in self.store.all(Summary, vectors=False) if record.id in summary.sources),
                *(fact for fact in facts if record.id in fact.sources),
            ),
            tuple(source for i in sources if isinstance(source := self.store.get(i), Episode)),
            self.weight(record) if isinstance(record, Episode) else 0.0,
            self._fades_in().get(record.id) if is_episode else None,
            self._curve(record) if isinstance(record, Episode) else (),
            successor if isinstance(successor, Fact) and successor.id not in hidden else None,
            tuple(fact for fact in facts if fact.successor == record.id),
        )

    def links(self, record_id: RecordId, limit: int = 8, *, faded: bool = False) -> list[Link]:
        """The memories that belong together with one, in its space and among the pinned, the strongest link first.

        Raises:
            InputError: There is none with this id.
        """
        record = self.get(record_id)
        states = frozenset(State) if faded else frozenset({State.ACTIVE, State.PINNED})
        allowed = self._allowed(Filter(kinds=frozenset({"episode", "fact"}), states=states))
        layout = self._current_layout()
        by_summary = record.space if isinstance(record, Summary) else ""
        space = space_of(self.store, record.conversation) or by_summary
        allowed &= (layout.in_space(space) | layout.is_pinned)[: len(allowed)]
        return links(self.store, layout, record, allowed, limit=limit)

    def weight(self, episode: Episode, later: int = 0) -> float:
        """The salience of an episode now, or some turns later if it is not recalled until then."""
        tally, turn = self._tally(), self.store.turn
        last = tally.last.get(episode.id)
        return self.salience.weight(
            age_of(episode, turn, self._ages().get(episode.id, 0)) + later,
            None if last is None else turn - last + later,
            tally.utility(episode.id, self.salience.mention),
        )

    def _curve(self, episode: Episode) -> tuple[tuple[int, float], ...]:
        return tuple((later, round(self.weight(episode, later), 4)) for later in CURVE)

    def fading(self, *, limit: int = 100) -> list[Fading]:
        """What fades next if nothing changes, soonest first, then what has faded, the latest first."""
        soon = self._fades_in()
        hidden = self._hidden()
        coming = [(self.store.get(i, vectors=False), turns) for i, turns in soon.items() if i not in hidden]
        found = [Fading(e, self.weight(e), turns) for e, turns in coming[:limit] if isinstance(e, Episode)]
        gone = [e for e in self.store.all(Episode, vectors=False) if e.state is State.FADED and e.id not in hidden]
        gone.sort(key=lambda e: (e.state_turn, e.time), reverse=True)
        return [*found, *(Fading(e, self.weight(e), None) for e in gone[: max(limit - len(found), 0)])]

    def _fades_in(self) -> dict[RecordId, int]:
        """In how many turns each episode fades if nothing changes, as far as can be foretold, soonest first."""
        if not self.fades:
            return {}
        turn, run = self.store.turn, self._watch.run
        first = next_run(turn, run.turn if run is not None else 0)
        weighed = weigh(self.store, self._tally(), self.salience, self._ages())
        return {i: at - turn for i, at in forecast(weighed, self.salience, first)}

    def _ages(self) -> dict[RecordId, int]:
        if self._extra_ages is None:
            self._extra_ages = extra_ages(self.store.all(Episode, vectors=False))
        return self._extra_ages

    def used_counts(self) -> Counter[RecordId]:
        """How many answers used each record."""
        return self._tally().counts

    def _tally(self) -> Tally:
        if self._usage is None:
            self._usage = Tally(self.store.all(Usage))
        return self._usage

    def facts(
        self,
        *,
        space: str = "",
        standing: Collection[Standing] | None = None,
        subject: str | None = None,
    ) -> list[Fact]:
        """What is known as a fact, the latest said first.

        Args:
            space: Only of this space.
            standing: Only with one of these standings; None is any.
            subject: Only of this subject, in any case.
        """
        hidden = self._hidden()
        facts = [
            fact
            for fact in self.store.all(Fact, vectors=False)
            if fact.id not in hidden
            and (standing is None or fact.standing in standing)
            and (subject is None or fact.subject == subject.lower())
            and self._space_of_chat(fact.conversation) == space
        ]
        return sorted(facts, key=lambda fact: fact.time, reverse=True)

    def _space_of_chat(self, conversation: RecordId) -> str:
        record = self.store.get(conversation)
        return record.space if isinstance(record, Conversation) else ""

    def summary_of(self, conversation: RecordId) -> Summary | None:
        """The running summary of a conversation, if it has one."""
        summary = self._watch.summaries.running(conversation)
        return summary if summary is not None and summary.id not in self._hidden() else None

    def compact(self, conversation: RecordId | None, space: str = "") -> Compact:
        """The compact memory that a turn in a conversation (None: a new one) of a space may use."""
        hidden, summaries = self._hidden(), self._watch.summaries
        user = summaries.user(space)
        return Compact(
            self.summary_of(conversation) if conversation is not None else None,
            tuple(s for s in summaries.stretches(conversation) if s.id not in hidden) if conversation else (),
            user if user is not None and user.id not in hidden else None,
        )

    def expanded(self, summary: Summary, room: int, count_tokens: Callable[[str], int]) -> list[Episode]:
        """The words that a summary was made from, as far as they fit into so many tokens."""
        hidden = self._hidden()
        return [e for e in expand(self.store, summary, room, count_tokens) if e.id not in hidden]

    def consolidate(self, *, cancelled: Callable[[], bool] = lambda: False) -> Consolidated:
        """Do what is due off the turn: summaries of level 2 and of the user, and fading. For when nobody waits.

        Each step is one commit, so it may be stopped, or crash, at any time; the next call goes on. While a
        forgetting can still be undone, nothing is done.

        Args:
            cancelled: Asked after each step.

        Raises:
            StoreFullError, StoreError: The steps before are kept.
        """
        if self._pending:
            return Consolidated()
        upkeep = Upkeep(
            store=self.store,
            watch=self._watch,
            commit=lambda records, remove: self._commit(
                [self._embedded(r) if isinstance(r, Summary) else r for r in records], remove=remove
            ),
            count_tokens=self._count_tokens,
            salience=self.salience,
            tally=self._tally,
            extra_ages=self._ages,
            now=now,
            fades=self.fades,
            levels=self.levels,
        )
        done = consolidate(upkeep, cancelled)
        if done:
            self._current_layout()  # so that the next turn need not wait for it
        return done

    def _count_tokens(self, text: str) -> int:
        return self._embedder().count_tokens(text)

    def stats(self) -> Stats:
        """Counts of everything that is remembered."""
        hidden = self._hidden()
        episodes = [e for e in self.store.all(Episode, vectors=False) if e.id not in hidden]
        states = Counter(e.state for e in episodes)
        summaries = [s for s in self._watch.summaries.all() if s.id not in hidden]
        facts = [f for f in self.store.all(Fact, vectors=False) if f.id not in hidden]
        return Stats(
            episodes=len(episodes),
            summaries=len(summaries),
            pinned=states[State.PINNED],
            faded=states[State.FADED],
            conversations=len([c for c in self.store.all(Conversation) if c.id not in hidden]),
            bytes_on_disk=self.store.size_on_disk(),
            damaged=len(self.store.damaged),
            problems=self.store.problems,
            stretch_summaries=sum(s.level > 1 and bool(s.conversation) for s in summaries),
            user_summaries=sum(not s.conversation for s in summaries),
            facts=len(facts),
            facts_superseded=sum(f.standing is Standing.SUPERSEDED for f in facts),
            facts_disputed=sum(f.standing is Standing.DISPUTED for f in facts),
        )

    # Conversations

    def conversations(self) -> list[ChatEntry]:
        """All chats in which something was said (and is not being forgotten), the latest first."""
        hidden = self._hidden()
        last: dict[RecordId, datetime] = {}
        messages: Counter[RecordId] = Counter()
        for episode in self.store.all(Episode, vectors=False):
            if episode.id in hidden or episode.part:
                continue
            messages[episode.conversation] += 1
            known = last.get(episode.conversation)
            if known is None or episode.time > known:
                last[episode.conversation] = episode.time
        entries = [
            ChatEntry(
                _without_hidden_title(conversation, hidden),
                last.get(conversation.id, conversation.created),
                messages[conversation.id],
            )
            for conversation in self.store.all(Conversation)
            if conversation.id not in hidden and messages[conversation.id]
        ]
        return sorted(entries, key=lambda entry: entry.last, reverse=True)

    def conversation(self, name: str) -> Conversation:
        """A conversation by id, by the beginning of its id, or by what an imported file calls it.

        Raises:
            InputError: There is none, or several fit.
        """
        hidden = self._hidden()
        known = [c for c in self.store.all(Conversation) if c.id not in hidden]
        exact = [c for c in known if name in (c.id, c.source_id)]
        found = exact or [c for c in known if len(name) >= 4 and c.id.startswith(name.lower())]
        if len(found) != 1:
            many = "several conversations" if found else "no conversation"
            raise InputError(f"There is {many} called {name}.", next_step="See `assistant memory list`.")
        return _without_hidden_title(found[0], hidden)

    def episodes_of(self, conversation: RecordId) -> list[Episode]:
        """What was said in a conversation, in order."""
        hidden = self._hidden()
        return [e for e in self.store.episodes_of(conversation, vectors=False) if e.id not in hidden]

    def next_position(self, conversation: RecordId) -> int:
        """The position of the next message, after all that are there (also those that wait to be purged)."""
        episodes = self.store.episodes_of(conversation, vectors=False)
        return episodes[-1].position + 1 if episodes else 0

    def rename(self, conversation: RecordId, title: str) -> None:
        """Give a chat a title of the user's own."""
        record = self.conversation(conversation)
        self._commit([replace(record, title=" ".join(title.split()), title_source="")])

    def archive(self, conversation: RecordId, archived: bool = True) -> None:
        """Put a chat away, or take it out again."""
        # As it is stored: a title that is hidden for now must not be lost by this.
        stored = self.store.get(self.conversation(conversation).id)
        if isinstance(stored, Conversation):
            self._commit([replace(stored, archived=archived)])

    # Writing

    def keep_turn(
        self,
        conversation: Conversation,
        said: Sequence[Said],
        *,
        used: Sequence[Found] = (),
        usage: Usage | None = None,
        instead_of: Sequence[RecordId] = (),
    ) -> list[Episode]:
        """Remember a turn: its messages, what its answer used, the summary after it. One commit.

        Args:
            conversation: Stored too if it is new; gets its title from the first message of the user.
            said: The user's message and the answer (or the answer alone, when it replaces one).
            used: Memories that the prompt held.
            usage: Figures of the answer; `used` and the counters are filled in here.
            instead_of: Episodes that this turn replaces, removed in the same go.
        """
        turn = self.store.turn + 1
        past = [e for e in self.episodes_of(conversation.id) if e.id not in set(instead_of)]
        before = {conversation.id: past[-1].text} if past else {}
        episodes = make_episodes(said, self._embedder(), before=before, turn=turn)
        records: list[Record] = []
        known = self.store.get(conversation.id)
        conversation = known if isinstance(known, Conversation) else conversation
        users = [e for e in episodes if e.role == "user"]
        if not conversation.title and users:
            conversation = replace(conversation, title=title_from(users[0].text), title_source=users[0].id)
        if conversation != known:
            records.append(conversation)
        records.extend(episodes)
        if usage is not None:
            asked = "".join(e.text for e in (users or [p for p in past if p.position == episodes[0].position - 1]))
            answer = " ".join(e.text for e in episodes if e.role == "assistant")
            marks = tuple(
                Used(record=found.record.id, score=found.score, quoted=quoted_share(found.record, asked, answer))
                for found in used
            )
            usage = replace(usage, turn=turn, used=marks)
            records.append(usage)
        # A summary that waits for its sources to be purged is made anew then, with these messages too.
        summary = self._watch.summaries.running(conversation.id)
        if users and (summary is None or summary.id not in self._hidden()):
            updated = update_summary(
                summary, users, count_tokens=self._count_tokens, now=now(), elsewhere=self._told_above(conversation.id)
            )
            if updated is not None and updated is not summary:
                records.append(self._embedded(updated))
        told = update_facts(
            self.store,
            self._threads,
            added=episodes,
            gone=instead_of,
            spaces={conversation.id: conversation.space},
        )
        records.extend(self._embedded_facts(told.facts))
        self._commit(records, remove=[*instead_of, *told.gone])
        if told.facts:
            self._hide_what_draws_on_hidden()
        if instead_of:
            self._usage = None
        elif usage is not None and self._usage is not None:
            self._usage.add(usage)
        return episodes

    def remember(
        self,
        conversations: Sequence[Conversation],
        messages: Sequence[Said],
        *,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> int:
        """Remember messages from elsewhere, in order. Returns how many episodes they made.

        Args:
            conversations: Conversations of the messages that are new.
            messages: In order within each conversation, after what is there already.
            progress: Called with (embeddings made, embeddings to make).
            cancelled: Asked now and then whether to stop.

        Raises:
            CancelledError: `cancelled` answered true; nothing was kept of this call.
        """
        before = {}
        for conversation in {said.conversation for said in messages}:
            past = self.episodes_of(conversation)
            if past:
                before[conversation] = past[-1].text
        episodes = make_episodes(
            messages,
            self._embedder(),
            before=before,
            turn=self.store.turn,
            progress=progress,
            cancelled=cancelled,
        )
        told = update_facts(
            self.store,
            self._threads,
            added=episodes,
            spaces={conversation.id: conversation.space for conversation in conversations},
        )
        facts = self._embedded_facts(told.facts, cancelled=cancelled)
        self._commit([*conversations, *episodes, *facts], remove=told.gone)
        self._hide_what_draws_on_hidden()
        return len(episodes)

    def summarise(self, conversation: RecordId) -> Summary | None:
        """Bring the running summary of a conversation up to date after an import."""
        said = [e for e in self.episodes_of(conversation) if e.role != "assistant"]
        summary = self.summary_of(conversation)
        if not said:
            return summary
        around = self._watch.summaries.around(conversation, space_of(self.store, conversation))
        updated = update_summary(
            summary,
            said[-_SUMMARISED:],
            count_tokens=self._count_tokens,
            now=now(),
            elsewhere=self._told_above(conversation),
            settled=frozenset[RecordId]().union(*(lines_of(each).settled for each in around)),
        )
        if updated is not None and updated is not summary:
            self._commit([self._embedded(updated)])
        return updated

    def _told_above(self, conversation: RecordId) -> set[str]:
        """The lines that the summaries of level 2 of a conversation hold."""
        return {line for s in self._watch.summaries.stretches(conversation) for line in s.text.split("\n")}

    def edit(self, record_id: RecordId, text: str) -> Remembered:
        """Give a memory other words. It is embedded anew, and so is what was derived from it.

        Answers of Hippo's that repeat words which the edit took out fade: they would contradict it.

        Raises:
            InputError: There is no such memory, or the text is empty.
        """
        record = self.get(record_id)
        text = text.strip() if isinstance(record, Summary) else text.strip("\n")
        if not text.strip():
            raise InputError("A memory cannot be empty.", next_step="To remove it, forget it.")
        if text == record.text:
            return record
        if isinstance(record, Summary):
            sources = {i: e.text for i in record.sources if isinstance(e := self.store.get(i, vectors=False), Episode)}
            summary = self._embedded(corrected_summary(record, text, sources, now()))
            shown = (s for s in self._watch.summaries.all() if s.id not in self._hidden())
            others, ended = after_correction(summary, self._in_space_of(summary, shown), now())
            self._commit([summary, *map(self._embedded, others)], remove=ended)
            self._words_lost({summary.id, *ended, *(other.id for other in others)})
            return summary
        if isinstance(record, Fact):
            return self._edit_fact(record, text)
        past = self.store.episodes_of(record.conversation, vectors=False)
        place = next(i for i, episode in enumerate(past) if episode.id == record.id)
        revision = Revision(text=record.text, until=now())
        edited = reworded(record, text, self._embedder(), before=past[place - 1].text if place else "")
        edited = replace(edited, history=(*record.history, revision))
        changed, dropped = self._after_edit(record, edited)
        self._commit([edited, *changed], remove=dropped)
        self._words_lost({record.id, record.message})
        return edited

    def _after_edit(self, record: Episode, edited: Episode) -> tuple[list[Record], list[RecordId]]:
        """What else an edit changes (embeddings in context, echoes, summaries, the title), and what it empties."""
        overlay, hidden = {edited.id: edited}, self._hidden()
        changed: dict[RecordId, Record] = {
            episode.id: episode
            for episode in successors_anew(self.store, record.conversation, (), overlay, self._embedder)
        }
        lost = terms_of(record) - terms_of(edited)
        for echo in echoes(self.store, {edited.id: lost}) if lost else ():
            episode = changed.get(echo) or self.store.get(echo, vectors=False)
            if isinstance(episode, Episode) and episode.state is State.ACTIVE:
                changed[echo] = replace(episode, state=State.FADED)
        material = Material(
            self.store,
            self._count_tokens,
            now(),
            gone=hidden,
            edited=overlay,
            outdated=outdated_values(self.store),
        )
        remade, dropped = summaries_anew(material, self._watch.summaries.all(), leave=hidden)
        changed.update((summary.id, self._embedded(summary)) for summary in remade)
        told = update_facts(self.store, self._threads, edited=overlay)
        changed.update((fact.id, fact) for fact in self._embedded_facts(told.facts))
        dropped = [*dropped, *told.gone]
        conversation = self.store.get(record.conversation)
        if isinstance(conversation, Conversation) and conversation.title_source == record.id:
            changed[conversation.id] = replace(conversation, title=title_from(edited.text))
        return list(changed.values()), dropped

    def _edit_fact(self, fact: Fact, text: str) -> Fact:
        """Word a fact as the user does. It stays so until one of its sources is forgotten."""
        worded = corrected(fact, text, covered_by(self.store, fact))
        worded = replace(worded, history=(*fact.history, Revision(text=fact.text, until=now())))
        told = update_facts(self.store, self._threads, correction=worded)
        self._commit(self._embedded_facts(told.facts), remove=told.gone)
        self._words_lost({fact.id, *told.gone})
        edited = self.store.get(fact.id)
        return edited if isinstance(edited, Fact) else worded

    def set_state(self, ids: Sequence[RecordId], state: State) -> None:
        """Pin, fade, or make active again. Summaries have no state and are passed over.

        Raises:
            InputError: There is no memory with one of the ids; none is changed.
        """
        records = [r for i in ids if isinstance(r := self.get(i), Episode | Fact) and r.state is not state]
        self._commit([self._in_state(r, state) if isinstance(r, Episode) else replace(r, state=state) for r in records])

    def _in_state(self, episode: Episode, state: State) -> Episode:
        # Fading and restoring are dated: what is restored has a new lease, and does not fade at the next run.
        dated = State.FADED in (state, episode.state)
        return replace(episode, state=state, state_turn=self.store.turn if dated else episode.state_turn)

    # Forgetting

    def matching(self, query: str) -> list[Remembered]:
        """What `forget --matching` takes: the records that hold all the words of a query, in any form."""
        if not query.strip():
            return []
        found = self.records(Filter(words=query))
        said = {r.id for r in found if isinstance(r, Episode)}
        return [r for r in found if r.id in said or (isinstance(r, Fact) and not said.issuperset(r.sources))]

    def begin_forget(self, ids: Sequence[RecordId]) -> PendingForget:
        """Hide these records at once and for good, unless `undo_forget` comes before `finish_forget`.

        What repeats them and what was derived from them is hidden with them. A crash in between forgets. A
        conversation's id takes all that was said in it.

        Raises:
            InputError: One of the ids is not that of a memory or conversation.
        """
        hidden = self._hidden()
        for i in ids:
            if not isinstance(self.store.get(i), Remembered | Conversation) or i in hidden:
                raise InputError(f"There is no memory with the id {i}.")
        wanted = with_conversations(self.store, ids)
        pending = PendingForget(id=new_id(), records=tuple(sorted(wanted)), time=now())
        self._commit([pending])
        self._pending[pending.id] = pending
        self._shadows[pending.id] = shadow(self.store, pending.records)
        self._words_lost(self._shadows[pending.id])
        return pending

    def undo_forget(self, pending: RecordId) -> None:
        """Show again what `begin_forget` hid.

        Raises:
            InputError: It was purged already.
        """
        if pending not in self._pending:
            raise InputError("This can no longer be undone: it was purged.")
        self._commit(remove=[pending])
        del self._pending[pending], self._shadows[pending]

    def finish_forget(self, pending: RecordId) -> Receipt:
        """Purge what `begin_forget` hid, rebuild what drew on it, and check that the bytes are gone.

        Raises:
            InputError: It was undone or purged already.
        """
        if pending not in self._pending:
            raise InputError("This was undone or purged already.")
        plan = self._plan(self._pending[pending].records)
        facts = self._embedded_facts([r for r in plan.rebuilt if isinstance(r, Fact)])
        others = [r for r in plan.rebuilt if not isinstance(r, Fact)]
        self._commit([*(self._embedded(r) if isinstance(r, Summary) else r for r in others), *facts])
        # Before the purge: it may remove the rows and then fail to finish.
        self._layout_is_old = True
        self._usage = self._extra_ages = None
        try:
            report = self.store.purge([*plan.remove, pending])
        finally:
            self._watch.note((), [i for i in plan.remove if i not in self.store])
            for i in plan.remove:
                self._threads.drop(i)
        del self._pending[pending], self._shadows[pending]
        # What was rebuilt may draw on what still waits.
        self._shadows = {p.id: shadow(self.store, p.records) for p in self._pending.values()}
        return Receipt(
            when=now(),
            episodes=plan.episodes,
            echoes=plan.echoes,
            summaries_rebuilt=plan.summaries_rebuilt,
            summaries_dropped=plan.summaries_dropped,
            facts_rebuilt=plan.facts_rebuilt,
            facts_dropped=plan.facts_dropped,
            conversations=plan.conversations,
            usages=plan.usages,
            rows=len(plan.remove),
            bytes_reclaimed=report.bytes_reclaimed,
            files_searched=report.files_searched,
            verified=report.verified,
        )

    def _plan(self, ids: Iterable[RecordId]) -> Plan:
        known = [i for i in ids if self.store.get(i) is not None]
        return plan_forgetting(self.store, known, embedder=self._embedder, now=now())

    def forget(self, ids: Sequence[RecordId]) -> Receipt:
        """Forget now, without a time for undo."""
        return self.finish_forget(self.begin_forget(ids).id)

    def everything(self) -> list[RecordId]:
        """Ids that name all that is remembered: the conversations, and what belongs to none."""
        conversations = [record.id for record in self.store.all(Conversation)]
        known, hidden = set(conversations), self._hidden()
        loose = [record.id for record in self.records() if record.conversation not in known]
        return [i for i in [*conversations, *loose] if i not in hidden]

    def forget_everything(self) -> Receipt:
        """Forget all that is remembered, now, and with it the damaged rows that no memory can be named by."""
        ids = self.everything()
        receipt = self.forget(ids) if ids else Receipt.of_nothing(now())
        rest = [row.id for row in self.store.damaged if row.id]
        usages = [usage.id for usage in self.store.all(Usage)]
        runs = [run.id for run in self.store.all(FadingRun)]
        if not rest and not usages and not runs:
            return receipt
        report = self.store.purge([*rest, *usages, *runs])
        self._watch.note((), runs)
        return dataclasses.replace(
            receipt,
            usages=receipt.usages + len(usages),
            rows=receipt.rows + report.rows,
            bytes_reclaimed=receipt.bytes_reclaimed + report.bytes_reclaimed,
            files_searched=max(receipt.files_searched, report.files_searched),
            verified=receipt.verified and report.verified,
        )

    def pending_forgets(self) -> tuple[RecordId, ...]:
        """What was begun and not finished: by a crash, or because the time for undo is still running."""
        return tuple(self._pending)

    # Within

    def _hidden(self) -> set[RecordId]:
        return set[RecordId]().union(*self._shadows.values())

    def _searchable(self, kinds: frozenset[str]) -> Iterable[Remembered]:
        if "episode" in kinds:
            yield from self.store.all(Episode, vectors=False)
        if "summary" in kinds:
            yield from self.store.all(Summary, vectors=False)
        if "fact" in kinds:
            yield from self.store.all(Fact, vectors=False)

    def _allowed(self, wanted: Filter) -> npt.NDArray[np.bool_]:
        """Which rows a filter lets through: bool (rows,)."""
        index, layout = self.store.index, self._current_layout()
        count = len(index.ids)
        allowed = index.alive[:count].copy()
        allowed &= layout.of_kinds(wanted.kinds)[:count]
        for state, marks in ((State.PINNED, layout.is_pinned), (State.FADED, layout.is_faded)):
            if state not in wanted.states:
                allowed &= ~marks[:count]
        if State.ACTIVE not in wanted.states:
            allowed &= (layout.is_pinned | layout.is_faded)[:count]
        if wanted.conversation is not None:
            allowed &= layout.conversation[:count] == layout.code(wanted.conversation)
        if wanted.since or wanted.until or wanted.used is not None or wanted.words:
            listed = np.zeros(count, bool)
            listed[[index.row(record.id) for record in self.records(wanted)]] = True
            allowed &= listed
        for hidden in self._hidden():
            if isinstance(self.store.get(hidden), Remembered):
                allowed[index.row(hidden)] = False
        return allowed

    def _current_layout(self) -> Layout:
        if self._layout_is_old or self._numbering != self.store.index.numbering:
            self._layout.rebuild()
            self._layout_is_old = False
            self._numbering = self.store.index.numbering
        return self._layout

    def _commit(self, records: Sequence[Record] = (), *, remove: Sequence[RecordId] = ()) -> None:
        if not records and not remove:
            return
        replaced = any(self.store.get(r.id) is not None for r in records if isinstance(r, Episode | Conversation))
        self.store.commit(records, remove=remove)
        self._watch.note(records, remove)
        for record in (r for r in records if isinstance(r, Fact | Episode)):
            self._threads.put(record)
        for i in remove:
            self._threads.drop(i)
        if remove or sum(isinstance(r, Episode) for r in records) > 2:
            self._extra_ages = None
        if replaced or remove:
            self._layout_is_old = True
        elif not self._layout_is_old and self._numbering == self.store.index.numbering:
            self._layout.add([r for r in records if isinstance(r, Episode)])
            self._layout.add([r for r in records if isinstance(r, Summary | Fact)])

    def _in_space_of(self, summary: Summary, others: Iterable[Summary]) -> list[Summary]:
        """Those of the summaries that share a space with one."""

        def space(of: Summary) -> str:
            return space_of(self.store, of.conversation) if of.conversation else of.space

        return [other for other in others if space(other) == space(summary)]

    def _embedded(self, summary: Summary) -> Summary:
        vector = self._embedder().embed([summary.text])[0]
        terms = search_terms(summary.text).tobytes()
        return replace(summary, vectors=pack_vectors(vector, vector), terms=terms)

    def _embedded_facts(self, facts: Sequence[Fact], *, cancelled: Callable[[], bool] | None = None) -> list[Fact]:
        """The facts with embeddings where their words are new, made in one go."""
        known = {fact.id: self.store.get(fact.id, vectors=False) for fact in facts}
        new = [f for f in facts if not isinstance(was := known[f.id], Fact) or was.text != f.text]
        vectors = self._embedder().embed([fact.text for fact in new], cancelled=cancelled) if new else ()
        made = {f.id: replace(f, vectors=pack_vectors(v, v)) for f, v in zip(new, vectors, strict=True)}
        return [made.get(fact.id, fact) for fact in facts]

    def _hide_what_draws_on_hidden(self) -> None:
        """Hide what has come to draw on something that waits to be purged."""
        if self._pending:
            self._shadows = {p.id: shadow(self.store, p.records) for p in self._pending.values()}

    def _rows_of(self, message: RecordId) -> list[int]:
        """The rows of a message's parts, by the id of the first."""
        rows = [self.store.index.row(message)]
        while (following := int(self._layout.following[rows[-1]])) >= 0:
            part = self.store.get(self.store.index.ids[following], vectors=False)
            if not isinstance(part, Episode) or part.message != message:
                break
            rows.append(following)
        return rows

    def _question_of(self, answer: RecordId) -> str:
        """What the user had said before an answer."""
        episode = self.store.get(answer)
        if not isinstance(episode, Episode):
            return ""
        before = [e for e in self.episodes_of(episode.conversation) if e.position == episode.position - 1]
        return "".join(e.text for e in before)


def _without_hidden_title(conversation: Conversation, hidden: set[RecordId]) -> Conversation:
    """The conversation, its title left out while the message that it was made from waits to be purged."""
    return replace(conversation, title="") if conversation.title_source in hidden else conversation


def _has_words(record: Remembered, words: str) -> bool:
    """Whether a text holds all the words, in any form; a text in a script without spaces, all the strings."""
    text = record.text.lower()
    terms = terms_of(record)
    asked = re.findall(r"\w+", words.lower())
    return all(_has_word(word, text, terms) for word in asked) if asked else words.strip().lower() in text


def _has_word(word: str, text: str, terms: set[int]) -> bool:
    if any(ord(character) >= _FIRST_WITHOUT_SPACES for character in word):
        return word in text
    stems = set(search_terms(word).tolist())
    # Very common words have no search term: they are looked for as they stand, as whole words.
    return stems <= terms if stems else re.search(rf"\b{re.escape(word)}\b", text) is not None


_FIRST_WITHOUT_SPACES = 0x2E80  # the first code point of the CJK blocks
