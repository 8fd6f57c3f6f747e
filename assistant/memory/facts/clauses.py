"""From a message to the clauses in it that state something, each ready to be read. What asks, jokes, supposes, quotes
or only greets is left out here. Knows no attributes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.memory.facts.lexicon import BEFORE_NOT
from assistant.memory.facts.subject import read_subject
from assistant.memory.text import sentences


@dataclass(frozen=True)
class Clause:
    """One clause of a message.

    Attributes:
        text: Its words, contractions spelled out, without what leads in or trails off.
        whole: The sentence that it stands in, without what leads in.
        corrects: It mends what was said before ("actually", "I meant", "I changed my mind").
        replaced: The value that it takes back ("Porto, not Lisbon"), or "".
        elided: It begins with its verb: its subject is that of the clause before it.
    """

    text: str
    whole: str = ""
    corrects: bool = False
    replaced: str = ""
    elided: bool = False


_LONGEST = 240
"""Characters. A longer clause is a piece of writing, not a statement about oneself."""

_CODE = re.compile(r"```.*?(```|\Z)|`[^`]*`|^\s*>.*$", re.DOTALL | re.MULTILINE)
_PICTURES = re.compile("[\U0001f000-\U0001faff\u2190-\u2bff\ufe0f\u200d]|(?<!\\w)[:;]-?[)(DPp]+(?!\\w)")
_SPACE = re.compile(r"\s+")

# A text that was handed over to be worked on says nothing about who handed it over.
_HANDED_OVER = re.compile(
    r"\b(translate|summari[sz]e|rewrite|rephrase|paraphrase|proof-?read|correct(?! myself)|edit|fix|improve|polish"
    r"|shorten|analy[sz]e|review|classify|continue|complete)\b[^.?!\n]{0,60}"
    r"(:|\b(following|below|this (text|mail|email|letter|story|sentence|paragraph|essay|poem)))",
    re.IGNORECASE,
)
# Where its end is marked, the rest of the message may still tell something.
_HANDED_QUOTE = re.compile(
    r"[^.?!\n]*\b(?:translate|summari[sz]e|rewrite|rephrase|paraphrase|proof-?read|correct(?! myself)|shorten|polish)"
    r"\b[^.?!'\"\n]{0,30}"
    r"(?:(?<!\w)'[^\n]*?'(?!\w)|\"[^\"\n]*\")(?: (?:in)?to \w+)?[.?!]?",
    re.IGNORECASE,
)
_NOT_SERIOUS = re.compile(
    r"\b(just kidding|only kidding|i'?m kidding|just joking|i'?m joking|only joking|that was a joke|\bjk\b|role-?play"
    r"|pretend|imagine|let'?s say|suppose|supposing|hypothetical(ly)?|in my (novel|story|book|game|dream)"
    r"|once upon a time)\b",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(
    r"\b(dreamt|dreamed|for a joke|in the (play|film|movie|novel|series|story)|(somebody|someone|people|they|the \w+)"
    r" (have |has |who )?(told me|claims?|claimed|says?|said) (to me )?that)\b"
    r"|^(if|unless|whether|assuming|in case|what if|as if|would|could|should|may|let)\b"
    r"|\bif (i|we|only|it|you|he|she|they|there|my|someone)\b|\bas though\b|\bi wish\b|\b(would|could|might) have\b",
    re.IGNORECASE,
)
_CHANGED_MIND = re.compile(
    r"\b(changed? my mind|correction|i was wrong|i made a mistake|i misspoke|i meant|i mean|scratch that"
    r"|to correct myself|let me correct)\b",
    re.IGNORECASE,
)
_CORRECTS = re.compile(
    r"\b(actually|in fact|i meant|i mean|correction|rather|instead|no longer|any ?more)\b", re.IGNORECASE
)

_LEAD = (
    "well so oh and but also plus anyway anyways yeah yes yep yup no nope nah okay ok alright sure right hi hey hello"
    " hiya thanks thx wow ah aha aw aww awesome great cool nice hmm hm um uh honestly actually basically seriously"
    " luckily sadly unfortunately fortunately apparently absolutely definitely exactly totally true agreed haha lol"
    " then besides still look listen btw fyi cheers sorry please indeed anyhow though because cause 'cause"
)
_LEADS = "|".join(_LEAD.split())
_LEADING = re.compile(
    rf"^(?:(?:{_LEADS}|by the way|thank you|of course|for sure|to be honest|you know|you see|i mean|in fact|as you know"
    r"|for your information|good (?:morning|evening|afternoon|night)|guess what|fun fact|speaking of which"
    r"|for the record|remember that|remember|note that|please (?:note|remember)(?: that)?|just so you know|correction"
    r"|update|sorry|it turns out(?: that)?|turns out(?: that)?"
    r"|i (?:have to|must|should|want to|wanted to|would like to|meant to)"
    r" (?:tell you|say|mention|add|admit|correct myself)(?: that)?"
    r"|after (?:all|so (?:much|many))(?: (?:that|this|those|these))? (?:time|years|months|weeks)|in the end"
    r"|at (?:long )?last"
    r"|before i forget|one more thing|change of plans?|news"
    r"|i (?:think|guess|believe|suppose|meant|mean|realized|realised|forgot to (?:say|mention|tell you)"
    r"|(?:told|mentioned|said)(?: you)?)(?: that)?(?= (?:i|my|we"
    r"|our)\b))(?=[\s,.!:;\u2014\u2013-])[\s,.!:;\u2014\u2013-]*)+",
    re.IGNORECASE,
)
_VOCATIVE = re.compile(r"^[A-Z][a-z]+, (?=(?:I|I'm|I've|my|My|we|We|our)\b)")
_TRAILING = re.compile(
    r"(?:[,\s]+(?:you know|though|too|as well|lol|haha|btw|by the way|right|okay|ok|thanks|thank you|please|actually"
    r"|to be honest|honestly|I think|I guess|I believe|of course|if you ask (?:me|us)|as far as I know))+\s*$",
    re.IGNORECASE,
)
_REPLACED = re.compile(
    r",? (?:and )?not (?:(?:at|in|on|by|from|to|with|for|called|named) )?((?:[\w'-]+ ?){1,5})(?: any ?more)?$"
)

_CONTRACTIONS = tuple(
    (re.compile(pattern, re.IGNORECASE), full)
    for pattern, full in (
        (r"\bcan't\b|\bcannot\b", "can not"),
        (r"\bwon't\b", "will not"),
        (r"\bshan't\b", "shall not"),
        (r"\bain't\b", "is not"),
        (r"(?<=\w)n't\b", " not"),
        (r"\bI'm\b|\bim\b(?= )", "I am"),
        (r"(?<=\w)'re\b", " are"),
        (r"(?<=\w)'ve\b", " have"),
        (r"(?<=\w)'ll\b", " will"),
        (r"(?<=\w)'d (?=been\b|had\b|gone\b|never\b|already\b)", " had "),
        (r"(?<=\w)'d\b", " would"),
        (r"\b(he|she|it|that|there|what|who)'s (?=been\b|got\b|had\b)", r"\1 has "),
        (r"\b(he|she|it|that|there|what|who)'s\b", r"\1 is"),
        (
            r"\b([A-Za-z]+)'s (?=(?:an?|the|in|at|from|not|now|allergic|called|moving|working|living|going"
            r"|getting|coming"
            r"|\d+) )",
            r"\1 is ",
        ),
        (r"\bgonna\b", "going to"),
        (r"\bwanna\b", "want to"),
        (r"\bgotta\b", "have to"),
    )
)

_SUBJECT_AHEAD = r"(?=(?:I|we|my|our|he|she|they)\b)"
_VERB_AHEAD = (
    r"(?=(?:(?:now|also|currently|recently|just|then|still|really) )?(?:am|is|are|was|were|have|has|had|live"
    r"|lives|lived"
    r"|work|works|worked|study|studies|play|plays|played|love|loves|like|likes|hate|hates|own|owns|drive|drives|moved"
    r"|moving|started|got|bought|went|met|teach|teaches|speak|speaks|enjoy|prefer|do not|quit|sold|became|joined"
    r"|adopted|visited|made|took|found|finished)\b)"
)
_SPLIT = re.compile(
    rf"\b(?:remember(?:ed)?|realis(?:e|ed)|noticed?|turns out|struck me|occurred to me|mention) that {_SUBJECT_AHEAD}|"
    rf"\s*;\s*|\s+[\u2013\u2014-]+\s+|\s*\u2014\s*|\s*:\s+{_SUBJECT_AHEAD}"
    rf"|,? (?:and|but|so|although|though|because|'?cause) {_SUBJECT_AHEAD}"
    rf"|,? (?=(?:while|since|as|when|whenever|until|till|once|after|before|where|so that) (?:I|we|my|our|he|she"
    rf"|they|it|the)\b)"
    r"|,? (?:and|but|so) (?=(?:it|this|that|there|the|people|much)\b)"
    r"|,? (?:and|but|so) (?=(?:every(?:one|body|thing)|no(?:body|thing)|some(?:one|body))\b)"
    r"|, (?=(?:it|this|that|which|there)\b)"
    rf"|, (?:and |but |so |then )?{_SUBJECT_AHEAD}|,? but (?=not\b)|,? (?:and|but) (?:then )?{_VERB_AHEAD}",
    re.IGNORECASE,
)


def clauses(message: str) -> Iterator[Clause]:
    """The clauses of a message that state something, in order.

    Empty for a text that was handed over to be worked on, and for what is a joke, a game or a supposition.
    """
    text = _HANDED_QUOTE.sub(" ", _CODE.sub("\n", message).replace("’", "'").replace("‘", "'"))
    if _HANDED_OVER.search(text[:200]) or _NOT_SERIOUS.search(text):
        return
    corrects = False
    for sentence in sentences(text):
        line = _SPACE.sub(" ", _PICTURES.sub("", sentence)).strip()
        if _CHANGED_MIND.search(line):
            corrects = True
        if not line or line.endswith("?") or _is_quoted(line):
            continue
        yield from _of_sentence(line, corrects)


def _of_sentence(line: str, corrects: bool) -> Iterator[Clause]:
    corrects = corrects or bool(_CORRECTS.search(line))
    line = spelled_out(_without_lead(line))
    if _SUPPOSED.search(line):
        return
    for i, piece in enumerate(_pieces(line)):
        text = _without_lead(piece.strip(" .,!;:"))
        text = _TRAILING.sub("", text).strip(" .,!;:\"'")
        elided = i > 0 and bool(_STARTS_WITH_VERB.match(text))
        if _SUBORDINATE.match(text) or not text or len(text) > _LONGEST or text.count(" ") < 1:
            continue
        found = _REPLACED.search(text) if "," in text or corrects else None
        replaced = found[1].strip() if found and found.start() > 0 and text[: found.start()].count(" ") >= 2 else ""
        if found is not None and replaced and _reads_as_value(text[: found.start()]):
            yield Clause(text[: found.start()].rstrip(" ,"), line, True, replaced, elided)
        else:
            yield Clause(text, line, corrects, elided=elided)


def _pieces(line: str) -> Iterator[str]:
    """A sentence cut into its clauses; a name with a verb after it begins one too."""
    for whole in _SPLIT.split(line):
        rest, start = whole, 0
        for found in _NAME_AHEAD.finditer(whole):
            before = whole[start : found.start()]
            subject = read_subject(whole[found.end() :], None)
            if before.count(" ") >= _FEWEST_SPACES and subject is not None and subject[0].kind != "speaker":
                yield before
                start = found.end()
                rest = whole[start:]
        yield rest


_NAME_AHEAD = re.compile(r",? (?:and|but|so|because|although|though) (?=[A-Z])|, (?=[A-Z])|\bthat (?=[A-Z])")
_FEWEST_SPACES = 2
_SUBORDINATE = re.compile(
    r"(?:not|while|since|as|when|whenever|until|till|once|after|before|where|so that|that|which|who|if|to|for|with)\b",
    re.IGNORECASE,
)
_STARTS_WITH_VERB = re.compile(_VERB_AHEAD, re.IGNORECASE)


def _reads_as_value(text: str) -> bool:
    """Whether what stands before "not …" ends with a value rather than with a verb that "not" belongs to."""
    return text.rsplit(" ", 1)[-1].rstrip(",").lower() not in BEFORE_NOT


def _without_lead(line: str) -> str:
    return _VOCATIVE.sub("", _LEADING.sub("", line.lstrip("-*•# ")))


def _is_quoted(line: str) -> bool:
    """Whether most of a line stands in quotation marks: somebody else's words."""
    quoted = sum(len(found) for found in re.findall(r"[\"“„][^\"”“]*[\"”“]", line))
    return quoted > len(line) / 3 and quoted > 20


def spelled_out(text: str) -> str:
    """A text with its contractions spelled out: "I'm" as "I am"."""
    for pattern, full in _CONTRACTIONS:
        text = pattern.sub(full, text)
    return text
