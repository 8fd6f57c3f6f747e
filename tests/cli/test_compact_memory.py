"""What the terminal shows of compact memory and of fading."""

import json
from pathlib import Path

from .conftest import Terminal


def imported(terminal: Terminal, folder: Path) -> None:
    """A chat of 110 turns in which the user tells two things."""
    told = {3: "I bought a kayak in Thun.", 105: "My brother Tom plays the cello."}
    lines = []
    for turn in range(110):
        minute = f"2026-03-0{1 + turn // 60}T10:{turn % 60:02d}"
        text = told.get(turn, f"Hm, is that so ({turn})?")
        for second, role, words in (("00", "user", text), ("30", "assistant", "I see.")):
            line = {"conversation": "lake", "role": role, "text": words, "time": f"{minute}:{second}"}
            lines.append(json.dumps(line | {"source_id": f"{role}/{turn}"}))
    file = folder / "lake.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    terminal.ok("memory", "import", str(file))


def test_an_import_makes_the_summaries_that_are_due_and_the_list_tells_their_levels(
    terminal: Terminal, tmp_path: Path
) -> None:
    imported(terminal, tmp_path)
    summaries = terminal.lines("memory", "list", "--kind", "summary")
    shown = {(s["level"], s["conversation"], s["space"]): s["text"] for s in summaries}
    assert shown[2, "lake", ""] == "I bought a kayak in Thun."
    assert shown[1, "lake", ""].endswith("My brother Tom plays the cello.")
    assert set(shown[2, "", ""].split("\n")) == {"I bought a kayak in Thun.", "My brother Tom plays the cello."}
    lines = terminal.ok("memory", "list", "--kind", "summary")
    assert "summary of you: " in lines
    assert "summary of level 2, from message 1: " in lines
    stats = terminal.lines("memory", "stats")[0]
    assert (stats["summaries"], stats["stretch_summaries"], stats["user_summaries"], stats["faded"]) == (3, 1, 1, 0)


def test_a_memory_shows_its_weight_and_when_it_would_fade(terminal: Terminal, tmp_path: Path) -> None:
    imported(terminal, tmp_path)
    records = terminal.lines("memory", "list", "--kind", "episode")
    oldest = next(r["id"] for r in records if r["source_id"] == "user/0")
    shown = terminal.lines("memory", "show", oldest)[0]
    assert shown["fades_in"] == 100
    assert abs(shown["curve"][0][1] - shown["weight"]) < 0.001
    assert "fades: in about 100 turns" in terminal.ok("memory", "show", oldest)
