"""Sharing on the terminal, with a real S3 server on this machine."""

from pathlib import Path

from assistant.paths import Home
from tests.store.s3 import CREDENTIALS, serving

from .conftest import PASSPHRASE, Processes, Terminal, with_models
from .test_streams import told


def test_two_homes_share_their_memories_by_way_of_a_bucket(
    terminal: Terminal, tmp_path: Path, model_home: Home
) -> None:
    one = terminal
    told(one, "I like roses.")
    backup = tmp_path / "first.hippo"
    one.ok("vault", "backup", str(backup))
    two = Terminal(with_models(tmp_path / "two", model_home), {"ASSISTANT_PASSPHRASE": PASSPHRASE})
    two.ok("vault", "restore", str(backup))
    with serving() as bucket:
        place = bucket.place
        for home in (one, two):
            home.keys |= CREDENTIALS
        options = (place.place, "--endpoint", place.endpoint, "--region", place.region)
        # Each home by a process of its own at first: nothing else may connect there.
        assert "0 records came" in Processes(one.home, one.keys).ok("vault", "share", *options)
        told(one, "I like tulips.")
        one.ok("vault", "share")
        (exchanged,) = Processes(two.home, two.keys).lines("vault", "share", *options)
        assert exchanged["came"] > 0
        assert "tulips" in two.ok("memory", "search", "tulips")
        assert bucket.with_bytes(b"tulips") == []
        one.ok("memory", "forget", "--matching", "tulips", "--yes")
        (exchanged,) = two.lines("vault", "share")
        assert exchanged["removed"] > 0
        assert "tulips" not in two.ok("memory", "search", "tulips")


def test_a_place_that_does_not_answer_is_said_in_one_line(terminal: Terminal, tmp_path: Path) -> None:
    told(terminal, "I like roses.")
    assert "not shared" in terminal.ok("vault", "share")
    done = terminal.run("vault", "share", str(tmp_path / "missing"))
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    (tmp_path / "there").mkdir()
    terminal.ok("vault", "share", str(tmp_path / "there"))
    for path in (tmp_path / "there").iterdir():
        path.rename(tmp_path / path.name)
    done = terminal.run("vault", "share")
    assert done.returncode == 1
    assert "not there any more" in done.stderr
    terminal.ok("vault", "share", "--off")
    assert "not shared" in terminal.ok("vault", "share")
