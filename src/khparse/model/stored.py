"""Records as the database gives them back: each with its id, the plan it stands in, and the words it was read from.

The same values are shown by the command line and the web page, exported, and compared.
"""

from __future__ import annotations

from dataclasses import dataclass

from khparse.model.record import BudgetRole, Comparator, Due, FindingKind, Relation, TargetKind


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedDocument:
    """A document that a plan carries out or changes: "Quyết định", "131/QĐ-TTg"."""

    type: str
    number: str | None
    issuer: str | None
    title: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPlan:
    """A plan's particulars. `implements` holds the documents that it carries out."""

    id: int
    file: str
    type: str | None
    number: str | None
    issuer: str | None
    province: str | None
    date: str | None
    title: str | None
    implements: tuple[CitedDocument, ...] = ()
    changes: tuple[CitedDocument, ...] = ()  # what it amends, replaces or repeals
    version: int = 1

    @property
    def name(self) -> str:
        """How a person calls it: its number, else its title, else its file."""
        return self.number or self.title or self.file


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRecord:
    """What every stored record has. `headings` are those above it, outermost first, its own section's last."""

    id: int
    plan: StoredPlan
    section: str | None
    headings: tuple[str, ...]
    page: int | None
    quote: str
    start: int
    end: int
    source: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredOffice:
    """An office in a role: the registry's row, the words in the plan, and its full name as read there."""

    id: int
    text: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTarget(StoredRecord):
    """A figure set as an aim."""

    indicator: str
    comparator: Comparator
    value: float
    value_max: float | None
    unit: str
    horizon: str | None
    kind: TargetKind
    lead: tuple[StoredOffice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTask(StoredRecord):
    """An item of work."""

    title: str
    lead: tuple[StoredOffice, ...]
    coordinating: tuple[StoredOffice, ...]
    due: Due | None
    deliverable: str | None
    # how far it has come, where that was asked for and somebody told: not_started, in_progress, done; the day (ISO)
    status: str | None = None
    status_date: str | None = None
    status_remark: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredBudget(StoredRecord):
    """A sum of money, in đồng."""

    purpose: str
    amount_vnd: int
    period: str | None
    fund: str | None
    role: BudgetRole


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFinding(StoredRecord):
    """What contradicts itself inside one plan."""

    kind: FindingKind
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReference(StoredRecord):
    """A document that the plan names."""

    type: str
    number: str | None
    date: str | None
    issuer: str | None
    title: str | None
    pinpoint: str | None
    relation: Relation
    mentions: int


Comparable = StoredTarget | StoredTask | StoredBudget


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredConflict:
    """A conflict as kept, with both records, and what a person made of it: open, confirmed or dismissed."""

    id: int
    identity: str
    kind: str
    severity: str
    direction: str | None
    score: float
    sure: bool
    rule: str
    why: str
    a: Comparable
    b: Comparable
    status: str
    remark: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A line of a plan's text that answers a search."""

    plan: StoredPlan
    section: str | None
    page: int | None
    start: int
    end: int
    quote: str
