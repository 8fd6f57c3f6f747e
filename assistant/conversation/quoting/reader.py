"""How a language model reads a passage for a question: how well the passage explains it, and which words answer it.

The model writes nothing of its own: it weighs questions and copies spans. A small one does this far better than it
writes. It has KV caches of its own, so the dialogue's stays as it is.
"""

import contextlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.errors import CancelledError
from assistant.models.cache import KVCache
from assistant.models.decoder import Decoder
from assistant.models.tokenizer import Message

_WEIGHING = "You are a helpful AI assistant."
_ASK_FOR_QUESTION = "{passage}\n\nWrite a question that this answers."
_COPYING = "You answer questions with a few words copied from the context."
_EXAMPLES = (
    (
        "[2 May 2024] I said: My brother Karl moved to Oslo last year to study medicine.",
        "Where does Karl live?",
        "Oslo",
    ),
    (
        "[9 June 2024] Nora said: We had a lovely weekend, and I finally painted the kitchen a bright yellow!",
        "What colour is Nora's kitchen?",
        "bright yellow",
    ),
    (
        "[14 July 2024] I said: I signed up for the marathon because my doctor told me to move more.",
        "Why did I sign up for the marathon?",
        "my doctor told me to move more",
    ),
    (
        "[3 August 2024] Ben said: Our dog Biscuit is three, and the cat is called Plum.",
        "What is Ben's cat called?",
        "Plum",
    ),
)
_LONGEST_SPAN = 14
"""Words of an answer."""
_STARTS = 4
"""Starts of a span that are followed up: twice as many found no better ones."""
_NEARLY = 0.2
"""Nats a token between a passage as a whole and a part of it that answers as well."""
_ROOM = 1024
"""Tokens of a passage and a question with what is around them."""
_EDGES = "\"'“”‘’(),.!?;:…"


@dataclass(frozen=True)
class Span:
    """Words copied from a passage, and how likely the model finds them as the answer (mean log probability, nats)."""

    text: str
    score: float


class Reader:
    """Reads passages with one decoder. From one thread at a time.

    Attributes:
        read: Tokens that were read, all in all.
        cancelled: Asked often; whatever is under way raises `CancelledError` soon after it answers true.
    """

    def __init__(self, decoder: Decoder) -> None:
        self._decoder = decoder
        self._caches: dict[str, KVCache] = {}
        self.read = 0
        self.cancelled: Callable[[], bool] = lambda: False

    def clear(self) -> None:
        """Forget what was read and wipe it."""
        for cache in self._caches.values():
            cache.clear()

    def gains(self, passages: Sequence[str], question: str) -> list[float]:
        """How much likelier each passage makes the question: nats a token, mostly 0 (unrelated) to 4.

        Query likelihood, as in Sachan et al. 2022 (arXiv 2204.07496), over that without a passage.

        Raises:
            CancelledError: `cancelled` answered true.
        """
        unaided = self._likelihood("", question) if passages else 0.0
        return [self._likelihood(passage, question) - unaided for passage in passages]

    def _likelihood(self, passage: str, question: str) -> float:
        asked = _ASK_FOR_QUESTION.format(passage=passage).strip()
        prompt = self._chat([Message("system", _WEIGHING), Message("user", asked)])
        tokens = self._decoder.tokenizer.encode(question)
        with self._prompted("weigh", prompt[:-1], len(tokens) + 1) as cache:
            if cache is None:
                return 0.0
            logs = self._extend(cache, [prompt[-1], *tokens], len(tokens) + 1)[:-1]
            return float(logs[np.arange(len(tokens)), tokens].mean())

    def span(self, line: str, passage: str, question: str) -> Span | None:
        """The words of a passage that answer a question best; None where they do not fit.

        Args:
            line: The passage with its day and speaker, as the model sees it.
            passage: Its words; the span is copied from these, whole words within a sentence.
            question: What is asked.
        """
        messages = [Message("system", _COPYING)]
        for context, asked, answer in _EXAMPLES:
            messages += [Message("user", _form(context, asked)), Message("assistant", answer)]
        prompt = self._chat([*messages, Message("user", _form(line, question))])
        words = list(re.finditer(r"\S+", passage))
        with self._prompted("copy", prompt[:-1], 1 + 8 * _LONGEST_SPAN) as cache:
            if cache is None:
                return None
            first = self._extend(cache, prompt[-1:], 1)[0]
            starts: list[tuple[float, list[int]]] = []
            for at, word in enumerate(words):
                if word[0].strip(_EDGES):
                    rest = self._decoder.tokenizer.encode(_clause(passage, words[at : at + _LONGEST_SPAN]))
                    starts.append((float(first[rest[0]]), rest))
            starts.sort(key=lambda start: -start[0])
            found = [span for chance, rest in starts[:_STARTS] for span in self._ends(cache, len(prompt), chance, rest)]
        best = max(found, key=lambda span: span.score, default=None)
        if best is None or not repeats(best.text, passage):
            return best
        # Repeating everything is always likely; words that are nearly as likely by themselves say more.
        parts = (span for span in found if not repeats(span.text, passage) and span.score >= best.score - _NEARLY)
        return max(parts, key=lambda span: span.score, default=best)

    def _ends(self, cache: KVCache, start: int, chance: float, tokens: list[int]) -> Iterator[Span]:
        """The spans that begin with the first of `tokens`, ended after each whole word."""
        tokenizer = self._decoder.tokenizer
        cache.crop(start)
        tokens = tokens[: cache.capacity - start]
        logs = self._extend(cache, tokens, len(tokens))
        chances = chance + np.append(0.0, logs[np.arange(len(tokens) - 1), tokens[1:]].cumsum())
        stops = [*self._decoder.stop_tokens, *(tokenizer.encode(mark)[0] for mark in ("\n", ".", ",", '"', '."'))]
        for count in range(1, len(tokens) + 1):
            following = tokenizer.decode(tokens[count : count + 1])
            if (following and following[0].isalnum()) or following[:1] in ("'", "’", "-"):
                continue
            text = tokenizer.decode(tokens[:count]).strip().strip(_EDGES).strip()
            ending = float(np.logaddexp.reduce(logs[count - 1, stops]))
            if text:
                yield Span(text, (float(chances[count - 1]) + ending) / (count + 1))

    def _chat(self, messages: Sequence[Message]) -> list[int]:
        return self._decoder.tokenizer.encode_chat(messages, add_generation_prompt=True)

    @contextlib.contextmanager
    def _prompted(self, use: str, prompt: list[int], more: int) -> Iterator[KVCache | None]:
        """A cache that has read a prompt, with room for `more` tokens; None where these do not fit."""
        room = min(_ROOM, self._decoder.context_length)
        if len(prompt) + more > room:
            yield None
            return
        if self.cancelled():
            raise CancelledError("The answer was stopped.")
        if use not in self._caches:
            self._caches[use] = self._decoder.new_cache(room)
        cache = self._caches[use]
        known = cache.common_prefix(prompt)
        cache.crop(known)
        if known < len(prompt):
            self.read += len(prompt) - known
            self._decoder.prefill(cache, prompt[known:], cancelled=self.cancelled)
        yield cache

    def _extend(self, cache: KVCache, tokens: list[int], keep: int) -> npt.NDArray[np.float32]:
        """Log probabilities after each of the last `keep` tokens: float32 (keep, vocabulary)."""
        self.read += len(tokens)
        logits = self._decoder.extend(cache, tokens, keep=keep)
        logits = logits - logits.max(-1, keepdims=True)
        logs: npt.NDArray[np.float32] = logits - np.log(np.exp(logits).sum(-1, keepdims=True))
        return logs


def repeats(span: str, passage: str) -> bool:
    """Whether a span is nearly all of a passage."""
    return len(span.split()) > 0.75 * len(passage.split())


def _form(context: str, question: str) -> str:
    return f"Context:\n{context}\n\nQuestion: {question}\nAnswer in a few words."


def _clause(text: str, words: Sequence["re.Match[str]"]) -> str:
    """The words up to the end of their sentence, without marks at the edges."""
    end = next((word for word in words if _ENDS.search(word[0]) and not _SHORTENED.match(word[0])), words[-1])
    return text[words[0].start() : end.end()].strip(_EDGES)


_ENDS = re.compile(r"[.!?…][\"'”’)]*$")
_SHORTENED = re.compile(r"(?:Dr|Mr|Mrs|Ms|St|Prof|No|vs|approx|[A-Z])\.$")
