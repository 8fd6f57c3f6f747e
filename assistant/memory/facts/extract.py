"""From what a person said to claims: who, what of them, which value, since when. Knows no store.

The rules tell attributes with values; what they do not know but states something lasting gives a claim without
attribute. Better to miss a statement than to keep junk: the episode is remembered anyway.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from assistant.memory.facts.attributes import Holds, attribute
from assistant.memory.facts.changes import ended_in
from assistant.memory.facts.clauses import Clause, clauses
from assistant.memory.facts.context import Completed, antecedent, completed, may_lean
from assistant.memory.facts.lexicon import ANIMALS, BETWEEN, PLURALS, SINGULAR, STATES
from assistant.memory.facts.predicate import Predicate, read_predicate
from assistant.memory.facts.rules import matches
from assistant.memory.facts.subject import Subject, people_in, read_subject
from assistant.memory.facts.things import appointment, home_in, is_event, noun_of, told_of_thing
from assistant.memory.facts.turning import WITHOUT_SUBJECT, resolved, turned, with_subject
from assistant.memory.facts.values import phrase
from assistant.memory.facts.verbs import is_past
from assistant.memory.facts.wording import dated, schedule_side, sentence, told_of
from assistant.memory.facts.worth import TO_YOU, says_which, worth_keeping
from assistant.memory.recall.when import Span, spans
from assistant.store.records import Episode

USER = "user"
"""The subject of what the user says of themselves."""

BEFORE = 2
"""How many messages before one may tell what it means: the question, and the words before that."""


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
        ends: What its sentence says is over, under whichever attribute it was told.
        leans: How far before its message those stand that it draws on as well: 1 is the message before.
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
    ends: tuple[str, ...] = ()
    leans: tuple[int, ...] = ()


def claims_of(episode: Episode, before: Sequence[Episode] = ()) -> list[Claim]:
    """What an episode claims; nothing for what the assistant said, or a file.

    Args:
        episode: What was said.
        before: The last messages before it, at most `BEFORE`, oldest first, without gaps. Needed only where
            `may_lean(episode.text)`.
    """
    if not episode.told:
        return []
    found = claims(episode.text, episode.role, episode.time)
    if not before or not may_lean(episode.text):
        return found
    answered = completed(episode.text, before) if episode.role == USER else None
    if answered is not None:
        return _merged(_of_answer(answered, episode), found)
    if not found and (person := antecedent(before)) is not None:
        leaning = claims(episode.text, episode.role, episode.time, spoken_of=person[0])
        return [replace(claim, leans=(person[1],)) for claim in leaning]
    return found


def claims(text: str, role: str, said_at: datetime, *, spoken_of: Subject | None = None) -> list[Claim]:
    """What a message claims, in order and each once.

    Args:
        text: The message.
        role: "user", or the name of its speaker.
        said_at: When it was said: relative dates count from here.
        spoken_of: Whom "he" or "she" means before the message names anybody.
    """
    reader = _Reader(role, said_at, spoken_of)
    return _merged([claim for clause in clauses(text) for claim in reader.read(clause)])


def _merged(*parts: Sequence[Claim]) -> list[Claim]:
    found: dict[tuple[str, str, str], Claim] = {}
    for part in parts:
        for claim in part:
            found.setdefault((claim.subject, claim.attribute, claim.value.lower()), claim)
    return list(found.values())


def _of_answer(answered: Completed, episode: Episode) -> list[Claim]:
    """What an answer claims together with its question."""
    reader = _Reader(episode.role, episode.time, answered.person)
    found = [c for clause in clauses(sentence(answered.statement)) for c in reader.read(clause)]
    told = [claim for claim in found if _same_words(answered.answer, claim)]
    if not told:
        subject = reader.key_of(answered.person) if answered.person else USER
        told = [Claim(subject, answered.matter, answered.answer, sentence(answered.statement))]
    return [replace(claim, leans=answered.leans) for claim in told]


def _same_words(answer: str, claim: Claim) -> bool:
    return bool({*re.findall(r"\w+", answer.lower())} & {*re.findall(r"\w+", claim.text.lower())}) and bool(claim.value)


class _Reader:
    """Reads the clauses of one message: it knows the speaker, the time, and who was spoken of last."""

    def __init__(self, role: str, said_at: datetime, spoken_of: Subject | None = None) -> None:
        self._name = "" if role == USER else role
        self._speaker = role.lower()
        self._said_at = said_at
        self._person = spoken_of
        self._before: Subject | None = None

    def read(self, clause: Clause) -> Iterator[Claim]:
        """The claims of a clause."""
        ends = ended_in(clause.whole)
        found = list(self._read(clause))
        said = [claim for claim in found if not claim.text.endswith(f" is called {claim.value}.")]
        if ends and not said:
            said = list(self._mentioned(clause.whole, surely=True))
        yield from (claim for claim in found if claim not in said)
        for claim in said:
            others = tuple(what for what in ends if what.lower() != claim.subject)
            yield replace(claim, ends=others) if others else claim

    def _read(self, clause: Clause) -> Iterator[Claim]:
        straight = resolved(turned(clause.text), clause)
        named = spans(straight, self._said_at, prefer=schedule_side(clause.text))
        text = dated(straight, named)
        if clause.elided and self._before is not None:
            text = f"{self._before.words} {text}"
        elif clause.elided and not WITHOUT_SUBJECT.match(clause.whole):
            return  # of somebody, but who it is was not understood
        elif WITHOUT_SUBJECT.match(text):
            text = with_subject(text)
        if self_named := _CALL_ME.match(text):
            yield self._claim("name", self_named[1], text)
            return
        for person in people_in(text):
            if person.relation:
                self._person = person
                yield self._relation(person)
        read = read_subject(text, self._person)
        if read is None:
            self._before = None
            yield from self._mentioned(text)
            return
        subject, rest = read
        predicate = read_predicate(rest, surely=subject.kind != "thing")
        if predicate is not None and subject.kind == "person" and not _agrees(subject, rest):
            return
        self._before = subject
        if subject.kind == "person":
            self._person = subject
        if predicate is None:
            return
        pronoun = text.lower().startswith(("he ", "she ", "his ", "her "))
        whole = f"{subject.words} {rest}" if pronoun else text
        for claim in self._claims(subject, predicate, clause, whole, bool(named)):
            yield self._with_times(claim, predicate, named, text)

    def _with_times(self, claim: Claim, predicate: Predicate, named: Sequence[Span], text: str) -> Claim:
        at = next(iter(spans(claim.value, self._said_at, prefer="future")), None) if "from" in text else None
        at = at or (named[0] if named else None)
        if at is None:
            return claim
        since, until = claim.since, claim.until
        once = attribute(claim.attribute).holds is Holds.ONCE or is_event(claim.attribute)
        told_change = claim.changes or claim.past or "since" in text.split() or predicate.tense in ("past", "perfect")
        if once or (told_change and at.start <= self._said_at):
            since = at.start
        if once or (claim.past and at.end <= self._said_at):
            until = at.end
        return replace(claim, since=since, until=until)

    def _claims(
        self, subject: Subject, predicate: Predicate, clause: Clause, text: str, is_dated: bool
    ) -> Iterator[Claim]:
        about = self.key_of(subject)
        if subject.kind == "thing":
            yield from self._of_thing(subject, predicate, clause, text)
            return
        told = list(self._by_rules(subject, predicate, clause, text))
        if told:
            yield from told
        elif booked := appointment(predicate, is_dated):
            yield self._claim(*booked, text, about=about, changes=clause.corrects)
        elif worth_keeping(subject, predicate, text, is_dated):
            kind = "event" if predicate.tense in ("past", "perfect") and not predicate.negated else ""
            if predicate.tense in ("future", "progressive") and (predicate.tense == "future" or is_dated):
                kind = "plan"
            past = predicate.ended and not predicate.negated
            yield self._claim(kind, f"{predicate.form} {predicate.rest}".strip(), text, about=about, past=past)

    def _by_rules(self, subject: Subject, predicate: Predicate, clause: Clause, text: str) -> Iterator[Claim]:
        about = self.key_of(subject)
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
        about = self.key_of(subject)
        if home := home_in(subject):
            yield self._claim("home", home, text, about=about)
            return
        told = told_of_thing(subject, predicate, corrects=clause.corrects, undated=clause.text)
        if told is not None:
            yield self._claim(told.attribute, told.value, text, about=about, past=told.past, changes=told.changes)
        elif subject.owner is not None and (noun := noun_of(subject)):
            enough = worth_keeping(subject, predicate, text, is_dated=False)
            if enough or (predicate.tense != "modal" and says_which(f"{subject.noun} {predicate.rest}")):
                yield self._claim("", f"{noun} {predicate.form} {predicate.rest}", text, about=about)

    def _mentioned(self, text: str, *, surely: bool = False) -> Iterator[Claim]:
        """A clause about something else that says something of the speaker or of a person of theirs.

        Args:
            text: The clause.
            surely: It is known to say something, whatever it begins with.
        """
        if TO_YOU.search(text) or (not surely and _NOT_OF_ANYBODY.match(text)):
            return
        whole = re.sub(r"\b(me|us)\b", self._name, text, count=1) if self._name else text
        if (moves := _MOVES_ME.match(text)) and not text.startswith("They "):
            yield self._claim("", moves["said"], whole)
            return
        people = [p for p in people_in(text) if p.relation or f"{p.name}'s" in text or f"for {p.name}" in text]
        if len(people) > 1 or not (people or _OF_ME.search(text)):
            return
        person = people[0] if people else None
        if surely or says_which(text.replace(person.name, "") if person else text):
            yield self._claim("", text, whole, about=self.key_of(person) if person else "")

    def _relation(self, person: Subject) -> Claim:
        owner = f"{self._name}'s" if self._name else "My"
        text = f"{owner} {person.relation} is called {person.name}."
        return Claim(self._speaker, person.relation, person.name, text)

    def key_of(self, subject: Subject) -> str:
        """The subject as facts name it; for a thing, its owner."""
        if subject.kind == "thing":
            return self.key_of(subject.owner) if subject.owner is not None else self._speaker
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


_CALL_ME = re.compile(r"(?:I )?(?:you can |just )?call me ([A-Z][\w-]+)", re.IGNORECASE)
_OF_ME = re.compile(r"\b(?:me|my|mine|us|our|ours)\b")
_NOT_OF_ANYBODY = re.compile(
    r"(?:it|this|that|these|those|their|he|she|his|her|its|what|which|who|how|here|there|let|please|thank|thanks)\b"
    r"|\w+ (?:me|us)\b|if\b",
    re.IGNORECASE,
)
_MOVES_ME = re.compile(
    r"(?P<said>[A-Z][\w' -]{2,60}? (?:really |always |also |just )*(?:helps?|makes?|gives?|keeps?|brings?"
    r"|calms?|relaxes|inspires?|motivates?|reminds?|lets?|teaches) (?:me|us) (?!of\b)\S.*)",
)


def _agrees(subject: Subject, rest: str) -> bool:
    """Whether a verb in the singular follows a single person: "Ada lives", but not "Hard work pays" read as a name."""
    words = [word for word in rest.lower().split() if word not in BETWEEN and word not in ("no", "longer", "not")]
    if not words or subject.relation in PLURALS or subject.relation.endswith("s"):
        return True
    return words[0].endswith("s") or is_past(words[0]) or words[0] in SINGULAR


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
    ("allergy", "language", "eats", "does not eat", "drinks", "does not drink", "likes", "dislikes", "condition")
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


def species(value: str) -> str:
    """The animal that a pet is: "dog" of "brown dog called Rex"; else ""."""
    words = re.split(r"\W+", value.lower())
    return next((word for word in words if word in ANIMALS), "")
