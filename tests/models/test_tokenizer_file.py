from pathlib import Path

import pytest

from assistant.models.tokenizer_file import PACKED_FILE, PLAIN_FILE, read_definition, write_packed


def test_a_packed_definition_is_read_again_and_shows_no_words(tmp_path: Path) -> None:
    definition = '{"vocab": {"walnut": 1, "größer": 2}}'
    write_packed(tmp_path, definition)
    assert read_definition(tmp_path) == definition
    assert b"walnut" not in (tmp_path / PACKED_FILE).read_bytes()


def test_a_plain_definition_of_a_folder_from_elsewhere_is_read_too(tmp_path: Path) -> None:
    (tmp_path / PLAIN_FILE).write_text("{}", encoding="utf-8")
    assert read_definition(tmp_path) == "{}"


def test_a_cut_file_is_an_error_that_callers_expect(tmp_path: Path) -> None:
    write_packed(tmp_path, "x" * 1000)
    whole = (tmp_path / PACKED_FILE).read_bytes()
    for length in (0, 5, len(whole) // 2, len(whole) - 4):
        (tmp_path / PACKED_FILE).write_bytes(whole[:length])
        with pytest.raises((OSError, ValueError)):
            read_definition(tmp_path)
