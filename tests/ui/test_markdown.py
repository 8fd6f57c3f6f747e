import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication

from assistant.ui.widgets.markdown import Code, Prose, plain, segments
from assistant.ui.widgets.markdown_view import MarkdownView, ProseView


def html_of(markdown: str) -> str:
    return "".join(s.html for s in segments(markdown) if isinstance(s, Prose))


def test_raw_html_is_shown_as_text() -> None:
    html = html_of("<script>alert(1)</script> and <b onclick=x>bold</b>")
    assert "<script" not in html
    assert "<b " not in html
    assert "&lt;script&gt;" in html


def test_a_picture_is_never_loaded_but_described(qapp: QApplication) -> None:
    html = html_of("![a cat](http://example.org/cat.png)")
    assert "<img" not in html
    assert "example.org" not in html
    assert "a cat" in html


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "smb://host/x", "/etc/passwd", "x:y"]
)
def test_only_web_and_mail_addresses_become_links(address: str) -> None:
    assert "<a " not in html_of(f"[click]({address})")
    assert "<a " not in html_of(f"<{address}>")


@pytest.mark.parametrize("address", ["https://example.org/a", "mailto:a@example.org"])
def test_web_and_mail_addresses_become_links(address: str) -> None:
    assert f'<a href="{address}">' in html_of(f"[click]({address})")


def test_a_resource_is_refused_even_if_html_asked_for_it(qapp: QApplication) -> None:
    view = MarkdownView()
    view.show_segments([Prose('<p>x <img src="file:///etc/hostname"></p>')])
    prose = view.findChild(ProseView)
    assert prose is not None
    assert prose.loadResource(2, QUrl("file:///etc/hostname")) is None


def test_code_keeps_its_text_and_its_language() -> None:
    found = segments("Look:\n\n```python\nif a < b:\n    pass\n```\n\nDone.")
    assert [type(s) for s in found] == [Prose, Code, Prose]
    assert found[1] == Code("if a < b:\n    pass", "python")


def test_unfinished_code_is_already_code_while_it_is_written() -> None:
    assert segments("```py\nprint(")[-1] == Code("print(", "py")


def test_what_a_person_typed_is_shown_as_typed(qapp: QApplication) -> None:
    view = MarkdownView()
    view.show_segments(plain("# not a heading\n   *stars*  <b>"))
    assert view.plain_text() == "# not a heading\n   *stars*  <b>"


def test_a_growing_answer_draws_only_the_piece_that_grows(qapp: QApplication) -> None:
    view = MarkdownView()
    view.show_segments(segments("First.\n\n```py\na = 1\n```\n\nThi"))
    before = view.findChildren(ProseView)
    drawn: list[str] = []
    for prose in before:
        prose.textChanged.connect(lambda prose=prose: drawn.append(prose.toPlainText()))
    view.show_segments(segments("First.\n\n```py\na = 1\n```\n\nThird."))
    assert view.findChildren(ProseView) == before
    assert drawn
    assert not any("First" in text for text in drawn)
    assert view.plain_text() == "First.\na = 1\nThird."


def test_words_are_found_in_prose_and_in_code(qapp: QApplication) -> None:
    view = MarkdownView()
    view.show_segments(segments("A walnut.\n\n```\nwalnut = walnut\n```"))
    assert view.highlight("walnut") == 3
    assert view.highlight("") == 0
