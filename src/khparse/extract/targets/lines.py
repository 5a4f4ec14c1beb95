"""A line of a plan to its claims: each figure with its indicator, bound, horizon, kind, and how sure the reading is."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from khparse.extract.targets.brackets import bracket_claims, holds_share
from khparse.extract.targets.claims import Claim
from khparse.extract.targets.clauses import Clause, cut_clauses
from khparse.extract.targets.figures import Figure, brackets, find_figures, quoted, sentences
from khparse.extract.targets.grammar import Grammar
from khparse.extract.targets.horizons import Horizon, horizons_in
from khparse.extract.targets.indicators import Form, Reading, tidy
from khparse.extract.targets.kinds import Judge, Surroundings
from khparse.extract.targets.sharing import read_clauses
from khparse.model.document import Span
from khparse.model.record import Comparator
from khparse.text.horizons import EVERY_YEAR
from khparse.text.stretches import beginning_in, blanked, inside

_DIGIT = regex.compile(r"\d")
_AHEAD = regex.compile(r"(?:đến|tới|trước|hết|cuối)(?!\p{L})", regex.IGNORECASE)  # the year of a change's end
_WORD = regex.compile(r"\p{L}{2}")


def read_line(text: str, around: Surroundings, grammar: Grammar) -> list[Claim]:
    """The claims of one line (a paragraph, a heading, a paragraph of a table cell)."""
    if not _DIGIT.search(text):
        return []
    masked = brackets(text)
    # outside sections of aims a count needs words that set it as one
    counts = around.aims or around.work or bool(grammar.aim.search(text))
    figures = find_figures(text, grammar, masked, quoted(text), counts=counts)
    shares = [span for span in masked if holds_share(text, span)]
    if not figures and not shares:
        return []
    horizons = [item for item in horizons_in(text, grammar) if not inside(item.span.start, shares)]
    line = _Line(blanked(text, shares), masked, horizons, around, grammar)
    figures = [figure for figure in figures if not line.in_horizon(figure)]
    claims: list[Claim] = []
    for sentence in sentences(text, masked):
        here = beginning_in(figures, sentence.start, sentence.end)
        if here:
            claims += line.claims(sentence, here)
    return [*claims, *bracket_claims(text, shares, claims, around, grammar)]


class _Line:
    def __init__(
        self, text: str, masked: Sequence[Span], horizons: Sequence[Horizon], around: Surroundings, grammar: Grammar
    ) -> None:
        self.text = text
        self.masked = masked
        self.horizons = horizons
        self.dated = [item.span for item in horizons]
        self.around = around
        self.grammar = grammar
        self.judge = Judge(text, around, grammar)
        self.topic = ""
        self.carried: str | None = None

    def in_horizon(self, figure: Figure) -> bool:
        """Whether what looks like a figure is part of a date."""
        return inside(figure.number, self.dated)

    def claims(self, sentence: Span, figures: Sequence[Figure]) -> list[Claim]:
        """The claims of one sentence."""
        clauses = cut_clauses(self.text, sentence, figures, self.masked, self.horizons, self.grammar)
        readings = read_clauses(self.text, clauses, self.horizons, self.topic, self.grammar)
        self.topic = next((reading.topic for reading in reversed(readings) if reading.topic), self.topic)
        found: list[Claim] = []
        count = False
        before: Reading | None = None
        for reading, horizon in zip(readings, self._stated(clauses, sentence), strict=True):
            claim = self._claim(reading, horizon, before, after_count=count)
            before = reading
            count = claim is not None and not claim.figure.percent
            found += [claim] if claim else []
        return found

    def _stated(self, clauses: Sequence[Clause], sentence: Span) -> list[str | None]:
        """Each clause's horizon as the line states it: its own, else the one that leads, else one that closes the list."""
        found: list[str | None] = []
        start = sentence.start
        for place, clause in enumerate(clauses):
            self._carry(start, clause)
            found.append(self._own(clause) or self.carried)
            if place and clauses[place - 1].start_of_change:
                found[place - 1] = self._reached_in(clauses[place - 1], clause)
            start = clause.span.end
        for i in range(len(found) - 2, -1, -1):
            parted = ";" in self.text[clauses[i].span.end : clauses[i + 1].span.start + 1]
            if found[i] is None and clauses[i + 1].elided and not parted:
                found[i] = self._closing(clauses[i + 1]) or (
                    found[i + 1] if found[i + 1] == self._closing(clauses[-1]) else None
                )
        return found

    def _reached_in(self, start: Clause, end: Clause) -> str | None:
        """When the first figure of a change was reached: "từ 41% năm 2024 xuống dưới 20%"."""
        found = beginning_in(self.horizons, start.figure.span.end, end.figure.span.start)
        return next((item.value for item in found if not _AHEAD.match(self.text, item.span.start)), None)

    def _closing(self, clause: Clause) -> str | None:
        """The horizon after a clause's figure."""
        start = clause.reads_on or clause.figure.span.end
        return next((item.value for item in beginning_in(self.horizons, start, clause.span.end)), None)

    def _carry(self, start: int, clause: Clause) -> None:
        """A horizon that opens a clause or a sentence holds for what follows in the line."""
        for item in beginning_in(self.horizons, start, clause.figure.span.start):
            opens = max(self.text.rfind(mark, 0, item.span.start) for mark in ".;:,") + 1
            leads = item.span.end <= clause.figure.span.start
            if leads and self.grammar.openers.fullmatch(self.text[opens : item.span.start]):
                self.carried = item.value

    def _own(self, clause: Clause) -> str | None:
        start = clause.reads_on or clause.figure.span.end
        after = [item.value for item in beginning_in(self.horizons, start, clause.span.end)]
        before = [
            item.value
            for item in beginning_in(self.horizons, clause.span.start, clause.figure.span.start)
            if clause.change_from is None
            or item.span.end <= clause.change_from
            or _AHEAD.match(self.text, item.span.start)
        ]
        values = after[:1] + before[-1:]
        dated = [value for value in values if value != EVERY_YEAR]
        return next(iter(dated or values), None)

    def _claim(
        self, reading: Reading, horizon: str | None, before: Reading | None, *, after_count: bool
    ) -> Claim | None:
        kind = self.judge.kind(reading, horizon)
        if not self.judge.is_claim(reading, kind, after_count=after_count):
            return None
        bare = reading.form is Form.ELLIPTIC
        words = f"{self.around.context} {reading.rest}" if bare else reading.indicator
        indicator = tidy(words, self.grammar)
        if not _WORD.search(indicator):
            return None
        start_of_change = reading.clause.start_of_change
        return Claim(
            reading.clause.figure,
            indicator,
            Comparator.EQ if start_of_change else reading.comparator,
            horizon,
            kind,
            self._quote(reading, before),
            self.judge.trust(reading, kind),
        )

    def _quote(self, reading: Reading, before: Reading | None) -> Span:
        """The clause, with the neighbour whose words it shares; without marks at its ends."""
        clause = reading.clause
        start, end = clause.span.start, clause.span.end
        if clause.elided and before and reading.form is Form.TAIL and before.head == reading.head:
            start = before.clause.span.start
        while start < clause.figure.span.start and self.text[start] in " ,;:.-–+*•":
            start += 1
        while end > clause.figure.span.end and self.text[end - 1] in " ,;:.":
            end -= 1
        return Span(start, end)
