import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import InputError
from assistant.vault.recovery import new_secret, read_code, write_code

SECRETS = st.binary(min_size=16, max_size=16)


@given(SECRETS)
def test_a_code_gives_its_secret_back(secret: bytes) -> None:
    code = write_code(secret)
    assert re.fullmatch(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}", code)
    assert read_code(code) == secret


@given(SECRETS)
def test_case_dashes_spaces_and_look_alike_letters_do_not_matter(secret: bytes) -> None:
    code = write_code(secret)
    typed = code.lower().replace("-", "  ").replace("0", "o").replace("1", "l")
    assert read_code(f" {typed}\n") == secret
    assert read_code(code.replace("-", "–").replace("1", "I")) == secret


def test_a_wrong_symbol_is_almost_always_noticed() -> None:
    code = write_code(new_secret())
    noticed = 0
    for place, symbol in enumerate(code):
        if symbol != "-":
            typed = code[:place] + ("A" if symbol != "A" else "B") + code[place + 1 :]
            try:
                read_code(typed)
            except InputError as error:
                noticed += "checksum" in error.message
    assert noticed >= 27


@pytest.mark.parametrize(("typed", "words"), [("7Q4M", "4 letters"), ("", "0 letters"), ("U" * 28, "'U'")])
def test_a_code_of_wrong_shape_says_what_is_wrong(typed: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read_code(typed)
