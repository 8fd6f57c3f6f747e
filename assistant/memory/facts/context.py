"""A short answer and the question before it, as one statement: "Where does Ada live?" and "In Porto." tell where.

Only the words of the two messages are used. Whom "he" or "she" in the question means is told by the name in it, or
else by the one person that the user named just before.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.memory.facts.clauses import spelled_out
from assistant.memory.facts.subject import Subject, begins_predicate, people_in, read_subject
from assistant.memory.facts.verbs import base_form, past_form, third_person
from assistant.memory.text import sentences
from assistant.store.records import Episode

_LONGEST_ANSWER = 8
"""Words. A longer sentence states something by itself."""


@dataclass(frozen=True)
class Completed:
    """An answer completed by its question.

    Attributes:
        statement: The two as one sentence.
        answer: The answer alone, without what leads in or trails off.
        person: Whom it is about, where it is not the user.
        matter: What was asked for, if the question names it ("favourite food"), else "".
        leans: How far before the answer the messages stand that it draws on: 1 is the question.
    """

    statement: str
    answer: str
    person: Subject | None
    matter: str
    leans: tuple[int, ...]


_LEAD = re.compile(
    r"^(?:(?:yes|yeah|yep|oh|well|hm+|sure|right|just|only|it is|it's|that is|that's|that would be|it would be|it was"
    r"|probably|over(?= in)|called|named|the name is|it is called|it's called|number)\b[,:]?\s*)+",
    re.IGNORECASE,
)
_TRAIL = re.compile(
    r",? (?:i think|i guess|i believe|as far as i know|if i remember right)$",
    re.IGNORECASE,
)
_NO_ANSWER = re.compile(
    r"^(?:no|nope|not|none|nothing|thanks|thank|ok|okay|fine|good|great|maybe|why|what|how|who|i do not|i don't|hi"
    r"|hello|please|and|but|never|sorry|lol|haha)\b",
    re.IGNORECASE,
)
_OF_THE_ASSISTANT = re.compile(
    r"\b(?:I|me|my)\b|\b(?:feel|think|like to|want to (?:know|talk)) about\b|\bon your mind\b"
)
_THIRD = re.compile(r"\b(he|she|his|her|him)\b", re.IGNORECASE)


def may_lean(text: str) -> bool:
    """Whether a message may need what was said before it: a short answer, or one that begins with he or she."""
    first = sentences(text.strip())[:1]
    return bool(first) and (len(first[0].split()) <= _LONGEST_ANSWER or _STARTS_WITH_PRONOUN.match(text) is not None)


_STARTS_WITH_PRONOUN = re.compile(r"\W*(?:\w+,? )?(?:he|she|his|her)\b", re.IGNORECASE)


def antecedent(before: Sequence[Episode]) -> tuple[Subject, int] | None:
    """The one person named in the last messages, and how far before they stand; None where none or several are."""
    for back, episode in enumerate(reversed(before), 1):
        if not episode.told:
            continue
        people = people_in(episode.text)
        if len(people) == 1:
            return people[0], back
        if people:
            return None
    return None


def completed(text: str, before: Sequence[Episode]) -> Completed | None:
    """An answer with its question as a statement; None where the message before asks nothing that it could answer.

    Args:
        text: The message.
        before: The messages before it, oldest first; the last of them is the assistant's.
    """
    asked = _question(before)
    answer = _answer(text)
    if asked is None or not answer:
        return None
    asked = spelled_out(asked)
    if _OF_THE_ASSISTANT.search(asked):
        return None
    leans, person = {1}, None
    if "you" not in asked.lower().split():
        named = people_in(asked[:1].lower() + asked[1:])
        person = named[0] if len(named) == 1 else None
    if _THIRD.search(asked) and person is None:
        found = antecedent(before)
        if found is None:
            return None
        person, back = found
        leans.add(back)
        asked = _with_name(asked, person)
    elif person is None and " the " in asked and (found := antecedent(before)) is not None:
        # "When is the audit?" after a word about Ada means hers.
        person, back = found
        leans.add(back)
        asked = asked.replace(" the ", f" {person.name or person.words}'s ", 1)
    if begins_predicate(answer):
        verb, _, rest = answer.partition(" ")
        said = f"{person.words} {answer}" if person is not None else f"I {base_form(verb.lower())} {rest}"
        return Completed(said, answer, person, "", tuple(sorted(leans)))
    stated = _stated(_as_the_speaker(asked), answer)
    if stated is None:
        return None
    statement, matter = stated
    return Completed(statement, answer, person, matter, tuple(sorted(leans)))


def _question(before: Sequence[Episode]) -> str | None:
    if not before or before[-1].role != "assistant":
        return None
    last = sentences(before[-1].text.strip())[-1:]
    return last[0].strip().rstrip("?").strip() if last and last[0].strip().endswith("?") else None


def _answer(text: str) -> str:
    first = sentences(text.strip())[0].strip()
    if first.endswith("?") or len(first.split()) > _LONGEST_ANSWER or _NO_ANSWER.match(first):
        return ""
    said = _TRAIL.sub("", _LEAD.sub("", spelled_out(first).rstrip(".! ")))
    if read_subject(said, Subject("person", "they")) is not None or _asks_for(said):
        return ""
    said = re.sub(r"^(?:An?|The|My|In|On|At|For|To|Near)\b(?! [A-Z])", lambda found: found[0].lower(), said)
    head, _, tail = said.partition(", ")
    # "An old Saab, a real bargain": what follows says nothing of its own, unless it goes on like a place or a list.
    return said if not tail or tail[:1].isupper() or " and " in tail else head


def _asks_for(said: str) -> bool:
    """Whether words ask for something to be done ("Explain tides to me") rather than answer."""
    first = said.split(" ", 1)[0].lower()
    return bool(first) and base_form(first) == first and " " in said


def _with_name(asked: str, person: Subject) -> str:
    """A question about "him" or "her" with the words for the person instead."""
    words = person.name or person.words

    def named(found: re.Match[str]) -> str:
        owns = found[0].lower() == "his" or (found[0].lower() == "her" and asked[found.end() :].strip())
        return f"{words}'s" if owns else words

    return _THIRD.sub(named, asked)


def _as_the_speaker(asked: str) -> str:
    for pattern, words in (
        (r"\bare you\b", "am I"),
        (r"\bwere you\b", "was I"),
        (r"\byou are\b", "I am"),
        (r"\byours\b", "mine"),
        (r"\byour\b", "my"),
        (r"\byourself\b", "myself"),
        (r"\byou\b", "I"),
    ):
        asked = re.sub(pattern, words, asked, flags=re.IGNORECASE)
    return asked


_NAME = r"(?-i:[A-ZÀ-Þ][\w-]*(?: [A-ZÀ-Þ][\w-]*)?)"
_OWNED = rf"(?:my|(?:my (?:[a-z-]+ )*)?{_NAME}'s|my (?:[a-z-]+ )*[a-z-]+'s|the)"
_WHO = rf"(?:I|he|she|my (?:[a-z-]+ )*?{_NAME}|{_NAME})"
_WH = (
    r"(?:and |so |oh,? |but )?(?:where|when|who|what|which|how(?: \w+)?)"
    r"(?: (?:kind|sort|type|make|name|number) of)?(?P<noun>(?: [\w-]+){0,3}?)"
)
_OF_A_THING = re.compile(rf"{_WH} (?P<be>is|are|was|were) (?P<thing>{_OWNED} .+)$", re.IGNORECASE)
_WILL_BE = re.compile(rf"{_WH} will (?P<thing>{_OWNED} .+) be$", re.IGNORECASE)
_WHOSE = re.compile(rf"{_WH} is (?P<whose>mine|{_OWNED})$", re.IGNORECASE)
_BEING = re.compile(
    rf"{_WH} (?P<aux>am|is|are|was|were|has|have|can|will) (?P<who>{_WHO})(?P<rest>(?: .+)?)$", re.IGNORECASE
)
_DOING = re.compile(rf"{_WH} (?P<aux>do|does|did) (?P<who>{_WHO}) (?P<verb>\w+)(?P<rest>(?: .+)?)$", re.IGNORECASE)
_ANYTHING = re.compile(
    rf"is there (?:any|some)(?:thing|one|body|where)(?: that| who)? (?P<who>{_WHO}) (?P<rest>.+)$", re.IGNORECASE
)
_ANY = re.compile(rf"(?:do|does) (?P<who>{_WHO}) have (?:any|some) (?P<noun>[\w -]+)$", re.IGNORECASE)
_TAIL = re.compile(
    r" (?:as an? .+|(?:in|for) (?:my|his|her|the) .+|for [A-Z].+|these days|nowadays|best|most|at the moment|now)$"
)
_LIVING = re.compile(r"^(?:do for (?:a living|work)|do$)")
_NAME_OF = re.compile(r"the name of (?P<thing>.+)$", re.IGNORECASE)


def _stated(asked: str, answer: str) -> tuple[str, str] | None:
    """The statement that question and answer make, and the matter that the question names."""
    if found := _WHOSE.match(asked):
        whose = "My" if found["whose"] == "mine" else found["whose"]
        return f"{whose}{found['noun']} is {answer}", found["noun"].strip()
    if found := _WILL_BE.match(asked):
        return f"{found['thing']} will be {answer}", ""
    if found := _OF_A_THING.match(asked):
        thing = found["thing"]
        if named := _NAME_OF.match(thing):
            return f"{named['thing']} is called {answer}", ""
        thing = re.sub(r"^the ", "my ", thing, flags=re.IGNORECASE)
        return f"{thing} {found['be']} {answer}", ""
    if found := _ANY.match(asked):
        whose = "my" if found["who"] == "I" else f"{found['who']}'s"
        return f"{whose} {found['noun']} are {answer}", found["noun"]
    if found := _ANYTHING.match(asked):
        return f"{found['who']} {found['rest']} {answer}", ""
    if found := _BEING.match(asked):
        return f"{found['who']} {found['aux']}{_filled(found['rest'], answer)}", found["noun"].strip()
    if found := _DOING.match(asked):
        verb, rest = found["verb"].lower(), found["rest"]
        if _LIVING.match(f"{verb}{rest}") and not found["noun"].strip().startswith(("sport", "exercise")):
            verb, rest = "work", " as"
        if found["aux"].lower() == "did":
            verb = past_form(verb)
        elif found["aux"].lower() == "does":
            verb = third_person(verb)
        return f"{found['who']} {verb}{_filled(rest, answer)}", found["noun"].strip()
    return None


def _filled(rest: str, answer: str) -> str:
    """What follows the verb of a question, with the answer where it belongs."""
    tail = _TAIL.search(rest)
    before, after = (rest[: tail.start()], tail[0]) if tail else (rest, "")
    if answer.lower().split(" ", 1)[0] == before.lower().rsplit(" ", 1)[-1]:
        before = before[: -len(answer.split(" ", 1)[0])].rstrip()
    return f"{before} {answer}{after}"
