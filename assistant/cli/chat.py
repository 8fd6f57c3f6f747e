"""`assistant chat`: one answer, a conversation in the terminal, or a batch of questions."""

import argparse
import contextlib
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import msgspec
from msgspec.structs import replace

from assistant.conversation.answering import Answering
from assistant.conversation.chat import Chat
from assistant.conversation.engine import Prepared
from assistant.conversation.session import Session
from assistant.errors import HippoError, InputError
from assistant.models.installed import find_model
from assistant.models.library import LANGUAGE_MODEL
from assistant.models.tokenizer import well_formed
from assistant.paths import Home, home_folder
from assistant.store.records import Episode, State

from .batch import read_lines
from .opening import open_session
from .output import OutputError, print_json, progress_line, say, say_error, show, source_id_of
from .share import exchange_at_the_end


def add_chat_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command's options."""
    parser = commands.add_parser("chat", help="chat in the terminal")
    parser.add_argument(
        "text", nargs="*", type=well_formed, help="one message; without it, and with nothing on stdin, a conversation"
    )
    parser.add_argument("--temporary", action="store_true", help="read and remember nothing")
    parser.add_argument("--model", default="", metavar="NAME", help="answer with this installed model")
    parser.add_argument("--conversation", metavar="ID", help="go on with this conversation")
    parser.add_argument("--seed", type=int, help="for repeatable sampling")
    parser.add_argument("--max-tokens", type=int, help="longest answer")
    parser.add_argument(
        "--answers",
        choices=("auto", "quote", "short", "read", "free"),
        help="how to answer questions about what was told (see the settings)",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object for each turn")
    parser.add_argument("--batch", metavar="FILE", help="answer each line's question on its own; write nothing")
    parser.set_defaults(run=run_chat)


class BatchQuestion(msgspec.Struct, frozen=True):
    """A line of a batch file."""

    question: str
    conversation: str | None = None


def run_chat(options: argparse.Namespace) -> int:
    """Carry out the command; returns the exit status."""
    if options.max_tokens is not None and options.max_tokens < 1:
        raise InputError("--max-tokens must be at least 1.")
    if options.temporary and (options.conversation or options.batch):
        raise InputError("A temporary chat has no memory to read.", next_step="Leave out --temporary.")
    questions = read_lines(Path(options.batch), BatchQuestion, "question") if options.batch else None
    home = home_folder(options.home)
    model = _model_id(home, options.model)
    if options.temporary:
        session = Session(home)
        session.go_temporary()
    else:
        session = open_session(home, create=questions is None, temporary_is_fine=questions is None)
    with contextlib.closing(session):
        session.prepare_models(model=model, progress=progress_line("Preparing the model"))
        if session.model_problem is not None:
            say_error(session.model_problem)
        if options.answers:
            chosen = replace(session.settings.generation, answers=options.answers)
            session.engine.change_settings(replace(session.settings, generation=chosen))
        if questions is not None:
            return _answer_batch(session, questions, options)
        return _converse(session, options)


def _model_id(home: Home, name: str) -> str:
    """The id of the installed model that is called `name`; "" for ""."""
    if name in ("", "built-in", LANGUAGE_MODEL.folder):
        return LANGUAGE_MODEL.folder if name else ""
    return find_model(home, name).id


def _answer_batch(session: Session, questions: list[BatchQuestion], options: argparse.Namespace) -> int:
    for question in questions:
        if question.conversation is None:
            chat = session.engine.new_chat()
        else:
            chat = session.engine.open_chat(question.conversation)
        prepared = session.engine.prepare(chat, question.question, only_conversation=question.conversation is not None)
        answering = _begin(session, prepared, options)
        for _ in answering:
            pass
        if options.json:
            print_json(_turn_json(session, prepared, answering))
        else:
            show(f"{question.question}\n{answering.text.strip()}\n")
    return 0


def _converse(session: Session, options: argparse.Namespace) -> int:
    if options.conversation:
        chat = session.engine.open_chat(options.conversation)
    else:
        chat = session.engine.new_chat(temporary=options.temporary)
    if session.settings.memory.paused and not chat.temporary:
        say("Remembering is paused: nothing is recalled and nothing is kept. The window's memory menu lets it go on.")
    text = " ".join(options.text)
    if not text and not sys.stdin.isatty():
        text = well_formed(sys.stdin.read())
        if not text.strip():
            raise InputError("There is nothing to answer.", next_step="Give a message as text or on stdin.")
    if text:
        _turn(session, chat, text, options)
        session.consolidate()
        exchange_at_the_end(session)
        return 0
    say("Chat with Hippo. Ctrl+C stops an answer, Ctrl+D ends." + (" Nothing is remembered." if chat.temporary else ""))
    while True:
        try:
            with _reading_ahead(session, chat):
                say("\nYou: ", end="")
                text = well_formed(input())
        except (EOFError, KeyboardInterrupt):
            say("")
            return 0
        if text.strip():
            try:
                chat = _turn(session, chat, text, options)
            except OutputError:
                raise
            except HippoError as error:
                say_error(error)


def _turn(session: Session, chat: Chat, text: str, options: argparse.Namespace) -> Chat:
    prepared = session.engine.prepare(chat, text)
    with _stoppable() as stopped:
        answering = _begin(session, prepared, options, stopped)
        for piece in answering:
            if not options.json:
                show(piece, end="")
    # The turn is kept before it is reported: what was acknowledged is safe.
    chat = session.engine.keep(prepared, answering)
    if options.json:
        print_json(_turn_json(session, prepared, answering))
    else:
        show("")
        for found in prepared.recalled:
            day = f"{found.record.time:%Y-%m-%d}"
            pinned = " pinned" if isinstance(found.record, Episode) and found.record.state is State.PINNED else ""
            say(f"  remembered{pinned} {found.record.id[:8]} {day}: {' '.join(found.record.text.split())[:70]}")
    return chat


@contextlib.contextmanager
def _reading_ahead(session: Session, chat: Chat) -> Iterator[None]:
    """Let memory consolidate, and the model read what it knows already, while the person types."""
    typed = threading.Event()

    def read() -> None:
        # The store is this thread's while the person types.
        session.consolidate(cancelled=typed.is_set)
        # What cannot be read ahead fails in the turn, which tells about it.
        with contextlib.suppress(HippoError):
            session.engine.read_ahead(chat, cancelled=typed.is_set)
            if title := session.engine.title_for(chat, cancelled=typed.is_set):
                session.engine.entitle(chat, title)

    reader = threading.Thread(target=read)
    try:
        reader.start()
        yield
    finally:
        typed.set()
        with _stoppable():  # The reader ends at once: Ctrl+C need not break off the wait for it.
            if reader.ident is not None:
                reader.join()


class _Stop:
    """Whether the answer should stop: false until Ctrl+C."""

    def __init__(self) -> None:
        self.wanted = False

    def __call__(self) -> bool:
        return self.wanted


@contextlib.contextmanager
def _stoppable() -> Iterator[_Stop]:
    stop = _Stop()

    def on_interrupt(number: int, frame: FrameType | None) -> None:
        stop.wanted = True

    before = signal.signal(signal.SIGINT, on_interrupt)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def _begin(session: Session, prepared: Prepared, options: argparse.Namespace, stop: _Stop | None = None) -> Answering:
    return session.engine.answer(
        prepared, cancelled=stop or (lambda: False), seed=options.seed, max_tokens=options.max_tokens
    )


def _turn_json(session: Session, prepared: Prepared, answering: Answering) -> dict[str, object]:
    memories = [
        {"id": found.record.id, "source_id": source_id_of(session.memory, found.record), "score": found.score}
        for found in prepared.recalled
    ]
    return {
        "question": prepared.question,
        "answer": answering.text.strip(),
        "memories": memories,
        "quoted": list(answering.sources),
        "conversation": prepared.chat.conversation.id,
        "prompt_tokens": len(prepared.prompt.tokens),
        "ms": {
            "recall": round(prepared.recall_ms, 1),
            "prefill": round(answering.prefill_ms, 1),
            "generate": round(answering.generate_ms, 1),
        },
    }
