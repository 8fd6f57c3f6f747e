"""One memory with a dialogue in it, and what can be measured there: prompts, rankings, answers, the cost of a turn."""

import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, TypeVar

import numpy as np
from msgspec.structs import replace as changed

from assistant.conversation.engine import LEAST_RELEVANT, Engine, Prepared
from assistant.conversation.trained import TrainedReader
from assistant.memory.memory import Memory
from assistant.memory.salience.weight import Salience
from assistant.models.decoder import Decoder
from assistant.models.embedder import Embedder
from assistant.models.library import ensure_embedder, ensure_language_model
from assistant.paths import Home
from assistant.settings import Generation
from assistant.store.records import Episode, Fact, Standing, Summary, Usage, new_id

from .ablations import ABLATIONS, Ablation, settings_for
from .dialogue import Dialogue, Probe
from .ingest import CachingEmbedder, ingest, new_conversation, open_memory, said_in
from .metrics import (
    Line,
    average_precision,
    mentions,
    precision_at,
    recall_at,
    says_past,
    separation,
    shows,
    shows_stale,
)

TAIL_MESSAGES = 400
"""Messages of a long chat that a probe's prompt is built from: many more than its dialogue tail can hold."""

ANSWER_TOKENS = 120
"""Room for a quotation with its date; a model of its own words ends long before."""

Counts = dict[str, list[float]]
T = TypeVar("T")


def say(text: str) -> None:
    """A line on stderr."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {text}\n")
    sys.stderr.flush()


class Bench:
    """The models of a run, a folder for its memories, and the form of its answers."""

    def __init__(self, scratch: Path, form: Literal["auto", "quote", "short", "free", "read"] = "auto") -> None:
        home = Home(scratch / "home")
        home.create()
        self.scratch = scratch
        self.generation = Generation(answers=form)
        self.decoder = Decoder.load(ensure_language_model(home))
        self.embedder = Embedder.load(ensure_embedder(home))


class Place:
    """One memory with a dialogue in it, and an engine over it."""

    def __init__(self, bench: Bench, dialogue: Dialogue, embedder: CachingEmbedder, folder: Path, fading: str) -> None:
        self.bench, self.dialogue, self.fading = bench, dialogue, fading
        self.embedder: Embedder = embedder
        self.memory = open_memory(folder, lambda: self.embedder)
        self.memory.salience = Salience(as_printed=fading == "printed")
        self.conversation = new_conversation(dialogue)
        trained = TrainedReader.beside(bench.decoder)
        self.engine = Engine(bench.decoder, self.memory, settings_for(ABLATIONS["none"]), trained=trained)
        self.cast = [who.name for who in dialogue.cast]

    def close(self) -> None:
        self.engine.forget_cache()
        self.memory.store.close()

    def fill(self, turns: range) -> None:
        last = 0

        def progress(done: int) -> None:
            nonlocal last
            if done - last >= 1000:
                last = done
                say(f"{len(self.dialogue.turns)} turns: {done} are in")

        ingest(self.memory, self.dialogue, turns, idle=self._idle, progress=progress)
        self.chat = self.engine.open_chat(self.conversation.id)
        self.texts = {message.id: message.text for message in self.chat.messages}
        self.short = replace(self.chat, messages=self.chat.messages[-TAIL_MESSAGES:])
        self.forgetful = replace(self.chat, temporary=True)

    def _idle(self, memory: Memory) -> None:
        memory.fades = bool(self.fading)
        memory.summarise(self.conversation.id)
        memory.consolidate()

    @contextmanager
    def using(self, ablation: Ablation) -> Iterator[Engine]:
        """The engine, with the parts of memory of an ablation."""
        self.engine.change_settings(changed(settings_for(ablation), generation=self.bench.generation))
        yield self.engine

    def probe(self, ablation: Ablation, counts: Counts, by_category: Counts) -> list[dict[str, Any]]:
        """Build the prompt of every probe and see what it shows. Returns what was missed."""
        missed: list[dict[str, Any]] = []
        say(f"{len(self.dialogue.turns)} turns, seed {self.dialogue.seed}: {ablation.name}")
        with self.using(ablation) as engine:
            for probe in self.dialogue.probes:
                prepared = engine.prepare(self.short, probe.question)
                counts["prompt_tokens"].append(len(prepared.prompt.tokens))
                lines = self.lines(prepared)
                if not probe.answerable:
                    counts["something_recalled"].append(bool(prepared.recalled))
                    if probe.category == "nobody":
                        counts["something_recalled_of_nobody"].append(bool(prepared.recalled))
                    continue
                evidence = [{self.dialogue.message_id(t) for t in piece.turns} for piece in probe.pieces]
                shown = all(shows(lines, p, ids, self.cast) for p, ids in zip(probe.pieces, evidence, strict=True))
                counts["in_prompt"].append(shown)
                counts["in_prompt_near" if probe.near else "in_prompt_far"].append(shown)
                counts["value_in_prompt"].append(all(mentions(lines, piece) for piece in probe.pieces))
                quoted = {line.message for line in lines}
                counts["evidence_in_prompt"].append(all(ids & quoted for ids in evidence))
                if probe.stale_turns:
                    stale = {self.dialogue.message_id(turn) for turn in probe.stale_turns}
                    counts["stale_in_prompt"].append(shows_stale(lines, probe, evidence, stale, self.cast))
                by_category[probe.category].append(shown)
                if not shown:
                    missed.append(self._miss(probe))
        return missed

    def _miss(self, probe: Probe) -> dict[str, Any]:
        told = [self.dialogue.turns[turn].user for turn in probe.evidence]
        return {"question": probe.question, "category": probe.category, "kind": probe.kind, "told": told}

    def lines(self, prepared: Prepared) -> list[Line]:
        """What a prompt shows, line by line, without the question."""
        lines = [Line(self.texts[message], message) for message in prepared.prompt.dialogue]
        for found in prepared.recalled:
            record = found.record
            if isinstance(record, Episode):
                lines.append(Line(record.text, record.message))
            elif isinstance(record, Fact):
                lines.append(Line(_fact_text(record), past=record.standing is Standing.SUPERSEDED))
            elif isinstance(record, Summary):
                lines.extend(Line(line) for line in record.text.split("\n"))
        for part in prepared.prompt.parts:
            if part.name not in ("system", "dialogue", "memories", "question"):
                lines.extend(Line(line, past=says_past(line)) for line in part.text.split("\n"))
        return lines

    def rankings(self) -> Counts:
        """How good and how quick recall is, beside plain cosine over the user's messages."""
        counts: Counts = defaultdict(list)
        scores: dict[str, list[float]] = {"": [], "cosine ": []}
        hits: dict[str, list[bool]] = {"": [], "cosine ": []}
        best: dict[bool, list[float]] = {True: [], False: []}
        total = 0
        index = self.memory.store.index
        said = [message for message in self.memory.episodes_of(self.conversation.id) if message.role == "user"]
        rows = np.array([index.row(message.id) for message in said])
        for probe in self.dialogue.probes:
            began = time.perf_counter()
            self.bench_recall(probe.question)
            counts["retrieval_ms"].append((time.perf_counter() - began) * 1000)
            found = self.memory.recall(probe.question, limit=50, answers=False)
            vector = self.bench.embedder.embed([probe.question])[0]
            similar = index.similarities(vector)[rows]
            nearest = np.argsort(-similar, kind="stable")[:50]
            ranked = {
                "": [(f.record.message, f.score) for f in found if isinstance(f.record, Episode)],
                "cosine ": [(said[i].message, float(similar[i])) for i in nearest],
            }
            relevant = {self.dialogue.message_id(turn) for turn in probe.relevant}
            total += len(relevant)
            best[probe.answerable].append(max((f.score for f in found), default=0.0))
            for name, ranking in ranked.items():
                ids = [message for message, _ in ranking]
                scores[name] += [score for _, score in ranking]
                hits[name] += [message in relevant for message in ids]
                if probe.answerable:
                    counts[f"{name}p_at_5"].append(precision_at(5, ids, relevant))
                    counts[f"{name}r_at_50"].append(recall_at(50, ids, relevant))
                    counts[f"{name}hit_at_10"].append(
                        all({self.dialogue.message_id(t) for t in piece.turns} & {*ids[:10]} for piece in probe.pieces)
                    )
                    labels = [message in relevant for message in ids]
                    counts[f"{name}mean_ap"].append(average_precision(range(len(ids), 0, -1), labels, len(relevant)))
        counts["score_tells_unanswerable"].append(separation(best[True], best[False]))
        for name in scores:
            counts[f"{name}auprc"].append(average_precision(scores[name], hits[name], total))
        return counts

    def facts(self) -> Counts:
        """What the extracted facts know of the probes' values, apart from what a prompt shows of them."""
        counts: Counts = defaultdict(list)
        facts = self.memory.store.all(Fact, vectors=False)
        lines = [(Line(_fact_text(fact), past=says_past(fact.text)), fact.standing) for fact in facts]
        current = [line for line, standing in lines if standing is not Standing.SUPERSEDED]
        for probe in self.dialogue.probes:
            if probe.answerable and probe.category != "multi":
                of = "previous" if probe.category == "previous" else "current"
                known = [line for line, _ in lines] if of == "previous" else current
                counts[f"fact_of_{of}_value"].append(shows(known, probe.pieces[0], (), self.cast))
            if probe.stale and probe.category != "multi":
                outdated = replace(probe.pieces[0], forms=probe.stale, told_as=())
                # "Has replaced the harp with a cello" tells of the change itself.
                unaware = [line for line in current if not line.past and not mentions([line], probe.pieces[0])]
                counts["fact_still_stale"].append(shows(unaware, outdated, (), self.cast))
        counts["facts_a_turn"].append(len(facts) / len(self.dialogue.turns))
        return counts

    def bench_recall(self, question: str) -> None:
        """One recall as a turn makes it, embedding included and not from the cache."""
        self.bench.embedder.embed([question])
        self.memory.recall(question, limit=10, answers=False, least=LEAST_RELEVANT)

    def answers(self, ablations: Iterable[Ablation], sample: Sequence[Probe]) -> dict[str, dict[str, str]]:
        """What the model answers, by ablation and question."""
        told = len(self.chat.messages) // 2
        asked = [probe for probe in sample if not probe.answerable or max(probe.relevant) < told]
        given: dict[str, dict[str, str]] = {}
        for ablation in ablations:
            if sample:
                say(f"{len(self.dialogue.turns)} turns: the model answers, {ablation.name}")
            given[ablation.name] = {}
            with self.using(ablation) as engine:
                for probe in asked:
                    answering = engine.answer(engine.prepare(self.short, probe.question), max_tokens=ANSWER_TOKENS)
                    given[ablation.name][probe.question] = "".join(answering)
        return given

    def turn_costs(self, ablation: Ablation, rounds: int = 12) -> Counts:
        """What memory adds to a turn, in ms, on the real path: prepare, then keep. The turns stay in the memory."""
        counts: Counts = defaultdict(list)
        self.embedder = self.bench.embedder
        with self.using(ablation) as engine:
            for i in range(rounds):
                asked = self.dialogue.probes[i % len(self.dialogue.probes)].question
                times = self._one_turn(engine, f"{asked} It is the question number {i}.")
                # The first ones find nothing ready yet.
                if i >= 2:
                    extend(counts, times)
        return counts

    def _one_turn(self, engine: Engine, text: str) -> Counts:
        began = time.perf_counter()
        engine.prepare(self.forgetful, text)
        bare = (time.perf_counter() - began) * 1000
        began = time.perf_counter()
        prepared = engine.prepare(self.chat, text)
        whole = (time.perf_counter() - began) * 1000
        position = self.memory.next_position(self.conversation.id)
        question, answer = said_in(self.dialogue, len(self.dialogue.turns) - 1)
        said = [
            replace(question, text=text, position=position, id=new_id()),
            replace(answer, text="I see, thank you.", position=position + 1, id=new_id()),
        ]
        usage = Usage(id=new_id(), answer=said[1].id, conversation=self.conversation.id, time=answer.time, turn=0)
        began = time.perf_counter()
        self.memory.keep_turn(self.conversation, said, used=prepared.recalled, usage=usage)
        keep = (time.perf_counter() - began) * 1000
        return {
            "prepare_ms": [whole],
            "added_before_prefill_ms": [whole - bare],
            "keep_ms": [keep],
            "added_ms": [whole - bare + keep],
        }


def _fact_text(fact: Fact) -> str:
    subject = "the user" if fact.subject == "user" else fact.subject
    return f"{subject}: {fact.text}"


def extend(counts: Counts, more: Counts, prefix: str = "") -> None:
    """Add figures to others of the same names."""
    for name, values in more.items():
        counts[f"{prefix}{name}"].extend(values)
