"""Hippo's own line icons, drawn as SVG paths on a 24 by 24 grid and tinted by the theme.

`set_icon` keeps a button's icon in step with the theme; `icon` gives one for now. Icons never stand alone: each
button that shows one has an accessible name and a tooltip.
"""

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from assistant.ui import theme

_PATHS = {
    "archive": '<path d="M4 5h16v4H4zM5.5 9v10h13V9M10 13h4"/>',
    "arrow-down": '<path d="M12 5v14M6 13l6 6 6-6"/>',
    "arrow-right": '<path d="M5 12h14M13 6l6 6-6 6"/>',
    "arrow-up": '<path d="M12 19V5M6 11l6-6 6 6"/>',
    "attach": '<path d="M18.5 11.5l-7 7a4.2 4.2 0 0 1-6-6l8-8a2.8 2.8 0 0 1 4 4l-7.8 7.8a1.4 1.4 0 0 1-2-2l6.8-6.8"/>',
    "branch": '<circle cx="7" cy="5.5" r="2"/><circle cx="7" cy="18.5" r="2"/><circle cx="17" cy="8" r="2"/>'
    '<path d="M7 7.5v9M17 10c0 4-6 3-9 6"/>',
    "chat": '<path d="M5 5h14a1.5 1.5 0 0 1 1.5 1.5v9A1.5 1.5 0 0 1 19 17h-8l-5 3.5V17H5a1.5 1.5 0 0 1-1.5-1.5v-9'
    'A1.5 1.5 0 0 1 5 5z"/>',
    "check": '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
    "chevron-down": '<path d="M6 9.5l6 6 6-6"/>',
    "chevron-left": '<path d="M14.5 6l-6 6 6 6"/>',
    "chevron-right": '<path d="M9.5 6l6 6-6 6"/>',
    "chevron-up": '<path d="M6 14.5l6-6 6 6"/>',
    "close": '<path d="M6 6l12 12M18 6L6 18"/>',
    "copy": '<path d="M9 8.5h10v12H9zM5 15.5V3.5h10v2"/>',
    "edit": '<path d="M5 19l1-4L16.5 4.5l3 3L9 18zM14 7l3 3"/>',
    "eye": '<path d="M2.5 12c2.5-4.5 5.7-6.5 9.5-6.5s7 2 9.5 6.5c-2.5 4.5-5.7 6.5-9.5 6.5S5 16.5 2.5 12z"/>'
    '<circle cx="12" cy="12" r="3"/>',
    "faded": '<path d="M12 4a8 8 0 1 0 0 16" /><path d="M12 4a8 8 0 0 1 0 16" stroke-dasharray="1.5 3"/>',
    "forget": '<path d="M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 12.5h9l1-12.5M10 10.5v6M14 10.5v6"/>',
    "key": '<circle cx="8" cy="15" r="4"/><path d="M11 12l8-8M16 7l3 3"/>',
    "lock": '<path d="M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3"/>',
    "memory": '<circle cx="6.5" cy="7" r="2.5"/><circle cx="17.5" cy="8.5" r="2.5"/><circle cx="11" cy="17.5" r="2.5"/>'
    '<path d="M9 7.4l6 .8M7.6 9.3l2.4 5.8M16.2 10.7l-3.8 4.7"/>',
    "memory-off": '<circle cx="6.5" cy="7" r="2.5"/><circle cx="17.5" cy="8.5" r="2.5"/>'
    '<circle cx="11" cy="17.5" r="2.5"/><path d="M4 21L20.5 3.5"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "minus": '<path d="M5 12h14"/>',
    "more": '<circle cx="5.5" cy="12" r="1"/><circle cx="12" cy="12" r="1"/><circle cx="18.5" cy="12" r="1"/>',
    "panel": '<path d="M3.5 5h17v14h-17zM9.5 5v14"/>',
    "panel-right": '<path d="M3.5 5h17v14h-17zM14.5 5v14"/>',
    "pause": '<path d="M8.5 6v12M15.5 6v12"/>',
    "pin": '<path d="M9 4h6l-1 6 3 3.5H7L10 10zM12 13.5V20"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "regenerate": '<path d="M19 12a7 7 0 1 1-2.2-5.1M19 4v4.5h-4.5"/>',
    "restore": '<path d="M5 12a7 7 0 1 0 2.2-5.1M5 4v4.5h4.5"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6"/><path d="M15 15l5 5"/>',
    "send": '<path d="M12 19.5v-14M5.5 11.5L12 5l6.5 6.5"/>',
    "settings": '<path d="M4 7h8M18 7h2M4 17h2M12 17h8"/><circle cx="15" cy="7" r="2.6"/>'
    '<circle cx="9" cy="17" r="2.6"/>',
    "stop": '<path d="M7 7h10v10H7z" fill="currentColor"/>',
    "temporary": '<circle cx="12" cy="12" r="8" stroke-dasharray="3.2 2.6"/>',
    "warning": '<path d="M12 4.5L21 19.5H3zM12 10v4.5M12 17v.2"/>',
}
_WRAP = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="{colour}" '
    'stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round">{body}</svg>'
)
_LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
    '<rect width="64" height="64" rx="15" fill="{ground}"/>'
    '<path d="M40 13c-9-3.500-19 1.500-19 11 0 8 7 9.500 11 12.500 4.500 3.500 3 10-2.500 10-4 0-5.500-3-4-6" '
    'fill="none" '
    'stroke="{line}" stroke-width="5" stroke-linecap="round"/>'
    '<path d="M40 13c4.500 1.500 7 5.500 9.500 8.500l-9 1.500" '
    'fill="none" stroke="{line}" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"/>'
    '<circle cx="34.500" cy="20" r="2.600" fill="{line}"/></svg>'
)
_cache: dict[tuple[str, str], QIcon] = {}


def names() -> list[str]:
    """All icons there are."""
    return sorted(_PATHS)


def icon(name: str, colour: str | None = None) -> QIcon:
    """The icon called `name`, tinted `colour` ("#rrggbb"; the theme's secondary text if not given)."""
    tint = colour or theme.current().muted
    key = (name, tint)
    if key not in _cache:
        body = _PATHS[name].replace("currentColor", tint)
        _cache[key] = _drawn(_WRAP.format(colour=tint, body=body))
    return _cache[key]


def logo() -> QIcon:
    """The seahorse of the window's title and of the welcome page."""
    key = ("logo", "")
    if key not in _cache:
        _cache[key] = _drawn(_LOGO.format(ground="#0b6b62", line="#ffffff"), (16, 24, 32, 48, 64, 128, 256))
    return _cache[key]


def set_icon(target: QAbstractButton | QAction, name: str, tint: str = "muted", pixels: int = 18) -> None:
    """Show an icon on a button or action, and follow the theme.

    Args:
        target: What shows it. Calling again changes its icon.
        name: Which icon.
        tint: Which colour of the palette.
        pixels: Edge length at 100 % text.
    """
    follower = target.findChild(_IconFollower, "", Qt.FindChildOption.FindDirectChildrenOnly)
    if follower is None:
        follower = _IconFollower(target)
    follower.show(name, tint, pixels)


class _IconFollower(QObject):
    """Renews its parent's icon when the theme changes."""

    def __init__(self, target: QAbstractButton | QAction) -> None:
        super().__init__(target)
        self._target = target
        self._name, self._tint, self._pixels = "", "muted", 18
        theme.notifier().changed.connect(self._renew)

    def show(self, name: str, tint: str, pixels: int) -> None:
        self._name, self._tint, self._pixels = name, tint, pixels
        self._renew()

    def _renew(self) -> None:
        self._target.setIcon(icon(self._name, getattr(theme.current(), self._tint)))
        if isinstance(self._target, QAbstractButton):
            edge = theme.scaled(self._pixels)
            self._target.setIconSize(QSize(edge, edge))


def _drawn(svg: str, sizes: tuple[int, ...] = (16, 18, 20, 24, 32, 36, 40, 48, 64, 128)) -> QIcon:
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    result = QIcon()
    for edge in sizes:
        pixmap = QPixmap(edge, edge)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        renderer.render(painter, QRectF(0, 0, edge, edge))
        painter.end()
        result.addPixmap(pixmap)
    return result
