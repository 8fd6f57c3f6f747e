"""The house rules that a machine can check: lint, format, types, and the one-way imports."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def run(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["ruff", "check", "--quiet", "."], id="lint"),
        pytest.param(["ruff", "format", "--check", "--quiet", "."], id="format"),
        pytest.param(["mypy", "--no-error-summary"], id="types"),
    ],
)
def test_the_code_keeps_the_house_rules(command: list[str]) -> None:
    run(sys.executable, "-m", *command)


def test_imports_run_one_way_through_the_house() -> None:
    run(sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()")


def test_starting_a_terminal_command_imports_nothing_heavy() -> None:
    heavy = ["lancedb", "onnxruntime", "onnx", "PySide6", "pyarrow"]
    run(
        sys.executable,
        "-c",
        f"import sys, assistant.cli.main as m; m.build_parser(); sys.exit(any(h in sys.modules for h in {heavy}))",
    )
