"""The verbs of memory: remember, recall, search, list, edit, pin, fade, forget. What front ends and turns call.

Every change is one commit of the store. Not thread-safe: whoever owns the store calls it.
"""

import dataclasses
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt
from msgspec.structs import replace

from assistant.errors import InputError
from assistant.models.embedder import Embedder
from assistant.store.records import (
    Conversation,
    Episode,
    Fact,
    PendingForget,
    Record,
    RecordId,
    Remembered,
    Revision,
    State,
    Summary,
    Usage,
    Used,
    new_id,
)
from assistant.store.store import Store
from assistant.store.terms import search_terms

from .compact import corrected_summary, update_summary
from .episodes import Said, make_episodes, pack_vectors, reworded, terms_of
from .forgetting import (
    Plan,
    Receipt,
    echoes,
    plan_forgetting,
    shadow,
    successors_anew,
    summary_anew,
    with_conversations,
)
from .layout import Layout
from .recall import rank
from .salience import Salience
from .titles import title_from
from .views import ANY, ChatEntry, Detail, Filter, Found, Stats, UsedIn


def now() -> datetime:
    """The present, with the local offset from UTC."""
    return datetime.now(UTC).astimezone()


class Memory:
    """Everything that an unlocked Hippo remembers.

    Attributes:
        store: The sealed records. Owned by this object's caller.
        salience: The rule of semantic forgetting.
        on_words_lost: Called when words were edited or forgotten, so that whoever cached them lets go of them.
    """

    def __init__(self, store: Store, embedder: Callable[[], Embedder]) -> None:
        self.store = store
        self.salience = Salience()
        self.on_words_lost: Callable[[], None] = lambda: None
        self._lost: list[frozenset[RecordId]] = []
        self._embedder = embedder
        self._pending = {pending.id: pending for pending in store.all(PendingForget)}
        self._shadows = {p.id: shadow(store, p.records) for p in self._pending.values()}
        self._layout = Layout(store)
        self._layout_is_old = False
        self._numbering = store.index.numbering
        self._usage: Counter[RecordId] | None = None
        self._last_used: dict[RecordId, int] = {}

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
        vector = self._embedder().embed([query])[0]
        return [found for found in self._ranked(query, vector, self._allowed(filter), limit) if found.score >= least]

    def recall(
        self,
        query: str,
        *,
        limit: int,
        space: str = "",
        conversation: RecordId | None = None,
        leave_out: Iterable[RecordId] = (),
        answers: bool = True,
        least: float = 0.0,
    ) -> list[Found]:
        """The memories that may help to answer, best first. Faded ones stay out.

        Args:
            query: The user's words.
            limit: At most this many.
            space: Only what was said in this space, and what is pinned.
            conversation: Only what was said in this conversation.
            leave_out: Ids of messages that the prompt holds already.
            answers: Also what the assistant said.
            least: Nothing that scores less.
        """
        if not query.strip():
            return []
        states = frozenset({State.ACTIVE, State.PINNED})
        allowed = self._allowed(Filter(kinds=frozenset({"episode"}), states=states, conversation=conversation))
        layout = self._current_layout()
        allowed &= (layout.in_space(space) | layout.is_pinned)[: len(allowed)]
        if not answers:
            allowed &= ~layout.said_by("assistant")[: len(allowed)]
        for message in leave_out:
            record = self.store.get(message)
            if isinstance(record, Episode):
                for part in self._parts(record):
                    allowed[self.store.index.row(part.id)] = False
        vector = self._embedder().embed([query])[0]
        return [found for found in self._ranked(query, vector, allowed, limit) if found.score >= least]

    def _ranked(
        self, query: str, vector: npt.NDArray[np.float32], allowed: npt.NDArray[np.bool_], limit: int
    ) -> list[Found]:
        ranking = rank(self.store, self._current_layout(), query, vector, allowed, limit=limit)
        ids = self.store.index.ids
        records = (self.store.get(ids[row]) for row in ranking.rows.tolist())
        return [
            Found(record, round(float(score), 4))
            for record, score in zip(records, ranking.relevance, strict=True)
            if isinstance(record, Remembered)
        ]

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
        sources = record.sources if isinstance(record, Summary) else ()
        return Detail(
            record,
            conversation if isinstance(conversation, Conversation) else None,
            tuple(sorted(used_in, key=lambda use: use.time, reverse=True)),
            tuple(summary for summary in self.store.all(Summary, vectors=False) if record.id in summary.sources),
            tuple(source for i in sources if isinstance(source := self.store.get(i), Episode)),
            self.weight(record) if isinstance(record, Episode) else 0.0,
        )

    def weight(self, episode: Episode) -> float:
        """The salience of an episode now."""
        self.used_counts()
        last = self._last_used.get(episode.id)
        return self.salience.weight(
            max(self.store.turn - episode.turn, 0), None if last is None else self.store.turn - last
        )

    def used_counts(self) -> Counter[RecordId]:
        """How many answers used each record."""
        if self._usage is None:
            self._usage = Counter()
            for usage in self.store.all(Usage):
                self._count_usage(usage)
        return self._usage

    def _count_usage(self, usage: Usage) -> None:
        if self._usage is not None:
            for used in usage.used:
                self._usage[used.record] += 1
                self._last_used[used.record] = max(self._last_used.get(used.record, 0), usage.turn)

    def summary_of(self, conversation: RecordId) -> Summary | None:
        """The running summary of a conversation, if it has one."""
        summary = self._any_summary_of(conversation)
        return summary if summary is not None and summary.id not in self._hidden() else None

    def _any_summary_of(self, conversation: RecordId) -> Summary | None:
        summaries = self.store.all(Summary, vectors=False)
        return next((s for s in summaries if s.conversation == conversation and s.level == 1), None)

    def stats(self) -> Stats:
        """Counts of everything that is remembered."""
        hidden = self._hidden()
        episodes = [e for e in self.store.all(Episode, vectors=False) if e.id not in hidden]
        states = Counter(e.state for e in episodes)
        return Stats(
            episodes=len(episodes),
            summaries=sum(s.id not in hidden for s in self.store.all(Summary, vectors=False)),
            pinned=states[State.PINNED],
            faded=states[State.FADED],
            conversations=len([c for c in self.store.all(Conversation) if c.id not in hidden]),
            bytes_on_disk=self.store.size_on_disk(),
            damaged=len(self.store.damaged),
            problems=self.store.problems,
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
            marks = tuple(Used(record=found.record.id, score=found.score) for found in used)
            usage = replace(usage, turn=turn, used=marks)
            records.append(usage)
        # A summary that waits for its sources to be purged is made anew then, with these messages too.
        summary = self._any_summary_of(conversation.id)
        if users and (summary is None or summary.id not in self._hidden()):
            updated = update_summary(summary, users, count_tokens=self._embedder().count_tokens, now=now())
            if updated is not None and updated is not summary:
                records.append(self._embedded(updated))
        self._commit(records, remove=instead_of)
        if instead_of:
            self._usage = None
            self._last_used.clear()
        elif usage is not None:
            self._count_usage(usage)
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
        self._commit([*conversations, *episodes])
        return len(episodes)

    def summarise(self, conversation: RecordId) -> Summary | None:
        """Bring the running summary of a conversation up to date after an import."""
        said = [e for e in self.episodes_of(conversation) if e.role != "assistant"]
        summary = self.summary_of(conversation)
        if not said:
            return summary
        updated = update_summary(summary, said[-50:], count_tokens=self._embedder().count_tokens, now=now())
        if updated is not None and updated is not summary:
            self._commit([self._embedded(updated)])
        return updated

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
            summary = self._embedded(corrected_summary(record, text, now()))
            self._commit([summary])
            self._words_lost({summary.id})
            return summary
        if isinstance(record, Fact):
            raise InputError("A fact cannot be edited yet.")
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
        dropped: list[RecordId] = []
        for summary in self.store.all(Summary, vectors=False):
            if record.id in summary.sources and summary.id not in hidden:
                anew = summary_anew(self.store, summary, hidden, overlay, self._embedder, now())
                if anew is None:
                    dropped.append(summary.id)
                elif anew != summary:
                    changed[summary.id] = self._embedded(anew)
        conversation = self.store.get(record.conversation)
        if isinstance(conversation, Conversation) and conversation.title_source == record.id:
            changed[conversation.id] = replace(conversation, title=title_from(edited.text))
        return list(changed.values()), dropped

    def set_state(self, ids: Sequence[RecordId], state: State) -> None:
        """Pin, fade, or make active again. Summaries have no state and are passed over.

        Raises:
            InputError: There is no memory with one of the ids; none is changed.
        """
        records = [self.get(i) for i in ids]
        self._commit(
            [replace(r, state=state) for r in records if isinstance(r, Episode | Fact) and r.state is not state]
        )

    # Forgetting

    def matching(self, query: str) -> list[Remembered]:
        """What `forget --matching` takes: the records that hold all the words of a query, in any form."""
        if not query.strip():
            return []
        return [r for r in self.records(Filter(words=query)) if isinstance(r, Episode)]

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
        self._commit([self._embedded(r) if isinstance(r, Summary) else r for r in plan.rebuilt])
        # Before the purge: it may remove the rows and then fail to finish.
        self._layout_is_old = True
        self._usage = None
        self._last_used.clear()
        report = self.store.purge([*plan.remove, pending])
        del self._pending[pending], self._shadows[pending]
        return Receipt(
            when=now(),
            episodes=plan.episodes,
            echoes=plan.echoes,
            summaries_rebuilt=plan.summaries_rebuilt,
            summaries_dropped=plan.summaries_dropped,
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
        if not rest and not usages:
            return receipt
        report = self.store.purge([*rest, *usages])
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
        if replaced or remove:
            self._layout_is_old = True
        elif not self._layout_is_old and self._numbering == self.store.index.numbering:
            self._layout.add([r for r in records if isinstance(r, Episode)])
            self._layout.add([r for r in records if isinstance(r, Summary | Fact)])

    def _embedded(self, summary: Summary) -> Summary:
        vector = self._embedder().embed([summary.text])[0]
        terms = search_terms(summary.text).tobytes()
        return replace(summary, vectors=pack_vectors(vector, vector), terms=terms)

    def _parts(self, episode: Episode) -> list[Episode]:
        return [e for e in self.store.episodes_of(episode.conversation, vectors=False) if e.message == episode.message]

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
