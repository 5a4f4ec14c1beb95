"""What the bytes are, by content, never by file name."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from enum import StrEnum

import regex

from khparse.errors import EncryptedError, InputError, UnsupportedError


class MediaType(StrEnum):
    """The forms that khparse reads."""

    TEXT = "text/plain"
    HTML = "text/html"
    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    DOC = "application/msword"
    RTF = "application/rtf"
    ODT = "application/vnd.oasis.opendocument.text"


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes and what they are."""

    data: bytes
    media_type: MediaType


_ADVICE = "hãy đưa tệp văn bản, DOCX, PDF, DOC, RTF, ODT hoặc HTML của kế hoạch"

# the first bytes of contents that are no document of ours, and what they are in words
_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "ảnh PNG"),
    (b"\xff\xd8\xff", "ảnh JPEG"),
    (b"GIF87a", "ảnh GIF"),
    (b"GIF89a", "ảnh GIF"),
    (b"BM", "ảnh BMP"),
    (b"II*\x00", "ảnh TIFF"),
    (b"MM\x00*", "ảnh TIFF"),
    (b"RIFF", "tệp ảnh hoặc âm thanh"),
    (b"Rar!\x1a\x07", "tệp nén RAR"),
    (b"7z\xbc\xaf\x27\x1c", "tệp nén 7z"),
    (b"\x1f\x8b", "tệp nén gzip"),
    (b"BZh", "tệp nén bzip2"),
    (b"\xfd7zXZ\x00", "tệp nén xz"),
    (b"SQLite format 3\x00", "cơ sở dữ liệu SQLite"),
    (b"\x7fELF", "tệp chương trình"),
    (b"MZ", "tệp chương trình"),
    (b"ID3", "tệp âm thanh"),
    (b"%!PS", "tệp PostScript"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# names of streams in an OLE file's directory are UTF-16LE
_OLE_STREAMS: tuple[tuple[str, str], ...] = (
    ("Workbook", "bảng tính Excel"),
    ("Book", "bảng tính Excel"),
    ("PowerPoint Document", "bản trình chiếu PowerPoint"),
    ("__substg1.0_", "thư Outlook"),
)
_ZIP_MEMBERS: tuple[tuple[str, str], ...] = (
    ("xl/", "bảng tính Excel"),
    ("ppt/", "bản trình chiếu PowerPoint"),
    ("META-INF/container.xml", "sách điện tử EPUB"),
    ("AndroidManifest.xml", "ứng dụng Android"),
)
_HTML = regex.compile(rb"<\s*(?:!doctype\s+html|html|head|body|table|meta|div|p\s+class|style)\b", regex.IGNORECASE)

# Word 2003's XML, and a page with its pictures in one mail file (.mht), both saved under the name .doc
_WORD_XML = regex.compile(rb"<\?mso-application\s+progid=[\"']Word\.Document")
_WEB_ARCHIVE = regex.compile(
    rb"(?:From:.{0,200}\n(?:.{0,200}\n){0,5}?)?MIME-Version:[^\n]*\n(?:.{0,300}\n){0,5}?Content-Type:\s*(?:multipart/related|text/html)",
    regex.IGNORECASE,
)


def detect(data: bytes) -> Source:
    """The media type of the bytes. Raises InputError (empty) or UnsupportedError (a picture, a spreadsheet, …)."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise InputError("tệp rỗng, không có nội dung nào", "hãy kiểm tra lại tệp hoặc chọn tệp khác")
    return Source(data, _media_type(data))


def _media_type(data: bytes) -> MediaType:
    head = data[:1024].lstrip(b"\xef\xbb\xbf\r\n\t ")
    # a PDF may be preceded by a mail header or blanks: its readers look for the mark in the first kilobyte
    if b"%PDF-" in data[:1024]:
        return MediaType.PDF
    if head.startswith(b"{\\rtf"):
        return MediaType.RTF
    if data.startswith(b"PK"):
        return _zip_type(data)
    if data.startswith(_OLE):
        return _ole_type(data)
    for mark, words in _FOREIGN:
        if data.startswith(mark) and (len(mark) > 2 or not _is_text(data)):
            raise UnsupportedError(f"nội dung là {words}, không phải văn bản", _ADVICE)
    if not _is_text(data):
        raise UnsupportedError("nội dung là dữ liệu nhị phân không rõ loại", _ADVICE)
    if _WORD_XML.search(head):
        return MediaType.DOC
    return MediaType.HTML if is_html(data) or _WEB_ARCHIVE.match(head) else MediaType.TEXT


def is_html(data: bytes) -> bool:
    """Whether the bytes are a web page, in whatever encoding: `<html …>`, a Word page saved as HTML, an HTML .doc."""
    start = data[:4096].replace(b"\x00", b"")
    found = _HTML.search(start)
    if found is None:
        return False
    # Markdown scraped from the web keeps a tag here and there: a page begins with one
    before = regex.sub(rb"<\?[^>]*>|<!--.*?-->", b"", start[: found.start()], flags=regex.DOTALL)
    return not before.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n")


def _zip_type(data: bytes) -> MediaType:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            kind = archive.read("mimetype")[:100].decode("ascii", "replace").strip() if "mimetype" in names else ""
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError, KeyError) as error:
        raise InputError(
            "tệp DOCX hoặc tệp nén bị hỏng hay bị cắt cụt", "hãy tải lại tệp hoặc xuất lại từ Word"
        ) from error
    if any(name.startswith("word/") for name in names):
        return MediaType.DOCX
    if kind == MediaType.ODT:
        return MediaType.ODT
    if kind.startswith("application/vnd.oasis.opendocument."):
        raise UnsupportedError("nội dung là bảng tính hoặc bản trình chiếu OpenDocument", _ADVICE)
    for member, words in _ZIP_MEMBERS:
        if any(name.startswith(member) for name in names):
            raise UnsupportedError(f"nội dung là {words}, không phải văn bản", _ADVICE)
    raise UnsupportedError("nội dung là tệp nén ZIP", "hãy giải nén rồi đưa từng tệp vào")


def _ole_type(data: bytes) -> MediaType:
    if "WordDocument".encode("utf-16-le") in data:
        return MediaType.DOC
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise EncryptedError("tài liệu Office có mật khẩu mở", "hãy bỏ mật khẩu rồi thử lại")
    for stream, words in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            raise UnsupportedError(f"nội dung là {words}, không phải văn bản Word đọc được", _ADVICE)
    raise UnsupportedError("nội dung là tệp Office cũ không phải văn bản Word", _ADVICE)


def _is_text(data: bytes) -> bool:
    """Whether the bytes are characters in some encoding: no control codes in UTF-8, UTF-16 or an 8-bit code page."""
    sample = data[:65536]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")) or _looks_utf16(sample):
        return True
    control = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 or byte == 127 for byte in sample)
    return control * 200 <= len(sample)


def _looks_utf16(sample: bytes) -> bool:
    """UTF-16 without its mark: every other byte of Latin text is zero."""
    even, odd = sample[0:4096:2].count(0), sample[1:4096:2].count(0)
    half = min(len(sample), 4096) // 2
    return half > 8 and (even > half * 0.4) != (odd > half * 0.4) and sample.count(b"\x00\x00") < half * 0.05
