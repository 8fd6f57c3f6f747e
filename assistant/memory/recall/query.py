"""What a question asks for: whose words, a time, a number; and the question as the one it is about would put it.

Reads words and embeds nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from assistant.memory.recall.cues import speaks_of_self
from assistant.memory.recall.when import Span, asks_when, times_asked_for
from assistant.store.index import SearchIndex
from assistant.store.terms import search_terms

_GENERIC_ROLES = frozenset({"user", "assistant", "system"})

_ASKS_NUMBER = re.compile(
    r"\bhow (many|much|often|long|old|far|tall|big)\b|\bwie (viele?|oft|lange|alt|weit|gro(ß|ss))\b", re.IGNORECASE
)

_LEANS = re.compile(
    r"\b(it|its|that|this|those|these|they|them|their|he|him|his|she|her|hers|there|then|one|ones|same|else|instead)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Query:
    """A question, ready to be ranked for.

    Attributes:
        text: The words.
        alone, in_context: float32 (n, rows): the cosine of the words, and of each other form in `forms`, to each row of
            the index, by itself and with what came before it.
        named: Codes of the speakers that it names.
        about: Search terms of the other names in it, one set for each.
        about_self: Whether the one who asks speaks of themselves.
        asks_when, asks_number: Whether it asks for a time, for a number.
        times: When the question says that it was.
        share: What it weighs beside others: 1 for what is asked now, less for what was asked before.
    """

    text: str
    alone: npt.NDArray[np.float32]
    in_context: npt.NDArray[np.float32]
    named: tuple[int, ...] = ()
    about: tuple[frozenset[int], ...] = ()
    times: tuple[Span, ...] = ()
    about_self: bool = False
    asks_when: bool = False
    asks_number: bool = False
    share: float = 1.0


def speakers_named(text: str, roles: Sequence[str]) -> tuple[int, ...]:
    """The codes of the speakers (other than user and assistant) whose name, or first name, is in a text."""
    words = set(re.findall(r"\w+", text.lower()))
    return tuple(
        code
        for code, role in enumerate(roles)
        if role not in _GENERIC_ROLES and (first := re.findall(r"\w+", role)[:1]) and first[0] in words
    )


_NAME = re.compile(r"[A-ZÀ-Þ][\w-]*[a-zß-ÿ][\w-]*(?=(['’]s)?)")
_NO_NAMES_LIST = """
january february march april may june july august september october november december monday tuesday wednesday thursday
friday saturday sunday english german french spanish italian christmas easter hippo
"""
_NO_NAMES = frozenset(_NO_NAMES_LIST.split())
_MORE = re.compile(r"[.?!] (?:And|Und) (?:\w+ )?[A-ZÀ-Þ][\w-]+\W*$")
_COORDINATED = re.compile(r"(?:,| and| or| und| oder|[.?!] (?:And|Und))\s+$")
_GERMAN = re.compile(r"\b(der|die|das|ist|ich|wann|wo|wer|wie|mein\w*|hat|habe|und)\b")


def names_in(text: str) -> list[str]:
    """The names in an English text: capitalised words within a sentence, or before "'s". German gives none."""
    if _GERMAN.search(text):
        return []
    found: list[str] = []
    for match in _NAME.finditer(text):
        before = text[: match.start()].rstrip()
        leads = not before or before[-1] in '.!?:"“”'
        if match[0].lower() in _NO_NAMES or not len(_terms(match[0])) or (leads and not match[1]):
            continue
        if found and before.endswith(found[-1]):
            found[-1] = f"{found[-1]} {match[0]}"
        elif match[0] not in found:
            found.append(match[0])
    return found


def one_by_one(text: str) -> list[str]:
    """For a question about several people at once ("Ada and Kofi"), one for each; else nothing."""
    names = names_in(text)
    joined = [name for name in names[1:] if _COORDINATED.search(text[: text.index(name)])]
    if not joined or len(names) > 4:
        return []
    first = names[names.index(joined[0]) - 1]
    if (more := _MORE.search(text)) is not None and first in text[: more.start()]:
        # "Where does Ada live? And Kofi?" asks the same of Kofi.
        return [text[: more.start() + 1].replace(first, name) for name in (first, *joined)]
    people = [first, *joined]
    return [_without(text, [other for other in people if other != name]) for name in people]


def _without(text: str, names: Sequence[str]) -> str:
    for name in names:
        text = re.sub(
            rf"(?:,| and| or| und| oder)?\s*\b{re.escape(name)}\b(?:['’]s)?(?: and| or| und| oder)?", "", text
        )
    return re.sub(r"([.?!])[\s.?!]+$", r"\1", " ".join(text.split()))


def _terms(text: str) -> list[int]:
    terms: list[int] = search_terms(text).tolist()
    return terms


def forms(text: str, named: Sequence[str]) -> list[str]:
    """The forms of a question whose embeddings are compared: as it is, and with "I" for the speakers that it names.

    A speaker says "I went to Rome", so "When did I go to Rome?" lies nearer to it than "When did Ada go to Rome?".
    """
    changed = text
    for name in named:
        first = re.escape(re.findall(r"\w+", name)[0])
        changed = re.sub(rf"\b{first}\b['’]s\b", "my", changed, flags=re.IGNORECASE)
        changed = re.sub(rf"\b{first}\b", "I", changed, flags=re.IGNORECASE)
    return [text] if changed == text else [text, changed]


def understand(
    text: str,
    index: SearchIndex,
    vectors: npt.NDArray[np.float32],
    roles: Sequence[str],
    asked_at: datetime,
    share: float = 1.0,
) -> Query:
    """The query of a text whose `forms` have these embeddings, for the index as it is now.

    Asked at `asked_at`: "last week" is counted from there.
    """
    named = speakers_named(text, roles)
    speakers = {word for code in named for word in re.findall(r"\w+", roles[code])}
    return Query(
        text,
        index.similarities(vectors, 0),
        index.similarities(vectors, 1),
        named=named,
        about=tuple(
            terms for name in names_in(text) if name.lower() not in speakers and (terms := frozenset(_terms(name)))
        ),
        times=times_asked_for(text, asked_at),
        about_self=speaks_of_self(text),
        asks_when=asks_when(text),
        asks_number=_ASKS_NUMBER.search(text) is not None,
        share=share,
    )


def leans_on_what_came_before(text: str) -> bool:
    """Whether a message can hardly be understood alone: "And when is that?"."""
    words = re.findall(r"\w+", text)
    return len(words) <= 3 or (len(words) <= 12 and _LEANS.search(text) is not None)
