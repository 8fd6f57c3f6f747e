"""`assistant check` says what is wrong with a memory, and what it says to do helps."""

import json

import lancedb

from tests.cli.conftest import Terminal


def found_wrong(terminal: Terminal) -> dict[str, dict[str, str]]:
    """What check finds wrong with the memory."""
    findings = map(json.loads, terminal.run("check", "--json").stdout.splitlines())
    return {found["check"]: found for found in findings if not found["ok"] and found["check"] != "offline guard"}


def test_a_damaged_row_is_named_by_check_and_its_next_step_removes_it(terminal: Terminal) -> None:
    file = terminal.home.parent / "lines.jsonl"
    said = ["We stay at the Alfama guest house.", "The boiler was repaired by Nadia."]
    file.write_text("".join(json.dumps({"conversation": "trip", "role": "user", "text": text}) + "\n" for text in said))
    terminal.ok("memory", "import", str(file))
    name = terminal.lines("memory", "list", "--kind", "episode")[0]["id"]
    generation = next(terminal.home.glob("store/*/format.json")).parent
    table = lancedb.connect(str(generation)).open_table("records")
    table.update(where=f"id = X'{name}'", values={"box": b"\0" * 300})

    wrong = found_wrong(terminal)
    assert wrong.keys() == {"memory", "damaged row"}
    row = wrong["damaged row"]
    assert row["detail"].startswith(name)
    command = row["next_step"].split("`")[1].split()
    assert command[:3] == ["assistant", "memory", "forget"]
    terminal.ok(*command[1:], "--yes")
    assert not found_wrong(terminal)
