"""Shares of a whole above 100 %."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from khparse.extract.findings.records import finding, shown
from khparse.model.document import Span
from khparse.model.plan import Plan
from khparse.model.record import Comparator, Finding, FindingKind, Target
from khparse.rules.load import RuleBook


def impossible_shares(plan: Plan, targets: tuple[Target, ...], book: RuleBook) -> Iterator[Finding]:
    """Targets above 100 % of something that has no more: "tỷ lệ hộ dùng nước sạch đạt trên 100%"."""
    share, ratio = book.compile(r"^(?:{share})(?!\p{L})"), book.compile(r"(?<!\p{L}){ratio}(?!\p{L})")
    for target in targets:
        if target.unit == "%" and _above(target) and _is_share(target, share, ratio):
            value = f"{target.value:g}".replace(".", ",")
            bound = "trên " if target.comparator == Comparator.GT else ""
            message = (
                f"Chỉ tiêu {shown(target.indicator)} đặt mức {bound}{value}%, trong khi tỷ lệ không thể vượt 100%."
            )
            yield finding(plan, FindingKind.IMPOSSIBLE_VALUE, message, Span(target.start, target.end), target.section)


def _above(target: Target) -> bool:
    top = target.value_max if target.value_max is not None else target.value
    return top > 100 or (top == 100 and target.comparator == Comparator.GT)


def _is_share(target: Target, share: regex.Pattern[str], ratio: regex.Pattern[str]) -> bool:
    """A rate by its own word, or any percentage of people and things that compares with nothing else."""
    if ratio.search(target.indicator) or ratio.search(target.quote):
        return False
    return bool(share.search(target.indicator)) or target.comparator in {Comparator.GT, Comparator.GE}
