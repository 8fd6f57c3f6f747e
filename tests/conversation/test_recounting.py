"""Answers from memory by a model that was trained to read it: what is done with its words, and what it gets to read."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from assistant.cli import check
from assistant.conversation.engine import Engine
from assistant.conversation.quoting import NOT_FOUND
from assistant.conversation.reading import READING_FORMAT, REFUSAL, ReadingPassage
from assistant.conversation.recounting import MOST_READ
from assistant.conversation.session import Session
from assistant.conversation.trained import Read, TrainedReader
from assistant.errors import CancelledError, InputError
from assistant.models.adapter import ADAPTERS, read_adapter
from assistant.models.decoder import Decoder
from assistant.models.manifest import read_manifest
from assistant.paths import Home
from assistant.store.records import Episode
from tests.models.random_adapter import Tensors, write_adapter

from .asking import answer, tell
from .conftest import PASSPHRASE
from .test_answering import TOLD, supersede


class Scripted(TrainedReader):
    """Says what it is told to say, of several passages and of one; keeps what it was given to read."""

    def __init__(self, text: str, doubt: float = 0.0, alone: Read | None = None) -> None:
        super().__init__(load=_nothing)
        self.said = Read(text, doubt)
        self.alone = alone or self.said
        self.given: list[list[str]] = []
        self.looked_at: list[str] = []
        self.doubt_of_each: list[float] = []

    def answer(
        self, question: str, passages: Sequence[ReadingPassage], today: date | None, *, cancelled: Callable[[], bool]
    ) -> Read | None:
        self.given.append([passage.text for passage in passages])
        return self.said if len(passages) > 1 else self.alone

    def doubts(
        self,
        question: str,
        passages: Sequence[ReadingPassage],
        today: date | None,
        *,
        cancelled: Callable[[], bool],
        on_prefill: Callable[[int, int], None] = lambda done, total: None,
    ) -> list[float]:
        self.looked_at = [passage.text for passage in passages]
        return self.doubt_of_each or [10.0 ** min(len(passages) - 5 - place, -0.1) for place in range(len(passages))]


def _nothing(cancelled: Callable[[], bool]) -> Decoder:
    raise AssertionError("nothing is to be loaded")


def engine_with(session: Session, trained: TrainedReader | None) -> Engine:
    chosen = replace(session.settings, generation=replace(session.settings.generation, answers="read"))
    decoder = session.engine._decoder
    return Engine(decoder, session.memory, chosen, trained=trained)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, model_home: Home) -> Iterator[tuple[Session, list[Episode]]]:
    """A session that was told much, for tests that only ask, and what it was told."""
    root = tmp_path_factory.mktemp("told") / "home"
    root.mkdir()
    (root / "models").symlink_to(model_home.models, target_is_directory=True)
    session = Session(Home(root), keyring=None)
    session.create(passphrase=PASSPHRASE)
    session.prepare_models()
    yield session, tell(session, *TOLD)
    session.close()


@pytest.mark.parametrize(
    ("question", "said", "text", "source"),
    [
        ("What is my cat called?", "Tilda", "Tilda.", 1),
        ("When did I buy the telescope?", "7 March 2026", "7 March 2026.", 5),
        ("How much is the rent?", "940 euros", "940 euros.", 2),
    ],
)
def test_a_few_words_that_the_passages_bear_out_are_the_answer_and_name_their_source(
    place: tuple[Session, list[Episode]], question: str, said: str, text: str, source: int
) -> None:
    session, told = place
    answering = answer(engine_with(session, Scripted(said)), question)
    assert (answering.text, answering.sources) == (text, (told[source].id,))


@pytest.mark.parametrize("said", ["Tilda and Rex", ""])
def test_words_that_nothing_bears_out_are_never_shown(place: tuple[Session, list[Episode]], said: str) -> None:
    answering = answer(engine_with(place[0], Scripted(said)), "What is my cat called?")
    assert answering.text.startswith("Tilda. On 4 March 2026 you said")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What is my cat called?", "Eleven"),  # not what the quotation answers
        ("Is my sister allergic to walnuts?", "Yes"),  # a word that shows nothing
    ],
)
def test_where_the_user_told_it_the_sure_quotation_decides(
    place: tuple[Session, list[Episode]], question: str, said: str
) -> None:
    assert "you said" in answer(engine_with(place[0], Scripted(said)), question).text


def test_what_the_user_said_to_be_over_is_not_the_answer(session: Session) -> None:
    tell(session, "I no longer drink black tea, it is espresso in the morning now.")
    engine = engine_with(session, Scripted("Black tea"))
    assert "espresso" in answer(engine, "What do I drink in the morning now?").text


def test_where_nothing_sure_is_found_it_answers_only_without_doubt(place: tuple[Session, list[Episode]]) -> None:
    session, told = place
    question = "Which optical instrument did I get?"
    sure = answer(engine_with(session, Scripted("A telescope")), question)
    assert (sure.text, sure.sources) == ("A telescope.", (told[5].id,))
    assert answer(engine_with(session, Scripted("A telescope", doubt=0.95)), question).text.startswith("I don't find")


@pytest.mark.parametrize(
    ("told", "question"),
    [
        ("They gave my neighbour's cousin locker number 215.", "What is the number of my locker?"),
        ("Yara's photo shoot is on 24 November.", "When is my photo shoot?"),
        ("My running partner is called Tanaka.", "Who is my partner?"),
        ("My sister Ada is allergic to walnuts.", "What am I allergic to?"),
    ],
)
def test_with_its_own_adapter_the_built_in_model_does_not_take_somebody_elses_for_the_users(
    session: Session, told: str, question: str
) -> None:
    tell(session, told)
    assert answer(session.engine, question).text.startswith("I don't find")


def test_with_its_own_adapter_the_built_in_model_answers_in_a_few_words_and_anew_otherwise(session: Session) -> None:
    told = tell(session, *TOLD)
    engine = session.engine
    prepared = engine.prepare(engine.new_chat(), "What is my cat called?")
    answering = engine.answer(prepared, max_tokens=60)
    list(answering)
    assert (answering.text, answering.sources) == ("Tilda.", (told[1].id,))
    chat = engine.keep(prepared, answering)
    anew = engine.answer(engine.prepare_again(chat), seed=3, max_tokens=12)
    list(anew)
    assert anew.text != "Tilda."


def test_its_refusal_is_worded_as_ever_where_memory_alone_can_know_and_nothing_sure_can_be_quoted(
    place: tuple[Session, list[Episode]],
) -> None:
    engine = engine_with(place[0], Scripted(REFUSAL))
    assert answer(engine, "Where is my passport?").text == NOT_FOUND
    assert answer(engine, "What is my cat called?").text.startswith("Tilda. On 4 March 2026 you said")
    hamlet = answer(engine, "Who wrote Hamlet?")
    assert hamlet.text
    assert hamlet.quotation is None


def test_a_value_that_is_known_to_hold_no_longer_is_not_given_as_current(session: Session) -> None:
    supersede(session, *tell(session, "I live in Bern.", "We moved to Lisbon."))
    answering = answer(engine_with(session, Scripted("Bern")), "Where do I live?")
    assert "Lisbon" in answering.text


def test_what_was_forgotten_is_not_read_and_an_answer_that_had_read_it_is_not_kept(session: Session) -> None:
    told = tell(session, *TOLD)
    scripted = Scripted("Tilda")
    engine = engine_with(session, scripted)
    prepared = engine.prepare(engine.new_chat(), "What is my cat called?")
    session.memory.forget([told[1].id])
    answering = engine.answer(prepared)
    list(answering)
    assert all("Tilda" not in text for text in [*chain(*scripted.given), answering.text])
    with pytest.raises(InputError, match="forgotten"):
        engine.keep(prepared, answering)
    answer(engine, "What is my cat called?")
    assert all("Tilda" not in text for text in chain(*scripted.given))


@pytest.fixture
def adapter(place: tuple[Session, list[Episode]], tmp_path: Path) -> Path:
    """An adapter for the built-in model that changes little."""
    folder = place[0].engine._decoder.folder
    assert folder is not None
    (source,) = read_manifest(folder).source.values()
    rng = np.random.default_rng(5)
    tensors: Tensors = {}
    for layer in range(30):
        for half, shape in (("A", (2, 576)), ("B", (192, 2))):
            tensors[f"layers.{layer}.v_proj.lora_{half}"] = rng.normal(0, 0.02, shape).astype(np.float16)
    folder = tmp_path / "adapters" / "answers"
    return write_adapter(folder, tensors, source.sha256, rank=2, prompt_format=READING_FORMAT)


def test_plain_chat_is_the_same_token_for_token_while_an_adapter_is_loaded(
    place: tuple[Session, list[Episode]], adapter: Path
) -> None:
    session, _ = place

    def plain(engine: Engine) -> str:
        return "".join(engine.answer(engine.prepare(engine.new_chat(), "Tell me about the moon."), max_tokens=16))

    before = plain(engine_with(session, None))
    trained = TrainedReader.beside(session.engine._decoder, read_adapter(adapter))
    assert trained is not None
    engine = engine_with(session, trained)
    engine.read_ahead(engine.new_chat())
    loaded = trained.prepare()
    assert answer(engine, "What is my cat called?").text
    assert trained.read > 0
    assert plain(engine) == before
    stopped = engine.answer(engine.prepare(engine.new_chat(), "How old is my cat?"), cancelled=lambda: True)
    assert (list(stopped), stopped.ended) == ([], "cancelled")
    assert trained.prepare() is loaded
    engine.forget_cache()
    assert trained._cache is not None
    assert not any(buffer.any() for buffer in trained._cache.buffers)


def test_where_the_rules_are_sure_it_reads_only_what_they_quote(place: tuple[Session, list[Episode]]) -> None:
    scripted = Scripted("Tilda")
    answer(engine_with(place[0], scripted), "What is my cat called?")
    assert scripted.looked_at == [TOLD[1]]
    assert scripted.given == [[TOLD[1]]]


def test_elsewhere_it_looks_at_many_passages_and_reads_a_few_that_tell_most(session: Session) -> None:
    tell(session, *TOLD, *(f"My telescope stood in room {number} of the museum." for number in range(12)))
    scripted = Scripted("Nothing")
    answer(engine_with(session, scripted), "Which optical instrument did I get?")
    best = list(reversed(scripted.looked_at))
    assert len(best) > MOST_READ
    assert scripted.given == [best[:MOST_READ], best[:1]]


def test_of_those_that_leave_it_as_little_doubt_it_reads_what_the_search_found_first(session: Session) -> None:
    tell(session, *TOLD, *(f"My telescope stood in room {number} of the museum." for number in range(12)))
    engine, asked = engine_with(session, scripted := Scripted("Nothing")), "Which optical instrument did I get?"
    answer(engine, asked)
    scripted.doubt_of_each = [0.2] * len(scripted.looked_at)
    answer(engine, asked)
    assert scripted.given[2:] == [scripted.looked_at[:MOST_READ], scripted.looked_at[:1]]


@pytest.mark.parametrize(
    ("together", "alone", "text"),
    [
        (("A telescope", 0.2), ("The telescope", 0.1), "A telescope."),
        (("A walk", 0.4), ("A telescope", 0.1), "A telescope."),
        (("A telescope", 0.1), ("A walk", 0.4), "A telescope."),
        (("A telescope", 0.1), ("The telescope", 0.45), "A telescope."),
        (("A telescope", 0.1), ("The telescope", 0.95), "I don't find"),
    ],
)
def test_several_passages_and_the_best_one_alone_must_leave_little_doubt_and_the_surer_answer_counts(
    place: tuple[Session, list[Episode]],
    together: tuple[str, float],
    alone: tuple[str, float],
    text: str,
) -> None:
    engine = engine_with(place[0], Scripted(*together, alone=Read(*alone)))
    assert answer(engine, "Which optical instrument did I get?").text.startswith(text)


@pytest.mark.parametrize(
    ("together", "alone", "text"),
    [("A brass telescope", "A telescope", "A telescope."), ("A telescope", REFUSAL, "A telescope.")],
)
def test_of_others_the_best_passage_speaks_alone_and_several_only_where_it_does_not(
    place: tuple[Session, list[Episode]], together: str, alone: str, text: str
) -> None:
    engine = engine_with(place[0], Scripted(together, 0.1, alone=Read(alone, 0.2)))
    assert answer(engine, "Which optical instrument was in the attic?").text.startswith(text)


def test_of_many_passages_the_one_that_tells_leaves_it_the_least_doubt(place: tuple[Session, list[Episode]]) -> None:
    trained = TrainedReader.beside(place[0].engine._decoder)
    assert trained is not None
    lines = [f"The tram was {number} minutes late." for number in range(12)]
    lines.insert(9, "We named the cat Tilda.")
    passages = [ReadingPassage("user", line, datetime(2026, 3, 4, tzinfo=UTC)) for line in lines]

    progress: list[tuple[int, int]] = []

    found = trained.doubts(
        "What is my cat called?",
        passages,
        None,
        cancelled=lambda: False,
        on_prefill=lambda done, total: progress.append((done, total)),
    )
    assert len(found) == 13
    assert found[9] == min(found)
    assert len(progress) == 13
    assert progress[-1][0] == progress[-1][1]
    with pytest.raises(CancelledError):
        trained.doubts("What is my cat called?", passages, None, cancelled=lambda: True)


def test_with_a_damaged_adapter_questions_are_answered_by_quoting_and_the_check_says_so(
    place: tuple[Session, list[Episode]], adapter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, _ = place
    file = adapter / "adapter.safetensors"
    file.write_bytes(file.read_bytes()[:-10])
    monkeypatch.setattr("assistant.models.adapter.ADAPTERS", adapter.parent)
    trained = TrainedReader.beside(session.engine._decoder)
    assert trained is not None
    answering = answer(engine_with(session, trained), "What is my cat called?")
    assert answering.text.startswith("Tilda. On 4 March 2026 you said")
    assert trained.problem is not None
    (finding,) = check._adapters()
    assert not finding.ok
    assert "“answers” is damaged" in finding.detail
    assert "quoting" in finding.detail


def test_the_adapters_that_come_with_hippo_are_whole() -> None:
    for about in ADAPTERS.glob("*/adapter.toml"):
        assert read_adapter(about.parent).matrices()
        assert (about.parent / "CARD.md").is_file()
