"""The present."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present, with the local offset from UTC."""
    return datetime.now(UTC).astimezone()
