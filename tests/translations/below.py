"""What the layers below the window say, as texts with numbered gaps: "The file {1} cannot be read ({2})."

They know no Qt, and the terminal shows the same sentences as they are. So the window looks up what it is given in a
list of what can be said (`assistant.ui.below`); the list is read from the code here. It has what errors say, what the
store finds wrong, what the catalogue says of its models, and what facts can be about.
"""

import ast
import re
import tomllib
from collections.abc import Iterator

from assistant.memory.facts.attributes import _TABLE

from .sources import ROOT

ELSEWHERE = ("ui", "cli", "__main__.py")
"""What belongs to one front end says nothing to the other."""

_SENTENCE = re.compile(r"[A-Z].* .*[.}]", re.DOTALL)
_HEADER = '''"""What the layers below the window can say. Written by `python -m tests.translations` from their code."""

from typing import Final

TEXTS: Final = (
'''


def texts() -> list[str]:
    """Every sentence, each once, in the order of the code."""
    found: dict[str, None] = {}
    for path in sorted((ROOT / "assistant").rglob("*.py")):
        part = path.relative_to(ROOT / "assistant").parts[0]
        if part not in ELSEWHERE:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found.update(dict.fromkeys(_of_errors(tree)))
            if part == "store":
                found.update(dict.fromkeys(_of_problems(tree)))
    models = tomllib.loads((ROOT / "assistant" / "resources" / "models.toml").read_text(encoding="utf-8"))
    found.update(dict.fromkeys(model["summary"] for model in models["model"]))
    found.update(dict.fromkeys(filter(None, _TABLE)))
    return list(found)


def module() -> str:
    """The file of the window that lists them."""
    lines = []
    for text in texts():
        quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
        lines.append(f"    {quoted},  # noqa: E501\n" if len(quoted) > 115 else f"    {quoted},\n")
    return _HEADER + "".join(lines) + ")\n"


def _of_problems(tree: ast.Module) -> Iterator[str]:
    """Whole sentences that are no documentation."""
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if id(node) not in documentation | parts and isinstance(node, ast.expr):
            yield from (text for text in _text(node) if _SENTENCE.fullmatch(text))


def _of_errors(tree: ast.Module) -> Iterator[str]:
    constants = {
        target.id: statement.value
        for statement in tree.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
    errors = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and node.name.endswith("Error")]
    built_above = {id(call) for error in errors for call in ast.walk(error) if _is_of_super(call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and [getattr(each, "id", "") for each in node.targets] in _REASONS:
            yield from _text(node.value)
        if not isinstance(node, ast.Call):
            continue
        if _name(node.func) in _GIVES_A_REASON:
            yield from (text for each in node.args for text in _text(each))
        if not (_is_error(node.func) or id(node) in built_above):
            continue
        said = [*node.args[:1], *(word.value for word in node.keywords if word.arg == "next_step")]
        for each in said:
            value = constants.get(each.id, each) if isinstance(each, ast.Name) else each
            yield from _text(value)


_OF_PYTHON = ("ValueError", "TypeError", "RuntimeError", "OSError", "AssertionError", "KeyError", "NotImplementedError")


_REASONS = (["why"], ["many"])
_GIVES_A_REASON = ("_damaged", "_unknown", "disk_errors")
"""What an error is told besides: a part of its sentence."""


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _is_error(function: ast.expr) -> bool:
    name = _name(function)
    return name.endswith("Error") and name not in _OF_PYTHON and name[:1].isupper()


def _is_of_super(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "__init__"


def _text(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from _text(node.body)
        yield from _text(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        gap, words = 0, ""
        for part in node.values:
            if isinstance(part, ast.Constant):
                words += str(part.value)
            else:
                gap += 1
                words += f"{{{gap}}}"
        if any(letter.isalpha() for letter in words):
            yield words
