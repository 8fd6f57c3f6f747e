"""Two homes of one user that exchange their memories, each with the real memory above it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.conversation.session import Session
from assistant.errors import InputError, StoreError
from assistant.memory.episodes import Said
from assistant.paths import Home
from assistant.settings import Sharing
from assistant.store.backup import restore_backup
from assistant.store.records import Aside, Conversation, Summary, new_id

from .conftest import PASSPHRASE

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


def say(session: Session, *texts: str) -> list[str]:
    """Remember what was said in a new conversation; returns the ids."""
    chat = Conversation(id=new_id(), created=NOW)
    ids = []
    for place, text in enumerate(texts):
        (kept,) = session.memory.keep_turn(chat, [Said(chat.id, "user", text, NOW, place)])
        ids.append(kept.id)
    return ids


def found(session: Session, query: str) -> list[str]:
    return [each.record.text for each in session.memory.search(query, limit=3)]


def wait(session: Session) -> None:
    """Until what the last step sent for has come."""
    assert session._devices is not None
    assert session._devices._thread is not None
    session._devices._thread.join()


@pytest.fixture
def devices(home: Home, tmp_path: Path, model_home: Home) -> Iterator[tuple[Session, Session]]:
    one = Session(home, keyring=None)
    one.create(passphrase=PASSPHRASE)
    say(one, "I keep bees in the garden.")
    one.write_backup(tmp_path / "first.hippo")
    other = Home(tmp_path / "other")
    restore_backup(tmp_path / "first.hippo", other, passphrase=PASSPHRASE)
    (other.root / "models").symlink_to(model_home.models, target_is_directory=True)
    two = Session(other, keyring=None)
    two.unlock(passphrase=PASSPHRASE)
    (tmp_path / "shared").mkdir()
    for session in (one, two):
        session.share(Sharing(place=str(tmp_path / "shared")))
        session.exchange()
    yield one, two
    one.close()
    two.close()


def test_a_second_device_recalls_what_was_told_to_the_first_and_the_other_way_round(
    devices: tuple[Session, Session],
) -> None:
    one, two = devices
    say(one, "My sister Ines plays the cello in Bern.")
    say(two, "I broke my arm while skiing.")
    one.exchange()
    assert two.exchange()[0] > 0
    assert one.exchange()[0] > 0
    for session in devices:
        assert found(session, "Who plays the cello?")[0] == "My sister Ines plays the cello in Bern."
        assert found(session, "What happened on the ski slope?")[0] == "I broke my arm while skiing."
        assert session.memory.stats().episodes == 3
        assert len(session.memory.conversations()) == 3
        assert session.memory.store.problems == ()


def test_the_work_after_a_turn_exchanges_memories_without_waiting_for_the_network(
    devices: tuple[Session, Session],
) -> None:
    one, two = devices
    say(one, "My sister Ines plays the cello in Bern.")
    one.consolidate()
    wait(one)
    two.consolidate()
    wait(two)
    assert two.memory.stats().episodes == 1  # what came waits until the owner of the store takes it
    assert two.consolidate().exchanged
    assert two.memory.stats().episodes == 2


def test_what_is_forgotten_on_one_device_goes_from_the_other_with_what_was_derived_from_it_there(
    devices: tuple[Session, Session],
) -> None:
    one, two = devices
    (gone, *_) = say(one, "My doctor found a walnut allergy.", "I moved to Bern in May.")
    one.exchange()
    two.exchange()
    chat = two.memory.get(gone).conversation
    made = Summary(
        id=new_id(), conversation=chat, text="They have a walnut allergy.", time=NOW, sources=(gone,), level=2
    )
    two.memory.indexed.commit([made])
    losses = two.memory.losses
    one.memory.forget([gone])
    one.exchange()
    two.exchange()
    one.exchange()
    assert gone in two.memory.lost_since(losses)
    for session in devices:
        assert gone not in session.memory.store
        assert not [s.text for s in session.memory.store.all(Summary) if "walnut" in s.text]
        assert all("walnut" not in text for text in found(session, "walnut allergy"))


def test_nothing_is_exchanged_while_a_forgetting_can_still_be_undone(devices: tuple[Session, Session]) -> None:
    one, two = devices
    (name,) = say(one, "My doctor found a walnut allergy.")
    one.exchange()
    two.exchange()
    pending = one.memory.begin_forget([name])
    assert one.exchange() == (0, 0)
    one.memory.undo_forget(pending.id)
    one.exchange()
    two.exchange()
    assert two.memory.knows(name)


def test_sharing_is_off_by_default_and_can_be_switched_off(devices: tuple[Session, Session], tmp_path: Path) -> None:
    one, two = devices
    assert Sharing().place == ""
    one.share(Sharing())
    say(one, "I bought a boat.")
    one.consolidate()
    with pytest.raises(InputError, match="No place"):
        one.exchange()
    two.exchange()
    assert two.memory.stats().episodes == 1
    with pytest.raises(InputError, match="neither a bucket nor a folder"):
        one.share(Sharing(place=str(tmp_path / "missing")))


def test_a_new_data_key_reaches_the_place_and_the_old_table_goes(
    devices: tuple[Session, Session], tmp_path: Path
) -> None:
    one, two = devices
    before = {path.name for path in (tmp_path / "shared").iterdir()}
    one.rekey(passphrase=PASSPHRASE)
    one.exchange()
    after = {path.name for path in (tmp_path / "shared").iterdir()}
    assert len(before) == len(after) == 1
    assert before != after
    two.lock()
    two.unlock(passphrase=PASSPHRASE)
    with pytest.raises(StoreError, match="another key"):
        two.exchange()
    assert two.memory.stats().episodes == 1


def test_forgetting_everything_takes_it_from_the_place_and_from_the_other_device(
    devices: tuple[Session, Session],
) -> None:
    one, two = devices
    (name,) = say(one, "My doctor found a walnut allergy.")
    one.exchange()
    two.exchange()
    assert two.memory.knows(name)
    one.forget_everything()
    two.exchange()
    assert two.memory.stats().episodes == 0


def test_locking_does_not_wait_for_the_network_and_costs_nothing(devices: tuple[Session, Session]) -> None:
    one, two = devices
    say(one, "My sister Ines plays the cello in Bern.")
    one.consolidate()
    one.lock()
    one.unlock(passphrase=PASSPHRASE)
    assert one.memory.stats().episodes == 2
    one.exchange()
    two.exchange()
    assert two.memory.stats().episodes == 2


def test_the_branches_of_a_chat_come_along_and_are_forgotten_on_both(devices: tuple[Session, Session]) -> None:
    one, two = devices
    [told] = say(one, "My sister Ines plays the cello in Bern.")
    one.exchange()
    two.exchange()
    chat = one.memory.store.get(told).conversation  # type: ignore[union-attr]
    again = Said(chat, "user", "My sister Ines plays the harp in Bern.", NOW, 0)
    one.memory.keep_turn(one.memory.conversation(chat), [again], instead_of=[told])
    one.exchange()
    two.exchange()
    for session in devices:
        memory = session.memory
        assert [episode.text for episode in memory.episodes_of(chat)] == ["My sister Ines plays the harp in Bern."]
        assert [episode.id for episode in memory.aside_in(chat)] == [told]
        assert not any("cello" in text for text in found(session, "Who plays the cello?"))
    two.memory.show_message(chat, told)
    two.exchange()
    one.exchange()
    assert found(one, "Who plays the cello?")[0] == "My sister Ines plays the cello in Bern."
    one.memory.forget([chat])
    one.exchange()
    two.exchange()
    for session in devices:
        assert not any("Ines" in record.text for record in session.memory.records())
        assert session.memory.store.count(Aside) == 0
