"""What a difference between two records of the same thing is, by how their plans stand; said in one sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace

import regex

from khparse.compare.facts import BudgetFacts, PlanFacts, TargetFacts, TaskFacts
from khparse.compare.matching import SURE
from khparse.compare.ranges import Range, aim_level, as_range, last_day
from khparse.compare.relations import Standing, one_jurisdiction
from khparse.registry.offices import is_collective, normal_key

_YEAR = regex.compile(r"\b(?:19|20)\d\d\b")
_SAME_TASK = 0.8  # titles of tasks share more genre words than indicators do


@dataclass(frozen=True, slots=True)
class Verdict:
    """A kind of conflict; `weight` lowers the score of a match where the case itself leaves a doubt."""

    kind: str
    severity: str
    why: str
    direction: str | None = None
    weight: float = 1.0
    sure_from: float = SURE


def judge_targets(
    a: TargetFacts, b: TargetFacts, plan_a: PlanFacts, plan_b: PlanFacts, how: Standing, falling: bool
) -> Verdict | None:
    """The conflict of two targets that measure the same thing, None where they agree or nothing can be said."""
    if how in {Standing.BELOW, Standing.AFTER}:
        return judge_targets(b, a, plan_b, plan_a, how.turned(), falling)
    ranges = as_range(a.comparator, a.value, a.value_max), as_range(b.comparator, b.value, b.value_max)
    time_a, time_b = last_day(a.horizon), last_day(b.horizon)
    if time_a == time_b:
        verdict = _same_horizon(a, b, *ranges, plan_a, plan_b, how, falling)
        unknown = time_a is None and how is not Standing.SAME
        return _doubted(verdict, 0.9) if verdict and unknown else verdict
    if time_a is None or time_b is None or "hằng" in (time_a + time_b):
        return None
    return _other_horizon(a, b, *ranges, plan_a, plan_b, how, falling)


def _same_horizon(
    a: TargetFacts,
    b: TargetFacts,
    range_a: Range,
    range_b: Range,
    plan_a: PlanFacts,
    plan_b: PlanFacts,
    how: Standing,
    falling: bool,
) -> Verdict | None:
    if range_a == range_b:
        return None
    figures = f"{_name(plan_a)} đặt {_figure(a)}, {_name(plan_b)} đặt {_figure(b)}{_by(a.horizon)}"
    level_a, level_b = aim_level(range_a, falling=falling), aim_level(range_b, falling=falling)
    if how in {Standing.SAME, Standing.PEER}:
        if not _cannot_both_be_meant(a, b, range_a, range_b):
            return None
        where = "Trong cùng một kế hoạch" if how is Standing.SAME else "Hai kế hoạch cùng địa bàn"
        return Verdict(
            "contradiction",
            "high",
            f"{where}, cùng chỉ tiêu “{a.indicator}” nhưng {_figure(a)} và {_figure(b)}{_by(a.horizon)}.",
        )
    if how is Standing.ABOVE and level_b != level_a:
        if level_b < level_a:
            return Verdict("below_parent", "high", f"Thấp hơn kế hoạch cấp trên về “{a.indicator}”: {figures}.")
        return Verdict("above_parent", "info", f"Cao hơn kế hoạch cấp trên về “{a.indicator}”: {figures}.")
    if how is Standing.BEFORE:
        direction = "raised" if level_b > level_a else "lowered"
        word = "Nâng" if direction == "raised" else "Hạ"
        severity = "info" if direction == "raised" else "medium"
        return Verdict("revised", severity, f"{word} chỉ tiêu “{a.indicator}”: {figures}.", direction)
    if how is Standing.COUSIN:
        return Verdict(
            "divergent", "info", f"Cùng thực hiện một văn bản nhưng khác nhau về “{a.indicator}”: {figures}."
        )
    return None


def _other_horizon(
    a: TargetFacts,
    b: TargetFacts,
    range_a: Range,
    range_b: Range,
    plan_a: PlanFacts,
    plan_b: PlanFacts,
    how: Standing,
    falling: bool,
) -> Verdict | None:
    time_a, time_b = last_day(a.horizon) or "", last_day(b.horizon) or ""
    if range_a == range_b:
        dated = bool(plan_a.date and plan_b.date)
        first_is_a = (plan_a.date or "") <= (plan_b.date or "")
        later = time_b > time_a if first_is_a else time_a > time_b
        if how in {Standing.BEFORE, Standing.PEER} and dated and plan_a.date != plan_b.date and later:
            early, late = (a, b) if first_is_a else (b, a)
            return Verdict(
                "postponed",
                "medium",
                f"Lùi thời hạn “{a.indicator}” ({_figure(a)}): từ {early.horizon} sang {late.horizon}.",
            )
        return None
    if how not in {Standing.SAME, Standing.BEFORE}:
        return None
    early, late = (a, b) if time_a < time_b else (b, a)
    level_early, level_late = (
        aim_level(as_range(t.comparator, t.value, t.value_max), falling=falling) for t in (early, late)
    )
    if level_late[0] >= level_early[0]:
        return None
    return Verdict(
        "regression",
        "medium",
        f"Chỉ tiêu “{a.indicator}” giảm theo thời gian: {_figure(early)}{_by(early.horizon)}, {_figure(late)}{_by(late.horizon)}.",
    )


def judge_tasks(
    a: TaskFacts, b: TaskFacts, plan_a: PlanFacts, plan_b: PlanFacts, how: Standing, _falling: bool
) -> Verdict | None:
    """Another owner, or else another deadline, for the same task of one jurisdiction."""
    if how is Standing.COUSIN or not one_jurisdiction(plan_a, plan_b):
        return None
    weight = 1.0 if _one_period(plan_a, plan_b) else 0.75
    # in one plan the same words under two offices' headings are each office's own share of the work
    if how is Standing.SAME and a.section != b.section and "heading" in a.source + b.source:
        return None
    leads_a, leads_b = _single_offices(a), _single_offices(b)
    if leads_a and leads_b and not leads_a & leads_b and not _part_of(leads_a, leads_b):
        why = f"Cùng nhiệm vụ “{_short(a.title)}” nhưng giao cho {', '.join(a.lead)} và cho {', '.join(b.lead)}."
        return Verdict("owner", "high", why, weight=weight, sure_from=_SAME_TASK)
    if a.due and b.due and a.due != b.due and not _phases(a, b):
        why = f"Cùng nhiệm vụ “{_short(a.title)}” nhưng thời hạn là {a.due} và {b.due}."
        return Verdict("deadline", "medium", why, weight=weight, sure_from=_SAME_TASK)
    return None


def judge_budgets(
    a: BudgetFacts, b: BudgetFacts, plan_a: PlanFacts, plan_b: PlanFacts, how: Standing, _falling: bool
) -> Verdict | None:
    """Another amount for the same purpose and period of one jurisdiction."""
    if how is Standing.COUSIN or not one_jurisdiction(plan_a, plan_b) or a.amount_vnd == b.amount_vnd:
        return None
    weight = 0.75 if how is Standing.SAME and a.section == b.section else 1.0
    period = (
        f" giai đoạn {a.period.replace('/', '-')}"
        if a.period and "/" in a.period
        else f" năm {a.period}"
        if a.period
        else ""
    )
    why = (
        f"Cùng nội dung “{_short(a.purpose)}”{period} nhưng kinh phí {_money(a.amount_vnd)} và {_money(b.amount_vnd)}."
    )
    return Verdict("budget", "medium", why, weight=weight, sure_from=0.85)


def _cannot_both_be_meant(a: TargetFacts, b: TargetFacts, range_a: Range, range_b: Range) -> bool:
    """Different points, disjoint ranges, or bounds of one kind that differ; "≥ 90" and "95" can both be meant."""
    if range_a.disjoint(range_b):
        return True
    return a.comparator == b.comparator and range_a != range_b


def _single_offices(task: TaskFacts) -> frozenset[str]:
    return frozenset(normal_key(name) for name in task.lead if not is_collective(name))


def _phases(a: TaskFacts, b: TaskFacts) -> bool:
    """Whether the two are phases of one piece of work: periods that do not overlap (2023-2025, then 2026-2030)."""
    if not (a.start and b.start and a.due and b.due):
        return False
    return a.due < b.start or b.due < a.start


def _part_of(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether an office of one side is a part of one of the other ("Văn phòng Sở Y" of "Sở Y")."""
    return any(x.endswith(y) or y.endswith(x) for x in ours for y in theirs)


def _one_period(a: PlanFacts, b: PlanFacts) -> bool:
    """Whether the plans can speak of the same year: yearly plans repeat a task with another owner or date."""
    years_a, years_b = (_span_of_years(plan.title) for plan in (a, b))
    return not (years_a and years_b) or (years_a[0] <= years_b[1] and years_b[0] <= years_a[1])


def _span_of_years(title: str | None) -> tuple[int, int] | None:
    years = [int(year) for year in _YEAR.findall(title or "")]
    return (min(years), max(years)) if years else None


def _doubted(verdict: Verdict, weight: float) -> Verdict:
    return replace(verdict, weight=verdict.weight * weight)


_WORDS = {
    "eq": "",
    "ge": "tối thiểu ",
    "gt": "trên ",
    "le": "tối đa ",
    "lt": "dưới ",
    "between": "từ ",
    "approx": "khoảng ",
}


def _figure(target: TargetFacts) -> str:
    upper = (
        f" đến {_number(target.value_max)}" if target.comparator == "between" and target.value_max is not None else ""
    )
    unit = target.unit if target.unit.startswith("%") else f" {target.unit}"
    return f"{_WORDS.get(target.comparator, '')}{_number(target.value)}{upper}{unit}"


def _number(value: float) -> str:
    """As Vietnamese write it: 1234.5 -> "1.234,5"."""
    text = f"{value:,.10g}" if value == int(value) else f"{value:,}"
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


def _money(amount: int) -> str:
    return f"{amount:,}".replace(",", ".") + " đồng"


def _by(horizon: str | None) -> str:
    if horizon is None:
        return ""
    return f" ({horizon})" if "hằng" in horizon else f" (đến {horizon.replace('/', '-')})"


def _name(plan: PlanFacts) -> str:
    return f"{plan.number_words} của {plan.issuer}" if plan.issuer else plan.number_words


def _short(text: str, limit: int = 90) -> str:
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0] + "…"
