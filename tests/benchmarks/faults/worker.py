"""A process that uses a memory until it is killed, and says on a pipe what it begins and what is durable.

It says: "ready"; for each operation that it begins, what it will put in and take out; "done" when the operation has
returned; "end". Hashes and ids only.
"""

import random
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from assistant.paths import Home
from assistant.store.records import Episode
from assistant.store.rekey import rekey
from tests.benchmarks.faults.place import PASSPHRASE, contents, open_store, probes, said_by, vault_at
from tests.store.formats import make_format_1
from tests.store.sample import DIMENSIONS, episode

WORK = {
    "writing": ["write"] * 24,
    "compacting": ["write", "write", "compact"] * 4,
    "preparing": ["write", "prepare", "prepare", "purge"] * 3,
    "purging": ["write", "purge"] * 6,
    "rekeying": ["write", "rekey"] * 3,
    "migrating": ["open", "write", "write"],
}
"""What is done in which order, by kind of work."""

MOST = 80
"""Memories from which on a write removes more than it adds."""


Say = Callable[[dict[str, Any]], None]
"""Tells somebody else at once."""


class Worker:
    """Somebody who uses the memory of one home."""

    def __init__(self, home: Home, seed: int, say: Say) -> None:
        self._say = say
        self.home = home
        self.random = random.Random(seed)
        self.vault = vault_at(home)
        self.store = open_store(home, self.vault)

    def work(self, kind: str) -> None:
        """Do one kind of work from beginning to end."""
        if kind == "migrating":
            self.store.close()
            make_format_1(self.home.store, self.vault.sealer("store"))
        self.say(ready=True)
        verbs: dict[str, Callable[[], None]] = {
            "write": self.write,
            "purge": self.purge,
            "compact": self.compact,
            "prepare": self.prepare,
            "rekey": self.rekey,
            "open": self.reopen,
        }
        for name in WORK[kind]:
            verbs[name]()
        self.say(end=True)

    def say(self, **what: object) -> None:
        """Tell what is going on."""
        self._say(what)

    def write(self) -> None:
        """One commit: some new memories, some with other words, some taken out."""
        known = list(contents(self.store))
        old = self.random.sample(known, min(len(known), self.random.randrange(3)))
        most = 6 if len(known) > MOST else 2
        gone = self.random.sample(known, min(len(known), self.random.randrange(most)))
        words = f"word {self.random.random()} " * self.random.choice([1, 4, 60])
        records = [episode(words) for _ in range(self.random.randrange(1, 4))]
        records += [episode("other " + words, record=name) for name in old]
        self.say(op="write", puts={record.id: said_by(record) for record in records}, removes=gone)
        self.store.commit(records, remove=gone)
        self.say(done=True)

    def purge(self) -> None:
        """Forget some memories for good."""
        known = self.store.all(Episode, vectors=False)
        gone = [record.id for record in self.random.sample(known, min(len(known), self.random.randrange(1, 4)))]
        self.say(op="purge", removes=gone, probes=[probe.hex() for probe in probes(self.store, gone)])
        self.say(done=True, verified=self.store.purge(gone).verified)

    def compact(self) -> None:
        """Tidy up."""
        self.say(op="compact")
        self.store.compact()
        self.say(done=True)

    def prepare(self) -> None:
        """What is done when nobody waits: make a snapshot, mostly."""
        self.say(op="prepare")
        self.store.maintain()
        self.say(done=True)

    def rekey(self) -> None:
        """Give everything a new key."""
        self.say(op="rekey")
        self.store.close()
        rekey(self.vault, self.home.store, passphrase=PASSPHRASE, dimensions=DIMENSIONS)
        self.store = open_store(self.home, self.vault)
        self.say(done=True)

    def reopen(self) -> None:
        """Open the closed store: a migration, where it is of an older format."""
        self.say(op="open")
        self.store = open_store(self.home, self.vault)
        self.say(done=True)


def work(pipe: "Connection[dict[str, Any], object]", home: str, kind: str, seed: int) -> None:
    """A process from its start to its end."""
    Worker(Home(Path(home)), seed, pipe.send).work(kind)
