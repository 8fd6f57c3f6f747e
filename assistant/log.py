"""Diagnostics for people who mend Hippo. Never holds content: no message, no memory, no prompt, no title.

Nothing is written to a file. Warnings go to stderr; `ASSISTANT_DEBUG=1` adds times and counts.
"""

import logging
import os


def start_logging() -> None:
    """Send Hippo's own diagnostics to stderr and keep the libraries' quiet."""
    logging.basicConfig(level=logging.ERROR, format="hippo: %(message)s")
    logging.getLogger("assistant").setLevel(logging.DEBUG if os.environ.get("ASSISTANT_DEBUG") else logging.WARNING)
