"""Clauses that do not begin with whom they are about, turned so that they do. Only the order of the words changes."""

import re

from assistant.memory.facts.clauses import Clause
from assistant.memory.facts.subject import is_relation

_FAVOURITE_LAST = re.compile(
    r"(?P<value>.{3,60}?) (?:is|are|has become) (?:(?:still|now) )?(?P<owner>my|our|[A-ZÀ-Þ][\w-]*'s)"
    r" (?:new )?(?P<noun>favou?rite \w+(?: \w+)??)(?: instead| now)?$"
)
_OWNER = r"(?:(?:[Mm]y (?:[a-z-]+ ){0,3})?(?-i:[A-ZÀ-Þ])[\w-]*'s|[Mm]y (?:[a-z-]+ ){0,2}[a-z-]+'s|[Mm]y|[Oo]ur|a new)"
_NO_MORE = r"(?!(?:back|up|down|to|from|on|in)\b)"
_A_THING_OF = re.compile(rf"\b({_OWNER}) ({_NO_MORE}[a-z'-]+(?: {_NO_MORE}[a-z'-]+){{0,2}})")
_DATE = r"(?:date|day|time) (?:for|of)"
_DATE_OF = re.compile(
    rf"(?:the )?{_DATE} (?P<thing>{_OWNER} .+?) (?:is|was) (?:fixed|set|settled|final)?(?: for)?:? ?(?P<when>.+)$",
    re.IGNORECASE,
)
_IS_DATE_OF = re.compile(
    rf"(?:.* and |.*, )?(?P<when>(?:the )?\w+(?: \w+){{0,3}}) (?:is|was) the {_DATE} (?P<thing>{_OWNER} .+)$",
    re.IGNORECASE,
)
_PUT_TO = re.compile(
    r"(?:we|they|the \w+|somebody|everyone|I) (?:have |has |had |just )*"
    r"(?:moved|put|raised|lowered|changed|rescheduled|postponed|pushed)"
    rf" (?P<thing>{_OWNER} [a-z' -]+?)(?: back| up| down| forward)?(?: from .+?)? to (?P<value>.+)$",
    re.IGNORECASE,
)
WITHOUT_SUBJECT = re.compile(
    r"(just |recently |finally )?(?:(?:got|went|had|finished|started|been|bought|moved|saw|met|made|came|signed"
    r"|took|found|spent|tried|joined|visited|planning|working|trying|going to|looking forward|gonna)\b)",
    re.IGNORECASE,
)


def turned(text: str) -> str:
    """A clause that names its subject last ("Green is my favourite colour") the other way round."""
    if found := _PUT_TO.match(text):
        thing, value = found["thing"], found["value"]
        return f"{thing[:1].upper()}{thing[1:]} was changed to {value}"
    if found := _DATE_OF.match(text) or _IS_DATE_OF.match(text):
        when = found["when"] if re.match(r"(?:on|at|in) ", found["when"]) else f"on {found['when']}"
        return f"{found['thing'][:1].upper()}{found['thing'][1:]} is {when}"
    found = _FAVOURITE_LAST.match(text)
    return f"{found['owner'][:1].upper()}{found['owner'][1:]} {found['noun']} is {found['value']}" if found else text


def with_subject(text: str) -> str:
    """A clause that leaves its "I" out ("Just got a cat", "Been painting a lot") with it."""
    words = re.sub(r"^(?:just|recently|finally) ", "", text, flags=re.IGNORECASE)
    words = words[:1].lower() + words[1:]
    first = words.split(" ", 1)[0]
    if first == "been":
        return f"I have {words}"
    return f"I am {words}" if first.endswith("ing") else f"I {words}"


def resolved(text: str, clause: Clause) -> str:
    """A clause about "it" with the thing of somebody's that its sentence named just before, where it names one."""
    if not text.lower().startswith("it is "):
        return text
    before = clause.whole[: max(clause.whole.find(clause.text), 0)]
    things = [thing for thing in _A_THING_OF.findall(before) if not is_relation(thing[1])]
    return f"{things[0][0].replace('a new', 'my')} {things[0][1]} {text[3:]}" if len(things) == 1 else text
