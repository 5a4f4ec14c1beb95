"""What a difference between two records of the same thing is, by how their plans stand; said in one sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import regex

from khparse.compare.facts import BudgetFacts, PlanFacts, RecordFacts, TargetFacts, TaskFacts
from khparse.compare.matching import SURE
from khparse.compare.ranges import Range, aim_level, last_day
from khparse.compare.relations import Standing, one_jurisdiction
from khparse.compare.wording import by_when, figure, in_period, money, plan_name, shortened, when
from khparse.model.conflict import Conflict
from khparse.registry.offices import is_collective, normal_key

R = TypeVar("R", bound=RecordFacts)

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


@dataclass(frozen=True, slots=True)
class Case(Generic[R]):
    """Two records of the same thing, their plans, and how the first plan stands to the second."""

    a: R
    b: R
    plan_a: PlanFacts
    plan_b: PlanFacts
    how: Standing
    falling: bool = False  # less is better

    def turned(self) -> Case[R]:
        """The same two, seen from the other side."""
        return Case(self.b, self.a, self.plan_b, self.plan_a, self.how.turned(), self.falling)

    @property
    def one_jurisdiction(self) -> bool:
        """Whether both plans are made for one territory."""
        return self.how is not Standing.COUSIN and one_jurisdiction(self.plan_a, self.plan_b)


def judge_targets(case: Case[TargetFacts]) -> Sequence[Verdict]:
    """The conflict of two targets that measure the same thing, none where they agree or nothing can be said."""
    capped = _CEILINGS & {case.a.comparator, case.b.comparator}
    turned = case.turned() if case.how in {Standing.BELOW, Standing.AFTER} else case
    verdict = _of_targets(replace(turned, falling=case.falling or bool(capped)))
    return (verdict,) if verdict else ()


_CEILINGS = {"le", "lt"}  # "dưới 30 %" is an aim of things of which less is better


def _of_targets(case: Case[TargetFacts]) -> Verdict | None:
    time_a, time_b = last_day(case.a.horizon), last_day(case.b.horizon)
    if time_a == time_b:
        verdict = _same_horizon(case)
        unknown = time_a is None and case.how is not Standing.SAME
        return replace(verdict, weight=0.9) if verdict and unknown else verdict
    if time_a is None or time_b is None or "hằng" in (time_a + time_b):
        return None
    return _same_range(case) if _range(case.a) == _range(case.b) else _falls_over_time(case)


def _same_horizon(case: Case[TargetFacts]) -> Verdict | None:
    judge = _BY_STANDING.get(case.how)
    return judge(case) if judge and _range(case.a) != _range(case.b) else None


def _contradiction(case: Case[TargetFacts]) -> Verdict | None:
    """Different points, disjoint ranges, or bounds of one kind that differ; "≥ 90" and "95" can both be meant."""
    a, b = case.a, case.b
    if _of_one_table(case):
        return None  # rows of one table that share a name are parts of different things
    if not _range(a).disjoint(_range(b)) and a.comparator != b.comparator:
        return None
    where = "Trong cùng một kế hoạch" if case.how is Standing.SAME else "Hai kế hoạch cùng địa bàn"
    why = f"{where}, cùng chỉ tiêu “{a.indicator}” nhưng {figure(a)} và {figure(b)}{by_when(a.horizon)}."
    return Verdict("contradiction", "high", why)


def _against_parent(case: Case[TargetFacts]) -> Verdict | None:
    ours, theirs = _level(case.b, falling=case.falling), _level(case.a, falling=case.falling)
    if ours == theirs:
        return None
    if ours < theirs:
        return Verdict("below_parent", "high", f"Thấp hơn kế hoạch cấp trên về “{case.a.indicator}”: {_figures(case)}.")
    return Verdict("above_parent", "info", f"Cao hơn kế hoạch cấp trên về “{case.a.indicator}”: {_figures(case)}.")


def _revised(case: Case[TargetFacts]) -> Verdict:
    raised = _level(case.b, falling=case.falling) > _level(case.a, falling=case.falling)
    why = f"{'Nâng' if raised else 'Hạ'} chỉ tiêu “{case.a.indicator}”: {_figures(case)}."
    return Verdict("revised", "info" if raised else "medium", why, "raised" if raised else "lowered")


def _divergent(case: Case[TargetFacts]) -> Verdict:
    why = f"Cùng thực hiện một văn bản nhưng khác nhau về “{case.a.indicator}”: {_figures(case)}."
    return Verdict("divergent", "info", why)


_BY_STANDING: dict[Standing, Callable[[Case[TargetFacts]], Verdict | None]] = {
    Standing.SAME: _contradiction,
    Standing.PEER: _contradiction,
    Standing.ABOVE: _against_parent,
    Standing.BEFORE: _revised,
    Standing.COUSIN: _divergent,
}


def _same_range(case: Case[TargetFacts]) -> Verdict | None:
    """One figure, two horizons: the later plan has put it off, where it is the one with the later horizon."""
    related = case.how in {Standing.BEFORE, Standing.PEER} or (case.how is Standing.ABOVE and case.one_jurisdiction)
    if not related or not (case.plan_a.date and case.plan_b.date):
        return None
    if case.plan_a.date > case.plan_b.date:
        return _same_range(case.turned())
    early, late = last_day(case.a.horizon) or "", last_day(case.b.horizon) or ""
    if case.plan_a.date == case.plan_b.date or late <= early or _yearly(case, early, late):
        return None
    # the plan of each year repeats the figure: no year in the titles to be sure
    weight = 0.8 if (early[:4], late[:4]) == (case.plan_a.date[:4], case.plan_b.date[:4]) else 1.0
    words = (
        f"“{case.a.indicator}” ({figure(case.a)}): từ {when(case.a.horizon or '')} sang {when(case.b.horizon or '')}"
    )
    return Verdict("postponed", "medium", f"Lùi thời hạn {words}.", weight=weight)


def _falls_over_time(case: Case[TargetFacts]) -> Verdict | None:
    if case.how not in {Standing.SAME, Standing.BEFORE}:
        return None
    early, late = sorted((case.a, case.b), key=lambda target: last_day(target.horizon) or "")
    if _level(late, falling=case.falling)[0] >= _level(early, falling=case.falling)[0]:
        return None
    figures = f"{figure(early)}{by_when(early.horizon)}, {figure(late)}{by_when(late.horizon)}"
    why = f"Chỉ tiêu “{case.a.indicator}” giảm theo thời gian: {figures}."
    # a table's row over the years may be a share or a count that is meant to fall
    doubtful = _of_one_table(case) or _of_each_year(case, early, late)
    return Verdict("regression", "medium", why, weight=0.7 if doubtful else 1.0)


def _of_each_year(case: Case[TargetFacts], early: TargetFacts, late: TargetFacts) -> bool:
    """Whether two yearly plans each set their own year's amount: twelve repairs this year, seven the next."""
    a, b = last_day(early.horizon) or "", last_day(late.horizon) or ""
    return not early.unit.startswith("%") and _yearly(case, a, b)


def stepwise(conflicts: Sequence[Conflict], by_id: Mapping[int, RecordFacts]) -> Iterator[Conflict]:
    """Of a series that falls year after year each step once: 90, 80, 70 are two regressions and not three."""
    steps = {c: _time_span(by_id[c.a], by_id[c.b]) for c in conflicts if c.kind == "regression"}
    pairs = {frozenset((c.a, c.b)) for c in conflicts}
    for conflict in conflicts:
        early, late = steps.get(conflict, ("", ""))
        between = (
            one
            for other, times in steps.items()
            for one in (other.a, other.b)
            if other is not conflict and any(early < time < late for time in times)
            if {frozenset((conflict.a, one)), frozenset((one, conflict.b))} <= pairs
        )
        if next(between, None) is None:
            yield conflict


def _time_span(a: RecordFacts, b: RecordFacts) -> tuple[str, str]:
    times = [last_day(one.horizon) or "" for one in (a, b) if isinstance(one, TargetFacts)]
    return min(times), max(times)


def _of_one_table(case: Case[TargetFacts]) -> bool:
    a, b = case.a, case.b
    return case.how is Standing.SAME and a.section == b.section and "cell" in a.source and "cell" in b.source


def judge_tasks(case: Case[TaskFacts]) -> Sequence[Verdict]:
    """Another owner, another deadline, or both, for the same task of one jurisdiction."""
    a, b = case.a, case.b
    # in one plan the same words under two offices' headings are each office's own share of the work
    shares = case.how is Standing.SAME and a.section != b.section and "heading" in a.source + b.source
    # each year's plan gives out its work anew
    if shares or not case.one_jurisdiction or not _one_period(case.plan_a, case.plan_b):
        return ()
    found = []
    if _other_owners(case):
        why = f"Cùng nhiệm vụ “{shortened(a.title)}” nhưng giao cho {', '.join(a.lead)} và cho {', '.join(b.lead)}."
        found.append(Verdict("owner", "high", why, sure_from=_SAME_TASK))
    if a.due and b.due and a.due != b.due and not _phases(a, b):
        why = f"Cùng nhiệm vụ “{shortened(a.title)}” nhưng thời hạn là {when(a.due)} và {when(b.due)}."
        weight = 0.75 if _within(a, b) else 1.0
        found.append(Verdict("deadline", "medium", why, weight=weight, sure_from=_SAME_TASK))
    return found


def _other_owners(case: Case[TaskFacts]) -> bool:
    """Whether single offices answer for the task that are none of the other's, nor parts or heirs of them."""
    day = max(case.plan_a.date or "", case.plan_b.date or "")
    ours, theirs = _single_offices(case.a, day), _single_offices(case.b, day)
    if not (ours and theirs) or ours & theirs or _part_of(ours, theirs):
        return False
    return not (_handed_on(case.plan_a, ours, theirs) or _handed_on(case.plan_b, theirs, ours))


def _handed_on(plan: PlanFacts, given: frozenset[str], asked: frozenset[str]) -> bool:
    """Whether an office that was asked gives the work to its own rooms and centres, in a plan of its own."""
    return bool(plan.issuer) and normal_key(plan.issuer or "") in asked and all(_OWN_PART.match(x) for x in given)


_OWN_PART = regex.compile(
    # "Thanh tra tỉnh", "Văn phòng Ủy ban", "Ban Dân tộc" stand beside the department, not in it
    r"(?!thanh tra (?:tỉnh|thành phố|huyện)|văn phòng (?:ủy ban|hội đồng|tỉnh ủy|đoàn đại biểu)|ban (?:dân tộc|quản lý (?:các )?khu))"
    r"(?:phòng|văn phòng|thanh tra|chi cục|trung tâm|ban|tổ|đội|bộ phận|bệnh viện|trường|trạm|khoa|viện|thư viện|bảo tàng)\b"
)


def _within(a: TaskFacts, b: TaskFacts) -> bool:
    """Whether one deadline only says more closely what the other says: "năm 2025" and "trước ngày 15/12/2025"."""
    for wide, close in ((a, b), (b, a)):
        if wide.due_kind == "year" and close.due_kind in {"date", "month"}:
            return (wide.due or "")[:4] == (close.due or "")[:4] and (close.due or "")[5:7] == "12"
    return False


def judge_budgets(case: Case[BudgetFacts]) -> Sequence[Verdict]:
    """Another amount for the same purpose and period of one jurisdiction."""
    a, b = case.a, case.b
    if not case.one_jurisdiction or a.amount_vnd == b.amount_vnd:
        return ()
    years = [_years_of(a, case.plan_a), _years_of(b, case.plan_b)]
    if (a.fund and b.fund and a.fund != b.fund) or (a.period and b.period and a.period != b.period):
        return ()
    if years[0] and years[1] and (years[0][1] < years[1][0] or years[1][1] < years[0][0]):
        return ()
    # beside a row's sum stand the shares of its funds
    if case.how is Standing.SAME and a.fund != b.fund:
        return ()
    # two rows of one table may well be two things of one name; a sum without its years may be of others
    doubtful = (case.how is Standing.SAME and a.section == b.section) or years[0] != years[1]
    sums = f"{money(a.amount_vnd)} và {money(b.amount_vnd)}"
    why = f"Cùng nội dung “{shortened(a.purpose)}”{in_period(a.period or b.period)} nhưng kinh phí {sums}."
    return (Verdict("budget", "medium", why, weight=0.75 if doubtful else 1.0, sure_from=0.85),)


def _years_of(budget: BudgetFacts, plan: PlanFacts) -> tuple[int, int] | None:
    """The years of a sum: its own, else those that its plan is for."""
    if budget.period is None:
        return _span_of_years(plan)
    years = [int(year) for year in _YEAR.findall(budget.period)]
    return (min(years), max(years)) if years else None


def _range(target: TargetFacts) -> Range:
    return target.range


def _level(target: TargetFacts, *, falling: bool) -> tuple[float, bool]:
    return aim_level(_range(target), falling=falling)


def _figures(case: Case[TargetFacts]) -> str:
    first = f"{plan_name(case.plan_a)} đặt {figure(case.a)}"
    return f"{first}, {plan_name(case.plan_b)} đặt {figure(case.b)}{by_when(case.a.horizon)}"


def _single_offices(task: TaskFacts, day: str) -> frozenset[str]:
    return frozenset(normal_key(name) for name in task.owners(day) if not is_collective(name))


def _phases(a: TaskFacts, b: TaskFacts) -> bool:
    """Whether the two are phases of one piece of work: periods that do not overlap (2023-2025, then 2026-2030)."""
    if not (a.start and b.start and a.due and b.due):
        return False
    return a.due < b.start or b.due < a.start


def _part_of(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether an office of one side is a part of one of the other ("Văn phòng Sở Y" of "Sở Y")."""
    return any(x.endswith(y) or y.endswith(x) for x in ours for y in theirs)


def _yearly(case: Case[R], day_a: str, day_b: str) -> bool:
    """Whether plans of different years each speak of a day of their own: the same work, done each year."""
    spans = [_span_of_years(plan) for plan in (case.plan_a, case.plan_b)]
    if _one_period(case.plan_a, case.plan_b):
        return False
    return all(
        span and str(span[0]) <= day[:4] <= str(span[1]) for span, day in zip(spans, (day_a, day_b), strict=True)
    )


def _one_period(a: PlanFacts, b: PlanFacts) -> bool:
    """Whether the plans can speak of the same year: yearly plans repeat a task with another owner or date."""
    years_a, years_b = (_span_of_years(plan) for plan in (a, b))
    return not (years_a and years_b) or (years_a[0] <= years_b[1] and years_b[0] <= years_a[1])


def _span_of_years(plan: PlanFacts) -> tuple[int, int] | None:
    """The years that a plan's title says it is for: "năm 2024", "giai đoạn 2021-2025"; "đến năm 2025" from its own year on."""
    title = _CITED_DAY.sub(" ", plan.title or "")
    years = [int(year) for year in _YEAR.findall(title)]
    if not years:
        return None
    first = int(plan.date[:4]) if plan.date and _UNTIL.search(title) else min(years)
    return min(first, *years), max(years)


# years of documents that a title cites: "ngày 09/3/2022", "15/2024/TT-BYT"
_CITED_DAY = regex.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d|\d+/(?:19|20)\d\d/\p{Lu}|ngày \d+ tháng \d+ năm \d{4}"
)
_UNTIL = regex.compile(r"(?:đến|tới|tầm nhìn|định hướng|trước) (?:hết )?(?:năm )?(?:19|20)\d\d")
