"""Nothing of what is forgotten stays behind in branches, drafts and spaces, and nothing else is lost by it."""

from datetime import timedelta

import pytest

from assistant.memory import watch
from assistant.memory.compact import levels
from assistant.memory.episodes import Said
from assistant.memory.forgetting import forget
from assistant.memory.memory import Memory
from assistant.store.records import Draft, RetentionRule, State, Summary, Usage, new_id
from assistant.store.tombstones import forgotten_marks, mark_of

from .conftest import START, Place, Speaker
from .long_chats import chat_of
from .test_branches import EDITED, TOLD, Chat
from .test_moving import told

CAT = "My cat is called Tilda and sleeps on the piano."


@pytest.fixture
def chat(memory: Memory) -> Chat:
    speaker = Speaker(memory)
    speaker.turn(CAT, "A fine name.")
    speaker.turn(TOLD, "Lisbon is hilly.")
    speaker.turn("I work as a bookbinder in a monastery.", "A quiet place.")
    return Chat(memory, speaker)


def said(chat: Chat, text: str) -> str:
    return next(e.id for e in chat.memory.episodes_of(chat.id) if e.text == text)


def running(chat: Chat) -> str:
    """The one running summary of the chat."""
    (summary,) = (s for s in chat.memory.store.all(Summary) if s.conversation == chat.id and s.level == 1)
    return summary.text


def test_where_all_that_was_shown_goes_another_branch_and_its_title_take_the_place(chat: Chat) -> None:
    memory = chat.memory
    chat.instead(CAT, "My dog is called Rex.", "Good dog.")
    assert "Rex" in memory.conversation(chat.id).title
    assert memory.forget([said(chat, "My dog is called Rex."), said(chat, "Good dog.")]).verified
    assert TOLD in chat.line()
    assert "Lisbon" in memory.conversation(chat.id).title
    assert "Rex" not in str(memory.store.get(chat.id))


def test_a_chat_of_which_an_answer_is_left_keeps_no_title_from_what_went(memory: Memory) -> None:
    speaker = Speaker(memory)
    speaker.turn(CAT, "A fine name.")
    chat = Chat(memory, speaker)
    chat.instead(CAT, "My dog is called Rex.", "Good dog.")
    memory.forget([said(chat, "My dog is called Rex."), said(chat, "Good dog.")])
    assert chat.line() == ["A fine name."]
    assert "Rex" not in memory.conversation(chat.id).title


def test_a_crash_right_after_the_purge_does_not_hide_the_branches_that_are_left(
    chat: Chat, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat.instead(CAT, "My dog is called Rex.", "Good dog.")
    with monkeypatch.context() as crash:
        crash.delattr(forget, "show_what_is_left")
        with pytest.raises(NameError):
            chat.memory.forget([said(chat, "My dog is called Rex."), said(chat, "Good dog.")])
    chat.memory = place.reopen()
    assert not chat.memory.conversations()
    chat.memory.show_what_is_left()  # as each opening does
    assert TOLD in chat.line()
    assert len(chat.memory.conversations()) == 1


def test_other_words_for_a_message_go_with_it_and_come_back_by_undo(chat: Chat) -> None:
    memory = chat.memory
    message = said(chat, TOLD)
    memory.keep_draft(chat.id, "Half a thought", instead_of=message, edit=f"{TOLD} Sometimes.")
    pending = memory.begin_forget([message])
    draft = memory.draft_of(chat.id)
    assert draft is not None
    assert (draft.text, draft.edit, draft.instead_of) == ("Half a thought", "", "")
    memory.undo_forget(pending.id)
    draft = memory.draft_of(chat.id)
    assert draft is not None
    assert "Lisbon" in draft.edit
    memory.forget([message])
    assert "Lisbon" not in str(memory.store.all(Draft))
    assert mark_of(bytes.fromhex(draft.id)) not in forgotten_marks(memory.store)  # the next draft has this id
    memory.keep_draft(chat.id, "A whole thought", instead_of=message, edit=TOLD)  # a window that is late
    draft = memory.draft_of(chat.id)
    assert draft is not None
    assert (draft.text, draft.edit) == ("A whole thought", "")


def test_what_happens_while_a_forgetting_waits_is_summed_up_when_it_is_undone(chat: Chat) -> None:
    memory = chat.memory
    before = memory.summary_of(chat.id)
    memory.undo_forget(memory.begin_forget([said(chat, CAT)]).id)
    assert memory.summary_of(chat.id) == before
    pending = memory.begin_forget([said(chat, CAT)])
    chat.instead(TOLD, EDITED, "Porto has bridges.")
    memory.undo_forget(pending.id)
    assert running(chat).splitlines() == [CAT, EDITED]
    pending = memory.begin_forget([said(chat, CAT)])
    chat.show(EDITED, 0)
    memory.undo_forget(pending.id)
    assert running(chat).splitlines() == [CAT, TOLD, "I work as a bookbinder in a monastery."]
    pending = memory.begin_forget([said(chat, CAT)])
    memory.edit(said(chat, TOLD), "I live in Braga.")
    memory.undo_forget(pending.id)
    assert "Lisbon" not in running(chat)
    assert "Braga" in running(chat)


@pytest.mark.parametrize("undone", [False, True])
def test_a_chat_that_moves_while_a_forgetting_waits_takes_no_fact_along_that_others_tell(
    memory: Memory, undone: bool
) -> None:
    moved, stays = Speaker(memory), Speaker(memory)
    home, _ = moved.turn("I live in Lisbon.")
    moved.turn("My boss is called Agathe.")
    stays.turn("I live in Lisbon.")
    pending = memory.begin_forget([home.id])
    memory.move(moved.conversation.id, "Work")
    if undone:
        memory.undo_forget(pending.id)
    else:
        memory.finish_forget(pending.id)
    assert any("Lisbon" in text for text in told(memory, ""))
    assert any("Lisbon" in text for text in told(memory, "Work")) == undone


def test_an_answer_that_was_pinned_and_put_aside_is_spared_by_the_rules_of_retention(memory: Memory) -> None:
    speaker = Speaker(memory)
    speaker.turn(CAT, "A fine name.")
    speaker.turn("What else?", "Tilda sleeps on the piano.")
    chat = Chat(memory, speaker)
    memory.set_state([said(chat, "Tilda sleeps on the piano.")], State.PINNED)
    chat.instead("Tilda sleeps on the piano.", "Nothing.")
    memory.set_retention(RetentionRule(id=new_id(), keep="days", days=1))
    memory.forget_due(memory.retention_due().ids)
    left = [record.text for record in memory.records()]
    assert "Tilda sleeps on the piano." in left
    assert CAT in left  # it was made from that


def test_a_chat_that_another_device_removed_stays_where_something_is_aside_here(chat: Chat) -> None:
    chat.instead(CAT, "My dog is called Rex.", "Good dog.")
    memory = chat.memory
    memory.absorb([], [*(e.id for e in memory.episodes_of(chat.id)), chat.id])
    assert TOLD in chat.line()
    assert len(memory.conversations()) == 1


def test_stretches_are_summed_up_anew_when_a_chat_goes_another_way(
    memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (levels, watch):
        monkeypatch.setattr(module, "STRETCH", 12)
    monkeypatch.setattr("assistant.memory.aside.STRETCH", 12)
    chat, first = chat_of(
        memory, 6, {1: "My sister Agathe is a beekeeper in Leeds.", 4: "My cousin Boris sails a lot."}
    )

    def stretch() -> str:
        memory.consolidate()
        return " ".join(summary.text for summary in memory.compact(chat.id).stretches)

    assert "Agathe" in stretch()
    assert "Boris" in stretch()
    asked = [
        Said(chat.id, role, text, START + timedelta(days=1), 8 + at, id=new_id())
        for at, (role, text) in enumerate([("user", "My uncle Cyril builds violins."), ("assistant", "I see.")])
    ]
    usage = Usage(id=new_id(), answer=asked[1].id, conversation=chat.id, time=START, turn=0)
    memory.keep_turn(memory.conversation(chat.id), asked, usage=usage, instead_of=[first[4].id])
    assert "Boris" not in stretch()
    chat_of(memory, 1, {5: "My neighbour Dorothea restores old clocks."}, conversation=chat, first=5)
    assert all(name in stretch() for name in ("Agathe", "Cyril", "Dorothea"))
    memory.show_version(chat.id, str(asked[0].id), 0)
    assert "Boris" in stretch()
    assert "Dorothea" not in stretch()
