"""The text as printed pieces: a line, or a cell of a table's line. Letterheads are read piece by piece."""

from __future__ import annotations

from dataclasses import dataclass

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


def printed_lines(text: str, start: int = 0, end: int | None = None) -> list[Line]:
    """The pieces of `text[start:end]` that print words; rules ("-----", "*") are left out."""
    found = (
        Line(Span(match.start(), match.end()), match.group().strip(_MARKS))
        for match in _PIECE.finditer(text, start, len(text) if end is None else end)
    )
    return [line for line in found if line.text and not _RULE.fullmatch(line.text)]


def is_capitals(text: str) -> bool:
    """Whether a line's letters are capitals: "ỦY BAN NHÂN DÂN"."""
    return any(c.isalpha() for c in text) and text == text.upper()
