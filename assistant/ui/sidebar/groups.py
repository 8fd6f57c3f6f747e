"""The order of the chat list: today, yesterday, this week, then month by month; archived chats last. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QCoreApplication, QLocale

if TYPE_CHECKING:
    from assistant.memory.views import ChatEntry


@dataclass(frozen=True)
class Row:
    """One line of the list.

    Attributes:
        kind: "header" names a group, "toggle" shows or hides the archived chats, "chat" and "message" open something,
            "note" says why there is nothing.
        text: The line.
        detail: A second, quieter line (the words that were found).
        conversation: Id of the chat that it opens.
        message: Id of the message to show there.
        archived: The chat is put away.
    """

    kind: Literal["header", "toggle", "chat", "message", "note"]
    text: str
    detail: str = ""
    conversation: str = ""
    message: str = ""
    archived: bool = False

    @property
    def opens(self) -> bool:
        """Whether it can be chosen."""
        return self.kind in ("chat", "message", "toggle")


def translate(text: str) -> str:
    """The user's language for a text of the list."""
    return QCoreApplication.translate("Sidebar", text)


def title_of(entry: ChatEntry) -> str:
    """What the list calls a chat."""
    return entry.conversation.title or translate("Chat without a title")


def grouped(entries: Iterable[ChatEntry], today: date, *, archived_shown: bool) -> list[Row]:
    """The rows for these chats, newest first.

    Args:
        entries: All chats, the one spoken in last first.
        today: The day where the user is.
        archived_shown: List the archived ones, too.
    """
    rows: list[Row] = []
    away: list[Row] = []
    group = ""
    for entry in entries:
        row = Row("chat", title_of(entry), conversation=entry.conversation.id, archived=entry.conversation.archived)
        if row.archived:
            away.append(row)
            continue
        name = group_name(entry.last.astimezone().date(), today)
        if name != group:
            rows.append(Row("header", name))
            group = name
        rows.append(row)
    if away:
        rows.append(Row("toggle", f"{translate('Archived')} ({QLocale().toString(len(away))})"))
        if archived_shown:
            rows.extend(away)
    return rows


def group_name(day: date, today: date) -> str:
    """The group that a day belongs to: Today, Yesterday, This week, March, or March 2024."""
    if day >= today:
        return translate("Today")
    if day == today - timedelta(days=1):
        return translate("Yesterday")
    if day > today - timedelta(days=7):
        return translate("This week")
    month = QLocale().standaloneMonthName(day.month)
    return month if day.year == today.year else f"{month} {day.year}"
