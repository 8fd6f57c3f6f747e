import os
import sys
from pathlib import Path

import pytest

from assistant.files import make_private_folder, write_atomically


def test_a_written_file_holds_the_new_content_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "settings.json"
    write_atomically(target, b"old")
    write_atomically(target, b"new")
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_write_that_fails_leaves_the_old_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "settings.json"
    write_atomically(target, b"old")

    def power_cut(handle: int) -> None:
        raise OSError("power cut")

    monkeypatch.setattr(os, "fsync", power_cut)
    with pytest.raises(OSError, match="power cut"):
        write_atomically(target, b"new")
    assert target.read_bytes() == b"old"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_files_and_folders_are_for_this_user_only(tmp_path: Path) -> None:
    make_private_folder(tmp_path / "home")
    write_atomically(tmp_path / "home" / "vault.json", b"{}")
    assert (tmp_path / "home").stat().st_mode & 0o077 == 0
    assert (tmp_path / "home" / "vault.json").stat().st_mode & 0o077 == 0
