"""The words that tell planned money from prices, thresholds, reports and aims: rules/money.toml, compiled once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from khparse.rules.load import Rule, load


@dataclass(frozen=True)
class MoneyWords:
    """Rules and word lists of rules/money.toml."""

    sums: tuple[Rule, ...]
    words: tuple[Rule, ...]
    unit_prices: tuple[Rule, ...]
    plans: regex.Pattern[str]
    funding: regex.Pattern[str]
    funding_first: regex.Pattern[str]
    report_heading: regex.Pattern[str]
    task_heading: regex.Pattern[str]
    aim_heading: regex.Pattern[str]
    reports: regex.Pattern[str]
    prices: regex.Pattern[str]
    part: regex.Pattern[str]
    lead_in: regex.Pattern[str]
    fund: regex.Pattern[str]
    fund_label: regex.Pattern[str]
    threshold: regex.Pattern[str]


@cache
def money_words() -> MoneyWords:
    """The compiled words of this installation."""
    book = load("money")

    def whole(name: str) -> regex.Pattern[str]:
        return book.compile(rf"(?<!\p{{L}}){{{name}}}(?!\p{{L}})")

    return MoneyWords(
        sums=book.labelled("sum"),
        words=book.labelled("words"),
        unit_prices=book.labelled("price"),
        plans=whole("plans"),
        funding=whole("funding"),
        funding_first=book.compile(r"(?:\p{L}+\s+){0,3}{funding}(?!\p{L})"),
        report_heading=book.compile(r"(?:\p{L}+\s+){0,2}{report_heading}(?!\p{L})"),
        aim_heading=book.compile(r"(?:\p{L}+\s+){0,2}{aim_heading}(?!\p{L})"),
        task_heading=whole("task_heading"),
        reports=whole("reports"),
        prices=whole("prices"),
        part=whole("part"),
        lead_in=book.compile(r"(?:^(?:{lead_in}\s+)|\s*[:,]?\s*(?<!\p{L}){lead_in})$|^(?:dự\s+kiến|sử\s+dụng)\s+"),
        fund=book.by_id("money.fund").pattern,
        fund_label=book.by_id("money.fund-label").pattern,
        threshold=book.by_id("money.threshold").pattern,
    )
