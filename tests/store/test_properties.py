"""Any sequence of operations, with crashes and openings in between, leaves what a plain dictionary would hold."""

import contextlib
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from assistant.errors import StoreError
from assistant.paths import Home
from assistant.store.records import Episode, RecordId
from assistant.store.rekey import rekey
from assistant.store.store import Store
from assistant.store.table import SealedTable
from assistant.vault.vault import Vault
from assistant.vault.wraps import Argon2Cost
from tests.store.formats import make_format_1
from tests.store.sample import DIMENSIONS, episode, files_with

PASSPHRASE = "correct horse battery"
TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40).map(lambda words: f"{words} {words * 20}")


class StoreAgainstDictionary(RuleBasedStateMachine):
    """The store, and beside it a dictionary to which the same is done."""

    def __init__(self) -> None:
        super().__init__()
        self.scratch = Path(tempfile.mkdtemp())
        self.crashes = 0
        self.expected: dict[RecordId, Episode] = {}
        self.gone: dict[RecordId, bytes] = {}
        self.home = Home(self.scratch / "0")
        self.vault = Vault(self.home.vault, keyring=None, cost=Argon2Cost(memory_kib=64, passes=1, lanes=1))

    @initialize()
    def start(self) -> None:
        self.vault.create(passphrase=PASSPHRASE)
        self.store = self.opened()

    def opened(self) -> Store:
        store = Store.open(self.home.store, self.vault.sealer("store"), dimensions=DIMENSIONS)
        assert store.problems == ()
        assert store.damaged == ()
        assert store._snapshots
        store._snapshots.fewest = 1
        return store

    def some(self, choice: int, count: int) -> list[RecordId]:
        """A few of the memories, others for each choice."""
        names = list(self.expected)
        return [names[(choice + 7 * i) % len(names)] for i in range(min(count, len(names)))]

    def forgotten(self, names: list[RecordId]) -> None:
        for name in names:
            self.expected.pop(name, None)

    @rule(texts=st.lists(TEXTS, min_size=1, max_size=4))
    def add(self, texts: list[str]) -> None:
        records = [episode(text) for text in texts]
        self.store.commit(records)
        self.expected |= {record.id: record for record in records}

    @precondition(lambda self: self.expected)
    @rule(choice=st.integers(0, 99), count=st.integers(1, 3), text=TEXTS)
    def edit(self, choice: int, count: int, text: str) -> None:
        records = [episode(text, record=name) for name in set(self.some(choice, count))]
        self.store.commit(records)
        self.expected |= {record.id: record for record in records}

    @precondition(lambda self: self.expected)
    @rule(choice=st.integers(0, 99), count=st.integers(1, 3), text=TEXTS)
    def replace_and_remove(self, choice: int, count: int, text: str) -> None:
        removed = self.some(choice, count)
        new = [episode(text), episode(text, record=removed[0])]
        self.store.commit(new, remove=removed)
        self.expected |= {record.id: record for record in new}
        self.forgotten(removed)

    @precondition(lambda self: self.expected)
    @rule(choice=st.integers(0, 99), count=st.integers(1, 3))
    def purge(self, choice: int, count: int) -> None:
        names = list(dict.fromkeys(self.some(choice, count)))
        boxes = {row.hex(): box for rows in self.store.sealed_rows() for row, box in rows}
        report = self.store.purge(names)
        assert report.verified
        assert report.rows == len(names)
        self.forgotten(names)
        for name in names:
            assert files_with(self.home.root, boxes[name][:16]) == []
            assert files_with(self.home.root, bytes.fromhex(name)) == []

    @rule()
    def compact(self) -> None:
        self.store.compact()

    @rule()
    def prepare(self) -> None:
        """So that the next opening is quick: it has snapshots of all data files, or of some."""
        self.store.maintain()

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = self.opened()

    @rule()
    def crash(self) -> None:
        """What is on the disk at this moment is all that is left."""
        self.go_on_from(self.copied())

    @precondition(lambda self: self.expected)
    @rule(choice=st.integers(0, 99), count=st.integers(1, 3), text=TEXTS)
    def crash_before_other_words_are_there(self, choice: int, count: int, text: str) -> None:
        """The ledger knows of the change already."""
        left: list[Home] = []

        def crashing(*_: object) -> None:
            left.append(self.copied())
            raise StoreError("killed")

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(SealedTable, "append", crashing)
            with pytest.raises(StoreError):
                self.store.commit([episode(text, record=name) for name in set(self.some(choice, count))])
        self.go_on_from(left[0])

    @rule()
    def crash_while_compacting(self) -> None:
        """Rows lie in their new place, and in their old one still."""
        left: list[Home] = []

        def crashing(_: object) -> None:
            left.append(self.copied())
            raise RuntimeError("killed")

        assert self.store._opened
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(self.store._opened[0]._table, "delete", crashing)
            with contextlib.suppress(StoreError):
                self.store.compact()
        if left:
            self.go_on_from(left[0])

    def copied(self) -> Home:
        """What is on the disk now."""
        self.crashes += 1
        left = Home(self.scratch / str(self.crashes))
        shutil.copytree(self.home.root, left.root)
        return left

    def go_on_from(self, left: Home) -> None:
        self.store.close()
        self.home = left
        self.vault = Vault(left.vault, keyring=None, cost=Argon2Cost(memory_kib=64, passes=1, lanes=1))
        self.vault.unlock_with_passphrase(PASSPHRASE)
        self.store = self.opened()

    @rule()
    def change_the_key(self) -> None:
        self.store.close()
        rekey(self.vault, self.home.store, passphrase=PASSPHRASE, dimensions=DIMENSIONS)
        self.store = self.opened()

    @rule()
    def open_as_if_an_older_hippo_had_written_it(self) -> None:
        self.store.close()
        make_format_1(self.home.store, self.vault.sealer("store"))
        self.store = self.opened()

    @invariant()
    def same(self) -> None:
        if hasattr(self, "store"):
            assert {record.id: record for record in self.store.all(Episode)} == self.expected
            assert [record.id for record in self.store.all(Episode, vectors=False)] == list(self.expected)
            assert len(self.store) == len(self.store.index) == len(self.expected)

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
        shutil.rmtree(self.scratch)


StoreAgainstDictionary.TestCase.settings = settings(
    max_examples=6, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
test_the_store_holds_what_a_dictionary_would = pytest.mark.timeout(200)(StoreAgainstDictionary.TestCase)
