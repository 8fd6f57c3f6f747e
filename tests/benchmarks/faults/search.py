"""The product used from the command line, and everything that it wrote searched for what it was told.

Each command runs under strace, which sees also what was written to files that are gone by now. Then every file is
searched: store, settings, vault, temporary folder, models, backups, and what a user's home folder holds besides.
"""

import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.models.embedder import Embedder
from assistant.models.library import ensure_embedder, ensure_language_model
from assistant.paths import Home
from assistant.store.records import Episode, Fact, Forgotten, Remembered, Summary
from assistant.store.store import Store
from assistant.vault.vault import Vault
from tests.benchmarks.faults.place import files_holding
from tests.benchmarks.faults.trail import can_trace, events, traced

PASSPHRASE = "a passphrase for searching"
TOLD = "The keeper of the Zanquilor lighthouse hides his vermiquartz under the third stair."
EDITED = "The keeper of the Zanquilor lighthouse moved his plumbarite into the old lantern room."
IMPORTED = "Tomorrow I visit the Ostrevane archive to read about the brindlewisp orchids."
MARKS = ("zanquilo", "vermiqua", "plumbari", "ostrevan", "brindlew")
_OTHER = "I like walking along the river after lunch."
_PROBE = 16


def mark_needles() -> list[bytes]:
    """The marked words as they might stand in a file."""
    forms = [form for mark in MARKS for form in (mark, mark.capitalize(), mark.upper())]
    return [form.encode(code) for form in forms for code in ("utf-8", "utf-16-le")]


def vector_needles(embedder: Embedder, records: list[Remembered]) -> list[bytes]:
    """Pieces of the marked texts' embeddings, as float32 and float16, and of the vectors that are stored."""
    whole = [record.vectors for record in records]
    for vector in embedder.embed([TOLD, EDITED, IMPORTED]):
        whole += [vector.astype("<f4").tobytes(), vector.astype("<f2").tobytes()]
    return [data[start : start + _PROBE] for data in whole for start in range(0, len(data) - _PROBE, 16 * _PROBE)]


def box_needles(store: Store) -> list[bytes]:
    """Pieces of all sealed rows."""
    boxes = [box for rows in store.sealed_rows() for _, box in rows]
    return [box[start : start + _PROBE] for box in boxes for start in (0, len(box) // 2, len(box) - _PROBE)]


@dataclass
class World:
    """A user's machine: everything that Hippo may write to lies below one folder.

    Attributes:
        root: That folder.
        files: All files that were written to, by path.
        written: What was found in what was written, by kind of needle.
        trails: Of the commands whose writes are still to be searched.
        conversations: Those that hold the marks.
    """

    root: Path
    files: set[str] = field(default_factory=set)
    written: Counter[str] = field(default_factory=Counter)
    trails: list[Path] = field(default_factory=list)
    conversations: list[str] = field(default_factory=list)

    @property
    def home(self) -> Home:
        """Where Hippo keeps everything."""
        return Home(self.root / "hippo")

    def environment(self) -> dict[str, str]:
        """Of every command: nothing points out of the world."""
        folders = {name: str(self.root / "user") for name in ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")}
        folders |= {"XDG_CONFIG_HOME": str(self.root / "user"), "TMPDIR": str(self.root / "tmp")}
        rest = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path.cwd()), "PYTHONDONTWRITEBYTECODE": "1"}
        rest |= {"ASSISTANT_PASSPHRASE": PASSPHRASE, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
        return folders | rest

    def run(self, *arguments: str, stdin: str = "") -> list[dict[str, Any]]:
        """A command of Hippo's, which must succeed; the JSON lines that it printed."""
        trail = self.root.parent / f"trail-{len(self.trails)}"
        self.trails.append(trail)
        command = [sys.executable, "-m", "assistant", "--home", str(self.home.root), *arguments]
        done = traced(command, trail, environment=self.environment(), stdin=stdin)
        if done.returncode:
            raise RuntimeError(f"{arguments[:2]}: {done.stderr}")
        return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]

    def open_store(self) -> Store:
        """The memory, from outside."""
        vault = Vault(self.home.vault, keyring=None)
        vault.unlock_with_passphrase(PASSPHRASE)
        return Store.open(self.home.store, vault.sealer("store"))

    def search_writes(self, **needles: list[bytes]) -> None:
        """Search what the commands so far wrote, be the file there or not."""
        for trail in self.trails:
            tails: dict[str, bytes] = {}
            for event in events(trail):
                if event.call in ("write", "map") and event.path.startswith("/") and event.path != "/dev/null":
                    self.files.add(event.path)
                    data = tails.get(event.path, b"") + event.data
                    tails[event.path] = data[-64:]
                    for kind, wanted in needles.items():
                        self.written[kind] += any(needle in data for needle in wanted)
            trail.unlink()
        self.trails.clear()


def run() -> dict[str, object]:
    """Tell Hippo something, use it in every way that writes, search; forget it all, search again.

    Returns:
        Counts of files (or writes) in which something was found, and what was written elsewhere than in Hippo's home
        and the backups that were asked for. All must be 0 or empty, except `control` (the same search
        finds the same needles in a plain file) and `sealed_in_backups_made_before` (a backup that the user wrote
        before forgetting holds what was remembered then, sealed) and `audit_lines`.
    """
    if not can_trace():
        return {"skipped": "strace is not here, or may not be used"}
    with tempfile.TemporaryDirectory() as scratch:
        world = World(Path(scratch, "world"))
        for folder in ("user", "tmp", "given", "backups"):
            (world.root / folder).mkdir(parents=True)
        world.home.create()
        ensure_language_model(world.home)
        embedder = Embedder.load(ensure_embedder(world.home))
        sealed: dict[bytes, None] = {}

        def remember_boxes() -> list[Remembered]:
            with world.open_store() as store:
                sealed.update(dict.fromkeys(box_needles(store)))
                return [*store.all(Episode), *store.all(Summary), *store.all(Fact)]

        use(world, remember_boxes)
        records = remember_boxes()
        marks, vectors = mark_needles(), vector_needles(embedder, records)
        world.search_writes(marks=marks, vectors=vectors)
        known = (str(world.home.root), str(world.root / "backups"))
        found: dict[str, object] = {
            "files_written": len(world.files),
            "written_outside_home": sorted(path for path in world.files if not path.startswith(known)),
            "control": f"{len(_control(world, [*marks, *vectors]))} of {len(marks) + len(vectors)}",
            "marks_in_files": len(_holding(world, marks) + files_holding(world.root / "backups", marks)),
            "vectors_in_files": len(_holding(world, vectors) + files_holding(world.root / "backups", vectors)),
        }
        for name in world.conversations:
            world.run("memory", "forget", "--conversation", name, "--yes")
        with world.open_store() as store:
            kept = set(box_needles(store))
            found["audit_lines"] = len(store.all(Forgotten))
        gone = [needle for needle in sealed if needle not in kept]
        found["forgotten_bytes_left"] = len(_holding(world, gone))
        world.run("memory", "forget", "--everything", "--yes")
        found["bytes_left_after_forgetting_everything"] = len(_holding(world, [*marks, *vectors, *sealed]))
        world.search_writes(marks=marks, vectors=vectors)
        found["marks_in_writes"], found["vectors_in_writes"] = world.written["marks"], world.written["vectors"]
        found["sealed_in_backups_made_before"] = len(files_holding(world.root / "backups", sealed))
        return found


def use(world: World, between: Callable[[], object]) -> None:
    """Everything that writes; `between` is called where rows are about to be replaced."""
    given = world.root / "given" / "import.jsonl"
    line = {"conversation": "trip", "role": "user", "text": IMPORTED, "time": "2026-03-01T12:00:00+00:00"}
    given.write_text(json.dumps(line) + "\n", encoding="utf-8")
    world.run("chat", TOLD, "--json", "--max-tokens", "24")
    between()
    listed = world.run("memory", "list", "--json", "--kind", "episode")
    told = next(record for record in listed if TOLD in record["text"])
    world.conversations += [told["conversation"], "trip"]
    world.run("chat", "What does the keeper hide?", "--conversation", told["conversation"], "--json")
    between()
    world.run("chat", _OTHER, "--json", "--max-tokens", "24")
    world.run("memory", "search", "Zanquilor vermiquartz", "--json")
    world.run("memory", "edit", told["id"], EDITED)
    between()
    world.run("memory", "import", str(given))
    between()
    world.run("vault", "backup", str(world.root / "backups" / "before.hippo"))
    world.run("memory", "export", str(world.root / "backups" / "export.hippo"))
    world.run("vault", "rekey")
    world.run("check")


def _holding(world: World, needles: list[bytes]) -> list[Path]:
    """What holds a needle, but what the user gave and the backups that they asked for."""
    aside = (world.root / "given", world.root / "backups")
    found = files_holding(world.root, needles)
    return [path for path in found if not any(path.is_relative_to(folder) for folder in aside)]


def _control(world: World, needles: list[bytes]) -> list[bytes]:
    """The needles that the search finds where they are, in a file of their own."""
    plain = world.root / "given" / "control"
    found = []
    for needle in needles:
        plain.write_bytes(b"x" * 1000 + needle + b"y" * 1000)
        if plain in files_holding(plain.parent, [needle]):
            found.append(needle)
    plain.unlink()
    return found
