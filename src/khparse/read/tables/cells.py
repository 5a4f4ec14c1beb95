"""A cell's printed lines to its paragraphs, words that a narrow cell broke put together: "Tổn" + "g" -> "Tổng"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

from khparse.read.pdf.lines import is_full, is_marked
from khparse.read.pdf.page import Line
from khparse.text.syllables import is_syllable

_STOPS = (".", ";", ":", "!", "?")
_LAST_LETTERS = regex.compile(r"\p{L}+$")
_FIRST_LETTERS = regex.compile(r"^\p{L}+")


def cell_paragraphs(lines: Sequence[Line]) -> tuple[str, ...]:
    """The cell's paragraphs, its lines joined."""
    paragraphs: list[list[Line]] = []
    alone = sum(map(is_marked, lines)) == 1
    for line in lines:
        if paragraphs and _continues(paragraphs[-1][-1], line, alone=alone):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return tuple(_text(own) for own in paragraphs)


def _continues(last: Line, line: Line, *, alone: bool) -> bool:
    """Whether a cell's line goes on with the one before; `alone`: no other line of the cell opens with a mark."""
    full = is_full(last, line)
    if is_marked(line):
        small = not line.text[2:3].isupper()
        # "Vụ Kế hoạch" / "- Tài chính": not even the dash had room, and a list has more than one
        dash = alone and line.words[0].text in "-–"
        return (full and not last.text.endswith(_STOPS) and (small or dash)) or _broken(last, line)
    if full:
        return True
    first = line.text[0]
    return not last.text.endswith(_STOPS) and not first.isupper() and first not in "“\"'"


def _text(lines: Sequence[Line]) -> str:
    text = lines[0].text
    for last, line in pairwise(lines):
        text += line.text if _broken(last, line) or _runs_through(last, line) else " " + line.text
    return text


def _runs_through(last: Line, line: Line) -> bool:
    """A code or a period broken after its hyphen or stroke: "2023-" + "2025"."""
    text = last.text
    return len(text) > 1 and text[-1] in "-/" and text[-2].isalnum() and line.text[:1].isalnum()


def _broken(last: Line, line: Line) -> bool:
    """Whether a word too long for the cell was cut between the lines, for want of a place to break it.

    Its first part is alone on its line, fills it to the last letter, and the parts make one word or one number.
    """
    if len(last.words) > 1 or last.words[-1].spaced:
        return False
    before, after = last.text, line.words[0].text
    letter = (line.words[0].x1 - line.words[0].x0) / max(len(after), 1)
    if last.x1 - last.x0 + letter <= last.right - last.left - 1.0:
        return False
    if before[-1].isdigit() or (before[-1] in "(.," and len(before) > 1):
        return after[0].isdigit() or (before[-1].isdigit() and after[0] in ".,)%")
    return _one_word(before, after)


def _one_word(before: str, after: str) -> bool:
    head, tail = _LAST_LETTERS.search(before), _FIRST_LETTERS.match(after)
    if head is None or tail is None:
        return False
    if is_syllable(head[0]) and is_syllable(tail[0]):
        return False
    return is_syllable(head[0] + tail[0]) or (head[0].isupper() and tail[0].isupper())
