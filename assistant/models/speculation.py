"""Which tokens to check in the next pass of the model: what a lookup or a draft model guesses, as far as it pays.

Speculative decoding with guesses that are no distributions: the token is drawn from the model's own distribution p as
without guesses, and if it is the guessed one, the next position is known as well. That is rejection sampling (Leviathan
et al. 2023, arXiv 2211.17192, section 2.3) with a proposal that puts all its mass on one token: accepted with chance
p(guess), and otherwise distributed as p without it. So guesses change neither greedy answers nor the distribution of
sampled ones.
"""

import time
from collections.abc import Callable, Sequence
from typing import Final

from assistant.models.draft import DraftModel
from assistant.models.lookup import LONGEST_MATCH, Guess, Lookup
from assistant.models.pace import LONGEST, Pace

_LOOKUP_CHANCES: Final = (0.0, 0.08, 0.2, 0.4, 0.55, 0.65, 0.72, 0.78, 0.85, *[0.9] * (LONGEST_MATCH - 9), 0.96)
"""By length of match: measured on prose of the built-in model where it is short, on quotations where it is long."""

_DRAFT_CHANCES: Final = (0.6,)


class Speculation:
    """Guesses for one answer.

    Attributes:
        guessed: Tokens that were checked so far.
        right: Of these, how many were right.
    """

    def __init__(
        self, prompt: Sequence[int], *, sources: Sequence[Sequence[int]] = (), draft: DraftModel | None = None
    ) -> None:
        """Begin after `prompt`; `sources` are further texts that may be quoted."""
        self.guessed = self.right = 0
        self._text = list(prompt) if draft is not None else []
        self._lookup = Lookup(prompt, sources)
        self._draft = draft
        self._lookup_pace, self._draft_pace = Pace(_LOOKUP_CHANCES), Pace(_DRAFT_CHANCES)
        self._found = Guess((), 0)
        self._checked = self._drafted = 0
        self._began = 0.0

    def propose(self, most: int, cancelled: Callable[[], bool]) -> tuple[int, ...]:
        """At most `most` tokens to check in the next pass; often none."""
        self._began = time.perf_counter()
        self._found = self._lookup.guess(min(most, LONGEST))
        tokens = self._found.tokens[: self._lookup_pace.length(self._found.match, most)]
        self._drafted = 0
        if not tokens and self._draft is not None and (count := self._draft_pace.length(0, most)):
            tokens = tuple(self._draft.guess(self._text, count, cancelled))
            self._drafted = len(tokens)
        self._checked = len(tokens)
        return tokens

    def passed(self) -> None:
        """The model has made its pass over the last token and what was proposed."""
        seconds = time.perf_counter() - self._began
        for pace, own in ((self._lookup_pace, not self._drafted), (self._draft_pace, bool(self._drafted))):
            if own or not self._checked:
                pace.timed(self._checked, seconds)

    def settle(self, written: Sequence[int], right: int) -> None:
        """These tokens were written after the pass, the first `right` of them as proposed."""
        self.guessed += self._checked
        self.right += right
        if self._drafted:
            self._draft_pace.learn(0, right, int(right < self._drafted))
        # What was found is compared even where it was not checked: so it shows for nothing when that would pay.
        compared = min(len(written), len(self._found.tokens))
        same = 0
        while same < compared and written[same] == self._found.tokens[same]:
            same += 1
        self._lookup_pace.learn(self._found.match, same, int(same < compared))
        for token in written:
            self._lookup.push(token)
        if self._draft is not None:
            self._text.extend(written)
