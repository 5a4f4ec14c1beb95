"""The kit: everything that processing a plan needs besides the plan, loaded once in each process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from khparse.rules.load import RuleBook, load
from khparse.text.gazetteer import Gazetteer
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
    model: Path | None = None  # the folder of the entity model, which is loaded where a doubt first occurs

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
        model=entity_model(),
    )


def models_root() -> Path:
    """`models/` beside the source, or the copy that an installed package carries."""
    here = Path(__file__).resolve()
    packaged = here.parents[1] / "_data" / "models"
    return packaged if packaged.is_dir() else here.parents[3] / "models"


def entity_model() -> Path | None:
    """The folder of the trained entity model, None where none is installed."""
    folder = models_root() / "khparse-ner"
    return folder if (folder / "meta.json").is_file() else None


@cache
def load_naming() -> Naming:
    """The names of offices and places alone: what a question about an office needs."""
    places, offices, names = load("places"), load("offices"), load("names")
    return Naming(
        abbreviations=offices.tables.get("abbreviations", {}),
        gazetteer=Gazetteer(places.tables.get("provinces", {}), names.terms),
    )
