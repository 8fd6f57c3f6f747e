"""What the inspector says where its list is empty, and where nothing is chosen from it."""

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QLocale

from assistant.memory.views import Stats
from assistant.ui.inspector.listing import Query
from assistant.ui.inspector.words import facts, memories, tr

LONGEST_SAID = 60
"""So many characters of a search are repeated where nothing was found."""


class View(IntEnum):
    """What the list shows: the memories, the compact memory, or what fades."""

    MEMORIES = 0
    COMPACT = 1
    FADING = 2


@dataclass(frozen=True)
class Blank:
    """An icon, a sentence, an explanation, and the words of a button, or ""."""

    icon: str
    heading: str
    words: str
    button: str = ""


def blank_for_failure() -> Blank:
    """For a list that could not be read."""
    return Blank("warning", tr("The memory could not be read"), "", tr("Try again"))


def blank_for(view: View, query: Query, nothing_fades: tuple[str, str]) -> Blank:
    """For an empty list.

    Args:
        view: What it would show.
        query: What it is restricted to.
        nothing_fades: Heading and explanation for when nothing fades.
    """
    words = " ".join(query.words.split())
    if words and (view is not View.MEMORIES or not query.filters()):
        found = words if len(words) <= LONGEST_SAID else f"{words[:LONGEST_SAID].rstrip()}…"
        nowhere = {
            View.MEMORIES: tr("No memory holds these words or means something like them."),
            View.COMPACT: tr("No summary holds these words."),
            View.FADING: tr("Nothing in this list holds these words."),
        }
        heading = tr("Nothing found for “{words}”").format(words=found)
        return Blank("search", heading, nowhere[view], tr("Show everything"))
    if view is View.COMPACT:
        words = tr("Hippo keeps in short what it knows of you and what each chat was about.")
        return Blank("memory", tr("No summaries yet"), words)
    if view is View.FADING:
        return Blank("faded", *nothing_fades)
    if query.restricts():
        return Blank("search", tr("Nothing matches"), tr("Try other words, or show more."), tr("Show everything"))
    words = tr("What you and Hippo say in chats appears here. You can change it or make Hippo forget it.")
    return Blank("memory", tr("Nothing is remembered yet"), words)


def hint_for(view: View, stats: Stats | None) -> Blank:
    """For the detail, while nothing is chosen: what is remembered in all, and what to do."""
    words = {
        View.MEMORIES: tr("Choose a memory to see where it comes from and when it was used."),
        View.COMPACT: tr("Choose a summary to read it whole, see where it comes from, and correct it."),
        View.FADING: tr("Choose a memory to see why it fades, and to pin or restore it."),
    }[view]
    if stats is None:
        return Blank("memory", "", words)
    counts = tr("{facts} · {pinned} pinned · {faded} faded · {chats}").format(
        facts=facts(stats.facts),
        pinned=QLocale().toString(stats.pinned),
        faded=QLocale().toString(stats.faded),
        chats=tr("%Ln chats", stats.conversations),
    )
    return Blank("memory", memories(stats.episodes + stats.summaries + stats.facts), f"{counts}\n\n{words}")
