"""One reader for each media type; the PDF's also reads scans."""

from __future__ import annotations

from collections.abc import Callable

from khparse.errors import LimitError
from khparse.model.document import Document
from khparse.read.detect import MediaType, Source
from khparse.read.doc import read_doc, read_odt, read_rtf
from khparse.read.docx.document import read_docx
from khparse.read.html.document import read_html
from khparse.read.pdf.document import read_pdf
from khparse.read.plain import read_plain
from khparse.read.scan.pages import Ocr

READERS: dict[MediaType, Callable[[bytes], Document]] = {
    MediaType.TEXT: read_plain,
    MediaType.HTML: read_html,
    MediaType.DOCX: read_docx,
    MediaType.DOC: read_doc,
    MediaType.RTF: read_rtf,
    MediaType.ODT: read_odt,
}


def read(source: Source, ocr: Ocr | None = None) -> Document:
    """The document that the bytes hold; scans as `ocr` says, without it nothing of them is kept."""
    try:
        if source.media_type is MediaType.PDF:
            return read_pdf(source.data, ocr or Ocr(cache=None))
        return READERS[source.media_type](source.data)
    except RecursionError as error:
        raise LimitError("tài liệu lồng các phần vào nhau quá sâu") from error
