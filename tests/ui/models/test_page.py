"""The page of models, with real models, a real session, and a hub on this machine."""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMessageBox, QProgressBar, QWidget

from assistant.conversation.session import Session
from assistant.models.download import unfinished
from assistant.models.library import LANGUAGE_MODEL
from assistant.models.speed import known_speed
from assistant.settings import Sharing, Theme
from assistant.ui import theme
from assistant.ui.models import ModelsPage, ModelWork
from assistant.ui.models.jobs import Job, add_key, download_key
from assistant.ui.models.words import job_words, memory_words, parameter_words, size_words
from assistant.ui.tasks import Tasks
from tests.models.fake_hub import FakeHub
from tests.models.test_add import ENTRY

from .conftest import built, words


def drop(page: ModelsPage, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)
    QApplication.sendEvent(page, enter)
    if enter.isAccepted():
        QApplication.sendEvent(page, QDropEvent(QPointF(5, 5), copy, data, left, none))


def press(button: QAbstractButton) -> None:
    assert button.isVisible()
    assert button.isEnabled()
    button.click()


def answer_box(page: ModelsPage, words: str) -> str:
    """Press the button with these words in the question that is open; returns what was asked."""
    box = page.findChild(QMessageBox)
    assert box is not None
    asked = f"{box.text()} {box.informativeText()}"
    next(button for button in box.buttons() if button.text() == words).click()
    QApplication.processEvents()
    return asked


# What is installed


def test_the_built_in_model_is_shown_with_what_is_known_of_it(page: ModelsPage, session: Session) -> None:
    session.prepare_models()
    page.search.setText(" ")
    card = page.installed[LANGUAGE_MODEL.folder]
    page._work.model_changed()
    said = words(card)
    for what in (LANGUAGE_MODEL.name, "comes with Hippo", "MB", "8,192 tokens", "in use"):
        assert what in said
    assert card.use_button.isHidden()
    assert card.remove_button.isHidden()


def test_before_it_is_loaded_the_model_in_use_is_said_to_get_ready(page: ModelsPage) -> None:
    assert "getting ready" in words(page.installed[LANGUAGE_MODEL.folder])


def test_a_dropped_file_is_added_chosen_and_then_cannot_be_removed(
    page: ModelsPage, session: Session, work: ModelWork, tiny: Path
) -> None:
    chosen = QSignalSpy(work.chosen)
    drop(page, tiny)
    assert list(page.installed) == [LANGUAGE_MODEL.folder, "tiny"]
    card = page.installed["tiny"]
    assert card.remove_button.isEnabled()
    press(card.use_button)
    assert chosen.at(0)[0] == "tiny"
    settings = session.settings
    session.save_settings(replace(settings, generation=replace(settings.generation, model="tiny")))
    session.prepare_models()
    work.model_changed()
    assert "in use" in words(card)
    assert not card.remove_button.isEnabled()
    assert "another model" in card.remove_button.toolTip()
    press(page.installed[LANGUAGE_MODEL.folder].use_button)
    assert chosen.at(1)[0] == ""


def test_what_is_no_model_is_refused_in_words_and_can_be_dismissed(page: ModelsPage, tmp_path: Path) -> None:
    notes = tmp_path / "notes.gguf"
    notes.write_text("buy milk")
    drop(page, notes)
    card = page.adding[add_key(str(notes))]
    assert "notes.gguf" in words(card)
    assert list(page.installed) == [LANGUAGE_MODEL.folder]
    press(card.again_button)
    press(card.dismiss_button)
    assert not page.adding


def test_something_else_than_a_file_cannot_be_dropped(page: ModelsPage) -> None:
    data = QMimeData()
    data.setText("https://example.org/model.gguf")
    event = QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    event.ignore()
    QApplication.sendEvent(page, event)
    assert not event.isAccepted()


def test_an_addition_that_is_cancelled_leaves_nothing(
    page: ModelsPage, work: ModelWork, session: Session, tiny: Path
) -> None:
    key = add_key(str(tiny))
    work.moved.connect(lambda moved: page.adding[moved].stop_button.click())
    page.area.given.emit(tiny)
    assert key not in page.adding
    assert not (session.home.models / "tiny").exists()


def test_removing_asks_first_and_frees_the_disk(page: ModelsPage, session: Session, tiny: Path) -> None:
    drop(page, tiny)
    press(page.installed["tiny"].remove_button)
    assert "memories stay" in answer_box(page, "Cancel")
    assert (session.home.models / "tiny").exists()
    press(page.installed["tiny"].remove_button)
    answer_box(page, "Remove")
    assert not (session.home.models / "tiny").exists()
    assert list(page.installed) == [LANGUAGE_MODEL.folder]


def test_damage_is_found_by_checking_and_keeps_a_model_from_being_chosen(
    page: ModelsPage, work: ModelWork, session: Session, tiny: Path
) -> None:
    drop(page, tiny)
    card = page.installed["tiny"]
    press(card.check_button)
    assert "every byte" in words(card)
    with (session.home.models / "tiny" / "model.onnx").open("ab") as file:
        file.write(b"\0")
    press(card.check_button)
    assert "Damaged: model.onnx" in words(card)
    chosen = QSignalSpy(work.chosen)
    press(card.use_button)
    assert "damaged" in words(card)
    assert chosen.count() == 0


def test_speed_is_measured_shown_and_kept(page: ModelsPage, session: Session, tiny: Path) -> None:
    drop(page, tiny)
    card = page.installed["tiny"]
    assert "not measured" in words(card)
    press(card.measure_button)
    assert "tokens a second" in words(card)
    assert known_speed(session.home.models / "tiny") is not None


def test_a_measurement_ends_when_its_page_closes(page: ModelsPage, work: ModelWork, tiny: Path) -> None:
    drop(page, tiny)
    work.moved.connect(lambda _key: page.hide())
    page.installed["tiny"].measure_button.click()
    assert not work.jobs
    assert work.shelf is not None
    assert "tiny" not in work.shelf.speeds


def test_why_the_built_in_model_stands_in_is_said_on_the_page(
    page: ModelsPage, work: ModelWork, session: Session
) -> None:
    assert page.problem_words() == ""
    settings = session.settings
    session.save_settings(replace(settings, generation=replace(settings.generation, model="gone")))
    session.prepare_models()
    work.model_changed()
    assert "built-in model answers" in page.problem_words()
    assert "in use" in words(page.installed[LANGUAGE_MODEL.folder])


# The catalogue and the network


def test_the_page_says_when_the_network_is_used_and_what_is_asked(
    session: Session, page: ModelsPage, work: ModelWork
) -> None:
    said = words(page)
    assert "only time Hippo uses the network" in said
    assert "huggingface.co" in said
    assert "nothing of you" in said
    session.settings = replace(session.settings, sharing=Sharing(place="s3://bucket/folder"))
    other = ModelsPage(session, work)
    assert "Apart from the place where your devices share" in words(other)
    other.deleteLater()


def test_nothing_is_asked_before_a_button_is_pressed(online: ModelsPage, hub: FakeHub) -> None:
    words(online)
    assert hub.described == []
    assert hub.asked == []


def test_an_entry_says_what_it_needs_beside_what_there_is(page: ModelsPage) -> None:
    said = words(page.entries[ENTRY.id])
    for what in (
        ENTRY.name,
        ENTRY.family,
        "1 million parameters",
        "0.3 GB of memory; this computer has",
        ENTRY.licence,
    ):
        assert what in said
    assert f"huggingface.co/{ENTRY.repository}" in said
    assert "download is" not in said


def test_what_needs_more_memory_than_there_is_says_so_and_can_be_left_out(session: Session, tasks: Tasks) -> None:
    huge = replace(ENTRY, id="huge", name="Huge", memory=9e6)
    page = built(session, ModelWork(session, tasks, entries=[ENTRY, huge]))
    assert "more than the" in words(page.entries["huge"])
    page.fitting.setChecked(True)
    assert page.entries["huge"].isHidden()
    assert not page.entries[ENTRY.id].isHidden()
    page.deleteLater()


def test_sizes_are_looked_up_when_asked_for(online: ModelsPage, hub: FakeHub) -> None:
    press(online.sizes_button)
    size = len(hub.files["Tiny-Q8_0.GGUF"])
    assert f"The download is {size_words(size)}" in words(online.entries[ENTRY.id])
    assert hub.asked == []  # nothing was downloaded


def test_a_hub_out_of_reach_is_told_and_can_be_asked_again(page: ModelsPage) -> None:
    press(page.sizes_button)
    assert "cannot be reached" in words(page)
    assert page.sizes_button.isEnabled()


def test_a_model_that_the_hub_has_no_more_is_told_at_its_entry(online: ModelsPage, hub: FakeHub) -> None:
    hub.repository = "people/other"
    press(online.sizes_button)
    assert "does not give out" in words(online.entries[ENTRY.id])


def test_a_model_is_downloaded_and_ready_to_use(online: ModelsPage) -> None:
    added = QSignalSpy(online._work.added)
    press(online.entries[ENTRY.id].download_button)
    assert added.at(0)[0].id == ENTRY.id
    assert ENTRY.id in online.installed
    assert "installed" in words(online.entries[ENTRY.id])
    assert online.entries[ENTRY.id].download_button.isHidden()
    assert f"huggingface.co/{ENTRY.repository}" in words(online.installed[ENTRY.id])


def test_a_paused_download_is_kept_and_resumed_from_there(online: ModelsPage, hub: FakeHub) -> None:
    card = online.entries[ENTRY.id]
    online._work.moved.connect(lambda _key: card.pause_button.click() if hub.asked else None)
    press(card.download_button)
    assert "received; it goes on from there" in words(card)
    assert "lost" not in words(card)
    assert ENTRY.id not in online.installed
    online._work.moved.disconnect()
    press(card.resume_button)
    assert ENTRY.id in online.installed
    assert hub.asked == [("Tiny-Q8_0.GGUF", 0)]  # no byte came twice


def test_a_cut_download_says_so_is_kept_and_goes_on(online: ModelsPage, hub: FakeHub) -> None:
    card = online.entries[ENTRY.id]
    hub.cuts = [1000]
    press(card.download_button)
    said = words(card)
    assert "connection was lost" in said
    assert "1 kB of" in said
    assert card.resume_button.isVisible()
    press(card.resume_button)
    assert hub.asked == [("Tiny-Q8_0.GGUF", 0), ("Tiny-Q8_0.GGUF", 1000)]
    assert ENTRY.id in online.installed
    assert "lost" not in words(card)


def test_what_was_received_can_be_thrown_away(online: ModelsPage, hub: FakeHub, session: Session) -> None:
    card = online.entries[ENTRY.id]
    hub.cuts = [1000]
    press(card.download_button)
    press(card.discard_button)
    assert card.download_button.isVisible()
    assert not (session.home.models / ".downloads").exists()


def test_a_cancelled_download_leaves_nothing(online: ModelsPage, session: Session) -> None:
    card = online.entries[ENTRY.id]
    online._work.moved.connect(lambda _key: card.cancel_button.click())
    press(card.download_button)
    assert card.download_button.isVisible()
    assert not (session.home.models / ".downloads").exists()
    assert ENTRY.id not in online.installed


def test_a_download_that_waits_is_taken_off_the_list_and_what_it_had_stays(
    online: ModelsPage, hub: FakeHub, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    card, work = online.entries[ENTRY.id], online._work
    hub.cuts = [1000]
    press(card.download_button)
    held: list[Callable[[], None]] = []
    stream = work._tasks.stream
    monkeypatch.setattr(work._tasks, "stream", lambda *given, **named: held.append(lambda: stream(*given, **named)))
    press(card.resume_button)
    assert "Waits" in words(card)
    press(card.cancel_button)
    assert card.resume_button.isVisible()
    monkeypatch.undo()
    held.pop()()
    assert unfinished(session.home)[ENTRY.id].done == 1000
    assert len(hub.asked) == 1


def test_an_altered_download_is_refused_in_words(online: ModelsPage, hub: FakeHub) -> None:
    hub.altered = {"Tiny-Q8_0.GGUF"}
    card = online.entries[ENTRY.id]
    press(card.download_button)
    assert "altered on the way" in words(card)
    assert card.download_button.isVisible()


# Finding, keyboard, screen readers, sizes


def test_both_lists_are_narrowed_by_words(page: ModelsPage, tiny: Path) -> None:
    drop(page, tiny)
    page.search.setText("smollm")
    assert page.installed["tiny"].isHidden()
    assert not page.installed[LANGUAGE_MODEL.folder].isHidden()
    assert page.entries[ENTRY.id].isHidden()
    assert "No model of the catalogue" in words(page)
    page.search.setText("")
    assert not page.entries[ENTRY.id].isHidden()


def test_everything_that_can_be_pressed_has_a_name_of_its_own(page: ModelsPage, tiny: Path) -> None:
    drop(page, tiny)
    QApplication.processEvents()
    names = []
    for kind in (QAbstractButton, QProgressBar, QLineEdit):
        for widget in page.findChildren(kind):
            if widget.isVisible() and not isinstance(widget.parent(), QLineEdit):
                assert widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()), widget
                names.append(widget.accessibleName() or str(widget))
    assert len(names) == len(set(names))
    assert "Measure speed: Tiny" in names
    assert "Download: Tiny One" in names


def test_the_keyboard_reaches_every_button_and_stays_on_a_card_that_changes(
    page: ModelsPage, session: Session, tiny: Path
) -> None:
    drop(page, tiny)
    page.activateWindow()
    assert QTest.qWaitForWindowActive(page)
    page.search.setFocus()
    seen: set[QWidget | None] = set()
    for _ in range(40):
        QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Tab)
        seen.add(QApplication.focusWidget())
    wanted = {b for b in page.findChildren(QAbstractButton) if b.isVisible() and b.isEnabled() and b.text()}
    assert wanted <= seen
    card = page.installed["tiny"]
    card.use_button.setFocus()
    settings = session.settings
    session.save_settings(replace(settings, generation=replace(settings.generation, model="tiny")))
    page._work.model_changed()
    assert QApplication.focusWidget() is card.measure_button


def test_a_removed_card_hands_the_keyboard_on(page: ModelsPage, work: ModelWork, tiny: Path) -> None:
    drop(page, tiny)
    page.activateWindow()
    assert QTest.qWaitForWindowActive(page)
    page.installed["tiny"].check_button.setFocus()
    assert work.shelf is not None
    model = work.shelf.find("tiny")
    assert model is not None
    work.remove(model)
    assert QApplication.focusWidget() is page.area.file_button


@pytest.mark.parametrize("look", ["light", "dark"])
def test_at_twice_the_text_size_nothing_is_wider_than_the_page(
    qapp: QApplication, page: ModelsPage, tiny: Path, look: Theme
) -> None:
    drop(page, tiny)
    theme.apply_theme(qapp, look, 200)
    try:
        page.resize(620, 700)
        QApplication.processEvents()
        assert page.minimumSizeHint().width() <= 620
        for button in page.findChildren(QAbstractButton):
            if button.isVisible():
                right = button.mapTo(page, button.rect().topRight()).x()
                assert right <= page.width(), button.text()
    finally:
        theme.apply_theme(qapp, "light", 100)


def test_a_page_without_any_model_says_what_will_happen(page: ModelsPage, work: ModelWork, session: Session) -> None:
    (session.home.models / LANGUAGE_MODEL.folder).unlink()
    work.refresh()
    assert not page.installed
    assert "None is ready yet" in words(page)


def test_the_line_on_a_download_tells_speed_and_time_left() -> None:
    job = Job(download_key("x"), "download", "X", stage="download", share=0.5)
    job._marks.append((0.0, 0))
    job._marks.append((10.0, 20_000_000))
    job.done, job.total = 100_000_000, 400_000_000
    assert job_words(job) == "100 MB of 400 MB · 2 MB a second · about 2 minutes left"
    job.pause.set()
    assert job_words(job) == "Pausing…"


def test_figures_are_read_as_people_say_them() -> None:
    assert [parameter_words(each) for each in (0.36, 1.7, 8.0)] == [
        "360 million parameters",
        "1.7 billion parameters",
        "8 billion parameters",
    ]
    assert [memory_words(each) for each in (1.9, 15.8)] == ["1.9 GB", "16 GB"]
    assert [size_words(each) for each in (640_000_000, 1_120_000_000)] == ["640 MB", "1.1 GB"]
