"""Makes the demo: tells the story to a new, empty memory. The embedder does its real work; no language model is used.

Nothing here reaches into the store: chats come by import and by turns, and what a user would have pinned, corrected or
let fade is pinned, corrected and faded by the verbs for it.
"""

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from assistant.conversation.session import Session
from assistant.conversation.transfer import import_messages
from assistant.interchange.jsonl import ImportedMessage, write_jsonl
from assistant.memory.clock import now
from assistant.memory.episodes import Said
from assistant.memory.memory import Memory
from assistant.memory.views import Filter
from assistant.paths import Home
from assistant.store.records import Conversation, Episode, RecordId, State, Usage, new_id

from .story import LONG_DAYS, LONG_TITLE, TALKS, Talk, long_talk

PASSPHRASE = "a demo of Hippo"  # noqa: S105
"""Opens the demo again after a lock. It protects nothing: what is in it was made up."""

_PINNED = ("I am allergic to walnuts.", "The city wants no plants with berries near the playground.")
_FADED = ("Cumin before or after the onions?", "I have sent the letter by registered mail.", "And only for June?")
_CORRECTED = (
    (
        "We fly on the 14th and stay for six nights.",
        "We fly on the 16th and stay for five nights.",
    ),
)
_RECALLED = 4


@contextlib.contextmanager
def demo_home() -> Iterator[Home]:
    """A new home in a temporary folder, for this user only; it is gone when the context ends."""
    with tempfile.TemporaryDirectory(prefix="hippo-demo-", ignore_cleanup_errors=True) as folder:
        yield Home(Path(folder) / "home")


def seed(session: Session, *, progress: Callable[[float], None] = lambda share: None) -> None:
    """Make the vault of a new home and tell the story to its memory. The session is open afterwards.

    Args:
        session: Of a home that has no vault yet.
        progress: Called with the share that is done, 0 to 1.

    Raises:
        VaultError: The home has a vault already. Nothing in it is changed.
        ModelError: The embedder is missing.
        InputError: The home cannot be used.
    """
    session.create(passphrase=PASSPHRASE)
    memory, today = session.memory, now()
    talks = sorted(TALKS, key=lambda talk: talk.days_ago, reverse=True)
    _import_long_talk(session.home, memory, today)
    for done, talk in enumerate(talks):
        progress(done / len(talks))
        _tell(memory, talk, today)
    _use_the_users_hand(memory)
    session.consolidate()
    progress(1.0)


def _import_long_talk(home: Home, memory: Memory, today: datetime) -> None:
    begin = today.replace(hour=7, minute=40, second=0, microsecond=0) - timedelta(days=LONG_DAYS + 2)
    messages = [
        ImportedMessage(conversation=LONG_TITLE, title=LONG_TITLE, role=role, text=text, time=begin + passed)
        for day, turn in enumerate(long_talk())
        for role, text, passed in (
            ("user", turn[0], timedelta(days=day)),
            ("assistant", turn[1], timedelta(days=day, seconds=20)),
        )
    ]
    file = home.root / "portuguese.jsonl"
    try:
        write_jsonl(file, messages)
        import_messages(memory, file)
    finally:
        file.unlink(missing_ok=True)


def _tell(memory: Memory, talk: Talk, today: datetime) -> None:
    begin = _beginning(talk, today)
    chat = Conversation(id=new_id(), created=begin, title=talk.title, space=talk.space)
    said = [
        Said(chat.id, role, text, begin + timedelta(minutes=2 * turn, seconds=seconds), 2 * turn + later, id=new_id())
        for turn, texts in enumerate(talk.turns)
        for later, (role, text, seconds) in enumerate(zip(("user", "assistant"), texts, (0, 9), strict=True))
    ]
    if talk.asked_memory:
        for question, answer in zip(said[::2], said[1::2], strict=True):
            _keep_turn(memory, chat, question, answer)
    else:
        memory.remember([chat], said)
        memory.summarise(chat.id)
    if talk.archived:
        memory.archive(chat.id)


def _beginning(talk: Talk, today: datetime) -> datetime:
    if not talk.days_ago:
        return today - timedelta(minutes=2 * len(talk.turns))
    day = today - timedelta(days=talk.days_ago)
    return day.replace(hour=talk.hour, minute=5, second=0, microsecond=0)


def _keep_turn(memory: Memory, chat: Conversation, question: Said, answer: Said) -> None:
    used = memory.recall(question.text, limit=_RECALLED, space=chat.space, least=0.3)
    words = len(answer.text.split())
    usage = Usage(
        id=new_id(),
        answer=answer.id,
        conversation=chat.id,
        time=answer.time,
        turn=0,
        prompt_tokens=210 + 40 * len(used),
        recall_ms=11.0,
        generate_ms=24.0 * words,
        answer_tokens=round(1.4 * words),
    )
    memory.keep_turn(chat, [question, answer], used=used, usage=usage)


def _use_the_users_hand(memory: Memory) -> None:
    said: dict[str, RecordId] = {
        record.text: record.id
        for record in memory.records(Filter(kinds=frozenset({"episode"})))
        if isinstance(record, Episode)
    }
    memory.set_state([said[text] for text in _PINNED], State.PINNED)
    memory.set_state([said[text] for text in _FADED], State.FADED)
    for before, after in _CORRECTED:
        memory.edit(said[before], after)
