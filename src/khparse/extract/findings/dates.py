"""Numbers and dates that contradict each other: the plan's own, those of references, days that do not exist."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import regex

from khparse.extract.findings.records import day_shown, finding, shown
from khparse.model.document import Span
from khparse.model.plan import Plan
from khparse.model.record import DueKind, Finding, FindingKind, Task
from khparse.rules.load import RuleBook

_MARKS = regex.compile(r"[^\p{L}\d]")
_TYPES = {"KH": "Kế hoạch", "QĐ": "Quyết định", "TTR": "Tờ trình", "CTR": "Chương trình"}


@dataclass(frozen=True, slots=True)
class _Dated:
    """A document's number with the date printed behind it."""

    number: str
    own_year: int | None
    date: str
    span: Span


def self_mismatches(plan: Plan, book: RuleBook) -> Iterator[Finding]:
    """An appendix that names the plan by another number or date than its head does."""
    head = plan.letterhead
    if not head.number:
        return
    own_type = _TYPES.get(regex.sub(r"[^\p{L}].*", "", head.number.partition("/")[2].rpartition("/")[2]).upper())
    for match in book.by_id("finding.self-reference").finditer(plan.document.text, head.head.end):
        named = _TYPES.get(match["type"].upper(), match["type"].capitalize())
        number = _bare(match["number"])
        day = _iso(match) if match["year"] else None
        if own_type is not None and named != own_type:
            continue
        other_number = number != _bare(head.number)
        other_day = day is not None and head.date is not None and not day.startswith(head.date)
        if other_number or other_day:
            yield _self_mismatch(plan, match, day, other_day=other_day)


def _self_mismatch(plan: Plan, match: regex.Match[str], day: str | None, *, other_day: bool) -> Finding:
    head, text = plan.letterhead, plan.document.text
    path = plan.section_at(match.start())
    home = next((section for section in plan.sections if section.path == path), None)
    label = (home.label or "Phụ lục").replace("PHỤ LỤC", "Phụ lục").strip(" .") if home else "Phụ lục"
    number = regex.sub(r"\s", "", regex.sub(r"(?<=\d)\s+(?=\p{L})", "/", match["number"]))
    said = f"số {number}" + (f" ngày {day_shown(day)}" if day else "")
    own = f"số {head.number}" + (f" ngày {day_shown(head.date)}" if head.date and other_day else "")
    end = text.find("\n", match.start())
    closing = text.rfind(")", match.end(), end)
    span = Span(match.start(), closing if closing > 0 else end if end > 0 else match.end())
    message = f"{label} ghi {match['type']} {said}; phần đầu văn bản là {own}."
    return finding(plan, FindingKind.SELF_REFERENCE_MISMATCH, message, span, path, 0.92)


def _bare(number: str) -> str:
    """A number as two spellings share it: "74 KH-UBND" and "74/KH-UBND" -> "74KHUBND"."""
    return _MARKS.sub("", number).upper().lstrip("0")


def _iso(match: regex.Match[str]) -> str:
    return f"{match['year']}-{int(match['month']):02}-{int(match['day']):02}"


def reference_date_mismatches(plan: Plan, book: RuleBook) -> Iterator[Finding]:
    """A number of one year dated in another, and one document with two dates."""
    dated = list(_dated(plan, book))
    for found in dated:
        year = int(found.date[:4])
        if found.own_year is not None and found.own_year != year:
            message = f"Văn bản số {found.number} có năm {found.own_year} trong số hiệu nhưng ghi ngày {day_shown(found.date)}."
            yield _at(plan, FindingKind.REFERENCE_DATE_MISMATCH, message, found.span)
    own = _bare(plan.letterhead.number or "")  # another day for the plan's own number is told as that
    ordered = sorted((found for found in dated if _bare(found.number) != own), key=lambda found: _bare(found.number))
    for _, group in groupby(ordered, key=lambda found: _bare(found.number)):
        yield from _two_dates(plan, sorted(group, key=lambda found: found.span))


def _dated(plan: Plan, book: RuleBook) -> Iterator[_Dated]:
    for match in book.by_id("finding.numbered-date").finditer(plan.document.text, plan.letterhead.head.end):
        number = regex.sub(
            r"\s", "", f"{match['digits']}/{match['own'] + '/' if match['own'] else ''}{match['suffix']}"
        )
        own = int(match["own"]) if match["own"] else None
        yield _Dated(number, own, _iso(match), Span(*match.span()))


def _two_dates(plan: Plan, mentions: list[_Dated]) -> Iterator[Finding]:
    """Numbers begin anew each year: without a year in the number only another day of the same year is a slip."""
    seen: list[_Dated] = []
    for mention in mentions:
        first = next((other for other in seen if other.date != mention.date and _same_document(other, mention)), None)
        if first is not None and all(other.date != mention.date for other in seen):
            message = f"Văn bản số {mention.number} được ghi hai ngày khác nhau: {day_shown(first.date)} và {day_shown(mention.date)}."
            yield _at(plan, FindingKind.REFERENCE_DATE_MISMATCH, message, mention.span)
        seen.append(mention)


def _same_document(one: _Dated, other: _Dated) -> bool:
    if one.own_year is not None:
        return one.date[:4] == other.date[:4]  # another year is a finding already
    return one.date[:4] == other.date[:4] or one.date[4:] == other.date[4:]


def impossible_days(plan: Plan, book: RuleBook) -> Iterator[Finding]:
    """Days that no calendar has: "31/4/2025", "30/02/2024"."""
    for match in book.by_id("finding.day").finditer(plan.document.text):
        day, month = int(match["day"]), int(match["month"])
        year = int(match["year"]) if match["year"] else 2024
        if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
            continue
        yield _at(
            plan,
            FindingKind.IMPOSSIBLE_VALUE,
            f"Ngày {match.group()} không có trong lịch.".replace("Ngày ngày", "Ngày"),
            Span(*match.span()),
        )


def due_before_issue(plan: Plan, tasks: tuple[Task, ...]) -> Iterator[Finding]:
    """Tasks whose last day lies before the day on which the plan was issued."""
    issued = plan.letterhead.date
    if issued is None:
        return
    for task in tasks:
        due = task.due
        if due is None or due.end is None or due.kind in {DueKind.RECURRING, DueKind.ONGOING, DueKind.BY_REFERENCE}:
            continue
        if due.end < _first_day(issued):
            message = f"Nhiệm vụ {shown(task.title)} có thời hạn {due.text}, trước ngày ban hành Kế hoạch ({day_shown(issued)})."
            yield finding(plan, FindingKind.DUE_BEFORE_ISSUE, message, Span(task.start, task.end), task.section, 0.85)


def _first_day(date: str) -> str:
    """The earliest day that a date as far as it is stated may be: "2025-04" -> "2025-04-01"."""
    return date + "-01-01"[3 * (date.count("-")) :]


def _at(plan: Plan, kind: FindingKind, message: str, span: Span) -> Finding:
    return finding(plan, kind, message, span, plan.section_at(span.start), 0.88)
