"""Compact memory, level 2: a summary for each 100 turns of a conversation, and one of the user as a whole in a space.

They are chosen from the words of their own sources, not from other summaries' errors, and name these sources line by
line, so that they can expand back to them. Plans and reads: whoever consolidates, edits or forgets commits it.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime

from assistant.memory.compact.lines import Line, Lines, lines_of, with_lines, without
from assistant.memory.compact.material import Material
from assistant.memory.compact.running import SUMMARY_TOKENS, best_lines, lines_said
from assistant.memory.compact.supersession import Claim, supersedes
from assistant.memory.spaces import space_of, space_of_record
from assistant.store.records import Episode, RecordId, State, Summary, new_id
from assistant.store.store import Store

STRETCH = 200
"""Messages that one summary of level 2 covers: 100 turns."""

STRETCH_TOKENS = 120
USER_TOKENS = 120

_PARTS = 200
"""Of the lines of so many summaries, the newest, that of the user is chosen (and of the lines that it has)."""


def running_anew(material: Material, summary: Summary, own: Lines, around: Iterable[Summary]) -> Summary | None:
    """The running summary, chosen anew from its whole conversation.

    Args:
        material: What it is made from.
        summary: As it is.
        own: What is left of its lines.
        around: The other summaries of the conversation and of the user, whose corrections hold here too.
    """
    settled = own.settled.union(*(lines_of(part).settled for part in around))
    known = {line.text for line in own.lines}
    fresh = [line for line in lines_said(material.said(summary.conversation)) if line.text not in known]
    lines = [line for line in [*own.lines, *fresh] if line in own.lines or not settled.intersection(line.sources)]
    kept = best_lines([line for line in lines if material.still_holds(line)], SUMMARY_TOKENS, material.count_tokens)
    return with_lines(summary, Lines(tuple(kept), own.dismissed), material.now)


def stretch_anew(
    material: Material,
    conversation: RecordId,
    first: int,
    summary: Summary | None,
    own: Lines,
    around: Iterable[Summary],
) -> Summary | None:
    """The summary of level 2 of a stretch, or None when nothing worth keeping was said in it.

    Args:
        material: What it is made from.
        conversation: The conversation.
        first: Position of the stretch's first message.
        summary: An earlier one.
        own: What is left of its lines: what the user wrote into it stays.
        around: The other summaries of the conversation and that of the user: the running one's lines are preferred,
            what another stretch tells is not told again, and what the user corrected holds here too.
    """
    said = material.said(conversation, first, STRETCH)
    members = {episode.id for episode in said}
    lines = [line for line in own.lines if line.held]
    known = {line.text for line in lines}
    settled, preferred, told = own.settled, set[str](), set[str]()
    for part in around:
        above = lines_of(part)
        settled |= above.settled
        if part.level == 1:
            preferred.update(line.text for line in above.lines)
        elif part.conversation:
            told.update(line.text for line in above.lines)
        if part.level == 1:
            lines += [x for x in above.lines if x.held and x.text not in known and members.intersection(x.sources)]
    lines += [x for x in lines_said(said) if x.text not in told and not settled.intersection(x.sources)]
    lines = [line for line in lines if material.still_holds(line)]
    kept = best_lines(lines, STRETCH_TOKENS, material.count_tokens, preferred=preferred)
    if not kept:
        return None
    if summary is None:
        summary = Summary(
            id=new_id(), conversation=conversation, text="", time=material.now, sources=(), level=2, first=first
        )
    return with_lines(summary, Lines(tuple(kept), own.dismissed), material.now)


def user_anew(
    material: Material, space: str, summary: Summary | None, own: Lines, parts: Iterable[Summary]
) -> Summary | None:
    """The summary of the user as a whole, or None when there is nothing to say.

    Made from lines that come from the user's own words; the newer one on a matter wins.

    Args:
        material: What it is made from.
        space: The space; sources from another one are left out.
        summary: An earlier one.
        own: What is left of its lines: what the user wrote into it stays, and the others are candidates.
        parts: Summaries of conversations in the space, as they are to be.
    """
    recent = sorted(parts, key=lambda part: part.time)[-_PARTS:]
    settled = own.settled.union(*(lines_of(part).settled for part in recent))
    times: dict[Line, datetime] = {}
    for line in own.lines:
        if not line.held and not settled.intersection(line.sources):
            _note_time(material, space, line, times)
    for part in recent:
        for line in lines_of(part).lines:
            if line.held or not settled.intersection(line.sources):
                _note_time(material, space, Line(line.text, line.sources), times)
    held = [line for line in own.lines if line.held]
    known = {line.text for line in held}
    told = [x for x in sorted(times, key=lambda x: times[x]) if x.text not in known and material.still_holds(x)]
    kept = best_lines([*held, *told], USER_TOKENS, material.count_tokens)
    if not kept:
        return None
    if summary is None:
        summary = Summary(id=new_id(), conversation="", text="", time=material.now, sources=(), level=2, space=space)
    return with_lines(summary, Lines(tuple(kept), own.dismissed), material.now)


def _note_time(material: Material, space: str, line: Line, times: dict[Line, datetime]) -> None:
    """When a line was last said, if all its sources are there, in the space, and the user's own words."""
    said = [material.source(i) for i in line.sources]
    theirs = [
        e for e in said if e is not None and e.role == "user" and space_of(material.store, e.conversation) == space
    ]
    if theirs and len(theirs) == len(said):
        times[line] = max(e.time for e in theirs)


def without_superseded(material: Material, summary: Summary, newer: Sequence[tuple[Claim, Episode]]) -> Lines:
    """The lines of a summary but for those of which newer sentences take the place; the user's own stay.

    Args:
        material: Gives the sources.
        summary: Of any level.
        newer: Sentences that may supersede, each with the episode that it is from.
    """
    own = lines_of(summary)
    left: list[Line] = []
    for line in own.lines:
        said = [source.time for i in line.sources if (source := material.source(i)) is not None]
        claim = Claim.of(line.text)
        if line.held or not any(
            all(time < episode.time for time in said) and episode.id not in line.sources and supersedes(each, claim)
            for each, episode in newer
        ):
            left.append(line)
    return Lines(tuple(left), own.dismissed)


def summaries_anew(
    material: Material, summaries: Iterable[Summary], leave: Collection[RecordId] = ()
) -> tuple[list[Summary], list[RecordId]]:
    """What becomes of all summaries when sources go or get other words: those that change, and ids of those that end.

    From the bottom up: the running ones, then level 2, then the user as a whole, each from the others as they will be.

    Args:
        material: What goes and what is edited.
        summaries: All there are.
        leave: Ids of summaries that are not to be touched.
    """
    after = {summary.id: summary for summary in summaries if summary.id not in leave}
    touched = set(material.gone).union(material.edited)
    changed: list[Summary] = []
    ended: list[RecordId] = []
    for summary in sorted(after.values(), key=lambda s: (not s.conversation, s.level)):
        if not touched.intersection(summary.sources):
            continue
        own = without(lines_of(summary), material.gone, material.edited)
        anew = _anew(material, summary, own, [s for s in after.values() if s.id != summary.id])
        if anew is None:
            ended.append(summary.id)
            del after[summary.id]
        elif anew is not summary:
            changed.append(anew)
            after[summary.id] = anew
    return changed, ended


def _anew(material: Material, summary: Summary, own: Lines, others: Sequence[Summary]) -> Summary | None:
    space = space_of_record(material.store, summary)
    if not summary.conversation:
        parts = [s for s in others if s.conversation and space_of(material.store, s.conversation) == space]
        return user_anew(material, space, summary, own, parts)
    around = [s for s in others if s.conversation == summary.conversation or (not s.conversation and s.space == space)]
    if summary.level > 1:
        return stretch_anew(material, summary.conversation, summary.first, summary, own, around)
    return running_anew(material, summary, own, around)


def after_correction(
    corrected: Summary, summaries: Iterable[Summary], now: datetime
) -> tuple[list[Summary], list[RecordId]]:
    """The other summaries without what a correction took out or put in other words: those that change, those that
    end."""
    settled = lines_of(corrected).settled
    changed: list[Summary] = []
    ended: list[RecordId] = []
    for summary in summaries:
        if summary.id == corrected.id or settled.isdisjoint(summary.sources):
            continue
        own = lines_of(summary)
        left = tuple(line for line in own.lines if line.held or settled.isdisjoint(line.sources))
        anew = with_lines(summary, Lines(left, own.dismissed), now)
        if anew is None:
            ended.append(summary.id)
        elif anew is not summary:
            changed.append(anew)
    return changed, ended


def expand(store: Store, summary: Summary, room: int, count_tokens: Callable[[str], int]) -> list[Episode]:
    """The source episodes of a summary as far as their words fit, in the order in which they were said.

    Sources of which the summary holds every word already add nothing and are left out, and so is what has faded.
    The lines that tell most come first when there is not room for all.

    Args:
        store: Read only.
        summary: Of any level.
        room: Tokens that the episodes' texts may have together.
        count_tokens: Counts the tokens of a text.
    """
    chosen: dict[RecordId, Episode] = {}
    for line in sorted(lines_of(summary).lines, key=lambda line: (not line.held, -len(line.text))):
        for source in line.sources:
            episode = store.get(source, vectors=False)
            if source in chosen or not isinstance(episode, Episode) or episode.state is State.FADED:
                continue
            if line.text.rstrip(".").endswith(" ".join(episode.text.split()).rstrip(".")):
                continue
            cost = count_tokens(episode.text)
            if cost <= room:
                chosen[source] = episode
                room -= cost
    return sorted(chosen.values(), key=lambda e: (e.time, e.position, e.part))
