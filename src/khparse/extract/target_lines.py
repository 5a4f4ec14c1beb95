"""A line of a plan to its claims: each figure with its indicator, bound, horizon, kind, and how sure the reading is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from khparse.extract.target_clauses import Clause, cut_clauses
from khparse.extract.target_figures import Figure, brackets, find_figures, quoted, sentences
from khparse.extract.target_grammar import Grammar
from khparse.extract.target_horizons import Horizon, horizons_in
from khparse.extract.target_indicators import Form, Reading, read_clauses, tidy
from khparse.model.document import Span
from khparse.model.record import Comparator, TargetKind
from khparse.text.horizons import EVERY_YEAR

_TRUST = {Form.HEAD: 0.96, Form.TAIL: 0.96, Form.INSIDE: 0.88, Form.ELLIPTIC: 0.7}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a line: whether its headings set aims or report, and what a bare figure would measure."""

    aims: bool = False
    reports: bool = False
    money: bool = False
    context: str = ""
    issued: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure as read; `quote` counts in the line, `horizon` is what the line itself states."""

    figure: Figure
    indicator: str
    comparator: Comparator
    horizon: str | None
    kind: TargetKind
    quote: Span
    confidence: float


def read_line(text: str, around: Surroundings, grammar: Grammar) -> list[Claim]:
    """The claims of one line (a paragraph, a heading, a paragraph of a table cell)."""
    if not regex.search(r"\d", text):
        return []
    masked = brackets(text)
    figures = find_figures(text, grammar, (*masked, *quoted(text)))
    if not figures:
        return []
    line = _Line(text, masked, horizons_in(text, grammar), around, grammar)
    figures = [figure for figure in figures if not line.in_horizon(figure)]
    claims: list[Claim] = []
    for sentence in sentences(text, masked):
        here = [figure for figure in figures if sentence.start <= figure.span.start < sentence.end]
        if here:
            claims += line.claims(sentence, here)
    return claims


class _Line:
    def __init__(
        self, text: str, masked: Sequence[Span], horizons: Sequence[Horizon], around: Surroundings, grammar: Grammar
    ) -> None:
        self.text = text
        self.masked = masked
        self.horizons = horizons
        self.around = around
        self.grammar = grammar
        self.topic = ""
        self.carried: str | None = None

    def in_horizon(self, figure: Figure) -> bool:
        """Whether what looks like a figure is part of a date."""
        return any(item.span.start <= figure.number < item.span.end for item in self.horizons)

    def claims(self, sentence: Span, figures: Sequence[Figure]) -> list[Claim]:
        """The claims of one sentence."""
        clauses = cut_clauses(self.text, sentence, figures, self.masked, self.horizons, self.grammar)
        readings = read_clauses(self.text, clauses, self.horizons, self.topic, self.grammar)
        self.topic = next((reading.topic for reading in reversed(readings) if reading.topic), self.topic)
        stated = self._stated(clauses, sentence)
        return [
            claim
            for reading, horizon in zip(readings, stated, strict=True)
            if (claim := self._claim(reading, horizon, readings)) is not None
        ]

    def _stated(self, clauses: Sequence[Clause], sentence: Span) -> list[str | None]:
        """Each clause's horizon as the line states it: its own, else the one that leads, else one that closes the list."""
        found: list[str | None] = []
        start = sentence.start
        for clause in clauses:
            self._carry(start, clause)
            found.append(self._own(clause) or self.carried)
            start = clause.span.end
        for i in range(len(found) - 2, -1, -1):
            if found[i] is None and clauses[i + 1].elided:
                found[i] = self._closing(clauses[i + 1]) or (
                    found[i + 1] if found[i + 1] == self._closing(clauses[-1]) else None
                )
        return found

    def _closing(self, clause: Clause) -> str | None:
        """The horizon after a clause's figure."""
        start = clause.reads_on or clause.figure.span.end
        return next((item.value for item in self.horizons if start <= item.span.start < clause.span.end), None)

    def _carry(self, start: int, clause: Clause) -> None:
        """A horizon that opens a clause or a sentence holds for what follows in the line."""
        for item in self.horizons:
            leads = start <= item.span.start and item.span.end <= clause.figure.span.start
            head = regex.split(r"[.;:,]", self.text[: item.span.start])[-1]
            if leads and self.grammar.openers.fullmatch(head):
                self.carried = item.value

    def _own(self, clause: Clause) -> str | None:
        start = clause.reads_on or clause.figure.span.end
        after = [item.value for item in self.horizons if start <= item.span.start < clause.span.end]
        before = [
            item.value for item in self.horizons if clause.span.start <= item.span.start < clause.figure.span.start
        ]
        values = after[:1] + before[-1:]
        dated = [value for value in values if value != EVERY_YEAR]
        return next(iter(dated or values), None)

    def _claim(self, reading: Reading, horizon: str | None, readings: Sequence[Reading]) -> Claim | None:
        figure = reading.clause.figure
        clause = self.text[reading.clause.span.start : reading.clause.span.end]
        kind = self._kind(reading, horizon)
        if not self._is_aim(figure, reading, clause, kind):
            return None
        indicator = tidy(reading.indicator, self.grammar)
        trust = _TRUST[reading.form]
        if reading.form is Form.ELLIPTIC or not indicator:
            indicator, trust = tidy(f"{self.around.context} {reading.rest}", self.grammar), 0.6
        if not indicator:
            return None
        if reading.clause.start_of_change:
            horizon = None
        return Claim(
            figure,
            indicator,
            reading.comparator if not reading.clause.start_of_change else Comparator.EQ,
            horizon,
            kind,
            self._quote(reading, readings),
            self._trust(trust, figure, clause, kind),
        )

    def _kind(self, reading: Reading, horizon: str | None) -> TargetKind:
        """An aim, or what has been reached: by the words before the figure, the year, the section."""
        clause = reading.clause
        if clause.start_of_change:
            return TargetKind.BASELINE
        before = self.text[clause.span.start : clause.figure.span.start]
        words = self.text[clause.span.start : clause.span.end]
        if self.grammar.aim.search(before):
            return TargetKind.TARGET
        said = any(
            rule.pattern.search(words if rule.id == "reached.since" else before) for rule in self.grammar.reached
        )
        past = bool(
            horizon
            and self.around.issued
            and horizon[-10:][:4] < self.around.issued[:4]
            and "/" not in horizon
            and horizon != EVERY_YEAR
        )
        return TargetKind.BASELINE if said or past or self.around.reports else TargetKind.TARGET

    def _is_aim(self, figure: Figure, reading: Reading, clause: str, kind: TargetKind) -> bool:
        """Percentages always, but shares of funding; counts where the sentence or the section sets them as an aim."""
        stated = bool(self.grammar.aim.search(clause))
        if figure.percent:
            return stated or not self.around.money
        if kind is TargetKind.BASELINE and not reading.clause.start_of_change:
            return False
        made = bool(self.grammar.making.search(self.text[reading.clause.span.start : figure.span.start])) or bool(
            reading.verb.strip()
        )
        bounded = figure.quantity.comparator in {Comparator.GE, Comparator.GT}
        if self.around.aims:
            return made or bounded or reading.form is Form.TAIL
        return stated and made and not self.around.money

    def _quote(self, reading: Reading, readings: Sequence[Reading]) -> Span:
        """The clause, with the neighbour whose words it shares; without marks at its ends."""
        clause = reading.clause
        start, end = clause.span.start, clause.span.end
        place = readings.index(reading)
        if clause.elided and place and reading.form is Form.TAIL and readings[place - 1].head == reading.head:
            start = readings[place - 1].clause.span.start
        while start < clause.figure.span.start and self.text[start] in " ,;:.-–+*•":
            start += 1
        while end > clause.figure.span.end and self.text[end - 1] in " ,;:.":
            end -= 1
        return Span(start, end)

    def _trust(self, trust: float, figure: Figure, clause: str, kind: TargetKind) -> float:
        if not figure.percent:
            return figure.rule.data.confidence
        if kind is TargetKind.BASELINE:
            return min(trust, 0.85)
        return trust if self.around.aims or self.grammar.aim.search(clause) else trust - 0.1
