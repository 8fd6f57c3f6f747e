"""Showing another branch of a chat: which messages are put aside and which come back, and what follows from it.

One commit moves the messages, with the facts that then hold; summaries lose what was put aside in the same commit, and
gain what came back in a second one (a crash in between costs a line, never tells one too many).
"""

from collections.abc import Collection

from msgspec.structs import replace

from assistant.errors import InputError
from assistant.memory.aside import facts_back, put_aside, summaries_without, with_facts
from assistant.memory.branches import Versions, aside_in, choose, forks, leading_to, segments, versions, ways_from
from assistant.memory.episodes import reworded
from assistant.memory.facts.rebuild import update as update_facts
from assistant.memory.indexed_store import IndexedStore
from assistant.memory.remembering import summarise
from assistant.memory.titles import title_from
from assistant.store.records import Aside, Conversation, Episode, RecordId


def show_version(indexed: IndexedStore, conversation: RecordId, message: RecordId, version: int) -> None:
    """See `Memory.show_version`."""
    chat = _chat(indexed, conversation)
    place = next((v for v in versions_in(indexed, chat) if v.message == message), None)
    if place is None or not 0 <= version < len(place.branches):
        raise InputError("This message has no such version any more.")
    if version != place.shown:
        _show(indexed, choose(chat, place.fork, place.branches[version]))


def show_message(indexed: IndexedStore, conversation: RecordId, message: RecordId) -> None:
    """See `Memory.show_message`."""
    aside = indexed.store.get(message)
    if isinstance(aside, Aside) and aside.episode.conversation == conversation and aside.id not in indexed.hidden:
        _show(indexed, leading_to(_chat(indexed, conversation), aside.episode))


def show_what_is_left(indexed: IndexedStore, conversations: Collection[RecordId] | None = None) -> None:
    """Where all messages of the branch that a chat showed are gone, show another one that has some.

    Args:
        indexed: The memory.
        conversations: Where messages went; None for all, as after a crash.
    """
    others: dict[RecordId, list[Episode]] = {}
    for each in indexed.store.all(Aside):
        others.setdefault(each.episode.conversation, []).append(each.episode)
    for conversation in others if conversations is None else others.keys() & set(conversations):
        chat, aside = indexed.store.get(conversation), others[conversation]
        while isinstance(chat, Conversation) and (other := _left(indexed, chat, aside)) is not None:
            _show(indexed, other)
            chat, aside = indexed.store.get(conversation), aside_in(indexed.store, conversation)


def _left(indexed: IndexedStore, chat: Conversation, aside: Collection[Episode]) -> Conversation | None:
    """The chat going another way at the last fork after which nothing is shown; None where there is no such."""
    shown = indexed.store.episodes_of(chat.id, vectors=False)
    for fork in sorted(forks(chat), key=lambda fork: -fork[1]):
        if any(e.position >= fork[1] for e in shown):
            return None
        for way in ways_from(chat, fork):
            if any(e.branch == way and e.position >= fork[1] for e in aside):
                return choose(chat, fork, way)
    return None


def _show(indexed: IndexedStore, chat: Conversation) -> None:
    """Make the shown line that which the chat has chosen."""
    store, line = indexed.store, segments(chat)
    shown, aside = store.episodes_of(chat.id, vectors=False), aside_in(store, chat.id)
    out = {e.id for e in shown if not any(segment.holds(e) for segment in line)}
    back = [e for e in aside if any(segment.holds(e) for segment in line)]
    said = sorted([*(e for e in shown if e.id not in out), *back], key=lambda e: (e.position, e.part))
    before = dict(zip((e.id for e in said), ["", *(e.text for e in said)], strict=False))
    returned = [e if e.vectors else reworded(e, e.text, indexed.embedder(), before=before[e.id]) for e in back]
    if chat.title_source and chat.title_source not in {e.id for e in said}:
        first = next((e for e in said if e.told), said[0] if said else None)
        if first is not None:
            chat = replace(chat, title=title_from(first.text), title_source=first.id)
    other = [*(e.position for e in shown if e.id in out), *(e.position for e in back)]
    remade, ended = summaries_without(indexed, out, anew_from=(chat.id, min(other)) if other else None)
    told = update_facts(store, indexed.threads, added=returned, gone=out)
    left = with_facts(indexed, put_aside(indexed, out, shown), told.gone)
    again = [fact for e in back if isinstance(a := store.get(e.id), Aside) for fact in a.facts]
    usages = [
        replace(a.usage, used=tuple(used for used in a.usage.used if used.record in store))
        for e in back
        if isinstance(a := store.get(e.id), Aside) and a.usage is not None
    ]
    ended.extend(aside.usage.id for aside in left if aside.usage is not None)
    indexed.commit([chat, *left, *returned, *usages, *remade, *told.facts], remove=[*ended, *told.gone])
    if any(e.told for e in returned):
        summarise(indexed, chat.id)
    facts_back(indexed, again)


def versions_in(indexed: IndexedStore, chat: Conversation) -> list[Versions]:
    """See `Memory.versions_of`."""
    hidden = indexed.hidden
    shown = [e for e in indexed.store.episodes_of(chat.id, vectors=False) if e.id not in hidden]
    return versions(chat, shown, [e for e in aside_in(indexed.store, chat.id) if e.id not in hidden])


def _chat(indexed: IndexedStore, conversation: RecordId) -> Conversation:
    chat = indexed.store.get(conversation)
    if not isinstance(chat, Conversation) or chat.id in indexed.hidden:
        raise InputError("This chat is not there any more.")
    return chat
