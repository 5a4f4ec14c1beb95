"""The package's bounds: a hostile or damaged .docx is refused in one clear line."""

from __future__ import annotations

import io
import warnings
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from word_files import NAMESPACES, docx, p, package

from khparse.errors import InputError, KhparseError, LimitError, UnsupportedError
from khparse.read import limits
from khparse.read.docx.document import read_docx


def test_a_file_cut_short_is_refused() -> None:
    with pytest.raises(InputError, match="cắt cụt"):
        read_docx(docx(p("Một"))[:-60])


@settings(max_examples=40, deadline=None)
@given(st.floats(0, 1), st.integers(0, 255))
def test_a_file_cut_or_changed_anywhere_is_read_or_refused_in_one_line(where: float, byte: int) -> None:
    data = bytearray(docx(p("Một") + p("Hai")))
    data[int(where * (len(data) - 1))] = byte
    for damaged in (bytes(data), bytes(data[: int(where * len(data))])):
        try:
            read_docx(damaged)
        except KhparseError as error:
            assert "\n" not in str(error)


def test_a_damaged_part_is_refused() -> None:
    with pytest.raises(InputError, match="hỏng"):
        read_docx(package({"word/document.xml": "<w:document"}))


def test_a_zip_that_is_no_word_document_is_refused() -> None:
    with pytest.raises(UnsupportedError):
        read_docx(package({"ghi-chu.txt": "a"}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_doctype_is_refused(encoding: str) -> None:
    bomb = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE d [<!ENTITY a "aaaa">]><w:document {NAMESPACES}>&a;</w:document>'
    with pytest.raises(InputError, match="DOCTYPE"):
        read_docx(package({"word/document.xml": bomb.encode(encoding)}))


def test_a_part_that_packs_over_a_hundred_to_one_is_refused() -> None:
    with pytest.raises(LimitError, match="bom nén"):
        read_docx(docx(p("a" * 4_000_000)))


def test_too_many_entries_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ARCHIVE_ENTRIES", 2)
    with pytest.raises(LimitError, match="mục"):
        read_docx(docx(p("Một")))


def test_entries_of_one_name_are_refused() -> None:
    data = io.BytesIO(docx(p("Một")))
    with zipfile.ZipFile(data, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("word/document.xml", "<w:document/>")
    with pytest.raises(InputError, match="cùng tên"):
        read_docx(data.getvalue())


def test_too_large_a_part_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ARCHIVE_PART_BYTES", 10)
    with pytest.raises(LimitError, match="lớn hơn"):
        read_docx(docx(p("Một")))


def test_content_nested_too_deep_is_refused() -> None:
    with pytest.raises(LimitError, match="sâu"):
        read_docx(docx("<w:sdt><w:sdtContent>" * 300 + "</w:sdtContent></w:sdt>" * 300))


def test_a_relation_out_of_the_package_is_not_followed() -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="x/styles" Target="../../../../etc/passwd"/><Relationship Id="r2" Type="x/numbering" TargetMode="External" '
        'Target="http://khong.co"/></Relationships>'
    )
    document = f"<w:document {NAMESPACES}><w:body>{p('Một')}</w:body></w:document>"
    files = {"word/document.xml": document, "word/_rels/document.xml.rels": relations}
    assert read_docx(package(files)).text == "Một\n"
