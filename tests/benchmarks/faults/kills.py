"""kill -9 at random moments of a process that writes, compacts, prepares, purges, changes the key or migrates."""

import random
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

from assistant.errors import HippoError
from assistant.paths import Home
from tests.benchmarks.faults.children import Child
from tests.benchmarks.faults.place import Contents, contents, files_holding, open_store, stray_snapshots, vault_at
from tests.benchmarks.faults.worker import WORK, work

PER_HOME = 25
"""Kills that one memory has to stand before a new one is made."""


def killed_after(seconds: float | None, *order: object) -> tuple[list[dict[str, Any]], float]:
    """Let a worker work and kill it so long after it said "ready" (None: let it end).

    Returns:
        What it said, and for how many seconds it worked.
    """
    worker: Child[dict[str, Any], object] = Child(work, *order)
    try:
        ready = worker.pipe.recv()
        began = time.perf_counter()
        timer = threading.Timer(seconds, worker.kill) if seconds is not None else None
        if timer:
            timer.start()
        said = [ready, *worker.said()]
        took = time.perf_counter() - began
        if timer:
            timer.cancel()
    finally:
        worker.stop()
    return said, took


class Memory:
    """What must be in the memory of one home, from what its workers acknowledged."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.known: Contents = {}
        self.removed: set[str] = set()
        self.purged: set[bytes] = set()

    def after(self, operation: dict[str, Any]) -> list[Contents]:
        """What the memory may be while an operation runs: as before it, and after each of its steps."""
        put = self.known | operation.get("puts", {})
        removes = set(operation.get("removes", ()))
        return [self.known, put, {name: said for name, said in put.items() if name not in removes}]

    def follow(self, said: list[dict[str, Any]]) -> dict[str, Any]:
        """Take in what a worker said. Returns the operation that it had not finished, or {}."""
        begun: dict[str, Any] = {}
        for line in said:
            if "op" in line:
                begun = line
            elif "done" in line:
                self.known = self.after(begun)[-1]
                self.removed |= set(begun.get("removes", ()))
                self.purged |= {bytes.fromhex(probe) for probe in begun.get("probes", ())}
                begun = {}
        return begun

    def check(self, unfinished: dict[str, Any]) -> Counter[str]:
        """Open the memory and compare. What it is now is what it must be from now on."""
        found: Counter[str] = Counter()
        try:
            with open_store(self.home, vault_at(self.home)) as store:
                now = contents(store)
                found["damaged_or_incomplete_reported"] = len(store.damaged) + len(store.problems)
                found["stray_snapshots"] = stray_snapshots(store)
        except HippoError as error:
            sys.stderr.write(f"{error}\n")
            return Counter(unreadable_stores=1)
        allowed = self.after(unfinished)
        changing = {*unfinished.get("puts", ()), *unfinished.get("removes", ())}
        found["acknowledged_lost"] = sum(
            now.get(name) != said for name, said in self.known.items() if name not in changing
        )
        found["forgotten_back"] = len(self.removed & now.keys() - changing)
        if now not in allowed:
            found["neither_before_nor_after"] = 1
        if unfinished.get("op") == "purge" and now == allowed[-1]:
            self.purged |= {bytes.fromhex(probe) for probe in unfinished["probes"]}
        found["forgotten_bytes_left"] = len(files_holding(self.home.root, self.purged))
        self.known = now
        self.removed |= set(unfinished.get("removes", ())) - now.keys()
        return found


def run(kills: int, *, seed: int = 0, at_work: dict[str, float] | None = None) -> dict[str, object]:
    """Kill a worker so many times, the kinds of work in turn.

    Args:
        kills: How many times.
        seed: Of what is done and when it is killed.
        at_work: For how many seconds each kind of work goes on, where that is known.

    Returns:
        Counts: `unreadable_stores`; `acknowledged_lost` and `forgotten_back` in memories; `forgotten_bytes_left` in
        files; `neither_before_nor_after` (half of an operation was there); `damaged_or_incomplete_reported` (nothing
        was damaged); `unverified_purges`; `stray_snapshots` (of rows that may be forgotten). All must be 0.
    """
    chance = random.Random(seed)
    kinds = list(WORK)
    lasts = dict(at_work or {})
    killed: Counter[str] = Counter()
    during: Counter[str] = Counter()
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as scratch:
        memory = Memory(Home(Path(scratch, "0")))
        while (number := killed.total()) < kills:
            if number and number % PER_HOME == 0 and memory.home.root.name != str(number):
                memory = Memory(Home(Path(scratch, str(number))))
            kind = kinds[number % len(kinds)]
            delay = chance.uniform(0, lasts[kind]) if kind in lasts else None
            said, took = killed_after(delay, str(memory.home.root), kind, chance.randrange(1 << 30))
            ended = any("end" in line for line in said)
            if ended:
                lasts[kind] = took
            else:
                killed[kind] += 1
            unfinished = memory.follow(said)
            during[unfinished.get("op", "between two")] += not ended
            found["unverified_purges"] += sum(line.get("verified") is False for line in said)
            found.update(memory.check(unfinished))
    counts = ("unreadable_stores", "acknowledged_lost", "forgotten_back", "forgotten_bytes_left")
    others = ("neither_before_nor_after", "damaged_or_incomplete_reported", "unverified_purges", "stray_snapshots")
    return {
        "kills": killed.total(),
        "by_work": dict(killed),
        "in_the_middle_of": dict(during),
        **{name: found[name] for name in (*counts, *others)},
    }
