"""Whether a newer sentence takes the place of an older one, because it says how the same matter stands now.

For the lines of summaries: a summary must not tell what the user has revised. Rules over English words; where facts
were extracted, those know better, and summaries follow them too. Knows no records.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from assistant.store.terms import term_set

_CHANGES = re.compile(
    r"\b(no longer|not any ?more|any ?more|instead|now|switched|changed|moved|replaced|sold|actually|correction"
    r"|postponed|cancell?ed|rescheduled|called off|gave up|given up|quit|stopped|used to|after all|new|from now on"
    r"|turned out|nicht mehr|jetzt|stattdessen|doch)\b",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"\b(?:from|no longer|instead of|rather than|replaced|replaces|gave up|given up|sold|cancell?ed|quit|stopped"
    r"|changed|called off|left|used to)"
    r"(?: (?:the|a|an|my|our|in|at|to|with|drinking|eating|using|playing|doing))* ([\w'’-]+(?: [A-Z][\w'’-]+)*)",
    re.IGNORECASE,
)
_MATTERS = {
    "home": re.compile(
        r"\b(i|we)\b.*\b(live|lived|living|moved|relocated|settled|reside|based)\b.*\b(in|to|near|at)\b", re.IGNORECASE
    ),
    "job": re.compile(
        r"\b(i|i'm)\b.*\b(work|working|worked|job|hired)\b.*\b(as|at|for|in)\b"
        r"|\bstarted (as|a (?:new )?job|at)\b|\bmy (?:new )?job\b",
        re.IGNORECASE,
    ),
    "age": re.compile(r"\bi('m| am| turned| just turned)\s.*\byears old\b|\bi (just )?turned \d", re.IGNORECASE),
}
_POSSESSION = re.compile(
    r"\b(?:my|our) ((?:[\w-]+(?:'s|’s)? ){0,3}?[\w-]+)(?: is| are| was|'s|’s| has been| will be)\b"
    r"(?! (?:a|an|very|so|really)\b)",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\b(called|named|name)\b", re.IGNORECASE)
_WHEN = frozenset({"new", "old", "next", "current", "latest", "last"})
_VERB = re.compile(
    r"\b(?:i|we)(?:'m|'ve| am| are| have| will| had)?(?: also| just| finally)? ([a-z]{3,})\b", re.IGNORECASE
)
_COMMON_VERBS = frozenset(
    (
        *("have", "had", "been", "feel", "felt", "think", "like", "love", "hate", "want", "need", "get", "got", "make"),
        *("made", "take", "took", "know", "see", "saw", "say", "said", "can", "could", "should", "would", "will"),
        *("might", "must", "may", "now", "just", "really", "never", "always", "still"),
    )
)
_MANY_SHARED = 2
_HALF_SHARED = 0.5


def matter_of(sentence: str) -> str:
    """What a sentence settles, where it is one of the matters of which one value holds at a time; else ""."""
    possession = _POSSESSION.search(sentence)
    if possession:
        words = [word for word in possession[1].lower().split() if word not in _WHEN]
        if words[-1:] in (["job"], ["home"]):
            return words[-1]
        return f"my {' '.join(words)}{' name' if _NAMED.search(sentence) else ''}"
    return next((matter for matter, pattern in _MATTERS.items() if pattern.search(sentence)), "")


@dataclass(frozen=True)
class Claim:
    """What is needed of a sentence to tell whether another one takes its place.

    Attributes:
        terms: Its search terms.
        matter: See `matter_of`.
        thing: Terms of what the matter is about ("boss" in "my new boss is Ada").
        verb: What the speaker does, if it says something ("drive" in "I drive a van").
        changes: It says that something is other than it was.
        left: Terms of what it says was left behind ("from Oslo to Lisbon").
    """

    text: str
    terms: frozenset[int]
    matter: str
    thing: frozenset[int]
    verb: str
    changes: bool
    left: frozenset[int]

    @classmethod
    def of(cls, sentence: str) -> Self:
        """Read a sentence."""
        matter = matter_of(sentence)
        verbs = [verb.lower() for verb in _VERB.findall(sentence)]
        return cls(
            sentence,
            term_set(sentence),
            matter,
            term_set(matter.removeprefix("my ").removesuffix(" name")) if matter.startswith("my ") else frozenset(),
            next((verb for verb in verbs if verb not in _COMMON_VERBS), ""),
            bool(_CHANGES.search(sentence)),
            frozenset[int]().union(*(term_set(name) for name in _LEFT.findall(sentence))),
        )

    @property
    def may_supersede(self) -> bool:
        """Whether there can be an older sentence of which it takes the place."""
        return self.changes or bool(self.matter)


def supersedes(newer: Claim, older: Claim) -> bool:
    """Whether a newer sentence takes the place of an older one."""
    if newer.text == older.text:
        return False
    if newer.matter and newer.matter == older.matter:
        return True
    if not newer.changes:
        return False
    if newer.left & older.terms or (newer.thing and newer.thing <= older.terms):
        return True
    if newer.verb and newer.verb == older.verb:
        return True
    shared = len(older.terms & newer.terms)
    return shared >= _MANY_SHARED or shared >= _HALF_SHARED * max(len(older.terms), 1)


def superseded(claims: Sequence[Claim]) -> set[int]:
    """Which of these sentences, oldest first, a later one takes the place of, as indices."""
    found: set[int] = set()
    latest: dict[str, int] = {}
    for j, newer in enumerate(claims):
        if newer.matter:
            before = latest.get(newer.matter)
            if before is not None and claims[before].text != newer.text:
                found.add(before)
            latest[newer.matter] = j
        if newer.changes:
            found.update(i for i in range(j) if i not in found and supersedes(newer, claims[i]))
    return found
