"""The inspector over the real memory: what a user sees in it, and what they can do to it."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QTextEdit, QWidget

from assistant.conversation.session import Session
from assistant.errors import StoreError
from assistant.memory.memory import Memory
from assistant.memory.views import Filter
from assistant.store.records import Episode, Remembered, State, Summary
from assistant.ui.inspector import InspectorDock
from assistant.ui.inspector.confirm import ForgetEverythingDialog, ForgetMatchingDialog, ForgetSelectedDialog
from assistant.ui.inspector.dock import DEBOUNCE_MS
from assistant.ui.inspector.listing import local_day
from assistant.ui.tasks import Tasks
from assistant.ui.theme import apply_theme

from .conftest import NOON, hold, open_dock, until


def texts(dock: InspectorDock) -> list[str]:
    return [record.text for record in dock.panel.rows.listing.records]


def choose(dock: InspectorDock, words: str) -> Remembered:
    """Select the first memory that contains the words."""
    records = dock.panel.rows.listing.records
    row = next(row for row, record in enumerate(records) if words in record.text and isinstance(record, Episode))
    dock.panel.table.select_row(row)
    return records[row]


def find(memory: Memory, words: str) -> Episode:
    return next(r for r in memory.records() if isinstance(r, Episode) and words in r.text)


def words_on_screen(dock: InspectorDock) -> str:
    """All words that the inspector's widgets hold."""
    held = [label.text() for label in dock.findChildren(QLabel)]
    held += [field.toPlainText() for field in dock.findChildren(QTextEdit)]
    held += [getattr(child, "words", "") for child in dock.findChildren(type(dock.panel.detail._chat))]
    return " ".join([*held, *texts(dock), dock.panel.search.text()])


def test_it_lists_all_that_is_remembered_newest_first(dock: InspectorDock, memory: Memory) -> None:
    assert len(texts(dock)) == len(memory.records())
    times = [record.time for record in dock.panel.rows.listing.records]
    assert times == sorted(times, reverse=True)


def test_typing_searches_once_the_user_pauses(dock: InspectorDock, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    search = Memory.search

    def counted(self: Memory, query: str, **wanted: object) -> object:
        asked.append(query)
        return search(self, query, **wanted)  # type: ignore[arg-type]

    monkeypatch.setattr(Memory, "search", counted)
    QTest.keyClicks(dock.panel.search, "nuts")
    assert asked == []
    QTest.qWait(2 * DEBOUNCE_MS)
    assert asked == ["nuts"]


def test_a_search_finds_by_meaning_and_puts_the_best_match_first(dock: InspectorDock) -> None:
    dock.panel.search.setText("where do I want to sleep in Portugal?")
    dock.refresh()
    assert "hotel" in texts(dock)[0]
    assert dock.panel.rows.line(0).score is not None


def test_reading_never_runs_on_the_ui_thread(
    window: QMainWindow, session: Session, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: set[str] = set()
    read = Memory.records

    def watched(self: Memory, filter: Filter = Filter()) -> object:  # noqa: A002, B008
        threads.add(threading.current_thread().name)
        return read(self, filter)

    monkeypatch.setattr(Memory, "records", watched)
    tasks = Tasks()
    dock = open_dock(window, session, tasks)
    until(lambda: texts(dock))
    tasks.close()
    assert threads
    assert all(name.startswith("store") for name in threads)


def test_a_click_on_a_day_of_the_timeline_shows_only_that_day(dock: InspectorDock) -> None:
    timeline = dock.panel.timeline
    day = local_day(NOON - timedelta(days=7))
    bar = next(at for at, bar in enumerate(timeline.bars()) if bar.first <= day <= bar.last)
    spot = timeline.rect_of(bar).center().toPoint()
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=spot)
    assert "I am allergic to walnuts." in texts(dock)
    assert not any("hotel" in text or "Bruno" in text for text in texts(dock) if "dog" in text)
    assert all(local_day(record.time) == day for record in dock.panel.rows.listing.records)
    QTest.keyClick(timeline, Qt.Key.Key_Escape)
    assert any("Bruno" in text for text in texts(dock))


def test_the_detail_tells_source_use_and_weight(dock: InspectorDock, memory: Memory) -> None:
    hold(memory, "Dinner", ("What may I not eat, walnuts?", "No walnuts."), recalled=3)
    dock.refresh()
    choose(dock, "allergic to walnuts")
    detail = dock.panel.detail
    assert detail.text.toPlainText() == "I am allergic to walnuts."
    said = words_on_screen(dock)
    assert "Used in 1 answer" in said
    assert "What may I not eat, walnuts?" in said
    assert "Weight 1." in said
    assert detail._chat.words == "Recipes"


def test_the_source_chat_can_be_opened_at_the_message(dock: InspectorDock) -> None:
    record = choose(dock, "courtyard")
    assert isinstance(record, Episode)
    opened = QSignalSpy(dock.open_chat)
    dock.panel.detail._chat.click()
    assert opened.at(0) == [record.conversation, record.message]


def test_ctrl_enter_saves_an_edit_and_the_old_wording_stays_in_its_history(dock: InspectorDock, memory: Memory) -> None:
    record = choose(dock, "walnuts")
    changed = QSignalSpy(dock.changed)
    dock.panel.detail.edit_button.click()
    field = dock.panel.detail.text
    field.setPlainText("I am allergic to hazelnuts.")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    edited = memory.get(record.id)
    assert edited.text == "I am allergic to hazelnuts."
    assert isinstance(edited, Episode)
    assert edited.history[0].text == "I am allergic to walnuts."
    assert changed.count() == 1
    assert not field.editing
    assert "Earlier wordings (1)" in words_on_screen(dock)
    assert "I am allergic to hazelnuts." in texts(dock)


def test_escape_gives_an_edit_up(dock: InspectorDock, memory: Memory) -> None:
    record = choose(dock, "walnuts")
    dock.panel.detail.begin_edit()
    field = dock.panel.detail.text
    QTest.keyClicks(field, " Not true.")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.toPlainText() == "I am allergic to walnuts."
    assert memory.get(record.id).text == "I am allergic to walnuts."


def test_an_edit_under_way_survives_a_refresh(dock: InspectorDock) -> None:
    choose(dock, "walnuts")
    dock.panel.detail.begin_edit()
    dock.panel.detail.text.setPlainText("I am allergic to haz")
    dock.refresh()
    assert dock.panel.detail.text.toPlainText() == "I am allergic to haz"
    assert dock.panel.detail.text.editing


def test_a_memory_can_be_pinned_faded_and_restored(dock: InspectorDock, memory: Memory) -> None:
    detail = dock.panel.detail
    choose(dock, "walnuts")
    detail.pin_button.click()
    assert find(memory, "walnuts").state is State.PINNED
    assert detail.pin_button.text() == "Unpin"
    detail.fade_button.click()
    assert find(memory, "walnuts").state is State.FADED
    assert detail.fade_button.text() == "Restore"
    detail.fade_button.click()
    assert find(memory, "walnuts").state is State.ACTIVE


def test_several_can_be_pinned_at_once(dock: InspectorDock, memory: Memory) -> None:
    dock.panel.table.selectAll()
    dock.panel.several.state_wanted.emit(State.PINNED)
    assert all(r.state is State.PINNED for r in memory.records() if isinstance(r, Episode))


def test_forgetting_hides_at_once_and_can_be_undone(dock: InspectorDock, memory: Memory) -> None:
    choose(dock, "walnuts")
    dock.panel.detail.forget_button.click()
    assert not any("walnuts" in text for text in texts(dock))
    (toast,) = dock.toaster.toasts
    assert toast.message == "1 memory and 2 that drew on it forgotten"
    toast.act()
    assert "I am allergic to walnuts." in texts(dock)
    assert find(memory, "walnuts")
    assert dock.toaster.toasts == []


def test_several_are_forgotten_only_after_a_question_that_shows_them(dock: InspectorDock, memory: Memory) -> None:
    table = dock.panel.table
    chosen = [row for row in range(dock.panel.rows.size()) if "walnuts" in texts(dock)[row]]
    ids = [dock.panel.rows.record_id(row) for row in chosen]
    assert len(chosen) > 1
    table.select_rows(chosen)
    dock.panel.several.forget_button.click()
    dialog = dock.findChild(ForgetSelectedDialog)
    assert isinstance(dialog, ForgetSelectedDialog)
    assert not dock.forgetting.pending
    assert [record.id for record in dialog.records()] == ids
    assert dialog.forget_button.text() == f"Forget {len(ids)} memories"
    dialog.reject()
    assert not dock.forgetting.pending
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    again = dock.findChild(ForgetSelectedDialog)
    assert isinstance(again, ForgetSelectedDialog)
    again.forget_button.click()
    assert dock.forgetting.pending
    assert not any("walnuts" in text for text in texts(dock))
    dock.toaster.toasts[0].act()


def test_a_single_one_is_forgotten_without_a_question(dock: InspectorDock) -> None:
    choose(dock, "walnuts")
    assert dock.panel.detail.forget_button.text() == "Forget"
    dock.panel.detail.forget_button.click()
    assert dock.findChild(ForgetSelectedDialog) is None
    assert dock.forgetting.pending
    dock.finish_pending()


def test_a_question_stops_the_time_for_undo(dock: InspectorDock) -> None:
    choose(dock, "courtyard")
    dock.panel.detail.forget_button.click()
    (toast,) = dock.toaster.toasts
    dock.panel.forget_everything.trigger()
    passed = toast._passed_ms
    QTest.qWait(350)
    assert toast._passed_ms == passed
    dialog = dock.findChild(ForgetEverythingDialog)
    assert isinstance(dialog, ForgetEverythingDialog)
    dialog.reject()
    QTest.qWait(350)
    assert toast._passed_ms > passed
    toast.act()


def test_ctrl_z_in_a_field_with_nothing_to_undo_brings_a_memory_back(dock: InspectorDock, memory: Memory) -> None:
    choose(dock, "walnuts")
    dock.panel.detail.forget_button.click()
    dock.activateWindow()
    dock.panel.search.setFocus()
    QTest.keyClick(dock.panel.search, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not dock.forgetting.pending
    assert find(memory, "walnuts")


def test_when_the_time_for_undo_is_over_it_is_gone_and_a_receipt_is_shown(dock: InspectorDock, memory: Memory) -> None:
    record = choose(dock, "walnuts")
    receipts = QSignalSpy(dock.receipt)
    dock.panel.detail.forget_button.click()
    dock.toaster.toasts[0].expire()
    assert memory.store.get(record.id) is None
    assert memory.pending_forgets() == ()
    assert receipts.count() == 1
    card = dock.panel.receipt
    assert card is not None
    assert "1 memory" in card.words()
    assert "walnuts" not in card.words()


def test_two_forgettings_have_a_time_for_undo_each(dock: InspectorDock, memory: Memory) -> None:
    for words in ("walnuts", "courtyard"):
        choose(dock, words)
        dock.panel.detail.forget_button.click()
    first, second = dock.toaster.toasts
    assert not first.geometry().intersects(second.geometry())
    second.act()
    first.expire()
    assert find(memory, "courtyard")
    assert not any("walnuts" in record.text for record in memory.records())


def test_locking_purges_what_waits_for_undo_and_leaves_no_word_on_the_screen(
    dock: InspectorDock, memory: Memory
) -> None:
    choose(dock, "courtyard")
    record = choose(dock, "walnuts")
    dock.panel.detail.forget_button.click()
    choose(dock, "courtyard")
    dock.panel.search.setText("hotel")
    dock.set_locked(True)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert memory.store.get(record.id) is None
    assert dock.toaster.toasts == []
    held = words_on_screen(dock)
    for word in ("walnuts", "courtyard", "hotel", "Lisbon", "Recipes", "Bruno"):
        assert word not in held
    assert dock.panel.filters._titles == {}


def test_nothing_is_read_while_it_is_locked(dock: InspectorDock) -> None:
    dock.set_locked(True)
    dock.refresh()
    dock.show_record("0" * 32)
    assert texts(dock) == []


def test_a_temporary_chat_has_nothing_to_inspect(window: QMainWindow, session: Session, tasks: Tasks) -> None:
    session.lock()
    session.go_temporary()
    dock = open_dock(window, session, tasks)
    assert "Temporary chat" in words_on_screen(dock)


def test_an_empty_memory_says_so(window: QMainWindow, session: Session, tasks: Tasks) -> None:
    dock = open_dock(window, session, tasks)
    assert "Nothing is remembered yet" in words_on_screen(dock)


def test_a_search_without_a_match_offers_to_show_everything(dock: InspectorDock, memory: Memory) -> None:
    dock.panel.filters.set_days(local_day(NOON - timedelta(days=20)), local_day(NOON - timedelta(days=20)))
    assert "Nothing matches" in words_on_screen(dock)
    dock.panel.retry_wanted.emit()
    assert len(texts(dock)) == len(memory.records())


def test_a_search_that_finds_nothing_says_so(dock: InspectorDock, memory: Memory) -> None:
    dock.panel.search.setText("xqzvw  jkpfh")
    dock.refresh()
    assert texts(dock) == []
    assert "Nothing found for “xqzvw jkpfh”" in words_on_screen(dock)
    dock.panel._note.button.click()
    assert len(texts(dock)) == len(memory.records())


def test_an_edit_tells_of_the_answers_that_it_faded(dock: InspectorDock, memory: Memory) -> None:
    hold(memory, "Allergies", ("I am allergic to peanuts.", "You are allergic to peanuts, I see."))
    dock.refresh()
    choose(dock, "am allergic to peanuts")
    dock.panel.detail.begin_edit()
    dock.panel.detail.text.setPlainText("I am allergic to hazelnuts.")
    dock.panel.detail.text.save()
    assert find(memory, "You are allergic to peanuts").state is State.FADED
    (toast,) = dock.toaster.toasts
    assert "1 answer of Hippo's that repeated the old words faded" in toast.message


def test_an_edit_that_fades_nothing_says_nothing(dock: InspectorDock) -> None:
    choose(dock, "courtyard")
    dock.panel.detail.begin_edit()
    dock.panel.detail.text.setPlainText("I want a small hotel with a courtyard near Alfama!")
    dock.panel.detail.text.save()
    assert dock.toaster.toasts == []


def test_a_failure_is_shown_with_what_to_do(dock: InspectorDock, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Memory, filter: Filter = Filter()) -> object:  # noqa: A002, B008
        raise StoreError("The memory cannot be read.", next_step="Try again.")

    monkeypatch.setattr(Memory, "records", fail)
    dock.refresh()
    assert "The memory cannot be read. Try again." in words_on_screen(dock)


def test_forget_all_that_match_takes_only_what_contains_the_words(dock: InspectorDock, memory: Memory) -> None:
    dock.panel.search.setText("walnuts")
    dock.refresh()
    assert len(texts(dock)) > 1
    dock.panel.forget_matching.trigger()
    dialog = dock.findChild(ForgetMatchingDialog)
    assert isinstance(dialog, ForgetMatchingDialog)
    assert dialog.forget_button.text().startswith("Forget")
    chosen = {memory.get(record_id).text for record_id in [record.id for record in dialog.records()]}
    assert chosen
    assert all("walnut" in text for text in chosen)
    dialog.accept()
    dock.toaster.toasts[0].expire()
    assert not any("walnuts" in record.text for record in memory.records())
    assert any("courtyard" in record.text for record in memory.records())


def test_forget_all_that_match_offers_nothing_where_no_memory_contains_the_words(dock: InspectorDock) -> None:
    dock.panel.search.setText("where do I want to sleep in Portugal?")
    dock.refresh()
    listed = [record.id for record in dock.panel.rows.listing.records]
    assert listed
    dock.panel.forget_matching.trigger()
    dialog = dock.findChild(ForgetMatchingDialog)
    assert isinstance(dialog, ForgetMatchingDialog)
    assert [record.id for record in dialog.records()] == []
    assert not dialog.forget_button.isEnabled()
    assert dialog.all_listed is not None
    dialog.all_listed.click()
    assert [record.id for record in dialog.records()] == listed
    assert dialog.forget_button.isEnabled()
    dialog.reject()


def test_forgetting_everything_asks_for_typed_words(dock: InspectorDock, memory: Memory) -> None:
    dock.panel.forget_everything.trigger()
    dialog = dock.findChild(ForgetEverythingDialog)
    assert isinstance(dialog, ForgetEverythingDialog)
    assert not dialog.forget_button.isEnabled()
    QTest.keyClicks(dialog.field, "forget everythin")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert not dock.forgetting.pending
    QTest.keyClicks(dialog.field, "g")
    dialog.forget_button.click()
    dock.toaster.toasts[0].expire()
    assert memory.records() == []
    assert memory.conversations() == []
    assert "Nothing is remembered yet" in words_on_screen(dock)


def test_the_summary_of_a_chat_can_be_corrected(dock: InspectorDock, memory: Memory) -> None:
    dock.panel._views.button(1).click()
    rows = dock.panel.compact_rows
    row = next(r for r in range(rows.size()) if rows.line(r).heading == "Recipes")
    dock.panel.compact_table.select_row(row)
    dock.panel.detail.begin_edit()
    dock.panel.detail.text.setPlainText("The user cooks with cumin and without walnuts.")
    dock.panel.detail.save_button.click()
    summary = memory.get(rows.record_id(row))
    assert isinstance(summary, Summary)
    assert summary.corrected
    assert summary.text == "The user cooks with cumin and without walnuts."
    assert "corrected by you" in rows.line(row).meta


def test_show_record_selects_it_in_the_list(dock: InspectorDock, memory: Memory) -> None:
    record = find(memory, "Bruno is afraid")
    dock.show_record(record.id)
    assert dock.panel.table.selected_ids() == [record.id]
    assert dock.panel.detail.text.toPlainText() == record.text


def test_show_record_opens_the_memory_also_where_the_inspector_was_closed(
    window: QMainWindow, session: Session, memory: Memory
) -> None:
    tasks = Tasks()
    dock = open_dock(window, session, tasks)
    until(lambda: texts(dock))
    dock.set_locked(True)
    dock.hide()
    dock.set_locked(False)
    record = find(memory, "Bruno is afraid")
    dock.show_record(record.id)
    until(lambda: texts(dock) and dock.panel.detail.record)
    QTest.qWait(50)
    tasks.close()
    QApplication.processEvents()
    assert dock.panel.table.selected_ids() == [record.id]
    assert dock.panel.detail.text.toPlainText() == record.text
    assert dock.panel.detail.isVisible()


def test_a_new_title_is_shown_after_a_refresh(dock: InspectorDock, memory: Memory) -> None:
    record = choose(dock, "courtyard")
    memory.rename(record.conversation, "Portugal in May")
    dock.refresh()
    assert dock.panel.detail._chat.words == "Portugal in May"
    assert "Portugal in May" in dock.panel.rows.line(dock.panel.table.selected_rows()[0]).meta


def test_show_record_shows_also_what_the_list_leaves_out(dock: InspectorDock, memory: Memory) -> None:
    record = find(memory, "Bruno is afraid")
    dock.panel.filters.set_days(local_day(NOON), local_day(NOON))
    dock.show_record(record.id)
    assert dock.panel.detail.text.toPlainText() == record.text


def test_what_is_selected_stays_selected_over_a_refresh(dock: InspectorDock, memory: Memory) -> None:
    record = choose(dock, "courtyard")
    hold(memory, "News", ("It rains today.", "Take an umbrella."))
    dock.refresh()
    assert dock.panel.table.selected_ids() == [record.id]


def test_the_keyboard_does_everything(dock: InspectorDock, memory: Memory) -> None:
    table = dock.panel.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Home)
    first = dock.panel.rows.record_id(0)
    assert table.selected_ids() == [first]
    QTest.keyClick(table, Qt.Key.Key_End)
    assert table.selected_ids() == [dock.panel.rows.record_id(dock.panel.rows.size() - 1)]
    record = choose(dock, "walnuts")
    QTest.keyClick(table, Qt.Key.Key_F2)
    assert dock.panel.detail.text.editing
    QTest.keyClick(dock.panel.detail.text, Qt.Key.Key_Escape)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert dock.forgetting.pending
    dock.finish_pending()
    assert memory.store.get(record.id) is None


def test_where_there_is_little_room_the_detail_takes_the_place_of_the_list(
    dock: InspectorDock, window: QMainWindow
) -> None:
    window.resize(1000, 600)
    window.resizeDocks([dock], [360], Qt.Orientation.Horizontal)
    QApplication.processEvents()
    choose(dock, "courtyard")
    assert dock.panel.table.isVisible()
    assert not dock.panel.detail.isVisible()
    QTest.mouseClick(
        dock.panel.table.viewport(),
        Qt.MouseButton.LeftButton,
        pos=dock.panel.table.visualRect(dock.panel.rows.index(0, 0)).center() + QPoint(1, 1),
    )
    assert not dock.panel.table.isVisible()
    assert dock.panel.detail.isVisible()
    dock.panel.detail.back_button.click()
    assert dock.panel.table.isVisible()


def test_it_can_be_its_own_window_and_come_back(dock: InspectorDock, window: QMainWindow) -> None:
    dock.float_button.click()
    QApplication.processEvents()
    assert dock.isFloating()
    assert dock.isVisible()
    assert dock.windowFlags() & Qt.WindowType.WindowMaximizeButtonHint
    choose(dock, "walnuts")
    dock.panel.detail.forget_button.click()
    assert dock.toaster.toasts[0].window() is dock
    dock.toaster.toasts[0].act()
    dock.panel.dock_button.click()
    QApplication.processEvents()
    assert not dock.isFloating()
    choose(dock, "walnuts")
    dock.panel.detail.forget_button.click()
    assert dock.toaster.toasts[0].window() is window
    dock.finish_pending()


def test_as_its_own_window_it_is_all_on_the_screen_and_has_one_title_bar(
    dock: InspectorDock, window: QMainWindow
) -> None:
    window.move(600, 500)
    dock.float_button.click()
    QApplication.processEvents()
    assert dock.screen().availableGeometry().contains(dock.geometry())
    assert dock.titleBarWidget().height() == 0
    dock.panel.dock_button.click()
    QApplication.processEvents()
    assert dock.titleBarWidget().height() > 0


def test_after_an_unlock_its_own_window_leaves_the_keyboard_where_it_is(dock: InspectorDock) -> None:
    quiet = Qt.WidgetAttribute.WA_ShowWithoutActivating
    dock.float_button.click()
    assert not dock.testAttribute(quiet)
    dock.hide()
    dock.set_locked(True)
    assert dock.testAttribute(quiet)
    dock.show()
    dock.set_locked(False)
    assert not dock.testAttribute(quiet)


def test_undo_can_be_seen_where_the_inspectors_own_window_was_closed(dock: InspectorDock, window: QMainWindow) -> None:
    dock.float_button.click()
    choose(dock, "walnuts")
    dock.panel.detail.forget_button.click()
    dock.close()
    (toast,) = dock.toaster.toasts
    assert toast.window() is window
    assert toast.isVisible()
    toast.act()


@pytest.mark.parametrize("floating", [False, True])
def test_list_detail_and_editing_need_the_same_width(dock: InspectorDock, floating: bool) -> None:
    dock.setFloating(floating)
    QApplication.processEvents()
    needed = [dock.panel.minimumSizeHint().width()]
    choose(dock, "courtyard")
    dock.panel.drill()
    detail = dock.panel.detail
    steps: list[Callable[[], None]] = [detail.begin_edit, detail.text.cancel, dock.panel.table.selectAll]
    for go_on in steps:
        QApplication.processEvents()
        needed.append(dock.panel.minimumSizeHint().width())
        go_on()
    QApplication.processEvents()
    needed.append(dock.panel.minimumSizeHint().width())
    assert len(set(needed)) == 1, needed
    assert dock.panel.details.minimumWidth() == dock.panel._list_pane.minimumWidth()


def test_back_in_the_main_window_it_is_as_wide_as_it_was(dock: InspectorDock, window: QMainWindow) -> None:
    window.resizeDocks([dock], [390], Qt.Orientation.Horizontal)
    QApplication.processEvents()
    before = dock.width()
    dock.float_button.click()
    QApplication.processEvents()
    dock.panel.dock_button.click()
    QTest.qWait(50)
    assert dock.width() == before


def test_after_forgetting_the_keyboard_is_in_the_list_and_undo_one_tab_away(dock: InspectorDock) -> None:
    dock.activateWindow()
    choose(dock, "walnuts")
    dock.panel.detail.forget_button.setFocus()
    QTest.keyClick(dock.panel.detail.forget_button, Qt.Key.Key_Space)
    assert dock.panel.table.hasFocus()
    QTest.keyClick(dock.panel.table, Qt.Key.Key_Tab)
    (toast,) = dock.toaster.toasts
    assert toast.button is not None
    assert toast.button.hasFocus()
    toast.act()


def test_tab_goes_through_search_timeline_and_filters_as_they_are_seen(dock: InspectorDock) -> None:
    panel = dock.panel
    panel.filters.set_days(local_day(NOON - timedelta(days=7)), local_day(NOON))
    dock.activateWindow()
    panel._views.button(0).setFocus()
    seen: list[QWidget] = [panel._views.button(0)]
    while (focused := QApplication.focusWidget()) is not None and focused is not panel.table and len(seen) < 30:
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget() or focused)
    filters = panel.filters
    chips = [filters._kind, filters._state, filters._when, filters._chat, filters._use]
    before = [panel._views.button(0), panel.more_button, panel.search, panel.timeline]
    assert seen == [*before, *chips, filters.clear_button, filters.order_chip, panel.table]


def test_words_have_room_around_them_while_they_are_edited(dock: InspectorDock) -> None:
    choose(dock, "courtyard")
    field = dock.panel.detail.text
    read = field.viewport().geometry()
    dock.panel.detail.begin_edit()
    QApplication.processEvents()
    edited = field.viewport().geometry()
    assert edited.left() >= read.left() + 8
    assert edited.height() >= int(field.document().size().height())
    field.cancel()
    QApplication.processEvents()
    assert field.viewport().geometry().left() == read.left()


@pytest.mark.parametrize("scale", [100, 200])
def test_no_label_is_cut_off(dock: InspectorDock, qapp: QApplication, scale: int) -> None:
    apply_theme(qapp, "light", scale)
    try:
        choose(dock, "walnuts")
        dock.panel.drill()

        def cut_off() -> list[str]:
            shown = [label for label in dock.panel.detail.findChildren(QLabel) if label.isVisible() and label.text()]
            assert shown
            wrapped = [label for label in shown if label.wordWrap()]
            return [w.text() for w in wrapped if not w.height() >= w.heightForWidth(w.width()) > 0]

        for _ in range(40):  # the layouts need some turns of the event loop
            QTest.qWait(50)
            if not cut_off():
                break
        assert cut_off() == []
    finally:
        apply_theme(qapp, "light", 100)


def test_every_control_has_a_name_for_screen_readers(dock: InspectorDock) -> None:
    from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLineEdit

    choose(dock, "walnuts")
    for kind in (QAbstractButton, QLineEdit, QAbstractItemView):
        for control in dock.findChildren(kind):
            if control.isVisible() and control.focusPolicy() != Qt.FocusPolicy.NoFocus:
                name = control.accessibleName() or (control.text() if isinstance(control, QAbstractButton) else "")
                assert name, control
