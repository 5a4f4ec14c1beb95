"""The text as printed pieces: a line, or a cell of a table's line. Letterheads are read piece by piece."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex

from khparse.model.document import Span

_PIECE = regex.compile(r"[^\n\t]+")
_MARKS = " \t\xa0#*|_>"
_RULE = regex.compile(r"[\-–—_=*.~ ]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A piece without Markdown's marks; `span` covers it as it stands in the text."""

    span: Span
    text: str


@lru_cache(maxsize=1)  # a document's head, kind and ending are read from the same lines, one after another
def printed_lines(text: str) -> tuple[Line, ...]:
    """The pieces of a text that print words; rules ("-----", "*") are left out."""
    found = (Line(Span(*match.span()), match.group().strip(_MARKS)) for match in _PIECE.finditer(text))
    return tuple(line for line in found if line.text and not _RULE.fullmatch(line.text))


def is_capitals(text: str) -> bool:
    """Whether a line's letters are capitals: "ỦY BAN NHÂN DÂN"."""
    return any(c.isalpha() for c in text) and text == text.upper()
