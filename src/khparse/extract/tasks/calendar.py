"""The plan's own year and day of issue: what completes a day that is written without its year."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from khparse.model.plan import Letterhead
from khparse.text import dates
from khparse.text.dates import Value

_YEAR = regex.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SCHOOL_YEAR = regex.compile(r"năm học\s+(\d{4})\s*[-–]\s*(\d{4})", regex.IGNORECASE)
# a body's term of office is not the plan's period
_TERM = regex.compile(r"nhiệm kỳ\s+\d{4}\s*[-–]\s*\d{4}", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The plan's own year, where it is certain, and its date: what completes a day written without a year."""

    year: int | None = None
    issued: str | None = None
    school_year: int | None = None  # the year in which the title's school year begins

    @classmethod
    def of(cls, letterhead: Letterhead) -> Calendar:
        """The one year of the plan's title, else of its date; a title over several years sets none."""
        school = _SCHOOL_YEAR.search(letterhead.title or "")
        if school and int(school[2]) == int(school[1]) + 1:
            return cls(None, letterhead.date, int(school[1]))
        years = {int(year) for year in _YEAR.findall(_TERM.sub("", letterhead.title or ""))}
        if len(years) > 1:
            return cls(None, letterhead.date)
        issued = int(letterhead.date[:4]) if letterhead.date else None
        return cls(next(iter(years), issued), letterhead.date)

    def complete(self, value: Value) -> Value | None:
        """Truncated days completed; None where the year is uncertain: unknown, or the day lies before the plan."""
        days = {name: dates.in_year(day, self._year_of(day)) for name in ("start", "end") if (day := value.get(name))}
        if value["kind"] == "recurring":
            # when it begins is left open where that is uncertain
            return {name: words for name, words in (value | days).items() if words}
        if None in days.values():
            return None
        truncated = value.get("end", "").startswith("--")
        if truncated and self.issued and (days["end"] or "") < self.issued:
            return None
        return {**value, **{name: day for name, day in days.items() if day}}

    def _year_of(self, day: str) -> int | None:
        if self.school_year is None or not day.startswith("--"):
            return self.year
        month = int(day[2:4])
        # August closes one school year and opens the next
        return None if month == 8 else self.school_year + (month < 8)
