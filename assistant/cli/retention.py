"""`assistant memory retention`: how long memories are kept, what is due under the rules, and forgetting that."""

import argparse
from datetime import datetime

from assistant.conversation.session import Session
from assistant.errors import InputError
from assistant.memory.forgetting.receipt import Receipt
from assistant.store.records import RetentionRule, new_id

from .opening import confirm
from .output import print_json, record_json, record_line, say, show

FOREVER, UNTIL_FADED = "forever", "until-faded"


def add_retention_options(parser: argparse.ArgumentParser) -> None:
    """Describe the options. Without any: the rules, and what is due."""
    parser.add_argument("--keep", metavar="N|until-faded|forever", help="set a rule: days, until faded, or for ever")
    parser.add_argument("--space", metavar="NAME", help="the rule is about this space; without: about all others")
    parser.add_argument("--preview", action="store_true", help="list what is due")
    parser.add_argument("--apply", action="store_true", help="forget what is due, for good")
    parser.add_argument("--yes", action="store_true", help="do not ask")


def rule_from(text: str, space: str | None) -> RetentionRule:
    """The rule that `--keep` means.

    Raises:
        InputError: It is neither a number of days nor one of the words.
    """
    if text == FOREVER:
        return RetentionRule(id=new_id(), space=space, keep="forever")
    if text == UNTIL_FADED:
        return RetentionRule(id=new_id(), space=space, keep="until-faded")
    if not text.isdecimal():
        raise InputError(f"--keep takes a number of days, {UNTIL_FADED} or {FOREVER}.")
    return RetentionRule(id=new_id(), space=space, keep="days", days=int(text))


def run_retention(session: Session, options: argparse.Namespace) -> Receipt | None:
    """Carry it out. Returns the receipt of what was forgotten; None where that was not asked for."""
    memory = session.memory
    if options.space is not None and options.keep is None:
        raise InputError("--space goes with --keep.")
    if options.keep is not None:
        memory.set_retention(rule_from(options.keep, options.space))
    due = memory.retention_due()
    if options.apply:
        if not due.episodes:
            say("Nothing is due; nothing was forgotten.")
            return Receipt.of_nothing(datetime.now().astimezone())
        if not options.yes:
            for episode in due.episodes:
                say(record_line(episode))
            confirm(f"Forget these {len(due.episodes):,} for good? There is no undo.{_with_them(due.echoes)}")
        return memory.forget_due(due.ids)
    if options.preview:
        for episode in due.episodes:
            if options.json:
                print_json(record_json(memory, episode))
            else:
                show(record_line(episode))
        return None
    if options.json:
        rules = [{"space": r.space, "keep": r.keep, "days": r.days} for r in memory.retention_rules()]
        value = {"rules": rules, "due": len(due.episodes), "answers_that_repeat_it": due.echoes, "spared": due.spared}
        print_json(value | {"spaces": dict(due.spaces)})
        return None
    for rule in memory.retention_rules() or [RetentionRule(id="")]:
        where = "everything else" if rule.space is None else f"space {rule.space!r}" if rule.space else "no space"
        show(f"{where}: {_kept(rule)}")
    show(f"due now: {len(due.episodes):,} (`--preview` lists them, `--apply` forgets them).{_with_them(due.echoes)}")
    if due.spared:
        show(f"spared: {due.spared:,}, because something pinned needs them.")
    return None


def _kept(rule: RetentionRule) -> str:
    if rule.keep == "days":
        return f"kept for {rule.days:,} {'day' if rule.days == 1 else 'days'}"
    return "kept until it has faded" if rule.keep == UNTIL_FADED else "kept for ever"


def _with_them(echoes: int) -> str:
    return f" {echoes:,} {'answer' if echoes == 1 else 'answers'} that repeat them go with them." if echoes else ""
