"""What extracted facts hold of a generated dialogue: no store, no model, a second a dialogue.

The dialogues are those of the `hema` benchmark. Of each thing that the user told, is the value that holds kept as a
current fact of the right person, does a value that no longer holds still stand, and which facts come from nothing that
was told? By kind, and by the form of the telling.
"""

import statistics
import time
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.memory.facts.extract import BEFORE, claims_of
from assistant.memory.facts.relate import Draft, Stated, facts_of
from assistant.memory.text import sentences
from assistant.store.records import Episode, Standing

from .hema.dialogue import Dialogue, Probe
from .hema.generator import generate
from .hema.kinds import HABITS
from .hema.metrics import Line, holds_any, shows

TURNS = 600
ALL = 100_000
"""As many probes as there are stories."""


@dataclass(frozen=True)
class Outcome:
    """What became of one thing that was told."""

    kind: str
    forms: tuple[str, ...]
    held: bool
    stale: bool | None
    told: tuple[str, ...]


def measure(seeds: Sequence[int], *, turns: int = TURNS) -> dict[str, object]:
    """Shares of current values held, of superseded values that still stand, and of facts that are junk."""
    outcomes: list[Outcome] = []
    junk: list[bool] = []
    spent = messages = 0.0
    for seed in seeds:
        dialogue = generate(turns, seed, probes=ALL)
        began = time.perf_counter()
        drafts = kept(dialogue)
        spent += time.perf_counter() - began
        messages += len(dialogue.turns)
        outcomes += outcomes_of(dialogue, drafts)
        junk += [is_junk for _, is_junk in judged(dialogue, drafts)]
    result: dict[str, object] = {
        "held": _share(o.held for o in outcomes),
        "stale": _share(o.stale for o in outcomes if o.stale is not None),
        "junk": _share(junk),
        "facts_a_turn": round(len(junk) / messages, 3),
        "ms_a_message": round(1000 * spent / messages, 3),
    }
    for group, names in (("form", {f for o in outcomes for f in o.forms}), ("kind", {o.kind for o in outcomes})):
        for name in sorted(names):
            of = [o for o in outcomes if name in (o.forms if group == "form" else (o.kind,))]
            stale = [o.stale for o in of if o.stale is not None]
            result[f"{group}: {name}"] = (_share(o.held for o in of), _share(stale), len(of))
    return result


def _share(hits: Collection[bool | None] | Iterator[bool | None]) -> float:
    found = [float(bool(hit)) for hit in hits]
    return round(statistics.fmean(found), 3) if found else 0.0


def episodes_of(dialogue: Dialogue) -> list[Episode]:
    """The messages of a dialogue, user and assistant by turns."""
    return [
        Episode(
            id=dialogue.message_id(i, role),
            conversation="",
            role=role,
            text=text,
            time=turn.time,
            position=2 * i + place,
            message=dialogue.message_id(i, role),
        )
        for i, turn in enumerate(dialogue.turns)
        for place, (role, text) in enumerate((("user", turn.user), ("assistant", turn.assistant)))
    ]


def kept(dialogue: Dialogue) -> list[Draft]:
    """The facts that the messages of a dialogue make."""
    said = episodes_of(dialogue)
    stated = []
    for at, episode in enumerate(said):
        for i, claim in enumerate(claims_of(episode, said[max(0, at - BEFORE) : at])):
            place = (episode.position, 0, i)
            stated.append(Stated(claim, (episode.id,), "", episode.time, episode.time, episode.role, place))
    return facts_of(stated)


def _line(draft: Draft) -> Line:
    subject = "the user" if draft.claim.subject == "user" else draft.claim.subject
    return Line(f"{subject}: {draft.claim.text}")


def outcomes_of(dialogue: Dialogue, drafts: Sequence[Draft]) -> list[Outcome]:
    """What became of each thing that is probed, but for questions about two at once and about earlier values."""
    cast = [who.name for who in dialogue.cast]
    holding = [draft for draft in drafts if draft.standing is not Standing.SUPERSEDED]
    current = [_line(draft) for draft in holding]
    outcomes = []
    for probe in dialogue.probes:
        if not probe.answerable or probe.category in ("multi", "previous"):
            continue
        piece = probe.pieces[0]
        outdated = replace(piece, forms=probe.stale, told_as=())
        # A fact that says itself that the older value is over does not let it stand.
        alone = [
            _line(draft)
            for draft in holding
            if not draft.claim.denies and not holds_any(" ; ".join(draft.ends), [_bare(form) for form in probe.stale])
        ]
        stale = shows(alone, outdated, (), cast) if probe.stale else None
        told = tuple(dialogue.turns[turn].user for turn in (*probe.stale_turns, *probe.evidence))
        held = shows(current, piece, (), cast)
        outcomes.append(Outcome(_kind(probe), _forms(dialogue, probe), held, stale, told))
    return outcomes


def _bare(value: str) -> str:
    """A value without its article."""
    return value.removeprefix("the ").removeprefix("a ").removeprefix("an ")


def _kind(probe: Probe) -> str:
    return "habit" if probe.category == "negated" else "event" if probe.category == "when" else probe.kind


def _forms(dialogue: Dialogue, probe: Probe) -> tuple[str, ...]:
    said = dialogue.turns[probe.evidence[-1]].user
    direct = len(sentences(said)) == 1 and "," not in said
    whom = "of another" if probe.pieces[0].subject else "of the user"
    return probe.category, "direct" if direct else "in passing", whom


def judged(dialogue: Dialogue, drafts: Sequence[Draft]) -> Iterator[tuple[Draft, bool]]:
    """Each fact, and whether it is junk: it tells neither a value that was told nor who somebody is."""
    told: dict[str, set[str]] = defaultdict(set)
    for probe in dialogue.probes:
        forms = {*probe.stale, *(f for piece in probe.pieces for f in (*piece.forms, *piece.told_as))}
        for turn in probe.relevant:
            told[dialogue.message_id(turn)] |= forms
    names = {who.name for who in dialogue.cast}
    habits = {habit.key for habit in HABITS}
    for draft in drafts:
        text = f"{draft.claim.subject}: {draft.claim.text}"
        relates = draft.claim.value in names
        habit = any(key in draft.claim.text for key in habits)
        yield draft, not (relates or habit or any(holds_any(text, told[source]) for source in draft.sources))
