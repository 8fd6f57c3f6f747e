"""Filling a template: names, articles, verbs that agree, and who is meant by "I".

What the speaker says is in the first person. In an answer the same words are about somebody: "my doctor" is "her
doctor", or "your doctor" where the speaker is the one who asks.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

View = Literal["speaking", "asking", "answering", "addressing"]


@dataclass(frozen=True)
class Person:
    """Somebody in a conversation. The user has no name and gender "user"; Hippo is "assistant"."""

    name: str
    gender: Literal["f", "m", "user", "assistant"]

    @property
    def speaker(self) -> str:
        """As in `ReadingPassage.speaker`."""
        return self.gender if self.gender in ("user", "assistant") else self.name


HIPPO_NAME: Final = "assistant"
"""Hippo, as a speaker."""
_FIRST: Final = {"I": "I", "my": "my", "me": "me", "myself": "myself", "mine": "mine", "our": "our"}
_SECOND: Final = {"I": "you", "my": "your", "me": "you", "myself": "yourself", "mine": "yours", "our": "your"}
_SHE: Final = {"I": "she", "my": "her", "me": "her", "myself": "herself", "mine": "hers", "our": "her"}
_HE: Final = {"I": "he", "my": "his", "me": "him", "myself": "himself", "mine": "his", "our": "his"}
_PRONOUNS: Final = {"he": "I", "him": "me", "his": "my", "himself": "myself"}
_AUXILIARIES: Final = {"does": "do", "is": "am", "has": "have", "was": "was"}
_ADDRESSED: Final = {"does": "do", "is": "are", "has": "have", "was": "were"}
_THIRD: Final = {"am": "is", "have": "has", "do": "does"}
_SUBJECT: Final = (
    *(
        "did",
        "does",
        "is",
        "has",
        "was",
        "do",
        "would",
        "can",
        "could",
        "will",
        "might",
        "may",
        "should",
        "must",
        "had",
    ),
    *("have", "am", "are", "were", "that", "when", "while", "which", "and", "or", "both", "person", "because", "if"),
    *(
        "than",
        "whether",
        "what",
        "where",
        "why",
        "how",
        "who",
        "or",
        "before",
        "after",
        "until",
        "as",
        "thing",
        "people",
    ),
)
"""After these words `{S}` does something; after others something is done to `{S}`."""
_NAMED: Final = re.compile(r"(\w+)(\}?) (\{[SB]\})")
_MARK: Final = re.compile(r"\{([^{}]*)\}")


def fill(
    template: str, slots: Mapping[str, str], teller: Person, other: Person, view: View, *, sentence: bool = True
) -> str:
    """The text of a template.

    Args:
        template: See `kinds/README.md`.
        slots: The values.
        teller: Who told the fact.
        other: Who listened.
        view: Whether the teller speaks, a question or an answer is about the teller, or the other one asks the teller.
        sentence: Begin with a capital letter.
    """
    text = template
    if view == "asking" and "user" in (teller.gender, other.gender):
        mark = "{S}" if teller.gender == "user" else "{B}"
        text = _NAMED.sub(lambda found: _as_object(found, mark), text)
    for _ in range(3):  # a value may hold marks of its own
        text = _MARK.sub(lambda mark: _value(mark[1], slots, teller, other, view), text)
    if teller.gender == "user" and view == "asking":
        text = re.sub(r"\bI and ([A-Z]\w+|my [\w-]+)", r"\1 and I", text)
    return tidy(text) if sentence else " ".join(text.split())


def _as_object(found: re.Match[str], mark: str) -> str:
    """The user as "me", where something is done to them."""
    is_object = found[3] == mark and found[1].lower() not in _SUBJECT
    return f"{found[1]}{found[2]} me" if is_object else found[0]


def tidy(text: str) -> str:
    """With single spaces, none before a mark, and a capital letter at the start of each sentence."""
    text = re.sub(r"\s+([.,!?:])", r"\1", " ".join(text.split()))
    text = re.sub(r",(?=[.!])", "", text)
    # A password keeps its small letters.
    return re.sub(r"(^|[.!?]\s+)(?!\S*[a-z]\S*(?:\d|!\S))([a-z])", lambda found: found[1] + found[2].upper(), text)


def turned(question: str) -> str:
    """A question of the user as Hippo asks it: "What is my name?" becomes "What is your name?"."""
    question = re.sub(r"\b(am|was) I\b", lambda found: f"{'are' if found[1] == 'am' else 'were'} you", question)
    return re.sub(r"\b(I|my|me|myself|you|your)\b", lambda found: _TURNED[found[1]], question).replace(
        "were I", "were you"
    )


_TURNED: Final = {"I": "you", "my": "your", "me": "you", "myself": "yourself", "you": "I", "your": "my"}


def article(noun: str) -> str:
    """A noun phrase with its indefinite article; those that have one, are plural or need none stay as they are."""
    if noun.startswith(("a ", "an ", "the ", "some ", "his ", "my ", "two ")):
        return noun
    first = noun.split()[0].lower()
    if first.startswith(("hour", "honest")) or (
        first[0] in "aeiou" and not first.startswith(("eu", "uk", "uni", "one"))
    ):
        return f"an {noun}"
    return f"a {noun}"


def _value(mark: str, slots: Mapping[str, str], teller: Person, other: Person, view: View) -> str:
    forms = _forms(teller, view)
    user = teller.gender == "user"
    if mark in forms:
        return forms[mark]
    if mark == "you":
        return _listener(other, view)
    if view == "addressing" and mark in _ADDRESSED:
        return _ADDRESSED[mark]
    if mark in _PRONOUNS and view == "asking":
        return _FIRST[_PRONOUNS[mark]] if user else forms[_PRONOUNS[mark]]
    if mark in _PRONOUNS:
        return forms[_PRONOUNS[mark]]
    if mark == "was" and user and view == "answering":
        return "were"
    if mark in _AUXILIARIES:
        return _AUXILIARIES[mark] if user else mark
    if mark in ("S", "S's"):
        if view == "addressing":
            return "you" if mark == "S" else "your"
        return _named(teller, mark, view)
    if mark in ("B", "B's"):
        return _named(other, mark.replace("B", "S"), "answering" if view == "answering" else "asking")
    if mark.startswith("a "):
        return article(_slot(mark[2:], slots))
    name, _, form = mark.partition(":")
    if name.removesuffix("'s") in slots:
        value = _slot(name, slots)
        # What was told of is known to the one who asks: "the parrot that I saw".
        known = view == "asking" and not form and value.startswith(("a ", "an "))
        return f"the {value.split(' ', 1)[1]}" if known else _formed(value, form)
    if view == "speaking" or (user and view == "asking"):
        return mark
    return {"am": "are"}.get(mark, mark) if user or view == "addressing" else _THIRD.get(mark, f"{mark}s")


def _forms(teller: Person, view: View) -> dict[str, str]:
    if view in ("speaking", "addressing"):
        return _FIRST if view == "speaking" else _SECOND
    if teller.gender == "user":
        return _FIRST if view == "asking" else _SECOND
    return _SHE if teller.gender == "f" else _HE


def _named(person: Person, mark: str, view: View) -> str:
    if person.gender == "user":
        subject, possessive = ("you", "your") if view == "answering" else ("I", "my")
        return subject if mark == "S" else possessive
    if person.gender == "assistant":
        return "Hippo" if mark == "S" else "Hippo's"
    return person.name if mark == "S" else f"{person.name}'s"


def _listener(other: Person, view: View) -> str:
    """The one who is talked to, as an object."""
    if view in ("speaking", "addressing"):
        return "you" if view == "speaking" else "me"
    if other.gender == "user":
        return "me" if view == "asking" else "you"
    return {"f": "her", "m": "him"}.get(other.gender, "Hippo")


def _slot(name: str, slots: Mapping[str, str]) -> str:
    return f"{slots[name[:-2]]}'s" if name.endswith("'s") and name not in slots else slots[name]


def _formed(value: str, form: str) -> str:
    match form:
        case "base" | "past" | "ing":
            return value.split("|")[("base", "past", "ing").index(form)]
        case "a":
            return article(value)
        case "Cap":
            return value[:1].upper() + value[1:]
        case "he" | "him" | "his" | "He":
            forms = {"he": ("she", "he"), "him": ("her", "him"), "his": ("her", "his"), "He": ("She", "He")}
            return forms[form][value == "m"]
        case "bare":
            return re.sub(r"^(?:a|an|the) ", "", value)
        case _:
            return value
