"""Colours, spacing and text sizes of the window, light and dark, and the one place that applies them.

Widgets ask `current()` for colours when they paint, and connect to `notifier().changed` where they hold colours
(icons, documents). The style sheet that follows from the colours is in `stylesheet.py`, the icons in `icons.py`.
Not for settings: those come from `assistant.settings` and are passed in.
"""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from assistant.settings import Theme

TINY = 4
SMALL = 8
MEDIUM = 12
LARGE = 16
HUGE = 24
RADIUS = 8
"""Spacing and corner radius in device-independent pixels."""

SMALLEST_BASE_POINTS = 10.0


@dataclass(frozen=True)
class Palette:
    """Named colours, as "#rrggbb". Text colours have a contrast of at least 4.5:1 on the grounds they are used on.

    Attributes:
        window: Ground of the chat and of dialogs.
        sidebar: Ground of the side panels and the status line.
        surface: Ground of cards and of fields to type in.
        raised: Ground under the pointer.
        pressed: Ground of what is pressed.
        border: Hairlines.
        border_strong: Edges of controls (3:1 on their ground).
        text: Words.
        muted: Words that are secondary.
        accent: Links, the primary button, focus.
        on_accent: Words on `accent`.
        accent_soft: Ground of what is selected.
        bubble: Ground of the user's messages.
        danger: Destructive words and buttons.
        on_danger: Words on `danger`.
        danger_soft: Ground of an error.
        warning: Words that warn.
        warning_soft: Ground of a warning.
        success: Words for what went well.
        temporary: What marks a temporary chat.
        temporary_soft: Its ground.
        found: Ground of a match of a search.
        code: Ground of code.
        code_keyword: Keywords in code.
        code_string: Strings in code.
        code_number: Numbers in code.
        code_comment: Comments in code.
        code_name: Names of functions and classes in code.
    """

    window: str
    sidebar: str
    surface: str
    raised: str
    pressed: str
    border: str
    border_strong: str
    text: str
    muted: str
    accent: str
    on_accent: str
    accent_soft: str
    bubble: str
    danger: str
    on_danger: str
    danger_soft: str
    warning: str
    warning_soft: str
    success: str
    temporary: str
    temporary_soft: str
    found: str
    code: str
    code_keyword: str
    code_string: str
    code_number: str
    code_comment: str
    code_name: str

    def color(self, name: str) -> QColor:
        """The colour called `name`, for painting."""
        return QColor(getattr(self, name))


LIGHT = Palette(
    window="#fcfbf9",
    sidebar="#f4f2ee",
    surface="#ffffff",
    raised="#ebe8e2",
    pressed="#e0dcd4",
    border="#e2ded6",
    border_strong="#8f897d",
    text="#23211e",
    muted="#635e55",
    accent="#0b6b62",
    on_accent="#ffffff",
    accent_soft="#d9ebe8",
    bubble="#eef3f1",
    danger="#b3261e",
    on_danger="#ffffff",
    danger_soft="#fbeae8",
    warning="#7a5200",
    warning_soft="#fbf1dc",
    success="#226b35",
    temporary="#6a3fb5",
    temporary_soft="#f0eafb",
    found="#ffe08a",
    code="#f5f3ef",
    code_keyword="#8a2f8f",
    code_string="#2b6a2f",
    code_number="#9a4a00",
    code_comment="#6a655c",
    code_name="#0b5a94",
)

DARK = Palette(
    window="#1c1d1f",
    sidebar="#161719",
    surface="#25272a",
    raised="#2e3135",
    pressed="#383b40",
    border="#33363a",
    border_strong="#767b82",
    text="#eceae6",
    muted="#a9a69f",
    accent="#62cbbb",
    on_accent="#06211d",
    accent_soft="#1f3f3b",
    bubble="#263130",
    danger="#ff8f87",
    on_danger="#380906",
    danger_soft="#43211f",
    warning="#edc06b",
    warning_soft="#3b301a",
    success="#86d199",
    temporary="#c4aef7",
    temporary_soft="#2e2742",
    found="#6b5410",
    code="#141517",
    code_keyword="#d7a0e0",
    code_string="#9fd39a",
    code_number="#efb07c",
    code_comment="#98958d",
    code_name="#86c5f2",
)


class ThemeNotifier(QObject):
    """Tells that the look has changed.

    Signals:
        changed: Colours or text sizes are different now; `current()` already gives the new ones.
    """

    changed = Signal()


class _Look:
    """The look of this process: Qt has one application, so there is one of these."""

    def __init__(self) -> None:
        self.palette = LIGHT
        self.theme: Theme = "system"
        self.text_scale = 100
        self.base_font: QFont | None = None
        self.base_points = SMALLEST_BASE_POINTS
        self.notifier: ThemeNotifier | None = None
        self.following = False


_look = _Look()


def current() -> Palette:
    """The colours in use."""
    return _look.palette


def is_dark() -> bool:
    """Whether the dark colours are in use."""
    return _look.palette is DARK


def notifier() -> ThemeNotifier:
    """The object whose `changed` signal tells of a new look."""
    if _look.notifier is None:
        _look.notifier = ThemeNotifier()
    return _look.notifier


def points(factor: float = 1.0) -> float:
    """Text size in points: `factor` times the body size at the text scale in use."""
    return round(_look.base_points * factor * _look.text_scale / 100, 1)


def scaled(pixels: int) -> int:
    """A length in device-independent pixels that grows with the text (icons, widths of columns)."""
    return round(pixels * max(100, _look.text_scale) / 100)


def mono_font(factor: float = 0.95) -> QFont:
    """The fixed-width font for code and keys."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(points(factor))
    return font


def apply_theme(app: QApplication, theme: Theme, text_scale: int = 100) -> None:
    """Give the whole application its look.

    Args:
        app: The application.
        theme: "light", "dark", or "system" to follow the desktop, also when it changes later.
        text_scale: Size of text in percent of the desktop's own, 80 to 200.
    """
    if _look.base_font is None:
        _look.base_font = QFont(app.font())
        _look.base_points = max(SMALLEST_BASE_POINTS, app.font().pointSizeF())
    _look.theme = theme
    _look.text_scale = min(200, max(80, text_scale))
    hints = QGuiApplication.styleHints()
    if not _look.following:
        _look.following = True
        hints.colorSchemeChanged.connect(lambda _scheme: _restyle(app))
    wanted = {"system": Qt.ColorScheme.Unknown, "light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
    hints.setColorScheme(wanted[theme])
    _restyle(app)


def _restyle(app: QApplication) -> None:
    from assistant.ui.stylesheet import style_sheet

    if _look.theme == "system":
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    else:
        dark = _look.theme == "dark"
    _look.palette = DARK if dark else LIGHT
    if app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    assert _look.base_font is not None  # noqa: S101 - set by apply_theme
    font = QFont(_look.base_font)
    font.setPointSizeF(points())
    app.setFont(font)
    app.setPalette(_qt_palette(_look.palette))
    app.setStyleSheet(style_sheet(_look.palette))
    notifier().changed.emit()


def _qt_palette(colours: Palette) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for which, name in {
        role.Window: "window",
        role.Base: "surface",
        role.AlternateBase: "sidebar",
        role.ToolTipBase: "surface",
        role.Button: "surface",
        role.WindowText: "text",
        role.Text: "text",
        role.ButtonText: "text",
        role.ToolTipText: "text",
        role.BrightText: "on_accent",
        role.PlaceholderText: "muted",
        role.Highlight: "accent",
        role.HighlightedText: "on_accent",
        role.Link: "accent",
        role.LinkVisited: "accent",
        role.Accent: "accent",
        role.Light: "raised",
        role.Midlight: "raised",
        role.Mid: "border",
        role.Dark: "border_strong",
        role.Shadow: "border",
    }.items():
        palette.setColor(which, colours.color(name))
    faint = colours.color("muted")
    faint.setAlphaF(0.7)
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, faint)
    return palette
