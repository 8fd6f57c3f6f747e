"""A title in a few words for a chat that just began, by the model with the adapter that was taught it.

Only where it says what the user said: a title with a word that is not in the message is not used, and the chat keeps
its first words as title. Forgetting counts on that too: a title goes with the one message that it was made from.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final

from assistant.models.adapted import load_adapted
from assistant.models.adapter import find_adapter
from assistant.models.decoder import Decoder
from assistant.models.generate import generate
from assistant.models.manifest import read_manifest
from assistant.models.sampling import Sampling
from assistant.models.tokenizer import Message
from assistant.store.allocator import passing_through
from assistant.store.terms import term_set

from .reading import ReadingPassage, reading_lines

TASK: Final = "title"
TITLE_FORMAT: Final = 1
"""The number of the prompt's form. A change makes a new one; an adapter fits only the one that it was taught with."""

MOST_MESSAGES: Final = 4
"""Messages in the prompt, at most."""

_TITLE: Final = "Give this chat a title of at most six words."
_LONGEST: Final = 20
"""Tokens of a title."""
_MOST_WORDS: Final = 8
_SHORT: Final = 4
"""A message of so few words is its own title."""
_READ: Final = 1200
"""Characters of a message that are read for its title."""


def title_prompt(messages: Sequence[ReadingPassage]) -> list[Message]:
    """The chat messages that ask for the title of a chat, from its first messages."""
    return [Message("system", _TITLE), Message("user", reading_lines(messages[:MOST_MESSAGES]))]


def is_title_of(title: str, text: str) -> bool:
    """Whether a title says nothing that the message does not, and says it in a few words on one line."""
    told = term_set(title)
    return bool(told) and told <= term_set(text) and len(title.split()) <= _MOST_WORDS and "\n" not in title


class TrainedTitles:
    """Gives titles with one adapter. The model is loaded for each title, about a second, and let go of: chats begin
    seldom. From any thread."""

    def __init__(self, load: Callable[[Callable[[], bool]], Decoder | None]) -> None:
        """`load` loads the model with its adapter; given `cancelled`, it may raise `CancelledError`. None: there is no
        adapter for the model."""
        self._load = load

    @classmethod
    def beside(cls, decoder: Decoder) -> "TrainedTitles":
        """For the model of `decoder`, with the adapter that comes with Hippo for it, if there is one."""

        def load(cancelled: Callable[[], bool]) -> Decoder | None:
            folder = decoder.folder
            adapter = find_adapter(TASK, read_manifest(folder), TITLE_FORMAT) if folder is not None else None
            if folder is None or adapter is None:
                return None
            with passing_through():
                return load_adapted(folder, adapter, decoder.tokenizer, cancelled=cancelled)

        return cls(load)

    def title(self, said: ReadingPassage, *, cancelled: Callable[[], bool] = lambda: False) -> str:
        """A title for a chat that begins with this message of the user's; "" where none fits.

        Raises:
            CancelledError: `cancelled` answered true.
            ModelError: The model cannot be loaded, or failed.
        """
        text = " ".join(said.text.split())[:_READ]
        if len(text.split()) <= _SHORT:
            return ""
        decoder = self._load(cancelled)
        if decoder is None:
            return ""
        shown = ReadingPassage(said.speaker, text, said.time)
        prompt = decoder.tokenizer.encode_chat(title_prompt([shown]), add_generation_prompt=True)
        cache = decoder.new_cache(len(prompt) + _LONGEST)
        written = generate(
            decoder, cache, prompt, sampling=Sampling(temperature=0), max_tokens=_LONGEST, cancelled=cancelled
        )
        try:
            title = "".join(chunk.text for chunk in written).strip().rstrip(".")
        finally:
            cache.clear()
        ended = written.report is not None and written.report.ended == "stop"
        return _capitalised(title) if ended and is_title_of(title, text) else ""


def _capitalised(title: str) -> str:
    return re.sub(r"^\w", lambda first: first.group().upper(), title)
