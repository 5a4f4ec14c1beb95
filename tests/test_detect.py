"""What the bytes are, by content."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khparse.errors import InputError, KhparseError, UnsupportedError
from khparse.read.detect import MediaType, detect

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512


def zipped(*names: str, mimetype: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"%PDF-1.7\n", MediaType.PDF),
        (b"\r\n%PDF-1.4", MediaType.PDF),
        (b"{\\rtf1\\ansi K}", MediaType.RTF),
        (zipped("word/document.xml"), MediaType.DOCX),
        (zipped("content.xml", mimetype="application/vnd.oasis.opendocument.text"), MediaType.ODT),
        (OLE + "WordDocument".encode("utf-16-le"), MediaType.DOC),
        (b"<html><body>K</body></html>", MediaType.HTML),
        (b"\xef\xbb\xbf <!DOCTYPE html><p>K", MediaType.HTML),
        ("\ufeff<html xmlns:o='urn'><p>K".encode("utf-16-le"), MediaType.HTML),
        ("## **KẾ HOẠCH**\n<p>a</p>".encode(), MediaType.TEXT),
        ("Kế hoạch".encode("utf-16"), MediaType.TEXT),
        ("Kế hoạch năm học mới".encode("utf-16-le"), MediaType.TEXT),
        (b"BM la ten mot xa", MediaType.TEXT),
    ],
)
def test_content_tells_the_form(data: bytes, expected: MediaType) -> None:
    assert detect(data).media_type is expected


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf\n"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="tệp rỗng"):
        detect(data)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "ảnh PNG"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 50, "ảnh JPEG"),
        (zipped("xl/workbook.xml"), "Excel"),
        (zipped("ppt/presentation.xml"), "PowerPoint"),
        (zipped("a.txt"), "ZIP"),
        (OLE + "Workbook".encode("utf-16-le"), "Excel"),
        (b"Rar!\x1a\x07\x00" + b"\x01" * 9, "RAR"),
        (bytes(range(256)) * 4, "nhị phân"),
    ],
)
def test_other_contents_are_refused_by_their_name_on_one_line(data: bytes, word: str) -> None:
    with pytest.raises(UnsupportedError, match=word) as caught:
        detect(data)
    assert caught.value.advice
    assert "\n" not in str(caught.value)


def test_a_truncated_archive_is_damaged_not_unknown() -> None:
    with pytest.raises(InputError, match="hỏng"):
        detect(zipped("word/document.xml")[:40])


@given(st.binary(max_size=300))
def test_no_bytes_crash_it(data: bytes) -> None:
    try:
        detect(data)
    except KhparseError as error:
        assert str(error)
