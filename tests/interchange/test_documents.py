"""Reading the files that users attach: their text comes whole, and what cannot be read is told in words."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from assistant.errors import CancelledError, InputError
from assistant.interchange import documents
from assistant.interchange.documents import read_document


def pdf(path: Path, *pages: str, password: str = "", owner: str = "") -> Path:
    """A PDF whose pages say these words in one of the fonts that every reader has."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for words in pages:
        page = writer.add_blank_page(300, 300)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 20 200 Td ({words}) Tj ET".encode("ascii") if words else b"")
        page[NameObject("/Contents")] = stream
    if password or owner:
        writer.encrypt(password, owner or None, algorithm="AES-256")
    writer.write(path)
    return path


def docx(path: Path, *paragraphs: str) -> Path:
    """A Word file with these paragraphs, the last one in a table."""
    said = [f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in paragraphs]
    body = "".join(said[:-1]) + f"<w:tbl><w:tr><w:tc>{said[-1]}</w:tc></w:tr></w:tbl>"
    package, office = "http://schemas.openxmlformats.org/package/2006", "http://schemas.openxmlformats.org"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Override PartName="/word/document.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        )
        packed.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Target="word/document.xml" '
            f'Type="{office}/officeDocument/2006/relationships/officeDocument"/></Relationships>',
        )
        packed.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{office}/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>',
        )
    return path


@pytest.mark.parametrize(
    "data",
    ["Grüße\r\naus Köln".encode(), "Grüße\naus Köln".encode("utf-16"), "Grüße\naus Köln".encode("cp1252")],
)
def test_a_text_is_read_in_whatever_letters_it_was_written(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "letter.TXT").write_bytes(data)
    assert [page.text for page in read_document(tmp_path / "letter.TXT").pages] == ["Grüße\naus Köln"]


def test_a_pdf_keeps_its_pages_and_a_word_file_its_tables(tmp_path: Path) -> None:
    shares: list[float] = []
    read = read_document(pdf(tmp_path / "lease.pdf", "The rent is low.", "", "No pets."), progress=shares.append)
    assert [(page.number, page.text.strip()) for page in read.pages] == [(1, "The rent is low."), (3, "No pets.")]
    assert shares[-1] == 1.0
    # One that may be opened, but not changed, without a password is read.
    open_to_all = pdf(tmp_path / "open.pdf", "Read me.", owner="secret")
    assert read_document(open_to_all).pages[0].text.strip() == "Read me."
    words = read_document(docx(tmp_path / "notes.docx", "First.", "In a cell.")).pages[0].text
    assert words.split() == ["First.", "In", "a", "cell."]


@pytest.mark.parametrize(
    ("name", "make", "told"),
    [
        ("scan.pdf", lambda path: pdf(path, "", ""), "only pictures"),
        ("locked.pdf", lambda path: pdf(path, "secret", password="x"), "password"),
        ("broken.pdf", lambda path: path.write_bytes(b"%PDF-1.7 and nothing else"), "damaged"),
        ("broken.docx", lambda path: path.write_bytes(b"PK and nothing else"), "damaged"),
        ("old.docx", lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0 and so on"), "word processor"),
        ("empty.md", lambda path: path.write_bytes(b" \n"), "empty"),
        ("picture.txt", lambda path: path.write_bytes(b"\0\1\2"), "no text"),
        ("song.mp3", lambda path: path.write_bytes(b"la"), "PDF"),
        ("folder.txt", lambda path: path.mkdir(), "not a file"),
        ("missing.txt", lambda path: None, "not a file"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_name(
    tmp_path: Path, name: str, make: Callable[[Path], object], told: str
) -> None:
    make(tmp_path / name)
    with pytest.raises(InputError) as raised:
        read_document(tmp_path / name)
    assert told in str(raised.value)
    assert name in raised.value.message


def test_files_without_end_are_refused_and_reading_can_be_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CancelledError):
        read_document(pdf(tmp_path / "lease.pdf", "The rent is low."), cancelled=lambda: True)
    path = tmp_path / "long.txt"
    path.write_text("word " * 100)
    packed = docx(tmp_path / "bomb.docx", "First.", "Last.")
    for limit, file in (("MOST_CHARACTERS", path), ("MOST_BYTES", path), ("MOST_UNPACKED", packed)):
        with monkeypatch.context() as smaller:
            smaller.setattr(documents, limit, 99)
            with pytest.raises(InputError):
                read_document(file)
