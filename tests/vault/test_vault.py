import json
from pathlib import Path
from typing import Any

import pytest
from keyring.backends import chainer, fail, null

from assistant.errors import (
    InputError,
    NoKeyringError,
    SealError,
    TooSoonError,
    VaultError,
    VaultLockedError,
    WrongKeyError,
)
from assistant.vault.vault import Vault
from assistant.vault.wraps import Argon2Cost
from tests.vault.memory_keyring import MemoryKeyring

CHEAP = Argon2Cost(memory_kib=64, passes=1, lanes=1)
PASSPHRASE = "correct horse battery"
UNREAL = [keyring() for keyring in (fail.Keyring, null.Keyring)]


@pytest.fixture
def keyring() -> MemoryKeyring:
    return MemoryKeyring()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "vault.json"


def made(path: Path, keyring: MemoryKeyring | None = None) -> Vault:
    vault = Vault(path, keyring=keyring, cost=CHEAP)
    vault.create(passphrase=PASSPHRASE, use_keyring=keyring is not None)
    return vault


def opens(vault: Vault, box: bytes) -> bool:
    return vault.sealer("store").open(box, b"") == b"kept"


def edited(path: Path, *keys: str, value: object) -> None:
    content: Any = json.loads(path.read_bytes())
    inner = content
    for key in keys[:-1]:
        inner = inner[key]
    inner[keys[-1]] = value
    path.write_text(json.dumps(content))


def test_a_new_vault_is_open_and_opens_again_with_its_passphrase(path: Path) -> None:
    vault = Vault(path, keyring=None)
    assert not vault.exists
    vault.create(passphrase=PASSPHRASE)
    assert vault.is_open
    assert vault.wraps == ("passphrase",)
    box = vault.sealer("store").seal(b"kept", b"")
    again = Vault(path, keyring=None)
    assert not again.is_open
    again.unlock_with_passphrase(PASSPHRASE)
    assert opens(again, box)


def test_the_default_cost_of_a_guess_is_what_the_design_demands() -> None:
    assert Argon2Cost().memory_kib >= 64 * 1024
    assert Argon2Cost().passes >= 3


def test_the_data_key_is_nowhere_in_the_file_and_only_the_user_can_read_it(path: Path) -> None:
    vault = made(path)
    assert bytes(vault._key or b"").hex() not in path.read_text()
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_a_wrong_passphrase_is_a_clear_error(path: Path) -> None:
    made(path)
    vault = Vault(path, keyring=None)
    with pytest.raises(WrongKeyError, match="passphrase does not open"):
        vault.unlock_with_passphrase("wrong horse battery")
    assert not vault.is_open


def test_a_passphrase_may_be_typed_on_any_keyboard(path: Path) -> None:
    vault = Vault(path, keyring=None, cost=CHEAP)
    vault.create(passphrase="Caf\u00e9 \ufb01nale")
    vault.lock()
    vault.unlock_with_passphrase("Cafe\u0301 finale")
    assert vault.is_open


@pytest.mark.parametrize("passphrase", ["", "1234567", "e\u0301" * 7])
def test_a_short_passphrase_is_refused_and_leaves_no_vault(path: Path, passphrase: str) -> None:
    vault = Vault(path, keyring=None, cost=CHEAP)
    with pytest.raises(InputError, match="at least 8"):
        vault.create(passphrase=passphrase)
    assert not vault.exists


def test_a_vault_is_never_made_over_another(path: Path, keyring: MemoryKeyring) -> None:
    made(path, keyring)
    before, entries = path.read_bytes(), dict(keyring.entries)
    with pytest.raises(VaultError, match="already"):
        Vault(path, keyring=keyring).create(passphrase=PASSPHRASE, use_keyring=True)
    assert path.read_bytes() == before
    assert keyring.entries == entries


def test_a_vault_without_any_way_to_open_it_is_not_made(path: Path) -> None:
    with pytest.raises(VaultError):
        Vault(path, keyring=None).create()
    assert not path.exists()


def test_two_vaults_share_a_keyring_without_touching_each_other(tmp_path: Path, keyring: MemoryKeyring) -> None:
    first, second = made(tmp_path / "a" / "vault.json", keyring), made(tmp_path / "b" / "vault.json", keyring)
    box = first.sealer("store").seal(b"kept", b"")
    first.lock()
    second.lock()
    first.unlock_with_keyring()
    second.unlock_with_keyring()
    assert opens(first, box)
    assert first.vault_id != second.vault_id
    with pytest.raises(SealError):
        opens(second, box)


def test_a_lost_keyring_entry_is_renewed_after_the_passphrase(path: Path, keyring: MemoryKeyring) -> None:
    box = made(path, keyring).sealer("store").seal(b"kept", b"")
    keyring.entries.clear()
    vault = Vault(path, keyring=keyring, cost=CHEAP)
    with pytest.raises(NoKeyringError, match="no entry"):
        vault.unlock_with_keyring()
    vault.unlock_with_passphrase(PASSPHRASE)
    vault.add_keyring()
    vault.lock()
    vault.unlock_with_keyring()
    assert opens(vault, box)


def test_a_keyring_entry_that_was_changed_does_not_open_the_vault(path: Path, keyring: MemoryKeyring) -> None:
    vault = made(path, keyring)
    vault.lock()
    for entry in keyring.entries:
        keyring.entries[entry] = "not even base64!"
    with pytest.raises(WrongKeyError, match="renew"):
        vault.unlock_with_keyring()


def test_renewing_leaves_one_keyring_entry(path: Path, keyring: MemoryKeyring) -> None:
    vault = made(path, keyring)
    old = set(keyring.entries)
    vault.add_keyring()
    assert len(keyring.entries) == 1
    assert set(keyring.entries) != old


def test_a_keyring_that_does_not_answer_is_reported_and_cleaned_up_later(path: Path, keyring: MemoryKeyring) -> None:
    vault = made(path, keyring)
    keyring.broken = True
    assert not vault.keyring_available()
    vault.remove_keyring()
    vault.lock()
    vault.unlock_with_passphrase(PASSPHRASE)
    assert len(keyring.entries) == 1
    keyring.broken = False
    vault.lock()
    vault.unlock_with_passphrase(PASSPHRASE)
    assert keyring.entries == {}
    assert vault.content().retired == ()


@pytest.mark.parametrize("backend", [*UNREAL, None])
def test_a_machine_without_a_real_keyring_is_told_so_and_no_vault_is_left(path: Path, backend: Any) -> None:
    vault = Vault(path, keyring=backend, cost=CHEAP)
    assert not vault.keyring_available()
    with pytest.raises(NoKeyringError, match="passphrase"):
        vault.create(use_keyring=True)
    assert not path.exists()


def test_a_chain_of_unreal_keyrings_is_no_keyring(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chain = chainer.ChainerBackend()  # type: ignore[no-untyped-call]
    monkeypatch.setattr(chainer.ChainerBackend, "backends", UNREAL)
    assert not Vault(path, keyring=chain).keyring_available()
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [*UNREAL, MemoryKeyring()])
    assert Vault(path, keyring=chain).keyring_available()


def test_asking_for_the_machine_s_keyring_never_fails(path: Path) -> None:
    assert Vault(path, keyring="default").keyring_available() in (True, False)


def test_a_recovery_code_opens_the_vault_even_with_typing_habits(path: Path) -> None:
    vault = made(path)
    box = vault.sealer("store").seal(b"kept", b"")
    code = vault.new_recovery_code()
    vault.lock()
    vault.unlock_with_recovery(code.lower().replace("-", " ").replace("0", "O").replace("1", "i"))
    assert opens(vault, box)
    assert vault.wraps == ("passphrase", "recovery")


def test_a_typing_error_and_a_code_of_another_vault_are_told_apart(path: Path) -> None:
    vault = made(path)
    old = vault.new_recovery_code()
    new = vault.new_recovery_code()
    vault.lock()
    with pytest.raises(InputError, match="checksum"):
        vault.unlock_with_recovery(new[:-1] + ("0" if new[-1] != "0" else "2"))
    with pytest.raises(WrongKeyError, match="does not open this vault"):
        vault.unlock_with_recovery(old)
    vault.unlock_with_recovery(new)


def test_the_passphrase_can_be_changed_and_the_old_one_stops_working(path: Path) -> None:
    vault = made(path)
    vault.set_passphrase("another long passphrase")
    vault.lock()
    with pytest.raises(WrongKeyError):
        vault.unlock_with_passphrase(PASSPHRASE)
    vault.unlock_with_passphrase("another long passphrase")


def test_the_last_way_to_open_a_vault_cannot_be_removed(path: Path, keyring: MemoryKeyring) -> None:
    vault = made(path, keyring)
    vault.new_recovery_code()
    vault.remove_passphrase()
    vault.remove_keyring()
    with pytest.raises(VaultError, match="last way"):
        vault.remove_recovery()
    assert vault.wraps == ("recovery",)
    assert keyring.entries == {}


def test_a_locked_vault_gives_out_nothing_and_its_sealers_stop(path: Path) -> None:
    vault = made(path)
    sealer = vault.sealer("store")
    vault.lock()
    vault.lock()
    assert not vault.is_open
    for use in (
        lambda: vault.sealer("store"),
        lambda: sealer.seal(b"", b""),
        lambda: vault.set_passphrase(PASSPHRASE),
        vault.new_recovery_code,
        vault.remove_passphrase,
    ):
        with pytest.raises(VaultLockedError):
            use()


def test_each_purpose_has_a_key_of_its_own(path: Path) -> None:
    vault = made(path)
    box = vault.sealer("store").seal(b"kept", b"")
    with pytest.raises(SealError):
        vault.sealer("backup").open(box, b"")


@pytest.mark.parametrize(
    "damage",
    [b"", b"not json", b"[]", b"{}", b'{"format": 1, "vault_id": "00", "key_id": "00"}', b"\xff\xfe"],
)
def test_a_damaged_vault_file_is_reported_and_left_as_it_is(path: Path, damage: bytes) -> None:
    made(path)
    path.write_bytes(damage)
    vault = Vault(path, keyring=None)
    with pytest.raises(VaultError, match=r"damaged.*backup"):
        vault.unlock_with_passphrase(PASSPHRASE)
    with pytest.raises(VaultError):
        vault.create(passphrase=PASSPHRASE)
    assert path.read_bytes() == damage


@pytest.mark.parametrize(
    ("name", "value"), [("memory_kib", 1 << 30), ("passes", 10**9), ("lanes", 0), ("memory_kib", -1)]
)
def test_a_hostile_vault_file_cannot_ask_for_all_memory_or_all_day(path: Path, name: str, value: int) -> None:
    made(path)
    edited(path, "passphrase", "cost", name, value=value)
    with pytest.raises(VaultError, match="damaged"):
        Vault(path, keyring=None).unlock_with_passphrase(PASSPHRASE)


@pytest.mark.parametrize(
    ("keys", "value"),
    [(("vault_id",), "5a" * 16), (("passphrase", "cost", "passes"), 2), (("key_id",), "0" * 16)],
)
def test_what_stands_beside_a_wrap_cannot_be_changed(path: Path, keys: tuple[str, ...], value: object) -> None:
    made(path)
    edited(path, *keys, value=value)
    with pytest.raises(WrongKeyError):
        Vault(path, keyring=None).unlock_with_passphrase(PASSPHRASE)


def test_a_newer_vault_file_asks_for_an_update(path: Path) -> None:
    made(path)
    edited(path, "format", value=2)
    with pytest.raises(VaultError, match="newer"):
        Vault(path, keyring=None).unlock_with_passphrase(PASSPHRASE)


def test_no_vault_is_said_plainly(path: Path) -> None:
    with pytest.raises(VaultError, match="no vault"):
        Vault(path, keyring=None).unlock_with_passphrase(PASSPHRASE)


def test_a_key_that_another_program_replaced_is_not_used_for_new_wraps(path: Path) -> None:
    vault = made(path)
    other = Vault(path, keyring=None, cost=CHEAP)
    other.unlock_with_passphrase(PASSPHRASE)
    other.replace_data_key(other.prepare_data_key(passphrase=PASSPHRASE))
    with pytest.raises(VaultError, match="another program"):
        vault.set_passphrase("another long passphrase")
    other.lock()
    other.unlock_with_passphrase(PASSPHRASE)


def test_a_new_data_key_needs_the_passphrase_and_brings_a_new_recovery_code(path: Path, keyring: MemoryKeyring) -> None:
    vault = made(path, keyring)
    old = vault.new_recovery_code()
    box = vault.sealer("store").seal(b"kept", b"")
    for passphrase in (None, "wrong horse battery"):
        with pytest.raises(WrongKeyError):
            vault.prepare_data_key(passphrase=passphrase)
    new = vault.prepare_data_key(passphrase=PASSPHRASE)
    vault.replace_data_key(new)
    with pytest.raises(SealError):
        opens(vault, box)
    vault.lock()
    with pytest.raises(WrongKeyError):
        vault.unlock_with_recovery(old)
    assert new.recovery_code
    vault.unlock_with_recovery(new.recovery_code)
    vault.lock()
    vault.unlock_with_keyring()
    assert len(keyring.entries) == 1


@pytest.mark.parametrize("links", [True, False])
def test_of_two_that_create_at_once_the_second_overwrites_nothing(
    path: Path, keyring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch, *, links: bool
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    if not links:
        monkeypatch.setattr("os.link", no_links)
    made(path)
    before = path.read_bytes()
    entries = dict(keyring.entries)
    monkeypatch.setattr(Vault, "exists", False)
    with pytest.raises(VaultError, match="already"):
        made(path, keyring)
    assert path.read_bytes() == before
    assert keyring.entries == entries
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_vault_file_that_is_a_folder_is_a_clear_error(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(VaultError, match="cannot be read") as refused:
        Vault(path, keyring=None).unlock_with_passphrase(PASSPHRASE)
    assert str(path) in refused.value.message


def test_a_vault_that_cannot_be_looked_at_counts_as_there(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "exists", refused)
    assert Vault(path, keyring=None).exists


def test_the_cost_of_the_passphrase_is_raised_while_unlocking_and_everything_still_opens(path: Path) -> None:
    vault = made(path)
    code = vault.new_recovery_code()
    box = vault.sealer("store").seal(b"kept", b"")
    dearer = Argon2Cost(memory_kib=128, passes=2, lanes=1)
    later = Vault(path, keyring=None, cost=dearer)
    later.unlock_with_recovery(code)
    wrap = later.content().passphrase
    assert wrap is not None
    assert wrap.cost == CHEAP  # without the passphrase it cannot be
    later.lock()
    later.unlock_with_passphrase(PASSPHRASE)
    wrap = later.content().passphrase
    assert wrap is not None
    assert wrap.cost == dearer
    again = Vault(path, keyring=None, cost=CHEAP)
    again.unlock_with_passphrase(PASSPHRASE)
    assert opens(again, box)
    assert again.content().passphrase == wrap  # never lowered
    again.set_passphrase("umbrella seven cumin")
    changed = again.content().passphrase
    assert changed is not None
    assert changed.cost == dearer


def test_on_a_quick_machine_the_default_cost_goes_on_rising(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(path).lock()
    monkeypatch.setattr("assistant.vault.vault.Argon2Cost", lambda: CHEAP)
    vault = Vault(path, keyring=None)
    monkeypatch.setattr("assistant.vault.vault.time.perf_counter", lambda: 0.0)
    vault.unlock_with_passphrase(PASSPHRASE)
    wrap = vault.content().passphrase
    assert wrap is not None
    assert wrap.cost.memory_kib == 2 * CHEAP.memory_kib


def test_a_disk_that_refuses_the_raised_cost_does_not_stop_the_unlock(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(path).lock()

    def refused(*_: object) -> None:
        raise VaultError("no space")

    monkeypatch.setattr("assistant.vault.wraps.write", refused)
    vault = Vault(path, keyring=None, cost=Argon2Cost(memory_kib=128, passes=1, lanes=1))
    vault.unlock_with_passphrase(PASSPHRASE)
    assert vault.is_open


def test_too_little_memory_for_the_passphrase_is_a_clear_error(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = made(path)
    vault.lock()

    class Hungry:
        def __init__(self, **_: object) -> None: ...

        def derive(self, _: bytes) -> bytes:
            raise MemoryError

    monkeypatch.setattr("assistant.vault.wraps.Argon2id", Hungry)
    with pytest.raises(VaultError, match="not enough memory"):
        vault.unlock_with_passphrase(PASSPHRASE)


def test_wrong_passphrases_slow_down_over_restarts_and_the_other_keys_are_not_kept_waiting(path: Path) -> None:
    vault = made(path, MemoryKeyring())
    code = vault.new_recovery_code()
    for _ in range(4):
        with pytest.raises(WrongKeyError):
            Vault(path, keyring=None, cost=CHEAP).unlock_with_passphrase("wrong horse battery")
    again = Vault(path, keyring=None, cost=CHEAP)
    assert 0 < again.wait_for_passphrase() <= 2
    with pytest.raises(TooSoonError):
        again.unlock_with_passphrase(PASSPHRASE)
    assert not again.is_open
    again.unlock_with_recovery(code)
    assert again.wait_for_passphrase() == 0
    again.check_passphrase(PASSPHRASE)


def test_guessing_the_passphrase_of_an_open_vault_slows_down_too(path: Path) -> None:
    vault = made(path)
    for _ in range(4):
        with pytest.raises(WrongKeyError):
            vault.check_passphrase("wrong horse battery")
    with pytest.raises(TooSoonError):
        vault.prepare_data_key(passphrase=PASSPHRASE)


def test_a_destroyed_vault_leaves_no_key_anywhere(path: Path) -> None:
    keyring = MemoryKeyring()
    vault = made(path, keyring)
    vault.new_recovery_code()
    assert keyring.entries
    assert vault.destroy()
    assert not vault.is_open
    assert not vault.exists
    assert keyring.entries == {}
    assert list(path.parent.iterdir()) == []
    vault.create(passphrase=PASSPHRASE)


def test_a_keyring_that_is_silent_when_the_vault_is_destroyed_is_told(path: Path) -> None:
    keyring = MemoryKeyring()
    vault = made(path, keyring)
    keyring.broken = True
    assert not vault.destroy()
    assert not vault.exists
