"""The sums of a paragraph, each with the words of its clause: what tells its name, its fund, its years, its whole."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from khparse.extract.budgets.words import MoneyWords
from khparse.model.document import Span
from khparse.rules.load import Rule
from khparse.text.stretches import inside

IN_WORDS = regex.compile(r"^\s*\((?:[^()]{0,40}:\s*)?[^()\d]{6,160}(?:đồng|chẵn|tỷ|triệu)[^()\d]{0,12}\)")
_FIGURE = regex.compile(r"\d")
_UNIT_LINE = regex.compile(r"^\s*\(?\s*đơn vị\s*:?\s*$", regex.IGNORECASE)
_SPELT = regex.compile(r"^\s*\(?\s*(?:số tiền\s)?(?:viết\s)?bằng chữ", regex.IGNORECASE)  # the figures stand elsewhere
_REVENUE = regex.compile(r"(?<!\p{L})(?:tăng|vượt)\s+thu(?!\p{L})", regex.IGNORECASE)  # a fund, not a report
_SENTENCE = regex.compile(r"[;\n]|\.(?=\s+\p{Lu})")
_PAUSE = regex.compile(r"[;\n]|\.(?=\s|$)")
_STOP = regex.compile(r"\.(?=\s+\p{Lu})|\n")
_PER = regex.compile(r"(?:\s?/\s?[\p{L}\d]+(?:\s\p{L}+)??)*(?=[\s,;.)]|$)|")
_BRACKETED = regex.compile(r"\([^()]*+\)")
_OPENED = regex.compile(r"\([^()]*$")
# "12 lớp x 3.000.000 đồng", "mỗi hộ 15 triệu đồng": one of several, whatever they add up to
_EACH_BEFORE = regex.compile(
    r"\d\s?(?:\p{L}+\s?){0,3}[x×*]\s*$|(?<!\p{L})mỗi\s+(?!năm|quý|tháng)\p{L}+(?:\s\p{L}+)?\s*(?:là|:)?\s*$",
    regex.IGNORECASE,
)
_RESULT = regex.compile(r"=\s*$")
_FACTORS = regex.compile(r"(?:(?<=[:,])|(?<=\s)(?=\d))[^:=;,]{0,160}=\s*$")
_EACH_BEHIND = regex.compile(r"\s*[x×*]\s*\d", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum in its paragraph: the words of its sentence before it and behind it, and the sum that it is a part of."""

    match: regex.Match[str]
    rule: Rule
    clause: str
    behind: str
    part: bool
    after: str
    ahead: str  # what stands in the paragraph before the sum's own clause
    whole: int | None  # the place, among the paragraph's sums, of the one whose brackets hold this one


def sums_in(text: str, span: Span, words: MoneyWords) -> list[Sum]:
    """The sums in figures, or where there are none those in words alone."""
    in_figures = words.sums if _FIGURE.search(text, *span) else ()
    found = [(match, rule) for rule in in_figures for match in rule.finditer(text, *span)]
    if not found:
        found = [(match, rule) for rule in words.words for match in rule.finditer(text, *span)]
    if not found:
        return []
    found.sort(key=lambda pair: pair[0].start())
    ends = [match.end("sum") for match, _ in found]
    starts = [match.start() for match, _ in found]
    priced = [match.end() for rule in words.unit_prices for match in rule.finditer(text, *span)]
    sums: list[Sum] = []
    closed = span.start  # where the last sum ends that is no factor of a product
    for (match, rule), before, after in zip(found, [span.start, *ends], [*starts[1:], span.end], strict=False):
        # "60 triệu đồng/hộ, tổng kinh phí 3 tỷ đồng": the price says nothing of the sum
        bracketed = _priced_brackets(text, before, match.start(), priced)
        first = max([before, *(end for end in priced if before < end < match.start() and not inside(end, bracketed))])
        if first > before and (unit := _PER.match(text, first)):
            first = unit.end()
        if _RESULT.search(text, span.start, match.start()):
            first = closed
        said = _FACTORS.sub("", IN_WORDS.sub("", _without(text, Span(first, match.start()), bracketed)))
        if not (_EACH_BEHIND.match(text, match.end()) or _EACH_BEFORE.search(said)):
            closed = match.end("sum")
        clause = _SENTENCE.split(said)[-1]
        whole = _whole(sums, text, match)
        sums.append(
            Sum(
                match,
                rule,
                clause,
                _behind(text, match, after, last=after == span.end),
                whole is not None or _is_part(sums, text, match, words),
                text[match.end() : span.end],
                said[: len(said) - len(clause)],
                whole,
            )
        )
    return sums


def _priced_brackets(text: str, start: int, end: int, priced: list[int]) -> list[Span]:
    """The closed brackets that hold a price: "Mua 20 ghế (350.000 đồng/chiếc): 7.000.000 đồng"."""
    if not any(start < price < end for price in priced):
        return []
    closed = (Span(*match.span()) for match in _BRACKETED.finditer(text, start, end))
    return [span for span in closed if any(span.start < price < span.end for price in priced)]


def _without(text: str, span: Span, left_out: list[Span]) -> str:
    """The words of a stretch without those of the stretches in it that are left out."""
    kept, start = [], span.start
    for out in left_out:
        if out.start >= start:
            kept.append(text[start : out.start].rstrip())
            start = out.end
    return "".join([*kept, text[start : span.end]])


def _behind(text: str, match: regex.Match[str], end: int, *, last: bool) -> str:
    """The words behind a sum as far as they are its own: those after a comma or in a bracket go with the next sum."""
    behind = _PAUSE.split(text[match.end() : end])[0]
    if last:
        return behind
    behind = _OPENED.sub("", IN_WORDS.sub("", behind))
    return behind.rpartition(",")[0] if "," in behind else behind


def _whole(before: list[Sum], text: str, match: regex.Match[str]) -> int | None:
    """The sum whose brackets hold this one: "13.500 triệu đồng (ngân sách tỉnh 9.000 triệu đồng; …)"."""
    if not before:
        return None
    gap = text[before[-1].match.end("sum") : match.start()]
    if before[-1].whole is not None:
        return None if ")" in gap else before[-1].whole
    return len(before) - 1 if gap.lstrip().startswith("(") and ")" not in gap else None


def _is_part(before: list[Sum], text: str, match: regex.Match[str], words: MoneyWords) -> bool:
    """Whether a sum is one of the parts that "trong đó", "gồm" announce, as long as the sentence goes on."""
    if not before:
        return False
    last = before[-1]
    gap = text[last.match.end("sum") : match.start()]
    outer = last if last.whole is None else before[last.whole]
    return not _STOP.search(gap) and (outer.part or bool(words.part.search(f"{outer.clause} {gap}")))


def is_other(text: str, found: Sum, words: MoneyWords, *, whole: bool = False) -> bool:
    """A price, a threshold, a report, the unit of a table; a whole with its parts is neither price nor fined."""
    return bool(
        (words.prices.search(found.clause) and not whole)
        or _UNIT_LINE.match(found.clause)
        or _SPELT.match(found.clause)
        or _EACH_BEFORE.search(found.clause)
        or _EACH_BEHIND.match(found.after)
        or IN_WORDS.search(found.clause)
        or words.reports.search(found.clause)
        or (words.reports.search(_REVENUE.sub("", found.behind)) and not whole)
        or words.threshold.search(text, found.match.start(), found.match.end() + len(" trở xuống"))
    )
