"""What the palette finds for what is typed."""

from assistant.ui.commands.act import Choice, found, keys_elsewhere, native


def names(typed: str, *words: str) -> list[str]:
    return [choice.words for choice in found([Choice(word, "", lambda: None) for word in words], typed)]


def test_without_words_everything_is_found_in_order() -> None:
    assert names("", "New chat", "Settings") == ["New chat", "Settings"]


def test_all_words_must_be_there_in_any_order_and_case() -> None:
    assert names("CHAT new", "New chat", "New window", "Search all chats") == ["New chat"]


def test_what_begins_with_the_word_comes_before_what_holds_it() -> None:
    assert names("lock", "Unblocked", "Padlock", "Lock now") == ["Lock now", "Unblocked", "Padlock"]


def test_keys_of_one_part_of_the_window_name_their_part_and_are_real_keys() -> None:
    for group, keys, words in keys_elsewhere():
        assert group
        assert words
        assert native(keys)
