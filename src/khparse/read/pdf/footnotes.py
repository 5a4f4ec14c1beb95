"""Footnotes: small lines at a page's foot that open with a mark, and the small marks in the text that call them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import regex

from khparse.read.pdf.page import Line, PageContent, Run, Word

_MARK = regex.compile(r"[\[(]?(\d{1,3}|\*{1,3})[\])]?")
_SMALLER = 1.4  # points below the body's size


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note at the foot of a page, without its mark."""

    page: int
    mark: str
    lines: list[Line]


def body_size(runs: Iterable[Run]) -> float:
    """The size in which most of the letters are set."""
    sizes: Counter[float] = Counter()
    for run in runs:
        for line in run.lines:
            sizes[round(line.size * 2) / 2] += len(line.words)
    return max(sizes, key=sizes.__getitem__) if sizes else 0.0


def take_footnotes(page: PageContent, runs: Sequence[Run], size: float) -> list[Footnote]:
    """The page's footnotes, taken out of the last body run; marks in the text become `Line.marks`."""
    last = next((run for run in reversed(runs) if not run.column and run.lines), None)
    if last is None:
        return []
    start = len(last.lines)
    while start and last.lines[start - 1].size <= size - _SMALLER:
        start -= 1
    notes = _notes(last.lines[start:], page)
    if notes:
        del last.lines[start:]
        _call(runs, {note.mark for note in notes})
    return notes


def _notes(lines: Sequence[Line], page: PageContent) -> list[Footnote]:
    notes: list[Footnote] = []
    for line in lines:
        mark = _opening(line)
        if mark and (line.words[0].raised or not notes or _follows(notes[-1].mark, mark)):
            notes.append(Footnote(page.number, mark, [replace(line, words=line.words[1:])]))
        elif notes:
            notes[-1].lines.append(line)
        elif _rule_above(line, page):
            notes.append(Footnote(page.number, "", [line]))
    taken = sum(len(note.lines) for note in notes)
    # a mark in the middle of small print is no footnote
    return notes if taken == len(lines) else []


def _opening(line: Line) -> str | None:
    match = _MARK.fullmatch(line.words[0].text)
    return match[1] if match and len(line.words) > 1 else None


def _follows(before: str, mark: str) -> bool:
    return before.isdigit() and mark.isdigit() and int(mark) == int(before) + 1


def _rule_above(line: Line, page: PageContent) -> bool:
    return any(
        rule.horizontal and 0 < line.top - rule.bottom + 4 < 24 and 50 < rule.x1 - rule.x0 < 260 for rule in page.rules
    )


def _call(runs: Sequence[Run], marks: set[str]) -> None:
    for run in runs:
        for line in run.lines:
            if any(_called(word, marks) for word in line.words):
                line.marks = tuple(mark for word in line.words if (mark := _called(word, marks)))
                line.words = [word for word in line.words if not _called(word, marks)] or line.words


def _called(word: Word, marks: set[str]) -> str | None:
    match = _MARK.fullmatch(word.text) if word.raised else None
    return match[1] if match and match[1] in marks else None
