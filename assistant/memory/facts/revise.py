"""Facts as records: what was worked out anew continues what was known, under its id and with its state."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from assistant.memory.facts.relate import Draft
from assistant.store.records import Fact, RecordId, State, new_id
from assistant.store.store import Store
from assistant.store.terms import search_terms


@dataclass(frozen=True)
class Change:
    """What becomes of facts.

    Attributes:
        facts: New ones and changed ones. Those with other words than before have no vectors yet.
        gone: Ids of facts that nothing bears any more.
    """

    facts: tuple[Fact, ...] = ()
    gone: tuple[RecordId, ...] = ()


def as_records(
    drafts: Sequence[Draft], known: Sequence[Fact], reworded: Collection[RecordId], anew: Collection[RecordId]
) -> tuple[list[Fact], list[RecordId]]:
    """Drafts as records, those that are known under their ids: the changed and new ones, and ids of those that go."""
    before = _paired(drafts, known)
    ids = {id(draft): before[i].id if i in before else new_id() for i, draft in enumerate(drafts)}
    facts = []
    for i, draft in enumerate(drafts):
        old = before.get(i)
        made = _as_record(
            draft, ids[id(draft)], old, ids.get(id(draft.successor), "") if draft.successor else "", reworded
        )
        if old is None or old.id in anew or made != replace(old, vectors=b""):
            facts.append(made)
    taken = {fact.id for fact in before.values()}
    return facts, [fact.id for fact in known if fact.id not in taken]


def _as_record(
    draft: Draft, name: RecordId, old: Fact | None, successor: RecordId, reworded: Collection[RecordId]
) -> Fact:
    fact = draft.correction
    history = fact.history if fact is not None and not set(draft.sources) & set(reworded) else ()
    return Fact(
        id=name,
        conversation=draft.conversation,
        subject=draft.claim.subject,
        attribute=draft.claim.attribute,
        value=draft.value,
        text=draft.claim.text,
        time=draft.last,
        sources=tuple(draft.sources),
        valid_from=draft.since,
        valid_to=draft.until,
        standing=draft.standing,
        successor=successor,
        corrected=fact is not None,
        covers=fact.covers if fact is not None else (),
        state=old.state if old is not None else State.ACTIVE,
        terms=search_terms(draft.claim.text).tobytes(),
        ends=tuple((ending.what, ending.said) for ending in draft.ends.values()),
        history=history,
    )


def _paired(drafts: Sequence[Draft], known: Sequence[Fact]) -> dict[int, Fact]:
    """Which known fact each draft continues: corrections themselves, then the same value, then the same source."""
    paired: dict[int, Fact] = {}
    left = {fact.id: fact for fact in known}
    for i, draft in enumerate(drafts):
        if draft.correction is not None and draft.correction.id in left:
            paired[i] = left.pop(draft.correction.id)
    for same_value in (True, False):
        for i, draft in enumerate(drafts):
            if i in paired:
                continue
            fits = [
                (len(shared), fact.id)
                for fact in left.values()
                if (shared := set(fact.sources) & set(draft.sources))
                and fact.attribute == draft.claim.attribute
                and (fact.value.lower() == draft.value.lower() or not same_value)
            ]
            if fits:
                paired[i] = left.pop(max(fits)[1])
    return paired


def continued(store: Store, change: Change, reworded: Collection[RecordId], refused: Collection[RecordId]) -> Change:
    """The same, but that a fact whose message got another value goes on under its id, with its state."""
    if not reworded:
        return change
    renamed: dict[RecordId, Fact] = {}
    for i in change.gone:
        old = store.get(i, vectors=False)
        if not isinstance(old, Fact) or old.corrected or i in refused or not set(old.sources).intersection(reworded):
            continue
        for fact in change.facts:
            same = (fact.subject, fact.attribute) == (old.subject, old.attribute)
            if same and fact.id not in renamed and fact.id not in store and set(fact.sources) & set(old.sources):
                renamed[fact.id] = old
                break
    facts = tuple(
        replace(
            fact,
            id=renamed[fact.id].id if fact.id in renamed else fact.id,
            state=renamed[fact.id].state if fact.id in renamed else fact.state,
            successor=renamed[fact.successor].id if fact.successor in renamed else fact.successor,
        )
        for fact in change.facts
    )
    taken = {old.id for old in renamed.values()}
    return Change(facts, tuple(i for i in change.gone if i not in taken))
