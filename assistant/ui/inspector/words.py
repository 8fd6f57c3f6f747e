"""How the inspector says dates, numbers, kinds, and for how long things hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from assistant.memory.facts.attributes import Holds, attribute
from assistant.store.records import Episode, Fact, Remembered, Standing, State, Summary
from assistant.ui.below import translated

if TYPE_CHECKING:
    from assistant.memory.recall.association import Why


def tr(text: str, n: int = -1) -> str:
    """The text in the user's language, said of `n` where it holds %n."""
    return QCoreApplication.translate("Inspector", text, None, n)


def day_words(day: date, *, today: date | None = None) -> str:
    """A day in few words: "Today", "3 Mar", or with its year where that is another one."""
    today = today or date.today()
    if day == today:
        return tr("Today")
    pattern = tr("d MMM") if day.year == today.year else tr("d MMM yyyy")
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)


def local_day_words(moment: datetime) -> str:
    """The day of a moment, in this machine's time zone, in few words that stand within a sentence."""
    day = moment.astimezone().date()
    return tr("today") if day == date.today() else day_words(day)


def moment_words(moment: datetime) -> str:
    """A day in few words, and the time."""
    here = moment.astimezone()
    time = QLocale().toString(QTime(here.hour, here.minute), QLocale.FormatType.ShortFormat)
    return f"{day_words(here.date())} {time}"


def memories(number: int) -> str:
    """ "1 memory", "3 memories"."""
    return tr("%Ln memories", number)


def facts(number: int) -> str:
    """ "1 fact", "3 facts"."""
    return tr("%Ln facts", number)


def counted(records: Sequence[Remembered]) -> str:
    """How many these are, as facts where they all are."""
    return (facts if records and all(isinstance(r, Fact) for r in records) else memories)(len(records))


def title_words(title: str) -> str:
    """A conversation's title, or what stands for none."""
    return title or tr("Untitled chat")


def place_words(record: Remembered, title: str) -> str:
    """Where a memory belongs: its chat, or for what Hippo knows of the user over all chats, the space."""
    if isinstance(record, Summary) and not record.conversation:
        return record.space or tr("all chats")
    return title_words(title)


def who_words(record: Remembered) -> str:
    """Who said it, or what it is."""
    if isinstance(record, Summary):
        if not record.conversation:
            return tr("About you")
        return tr("Summary") if record.level == 1 else tr("Summary of a stretch")
    if isinstance(record, Fact):
        return tr("Fact")
    if record.page:
        return tr("{file}, page {n}").format(file=record.file, n=QLocale().toString(record.page))
    return {"user": tr("You"), "assistant": tr("Hippo")}.get(record.role, record.role)


def stretch_words(summary: Summary) -> str:
    """Which messages a summary of a stretch covers."""
    from assistant.memory.compact.levels import STRETCH

    start, end = (QLocale().toString(n) for n in (summary.first + 1, summary.first + STRETCH))
    return tr("messages {start} to {end}").format(start=start, end=end)


def standing_words(fact: Fact) -> str:
    """Whether a fact holds, and since or until when, in few words."""
    if fact.standing is Standing.DISPUTED:
        return tr("disputed")
    if fact.standing is Standing.SUPERSEDED:
        if fact.valid_to is None:
            return tr("no longer true")
        return tr("no longer true since {day}").format(day=local_day_words(fact.valid_to))
    since = local_day_words(fact.valid_from or fact.time)
    return since if _happens_once(fact) else tr("true since {day}").format(day=since)


def span_words(fact: Fact) -> str:
    """The time for which a fact holds: "3 Mar – 5 May 2025", "since 5 May"."""
    since = local_day_words(fact.valid_from or fact.time)
    if _happens_once(fact) and fact.standing is not Standing.SUPERSEDED:
        return since
    if fact.standing is Standing.SUPERSEDED:
        until = local_day_words(fact.valid_to) if fact.valid_to else tr("some time")
        return since if since == until else f"{since} – {until}"
    return tr("since {day}").format(day=since)


def _happens_once(fact: Fact) -> bool:
    return attribute(fact.attribute).holds is Holds.ONCE


def subject_words(fact: Fact) -> str:
    """What a fact is about: "You · home"."""
    subject = tr("You") if fact.subject == "user" else fact.subject[:1].upper() + fact.subject[1:]
    return f"{subject} · {translated(fact.attribute)}" if fact.attribute else subject


def why_words(why: Why) -> str:
    """Why two memories belong together."""
    return {
        "people": tr("the same people"),
        "event": tr("the same event"),
        "topic": tr("the same subject"),
        "fact": tr("the same fact"),
    }[why]


def turns_words(turns: int) -> str:
    """In how many turns something happens, as exactly as a forecast deserves: "in about 300 turns"."""
    if turns <= 0:
        return tr("when Hippo next has a quiet moment")
    size = 10 if turns < 1000 else 100
    about = max(1, turns if turns < 20 else round(turns / size) * size)
    return tr("in about %Ln turns", about)


def state_words(state: State) -> str:
    """A state's name."""
    return {
        State.ACTIVE: tr("Active"),
        State.PINNED: tr("Pinned"),
        State.FADED: tr("Faded"),
        State.ASIDE: tr("Other version"),
    }[state]


def state_of(record: Remembered) -> State:
    """The state of a record; summaries have none of their own."""
    return record.state if isinstance(record, Episode | Fact) else State.ACTIVE
