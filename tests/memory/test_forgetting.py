import json
from pathlib import Path

import pytest

from assistant.conversation.transfer import exported
from assistant.errors import InputError
from assistant.memory.memory import Memory
from assistant.store.records import PendingForget, Summary

from .conftest import Place, Speaker


def everything(memory: Memory) -> str:
    """All that any list, search, summary, title or export of this memory holds."""
    parts = [record.text for record in memory.records()]
    parts += [found.record.text for found in memory.search("walnuts allergic food", limit=100)]
    parts += [found.record.text for found in memory.recall("walnuts allergic food", limit=100)]
    parts += [entry.conversation.title for entry in memory.conversations()]
    parts += [message.text for message in exported(memory)]
    return json.dumps(parts).lower()


def test_a_forgotten_memory_is_nowhere_any_more(place: Place) -> None:
    chat = Speaker(place.memory)
    told, echo = chat.turn("I am allergic to walnuts.", "Fine, I will keep walnuts away from you.")
    _, plain = chat.turn("I live in Bern.", "A lovely city.")
    later = Speaker(place.memory)
    _, quoted = later.turn("What food am I allergic to?", "You are allergic to walnuts.", recalled=5)
    assert "walnut" in everything(place.memory)
    receipt = place.memory.forget([told.id])
    assert receipt.verified
    assert (receipt.episodes, receipt.echoes, receipt.summaries_rebuilt) == (1, 2, 1)
    for reopened in (False, True):
        memory = place.reopen() if reopened else place.memory
        assert "walnut" not in everything(memory)
        assert memory.get(plain.id).text == "A lovely city."
        with pytest.raises(InputError):
            memory.get(echo.id)
        with pytest.raises(InputError):
            memory.get(quoted.id)


def test_a_title_made_from_a_forgotten_message_goes_with_it(memory: Memory) -> None:
    chat = Speaker(memory)
    told, _ = chat.turn("Walnuts make me ill.")
    chat.turn("I live in Bern.")
    memory.begin_forget([told.id])
    assert memory.conversations()[0].conversation.title == ""
    memory.finish_forget(memory.pending_forgets()[0])
    assert memory.conversations()[0].conversation.title == "I live in Bern"


def test_the_embedding_of_the_next_message_does_not_keep_the_forgotten_words(memory: Memory) -> None:
    chat = Speaker(memory)
    told, answer = chat.turn("I am allergic to walnuts.", "I see.")
    before = memory.store.index.vectors(answer.id)
    memory.forget([told.id])
    assert memory.store.index.vectors(answer.id) != before
    alone = Speaker(memory).turn("Hm.", "I see.")
    assert memory.store.index.vectors(answer.id)[:768] == memory.store.index.vectors(alone[1].id)[:768]


def test_an_answer_that_says_nothing_of_it_stays(memory: Memory) -> None:
    told, answer = Speaker(memory).turn("I am allergic to walnuts.", "Thank you for telling me.")
    memory.forget([told.id])
    assert memory.get(answer.id).text == "Thank you for telling me."


def test_forgetting_can_be_undone_until_it_is_purged(place: Place) -> None:
    memory = place.memory
    told, _ = Speaker(memory).turn("I am allergic to walnuts.", "No walnuts, then.")
    pending = memory.begin_forget([told.id])
    assert "walnut" not in everything(memory)
    memory.undo_forget(pending.id)
    assert "walnut" in everything(memory)
    assert "walnut" in everything(place.reopen())
    with pytest.raises(InputError, match="no longer"):
        place.memory.undo_forget(pending.id)


def test_a_crash_before_the_purge_forgets(place: Place) -> None:
    told, _ = Speaker(place.memory).turn("I am allergic to walnuts.", "No walnuts, then.")
    place.memory.begin_forget([told.id])
    memory = place.reopen()
    assert "walnut" not in everything(memory)
    for pending in memory.pending_forgets():
        assert memory.finish_forget(pending).verified
    assert memory.store.count(PendingForget) == 0
    assert "walnut" not in everything(memory)


def test_forgetting_a_conversation_takes_all_of_it_and_nothing_else(memory: Memory) -> None:
    chat, other = Speaker(memory), Speaker(memory)
    chat.turn("I am allergic to walnuts.")
    kept, _ = other.turn("I live in Bern.")
    receipt = memory.forget([chat.conversation.id])
    assert (receipt.episodes, receipt.conversations, receipt.summaries_dropped, receipt.usages) == (2, 1, 1, 1)
    assert [entry.conversation.id for entry in memory.conversations()] == [other.conversation.id]
    assert memory.get(kept.id).text == "I live in Bern."


def test_a_chat_of_which_all_is_being_forgotten_is_not_listed(memory: Memory) -> None:
    episodes = Speaker(memory).turn("I am allergic to walnuts.")
    pending = memory.begin_forget([episode.id for episode in episodes])
    assert memory.conversations() == []
    stats = memory.stats()
    assert (stats.episodes, stats.summaries) == (0, 0)
    memory.undo_forget(pending.id)
    assert len(memory.conversations()) == 1


def test_forgetting_everything_leaves_an_empty_memory(place: Place) -> None:
    chat = Speaker(place.memory)
    chat.turn("I am allergic to walnuts.", recalled=3)
    chat.turn("What food am I allergic to?", recalled=3)
    place.memory.forget([chat.conversation.id])
    memory = place.reopen()
    assert len(memory.store) == len(memory.audit()) == 1  # the line that says when and how many


def test_each_source_of_a_summary_can_go_in_turn_and_none_comes_back(memory: Memory) -> None:
    chat = Speaker(memory)
    secrets = ["walnut", "Bern", "cello"]
    told = [
        chat.turn("I am allergic to walnuts.")[0],
        chat.turn("I live in Bern with my cat.")[0],
        chat.turn("My brother Tom plays the cello.")[0],
    ]
    for i, episode in enumerate(told):
        memory.forget([episode.id])
        left = everything(memory)
        assert not any(secret.lower() in left for secret in secrets[: i + 1])
    assert memory.summary_of(chat.conversation.id) is None


def test_no_sealed_byte_of_a_forgotten_memory_is_left_in_any_file(place: Place) -> None:
    memory = place.memory
    told, _ = Speaker(memory).turn("I am allergic to walnuts.")
    boxes = [box for rows in memory.store.sealed_rows() for row, box in rows if row.hex() == told.id]
    assert boxes
    memory.forget([told.id])
    for file in place.folder.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert not any(box[:16] in content or box[-16:] in content for box in boxes)


def test_a_receipt_holds_no_content(memory: Memory) -> None:
    told, _ = Speaker(memory).turn("I am allergic to walnuts.")
    words = " ".join(memory.forget([told.id]).lines())
    assert "walnut" not in words
    assert "none of the sealed bytes are left" in words


def test_files_hold_no_words_before_and_after(place: Place, tmp_path: Path) -> None:
    Speaker(place.memory).turn("I am allergic to walnuts.", "No walnuts, then.")
    place.reopen()
    assert not any(b"walnut" in file.read_bytes().lower() for file in tmp_path.rglob("*") if file.is_file())


def test_answers_that_repeat_an_earlier_wording_go_too(memory: Memory) -> None:
    told, echo = Speaker(memory).turn("My bank code is 4711.", "Your code is 4711.")
    memory.edit(told.id, "My bank code is secret.")
    memory.forget([told.id])
    assert "4711" not in everything(memory)
    with pytest.raises(InputError):
        memory.get(echo.id)


def test_answers_that_repeat_an_answer_go_too(memory: Memory) -> None:
    told, _ = Speaker(memory).turn("I am allergic to walnuts.", "Good to know.")
    later = Speaker(memory)
    later.turn("What food am I allergic to?", "You are allergic to walnuts.", recalled=5)
    later.turn("And now?", "Keep away from walnuts.")
    Speaker(memory).turn("Which food did you warn me of?", "Walnuts, I said.", recalled=5)
    memory.forget([told.id])
    assert "walnut" not in everything(memory)


def test_a_turn_while_a_forgetting_waits_keeps_the_order_and_one_summary(memory: Memory) -> None:
    chat = Speaker(memory)
    chat.turn("I live in Bern with my cat.", "Lovely.")
    told, answer = chat.turn("I am allergic to walnuts.", "Oh no.")
    pending = memory.begin_forget([told.id, answer.id])
    chat.position = memory.next_position(chat.conversation.id)
    chat.turn("My brother Tom plays the cello.", "Nice.")
    memory.undo_forget(pending.id)
    roles = [episode.role for episode in memory.episodes_of(chat.conversation.id)]
    assert roles == ["user", "assistant"] * 3
    assert memory.store.count(Summary) == 1


def test_a_summary_is_whole_again_after_a_forgetting_during_which_the_chat_went_on(memory: Memory) -> None:
    chat = Speaker(memory)
    told, _ = chat.turn("I am allergic to walnuts.", "Oh no.")
    pending = memory.begin_forget([told.id])
    chat.position = memory.next_position(chat.conversation.id)
    chat.turn("My brother Tom plays the cello.", "Nice.")
    memory.finish_forget(pending.id)
    summary = memory.summary_of(chat.conversation.id)
    assert summary is not None
    assert summary.text == "My brother Tom plays the cello."


def test_an_edit_while_a_forgetting_waits_does_not_show_what_is_hidden(memory: Memory) -> None:
    chat = Speaker(memory)
    hidden, _ = chat.turn("I am allergic to walnuts.")
    edited, _ = chat.turn("My brother Tom plays the cello.")
    memory.begin_forget([hidden.id])
    memory.edit(edited.id, "My brother Tom plays the tuba.")
    assert "walnut" not in everything(memory)
