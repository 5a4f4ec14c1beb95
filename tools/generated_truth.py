"""Which conflicts the generated world holds, by the contract's table and the world's own knowledge, not by khparse.

What is the same indicator, work or sum is known here by its name in the world, never by its words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from generated_world import Plan

from khparse.store.database import Database

Found = tuple[str, int, int, str]  # kind, plans by their numbers in the world, what they differ in


def planted(plans: Sequence[Plan]) -> set[Found]:
    """All conflicts of these plans."""
    return {*_of_aims(plans), *_of_works(plans)}


def _of_aims(plans: Sequence[Plan]) -> Iterator[Found]:
    said: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, plan in enumerate(plans):
        for aim in plan.aims:
            if aim.of:
                said[aim.of].append((number, aim.value))
    for name, figures in said.items():
        for (a, one), (b, other) in combinations(figures, 2):
            kind = _kind(plans[a], one, plans[b], other) if one != other else None
            if kind:
                yield kind, a, b, f"target {name}"


def _kind(a: Plan, one: float, b: Plan, other: float) -> str | None:
    """The kind of two different figures of one indicator, by who issued the plans and for which year."""
    if a.year != b.year:
        early, late = (one, other) if a.year < b.year else (other, one)
        return "regression" if a.issuer == b.issuer and late < early else None
    for (upper, asked), (lower, given) in (((a, one), (b, other)), ((b, other), (a, one))):
        if upper.issuer.province == lower.issuer.province and _over(upper, lower):
            return "below_parent" if given < asked else "above_parent"
    if a.issuer.province != b.issuer.province:
        return "divergent" if a.carries_out_decision and b.carries_out_decision else None
    return "contradiction" if a.issuer.level == b.issuer.level == "department" else "divergent"


def _over(upper: Plan, lower: Plan) -> bool:
    """A province stands over all in it, a district over its communes."""
    above = upper.issuer.level == "province" and lower.issuer.level != "province"
    return above or upper.issuer.name == lower.issuer.parent


def _of_works(plans: Sequence[Plan]) -> Iterator[Found]:
    """A province and its departments in one year: another leading office, another day, another sum."""
    together: dict[tuple[object, ...], list[tuple[int, Plan]]] = defaultdict(list)
    for number, plan in enumerate(plans):
        if plan.issuer.level in {"province", "department"}:
            together[plan.issuer.province, plan.programme, plan.year].append((number, plan))
    for group in together.values():
        for (a, one), (b, other) in combinations(group, 2):
            for ours, theirs in zip(one.works, other.works, strict=True):
                if ours.of and ours.lead != theirs.lead:
                    yield "owner", a, b, f"task {ours.of}"
                if ours.of and ours.due != theirs.due:
                    yield "deadline", a, b, f"task {ours.of}"
            if one.sums[0].amount != other.sums[0].amount:
                yield "budget", a, b, f"budget {one.sums[0].of}"


@dataclass(frozen=True, slots=True)
class Scores:
    """How right the run was: of what it reports as sure, of what is planted."""

    planted: int
    sure: int
    right: int
    unsure: int

    @property
    def precision(self) -> float:
        """Of the sure ones the part that is planted."""
        return self.right / self.sure if self.sure else 1.0

    @property
    def recall(self) -> float:
        """Of the planted ones the part that is found as sure."""
        return self.right / self.planted if self.planted else 1.0


def judged(database: Database, plans: Sequence[Plan]) -> dict[str, Scores]:
    """By kind, and in all under "": what stands in the database beside what is planted."""
    truth = planted(plans)
    sure = set(_reported(database, plans, sure=True))
    unsure = set(_reported(database, plans, sure=False))
    kinds = sorted({kind for kind, *_ in truth | sure | unsure})
    return {kind: _scores(truth, sure, unsure, kind) for kind in (*kinds, "")}


def _scores(truth: set[Found], sure: set[Found], unsure: set[Found], kind: str) -> Scores:
    wanted, said, doubtful = ({one for one in found if kind in (one[0], "")} for found in (truth, sure, unsure))
    return Scores(len(wanted), len(said), len(wanted & said), len(doubtful))


def _reported(database: Database, plans: Sequence[Plan], *, sure: bool) -> Iterator[Found]:
    """What the run reports, by the world's names; two records of different names are named both."""
    names = {kind: dict(_names(database, kind, plans)) for kind in _TABLES}
    rows = database.rows("SELECT kind, a_kind, a_id, b_id FROM conflicts WHERE sure = ?", (int(sure),))
    for row in rows:
        (plan, name), (other_plan, other) = (names[row["a_kind"]][row[side]] for side in ("a_id", "b_id"))
        (a, x), (b, y) = sorted([(plan, name), (other_plan, other)])
        yield row["kind"], a, b, f"{row['a_kind']} {x if x == y else f'{x} / {y}'}"


_TABLES = {"target": "targets", "task": "tasks", "budget": "budgets"}


def _names(database: Database, kind: str, plans: Sequence[Plan]) -> Iterator[tuple[int, tuple[int, str]]]:
    """Each record's plan and name: a plan's records stand in the order in which the world has them."""
    sql = f"""SELECT r.id, CAST(substr(f.name, 1, 6) AS INTEGER) AS number
              FROM {_TABLES[kind]} r JOIN plans p ON p.id = r.plan_id JOIN files f ON f.id = p.file_id
              ORDER BY number, r."start" """  # noqa: S608 - a table of ours
    before: dict[int, int] = defaultdict(int)
    for row in database.rows(sql):
        number = int(row["number"])
        own: Iterable[str | None] = _said(plans[number], kind)
        yield row["id"], (number, list(own)[before[number]] or f"own {row['id']}")
        before[number] += 1


def _said(plan: Plan, kind: str) -> list[str | None]:
    records = {"target": plan.aims, "task": plan.works, "budget": plan.sums}[kind]
    return [record.of for record in records]
