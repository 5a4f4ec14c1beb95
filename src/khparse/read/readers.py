"""One reader for each media type."""

from __future__ import annotations

from collections.abc import Callable

from khparse.errors import UnsupportedError
from khparse.model.document import Document
from khparse.read.detect import MediaType, Source
from khparse.read.docx import read_docx
from khparse.read.pdf import read_pdf
from khparse.read.plain import read_plain

READERS: dict[MediaType, Callable[[bytes], Document]] = {
    MediaType.TEXT: read_plain,
    MediaType.DOCX: read_docx,
    MediaType.PDF: read_pdf,
}


def read(source: Source) -> Document:
    """The document that the bytes hold."""
    reader = READERS.get(source.media_type)
    if reader is None:
        raise UnsupportedError(f"chưa đọc được loại tệp {source.media_type}")
    return reader(source.data)
