"""The kit: everything that processing a plan needs besides the plan, loaded once in each process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from khparse.rules.load import RuleBook, load
from khparse.text.names import Naming


@dataclass(frozen=True, slots=True)
class Kit:
    """Compiled rules and gazetteers. Pickled as a name: another process loads its own."""

    letterhead: RuleBook
    headings: RuleBook
    tables: RuleBook
    references: RuleBook
    targets: RuleBook
    tasks: RuleBook
    deadlines: RuleBook
    money: RuleBook
    offices: RuleBook
    findings: RuleBook
    naming: Naming

    def __reduce__(self) -> tuple[object, ...]:
        """Rules compile faster than they travel."""
        return load_kit, ()


@cache
def load_kit() -> Kit:
    """The kit of this installation. Raises RuleError naming the file that is wrong."""
    return Kit(
        letterhead=load("letterhead"),
        headings=load("headings"),
        tables=load("tables"),
        references=load("references"),
        targets=load("targets"),
        tasks=load("tasks"),
        deadlines=load("deadlines"),
        money=load("money"),
        offices=load("offices"),
        findings=load("findings"),
        naming=load_naming(),
    )


@cache
def load_naming() -> Naming:
    """The names of offices and places alone: what a question about an office needs."""
    places, offices, names = load("places"), load("offices"), load("names")
    return Naming(
        abbreviations=offices.tables.get("abbreviations", {}),
        provinces=places.tables.get("provinces", {}),
        words=names.terms,
    )
