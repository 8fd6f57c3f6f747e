"""Facts in the terminal: listed, searched, shown, edited and forgotten like any memory."""

import json

from .conftest import Terminal


def test_facts_are_listed_searched_shown_edited_and_forgotten(terminal: Terminal) -> None:
    file = terminal.home.parent / "lines.jsonl"
    lines = [("I live in Lisbon.", "2026-01-01T10:00:00+00:00"), ("I moved to Porto.", "2026-02-01T10:00:00+00:00")]
    file.write_text(
        "".join(json.dumps({"conversation": "c", "role": "user", "text": t, "time": at}) + "\n" for t, at in lines)
    )
    terminal.lines("memory", "import", str(file))
    facts = {fact["value"]: fact for fact in terminal.lines("memory", "list", "--kind", "fact")}
    lisbon, porto = facts["Lisbon"], facts["Porto"]
    assert (lisbon["standing"], porto["standing"]) == ("superseded", "current")
    assert lisbon["valid_to"] == porto["valid_from"]
    found = terminal.lines("memory", "search", "where is my home", "--kind", "fact")[0]["results"]
    assert {each["value"] for each in found} == {"Lisbon", "Porto"}
    shown = terminal.lines("memory", "show", str(porto["id"]))[0]
    assert shown["predecessors"] == [lisbon["id"]]
    assert shown["sources"] == porto["sources"]
    assert terminal.lines("memory", "stats")[0]["facts_superseded"] == 1
    edited = terminal.lines("memory", "edit", str(porto["id"]), "I live in Faro.")[0]
    assert (edited["value"], edited["corrected"]) == ("Faro", True)
    receipt = terminal.lines("memory", "forget", str(porto["sources"][0]), "--yes")[0]
    assert (receipt["facts_rebuilt"], receipt["facts_dropped"]) == (1, 1)
    (left,) = terminal.lines("memory", "list", "--kind", "fact")
    assert (left["value"], left["standing"], left["valid_to"]) == ("Lisbon", "current", None)


def test_a_fact_that_an_answer_used_names_the_imported_message_that_told_it(terminal: Terminal) -> None:
    file = terminal.home.parent / "lines.jsonl"
    said = [("I live in Lisbon.", "2026-01-01T10:00:00+00:00"), ("I moved to Porto.", "2026-02-01T10:00:00+00:00")]
    file.write_text(
        "".join(
            json.dumps({"conversation": "c", "role": "user", "text": text, "time": time, "source_id": f"c/{i}"}) + "\n"
            for i, (text, time) in enumerate(said)
        )
    )
    terminal.lines("memory", "import", str(file))
    listed = terminal.lines("memory", "list", "--kind", "fact")
    assert {fact["value"]: fact["source_id"] for fact in listed} == {"Lisbon": "c/0", "Porto": "c/1"}
    facts = {fact["id"]: fact["value"] for fact in listed}
    used = terminal.lines("chat", "Where do I live?", "--max-tokens", "5")[0]["memories"]
    named = {facts[memory["id"]]: memory["source_id"] for memory in used if memory["id"] in facts}
    assert named == {"Lisbon": "c/0"}  # of the one that holds, the prompt has the message itself
