"""Cues: what the words of a message give away at a glance. Recall weighs them; they are flags beside the text."""

import re

from assistant.memory.recall.when import has_time

ASKS = 1
"""It ends with a question: it seldom tells anything."""

TIME = 2
"""It names a time."""

NUMBER = 4
"""It names a number."""

FIRST_PERSON = 8
"""The speaker speaks of themselves."""

_FIRST_PERSON = re.compile(
    r"\b(i|i['’](?:m|ve|d|ll)|my|mine|me|we|our|us|ich|mir|mich|mein\w*|wir|uns\w*)\b", re.IGNORECASE
)
_NUMBER = re.compile(
    r"\b(\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|several|couple|few|once"
    r"|twice|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|hundert|tausend|paar|einige|einmal|zweimal)\b",
    re.IGNORECASE,
)


def cues_of(text: str) -> int:
    """The cues in a text, as flags."""
    asks = ASKS if text.rstrip().endswith("?") else 0
    cues = asks | (TIME if has_time(text) else 0) | (NUMBER if _NUMBER.search(text) else 0)
    return cues | (FIRST_PERSON if speaks_of_self(text) else 0)


def speaks_of_self(text: str) -> bool:
    """Whether somebody speaks of themselves."""
    return _FIRST_PERSON.search(text) is not None
