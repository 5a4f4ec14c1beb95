"""Two columns typed with tabs or blanks instead of a table: the head, and "Nơi nhận" beside the signature."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import regex

from khparse.read.flow import LINE_BREAK, PAGE_START, Flow, Para

_GAP = regex.compile(r"[ \u00a0]*+\t[ \u00a0\t]*+|[ \u00a0]{3,}+")
_NATION = regex.compile(r"(?i)^(?:CỘNG\s+(?:HÒA|HOÀ)\s+XÃ\s+HỘI|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM)")
_RECIPIENTS = regex.compile(r"(?i)^\s*Nơi\s+nhận\s*:?")
_DAY = regex.compile(r"[\p{Lu}][\p{L} .\-–]{1,40},\s*(?:ngày|tháng)")
_LISTED = regex.compile(r"\s*[-–+•*]|\s*Lưu\b")
_DRAWN = regex.compile(r"[\s_\-–—*=.…]*+")
# a head is six lines at most, a list of recipients is longer
_HEAD_LINES, _TAIL_LINES = 8, 60


class _Line(NamedTuple):
    """A typed line as its two halves; either may be empty."""

    left: str
    right: str


def columns_apart(flow: Sequence[Flow]) -> Iterator[Flow]:
    """The flow with typed columns read one after the other, left before right; all else as it is."""
    lines = list(_one_line_each(flow))
    place = 0
    while place < len(lines):
        end = _columns_end(lines, place)
        yield from _by_column(lines[place:end]) if end > place else lines[place : place + 1]
        place = max(end, place + 1)


def _one_line_each(flow: Sequence[Flow]) -> Iterator[Flow]:
    """Paragraphs whose lines are broken between columns (all the head in one paragraph) as one for each line."""
    for block in flow:
        if isinstance(block, Para) and LINE_BREAK in block.text and _opens(block.text.partition(LINE_BREAK)[0]):
            pieces = block.text.split(LINE_BREAK)
            yield from (replace(block, text=piece, after=()) for piece in pieces[:-1])
            yield replace(block, text=pieces[-1])
        else:
            yield block


def _opens(text: str) -> int:
    """How many lines two columns may take from this one on; 0 where it begins none."""
    line = _halves(text)
    if line.left and line.right and _NATION.match(line.right):
        return _HEAD_LINES
    return _TAIL_LINES if line.right and _RECIPIENTS.match(line.left) else 0


def _columns_end(blocks: Sequence[Flow], start: int) -> int:
    """The end of the columns that begin at `start`, `start` where none do."""
    first = blocks[start]
    most = _opens(first.text) if isinstance(first, Para) else 0
    end = start
    for place in range(start, min(start + most, len(blocks))):
        block = blocks[place]
        if not isinstance(block, Para) or (place > start and not _goes_on(block.text, tail=most == _TAIL_LINES)):
            break
        if block.text.strip():
            end = place + 1
    return end


def _goes_on(text: str, *, tail: bool) -> bool:
    """Whether a line still belongs to the columns: it has a gap, is empty or drawn, or lists a recipient."""
    line = _halves(text)
    return bool(line.right) or _DRAWN.fullmatch(text) is not None or (tail and _LISTED.match(text) is not None)


def _by_column(blocks: Sequence[Flow]) -> Iterator[Para]:
    paras = [block for block in blocks if isinstance(block, Para)]
    lines = [_halves(para.text) for para in paras]
    yield from (replace(para, text=line.left, after=()) for para, line in zip(paras, lines, strict=True))
    yield from (replace(para, text=line.right) for para, line in zip(paras, lines, strict=True))


def _halves(text: str) -> _Line:
    """A line cut at its gap: the one before "…, ngày", else a tab, else the widest run of blanks."""
    text = text.replace(PAGE_START, "").replace(LINE_BREAK, " ").rstrip(" \u00a0\t")
    gaps = list(_GAP.finditer(text))
    if not gaps:
        return _Line(text, "")
    day = next((match.start() for match in _DAY.finditer(text)), None)
    before_day = [gap for gap in gaps if gap.end() == day]
    tabbed = [gap for gap in gaps if "\t" in gap[0]]
    gap = max(before_day or tabbed or gaps, key=lambda gap: len(gap[0]))
    return _Line(text[: gap.start()].strip(), text[gap.end() :].strip())
