"""The store at 1,000, 10,000 and 100,000 episodes: opening, searching, keeping a turn, forgetting, bytes.

The memory is made up, with synthetic embeddings and with the usages, facts and summaries that such a memory holds
besides (`tests.benchmarks.made`): embeddings of 100,000 messages would take half an hour, and the store cannot tell.
All bytes and milliseconds are those of the whole memory; "per episode" divides by the episodes alone.

Every figure is the median of several processes of their own (`--rounds`), or of the requests within one:

- unlock_s: from the data key until the first search has answered, LanceDB being imported (`import_s`, which the
  product does while it asks for the passphrase). A passphrase adds Argon2id, whose cost is set elsewhere. The large
  data files have their snapshots (`assistant.store.snapshots`), as after some idle time; unprepared_s and
  unprepared_cpu_s: the same where there are none, as right after an import. snapshot_bytes: what they take of
  disk_bytes.
- search_ms: `Memory.search`, p50, the query's embedding given. index_ms: the ten nearest rows of the bare index.
  recall_at_10: share of the exact ten nearest (float32) among them.
- turn_ms: `Memory.keep_turn` (two messages, usage, summary, facts), p95, with fsync, embeddings given; turn_p99_ms:
  p99. After each turn the store is maintained, as the product does when nobody waits: maintain_ms, the longest.
  commit_ms: the same as turn_ms of the store alone, two messages and a usage.
- forget_s: `Memory.forget` of one message with everything derived from it, and the check of all files. purge_s: the
  store's part.
- resident_bytes: what the process has grown by, the memory being open and once searched, over one that had a memory
  of 200 episodes open, so that what every process needs once is not counted. store_resident_bytes: the same before
  the memory's own structures are built.

Absolute times hold for the machine and its load, which is reported; unlock_cpu_s is what the processor did meanwhile.
"""

import argparse
import gc
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from assistant.memory.episodes import Said
from assistant.memory.memory import Memory
from assistant.models.embedder import Embedder, FloatArray
from assistant.store.lance import load_lancedb
from assistant.store.records import Conversation, Episode, Usage, new_id
from assistant.store.store import Store
from assistant.vault.sealer import Sealer

from .hema.place import say
from .made import DIMENSIONS, Question, fill

SIZES = (1_000, 10_000, 100_000)
MARKS = {
    "unlock_s": (0.3, 0.6, 2.5),
    "search_ms": (5, 8, 15),
    "turn_ms": (25, 25, 25),
    "forget_s": (0.3, 0.6, 3),
    "resident_bytes": (None, None, 2560),
}

_KEY = b"a key for benchmarks, 32 bytes.."
_SEED = 3


def add_options(parser: argparse.ArgumentParser) -> None:
    """The switches of this benchmark."""
    parser.add_argument("--sizes", type=lambda text: [int(size) for size in text.split(",")], default=list(SIZES))
    parser.add_argument("--rounds", type=int, default=5, help="processes for each figure")


def measure(*, quick: bool, options: argparse.Namespace) -> dict[str, Any]:
    """Figures for each size, as one JSON-like object."""
    sizes, rounds = ([1_000], 1) if quick else (options.sizes, options.rounds)
    report: dict[str, Any] = {"load_before": os.getloadavg(), "marks": MARKS, "rounds": rounds}
    for size in sizes:
        with tempfile.TemporaryDirectory() as scratch:
            report[str(size)] = _of_size(size, Path(scratch), rounds)
            say(f"{size}: {report[str(size)]}")
    report["load_after"] = os.getloadavg()
    return report


def _of_size(size: int, scratch: Path, rounds: int) -> dict[str, float]:
    folder = scratch / "store"
    with Store.open(folder, Sealer(_KEY)) as store:
        questions = fill(store, size, _SEED)
        rows, on_disk = len(store), store.size_on_disk()
    snapshots = sum(path.stat().st_size for path in folder.glob("*/snapshots/*"))
    with Store.open(scratch / "small", Sealer(_KEY)) as small:
        fill(small, 200, _SEED)
    (scratch / "questions").write_bytes(
        msgspec.msgpack.encode([(question.text, question.vector.tobytes()) for question in questions])
    )
    figures: dict[str, list[float]] = {}
    for verb in ("opening", "unprepared", "searching", "keeping", "forgetting"):
        for _ in range(rounds):
            shutil.copytree(folder, scratch / "copy")
            done = subprocess.run(
                [sys.executable, "-m", "tests.benchmarks.store", verb, str(scratch), str(size)],
                check=True,
                capture_output=True,
                text=True,
            )
            for name, value in json.loads(done.stdout).items():
                figures.setdefault(name, []).append(value)
            shutil.rmtree(scratch / "copy")
    medians = {name: round(statistics.median(values), 4) for name, values in figures.items()}
    return medians | {"rows": rows, "disk_bytes": round(on_disk / size), "snapshot_bytes": round(snapshots / size)}


class _Given(Embedder):
    """Gives the embedding that was set for a text; others get one of no meaning."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self.name, self.version, self.dimensions, self.context_length = "given", "1", DIMENSIONS, 256
        self._known = {question.text: question.vector for question in questions}
        self._random = np.random.default_rng(1)

    def count_tokens(self, text: str) -> int:
        """About four characters each."""
        return len(text) // 4

    def embed(
        self,
        texts: Sequence[str],
        *,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> FloatArray:
        """One row for each text."""
        rows = [self._known.get(text) for text in texts]
        made = [self._random.standard_normal(DIMENSIONS) / np.sqrt(DIMENSIONS) if row is None else row for row in rows]
        return np.asarray(made, np.float32).reshape(len(texts), DIMENSIONS)


def _opened(folder: Path, questions: Sequence[Question]) -> Memory:
    embedder = _Given(questions)
    return Memory(Store.open(folder, Sealer(_KEY)), lambda: embedder)


def _opening(folder: Path, questions: Sequence[Question], size: int) -> dict[str, float]:
    began = time.perf_counter()
    load_lancedb()

    imported = time.perf_counter() - began
    memory = _opened(folder.parent / "small", questions)
    memory.search(questions[0].text)
    memory.store.close()
    del memory
    gc.collect()
    before = _resident()
    began, began_cpu = time.perf_counter(), time.process_time()
    store = Store.open(folder, Sealer(_KEY))
    only_store, opened = _resident() - before, time.perf_counter() - began
    embedder = _Given(questions)
    memory = Memory(store, lambda: embedder)
    found = memory.search(questions[0].text)
    unlocked, unlocked_cpu = time.perf_counter() - began, time.process_time() - began_cpu
    assert found
    gc.collect()
    resident = _resident() - before
    return {
        "import_s": imported,
        "open_s": opened,
        "unlock_s": unlocked,
        "unlock_cpu_s": unlocked_cpu,
        "store_resident_bytes": only_store / size,
        "resident_bytes": resident / size,
    }


def _unprepared(folder: Path, questions: Sequence[Question], size: int) -> dict[str, float]:
    for snapshot in folder.glob("*/snapshots/*"):
        snapshot.unlink()
    found = _opening(folder, questions, size)
    return {"unprepared_s": found["unlock_s"], "unprepared_cpu_s": found["unlock_cpu_s"]}


def _searching(folder: Path, questions: Sequence[Question], size: int) -> dict[str, float]:
    memory = _opened(folder, questions)
    index = memory.store.index
    memory.search(questions[0].text)
    searched = [_seconds(memory.search, q.text) for q in questions[:100]]
    nearest = [_seconds(_ten_nearest, index.similarities, q.vector) for q in questions[:100]]
    episodes = memory.store.all(Episode)
    exact = np.stack([np.frombuffer(e.vectors, "<f2")[:DIMENSIONS] for e in episodes]).astype(np.float32)
    exact /= np.linalg.norm(exact, axis=1, keepdims=True)
    rows = np.array([index.row(episode.id) for episode in episodes])
    hits = []
    for question in questions[:100]:
        truth = exact @ question.vector
        found = index.similarities(question.vector)[rows]
        hits.append(len({*_ten(truth)} & {*_ten(found)}) / 10)
    return {
        "search_ms": 1000 * statistics.median(searched),
        "index_ms": 1000 * statistics.median(nearest),
        "recall_at_10": statistics.mean(hits),
    }


def _keeping(folder: Path, questions: Sequence[Question], size: int) -> dict[str, float]:
    memory = _opened(folder, questions)
    store = memory.store
    words = [episode.text for episode in store.all(Episode, vectors=False)[:400]]
    chat = Conversation(id=new_id(), created=store.all(Conversation)[0].created)
    turns, maintained = [], []
    for number in range(200):
        time_ = chat.created
        said = [
            Said(chat.id, role, words[2 * number + place], time_, 2 * number + place)
            for place, role in enumerate(("user", "assistant"))
        ]
        usage = Usage(id=new_id(), answer=new_id(), conversation=chat.id, time=time_, turn=0)
        turns.append(_seconds(memory.keep_turn, chat, said, usage=usage))
        maintained.append(_seconds(store.maintain))
    commits = []
    model = store.all(Episode, vectors=False)[0]
    vectors = np.full((2, DIMENSIONS), 0.05, "<f2").tobytes()
    for _ in range(100):
        names = [new_id(), new_id()]
        records = [msgspec.structs.replace(model, id=name, message=name, vectors=vectors) for name in names]
        usage = Usage(id=new_id(), answer=names[1], conversation=model.conversation, time=model.time, turn=1)
        commits.append(_seconds(store.commit, [*records, usage]))
        store.maintain()
    store.close()
    return {
        "turn_ms": 1000 * float(np.quantile(turns, 0.95)),
        "turn_p50_ms": 1000 * statistics.median(turns),
        "turn_p99_ms": 1000 * float(np.quantile(turns, 0.99)),
        "maintain_ms": 1000 * max(maintained),
        "commit_ms": 1000 * float(np.quantile(commits, 0.95)),
        "commit_p50_ms": 1000 * statistics.median(commits),
    }


def _forgetting(folder: Path, questions: Sequence[Question], size: int) -> dict[str, float]:
    memory = _opened(folder, questions)
    ids = [episode.id for episode in memory.store.all(Episode, vectors=False)]
    chosen = np.random.default_rng(4).choice(len(ids), 6, replace=False)
    whole = [_seconds(memory.forget, [ids[place]]) for place in chosen[:3]]
    left = [ids[place] for place in chosen[3:] if ids[place] in memory.store]
    alone = [_seconds(memory.store.purge, [name]) for name in left]
    memory.store.close()
    return {"forget_s": statistics.median(whole), "purge_s": statistics.median(alone)}


def _ten(scores: FloatArray) -> list[int]:
    found: list[int] = np.argpartition(-scores, 9)[:10].tolist()
    return found


def _ten_nearest(similarities: Callable[[FloatArray], FloatArray], query: FloatArray) -> list[int]:
    return _ten(similarities(query))


def _seconds(work: Callable[..., object], *arguments: object, **named: object) -> float:
    began = time.perf_counter()
    work(*arguments, **named)
    return time.perf_counter() - began


def _resident() -> int:
    """Bytes of RAM that this process has now (Linux)."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _child(verb: str, scratch: Path, size: int) -> None:
    stored = msgspec.msgpack.decode((scratch / "questions").read_bytes(), type=list[tuple[str, bytes]])
    questions = [Question(text, np.frombuffer(vector, np.float32)) for text, vector in stored]
    measures = {
        "opening": _opening,
        "unprepared": _unprepared,
        "searching": _searching,
        "keeping": _keeping,
        "forgetting": _forgetting,
    }
    sys.stdout.write(json.dumps(measures[verb](scratch / "copy", questions, size)))


if __name__ == "__main__":
    _child(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
