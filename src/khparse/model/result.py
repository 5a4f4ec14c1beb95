"""What processing one file returns."""

from __future__ import annotations

from dataclasses import dataclass, replace

from khparse.model.document import Document
from khparse.model.record import Extraction

# part of a file's identity in the store: raised whenever the same bytes may give other records
PARSER_VERSION = 4


@dataclass(frozen=True, slots=True)
class Result:
    """One file, read and extracted; `seconds` is the time that each stage took.

    `further` are the other plans that stand in the same file, each with the file's text in which only it is left.
    """

    sha256: str
    document: Document
    extraction: Extraction
    seconds: tuple[tuple[str, float], ...] = ()
    further: tuple[Result, ...] = ()

    def without_layout(self) -> Result:
        """The same without the blocks and word boxes, which only extraction needs."""
        return replace(
            self,
            document=replace(self.document, blocks=(), words=()),
            further=tuple(each.without_layout() for each in self.further),
        )
