import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from assistant.store.terms import search_terms


def test_word_forms_case_and_punctuation_meet_in_one_term() -> None:
    assert search_terms("Running, RUNS; run!").tolist() == search_terms("run run run").tolist()
    assert search_terms("Anna’s cat").tolist() == search_terms("anna cats").tolist()


def test_function_words_leave_no_term() -> None:
    assert search_terms("What did you do with it, and why?").size == 0


def test_order_and_repeats_are_kept() -> None:
    first, second = search_terms("lisbon"), search_terms("cat")
    assert search_terms("Lisbon cat Lisbon").tolist() == [*first, *second, *first]


def test_words_of_any_alphabet_and_numbers_are_terms() -> None:
    assert len(set(search_terms("Žižek 東京 42 naïve").tolist())) == 4


@given(st.text())
def test_any_text_gives_terms_of_four_bytes(text: str) -> None:
    terms = search_terms(text)
    assert terms.dtype == np.uint32
    assert terms.ndim == 1
