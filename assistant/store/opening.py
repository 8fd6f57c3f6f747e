"""Opening a store: the table and the ledger of its generation, everything in RAM, and whatever has to be mended first.

What cannot be mended is set aside and reported. Nothing is dropped silently.
"""

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from assistant.errors import StoreError, StoreFullError, StoreVersionError, WrongKeyError
from assistant.files import make_private_folder, sync_folder
from assistant.store import layout
from assistant.store.codec import Codec
from assistant.store.contents import Contents
from assistant.store.fragments import Row
from assistant.store.ledger import Ledger
from assistant.store.migrate import migrate
from assistant.store.salvage import save_rows, without_repeats
from assistant.store.snapshots import Snapshots
from assistant.store.table import SealedTable, has_lost_its_versions
from assistant.vault.sealer import Sealer


@dataclass(frozen=True)
class Opened:
    """The durable side of an open store. `problems`: what was found wrong, as sentences for the user."""

    table: SealedTable
    ledger: Ledger
    problems: tuple[str, ...]


class Opening:
    """The opening of one generation. The caller owns the folder."""

    def __init__(self, generation: layout.Generation, sealer: Sealer, contents: Contents) -> None:
        """`contents`: empty; what is read goes there."""
        self._generation = generation
        self._folder = generation.folder.parent
        self._sealer = sealer
        self._codec = Codec(sealer)
        self._contents = contents

    def run(self) -> Opened:
        """Open the generation, or make an empty one, and read all that is in it.

        Raises:
            StoreVersionError, WrongKeyError, StoreError: See `Store.open`.
        """
        layout.finish_setting_aside(self._folder, self._sealer.key_id)
        made = layout.generations(self._folder)
        if made and self._sealer.key_id not in made:
            raise WrongKeyError(
                "The memory was sealed with another key than the one in this vault.",
                next_step="Put back the vault file that belongs to it, or restore a backup.",
            )
        mended = self._mend_format()
        layout.drop_leftovers(self._folder, self._sealer.key_id)
        if made and (found := self._generation.read_format()).restored:
            self._generation.write_format(msgspec.structs.replace(found, restored=False))
        problems = mended + [
            f"A part of the memory that could not be read lies in {aside}. "
            "Restore a backup if there is one; delete this folder when it is not needed any more."
            for aside in layout.damaged(self._folder)
        ]
        if has_lost_its_versions(self._generation.folder):
            aside = layout.set_aside(self._generation)
            problems.append(
                f"The memory on disk has lost its version files and was set aside in {aside}. "
                "Restore a backup if there is one."
            )
        problems += migrate(self._generation, self._sealer)
        make_private_folder(self._generation.folder)
        ledger = Ledger(self._generation.ledger, self._sealer)
        table = SealedTable(self._generation.folder)
        if not self._generation.format_file.exists():
            self._generation.write_format(layout.Format())
            sync_folder(self._folder)
        problems += table.problems
        try:
            problems += self._read_quickly(table, ledger)
        except StoreError:
            table, ledger, problem = self._read_around_damage(table, ledger)
            problems.append(problem)
        if self._contents.inventory.rows > self._contents.distinct:
            table, ledger, problem = self._read_without_repeats(table, ledger)
            problems.append(problem)
        problems += self._check_inventory(table, ledger)
        if self._generation.purge_mark.exists():
            try:
                table.vacuum()
                self._generation.unmark_purge()
            except StoreError as error:
                why = "there is no space left on it" if isinstance(error, StoreFullError) else "it refused"
                again = "It is tried again at the next start."
                problems.append(f"What was forgotten could not be wiped from the disk yet: {why}. {again}")
        return Opened(table, ledger, tuple(problems))

    def _read_quickly(self, table: SealedTable, ledger: Ledger) -> list[str]:
        """Read all rows, as far as possible from snapshots."""
        with contextlib.suppress(StoreError):  # nothing reads them, and a purge looks for them
            table.drop_stray_snapshots()
        snapshots = Snapshots(table, self._sealer, ledger, self._contents.index.dimensions)
        prepared = snapshots.read(doubtful=ledger.last.outdated if ledger.last else ())
        self._contents.read(snapshots.left(), len(table), self._codec, ledger, prepared)
        table.outdated = self._contents.outdated
        if snapshots.damaged:
            count = snapshots.damaged
            return [f"Files that only speed up the opening of the memory did not open and were dropped ({count})."]
        return []

    def _read(self, table: SealedTable, batches: Iterable[list[Row]], ledger: Ledger) -> None:
        self._contents.read(batches, len(table), self._codec, ledger)
        table.outdated = self._contents.outdated

    def _mend_format(self) -> list[str]:
        """Write a damaged format.json anew where the ledger shows what it said: it opens in the present format only."""
        try:
            self._generation.read_format()
        except StoreVersionError:
            raise
        except StoreError:
            if Ledger(self._generation.ledger, self._sealer).last is None:
                raise
            self._generation.write_format(layout.Format())
            return ["A damaged file of the memory (format.json) was mended."]
        return []

    def _read_around_damage(self, table: SealedTable, ledger: Ledger) -> tuple[SealedTable, Ledger, str]:
        """After `rows` failed: step back over the last write if it is the cause, else save what can be read."""
        if ledger.last and len(ledger.last.states) > 1 and ledger.last.version < table.version:
            newest = table.version
            with contextlib.suppress(StoreError):
                table.restore(ledger.last.version)
                self._contents.clear()
                self._read(table, table.rows(), ledger)
                problem = (
                    "The last change to the memory could not be read, probably after a power cut; "
                    "the memory is as it was before that change."
                )
                return table, ledger, problem
            table.restore(newest)
        self._contents.clear()
        self._read(table, table.readable_rows(), ledger)
        lost = len(table) - self._contents.inventory.rows
        table, ledger, aside = self._salvaged(table.readable_rows(), ledger)
        return table, ledger, f"Part of the memory on disk cannot be read (rows: {lost}). {aside}"

    def _read_without_repeats(self, table: SealedTable, ledger: Ledger) -> tuple[SealedTable, Ledger, str]:
        repeated = self._contents.inventory.rows - self._contents.distinct
        rows = without_repeats(table.readable_rows(), ledger, opens=self._codec.opens)
        states = ledger.last.states if ledger.last else ()
        table, ledger, aside = self._salvaged(rows, ledger)
        self._contents.clear()
        self._read(table, table.rows(), ledger)
        problem = f"Some memories lay on the disk more than once (rows too many: {repeated}); one of each is kept."
        if self._contents.inventory not in states:
            problem += " Which ones were written last cannot be told."
        return table, ledger, f"{problem} {aside}"

    def _salvaged(self, rows: Iterable[list[Row]], ledger: Ledger) -> tuple[SealedTable, Ledger, str]:
        """The table and the ledger that hold these rows from now on, and where the old ones went, as a sentence."""
        is_purging = self._generation.purge_mark.exists()
        aside = save_rows(self._generation, self._sealer, rows, key=ledger.key)
        self._contents.outdated.clear()
        said = f"It was set aside in {aside}. Restore a backup if there is one."
        if is_purging:
            layout.drop([aside])
            said = "The damaged files were deleted, because forgotten memories lay in them."
        return SealedTable(self._generation.folder), Ledger(self._generation.ledger, self._sealer), said

    def _check_inventory(self, table: SealedTable, ledger: Ledger) -> list[str]:
        if ledger.last is None:
            ledger.expect(table.version, self._contents.inventory)
            if self._contents.inventory.rows:
                return ["The memory's ledger is missing or damaged: whether rows are missing cannot be told."]
            return []
        if self._contents.inventory in ledger.last.states:
            return []
        missing = max(state.rows for state in ledger.last.states) - self._contents.inventory.rows
        if missing > 0:
            rows = "1 row of the memory is" if missing == 1 else f"{missing} rows of the memory are"
            return [f"{rows} missing. Restore a backup if there is one."]
        if missing == 0 and self._contents.damaged:
            return []  # a damaged row has another mark than it had, and is reported by itself
        return [
            "The memory on disk does not hold the rows that were last written: files or rows of before were put back. "
            "Restore a backup if something is not as it was."
        ]
