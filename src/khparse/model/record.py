"""The extraction record `khparse/1`: what one plan commits to, each fact with the words it was read from.

Frozen pydantic models; keys and meaning are the contract of `khparse extract`. Money in đồng, dates ISO 8601,
recurrences RFC 5545, offsets in characters of the canonical text.
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

SCHEMA = "khparse/1"


class Model(BaseModel):
    """Frozen and strict: an unknown key or a wrong type is an error."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", use_enum_values=True)


class Record(Model):
    """What every record carries: the exact words, where they stand, and what read them."""

    quote: str
    section: str | None
    page: int | None
    start: int
    end: int
    source: str  # "rule:deadline.before-date", "model:khparse-ner@2"
    confidence: float = Field(ge=0.0, le=1.0)


class Relation(StrEnum):
    """How a plan stands to a document that it names, strongest first."""

    IMPLEMENTS = "implements"
    BASIS = "basis"
    AMENDS = "amends"
    REPLACES = "replaces"
    REPEALS = "repeals"
    CITES = "cites"


class Mention(Model):
    """One naming of a document: `text[start:end]`."""

    start: int
    end: int


class Reference(Record):
    """A legal or administrative document that the plan names, its mentions merged."""

    type: str
    number: str | None
    date: str | None
    issuer: str | None
    title: str | None
    pinpoint: str | None
    relation: Relation
    mentions: int
    spans: tuple[Mention, ...] = ()


class Comparator(StrEnum):
    """How a figure bounds what is measured."""

    EQ = "eq"
    GE = "ge"
    GT = "gt"
    LE = "le"
    LT = "lt"
    BETWEEN = "between"
    APPROX = "approx"


class TargetKind(StrEnum):
    """An aim, or a report of what has been reached."""

    TARGET = "target"
    BASELINE = "baseline"


class Office(Model):
    """An office in a role: as written, and its full normal form; `start` is where it is written, if it is."""

    text: str
    name: str
    start: int | None = None
    end: int | None = None


class Target(Record):
    """One figure that the plan sets as an aim."""

    indicator: str
    comparator: Comparator
    value: float
    value_max: float | None
    unit: str
    horizon: str | None
    kind: TargetKind
    lead: tuple[Office, ...] = ()


class DueKind(StrEnum):
    """The forms a deadline takes."""

    DATE = "date"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    PERIOD = "period"
    RECURRING = "recurring"
    ONGOING = "ongoing"
    BY_REFERENCE = "by_reference"


class Due(Model):
    """By when: ISO days, an RFC 5545 rule, and the words."""

    kind: DueKind
    start: str | None
    end: str | None
    recurrence: str | None
    text: str


class Task(Record):
    """An item of work, with the offices that answer for it and those that join in."""

    title: str
    lead: tuple[Office, ...]
    coordinating: tuple[Office, ...]
    due: Due | None
    deliverable: str | None


class BudgetRole(StrEnum):
    """What a sum stands for."""

    ITEM = "item"
    TOTAL = "total"
    SUBTOTAL = "subtotal"


class Budget(Record):
    """One sum of money, in đồng."""

    purpose: str
    amount_vnd: int
    period: str | None
    fund: str | None
    role: BudgetRole


class FindingKind(StrEnum):
    """What in a plan contradicts itself or cannot be right."""

    NUMBERING_GAP = "numbering_gap"
    SELF_REFERENCE_MISMATCH = "self_reference_mismatch"
    REFERENCE_DATE_MISMATCH = "reference_date_mismatch"
    IMPOSSIBLE_VALUE = "impossible_value"
    SUM_MISMATCH = "sum_mismatch"
    ROW_WIDTH_MISMATCH = "row_width_mismatch"
    DUE_BEFORE_ISSUE = "due_before_issue"


class Finding(Record):
    """One such thing, said in a Vietnamese sentence."""

    kind: FindingKind
    message: str


class SignerRecord(Model):
    """Who signed, as what."""

    name: str
    position: str


class Particulars(Model):
    """The plan's own particulars."""

    type: str | None
    number: str | None
    issuer: str | None
    province: str | None
    date: str | None
    title: str | None
    signers: tuple[SignerRecord, ...]
    recipients: tuple[str, ...]


class SectionRecord(Model):
    """A numbered unit; `start`/`end` cover it with all that stands below it."""

    path: str
    label: str | None
    heading: str
    level: int
    page: int | None
    start: int
    end: int


class Extraction(Model):
    """The whole record of one plan, as `khparse extract` prints it."""

    schema_: str = Field(default=SCHEMA, alias="schema", serialization_alias="schema")
    document: Particulars
    sections: tuple[SectionRecord, ...]
    references: tuple[Reference, ...]
    targets: tuple[Target, ...]
    tasks: tuple[Task, ...]
    budgets: tuple[Budget, ...]
    findings: tuple[Finding, ...]

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", use_enum_values=True, populate_by_name=True)
