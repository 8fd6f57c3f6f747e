"""An act of the window: what it is called, which keys do it, and whether it can be done now. Knows no widget."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence


def always() -> bool:
    """It can be done at any time."""
    return True


@dataclass(frozen=True)
class Act:
    """Something that the user can do.

    Attributes:
        words: What it is called.
        run: Does it.
        keys: What does it from anywhere in the window, in Qt's portable form; the first is the one that is shown.
        group: Under which heading the overview of keys lists it.
        possible: Whether it can be done now.
    """

    words: str
    run: Callable[[], object]
    keys: tuple[str, ...] = ()
    group: str = ""
    possible: Callable[[], bool] = always


@dataclass(frozen=True)
class Choice:
    """A line of the palette: an act or a chat.

    Attributes:
        words: What it is called.
        note: Keys, or what kind of thing it is.
        run: What choosing it does.
        chat: Whether it is a chat.
    """

    words: str
    note: str
    run: Callable[[], object]
    chat: bool = False


def native(keys: str) -> str:
    """Keys as this platform writes them."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def found(choices: Sequence[Choice], typed: str) -> list[Choice]:
    """The choices that hold all typed words, those that hold them at the beginning of words first.

    The order that they come in decides between equals. Without words, all of them.
    """
    words = typed.casefold().split()
    ranked = [(_distance(choice.words.casefold(), words), at, choice) for at, choice in enumerate(choices)]
    return [choice for distance, _, choice in sorted(ranked, key=lambda each: each[:2]) if distance < _MISSING]


_MISSING = 1000


def _distance(name: str, words: Sequence[str]) -> int:
    total = 0
    for word in words:
        if name.startswith(word):
            continue
        if any(part.startswith(word) for part in name.split()):
            total += 1
        elif word in name:
            total += 10
        else:
            return _MISSING
    return total


def keys_elsewhere() -> list[tuple[str, str, str]]:
    """Keys that belong to one part of the window: (group, keys, what they do)."""

    def tr(words: str) -> str:
        return QCoreApplication.translate("Keys", words)

    message, chats, memories = tr("While typing"), tr("In the list of chats"), tr("In the list of memories")
    return [
        (message, "Return", tr("Send the message")),
        (message, "Shift+Return", tr("New line in a message")),
        (chats, "Return", tr("Open the chat")),
        (chats, "F2", tr("Rename the chat")),
        (chats, "Del", tr("Forget the chat")),
        (memories, "Return", tr("Show the memory")),
        (memories, "F2", tr("Edit the memory")),
        (memories, "Del", tr("Forget the memory")),
        (memories, "Ctrl+Z", tr("Undo a forgetting, while it is offered")),
        (memories, "F5", tr("Read the list again")),
    ]
