"""Printed lines to paragraphs: what a typesetter broke because the line was full is joined, over pages too.

A line that had room for the next line's first word was ended by its writer; a label, a bullet, an indent or wider
spacing begins a paragraph as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from khparse.read.pdf.page import Line, Run

_BULLET = re.compile(r"[-–—+•*·▪►✓❖➢●○◦\uf0b7\uf0a7\uf02d]\s")
# asked of each line: the standard library's patterns begin quicker
_MARKED = re.compile(
    rf"(?:{_BULLET.pattern}|(?:[IVXLC]{{1,6}}|\d{{1,2}}(?:\.\d{{1,2}}){{0,4}}|[A-ZĐ]|[a-zđ]{{1,2}})\s?[.)/]\s"
    r"|\d{1,2}(?:\.\d{1,2}){1,4}\s|\(\d{1,2}\)\s|\([a-zđ]\)\s"
    r"|(?:Điều|Chương|Phần|Mục|PHỤ LỤC|Phụ lục|CHƯƠNG|PHẦN|MỤC)\s+(?:[IVXLC]+|\d+|thứ)\b|Căn cứ\b|Nơi nhận\b)"
)
# the state's name over every letterhead, where a narrow cell breaks it
_MOTTO = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM")
_ENDS = (".", ";", ":", "!", "?", "…", "./.")
_INDENT = 8.0


@dataclass(frozen=True, slots=True)
class Habits:
    """How this document sets paragraphs: whether labels stand indented, and the step from line to line in points."""

    labels_indented: bool
    pitch: float


def habits_of(runs: Iterable[Run]) -> Habits:
    """The document's habits, from all its runs of lines."""
    labels: list[bool] = []
    pitches: list[float] = []
    for run in runs:
        for above, below in pairwise(run.lines):
            if above.page == below.page and 0 < below.top - above.top < 3 * above.size:
                pitches.append((below.top - above.top) / above.size)
        labels.extend(line.x0 > line.left + _INDENT for line in run.lines if not line.centered and is_marked(line))
    indented = sum(labels) * 10 >= len(labels) * 7 if labels else False
    return Habits(indented, median(pitches) if pitches else 1.3)


def is_marked(line: Line) -> bool:
    """Whether a line opens with a bullet or a label: "- ", "a) ", "2.1. ", "Điều 3"."""
    return _MARKED.match(line.text + " ") is not None


def paragraphs_of(lines: Iterable[Line], habits: Habits) -> list[list[Line]]:
    """The lines, grouped by paragraph."""
    paragraphs: list[list[Line]] = []
    for line in lines:
        if paragraphs and continues(paragraphs[-1], line, habits):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return paragraphs


def continues(paragraph: Sequence[Line], line: Line, habits: Habits) -> bool:
    """Whether `line` carries on the paragraph whose lines so far are given."""
    last = paragraph[-1]
    if _MOTTO.fullmatch(f"{last.text} {line.text}") or (last.text.endswith("-") and _glued(last.text, line.text)):
        return True
    if _opens(last, line, habits):
        return False
    if not is_full(last, line):
        return _runs_on(last, line)
    if last.centered and line.centered:
        return last.bold == line.bold
    return not _indented(paragraph, line)


def _opens(last: Line, line: Line, habits: Habits) -> bool:
    """Whether the line's own look begins a paragraph, however full the last one is."""
    if abs(last.size - line.size) > 2.0 or _stands_off(last, line, habits):
        return True
    if is_marked(line) and not _marked_by_chance(last, line, habits):
        return True
    if last.text.isupper() and any(map(str.islower, line.text)):
        return last.centered or (last.page == line.page and line.bold != last.bold)
    return last.bold and _capital(line) and not any(word.bold for word in line.words)


def is_full(last: Line, line: Line) -> bool:
    """Whether the next line's first word had no room at the end of `last`."""
    blank = 0.25 * last.size
    first = line.words[0]
    return last.x1 - last.x0 + _inset(last) + blank + (first.x1 - first.x0) > last.right - last.left - 2.0


def _inset(line: Line) -> float:
    """What its indent takes of a line's width; centred lines may use it."""
    return 0.0 if line.centered else line.x0 - line.left


def _stands_off(last: Line, line: Line, habits: Habits) -> bool:
    """Whether more white stands between the lines than between lines of one paragraph."""
    if last.page != line.page or line.top < last.top or _in_sentence(last, line):
        return False
    return line.top - last.top > habits.pitch * last.size + max(3.5, 0.25 * last.size)


def _in_sentence(last: Line, line: Line) -> bool:
    """Whether a small letter follows words with no stop: no paragraph begins so."""
    return line.text[0].islower() and not last.text.endswith(_ENDS) and (not last.centered or is_marked(last))


def _marked_by_chance(last: Line, line: Line, habits: Habits) -> bool:
    """A wrapped line that happens to begin with "31. " or "- 2025": at the margin, after a full line with no stop."""
    if not is_full(last, line) or line.centered:
        return False
    if habits.labels_indented:
        return line.x0 <= line.left + _INDENT / 2
    text = line.text
    return (
        not last.text.endswith(_ENDS)
        and not last.bold
        and bool(_BULLET.match(text))
        and not text[2:3].isupper()
        and abs(line.x0 - last.x0) < _INDENT
    )


def _runs_on(last: Line, line: Line) -> bool:
    """A line broken by hand inside a sentence: the next one opens with a small letter or a figure."""
    first = line.text[0]
    if last.text.endswith(_ENDS) or line.text.startswith(("Nơi nhận", "(")):
        return False
    return first.islower() or (first.isdigit() and not last.text.isupper())


def _capital(line: Line) -> bool:
    return next((c.isupper() for c in line.text if c.isalpha()), False)


def _indented(paragraph: Sequence[Line], line: Line) -> bool:
    """Whether the line's indent begins a paragraph; hanging and block indents carry one on."""
    if line.x0 <= line.left + _INDENT:
        return False
    first, last = paragraph[0], paragraph[-1]
    if len(paragraph) > 1 and abs(line.x0 - last.x0) < 3:
        return False
    if is_marked(first) and len(first.words) > 1 and abs(line.x0 - first.words[1].x0) < 6:
        return False
    return line.x0 > first.x0 - 3 and (_capital(line) or last.text.endswith(_ENDS))


def joined(lines: Iterable[Line]) -> str:
    """The lines' words: "Quyết định số 9321/UBND-" + "VP ngày" -> "… 9321/UBND-VP ngày"."""
    text = ""
    for line in lines:
        words = line.text
        text += words if not text or _glued(text, words) else " " + words
    return text


def _glued(text: str, words: str) -> bool:
    """A hyphen or a stroke inside a number or a code at the line's end needs no blank."""
    return len(text) > 1 and text[-1] in "-/" and text[-2].isalnum() and words[:1].isalnum()
