"""A line's figures to clauses: where each figure's own words begin and end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from khparse.extract.targets.figures import Figure
from khparse.extract.targets.grammar import Grammar
from khparse.extract.targets.horizons import Horizon
from khparse.model.document import Span
from khparse.text.stretches import blanked, inside

_SEPARATOR = regex.compile(r"[,:]\s|\s(?:và|đồng thời|trong đó|còn|riêng|cùng với)\s(?!\s)|\s[–-]\s|\.\s")
_CHANGE_TO = regex.compile(
    r"^[^;:]{0,70}?(?<!\p{L})(?:lên|xuống|còn|thành|đến|tới)(?!\p{L})[^;:,]{0,16}$", regex.IGNORECASE
)
# words farther from a figure than this are not about it
_CLOSE, _FAR = 500, 2_000
_SEMICOLON = regex.compile(";")
_WHERE = regex.compile(r"\s*(?:ở|tại|đối với|riêng|khu vực|vùng|nhóm|trong)\s\p{L}", regex.IGNORECASE)
_CUE = regex.compile(r"(?:đồng thời|trong đó|riêng|còn|mỗi)(?!\p{L})", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clause:
    """A figure with its stretch of the line. `elided` where a comma or và alone parts it from the clause before."""

    figure: Figure
    span: Span
    elided: bool = False
    start_of_change: bool = False  # "từ 23 …" of "từ 23 … xuống 18 …": what was reached
    change_from: int | None = None  # where "từ 23 …" ends for the figure that the change leads to
    reads_on: int = 0  # where the words after this figure begin, if not at its end


def cut_clauses(
    text: str,
    sentence: Span,
    figures: Sequence[Figure],
    masked: Sequence[Span],
    horizons: Sequence[Horizon],
    grammar: Grammar,
) -> list[Clause]:
    """One clause for each figure that has one: "A đạt 5% ở B, 10% ở C; D đạt 9%" -> three."""
    cutter = _Cutter(text, masked, horizons, grammar)
    clauses: list[Clause] = []
    for figure in figures:
        _append(clauses, figure, cutter, sentence)
    if clauses:
        clauses[-1] = _ending(clauses[-1], cutter.first_semicolon(clauses[-1].figure.span.end, sentence.end))
    return clauses


def _append(clauses: list[Clause], figure: Figure, cutter: _Cutter, sentence: Span) -> None:
    if not clauses:
        start = cutter.last_semicolon(sentence.start, figure.span.start)
        clauses.append(Clause(figure, Span(start, sentence.end)))
        return
    before = clauses[-1]
    if cutter.changes(before.figure, figure):
        clauses[-1] = replace(before, start_of_change=True, reads_on=figure.span.end)
        clauses.append(Clause(figure, Span(before.span.start, sentence.end), change_from=before.figure.span.end))
        return
    end, start, firm = cutter.cut(before.figure, figure)
    if not firm and not figure.percent and (before.figure.percent or not cutter.leads_to_level(before.figure, figure)):
        return  # a count inside another figure's clause: "100% xã mỗi quý có ít nhất 04 tin"
    if not firm and not before.figure.percent:
        clauses[-1] = Clause(figure, Span(before.span.start, sentence.end))  # a count inside the clause of a share
        return
    clauses[-1] = _ending(before, end)
    clauses.append(
        Clause(figure, Span(start, sentence.end), elided=end + 1 >= start or text_is_and(cutter.text[end:start]))
    )


def text_is_and(gap: str) -> bool:
    """Whether a gap between two clauses is no more than a comma or và."""
    return gap.strip(" ,") in {"", "và"}


def _ending(clause: Clause, end: int) -> Clause:
    return replace(clause, span=Span(clause.span.start, end))


class _Cutter:
    """Finds where one figure's clause ends and the next one's begins."""

    def __init__(self, text: str, masked: Sequence[Span], horizons: Sequence[Horizon], grammar: Grammar) -> None:
        self.text = text
        self.masked = masked
        self.grammar = grammar
        self.blanked = blanked(text, [item.span for item in horizons])

    def first_semicolon(self, start: int, end: int) -> int:
        found = self._semicolons(start, end)
        return found[0] if found else end

    def last_semicolon(self, start: int, end: int) -> int:
        found = self._semicolons(start, end)
        return found[-1] + 1 if found else start

    def _semicolons(self, start: int, end: int) -> list[int]:
        found = (match.start() for match in _SEMICOLON.finditer(self.text, start, end))
        return [place for place in found if not inside(place, self.masked)]

    def changes(self, before: Figure, figure: Figure) -> bool:
        """Whether two figures are the ends of one change: "từ 5% năm 2020 lên 9%"."""
        gap = self.text[before.span.end : min(figure.span.start, before.span.end + _FAR)]
        return before.from_ and before.percent == figure.percent and bool(_CHANGE_TO.search(gap))

    def leads_to_level(self, before: Figure, figure: Figure) -> bool:
        """Whether the second of two counts is the level of what the first describes: "trên 01 ha đạt 120 triệu đồng"."""
        return bool(self.grammar.level.search(self.text[_near(before, figure, _CLOSE) : figure.span.start]))

    def cut(self, before: Figure, figure: Figure) -> tuple[int, int, bool]:
        """End of the one clause, start of the next, and whether the cut is sure."""
        semicolons = self._semicolons(before.span.end, figure.span.start)
        if semicolons:
            return semicolons[0], semicolons[-1] + 1, True
        marks = [
            match
            for match in _SEPARATOR.finditer(self.blanked, _near(before, figure, _FAR), figure.span.start)
            if not inside(match.start(), self.masked)
        ]
        strict, loose = self.grammar.strict, self.grammar.lead
        chosen = self._lead_in(marks, figure, strict) or self._new_head(marks) or self._lead_in(marks, figure, loose)
        if chosen is None and not (before.percent or figure.percent):
            chosen = next((m for m in marks if self.grammar.starts.match(self.blanked, m.end())), None)
        chosen = chosen and self._subject_before(marks, chosen)
        if chosen:
            return chosen.start(), chosen.start() + (1 if chosen.group()[0] in ",:" else 0), True
        mark = next((m for m in marks if m.group()[0] == ","), marks[0] if marks else None)
        if mark:
            return mark.start(), mark.start() + (1 if mark.group()[0] in ",:" else 0), False
        return figure.span.start, figure.span.start, False

    def _subject_before(self, marks: list[regex.Match[str]], chosen: regex.Match[str]) -> regex.Match[str]:
        """The comma before "ở học sinh tiểu học còn 10%": there còn says the level, it opens no clause."""
        if chosen.group().strip().lower() != "còn":
            return chosen
        commas = [mark for mark in marks if mark.group()[0] == "," and mark.end() < chosen.start()]
        after = commas[-1] if commas else chosen
        return after if _WHERE.match(self.blanked, after.end(), chosen.start()) else chosen

    def _lead_in(
        self, marks: list[regex.Match[str]], figure: Figure, words: regex.Pattern[str]
    ) -> regex.Match[str] | None:
        """The first separator with nothing but horizons and such words between it and the figure."""
        return next((m for m in marks if words.fullmatch(self.blanked, m.end(), figure.span.start)), None)

    def _new_head(self, marks: list[regex.Match[str]]) -> regex.Match[str] | None:
        """The first separator before a new measure ("tỷ lệ …") or a new thought ("đồng thời …")."""
        for match in marks:
            if self.grammar.measure.match(self.blanked, match.end()) or _CUE.match(
                self.blanked, match.start() + 1 + (match.group()[0] in ",:")
            ):
                return match
        return None


def _near(before: Figure, figure: Figure, reach: int) -> int:
    """Where to begin to look for what stands between two figures."""
    return max(before.span.end, figure.span.start - reach)
