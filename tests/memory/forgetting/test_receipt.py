from dataclasses import replace
from datetime import UTC, datetime, timedelta

from assistant.memory.forgetting.receipt import Receipt

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


def test_two_receipts_add_up_and_are_verified_only_if_both_are() -> None:
    first = replace(Receipt.of_nothing(NOW), episodes=2, rows=5, bytes_reclaimed=100, files_searched=7, facts_dropped=1)
    second = replace(
        Receipt.of_nothing(NOW + timedelta(hours=1)), episodes=1, rows=3, files_searched=4, usages=2, verified=False
    )
    both = first + second
    assert (both.episodes, both.rows, both.bytes_reclaimed, both.usages, both.facts_dropped) == (3, 8, 100, 2, 1)
    assert both.files_searched == 7
    assert both.when == second.when
    assert not both.verified
    assert (first + first).verified
