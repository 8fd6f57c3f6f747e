"""Figures of models in words: sizes, parameters, speeds and what is left of a download."""

from PySide6.QtCore import QCoreApplication, QLocale

from assistant.ui.models.jobs import Job

_GB = 1e9


def size_words(count: float) -> str:
    """A number of bytes: "640 MB"; decimal, as shops and the hub count."""
    digits = 0 if count < _GB else 1
    return QLocale().formattedDataSize(round(count), digits, QLocale.DataSizeFormat.DataSizeSIFormat)


def memory_words(gigabytes: float) -> str:
    """So many GB of memory: "1.9 GB"; whole ones from 10 on."""
    return _tr("{n} GB").format(n=QLocale().toString(gigabytes, "f", 1 if gigabytes < 10 else 0))


def parameter_words(billions: float) -> str:
    """So many billion parameters: "360 million parameters"."""
    if billions < 1:
        return _tr("{n} million parameters").format(n=QLocale().toString(round(billions * 1000)))
    digits = 0 if billions == round(billions) else 1
    return _tr("{n} billion parameters").format(n=QLocale().toString(billions, "f", digits))


def speed_words(read: float, write: float) -> str:
    """Tokens that are read and written in a second."""
    local = QLocale()
    return _tr("On this computer: reads {read} and writes {write} tokens a second.").format(
        read=local.toString(round(read)), write=local.toString(write, "f", 0 if write >= 10 else 1)
    )


def job_words(job: Job) -> str:
    """How far a piece of work is, in one line."""
    if job.cancel.is_set():
        return _tr("Stopping…")
    if job.pause.is_set():
        return _tr("Pausing…")
    if job.stage == "wait":
        return _tr("Waits for what is under way…") if job.kind in ("download", "add") else _tr("Waits…")
    if job.stage == "connect":
        return _tr("Asking huggingface.co…")
    percent = "" if job.share is None else QLocale().toString(round(100 * job.share))
    if job.stage == "download":
        return " · ".join(_download_words(job))
    if job.stage == "prepare":
        return _tr("Preparing it for this computer: {n} %").format(n=percent)
    words = {
        "measure": _tr("Measuring: {n} %"),
        "check": _tr("Reading every byte of it…"),
        "remove": _tr("Removing…"),
    }
    return words.get(job.kind, "").format(n=percent)


def _download_words(job: Job) -> list[str]:
    parts = [_tr("{done} of {total}").format(done=size_words(job.done), total=size_words(job.total))]
    if job.speed > 0:
        parts.append(_tr("{size} a second").format(size=size_words(job.speed)))
        parts.append(_left_words((job.total - job.done) / job.speed))
    return parts


def _left_words(seconds: float) -> str:
    if seconds < 60:
        return _tr("less than a minute left")
    minutes = round(seconds / 60)
    if minutes < 90:
        return _tr("about %n minutes left", minutes)
    return _tr("about %n hours left", round(minutes / 60))


def _tr(words: str, n: int = -1) -> str:
    return QCoreApplication.translate("Models", words, None, n)
