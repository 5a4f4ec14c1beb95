"""Figures in a line: percentages, rates per head and counted things, with their bounds and units."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from khparse.extract.targets.grammar import Grammar
from khparse.model.document import Span
from khparse.model.record import Comparator
from khparse.rules.load import MATCH_SECONDS, Rule
from khparse.text.numbers import Quantity, quantity
from khparse.text.stretches import Taken, inside

_BRACKET = regex.compile(r"[()\[\]]")
_SENTENCE_END = regex.compile(
    r"(?<!\b\p{Lu}\p{L}{0,2}|\bv\.v|\d)[.!?…]+[”\")]?\s+(?=[\p{Lu}\d“(+–-])|(?<=\d|%)\.\s+(?=[\p{Lu}“])"
)
_QUOTED = regex.compile(r"“[^“”]{0,400}”|\"[^\"]{0,400}\"")
_DIGITS = regex.compile(r"\d[\d.,]*+")
_COUNT = regex.compile(
    r"(?<![\d.,/:\-–%\p{L}])\d[\d.,]*+(?=\s\p{L}|\s?(?:[-–—÷~]|đến|tới)\s?(?:dưới\s|tối đa\s)?\d)", regex.IGNORECASE
)
_RANKED = ("chỉ số", "xếp hạng", "index", "pci", "papi", "sipas", "dti", "pii")
_BOUNDS = ("ít nhất", "tối thiểu", "không dưới", "không ít", "tối đa", "không quá")
_LIVED = ("tuổi thọ", "sống kho", "sống trung bình")
_SHARE = regex.compile(r"\d[\d.,]{0,12}+\s?(?:%|phần trăm|điểm|-|–|—|÷|~|đến|tới)", regex.IGNORECASE)
_PER_HEAD = regex.compile(r"/\s?(?:1|vạn)", regex.IGNORECASE)
_NEAR = {"figure.percent": _SHARE, "figure.count": _COUNT}
_FARTHEST_BOUND = 48  # "không thấp hơn hoặc bằng mức khoảng từ " and a range's first figure
_FARTHEST_UNIT = 120


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure where it stands: `span` covers its bound and unit, `number` begins at the digits."""

    span: Span
    number: int
    quantity: Quantity
    unit: str
    rule: Rule
    from_: bool = False  # "từ 23 …": may be where a change starts

    @property
    def percent(self) -> bool:
        """Whether it is a share."""
        return self.unit == "%"


def quoted(text: str) -> tuple[Span, ...]:
    """What stands in quotation marks: names and titles."""
    return tuple(Span(*match.span()) for match in _QUOTED.finditer(text)) if "“" in text or '"' in text else ()


def brackets(text: str) -> tuple[Span, ...]:
    """The outermost bracketed stretches; one that is never closed is none."""
    found: list[Span] = []
    opened: list[int] = []
    for match in _BRACKET.finditer(text):
        if match.group() in "([":
            opened.append(match.start())
        elif opened:
            start = opened.pop()
            if not opened:
                found.append(Span(start, match.end()))
    return tuple(found)


def sentences(text: str, masked: Sequence[Span]) -> Iterator[Span]:
    """The sentences of a line; a full stop inside brackets ends none."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if not inside(match.start(), masked):
            yield Span(start, match.end())
            start = match.end()
    if start < len(text):
        yield Span(start, len(text))


def find_figures(text: str, grammar: Grammar, *masks: Sequence[Span], counts: bool = True) -> list[Figure]:
    """The figures outside what is masked, in order, without those that a rule of label "none" excludes."""
    found: list[Figure] = []
    taken = Taken()
    for rule in grammar.figures:
        if not _may_fire(rule, text, counts=counts):
            continue
        for match in _matches(rule, text):
            figure = _figure(match, rule)
            if any(inside(figure.number, mask) for mask in masks) or not taken.is_free(*figure.span):
                continue
            if figure.unit in {"%", "hạng"} or not _is_numbered(text, figure, grammar):
                taken.take(*figure.span)
                found.append(figure)
    kept = _without_terms(text, found, grammar)
    return sorted(kept, key=lambda figure: figure.span.start)


def _is_numbered(text: str, figure: Figure, grammar: Grammar) -> bool:
    """Whether a noun before numbers what the figure seems to count: "lớp 5", but not "luân phiên ít nhất 40 bác sĩ"."""
    bounded = figure.quantity.comparator is Comparator.GE and figure.span.start < figure.number and not figure.from_
    return not bounded and bool(grammar.ordinal.search(text, max(0, figure.span.start - 14), figure.span.start))


def _may_fire(rule: Rule, text: str, *, counts: bool) -> bool:
    """A cheap look, because most lines hold no figure of a kind."""
    if rule.id == "figure.percent":
        return "%" in text or "phần trăm" in text or "điểm %" in text
    if rule.id == "figure.rank" and not any(map(text.lower().__contains__, _RANKED)):
        return False
    if rule.id == "figure.count-at-least" and not any(map(text.lower().__contains__, _BOUNDS)):
        return False
    if rule.id == "figure.life" and not any(map(text.lower().__contains__, _LIVED)):
        return False
    return counts and (rule.id != "figure.per-head" or _PER_HEAD.search(text) is not None)


def _matches(rule: Rule, text: str) -> Iterator[regex.Match[str]]:
    """The rule's matches, sought only close before digits: a bound of many words stands before each figure."""
    digits = _NEAR.get(rule.id, _DIGITS)
    read = 0
    for near in digits.finditer(text):
        start, end = max(read, near.start() - _FARTHEST_BOUND), min(len(text), near.end() + _FARTHEST_UNIT)
        if near.start() < read or (digits is _COUNT and not rule.pattern.match(text, near.start(), end)):
            continue  # without its bound it is cheaply seen to count nothing
        if match := rule.pattern.search(text, start, end, timeout=MATCH_SECONDS):
            yield match
            read = match.end()


def _figure(match: regex.Match[str], rule: Rule) -> Figure:
    groups = match.groupdict()
    start = match.start() + len(match.group()) - len(match.group().lstrip())
    unit = "hạng" if groups.get("unit") == "" else (groups.get("unit") or "%").strip()
    return Figure(Span(start, match.end()), match.start("low"), quantity(match), unit, rule, bool(groups.get("from")))


def _without_terms(text: str, figures: list[Figure], grammar: Grammar) -> list[Figure]:
    """Fees, thresholds, conditions and the like taken out."""
    if not figures:
        return figures
    shares = sorted(figure.number for figure in figures if figure.percent)
    if not shares:
        return figures
    excluded: set[int] = set()
    for rule in grammar.none:
        for match in rule.finditer(text):
            excluded.update(shares[bisect_left(shares, match.start()) : bisect_left(shares, match.end())])
    return [figure for figure in figures if figure.number not in excluded]
