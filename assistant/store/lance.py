"""LanceDB, loaded without what Hippo never uses of it.

With itself it imports a client for catalogue servers: half of the time that the import takes (1.1 of 2.2 s of one
core), and an HTTP library in a process that has no business with one. In its place stand modules that have every name
that is asked of them and do nothing.
"""

import sys
import threading
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

_UNUSED = frozenset({"lance_namespace", "lance_namespace_urllib3_client"})
_loading = threading.Lock()


def load_lancedb() -> Any:
    """The module `lancedb`."""
    with _loading:
        finder = _Unused()
        sys.meta_path.insert(0, finder)
        try:
            import lancedb
        finally:
            sys.meta_path.remove(finder)
    return lancedb


class _Empty(ModuleType):
    """Has a class of every name: an exception, because some are named in `except`."""

    def __getattr__(self, name: str) -> type[Exception]:
        if name.startswith("__"):
            raise AttributeError(name)
        made = type(name, (Exception,), {"__module__": self.__name__})
        setattr(self, name, made)
        return made


class _Unused:
    """Finds the packages that are left out, and nothing else."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        return ModuleSpec(name, self, is_package=True) if name.partition(".")[0] in _UNUSED else None  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Empty(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        pass
