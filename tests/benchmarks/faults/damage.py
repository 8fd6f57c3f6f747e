"""Random byte flips and truncations over all files of a store, each in a copy of its own, which is then used."""

import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.paths import Home
from assistant.store.records import Episode
from tests.benchmarks.faults.children import Child
from tests.benchmarks.faults.opener import answer
from tests.benchmarks.faults.place import Contents, contents, open_store, vault_at
from tests.store.sample import episode

HOWS = ("flip one bit", "change one byte", "change one byte", "truncate", "zero a stretch")


def build(home: Home, crashed: Home, seed: int) -> tuple[Contents, dict[str, set[str]]]:
    """A store with a past: folded and small fragments, snapshots, replaced, removed and purged rows, older versions.

    Once as it is when it was closed, and once as it is when the process that had it open crashed.

    Returns:
        What is in it, and for each memory all that it ever said.
    """
    chance = random.Random(seed)
    past: dict[str, set[str]] = {}

    def note(now: Contents) -> None:
        for name, said in now.items():
            past.setdefault(name, set()).add(said)

    with open_store(home, vault_at(home)) as store:
        for number in range(12):
            store.commit([episode(f"Talk {number}, {part}. " * chance.choice([1, 9, 60])) for part in range(3)])
        note(contents(store))
        store.compact()
        for _ in range(6):
            known = store.all(Episode)
            old, gone = chance.sample(known, 2)
            store.commit([episode(), episode("Other words", record=old.id)], remove=[gone.id])
            note(contents(store))
        store.purge([chance.choice(store.all(Episode)).id])
        while store.maintain():
            pass
        for _ in range(4):
            known = store.all(Episode)
            store.commit([episode(), episode("Again other words", record=chance.choice(known).id)])
            note(contents(store))
            store.commit(remove=[chance.choice(known).id])
            note(contents(store))
        shutil.copytree(home.root, crashed.root)
        return contents(store), past


def files_of(folder: Path) -> list[Path]:
    """All files of a store that are not empty, in a lasting order."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)


def damage(path: Path, chance: random.Random) -> str:
    """Damage a file. Returns how."""
    data = bytearray(path.read_bytes())
    place = chance.randrange(len(data))
    how = chance.choice(HOWS)
    if how == "flip one bit":
        data[place] ^= 1 << chance.randrange(8)
    elif how == "change one byte":
        data[place] ^= chance.randrange(1, 256)
    elif how == "truncate":
        del data[place:]
    else:
        stretch = min(len(data) - place, chance.randrange(1, 512))
        if not any(data[place : place + stretch]):
            return damage(path, chance)
        data[place : place + stretch] = bytes(stretch)
    path.write_bytes(data)
    return f"{how} at {place}"


class Opener:
    """A process that opens what it is told to, started again when it crashes."""

    def __init__(self) -> None:
        self._child: Child[dict[str, Any], str] | None = None

    def open(self, home: Path) -> dict[str, Any]:
        """What it says; {"crashed": ...} where it does not come back."""
        self._child = self._child or Child(answer)
        self._child.pipe.send(str(home))
        try:
            said: dict[str, Any] = self._child.pipe.recv()
        except EOFError:
            status = self._child.stop()
            self._child = None
            return {"crashed": f"the process ended with status {status}"}
        return said

    def stop(self) -> None:
        """End the process."""
        if self._child is not None:
            self._child.stop()


def outcomes(said: dict[str, Any], expected: Contents, past: dict[str, set[str]]) -> Iterator[str]:
    """What became of one damage."""
    if "crashed" in said:
        yield "crashes"
    elif "refused" in said:
        yield "refused_with_a_clear_error"
    else:
        found, reported = said["found"], said["reported"]
        if any(words not in past.get(name, ()) for name, words in found.items()):
            yield "wrong_texts"
        if found != expected and not reported:
            yield "unreported_damages"
            yield "silently_wrong_texts" if found.items() - expected.items() else "silently_missing_texts"
        if not said["later"]:
            yield "wrong_after_more_use"
        if reported:
            yield "reported_and_all_there" if found == expected else "reported_and_some_lost"
        elif found == expected:
            yield "without_effect"


def run(flips: int, *, seed: int = 0, explain: bool = False) -> dict[str, object]:
    """Damage one file of a store so many times, each time in a fresh copy.

    Half of the damages choose the file by its size, half each file alike; half are done to a store that was closed,
    half to what a crash left.

    Returns:
        Counts of damages. These must be 0: `crashes` (of the process, or an error that is not foreseen),
        `silently_wrong_texts` and `silently_missing_texts` (the memory is not as it was, and nothing was said),
        `wrong_texts` (something that was never said), `unreported_damages`, `wrong_after_more_use`. The others say
        what became of the rest.
    """
    chance = random.Random(seed)
    found: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    opener = Opener()
    with tempfile.TemporaryDirectory() as scratch:
        closed, crashed = Home(Path(scratch, "closed")), Home(Path(scratch, "crashed"))
        expected, past = build(closed, crashed, seed)
        for number in range(flips):
            whole = crashed if number // 2 % 2 else closed
            files = files_of(whole.store)
            sizes = [path.stat().st_size for path in files]
            copy = Path(scratch, "copy")
            shutil.copytree(whole.root, copy)
            path = chance.choices(files, sizes)[0] if number % 2 else chance.choice(files)
            how = damage(copy / path.relative_to(whole.root), chance)
            name = "snapshot" if path.parent.name == "snapshots" else path.suffix or path.name
            kind = name + (" after a crash" if whole is crashed else "")
            kinds[kind] += 1
            said = opener.open(copy)
            became = list(outcomes(said, expected, past))
            found.update(became)
            if explain:
                detail = said.get("crashed") or said.get("refused") or said.get("reported")
                sys.stderr.write(f"{number} {path.relative_to(whole.store)} {how}: {became} {detail}\n")
            for each in became:
                found[f"{each} ({kind})"] += 1
            shutil.rmtree(copy)
        opener.stop()
    silent = ("silently_wrong_texts", "silently_missing_texts", "unreported_damages")
    zero = ("crashes", *silent, "wrong_texts", "wrong_after_more_use")
    others = ("refused_with_a_clear_error", "reported_and_all_there", "reported_and_some_lost", "without_effect")
    by_kind = {name: count for name, count in sorted(found.items()) if name.endswith(")")}
    return {
        "damages": flips,
        "in_files": dict(kinds),
        **{name: found[name] for name in (*zero, *others)},
        "by_file": by_kind,
    }
