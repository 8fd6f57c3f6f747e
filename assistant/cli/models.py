"""`assistant models`: the language models on this machine, and those that can be downloaded."""

import argparse
from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec.structs import replace

from assistant.errors import HippoError, InputError
from assistant.models.add import Step, add_from_catalogue, add_path
from assistant.models.catalogue import catalogue, find_entry, machine_memory
from assistant.models.decoder import Decoder
from assistant.models.download import discard, unfinished
from assistant.models.hub import look_up
from assistant.models.installed import (
    Installed,
    damaged_files,
    ensure_chosen_model,
    find_model,
    installed_models,
    remove_model,
)
from assistant.models.library import LANGUAGE_MODEL, ensure_language_model
from assistant.models.speed import known_speed, measure_speed
from assistant.paths import Home, home_folder
from assistant.settings import load_settings, save_settings

from .output import print_json, progress_line, say, show


def add_models_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the verbs and their options."""
    parser = commands.add_parser("models", help="language models on this machine")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        described = verbs.add_parser(name, help=text)
        described.add_argument("--json", action="store_true", help="JSON lines on stdout")
        described.set_defaults(run=run)
        return described

    verb("list", _list, "what is installed")
    offering = verb("catalogue", _catalogue, "what can be downloaded")
    offering.add_argument("--online", action="store_true", help="ask the hub how large each download is")
    adding = verb("add", _add, "add a GGUF file, an ONNX folder, or download one of the catalogue")
    adding.add_argument("what", metavar="FILE|FOLDER|NAME", help="a path, or a name of the catalogue")
    adding.add_argument("--name", default="", help="what to call it")
    verb("remove", _remove, "remove a model, or what was received of one").add_argument("name", metavar="NAME")
    verb("use", _use, "let a model answer").add_argument("name", metavar="NAME", help="an installed model, or built-in")
    checking = verb("check", _check, "look for damage, and mend the built-in model")
    checking.add_argument("name", metavar="NAME", nargs="?", default="", help="only this model")
    measuring = verb("measure", _measure, "how fast a model is on this machine")
    measuring.add_argument("name", metavar="NAME", nargs="?", default="", help="else the one in use")


def _described(model: Installed, used: str) -> dict[str, object]:
    return {
        "id": model.id,
        "name": model.name,
        "architecture": model.architecture,
        "bytes": model.size,
        "context": model.context,
        "licence": model.licence,
        "origin": model.origin,
        "built_in": model.built_in,
        "in_use": model.id == used,
        "write_tokens_per_second": speed.write if (speed := known_speed(model.folder)) else None,
    }


def _used(home: Home) -> str:
    """The id of the model that answers."""
    return load_settings(home).generation.model or LANGUAGE_MODEL.folder


def _show_model(model: Installed, used: str, options: argparse.Namespace) -> None:
    if options.json:
        print_json(_described(model, used))
    else:
        mark = "*" if model.id == used else " "
        facts = f"{model.architecture}  {model.size / 1e6:,.0f} MB  {model.context:,} tokens"
        show(f"{mark} {model.id}  {model.name}  {facts}{'  ' if model.licence else ''}{model.licence}")


def _list(options: argparse.Namespace) -> int:
    home = home_folder(options.home)
    used = _used(home)
    for model in installed_models(home):
        _show_model(model, used, options)
    for name, received in unfinished(home).items():
        if not options.json:
            share = received.done / max(received.total, 1)
            show(f"… {name}  {share:.0%} of {received.total / 1e6:,.0f} MB received; `models add {name}` goes on")
    return 0


def _catalogue(options: argparse.Namespace) -> int:
    home = home_folder(options.home)
    installed = {model.id for model in installed_models(home)}
    started, memory = unfinished(home), machine_memory()
    for entry in catalogue():
        fits = not memory or entry.memory < memory
        size = sum(file.size for file in look_up(entry.repository, entry.files).files) if options.online else 0
        if options.json:
            received = started[entry.id].done if entry.id in started else 0
            state = {"installed": entry.id in installed, "received": received, "fits": fits}
            print_json(msgspec.to_builtins(entry) | state | ({"bytes": size} if options.online else {}))
        else:
            mark = "*" if entry.id in installed else "…" if entry.id in started else " "
            note = "" if fits else "  (more memory than this machine has)"
            large = f"{size / 1e9:4.1f} GB download  " if options.online else ""
            show(
                f"{mark} {entry.id:16} {large}{entry.memory:4.1f} GB memory  {entry.licence:10}  {entry.summary}{note}"
            )
    return 0


def _add(options: argparse.Namespace) -> int:
    home, path = home_folder(options.home), Path(options.what).expanduser()
    if path.exists() or path.suffix.lower() in (".gguf", ".onnx"):
        model = add_path(home, path, name=options.name, progress=progress_line(f"Adding {path.name}"))
    else:
        entry = find_entry(options.what)
        if options.name:
            raise InputError("A model of the catalogue keeps its name.", next_step="Leave --name out.")
        try:
            model = add_from_catalogue(home, entry, progress=_step_line(entry.name))
        except KeyboardInterrupt:
            say(f"\nStopped. `assistant models add {entry.id}` goes on, `assistant models remove {entry.id}` gives up.")
            return 130
    _show_model(model, _used(home), options)
    return 0


def _step_line(name: str) -> Callable[[Step], None]:
    receiving, preparing = progress_line(f"Downloading {name}"), progress_line(f"Preparing {name}")
    return lambda step: (receiving if step.stage == "download" else preparing)(step.share)


def _remove(options: argparse.Namespace) -> int:
    home = home_folder(options.home)
    name = _as_entry(options.name)
    if name in unfinished(home):
        discard(home, name)
        removed = name
    else:
        removed = remove_model(home, options.name).id
        if _used(home) == removed:
            _answer_with(home, "")
            say("The built-in model answers from now on.")
    if options.json:
        print_json({"removed": removed})
    else:
        show(f"{removed} was removed.")
    return 0


def _as_entry(name: str) -> str:
    try:
        return find_entry(name).id
    except HippoError:
        return name


def _use(options: argparse.Namespace) -> int:
    home = home_folder(options.home)
    if options.name in ("built-in", LANGUAGE_MODEL.folder):
        chosen = ""
    else:
        model = find_model(home, options.name)
        chosen = "" if model.built_in else model.id
        ensure_chosen_model(home, chosen)
    _answer_with(home, chosen)
    if options.json:
        print_json({"model": chosen or LANGUAGE_MODEL.folder})
    else:
        show(f"{chosen or LANGUAGE_MODEL.name} answers from now on.")
    return 0


def _answer_with(home: Home, model: str) -> None:
    settings = load_settings(home)
    save_settings(home, replace(settings, generation=replace(settings.generation, model=model)))


def _check(options: argparse.Namespace) -> int:
    home = home_folder(options.home)
    home.create()
    ensure_language_model(home, progress=progress_line("Preparing the built-in model"))
    models = [find_model(home, options.name)] if options.name else installed_models(home)
    fine = True
    for model in models:
        problem = _problem(model)
        fine &= not problem
        value = {"id": model.id, "name": model.name, "context": model.context, "ok": not problem}
        if options.json:
            print_json(value | ({"problem": problem} if problem else {}))
        else:
            show(f"{model.name}: {problem or f'ready, {model.context:,} tokens of context.'}")
    return 0 if fine else 1


def _problem(model: Installed) -> str:
    """What is wrong with a model, or ""."""
    try:
        damaged = damaged_files(model)
        if damaged:
            return f"damaged ({', '.join(damaged)}). Remove it and add it again."
        Decoder.load(model.folder)
    except HippoError as error:
        return str(error)
    return ""


def _measure(options: argparse.Namespace) -> int:
    home = home_folder(options.home)
    name = options.name or load_settings(home).generation.model
    folder = ensure_chosen_model(home, name, progress=progress_line("Preparing the model"))
    speed = measure_speed(folder, progress=progress_line("Measuring"))
    if options.json:
        value = {"read_tokens_per_second": speed.read, "write_tokens_per_second": speed.write}
        print_json({"id": folder.name} | value | {"load_ms": speed.load_ms})
    else:
        show(f"{folder.name}: reads {speed.read:,.0f} and writes {speed.write:,.1f} tokens a second.")
    return 0
