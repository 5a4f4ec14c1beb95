"""Conflicts: where two records that speak of the same thing say different things.

Everything here works on values (`compare.facts`); finding the records and keeping what is found is the store's work.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from khparse.compare.blocks import Places, home_of, places_of
from khparse.compare.facts import BudgetFacts, PlanFacts, RecordFacts, TargetFacts, TaskFacts
from khparse.compare.joining import alike
from khparse.compare.matching import LIKELY, SURE, PhraseMatcher, best_pairs
from khparse.compare.meeting import Entry, Meeting, Pair, Scored
from khparse.compare.ranges import last_day, measure_of
from khparse.compare.relations import Standing
from khparse.compare.verdicts import Case, Verdict, judge_budgets, judge_targets, judge_tasks, stepwise
from khparse.model.conflict import Conflict

R = TypeVar("R", bound=RecordFacts)

_SAID_TWICE = 0.9


@dataclass(frozen=True, slots=True)
class _Comparison(Generic[R]):
    """How one kind of record is compared."""

    kind: str
    context: Callable[[R], str]
    unit: Callable[[R], Hashable]  # records of different units are never compared
    time: Callable[[R], Hashable]
    said: Callable[[R], Hashable]  # two that say the same are no conflict
    places: Callable[[PlanFacts], Places]  # where plans meet
    judge: Callable[[Case[R]], Sequence[Verdict]]
    least: int  # syllables that a phrase must have to say anything
    inside: float  # pairs of one plan that score less are dropped: it tells things of one kind apart by a word or two


_TARGETS: _Comparison[TargetFacts] = _Comparison(
    kind="target",
    context=lambda t: t.context,
    unit=lambda t: measure_of(t.unit).kind,
    time=lambda t: last_day(t.horizon),
    said=lambda t: (last_day(t.horizon), t.range),
    places=places_of,
    judge=judge_targets,
    least=2,
    inside=SURE,
)
_TASKS: _Comparison[TaskFacts] = _Comparison(
    kind="task",
    context=lambda _: "",
    unit=lambda _: "",
    time=lambda _: "",
    said=lambda t: (t.lead, t.due),
    places=home_of,
    judge=judge_tasks,
    least=4,
    inside=0.8,
)
_BUDGETS: _Comparison[BudgetFacts] = _Comparison(
    kind="budget",
    context=lambda _: "",
    unit=lambda _: "",
    time=lambda _: "",
    said=lambda b: b.amount_vnd,
    places=home_of,
    judge=judge_budgets,
    least=4,
    inside=0.85,
)


def find_conflicts(
    plans: Mapping[int, PlanFacts],
    targets: Iterable[TargetFacts],
    tasks: Iterable[TaskFacts],
    budgets: Iterable[BudgetFacts],
    matcher: PhraseMatcher,
    *,
    only: int | None = None,
) -> list[Conflict]:
    """All conflicts among the records, or only those of the plan `only`. Deterministic, sorted by plans and records."""
    found = [
        *_compare(_TARGETS, plans, targets, matcher, only),
        *_compare(_TASKS, plans, tasks, matcher, only),
        *_compare(_BUDGETS, plans, budgets, matcher, only),
    ]
    return sorted(found, key=lambda c: (c.record_kind, c.plan_a, c.plan_b, c.a, c.b, c.kind))


def _compare(
    how: _Comparison[R], plans: Mapping[int, PlanFacts], records: Iterable[R], matcher: PhraseMatcher, only: int | None
) -> Iterator[Conflict]:
    """Plan by plan, each against itself and those before it; the plan asked for comes last, so that it meets all others."""
    said: dict[str, list[R]] = defaultdict(list)
    for record in records:
        said[record.phrase].append(record)
    speaking = [phrase for phrase in said if len(matcher.signature(phrase).syllables) >= how.least]
    near = alike(speaking, matcher.signature)
    matcher.decided.add_to(near, speaking)
    # most phrases are said once and like no other: their records meet nobody
    meeting = [record for phrase in speaking if phrase in near or len(said[phrase]) > 1 for record in said[phrase]]
    by_id = {record.id: record for record in meeting}
    asked = None if only is None else frozenset(how.places(plans[only]).looked)
    met = Meeting([_entry(how, record, matcher) for record in meeting], near, matcher, asked)
    for plan_id in sorted(met.plans, key=lambda p: (p == only, p)):
        plan, places = plans[plan_id], how.places(plans[plan_id])
        if only in (None, plan_id):
            for pair in (*met.quarrels(plan, places, plans), Pair(plan, plan)):
                yield from _judge_pair(how, pair, met.scored(pair.a.id, plan_id), by_id, matcher)
        met.add(plan_id, places)


def _entry(how: _Comparison[R], record: R, matcher: PhraseMatcher) -> Entry[R]:
    phrase = record.phrase
    signature = matcher.signature(phrase, how.context(record))
    return Entry(record, phrase, signature, how.unit(record), how.time(record), how.said(record))


def _judge_pair(
    how: _Comparison[R],
    plans: Pair,
    scored: list[Scored],
    by_id: Mapping[int, R],
    matcher: PhraseMatcher,
) -> Iterator[Conflict]:
    """Judge the best one-to-one pairs of two plans; records that agree with a partner quarrel with nobody else."""
    chosen = _inside(how, scored) if plans.how is Standing.SAME else _one_to_one(scored, by_id)
    conflicts = []
    for score, a, b in chosen:
        one, other = by_id[a], by_id[b]
        if how.said(one) != how.said(other):
            case = Case(one, other, plans.a, plans.b, plans.how, matcher.is_falling(one.phrase))
            conflicts += [_conflict(how.kind, one, other, score, verdict) for verdict in how.judge(case)]
    yield from stepwise(conflicts, by_id)


def _inside(how: _Comparison[R], scored: Iterable[Scored]) -> list[Scored]:
    return [row for row in scored if row[0] >= how.inside]


def _one_to_one(scored: Sequence[Scored], by_id: Mapping[int, R]) -> list[Scored]:
    same_time = [row for row in scored if _same_time(by_id[row[1]], by_id[row[2]])]
    chosen = best_pairs(same_time, LIKELY)
    taken_a, taken_b = {a for _, a, _ in chosen}, {b for _, _, b in chosen}
    rest = [row for row in scored if row[1] not in taken_a and row[2] not in taken_b]
    chosen += best_pairs(rest, LIKELY)
    return chosen + _said_otherwise(same_time, chosen, by_id)


def _said_otherwise(scored: Sequence[Scored], chosen: Sequence[Scored], by_id: Mapping[int, R]) -> list[Scored]:
    """Pairs of what a plan says once more with another figure: each of its figures meets the other plan's."""
    partner = {a: b for _, a, b in chosen} | {b: a for _, a, b in chosen}
    found = []
    for score, a, b in scored:
        for alone, taken in ((a, b), (b, a)):
            if score >= _SAID_TWICE and alone not in partner and taken in partner:
                other, own = by_id[partner[taken]], by_id[alone]
                if isinstance(own, TargetFacts) and isinstance(other, TargetFacts) and own.range != other.range:
                    found.append((score, a, b))
    return found


def _same_time(a: RecordFacts, b: RecordFacts) -> bool:
    if isinstance(a, TargetFacts) and isinstance(b, TargetFacts):
        return last_day(a.horizon) == last_day(b.horizon)
    if isinstance(a, BudgetFacts) and isinstance(b, BudgetFacts):
        return a.period == b.period
    return True


def _conflict(record_kind: str, a: RecordFacts, b: RecordFacts, score: float, verdict: Verdict) -> Conflict:
    score = round(score * verdict.weight, 4)
    # a count alone is easily none; said in the same words twice it is one
    certain = min(a.confidence, b.confidence) >= (0.7 if score >= _SAID_TWICE else 0.8)
    return Conflict(
        kind=verdict.kind,
        severity=verdict.severity,
        record_kind=record_kind,
        a=a.id,
        b=b.id,
        plan_a=a.plan,
        plan_b=b.plan,
        score=score,
        sure=score >= verdict.sure_from and certain,
        rule=f"rule:comparison.{verdict.kind.replace('_', '-')}",
        why=verdict.why,
        direction=verdict.direction,
    )
