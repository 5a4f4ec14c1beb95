"""DOCX as Word really writes it."""

from __future__ import annotations

from khparse.errors import UnsupportedError
from khparse.model.document import Document


def read_docx(data: bytes) -> Document:
    """A .docx to a document."""
    raise UnsupportedError("chưa đọc được DOCX")
