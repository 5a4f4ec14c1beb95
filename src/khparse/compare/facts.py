"""The values that comparison works on: what it needs to know of plans and their records, wherever they are kept."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from khparse.compare.phrases import counted
from khparse.compare.ranges import Range, as_range, measure_of
from khparse.text.fold import key


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan as comparison sees it. `implements` and `replaces` hold document keys (`document_key`)."""

    id: int
    key: str | None  # its own document key, None while its number is blank
    issuer: str | None
    province: str | None
    date: str | None
    title: str | None = None
    file: str = ""
    implements: frozenset[str] = frozenset()
    replaces: frozenset[str] = frozenset()
    number: str | None = None


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """What every compared record carries: its row, its plan, and where its words stand."""

    id: int
    plan: int
    quote: str
    section: str | None
    page: int | None
    confidence: float

    @property
    def phrase(self) -> str:
        """What it is compared by."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class TargetFacts(RecordFacts):
    """A target."""

    indicator: str
    comparator: str
    value: float
    value_max: float | None
    unit: str
    horizon: str | None
    context: str = ""  # the headings above: they may say whose figure it is ("b) Khu vực nông thôn")
    source: str = ""

    @property
    def phrase(self) -> str:
        """What it is compared by."""
        return counted(self.indicator, self.unit)

    @property
    def range(self) -> Range:
        """The values that it allows, in the whole measure: "1,5 triệu lượt" -> 1,500,000."""
        factor = measure_of(self.unit).factor
        upper = None if self.value_max is None else self.value_max * factor
        return as_range(self.comparator, self.value * factor, upper)


@dataclass(frozen=True, slots=True)
class TaskFacts(RecordFacts):
    """A task; `lead` are office names in full, `due` the last day, `recurrence` the rule."""

    title: str
    lead: tuple[str, ...]
    due: str | None
    recurrence: str | None
    start: str | None = None  # the first day of a period
    source: str = ""
    due_kind: str | None = None  # how closely the day is named: date, month, quarter, year …
    # what became of a lead office: its name, its successor's, from which day on
    heirs: tuple[tuple[str, str, str], ...] = ()

    @property
    def phrase(self) -> str:
        """What it is compared by."""
        return self.title

    def owners(self, day: str) -> tuple[str, ...]:
        """The lead offices by their names as of `day`: "Sở Giao thông vận tải …" is "Sở Xây dựng …" from 2025-03-01."""
        after = {name: heir for name, heir, since in self.heirs if since <= day}
        return tuple(after.get(name, name) for name in self.lead)


@dataclass(frozen=True, slots=True)
class BudgetFacts(RecordFacts):
    """A sum in đồng."""

    purpose: str
    amount_vnd: int
    period: str | None
    fund: str | None
    role: str

    @property
    def phrase(self) -> str:
        """What it is compared by."""
        return self.purpose


def document_key(doc_type: str | None, number: str | None, issuer: str | None = None) -> str | None:
    """The identity of a document across plans: "quyết định|131/QĐ-TTG"; local numbers carry their issuer.

    "12/KH-UBND" is issued by every committee: without an issuer it identifies nothing and gives None.
    """
    if not number:
        return None
    number = "".join(number.split()).upper()
    if _CENTRAL_NUMBER.search(number):
        return f"{key(doc_type or '')}|{number}"
    return f"{key(doc_type or '')}|{number}|{key(issuer)}" if issuer else None


# the suffixes of the central authorities name one issuer each: QĐ-TTg, NĐ-CP, NQ/TW, QH15, TT-BGDĐT
_CENTRAL_NUMBER = regex.compile(r"(?:-TTG|-CP|[-/]TW|/QH\d+|/UBTVQH\d+|-(?:B|TTCP|NHNN|VKSTC|TAND)\p{Lu}*)$")
