"""What a sentence says is over: the older value of a change ("from X to Y", "Y instead of X", "no longer X").

What is over ends whatever was said of the same subject before and speaks of it, under whichever attribute. English
words of change only; knows no records.
"""

import re

from assistant.memory.facts.lexicon import NO_ENDING
from assistant.store.terms import search_terms

_STOP = (
    r"(?=\s*(?:[,;.!?]|$|\b(?:and|but|so|because|since|for|as|last|this|now|yesterday|today|some|when|to|in|with|by"
    r"|it|we|I|they|he|she)\b))"
)
_OLD = (
    r"(?:(?:the|an?|my|our|his|her|their|being|doing|working|living|playing|helping|at|in|on|with|as|to|of|out|from)\s+)*"
    rf"(?P<old>\S.*?){_STOP}"
)
_MOVES = (
    r"(?:mov|chang|switch|go|went|gone|shift|transferr|convert|postpon|reschedul|push|put|brought|rais|lower|rose|fell"
    r"|relocat|replac|upgrad|downgrad)\w*"
)
_LEAVES = (
    r"(?:left|leave|leaving|quit|dropped|finished|cancel+ed|sold|abandoned|scrapped|ditched|stopped|gave up|given up"
    r"|giving up|got rid of|gotten rid of|broke up with|split up with|gone off|went off|parted with|moved (?:away|out)"
    r"|traded|swapped|exchanged|replaced|replace|taken off|came off|resigned from|retired from|over with|am over"
    r"|is over|are over|threw in|thrown in|moved on from|lost interest in)"
)
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_MOVES}\b.{{0,60}}?\bfrom {_OLD} (?:over )?to\b",
        rf"\b(?:instead of|rather than|no longer|not any more|in place of) {_OLD}",
        rf"\b{_LEAVES} {_OLD}",
        rf"\b(?:has|have|had) replaced {_OLD}",
        r"\b(?:do|does) not \w+ (?P<old>.+?) (?:any ?more|any longer)\b",
        rf", (?:and )?not (?:on |in |at |to )?{_OLD}",
        r"(?:^|[,;] |\bthe )(?:the |my |our |old )*(?P<old>(?-i:[\w-]+(?: [\w-]+){0,3}?))"
        r" (?:is (?:done|broken|history|finished)"
        r"|was (?:broken|cancelled|called off)"
        r"|(?:has )?(?:died|retired|broke down|fell through|closed down|expired))\b",
    )
)
_LONGEST = 6
_CHEAP = re.compile(
    rf"\b(?:from|instead|rather|longer|more|not|replaced|place|{_LEAVES}"
    r"|done|over|broken|died|retired|through|down)\b",
    re.IGNORECASE,
)


def ended_in(text: str) -> tuple[str, ...]:
    """What a sentence says is over, in its words."""
    if not _CHEAP.search(text):
        return ()
    found = dict.fromkeys(match["old"].strip(" '\"") for pattern in _PATTERNS for match in pattern.finditer(text))
    return tuple(old for old in found if old and len(old.split()) <= _LONGEST and _says_which(old))


def _says_which(old: str) -> bool:
    """Whether the words single something out: not so "work" in "left work"."""
    return any(word not in NO_ENDING for word in re.findall(r"[\w'-]+", old.lower())) and len(search_terms(old)) > 0
