"""The kinds of record: everything that Hippo remembers is one of these, with an id, its sources and a history.

Records are immutable; a change is a new record with the same id (`msgspec.structs.replace`). They are sealed as
MessagePack with the kind as tag. A new field needs a default, so that older stores still open. Those that are many are
not tracked by Python's garbage collector (`gc=False`): they cannot form cycles, and to walk 100,000 of them would hold
up every thread for 150 ms.
"""

import os
from datetime import datetime
from enum import StrEnum
from typing import Literal

import msgspec

RecordId = str
"""16 random bytes as 32 lower-case hexadecimal digits."""

SCHEMA_VERSION = 1
"""Version of the records below, bound into each box as associated data."""


class State(StrEnum):
    """Whether recall may use a record: `active`; `pinned` (never fades, preferred); `faded` (only listed).

    No stored record is `aside`: so are the episodes within an `Aside` when they are listed.
    """

    ACTIVE = "active"
    PINNED = "pinned"
    FADED = "faded"
    ASIDE = "aside"


def new_id() -> RecordId:
    """A fresh random record id."""
    return os.urandom(16).hex()


class Revision(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An earlier wording of a record: its text until the given time."""

    text: str
    until: datetime


class Episode(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="episode", tag_field="kind"):
    """One dialogue chunk: a message, or a part of a long one. The source that everything else points at.

    Attributes:
        conversation: Id of the conversation it was said in.
        role: "user", "assistant", or a speaker's name in an imported conversation.
        text: The words. The parts of one message joined in order give the message, white space included.
        time: When it was said, with the offset from UTC that held for the speaker.
        position: Number of the message within its conversation, from 0. Neighbours differ by one.
        message: Id of the message's first part (its own id for a message of one part).
        part: Number of this part within the message, from 0.
        turn: The memory's turn counter when it was stored: its age is counted from here.
        source_id: Where an imported message came from, as its file calls it, or "".
        state: See `State`.
        vectors: Embeddings, float16, little-endian, (2, dimensions): the chunk alone, then with what came before.
        terms: Hashed search terms, uint32, little-endian, in order, with repeats.
        cues: What the words give away at a glance, as flags; the memory's business.
        history: Earlier wordings, oldest first.
        state_turn: The memory's turn counter when it faded or was restored. What is restored counts its age from there.
        refused: Facts that the user forgot and that this episode must not give again, as numbers without content.
        branch: The branch of the conversation that it was said on (`Branch.id`); "" is the first one.
        file: The name of the file that the text is from, or "". The role is this name, too.
        page: The page of that file, from 1; 0 where it has none.
    """

    id: RecordId
    conversation: RecordId
    role: str
    text: str
    time: datetime
    position: int
    message: RecordId
    part: int = 0
    turn: int = 0
    source_id: str = ""
    state: State = State.ACTIVE
    vectors: bytes = b""
    terms: bytes = b""
    cues: int = 0
    history: tuple[Revision, ...] = ()
    state_turn: int = 0
    refused: tuple[int, ...] = ()
    branch: RecordId = ""
    file: str = ""
    page: int = 0

    @property
    def told(self) -> bool:
        """Whether a person said it: neither Hippo nor a file. Only that tells facts, and is summed up."""
        return self.role != "assistant" and not self.file

    @property
    def speaker(self) -> str:
        """Its role, for a file with the page: "contract.pdf, page 3"."""
        return f"{self.role}, page {self.page}" if self.page else self.role


class Summary(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="summary", tag_field="kind"):
    """Compact memory of a conversation. Level 1 is the running summary; level 2 sums up level 1.

    Attributes:
        conversation: The conversation that it sums up, or "" for the user as a whole, within a space.
        space: The space of a summary of the user as a whole.
        first: For level 2 of a conversation, the position of the first message that it covers.
        sources: Ids of the records that it draws on. It is rebuilt or dropped when one of them changes or goes.
        corrected: The user changed it: their words hold until a source is forgotten.
        spans: How many of the sources belong to each line of the text, in order; () is one to a line. The sources
            beyond these are of lines that the user took out.
        held: Which lines the user wrote.
    """

    id: RecordId
    conversation: RecordId
    text: str
    time: datetime
    sources: tuple[RecordId, ...]
    level: int = 1
    space: str = ""
    first: int = 0
    corrected: bool = False
    spans: tuple[int, ...] = ()
    held: tuple[int, ...] = ()
    vectors: bytes = b""
    terms: bytes = b""


class Standing(StrEnum):
    """Whether a fact holds: `current`; `superseded` (it held until `valid_to`); `disputed` (another one denies it)."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    DISPUTED = "disputed"


class Fact(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="fact", tag_field="kind"):
    """One time-stamped statement about the user or their world.

    Attributes:
        conversation: Where it was first said: its space is the fact's space.
        subject: Whom or what it is about, in lower case: "user", a speaker's name, or a name in the text ("ada").
        attribute: What it says of the subject ("home", "allergy"), in lower case, or "". Two current facts with the
            same subject and an attribute that has one value at a time cannot both hold.
        value: The value in the user's words ("Lisbon"); after "not " where the fact denies it ("not dog").
        text: The statement as a sentence that stands alone ("Ada is allergic to walnuts.").
        time: When it was last said.
        valid_from, valid_to: Since and until when it holds, as far as is known.
        standing: See `Standing`.
        successor: Id of the fact that superseded it, or "".
        sources: Ids of the episodes that it came from, oldest first.
        corrected: The user wrote these words: they hold until a source is forgotten.
        covers: What its sources claim that a correction stands for, as numbers without content.
        ends: What its sources say is over, in their words, and when that was said.
        state: See `State`.
        history: Earlier wordings, oldest first.
    """

    id: RecordId
    conversation: RecordId
    subject: str
    attribute: str
    value: str
    text: str
    time: datetime
    sources: tuple[RecordId, ...]
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    standing: Standing = Standing.CURRENT
    successor: RecordId = ""
    corrected: bool = False
    covers: tuple[int, ...] = ()
    ends: tuple[tuple[str, datetime], ...] = ()
    state: State = State.ACTIVE
    vectors: bytes = b""
    terms: bytes = b""
    history: tuple[Revision, ...] = ()


class Branch(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Another way that a chat went: from a message that the user edited, or an answer that was written anew.

    Attributes:
        first: Position of its first message, the same as that of the message which it stands instead of.
        parent: The branch that it leaves there; "" is the first one.
    """

    id: RecordId
    first: int
    parent: RecordId = ""


class Conversation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag="conversation", tag_field="kind"):
    """One chat.

    Attributes:
        title: What the chat list shows; may be "".
        title_source: Id of the episode that the title was made from, or "" where the user wrote it.
        space: Name of the space that recall keeps to.
        memory: Whether this conversation reads and writes memory.
        source_id: What an imported file calls it, or "".
        branches: The ways that it went besides the first, in the order in which they were begun.
        chosen: Ids of the branches that are to be shown; one at most of those that leave at the same place.
    """

    id: RecordId
    created: datetime
    title: str = ""
    title_source: RecordId = ""
    space: str = ""
    persona: str = ""
    model: str = ""
    memory: bool = True
    archived: bool = False
    source_id: str = ""
    branches: tuple[Branch, ...] = ()
    chosen: tuple[RecordId, ...] = ()


class Used(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """That a record was put into a prompt, how strongly it matched (0 to 1), and how much of it the answer quoted: the
    share (0 to 1) of its content words, those of the question left out, that came back in the answer."""

    record: RecordId
    score: float
    quoted: float = 0.0


class Usage(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="usage", tag_field="kind"):
    """Which records one answer used.

    Attributes:
        answer: Id of the answer's message.
        turn: The memory's turn counter at the answer.
        prompt_tokens: Tokens of the whole prompt.
        recall_ms: Time that recall took.
        prefill_ms: Time from then to the first token, in which the prompt and what may be quoted were read.
        generate_ms: Time from the first token to the last.
        answer_tokens: Tokens of the answer.
    """

    id: RecordId
    answer: RecordId
    conversation: RecordId
    time: datetime
    turn: int
    used: tuple[Used, ...] = ()
    prompt_tokens: int = 0
    recall_ms: float = 0.0
    prefill_ms: float = 0.0
    generate_ms: float = 0.0
    answer_tokens: int = 0


class Aside(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True, tag="aside", tag_field="kind"):
    """An episode on a branch of its chat that is not shown. It takes the episode's place, under the same id.

    The user superseded it by editing a message or having an answer written anew. So nothing that asks for episodes
    finds it: it is not recalled, and no prompt, summary, fact, export or transcript draws on it. It stays reachable in
    the chat, the inspector lists it, and what forgets its chat, or its age or words, forgets it. When its branch is
    shown again, the episode takes its place back.

    Attributes:
        episode: As it was. The first one of a branch has no vectors: they saw what the branch left.
        usage: What the answer of which it is the first part used: that counts only while the answer is shown.
        facts: The facts that went with it and that the user had corrected, pinned or faded.
    """

    id: RecordId
    episode: Episode
    usage: Usage | None = None
    facts: tuple[Fact, ...] = ()


class PendingForget(msgspec.Struct, frozen=True, kw_only=True, tag="pending-forget", tag_field="kind"):
    """The user asked to forget these records; they are hidden, and purged when the time for undo is over.

    It is durable, so a crash before the purge forgets: the next opening finishes the work.
    """

    id: RecordId
    records: tuple[RecordId, ...]
    time: datetime


class FadingRun(msgspec.Struct, frozen=True, kw_only=True, tag="fading-run", tag_field="kind"):
    """That semantic forgetting was last carried out at this turn of the memory. There is one at most."""

    id: RecordId
    turn: int


class Forgotten(msgspec.Struct, frozen=True, kw_only=True, tag="forgotten", tag_field="kind"):
    """That something was forgotten: when, how much of which kind, and by what its rows are known in older backups.

    Attributes:
        counts: How many records of each kind went; no content.
        marks: Marks of the rows, 16 bytes each, one after another: see `assistant.store.tombstones`.
    """

    id: RecordId
    time: datetime
    counts: dict[str, int] = {}
    marks: bytes = b""


class RetentionRule(msgspec.Struct, frozen=True, kw_only=True, tag="retention-rule", tag_field="kind"):
    """How long memories are kept. There is one for a space at most. It is sealed, because spaces have names.

    Attributes:
        space: The space that it is about, or None for all that have no rule of their own.
        keep: "forever"; "until-faded" (what has faded is forgotten); "days".
        days: For "days": so many since it was said.
    """

    id: RecordId
    space: str | None = None
    keep: Literal["forever", "until-faded", "days"] = "forever"
    days: int = 0


class BackupMade(msgspec.Struct, frozen=True, kw_only=True, tag="backup-made", tag_field="kind"):
    """That a backup was written to this file: it holds what was remembered then."""

    id: RecordId
    path: str
    time: datetime


class Draft(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag="draft", tag_field="kind"):
    """What is typed in a chat and not sent yet. There is one for a chat at most; it is no memory.

    Attributes:
        conversation: The chat, or "" for the next new one.
        text: What stands there as a new message.
        instead_of: Id of the message that is being edited, or "".
        edit: The other words for that message.
    """

    id: RecordId
    conversation: RecordId
    time: datetime
    text: str = ""
    instead_of: RecordId = ""
    edit: str = ""


Remembered = Episode | Summary | Fact
"""What recall can find, and the inspector lists."""

KINDS = ("episode", "summary", "fact")


def kind_of(record: Remembered) -> str:
    """The kind of a remembered thing, as the terminal names it: one of `KINDS`."""
    return "episode" if isinstance(record, Episode) else "summary" if isinstance(record, Summary) else "fact"


Record = (
    Episode
    | Summary
    | Fact
    | Conversation
    | Usage
    | PendingForget
    | FadingRun
    | Forgotten
    | RetentionRule
    | BackupMade
    | Aside
    | Draft
)
