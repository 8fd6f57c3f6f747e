"""Faults: what is left of the memory after kill -9, damaged files and power cuts, and what can be read on the disk.

    kills    kill -9 at random moments of writing, compacting, making snapshots, purging, changing the key, migrating
    damage   random byte flips and truncations over all files of a store
    power    every write, rename, unlink and fsync of a process recorded; power cuts replayed from it
    search   the product used from the command line, everything that it wrote searched for marked words and vectors

All counts of losses must be 0.
"""

import argparse

from tests.benchmarks.faults import damage, kills, power, search

PARTS = ("kills", "damage", "power", "search")


def add_options(parser: argparse.ArgumentParser) -> None:
    """The switches of this benchmark."""
    parser.add_argument("--kills", type=int, default=200, metavar="N", help="how many times to kill the writer")
    parser.add_argument("--flips", type=int, default=500, metavar="N", help="how many damages to the files")
    parser.add_argument("--cuts", type=int, default=500, metavar="N", help="how many power cuts, of several kinds each")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)


def measure(*, quick: bool = False, options: argparse.Namespace) -> dict[str, object]:
    """Run the parts; see each for what it counts."""
    share = 20 if quick else 1
    found: dict[str, object] = {"seed": options.seed}
    if "kills" in options.parts:
        found["kills"] = kills.run(options.kills // share, seed=options.seed)
    if "damage" in options.parts:
        found["damage"] = damage.run(options.flips // share, seed=options.seed)
    if "power" in options.parts:
        found["power"] = power.run(options.cuts // share, seed=options.seed)
    if "search" in options.parts:
        found["search"] = search.run()
    return found
