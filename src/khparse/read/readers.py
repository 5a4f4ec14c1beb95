"""One reader for each media type."""

from __future__ import annotations

from collections.abc import Callable

from khparse.errors import LimitError, UnsupportedError
from khparse.model.document import Document
from khparse.read.detect import MediaType, Source
from khparse.read.doc import read_doc, read_odt, read_rtf
from khparse.read.docx import read_docx
from khparse.read.html import read_html
from khparse.read.pdf import read_pdf
from khparse.read.plain import read_plain

READERS: dict[MediaType, Callable[[bytes], Document]] = {
    MediaType.TEXT: read_plain,
    MediaType.HTML: read_html,
    MediaType.DOCX: read_docx,
    MediaType.PDF: read_pdf,
    MediaType.DOC: read_doc,
    MediaType.RTF: read_rtf,
    MediaType.ODT: read_odt,
}


def read(source: Source) -> Document:
    """The document that the bytes hold."""
    reader = READERS.get(source.media_type)
    if reader is None:
        raise UnsupportedError(f"chưa đọc được loại tệp {source.media_type}")
    try:
        return reader(source.data)
    except RecursionError as error:
        raise LimitError("tài liệu lồng các phần vào nhau quá sâu") from error
