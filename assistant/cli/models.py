"""`assistant models`: the language models that are installed."""

import argparse

from assistant.models.decoder import Decoder
from assistant.models.library import ensure_language_model, installed_models
from assistant.paths import home_folder

from .output import print_json, progress_line, show


def add_models_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the verbs and their options."""
    parser = commands.add_parser("models", help="language models on this machine")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name, run, text in (
        ("list", _list, "what is installed"),
        ("check", _check, "load the built-in model, mending it if it is damaged"),
    ):
        verb = verbs.add_parser(name, help=text)
        verb.add_argument("--json", action="store_true", help="JSON lines on stdout")
        verb.set_defaults(run=run)


def _list(options: argparse.Namespace) -> int:
    for model in installed_models(home_folder(options.home)):
        value = {
            "name": model.name,
            "architecture": model.architecture,
            "bytes": model.size,
            "context": model.context,
        }
        if options.json:
            print_json(value)
        else:
            show(f"{model.name}  {model.architecture}  {model.size / 1e6:,.0f} MB  {model.context:,} tokens")
    return 0


def _check(options: argparse.Namespace) -> int:
    home = home_folder(options.home)
    home.create()
    decoder = Decoder.load(ensure_language_model(home, progress=progress_line("Preparing the built-in model")))
    value = {"name": decoder.name, "context": decoder.context_length, "ok": True}
    if options.json:
        print_json(value)
    else:
        show(f"{decoder.name}: ready, {decoder.context_length:,} tokens of context.")
    return 0
