"""Text to tokens and back, and the chat template.

What people write never becomes a control token: `encode` and `encode_chat` treat "<|im_end|>" in a message as the
characters that it is. Only the model's own template speaks in control tokens.
"""

import datetime
import json
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, NoReturn, Self

from assistant.errors import ModelError
from assistant.models.tokenizer_file import read_definition

Role = Literal["system", "user", "assistant"]

_REPLACEMENT: Final = "\ufffd"  # what an incomplete UTF-8 character decodes to
_LONGEST_CHARACTER: Final = 4  # bytes, and so tokens at most


@dataclass(frozen=True)
class Message:
    """One message of a conversation, as a chat template sees it."""

    role: Role
    content: str


class Tokenizer:
    """The tokenizer of one model, with its chat template.

    Attributes:
        control_tokens: The texts that stand for a single added token of the model, such as "<|im_end|>".
    """

    def __init__(self, definition: str, template: str, names: Mapping[str, str] | None = None) -> None:
        """Make one from the text of a tokenizer.json and of a Jinja template.

        Args:
            definition: The text of tokenizer.json.
            template: The chat template.
            names: What the template may call `bos_token` and `eos_token`.

        Raises:
            ModelError: Something cannot be understood.
        """
        import tokenizers

        try:
            parsed = json.loads(definition)
            self._special = frozenset(token["id"] for token in parsed["added_tokens"] if token["special"])
            # The library's switch spares the added tokens that are not marked special.
            for token in parsed["added_tokens"]:
                token["special"] = True
            self._library: Any = tokenizers.Tokenizer.from_str(json.dumps(parsed))
        except Exception as error:  # the library raises bare Exception
            raise _damaged("tokenizer") from error
        self._switch = threading.Lock()
        self._library.no_truncation()
        self._library.no_padding()
        self.control_tokens: tuple[str, ...] = tuple(token["content"] for token in parsed["added_tokens"])
        self._template = compile_template(template)
        self._names = dict(names or {})

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Load a tokenizer.json, chat_template.jinja and, if it is there, tokenizer_config.json of `folder`.

        Raises:
            ModelError: One of them is missing or damaged.
        """
        try:
            definition = read_definition(folder)
            template = (folder / "chat_template.jinja").read_text(encoding="utf-8")
            settings = folder / "tokenizer_config.json"
            config = json.loads(settings.read_text(encoding="utf-8")) if settings.exists() else {}
            names = {key: config[key] for key in ("bos_token", "eos_token") if isinstance(config.get(key), str)}
        except (OSError, ValueError, AttributeError) as error:
            raise _damaged("tokenizer or chat template") from error
        return cls(definition, template, names)

    def encode(self, text: str, *, special: bool = False) -> list[int]:
        """The tokens of `text`. Only with `special` do control tokens in it count as such."""
        with self._switch:  # a second instance instead of the switch would take 36 MB
            self._library.encode_special_tokens = not special
            ids: list[int] = self._library.encode(well_formed(text), add_special_tokens=False).ids
        return ids

    def decode(self, ids: Sequence[int], *, special: bool = False) -> str:
        """The text of `ids`; control tokens are left out unless `special`. Half a character becomes U+FFFD."""
        shown = list(ids) if special else [token for token in ids if token not in self._special]
        text: str = self._library.decode(shown, skip_special_tokens=False)
        return text

    def apply_chat_template(self, messages: Sequence[Message], *, add_generation_prompt: bool) -> str:
        """The text that the model was trained to see for `messages`; for showing, not for `encode(special=True)`.

        Raises:
            ModelError: The template refuses these messages (some insist on alternating roles).
        """
        return self._render(messages, add_generation_prompt)

    def encode_chat(self, messages: Sequence[Message], *, add_generation_prompt: bool) -> list[int]:
        """The tokens of `messages` in the model's chat template.

        They are those of `encode(apply_chat_template(...), special=True)`, except that control tokens inside a
        message are spelled out and have no effect.

        Raises:
            ModelError: As in `apply_chat_template`.
        """
        mark = _unused_mark([message.content for message in messages])
        marks = {token: f"{mark}{index}{mark}" for index, token in enumerate(self.control_tokens)}
        if marks:
            spelled = re.compile("|".join(re.escape(token) for token in sorted(marks, key=len, reverse=True)))
            messages = [
                Message(message.role, spelled.sub(lambda found: marks[found[0]], message.content))
                for message in messages
            ]
        rendered = self._render(messages, add_generation_prompt)
        ids: list[int] = []
        for index, piece in enumerate(rendered.split(mark)):
            if index % 2:
                ids += self.encode(self.control_tokens[int(piece)])
            elif piece:
                ids += self.encode(piece, special=True)
        return ids

    def same_tokens(self, other: "Tokenizer") -> bool:
        """Whether every token id stands for the same text in both."""
        vocabularies = [tokenizer._library.get_vocab(with_added_tokens=True) for tokenizer in (self, other)]
        return bool(vocabularies[0] == vocabularies[1])

    def stream(self) -> "TextStream":
        """A decoder for tokens that come one by one."""
        return TextStream(self)

    def _render(self, messages: Sequence[Message], add_generation_prompt: bool) -> str:
        import jinja2

        try:
            text: str = self._template.render(
                messages=[{"role": message.role, "content": message.content} for message in messages],
                add_generation_prompt=add_generation_prompt,
                enable_thinking=False,  # Qwen3's word: an answer begins at once, without a monologue before it
                **self._names,
            )
        except jinja2.TemplateError as error:
            raise ModelError("The model's chat template cannot express this conversation.") from error
        return text


class TextStream:
    """Turns tokens into text as they come, and never gives out half a character.

    The library's decoders look at neighbours (for spaces), so each text is the difference of two decodings that
    start a little earlier.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._ids: list[int] = []
        self._given = 0  # how many of the ids have been turned into text
        self._start = 0

    def push(self, token: int) -> str:
        """Take a token; returns the text that is certain by now, which may be ""."""
        self._ids.append(token)
        text = self._pending()
        held = len(self._ids) - self._given
        if not text or (text.endswith(_REPLACEMENT) and held < _LONGEST_CHARACTER):
            return ""
        self._start, self._given = self._given, len(self._ids)
        return text

    def finish(self) -> str:
        """The rest. Bytes that never became a character are dropped."""
        text = self._pending().rstrip(_REPLACEMENT)
        self._start = self._given = len(self._ids)
        return text

    def _pending(self) -> str:
        before = self._tokenizer.decode(self._ids[self._start : self._given])
        return self._tokenizer.decode(self._ids[self._start :])[len(before) :]


def well_formed(text: str) -> str:
    """`text` with U+FFFD for lone surrogates, which broken input can smuggle into a Python string."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def compile_template(source: str) -> Any:
    """Compile a chat template in a sandbox, with the same extras and whitespace rules as Hugging Face transformers.

    Raises:
        ModelError: It is no valid Jinja.
    """
    import jinja2
    from jinja2.ext import loopcontrols
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=[loopcontrols])
    environment.filters["tojson"] = _to_json
    environment.globals.update(raise_exception=_refuse, strftime_now=_now)
    try:
        return environment.from_string(source)
    except jinja2.TemplateError as error:
        raise _damaged("chat template") from error


def _refuse(message: str) -> NoReturn:
    import jinja2

    raise jinja2.TemplateError(message)


def _now(form: str) -> str:
    return datetime.datetime.now().astimezone().strftime(form)


def _to_json(value: Any, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)


def _unused_mark(texts: Sequence[str]) -> str:
    """A short text of private-use characters that occurs in none of `texts`."""
    mark = "\ue000"
    while any(mark in text for text in texts):
        mark += "\ue001\ue000"
    return mark


def _damaged(what: str) -> ModelError:
    return ModelError(f"The model's {what} is missing or damaged.", next_step="Remove the model and add it again.")
