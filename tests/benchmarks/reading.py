"""How well questions are answered when the messages that hold the answer are given: no retrieval, only reading.

The readers: "stock", the built-in model as it is; "quote" and "short", which quote; each adapter alone; and with "read"
before its name as the product uses it (borne out by the passages, else quoted). The questions: those of the generated
dialogues (`tests.benchmarks.hema`), or with `--locomo FILE` those of a file in LoCoMo's form (Maharana et al. 2024).

Also: is plain chat the same token for token while an adapter is loaded, and how fast is the model with one?
"""

import argparse
import json
import random
import re
import statistics
import string
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from assistant.conversation.quoting import FirstNames, Passage, Reader, Sources, quote
from assistant.conversation.reading import REFUSAL, ReadingPassage, reading_lines
from assistant.conversation.recounting import recount
from assistant.conversation.trained import TrainedReader
from assistant.models.adapted import load_adapted
from assistant.models.adapter import ADAPTERS, Adapter, read_adapter
from assistant.models.decoder import Decoder
from assistant.models.embedder import Embedder
from assistant.models.generate import generate
from assistant.models.library import EMBEDDER, LANGUAGE_MODEL
from assistant.models.sampling import Sampling
from assistant.models.tokenizer import Message

from .hema.generator import generate as dialogue_of
from .hema.metrics import refuses
from .runtime import PROSE, THREADS, load, model_home

GIVEN = 5
"""Messages that are given where nothing answers."""

Read = Callable[["Question"], str]


@dataclass(frozen=True)
class Question:
    """A question with the messages that answer it.

    Attributes:
        golds: Answers that count as right, the usual one first; () where none of the messages answers.
        wanted: Of each of these the answer has to hold one form.
    """

    text: str
    category: str
    golds: tuple[str, ...]
    wanted: tuple[tuple[str, ...], ...]
    passages: tuple[ReadingPassage, ...]
    asked: datetime


def add_options(parser: argparse.ArgumentParser) -> None:
    """The switches of this benchmark."""
    parser.add_argument("--locomo", type=Path, help="questions from a file in LoCoMo's form")
    parser.add_argument("--adapter", type=Path, action="append", help="an adapter's folder (default: those of Hippo)")
    parser.add_argument("--questions", type=int, default=60, help="how many; 0: all")
    parser.add_argument("--others", type=int, default=0, help="so many other messages beside those that answer")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--listed", action="store_true", help="also list the answers")


def measure(*, quick: bool = False, options: argparse.Namespace) -> dict[str, object]:
    """Token F1, exact matches and refusals by reader and category; the speed with each adapter over that without."""
    asked = list(_of_locomo(options.locomo, options) if options.locomo else _of_dialogues(options))
    random.Random(options.seed).shuffle(asked)
    asked = asked[: 8 if quick else options.questions or len(asked)]
    folders = options.adapter or [folder for folder in sorted(ADAPTERS.glob("*")) if (folder / "adapter.toml").exists()]
    adapters = [read_adapter(folder) for folder in folders]
    with model_home() as home:
        decoder = Decoder.load(home.models / LANGUAGE_MODEL.folder, threads=THREADS)
        embedder = Embedder.load(home.models / EMBEDDER.folder)
        result: dict[str, object] = {"questions": len(asked), "load": load()}
        for name, read in _readers(decoder, embedder, adapters).items():
            began = time.process_time()
            answers = [read(question) for question in asked]
            spent = (time.process_time() - began) / len(asked)
            result[name] = {"cpu_ms": round(1000 * spent), **_scores(asked, answers)}
            if options.listed:
                result[f"{name}: answers"] = [
                    {"question": q.text, "gold": q.golds[:1], "answer": a} for q, a in zip(asked, answers, strict=True)
                ]
        result["speed"] = {adapter.about.name: _speed(decoder, adapter, 2 if quick else 8) for adapter in adapters}
    return result


def _readers(decoder: Decoder, embedder: Embedder, adapters: Sequence[Adapter]) -> dict[str, Read]:
    reader, first_names = Reader(decoder), FirstNames(embedder.embed)
    cache = decoder.new_cache(2048)

    def sources(question: Question) -> Sources:
        passages = [
            Passage(str(place), passage.text, passage.speaker, passage.time, 0.9 - 0.01 * place, asked=passage.asked)
            for place, passage in enumerate(question.passages)
        ]
        return Sources(passages, reader, embedder.embed, first_names)

    def stock(question: Question) -> str:
        text = f"Context:\n{reading_lines(question.passages)}\n\nQuestion: {question.text}\nAnswer in a few words."
        prompt = decoder.tokenizer.encode_chat([Message("user", text)], add_generation_prompt=True)
        return _written(decoder, cache, prompt, 48)

    def quoting(short: bool, question: Question) -> str:
        found = quote(question.text, sources(question), short=short)
        return found.text if found is not None else ""

    def trained(reads: TrainedReader, question: Question) -> str:
        found = reads.answer(question.text, question.passages, None, cancelled=lambda: False)
        return found.text if found is not None else ""

    def recounted(reads: TrainedReader, question: Question) -> str:
        found = recount(question.text, sources(question), reads, asked=question.asked)
        return found.text if found is not None else ""

    readers: dict[str, Read] = {
        "stock": stock,
        "quote": partial(quoting, False),
        "short": partial(quoting, True),
    }
    for adapter in adapters:
        reads = TrainedReader.beside(decoder, adapter)
        if reads is not None:
            readers[adapter.folder.name] = partial(trained, reads)
            readers[f"read {adapter.folder.name}"] = partial(recounted, reads)
    return readers


def _written(decoder: Decoder, cache: Any, prompt: Sequence[int], most: int) -> str:
    sampling = Sampling(temperature=0)
    answer = generate(decoder, cache, prompt, sampling=sampling, max_tokens=most, cancelled=lambda: False)
    return "".join(chunk.text for chunk in answer)


def _scores(asked: Sequence[Question], answers: Sequence[str]) -> dict[str, object]:
    by_category: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    unanswerable: list[float] = []
    for question, answer in zip(asked, answers, strict=True):
        refused = float(refuses(answer) or answer.strip().lower().startswith(REFUSAL.lower().strip(".")))
        if not question.golds:
            unanswerable.append(1 - refused)
            continue
        f1 = max(token_f1(answer, gold) for gold in question.golds)
        by_category[question.category].append((f1, float(_holds(answer, question.wanted)), refused))
    every = [row for rows in by_category.values() for row in rows]
    return {
        **({"token_f1": _mean(every, 0), "exact": _mean(every, 1), "refused": _mean(every, 2)} if every else {}),
        **({"false_answers": round(statistics.fmean(unanswerable), 3)} if unanswerable else {}),
        "token_f1_by_category": {name: _mean(rows, 0) for name, rows in sorted(by_category.items())},
        "exact_by_category": {name: _mean(rows, 1) for name, rows in sorted(by_category.items())},
        "asked_by_category": {name: len(rows) for name, rows in sorted(by_category.items())},
    }


def _mean(rows: Sequence[tuple[float, ...]], column: int) -> float:
    return round(statistics.fmean(row[column] for row in rows), 3)


def _words(text: str) -> list[str]:
    plain = "".join(letter for letter in text.lower() if letter not in string.punctuation)
    return [word for word in plain.split() if word not in {"a", "an", "the", "and"}]


def token_f1(answer: str, gold: str) -> float:
    """Token F1 as for SQuAD (Rajpurkar et al. 2016, arXiv 1606.05250)."""
    given, right = _words(answer), _words(gold)
    same = sum((Counter(given) & Counter(right)).values())
    return 2 * same / (len(given) + len(right)) if same else 0.0


def _holds(answer: str, wanted: Sequence[Sequence[str]]) -> bool:
    text = f" {' '.join(_words(answer))} "
    return all(any(f" {' '.join(_words(form))} " in text for form in forms) for forms in wanted)


def _of_dialogues(options: argparse.Namespace) -> Iterator[Question]:
    """The probes of generated dialogues."""
    for seed in range(options.seed, options.seed + 4):
        dialogue = dialogue_of(150, seed)
        chance = random.Random(f"reading/{seed}")
        for probe in dialogue.probes:
            turns = set(probe.relevant)
            more = options.others if probe.answerable else max(options.others, GIVEN)
            turns.update(chance.sample([t for t in range(len(dialogue.turns)) if t not in turns], more))
            told = tuple(ReadingPassage("user", dialogue.turns[t].user, dialogue.turns[t].time) for t in sorted(turns))
            wanted = tuple(piece.forms for piece in probe.pieces if not piece.denied)
            golds = tuple(" and ".join(forms) for forms in zip(*wanted, strict=False)) or (
                ("no",) if probe.answerable else ()
            )
            asked = dialogue.turns[-1].time
            yield Question(probe.question, probe.category, golds, wanted or (("no", "not"),), told, asked)


def _of_locomo(file: Path, options: argparse.Namespace) -> Iterator[Question]:
    """The answerable questions of a file in LoCoMo's form: categories 1 to 4."""
    for sample in json.loads(file.read_text(encoding="utf-8")):
        said = _said(sample["conversation"])
        chance = random.Random(f"reading/{sample['sample_id']}")
        for asked in sample["qa"]:
            names = {name for raw in asked.get("evidence", []) for name in re.findall(r"D\d+:\d+", raw)} & said.keys()
            if asked["category"] == 5 or not names:
                continue
            names.update(chance.sample([name for name in said if name not in names], options.others))
            told = tuple(passage for name, passage in said.items() if name in names)
            gold = str(asked["answer"])
            latest = max(passage.time for passage in said.values())
            yield Question(asked["question"], str(asked["category"]), (gold,), ((gold,),), told, latest)


def _said(conversation: dict[str, Any]) -> dict[str, ReadingPassage]:
    said: dict[str, ReadingPassage] = {}
    for key, turns in conversation.items():
        if not (key.startswith("session_") and isinstance(turns, list)):
            continue
        start = datetime.strptime(f"{conversation[f'{key}_date_time']} +0000", "%I:%M %p on %d %B, %Y %z")
        for place, turn in enumerate(turns):
            photo = f" [photo: {turn['blip_caption']}]" if turn.get("blip_caption") else ""
            time_said = start + timedelta(minutes=place)
            said[turn["dia_id"]] = ReadingPassage(turn["speaker"], turn["text"] + photo, time_said)
    return said


def _speed(decoder: Decoder, adapter: Adapter, rounds: int) -> dict[str, object]:
    """CPU time without an adapter over that with it, and whether plain chat stays as it is."""
    folder = decoder.folder
    if folder is None:
        raise RuntimeError("the decoder lies nowhere")
    text = decoder.tokenizer.encode(PROSE * 20)
    cache = decoder.new_cache(1024)
    plain = _greedy(decoder, cache, text[:200], 40)
    began = time.process_time()
    adapted = load_adapted(folder, adapter, decoder.tokenizer, threads=THREADS)
    loading = time.process_time() - began
    caches = {"without": cache, "with": adapted.new_cache(1024)}
    models = {"without": decoder, "with": adapted}
    times: dict[str, dict[str, list[float]]] = {"prefill": defaultdict(list), "decode": defaultdict(list)}
    for number in range(rounds):
        for name in sorted(models, reverse=bool(number % 2)):
            caches[name].crop(0)
            began = time.process_time()
            models[name].prefill(caches[name], text[:400])
            read = time.process_time()
            for token in text[400:432]:
                models[name].step(caches[name], token)
            times["prefill"][name].append(read - began)
            times["decode"][name].append((time.process_time() - read) / 32)
    return {
        "plain_chat_is_the_same": plain == _greedy(decoder, cache, text[:200], 40),
        "load_cpu_s": round(loading, 2),
        **{
            f"{what}_ratio": round(float(np.median(np.array(each["without"]) / np.array(each["with"]))), 3)
            for what, each in times.items()
        },
    }


def _greedy(decoder: Decoder, cache: Any, prompt: Sequence[int], count: int) -> list[int]:
    cache.crop(0)
    written = [int(decoder.prefill(cache, prompt).argmax())]
    while len(written) < count:
        written.append(int(decoder.step(cache, written[-1]).argmax()))
    return written
