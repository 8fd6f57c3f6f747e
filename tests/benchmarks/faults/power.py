"""Power cuts: what a process wrote and fsynced is recorded with strace, and cuts are replayed from the record."""

import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from assistant.paths import Home
from tests.benchmarks.faults.disk import Disk, Kind
from tests.benchmarks.faults.kills import Memory
from tests.benchmarks.faults.trail import Event, can_trace, events, traced

KINDS = ("writing", "purging", "compacting", "preparing", "rekeying", "migrating")


def record(home: Path, trail: Path, seed: int, kinds: tuple[str, ...]) -> None:
    """Let a worker make and use a memory in `home`, an empty folder, and record what it does."""
    for number, kind in enumerate(kinds):
        each = trail.with_name(f"{trail.name}.{number}")
        command = [sys.executable, "-m", "tests.benchmarks.faults.traced", str(home), kind, str(seed + number)]
        done = traced(command, each)
        if done.returncode:
            raise RuntimeError(done.stderr)
        with trail.open("ab") as whole:
            whole.write(each.read_bytes())
        each.unlink()


def _said(event: Event) -> list[dict[str, object]]:
    if event.call != "write" or not event.path.startswith("pipe:") or not event.data.startswith(b"{"):
        return []
    return [json.loads(line) for line in event.data.splitlines()]


def _moments(trail: Path, root: str) -> int:
    """How many events of a trail count."""
    return sum(event.path.startswith(root) or bool(_said(event)) for event in events(trail))


def replay(trail: Path, root: str, cuts: int, seed: int, scratch: Path) -> Iterator[tuple[Kind, Counter[str]]]:
    """Cut the power at `cuts` moments, the kinds of cut in turn, and look at what is left of the memory each time."""
    chance = random.Random(seed)
    count = _moments(trail, root)
    chosen = set(chance.sample(range(count), min(cuts, count)))
    disk, place = Disk(root), 0
    memory = Memory(Home(Path(root)))
    begun: dict[str, object] = {}
    for event in events(trail):
        said = _said(event)
        for line in said:
            unfinished = memory.follow([begun, line] if begun else [line])
            begun = unfinished
        if not said and not disk.follow(event):
            continue
        if place in chosen:
            for number, kind in enumerate(Kind):
                left = scratch / f"{place}-{number}"
                disk.write_out(left, kind, chance)
                after = Memory(Home(left))
                after.known, after.removed, after.purged = dict(memory.known), set(memory.removed), set(memory.purged)
                found = after.check(begun)
                yield kind, found
        place += 1


def run(cuts: int, *, seed: int = 0, kinds: tuple[str, ...] = KINDS) -> dict[str, object]:
    """Record a memory being made, written, compacted, prepared, purged, rekeyed and migrated, and cut the power.

    Args:
        cuts: At how many moments, with each kind of cut.
        seed: Of what is done and when the power is cut.
        kinds: Of work, in order.

    Returns:
        Counts: `acknowledged_lost`, `forgotten_back` (memories), `forgotten_bytes_left` (files), `unreadable_stores`,
        `neither_before_nor_after`, `stray_snapshots`; all must be 0. `reported`: cuts after which the memory said that
        it had stepped back over an unfinished change.
    """
    if not can_trace():
        return {"skipped": "strace is not here, or may not be used"}
    found: Counter[str] = Counter()
    made: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as scratch:
        root, trail = Path(scratch, "home"), Path(scratch, "trail")
        root.mkdir()
        record(root, trail, seed, kinds)
        total = _moments(trail, str(root))
        for kind, each in replay(trail, str(root), cuts, seed, Path(scratch)):
            made[kind] += 1
            each["reported"] = int(each.pop("damaged_or_incomplete_reported", 0) > 0)
            found.update(each)
    names = ("acknowledged_lost", "forgotten_back", "forgotten_bytes_left", "unreadable_stores")
    return {
        "moments_recorded": total,
        "cuts": dict(made),
        **{name: found[name] for name in (*names, "neither_before_nor_after", "stray_snapshots", "reported")},
    }
