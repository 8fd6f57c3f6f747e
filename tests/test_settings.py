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
