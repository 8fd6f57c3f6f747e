"""That a run counts what it says, with the real memory and the real models, on one short dialogue."""

import argparse
import functools
from typing import Any

import pytest

from assistant.models.library import EMBEDDER, LANGUAGE_MODEL
from assistant.paths import Home

from .ablations import ABLATIONS
from .place import Place
from .run import Plan, run
from .table import as_markdown


@pytest.fixture(scope="module")
def result(model_home: Home) -> dict[str, Any]:
    some = [ABLATIONS[name] for name in ("none", "compact + vector")]
    with pytest.MonkeyPatch.context() as patch:
        for verb, model in (("ensure_language_model", LANGUAGE_MODEL), ("ensure_embedder", EMBEDDER)):
            patch.setattr(f"tests.benchmarks.hema.place.{verb}", lambda home, at=model.folder: model_home.models / at)
        patch.setattr(Place, "turn_costs", functools.partialmethod(Place.turn_costs, rounds=3))
        return run(Plan([52], some, answers=2, answers_at=[52], dialogues=1))


def test_recall_brings_evidence_into_the_prompt_that_is_not_there_without_it(result: dict[str, Any]) -> None:
    ablations = result["lengths"][0]["ablations"]
    assert ablations["none"]["in_prompt"] < ablations["compact + vector"]["in_prompt"]
    assert ablations["none"]["something_recalled"] == 0.0
    assert ablations["none"]["prompt_tokens"] < ablations["compact + vector"]["prompt_tokens"]


def test_every_share_is_one(result: dict[str, Any]) -> None:
    length = result["lengths"][0]
    rows = [length["retrieval"], *length["ablations"].values(), *length["in_prompt_by_category"].values()]
    shares = {
        k: v for row in rows for k, v in row.items() if "_ms" not in k and k not in ("prompt_tokens", "facts_a_turn")
    }
    assert {name: share for name, share in shares.items() if not 0 <= share <= 1} == {}


def test_the_model_answered_the_sample(result: dict[str, Any]) -> None:
    assert len(result["lengths"][0]["answered"]) == 2
    assert "answer_right" in result["lengths"][0]["ablations"]["none"]


def test_the_table_holds_a_row_for_each_ablation_and_the_command(result: dict[str, Any]) -> None:
    options = argparse.Namespace(turns="60", answers=2, answers_at="60", seed=1)
    table = as_markdown(result, options)
    assert "| compact + vector | " in table
    assert "| plain cosine | " in table
    assert "`python -m tests.benchmarks hema --turns 60 --answers 2 --answers-at 60 --seed 1`" in table
