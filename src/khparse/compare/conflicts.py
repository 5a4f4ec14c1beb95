"""Conflicts: where two records that speak of the same thing say different things.

Everything here works on values (`compare.facts`); finding the records and keeping what is found is the store's work.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from khparse.compare.blocks import Places, alike, places_of
from khparse.compare.facts import BudgetFacts, PlanFacts, RecordFacts, TargetFacts, TaskFacts
from khparse.compare.matching import LIKELY, SURE, PhraseMatcher, best_pairs
from khparse.compare.phrases import Signature
from khparse.compare.ranges import last_day, measure_of
from khparse.compare.relations import Standing, standing
from khparse.compare.verdicts import Case, Verdict, judge_budgets, judge_targets, judge_tasks, stepwise
from khparse.model.conflict import Conflict

R = TypeVar("R", bound=RecordFacts)

_SAID_TWICE = 0.9
# where hundreds of plans carry out one document and say the same, each is compared with the latest of them only
CROWD = 64


@dataclass(frozen=True, slots=True)
class _Comparison(Generic[R]):
    """How one kind of record is compared."""

    kind: str
    context: Callable[[R], str]
    unit: Callable[[R], Hashable]  # records of different units are never compared
    judge: Callable[[Case[R]], Sequence[Verdict]]
    least: int  # syllables that a phrase must have to say anything
    inside: float  # pairs of one plan that score less are dropped: it tells things of one kind apart by a word or two


_TARGETS: _Comparison[TargetFacts] = _Comparison(
    "target", lambda t: t.context, lambda t: measure_of(t.unit).kind, judge_targets, 2, inside=SURE
)
_TASKS: _Comparison[TaskFacts] = _Comparison("task", lambda _: "", lambda _: "", judge_tasks, 4, inside=0.8)
_BUDGETS: _Comparison[BudgetFacts] = _Comparison("budget", lambda _: "", lambda _: "", judge_budgets, 4, inside=0.85)


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


@dataclass(frozen=True, slots=True)
class _Entry(Generic[R]):
    record: R
    phrase: str
    signature: Signature
    unit: Hashable


Scored = dict[int, list[tuple[float, int, int]]]  # other plan -> score, its record, the plan's record


def _compare(
    how: _Comparison[R], plans: Mapping[int, PlanFacts], records: Iterable[R], matcher: PhraseMatcher, only: int | None
) -> Iterator[Conflict]:
    """Plan by plan, each against those before it; the plan asked for comes last, so that it meets all others."""
    said: dict[str, list[R]] = defaultdict(list)
    for record in records:
        said[record.phrase].append(record)
    signatures = _speaking(how, said, matcher)
    near = alike(signatures)
    matcher.decided.add_to(near)
    # most phrases are said once and like no other: their records meet nobody
    meeting = [phrase for phrase, others in near.items() if len(others) > 1 or len(said[phrase]) > 1]
    entries = [_entry(how, record, phrase, matcher) for phrase in meeting for record in said[phrase]]
    by_id = {entry.record.id: entry.record for entry in entries}
    by_plan: dict[int, list[_Entry[R]]] = defaultdict(list)
    for entry in sorted(entries, key=lambda e: e.record.id):
        by_plan[entry.record.plan].append(entry)
    asked = None if only is None else frozenset(places_of(plans[only]).looked)
    filed: _Filed[R] = _Filed(near, asked)
    for plan_id in sorted(by_plan, key=lambda p: (p == only, p)):
        quiet = only not in (None, plan_id)
        for other, scored in _meet(plans, plan_id, by_plan[plan_id], filed, matcher, quiet=quiet):
            yield from _judge_pair(how, plans[other], plans[plan_id], scored, by_id, matcher)


def _speaking(how: _Comparison[R], phrases: Iterable[str], matcher: PhraseMatcher) -> dict[str, Signature]:
    """Phrases that are long enough to say anything, and what they are compared by."""
    signatures = ((phrase, matcher.signature(phrase)) for phrase in phrases)
    return {phrase: signature for phrase, signature in signatures if len(signature.syllables) >= how.least}


def _entry(how: _Comparison[R], record: R, phrase: str, matcher: PhraseMatcher) -> _Entry[R]:
    return _Entry(record, phrase, matcher.signature(phrase, how.context(record)), how.unit(record))


class _Filed(Generic[R]):
    """Records by what they say and where their plans stand."""

    def __init__(self, near: Mapping[str, Sequence[str]], asked: frozenset[str] | None) -> None:
        self._near = near
        self._asked = asked  # the places that anybody looks under, None where all do
        self._blocks: dict[Hashable, list[_Entry[R]]] = defaultdict(list)

    def met_by(self, entry: _Entry[R], places: Places) -> Iterator[_Entry[R]]:
        """Each record that says the like in a place that is looked under, once; of a crowd the latest."""
        seen: set[int] = set()
        for phrase in self._near[entry.phrase]:
            for place in places.looked:
                for other in self._blocks.get((place, entry.unit, phrase), ())[-CROWD:]:
                    if other.record.id not in seen:
                        seen.add(other.record.id)
                        yield other

    def add(self, entry: _Entry[R], places: Places) -> None:
        for place in places.filed:
            if self._asked is None or place in self._asked:
                self._blocks[place, entry.unit, entry.phrase].append(entry)


def _meet(
    plans: Mapping[int, PlanFacts],
    plan_id: int,
    ours: Sequence[_Entry[R]],
    filed: _Filed[R],
    matcher: PhraseMatcher,
    *,
    quiet: bool,
) -> Iterator[tuple[int, list[tuple[float, int, int]]]]:
    """The plans that this one stands to, each with the scored pairs of records; then its records are filed."""
    places = places_of(plans[plan_id])
    stands: dict[int, bool] = {}
    found: Scored = defaultdict(list)
    for entry in ours:
        for other in () if quiet else filed.met_by(entry, places):
            their_plan = other.record.plan
            if their_plan not in stands:
                stands[their_plan] = standing(plans[their_plan], plans[plan_id]) is not Standing.NONE
            if stands[their_plan] and (score := matcher.match(other.signature, entry.signature).score) >= LIKELY:
                found[their_plan].append((score, other.record.id, entry.record.id))
        filed.add(entry, places)
    yield from sorted(found.items())


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
    floor = how.inside if how_they_stand is Standing.SAME else LIKELY
    scored = [row for row in scored if row[0] >= floor]
    if how_they_stand is Standing.SAME:
        chosen = scored
    else:
        same_time = [row for row in scored if _same_time(by_id[row[1]], by_id[row[2]])]
        chosen = best_pairs(same_time, LIKELY)
        taken_a, taken_b = {a for _, a, _ in chosen}, {b for _, _, b in chosen}
        rest = [row for row in scored if row[1] not in taken_a and row[2] not in taken_b]
        chosen += best_pairs(rest, LIKELY)
        chosen += _said_otherwise(same_time, chosen, by_id)
    conflicts = []
    for score, a, b in chosen:
        falling = matcher.is_falling(by_id[a].phrase)
        case = Case(by_id[a], by_id[b], plan_a, plan_b, how_they_stand, falling)
        conflicts += [_conflict(how.kind, by_id[a], by_id[b], score, verdict) for verdict in how.judge(case)]
    yield from stepwise(conflicts, by_id)


def _said_otherwise(
    scored: Sequence[tuple[float, int, int]], chosen: Sequence[tuple[float, int, int]], by_id: Mapping[int, R]
) -> list[tuple[float, int, int]]:
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
