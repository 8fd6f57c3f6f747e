"""What reaches the terminal cannot steer it."""

import pytest

from assistant.cli.output import printable, say, show


def test_control_characters_and_overrides_are_shown_as_their_codes() -> None:
    assert printable("\x1b]52;c;x\x07 \x9b2J \u202eevil\u2066 \r\x7f") == (
        "\\x1b]52;c;x\\x07 \\x9b2J \\u202eevil\\u2066 \\x0d\\x7f".replace("\\x0d", "\\r")
    )


def test_ordinary_text_stays_as_it_is() -> None:
    text = "Zeile 1\n\tZeile 2: äöü 漢字 🌍 שלום\u200f"
    assert printable(text) == text


def test_both_streams_are_guarded(capsys: pytest.CaptureFixture[str]) -> None:
    show("\x1b[2J", end="")
    say("\x1b[2J")
    assert capsys.readouterr() == ("\\x1b[2J", "\\x1b[2J\n")
