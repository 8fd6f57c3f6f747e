"""Remembering: from what was said to episodes, the running summary and facts, in one commit."""

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from assistant.memory.aside import put_aside, summaries_without, with_facts
from assistant.memory.branches import begin, segments
from assistant.memory.chats import episodes_of
from assistant.memory.clock import now
from assistant.memory.compact.lines import lines_of
from assistant.memory.compact.running import update_summary
from assistant.memory.episodes import Said, make_episodes
from assistant.memory.facts.rebuild import update as update_facts
from assistant.memory.indexed_store import IndexedStore
from assistant.memory.salience.usage import quoted_share
from assistant.memory.spaces import space_of
from assistant.memory.titles import title_from
from assistant.memory.views import Found
from assistant.store.records import Aside, Conversation, Episode, Record, RecordId, Summary, Usage, Used, new_id

_SUMMARISED = 1000
"""After an import, so many of the last messages are looked through for the running summary."""


def keep_turn(
    indexed: IndexedStore,
    conversation: Conversation,
    said: Sequence[Said],
    *,
    used: Sequence[Found],
    usage: Usage | None,
    instead_of: Sequence[RecordId],
) -> list[Episode]:
    """See `Memory.keep_turn`."""
    store = indexed.store
    turn = store.turn + 1
    gone = set(instead_of)
    past = [e for e in episodes_of(indexed, conversation.id) if e.id not in gone]
    before = {conversation.id: past[-1].text} if past else {}
    known = store.get(conversation.id)
    conversation = known if isinstance(known, Conversation) else conversation
    records: list[Record] = []
    ended: list[RecordId] = []
    aside: list[Aside] = []
    if gone:
        line = store.episodes_of(conversation.id, vectors=False)
        gone.update(e.id for e in line if e.position >= said[0].position)
        conversation = begin(conversation, said[0].position, new_id())
        aside = put_aside(indexed, gone, line)
        ended.extend(each.usage.id for each in aside if each.usage is not None)
        if any(e.told for e in line if e.id in gone):
            remade, dropped = summaries_without(indexed, gone, anew_from=(conversation.id, said[0].position))
            records.extend(remade)
            ended.extend(dropped)
    branch = segments(conversation)[-1].branch
    made = make_episodes(said, indexed.embedder(), before=before, turn=turn)
    episodes = [replace(e, branch=branch) for e in made] if branch else made
    users = [e for e in episodes if e.role == "user"]
    if users and (not conversation.title or conversation.title_source in gone):
        conversation = replace(conversation, title=title_from(users[0].text), title_source=users[0].id)
    if conversation != known:
        records.append(conversation)
    records.extend(episodes)
    if usage is not None:
        asked = users or [e for e in past if e.position == episodes[0].position - 1]
        records.append(replace(usage, turn=turn, used=_marks(used, asked, episodes)))
    # A summary that waits for its sources to be purged is made anew then, with these messages too.
    running = indexed.watch.summaries.running(conversation.id)
    summary = next((s for s in records if isinstance(s, Summary) and running and s.id == running.id), running)
    if summary is not None and summary.id in ended:
        summary = None
    if users and (summary is None or summary.id not in indexed.hidden):
        updated = update_summary(
            summary,
            users,
            count_tokens=indexed.count_tokens,
            now=now(),
            elsewhere=_told_above(indexed, conversation.id),
        )
        if updated is not None and updated is not summary:
            records = [*(r for r in records if r.id != updated.id), updated]
    spaces = {conversation.id: conversation.space}
    told = update_facts(store, indexed.threads, added=episodes, gone=gone, spaces=spaces)
    aside = with_facts(indexed, aside, told.gone)
    indexed.commit([*records, *aside, *told.facts], remove=[*ended, *told.gone])
    return episodes


def _marks(used: Sequence[Found], asked: Sequence[Episode], answered: Sequence[Episode]) -> tuple[Used, ...]:
    """What a prompt held of memory, and how much of it came back in the answer."""
    question = "".join(e.text for e in asked)
    answer = " ".join(e.text for e in answered if e.role == "assistant")
    return tuple(
        Used(record=found.record.id, score=found.score, quoted=quoted_share(found.record, question, answer))
        for found in used
    )


def remember(
    indexed: IndexedStore,
    conversations: Sequence[Conversation],
    messages: Sequence[Said],
    *,
    progress: Callable[[int, int], None] | None,
    cancelled: Callable[[], bool] | None,
) -> int:
    """See `Memory.remember`."""
    past = {of: episodes_of(indexed, of) for of in {said.conversation for said in messages}}
    episodes = make_episodes(
        messages,
        indexed.embedder(),
        before={conversation: said[-1].text for conversation, said in past.items() if said},
        turn=indexed.store.turn,
        progress=progress,
        cancelled=cancelled,
    )
    spaces = {conversation.id: conversation.space for conversation in conversations}
    lines = {of: segments(chat)[-1].branch for of in past if isinstance(chat := indexed.store.get(of), Conversation)}
    episodes = [replace(e, branch=lines[e.conversation]) if lines.get(e.conversation) else e for e in episodes]
    told = update_facts(indexed.store, indexed.threads, added=episodes, spaces=spaces)
    indexed.commit([*conversations, *episodes, *told.facts], remove=told.gone, cancelled=cancelled)
    return len(episodes)


def summarise(indexed: IndexedStore, conversation: RecordId) -> Summary | None:
    """See `Memory.summarise`."""
    said = [e for e in episodes_of(indexed, conversation) if e.told]
    summary = indexed.watch.summaries.running(conversation)
    if summary is not None and summary.id in indexed.hidden:
        return None  # it is made anew when its sources are purged, and brought up to date when they are not
    if not said:
        return summary
    around = indexed.watch.summaries.around(conversation, space_of(indexed.store, conversation))
    updated = update_summary(
        summary,
        said[-_SUMMARISED:],
        count_tokens=indexed.count_tokens,
        now=now(),
        elsewhere=_told_above(indexed, conversation),
        settled=frozenset[RecordId]().union(*(lines_of(each).settled for each in around)),
    )
    if updated is not None and updated is not summary:
        indexed.commit([updated])
    return updated


def _told_above(indexed: IndexedStore, conversation: RecordId) -> set[str]:
    """The lines that the summaries of level 2 of a conversation hold."""
    return {line for s in indexed.watch.summaries.stretches(conversation) for line in s.text.split("\n")}
