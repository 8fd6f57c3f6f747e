"""How the answer under way looks: what is written so far, and how far it is or why it stopped."""

from PySide6.QtCore import QCoreApplication, QLocale

from assistant.errors import InputError
from assistant.ui.chat.message_row import MessageRow, speed_words
from assistant.ui.chat.turn import Phase, Turn


def cannot_be_sent(turn: Turn) -> bool:
    """Whether the message itself is the matter (it is too long), so that trying again would be in vain."""
    return isinstance(turn.error, InputError) and not turn.waits_to_be_kept


def draw_live(row: MessageRow, turn: Turn) -> None:
    """Show the turn in its row as it is now."""
    row.show_text(turn.text)
    if turn.phase is Phase.RECALLING or (turn.phase is Phase.READING and not turn.read[1]):
        row.show_progress(_tr("Remembering…"))
    elif turn.phase is Phase.READING:
        done, total = turn.read
        words = _tr("Reading {done} of {total} tokens")
        row.show_progress(
            words.format(done=QLocale().toString(done), total=QLocale().toString(total)),
            done,
            total,
        )
    elif turn.phase is Phase.WRITING:
        speed = f" · {speed_words(turn.speed)}" if turn.speed else ""
        row.show_progress(_tr("Writing") + speed, bar=False)
    elif turn.phase is Phase.KEEPING:
        row.show_progress(_tr("Keeping this in memory…"), bar=False)
    elif turn.phase is Phase.FAILED and turn.error is not None:
        unkept = turn.waits_to_be_kept
        said = str(turn.error)
        row.show_notice(
            _tr("This answer is not kept yet. {why}").format(why=said) if unkept else said,
            error=True,
            retry_text="" if cannot_be_sent(turn) else _tr("Try again"),
            edit_text=_tr("Leave it out") if unkept else _tr("Edit message"),
        )
    elif turn.phase is Phase.STOPPED:
        row.show_notice(
            _tr("Stopped before the answer began. Nothing of this was kept."),
            error=False,
            retry_text=_tr("Try again"),
            edit_text=_tr("Edit message"),
        )


def _tr(words: str) -> str:
    return QCoreApplication.translate("LiveRow", words)
