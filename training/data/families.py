"""Reads `families.txt`: the kinds of facts that conversations are made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from . import words


@dataclass(frozen=True)
class Question:
    """A question in several wordings and the template of its answer.

    Attributes:
        kind: "ask", "list", "count", "hop", "now", "before" or "both".
    """

    kind: str
    forms: tuple[str, ...]
    answer: str


@dataclass(frozen=True)
class Deed:
    """Something done or planned: "adopt", "adopted", "a {pet}". A plan has no past."""

    base: str
    past: str
    rest: str


@dataclass
class Family:
    """A kind of fact. See `families.txt` for what its parts mean.

    Attributes:
        held: Whether only tests see it.
    """

    name: str
    held: bool
    slots: dict[str, tuple[str, ...]] = field(default_factory=dict)
    say: list[str] = field(default_factory=list)
    then: list[str] = field(default_factory=list)
    change: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    deed: Deed | None = None
    photo: str = ""

    def of(self, kind: str) -> list[Question]:
        """Its questions of one kind."""
        return [question for question in self.questions if question.kind == kind]


@cache
def families() -> Mapping[str, Family]:
    """All families by name.

    Raises:
        ValueError: A line of the file cannot be understood.
    """
    found: dict[str, Family] = {}
    family: Family | None = None
    for line in Path(__file__).with_name("families.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("@ "):
            name, *marks = line[2:].split()
            family = found.setdefault(name, Family(name, held="held" in marks))
        elif line.strip() and not line.startswith("#"):
            if family is None:
                raise ValueError(f"a line before the first family: {line}")
            _read(family, line)
    return found


def _read(family: Family, line: str) -> None:
    key, _, rest = (part.strip() for part in line.partition(":"))
    match key:
        case "slots":
            for part in rest.split():
                slot, _, vocabulary = part.partition("=")
                family.slots[slot] = getattr(words, vocabulary)
        case "say" | "then" | "change":
            getattr(family, key).append(rest)
        case "deed":
            family.deed = Deed(*(part.strip() for part in rest.split("|")))
        case "plan":
            base, what = (part.strip() for part in rest.split("|"))
            family.deed = Deed(base, "", what)
        case "photo":
            family.photo = rest
        case "ask" | "list" | "hop" | "now" | "before" | "both":
            forms, _, answer = rest.partition("=>")
            family.questions.append(Question(key, _forms(forms), answer.strip()))
        case "count":
            family.questions.append(Question(key, _forms(rest), ""))
        case _:
            raise ValueError(f"{family.name}: {line}")


def _forms(text: str) -> tuple[str, ...]:
    return tuple(form.strip() for form in text.split(" / "))
