"""The demo: a made-up memory that shows everything there is to see, and leaves nothing behind."""

from collections.abc import Iterator

import pytest

from assistant.conversation.demo import PASSPHRASE, demo_home, seed
from assistant.conversation.session import Session
from assistant.errors import VaultError
from assistant.memory.views import Filter
from assistant.paths import Home
from assistant.store.records import Standing, State


@pytest.fixture(scope="module")
def demo(model_home: Home) -> Iterator[Session]:
    with demo_home() as home:
        home.create()
        home.models.symlink_to(model_home.models)
        session = Session(home, keyring=None)
        seed(session)
        yield session
        session.close()


def test_it_has_chats_over_months_a_long_one_and_one_put_away(demo: Session) -> None:
    chats = demo.memory.conversations()
    days = [chat.last.date() for chat in chats]
    assert (max(days) - min(days)).days > 150
    assert max(chat.messages for chat in chats) >= 150
    assert any(chat.conversation.archived for chat in chats)
    assert {"", "Work"} <= {chat.conversation.space for chat in chats}


def test_it_has_facts_that_gave_way_to_newer_ones(demo: Session) -> None:
    known = demo.memory.facts()
    assert any(f.standing is Standing.SUPERSEDED and "Utrecht" in f.text for f in known)
    assert any(f.standing is Standing.CURRENT and "Ghent" in f.text for f in known)
    assert demo.memory.facts(space="Work")


def test_it_has_pinned_faded_corrected_and_used_memories_and_summaries(demo: Session) -> None:
    memory = demo.memory
    said = memory.records(Filter(kinds=frozenset({"episode"})))
    states = {getattr(record, "state", None) for record in said}
    assert {State.ACTIVE, State.PINNED, State.FADED} <= states
    assert any(getattr(record, "history", ()) for record in said)
    assert memory.used_counts()
    assert memory.stats().summaries > 5


def test_what_is_asked_of_it_is_found(demo: Session) -> None:
    assert "courtyard" in demo.memory.search("a hotel to stay in", limit=1)[0].record.text


def test_no_trace_of_the_import_lies_beside_the_sealed_store(demo: Session) -> None:
    files = [path for path in demo.home.root.rglob("*") if path.is_file() and demo.home.models not in path.parents]
    assert not [path for path in files if path.suffix == ".jsonl"]
    assert not [path for path in files if b"Portuguese" in path.read_bytes()]


def test_it_is_gone_when_it_ends() -> None:
    with demo_home() as home:
        home.create()
        assert home.root.is_dir()
    assert not home.root.exists()


def test_its_passphrase_opens_it_again_and_a_memory_that_exists_is_not_touched() -> None:
    with demo_home() as home:
        session = Session(home, keyring=None)
        session.create(passphrase=PASSPHRASE)
        session.lock()
        with pytest.raises(VaultError):
            seed(session)
        session.unlock(passphrase=PASSPHRASE)
        assert session.memory.stats().episodes == 0
        session.close()
