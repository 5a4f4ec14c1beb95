"""Horizons: by when, from a sentence, from the headings above it, from the plan's title."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import regex

from khparse.extract.targets.grammar import Grammar
from khparse.model.document import Span
from khparse.text.horizons import EVERY_YEAR
from khparse.text.stretches import Taken, covered
from khparse.text.values import NORMALISERS

# years inside another document's title are not this plan's; a legal document's title runs to the next stop
_DOCUMENT = regex.compile(
    r"“[^”]{0,400}”|\"[^\"]{0,400}\""
    r"|\b(?:Nghị quyết|Quyết định|Chỉ thị|Thông tư|Nghị định|Công văn|Kết luận|Luật|Hướng dẫn|Thông báo)\s(?:số\s?\d|của\s)[^,;:%]{0,240}"
    r"|(?<=\S\s)(?:Kế hoạch|Đề án|Chương trình|Chiến lược|Quy hoạch|Nghị quyết|Dự án)\s[^,;:%]{0,240}"
)
# a year or period that is compared with is no aim's: "so với bình quân giai đoạn 2016-2020"
_COMPARED = regex.compile(
    r"(?i)(?<!\p{L})so(?:\ssánh)?(?:\svới)?\s(?:(?!(?:đến|vào|trong|là|đạt)\s)\p{L}+\s){1,5}20\d\d(?:\s?[-–]\s?20\d\d)?"
)
# a cheap look: without one of these words the rule finds nothing
_NEEDED = {
    "horizon.by-year": ("năm",),
    "horizon.bare-year": ("đến", "tới"),
    "horizon.day": ("đến", "trước", "chậm nhất", "muộn nhất", "hết"),
    "horizon.month": ("tháng",),
    "horizon.quarter": ("quý", "6 tháng"),
    "horizon.yearly": ("hằng năm", "hàng năm", "mỗi năm", "từng năm"),
}
_TITLE_NOISE = regex.compile(
    r"(?i)ngày\s\d{1,2}[/-]\d{1,2}[/-]\d{4}|ngày\s\d{1,2}\stháng\s\d{1,2}\snăm\s\d{4}|\d+/(?:20\d\d/)?\p{Lu}[\p{L}\d-]*"
    r"|nhiệm kỳ\s(?:20\d\d\s?[-–]\s?20\d\d|20\d\d)"
)
_YEAR = regex.compile(r"(?<![\d/.])(20[0-9]\d)(?!\d|[./]\d)")


class Horizon(NamedTuple):
    """A horizon where it is written."""

    span: Span
    value: str


def horizons_in(text: str, grammar: Grammar) -> list[Horizon]:
    """The horizons stated in a line, in order; where two readings overlap the longer one stands."""
    if "20" not in text and "năm" not in text.lower():
        return []
    low = text.lower()
    found = [
        Horizon(Span(*match.span()), value)
        for rule in grammar.horizons
        if any(map(low.__contains__, _NEEDED.get(rule.id, ("",))))
        for match in rule.finditer(text)
        if (value := NORMALISERS[rule.data.normaliser or ""](match))
    ]
    if not found:
        return found
    masked = tuple([Span(*match.span()) for match in mask.finditer(text)] for mask in (_DOCUMENT, _COMPARED))
    found.sort(key=lambda item: item.span.start - item.span.end)
    taken = Taken()
    free = (item for item in found if not any(covered(item.span, masks) for masks in masked))
    return sorted((item for item in free if taken.take(*item.span)), key=lambda item: item.span.start)


def heading_horizon(text: str, grammar: Grammar) -> str | None:
    """The one horizon of a heading: "Mục tiêu đến năm 2025" -> "2025"; None where it states none or several."""
    values = {item.value for item in horizons_in(text, grammar)}
    dated = values - {EVERY_YEAR} or values
    return dated.pop() if len(dated) == 1 else None


def title_horizon(title: str | None, grammar: Grammar) -> str | None:
    """The one year or period that a plan's title sets; a title with two years sets none."""
    if not title:
        return None
    text = _TITLE_NOISE.sub(" ", title)
    values = _title_values(text, grammar)
    return values[0] if len(values) == 1 else None


def _title_values(text: str, grammar: Grammar) -> list[str]:
    found: list[Horizon] = []
    for rule in grammar.horizons:
        for match in rule.finditer(text):
            value = NORMALISERS[rule.data.normaliser or ""](match)
            if value and value != EVERY_YEAR:
                found.append(Horizon(Span(*match.span()), value))
    found.sort(key=lambda item: item.span.start - item.span.end)
    kept: list[Horizon] = []
    for item in found:
        if all(item.span.end <= other.span.start or other.span.end <= item.span.start for other in kept):
            kept.append(item)
    bare = (match.group() for match in _YEAR.finditer(text) if not _covered(match.start(), kept))
    return list(dict.fromkeys([*(item.value for item in kept), *bare]))


def _covered(offset: int, horizons: Iterable[Horizon]) -> bool:
    return any(item.span.start <= offset < item.span.end for item in horizons)
