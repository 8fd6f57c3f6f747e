"""A person at a real window: Xvfb, real keys and mouse by xdotool, the real program with its real small model.

From the first start to "forgotten is forgotten": protect, chat, find the memory, edit it, forget it, read the receipt,
lock, unlock, and look for it again.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant.conversation.session import Session
from assistant.memory.views import Filter
from assistant.models.installed import installed_models
from assistant.models.library import EMBEDDER, LANGUAGE_MODEL
from assistant.paths import Home
from assistant.settings import Generation, Settings, save_settings
from tests.memory.conftest import Speaker
from tests.models.tiny import write_tiny_gguf
from tests.screen import screen, there_is_one

pytestmark = [
    pytest.mark.window,
    pytest.mark.timeout(400),
    pytest.mark.skipif(not there_is_one(), reason="needs Xvfb and xdotool for a real window"),
]

PASSPHRASE = "correct horse battery staple"
HERE = Path(__file__).parent


@dataclass
class Person:
    """Sits before the window: looks by the spy, acts by the X server."""

    program: "subprocess.Popen[str]"
    environment: dict[str, str]

    def look(self) -> list[dict[str, Any]]:
        assert self.program.stdin is not None
        assert self.program.stdout is not None
        self.program.stdin.write("\n")
        self.program.stdin.flush()
        line = self.program.stdout.readline()
        assert line, "the window has gone"
        seen: list[dict[str, Any]] = json.loads(line)
        return seen

    def all_words(self) -> str:
        return "\n".join(widget["words"] for widget in self.look())

    def wait_for(self, condition: Callable[[], Any], what: str, seconds: float = 25) -> Any:
        found = self.within(seconds, condition)
        assert found, f"waited in vain for {what}; seen:\n{self.all_words()}"
        return found

    def within(self, seconds: float, condition: Callable[[], Any]) -> Any:
        end = time.monotonic() + seconds
        while not (found := condition()) and time.monotonic() < end:
            time.sleep(0.05)
        return found

    def find(self, name: str, *, enabled: bool = True) -> dict[str, Any] | None:
        for widget in self.look():
            if name in (widget["name"], widget["words"]) and (widget["enabled"] or not enabled):
                return widget
        return None

    def row(self, table: str, words: str) -> dict[str, Any] | None:
        """The row of a list that holds the message with these words, not what was made of it."""
        rows = [row for w in self.look() if w["name"] == table for row in w["rows"] if words in row["words"]]
        return next((row for row in rows if "You" in row["told"] and "Fact" not in row["told"]), None)

    def click(self, name: str) -> None:
        widget = self.wait_for(lambda: self.find(name), f"something to click called {name!r}")
        self.click_at(*widget["at"])

    def click_at(self, x: int, y: int) -> None:
        self.do("mousemove", str(x), str(y), "click", "1")
        time.sleep(0.1)

    def fill(self, name: str, text: str) -> None:
        """Click into a field and type; a page that is still being laid out may need a second click."""

        def has_focus() -> bool:
            self.click(name)
            return bool(self.within(0.3, lambda: (self.find(name) or {}).get("focus")))

        self.wait_for(has_focus, f"the field {name!r}")
        self.type(text)
        self.wait_for(lambda: text in (self.find(name) or {}).get("words", ""), f"the words in {name!r}")

    def type(self, text: str) -> None:
        self.do("type", "--delay", "8", text)

    def command(self, words: str) -> None:
        """Choose something by its name."""
        self.click("Message")  # there is no window manager that would give the keyboard back
        self.press("ctrl+k")
        self.wait_for(lambda: (self.find("Find a command or a chat") or {}).get("focus"), "the list of commands")
        self.type(words)
        self.press("Return")

    def choose_file(self, path: Path) -> None:
        """Type a path into the dialog that asks for a file."""
        self.wait_for(lambda: self.find("&Open", enabled=False), "the dialog for files")
        self.type(str(path))
        self.wait_for(lambda: str(path) in self.all_words(), "the name of the file")
        self.press("Return")

    def press(self, keys: str) -> None:
        self.do("key", keys)

    def do(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env=self.environment, check=True, timeout=60)


@pytest.fixture
def person(model_home: Home, tmp_path: Path) -> Iterator[Person]:
    home = Home(tmp_path / "home")
    save_settings(home, Settings(generation=Generation(max_tokens=12)))
    (home.root / "models").symlink_to(model_home.models)
    with screen() as display:
        yield from _sitting(home, display, tmp_path / "errors")


@dataclass
class Kept:
    """What is there before the window opens: a home that remembers something, a backup from before that, a model."""

    person: Person
    backup: Path
    model: Path


@pytest.fixture
def kept(model_home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kept]:
    home = Home(tmp_path / "home")
    home.models.mkdir(parents=True)
    for model in (LANGUAGE_MODEL, EMBEDDER):
        (home.models / model.folder).symlink_to(model_home.models / model.folder)
    save_settings(home, Settings(generation=Generation(max_tokens=12)))
    monkeypatch.setattr("tests.models.tiny.CONTEXT", 2048)
    model_file = write_tiny_gguf(tmp_path / "tiny.gguf", "Q8_0")
    session = Session(home, keyring=None)
    session.create(passphrase=PASSPHRASE)
    Speaker(session.memory).turn("My harpsichord needs new strings.")
    session.write_backup(tmp_path / "mine.hippo")
    Speaker(session.memory).turn("And the cembalo needs new quills.")
    session.close()
    with screen() as display:
        for person in _sitting(home, display, tmp_path / "errors"):
            yield Kept(person, tmp_path / "mine.hippo", model_file)


def _sitting(home: Home, display: dict[str, str], complaints: Path) -> Iterator[Person]:
    environment = os.environ | display | {"LC_ALL": "C.UTF-8"}
    environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    environment["PYTHONPATH"] = os.pathsep.join([str(HERE.parents[1]), *filter(None, [environment.get("PYTHONPATH")])])
    errors = complaints.open("w+")
    program = subprocess.Popen(
        [sys.executable, str(HERE / "spy.py"), str(home.root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        env=environment,
        text=True,
    )
    try:
        yield Person(program, environment)
        program.terminate()
        assert program.wait(20) == 0
        errors.seek(0)
        assert errors.read() == ""
    finally:
        program.kill()
        program.communicate()
        errors.close()


def test_a_person_can_chat_find_edit_forget_lock_and_it_stays_forgotten(person: Person, tmp_path: Path) -> None:
    # First start
    person.fill("Passphrase", PASSPHRASE)
    person.fill("The same again", PASSPHRASE)
    person.click("Continue")
    person.click("I have kept it")
    person.wait_for(lambda: person.find("Message") or person.find("Start the first chat"), "the model", 40)
    if person.find("Message") is None:
        person.click("Start the first chat")

    # A question, and its streamed answer
    person.fill("Message", "My locker code is 4711, please keep it.")
    person.press("Return")
    person.wait_for(lambda: person.find("Copy answer"), "the answer", 40)
    assert "My locker code is 4711" in person.all_words()
    person.wait_for(lambda: "encrypted · offline" in person.all_words(), "the status line")

    # The memory stands in the inspector; edit it
    person.press("ctrl+i")
    person.fill("Search by words and by meaning", "4711")
    row = person.wait_for(lambda: person.row("Memories", "4711, please"), "the memory in the list")
    person.click_at(*row["at"])
    person.click("Edit")
    field = person.wait_for(
        lambda: next((w for w in person.look() if w["focus"] and "4711" in w["words"]), None), "the words to edit"
    )
    person.click_at(*field["at"])
    person.press("ctrl+a")
    person.type("My locker code is 1234567, please keep it.")
    person.click("Save")
    person.wait_for(
        lambda: any(w["kind"] == "ProseView" and "1234567" in w["words"] for w in person.look()), "the edited message"
    )

    # Forget it, and read the receipt
    person.click("Forget")
    person.wait_for(lambda: person.find("Undo"), "the way back")
    person.wait_for(lambda: "eceipt" in person.all_words(), "the receipt", 60)
    person.wait_for(lambda: "1234567" not in person.all_words(), "the words to go")

    # Lock, unlock, look again
    person.press("ctrl+l")
    person.wait_for(lambda: person.find("Hippo is locked"), "the lock")
    assert "locker" not in person.all_words()
    person.wait_for(lambda: (person.find("Passphrase") or {}).get("focus"), "the passphrase field")
    person.type(PASSPHRASE)
    person.press("Return")
    person.wait_for(lambda: person.find("Message"), "the chat")
    time.sleep(1)
    assert "1234567" not in person.all_words()
    assert "code is 4711" not in person.all_words()

    # And it is in no record
    person.program.terminate()
    assert person.program.wait(20) == 0
    session = Session(Home(tmp_path / "home"), keyring=None)
    session.unlock(passphrase=PASSPHRASE)
    try:
        for digits in ("4711", "1234567"):
            assert [
                r for r in session.memory.records(Filter(words=digits)) if digits in r.text and r.text[:2] == "My"
            ] == []
    finally:
        session.close()


def test_a_temporary_chat_a_model_from_the_disk_and_a_restored_backup(kept: Kept, tmp_path: Path) -> None:
    person = kept.person
    person.fill("Passphrase", PASSPHRASE)
    person.press("Return")

    # A temporary chat is answered, and left for good
    person.wait_for(lambda: person.find("Message"), "the chat")
    person.press("ctrl+shift+n")
    person.wait_for(lambda: person.find("Temporary chat"), "the temporary chat")
    person.fill("Message", "The safe is behind the parrot.")
    person.wait_for(lambda: person.find("Send message"), "the model", 60)
    person.press("Return")
    person.wait_for(lambda: person.find("Copy answer"), "the answer", 40)
    person.press("ctrl+n")
    person.click("Discard")
    person.wait_for(lambda: person.find("New chat", enabled=False) and "parrot" not in person.all_words(), "a new chat")

    # A model from the disk is made ready
    person.command("Models")
    person.click("Choose a file…")
    person.choose_file(kept.model)
    person.wait_for(lambda: person.find("Tiny"), "the model that was added", 60)
    person.press("Escape")

    # A backup takes the place of the memory
    person.command("Restore a backup")
    person.click("Choose the backup file")
    person.choose_file(kept.backup)
    person.fill("Passphrase of the backup", PASSPHRASE)
    person.click("Check the backup")
    person.click("Restore")
    person.wait_for(lambda: "The backup was restored" in person.all_words(), "the backup", 60)

    person.program.terminate()
    assert person.program.wait(20) == 0
    session = Session(Home(tmp_path / "home"), keyring=None)
    session.unlock(passphrase=PASSPHRASE)
    try:
        assert session.memory.matching("harpsichord")
        assert not session.memory.matching("cembalo")
        assert not session.memory.matching("parrot")
        assert [model.name for model in installed_models(session.home)][-1:] == ["Tiny"]
    finally:
        session.close()
