"""A file system that remembers which of its state a power cut would leave.

A file's bytes are safe once it was fsynced, a folder's names once that folder was. What came after may be lost, or
not: which of it, is chosen when a cut is made (`Kind`).
"""

import random
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePosixPath

from tests.benchmarks.faults.trail import Event, UnseenError


class Kind(StrEnum):
    """What a power cut takes: all that was not fsynced; the bytes, while names stay (as after the journal of names was
    written, but not the data); or, by chance, the last names of each folder and the last bytes of each file."""

    ALL = "everything that was not fsynced"
    BYTES = "bytes, while names stay"
    SOME = "some of it by chance"


@dataclass
class _File:
    data: bytearray = field(default_factory=bytearray)
    safe: bytes = b""


@dataclass
class _Folder:
    """`names` is what running processes see; `safe` what was fsynced; `since` the changes after that, in order."""

    names: "dict[str, _File | _Folder]" = field(default_factory=dict)
    safe: "dict[str, _File | _Folder]" = field(default_factory=dict)
    since: "list[dict[str, _File | _Folder | None]]" = field(default_factory=list)

    def change(self, **changes: "_File | _Folder | None") -> None:
        """Put names in, or (None) take them out, in one step."""
        self.since.append(changes)
        _apply(self.names, changes)


def _apply(names: "dict[str, _File | _Folder]", changes: "dict[str, _File | _Folder | None]") -> None:
    for name, node in changes.items():
        if node is None:
            names.pop(name, None)
        else:
            names[name] = node


class Disk:
    """The file system below one folder, which itself is safe."""

    def __init__(self, root: str) -> None:
        self._root = PurePosixPath(root)
        self._top = _Folder()

    def follow(self, event: Event) -> bool:
        """Do what a process did. Returns whether a power cut may now leave something else than before."""
        if not self._is_below(event.path) or (event.other and not self._is_below(event.other)):
            return False
        if event.call == "map":
            raise UnseenError(event.path)
        folder, name = self._place(event.path)
        if event.call == "open":
            makes, empties = event.new
            if isinstance(node := folder.names.get(name), _File):
                if empties:
                    del node.data[:]
            elif makes and node is None:
                folder.change(**{name: _File()})
        elif event.call == "write":
            data = self._file(event.path).data
            start = len(data) if event.offset < 0 else event.offset
            data.extend(bytes(max(0, start - len(data))))
            data[start : start + len(event.data)] = event.data
        elif event.call == "truncate":
            data = self._file(event.path).data
            del data[event.offset :]
            data.extend(bytes(event.offset - len(data)))
        elif event.call == "fsync":
            self._sync(event.path)
        elif event.call == "mkdir":
            folder.change(**{name: _Folder()})
        elif event.call in ("unlink", "rmdir"):
            folder.change(**{name: None})
        else:
            self._name_anew(event, folder, name)
        return True

    def write_out(self, folder: Path, kind: Kind, chance: random.Random) -> None:
        """Make a real folder of what a power cut at this moment leaves."""
        self._write_folder(self._top, folder, kind, chance)

    def _write_folder(self, node: _Folder, path: Path, kind: Kind, chance: random.Random) -> None:
        path.mkdir()
        names = dict(node.safe)
        kept = {Kind.ALL: 0, Kind.BYTES: len(node.since), Kind.SOME: chance.randint(0, len(node.since))}[kind]
        for changes in node.since[:kept]:
            _apply(names, changes)
        for name, below in names.items():
            if isinstance(below, _Folder):
                self._write_folder(below, path / name, kind, chance)
            else:
                data = below.safe
                if kind == Kind.SOME and data != below.data:
                    reached = chance.choice([0, chance.randint(0, len(below.data)), len(below.data)])
                    data = bytes(below.data[:reached]) + data[reached:]
                (path / name).write_bytes(data)

    def _name_anew(self, event: Event, folder: _Folder, name: str) -> None:
        other_folder, other = self._place(event.other)
        node = folder.names[name]
        if event.call == "link":
            other_folder.change(**{other: node})
        elif other_folder is folder:
            folder.change(**{name: None, other: node})
        else:
            other_folder.change(**{other: node})
            folder.change(**{name: None})

    def _sync(self, path: str) -> None:
        node = self._node(path)
        if isinstance(node, _File):
            node.safe = bytes(node.data)
        elif node is not None:
            node.safe, node.since = dict(node.names), []

    def _is_below(self, path: str) -> bool:
        return PurePosixPath(path).is_relative_to(self._root)

    def _node(self, path: str) -> "_File | _Folder | None":
        node: _File | _Folder | None = self._top
        for name in PurePosixPath(path).relative_to(self._root).parts:
            node = node.names.get(name) if isinstance(node, _Folder) else None
        return node

    def _place(self, path: str) -> tuple[_Folder, str]:
        node = self._node(str(PurePosixPath(path).parent)) if path != str(self._root) else self._top
        if not isinstance(node, _Folder):
            raise KeyError(path)
        return node, PurePosixPath(path).name

    def _file(self, path: str) -> _File:
        node = self._node(path)
        # Written to after it was removed: nothing of that can be left.
        return node if isinstance(node, _File) else _File()
