"""What a sentence is worth to a summary: which parts of a message say something lasting about the user, and how much
they say. Knows no records.

English (and a little German): rules over the words, so that it costs microseconds and can neither invent nor distort.
"""

import re

from assistant.memory.text import sentences
from assistant.store.terms import search_terms

_SELF = re.compile(r"\b(i|i'm|i've|i'd|i'll|my|mine|me|we|our|us|ich|mein\w*|wir|unser\w*)\b", re.IGNORECASE)
_REQUEST = re.compile(
    r"(please|can you|could you|would you|will you|do you|tell me|write|explain|show|give me|help|what|who|where|when"
    r"|why|how|thanks|thank you|let's|let us|we should|never mind|i need (you|help|a|an|some)\b|i want you"
    r"|i'd like (you|a|an|some|to (know|hear|see))|i was wondering|i wonder|i'm (looking for|trying to)"
    r"|good (morning|night|evening))\b",
    re.IGNORECASE,
)
_FLEETING = re.compile(
    r"\b(i'?m|i am|i feel|feeling|i'?ve been|is|are|was|were)\s+(so|very|a bit|really|just|quite|pretty|a little)?\s*"
    r"(tired|hungry|bored|sleepy|fine|great|good|ok|okay|back|here|cold|hot|sorry|glad|happy|curious|busy|stuck|sure"
    r"|late|being|foggy)\b"
    r"|\b(i|we) (think|guess|suppose|hope|mean|see|agree|understand|know|like how)\b"
    r"|\b(i|we) (just |only |finally )?(had|ate|made|watched|saw|drank|slept|woke|heard|read|forgot|found)\b",
    re.IGNORECASE,
)
_LASTING = re.compile(
    r"\b(i|we)('ve| have|'m| am| was| were| will|'ll|'d| had| been| really| also| always| never| usually| just"
    r"| recently| finally)*"
    r" (live|lived|living|work|worked|working|study|studied|own|bought|sold|adopted|moved|moving|married|engaged|born"
    r"|grew|started|quit|joined|prefer|love|hate|can't|cannot|avoid|play|playing|speak|drive|drink|take|plan|planning"
    r"|going|flying|decided|booked|signed|learning|allergic|vegetarian|vegan|named|called|met|lost|won|switched|changed"
    r"|cancelled|canceled|gave|retired|graduated|training|save|saving|collect|visit|visiting|want|report|run)\b"
    r"|\bmy (?:[\w'’-]+ ){0,3}?(is|are|was|lives?|works?|has|have|moved|plays?|studies|turns?|turned|called|named|got"
    r"|will|hates?|loves?)\b"
    r"|\b(once|twice|three times|every|each) (a |day|week|month|year|other|morning|evening|night)"
    r"|\b(mon|tues|wednes|thurs|fri|satur|sun)days\b"
    r"|\b(since|years ago|last (spring|summer|autumn|fall|winter|year))\b",
    re.IGNORECASE,
)
_NAME_FIRST = re.compile(
    r"(?!(?:I|It|This|That|There|He|She|They|We|You|What|My|Our|The|A|An|If|Yes|No|So|And|But|Maybe|Everyone|Nobody)\b)"
    r"(?:Dr |Mr |Mrs |Ms )?[A-Z][\w-]+ (?:(?:and (?:I|my)|is (?:my|our)|was (?:my|our)|replaced|gave me|told me)\b)"
)
_DETAIL = re.compile(r"\d[\d.,:/-]*|(?<!^)\b(?!I\b|I')[A-Z][\w'’-]+")
_MONTH_OR_DAY = re.compile(
    r"\b(january|february|march|april|june|july|august|september|october|november|december|monday|tuesday|wednesday"
    r"|thursday|friday|saturday|sunday|tomorrow|next (?:week|month|year|spring|summer|autumn|fall|winter))\b",
    re.IGNORECASE,
)

_LEAD = re.compile(
    r"\A(?:(?:by the way|btw|anyway|anyhow|oh|well|so|also|and|but|actually|ah|hey|hi|hello|ok|okay|yes|yeah|yep|no"
    r"|right|sure|you know(?: what)?|i mean|just so you know|funny thing|speaking of which|before i forget"
    r"|on another note|unrelated|hm+|thanks|thank you|good news|bad news|update)(?:[,!:;.…]+\s+|\s+[–—-]\s+)"
    r"|(?:by the way|btw|anyway|oh|so|also|and|but|actually)\s+(?:and\s+)?(?=(?:I|I'm|I've|my|My|we|our)\b))+",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r"(?:\s*[;–—]\s*|,?\s+(?:and|but|so|while|although|though|und|aber)\s+|,\s+)"
    r"(?:by the way,?\s+|also\s+|then\s+)?(?=(?:I|I'm|I've|I'd|I'll|my|My|we|We|our|ich|mein\w*|wir)\b)"
)

_MIN_TERMS = 2


def telling_parts(text: str) -> list[str]:
    """The parts of a message that say something, cut at sentences and at clauses that stand alone, without lead-ins."""
    parts: list[str] = []
    for sentence in sentences(text):
        whole = " ".join(sentence.split())
        if whole.endswith(("?", "？")):
            continue
        clauses = _JOINT.split(_LEAD.sub("", whole))
        # A clause that says too little by itself stays with its neighbour, and with it the whole sentence.
        if any(len(search_terms(clause)) < _MIN_TERMS or not _SELF.search(clause) for clause in clauses):
            clauses = [whole]
        parts.extend(part for clause in clauses if worth(part := _trimmed(clause)) > 0)
    return parts


def _trimmed(clause: str) -> str:
    clause = _LEAD.sub("", clause).strip().rstrip(",;")
    clause = clause[:1].upper() + clause[1:]
    return clause if clause.endswith((".", "!", "…", "。", "！", '"', "”", ")")) else f"{clause}."


def worth(sentence: str) -> float:
    """How much a sentence tells about the user: 0 for nothing, about 1 for a plain remark, 3 for a telling fact."""
    words = len(search_terms(sentence))
    if words < _MIN_TERMS or sentence.endswith("?"):
        return 0.0
    about_self = bool(_SELF.search(sentence))
    asks = bool(_REQUEST.match(sentence))
    if asks and not about_self:
        return 0.0
    details = len(_DETAIL.findall(sentence)) + len(_MONTH_OR_DAY.findall(sentence)) / 2
    details += bool(_NAME_FIRST.match(sentence))
    return (
        0.1 * min(words, 8)
        + about_self
        + 0.3 * min(details, 4)
        + 0.7 * bool(_LASTING.search(sentence))
        - 1.0 * asks
        - 0.5 * bool(_FLEETING.search(sentence))
    )
