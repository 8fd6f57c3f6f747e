"""Everything that a process does to files, seen from outside by strace. Linux only.

What is written through a shared memory map is not seen, only that there is one. Other ways to write that are not
followed (io_uring and the like) are not used; if one were, reading the trail would say so.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_WRITES = "write,pwrite64,writev,pwritev,pwritev2,lseek,copy_file_range,sendfile,splice,ftruncate,truncate,fallocate"
_NAMES = "open,openat,creat,rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,rmdir,symlink,symlinkat"
_SYNCS = "fsync,fdatasync,sync,syncfs,sync_file_range,msync,mmap,io_uring_setup"
_MOST_BYTES = 1 << 26

_CALL = re.compile(r"(\w+)\((.*)\)\s+= (-?\d+|\?)")
_UNSEEN = {"copy_file_range", "sendfile", "splice", "pwritev", "pwritev2", "io_uring_setup", "truncate"}


class UnseenError(Exception):
    """The process wrote in a way that cannot be followed."""


@dataclass(frozen=True)
class Event:
    """One successful call.

    Attributes:
        call: Its name: open, write, truncate, rename, link, unlink, mkdir, rmdir, fsync; map for a shared memory map.
        path: What it was done to; "pipe" and the like where that is no file.
        other: The new name for rename and link.
        data: What was written.
        offset: Where; for truncate, the new length.
        new: For open: whether a missing file is made, and for what is there, whether it is emptied.
    """

    call: str
    path: str
    other: str = ""
    data: bytes = b""
    offset: int = 0
    new: tuple[bool, bool] = (False, False)


def can_trace() -> bool:
    """Whether strace is there and may be used."""
    strace = shutil.which("strace")
    return strace is not None and subprocess.run([strace, "-o", "/dev/null", "true"], check=False).returncode == 0


def traced(
    command: Sequence[str], out: Path, *, environment: Mapping[str, str] | None = None, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run a command with strace, which writes to the file `out`."""
    calls = f"trace={_WRITES},{_NAMES},{_SYNCS}"
    strace = ["strace", "-f", "--seccomp-bpf", "-y", "-xx", "-s", str(_MOST_BYTES), "-e", calls, "-o", str(out)]
    return subprocess.run(
        [*strace, *command], capture_output=True, text=True, check=False, env=environment, input=stdin
    )


def events(trail: Path) -> Iterator[Event]:
    """The calls in the order in which they ended.

    Raises:
        UnseenError: Something was written in a way that is not seen.
    """
    offsets: dict[str, int] = {}
    for line in _whole_lines(trail):
        match = _CALL.match(line)
        if match is None or match[3].startswith("-") or match[3] == "?":
            continue
        name, result = match[1], int(match[3])
        arguments = _split(match[2])
        if name in _UNSEEN:
            raise UnseenError(name)
        if name == "mmap":
            if "MAP_SHARED" in arguments[3] and "PROT_WRITE" in arguments[2] and arguments[4] != "-1":
                yield Event("map", _descriptor(arguments[4])[1])
        elif name in ("open", "openat", "creat"):
            path = _opened(line)
            flags = "O_CREAT|O_TRUNC" if name == "creat" else arguments[1 if name == "open" else 2]
            offsets[str(result)] = -1 if "O_APPEND" in flags else 0
            if "O_CREAT" in flags or "O_TRUNC" in flags:
                yield Event("open", path, new=("O_CREAT" in flags, "O_TRUNC" in flags))
        elif name in ("write", "writev"):
            number, path = _descriptor(arguments[0])
            data = b"".join(_strings(match[2].partition(",")[2]))[:result]
            offset = offsets.get(number, 0)
            yield Event("write", path, data=data, offset=offset)
            if offset >= 0:
                offsets[number] = offset + result
        elif name == "pwrite64":
            yield Event("write", _descriptor(arguments[0])[1], data=_string(arguments[1]), offset=int(arguments[3]))
        elif name == "lseek":
            offsets[_descriptor(arguments[0])[0]] = result
        elif name == "ftruncate":
            yield Event("truncate", _descriptor(arguments[0])[1], offset=int(arguments[1]))
        elif name == "fallocate":
            raise UnseenError(name)
        elif name in ("fsync", "fdatasync"):
            yield Event("fsync", _descriptor(arguments[0])[1])
        elif name in ("sync", "syncfs", "sync_file_range", "msync"):
            continue  # no promise that is relied on
        else:
            yield _of_names(name, arguments)


def _of_names(name: str, arguments: list[str]) -> Event:
    if name in ("rename", "link", "symlink"):
        return Event(name, _absolute(arguments[0]), _absolute(arguments[1]))
    if name in ("renameat", "renameat2", "linkat"):
        path, other = _absolute(arguments[1], arguments[0]), _absolute(arguments[3], arguments[2])
        return Event("link" if name == "linkat" else "rename", path, other)
    if name == "symlinkat":
        raise UnseenError(name)
    if name == "unlinkat":
        call = "rmdir" if "AT_REMOVEDIR" in arguments[2] else "unlink"
        return Event(call, _absolute(arguments[1], arguments[0]))
    if name == "mkdirat":
        return Event("mkdir", _absolute(arguments[1], arguments[0]))
    return Event(name, _absolute(arguments[0]))


def _whole_lines(trail: Path) -> Iterator[str]:
    """The lines without process numbers, with what another thread cut in two put together again."""
    waiting: dict[str, str] = {}
    with trail.open(encoding="ascii", errors="replace") as stream:
        for line in stream:
            process, _, rest = line.rstrip("\n").partition(" ")
            rest = rest.lstrip()
            if rest.endswith("<unfinished ...>"):
                waiting[process] = rest.removesuffix("<unfinished ...>")
            elif rest.startswith("<... "):
                yield waiting.pop(process, "") + rest.partition(" resumed>")[2]
            else:
                yield rest


def _split(arguments: str) -> list[str]:
    """Arguments at commas that are in no string, path or bracket."""
    return [part.strip() for part in re.findall(r'((?:"[^"]*"|<[^>]*>|\[[^\]]*\]|\{[^}]*\}|[^,"<\[{])+)', arguments)]


def _bytes(escaped: str) -> bytes:
    return bytes.fromhex(escaped.replace("\\x", ""))


def _strings(text: str) -> list[bytes]:
    return [_bytes(escaped) for escaped in re.findall(r'"((?:\\x[0-9a-f]{2})*)"', text)]


def _string(text: str) -> bytes:
    return b"".join(_strings(text))


def _path(between: str) -> str:
    """What strace shows between < and >, in whichever way it escapes it."""
    return os.fsdecode(_bytes(between)) if between.startswith("\\x") else between


def _descriptor(argument: str) -> tuple[str, str]:
    number, _, rest = argument.partition("<")
    return number, _path(rest.removesuffix(">").removesuffix("(deleted)"))


def _opened(line: str) -> str:
    return _path(line.rpartition("<")[2].rstrip().removesuffix(">"))


def _absolute(argument: str, folder: str = "") -> str:
    path = os.fsdecode(_string(argument))
    if path.startswith("/"):
        return path
    below = _descriptor(folder)[1] if "<" in folder else ""
    return os.path.normpath(os.path.join(below, path)) if below else path  # noqa: PTH118 - a text, no file
