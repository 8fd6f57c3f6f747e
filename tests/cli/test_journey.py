"""The first promise, end to end, with the real model, store and vault, told in another process than it is asked in."""

from pathlib import Path

from .conftest import Processes, Terminal


def files_that_hold(home: Path, text: str) -> list[Path]:
    needle = text.encode()
    return [
        file
        for file in [*home.rglob("*"), *(home / "models").resolve().rglob("*")]
        if file.is_file() and needle.lower() in file.read_bytes().lower()
    ]


def test_what_is_said_in_one_process_is_recalled_in_another_and_forgotten_for_good(
    processes: Processes, terminal: Terminal
) -> None:
    told = terminal.lines("chat", "My name is Ada and I am allergic to walnuts.")
    assert told[0]["memories"] == []

    asked = processes.lines("chat", "What food am I allergic to?")[0]
    said = terminal.lines("memory", "search", "walnuts allergy", "--kind", "episode")[0]["results"]
    episode = next(r for r in said if r["role"] == "user" and "walnuts" in r["text"])
    assert episode["id"] in [memory["id"] for memory in asked["memories"]]
    assert "walnut" in asked["answer"].lower()

    assert files_that_hold(processes.home, "walnut") == []
    assert files_that_hold(processes.home, "allergic") == []

    receipt = processes.lines("memory", "forget", episode["id"], "--yes")[0]
    assert receipt["verified"] is True
    assert receipt["episodes"] == 1

    for command in (
        ("memory", "list"),
        ("memory", "search", "walnuts", "--limit", "50"),
        ("memory", "search", "what food am I allergic to", "--limit", "50"),
    ):
        assert "walnut" not in terminal.ok(*command).lower()
    export = processes.home.parent / "export.jsonl"
    terminal.ok("memory", "export", str(export), "--yes")
    assert "walnut" not in export.read_text().lower()
    again = terminal.lines("chat", "What food am I allergic to?", "--temporary")[0]
    assert "walnut" not in again["answer"].lower()
