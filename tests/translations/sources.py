"""Finds every text of the window that is to be translated, as the code says it.

Qt's own `lupdate` reads Python only in part: it misses calls within f-strings, and plurals of
`QCoreApplication.translate`. This reads the syntax tree, and refuses what nobody could translate. Not for the files of
translations (`files.py`).
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WINDOW = ROOT / "assistant" / "ui"
LOOKS_UP = WINDOW / "below.py"
"""Where texts are translated that do not stand there: those of `BELOW`."""
BELOW = "Below"
"""The context of what the layers below the window say."""

PLURAL = re.compile(r"%L?n")


@dataclass(frozen=True)
class Source:
    """A text as the code says it. `plural` is set where it is said of a number, `%n`."""

    context: str
    text: str
    plural: bool = False


class NotTranslatableError(Exception):
    """A text is put together before it is translated, so no table can hold it."""


def sources() -> list[Source]:
    """All texts of the window, each once, by context and in the order of the code."""
    from assistant.ui.translations.texts import TEXTS

    found: dict[Source, None] = {}
    for path in sorted(WINDOW.rglob("*.py")):
        found.update(dict.fromkeys(of_file(path)))
    found.update(dict.fromkeys(Source(BELOW, text) for text in TEXTS))
    return sorted(found, key=lambda source: source.context)


def of_file(path: Path) -> Iterator[Source]:
    """The texts of one file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    yield from _of(tree, "", _helpers(tree), path)


def _helpers(tree: ast.Module) -> dict[str, str]:
    """Functions that translate a text given to them: their names here, and the context that they look in."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            for call in ast.walk(node):
                if (
                    isinstance(call, ast.Call)
                    and _name(call.func) == "translate"
                    and len(call.args) > 1
                    and isinstance(call.args[0], ast.Constant)
                    and isinstance(call.args[1], ast.Name)
                    and call.args[1].id in [argument.arg for argument in node.args.args]
                ):
                    found[node.name] = str(call.args[0].value)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("assistant.ui."):
            names = {each.name: each.asname or each.name for each in node.names if each.name in ("tr", "translate")}
            if names:
                other = ROOT / Path(*node.module.split(".")).with_suffix(".py")
                theirs = _helpers(ast.parse(other.read_text(encoding="utf-8")))
                found.update({mine: theirs[name] for name, mine in names.items() if name in theirs})
    return found


def _of(node: ast.AST, owner: str, helpers: dict[str, str], path: Path) -> Iterator[Source]:
    if isinstance(node, ast.ClassDef):
        owner = node.name
    elif isinstance(node, ast.Call):
        yield from _of_call(node, owner, helpers, path)
    for child in ast.iter_child_nodes(node):
        yield from _of(child, owner, helpers, path)


def _of_call(call: ast.Call, owner: str, helpers: dict[str, str], path: Path) -> Iterator[Source]:
    name, arguments, before_number = _name(call.func), list(call.args), 2
    if isinstance(call.func, ast.Attribute) and name == "tr":
        context = owner
    elif isinstance(call.func, ast.Name) and name in helpers:
        context, before_number = helpers[name], 1
    elif name in ("translate", "QT_TRANSLATE_NOOP") and isinstance(first := next(iter(arguments), None), ast.Constant):
        context, arguments = str(first.value), arguments[1:]
        if arguments and isinstance(arguments[0], ast.Name) and context in helpers.values():
            return  # the body of a helper: its callers have the text
    else:
        return
    number = next((word.value for word in call.keywords if word.arg == "n"), None)
    plural = number is not None or len(arguments) > before_number
    if path == LOOKS_UP and not isinstance(arguments[0], ast.Constant):
        return
    for text in _texts(arguments[0], path):
        if bool(PLURAL.search(text)) != plural:
            raise NotTranslatableError(f"{path.name}:{call.lineno}: %n and a number go together: {text!r}")
        yield Source(context, text, plural)


def _texts(node: ast.expr, path: Path) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body, path)
        yield from _texts(node.orelse, path)
    else:
        raise NotTranslatableError(f"{path.name}:{node.lineno}: translate a whole sentence with placeholders")


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
