from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.paths import Home
from assistant.settings import Appearance, Settings, load_settings, save_settings


def test_settings_are_the_defaults_until_they_are_saved(tmp_path: Path) -> None:
    assert load_settings(Home(tmp_path)) == Settings()


def test_saved_settings_are_read_again(tmp_path: Path) -> None:
    chosen = Settings(appearance=Appearance(theme="dark", text_scale=150))
    save_settings(Home(tmp_path), chosen)
    assert load_settings(Home(tmp_path)) == chosen


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b'{"appearance": 3}', b'{"appearance": {"theme": "pink"}}'])
def test_damaged_settings_are_reported_and_left_as_they_are(tmp_path: Path, content: bytes) -> None:
    home = Home(tmp_path)
    home.settings.write_bytes(content)
    with pytest.raises(InputError) as failure:
        load_settings(home)
    assert "settings.json" in failure.value.message
    assert failure.value.next_step
    assert home.settings.read_bytes() == content


def test_settings_of_a_newer_version_still_load(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.settings.write_bytes(b'{"appearance": {"theme": "dark", "new": 1}, "another": {}}')
    assert load_settings(home).appearance.theme == "dark"


def test_a_settings_file_that_is_a_folder_is_a_clear_error(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.settings.mkdir()
    with pytest.raises(InputError, match="cannot be read"):
        load_settings(home)
    with pytest.raises(InputError, match="cannot be written"):
        save_settings(home, Settings())


def test_a_home_that_is_a_file_is_a_clear_error(tmp_path: Path) -> None:
    home = Home(tmp_path / "file")
    home.root.write_bytes(b"")
    with pytest.raises(InputError, match=r"settings\.json cannot be read"):
        load_settings(home)
    with pytest.raises(InputError, match="cannot be used"):
        home.create()


def test_a_home_that_cannot_be_made_is_a_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("assistant.paths.make_private_folder", refused)
    with pytest.raises(InputError, match="Permission denied") as failure:
        Home(tmp_path / "home").create()
    assert failure.value.next_step
