"""A session whose engine follows a script, for tests of widgets alone: real records, no model, no disk.

Everything that can be tested with the real session is tested with it; this is for failures on demand and exact text.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from assistant.conversation.chat import Chat, Message
from assistant.conversation.engine import Prepared
from assistant.conversation.prompt import Prompt, PromptPart
from assistant.errors import HippoError, InputError
from assistant.memory.branches import Versions
from assistant.memory.views import ChatEntry, Filter, Found, Stats
from assistant.paths import Home
from assistant.settings import Settings
from assistant.store.records import Conversation, Draft, Episode, Summary, Usage, Used, new_id

NOON = datetime(2026, 3, 3, 12, 0).astimezone()


def messages(*texts: str, start: datetime = NOON) -> tuple[Message, ...]:
    """Messages of user and assistant in turn, a minute apart."""
    return tuple(
        Message(new_id(), "assistant" if at % 2 else "user", text, start + timedelta(minutes=at))
        for at, text in enumerate(texts)
    )


@dataclass
class ScriptedAnswering:
    """Hands out the words of the script."""

    script: str
    cancelled: Callable[[], bool]
    on_prefill: Callable[[int, int], None]
    text: str = ""
    ended: str = ""
    tokens: int = 0
    prefill_ms: float = 1120.0
    generate_ms: float = 400.0

    def __iter__(self) -> Iterator[str]:
        for done in (0, 40, 80):
            self.on_prefill(done, 80)
        for piece in self.script.replace(" ", " \0").split("\0"):
            if self.cancelled():
                self.ended = "cancelled"
                return
            self.text += piece
            self.tokens += 1
            yield piece
        self.ended = "stop"


@dataclass
class ScriptedEngine:
    """Answers with `script`; `failing` maps "prepare", "answer" or "keep" to the error it raises once."""

    memory: "ScriptedMemory"
    script: str = "You wanted a small hotel with a courtyard, near Alfama."
    failing: dict[str, HippoError] = field(default_factory=dict)
    model_name: str = "SmolLM2 135M"
    recalled: tuple[Found, ...] = ()
    cache_forgotten: int = 0

    def _maybe_fail(self, step: str) -> None:
        if step in self.failing:
            raise self.failing.pop(step)

    def new_chat(self, *, temporary: bool = False, space: str = "") -> Chat:
        return Chat(Conversation(id=new_id(), created=NOON, space=space), temporary=temporary)

    def prepare(self, chat: Chat, text: str, *, instead_of: str = "") -> Prepared:
        self._maybe_fail("prepare")
        parts = (
            PromptPart("system", "You are Hippo, a friendly assistant.", 25),
            PromptPart("memories", "\n".join(f"- {f.record.text}" for f in self.recalled), 30),
            PromptPart("question", text, 12),
        )
        prompt = Prompt(tuple(range(81)), parts, 3500, self.recalled, ())
        return Prepared(chat, text, NOON, prompt, self.recalled, 12.0, instead_of=instead_of)

    def prepare_again(self, chat: Chat) -> Prepared:
        return replace(self.prepare(chat, chat.messages[-2].text), regenerate=True)

    def answer(
        self,
        prepared: Prepared,
        *,
        cancelled: Callable[[], bool] = lambda: False,
        on_prefill: Callable[[int, int], None] = lambda done, total: None,
    ) -> ScriptedAnswering:
        self._maybe_fail("answer")
        return ScriptedAnswering(self.script, cancelled, on_prefill)

    def keep(self, prepared: Prepared, answering: ScriptedAnswering) -> Chat:
        self._maybe_fail("keep")
        chat = prepared.chat
        usage = Usage(
            id=new_id(),
            answer=new_id(),
            conversation=chat.conversation.id,
            time=NOON,
            turn=1,
            used=tuple(Used(record=f.record.id, score=f.score) for f in prepared.recalled),
            prompt_tokens=81,
            recall_ms=12.0,
            prefill_ms=answering.prefill_ms,
            generate_ms=answering.generate_ms,
            answer_tokens=answering.tokens,
        )
        question = Message(new_id(), "user", prepared.question, prepared.asked)
        answer = Message(usage.answer, "assistant", answering.text.strip(), NOON + timedelta(seconds=4), usage)
        if chat.temporary:
            question, answer = replace(question, unkept=True), replace(answer, unkept=True)
        past = chat.before(prepared.instead_of)
        if prepared.regenerate:
            past, question = past[:-2], past[-2]
        conversation = chat.conversation
        if not conversation.title and not chat.temporary:
            conversation = replace_title(conversation, prepared.question)
        chat = replace(chat, conversation=conversation, messages=(*past, question, answer))
        if not chat.temporary:
            self.memory.chats[conversation.id] = chat
        return chat

    def forget_cache(self) -> None:
        self.cache_forgotten += 1


def replace_title(conversation: Conversation, title: str) -> Conversation:
    return msgspec.structs.replace(conversation, title=title)


@dataclass
class ScriptedMemory:
    """Holds chats and records in RAM."""

    chats: dict[str, Chat] = field(default_factory=dict)
    kept: dict[str, Episode | Summary] = field(default_factory=dict)
    last: dict[str, datetime] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)

    def draft_of(self, conversation: str) -> Draft | None:
        return self.drafts.get(conversation)

    def keep_draft(self, conversation: str, text: str, *, instead_of: str = "", edit: str = "") -> None:
        self.drafts.pop(conversation, None)
        if text or edit:
            draft = Draft(
                id=new_id(), conversation=conversation, time=NOON, text=text, instead_of=instead_of, edit=edit
            )
            self.drafts[conversation] = draft

    def show_message(self, conversation: str, message: str) -> None:
        pass

    def versions_of(self, conversation: Conversation) -> list[Versions]:
        return []

    def add(self, title: str, *said: Message, last: datetime = NOON, archived: bool = False) -> Chat:
        """Put a chat in."""
        chat = Chat(Conversation(id=new_id(), created=last, title=title, archived=archived), tuple(said))
        self.chats[chat.conversation.id] = chat
        self.last[chat.conversation.id] = last
        return chat

    def remember(self, text: str, time: datetime = NOON) -> Found:
        """Put an episode in."""
        record = Episode(
            id=new_id(), conversation=new_id(), role="user", text=text, time=time, position=0, message=new_id()
        )
        self.kept[record.id] = record
        return Found(record, 0.8)

    @property
    def store(self) -> "ScriptedMemory":
        """It is its own store."""
        return self

    def all(self, kind: type[Usage]) -> list[Usage]:
        return [m.usage for c in self.chats.values() for m in c.messages if m.usage is not None]

    def usages_of(self, conversation: str) -> list[Usage]:
        return [m.usage for m in self.chats[conversation].messages if m.usage is not None]

    def episodes_of(self, conversation: str) -> list[Episode]:
        return [
            Episode(
                id=m.id, conversation=conversation, role=m.role, text=m.text, time=m.time, position=at, message=m.id
            )
            for at, m in enumerate(self.chats[conversation].messages)
        ]

    def get(self, record_id: str) -> Episode | Summary:
        if record_id not in self.kept:
            raise InputError("There is no such memory.")
        return self.kept[record_id]

    def conversation(self, name: str) -> Conversation:
        if name not in self.chats:
            raise InputError("There is no such chat.")
        return self.chats[name].conversation

    def conversations(self) -> list[ChatEntry]:
        entries = [
            ChatEntry(c.conversation, self.last.get(i, datetime.now().astimezone()), len(c.messages))
            for i, c in self.chats.items()
        ]
        return sorted(entries, key=lambda entry: entry.last, reverse=True)

    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        filter: Filter | None = None,  # noqa: A002
        least: float = 0.0,
    ) -> list[Found]:
        return [Found(r, 1.0) for r in self.kept.values() if query.casefold() in r.text.casefold()][:limit]

    def records(self, filter: Filter) -> list[Episode | Summary]:  # noqa: A002
        return [r for r in self.kept.values() if filter.words.casefold() in r.text.casefold()]

    def rename(self, conversation: str, title: str) -> None:
        chat = self.chats[conversation]
        self.chats[conversation] = replace(chat, conversation=replace_title(chat.conversation, title))

    def archive(self, conversation: str, archived: bool = True) -> None:
        chat = self.chats[conversation]
        changed = msgspec.structs.replace(chat.conversation, archived=archived)
        self.chats[conversation] = replace(chat, conversation=changed)

    def stats(self) -> Stats:
        return Stats(len(self.kept), 0, 0, 0, len(self.chats), 0, 0)


@dataclass
class ScriptedSession:
    """The session."""

    memory: ScriptedMemory = field(default_factory=ScriptedMemory)
    stage: str = "open"
    models_ready: bool = True
    settings: Settings = field(default_factory=Settings)
    home: Home = field(default_factory=lambda: Home(Path("/nowhere")))
    finished_forgets: int = 0
    model_problem: HippoError | None = None

    def __post_init__(self) -> None:
        self.engine = ScriptedEngine(self.memory)

    def save_settings(self, settings: Settings) -> None:
        self.settings = settings

    def lock(self) -> None:
        self.stage = "locked"

    def prepare_models(self, **_given: Any) -> None:
        self.models_ready = True


def scripted_chat(memory: ScriptedMemory, texts: Sequence[str], title: str = "Trip to Lisbon") -> Chat:
    """A stored chat with these texts."""
    return memory.add(title, *messages(*texts))
