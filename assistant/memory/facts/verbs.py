"""English verbs, as far as reading a statement needs them: base forms, tenses, the third person. Knows no meaning."""

_IRREGULAR = """
be was been; become became become; begin began begun; bite bit bitten; blow blew blown; break broke broken
bring brought brought; build built built; buy bought bought; catch caught caught; choose chose chosen; come came come
cost cost cost; cut cut cut; deal dealt dealt; do did done; draw drew drawn; dream dreamt dreamt; drink drank drunk
drive drove driven; eat ate eaten; fall fell fallen; feed fed fed; feel felt felt; fight fought fought
find found found; fly flew flown; forget forgot forgotten; freeze froze frozen; get got gotten; give gave given
go went gone; grow grew grown; hang hung hung; have had had; hear heard heard; hide hid hidden; hit hit hit
hold held held; hurt hurt hurt; keep kept kept; know knew known; lay laid laid; lead led led; learn learnt learnt
leave left left; lend lent lent; let let let; lose lost lost; make made made; mean meant meant; meet met met
pay paid paid; put put put; quit quit quit; read read read; ride rode ridden; ring rang rung; rise rose risen
run ran run; say said said; see saw seen; sell sold sold; send sent sent; set set set; sew sewed sewn
shake shook shaken; shoot shot shot; show showed shown; sing sang sung; sit sat sat; sleep slept slept
speak spoke spoken
spend spent spent; split split split; spread spread spread; stand stood stood; steal stole stolen; stick stuck stuck
strike struck struck; swear swore sworn; swim swam swum; take took taken; teach taught taught; tear tore torn
tell told told; think thought thought; throw threw thrown; understand understood understood; wake woke woken
wear wore worn; win won won; write wrote written
"""

_REGULAR = """
accept achieve add adopt agree aim appreciate arrive ask attend avoid bake believe belong book borrow call camp cancel
care carry celebrate change check clean climb collect complete compose connect consider cook craft crochet cycle dance
date decide decorate design develop die divorce donate earn edit embrace encourage enjoy enter enroll enrol exercise
explore fail fast finish fish fix focus follow found garden graduate handle hate help hike hire hope host hunt
improve inherit inspire install join jog juggle kayak knit land launch like listen live love manage marry measure
meditate mentor mind miss move name need offer open order organise organize own pack paint park participate pass
perform photograph pick plan plant play practice practise prefer prepare present produce promise propose publish
purchase race raise reach receive recommend record recover register rehearse relocate remember rent repair replace
rescue research restore retire return save search seem separate settle share shop sign skate ski skip smoke snowboard
sort start stay stop struggle study suffer support surf switch talk tend thank train travel treat try turn tutor use
visit volunteer tidy explain suggest describe define list calculate compare guess type complain subscribe vote
wait
walk want wash watch weigh wish work worry
"""

IRREGULARS = {
    base: (past, participle)
    for line in _IRREGULAR.replace("\n", ";").split(";")
    if line.strip()
    for base, past, participle in [line.split()]
}
_BASE_OF = {form: base for base, forms in IRREGULARS.items() for form in forms if base != "be"}
_BASE_OF |= dict.fromkeys(("am", "is", "are", "was", "were", "been", "being"), "be")
_BASE_OF |= {"has": "have", "does": "do", "goes": "go", "got": "get", "lying": "lie", "dying": "die"}
BASES = frozenset({*IRREGULARS, *_REGULAR.split()})
PASTS = frozenset(past for past, _ in IRREGULARS.values()) | {"were"}
_PRESENT_TOO = frozenset({"cost", "cut", "hurt", "let", "put", "read", "set", "spread"})


def base_form(word: str) -> str:
    """The base form of a verb in any form, or "" where it is none that is known."""
    if word in _BASE_OF:
        return _BASE_OF[word]
    if word in BASES:
        return word
    for ending, replacements in (("ies", ("y",)), ("ied", ("y",)), ("es", ("", "e")), ("s", ("",))):
        if word.endswith(ending):
            found = next((s for r in replacements if (s := word[: -len(ending)] + r) in BASES), "")
            if found:
                return found
    for ending in ("ed", "ing"):
        stem = word.removesuffix(ending)
        if stem != word and stem:
            undoubled = stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else stem
            found = next((s for s in (stem, f"{stem}e", undoubled) if s in BASES), "")
            if found:
                return found
    return ""


def is_past(word: str) -> bool:
    """Whether a verb form is a simple past ("went", "moved"). "read" and its like count as present."""
    if word in PASTS:
        return word not in _PRESENT_TOO
    return word.endswith("ed") and word not in {"need", "feed", "speed", "breed", "bleed", "embed", "exceed", "succeed"}


def past_form(word: str) -> str:
    """The simple past of a base form: "grow" gives "grew"."""
    if word in IRREGULARS:
        return IRREGULARS[word][0]
    return f"{word}d" if word.endswith("e") else f"{word}ed"


def third_person(word: str) -> str:
    """The present tense for he or she of a base form: "live" gives "lives", "am" gives "is"."""
    if word in ("am", "are", "be"):
        return "is"
    if word in _SINGULAR:
        return _SINGULAR[word]
    if word in _MODALS or is_past(word):
        return word
    if word.endswith(("s", "sh", "ch", "x", "z")):
        return f"{word}es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}s"


_SINGULAR = {"have": "has", "do": "does", "go": "goes", "were": "was"}
_MODALS = frozenset({"will", "would", "can", "could", "might", "may", "must", "should", "shall", "was", "is", "has"})
