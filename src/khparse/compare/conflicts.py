"""Conflicts: where two records that speak of the same thing say different things.

Everything here works on values (`compare.facts`); finding the records and keeping what is found is the store's work.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from khparse.compare.facts import BudgetFacts, PlanFacts, RecordFacts, TargetFacts, TaskFacts
from khparse.compare.matching import LIKELY, PhraseMatcher, Signature, best_pairs, block_keys
from khparse.compare.ranges import last_day
from khparse.compare.relations import Standing, groups_of, standing
from khparse.compare.verdicts import Case, Verdict, judge_budgets, judge_targets, judge_tasks
from khparse.model.conflict import Conflict

R = TypeVar("R", bound=RecordFacts)


@dataclass(frozen=True, slots=True)
class _Comparison(Generic[R]):
    """How one kind of record is compared."""

    kind: str
    phrase: Callable[[R], str]
    context: Callable[[R], str]
    unit: Callable[[R], Hashable]  # records of different units are never compared
    judge: Callable[[Case[R]], Verdict | None]
    least: int  # syllables that a phrase must have to say anything


_TARGETS: _Comparison[TargetFacts] = _Comparison(
    "target", lambda t: t.indicator, lambda t: t.context, lambda t: t.unit, judge_targets, 3
)
_TASKS: _Comparison[TaskFacts] = _Comparison("task", lambda t: t.title, lambda _: "", lambda _: "", judge_tasks, 6)
_BUDGETS: _Comparison[BudgetFacts] = _Comparison(
    "budget", lambda b: b.purpose, lambda _: "", lambda b: (b.period, b.fund, b.role), judge_budgets, 5
)


def find_conflicts(
    plans: Mapping[int, PlanFacts],
    targets: Sequence[TargetFacts],
    tasks: Sequence[TaskFacts],
    budgets: Sequence[BudgetFacts],
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
    how: _Comparison[R], plans: Mapping[int, PlanFacts], records: Sequence[R], matcher: PhraseMatcher, only: int | None
) -> Iterator[Conflict]:
    signatures = {r.id: matcher.signature(how.phrase(r), how.context(r)) for r in records}
    speaking = [r for r in records if len(signatures[r.id].syllables) >= how.least]
    by_id = {r.id: r for r in speaking}
    pairs: dict[tuple[int, int], list[tuple[float, int, int]]] = defaultdict(list)
    for a, b in _candidates(how, plans, speaking, signatures, only):
        score = matcher.match(signatures[a], signatures[b]).score
        if score >= LIKELY:
            pairs[by_id[a].plan, by_id[b].plan].append((score, a, b))
    for (first, second), scored in sorted(pairs.items()):
        yield from _judge_pair(how, plans[first], plans[second], scored, by_id, matcher)


def _candidates(
    how: _Comparison[R],
    plans: Mapping[int, PlanFacts],
    records: Iterable[R],
    signatures: Mapping[int, Signature],
    only: int | None,
) -> Iterator[tuple[int, int]]:
    """Pairs of records that share a block key in plans that share a group; each pair once."""

    @cache
    def related(a: int, b: int) -> bool:
        return standing(plans[a], plans[b]) is not Standing.NONE

    blocks: dict[Hashable, list[R]] = defaultdict(list)
    seen: set[tuple[int, int]] = set()
    groups = {plan_id: groups_of(plan) for plan_id, plan in plans.items()}
    ordered = sorted(records, key=lambda r: (r.plan == only, r.plan, r.id))  # the asked plan last: it meets all others
    for record in ordered:
        keys = [(g, how.unit(record), k) for k in block_keys(signatures[record.id]) for g in groups[record.plan]]
        if only is None or record.plan == only:
            for key in keys:
                for other in blocks.get(key, ()):
                    pair = (other.id, record.id)
                    if pair not in seen and related(other.plan, record.plan):
                        seen.add(pair)
                        yield pair
        for key in keys:
            blocks[key].append(record)


def _judge_pair(
    how: _Comparison[R],
    plan_a: PlanFacts,
    plan_b: PlanFacts,
    scored: list[tuple[float, int, int]],
    by_id: Mapping[int, R],
    matcher: PhraseMatcher,
) -> Iterator[Conflict]:
    """Judge the best one-to-one pairs of two plans; records that agree with a partner quarrel with nobody else."""
    how_they_stand = standing(plan_a, plan_b)
    if how_they_stand is Standing.SAME:
        chosen = scored
    else:
        same_time = [row for row in scored if _same_time(by_id[row[1]], by_id[row[2]])]
        chosen = best_pairs(same_time, LIKELY)
        taken_a, taken_b = {a for _, a, _ in chosen}, {b for _, _, b in chosen}
        rest = [row for row in scored if row[1] not in taken_a and row[2] not in taken_b]
        chosen += best_pairs(rest, LIKELY)
    for score, a, b in chosen:
        case = Case(by_id[a], by_id[b], plan_a, plan_b, how_they_stand, matcher.is_falling(how.phrase(by_id[a])))
        verdict = how.judge(case)
        if verdict is not None:
            yield _conflict(how.kind, by_id[a], by_id[b], score, verdict)


def _same_time(a: RecordFacts, b: RecordFacts) -> bool:
    if isinstance(a, TargetFacts) and isinstance(b, TargetFacts):
        return last_day(a.horizon) == last_day(b.horizon)
    return True


def _conflict(record_kind: str, a: RecordFacts, b: RecordFacts, score: float, verdict: Verdict) -> Conflict:
    score = round(score * verdict.weight, 4)
    certain = min(a.confidence, b.confidence) >= 0.8
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
