"""A printed list of contents: the plan's own headings with their pages, said again in their places further down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from khparse.model.document import Document, Span
from khparse.text.fold import fold

_ENTRY = regex.compile(r"(?P<said>\S[^\n]{2,300}?)(?:[\s.…·_]{2,}+|\s)(?P<page>\d{1,3})\s*+")
_NAMED = regex.compile(
    r"\W{0,4}(?:mục\s+lục|nội\s+dung|trang|tt|stt)(?:\W{1,4}(?:nội\s+dung|trang))*\W{0,4}", regex.IGNORECASE
)
_TITLE = regex.compile(r"mục\s+lục", regex.IGNORECASE)
_LEADER = regex.compile(r"(?:[.…·_]\s?){5}")
_HINT = regex.compile(r"^\W{0,4}mục\s+lục\W{0,4}$|(?:[.…·_]\s?){5}\d{1,3}\s*$", regex.IGNORECASE | regex.MULTILINE)
_NO_LETTER = regex.compile(r"[^\p{L}\p{N}]+")
_SIGNS = ("....", "……", "____", ". . .", "····")  # without any of which no hint is looked for
_LEAST = 4
_COMPARED = 24  # characters of a heading, without blanks and marks
_BETWEEN = 2  # lines of a heading that goes on in the next


@dataclass(frozen=True, slots=True)
class _Line:
    """A line; `said` and `page` where it may be an entry."""

    span: Span
    text: str
    said: str | None
    page: int


def without_contents(document: Document) -> Document:
    """The document with blank lines where a list of contents stands; offsets and pages stay."""
    text = document.text
    for span in _lists(text):
        text = text[: span.start] + regex.sub(r"[^\n]", " ", text[span.start : span.end]) + text[span.end :]
        kept = tuple(block for block in document.blocks if not span.start <= block.span.start < span.end)
        document = replace(document, text=text, blocks=kept)
    return document


def _lists(text: str) -> Iterator[Span]:
    if not any(sign in text for sign in _SIGNS) and "mục lục" not in text.lower():
        return
    if not _HINT.search(text):
        return
    lines = list(_lines(text))
    starts: dict[str, int] = {}  # how a line begins -> the last one that does
    for first, last in _runs(lines):
        if not starts:
            starts = {_key(line.text): line.span.start for line in lines}
        end = lines[last].span.end
        entries = [line for line in lines[first : last + 1] if line.said]
        again = sum(starts.get(_key(line.said or ""), 0) > end for line in entries)
        above = first
        while above and _NAMED.fullmatch(lines[above - 1].text):
            above -= 1
        # a table of growing figures whose rows are named again further down is none
        named = any(_TITLE.search(line.text) for line in lines[above:first])
        led = sum(_LEADER.search(line.text) is not None for line in entries)
        if again >= max(_LEAST, len(entries) * 0.6) and (named or led > len(entries) / 2):
            yield Span(lines[above].span.start, end)


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for words in text.split("\n"):
        span = Span(start, start + len(words))
        start = span.end + 1
        if words.strip():
            found = _ENTRY.fullmatch(words) if words.rstrip()[-1].isdigit() else None
            yield _Line(span, words, found["said"] if found else None, int(found["page"]) if found else 0)


def _runs(lines: Sequence[_Line]) -> Iterator[tuple[int, int]]:
    """First and last entry of each stretch of lines whose pages do not go down."""
    first = last = -1
    count = 0
    for index, line in enumerate(lines):
        if not line.said:
            continue
        if first >= 0 and index - last <= _BETWEEN and line.page >= lines[last].page:
            count += 1
        else:
            if count >= _LEAST:
                yield first, last
            first, count = index, 1
        last = index
    if count >= _LEAST:
        yield first, last


def _key(words: str) -> str:
    return _NO_LETTER.sub("", fold(words[:80]))[:_COMPARED]
