"""A process that opens one damaged store after the other and says what it found, so that a crash ends only itself.

For each home that it is told it says: "refused" with the error; or what was in the memory ("found"), what was
reported ("reported": sentences and damaged rows), and whether all was right after some more use ("later").
"""

import traceback
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from assistant.errors import HippoError
from assistant.paths import Home
from assistant.vault.vault import Vault
from tests.benchmarks.faults.place import Contents, contents, open_store, said_by, vault_at
from tests.store.sample import episode


def use(home: Home, vault: Vault) -> dict[str, object]:
    """Open, look, use, open again."""
    with open_store(home, vault) as store:
        found = contents(store)
        reported = [*store.problems, *(row.reason for row in store.damaged)]
        expected: Contents = dict(found)
        new = [episode("after the damage"), *(episode("other words", record=name) for name in list(found)[:1])]
        store.commit(new, remove=list(found)[1:2])
        store.purge(list(found)[2:3])
        store.compact()
    for name in list(found)[1:3]:
        del expected[name]
    expected |= {record.id: said_by(record) for record in new}
    with open_store(home, vault) as store:
        later = contents(store)
    return {"found": found, "reported": reported, "later": later == expected}


def answer(pipe: "Connection[dict[str, Any], str]") -> None:
    """A process from its start to its end: answers until the pipe is closed."""
    while True:
        try:
            home = Home(Path(pipe.recv()))
        except EOFError:
            return
        said: dict[str, object]
        try:
            said = use(home, vault_at(home))
        except HippoError as error:
            said = {"refused": str(error)}
        except BaseException:  # noqa: BLE001 - a panic of the Rust side is no Exception, and is what is looked for
            said = {"crashed": traceback.format_exc()}
        pipe.send(said)
