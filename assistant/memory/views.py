"""What the verbs of memory return and take: filters, what was found, details, counts. Data only."""

from dataclasses import dataclass
from datetime import datetime

from assistant.store.records import Conversation, Episode, Fact, RecordId, Remembered, Standing, State, Summary


@dataclass(frozen=True)
class Found:
    """A record that answers a query, and how well: 0 (unrelated) to 1.

    Attributes:
        asked: For a few words in reply to a question: the question, without which they say nothing.
    """

    record: Remembered
    score: float
    asked: str = ""


@dataclass(frozen=True)
class Filter:
    """Which records are wanted. All conditions hold together.

    Attributes:
        kinds: Of "episode", "summary" and "fact".
        states: Allowed states of episodes and facts. Summaries count as active.
        standing: Only facts with this standing.
        conversation: Only this conversation.
        since, until: Said at or after, and before, these times.
        used: Only what answers have used (True) or have not (False).
        words: All of these words, in any form, must be in the text.
    """

    kinds: frozenset[str] = frozenset({"episode", "summary", "fact"})
    states: frozenset[State] = frozenset(State)
    standing: Standing | None = None
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
        derived: Summaries and facts that draw on it.
        sources: Episodes that it draws on.
        weight: Its salience by the rule of semantic forgetting.
        fades_in: In how many turns it will fade if nothing changes; None if not within those that can be foretold.
        curve: Its salience to come if it is not recalled: (turns from now, weight).
        successor, predecessors: Of a fact, the one that superseded it, and those that it superseded.
    """

    record: Remembered
    conversation: Conversation | None
    used_in: tuple[UsedIn, ...] = ()
    derived: tuple[Summary | Fact, ...] = ()
    sources: tuple[Episode, ...] = ()
    weight: float = 0.0
    fades_in: int | None = None
    curve: tuple[tuple[int, float], ...] = ()
    successor: Fact | None = None
    predecessors: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Matter:
    """What is known on one matter ("where the user lives"): facts that took each other's place, or contradict.

    Attributes:
        facts: In the order in which they held.
    """

    facts: tuple[Fact, ...]

    @property
    def disputed(self) -> tuple[Fact, ...]:
        """The open conflict: the facts that contradict one another. Empty where none do."""
        disputed = tuple(fact for fact in self.facts if fact.standing is Standing.DISPUTED)
        return disputed if len(disputed) > 1 else ()


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
        summaries: Of all levels.
        stretch_summaries, user_summaries: Of these, those of level 2, and those of the user as a whole.
        facts: Of all standings.
        facts_superseded, facts_disputed: Of these, those that held once, and those that contradict one another.
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
    stretch_summaries: int = 0
    user_summaries: int = 0
    facts: int = 0
    facts_superseded: int = 0
    facts_disputed: int = 0
