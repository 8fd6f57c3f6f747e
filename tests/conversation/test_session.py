from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from assistant.conversation.session import Session
from assistant.errors import (
    InputError,
    ModelError,
    StoreFullError,
    StoreInUseError,
    VaultError,
    VaultLockedError,
    WrongKeyError,
)
from assistant.paths import Home
from assistant.settings import MemorySettings, Settings
from assistant.store.owner import Owner

from .conftest import PASSPHRASE


def tell(session: Session, text: str) -> str:
    """Hold one turn; returns the id of what the user said."""
    prepared = session.engine.prepare(session.engine.new_chat(), text)
    answering = session.engine.answer(prepared, max_tokens=8)
    for _ in answering:
        pass
    return session.engine.keep(prepared, answering).messages[0].id


def test_a_home_goes_from_new_to_open_to_locked_and_open_again(home: Home) -> None:
    session = Session(home, keyring=None)
    assert session.stage == "new"
    session.create(passphrase=PASSPHRASE)
    assert str(session.stage) == "open"
    session.lock()
    assert str(session.stage) == "locked"
    with pytest.raises(VaultLockedError):
        _ = session.memory
    with pytest.raises(WrongKeyError):
        session.unlock(passphrase="not the right one")
    assert str(session.stage) == "locked"
    session.unlock(passphrase=PASSPHRASE)
    assert session.memory.stats().episodes == 0
    session.close()


def test_after_locking_nothing_of_the_memory_is_left_in_the_session(session: Session) -> None:
    tell(session, "I am allergic to walnuts.")
    memory, engine, store = session.memory, session.engine, session.memory.store
    cache = engine._cache
    session.lock()
    assert len(store) == 0
    assert store.index.ids == []
    assert cache is not None
    assert cache.length == 0
    assert all(not buffer.any() for buffer in cache.buffers)
    with pytest.raises(Exception, match="closed"):
        memory.rename("c", "x") if memory.conversations() else store.commit([])


def test_the_model_stays_loaded_over_a_lock(session: Session) -> None:
    tell(session, "I am allergic to walnuts.")
    session.lock()
    assert session.models_ready
    session.unlock(passphrase=PASSPHRASE)
    assert session.engine.prepare(session.engine.new_chat(), "What food am I allergic to?").recalled


def test_a_second_session_on_the_same_home_is_refused_and_stays_locked(session: Session) -> None:
    second = Session(session.home, keyring=None)
    with pytest.raises(StoreInUseError):
        second.unlock(passphrase=PASSPHRASE)
    assert second.stage == "locked"
    assert not second.vault.is_open


def test_a_forgetting_that_a_crash_cut_off_is_finished_at_the_next_unlock(session: Session) -> None:
    told = tell(session, "I am allergic to walnuts.")
    session.memory.begin_forget([told])
    session.lock()
    session.unlock(passphrase=PASSPHRASE)
    assert session.finished_forgets == 1
    assert session.memory.pending_forgets() == ()
    assert session.memory.store.get(told) is None


def test_a_temporary_session_chats_without_touching_the_disk(home: Home) -> None:
    session = Session(home, keyring=None)
    session.go_temporary()
    session.prepare_models()
    tell(session, "Hello there!")
    session.close()
    assert sorted(path.name for path in home.root.iterdir()) == ["models"]


def test_without_prepared_models_there_is_a_memory_but_no_engine(home: Home) -> None:
    session = Session(home, keyring=None)
    session.create(passphrase=PASSPHRASE)
    assert session.memory.stats().episodes == 0
    with pytest.raises(ModelError):
        _ = session.engine
    session.close()


def test_all_who_ask_for_the_engine_at_once_get_the_same(session: Session) -> None:
    together = Barrier(4)

    def ask(_: int) -> int:
        together.wait()
        return id(session.engine)

    with ThreadPoolExecutor(4) as people:
        assert len(set(people.map(ask, range(4)))) == 1


def test_new_settings_hold_from_the_next_turn_on(session: Session) -> None:
    engine = session.engine
    session.save_settings(Settings(memory=MemorySettings(prompt_tokens=300)))
    assert engine.prepare(engine.new_chat(), "Hello!").prompt.budget == 300
    assert Session(session.home, keyring=None).settings.memory.prompt_tokens == 300


def test_a_backup_that_cannot_be_written_is_a_clear_error(session: Session, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        session.write_backup(tmp_path / "no such folder" / "all.hippo")


def test_rekeying_keeps_the_memory_open(session: Session) -> None:
    told = tell(session, "I am allergic to walnuts.")
    session.rekey(passphrase=PASSPHRASE)
    assert session.memory.get(told).text == "I am allergic to walnuts."
    session.lock()
    session.unlock(passphrase=PASSPHRASE)
    assert session.memory.get(told).text == "I am allergic to walnuts."


def test_of_two_first_starts_at_once_the_second_is_refused_and_writes_nothing(home: Home) -> None:
    second = Session(home, keyring=None)
    first = Session(home, keyring=None)
    first.create(passphrase=PASSPHRASE)
    before = home.vault.read_bytes()
    with pytest.raises(StoreInUseError):
        second.create(passphrase="another passphrase")
    assert home.vault.read_bytes() == before
    assert not second.vault.is_open
    first.close()
    first.unlock(passphrase=PASSPHRASE)
    first.close()


def test_the_store_is_owned_before_the_vault_is_made(home: Home) -> None:
    home.store.mkdir()
    owner = Owner(home.store)
    owner.take()
    session = Session(home, keyring=None)
    with pytest.raises(StoreInUseError):
        session.create(passphrase=PASSPHRASE)
    assert not home.vault.exists()
    owner.release()
    with pytest.raises(InputError, match="too short"):
        session.create(passphrase="short")
    session.create(passphrase=PASSPHRASE)
    session.close()


def test_a_memory_whose_vault_is_missing_gets_no_new_one(home: Home) -> None:
    session = Session(home, keyring=None)
    session.create(passphrase=PASSPHRASE)
    session.close()
    kept = home.vault.read_bytes()
    home.vault.unlink()
    again = Session(home, keyring=None)
    with pytest.raises(VaultError, match="is missing") as refused:
        again.create(passphrase=PASSPHRASE)
    assert "vault.json back" in refused.value.next_step
    assert not home.vault.exists()
    home.vault.write_bytes(kept)
    again.unlock(passphrase=PASSPHRASE)
    again.close()


def test_a_forgetting_that_cannot_be_finished_stays_hidden_and_the_memory_opens(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tell(session, "I am allergic to walnuts.")
    session.memory.begin_forget([told])
    session.lock()

    def full(*_: object, **__: object) -> None:
        raise StoreFullError("There is no space left on the disk.")

    with monkeypatch.context() as patch:
        patch.setattr("assistant.store.store.Store.purge", full)
        session.unlock(passphrase=PASSPHRASE)
    assert session.stage == "open"
    assert session.finished_forgets == 0
    assert len(session.problems) == 1
    assert "no space left" in session.problems[0]
    assert len(session.memory.pending_forgets()) == 1
    with pytest.raises(InputError):
        session.memory.resolve(told)
    session.lock()
    session.unlock(passphrase=PASSPHRASE)
    assert not session.problems
    assert session.finished_forgets == 1
    assert session.memory.store.get(told) is None


def test_what_opening_the_store_found_wrong_is_among_the_problems(session: Session) -> None:
    session.lock()
    aside = session.home.store / "0123.damaged-1"
    aside.mkdir()
    session.unlock(passphrase=PASSPHRASE)
    assert session.problems == session.memory.store.problems
    assert str(aside) in session.problems[0]
