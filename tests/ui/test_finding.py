from assistant.ui.chat.finding import Places


def test_each_place_is_counted_and_one_goes_round_the_end() -> None:
    places = Places()
    places.look("tea", ["Tea and tea", "coffee", "TEA"])
    assert len(places) == 3
    assert places.step(-1) == (3, 2)
    assert places.step(1) == (1, 0)
    assert (places.place_in(0), places.place_in(2)) == (0, -1)
    assert places.step(1) == (2, 0)
    assert places.place_in(0) == 1


def test_nothing_is_found_without_words() -> None:
    places = Places()
    places.look("", ["Tea"])
    assert len(places) == 0
    assert places.place_in(0) == -1
