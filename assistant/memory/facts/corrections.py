"""What the user does to facts: words of their own, and facts that must not come back from their sources."""

from collections.abc import Collection

from msgspec.structs import replace

from assistant.memory.facts.extract import Claim, claims, claims_of
from assistant.memory.facts.relate import NOT, Thread, key_of, thread_of, value_terms
from assistant.memory.facts.threads import before_in
from assistant.store.records import Episode, Fact, RecordId
from assistant.store.store import Store
from assistant.store.terms import search_terms


def refusing(store: Store, facts: Collection[Fact], gone: Collection[RecordId]) -> dict[RecordId, Episode]:
    """The sources of facts that the user forgets, marked so that they never give these facts again.

    The mark is a number in the episode's own sealed record: it holds no words and goes with the episode.
    """
    marked: dict[RecordId, Episode] = {}
    for fact in facts:
        for source in fact.sources:
            episode = marked.get(source) or store.get(source, vectors=False)
            if not isinstance(episode, Episode) or episode.role == "assistant" or source in gone:
                continue
            thread = thread_of(fact.subject, fact.attribute, fact.value)
            keys = {key_of(c) for c in claims_of(episode, before_in(store, episode)) if _gives(c, fact, thread)} | set(
                fact.covers
            )
            marked[source] = replace(episode, refused=tuple(sorted(keys.union(episode.refused))))
    return marked


def _gives(claim: Claim, fact: Fact, thread: Thread) -> bool:
    """Whether a claim is one of those that made a fact."""
    if claim.attribute != fact.attribute or claim.denies != fact.value.startswith(NOT):
        return False
    if thread_of(claim.subject, claim.attribute, claim.value) != thread:
        return False
    said, kept = value_terms(claim.value), value_terms(fact.value.removeprefix(NOT))
    return said <= kept or kept <= said


def corrected(fact: Fact, text: str, covers: Collection[int]) -> Fact:
    """A fact in the user's own words; its value is read out of them where that can be done.

    Args:
        fact: As it is.
        text: The user's words.
        covers: Keys of the claims that it came from, which it now stands for.
    """
    read = [c for c in claims(text, "user", fact.time) if c.attribute == fact.attribute]
    same = next((c for c in read if c.subject == fact.subject), None)
    value = same.value if same is not None else text.rstrip(".!")
    value = f"{NOT}{value}".strip() if same is not None and same.denies else value
    return replace(
        fact,
        text=text,
        value=value,
        corrected=True,
        covers=tuple(sorted({*fact.covers, *covers})),
        vectors=b"",
        terms=search_terms(text).tobytes(),
    )


def covered_by(store: Store, fact: Fact) -> set[int]:
    """Keys of the claims of its sources that made a fact."""
    thread = thread_of(fact.subject, fact.attribute, fact.value)
    episodes = (store.get(source, vectors=False) for source in fact.sources)
    return {
        key_of(c)
        for e in episodes
        if isinstance(e, Episode)
        for c in claims_of(e, before_in(store, e))
        if _gives(c, fact, thread)
    }
