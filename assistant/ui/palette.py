"""The colours of the window, light and dark, by what they are for. Which of them are in use is `theme`'s business."""

from dataclasses import dataclass

from PySide6.QtGui import QColor


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
