"""How the window feels: seconds from the start of the process to a painted window, and how long the UI thread stalls
while something goes on: streaming an answer, importing, unlocking, scrolling a long chat and the inspector.

A probe runs on the event loop of the real window every 5 ms. What it is late by is a stall: time in which no key would
have been answered. Where other programs want the cores, too, `longest_busy_ms` (between two probes, what the UI thread
itself computed) and `longest_own_ms` (a stall without the time that the thread waited for a core; Linux only) tell what
is Hippo's own. All work goes through the window's own lanes, with the real model, embedder, vault and store; only
the many episodes are made up (`made.py`). Resident memory is read after each.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from .made import fill

PASSPHRASE = "a passphrase for benchmarks"
EVERY_MS = 5
STALL_MS = 50
SCROLL_STEPS = 120
PATIENCE_S = 500

_START = """
import sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from pathlib import Path
from assistant.paths import Home
from assistant.ui.app import run
class Eye(QObject):
    seen = False
    def eventFilter(self, watched, event):
        if not self.seen and event.type() == QEvent.Type.Paint and type(watched).__name__ == "MainWindow":
            self.seen = True
            QTimer.singleShot(0, self.tell)
        return False
    def tell(self):
        print(time.monotonic(), flush=True)
        QTimer.singleShot(0, QApplication.activeWindow().close if QApplication.activeWindow() else QApplication.quit)
app = QApplication(sys.argv[:1])
eye = Eye()
app.installEventFilter(eye)
run(Home(Path(sys.argv[1])))
"""


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--episodes", type=int, help="in the memory that is unlocked and listed (100,000)")
    parser.add_argument("--messages", type=int, help="in the chat that is scrolled (5,000)")
    parser.add_argument("--imported", type=int, help="messages to import (10,000)")


def measure(*, quick: bool = False, options: argparse.Namespace) -> dict[str, object]:
    """Everything at the sizes that were asked for."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    episodes = options.episodes or (2_000 if quick else 100_000)
    messages = options.messages or (500 if quick else 5_000)
    imported = options.imported or (200 if quick else 10_000)
    result: dict[str, object] = {"episodes": episodes, "messages": messages, "imported": imported}
    with tempfile.TemporaryDirectory() as scratch:
        from assistant.conversation.session import Session
        from assistant.paths import Home
        from assistant.settings import Generation, Settings

        home = Home(Path(scratch) / "home")
        session = Session(home, keyring=None)
        session.create(passphrase=PASSPHRASE)
        session.save_settings(Settings(generation=Generation(max_tokens=200, answers="free")))
        session.prepare_models()
        session.close()
        starts = [_start(home) for _ in range(1 if quick else 5)]
        result["start_s"] = round(sorted(starts)[len(starts) // 2], 2)
        result |= _Bench(home, Path(scratch)).run(episodes, messages, imported)
    return result


def _start(home: Any) -> float:
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", _START, str(home.root)], check=True, capture_output=True, text=True, timeout=120
    )
    return float(done.stdout.split()[0]) - began


class _Bench:
    """The window, and the probe on its event loop."""

    def __init__(self, home: Any, scratch: Path) -> None:
        from PySide6.QtCore import Qt, QTimer
        from PySide6.QtWidgets import QApplication

        from assistant.conversation.session import Session
        from assistant.ui.main_window import MainWindow
        from assistant.ui.tasks import Tasks
        from assistant.ui.theme import apply_theme

        self.app = QApplication.instance() or QApplication(sys.argv[:1])
        assert isinstance(self.app, QApplication)
        apply_theme(self.app, "light", 100)
        self.scratch = scratch
        self.tasks = Tasks()
        self.session = Session(home, keyring=None)
        self.window = MainWindow(self.session, self.tasks)
        self.window.resize(1400, 900)
        self._late: list[float] = []
        self._busy: list[float] = []
        self._own: list[float] = []
        self._last = time.perf_counter()
        self._computed, self._waited = time.thread_time(), _waited()
        self._probe = QTimer(self.window, interval=EVERY_MS)
        self._probe.setTimerType(Qt.TimerType.PreciseTimer)
        self._probe.timeout.connect(self._tick)
        self._probe.start()

    def run(self, episodes: int, messages: int, imported: int) -> dict[str, object]:
        window, session = self.window, self.session
        window.show()
        window.start()
        result: dict[str, object] = {}
        self._unlock()
        self._wait(lambda: session.models_ready and window.chat.shown.ready)
        result["streaming"] = self._watch(self._ask, lambda: not window.chat.turn.under_way)
        result["importing"] = self._watch(*self._import(imported))
        long_chat = self._on_store_lane(lambda: self._fill(episodes, messages))
        window.lock()
        self._wait(lambda: session.stage == "locked" and window.lock_page.isEnabled())
        result["unlocking"] = self._watch(self._start_unlocking, lambda: self._settled)
        window.sidebar.refresh()
        result["opening_chat"] = self._watch(
            lambda: window.chat.open_chat(long_chat), lambda: window.chat.list.count() == messages
        )
        result["scrolling_chat"] = self._scroll(window.chat.list.verticalScrollBar())
        panel = window.inspector.panel
        result["opening_inspector"] = self._watch(
            window._toggle_inspector, lambda: panel.rows.rowCount() >= episodes and not window.inspector._reading
        )
        result["scrolling_inspector"] = self._scroll(panel.table.verticalScrollBar())
        result["searching_inspector"] = self._watch(self._search, lambda: self._searched)
        self._probe.stop()
        window.close()
        self.tasks.close(session.close)
        return result

    # What is done

    def _ask(self) -> None:
        self.window.chat.composer.set_text("Please tell me a long story about a garden by a canal.")
        self.window.chat.composer.send_button.click()

    def _import(self, count: int) -> tuple[Callable[[], None], Callable[[], bool]]:
        from assistant.conversation.transfer import import_messages

        from .hema.generator import generate

        file = self.scratch / "messages.jsonl"
        texts = [text for turn in generate(500, 7).turns for text in (turn.user, turn.assistant)]
        with file.open("w") as stream:
            for at in range(count):
                role = "assistant" if at % 2 else "user"
                line = {"conversation": f"talk {at // 400}", "role": role, "text": f"{texts[at % len(texts)]} ({at})"}
                stream.write(json.dumps(line) + "\n")
        over: list[object] = []
        memory = self.session.memory

        def begin() -> None:
            self.tasks.run(lambda: import_messages(memory, file), done=over.append, owner=self.window)

        return begin, lambda: bool(over)

    def _fill(self, episodes: int, messages: int) -> str:
        """Fill the store with made-up episodes, and one long chat; returns its id."""
        from assistant.memory.clock import now
        from assistant.store.records import Conversation, Episode, new_id

        store = self.session.memory.store
        fill(store, episodes, seed=3)
        pool = [e for e in store.all(Episode) if e.text][:2000]
        chat = Conversation(id=new_id(), created=now() - timedelta(days=400), title="A long chat")
        said = []
        for at in range(messages):
            name, like = new_id(), pool[at % len(pool)]
            time_ = chat.created + timedelta(hours=at)
            role = "assistant" if at % 2 else "user"
            said.append(
                replace(like, id=name, message=name, conversation=chat.id, position=at, time=time_, role=role, part=0)
            )
        store.commit([chat, *said])
        return chat.id

    def _unlock(self) -> None:
        self._start_unlocking()
        self._wait(lambda: self._settled)

    def _start_unlocking(self) -> None:
        self._wait(lambda: self.window.lock_page.field.isVisible())
        self.window.lock_page.field.setText(PASSPHRASE)
        self.window.lock_page.unlock_with_passphrase()

    @property
    def _settled(self) -> bool:
        return self.session.stage == "open" and self.window._working and not self.tasks._under_way

    def _search(self) -> None:
        self._before = self.window.inspector.panel.rows.listing
        self.window.inspector.panel.search.setText("garden")

    @property
    def _searched(self) -> bool:
        return self.window.inspector.panel.rows.listing is not self._before and not self.window.inspector._reading

    def _scroll(self, bar: Any) -> dict[str, object]:
        from PySide6.QtCore import QTimer

        step = [0]
        timer = QTimer(self.window, interval=16)

        def move() -> None:
            step[0] += 1
            share = step[0] / SCROLL_STEPS
            bar.setValue(round(bar.maximum() * (1 - share if step[0] <= SCROLL_STEPS else share - 1)))
            if step[0] >= 2 * SCROLL_STEPS:
                timer.stop()

        timer.timeout.connect(move)
        return self._watch(timer.start, lambda: not timer.isActive())

    # Watching

    def _tick(self) -> None:
        now, computed, waited = time.perf_counter(), time.thread_time(), _waited()
        late = (now - self._last) * 1000 - EVERY_MS
        self._late.append(late)
        self._busy.append((computed - self._computed) * 1000)
        self._own.append(late - (waited - self._waited) * 1000)
        self._last, self._computed, self._waited = now, computed, waited

    def _watch(self, begin: Callable[[], object], over: Callable[[], bool]) -> dict[str, object]:
        self._wait(lambda: True)
        self._tick()
        for figures in (self._late, self._busy, self._own):
            figures.clear()
        began = time.perf_counter()
        begin()
        self._wait(over)
        spent = time.perf_counter() - began
        self._tick()
        stalls = [late for late in self._late if late > STALL_MS]
        return {
            "seconds": round(spent, 2),
            "longest_stall_ms": round(max(self._late), 1),
            "longest_busy_ms": round(max(self._busy), 1),
            "longest_own_ms": round(max(self._own), 1),
            "stalls": len(stalls),
            "stalled_ms": round(sum(stalls), 1),
            "resident_mb": _resident(),
        }

    def _wait(self, over: Callable[[], bool]) -> None:
        """Run the event loop until this holds, and until it has come to rest."""
        from PySide6.QtCore import QEventLoop, QTimer

        loop, asked = QEventLoop(), time.monotonic()
        look = QTimer(interval=20)

        def check() -> None:
            if over():
                loop.quit()
            elif time.monotonic() - asked > PATIENCE_S:
                loop.exit(1)

        look.timeout.connect(check)
        look.start()
        if loop.exec():
            raise TimeoutError("the window did not get there")

    def _on_store_lane(self, work: Callable[[], str]) -> str:
        made: list[str] = []
        self.tasks.run(work, done=made.append, owner=self.window)
        self._wait(lambda: bool(made))
        return made[0]


def _waited() -> float:
    """Seconds that the UI thread, the process's first, was ready to run and got no core; 0 where nothing tells."""
    told = Path(f"/proc/self/task/{os.getpid()}/schedstat")
    return int(told.read_text().split()[1]) / 1e9 if told.exists() else 0.0


def _resident() -> float:
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    return round(int(status.read_text().split("VmRSS:")[1].split()[0]) / 1000, 1)
