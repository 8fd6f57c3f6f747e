"""What a forgetting removes and makes anew, so that nothing brings back what goes. Plans; `forget` carries it out."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from msgspec.structs import replace

from assistant.memory.branches import aside_in, lines, other_wordings
from assistant.memory.compact.levels import summaries_anew
from assistant.memory.compact.material import Material, outdated_values
from assistant.memory.episodes import in_context_anew
from assistant.memory.facts.corrections import refusing
from assistant.memory.facts.rebuild import update as update_facts
from assistant.memory.facts.threads import Threads
from assistant.memory.forgetting.echoes import episodes_among
from assistant.memory.titles import title_from
from assistant.models.embedder import Embedder
from assistant.store.records import Aside, Conversation, Draft, Episode, Fact, Record, RecordId, Summary, Usage
from assistant.store.store import Store


@dataclass(frozen=True)
class Plan:
    """What a forgetting does.

    Attributes:
        remove: Ids of all rows that go.
        rebuilt: Records that are made anew from what is left, to be stored before the rows go.
        episodes, echoes, conversations, usages: How many of these go; an echo is an answer of Hippo's that repeated
            what is forgotten.
        summaries_rebuilt, summaries_dropped: What becomes of the summaries that drew on it.
        facts_rebuilt, facts_dropped: What becomes of the facts that stood on it or related to such a one.
    """

    remove: tuple[RecordId, ...]
    rebuilt: tuple[Record, ...]
    episodes: int = 0
    echoes: int = 0
    conversations: int = 0
    usages: int = 0
    summaries_rebuilt: int = 0
    summaries_dropped: int = 0
    facts_rebuilt: int = 0
    facts_dropped: int = 0


def with_conversations(store: Store, ids: Collection[RecordId]) -> set[RecordId]:
    """The ids, and for each conversation among them all that was said, summed up and begun to be written in it; for
    each message, its other wordings."""
    wanted = set(ids)
    conversations = {i for i in wanted if isinstance(store.get(i, vectors=False), Conversation)}
    for conversation in conversations:
        wanted.update(e.id for line in lines(store, conversation) for e in line)
    if conversations:
        about: list[Summary | Usage | Draft] = [
            *store.all(Summary, vectors=False),
            *store.all(Usage),
            *store.all(Draft),
        ]
        wanted.update(record.id for record in about if record.conversation in conversations)
    return wanted | other_wordings(store, wanted)


def plan_forgetting(
    store: Store,
    threads: Threads,
    ids: Collection[RecordId],
    repeated: Collection[RecordId],
    *,
    embedder: Callable[[], Embedder],
    now: datetime,
) -> Plan:
    """Work out what goes and what is made anew when these records (and all that repeats them) are forgotten.

    Args:
        store: Read only.
        threads: Of this store.
        ids: Records to forget, already with what `with_conversations` adds.
        repeated: Their `echoes`.
        embedder: Called only if something has to be embedded again.
        now: Time of rebuilt summaries.
    """
    wanted = set(ids)
    asked = episodes_among(store, wanted)
    wanted.update(repeated)
    episodes = episodes_among(store, wanted)
    rebuilt: list[Record] = []

    touched = {e.conversation for e in episodes}
    emptied: set[RecordId] = set()
    for conversation in touched:
        left = [e for e in store.episodes_of(conversation, vectors=False) if e.id not in wanted]
        # Where nothing that is shown is left, another branch is shown instead.
        left = left or [e for e in aside_in(store, conversation) if e.id not in wanted]
        record = store.get(conversation)
        if not left:
            emptied.add(conversation)
        elif isinstance(record, Conversation) and record.title_source in wanted:
            first = next((e for e in left if e.told), left[0])
            rebuilt.append(replace(record, title=title_from(first.text), title_source=first.id))
    rebuilt.extend(successors_anew(store, touched, wanted, {}, embedder))
    rebuilt.extend(aside_anew(store, touched, wanted))
    wanted |= {c for c in emptied if c in store}
    drafts = [d for d in store.all(Draft) if d.conversation in emptied or d.instead_of in {e.message for e in episodes}]
    # One of a chat that stays is emptied, not removed: the next one has its id, which must not count as forgotten.
    kept = [without_edit(draft) for draft in drafts if draft.conversation not in emptied]
    rebuilt.extend(kept)
    wanted |= {draft.id for draft in drafts} - {draft.id for draft in kept}

    summaries = store.all(Summary, vectors=False)
    material = Material(
        store, lambda text: embedder().count_tokens(text), now, gone=wanted, outdated=outdated_values(store)
    )
    remade, ended = summaries_anew(material, summaries, leave=wanted)
    rebuilt.extend(remade)
    wanted.update(ended)

    facts = [fact for i in ids if isinstance(fact := store.get(i, vectors=False), Fact)]
    marked = refusing(store, facts, wanted)
    told = update_facts(
        store, threads, edited=marked, gone={e.id for e in episodes}, refused={fact.id for fact in facts}
    )
    reembedded = {record.id: i for i, record in enumerate(rebuilt) if isinstance(record, Episode)}
    for episode in marked.values():
        if episode.id in reembedded:
            rebuilt[reembedded[episode.id]] = replace(rebuilt[reembedded[episode.id]], refused=episode.refused)
        else:
            rebuilt.append(episode)
    rebuilt.extend(told.facts)
    wanted.update(told.gone)

    usages = 0
    for usage in store.usages_naming(wanted):
        if usage.answer in wanted:
            wanted.add(usage.id)
        if usage.id in wanted:
            usages += 1
        elif any(used.record in wanted for used in usage.used):
            rebuilt.append(replace(usage, used=tuple(u for u in usage.used if u.record not in wanted)))
    return Plan(
        remove=tuple(sorted(wanted)),
        rebuilt=tuple(rebuilt),
        episodes=len(asked),
        echoes=len(set(repeated) - {e.id for e in asked}),
        conversations=sum(isinstance(store.get(i, vectors=False), Conversation) for i in wanted),
        usages=usages,
        summaries_rebuilt=len(remade),
        summaries_dropped=len(ended) + sum(isinstance(store.get(i, vectors=False), Summary) for i in ids),
        facts_rebuilt=len(told.facts),
        facts_dropped=len(told.gone),
    )


def without_edit(draft: Draft) -> Draft:
    """A draft without the other words for a message that goes: they began as a copy of it."""
    return replace(draft, instead_of="", edit="")


def aside_anew(store: Store, conversations: Collection[RecordId], gone: Collection[RecordId]) -> list[Aside]:
    """Episodes that are put aside, without what would bring back what goes: embeddings that saw it (there are new ones
    when they are shown again), and facts that draw on it.

    Args:
        store: Read only.
        conversations: Where something goes.
        gone: Ids of what goes.
    """
    after: set[RecordId] = set()
    for line in (line for of in conversations for line in lines(store, of)) if store.count(Aside) else ():
        after.update(episode.id for before, episode in pairwise(line) if before.id in gone)
    found: list[Aside] = []
    for aside in store.all(Aside):
        episode = replace(aside.episode, vectors=b"") if aside.id in after else aside.episode
        facts = tuple(fact for fact in aside.facts if not set(fact.sources) & set(gone))
        if aside.id not in gone and (episode != aside.episode or facts != aside.facts):
            found.append(replace(aside, episode=episode, facts=facts))
    return found


def successors_anew(
    store: Store,
    conversations: Iterable[RecordId],
    gone: Collection[RecordId],
    edited: Mapping[RecordId, Episode],
    embedder: Callable[[], Embedder],
) -> list[Episode]:
    """Episodes that were embedded together with one that changes or goes, embedded again with what then precedes.

    An embedding can be inverted, so a forgotten text must not live on in its neighbour's.

    Args:
        store: Read only.
        conversations: The conversations to look through.
        gone: Ids of the episodes that go.
        edited: Episodes that get other words, as they will be.
        embedder: Called only if something has to be embedded again.
    """
    follows: list[tuple[Episode, str]] = []
    for conversation in conversations:
        before, lost = "", False
        for episode in store.episodes_of(conversation, vectors=False):
            if episode.id in gone:
                lost = True
            elif episode.id in edited:
                before, lost = edited[episode.id].text, True
            else:
                if lost:
                    follows.append((episode, before))
                before, lost = episode.text, False
    if not follows:
        return []
    whole = store.whole([episode for episode, _ in follows])
    return in_context_anew([(each, before) for each, (_, before) in zip(whole, follows, strict=True)], embedder())
