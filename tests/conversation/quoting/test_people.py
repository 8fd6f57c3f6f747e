from assistant.conversation.quoting.people import FirstNames
from assistant.conversation.session import Session


def test_first_names_are_told_from_what_the_world_knows(session: Session) -> None:
    names = FirstNames(session.memory.embed)
    assert names.among(["Lars", "Beatriz", "Italy", "Samsung", "2026"]) == ["Lars", "Beatriz"]
