"""Which plans have records that speak of the same thing and say different things of it.

Most records that meet agree: a programme's figures are taken over by all who carry it out. Two plans are looked at
closely only where some record of one disagrees with one of the other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from khparse.compare.blocks import Places, of_one_time
from khparse.compare.facts import PlanFacts, RecordFacts
from khparse.compare.matching import LIKELY, PhraseMatcher
from khparse.compare.phrases import Signature
from khparse.compare.relations import Standing, one_jurisdiction, standing

R = TypeVar("R", bound=RecordFacts)

# where hundreds of plans carry out one document and say the same, each is compared with the latest of them only
CROWD = 128
Near = Mapping[str, Sequence[str]]  # phrase -> itself and those that may be the same thing
Scored = tuple[float, int, int]  # how like, a record, a record of the later plan


@dataclass(frozen=True, slots=True)
class Entry(Generic[R]):
    """A record with what it is compared by."""

    record: R
    phrase: str
    signature: Signature
    unit: Hashable  # records of different units are never compared
    time: Hashable  # by when, where that tells what a difference means
    said: Hashable  # two that say the same are no conflict


@dataclass(frozen=True)
class Pair:
    """Two plans and how they stand to each other."""

    a: PlanFacts
    b: PlanFacts

    @cached_property
    def how(self) -> Standing:
        """How the first stands to the second."""
        return standing(self.a, self.b)

    @cached_property
    def one_jurisdiction(self) -> bool:
        """Whether both are made for one territory."""
        return self.how is not Standing.COUSIN and one_jurisdiction(self.a, self.b)

    def may_differ(self, *, same_time: bool) -> bool:
        """Whether a difference between two of their figures can mean anything."""
        if self.how is Standing.NONE:
            return False
        return same_time or self.one_jurisdiction or self.how in _OVER_TIME


_OVER_TIME = {Standing.BEFORE, Standing.AFTER, Standing.PEER}


class Meeting(Generic[R]):
    """Records by what they say and where their plans stand; plans come one after the other."""

    def __init__(
        self,
        entries: Iterable[Entry[R]],
        near: Near,
        matcher: PhraseMatcher,
        asked: frozenset[str] | None,
    ) -> None:
        self._near = near
        self._matcher = matcher
        self._asked = asked  # the places that anybody looks under, None where all do
        self._blocks: dict[Hashable, list[Entry[R]]] = defaultdict(list)
        self._by_plan: dict[int, list[Entry[R]]] = defaultdict(list)
        often: Counter[tuple[int, Hashable, str]] = Counter()
        for entry in sorted(entries, key=lambda e: e.record.id):
            key = (entry.record.plan, entry.unit, entry.phrase)
            often[key] += 1
            # a plan that says one phrase thousands of times fills a form: each with each would be millions
            if often[key] <= CROWD:
                self._by_plan[entry.record.plan].append(entry)

    @property
    def plans(self) -> Iterable[int]:
        """The plans whose records are here."""
        return self._by_plan.keys()

    def add(self, plan: int, places: Places) -> None:
        """From now on others meet the plan's records."""
        for place in places.filed if self._asked is None else self._asked.intersection(places.filed):
            for entry in self._by_plan[plan]:
                self._blocks[_block(place, entry, entry.phrase)].append(entry)

    def quarrels(self, plan: PlanFacts, places: Places, plans: Mapping[int, PlanFacts]) -> Iterator[Pair]:
        """The plans added before of which some record says otherwise than one of this plan's."""
        pairs: dict[int, Pair] = {}
        found: set[int] = set()
        for entry in self._by_plan[plan.id]:
            for other in self._met_by(entry, places):
                their_plan = other.record.plan
                if their_plan in found or other.said == entry.said:
                    continue
                if their_plan not in pairs:
                    pairs[their_plan] = Pair(plans[their_plan], plan)
                differ = pairs[their_plan].may_differ(same_time=other.time == entry.time)
                if differ and self._score(other, entry) >= LIKELY:
                    found.add(their_plan)
        yield from (pairs[one] for one in sorted(found))

    def _met_by(self, entry: Entry[R], places: Places) -> Iterator[Entry[R]]:
        """The records that say the like in a place that is looked under; of a crowd the latest."""
        for phrase in self._near.get(entry.phrase, (entry.phrase,)):
            for place in places.looked:
                yield from self._blocks.get(_block(place, entry, phrase), ())[-CROWD:]

    def scored(self, a: int, b: int) -> list[Scored]:
        """The likeness of the records of two plans that may be the same thing; in one plan each two once."""
        pairs = self._of_both(a, b) if a != b else self._of_one(a)
        scored = ((self._score(one, other), one.record.id, other.record.id) for one, other in pairs)
        return [row for row in scored if row[0] >= LIKELY]

    def _of_both(self, a: int, b: int) -> Iterator[tuple[Entry[R], Entry[R]]]:
        said: dict[Hashable, list[Entry[R]]] = defaultdict(list)
        for entry in self._by_plan[a]:
            said[entry.unit, entry.phrase].append(entry)
        for entry in self._by_plan[b]:
            for phrase in self._near.get(entry.phrase, (entry.phrase,)):
                for other in said.get((entry.unit, phrase), ()):
                    yield other, entry

    def _of_one(self, plan: int) -> Iterator[tuple[Entry[R], Entry[R]]]:
        return ((one, other) for one, other in self._of_both(plan, plan) if one.record.id < other.record.id)

    def _score(self, a: Entry[R], b: Entry[R]) -> float:
        return self._matcher.match(a.signature, b.signature).score


def _block(place: str, entry: Entry[R], phrase: str) -> Hashable:
    return (place, entry.unit, phrase, entry.time if of_one_time(place) else "")
