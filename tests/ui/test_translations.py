"""Every text of the window is translated, whole, and with what its placeholders stand for."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QComboBox, QDialogButtonBox, QLabel

from assistant.conversation.session import Session
from assistant.errors import InputError, ModelError, TooSoonError
from assistant.settings import load_settings
from assistant.ui.below import translate_error
from assistant.ui.inspector.words import day_words, memories
from assistant.ui.language import language_of, speak
from assistant.ui.models.words import size_words
from assistant.ui.settings.dialog import SettingsDialog
from assistant.ui.tasks import Tasks
from assistant.ui.translations import texts

from ..translations import below
from ..translations.files import FORMS, compile_to, qm_of, read, ts_of, wanted
from ..translations.sources import Source, sources

PLACEHOLDER = re.compile(r"\{\w*\}|%L?n|%\d")
MNEMONIC = re.compile(r"&(\w)")
RUN = "run `python -m tests.translations`, and translate what it calls unfinished"


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    before, installed = QLocale(), qapp.findChildren(QTranslator)
    speak(qapp, "de")
    yield
    for translator in qapp.findChildren(QTranslator):
        if translator not in installed:
            qapp.removeTranslator(translator)
            translator.deleteLater()
    QLocale.setDefault(before)


@pytest.fixture(scope="module")
def found() -> list[Source]:
    return sources()


@pytest.mark.parametrize("language", FORMS)
def test_every_text_is_translated(found: list[Source], language: str) -> None:
    keys = {(source.context, source.text) for source in wanted(language, found)}
    held = read(ts_of(language))
    assert keys == held.keys(), RUN
    empty = [key for key, translation in held.items() if not translation.finished or not all(translation.forms)]
    assert not empty, RUN


@pytest.mark.parametrize("language", FORMS)
def test_translations_have_the_placeholders_of_their_text(language: str) -> None:
    for (context, text), translation in read(ts_of(language)).items():
        for form in translation.forms:
            there, here = Counter(PLACEHOLDER.findall(form)), Counter(PLACEHOLDER.findall(text))
            if len(translation.forms) > 1:  # "one minute" needs no number
                there, here = (Counter({k: n for k, n in c.items() if "%" not in k}) for c in (there, here))
            assert there == here, f"{context}: {text!r} is {form!r}"
            assert form[:1].isspace() == text[:1].isspace()
            assert form[-1:].isspace() == text[-1:].isspace(), f"{context}: {text!r} is {form!r}"
            assert form.endswith("…") == text.endswith("…") or "{" in text, f"{context}: {text!r} is {form!r}"


@pytest.mark.parametrize("language", FORMS)
def test_no_two_fields_of_a_form_have_the_same_letter(language: str) -> None:
    letters: Counter[tuple[str, str]] = Counter()
    for (context, text), translation in read(ts_of(language)).items():
        letter = MNEMONIC.findall(translation.forms[0])
        assert len(letter) == len(MNEMONIC.findall(text)), text
        letters.update((context, each.casefold()) for each in letter)
    assert all(count == 1 for count in letters.values()), letters


@pytest.mark.parametrize("language", FORMS)
def test_the_window_loads_what_the_translations_say(language: str, tmp_path: Path) -> None:
    compile_to(tmp_path / "made.qm", language)
    assert (tmp_path / "made.qm").read_bytes() == qm_of(language).read_bytes(), RUN


def test_what_the_layers_below_can_say_is_known() -> None:
    assert set(texts.TEXTS) == set(below.texts()), RUN


def test_german_speaks_of_one_and_many_with_its_own_numbers_and_dates(qapp: QApplication, german: None) -> None:
    assert (memories(1), memories(12_345)) == ("1 Erinnerung", "12.345 Erinnerungen")
    assert day_words(date(2025, 10, 3), today=date(2026, 1, 1)) == "3. Okt. 2025"
    assert size_words(1.5e9) == "1,5 GB"
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "Abbrechen"


def test_what_went_wrong_below_is_said_in_german(german: None) -> None:
    error = InputError(
        "The settings file /a/b.json cannot be read (no such file).",
        next_step="Make room, or check that you may write there.",
    )
    translate_error(error)
    assert error.message == "Die Einstellungsdatei /a/b.json kann nicht gelesen werden (no such file)."
    assert error.next_step == "Schaffe Platz, oder prüfe, dass du dort schreiben darfst."
    damaged = ModelError(
        "The model file a.gguf is damaged: its header announces 1,234 items, more than the file can hold."
    )
    translate_error(damaged)
    assert damaged.message == (
        "Die Modelldatei a.gguf ist beschädigt: ihr Kopf kündigt 1.234 Einträge an, mehr, als die Datei enthalten kann."
    )
    waiting = TooSoonError(1.0)
    translate_error(waiting)
    assert waiting.next_step == "In 1 Sekunde noch einmal versuchen."
    unknown = InputError("What nobody foresaw.")
    translate_error(unknown)
    assert str(unknown) == "What nobody foresaw."


def test_the_language_is_that_of_the_system_where_there_is_one_or_what_was_chosen() -> None:
    assert language_of("de") == "de"
    assert language_of("system") in FORMS


def test_a_language_is_chosen_in_the_settings_and_holds_from_the_next_start(
    qapp: QApplication, session: Session, tasks: Tasks
) -> None:
    dialog = SettingsDialog(session, tasks)
    box = next(box for box in dialog.findChildren(QComboBox) if box.accessibleName() == "Language")
    assert [box.itemText(at) for at in range(box.count())] == ["Like the system", "English", "Deutsch"]
    box.setCurrentIndex(box.findData("de"))
    dialog.done(0)
    assert load_settings(session.home).appearance.language == "de"
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert "The language changes when Hippo starts again." in said
