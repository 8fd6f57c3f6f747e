"""The user's words as they are said back to the user: "my drill" is "your drill"."""

import re
from typing import Final

_PERSONS: Final = {
    r"I am|I'm|we are|we're": "you are",
    r"am I|are we": "are you",
    r"I was": "you were",
    r"I wasn't": "you weren't",
    r"I've|we've": "you have",
    r"I'll|we'll": "you will",
    r"I|me|we|us": "you",
    r"my|our": "your",
    r"mine|ours": "yours",
    r"myself|ourselves": "yourself",
}
_FIRST_PERSON = re.compile(rf"\b(?:{'|'.join(_PERSONS)})\b".replace("'", "['’]"), re.IGNORECASE)


def to_the_user(text: str) -> str:
    """What the user said, as said to them; a sentence keeps its capital."""

    def said_back(found: re.Match[str]) -> str:
        words = found[0].replace("’", "'")
        back = next(to for said, to in _PERSONS.items() if re.fullmatch(said, words, re.IGNORECASE))
        return f"{back[0].upper()}{back[1:]}" if not text[: found.start()].strip() and words[0].isupper() else back

    return _FIRST_PERSON.sub(said_back, text)
