"""PDF: born digital through pdfium, pages without words through `read.scan`."""

from __future__ import annotations

from khparse.errors import UnsupportedError
from khparse.model.document import Document


def read_pdf(data: bytes) -> Document:
    """A PDF to a document with pages and boxes."""
    raise UnsupportedError("chưa đọc được PDF")
