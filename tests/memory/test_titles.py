from assistant.memory.titles import title_from


def test_a_short_message_is_its_own_title() -> None:
    assert title_from("A trip to\n Lisbon.") == "A trip to Lisbon"


def test_a_long_message_is_cut_at_a_word() -> None:
    title = title_from("Could you help me to plan a long weekend in Lisbon with my two sisters?")
    assert title == "Could you help me to plan a long weekend in…"
