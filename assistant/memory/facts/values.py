"""Values of a type at the beginning of a text: places, trades, animals, names. Knows no verbs and no attributes."""

import re

from assistant.memory.facts.lexicon import (
    ANIMALS,
    CALENDAR,
    ILL,
    INSTRUMENTS,
    LANGUAGES,
    NO_AIM,
    NO_BELONGING,
    NO_FOOD,
    NO_PLACE,
    NO_ROLES,
    ROLES,
    TRANSIENT,
)

_AFTER_VALUE = re.compile(
    r"\s*(?:[,;:(]|\b(?:on|in|around|since) (?:the week(?:end)? of )?(?:\d{1,2} )?(?:[A-Z][a-z]+ )?(?:19"
    r"|20)\d\d\b|\b(?:because|since|when|while|but|so|which|who|whose|where|that|although|though|until|till|if"
    r"|as|and (?:I|my|we|he|she"
    r"|they|it|am|is|are|have|has|had|do|work|works|live|lives|will|now|then)|for (?:the (?:last|past)|about"
    r"|over|almost|\d+"
    r"|two|three|four|five|six|seven|eight|nine|ten|a (?:few|couple|long|year|while)|many|years|months|ages|now)"
    r"|in order to|ever since|these days|at the moment|right now|at least|too|as well)\b).*$",
    re.IGNORECASE,
)
_AFTER_PLACE = re.compile(
    r"\s*\b(?:with|without|for|to|from|by|near|next to|close to|on|in (?:a|an|the|my|our)|last|this|next"
    r"|yesterday|today|tomorrow|ago|together|alone|now|again|permanently|for good)\b.*$",
    re.IGNORECASE,
)
_AFTER_STATEMENT = re.compile(
    r"\s*(?:[;(]|,(?! (?-i:[A-ZÀ-Þ\d]))|\b(?:because|since|while|but|so|which|although|though|and (?:I|my|we|he|she"
    r"|they|it)|these days"
    r"|at the moment|right now|too|as well)\b).*$",
    re.IGNORECASE,
)
_FEW_WORDS = r"(?:[\w'-]+ ){0,2}[\w'-]+"
_ENUMERATION = re.compile(rf"{_FEW_WORDS}(?:, {_FEW_WORDS})+,? (?:and|or) {_FEW_WORDS}$")
_DETERMINER = re.compile(
    r"^(?:an?|the|some|my|our|his|her|their|its|any|one of (?:my|the)|lots of|a lot of|all|both)\s+", re.IGNORECASE
)
_POINTING = re.compile(
    r"^(?:it|this|that|these|those|them|him|her|you|your|us|me|so|what|how|whatever|everything|something|anything|nothing"
    r"|one|ones|to hear|to see|to know|hearing|seeing|when|the (?:idea|way|sound|fact|part|one|thing|thought)"
    r"|such|there|here)\b",
    re.IGNORECASE,
)
_CONDITIONS = re.compile(
    r"\b(asthma|diabetes|migraines?|adhd|add|autism|epilepsy|anxiety|depression|arthritis|eczema|psoriasis|c(?:o?)eliac|insomnia"
    r"|hypertension|high blood pressure|tinnitus|dyslexia|hay fever|ibs|anaemia|anemia|hypothyroidism|endometriosis"
    r"|sleep apn(?:o?)ea|a bad (?:back|knee|hip|shoulder)|pacemaker|cancer|reflux|glaucoma|vertigo|scoliosis"
    r"|\w+ disease|\w+ syndrome|\w+ disorder)\b",
    re.IGNORECASE,
)
_DIETS = re.compile(
    r"\b((?:a |an )?(?:strict |mostly |lifelong )?(vegan|vegetarian|pescatarian|pescetarian|flexitarian|kosher"
    r"|halal|gluten-free|gluten free|dairy-free|dairy free|keto|paleo|sober|teetotal|teetotaller))\b",
    re.IGNORECASE,
)
_STATUS = re.compile(
    r"^(single|married|divorced|engaged|widowed|separated|in a relationship|in a long-distance relationship)\b",
    re.IGNORECASE,
)
_ROLE_ENDINGS = (
    "er",
    "or",
    "ist",
    "ian",
    "ant",
    "eer",
    "man",
    "woman",
    "ess",
    "ect",
    "ic",
    "ent",
    "ive",
    "ary",
    "ate",
    "ologist",
)
_DEMONYM = re.compile(
    r"(?:ish|ese|ian|ean)$|^(?:german|american|mexican|african|dutch|french|swiss|czech|greek|thai|welsh|israeli|iraqi"
    r"|pakistani|turk|dane|swede|finn|pole|scot|moroccan|cuban|afghan|filipino|filipina|catholic|muslim|jewish|christian"
    r"|buddhist|hindu|black|latina|latino|asian)$"
)


def statement(text: str) -> str:
    """What something is said to be: the words up to the next clause, dates and places included."""
    return _DETERMINER.sub("", _AFTER_STATEMENT.sub("", text).strip(" .,!;:\"'"))


def phrase(text: str) -> str:
    """A noun phrase: the words up to what no longer belongs to it, without "a" or "the"."""
    return _DETERMINER.sub("", _AFTER_VALUE.sub("", text).strip(" .,!;:\"'"))


def cut(kind: str, text: str) -> str | None:
    """The value of a type at the beginning of a text, or None where there is none. "" where the type has no words."""
    enumeration = _ENUMERATION.match(text) if kind in ("list", "thing", "food", "language") else None
    head = enumeration[0] if enumeration else _AFTER_VALUE.sub("", text).strip(" .,!;:\"'")
    value = _DETERMINER.sub("", head)
    low = value.lower()
    words = low.split()
    match kind:
        case "nothing":
            return ""
        case "any":
            return value
        case "retired":
            return "retired" if not text or low.startswith("retired") else None
        case "place":
            named = re.match(
                r"(?:[\w'’-]+ )*?[A-ZÀ-Þ][\w'’.-]*(?:,? (?:de |la |del |am |of |the )?[A-ZÀ-Þ][\w'’.-]*)*",
                _AFTER_PLACE.sub("", _keep_commas(text)),
            )
            if named and named[0].count(" ") < 5:
                return _DETERMINER.sub("", named[0].rstrip("."))
            bare = _AFTER_PLACE.sub("", low).strip()
            first = head.lower().split()[:1]
            return (
                bare if bare and len(bare.split()) < 3 and first == bare.split()[:1] and bare not in NO_PLACE else None
            )
        case "own_name":
            own = re.match(r"[A-ZÀ-Þ][a-zà-ÿ'’-]+(?: [A-ZÀ-Þ][a-zà-ÿ'’-]+)?$", head)
            return own[0] if own and not _DEMONYM.search(low) and low not in CALENDAR else None
        case "role_at":
            found = re.search(
                r" (?:at|for) ((?:the )?[A-ZÀ-Þ0-9][\w'’.&-]*(?: (?:of |for |and |the |& )?[A-ZÀ-Þ0-9][\w'’.&-]*)*)",
                text,
            )
            return found[1].rstrip(".") if found and cut("occupation", text) else None
        case "city":
            return value if value[:1].isupper() and len(words) < 3 else None
        case "org" | "name" | "school":
            named = re.match(
                r"(?:(?:the )?[A-ZÀ-Þ0-9][\w'’.&-]*)(?: (?:of |for |and |the |& )?[A-ZÀ-Þ0-9][\w'’.&-]*)*", text
            )
            if named and named[0].lower() not in CALENDAR and not (kind == "school" and _TITLE.match(named[0])):
                return named[0].rstrip(".")
            if (
                kind == "org"
                and re.match(r"(?:a|an|the|my|our) ", text)
                and not re.search(r"\b(moment|home|night|least|weekend|time|one|team|club|band)\b", low)
            ):
                return value or None
            return (
                value
                if kind == "name"
                and len(words) == 1
                and low.isalpha()
                and not _POINTING.match(low)
                and len(low) > 2
                and low not in TRANSIENT
                else None
            )
        case "date":
            return value if re.search(r"\d", value) else None
        case "year":
            found = re.match(r"(?:in )?((?:[A-Z][a-z]+ )?(?:19|20)\d\d)\b", value)
            return found[1] if found else None
        case "age":
            found = re.match(r"(\d{1,3})(?: years?[ -]old)?$", value) or re.match(
                r"((?:\w+(?:teen|ty)(?:-\w+)?|\w+)) years?[ -]old$", low
            )
            return found[1] if found else None
        case "height":
            found = re.match(r"(\d[\w.,' ]*?(?:cm|m|ft|feet|inches|metres|meters)) tall", value)
            return found[1] if found else None
        case "clock":
            found = re.match(
                r"(?:around |about )?((?:\d[\d:.]*|\w+)(?: ?(?:am|pm|a\.m\.|p\.m\.|o'clock))?)", text.lower()
            )
            return found[1] if found and not _POINTING.match(low) and found[1] not in ("the", "night") else None
        case "number":
            return value if re.search(r"\d", value) else None
        case "nationality":
            return value if len(words) == 1 and value[:1].isupper() and _DEMONYM.search(low) else None
        case "language":
            spoken = [w.capitalize() for w in re.findall(r"[a-z]+", text.lower()) if w in LANGUAGES]
            return ", ".join(spoken) or None
        case "role":
            return (
                re.split(r" (?:at|for|in|with|on|from) ", value)[0]
                if 0 < len(words) < 9 and not _POINTING.match(low)
                else None
            )
        case "occupation":
            role = re.split(r" (?:at|for|in|with|on|from|of|who|by) ", value)[0]
            last = role.lower().split()[-1:] or [""]
            known = last[0] in ROLES or (
                last[0].endswith(_ROLE_ENDINGS)
                and len(last[0]) > 4
                and last[0] not in NO_ROLES
                and last[0] not in TRANSIENT
            )
            return role if known and head != value and len(role.split()) < 5 else None
        case "subject":
            return (
                re.split(r" (?:at|with|on|from|for) ", value)[0]
                if 0 < len(words) < 7
                and not _POINTING.match(low)
                and words[0] not in ("hard", "a", "for", "abroad", "at", "in", "with", "together")
                else None
            )
        case "status":
            found = _STATUS.match(value)
            return found[1].lower() if found else None
        case "children":
            return (
                value
                if re.match(
                    r"(?:\w+ ){1,2}(?:kids|children|sons|daughters)\b|(?:a |one )?(?:little |baby )?(?:son"
                    r"|daughter|kid|child)$",
                    low,
                )
                and _is_count(head)
                else None
            )
        case "siblings":
            return value if re.match(r"(?:\w+ )+(?:sisters|brothers|siblings)\b", low) and _is_count(head) else None
        case "pet":
            return (
                value
                if any(word in ANIMALS for word in re.split(r"\W+", re.split(r" (?:called|named) ", low)[0]))
                and not _POINTING.match(low)
                and "fish and" not in low
                else None
            )
        case "allergy":
            found = re.match(
                r"(?:(?:really|very|severe|bad|strong|mild) )*((?:\w+ ){1,2})allerg(?:y|ies)\b", value, re.IGNORECASE
            )
            return found[1].strip() if found else None
        case "condition":
            found = _CONDITIONS.search(head)
            return value if found else None
        case "ill":
            return value if words and (words[0] in ILL or words[-1] in ILL) and len(words) < 4 else None
        case "diet":
            found = _DIETS.match(head)
            return found[2].lower() if found else None
        case "food":
            return value if 0 < len(words) < 5 and not _POINTING.match(low) and words[0] not in NO_FOOD else None
        case "medicine":
            return (
                value
                if re.search(
                    r"\b(pills?|tablets?|mg|medication|medicine|insulin|inhaler|antibiotics|antidepressants"
                    r"|ibuprofen|aspirin|statins?|\w+(?:ine|ol|in|ium|pril|done|zole) (?:for|every|daily|each"
                    r"|twice|once))\b",
                    text,
                    re.IGNORECASE,
                )
                and not _POINTING.match(low)
                else None
            )
        case "phone":
            thing = re.split(r" (?:with|on|about|from|by|to|in) ", low)[0]
            return value if re.search(r"\b(iphone|android|samsung|pixel|phone|nokia|fairphone)\b", thing) else None
        case "car":
            return (
                value
                if re.search(
                    r"\b(car|van|motorbike|motorcycle|suv|camper|truck|tesla|volvo|toyota|honda|ford|bmw|audi|volkswagen|vw|fiat|renault|peugeot|skoda|seat|mazda|nissan|hyundai|kia|subaru|mercedes|opel|mini)\b",
                    low,
                )
                and "card" not in words
                else None
            )
        case "belonging":
            return (
                value
                if head != value
                and 0 < len(words) < 8
                and not _POINTING.match(low)
                and words[-1] not in NO_BELONGING
                and words[0] not in NO_BELONGING
                else None
            )
        case "instrument":
            first = [word for word in re.findall(r"[a-z]+", low)[:4] if word in INSTRUMENTS]
            return first[0] if first else None
        case "game":
            return (
                re.split(r" (?:with|on|every|at|in|for|after|since|twice|once|all) ", value)[0]
                if 0 < len(words) < 8
                and not _POINTING.match(low)
                and words[0] not in ("with", "around", "along")
                and not any(w in INSTRUMENTS for w in words)
                else None
            )
        case "exercise":
            return (
                words[0]
                if words
                and words[0]
                in (
                    "yoga",
                    "pilates",
                    "karate",
                    "judo",
                    "gymnastics",
                    "ballet",
                    "parkour",
                    "crossfit",
                    "athletics",
                    "taekwondo",
                    "boxing",
                )
                else None
            )
        case "aim":
            return (
                value
                if 2 <= len(words) < 25
                and words[0] not in NO_AIM
                and not re.search(r"\b(you|your|it|this|that|them)\b", low)
                else None
            )
        case "view":
            return (
                value
                if len(text.split()) > 4
                and words[0] not in TRANSIENT
                and not _POINTING.match(low)
                and not re.match(r"(?:i|we|there|he|she|they|like|about|of|so|my|more|free|better)\b", low)
                and not re.search(r"\byou(?:r)?\b", low)
                and " " in text
                else None
            )
        case _:
            return (
                value
                if 0 < len(words) < 16
                and not _POINTING.match(low)
                and words[0] not in TRANSIENT
                and not re.search(r"\byou(?:r|rs)?\b", low)
                else None
            )


def _keep_commas(text: str) -> str:
    """The rest of a clause up to what cannot belong to a place; a comma before a name belongs to it."""
    return re.split(
        r",(?! [A-ZÀ-Þ])|[;:(]| (?:because|since|when|while|but|so|which|who|where|and|until|till|if)\b", text
    )[0].strip()


def _is_count(head: str) -> bool:
    return bool(
        re.match(r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d+|no|several)\b", head, re.IGNORECASE)
    )


_TITLE = re.compile(r"(?:dr|mr|mrs|ms|prof)\b", re.IGNORECASE)
_PLACING = frozenset(["up", "down", "off", "out", "in", "on", "over", "home"])


def is_transient(words: str) -> bool:
    """Whether what something is said to be is a mood or a verdict of the moment ("great", "so tired")."""
    low = [
        word
        for word in re.findall(r"[\w'-]+", words.lower())
        if word not in ("really", "very", "pretty", "quite", "just", "not", "all", "a", "bit", "so")
    ]
    return not low or (low[0] in TRANSIENT and (len(low) == 1 or low[0] not in _PLACING))
