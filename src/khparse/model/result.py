"""What processing one file returns."""

from __future__ import annotations

from dataclasses import dataclass

from khparse.model.document import Document
from khparse.model.record import Extraction

# part of a file's identity in the store: raised whenever the same bytes may give other records
PARSER_VERSION = 2


@dataclass(frozen=True, slots=True)
class Result:
    """One file, read and extracted; `seconds` is the time that each stage took."""

    sha256: str
    document: Document
    extraction: Extraction
    seconds: tuple[tuple[str, float], ...] = ()
