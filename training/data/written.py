"""Talks that were written out, with questions about them: what people say is richer than what a grammar makes.

The files in `talks` have a form of their own, which its README tells. `python -m training.data.written FILE ...` says
what is malformed in files, and which answers do not seem to stand in the messages that they are said to come from.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from assistant.conversation.reading import REFUSAL, ReadingPassage, reading_lines
from assistant.memory.text import sentences
from assistant.store.terms import term_set

from .times import MONTHS
from .unanswerable import Asked
from .wording import HIPPO_NAME, Person

FOLDER: Final = Path(__file__).with_name("talks")
HELD: Final = "held-"
"""How the names of the files begin that are kept for testing."""

_NOT_TOLD: Final = "-"
_FEW: Final = 60
"""Characters of a message that Hippo shows with the question before it."""

_HEAD = re.compile(r"# (?:user|(\w[\w'’-]*) \((she|he)\), (\w[\w'’-]*) \((she|he)\))")
_SESSION = re.compile(r"== (\d{4}-\d\d-\d\d \d\d:\d\d)")
_MESSAGE = re.compile(r"(\d+) (\w[\w'’-]*): (.+)")
_QUESTION = re.compile(r"\? ([^|]+\?) \| ([^|]+) \|([\d, ]*)")
_TIME_WORDS = re.compile(rf"\b(?:{'|'.join(MONTHS)}|(?:19|20)\d\d|\d{{1,2}}(?= (?:{'|'.join(MONTHS)})))\b")
_YES_OR_NO = re.compile(r"(?:(?:probably|likely) )?(?:yes|no|not)\b", re.IGNORECASE)


class TalkError(ValueError):
    """A talk is not written in the form that the README tells; the message names the line."""


@dataclass(frozen=True)
class Talk:
    """A talk over several sessions.

    Attributes:
        name: The file's, and its number in it.
        speakers: The two who talk: two people, or the user and Hippo.
        messages: By time.
        asked: What is asked about them. `Asked.evidence` are places in `messages`: all that an answer comes from, or of
            what is not told ("unanswerable") those that come closest.
    """

    name: str
    speakers: tuple[Person, Person]
    messages: tuple[ReadingPassage, ...]
    asked: tuple[Asked, ...]


@cache
def talks(*, testing: bool = False) -> tuple[Talk, ...]:
    """All talks that may be learned from, or those that are kept for testing.

    Raises:
        TalkError: One is malformed.
    """
    files = sorted(FOLDER.glob("*.talk"))
    return tuple(talk for file in files if file.name.startswith(HELD) == testing for talk in read_talks(file))


def read_talks(file: Path) -> Iterator[Talk]:
    """The talks of a file, in order.

    Raises:
        TalkError: One is malformed.
    """
    lines = [(number, line.strip()) for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)]
    lines = [(number, line) for number, line in lines if line]
    heads = [place for place, (_, line) in enumerate(lines) if line.startswith("# ")]
    if lines and heads[:1] != [0]:
        raise TalkError(f"{file.name}, line {lines[0][0]}: a talk begins with “# ” and who talks.")
    for count, (first, after) in enumerate(pairwise([*heads, len(lines)]), 1):
        yield _talk(f"{file.stem}/{count}", lines[first:after])


def _talk(name: str, lines: Sequence[tuple[int, str]]) -> Talk:
    speakers = _speakers(name, *lines[0])
    names = [person.speaker for person in speakers]
    messages: list[ReadingPassage] = []
    asked: list[Asked] = []
    time: datetime | None = None
    for number, line in lines[1:]:
        if found := _SESSION.fullmatch(line):
            began = datetime.fromisoformat(found[1])
            if time is not None and began < time:
                raise TalkError(f"{name}, line {number}: this session begins before the last one has ended.")
            time = began
        elif found := _MESSAGE.fullmatch(line):
            if time is None or int(found[1]) != len(messages) + 1 or found[2] not in names:
                raise TalkError(f"{name}, line {number}: message {len(messages) + 1} of {' or '.join(names)} is due.")
            messages.append(ReadingPassage(found[2], found[3], time, _replied_to(messages, found[2], found[3], time)))
            time += timedelta(minutes=1)
        elif found := _QUESTION.fullmatch(line):
            asked.append(_asked(name, number, found, len(messages)))
        else:
            raise TalkError(f"{name}, line {number}: neither a session nor a message nor a question: {line[:60]}")
    return Talk(name, speakers, tuple(messages), tuple(asked))


def _speakers(name: str, number: int, line: str) -> tuple[Person, Person]:
    found = _HEAD.fullmatch(line)
    if found is None:
        raise TalkError(f"{name}, line {number}: who talks is told as “# Ann (she), Ben (he)” or “# user”.")
    if found[1] is None:
        return Person("", "user"), Person("", HIPPO_NAME)
    first, second = (Person(found[at], "f" if found[at + 1] == "she" else "m") for at in (1, 3))
    return first, second


def _replied_to(before: Sequence[ReadingPassage], speaker: str, text: str, time: datetime) -> str:
    """The question that a message of few words replies to, as Hippo shows it."""
    if not before or len(text) > _FEW or before[-1].speaker == speaker or time - before[-1].time > timedelta(minutes=1):
        return ""
    last = sentences(before[-1].text)[-1].strip()
    return last if last.endswith("?") else ""


def _asked(name: str, number: int, found: re.Match[str], count: int) -> Asked:
    question, answer = found[1].strip(), found[2].strip()
    evidence = tuple(sorted({int(place) - 1 for place in re.findall(r"\d+", found[3])}))
    if any(not 0 <= place < count for place in evidence):
        raise TalkError(f"{name}, line {number}: there is no such message.")
    if answer == _NOT_TOLD:
        return Asked(question, REFUSAL, "unanswerable", "", evidence)
    if not evidence:
        raise TalkError(f"{name}, line {number}: the messages that an answer comes from are missing.")
    return Asked(question, answer, _kind(question, answer, evidence), "", evidence)


def _kind(question: str, answer: str, evidence: Sequence[int]) -> str:
    """What a question is counted under."""
    if question.lower().startswith("when ") or _TIME_WORDS.search(answer):
        return "when"
    if _YES_OR_NO.match(answer):
        return "yes or no"
    return "several messages" if len(evidence) > 1 else "one message"


def doubts(talk: Talk) -> Iterator[str]:
    """What should be looked at again: times and words of answers that do not stand in the messages named for them."""
    used = {place for asked in talk.asked for place in asked.evidence if asked.answer != REFUSAL}
    told = [asked for asked in talk.asked if asked.answer != REFUSAL]
    yield (
        f"{talk.name}: {len(talk.messages)} messages, {len(talk.asked)} questions, {len(talk.asked) - len(told)} not "
        f"told, {len(used) * 100 // max(len(talk.messages), 1)} % of the messages are evidence"
    )
    for question, later in pairwise(sorted(asked.question for asked in talk.asked)):
        if question == later:
            yield f"  asked twice: {question}"
    for asked in told:
        shown = reading_lines([talk.messages[place] for place in asked.evidence])
        times = set(_TIME_WORDS.findall(asked.answer)) - set(re.findall(r"\w+", shown))
        if times:
            yield f"  {asked.question} | {asked.answer}: {', '.join(sorted(times))} is not in\n{_indented(shown)}"
        elif not _YES_OR_NO.match(asked.answer):
            words = term_set(asked.answer)
            missing = words - term_set(shown)
            if len(missing) * 2 > len(words):
                yield f"  {asked.question} | {asked.answer}: mostly other words than\n{_indented(shown)}"


def _indented(text: str) -> str:
    return "\n".join(f"      {line}" for line in text.splitlines())


def main() -> int:
    """Run from the command line; 1 where a file is malformed."""
    failed = 0
    for argument in sys.argv[1:]:
        try:
            for talk in read_talks(Path(argument)):
                sys.stdout.write("\n".join(doubts(talk)) + "\n")
        except (TalkError, OSError) as error:
            sys.stdout.write(f"{error}\n")
            failed = 1
    return failed


if __name__ == "__main__":
    sys.exit(main())
