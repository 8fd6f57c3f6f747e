"""How memories were used: how often, when last, and how much of them came back in the answers. From usage records."""

from collections import Counter
from collections.abc import Iterable

from assistant.memory.episodes import terms_of
from assistant.store.records import RecordId, Remembered, Usage
from assistant.store.terms import search_terms


class Tally:
    """Use of each record, added up.

    Attributes:
        counts: In how many answers' prompts it was.
        last: The turn of the last of these.
        quoted: How much of it was quoted, all answers together.
        of_conversation: Ids of the usages of each conversation's answers, in order.
    """

    def __init__(self, usages: Iterable[Usage]) -> None:
        self.counts: Counter[RecordId] = Counter()
        self.last: dict[RecordId, int] = {}
        self.quoted: dict[RecordId, float] = {}
        self.of_conversation: dict[RecordId, list[RecordId]] = {}
        for usage in usages:
            self.add(usage)

    def add(self, usage: Usage) -> None:
        """Count one more answer."""
        self.of_conversation.setdefault(usage.conversation, []).append(usage.id)
        for used in usage.used:
            self.counts[used.record] += 1
            self.last[used.record] = max(self.last.get(used.record, 0), usage.turn)
            self.quoted[used.record] = self.quoted.get(used.record, 0.0) + used.quoted

    def utility(self, record: RecordId, mention: float) -> float:
        """`q` of the rule of semantic forgetting: its quoted shares, and `mention` for each time in a prompt."""
        return self.quoted.get(record, 0.0) + mention * self.counts[record]


def quoted_share(record: Remembered, question: str, answer: str) -> float:
    """How much of a memory an answer repeats: of its content words that are not the question's, the share (0 to 1)."""
    new = terms_of(record) - set(search_terms(question).tolist())
    return round(len(new & set(search_terms(answer).tolist())) / len(new), 3) if new else 0.0
