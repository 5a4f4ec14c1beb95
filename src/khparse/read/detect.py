"""What the bytes are, by content, never by file name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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


def detect(data: bytes) -> Source:
    """The media type of the bytes. Raises InputError (empty) or UnsupportedError (a picture, a spreadsheet, …)."""
    if data.startswith(b"%PDF"):
        return Source(data, MediaType.PDF)
    if data.startswith(b"PK"):
        return Source(data, MediaType.DOCX)
    return Source(data, MediaType.TEXT)
