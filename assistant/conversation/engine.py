"""The engine of a turn: prepare (embed, recall, prompt), answer (stream), keep (store). Front ends call the three.

`prepare` and `keep` touch the store; `answer` touches only the model, so each can run where it belongs.
"""

import contextlib
import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from assistant.errors import CancelledError, InputError
from assistant.interchange.documents import Document
from assistant.memory.clock import now
from assistant.memory.compact.summaries import Compact
from assistant.memory.episodes import Said
from assistant.memory.memory import Memory
from assistant.memory.recall.query import names_in, one_by_one
from assistant.memory.recall.recollector import Recall
from assistant.memory.views import Found
from assistant.models.cache import KVCache
from assistant.models.decoder import Decoder
from assistant.models.draft import DraftModel
from assistant.models.generate import generate
from assistant.models.sampling import Sampling
from assistant.settings import Settings
from assistant.store.records import Conversation, Episode, RecordId, Remembered, State, Summary, Usage, new_id

from .acknowledging import TINY, acknowledgement, only_tells
from .answering import AnswerForm, Answering, QuotedAnswer, form_of
from .chat import Chat, Message, read_chat
from .long_text import Measured, measured
from .memory_block import MemoryBlock, memory_block
from .places import Places
from .prompt import Prompt, Standing, TokenCounts, build_prompt, prompt_budget, stable_prefix, system_text
from .question import Asks, asks
from .quoting import MOST_PASSAGES, Finding, FirstNames, Passage, Quotation, Reader, Sources, passages, quote
from .reading import ReadingPassage
from .recounting import recount, says
from .titling import TrainedTitles
from .trained import TrainedReader

LEAST_RELEVANT = 0.3
"""Memories that score less stay out of the prompt: an unrelated question recalls nothing."""

LEAST_OF_USER = 0.22
"""The same for a question about the user: few words are shared, but memory is the only place that can know."""

LEAST_UNASKED = 0.42
"""The same for a message that asks neither about the user nor about anybody by name: most want nothing of memory."""

_FROM_FILES = 8
"""So many episodes of a file that was just attached are in the prompt because they suit the question, and half as many
because the file begins with them."""

_EARLIER = 2
"""So many of the user's last messages also count as queries, where the new one leans on them."""


@dataclass(frozen=True)
class Prepared:
    """A turn that is ready to be answered.

    Attributes:
        question: What the user said.
        asked: When.
        recalled: The memories in the prompt, best first.
        recall_ms: Time to embed, recall and build the prompt.
        losses: `Memory.losses` when it was prepared.
        regenerate: Whether the answer replaces the chat's last one.
        instead_of: Id of the message that the question replaces, with all that followed it, or "".
        passages: What the answer may quote; None where it is in the model's own words.
    """

    chat: Chat
    question: str
    asked: datetime
    prompt: Prompt
    recalled: tuple[Found, ...]
    recall_ms: float
    losses: int = 0
    regenerate: bool = False
    passages: tuple[Passage, ...] | None = None
    instead_of: RecordId = ""


_ASKS_FOR_ANSWERS = re.compile(
    r"\b(did|have|had|were|what|which) you\b"
    r"|\byou('ve| have| had)? (said|say|told|suggest|recommend|advis|mention|wrote|answer)"
    r"|\byour (answer|advice|suggestion|recommendation|idea)",
    re.IGNORECASE,
)
"""A question about what Hippo itself said. Otherwise its answers stay out of the prompt: a small model invents much,
and would take its own inventions for memories."""


class Engine:
    """Holds one conversation after another with one model; a smaller one of the same tokens may guess for it.

    Attributes:
        model_name: For people.
        context_length: The most tokens that the model can see.
    """

    def __init__(
        self,
        decoder: Decoder,
        memory: Memory | None,
        settings: Settings,
        *,
        small: Decoder | None = None,
        trained: TrainedReader | None = None,
        titles: TrainedTitles | None = None,
    ) -> None:
        """
        Args:
            decoder: Answers.
            memory: What it answers from; None without one.
            settings: As they are now.
            small: Guesses what `decoder` may write next, where their tokens are the same.
            trained: Answers questions about what was told, where the settings want that.
            titles: Gives new chats their titles; without it they are called after their first words.
        """
        self._decoder = decoder
        self._memory = memory
        self._settings = settings
        self._cache: KVCache | None = None
        self._counts = TokenCounts(decoder.tokenizer)
        self._places = Places()
        self._reader = Reader(decoder)
        self._trained = trained
        self._titles = titles
        self._first_names = FirstNames(memory.embed) if memory is not None else None
        # Who holds this uses the model and its cache. Whoever has to clear the cache interrupts that first.
        self._model_in_use = threading.RLock()
        self._interrupted = threading.Event()
        self._outdated = threading.Event()
        if memory is not None:
            # Whoever edits or forgets need not think of the cache: it is not used again.
            memory.on_words_lost = self._outdated.set
        self.model_name = decoder.name
        self.context_length = decoder.context_length
        self._draft: DraftModel | None = None
        if small is not None and small.tokenizer.same_tokens(decoder.tokenizer):
            self._draft = DraftModel.beside(small, decoder, min(self._usual_capacity, small.context_length))

    def new_chat(self, *, temporary: bool = False, space: str = "") -> Chat:
        """An empty chat. Nothing is stored before its first answer."""
        conversation = Conversation(id=new_id(), created=now(), space=space, model=self.model_name)
        return Chat(conversation, temporary=temporary or self._memory is None)

    def open_chat(self, conversation: str) -> Chat:
        """A stored chat, by id, the beginning of one, or its name in an imported file.

        Raises:
            InputError: There is none, or this is a temporary session.
        """
        if self._memory is None:
            raise InputError("There is no memory in a temporary chat.")
        return read_chat(self._memory, self._memory.conversation(conversation))

    def prepare(self, chat: Chat, text: str, *, only_conversation: bool = False, instead_of: RecordId = "") -> Prepared:
        """Recall what may help and build the prompt.

        Args:
            chat: Where it is said.
            text: What the user said.
            only_conversation: Recall from this chat alone, and answer without its dialogue tail.
            instead_of: Id of the message of the chat that this one replaces: as if nothing were said from there on.

        Raises:
            InputError: The text is empty or does not fit the model, or there is no such message.
        """
        if not instead_of:
            return self._prepare(chat, chat.messages, text, only_conversation=only_conversation)
        prepared = self._prepare(chat, chat.before(instead_of), text)
        return replace(prepared, instead_of=instead_of)

    def prepare_again(self, chat: Chat) -> Prepared:
        """Ask the last question of the chat anew.

        Raises:
            InputError: The chat has no answer to replace.
        """
        if len(chat.messages) < 2 or chat.messages[-1].role != "assistant":
            raise InputError("There is no answer to write anew.")
        prepared = self._prepare(chat, chat.messages[:-2], chat.messages[-2].text)
        question, said = chat.messages[-2].text, chat.messages[-1].text
        unsaid = tuple(p for p in prepared.passages or () if not says(p, said, question))
        return replace(prepared, regenerate=True, passages=unsaid or None)

    def _prepare(
        self, chat: Chat, dialogue: tuple[Message, ...], text: str, *, only_conversation: bool = False
    ) -> Prepared:
        if not text.strip():
            raise InputError("There is nothing to answer.", next_step="Type a message first.")
        began = time.perf_counter()
        memory = self._memory if self._remembers(chat) else None
        limits = self._settings.memory
        # A question about two people needs what answers it for each of them.
        asked = 2 if one_by_one(text) else 1
        unsaid = self._episodes_in(chat, chat.messages[len(dialogue) :])

        def read_memory(held: Sequence[str], more: bool, room: int, count: Callable[[str], int]) -> MemoryBlock:
            if memory is None or (self._form is not AnswerForm.FREE and only_tells(text, now())):
                return MemoryBlock()
            space = chat.conversation.space
            recalled = memory.recollect(
                Recall(
                    query=text,
                    limit=asked * limits.recall_limit,
                    earlier=list(islice((m.text for m in reversed(dialogue) if m.role == "user"), _EARLIER)),
                    space=space,
                    conversation=chat.conversation.id if only_conversation else None,
                    leave_out=[*held, *(message.id for message in chat.messages[len(dialogue) :])],
                    answers=bool(_ASKS_FOR_ANSWERS.search(text)),
                    least=_least_relevant(text),
                    channels=limits.channels,
                    seed=memory.store.turn,
                )
            )
            attached = self._attached(memory, chat, dialogue, text)
            taken = {each.record.id for each in attached}
            similar = (*attached, *(each for each in recalled.similar if each.record.id not in taken))
            here = chat.conversation.id if more else None
            return memory_block(
                replace(
                    recalled,
                    similar=similar,
                    stretches=tuple(s for s in recalled.stretches if not _draws_on(s, unsaid)),
                ),
                Compact() if only_conversation else memory.compact(here, space, unsaid),
                count=count,
                room=room,
                recall_tokens=asked * limits.recall_tokens,
                channels=limits.channels,
                about_user=self._form is AnswerForm.FREE or asks(text) is Asks.OWN,
                expand=memory.expanded,
            )

        prompt = build_prompt(
            self._counts,
            question=text,
            dialogue=() if only_conversation else _standing(dialogue),
            read_memory=read_memory,
            persona=chat.conversation.persona or self._settings.generation.persona,
            settings=limits,
            context_length=self.context_length,
            answer_tokens=self._settings.generation.max_tokens,
            places=lambda held: self._standing_places(memory, chat, held) if memory is not None else {},
        )
        quotable = self._passages(chat, text, prompt) if memory is not None else None
        if quotable and unsaid:
            quotable = tuple(p for p in quotable if p.record not in unsaid)
        spent = (time.perf_counter() - began) * 1000
        losses = self._memory.losses if self._memory is not None else 0
        return Prepared(chat, text, now(), prompt, prompt.memories, spent, losses, passages=quotable)

    def measure(self, text: str) -> Measured:
        """How much of a prompt a text would take as a message."""
        system = self._counts(system_text(self._settings.generation.persona))
        budget = prompt_budget(self._settings.memory, self.context_length, self._settings.generation.max_tokens)
        return measured(text, self._counts, budget - system)

    def _standing_places(self, memory: Memory, chat: Chat, held: Sequence[RecordId]) -> Standing:
        """What stands before the messages of a chat that a prompt holds, with the words that memory has now."""
        if self._outdated.is_set():
            self._places.clear()
        in_dialogue = set(held)

        def as_it_is(found: Found) -> Found | None:
            record = memory.store.get(found.record.id, vectors=False)
            if not isinstance(record, Remembered) or getattr(record, "state", None) is State.FADED:
                return None
            said_here = isinstance(record, Episode) and record.message in in_dialogue
            return None if said_here else replace(found, record=record)

        return self._places.standing(_scope(chat), held, as_it_is)

    def _attached(self, memory: Memory, chat: Chat, dialogue: Sequence[Message], text: str) -> list[Found]:
        """Of the files that were attached right before a question: what answers it best, then how they begin."""
        files = set[RecordId]()
        for message in reversed(dialogue):
            if not message.file:
                break
            files.add(message.id)
        if not files:
            return []
        found = memory.recall(text, limit=_FROM_FILES * 4, conversation=chat.conversation.id)
        best = [f for f in found if isinstance(f.record, Episode) and f.record.message in files][:_FROM_FILES]
        known = {f.record.id for f in best}
        parts = [e for e in memory.episodes_of(chat.conversation.id) if e.message in files and e.id not in known]
        beginning = sorted(parts, key=lambda e: (e.part, e.position))[: _FROM_FILES // 2]
        return [*best, *(Found(episode, LEAST_RELEVANT) for episode in beginning if episode.state is not State.FADED)]

    def attach(
        self,
        chat: Chat,
        document: Document,
        *,
        progress: Callable[[int, int], None] = lambda done, total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Chat:
        """Remember the text of a file as part of a chat, and return the chat with it.

        Its pages are split into episodes like long messages; each knows the file and the page. No fact is drawn from
        them, and no summary tells them: nobody said them.

        Args:
            chat: Where it is attached; stored with it if it is new.
            document: The file's text.
            progress: Called with (embeddings made, embeddings to make).
            cancelled: Asked now and then whether to stop.

        Raises:
            InputError: Nothing is remembered in this chat.
            CancelledError: `cancelled` answered true; nothing was kept.
        """
        if self._memory is None or not self._remembers(chat):
            raise InputError(
                "Files are read into the memory, and nothing is remembered in this chat.",
                next_step="Turn the memory on, or paste the part that matters.",
            )
        memory, conversation = self._memory, chat.conversation
        said = Said(
            conversation.id,
            document.name,
            "".join(page.text for page in document.pages),
            now(),
            memory.next_position(conversation.id),
            pages=tuple((page.number, page.text) for page in document.pages),
        )
        new = [] if memory.knows(conversation.id) else [conversation]
        memory.remember(new, [said], progress=progress, cancelled=cancelled)
        return read_chat(memory, memory.conversation(conversation.id))

    def _episodes_in(self, chat: Chat, messages: Sequence[Message]) -> frozenset[RecordId]:
        """Ids of the stored episodes of these messages of a chat."""
        if self._memory is None or not messages:
            return frozenset()
        wanted = {message.id for message in messages}
        return frozenset(e.id for e in self._memory.episodes_of(chat.conversation.id) if e.message in wanted)

    @property
    def _form(self) -> AnswerForm:
        return form_of(self._decoder, self._settings.generation.answers)

    def _passages(self, chat: Chat, text: str, prompt: Prompt) -> tuple[Passage, ...] | None:
        if self._memory is None or self._form is AnswerForm.FREE or asks(text) is Asks.NOTHING:
            return None
        found = list(prompt.memories)
        if prompt.dialogue:
            here = self._memory.recall(
                text,
                limit=MOST_PASSAGES,
                conversation=chat.conversation.id,
                answers=bool(_ASKS_FOR_ANSWERS.search(text)),
                least=LEAST_RELEVANT,
            )
            found += [f for f in here if isinstance(f.record, Episode) and f.record.message in prompt.dialogue]
        return passages(self._memory, found, chat.conversation.space)

    def answer(
        self,
        prepared: Prepared,
        *,
        cancelled: Callable[[], bool] = lambda: False,
        on_prefill: Callable[[int, int], None] = lambda done, total: None,
        seed: int | None = None,
        max_tokens: int | None = None,
    ) -> Answering:
        """Begin to answer. Reading and writing happen while the result is iterated.

        Args:
            prepared: The turn.
            cancelled: Asked often; the answer ends within 100 ms of its turning true.
            on_prefill: Called with tokens read and tokens to read.
            seed: For sampling; None draws a new one.
            max_tokens: Instead of the setting.
        """
        chosen = self._settings.generation
        length = max_tokens or chosen.max_tokens
        with self._model_in_use:
            cache = self._room_for(len(prepared.prompt.tokens) + length)
        temperature = chosen.temperature or (0.7 if prepared.regenerate else 0.0)
        sampling = Sampling(
            temperature=temperature,
            top_k=chosen.top_k,
            top_p=chosen.top_p if chosen.temperature else 0.9,
            min_p=chosen.min_p,
            repetition_penalty=chosen.repetition_penalty,
            seed=seed,
        )
        over = self._interrupted.is_set

        def stopped() -> bool:
            return over() or cancelled()

        written = generate(
            self._decoder,
            cache,
            prepared.prompt.tokens,
            sampling=sampling,
            max_tokens=length,
            draft=self._draft,
            cancelled=stopped,
            on_prefill=on_prefill,
        )
        understood = self._understood(prepared)
        if prepared.passages is None and understood is None:
            return Answering(written, self._model_in_use)
        quoted = QuotedAnswer(
            lambda cancelled: (
                self._quotation(prepared, cancelled, on_prefill) if understood is None else (understood, 0)
            ),
            written,
            self._decoder,
            max_tokens=length,
            cancelled=stopped,
        )
        return Answering(quoted, self._model_in_use)

    def _understood(self, prepared: Prepared) -> Quotation | None:
        """What a tiny model replies to what it is told; None where it is asked, or answers in its own words."""
        told = self._memory is not None and self._remembers(prepared.chat) and not prepared.regenerate
        if not told or self._form is AnswerForm.FREE or self._decoder.size >= TINY:
            return None
        text = acknowledgement(prepared.question, prepared.asked)
        return Quotation(text, (), Finding.SURE) if text else None

    def _quotation(
        self, prepared: Prepared, cancelled: Callable[[], bool], on_prefill: Callable[[int, int], None]
    ) -> tuple[Quotation | None, int]:
        """What to quote, and how many tokens the model read to find it."""
        if self._memory is None or self._first_names is None or prepared.passages is None:
            return None, 0
        reads = self._trained if self._form is AnswerForm.READ else None
        before = self._reader.read + (reads.read if reads else 0)
        self._reader.cancelled = cancelled
        lost = self._memory.lost_since(prepared.losses)
        kept = tuple(p for p in prepared.passages if lost.isdisjoint((p.record, p.said.record)))
        sources = Sources(kept, self._reader, self._memory.embed, self._first_names)
        if reads is not None:
            found = recount(
                prepared.question,
                sources,
                reads,
                asked=prepared.asked,
                only_if_sure=prepared.regenerate,
                on_prefill=on_prefill,
            )
        else:
            short = self._form is AnswerForm.SHORT
            found = quote(prepared.question, sources, short=short, only_if_sure=prepared.regenerate)
        return found, self._reader.read + (reads.read if reads else 0) - before

    def _room_for(self, tokens: int) -> KVCache:
        """The cache, with room for these tokens; a new, empty one if the old one is too small."""
        if self._outdated.is_set():
            self._outdated.clear()
            self._wipe()
        capacity = min(max(tokens, self._usual_capacity), self.context_length)
        if self._cache is None or self._cache.capacity < capacity:
            if self._cache is not None:
                self._cache.clear()
            self._cache = self._decoder.new_cache(capacity)
        return self._cache

    def read_ahead(self, chat: Chat, *, cancelled: Callable[[], bool] = lambda: False) -> None:
        """Let the model read the chat's stable prefix while nobody waits, so that the next turn need not, and load the
        adapter that it may want.

        For idle time after a turn; touches only the model. Stopping it loses nothing.
        """
        chosen = self._settings.generation
        prefix = stable_prefix(
            self._counts,
            dialogue=_standing(chat.messages),
            persona=chat.conversation.persona or chosen.persona,
            budget=prompt_budget(self._settings.memory, self.context_length, chosen.max_tokens),
            order=self._settings.memory.prompt_order,
            places=lambda held: self._places.standing(_scope(chat), held) if self._remembers(chat) else {},
        )

        def stopped() -> bool:
            return self._interrupted.is_set() or cancelled()

        with self._model_in_use, contextlib.suppress(CancelledError):
            cache = self._room_for(len(prefix))
            known = cache.common_prefix(prefix)
            cache.crop(known)
            if known < len(prefix):
                self._decoder.prefill(cache, prefix[known:], cancelled=stopped)
        if self._trained is not None and self._form is AnswerForm.READ and self._remembers(chat):
            with contextlib.suppress(CancelledError):
                self._trained.prepare(stopped)

    def title_for(self, chat: Chat, *, cancelled: Callable[[], bool] = lambda: False) -> str:
        """A better title for a chat that just began than its first words; "" where there is none.

        For idle time after a turn; touches only the model. Stopping it loses nothing.

        Raises:
            CancelledError: `cancelled` answered true.
            ModelError: The model cannot be loaded.
        """
        asked = next((message for message in chat.messages if message.role == "user"), None)
        begins = asked is not None and not asked.file and len(chat.messages) == 2 and chat.conversation.title_source
        if self._titles is None or asked is None or not begins or not self._remembers(chat):
            return ""

        def stopped() -> bool:
            return self._interrupted.is_set() or cancelled()

        with self._model_in_use:
            return self._titles.title(ReadingPassage("user", asked.text, asked.time), cancelled=stopped)

    def entitle(self, chat: Chat, title: str) -> Chat:
        """Call a chat so, unless the user gave it a name, or its beginning was edited or went meanwhile; the chat as it
        is now.

        Raises:
            InputError: The chat was forgotten.
        """
        if self._memory is None:
            return chat
        current = self.open_chat(chat.conversation.id)
        if [message.text for message in current.messages[:1]] != [message.text for message in chat.messages[:1]]:
            return current
        self._memory.entitle(chat.conversation.id, title, chat.conversation.title_source)
        return self.open_chat(chat.conversation.id)

    def keep(self, prepared: Prepared, answering: Answering) -> Chat:
        """Remember the turn in one commit, and return the chat with it. A stopped answer is kept as far as it came.

        A temporary chat, or one with memory off, is kept in RAM only.

        Raises:
            InputError: A memory that the answer used was forgotten since; nothing was kept.
        """
        chat = prepared.chat
        text = answering.text.strip()
        if not text:
            return chat
        self._refuse_what_was_forgotten(prepared)
        past = chat.messages[:-2] if prepared.regenerate else chat.before(prepared.instead_of)
        question = Message(new_id(), "user", prepared.question, prepared.asked)
        if prepared.regenerate:
            question = chat.messages[-2]
        usage = Usage(
            id=new_id(),
            answer=new_id(),
            conversation=chat.conversation.id,
            time=now(),
            turn=0,
            prompt_tokens=len(prepared.prompt.tokens),
            recall_ms=round(prepared.recall_ms, 1),
            prefill_ms=round(answering.prefill_ms, 1),
            generate_ms=round(answering.generate_ms, 1),
            answer_tokens=answering.tokens,
        )
        answer = Message(usage.answer, "assistant", text, usage.time, usage)
        if self._memory is None or not self._remembers(chat):
            question = question if prepared.regenerate else replace(question, unkept=True)
            return replace(chat, messages=(*past, question, replace(answer, unkept=True)))
        if chat.messages:  # the turn goes on from there, also when another branch was looked up meanwhile
            self._memory.show_message(chat.conversation.id, chat.messages[-1].id)
        replaced = chat.messages[-1].id if prepared.regenerate else prepared.instead_of
        line = self._memory.episodes_of(chat.conversation.id) if replaced else []
        instead_of = [e.id for e in line if e.message == replaced]
        position = next((e.position for e in line if e.message == replaced), None)
        if position is None:
            position = self._memory.next_position(chat.conversation.id)
        said = [_said(chat, answer, position)]
        if not prepared.regenerate:
            said = [_said(chat, question, position), _said(chat, answer, position + 1)]
        used = [*prepared.recalled, *self._quoted_besides(prepared, answering)]
        self._memory.keep_turn(chat.conversation, said, used=used, usage=usage, instead_of=instead_of)
        prompt, recalled = prepared.prompt, {found.record.id for found in prepared.recalled}
        self._places.keep(_scope(chat), question.id, prompt.new, prompt.standing, recalled)
        stored = self._memory.conversation(chat.conversation.id)
        return read_chat(self._memory, stored)

    def _quoted_besides(self, prepared: Prepared, answering: Answering) -> list[Found]:
        """What the answer quotes and the prompt did not hold: what was said later of the same."""
        if self._memory is None:
            return []
        known = {found.record.id for found in prepared.recalled}
        records = (self._memory.store.get(source, vectors=False) for source in answering.sources if source not in known)
        return [Found(record, 0.0) for record in records if isinstance(record, Remembered)]

    def _refuse_what_was_forgotten(self, prepared: Prepared) -> None:
        if self._memory is None or not self._remembers(prepared.chat):
            return
        lost = self._memory.lost_since(prepared.losses)
        seen = {found.record.id for found in prepared.recalled}.union(prepared.prompt.dialogue)
        seen.update(found.record.id for placed in prepared.prompt.standing.values() for found in placed)
        seen.update(record for p in prepared.passages or () for record in (p.record, p.said.record))
        chat = prepared.chat
        if lost & seen or (chat.messages and not self._memory.knows(chat.conversation.id)):
            raise InputError(
                "Something that this answer had read was edited or forgotten meanwhile, so the answer was not kept.",
                next_step="Ask again.",
            )

    def _remembers(self, chat: Chat) -> bool:
        return chat.remembers and not self._settings.memory.paused

    def change_settings(self, settings: Settings) -> None:
        """Use these settings from the next turn on."""
        self._settings = settings
        self._places.clear()

    def forget_cache(self) -> None:
        """Throw away what the model has seen: after something was edited or forgotten, and at lock.

        An answer that is being written ends first, as cancelled.
        """
        self._interrupted.set()
        with self._model_in_use:
            self._interrupted.clear()
            self._wipe()

    def _wipe(self) -> None:
        self._reader.clear()
        self._places.clear()
        if self._trained is not None:
            self._trained.clear()
        if self._cache is not None:
            self._cache.clear()
        if self._draft is not None:
            self._draft.clear()

    @property
    def _usual_capacity(self) -> int:
        """Tokens of a whole prompt and its answer."""
        return self._settings.memory.prompt_tokens + max(self._settings.generation.max_tokens, 512)


def _least_relevant(text: str) -> float:
    if names_in(text):
        return LEAST_RELEVANT
    return LEAST_OF_USER if asks(text) is Asks.OWN else LEAST_UNASKED


def _standing(dialogue: Sequence[Message]) -> list[Message]:
    """The messages that the model may still read: not the answers that an edit made untrue, nor files (recalled)."""
    return [message for message in dialogue if not message.faded and not message.file]


def _scope(chat: Chat) -> tuple[RecordId, str]:
    """Where memories keep their places: in another chat or space, other ones may be recalled."""
    return chat.conversation.id, chat.conversation.space


def _draws_on(found: Found, episodes: frozenset[RecordId]) -> bool:
    return isinstance(found.record, Summary) and not episodes.isdisjoint(found.record.sources)


def _said(chat: Chat, message: Message, position: int) -> Said:
    return Said(chat.conversation.id, message.role, message.text, message.time, position, id=message.id)
