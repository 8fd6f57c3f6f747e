"""Forgetting on request, carried out: hidden at once, shown again by undo, purged when the time for that is over."""

import dataclasses
from collections.abc import Iterable

from assistant.errors import InputError
from assistant.memory.clock import now
from assistant.memory.forgetting.audit import audit_line
from assistant.memory.forgetting.echoes import episodes_among
from assistant.memory.forgetting.plan import plan_forgetting, with_conversations
from assistant.memory.forgetting.receipt import Receipt
from assistant.memory.indexed_store import IndexedStore
from assistant.memory.listing import records
from assistant.memory.remembering import summarise
from assistant.memory.switching import show_what_is_left
from assistant.store.records import (
    Aside,
    BackupMade,
    Conversation,
    Draft,
    FadingRun,
    Forgotten,
    PendingForget,
    RecordId,
    Remembered,
    RetentionRule,
    Usage,
    new_id,
)


def begin(indexed: IndexedStore, ids: Iterable[RecordId]) -> tuple[PendingForget, frozenset[RecordId]]:
    """See `Memory.begin_forget`. Returns also the ids of all that is hidden by it."""
    store, ids = indexed.store, list(ids)
    damaged = {row.id for row in store.damaged}
    for i in ids:
        is_known = i in damaged or isinstance(store.get(i, vectors=False), Remembered | Conversation | Aside)
        if not is_known or i in indexed.hidden:
            raise InputError(f"There is no memory with the id {i}.")
    wanted = with_conversations(store, ids)
    pending = PendingForget(id=new_id(), records=tuple(sorted(wanted)), time=now())
    indexed.commit([pending])
    return pending, indexed.pending.add(pending)


def undo(indexed: IndexedStore, pending: RecordId) -> None:
    """See `Memory.undo_forget`."""
    waiting = indexed.pending.get(pending)
    if waiting is None:
        raise InputError("This can no longer be undone: it was purged.")
    again = {e.conversation for e in episodes_among(indexed.store, waiting.records)}
    indexed.commit(remove=[pending])
    indexed.pending.drop(pending)
    for conversation in again:  # what was said meanwhile was not summed up where the summary was hidden
        summarise(indexed, conversation)


def finish(indexed: IndexedStore, pending: RecordId) -> Receipt:
    """See `Memory.finish_forget`."""
    waiting = indexed.pending.get(pending)
    if waiting is None:
        raise InputError("This was undone or purged already.")
    known = [i for i in waiting.records if i in indexed.store]
    plan = plan_forgetting(
        indexed.store,
        indexed.threads,
        known,
        indexed.pending.shadow(pending).echoes,
        embedder=indexed.embedder,
        now=now(),
    )
    indexed.commit([*plan.rebuilt, audit_line(indexed.store, pending, plan.remove, now())])
    damaged = [row.id for row in indexed.store.damaged if row.id in waiting.records]
    chats = {e.conversation for e in episodes_among(indexed.store, plan.remove)}
    report = indexed.purge([*plan.remove, *damaged, pending])
    indexed.pending.drop(pending)
    show_what_is_left(indexed, chats)
    return Receipt(
        when=now(),
        episodes=plan.episodes,
        echoes=plan.echoes,
        summaries_rebuilt=plan.summaries_rebuilt,
        summaries_dropped=plan.summaries_dropped,
        facts_rebuilt=plan.facts_rebuilt,
        facts_dropped=plan.facts_dropped,
        conversations=plan.conversations,
        usages=plan.usages,
        rows=len(plan.remove),
        bytes_reclaimed=report.bytes_reclaimed,
        files_searched=report.files_searched,
        verified=report.verified,
    )


def everything(indexed: IndexedStore) -> list[RecordId]:
    """Ids that name all that is remembered: the conversations, and what belongs to none."""
    conversations = [chat.id for chat in indexed.store.all(Conversation)]
    known = set(conversations)
    loose = [record.id for record in records(indexed) if record.conversation not in known]
    return [i for i in [*conversations, *loose] if i not in indexed.hidden]


def purge_the_rest(indexed: IndexedStore, receipt: Receipt | None) -> Receipt:
    """Purge what is left when all memories are forgotten: damaged rows, traces of use, notes, rules.

    Args:
        indexed: What is left.
        receipt: Of the memories, or None where there were none. What is returned counts them too.
    """
    store = indexed.store
    receipt = receipt or Receipt.of_nothing(now())
    damaged = [row.id for row in store.damaged if row.id]
    usages = [usage.id for usage in store.all(Usage)]
    notes = [n.id for kind in (FadingRun, Forgotten, RetentionRule, BackupMade, Draft) for n in store.all(kind)]
    if not damaged and not usages and not notes:
        return receipt
    report = indexed.purge([*damaged, *usages, *notes])
    return receipt + dataclasses.replace(
        Receipt.of_nothing(now()),
        usages=len(usages),
        rows=report.rows,
        bytes_reclaimed=report.bytes_reclaimed,
        files_searched=report.files_searched,
        verified=report.verified,
    )
