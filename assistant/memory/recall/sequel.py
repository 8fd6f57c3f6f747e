"""What the same person said later in the same words: where a change of mind is told, it names what it changes."""

from typing import Final

import numpy as np
import numpy.typing as npt

from assistant.memory.recall.layout import Layout
from assistant.store.index import SearchIndex
from assistant.store.terms import search_terms

MOST_COMMON: Final = 0.02
"""A term that more than this share of all rows hold, and more than `FEW_ROWS`, says too little."""
FEW_ROWS: Final = 40


def sequel(
    index: SearchIndex, layout: Layout, row: int, text: str, wanted: npt.NDArray[np.bool_], *, limit: int
) -> list[int]:
    """Rows that share the rarer words of a row, were said after it by its speaker, and are wanted; the nearest first.

    Args:
        index: For the words.
        layout: For speakers and times.
        row: Of the message.
        text: Its words, or the part of them that matters.
        wanted: bool (rows,).
        limit: At most so many.
    """
    most = max(FEW_ROWS, int(MOST_COMMON * len(index)))
    scores: dict[int, float] = {}
    for match in index.matches(search_terms(text)):
        if 1 < len(match.rows) <= most:
            for found, score in zip(match.rows.tolist(), match.scores.tolist(), strict=True):
                scores[found] = scores.get(found, 0.0) + score
    later = [
        found
        for found in scores
        if found < len(wanted)
        and wanted[found]
        and layout.time[found] > layout.time[row]
        and layout.role[found] == layout.role[row]
    ]
    later.sort(key=lambda found: (-scores[found], found))
    return later[:limit]
