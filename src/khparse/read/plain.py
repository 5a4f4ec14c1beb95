"""Plain text and Markdown, as typed or as scraped from the web."""

from __future__ import annotations

from khparse.model.document import Document
from khparse.read.assemble import Assembler


def read_plain(data: bytes) -> Document:
    """Text in UTF-8 or another declared encoding to a document without pages."""
    assembler = Assembler()
    for line in data.decode("utf-8", "replace").splitlines():
        assembler.paragraph(line)
    return assembler.document("text/plain")
