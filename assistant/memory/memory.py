"""The verbs of memory: remember, recall, search, list, edit, pin, fade, forget. What front ends and turns call.

Only the front door: each verb is carried out by the module that its line below names. Every change is one commit of the
store. Not thread-safe: whoever owns the store calls it.
"""

from collections import Counter
from collections.abc import Callable, Collection, Sequence

import numpy as np
import numpy.typing as npt

from assistant.memory import chats, drafts, editing, inspection, listing, moving, remembering, retention, switching
from assistant.memory.absorbing import absorb
from assistant.memory.branches import Versions, aside_in
from assistant.memory.clock import now
from assistant.memory.compact import reading
from assistant.memory.compact.summaries import Compact
from assistant.memory.consolidation import Consolidated, consolidate
from assistant.memory.episodes import Said
from assistant.memory.forgetting import audit, forget
from assistant.memory.forgetting.receipt import Receipt
from assistant.memory.indexed_store import IndexedStore
from assistant.memory.recall.association import Link
from assistant.memory.recall.channels import Recollection
from assistant.memory.recall.recollector import Recall, Recollector
from assistant.memory.salience.fading import Fading
from assistant.memory.salience.outlook import Outlook
from assistant.memory.salience.weight import Salience
from assistant.memory.views import ANY, ChatEntry, Detail, Filter, Found, Matter, Stats
from assistant.models.embedder import Embedder
from assistant.store.fragments import Row
from assistant.store.records import (
    Conversation,
    Draft,
    Episode,
    Fact,
    Forgotten,
    PendingForget,
    RecordId,
    Remembered,
    RetentionRule,
    Standing,
    State,
    Summary,
    Usage,
)
from assistant.store.store import Store


class Memory:
    """Everything that an unlocked Hippo remembers.

    Attributes:
        store: The sealed records. Owned by this object's caller.
        indexed: The same with what is worked out from them; all changes go through it.
        salience: The rule of semantic forgetting.
        fades: Whether semantic forgetting is on.
        levels: Whether there is a second level of summaries.
        on_words_lost: Called when words were edited or forgotten, so that whoever cached them lets go of them.
    """

    def __init__(self, store: Store, embedder: Callable[[], Embedder]) -> None:
        self.store = store
        self.indexed = IndexedStore(store, embedder)
        self.salience = Salience()
        self.fades = True
        self.levels = True
        self.on_words_lost: Callable[[], None] = lambda: None
        self._recollector = Recollector(self.indexed)
        self._lost: list[frozenset[RecordId]] = []

    # Recall

    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        filter: Filter = ANY,  # noqa: A002
        least: float = 0.0,
    ) -> list[Found]:
        """What answers a query best, by words and by meaning, best first; nothing that scores less than `least`."""
        return self._recollector.search(query, limit=limit, wanted=filter, least=least)

    def recall(
        self,
        query: str,
        *,
        limit: int,
        space: str = "",
        conversation: RecordId | None = None,
        answers: bool = True,
        least: float = 0.0,
    ) -> list[Found]:
        """The episodes that may help to answer, best first: the similar channel of `recollect` alone."""
        asked = Recall(
            query=query,
            limit=limit,
            space=space,
            conversation=conversation,
            answers=answers,
            least=least,
            channels=("similar",),
        )
        return list(self.recollect(asked).similar)

    def recollect(self, asked: Recall) -> Recollection:
        """What may help to answer, by channel. Faded ones stay out."""
        return self._recollector.recollect(asked)

    def links(self, record_id: RecordId, limit: int = 8, *, faded: bool = False) -> list[Link]:
        """The memories that belong together with one, in its space and among the pinned, the strongest link first.

        Raises:
            InputError: There is none with this id.
        """
        record = self.get(record_id)
        return self._recollector.links(record, limit, faded=faded) if record.id in self.store.index else []

    def said_later(self, episode: Episode, *, space: str = "", limit: int) -> list[Episode]:
        """What its speaker said after an episode in the same rarer words, the nearest first. Embeds nothing."""
        return self._recollector.said_later(episode, space, limit)

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Embeddings, float32 (len(texts), dimensions), each of length 1. For any thread."""
        return self.indexed.embedder().embed(texts)

    # Compact memory

    def summary_of(self, conversation: RecordId) -> Summary | None:
        """The running summary of a conversation, if it has one."""
        return reading.summary_of(self.indexed, conversation)

    def compact(self, conversation: RecordId | None, space: str = "", unsaid: Collection[RecordId] = ()) -> Compact:
        """The compact memory that a turn in a conversation (None: a new one) of a space may use.

        Lines that draw on episodes in `unsaid` are left out: the turn is to take their place.
        """
        return reading.compact(self.indexed, conversation, space, unsaid)

    def expanded(self, summary: Summary, room: int, count_tokens: Callable[[str], int]) -> list[Episode]:
        """The words that a summary was made from, as far as they fit into so many tokens."""
        return reading.expanded(self.indexed, summary, room, count_tokens)

    # Reading

    def records(self, filter: Filter = ANY) -> list[Remembered]:  # noqa: A002
        """What is remembered, newest first."""
        return listing.records(self.indexed, filter)

    def get(self, record_id: RecordId) -> Remembered:
        """One remembered record.

        Raises:
            InputError: There is none with this id, or it is being forgotten.
        """
        return listing.record_of(self.indexed, record_id)

    def knows(self, record_id: RecordId) -> bool:
        """Whether there is such a record and it is not being forgotten."""
        return record_id in self.store and record_id not in self.indexed.hidden

    def resolve(self, prefix: str) -> RecordId:
        """The full id for an unambiguous beginning of one.

        Raises:
            InputError: None begins like this, or several do.
        """
        return listing.resolve(self.indexed, prefix)

    def matching(self, query: str) -> list[Remembered]:
        """What `forget --matching` takes: the records that hold all the words of a query, in any form."""
        return listing.matching(self.indexed, query)

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
        return listing.facts(self.indexed, space=space, standing=standing, subject=subject)

    def facts_on(self, source: RecordId) -> list[Fact]:
        """The facts that stand on an episode, of any standing."""
        return listing.facts_on(self.indexed, source)

    def told_in(self, record: Remembered) -> Episode | None:
        """The message that tells a memory: an episode itself, the last source of a fact that is there; else None."""
        return listing.told_in(self.indexed, record)

    def matter(self, record_id: RecordId) -> Matter | None:
        """What is known on the matter of a fact, the open conflict that it belongs to included; None for other records.

        Raises:
            InputError: There is none with this id.
        """
        return listing.matter(self.indexed, record_id)

    def detail(self, record_id: RecordId) -> Detail:
        """Everything about one record, for the inspector.

        Raises:
            InputError: There is none with this id.
        """
        return inspection.detail(self.indexed, self._outlook, self.get(record_id))

    def stats(self) -> Stats:
        """Counts of everything that is remembered."""
        return inspection.stats(self.indexed)

    def usages_of(self, conversation: RecordId) -> list[Usage]:
        """What the answers of a conversation used, in order."""
        return self.indexed.usages_of(conversation)

    def used_counts(self) -> Counter[RecordId]:
        """How many answers used each record."""
        return self.indexed.tally().counts

    # Chats

    def conversations(self) -> list[ChatEntry]:
        """All chats in which something was said (and is not being forgotten), the latest first."""
        return chats.chats(self.indexed)

    def conversation(self, name: str) -> Conversation:
        """A conversation by id, by the beginning of its id, or by what an imported file calls it.

        Raises:
            InputError: There is none, or several fit.
        """
        return chats.chat_called(self.indexed, name)

    def episodes_of(self, conversation: RecordId) -> list[Episode]:
        """What was said in a conversation, in order."""
        return chats.episodes_of(self.indexed, conversation)

    def next_position(self, conversation: RecordId) -> int:
        """The position of the next message, after all that are there (also those that wait to be purged)."""
        return chats.next_position(self.indexed, conversation)

    def rename(self, conversation: RecordId, title: str) -> None:
        """Give a chat a title of the user's own."""
        chats.rename(self.indexed, conversation, title)

    def entitle(self, conversation: RecordId, title: str, source: RecordId) -> None:
        """Give a chat a title that was made from one of its messages alone, which it then goes with. Nothing changes
        where its title is the user's own or comes from another message by now, or that message is being forgotten.
        """
        chats.entitle(self.indexed, conversation, title, source)

    def archive(self, conversation: RecordId, archived: bool = True) -> None:
        """Put a chat away, or take it out again."""
        chats.archive(self.indexed, conversation, archived)

    def spaces(self) -> list[str]:
        """The names of the spaces that chats are in, but for the unnamed one, in alphabetical order."""
        return moving.spaces(self.indexed)

    def move(self, conversation: RecordId, space: str) -> None:
        """Move a chat to another space (one that is new if no chat is in it yet; "" for the unnamed one).

        Recall keeps to a space: what was said in the chat, and the facts that were told in it, are remembered in the
        other space from now on, and not in this one. What is pinned is remembered everywhere.

        Raises:
            InputError: There is no such chat.
        """
        moving.move(self.indexed, conversation, space)

    def set_remembering(self, conversation: RecordId, on: bool) -> None:
        """Whether a chat reads memory and keeps what is said in it from now on. What is kept stays."""
        chats.set_remembering(self.indexed, conversation, on)

    # Branches

    def versions_of(self, conversation: Conversation) -> list[Versions]:
        """Where a chat went more than one way, and which of them is shown."""
        return switching.versions_in(self.indexed, conversation)

    def aside_in(self, conversation: RecordId) -> list[Episode]:
        """What was said on the branches of a chat that are not shown, by (position, part)."""
        hidden = self.indexed.hidden
        return [episode for episode in aside_in(self.store, conversation) if episode.id not in hidden]

    def show_version(self, conversation: RecordId, message: RecordId, version: int) -> None:
        """Show another way on from a message: the messages after it are put aside, those of the other come back.

        Args:
            conversation: The chat.
            message: The place, as `Versions.message` names it.
            version: Which of `Versions.branches`.

        Raises:
            InputError: There is no such version there, or no such chat.
        """
        switching.show_version(self.indexed, conversation, message, version)

    def show_message(self, conversation: RecordId, message: RecordId) -> None:
        """Show the branch of a chat that a message was said on; nothing where it is shown, or is not there."""
        switching.show_message(self.indexed, conversation, message)

    def show_what_is_left(self) -> None:
        """Where a crash kept a forgetting from it: show another branch of a chat whose shown one is gone."""
        switching.show_what_is_left(self.indexed)

    # Drafts

    def draft_of(self, conversation: RecordId) -> Draft | None:
        """What is typed in a chat ("" for the next new one) and not sent yet."""
        return drafts.draft_of(self.indexed, conversation)

    def keep_draft(self, conversation: RecordId, text: str, *, instead_of: RecordId = "", edit: str = "") -> None:
        """Keep what is typed in a chat in the place of what was; without words, nothing is kept.

        A chat that is forgotten keeps none, and no other words are kept for a message that is.

        Args:
            conversation: The chat, or "" for the next new one.
            text: What stands there as a new message.
            instead_of: Id of the message that is being edited, or "".
            edit: The other words for that message.

        Raises:
            StoreFullError, StoreError: What was kept is as before.
        """
        drafts.keep_draft(self.indexed, conversation, text, instead_of, edit)

    # Remembering

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
            instead_of: Shown episodes of which this turn takes the place, with all that followed them: they are put
                aside in the same go, and the turn begins another branch of the chat (see `store.records.Aside`).
        """
        return remembering.keep_turn(self.indexed, conversation, said, used=used, usage=usage, instead_of=instead_of)

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
        return remembering.remember(self.indexed, conversations, messages, progress=progress, cancelled=cancelled)

    def summarise(self, conversation: RecordId) -> Summary | None:
        """Bring the running summary of a conversation up to date after an import."""
        return remembering.summarise(self.indexed, conversation)

    def consolidate(self, *, cancelled: Callable[[], bool] = lambda: False) -> Consolidated:
        """Do what is due off the turn: summaries of level 2 and of the user, and fading. For when nobody waits.

        Each step is one commit, so it may be stopped, or crash, at any time; the next call goes on. While a
        forgetting can still be undone, nothing is done.

        Args:
            cancelled: Asked after each step.

        Raises:
            StoreFullError, StoreError: The steps before are kept.
        """
        salience = self.salience if self.fades else None
        return consolidate(self.indexed, salience, levels=self.levels, cancelled=cancelled)

    def absorb(self, rows: Sequence[Row], removed: Collection[RecordId]) -> None:
        """Take in rows that another device sealed, and let go of what it removed or forgot.

        Raises:
            StoreFullError, StoreError: The same may be given again.
        """
        if lost := absorb(self.indexed, rows, removed, forget=self.forget):
            self._words_lost(lost)

    # The user's hand

    def edit(self, record_id: RecordId, text: str) -> Remembered:
        """Give a memory other words. It is embedded anew, and so is what was derived from it.

        Answers of Hippo's that repeat words which the edit took out fade: they would contradict it.

        Raises:
            InputError: There is no such memory, or the text is empty.
        """
        edited = editing.edit(self.indexed, record_id, text)
        if edited.lost:
            self._words_lost(edited.lost)
        return edited.record

    def set_state(self, ids: Sequence[RecordId], state: State) -> None:
        """Pin, fade, or make active again. Summaries have no state and are passed over.

        Raises:
            InputError: There is no memory with one of the ids; none is changed.
        """
        editing.set_state(self.indexed, ids, state)

    # Semantic forgetting

    @property
    def _outlook(self) -> Outlook:
        return Outlook(self.indexed, self.salience, self.fades)

    def weight(self, episode: Episode, later: int = 0) -> float:
        """The salience of an episode now, or some turns later if it is not recalled until then."""
        return self._outlook.weight(episode, later)

    def fading(self, *, limit: int = 100) -> list[Fading]:
        """What fades next if nothing changes, soonest first, then what has faded, the latest first; `limit` of each."""
        return self._outlook.fading(limit)

    # Forgetting on request

    def begin_forget(self, ids: Sequence[RecordId]) -> PendingForget:
        """Hide these records at once and for good, unless `undo_forget` comes before `finish_forget`.

        What repeats them and what was derived from them is hidden with them. A crash in between forgets. A
        conversation's id takes all that was said in it.

        Raises:
            InputError: One of the ids is not that of a memory or conversation.
        """
        pending, hidden = forget.begin(self.indexed, ids)
        self._words_lost(hidden)
        return pending

    def undo_forget(self, pending: RecordId) -> None:
        """Show again what `begin_forget` hid.

        Raises:
            InputError: It was purged already.
        """
        forget.undo(self.indexed, pending)

    def finish_forget(self, pending: RecordId) -> Receipt:
        """Purge what `begin_forget` hid, rebuild what drew on it, and check that the bytes are gone.

        Raises:
            InputError: It was undone or purged already.
        """
        return forget.finish(self.indexed, pending)

    def forget(self, ids: Sequence[RecordId]) -> Receipt:
        """Forget now, without a time for undo."""
        return self.finish_forget(self.begin_forget(ids).id)

    def everything(self) -> list[RecordId]:
        """Ids that name all that is remembered: the conversations, and what belongs to none."""
        return forget.everything(self.indexed)

    def forget_everything(self) -> Receipt:
        """Forget all that is remembered, now, and with it the damaged rows that no memory can be named by."""
        ids = self.everything()
        return forget.purge_the_rest(self.indexed, self.forget(ids) if ids else None)

    def audit(self) -> list[Forgotten]:
        """What was forgotten: when and how much of which kind, the latest first. Holds no content."""
        return audit.lines(self.store)

    def pending_forgets(self) -> tuple[RecordId, ...]:
        """What was begun and not finished: by a crash, or because the time for undo is still running."""
        return tuple(self.indexed.pending)

    # Retention

    def retention_rules(self) -> list[RetentionRule]:
        """How long memories are kept: the rule for all first, then those of spaces. Without any: for ever."""
        return retention.rules(self.store)

    def set_retention(self, rule: RetentionRule) -> None:
        """Put a rule in the place of the one for the same space. Nothing is forgotten by it: see `retention_due`.

        Raises:
            InputError: It names no number of days that makes sense.
        """
        retention.put(self.indexed, rule)

    def drop_retention(self, space: str | None) -> None:
        """Take the rule of a space (None: for all others) away, if there is one."""
        retention.drop(self.indexed, space)

    def retention_due(self) -> retention.Due:
        """What the rules would forget now."""
        return retention.due(self.store, now=now(), hidden=self.indexed.hidden)

    def forget_due(self, ids: Collection[RecordId]) -> Receipt:
        """Forget what was shown as due and still is: at once, without a time for undo."""
        still = sorted(set(ids).intersection(self.retention_due().ids))
        return self.forget(still) if still else Receipt.of_nothing(now())

    # Lost words

    @property
    def losses(self) -> int:
        """How many times words were edited or forgotten since the memory was opened; for `lost_since`."""
        return len(self._lost)

    def lost_since(self, losses: int) -> frozenset[RecordId]:
        """Ids of the records (and messages) whose words were edited or forgotten since `losses` was read."""
        return frozenset().union(*self._lost[losses:])

    def _words_lost(self, ids: frozenset[RecordId]) -> None:
        self._recollector.let_go()
        self._lost.append(ids)
        self.on_words_lost()
