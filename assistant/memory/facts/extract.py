"""From what a person said to claims: who, what of them, which value, since when. Knows no other message and no store.

The rules tell attributes with values; what they do not know but states something lasting gives a claim without
attribute. Better to miss a statement than to keep junk: the episode is remembered anyway.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from assistant.memory.when import Side, spans
from assistant.store.records import Episode
from assistant.store.terms import search_terms

from .attributes import Holds, attribute
from .clauses import Clause, clauses
from .grammar import Predicate, Subject, read_predicate, read_subject
from .lexicon import (
    ANIMALS,
    ANIMATE,
    AUXILIARIES,
    BETWEEN,
    NO_HEADS,
    NO_THING_WORDS,
    NO_THINGS,
    OF_THE_MOMENT,
    OFTEN_MORE,
    PLURALS,
    STATES,
    VAGUE,
)
from .rules import cut, is_transient, matches, phrase, statement
from .verbs import is_past
from .wording import dated, sentence, told_of

USER = "user"
"""The subject of what the user says of themselves."""


@dataclass(frozen=True)
class Claim:
    """One thing that was said of somebody.

    Attributes:
        subject, attribute, value, text: As in `Fact`.
        since: When what is claimed began, as far as is said; else None.
        until: When it ended or will end, as far as is said; else None.
        denies: It says that the value does not hold (any more); an empty value means any value.
        past: It held once and is not said to hold now.
        changes: It reads as a change or a correction: what contradicts it and was said before is over.
    """

    subject: str
    attribute: str
    value: str
    text: str
    since: datetime | None = None
    until: datetime | None = None
    denies: bool = False
    past: bool = False
    changes: bool = False


def claims_of(episode: Episode) -> list[Claim]:
    """What an episode claims; nothing for what the assistant said."""
    return [] if episode.role == "assistant" else claims(episode.text, episode.role, episode.time)


def claims(text: str, role: str, said_at: datetime) -> list[Claim]:
    """What a message claims, in order and each once.

    Args:
        text: The message.
        role: "user", or the name of its speaker.
        said_at: When it was said: relative dates count from here.
    """
    reader = _Reader(role, said_at)
    found: dict[tuple[str, str, str], Claim] = {}
    for clause in clauses(text):
        for claim in reader.read(clause):
            found.setdefault((claim.subject, claim.attribute, claim.value.lower()), claim)
    return list(found.values())


class _Reader:
    """Reads the clauses of one message: it knows the speaker, the time, and who was spoken of last."""

    def __init__(self, role: str, said_at: datetime) -> None:
        self._name = "" if role == USER else role
        self._speaker = role.lower()
        self._said_at = said_at
        self._person: Subject | None = None
        self._before: Subject | None = None

    def read(self, clause: Clause) -> Iterator[Claim]:
        named = spans(clause.text, self._said_at, prefer=_side(clause.text))
        text = dated(clause.text, named)
        begun = _WITHOUT_SUBJECT.match(text)
        if clause.elided and self._before is not None:
            text = f"{self._before.words} {text}"
        elif clause.elided or begun:
            text = _with_subject(text)
        if self_named := _CALL_ME.match(text):
            yield self._claim("name", self_named[1], text)
            return
        if turned := _FAVOURITE_LAST.match(text):
            text = f"{turned[2]} {turned[1]}".replace("my favo", "My favo") + f" {turned[3]}"
            text = f"My {turned[4]} is {turned[1]}"
        read = read_subject(text, self._person)
        if read is None:
            self._before = None
            if (moves := _MOVES_ME.match(text)) and not _NOT_MOVING.match(text) and not _TO_YOU.search(text):
                whole = re.sub(r"\b(me|us)\b", self._name, text, count=1) if self._name else text
                yield self._claim("", moves["said"], whole)
            return
        subject, rest = read
        predicate = read_predicate(rest, surely=subject.kind == "speaker")
        if predicate is not None and subject.kind == "person" and not _agrees(subject, rest):
            return
        self._before = subject
        if subject.kind == "person":
            self._person = subject
            if subject.relation and subject.name and not (predicate and predicate.rest.startswith("called")):
                yield self._relation(subject)
        if predicate is None:
            return
        whole = text if not text.lower().startswith(("he ", "she ")) else f"{subject.words} {rest}"
        at = named[0] if named else None
        for claim in self._claims(subject, predicate, clause, whole, bool(at)):
            since, until = claim.since, claim.until
            if at is not None:
                once = attribute(claim.attribute).holds is Holds.ONCE or _is_appointment(claim)
                dated_change = (
                    claim.changes or claim.past or "since" in text.split() or predicate.tense in ("past", "perfect")
                )
                if once or (dated_change and at.start <= self._said_at):
                    since = at.start
                if once or (claim.past and at.end <= self._said_at):
                    until = at.end
            yield _with_times(claim, since, until)

    def _claims(
        self, subject: Subject, predicate: Predicate, clause: Clause, text: str, is_dated: bool
    ) -> Iterator[Claim]:
        if subject.kind == "thing":
            yield from self._of_thing(subject, predicate, clause, text)
            return
        told = list(self._by_rules(subject, predicate, clause, text))
        if told:
            yield from told
            return
        about = self._subject(subject)
        if appointment := _appointment(predicate, is_dated):
            noun, when = appointment
            yield self._claim(noun, when, text, about=about, changes=clause.corrects)
        elif _worth_keeping(subject, predicate, text, is_dated):
            kind = "event" if predicate.tense in ("past", "perfect") and not predicate.negated else ""
            if predicate.tense in ("future", "progressive") and (predicate.tense == "future" or is_dated):
                kind = "plan"
            past = predicate.ended and not predicate.negated
            yield self._claim(kind, f"{predicate.form} {predicate.rest}".strip(), text, about=about, past=past)

    def _by_rules(self, subject: Subject, predicate: Predicate, clause: Clause, text: str) -> Iterator[Claim]:
        about = self._subject(subject)
        for match in matches(predicate):
            name, value = match.attribute, match.value
            if name == "name" and subject.relation:
                yield self._claim(subject.relation, value, text)
                continue
            kind = attribute(name)
            denies = match.ends or predicate.negated or predicate.ended
            if predicate.verb in ("stand", "bear"):
                if not predicate.negated:
                    continue
                denies = predicate.ended
            elif kind.opposite and predicate.negated:
                name, denies = kind.opposite, False
                if name == "likes":
                    continue
            past = _is_past(predicate, match.change or match.ends, kind.holds)
            changes = match.change or predicate.begins or clause.corrects or denies
            used_to = predicate.ended and not predicate.negated
            for each in _values(name, value):
                yield self._claim(
                    name,
                    each,
                    text,
                    about=about,
                    denies=denies and not used_to,
                    past=past or used_to,
                    changes=changes and not past,
                )
            if clause.replaced and kind.holds is Holds.MANY:
                whole = f"{text}, not {clause.replaced}"
                yield self._claim(name, phrase(clause.replaced), whole, about=about, denies=True, changes=True)

    def _of_thing(self, subject: Subject, predicate: Predicate, clause: Clause, text: str) -> Iterator[Claim]:
        noun = re.sub(r"\bfavorite\b", "favourite", subject.noun)
        head = noun.split()[-1]
        if (
            noun in NO_THINGS
            or head in NO_HEADS
            or set(noun.split()) & NO_THING_WORDS
            or predicate.negated
            or predicate.tense == "modal"
        ):
            return
        value, changes = predicate.rest, predicate.begins or clause.corrects
        if moved := _MOVED_TO.match(f"{predicate.form} {predicate.rest}"):
            value, changes = moved[1], True
        elif predicate.verb == "have" or predicate.verb not in _BEING:
            if subject.relation and _worth_keeping(subject, predicate, text, False):
                yield self._claim("", f"{noun} {predicate.form} {predicate.rest}", text)
            return
        elif predicate.verb != "be":
            value = f"{predicate.form} {value}"
        value = re.sub(r"^(?:called|named) ", "", statement(value) if predicate.verb == "be" else value.strip(" .,"))
        if not value or len(value.split()) > 12 or (is_transient(value) and not noun.startswith("favourite")):
            return
        if _POINTING_AT.match(value) or (not subject.relation and not _SPECIFIC.search(f"{predicate.rest}")):
            return
        if noun == "name":
            value = cut("name", value) or value
        yield self._claim(noun, value, text, past=predicate.form in ("was", "were") and not changes, changes=changes)

    def _relation(self, subject: Subject) -> Claim:
        owner = f"{self._name}'s" if self._name else "My"
        return Claim(
            self._speaker, subject.relation, subject.name, f"{owner} {subject.relation} is called {subject.name}."
        )

    def _subject(self, subject: Subject) -> str:
        if subject.kind == "person":
            return subject.name.lower() or f"{self._speaker}'s {subject.relation}"
        return self._speaker

    def _claim(
        self,
        name: str,
        value: str,
        text: str,
        *,
        about: str = "",
        denies: bool = False,
        past: bool = False,
        changes: bool = False,
    ) -> Claim:
        words = told_of(self._name, text) if self._name else text
        return Claim(about or self._speaker, name, value, sentence(words), denies=denies, past=past, changes=changes)


def _with_times(claim: Claim, since: datetime | None, until: datetime | None) -> Claim:
    return Claim(
        claim.subject, claim.attribute, claim.value, claim.text, since, until, claim.denies, claim.past, claim.changes
    )


_CALL_ME = re.compile(r"(?:I )?(?:you can |just )?call me ([A-Z][\w-]+)", re.IGNORECASE)
_FAVOURITE_LAST = re.compile(r"(.{3,60}?) (is|are) ((?:still |now )?my) (favou?rite \w+(?: \w+)?)$", re.IGNORECASE)
_WITHOUT_SUBJECT = re.compile(
    r"(just |recently |finally )?(?:(?:got|went|had|finished|started|been|bought|moved|saw|met|made|came|signed"
    r"|took|found"
    r"|spent|tried|joined|visited|planning|working|trying|going to|looking forward|gonna)\b)",
    re.IGNORECASE,
)


def _with_subject(text: str) -> str:
    """A clause that leaves its "I" out ("Just got a cat", "Been painting a lot") with it."""
    words = re.sub(r"^(?:just|recently|finally) ", "", text, flags=re.IGNORECASE)
    words = words[:1].lower() + words[1:]
    first = words.split(" ", 1)[0]
    if first == "been":
        return f"I have {words}"
    return f"I am {words}" if first.endswith("ing") else f"I {words}"


_MOVES_ME = re.compile(
    r"(?P<said>[A-Z][\w' -]{2,60}? (?:really |always |also |just )*(?:helps?|makes?|gives?|keeps?|brings?"
    r"|calms?|relaxes|inspires?"
    r"|motivates?|reminds?|lets?|teaches) (?:me|us) (?!of\b)\S.*)",
)
_NOT_MOVING = re.compile(
    r"(?:it|this|that|these|those|they|their|he|she|his|her|its|what|which|who|how|let|please)\b", re.IGNORECASE
)


def _agrees(subject: Subject, rest: str) -> bool:
    """Whether a verb in the singular follows a single person: "Ada lives", but not "Hard work pays" read as a name."""
    words = [word for word in rest.lower().split() if word not in BETWEEN]
    if not words or subject.relation in PLURALS or subject.relation.endswith("s"):
        return True
    return words[0].endswith("s") or is_past(words[0]) or words[0] in AUXILIARIES


_MOVED_TO = re.compile(
    r"(?:(?:is|was|were|has been|been|got|been) )?(?:moved|changed|postponed|rescheduled|shifted|delayed"
    r"|brought forward|put off|switched|renamed|pushed)"
    r"(?: back| forward)? (?:to|until|till|from .+ to) (.+)",
    re.IGNORECASE,
)
_POINTING_AT = re.compile(
    r"(?:it|this|that|these|those|you|your|what|how|so|such|why|because|when|where)\b", re.IGNORECASE
)
_SPECIFIC = re.compile(r"\d|^(?:called|named) |^(?:on|at) ", re.IGNORECASE)
_BEING = frozenset({"be", "start", "leave", "arrive", "cost", "open", "close", "become"})


def _side(text: str) -> Side:
    return "future" if _AHEAD.search(text) else "past"


_AHEAD = re.compile(
    r"\b(will|going to|gonna|plan(?:ning|s)?|am \w+ing|are \w+ing|is (?:on|at|in|scheduled|due|moved|coming)"
    r"|have (?:an?|my|to)|upcoming|starts?|begins?"
    r"|leaves?|deadline|next|hope|want|moved to|postponed|rescheduled)\b",
    re.IGNORECASE,
)


def _is_past(predicate: Predicate, changes: bool, holds: Holds) -> bool:
    """Whether a state is told as over: "I lived in Bern", but not "I moved to Bern" or "I was born in Bern"."""
    return (
        predicate.tense == "past"
        and not changes
        and holds is not Holds.FIXED
        and predicate.verb in STATES
        and not re.match(r"(?:diagnosed|born|promoted|hired)\b", predicate.rest)
    )


_ENUMERATED = frozenset(
    {
        "allergy",
        "language",
        "eats",
        "does not eat",
        "drinks",
        "does not drink",
        "likes",
        "dislikes",
        "condition",
        "instrument",
    }
)


def _values(name: str, value: str) -> list[str]:
    """The values of an enumeration, for the attributes that are enumerated."""
    if value.lower() == name:
        return [""]
    if name == "pet":
        parts = re.split(r",? and (?=(?:an?|one|two|three|four|five|my|\d+) )", value)
        return [phrase(part) for part in parts] if all(species(part) for part in parts) else [value]
    if name not in _ENUMERATED:
        return [value]
    parts = [phrase(part) for part in re.split(r",? (?:and|or) |, ", value)]
    fine = [part for part in parts if part]
    return fine if fine and all(len(part.split()) <= 3 for part in fine) else [value]


_EVENTS = (
    r"((?:[\w'-]+ ){0,3}?(?:appointment|exam|interview|meeting|flight|wedding|surgery|operation|deadline"
    r"|concert|race|test|presentation"
    r"|reservation|check-up|checkup|marathon|recital|party|call|class|lesson|shift|viewing|audition|trip|dinner|hearing|scan|session))"
)
_HAVE_EVENT = re.compile(rf"(?:an?|my|the|got an?|another) {_EVENTS}\b(.*)$", re.IGNORECASE)


def _appointment(predicate: Predicate, is_dated: bool) -> tuple[str, str] | None:
    """The noun and the time of "have an exam on Friday". One of a sort of which people have many is a plan."""
    if predicate.verb not in ("have", "book", "schedule") or not is_dated or predicate.negated or predicate.ended:
        return None
    found = _HAVE_EVENT.match(predicate.rest)
    if found is None or predicate.tense == "past":
        return None
    noun = found[1].lower().strip()
    return ("plan", f"{noun}{found[2]}".strip()) if noun in OFTEN_MORE else (noun, found[2].strip() or noun)


def _is_appointment(claim: Claim) -> bool:
    return re.search(rf"{_EVENTS}$", claim.attribute) is not None


_NOT_TO_HAVE = re.compile(
    r"(?:an? |the |some |any |no |so |such |another |to\b|got\b|you\b|it\b)*(?:question|problem|issue|idea"
    r"|doubt|request|headache"
    r"|feeling|moment|minute|second|great|good|nice|lovely|bad|wonderful|blast|ball|fun|time|lot|bit|look|trouble|clue|chance|choice"
    r"|error|bug|favor|favour|point|rest|talk|chat|suggestion|hard|tough|rough|long|busy)\b|to\b|no\b|you\b",
    re.IGNORECASE,
)
_TO_YOU = re.compile(r"\byou(?:r|rs|rself)?\b", re.IGNORECASE)
_POINTING_REST = re.compile(
    r"(?:(?:to|at|for|with|about|of|on|from|up|into) )?(?:it|this|that|these|those|them|him|her|here|there|so"
    r"|what|something|anything|everything|nothing|stuff)\b"
    r"|(?:it|this|that|them|one)$",
    re.IGNORECASE,
)
_UNRESOLVED = re.compile(r"\b(?:it|them|each other(?:'s)?)\b", re.IGNORECASE)


def _says_something(rest: str) -> bool:
    """Whether something is named besides what could be said of any day: not "had a great time"."""
    return any(word not in VAGUE for word in re.findall(r"[\w'-]+", re.sub(r"\b(?:on|in) .*\d{4}\b", "", rest).lower()))


_STAYING = re.compile(
    r"(?:stay|remain|keep|continue|be) (?:so |very |really |always |pretty |totally )*(?:positive|going"
    r"|on going|focused|motivated|determined|hopeful|strong|calm|safe|busy"
    r"|pushing|moving|trying|working hard|chasing|fighting|it up|up|at it|true|in touch|tuned|optimistic"
    r"|committed|open|humble|patient)\b"
    r"|(?:get|have|learn|do|take|make) (?:some|something|a ton|a few|a lot|lots|so much|the most|tons|plenty"
    r"|much|many|any)\b"
    r"|\w+ .*\b(?:make|making|made) (?:it|things|that|this) (?:happen|work|all)\b|work hard\b|give (?:it|up)\b"
    r"|can not wait",
)
_FEWEST_TERMS = 2


def _worth_keeping(subject: Subject, predicate: Predicate, text: str, is_dated: bool) -> bool:
    """Whether a clause that no rule knows states something lasting: no mood, no talk about the talk, no request."""
    verb, rest = predicate.verb, predicate.rest
    if predicate.tense == "modal" or (predicate.tense == "future" and not is_dated and "going to" not in text):
        return False
    if _TO_YOU.search(text) or _POINTING_REST.match(rest) or _UNRESOLVED.search(rest):
        return False
    if predicate.tense in ("past", "perfect") and not _says_something(rest):
        return False
    if subject.kind == "person" and not subject.relation and verb not in ANIMATE:
        return False
    if verb in OF_THE_MOMENT and not (
        predicate.tense == "past" and is_dated and verb in ("see", "hear", "find", "come")
    ):
        return False
    if verb == "be" and (is_transient(rest) or predicate.tense == "progressive"):
        return False
    if _STAYING.match(f"{verb} {rest}"):
        return False
    if verb == "change" and rest.startswith(("my mind", "our mind")):
        return False
    if verb == "have" and _NOT_TO_HAVE.match(rest):
        return False
    if verb in ("do", "get", "make", "go", "give", "take", "keep", "put") and len(search_terms(rest)) < _FEWEST_TERMS:
        return False
    return len(search_terms(f"{predicate.form} {rest}")) >= _FEWEST_TERMS and "?" not in text


def species(value: str) -> str:
    """The animal that a pet is: "dog" of "brown dog called Rex"; else ""."""
    words = re.split(r"\W+", value.lower())
    return next((word for word in words if word in ANIMALS), "")
