"""Is a figure an aim, a report of what has been reached, or neither? And how sure is that."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from khparse.extract.targets.grammar import Grammar
from khparse.extract.targets.indicators import Form, Reading
from khparse.model.record import Comparator, TargetKind
from khparse.rules.load import Rule
from khparse.text.horizons import EVERY_YEAR

_TRUST = {Form.HEAD: 0.96, Form.TAIL: 0.96, Form.INSIDE: 0.88, Form.ELLIPTIC: 0.6}
# what is done stands elsewhere in the sentence
_UNFINISHED = regex.compile(r"(?i)(?<!\p{L})(?:thực hiện|áp dụng|sử dụng|triển khai|đạt|được)[\s.,;]*$")
_TIMES = {"lần", "lượt"}  # how often a thing is done is its rhythm
_NUMBERS_BEFORE = regex.compile(r"(?i)(?<!\p{L})số\s(?:\d+\s?[,;]\s?){1,12}$")

_FUNDS = regex.compile(
    r"(?i)(?<!\p{L})(?:kinh phí|nguồn lực huy động|huy động nguồn lực|tổng nguồn lực|bố trí|ngân sách xã|ngân sách huyện|ngân sách tỉnh|từ ngân sách|mức hỗ trợ|dự toán)(?!\p{L})"
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a line: whether its headings set aims or report, and what a bare figure would measure."""

    aims: bool = False
    reports: bool = False
    money: bool = False
    context: str = ""
    issued: str | None = None
    work: bool = False  # an item of work


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges the readings of one line."""

    text: str
    around: Surroundings
    grammar: Grammar

    def kind(self, reading: Reading, horizon: str | None) -> TargetKind:
        """An aim, or what has been reached: by the words before the figure, the year, the section."""
        if reading.clause.start_of_change:
            return TargetKind.BASELINE
        past = self._is_past(horizon)
        told = any(self._says(r, reading) for r in self.grammar.reached)
        done = (self.around.reports and self._is_reached(horizon)) or (told and past)
        if self.grammar.aim.search(self._before(reading)) and not done:
            return TargetKind.TARGET
        reached = self.around.reports or past or told
        return TargetKind.BASELINE if reached else TargetKind.TARGET

    def is_claim(self, reading: Reading, kind: TargetKind, *, after_count: bool) -> bool:
        """Percentages always, but shares of funding; counts where the sentence or the section sets them as an aim.

        `after_count` says that the count before in the same list is one.
        """
        stated = bool(self.grammar.aim.search(self._words(reading)))
        if reading.clause.figure.percent:
            return stated or self.around.reports or not self.around.money
        if reading.clause.start_of_change:
            return True
        if "đồng" in reading.clause.figure.unit and _FUNDS.search(self._words(reading)):
            return False  # money that is allotted is a budget, not an aim
        if kind is TargetKind.BASELINE or _NUMBERS_BEFORE.search(self.text, 0, reading.clause.figure.span.start):
            return False
        made = bool(self.grammar.making.search(self._before(reading))) or bool(reading.verb.strip())
        made = made or (after_count and reading.clause.elided)
        if self.around.aims:
            return made or self._is_bounded(reading) or bool(self.grammar.measure.match(reading.head))
        return (made and stated and not self.around.money) or self._is_set_work(reading)

    def trust(self, reading: Reading, kind: TargetKind) -> float:
        """How probable it is that the claim is right."""
        figure = reading.clause.figure
        if not figure.percent:
            return figure.rule.data.confidence if self.around.aims else figure.rule.data.confidence - 0.15
        if kind is TargetKind.BASELINE:
            return 0.85
        known = self.around.aims or self.grammar.aim.search(self._words(reading))
        sure = _TRUST[reading.form]
        if reading.borrowed or _UNFINISHED.search(reading.indicator):
            sure = min(sure, _TRUST[Form.INSIDE])
        return sure - (0.0 if known else 0.1)

    def _before(self, reading: Reading) -> str:
        return self.text[reading.clause.span.start : reading.clause.figure.span.end]

    def _words(self, reading: Reading) -> str:
        return self.text[reading.clause.span.start : reading.clause.span.end]

    def _is_set_work(self, reading: Reading) -> bool:
        """Whether an item of work opens with how much is to be done: "Mở 06 lớp tập huấn cho cán bộ thôn"."""
        clause, figure = reading.clause, reading.clause.figure
        work = self.around.work and not (self.around.reports or self.around.money)
        if not work or figure.unit in _TIMES or "đồng" in figure.unit:
            return False
        return self.grammar.opens_work.fullmatch(self.text, clause.span.start, figure.span.start) is not None

    def _is_bounded(self, reading: Reading) -> bool:
        return reading.clause.figure.quantity.comparator in {Comparator.GE, Comparator.GT}

    def _is_past(self, horizon: str | None) -> bool:
        """Whether the sentence's year lies before the plan's."""
        if not horizon or horizon == EVERY_YEAR or "/" in horizon or not self.around.issued:
            return False
        return horizon[:4] < self.around.issued[:4]

    def _is_reached(self, horizon: str | None) -> bool:
        """Whether a report's year is not after the plan's: "đến cuối năm 2012 còn …" in a plan of November 2012."""
        if not horizon or horizon == EVERY_YEAR or not self.around.issued:
            return False
        return horizon.rpartition("/")[2][:4] <= self.around.issued[:4]

    def _says(self, rule: Rule, reading: Reading) -> bool:
        """Whether a rule of reports fires; a comparison with last year reports only outside a section of aims."""
        if rule.id == "reached.since":
            return not self.around.aims and bool(rule.pattern.search(self._words(reading)))
        return bool(rule.pattern.search(self._before(reading)))
