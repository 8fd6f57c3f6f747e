"""What was forgotten, in the user's words: the lines of a receipt. Holds no content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

if TYPE_CHECKING:
    from assistant.conversation.safekeeping import Erasure
    from assistant.memory.forgetting.receipt import Receipt


def receipt_lines(receipt: Receipt) -> list[str]:
    """A receipt, a fact a line."""
    only_facts = bool(receipt.facts_dropped and not receipt.episodes)
    lines = [
        tr("Forgotten for good: %Ln facts.", receipt.facts_dropped)
        if only_facts
        else tr("Forgotten for good: %Ln memories.", receipt.episodes)
    ]
    for number, words in (
        (receipt.echoes, tr("%Ln answers of Hippo's that repeated it went too.", receipt.echoes)),
        (receipt.summaries_rebuilt, tr("%Ln summaries rebuilt from what is left.", receipt.summaries_rebuilt)),
        (receipt.summaries_dropped, tr("%Ln summaries dropped: nothing was left of it.", receipt.summaries_dropped)),
        (receipt.facts_rebuilt, tr("%Ln facts rebuilt from what is left.", receipt.facts_rebuilt)),
        (0 if only_facts else receipt.facts_dropped, tr("%Ln facts dropped with it.", receipt.facts_dropped)),
        (receipt.conversations, tr("%Ln empty chats removed.", receipt.conversations)),
        (receipt.usages, tr("%Ln records of use removed.", receipt.usages)),
    ):
        if number:
            lines.append(words)
    freed = tr("%Ln sealed rows purged, {bytes} bytes reclaimed.", receipt.rows)
    lines.append(freed.format(bytes=QLocale().toString(receipt.bytes_reclaimed)))
    searched = (
        tr("%Ln files of the store searched: none of the sealed bytes are left.", receipt.files_searched)
        if receipt.verified
        else tr("%Ln files of the store searched: some sealed bytes could NOT be removed.", receipt.files_searched)
    )
    return [*lines, searched]


def erasure_lines(erasure: Erasure) -> list[str]:
    """What forgetting everything did, a fact a line."""
    lines = receipt_lines(erasure.receipt)
    lines.append(tr("The keys were destroyed: copies of the memory's files open with none."))
    if not erasure.keyring_cleared:
        lines.append(tr("The keyring did not answer: an entry called Hippo is left there. It opens nothing any more."))
    if erasure.backups_removed:
        lines.append(tr("Backups deleted: {n}.").format(n=QLocale().toString(len(erasure.backups_removed))))
    there = tr("Still there, and opened by its own passphrase or code: {path}")
    return lines + [there.format(path=path) for path in erasure.backups_left]


def tr(text: str, n: int = -1) -> str:
    """The text in the user's language, said of `n` where it holds %n."""
    return QCoreApplication.translate("Receipt", text, None, n)
