import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from assistant.errors import InputError
from assistant.interchange.jsonl import ImportedMessage, check_jsonl, read_jsonl, write_jsonl
from assistant.interchange.markdown import write_markdown

HELLO = ImportedMessage(
    conversation="c",
    role="Ada",
    text="Hello,\nworld 🌍",
    time=datetime(2026, 3, 1, 9, tzinfo=UTC),
    source_id="c/1",
)


def test_written_messages_are_read_again(tmp_path: Path) -> None:
    file = tmp_path / "export.jsonl"
    assert write_jsonl(file, [HELLO, HELLO]) == 2
    assert list(read_jsonl(file)) == [HELLO, HELLO]


def test_only_the_text_is_needed_and_unknown_fields_are_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "import.jsonl"
    file.write_text('\ufeff{"text": "hi", "mood": "good"}\n\n', encoding="utf-8")
    assert list(read_jsonl(file)) == [ImportedMessage(text="hi")]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        '{"role": "user"}',
        '{"text": 3}',
        '{"text": "x", "time": "yesterday"}',
        "[]",
        '{"text": " "}',
        '{"text": "x", "time": "0001-01-01T00:00:00"}',
        '{"text": "x", "time": "0001-01-01T00:00:00+14:00"}',
        '{"text": "x", "time": "9999-12-31T23:59:59-10:00"}',
        "\ufffd",
    ],
)
def test_a_corrupt_line_is_named_by_its_number(tmp_path: Path, line: str) -> None:
    file = tmp_path / "import.jsonl"
    file.write_text(f'{{"text": "fine"}}\n{line}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"Line 2 of import\.jsonl"):
        check_jsonl(file)


def test_bytes_that_are_no_text_are_a_clear_error(tmp_path: Path) -> None:
    file = tmp_path / "import.jsonl"
    file.write_bytes(b'{"text": "\xff\xfe"}\n')
    with pytest.raises(InputError, match="Line 1"):
        check_jsonl(file)


def test_an_error_does_not_quote_the_message(tmp_path: Path) -> None:
    file = tmp_path / "import.jsonl"
    file.write_text('{"text": "the secret walnut", "time": "walnut"}\n')
    with pytest.raises(InputError) as failure:
        check_jsonl(file)
    assert "walnut" not in str(failure.value)


def test_an_empty_file_and_a_missing_one_are_clear_errors(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").touch()
    with pytest.raises(InputError, match="holds no messages"):
        check_jsonl(tmp_path / "empty.jsonl")
    with pytest.raises(InputError, match="cannot be read"):
        check_jsonl(tmp_path / "missing.jsonl")


def test_an_export_never_overwrites_a_file(tmp_path: Path) -> None:
    file = tmp_path / "export.md"
    file.write_text("mine")
    with pytest.raises(InputError, match="exists already"):
        write_markdown(file, [HELLO])
    assert file.read_text() == "mine"


def test_markdown_has_a_heading_for_each_conversation(tmp_path: Path) -> None:
    file = tmp_path / "export.md"
    write_markdown(file, [HELLO, HELLO])
    text = file.read_text(encoding="utf-8")
    assert text.count("# c\n") == 1
    assert text.count("**Ada** · 2026-03-01 09:00") == 2


def test_markdown_is_headed_by_the_title_where_there_is_one(tmp_path: Path) -> None:
    file = tmp_path / "export.md"
    write_markdown(file, [msgspec.structs.replace(HELLO, title="Lisbon")])
    assert file.read_text(encoding="utf-8").startswith("# Lisbon\n")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_a_pipe_or_a_folder_is_refused_because_it_cannot_be_read_twice(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path):
        with pytest.raises(InputError, match="not a regular file"):
            check_jsonl(path)
