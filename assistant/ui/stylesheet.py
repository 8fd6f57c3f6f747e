"""The style sheet that follows from the colours. Widgets choose a look by the dynamic property `role`.

| widget | `role` |
|---|---|
| QPushButton, QToolButton | `primary`, `danger` (filled), `quiet` (no edge until pointed at), `link`, none (edged) |
| QLabel | `title`, `heading`, `muted`, `small`, `danger`, `warning`, `success`, `badge`, `temporary` |
| QFrame | `card`, `bubble`, `error`, `notice`, `panel` (side panel ground), `line` |
"""

from collections.abc import Callable

from assistant.ui.palette import Palette


def style_sheet(colours: Palette, points: Callable[[float], float], radius: int) -> str:
    """The application's style sheet.

    Args:
        colours: Those in use.
        points: Gives the size of text in points that is so many times the size of the body.
        radius: Of corners, in pixels.
    """
    c = colours
    small = points(0.88)
    return f"""
QMainWindow, QDialog {{ background: {c.window}; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QToolTip {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.border}; padding: 4px 6px; }}

QLabel {{ background: transparent; }}
QLabel[role="title"] {{ font-size: {points(1.7)}pt; font-weight: 600; }}
QLabel[role="heading"] {{ font-size: {points(1.15)}pt; font-weight: 600; }}
QLabel[role="muted"] {{ color: {c.muted}; }}
QLabel[role="small"] {{ color: {c.muted}; font-size: {small}pt; }}
QLabel[role="danger"] {{ color: {c.danger}; }}
QLabel[role="warning"] {{ color: {c.warning}; }}
QLabel[role="success"] {{ color: {c.success}; }}
QLabel[role="badge"] {{ color: {c.accent}; background: {c.accent_soft}; border-radius: 6px; padding: 2px 8px;
    font-size: {small}pt; }}
QLabel[role="temporary"] {{ color: {c.temporary}; background: {c.temporary_soft}; border-radius: 6px;
    padding: 2px 8px; font-size: {small}pt; }}

QFrame[role="panel"] {{ background: {c.sidebar}; border: none; }}
QFrame[role="card"] {{ background: {c.surface}; border: 1px solid {c.border}; border-radius: {radius}px; }}
QFrame[role="bubble"] {{ background: {c.bubble}; border: none; border-radius: {radius + 4}px; }}
QFrame[role="error"] {{ background: {c.danger_soft}; border: 1px solid {c.danger}; border-radius: {radius}px; }}
QFrame[role="notice"] {{ background: {c.warning_soft}; border: 1px solid {c.border};
    border-radius: {radius}px; }}
QFrame[role="line"] {{ background: {c.border}; border: none; }}

QPushButton, QToolButton {{
    background: {c.surface}; color: {c.text}; border: 1px solid {c.border_strong}; border-radius: 7px;
    padding: 5px 12px; }}
QToolButton {{ padding: 5px; }}
QPushButton:hover, QToolButton:hover {{ background: {c.raised}; }}
QPushButton:pressed, QToolButton:pressed, QToolButton:checked {{ background: {c.pressed}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {c.accent}; padding: 4px 11px; }}
QToolButton:focus {{ padding: 4px; }}
QPushButton:disabled, QToolButton:disabled {{ color: {c.muted}; border-color: {c.border}; }}
QPushButton::menu-indicator, QToolButton::menu-indicator {{ image: none; width: 0; }}

QPushButton[role="primary"] {{ background: {c.accent}; color: {c.on_accent}; border: 1px solid {c.accent};
    font-weight: 600; }}
QPushButton[role="primary"]:hover {{ background: {_mix(c.accent, c.text, 0.12)}; }}
QPushButton[role="primary"]:focus {{ border: 2px solid {c.text}; }}
QPushButton[role="primary"]:disabled {{ background: {c.raised}; color: {c.muted}; border-color: {c.border}; }}
QPushButton[role="danger"] {{ background: {c.danger}; color: {c.on_danger}; border: 1px solid {c.danger};
    font-weight: 600; }}
QPushButton[role="danger"]:focus {{ border: 2px solid {c.text}; }}
QPushButton[role="danger"]:disabled {{ background: {c.raised}; color: {c.muted}; border-color: {c.border}; }}
QPushButton[role="quiet"], QToolButton[role="quiet"] {{ background: transparent; border: 1px solid transparent; }}
QPushButton[role="quiet"] {{ text-align: left; }}
QPushButton[role="quiet"]:hover, QToolButton[role="quiet"]:hover {{ background: {c.raised}; }}
QPushButton[role="quiet"]:pressed, QToolButton[role="quiet"]:pressed, QToolButton[role="quiet"]:checked,
QPushButton[role="quiet"]:checked {{ background: {c.pressed}; }}
QPushButton[role="quiet"]:focus, QToolButton[role="quiet"]:focus {{ border: 2px solid {c.accent}; }}
QPushButton[role="link"], QToolButton[role="link"] {{ background: transparent; border: 1px solid transparent;
    color: {c.accent}; text-align: left; padding: 2px 4px; }}
QPushButton[role="link"]:hover, QToolButton[role="link"]:hover {{ text-decoration: underline; }}
QPushButton[role="link"]:disabled, QToolButton[role="link"]:disabled {{ color: {_mix(c.muted, c.window, 0.4)};
    border-color: transparent; }}
QPushButton[role="link"]:focus, QToolButton[role="link"]:focus {{ border: 2px solid {c.accent}; padding: 1px 3px; }}

QLineEdit, QPlainTextEdit, QTextEdit {{
    background: {c.surface}; color: {c.text}; border: 1px solid {c.border_strong}; border-radius: 7px;
    padding: 5px 8px; selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus {{
    border: 2px solid {c.accent}; padding: 4px 7px; }}
QLineEdit:disabled {{ color: {c.muted}; background: {c.sidebar}; }}
QComboBox, QAbstractSpinBox {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.border_strong};
    border-radius: 7px; padding: 4px 8px; }}
QComboBox:focus, QAbstractSpinBox:focus {{ border: 2px solid {c.accent}; padding: 3px 7px; }}
QComboBox:disabled, QAbstractSpinBox:disabled {{ color: {c.muted}; background: {c.sidebar};
    border-color: {c.border}; }}
QComboBox::drop-down {{ border: none; width: {small * 2}px; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: none; background: transparent;
    width: {small * 2}px; }}
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover {{ background: {c.raised}; }}
QAbstractSpinBox QLineEdit {{ border: none; background: transparent; padding: 0; }}
QSlider::groove:horizontal {{ height: 4px; background: {c.border_strong}; border-radius: 2px; }}
QSlider::sub-page:horizontal {{ background: {c.accent}; border-radius: 2px; }}
QSlider::handle:horizontal {{ background: {c.accent}; border: 2px solid {c.surface}; width: 16px; margin: -8px 0;
    border-radius: 10px; }}
QSlider::handle:horizontal:focus {{ border-color: {c.text}; }}
QComboBox QAbstractItemView {{ background: {c.surface}; border: 1px solid {c.border}; padding: 4px;
    selection-background-color: {c.accent_soft}; selection-color: {c.text}; }}
QTextEdit#codeText, QTextEdit#codeText:focus {{ background: transparent; border: none; padding: 0 12px; }}
QFrame#codeBlock {{ background: {c.code}; border: 1px solid {c.border}; border-radius: {radius}px; }}
QTextBrowser {{ background: transparent; border: none; padding: 0; }}
QTextBrowser:focus {{ border: none; padding: 0; }}

QListView, QTreeView, QTableView {{ background: transparent; border: none; outline: none; }}
QListView::item {{ border-radius: 7px; }}

QMenu {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.border}; padding: 4px; }}
QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 5px; }}
QMenu::item:selected {{ background: {c.accent_soft}; color: {c.text}; }}
QMenu::item:disabled {{ color: {c.muted}; }}
QMenu::separator {{ height: 1px; background: {c.border}; margin: 4px 8px; }}

QProgressBar {{ background: {c.raised}; border: none; border-radius: 3px; min-height: 6px; max-height: 6px;
    text-align: center; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}

QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {c.border_strong}; border-radius: 3px; margin: 3px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {c.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}

QStatusBar {{ background: {c.sidebar}; color: {c.muted}; border-top: 1px solid {c.border}; }}
QStatusBar::item {{ border: none; }}
QSplitter::handle {{ background: {c.border}; }}
QMainWindow::separator {{ background: {c.border}; width: 1px; }}
QDockWidget {{ color: {c.text}; }}
"""


def _mix(one: str, other: str, share: float) -> str:
    """The colour that is `share` (0 to 1) of the way from `one` to `other`, both "#rrggbb"."""
    channels = [
        round(int(one[at : at + 2], 16) * (1 - share) + int(other[at : at + 2], 16) * share) for at in (1, 3, 5)
    ]
    return "#" + "".join(f"{channel:02x}" for channel in channels)
