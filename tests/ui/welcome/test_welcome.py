"""First start over the real session: three clicks to the first chat, and what happens when something fails."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit

from assistant.conversation.session import Session
from assistant.errors import CancelledError, ModelError
from assistant.paths import Home
from assistant.ui.tasks import Tasks
from assistant.ui.theme import apply_theme
from assistant.ui.welcome import WelcomeWidget
from assistant.ui.welcome.protection import ProtectionPage

from ..inspector.conftest import until

WORDS = "lentil gazelle ghent"


class Keyring(KeyringBackend):
    """A keyring that keeps secrets, in RAM."""

    priority = 5.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def home(tmp_path: Path, model_home: Home) -> Home:
    home = Home(tmp_path / "home")
    home.create()
    home.models.symlink_to(model_home.models)
    return home


@pytest.fixture
def open_welcome(home: Home, tasks: Tasks) -> Iterator[Callable[..., tuple[WelcomeWidget, Session]]]:
    made: list[tuple[WelcomeWidget, Session]] = []

    def make(keyring: KeyringBackend | None = None) -> tuple[WelcomeWidget, Session]:
        session = Session(home, keyring=keyring)
        welcome = WelcomeWidget(session, tasks)
        welcome.resize(1000, 700)
        welcome.show()
        made.append((welcome, session))
        return welcome, session

    yield make
    for welcome, session in made:
        welcome.close()
        session.close()


Opener = Callable[..., tuple[WelcomeWidget, Session]]


def test_with_a_keyring_three_clicks_lead_to_the_first_chat(open_welcome: Opener, home: Home) -> None:
    keyring = Keyring()
    welcome, session = open_welcome(keyring)
    finished = QSignalSpy(welcome.finished)
    welcome.protection.go.click()
    code = welcome.recovery.code.text()
    welcome.recovery.done.click()
    welcome.preparing.start_button.click()
    assert finished.count() == 1
    assert session.stage == "open"
    assert session.models_ready
    session.close()
    again = Session(home, keyring=keyring)
    again.unlock()
    again.lock()
    again.unlock(recovery_code=code)
    again.close()


def test_without_a_keyring_a_passphrase_is_asked_for_and_the_reason_is_told(open_welcome: Opener, home: Home) -> None:
    welcome, session = open_welcome(None)
    page = welcome.protection
    assert not page.keyring.isVisible()
    assert page._no_keyring.isVisible()
    assert not page.go.isEnabled()
    QTest.keyClicks(page.fields.first, WORDS)
    QTest.keyClicks(page.fields.second, WORDS[:-1])
    assert not page.go.isEnabled()
    QTest.keyClicks(page.fields.second, WORDS[-1])
    QTest.keyClick(page.fields.second, Qt.Key.Key_Return)
    assert session.stage == "open"
    assert page.fields.passphrase() == ""
    session.lock()
    session.unlock(passphrase=WORDS)


def test_two_different_passphrases_are_told(open_welcome: Opener) -> None:
    welcome, _ = open_welcome(None)
    fields = welcome.protection.fields
    fields.first.setText(WORDS)
    fields.second.setText("lentil soup")
    assert "not the same" in fields._hint.text()


def test_what_is_typed_so_far_is_not_yet_the_same(open_welcome: Opener) -> None:
    welcome, _ = open_welcome(None)
    fields = welcome.protection.fields
    fields.first.setText(WORDS)
    fields.second.setText(WORDS[:5])
    assert "go on typing" in fields._hint.text()
    fields.second.setText(WORDS)
    assert "go on typing" not in fields._hint.text()


def test_a_single_choice_is_no_choice_and_typing_begins_at_once(open_welcome: Opener) -> None:
    welcome, _ = open_welcome(None)
    assert welcome.focusWidget() is welcome.protection.fields.first
    assert not welcome.protection.passphrase.radio.isVisible()


def test_typing_can_begin_before_it_is_known_whether_there_is_a_keyring(
    open_welcome: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ProtectionPage, "offer_keyring", lambda _page, _available: None)
    welcome, _ = open_welcome(None)
    assert welcome.focusWidget() is welcome.protection.fields.first


def test_with_a_keyring_there_are_two_to_choose_from(open_welcome: Opener) -> None:
    welcome, _ = open_welcome(Keyring())
    assert welcome.protection.passphrase.radio.isVisible()
    assert welcome.protection.keyring.radio.isVisible()


def test_the_logo_stays_where_it_is_from_page_to_page(open_welcome: Opener) -> None:
    welcome, _ = open_welcome(None)
    places = set()
    for page in (welcome.protection, welcome.recovery, welcome.preparing):
        welcome.pages.setCurrentWidget(page)
        QTest.qWait(20)
        places.add(page._logo.mapTo(welcome, page._logo.rect().topLeft()).y())
    assert len(places) == 1


def test_a_link_that_cannot_be_chosen_looks_so(open_welcome: Opener) -> None:
    welcome, _ = open_welcome(None)
    before = welcome.protection.without.grab().toImage()
    welcome.protection.without.setEnabled(False)
    assert welcome.protection.without.grab().toImage() != before


def test_a_keyring_that_fails_leads_to_a_passphrase(open_welcome: Opener) -> None:
    class Broken(Keyring):
        broken = False

        def set_password(self, service: str, username: str, password: str) -> None:
            if self.broken:
                raise RuntimeError("the service went away")
            super().set_password(service, username, password)

    keyring = Broken()
    welcome, session = open_welcome(keyring)
    assert welcome.protection.way() == "keyring"
    keyring.broken = True
    welcome.protection.go.click()
    assert session.stage == "new"
    assert welcome.protection.error_words()
    assert welcome.protection.way() == "passphrase"
    assert welcome.pages.currentWidget() is welcome.protection


def test_the_code_can_be_copied_and_saved_for_this_user_only(open_welcome: Opener, tmp_path: Path) -> None:
    welcome, _ = open_welcome(Keyring())
    welcome.protection.go.click()
    page = welcome.recovery
    page.copy_button.click()
    code = QGuiApplication.clipboard().text()
    assert code.replace("-", " ") == page.code.text()
    page.save(tmp_path / "code.txt")
    assert code in (tmp_path / "code.txt").read_text()
    assert (tmp_path / "code.txt").stat().st_mode & 0o077 == 0
    page.save(tmp_path / "missing" / "code.txt")
    assert "could not be written" in page.error_words()
    page.done.click()
    assert page.code.text() == ""


def test_a_failed_preparation_can_be_tried_again(open_welcome: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare = Session.prepare_models

    def fail(self: Session, **_: object) -> None:
        raise ModelError("The model file is damaged.", next_step="Try again.")

    monkeypatch.setattr(Session, "prepare_models", fail)
    welcome, session = open_welcome(Keyring())
    welcome.protection.go.click()
    welcome.recovery.done.click()
    page = welcome.preparing
    assert page.error_words() == "The model file is damaged. Try again."
    assert not page.start_button.isVisible()
    assert page.without_button.isVisible()
    monkeypatch.setattr(Session, "prepare_models", prepare)
    page.again_button.click()
    assert page.error_words() == ""
    assert page.start_button.isEnabled()
    assert session.models_ready


def test_preparation_shows_real_progress_and_can_be_cancelled(
    qapp: QApplication, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    half = threading.Event()

    def slow(self: Session, *, progress: Callable[[float], None], cancelled: Callable[[], bool]) -> None:
        progress(0.5)
        half.set()
        while not cancelled():
            threading.Event().wait(0.01)
        raise CancelledError("Stopped.")

    monkeypatch.setattr(Session, "prepare_models", slow)
    session, tasks = Session(home, keyring=None), Tasks()
    welcome = WelcomeWidget(session, tasks)
    welcome.show()
    welcome.protection.without.click()
    page = welcome.preparing
    until(lambda: half.is_set() and page.bar.value() == 500)
    page.cancel_button.click()
    until(lambda: not page.under_way)
    assert page.again_button.isVisible()
    assert page.error_words() == ""
    tasks.close()
    welcome.close()
    session.close()


def test_chat_without_memory_keeps_nothing(open_welcome: Opener, home: Home) -> None:
    welcome, session = open_welcome(None)
    finished = QSignalSpy(welcome.finished)
    welcome.protection.without.click()
    said = [label.text() for label in welcome.preparing.findChildren(QLabel)]
    assert any("Nothing of what you say is remembered" in words for words in said)
    assert not any("and remembers" in words for words in said)
    welcome.preparing.start_button.click()
    assert finished.count() == 1
    assert session.stage == "temporary"
    assert not home.vault.exists()


@pytest.mark.parametrize("scale", [100, 200])
def test_no_word_is_cut_off_and_every_control_has_a_name(qapp: QApplication, open_welcome: Opener, scale: int) -> None:
    apply_theme(qapp, "dark", scale)
    try:
        welcome, _ = open_welcome(None)
        for page in (welcome.protection, welcome.recovery, welcome.preparing):
            welcome.pages.setCurrentWidget(page)
            QTest.qWait(30)
            for label in page.findChildren(QLabel):
                if label.isVisible() and label.text():
                    assert label.height() >= (label.heightForWidth(label.width()) if label.wordWrap() else 1)
                    assert label.width() <= page.width()
            assert all(field.accessibleName() for field in page.findChildren(QLineEdit))
            assert all(button.accessibleName() or button.text() for button in page.findChildren(QAbstractButton))
    finally:
        apply_theme(qapp, "light", 100)
