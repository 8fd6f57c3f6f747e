"""What a predicate says of its subject: a table of patterns over verbs, each with the attribute that it tells.

A template is a verb, or several between bars, then words as they stand; "?" marks a word that may be missing, and
{type} takes the value: see `values`.
"""

import re
from dataclasses import dataclass

from assistant.memory.facts.predicate import Predicate
from assistant.memory.facts.values import cut


@dataclass(frozen=True)
class Rule:
    """One pattern.

    Attributes:
        attribute: What it tells. A "*" at its beginning is the opposite: what the value is denied of.
        template: See above.
        change: It tells of a change, so that an older value is known to have ended.
        ends: It tells that the value does not hold any more.
        only: The tenses in which it tells that; empty for all but the future and what might be.
    """

    attribute: str
    pattern: re.Pattern[str]
    kind: str
    change: bool = False
    ends: bool = False
    only: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Match:
    """What a rule found: an attribute and a value, as written; `change` and `ends` as in `Rule`."""

    attribute: str
    value: str
    change: bool
    ends: bool


def _rule(attribute: str, template: str, *, change: bool = False, ends: bool = False, only: str = "") -> Rule:
    kind = ""
    parts: list[str] = []
    for token in template.split():
        optional, word = token.endswith("?"), token.removesuffix("?")
        if word == "...":
            parts.append(r"(?:\S+\s+){1,4}?")
            continue
        if word.startswith("{"):
            kind = word[1:-1]
            inner = r"(?P<value>.*)" if kind in ("nothing", "retired") else r"(?P<value>.+)"
        else:
            inner = "(?:" + "|".join(re.escape(each).replace("_", " ") for each in word.split("|")) + r")(?=\s|$)"
        parts.append(rf"(?:{inner}\s+)?" if optional else rf"{inner}\s*")
    return Rule(attribute, re.compile("".join(parts), re.IGNORECASE), kind, change, ends, frozenset(only.split()))


_SO = "so|very|really|quite|a_bit|totally|absolutely|deeply|still|also|pretty|severely|badly|mildly|highly"

RULES = (
    _rule("name", "be called|named {name}"),
    _rule("name", "be {own_name}", only="present"),
    _rule("home", "live|reside in|at {place}"),
    _rule("home", "be based|living|located in {place}"),
    _rule("home", "move|relocate back|over|here? to {place}", change=True, only="past perfect"),
    _rule("home", "move|relocate back|over|away|out? from|of|out_of ... to {place}", change=True, only="past perfect"),
    _rule("home", "settle down? in {place}", change=True),
    _rule(
        "home",
        "find a|an|my|our|his|her|their new? flat|apartment|house|place in {place}",
        change=True,
        only="past perfect",
    ),
    _rule("home", "move|relocate away|out? from|of|out_of {place}", ends=True, only="past perfect"),
    _rule("home", "leave {city}", ends=True, only="past perfect"),
    _rule("origin", "be|come originally? from {place}", only="present"),
    _rule("birthplace", "be born and? raised? in {place}"),
    _rule("birthday", "be born and? raised? on {date}"),
    _rule("birthday", "be born and? raised? in {year}"),
    _rule("childhood home", "grow up in {place}"),
    _rule("age", "be {age}", only="present"),
    _rule("age", "turn {age}", change=True, only="past perfect"),
    _rule("nationality", "be a|an? {nationality}", only="present"),
    _rule("language", "speak {language}"),
    _rule("language", "be fluent|a_native_speaker|a_native in|of|speaker {language}"),
    _rule("language", "learn|study|practise|practice {language}"),
    _rule("job", "work|job as a|an|the? {role}"),
    _rule("job", "become {occupation}", change=True, only="past perfect"),
    _rule(
        "job",
        "get|start|take|land|find|accept a|my|the new? job|position|role as a|an|the? {role}",
        change=True,
        only="past perfect",
    ),
    _rule(
        "job",
        "quit|leave|throw_in|give_up the|my|his|her|their old? job|career to become|be {occupation}",
        change=True,
        only="past perfect",
    ),
    _rule("job", "retrain as a|an {role}", change=True, only="past perfect"),
    _rule("job", "get|be promoted to {role}", change=True),
    _rule("job", "be {occupation}"),
    _rule("employer", "be|work as? {role_at}"),
    _rule("job", "be {retired}"),
    _rule("job", "retire {retired}", change=True, only="past perfect"),
    _rule("employer", "work|intern|be_employed for|at|with {org}"),
    _rule("employer", "be employed by|at {org}"),
    _rule("employer", "start|begin working|work? at|for|with {org}", change=True, only="past perfect"),
    _rule(
        "employer",
        "get|start|take|land|find|accept a|my|the new? job|position|role|internship at|with {org}",
        change=True,
        only="past perfect",
    ),
    _rule("employer", "join {org}", change=True, only="past perfect"),
    _rule("employer", "leave|quit my|the? job|position? at? {org}", ends=True, only="past perfect"),
    _rule("job", "quit|leave|lose|resign_from my|the job {nothing}", ends=True, only="past perfect"),
    _rule("job", "get|be fired|laid_off {nothing}", ends=True),
    _rule("studies", "study|major_in {subject}"),
    _rule("studies", "major in {subject}"),
    _rule("studies", "do|finish|complete a|my degree|phd|master's|masters|bachelor's|bachelor|doctorate in {subject}"),
    _rule("school", "study|be_a_student at {org}"),
    _rule("school", "be a student at {org}"),
    _rule("school", "go to {school}", only="present"),
    _rule("partner", "be|get married|engaged to somebody|someone? called|named? {name}"),
    _rule("relationship", "be still|happily|now|recently|newly|also? {status}"),
    _rule("relationship", "get {status}", change=True, only="past perfect"),
    _rule("partner", "marry {name}", change=True, only="past perfect"),
    _rule("partner", "break|split up with {name}", ends=True, only="past perfect"),
    _rule("partner", "date {name}", only="progressive perfect"),
    _rule("partner", "see {own_name}", change=True, only="progressive"),
    _rule("children", "have {children}"),
    _rule("sibling", "have {siblings}"),
    _rule("pet", "have|own|get|adopt|rescue|keep|buy {pet}"),
    _rule("pet", "sell|lose|give_away|rehome {pet}", ends=True, only="past perfect"),
    _rule("allergy", f"be {_SO}? allergic to {{list}}"),
    _rule("allergy", "have a|an? strong|severe|bad|mild? allergy|allergies to {list}"),
    _rule("allergy", "have a|an? {allergy}"),
    _rule("condition", "have|suffer|live|struggle|manage with|from? {condition}"),
    _rule("condition", "be diagnosed with {thing}"),
    _rule("condition", f"be {_SO}? {{ill}}"),
    _rule("diet", "be {diet}"),
    _rule("diet", "eat|go|turn|become|follow {diet}", change=True),
    _rule("eats", "eat {food}", only="present perfect progressive"),
    _rule("drinks", "drink {food}", only="present perfect progressive"),
    _rule("smokes", "smoke|vape {nothing}", only="present perfect progressive"),
    _rule("medication", "take|use {medicine}"),
    _rule("fear", f"be {_SO}? afraid|scared|terrified|frightened of {{thing}}"),
    _rule("fear", "have a|an fear|phobia of {thing}"),
    _rule(
        "likes",
        f"be {_SO}? into|keen_on|fond_of|crazy_about|mad_about|passionate_about|obsessed_with|addicted_to|hooked_on"
        " {thing}",
    ),
    _rule("likes", "be a big|huge|great? fan|lover of {thing}"),
    _rule("likes", "like|love|enjoy|adore|prefer {thing}", only="present perfect"),
    _rule("dislikes", "dislike|hate|detest|loathe|stand|bear {thing}", only="present perfect modal"),
    _rule("phone", "have|use|own|get|buy a|an|the new? {phone}"),
    _rule("car", "drive a|an|my {thing}", only="present perfect progressive"),
    _rule("car", "have|own|get|buy {car}"),
    _rule("car", "sell|scrap|lose|crash my|our|the {car}", ends=True, only="past perfect"),
    _rule("possession", "own {thing}", only="present perfect"),
    _rule("possession", "buy|purchase|inherit|get|receive {belonging}", only="past perfect"),
    _rule(
        "possession", "sell|lose|donate|scrap|give_away|throw_away my|our|the {thing}", ends=True, only="past perfect"
    ),
    _rule("instrument", "play the? {instrument}"),
    _rule("sport", "play {game}", only="present progressive perfect"),
    _rule("sport", "do {exercise}", only="present progressive perfect"),
    _rule("hobby", "collect {thing}", only="present progressive perfect"),
    _rule("wake-up", "get|wake up at {clock}", only="present"),
    _rule("height", "be {height}"),
    _rule("weight", "weigh {number}"),
    _rule("goal", "want|hope|plan|aim|dream|intend|wish|love to|of|on {aim}", only="present progressive perfect modal"),
    _rule("goal", "be planning|hoping|saving|training|preparing|saving_up to|for|on {aim}"),
    _rule("dream", "want|wish|dream to|of be|become|being a|an? {role}", only="past"),
    _rule("opinion", "think|believe that? {view}", only="present"),
    _rule("opinion", "feel that {view}", only="present"),
)


def matches(predicate: Predicate) -> list[Match]:
    """All that the rules read in a predicate; of several rules for one attribute, the first."""
    said = f"{predicate.verb} {predicate.rest}".strip()
    found: dict[str, Match] = {}
    for rule in RULES:
        if rule.attribute in found or not _in_tense(rule, predicate):
            continue
        match = rule.pattern.match(said)
        if match is None:
            continue
        value = cut(rule.kind, match.groupdict().get("value") or "")
        if value is None or (rule.attribute == "possession" and found.keys() & {"car", "pet", "phone"}):
            continue
        found[rule.attribute] = Match(rule.attribute, value, rule.change, rule.ends)
    return list(found.values())


def _in_tense(rule: Rule, predicate: Predicate) -> bool:
    if rule.only:
        return predicate.tense in rule.only or (predicate.ended and predicate.tense == "past")
    return predicate.tense not in ("future", "modal")
