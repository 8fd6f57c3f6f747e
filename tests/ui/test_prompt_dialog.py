"""What the model saw: every part has a name of its own and its tokens."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from assistant.conversation.prompt import Prompt, PromptPart
from assistant.ui.chat.prompt_dialog import PromptDialog

PARTS = {
    "system": "Instructions",
    "dialogue": "The chat so far",
    "user": "About you",
    "summary": "This chat in short",
    "stretches": "Stretches in short",
    "facts": "Facts",
    "memories": "Memories",
    "question": "Your message",
}


def labels(dialog: PromptDialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel)]


@pytest.mark.parametrize("name", PARTS)
def test_each_part_is_named_and_counted_against_the_budget(qapp: QApplication, name: str) -> None:
    dialog = PromptDialog(Prompt((1,) * 410, (PromptPart(name, "The words.", 350),), 3500, (), ()))
    said = labels(dialog)
    assert PARTS[name] in said
    assert "The words." in said
    assert "350 tokens · 10 % of the budget" in said
    assert any(text.startswith("410 of at most 3,500 tokens.") for text in said)
    assert any("60 more tokens" in text for text in said)
    dialog.deleteLater()


def test_a_small_part_is_not_said_to_be_nothing(qapp: QApplication) -> None:
    dialog = PromptDialog(Prompt((1,) * 9, (PromptPart("question", "Hello?", 9),), 3500, (), ()))
    assert "9 tokens · < 1 % of the budget" in labels(dialog)
    dialog.deleteLater()
