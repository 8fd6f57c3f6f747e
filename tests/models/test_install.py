"""Replacing a folder is all or nothing."""

from pathlib import Path

import pytest

from assistant.models.install import install, remove_leftovers


def test_the_old_folder_is_there_until_the_new_one_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "model"

    def build(text: str, *, fails: bool = False) -> None:
        def fill(folder: Path) -> None:
            (folder / "file").write_text(text)
            if fails:
                raise KeyError(text)

        install(target, fill)

    build("first")
    with pytest.raises(KeyError):
        build("second", fails=True)
    assert (target / "file").read_text() == "first"
    build("third")
    assert (target / "file").read_text() == "third"
    assert list(tmp_path.iterdir()) == [target]


def test_a_crash_between_the_two_renames_brings_the_old_folder_back(tmp_path: Path) -> None:
    target = tmp_path / "model"
    install(target, lambda folder: None)
    (target / "file").write_text("old")
    target.rename(tmp_path / ".model.replaced")
    (tmp_path / ".model.unfinished").mkdir()
    remove_leftovers(target)
    assert (target / "file").read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]
