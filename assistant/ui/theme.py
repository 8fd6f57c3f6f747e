"""Colours, spacing and text sizes of the window, light and dark, and the one place that applies them.

Widgets ask `current()` for colours when they paint, and connect to `notifier().changed` where they hold colours
(icons, documents). The colours are in `palette.py`, the style sheet that follows from them in `stylesheet.py`, the
icons in `icons.py`. Not for settings: those come from `assistant.settings` and are passed in.
"""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from assistant.settings import Theme
from assistant.ui.palette import DARK as DARK
from assistant.ui.palette import LIGHT as LIGHT
from assistant.ui.palette import Palette as Palette
from assistant.ui.stylesheet import style_sheet

TINY = 4
SMALL = 8
MEDIUM = 12
LARGE = 16
HUGE = 24
RADIUS = 8
"""Spacing and corner radius in device-independent pixels."""

SMALLEST_BASE_POINTS = 10.0


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
    app.setStyleSheet(style_sheet(_look.palette, points, RADIUS))
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
