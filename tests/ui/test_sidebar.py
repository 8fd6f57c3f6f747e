from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from assistant.conversation.session import Session
from assistant.memory.views import ChatEntry, Found
from assistant.store.records import Conversation, new_id
from assistant.ui.sidebar.groups import grouped
from assistant.ui.sidebar.sidebar import Sidebar
from assistant.ui.tasks import Tasks

from .scripted import ScriptedSession, messages

TODAY = date(2026, 3, 20)


def entry(title: str, day: date, *, archived: bool = False) -> ChatEntry:
    noon = datetime(day.year, day.month, day.day, 12).astimezone()
    return ChatEntry(Conversation(id=new_id(), created=noon, title=title, archived=archived), noon, 2)


def listed(entries: list[ChatEntry], *, archived_shown: bool = False) -> list[str]:
    return [row.text for row in grouped(entries, TODAY, archived_shown=archived_shown)]


def test_chats_stand_under_today_yesterday_this_week_and_months() -> None:
    entries = [
        entry("a", TODAY),
        entry("b", TODAY),
        entry("c", TODAY - timedelta(days=1)),
        entry("d", TODAY - timedelta(days=3)),
        entry("e", date(2026, 2, 3)),
        entry("f", date(2024, 2, 3)),
    ]
    expected = ["Today", "a", "b", "Yesterday", "c", "This week", "d", "February", "e", "February 2024", "f"]
    assert listed(entries) == expected


def test_archived_chats_stay_out_of_the_way_until_asked_for() -> None:
    entries = [entry("a", TODAY), entry("b", TODAY, archived=True)]
    assert listed(entries) == ["Today", "a", "Archived (1)"]
    assert listed(entries, archived_shown=True) == ["Today", "a", "Archived (1)", "b"]


@pytest.fixture
def session() -> ScriptedSession:
    session = ScriptedSession()
    now = datetime.now().astimezone()
    session.memory.add("Trip to Lisbon", *messages("a", "b"), last=now)
    session.memory.add("Recipes", *messages("a", "b"), last=now - timedelta(days=1))
    return session


@pytest.fixture
def sidebar(qapp: QApplication, tasks: Tasks, session: ScriptedSession) -> Iterator[Sidebar]:
    sidebar = Sidebar(cast(Session, session), tasks)
    sidebar.resize(260, 600)
    sidebar.refresh()
    sidebar.show()
    qapp.processEvents()
    yield sidebar
    sidebar.close()
    sidebar.deleteLater()


def texts(sidebar: Sidebar) -> list[str]:
    return [row.text for row in sidebar.list.rows.rows]


def test_typing_narrows_the_list_and_escape_brings_it_back(sidebar: Sidebar) -> None:
    before = texts(sidebar)
    QTest.keyClicks(sidebar.search, "lisb")
    assert texts(sidebar) == ["Trip to Lisbon"]
    QTest.keyClick(sidebar.search, Qt.Key.Key_Escape)
    assert texts(sidebar) == before


def test_the_words_of_messages_are_searched_too(sidebar: Sidebar, session: ScriptedSession) -> None:
    found = session.memory.remember("A hotel with a courtyard")
    QTest.keyClicks(sidebar.search, "courtyard")
    QTest.qWait(350)
    assert texts(sidebar) == ["In messages", "A hotel with a courtyard"]
    opened: list[tuple[str, str]] = []
    sidebar.open_chat.connect(lambda chat, message: opened.append((chat, message)))
    QTest.keyClick(sidebar.search, Qt.Key.Key_Return)
    record = session.memory.kept[found.record.id]
    assert opened == [(record.conversation, getattr(record, "message", ""))]


def test_a_search_without_result_says_so(sidebar: Sidebar) -> None:
    QTest.keyClicks(sidebar.search, "zebra")
    QTest.qWait(350)
    assert texts(sidebar) == ["No chat has these words."]


def test_all_words_of_a_title_count_in_any_order(sidebar: Sidebar) -> None:
    QTest.keyClicks(sidebar.search, "lisb trip")
    assert texts(sidebar) == ["Trip to Lisbon"]


def test_a_search_without_memory_is_not_blank(sidebar: Sidebar, session: ScriptedSession) -> None:
    session.stage = "temporary"
    QTest.keyClicks(sidebar.search, "zebra")
    QTest.qWait(350)
    assert texts(sidebar) == ["No chat has these words."]


def test_messages_that_are_only_a_little_alike_are_not_found(
    sidebar: Sidebar, session: ScriptedSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = session.memory.remember("A hotel with a courtyard")

    def search(_query: str, *, least: float = 0.0, **_wanted: object) -> list[Found]:
        return [found] if least <= 0.1 else []

    monkeypatch.setattr(session.memory, "search", search)
    QTest.keyClicks(sidebar.search, "zebra")
    QTest.qWait(350)
    assert texts(sidebar) == ["No chat has these words."]


def test_the_open_chat_stays_marked_while_the_keyboard_goes_elsewhere_and_gets_it_back(sidebar: Sidebar) -> None:
    lisbon, recipes = (row.conversation for row in sidebar.list.rows.rows if row.kind == "chat")
    sidebar.set_current(lisbon)
    sidebar.list.setFocus()
    QTest.keyClick(sidebar.list, Qt.Key.Key_Down)
    current = sidebar.list.rows.rows[sidebar.list.currentIndex().row()].conversation
    assert (sidebar.list.open, current) == (lisbon, recipes)
    sidebar.search.setFocus()
    assert sidebar.list.rows.rows[sidebar.list.currentIndex().row()].conversation == lisbon


def test_tab_goes_from_new_chat_over_the_search_to_the_list(sidebar: Sidebar) -> None:
    sidebar.new_button.setFocus()
    order = []
    for _ in range(4):
        order.append(sidebar.focusWidget())
        sidebar.focusNextChild()
    assert order == [sidebar.new_button, sidebar.temporary_button, sidebar.search, sidebar.list]


def test_an_empty_list_is_not_blank(sidebar: Sidebar, session: ScriptedSession) -> None:
    session.memory.chats.clear()
    sidebar.refresh()
    assert texts(sidebar) == ["Your chats will appear here."]


def test_arrow_keys_go_from_chat_to_chat_and_enter_opens(sidebar: Sidebar) -> None:
    opened: list[str] = []
    sidebar.open_chat.connect(lambda chat, _message: opened.append(sidebar.titles()[chat]))
    sidebar.search.setFocus()
    QTest.keyClick(sidebar.search, Qt.Key.Key_Down)
    QTest.keyClick(sidebar.list, Qt.Key.Key_Return)
    QTest.keyClick(sidebar.list, Qt.Key.Key_Down)
    QTest.keyClick(sidebar.list, Qt.Key.Key_Return)
    assert opened == ["Trip to Lisbon", "Recipes"]


def test_f2_renames_and_delete_forgets(sidebar: Sidebar) -> None:
    asked: list[str] = []
    sidebar.rename.connect(lambda _chat: asked.append("rename"))
    sidebar.forget.connect(lambda _chat: asked.append("forget"))
    QTest.keyClick(sidebar.search, Qt.Key.Key_Down)
    QTest.keyClick(sidebar.list, Qt.Key.Key_F2)
    QTest.keyClick(sidebar.list, Qt.Key.Key_Delete)
    assert asked == ["rename", "forget"]


def test_the_lock_leaves_no_title(sidebar: Sidebar) -> None:
    QTest.keyClicks(sidebar.search, "Lis")
    sidebar.forget_everything_shown()
    assert texts(sidebar) == []
    assert sidebar.search.text() == ""
    assert sidebar.titles() == {}
