"""Reads the folder `kinds`: the kinds of facts that conversations are made of. Its README says how they are written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from . import words

_AGREEING: Final = (
    (r"\bI'm\b", "{I} {am}"),
    (r"\bI'll\b", "{I} will"),
    (r"\bI don't\b", "{I} {do} not"),
    (r"(?:\{I\}|\bI) (am|was|have|do)\b", r"{I} {\1}"),
    (r"(?:\{I\}|\bI) (buy|get|greet|learn|like|look|love|need|own|see|spend|talk|throw|want|work)\b", r"{I} {\1}"),
    (r"(?<!\{)\b(I|my|me|myself|mine|our)\b(?!\})", r"{\1}"),
)
"""Words of a value that change with the one who says them."""
_AGREES: Final = re.compile(r"(?<!\{)\b(does|is|has|was) \{(S|he)\}")
"""Verbs that agree with the one who told it."""

KINDS: Final = Path(__file__).with_name("kinds")


@dataclass(frozen=True)
class Question:
    """A question in several wordings and the template of its answer.

    Attributes:
        kind: "ask", "list", "count", "hop", "now", "before", "at" or "both".
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


@dataclass(frozen=True)
class Reply:
    """A fact that only a question and its reply together tell, in the words of both."""

    asked: str
    answer: str


@dataclass(frozen=True)
class Statement:
    """What a message states, as templates.

    Attributes:
        subject: Of what that is the speaker's, or of whom by name: "{r}", "{name}"; "" is the speaker.
        attribute: "home", "color of the {room}".
        value: "{v}".
    """

    subject: str
    attribute: str
    value: str


@dataclass
class Family:
    """A kind of fact. See `kinds/README.md` for what its parts mean.

    Attributes:
        held: Whether only tests see it.
        user: Whether only the user tells it, to Hippo.
        rising: Whether each new value of `v` stands after the one before in its vocabulary.
        groups: Those of which one person tells one kind only, because their questions could be taken for each other's.
        never: Questions close to what was told that it does not answer.
        around: What the other one says about it, telling nothing.
        near: Messages that name another value and do not tell that it holds.
        facts: What it states, for those who write facts down.
        minor: Slots whose values are not worth a fact.
        kin: The family of the same kind of fact about somebody's relative, or "".
    """

    name: str
    held: bool
    user: bool = False
    rising: bool = False
    slots: dict[str, tuple[str, ...]] = field(default_factory=dict)
    say: list[str] = field(default_factory=list)
    then: list[str] = field(default_factory=list)
    change: list[str] = field(default_factory=list)
    reply: list[Reply] = field(default_factory=list)
    around: list[str] = field(default_factory=list)
    never: list[str] = field(default_factory=list)
    near: list[str] = field(default_factory=list)
    facts: list[Statement] = field(default_factory=list)
    minor: tuple[str, ...] = ()
    kin: str = ""
    questions: list[Question] = field(default_factory=list)
    groups: tuple[str, ...] = ()
    deed: Deed | None = None
    photo: str = ""

    @property
    def is_state(self) -> bool:
        """Whether it is something that holds until another value takes its place."""
        return bool(self.of("now"))

    def of(self, kind: str) -> list[Question]:
        """Its questions of one kind."""
        return [question for question in self.questions if question.kind == kind]


@cache
def families() -> Mapping[str, Family]:
    """All families by name.

    Raises:
        ValueError: A line cannot be understood, or a name is given twice.
    """
    found: dict[str, Family] = {}
    for path in sorted(KINDS.glob("*.txt")):
        family: Family | None = None
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("@ "):
                name, *marks = line[2:].split()
                if name in found:
                    raise ValueError(f"{path.name}: a second family {name}")
                family = found[name] = Family(name, "held" in marks, "user" in marks, "rising" in marks)
            elif line.strip() and not line.startswith("#"):
                if family is None:
                    raise ValueError(f"{path.name}: a line before the first family: {line}")
                if line.startswith(("kin:", "theirs:")):
                    relative = found.setdefault(f"{family.name}_kin", _of_relative(family))
                    _read(relative, line)
                else:
                    _read(family, line)
    for family in found.values():
        if (deed := family.deed) is not None and not family.facts:
            attribute, verb = ("event", deed.past) if deed.past else ("plan", deed.base)
            family.facts = [Statement("", attribute, f"{verb} {deed.rest}")]
            family.minor = tuple(name for names in family.slots for name in names.split(","))
        if family.kin:
            found[family.kin].facts = [Statement("{r}", each.attribute, each.value) for each in family.facts[:1]]
    return found


def _of_relative(family: Family) -> Family:
    """The same kind of fact, still without words, about a relative of the one who tells it."""
    family.kin = f"{family.name}_kin"
    slots = {"r,g": words.KIN, **family.slots}
    return Family(family.kin, held=family.held, slots=slots, groups=(family.kin,))


def _read(family: Family, line: str) -> None:
    key, _, rest = (part.strip() for part in line.partition(":"))
    if key.startswith("fact"):
        attribute, _, value = (part.strip() for part in rest.partition("=>"))
        family.facts.append(Statement(key[4:].strip().removeprefix("of "), attribute, value))
        return
    match key:
        case "slots":
            for part in rest.split():
                slot, _, vocabulary = part.partition("=")
                family.slots[slot] = getattr(words, vocabulary)
        case "words":
            slot, _, values = rest.partition("=")
            family.slots[slot.strip()] = tuple(_marked(value.strip()) for value in values.split(";") if value.strip())
        case "group":
            family.groups = tuple(rest.split())
        case "say" | "then" | "change" | "around" | "near":
            getattr(family, key).append(rest)
        case "kin":
            (family.change if re.search(r"\{(?:a )?old[:}]", rest) else family.say).append(rest)
        case "theirs":
            forms, _, answer = rest.partition("=>")
            family.questions.append(Question("now", _forms(forms), answer.strip()))
        case "never":
            family.never += _forms(rest)
        case "reply":
            asked, _, answer = rest.partition("=>")
            family.reply.append(Reply(asked.strip(), answer.strip()))
        case "deed":
            family.deed = Deed(*(part.strip() for part in rest.split("|")))
        case "plan":
            base, what = (part.strip() for part in rest.split("|"))
            family.deed = Deed(base, "", what)
        case "minor":
            family.minor = tuple(rest.split())
        case "photo":
            family.photo = rest
        case "ask" | "list" | "hop" | "now" | "before" | "at" | "both":
            forms, _, answer = rest.partition("=>")
            family.questions.append(Question(key, _forms(forms), answer.strip()))
        case "count":
            family.questions.append(Question(key, _forms(rest), ""))
        case _:
            raise ValueError(f"{family.name}: {line}")


def _marked(value: str) -> str:
    """A value whose words change with the speaker; what somebody said word for word stays."""
    if not value.startswith('"'):
        for said, marked in _AGREEING:
            value = re.sub(said, marked, value)
    return value


def _forms(text: str) -> tuple[str, ...]:
    text = _AGREES.sub(r"{\1} {\2}", text)
    return tuple(form.strip() for form in text.split(" / "))
