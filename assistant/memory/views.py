"""What the verbs of memory return and take: filters, what was found, details, counts. Data only."""

from dataclasses import dataclass
from datetime import datetime

from assistant.store.records import Conversation, Episode, RecordId, Remembered, State, Summary


@dataclass(frozen=True)
class Found:
    """A record that answers a query, and how well: 0 (unrelated) to 1."""

    record: Remembered
    score: float


@dataclass(frozen=True)
class Filter:
    """Which records are wanted. All conditions hold together.

    Attributes:
        kinds: Of "episode", "summary" and "fact".
        states: Allowed states of episodes.
        conversation: Only this conversation.
        since, until: Said at or after, and before, these times.
        used: Only what answers have used (True) or have not (False).
        words: All of these words, in any form, must be in the text.
    """

    kinds: frozenset[str] = frozenset({"episode", "summary", "fact"})
    states: frozenset[State] = frozenset(State)
    conversation: RecordId | None = None
    since: datetime | None = None
    until: datetime | None = None
    used: bool | None = None
    words: str = ""


ANY = Filter()
"""All that is remembered."""


@dataclass(frozen=True)
class UsedIn:
    """One answer that used a record. `answer` is the id of its message, `question` what it answered."""

    answer: RecordId
    conversation: RecordId
    time: datetime
    score: float
    question: str


@dataclass(frozen=True)
class Detail:
    """All there is to know about one record.

    Attributes:
        derived: Summaries that draw on it.
        sources: Episodes that it draws on.
        weight: Its salience by the rule of semantic forgetting.
    """

    record: Remembered
    conversation: Conversation | None
    used_in: tuple[UsedIn, ...] = ()
    derived: tuple[Summary, ...] = ()
    sources: tuple[Episode, ...] = ()
    weight: float = 0.0


@dataclass(frozen=True)
class ChatEntry:
    """A conversation in the chat list: when something was last said in it, and how many messages it has."""

    conversation: Conversation
    last: datetime
    messages: int


@dataclass(frozen=True)
class Stats:
    """Counts of what is remembered.

    Attributes:
        damaged: Rows that could not be opened and were set aside.
        problems: What opening the store found wrong, as sentences for the user.
    """

    episodes: int
    summaries: int
    pinned: int
    faded: int
    conversations: int
    bytes_on_disk: int
    damaged: int
    problems: tuple[str, ...] = ()
