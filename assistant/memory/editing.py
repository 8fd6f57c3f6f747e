"""The user's hand on a memory: other words for it, and its state. What was derived from it follows."""

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from assistant.errors import InputError
from assistant.memory.aside import summaries_without
from assistant.memory.clock import now
from assistant.memory.compact.levels import after_correction
from assistant.memory.compact.lines import corrected_summary
from assistant.memory.episodes import reworded, terms_of
from assistant.memory.facts.corrections import corrected, covered_by
from assistant.memory.facts.rebuild import update as update_facts
from assistant.memory.forgetting.echoes import echoes
from assistant.memory.forgetting.plan import successors_anew
from assistant.memory.indexed_store import IndexedStore
from assistant.memory.listing import record_of
from assistant.memory.spaces import space_of_record
from assistant.memory.titles import title_from
from assistant.store.records import Conversation, Episode, Fact, Record, RecordId, Remembered, Revision, State, Summary


@dataclass(frozen=True)
class Edited:
    """What an edit made.

    Attributes:
        record: The memory as it is now.
        lost: Ids of the records (and messages) whose words changed or went.
    """

    record: Remembered
    lost: frozenset[RecordId] = frozenset()


def edit(indexed: IndexedStore, record_id: RecordId, text: str) -> Edited:
    """See `Memory.edit`."""
    record = record_of(indexed, record_id)
    text = text.strip() if isinstance(record, Summary) else text.strip("\n")
    if not text.strip():
        raise InputError("A memory cannot be empty.", next_step="To remove it, forget it.")
    if text == record.text:
        return Edited(record)
    _refuse_aside(record)
    if isinstance(record, Summary):
        return _edit_summary(indexed, record, text)
    if isinstance(record, Fact):
        return _edit_fact(indexed, record, text)
    return _edit_episode(indexed, record, text)


def _edit_summary(indexed: IndexedStore, summary: Summary, text: str) -> Edited:
    store = indexed.store
    sources = {i: e.text for i in summary.sources if isinstance(e := store.get(i, vectors=False), Episode)}
    edited = corrected_summary(summary, text, sources, now())
    space = space_of_record(store, edited)
    shown = [s for s in indexed.watch.summaries.all() if s.id not in indexed.hidden]
    others, ended = after_correction(edited, [s for s in shown if space_of_record(store, s) == space], now())
    indexed.commit([edited, *others], remove=ended)
    lost = frozenset({edited.id, *ended, *(other.id for other in others)})
    return Edited(record_of(indexed, edited.id), lost)


def _edit_fact(indexed: IndexedStore, fact: Fact, text: str) -> Edited:
    """Word a fact as the user does. It stays so until one of its sources is forgotten."""
    worded = corrected(fact, text, covered_by(indexed.store, fact))
    worded = replace(worded, history=(*fact.history, Revision(text=fact.text, until=now())))
    told = update_facts(indexed.store, indexed.threads, correction=worded)
    indexed.commit(told.facts, remove=told.gone)
    edited = indexed.store.get(fact.id, vectors=False)
    return Edited(edited if isinstance(edited, Fact) else worded, frozenset({fact.id, *told.gone}))


def _edit_episode(indexed: IndexedStore, episode: Episode, text: str) -> Edited:
    past = indexed.store.episodes_of(episode.conversation, vectors=False)
    place = next(i for i, other in enumerate(past) if other.id == episode.id)
    edited = reworded(episode, text, indexed.embedder(), before=past[place - 1].text if place else "")
    edited = replace(edited, history=(*episode.history, Revision(text=episode.text, until=now())))
    changed, dropped = _after_edit(indexed, episode, edited)
    indexed.commit([edited, *changed], remove=dropped)
    return Edited(edited, frozenset({episode.id, episode.message}))


def _after_edit(
    indexed: IndexedStore, episode: Episode, edited: Episode
) -> tuple[Sequence[Record], Sequence[RecordId]]:
    """What else an edit changes (embeddings in context, echoes, summaries, facts, the title), and what it empties."""
    store, overlay = indexed.store, {edited.id: edited}
    changed: dict[RecordId, Record] = {
        other.id: other for other in successors_anew(store, [episode.conversation], (), overlay, indexed.embedder)
    }
    lost = terms_of(episode) - terms_of(edited)
    for echo in echoes(store, {edited.id: lost}) if lost else ():
        answer = changed.get(echo) or store.get(echo, vectors=False)
        if isinstance(answer, Episode) and answer.state is State.ACTIVE:
            changed[echo] = replace(answer, state=State.FADED)
    remade, dropped = summaries_without(indexed, (), overlay)
    told = update_facts(store, indexed.threads, edited=overlay)
    changed.update((summary.id, summary) for summary in remade)
    changed.update((fact.id, fact) for fact in told.facts)
    chat = store.get(episode.conversation)
    if isinstance(chat, Conversation) and chat.title_source == episode.id:
        changed[chat.id] = replace(chat, title=title_from(edited.text))
    return list(changed.values()), [*dropped, *told.gone]


def set_state(indexed: IndexedStore, ids: Sequence[RecordId], state: State) -> None:
    """See `Memory.set_state`."""
    records = [r for i in ids if isinstance(r := record_of(indexed, i), Episode | Fact) and r.state is not state]
    for record in records:
        _refuse_aside(record)
    turn = indexed.store.turn
    indexed.commit([_in_state(r, state, turn) if isinstance(r, Episode) else replace(r, state=state) for r in records])


def _refuse_aside(record: Remembered) -> None:
    if isinstance(record, Episode) and record.state is State.ASIDE:
        raise InputError(
            "This was said on a branch of its chat that is not shown, so it can only be read or forgotten.",
            next_step="Show that version in the chat first.",
        )


def _in_state(episode: Episode, state: State, turn: int) -> Episode:
    # Fading and restoring are dated: what is restored has a new lease, and does not fade at the next run.
    dated = State.FADED in (state, episode.state)
    return replace(episode, state=state, state_turn=turn if dated else episode.state_turn)
