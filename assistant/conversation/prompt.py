"""The prompt: which parts go in, in what order, within the budget, and what each costs.

The order is [system + persona] [dialogue tail] [compact summary + recalled memories] [user text]: what changes most
comes last, so the KV cache of everything before it stays valid from turn to turn. A memory then keeps its place
before the question that it was recalled for (`places`): in the next turns it need not be read again. The order of the
HEMA paper, which has the memory before the dialogue, can be chosen for comparison (`MemorySettings.prompt_order`).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from assistant.errors import InputError
from assistant.memory.views import Found
from assistant.models.tokenizer import Message as ModelMessage
from assistant.models.tokenizer import Tokenizer
from assistant.settings import MemorySettings
from assistant.store.records import RecordId

from .chat import Message
from .memory_block import MemoryBlock, context

SYSTEM = (
    "You are a helpful AI assistant named Hippo. You answer the user's questions from what the user told you before."
)
"""Of the wordings that were tried, one with which the built-in model does well both with memories and without."""

_TEMPLATE_TOKENS = 24
"""Room for the tokens that a chat template puts around the question."""

_TAIL_SHARE = 0.5
"""The dialogue tail may take this share of the budget."""

_WITH_QUESTION = 4
"""So many of the best memories stand with the question in any case: a small model overlooks what stands far from it."""

Standing = Mapping[RecordId, tuple[Found, ...]]
"""Memories that keep their place before a message of the dialogue, by its id."""


def _nothing_stands(messages: Sequence[RecordId]) -> Standing:
    return {}


@dataclass(frozen=True)
class PromptPart:
    """A part of the prompt, its words and its tokens.

    Its name is "system", "dialogue", "user" (the summary of the user), "stretches" (summaries of level 2), "summary",
    "facts", "memories" or "question".
    """

    name: str
    text: str
    tokens: int


@dataclass(frozen=True)
class Prompt:
    """What the model reads.

    Attributes:
        tokens: The token ids.
        parts: The same in words, part by part, for people.
        budget: The most tokens that it may have.
        memories: Which of the recalled memories and facts found room, best first, wherever they stand.
        dialogue: Ids of the messages that found room in the dialogue tail.
        standing: What stands before these messages, recalled for this question or for an earlier one.
    """

    tokens: tuple[int, ...]
    parts: tuple[PromptPart, ...]
    budget: int
    memories: tuple[Found, ...]
    dialogue: tuple[str, ...]
    standing: Standing = field(default_factory=dict)

    @property
    def new(self) -> tuple[Found, ...]:
        """The memories that stand with the question and nowhere else."""
        elsewhere = _ids(self.standing)
        return tuple(found for found in self.memories if found.record.id not in elsewhere)


class TokenCounts:
    """Counts tokens with a model's tokenizer. Of the messages of a dialogue it remembers the numbers: a long chat is
    not counted anew in every turn.

    Attributes:
        tokenizer: The model's own.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer
        self._messages: dict[tuple[str, int], int] = {}

    def __call__(self, text: str) -> int:
        """The tokens of a text."""
        return len(self.tokenizer.encode(text))

    def message(self, message: Message) -> int:
        """The tokens of a message, with what the chat template puts around it."""
        # Edited words have another hash; words that were let go of leave a number only.
        known = (message.id, hash(message.text))
        if known not in self._messages:
            self._messages[known] = self(message.text) + 8
        return self._messages[known]


def build_prompt(
    count: TokenCounts,
    *,
    question: str,
    dialogue: Sequence[Message],
    read_memory: Callable[[Sequence[str], bool, int, Callable[[str], int]], MemoryBlock],
    persona: str,
    settings: MemorySettings,
    context_length: int,
    answer_tokens: int,
    places: Callable[[Sequence[RecordId]], Standing] = _nothing_stands,
) -> Prompt:
    """Fit everything into the budget; the least similar memories go first, the user's text never.

    Args:
        count: With the model's own tokenizer.
        question: What the user just said.
        dialogue: The messages of this chat before it, oldest first.
        read_memory: Makes the memory block. Given the ids of the messages that the prompt holds already, whether the
            chat has more than these, the tokens that are left, and what counts the tokens of a text.
        persona: The user's own instructions, or "".
        settings: The budget.
        context_length: The most tokens that the model can see, prompt and answer together.
        answer_tokens: Tokens to leave free for the answer.
        places: What stands before the messages with these ids. Not asked in the paper's order.

    Raises:
        InputError: The user's text alone does not fit.
    """
    budget = prompt_budget(settings, context_length, answer_tokens)
    system = system_text(persona)
    left = budget - count(system) - count(question) - 2 * _TEMPLATE_TOKENS
    if left < 0:
        raise InputError(
            f"This message is too long for the model: about {count(question):,} tokens, where {budget:,} fit.",
            next_step="Shorten it, or send it in pieces.",
        )
    tail, spent = _tail(dialogue, min(left, tail_room(budget, count(system))), count)
    left -= spent
    memory = read_memory([message.id for message in tail], len(tail) < len(dialogue), left, count)
    standing: Standing = {}
    if settings.prompt_order == "paper":
        messages = [*_stable(f"{system}\n\n{memory.text}".strip(), tail, {}), ModelMessage("user", question)]
        before, after = memory.parts, MemoryBlock().parts
    else:
        standing = _that_fit(places([message.id for message in tail]), memory, min(left, settings.recall_tokens), count)
        new = memory.without(_stand_back(standing, memory))
        messages = [*_stable(system, tail, standing), ModelMessage("user", _with_memory(question, new))]
        before, after = MemoryBlock().parts, new.parts
    tokens = tuple(count.tokenizer.encode_chat(messages, add_generation_prompt=True))
    said = "\n".join(f"{message.role}: {_said(message, standing)}" for message in tail)
    shown = [("system", system), *before, ("dialogue", said), *after, ("question", question)]
    parts = tuple(PromptPart(name, text, count(text)) for name, text in shown if text)
    return Prompt(tokens, parts, budget, memory.found, tuple(message.id for message in tail), standing)


def _that_fit(standing: Standing, memory: MemoryBlock, room: int, count: TokenCounts) -> Standing:
    """What may keep its place so that everything recalled fits too. The latest places are given up first: what stands
    before them need not be read again.
    """
    fits = dict(standing)
    while fits:
        placed = sum(count(context(found)) + 4 for found in fits.values())
        if placed + count(memory.without(_stand_back(fits, memory)).text) + 4 <= room:
            break
        fits.popitem()
    return fits


def _stand_back(standing: Standing, memory: MemoryBlock) -> frozenset[RecordId]:
    """Ids of what need not stand with the question, because it stands in the dialogue."""
    return _ids(standing) - {found.record.id for found in memory.found[:_WITH_QUESTION]}


def _ids(standing: Standing) -> frozenset[RecordId]:
    return frozenset(found.record.id for placed in standing.values() for found in placed)


def stable_prefix(
    count: TokenCounts,
    *,
    dialogue: Sequence[Message],
    persona: str,
    budget: int,
    order: Literal["cached", "paper"] = "cached",
    places: Callable[[Sequence[RecordId]], Standing] = _nothing_stands,
) -> tuple[int, ...]:
    """The tokens with which the next prompt of a chat will begin, whatever is asked (unless it is very long).

    Args:
        count: With the model's own tokenizer.
        dialogue: All messages of the chat, oldest first.
        persona: As for `build_prompt`.
        budget: `Prompt.budget` of the chat's prompts.
        order: `MemorySettings.prompt_order`.
        places: As for `build_prompt`.
    """
    system = system_text(persona)
    if order == "paper":
        return tuple(count.tokenizer.encode_chat(_stable(system, (), {}), add_generation_prompt=False))
    tail, _ = _tail(dialogue, tail_room(budget, count(system)), count)
    standing = places([message.id for message in tail])
    return tuple(count.tokenizer.encode_chat(_stable(system, tail, standing), add_generation_prompt=False))


def _stable(system: str, tail: Sequence[Message], standing: Standing) -> list[ModelMessage]:
    said = (ModelMessage(_model_role(message.role), _said(message, standing)) for message in tail)
    return [ModelMessage("system", system), *said]


def _said(message: Message, standing: Standing) -> str:
    """A message of the dialogue as the model reads it: with what stands before it, in the form in which it was asked.
    Another form leads the built-in model astray.
    """
    placed = standing.get(message.id)
    return _with_memory(message.text, MemoryBlock(found=placed)) if placed else message.text


def system_text(persona: str) -> str:
    """The system message: Hippo's own, then the user's persona."""
    return f"{SYSTEM}\n{persona}".strip()


def tail_room(budget: int, system_tokens: int) -> int:
    """The most tokens of dialogue in a prompt. Independent of the question, so that the tail stands still."""
    return int((budget - system_tokens) * _TAIL_SHARE)


def prompt_budget(settings: MemorySettings, context_length: int, answer_tokens: int) -> int:
    """The most tokens of a prompt: the setting, or what the model can see less the answer."""
    return min(settings.prompt_tokens, context_length - min(answer_tokens, context_length // 2))


def _model_role(role: str) -> Literal["user", "assistant"]:
    return "assistant" if role == "assistant" else "user"


def _with_memory(question: str, memory: MemoryBlock) -> str:
    if not memory.text:
        return question
    if _asks(question):
        return f"{memory.text}\n\nQuestion: {question}\nAnswer in one short sentence."
    return f"{memory.text}\n\n{question}"


_ASKING = re.compile(
    r"(who|whose|whom|what|which|where|when|why|how|is|are|was|were|am|do|does|did|have|has|had|can|could|will|would)\b",
    re.IGNORECASE,
)


def _asks(text: str) -> bool:
    """Whether a message is one short question: only then does the model do better when it is told so."""
    text = text.strip()
    return len(text) < 300 and (text.endswith("?") or bool(_ASKING.match(text)))


def _tail(dialogue: Sequence[Message], room: int, count: TokenCounts) -> tuple[list[Message], int]:
    """The newest messages that fit, oldest first, beginning with one of the user, and their tokens.

    When not all fit, the start moves on by about half of what fits, not by single messages: so it stands still for many
    turns, and with it the KV cache.
    """
    first, spent = len(dialogue), 0
    while first and spent + (cost := count.message(dialogue[first - 1])) <= room:
        first -= 1
        spent += cost
    step = 1 << max(3 * (len(dialogue) - first) // 4, 1).bit_length() - 1
    start = -(-first // step) * step if first else 0
    while start < len(dialogue) and dialogue[start].role == "assistant":
        start += 1
    tail = list(dialogue[start:])
    return tail, sum(count.message(message) for message in tail)
