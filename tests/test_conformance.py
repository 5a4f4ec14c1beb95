"""The conformance suite: how many hand-written cases there are, of which kind, and the periods and rhythms it was short of."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from khparse.extract.tasks.calendar import Calendar
from khparse.extract.tasks.deadlines import Deadlines
from khparse.rules.load import load

CASES = Path(__file__).parent / "cases"
READER = Deadlines(load("deadlines"), Calendar(2025, "2025-03-01"))


def lines(name: str) -> list[str]:
    text = (CASES / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def numbers() -> list[tuple[str, str]]:
    tables = tomllib.loads((CASES / "numbers.toml").read_text(encoding="utf-8"))
    return [(kind, form) for kind, table in tables.items() for form in table.get("texts", table)]


MORE = [line.split("\t") for line in lines("periods.tsv")]


def all_cases() -> set[tuple[str, str]]:
    written = {("money", line) for line in lines("money.tsv")}
    written |= {("deadline", line.split("\t")[0]) for line in (*lines("deadlines.tsv"), *lines("periods.tsv"))}
    return written | set(numbers())


def test_there_are_600_distinct_cases() -> None:
    assert len(all_cases()) >= 600


@pytest.mark.parametrize("kind", ["date", "month", "quarter", "year", "period", "recurring", "ongoing", "by_reference"])
def test_every_kind_of_deadline_has_cases(kind: str) -> None:
    assert sum(line.split("\t")[1] == kind for line in (*lines("deadlines.tsv"), *lines("periods.tsv"))) >= 3


@pytest.mark.parametrize("comparator", ["eq", "ge", "gt", "le", "lt", "between", "approx"])
def test_every_comparator_has_cases(comparator: str) -> None:
    tables = tomllib.loads((CASES / "numbers.toml").read_text(encoding="utf-8"))
    values = [value for kind, table in tables.items() if kind.startswith("figure.") for value in table.values()]
    assert sum(str(value).startswith(comparator + " ") for value in values) >= 3


@pytest.mark.parametrize(("words", "kind", "start", "end", "recurrence"), MORE, ids=[case[0] for case in MORE])
def test_a_period_or_rhythm_has_its_value(words: str, kind: str, start: str, end: str, recurrence: str) -> None:
    found = READER.of_value(words)
    due = found.due if found else None
    assert due
    assert (due.kind, due.start or "", due.end or "", due.recurrence or "") == (kind, start, end, recurrence)
