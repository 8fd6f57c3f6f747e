from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QProxyStyle, QStyle

from assistant.ui import icons, theme
from assistant.ui.theme import DARK, LIGHT, Palette, apply_theme

ON_GROUNDS = [
    *[(ink, ground) for ink in ("text", "muted", "accent", "danger", "warning", "success", "temporary")
      for ground in ("window", "sidebar", "surface")],
    *[("text", ground) for ground in ("raised", "pressed", "bubble", "accent_soft", "danger_soft", "warning_soft",
                                      "temporary_soft", "found", "code")],
    ("muted", "raised"),
    ("muted", "bubble"),
    ("muted", "code"),
    ("accent", "accent_soft"),
    ("temporary", "temporary_soft"),
    ("on_accent", "accent"),
    ("on_danger", "danger"),
    *[(f"code_{kind}", "code") for kind in ("keyword", "string", "number", "comment", "name")],
]  # fmt: skip


@pytest.fixture(autouse=True)
def light_again(qapp: QApplication) -> Iterator[None]:
    yield
    apply_theme(qapp, "light", 100)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), ON_GROUNDS)
def test_words_can_be_read_on_their_ground(palette: Palette, ink: str, ground: str) -> None:
    assert contrast(getattr(palette, ink), getattr(palette, ground)) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_edges_of_controls_can_be_seen(palette: Palette) -> None:
    assert contrast(palette.border_strong, palette.surface) >= 3
    assert contrast(palette.border_strong, palette.window) >= 3


def test_switching_to_dark_changes_colours_and_tells_everyone(qapp: QApplication) -> None:
    heard: list[bool] = []
    theme.notifier().changed.connect(lambda: heard.append(theme.is_dark()))
    apply_theme(qapp, "dark")
    assert theme.current() is DARK
    assert heard == [True]
    assert qapp.palette().window().color().name() == DARK.window


def test_text_scale_of_200_doubles_the_text(qapp: QApplication) -> None:
    before = qapp.font().pointSizeF()
    apply_theme(qapp, "light", 200)
    assert qapp.font().pointSizeF() == pytest.approx(2 * before)
    assert theme.scaled(20) == 40


def test_buttons_of_dialogs_have_no_stock_icons_even_where_the_desktop_wants_them(qapp: QApplication) -> None:
    """The desktop's wish comes through the style, so a style that wants icons stands for such a desktop."""

    class Wanting(QProxyStyle):
        def styleHint(self, hint: QStyle.StyleHint, *rest: Any) -> int:
            if hint == QStyle.StyleHint.SH_DialogButtonBox_ButtonsHaveIcons:
                return 1
            return super().styleHint(hint, *rest)

    qapp.setStyle(Wanting("fusion"))
    try:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        assert all(button.icon().isNull() for button in box.buttons())
        box.deleteLater()
    finally:
        qapp.setStyle("fusion")


@pytest.mark.parametrize("name", icons.names())
def test_every_icon_shows_something(qapp: QApplication, name: str) -> None:
    image = icons.icon(name).pixmap(24).toImage()
    assert any(image.pixelColor(x, y).alpha() for x in range(24) for y in range(24))
