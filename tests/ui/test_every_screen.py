"""What holds on every screen, seen on a walk through all of them: in a made-up language nothing is left in English and
nothing is cut off, and a screen reader has a name and a role for every control.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QWidget,
)

from assistant.conversation.demo import demo_home, seed
from assistant.conversation.session import Session
from assistant.models.catalogue import catalogue
from assistant.paths import Home
from assistant.store.records import Fact
from assistant.ui.chat.prompt_dialog import PromptDialog
from assistant.ui.language import LANGUAGES
from assistant.ui.settings.dialog import LIBRARIES
from assistant.ui.tasks import Tasks
from assistant.ui.widgets.elided_label import ElidedLabel
from assistant.ui.widgets.parts import ElidedButton

from ..pictures.screens import CODE, FILES, first_start, work
from .accessible import described, nameless
from .pseudo import Pseudo, untranslated

SIZE = (1000, 700)
NAMES = (
    "Hippo",
    "XXXX" + 6 * "-XXXX",
    "Apache-2.0",
    "apache-2.0",
    "MIT",
    "Python",
    "huggingface.co",
    *FILES,
    *LIBRARIES,
    *LANGUAGES.values(),
)


@pytest.fixture
def homes(model_home: Home, tmp_path: Path) -> Iterator[tuple[Home, Session]]:
    new = Home(tmp_path / "new")
    with demo_home() as home:
        for each in (new, home):
            each.create()
            each.models.symlink_to(model_home.models)
        session = Session(home, keyring=None)
        seed(session)
        session.prepare_models()
        yield new, session
        session.close()


@pytest.fixture
def other_language(qapp: QApplication) -> Iterator[None]:
    """Words in brackets; dates and numbers in a language without Latin letters, so that each other one stands out."""
    before, translator = QLocale(), Pseudo(qapp)
    qapp.installTranslator(translator)
    QLocale.setDefault(QLocale(QLocale.Language.Japanese))
    yield
    QLocale.setDefault(before)
    qapp.removeTranslator(translator)


def visible(root: QWidget) -> Iterator[QWidget]:
    yield root
    for widget in root.findChildren(QWidget):
        if widget.isVisible() and not widget.objectName().startswith("qt_"):
            yield widget


def words_of(widget: QWidget) -> Iterator[str]:
    """Everything that a widget says: on the screen, to a pointer that rests on it, and to a screen reader."""
    yield widget.toolTip()
    yield widget.accessibleDescription()
    if not isinstance(widget, QComboBox):
        yield widget.accessibleName()
    if widget.isWindow():
        yield widget.windowTitle()
    if (isinstance(widget, QLabel) and not shows_the_prompt(widget)) or isinstance(widget, QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QLineEdit | QPlainTextEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(at) for at in range(widget.count()))
    elif isinstance(widget, QAbstractItemView) and (model := widget.model()) is not None:
        for row in range(min(40, model.rowCount(widget.rootIndex()))):
            index = model.index(row, 0, widget.rootIndex())
            read = model.data(index, Qt.ItemDataRole.AccessibleTextRole) or model.data(index)
            yield read if isinstance(read, str) else ""
    menus = widget.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly)
    for action in [*widget.actions(), *(action for menu in menus for action in menu.actions())]:
        if isinstance(action, QAction) and action.isVisible():
            yield action.text()


def kept(session: Session) -> list[str]:
    """What is the same in every language: names, and what the user keeps."""
    data = [*NAMES, CODE, str(session.home.root), session.engine.model_name]
    for model in catalogue():
        data += [model.name, model.family, model.licence, f"huggingface.co/{model.repository}"]
    for record in session.memory.records():
        data.append(" ".join(record.text.split()))
        data += [record.subject.capitalize(), record.attribute] if isinstance(record, Fact) else []
    for entry in session.memory.conversations():
        data += [entry.conversation.title, entry.conversation.space]
    return data


def problems_of(screen: QWidget, data: list[str]) -> Iterator[str]:
    """What is wrong with a screen; `data` is what is the same in every language."""
    yield from nameless(screen)
    for widget in visible(screen):
        for words in words_of(widget):
            if left := untranslated(words, data):
                yield f"not translated: {left!r} of {words[:90]!r} in {described(widget)}"
        if is_cut_off(widget):
            yield f"cut off: {getattr(widget, 'text', str)()!r} in {described(widget)}"


def shows_the_prompt(label: QLabel) -> bool:
    """What the model reads is in the words that it reads."""
    selectable = label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    return isinstance(label.window(), PromptDialog) and bool(selectable)


def is_cut_off(widget: QWidget) -> bool:
    """Whether a label or button has less room than its words need, and nowhere else tells them whole."""
    if isinstance(widget, QScrollArea) and (inside := widget.widget()) is not None:
        return inside.width() > widget.viewport().width() and not widget.horizontalScrollBar().isVisible()
    if isinstance(widget, ElidedLabel | ElidedButton) or widget.width() < 1:
        return False
    if isinstance(widget, QLabel) and widget.text() and widget.pixmap().isNull():
        if widget.wordWrap():
            return widget.height() < widget.heightForWidth(widget.width())
        return widget.width() < widget.sizeHint().width() and widget.toolTip() != widget.text()
    if isinstance(widget, QPushButton | QToolButton) and widget.text():
        return widget.width() < widget.sizeHint().width() and widget.toolTip() != widget.text()
    return isinstance(widget, QComboBox) and widget.width() < widget.minimumSizeHint().width()


def test_every_screen_is_translated_whole_and_named(
    qapp: QApplication, homes: tuple[Home, Session], tasks: Tasks, other_language: None
) -> None:
    new, session = homes
    data: list[str] = []
    wrong: dict[str, str] = {}
    seen = 0
    for walk in (first_start(new, tasks, SIZE), work(session, tasks, SIZE)):
        for screen in walk:
            seen += 1
            if session.stage == "open":
                data[:] = kept(session)
            for problem in problems_of(screen.widget, data):
                wrong.setdefault(problem, screen.name)
    assert seen > 40
    assert not wrong, "\n".join(f"{screen}: {problem}" for problem, screen in wrong.items())


def test_what_is_wrong_with_a_screen_is_found(qapp: QApplication, other_language: None) -> None:
    screen = QWidget()
    row = QHBoxLayout(screen)
    row.addWidget(QLabel("Where it lies"))
    row.addWidget(QLabel(screen.tr("Where it lies")))
    narrow = QPushButton(screen.tr("Choose…"))
    narrow.setFixedWidth(20)
    row.addWidget(narrow)
    row.addWidget(QLineEdit())
    screen.show()
    found = sorted(problem.partition(":")[0] for problem in problems_of(screen, ["Lisbon"]))
    assert found == ["cut off", "no name (EditableText)", "not translated"]
