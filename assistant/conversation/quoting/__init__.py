"""Answering a question about what was told by quoting it. For models too small to be trusted with a paraphrase.

Nothing here is invented: the words are the user's own, a date, or that nothing was found. In order: `evidence` gathers
passages, `filtering` leaves out those that cannot answer, `weighing` weighs the others by the embedder and the model
(`reader`), `choosing` picks one, with what `rivals` it; `direct` and `wording` put the answer into words.
"""

from .choosing import Sources, concerns_what_was_told, in_one, quote
from .evidence import Passage, passages
from .people import FirstNames
from .reader import Reader
from .weighing import MOST_PASSAGES
from .wording import NOT_FOUND, Finding, Quotation, not_found

__all__ = [
    "MOST_PASSAGES",
    "NOT_FOUND",
    "Finding",
    "FirstNames",
    "Passage",
    "Quotation",
    "Reader",
    "Sources",
    "concerns_what_was_told",
    "in_one",
    "not_found",
    "passages",
    "quote",
]
