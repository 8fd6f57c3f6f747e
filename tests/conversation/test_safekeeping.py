import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from assistant.conversation import session as session_module
from assistant.conversation.session import Session
from assistant.errors import CancelledError, HippoError, InputError, VaultError, WrongKeyError
from assistant.memory.memory import Memory
from assistant.memory.views import Filter
from assistant.paths import Home
from assistant.settings import Backups
from assistant.store import replacement
from assistant.store.backup import restore_backup
from assistant.store.store import Store
from tests.memory.conftest import Speaker
from tests.vault.memory_keyring import MemoryKeyring

from .conftest import PASSPHRASE

SECRET = "The safe behind the painting opens with 7319."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


@pytest.fixture
def open_session(home: Home) -> Session:
    """Without the language model, which none of these needs."""
    session = Session(home, keyring=None)
    session.create(passphrase=PASSPHRASE)
    return session


def schedule(session: Session, folder: Path, **changes: object) -> None:
    wanted = replace(Backups(every="daily", folder=str(folder), keep=3), **changes)
    session.save_settings(replace(session.settings, backups=wanted))


def all_words(memory: Memory) -> str:
    return "\n".join(record.text for record in memory.records(Filter()))


def test_a_scheduled_backup_is_made_once_a_day_and_old_ones_go(
    open_session: Session, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = open_session
    Speaker(session.memory).turn("The boiler was repaired by Nadia.")
    assert session.make_due_backup() is None  # nobody asked for any
    schedule(session, folder)
    day = datetime.now(UTC)
    for number in range(5):
        monkeypatch.setattr(session_module, "now", lambda n=number: day + timedelta(days=n))
        monkeypatch.setattr("assistant.store.backup.datetime", _Clock(day + timedelta(days=number)))
        assert session.make_due_backup() is not None
        assert session.make_due_backup() is None
    assert len(list(folder.iterdir())) == 3
    assert len(session.backups()) == 3
    assert [backup.forgotten for backup in session.backups()] == [0, 0, 0]
    session.close()


class _Clock:
    def __init__(self, present: datetime) -> None:
        self._present = present

    def now(self, _: object) -> datetime:
        return self._present


def test_no_backup_is_made_while_a_forgetting_can_be_undone_or_somebody_waits(
    open_session: Session, folder: Path
) -> None:
    session = open_session
    told, _ = Speaker(session.memory).turn(SECRET)
    schedule(session, folder)
    pending = session.memory.begin_forget([told.id])
    assert session.make_due_backup() is None
    session.memory.undo_forget(pending.id)
    with pytest.raises(CancelledError):
        session.make_due_backup(cancelled=lambda: True)
    assert list(folder.iterdir()) == []
    assert session.make_due_backup() is not None
    session.close()


def test_a_folder_that_is_not_there_is_told_and_not_made(open_session: Session, tmp_path: Path) -> None:
    stick = tmp_path / "stick" / "hippo"
    schedule(open_session, stick)
    with pytest.raises(InputError, match="is not there"):
        open_session.make_due_backup()
    assert not stick.exists()
    open_session.close()


def test_a_memory_that_only_the_keyring_opens_tells_why_there_is_no_backup(home: Home, folder: Path) -> None:
    session = Session(home, keyring=MemoryKeyring())
    session.create(use_keyring=True)
    schedule(session, folder)
    with pytest.raises(VaultError, match="neither passphrase nor recovery"):
        session.make_due_backup()
    session.close()


def test_a_backup_does_not_go_into_the_memory_s_own_folder(open_session: Session) -> None:
    with pytest.raises(InputError, match="inside the memory's own folder"):
        open_session.write_backup(open_session.home.store / "x.hippo")
    open_session.close()


def test_after_forgetting_it_is_known_which_backups_still_hold_it_and_they_can_be_cleaned_or_removed(
    open_session: Session, folder: Path, tmp_path: Path
) -> None:
    session = open_session
    speaker = Speaker(session.memory)
    told, _ = speaker.turn(SECRET)
    speaker.turn("The boiler was repaired by Nadia.")
    schedule(session, folder)
    session.make_due_backup()
    by_hand = tmp_path / "by hand.hippo"
    session.write_backup(by_hand)
    session.memory.forget([told.id])
    holding = session.backups()
    assert len(holding) == 2
    assert all(backup.forgotten and backup.rewritable for backup in holding)
    session.remove_backup(by_hand)
    assert not by_hand.exists()
    (left,) = session.backups()
    session.clean_backup(left.file.path)
    (clean,) = session.backups()
    assert clean.forgotten == 0
    session.close()
    shutil.rmtree(session.home.store)
    session.home.vault.unlink()
    restore_backup(clean.file.path, session.home, passphrase=PASSPHRASE)
    again = Session(session.home, keyring=None)
    again.unlock(passphrase=PASSPHRASE)
    assert again.finished_forgets == 0
    assert "7319" not in all_words(again.memory)
    assert "Nadia" in all_words(again.memory)
    again.close()


def test_restoring_last_week_s_backup_does_not_bring_back_what_was_forgotten_nor_what_was_made_from_it(
    open_session: Session, folder: Path, tmp_path: Path, model_home: Home
) -> None:
    session = open_session
    speaker = Speaker(session.memory)
    told, _ = speaker.turn("I live in Lisbon.")
    speaker.turn("My sister is called Ottilie.")
    assert "Lisbon" in "".join(record.text for record in session.memory.records(Filter(kinds=frozenset({"fact"}))))
    session.write_backup(folder / "last week.hippo")
    session.memory.forget([told.id])
    session.write_backup(folder / "today.hippo")
    session.close()
    there = Home(tmp_path / "there")
    there.root.mkdir()
    (there.root / "models").symlink_to(model_home.models)
    assert restore_backup(folder / "last week.hippo", there, passphrase=PASSPHRASE).forgotten > 0
    restored = Session(there, keyring=None)
    restored.unlock(passphrase=PASSPHRASE)
    assert restored.finished_forgets == 1
    assert "Lisbon" not in all_words(restored.memory)
    assert "Ottilie" in all_words(restored.memory)
    restored.close()


def test_forgetting_everything_destroys_the_keys_so_that_copies_of_the_files_are_useless(
    home: Home, folder: Path, tmp_path: Path
) -> None:
    keyring = MemoryKeyring()
    session = Session(home, keyring=keyring)
    session.create(passphrase=PASSPHRASE, use_keyring=True)
    Speaker(session.memory).turn(SECRET)
    copy = tmp_path / "copy of the store"
    session.memory.store.close()
    shutil.copytree(home.store, copy)
    session.lock()
    session.unlock(passphrase=PASSPHRASE)
    session.write_backup(folder / "kept.hippo")
    erasure = session.forget_everything()
    assert erasure.receipt.verified
    assert erasure.keyring_cleared
    assert erasure.backups_left == (folder / "kept.hippo",)
    assert any("kept.hippo" in line for line in erasure.lines())
    assert session.stage == "new"
    assert keyring.entries == {}
    assert not home.vault.exists()
    assert not [path for path in home.store.rglob("*") if path.is_dir()]
    session.create(passphrase=PASSPHRASE)
    assert session.memory.records() == []
    with pytest.raises(WrongKeyError):
        Store.open(copy, session.vault.sealer("store"))
    session.close()


def test_forgetting_everything_takes_the_known_backups_along_where_that_is_wanted(
    open_session: Session, folder: Path
) -> None:
    session = open_session
    Speaker(session.memory).turn(SECRET)
    session.write_backup(folder / "one.hippo")
    schedule(session, folder)
    session.make_due_backup()
    other = folder / "holiday.jpg"
    other.write_bytes(b"mine")
    erasure = session.forget_everything(remove_backups=True)
    assert len(erasure.backups_removed) == 1  # the one by hand is in the folder, so no scheduled one was due
    assert erasure.backups_left == ()
    assert [path.name for path in folder.iterdir()] == ["holiday.jpg"]


def test_a_crash_while_the_keys_are_destroyed_leaves_a_home_that_opens_empty(
    open_session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = open_session
    Speaker(session.memory).turn(SECRET)

    def failing() -> bool:
        raise VaultError("The disk refused.")

    monkeypatch.setattr(session.vault, "destroy", failing)
    with pytest.raises(VaultError):
        session.forget_everything()
    monkeypatch.undo()
    assert session.stage == "locked"
    again = Session(session.home, keyring=None)
    again.unlock(passphrase=PASSPHRASE)
    assert again.memory.records() == []
    again.close()


def test_a_change_of_the_data_key_tells_how_far_it_is(open_session: Session) -> None:
    Speaker(open_session.memory).turn(SECRET)
    shares: list[float] = []
    assert open_session.rekey(passphrase=PASSPHRASE, progress=shares.append) is None
    assert shares[-1] == 1.0
    assert "7319" in all_words(open_session.memory)
    open_session.close()


PROGRAM = """
import gc, sys, types
from pathlib import Path
import msgspec, numpy as np
from assistant.conversation.session import Session
from assistant.paths import Home

session = Session(Home(Path(sys.argv[1])), keyring=None)
session.unlock(passphrase=sys.argv[2])
session.prepare_models()
engine = session.engine
chat = engine.new_chat()
word = "".join(reversed("tluavnekkalb"))
prepared = engine.prepare(chat, f"My boat is called {word}.")
answering = engine.answer(prepared, max_tokens=6)
for _ in answering:
    pass
engine.keep(prepared, answering)
session.memory.search(word)
key = bytes(session.vault._key)
kept = key.hex()
cache = engine._cache
del prepared, answering, chat, engine, key
session.lock()
assert not any(buffer.any() for buffer in cache.buffers), "the KV cache was not wiped"

def held(seen, found):
    waiting = gc.get_objects()
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen or thing is found or isinstance(thing, types.FrameType):
            continue
        seen[id(thing)] = thing
        if isinstance(thing, str):
            if word in thing.lower() and thing is not word:
                found.append(("text", len(thing)))
        elif isinstance(thing, (bytes, bytearray)):
            if word.encode() in bytes(thing).lower() or bytes.fromhex(kept) in bytes(thing):
                found.append(("bytes", len(thing)))
        elif isinstance(thing, msgspec.Struct):
            found += [(type(thing).__name__, 0)] * (type(thing).__name__ in ("Episode", "Summary", "Fact"))
            waiting += [getattr(thing, name) for name in thing.__struct_fields__]
        else:
            waiting += gc.get_referents(thing)
    return found

print(held({}, []))
"""


def test_after_locking_no_object_that_can_be_reached_holds_a_word_or_the_key(home: Home) -> None:
    session = Session(home, keyring=None)
    session.create(passphrase=PASSPHRASE)
    session.close()
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(home.root), PASSPHRASE], capture_output=True, text=True, timeout=200
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


def test_wrong_passphrases_slow_down_across_sessions(open_session: Session) -> None:
    open_session.close()
    home = open_session.home
    for _ in range(4):
        with pytest.raises(WrongKeyError):
            Session(home, keyring=None).unlock(passphrase="not the right one")
    with pytest.raises(HippoError, match="several wrong passphrases"):
        Session(home, keyring=None).unlock(passphrase=PASSPHRASE)


def test_forgetting_everything_takes_a_memory_that_a_restored_one_replaced_or_names_it(open_session: Session) -> None:
    aside = open_session.home.root / "before-restore-1"
    for remove in (False, True):
        aside.mkdir(exist_ok=True)
        (aside / "vault.json").write_text("{}")
        erasure = open_session.forget_everything(remove_backups=remove)
        assert (aside in erasure.backups_left, aside in erasure.backups_removed) == (not remove, remove)
        assert aside.exists() != remove
        open_session.create(passphrase=PASSPHRASE)
    open_session.close()


def test_a_restore_that_was_cut_off_is_finished_when_the_home_is_opened(
    open_session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = Speaker(open_session.memory)
    chat.turn(SECRET)
    open_session.write_backup(tmp_path / "one.hippo")
    open_session.lock()
    replacement.prepare(tmp_path / "one.hippo", open_session.home, passphrase=PASSPHRASE)

    def cut(home: Home, aside: Path, moved: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(replacement, "_exchange", cut)
        with pytest.raises(KeyboardInterrupt):
            replacement.take_place(open_session.home)
    again = Session(open_session.home, keyring=None)
    assert replacement.put_aside(again.home) == [again.home.root / "before-restore-1"]
    again.unlock(passphrase=PASSPHRASE)
    assert SECRET in all_words(again.memory)
    again.close()
