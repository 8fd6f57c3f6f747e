"""Benchmarks, run by hand: `python -m tests.benchmarks NAME --json`. Each lies in a file of its own beside this one."""

import argparse
import importlib
import json
import sys

NAMES = [
    "decode",
    "turn",
    "lookup",
    "embed",
    "start",
    "hema",
    "facts",
    "recall",
    "faults",
    "store",
    "window",
    "reading",
]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, to see that it runs")
    # Some have switches of their own: which ones is known only once the benchmark is.
    name = next((argument for argument in sys.argv[1:] if argument in NAMES), None)
    if name is None:
        parser.parse_args()
    benchmark = importlib.import_module(f"tests.benchmarks.{name}")
    own = hasattr(benchmark, "add_options")
    if own:
        benchmark.add_options(parser)
    options = parser.parse_args()
    result = benchmark.measure(quick=options.quick, **({"options": options} if own else {}))
    if options.json:
        sys.stdout.write(json.dumps(result) + "\n")
    else:
        for name, value in result.items():
            sys.stdout.write(f"{name}: {value}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
