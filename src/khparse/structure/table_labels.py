"""What the words of one header cell mean: a role, a year, a unit of money."""

from __future__ import annotations

from functools import lru_cache

import regex

from khparse.model.plan import Role
from khparse.rules.load import RuleBook
from khparse.text.fold import fold
from khparse.text.money import unit_multiplier

ROLES = {role.value for role in Role}
_YEARS_ONLY = regex.compile(
    r"(?:(?:đến\s+|hết\s+|cuối\s+)*(?:năm|giai\s+đoạn|gđ|kỳ|kh|kế\s+hoạch|chỉ\s+tiêu)\s*)*(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?",
    regex.IGNORECASE,
)


def label_of(words: str, book: RuleBook) -> str | None:
    """What a header's words mean: "Cơ quan chủ trì" -> "lead"; None for words that say none of it."""
    for rule in book.rules:
        if (rule.data.label in ROLES or rule.data.label == "member") and rule.pattern.search(words):
            return rule.data.label
    return _slips(book).get(fold(words))


@lru_cache(maxsize=4)
def _slips(book: RuleBook) -> dict[str, str]:
    """Headers without their marks, as a recogniser loses them: "don vi thuc hien" -> "lead"; those that tell one label."""
    found: dict[str, set[str]] = {}
    for rule in book.rules:
        if rule.data.label in ROLES or rule.data.label == "member":
            for example in rule.data.examples:
                found.setdefault(fold(example.text), set()).add(rule.data.label)
    return {words: labels.pop() for words, labels in found.items() if len(labels) == 1}


def is_year(words: str) -> bool:
    """Whether a header is a year or a stretch of years and nothing else: "Năm 2026", "GĐ 2026-2030"."""
    return _YEARS_ONLY.fullmatch(words) is not None


def unit_in(words: str, book: RuleBook) -> int | None:
    """The unit of money that a header or a line gives: "ĐVT: triệu đồng" -> 1_000_000."""
    match = book.by_id("table.unit-line").pattern.search(words)
    if match:
        return unit_multiplier(match.captures("unit")[-1])
    alone = book.by_id("table.unit-of-money-alone").pattern.search(words)
    return unit_multiplier(words) if alone else None
