"""How what is ranked is shared out among the channels of recall."""

from datetime import UTC, datetime

import numpy as np
import pytest

from assistant.memory.recall.channels import CHANNELS, FACTS, Recollection, channelled
from assistant.memory.views import Found
from assistant.store.index import SearchIndex
from assistant.store.records import Episode, Fact, Standing, State, new_id

START = datetime(2026, 3, 1, tzinfo=UTC)
RANDOM = np.random.default_rng(3)


@pytest.fixture
def index() -> SearchIndex:
    return SearchIndex(16)


def episode(index: SearchIndex, score: float, *, like: Found | None = None, **changes: object) -> Found:
    """An episode of the index with a random embedding, or one that is nearly like another's."""
    vector = RANDOM.normal(size=16).astype(np.float32)
    if like is not None:
        vector = np.frombuffer(index.vectors(like.record.id), "<f2")[:16].astype(np.float32)
    vector /= np.linalg.norm(vector)
    made = new_id()
    index.add([(made, np.stack([vector, vector]).astype("<f2").tobytes(), b"")])
    record = Episode(
        id=made,
        conversation="c",
        role="user",
        text=made,
        time=START,
        position=0,
        message=made,
        **changes,  # type: ignore[arg-type]
    )
    return Found(record, score)


def fact(score: float, standing: Standing = Standing.CURRENT, *, source: str = "elsewhere") -> Found:
    made = Fact(
        id=new_id(),
        conversation="c",
        subject="user",
        attribute="home",
        value="x",
        text="x",
        time=START,
        sources=(source,),
        standing=standing,
    )
    return Found(made, score)


def share(index: SearchIndex, episodes: list[Found], facts: tuple[Found, ...] = (), **changes: object) -> Recollection:
    options: dict[str, object] = {"limit": 3, "least": 0.3, "channels": CHANNELS, "seed": 1, "turn": 100}
    return channelled(episodes, facts, (), index, **(options | changes))  # type: ignore[arg-type]


def test_a_question_about_something_else_recalls_nothing(index: SearchIndex) -> None:
    assert share(index, [episode(index, 0.2)], (fact(0.2),)) == Recollection()


def test_the_best_are_similar_and_the_rest_is_replayed_a_little(index: SearchIndex) -> None:
    found = [episode(index, 0.9 - i / 20) for i in range(8)]
    recalled = share(index, found)
    assert list(recalled.similar) == found[:3]
    assert 0 < len(recalled.replay) <= 2
    assert {f.record.id for f in recalled.replay} <= {f.record.id for f in found[3:]}
    assert share(index, found) == recalled


def test_what_says_the_same_is_recalled_once_in_its_best_form(index: SearchIndex) -> None:
    best = episode(index, 0.9)
    recalled = share(index, [best, episode(index, 0.8, like=best), other := episode(index, 0.5)])
    assert list(recalled.similar) == [best, other]


def test_what_is_pinned_or_recent_may_match_a_little_less(index: SearchIndex) -> None:
    pinned = episode(index, 0.26, state=State.PINNED)
    recent = episode(index, 0.26, turn=95)
    old = episode(index, 0.26)
    recalled = share(index, [pinned, recent, old])
    assert recalled.pinned == (pinned,)
    assert recalled.recent == (recent,)
    assert old not in (*recalled.similar, *recalled.replay)


def test_what_holds_now_comes_before_what_held_once_and_not_too_much_of_it(index: SearchIndex) -> None:
    facts = (fact(0.9, Standing.SUPERSEDED), *(fact(0.8 - i / 100) for i in range(12)))
    recalled = share(index, [], facts).facts
    assert len(recalled) == FACTS
    assert all(isinstance(f.record, Fact) and f.record.standing is Standing.CURRENT for f in recalled)


def test_a_fact_that_holds_is_left_out_beside_the_message_that_told_it(index: SearchIndex) -> None:
    told = episode(index, 0.9)
    same, ended = fact(0.9, source=told.record.id), fact(0.9, Standing.SUPERSEDED, source=told.record.id)
    assert share(index, [told], (same, ended)).facts == (ended,)


@pytest.mark.parametrize("off", ["similar", "pinned", "recent", "replay"])
def test_a_channel_that_is_off_stays_empty(index: SearchIndex, off: str) -> None:
    found = [episode(index, 0.9 - i / 20, state=State.PINNED, turn=95) for i in range(9)]
    found += [episode(index, 0.4) for _ in range(3)]
    recalled = share(index, found, channels=[name for name in CHANNELS if name != off])
    assert getattr(recalled, off) == ()
