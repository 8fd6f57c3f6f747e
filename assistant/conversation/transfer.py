"""Import of messages into memory, and export of them. Joins the formats of `interchange` with the verbs of memory."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import CancelledError, InputError
from assistant.interchange.documents import ENDINGS
from assistant.interchange.jsonl import ImportedMessage, check_jsonl, read_jsonl, write_jsonl
from assistant.interchange.markdown import write_markdown
from assistant.memory.clock import now
from assistant.memory.episodes import Said
from assistant.memory.memory import Memory
from assistant.memory.views import Filter
from assistant.store.records import Conversation, Episode, RecordId, new_id

from .chat import read_chat

_BLOCK = 1000
"""Messages embedded and committed together: a crash loses at most one block, and importing again goes on there."""


@dataclass(frozen=True)
class ImportReport:
    """What an import did.

    Attributes:
        messages: Messages that are new.
        known: Messages that were there already and were passed over.
        episodes: Episodes that the new messages made.
        conversations: Conversations that they went to.
    """

    messages: int
    known: int
    episodes: int
    conversations: int


def import_messages(
    memory: Memory,
    path: Path,
    *,
    progress: Callable[[float], None] = lambda share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> ImportReport:
    """Remember the messages of a JSON Lines file.

    The file is checked first, so a corrupt line imports nothing. Messages that were imported before are passed over:
    they are known by their source id, else by conversation, role, time and text. What an import that was cut off left
    undone is done when the file is imported again.

    Raises:
        InputError: The file is no such file, or a line is damaged.
        CancelledError: `cancelled` answered true. Whole blocks that were imported stay; importing again goes on.
    """
    total = check_jsonl(path)
    into = _Target(memory, unnamed=path)
    block: list[Said] = []
    done = kept = episodes = 0

    def flush() -> int:
        start, size = done - len(block), len(block)
        made = memory.remember(
            into.take_new(),
            block,
            progress=lambda made, all_of: progress((start + size * made / all_of) / total),
            cancelled=cancelled,
        )
        block.clear()
        return made

    for message in read_jsonl(path):
        done += 1
        said = into.place(message)
        if said is None:
            continue
        block.append(said)
        kept += 1
        if len(block) >= _BLOCK:
            episodes += flush()
            progress(done / total)
            if cancelled():
                raise CancelledError("The import was stopped.", next_step="Import the file again to go on.")
    if block:
        episodes += flush()
    summed_up = {record.conversation for record in memory.records(Filter(kinds=frozenset({"summary"})))}
    for conversation in into.named:
        if conversation in into.touched or conversation not in summed_up:
            memory.summarise(conversation)
    progress(1.0)
    return ImportReport(messages=kept, known=total - kept, episodes=episodes, conversations=len(into.touched))


_Words = tuple[RecordId, str, datetime, str]
"""What a message without a source id is known by: conversation, role, time and text."""


class _Target:
    """The conversations that an import goes to: which exist, what they hold, and where the next message stands.

    Attributes:
        named: Conversations that the file has messages of.
        touched: Those of them that have got new messages.
    """

    def __init__(self, memory: Memory, *, unnamed: Path) -> None:
        """`unnamed` is the file: its name stands in for that of a conversation without one."""
        self._unnamed = unnamed
        self._by_name: dict[str, Conversation] = {}
        self._next: dict[RecordId, int] = {}
        self._known: set[tuple[RecordId, str]] = set()
        self._new: list[Conversation] = []
        self.named: dict[RecordId, None] = {}
        self.touched: set[RecordId] = set()
        texts: dict[RecordId, tuple[Episode, list[str]]] = {}
        for entry in memory.conversations():
            self._by_name[entry.conversation.source_id or entry.conversation.id] = entry.conversation
            shown = memory.episodes_of(entry.conversation.id)
            if shown:
                self._next[entry.conversation.id] = shown[-1].position + 1
            # A file that was written while another branch was shown brings nothing new.
            for episode in [*shown, *memory.aside_in(entry.conversation.id)]:
                self._known.add((episode.conversation, episode.source_id or episode.message))
                # The file has the words as they were before the user edited them.
                text = episode.history[0].text if episode.history else episode.text
                texts.setdefault(episode.message, (episode, []))[1].append(text)
        # How often each was said, less how often the file has said it so far.
        self._said: Counter[_Words] = Counter(
            (first.conversation, first.role, first.time, "".join(parts)) for first, parts in texts.values()
        )

    def place(self, message: ImportedMessage) -> Said | None:
        """The message at its place, or None if it is known."""
        time = _local(message.time)
        name = message.conversation or self._unnamed.name
        conversation = self._by_name.get(name)
        if conversation is None:
            title = message.title or message.conversation or self._unnamed.stem
            conversation = Conversation(id=new_id(), created=time, title=title, source_id=name)
            self._by_name[name] = conversation
            self._new.append(conversation)
        self.named[conversation.id] = None
        words = (conversation.id, message.role, time, message.text)
        said_before = message.time is not None and self._said[words] > 0
        known = (conversation.id, message.source_id) in self._known if message.source_id else said_before
        if known:
            self._said[words] -= said_before
            return None
        if message.source_id:
            self._known.add((conversation.id, message.source_id))
        position = self._next.get(conversation.id, 0)
        self._next[conversation.id] = position + 1
        self.touched.add(conversation.id)
        # An attached file comes back as one, not as somebody who says its text.
        pages = ((0, message.text),) if Path(message.role).suffix.lower() in ENDINGS else ()
        source = message.source_id
        return Said(conversation.id, message.role, message.text, time, position, source_id=source, pages=pages)

    def take_new(self) -> list[Conversation]:
        """The conversations that appeared since the last call."""
        new, self._new = self._new, []
        return new


def _local(time: datetime | None) -> datetime:
    if time is None:
        return now()
    return time.astimezone() if time.tzinfo is None else time


def exported(
    memory: Memory,
    conversation: RecordId = "",
    *,
    progress: Callable[[float], None] = lambda share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[ImportedMessage]:
    """Every message that is remembered (in one conversation, where one is given), conversation by conversation.

    Each bears the names by which an import knows it again, so that importing it adds nothing.

    Raises:
        CancelledError: `cancelled` answered true.
    """
    chats = [memory.conversation(conversation)] if conversation else [e.conversation for e in memory.conversations()]
    for done, chat in enumerate(reversed(chats)):
        if cancelled():
            raise CancelledError("The export was stopped.")
        progress(done / len(chats))
        sources = {e.message: e.source_id for e in memory.episodes_of(chat.id)}
        for message in read_chat(memory, chat).messages:
            yield ImportedMessage(
                conversation=chat.source_id or chat.id,
                title=chat.title,
                role=message.role,
                text=message.text,
                time=message.time.replace(tzinfo=message.time.tzinfo or UTC),
                source_id=sources.get(message.id) or message.id,
            )


def export_messages(
    memory: Memory,
    path: Path,
    conversation: RecordId = "",
    *,
    progress: Callable[[float], None] = lambda share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> int:
    """Write what was said, in all chats or in one, to a new plain file, `.jsonl` or `.md`. Returns how many messages.

    Raises:
        InputError: The ending is another one, there is no such chat, or the file exists or cannot be written.
        CancelledError: `cancelled` answered true; no file is left.
    """
    if path.suffix == ".jsonl":
        return write_jsonl(path, exported(memory, conversation, progress=progress, cancelled=cancelled))
    if path.suffix == ".md":
        return write_markdown(path, exported(memory, conversation, progress=progress, cancelled=cancelled))
    raise InputError(
        f"{path.name} has no ending that says the format.",
        next_step="Use .jsonl or .md for plain text, or .hippo for a sealed backup.",
    )
