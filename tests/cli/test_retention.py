"""How long memories are kept, on the terminal."""

import json

import pytest

from .conftest import Terminal
from .test_streams import person


@pytest.fixture
def filled(terminal: Terminal) -> Terminal:
    lines = [
        {
            "conversation": "old",
            "role": "user",
            "text": "The boiler was repaired by Nadia.",
            "time": "2020-03-03T10:00:00",
        },
        {
            "conversation": "old",
            "role": "user",
            "text": "The gutter leaks at the corner.",
            "time": "2020-03-04T10:00:00",
        },
    ]
    file = terminal.home.parent / "lines.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    terminal.ok("memory", "import", str(file))
    return terminal


def test_a_rule_is_set_its_effect_shown_and_only_then_carried_out(filled: Terminal) -> None:
    nothing = filled.lines("memory", "retention")[0]
    assert (nothing["rules"], nothing["due"]) == ([], 0)
    value = filled.lines("memory", "retention", "--keep", "30")[0]
    assert value["rules"] == [{"space": None, "keep": "days", "days": 30}]
    assert value["due"] == 2
    assert len(filled.lines("memory", "retention", "--preview")) == 2
    assert filled.lines("memory", "stats")[0]["episodes"] == 2
    receipt = filled.lines("memory", "retention", "--apply", "--yes")[0]
    assert (receipt["episodes"], receipt["verified"]) == (2, True)
    assert filled.lines("memory", "stats")[0]["episodes"] == 0
    audit = filled.lines("memory", "audit")
    assert audit[0]["counts"]["episode"] == 2
    assert "Nadia" not in json.dumps(audit)


def test_what_is_pinned_is_spared(filled: Terminal) -> None:
    pinned = filled.lines("memory", "search", "boiler", "--limit", "1")[0]["results"][0]["id"]
    filled.ok("memory", "pin", pinned)
    value = filled.lines("memory", "retention", "--keep", "30")[0]
    assert (value["due"], value["spared"]) == (1, 1)
    assert "spared: 1" in filled.ok("memory", "retention")


def test_it_shows_what_goes_and_asks_and_without_a_yes_does_nothing(filled: Terminal) -> None:
    filled.ok("memory", "retention", "--keep", "30")
    assert "--yes" in filled.run("memory", "retention", "--apply").stderr
    with person("no"):
        done = filled.run("memory", "retention", "--apply")
    assert "Nadia" in done.stderr
    assert "no undo" in done.stderr
    assert filled.lines("memory", "stats")[0]["episodes"] == 2


@pytest.mark.parametrize("keep", ["soon", "0", "-3", "1.5", "99999"])
def test_a_rule_that_makes_no_sense_is_refused(filled: Terminal, keep: str) -> None:
    done = filled.run("memory", "retention", f"--keep={keep}")
    assert done.returncode == 1
    assert filled.lines("memory", "retention")[0]["rules"] == []


def test_a_rule_is_taken_back(filled: Terminal) -> None:
    filled.ok("memory", "retention", "--keep", "until-faded", "--space", "Work")
    filled.ok("memory", "retention", "--keep", "30")
    assert "space 'Work': kept until it has faded" in filled.ok("memory", "retention")
    filled.ok("memory", "retention", "--keep", "forever")
    assert [rule["space"] for rule in filled.lines("memory", "retention")[0]["rules"]] == ["Work"]
