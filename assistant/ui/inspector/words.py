"""How the inspector says dates, numbers and kinds."""

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from assistant.store.records import Episode, Fact, Remembered, State, Summary


def tr(text: str) -> str:
    """The text in the user's language."""
    return QCoreApplication.translate("Inspector", text)


def day_words(day: date, *, today: date | None = None) -> str:
    """A day in few words: "Today", "3 Mar", or with its year where that is another one."""
    today = today or date.today()
    if day == today:
        return tr("Today")
    pattern = tr("d MMM") if day.year == today.year else tr("d MMM yyyy")
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)


def moment_words(moment: datetime) -> str:
    """A day in few words, and the time."""
    here = moment.astimezone()
    time = QLocale().toString(QTime(here.hour, here.minute), QLocale.FormatType.ShortFormat)
    return f"{day_words(here.date())} {time}"


def count_words(number: int, one: str, many: str) -> str:
    """A number and what it counts."""
    return f"{QLocale().toString(number)} {one if number == 1 else many}"


def memories(number: int) -> str:
    """ "1 memory", "3 memories"."""
    return count_words(number, tr("memory"), tr("memories"))


def title_words(title: str) -> str:
    """A conversation's title, or what stands for none."""
    return title or tr("Untitled chat")


def who_words(record: Remembered) -> str:
    """Who said it, or what it is."""
    if isinstance(record, Summary):
        return tr("Summary") if record.level == 1 else tr("Summary of summaries")
    if isinstance(record, Fact):
        return tr("Fact")
    return {"user": tr("You"), "assistant": tr("Hippo")}.get(record.role, record.role)


def state_words(state: State) -> str:
    """A state's name."""
    return {State.ACTIVE: tr("Active"), State.PINNED: tr("Pinned"), State.FADED: tr("Faded")}[state]


def state_of(record: Remembered) -> State:
    """The state of a record; summaries have none of their own."""
    return record.state if isinstance(record, Episode | Fact) else State.ACTIVE
