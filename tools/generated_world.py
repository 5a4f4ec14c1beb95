"""The world of the generated plans: who plans what, for which year, with which figures; and what contradicts what.

A country of 34 provinces. A programme is a decision of the Prime Minister; every province makes a plan for it each
year from 2023 to 2025, its departments, districts and communes make theirs under the province's. A larger database
holds more programmes, each with indicators, works, leading offices and words of its own; a country's provinces do not
grow in number. Figures rise by 2 a year. Whoever carries out a plan takes over its figures; where not, that is decided
by dice that fall alike in every plan, so that the rate for each plan is one whatever the number of plans.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from generated_words import (
    DEPARTMENTS,
    DISTRICTS,
    OBJECTS,
    POPULATIONS,
    SECTORS,
    STATES,
    SUBJECTS,
    SYLLABLES,
    TOPICS,
    VERBS,
    invented_name,
    spellings,
)

YEARS = (2023, 2024, 2025)
PROVINCES = 34
SHARED_AIMS, OWN_AIMS = 8, 4
SHARED_WORKS, OWN_WORKS = 5, 10
OWN_SUMS = 2

# how often something is not as in the plan above; each for every plan
PROVINCE_DIFFERS = 0.05  # of a programme's figures, in each province, all years alike
LOWER, HIGHER = 0.06, 0.03  # a plan under a province's asks less or more, of one figure
OTHER_OWNER, OTHER_DAY, OTHER_SUM = 0.08, 0.05, 0.05  # of one work, of the sum; in a department's plan
OTHER_WORDS = 0.25  # of indicators: said by an abbreviation or a word more


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues: the office, its province, its level, and whose plan of the same year it carries out."""

    name: str
    province: str
    level: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class Aim:
    """A figure; `of` names the indicator over all plans, None where it is the plan's own."""

    of: str | None
    words: str
    value: float


@dataclass(frozen=True, slots=True)
class Work:
    """A task."""

    of: str | None
    title: str
    lead: str
    due: str


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of money."""

    of: str | None
    purpose: str
    amount: int


@dataclass(frozen=True, slots=True)
class Programme:
    """A decision of the Prime Minister, and what those have in common who carry it out."""

    number: int

    @property
    def decision(self) -> str:
        """Its number: "1003/QĐ-TTg"."""
        return f"{1000 + self.number}/QĐ-TTg"

    @property
    def topic(self) -> str:
        """What it is about: "chuyển đổi số ngành y tế"; none twice."""
        sector, topic = divmod(self.number, len(TOPICS))
        return f"{TOPICS[topic]} {SECTORS[sector]}"

    def dice(self, *words: object) -> random.Random:
        """Dice that fall the same each time for these words."""
        return random.Random(f"{self.number}|{'|'.join(map(str, words))}")  # noqa: S311 - invented plans, not secrets

    def indicators(self) -> list[tuple[str, float]]:
        """Words and the figure of 2023. The first two differ by the population alone: look-alikes."""
        dice = self.dice("indicators")
        pairs = dice.sample([(subject, state) for subject in SUBJECTS for state in STATES], SHARED_AIMS - 1)
        base = [float(dice.randrange(50, 85)) for _ in range(SHARED_AIMS)]
        first, second = dice.choice(POPULATIONS)
        names = [f"{subject} {state} về {self.topic}" for subject, state in pairs]
        return list(zip([f"{names[0]} {first}", f"{names[0]} {second}", *names[1:]], base, strict=True))

    def works(self) -> list[tuple[str, str]]:
        """Titles and leading departments."""
        dice = self.dice("works")
        pairs = dice.sample([(verb, what) for verb in VERBS for what in OBJECTS], SHARED_WORKS)
        return [(f"{verb} {what} phục vụ {self.topic}", dice.choice(DEPARTMENTS)) for verb, what in pairs]


@dataclass(frozen=True)
class Plan:
    """One plan of the world."""

    issuer: Issuer
    programme: Programme
    year: int

    @property
    def number(self) -> str:
        """By the issuer's own count: "43/KH-UBND"."""
        return f"{self.programme.number * 10 + self.year - 2020}/KH-UBND"

    @property
    def carries_out_decision(self) -> bool:
        """Provinces all, departments half of them; others carry out their province's plan alone."""
        half = self._lasting("decision").random() < 0.5
        return self.issuer.level == "province" or (self.issuer.level == "department" and half)

    @cached_property
    def aims(self) -> tuple[Aim, ...]:
        """The programme's indicators, a plan under a province's not all of them; then its own."""
        numbers = range(SHARED_AIMS)
        if self.issuer.parent:
            numbers = sorted(self._lasting("aims").sample(numbers, SHARED_AIMS - 2))
        return (*self._shared_aims(numbers), *self._own_aims())

    @cached_property
    def works(self) -> tuple[Work, ...]:
        """Works that a province shares with its departments; then its own."""
        shared = self._shared_works() if self.issuer.level in {"province", "department"} else ()
        return (*shared, *self._own_works())

    @cached_property
    def sums(self) -> tuple[Sum, ...]:
        """What a province shares with its departments; then its own."""
        shared = (self._shared_sum(),) if self.issuer.level in {"province", "department"} else ()
        return (*shared, *self._own_sums())

    def _lasting(self, what: str) -> random.Random:
        return self.programme.dice(what, self.issuer.name, self.issuer.province)

    def _yearly(self, what: str) -> random.Random:
        return self.programme.dice(what, self.issuer.name, self.issuer.province, self.year)

    def _shared_aims(self, numbers: Iterator[int] | range | list[int]) -> Iterator[Aim]:
        said = self.programme.indicators()
        changed = self._change()
        for number in numbers:
            words, value = said[number]
            own = self.programme.dice("province", self.issuer.province, number)
            value += 2.0 * (self.year - YEARS[0])
            value += own.choice((-9.0, -4.0, 4.0, 9.0)) if own.random() < PROVINCE_DIFFERS else 0.0
            value += changed[1] if changed[0] == number else 0.0
            wording = self._yearly(f"words {number}")
            yield Aim(f"{self.programme.number}.{number}", spellings(words, wording, OTHER_WORDS), value)

    def _change(self) -> tuple[int, float]:
        """Which figure is lower or higher than the province's, and by how much."""
        dice = self._yearly("change")
        fallen, number = dice.random(), dice.randrange(SHARED_AIMS)
        if not self.issuer.parent or fallen > LOWER + HIGHER:
            return (-1, 0.0)
        return (number, -5.0 if fallen < LOWER else 1.0)

    def _own_aims(self) -> Iterator[Aim]:
        dice = self._lasting("own aims")
        for _ in range(OWN_AIMS):
            words = f"{dice.choice(SUBJECTS)} {dice.choice(STATES)} thuộc {invented_name(dice)}"
            yield Aim(None, words, dice.randrange(50, 85) + 2.0 * (self.year - YEARS[0]))

    def _shared_works(self) -> Iterator[Work]:
        dice = self._yearly("works")
        other_owner, other_day = (
            dice.random() < OTHER_OWNER and self.issuer.parent,
            dice.random() < OTHER_DAY and self.issuer.parent,
        )
        changed = dice.randrange(SHARED_WORKS)
        for number, (title, usual) in enumerate(self.programme.works()):
            other = DEPARTMENTS[(DEPARTMENTS.index(usual) + 1) % len(DEPARTMENTS)]
            lead = other if other_owner and number == changed else usual
            due = f"{self.year}-{'09-30' if other_day and number == changed else '12-31'}"
            yield Work(f"{self.programme.number}.{number}", title, f"{lead} tỉnh {self.issuer.province}", due)

    def _own_works(self) -> Iterator[Work]:
        dice = self._yearly("own works")
        for _ in range(OWN_WORKS):
            title = f"{dice.choice(VERBS)} {dice.choice(OBJECTS)} thuộc {invented_name(dice)}"
            yield Work(None, title, f"{dice.choice(DEPARTMENTS)} tỉnh {self.issuer.province}", f"{self.year}-12-31")

    def _shared_sum(self) -> Sum:
        agreed = self.programme.dice("sum", self.issuer.province, self.year).randrange(10, 90)
        other = self.issuer.parent and self._yearly("sum").random() < OTHER_SUM
        purpose = f"Mua sắm, duy trì trang thiết bị phục vụ {self.programme.topic}"
        return Sum(str(self.programme.number), purpose, (agreed + (7 if other else 0)) * 100_000_000)

    def _own_sums(self) -> Iterator[Sum]:
        dice = self._yearly("own sums")
        for _ in range(OWN_SUMS):
            purpose = f"{dice.choice(VERBS)} {dice.choice(OBJECTS)} thuộc {invented_name(dice)}"
            yield Sum(None, purpose, dice.randrange(1, 90) * 100_000_000)


def provinces() -> list[str]:
    """Invented names, "An Bình" and on."""
    pairs = [f"{first} {second}" for first in SYLLABLES for second in SYLLABLES if first != second]
    return pairs[:PROVINCES]


def issuers(programme: Programme, province: str) -> Iterator[Issuer]:
    """Who in a province plans for a programme: the committee, one to two departments, none to three districts and communes."""
    dice = programme.dice("issuers", province)
    top = f"Ủy ban nhân dân tỉnh {province}"
    yield Issuer(top, province, "province", None)
    for department in dice.sample(DEPARTMENTS, dice.randint(1, 2)):
        yield Issuer(f"{department} tỉnh {province}", province, "department", top)
    for district in dice.sample(DISTRICTS, dice.randint(0, 2)):
        over = f"Ủy ban nhân dân huyện {district}, tỉnh {province}"
        yield Issuer(over, province, "district", top)
        if dice.random() < 0.5:
            commune = f"Ủy ban nhân dân xã {dice.choice(SYLLABLES)} Thượng, huyện {district}, tỉnh {province}"
            yield Issuer(commune, province, "commune", over)


def world() -> Iterator[Plan]:
    """All plans, programme by programme: each with its plans of all provinces, a province's together."""
    for number in range(len(TOPICS) * len(SECTORS)):
        programme = Programme(number)
        for province in provinces():
            for issuer in issuers(programme, province):
                for year in YEARS:
                    yield Plan(issuer, programme, year)
