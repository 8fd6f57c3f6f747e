"""`assistant check`: what works on this machine and what does not, each with the next step."""

import argparse
import os
import platform
import re
import shutil
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

from assistant import offline
from assistant.conversation.session import Session
from assistant.errors import HippoError
from assistant.paths import Home, home_folder

from .opening import passphrase_from_environment
from .output import print_json, progress_line, show

_SHOWN = 5
"""Damaged rows that are named one by one."""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    check: str
    ok: bool
    detail: str
    next_step: str = ""


def add_check_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command's options."""
    parser = commands.add_parser("check", help="what works on this machine and what does not")
    parser.add_argument("--json", action="store_true", help="JSON lines on stdout")
    parser.set_defaults(run=run_check)


def run_check(options: argparse.Namespace) -> int:
    """Look at everything; exit status 0 when nothing needs mending."""
    home = home_folder(options.home)
    fine = True
    for look in (_machine, _home_folder, _privacy, _screen, _keys, _memory, _models):
        try:
            findings = look(home)
        except HippoError as error:
            findings = [Finding(look.__name__.strip("_").replace("_", " "), False, error.message, error.next_step)]
        for finding in findings:
            fine &= finding.ok
            if options.json:
                value = {"check": finding.check, "ok": finding.ok, "detail": finding.detail}
                print_json(value | {"next_step": finding.next_step})
            else:
                show(f"{'ok ' if finding.ok else '-- '} {finding.check}: {finding.detail}")
                if finding.next_step:
                    show(f"      {finding.next_step}")
    return 0 if fine else 1


def _machine(home: Home) -> list[Finding]:
    return [Finding("machine", True, f"Python {platform.python_version()} on {platform.system()}")]


def _home_folder(home: Home) -> list[Finding]:
    place = home.root
    while not place.exists():
        place = place.parent
    writable = os.access(place, os.W_OK)
    free = shutil.disk_usage(place).free
    return [
        Finding("home folder", writable, str(home.root), "" if writable else "Choose another folder with --home."),
        Finding(
            "disk space",
            free > 500e6,
            f"{free / 1e9:.1f} GB free",
            "" if free > 500e6 else "Free some space.",
        ),
    ]


def _privacy(home: Home) -> list[Finding]:
    return [
        Finding("offline guard", offline.is_guarded(), "every network connection is refused"),
        Finding("crash dumps", _no_core_dumps(), "off for this process"),
    ]


def _no_core_dumps() -> bool:
    if sys.platform == "win32":
        return True
    import resource

    return resource.getrlimit(resource.RLIMIT_CORE)[0] == 0


def _screen(home: Home) -> list[Finding]:
    if has_display():
        return [Finding("screen", True, "there is one")]
    return [Finding("screen", True, "none: Hippo chats in the terminal")]


def has_display() -> bool:
    """Whether a window could be shown.

    On Linux somebody must answer behind the screen's socket, because Qt ends the process where nobody does. A screen
    that Qt draws itself (offscreen, vnc, ...) is always there.
    """
    if sys.platform != "linux":
        return True
    drawn_by = os.environ.get("QT_QPA_PLATFORM", "")
    if drawn_by and not drawn_by.startswith(("xcb", "wayland")):
        return True
    return (not drawn_by.startswith("wayland") and _x11_answers(os.environ.get("DISPLAY", ""))) or (
        not drawn_by.startswith("xcb") and _wayland_answers(os.environ.get("WAYLAND_DISPLAY", ""))
    )


def _x11_answers(display: str) -> bool:
    named = re.fullmatch(r"([^:]*):(\d+)(\.\d+)?", display)
    if named is None:
        return False
    host, number = named[1], named[2]
    if host not in ("", "unix"):
        # What ssh forwards cannot be tried: the offline guard lets nobody connect. Other hosts are not for Hippo.
        return host in ("localhost", "127.0.0.1", "::1", "[::1]")
    path = f"/tmp/.X11-unix/X{number}"  # noqa: S108
    return _answers("\0" + path) or _answers(path)


def _wayland_answers(display: str) -> bool:
    # An absolute path replaces the folder.
    return bool(display) and _answers(str(Path(os.environ.get("XDG_RUNTIME_DIR", ""), display)))


def _answers(address: str) -> bool:
    """Whether somebody listens on a local socket."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(2)
        try:
            probe.connect(address)
        except OSError:
            return False
    return True


def _keys(home: Home) -> list[Finding]:
    session = Session(home)
    has_keyring = session.vault.keyring_available()
    findings = [Finding("keyring", True, "there is one" if has_keyring else "none: a passphrase protects the memory")]
    if session.vault.exists:
        wraps = session.vault.wraps
        step = "" if len(wraps) > 1 else "`assistant vault recovery` makes a spare key."
        findings.append(Finding("vault", True, f"opened by {', '.join(wraps)}", step))
    else:
        findings.append(Finding("vault", True, "none yet: it is made at the first start"))
    return findings


def _memory(home: Home) -> list[Finding]:
    session = Session(home)
    if session.stage == "new":
        return [Finding("memory", True, "empty")]
    given = passphrase_from_environment()
    try:
        if given is not None and "passphrase" in session.vault.wraps:
            session.unlock(passphrase=given)
        elif "keyring" in session.vault.wraps and session.vault.keyring_available():
            session.unlock()
        else:
            return [Finding("memory", True, "locked, so not looked into", "Set ASSISTANT_PASSPHRASE to look into it.")]
        stats, damaged = session.memory.stats(), session.memory.store.damaged
    finally:
        session.close()
    rows = f"{stats.episodes:,} episodes, {stats.bytes_on_disk / 1e6:,.1f} MB"
    findings = [Finding("memory", False, problem) for problem in stats.problems]
    if stats.damaged:
        step = "They are kept on disk and left out. Restore a backup if you miss something."
        findings.append(Finding("memory", False, f"{rows}; {stats.damaged:,} damaged rows", step))
        shown = damaged[:_SHOWN]
        findings += [Finding("damaged row", False, f"{row.id}: {row.reason}", _remove(row.id)) for row in shown]
    return findings or [Finding("memory", True, rows)]


def _remove(row: str) -> str:
    return f"`assistant memory forget {row[:8]}` removes it for good."


def _models(home: Home) -> list[Finding]:
    session = Session(home)
    try:
        session.prepare_models(progress=progress_line("Preparing the built-in model"))
        return [Finding("language model", True, session.engine.model_name), *_adapters()]
    finally:
        session.close()


def _adapters() -> list[Finding]:
    from assistant.models.adapter import damaged_adapters

    instead = "Questions about what you told are answered by quoting meanwhile."
    return [Finding("adapter", False, f"{error.message} {instead}", error.next_step) for error in damaged_adapters()]
