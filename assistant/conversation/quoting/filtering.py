"""Which words could answer a question at all, and whether it is about somebody of whom was told.

Words answer if they are about whom it asks, and hold a number or a day where one is asked for. Cheap rules for English,
before a model weighs what they leave.
"""

import re
from collections.abc import Iterable

from assistant.conversation.question import ASKING, FIRST_PERSON, WORD, YOU, bare, inner, names
from assistant.memory.recall.when import has_time
from assistant.memory.text import sentences
from assistant.store.terms import search_terms

_KIN = {
    word: words.split()[0]
    for words in (
        *("mother mum mom mummy mommy mama", "father dad daddy papa", "sister sis", "brother bro", "son", "daughter"),
        *("wife", "husband", "partner", "girlfriend", "boyfriend", "fiancé fiancée fiance fiancee"),
        *("grandmother grandma granny gran nana", "grandfather grandpa granddad grandad", "aunt auntie", "uncle"),
        *("cousin", "niece", "nephew", "boss manager", "colleague coworker", "neighbour neighbor", "dog puppy"),
        *("cat kitten", "friend pal mate", "teacher", "classmate", "flatmate roommate", "team", "client", "patient"),
    )
    for word in words.split()
}
_SOMEBODY = re.compile(rf"\b(?:my|our) (?:\w+ ){{0,3}}?(?:{'|'.join(_KIN)})s?\b", re.IGNORECASE)


def somebody(text: str) -> set[str]:
    """The words by which a text speaks of somebody of the user's: "running" and "partner" of "my running partner"."""
    return {word.lower() for phrase in _SOMEBODY.findall(text) for word in phrase.split()[1:]}


def relations(text: str) -> set[str]:
    """Whom a text names by what they are to somebody; "mum" and "mother" are the same."""
    words = {bare(word) for word in WORD.findall(text)}
    return {_KIN[word] for word in {*words, *(word.removesuffix("s") for word in words)} if word in _KIN}


def statements(text: str) -> str:
    """A text without its questions, which answer nothing."""
    return "".join(part for part in sentences(text) if not part.rstrip("\"'”’) \n").endswith("?"))


_COUNTS = re.compile(r"\bhow (?:many|much|old|tall|far|heavy)\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|hundred|thousand|dozen|half"
    r"|couple|both|twice|several|no|nothing|free)\b",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\b(?:number|code|pin) (?:of|for|to|is|does|do)\b|\b(?:number|code|pin)\?", re.IGNORECASE)
_DAY = re.compile(r"^when (?:is|are)\b|\b(?:what|which) (?:date|day)\b", re.IGNORECASE)
"""A day that the words themselves have to name. "When did I buy it?" may be answered by the day of telling, too."""
_DATE = re.compile(r"\d+(?:st|nd|rd|th)? (?:of )?[A-Z][a-z]+|[A-Z][a-z]+ \d+\b|\b(?:19|20)\d\d\b")
_OF_SELF = re.compile(r"\W*(?:i(?:'[mdv]e?|'ll)?|we(?:'re|'ve|'ll)?|my|our)\b", re.IGNORECASE)
_OF_THE_USER = re.compile(
    r"\b(?:am|was|do|did|have|had|will|would|can|could|should|what|who|where|when|how|which|that) (?:i|we)\b",
    re.IGNORECASE,
)
_ROMANTIC = re.compile(
    r"(?:\b(?:my|our|his|her|their|a|new|former|ex|ex-|current|long-term|life|the)|['’]s?) partner\b|\bex-?partner\b"
    r"|\b(?:girlfriend|boyfriend|fianc\S+)\b",
    re.IGNORECASE,
)
"""Not a running partner or a business partner."""
_MINE = re.compile(r"\b(?:my|our)\b", re.IGNORECASE)
_OF_ANOTHER = re.compile(rf"[A-Z]\w+['’]s? (?:\w+ )?(?:{'|'.join(_KIN)})\b")


def can_answer(question: str, text: str, speaker: str, replies_to: str = "") -> bool:
    """Whether words could answer a question: they are about whom it asks, and hold a number where one is asked for.

    Args:
        question: What the user asks.
        text: What was said.
        speaker: Who said it: "user", "assistant" or a name.
        replies_to: The question before it, where it is a reply of a few words.
    """
    if not text.strip():
        return False
    question = inner(question)
    if any(name in text.lower() for name in names(question)) or _OF_SELF.match(text):
        replies_to = ""  # It says itself whom it is about.
    if replies_to and not _same_people(question, replies_to):
        return False
    text = f"{replies_to} {text}".strip()
    lower = text.lower()
    if _COUNTS.search(question) and not _NUMBER.search(_DATE.sub("", text)):
        return False
    if _DIGITS.search(question) and not re.search(r"\d", _DATE.sub("", text)):
        return False
    if _DAY.search(question) and not has_time(text):
        return False
    asked = names(question)
    if asked:
        return any(name in lower or name == speaker.lower() for name in asked)
    if _is_anothers(question, text):
        return False
    kin, told = relations(question), relations(text)
    if "partner" in kin and _ROMANTIC.search(question) and not _ROMANTIC.search(text):
        told = told - {"partner"}
        if not told:
            return False
    if kin and told and not kin & told:
        return False
    if kin and told and _MINE.search(question) and not relations(_OF_ANOTHER.sub("", text)):
        return False  # "my mother" is not "Marek's mother"
    if speaker == "user" and not kin and _OF_THE_USER.search(question):
        return FIRST_PERSON.search(_SOMEBODY.sub("", text)) is not None  # not only "my sister is allergic"
    return True


_OTHERS = re.compile(r"\b(?:he|she|him|her|hers|his)\b", re.IGNORECASE)


def _same_people(question: str, replies_to: str) -> bool:
    """Whether a question before a reply is about whom a question is about: "What is Ada's dog called?" not mine."""
    asked, about = names(question), names(replies_to)
    if asked & about:
        return True
    return not asked and not about and (_OTHERS.search(replies_to) is None or YOU.search(replies_to) is not None)


_MY_THING = re.compile(r"\b(?:my|our) ((?:[\w-]+ ){0,2}[\w-]+)", re.IGNORECASE)


def _is_anothers(question: str, text: str) -> bool:
    """Whether a text tells of a thing of somebody else's alone: "my photo shoot" is not "Yara's photo shoot"."""
    for thing in _MY_THING.findall(question):
        for word in [word for word in thing.split() if len(search_terms(word))][-1:]:
            owned = rf"(?:[\w-]+ ){{0,2}}{re.escape(word)}\b"
            others = rf"\b(?!(?:it|that|what|there|here|he|she)\b)[^\W_][\w-]*['’]s? {owned}"
            others += rf"|\b[A-Z]\w+ {re.escape(word)}\b"
            mine = rf"\b(?i:my|our|the) (?:[a-z-]+ ){{0,2}}(?i:{re.escape(word)})\b"
            if re.search(others, text) and not re.search(mine, text):
                return True
    return False


_PERSON = re.compile(
    rf"\b(?:{'|'.join(_KIN)})\b(?: is| was|,)?(?: called| named)? ([A-Z][\w-]+)"
    rf"|\b([A-Z][\w-]+)(?:,| is| was)? (?:my|our) (?:\w+ )?(?:{'|'.join(_KIN)})\b"
)
_ACTING = re.compile(r"\b(?:does|did|has|had|will|would) ([A-Z][\w-]+)|\b([A-Z][\w-]+)['’]s?\b")


def told_of(question: str, texts: Iterable[str], speakers: Iterable[str]) -> bool:
    """Whether a question is about somebody whom the user told of: "Where does Tom live?", where Tom was spoken of.

    Args:
        question: What the user asks.
        texts: What was said that may be related.
        speakers: Who said it.
    """
    asked = names(f"- {question}") - {bare(found) for found in ASKING.findall(question)}
    told = " ".join(texts)
    known = {bare(word) for word in WORD.findall(told) if word[0].isupper()} | {name.lower() for name in speakers}
    people = {bare(first or second) for first, second in _PERSON.findall(told)} | {name.lower() for name in speakers}
    acting = {bare(first or second) for first, second in _ACTING.findall(question)}
    return bool(asked & (people | (acting & known)))
