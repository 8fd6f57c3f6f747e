"""A session that answers by quoting alone."""

import pytest

from assistant.conversation.session import Session
from tests.conversation.asking import by_quoting


@pytest.fixture
def session(session: Session) -> Session:
    return by_quoting(session)
