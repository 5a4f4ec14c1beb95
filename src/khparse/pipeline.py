"""The way of the data, one direction: bytes -> document -> plan -> records. Pure: opens nothing, keeps nothing."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from khparse.errors import NotAPlanError
from khparse.extract.budgets.find import find_budgets
from khparse.extract.findings.find import find_findings
from khparse.extract.references.find import find_references
from khparse.extract.targets.find import find_targets
from khparse.extract.tasks.find import find_tasks
from khparse.model.document import Document
from khparse.model.plan import Letterhead, Plan, Section
from khparse.model.record import Extraction, Particulars, SectionRecord, SignerRecord
from khparse.model.result import Result
from khparse.read import limits
from khparse.read.detect import detect
from khparse.read.readers import read
from khparse.read.scan.pages import Ocr
from khparse.rules.kit import Kit
from khparse.structure.contents import without_contents
from khparse.structure.documents import alone, documents_in, notice_of
from khparse.structure.kind import PLAN, DocumentKind, document_kind
from khparse.structure.letterhead import read_letterhead
from khparse.structure.sections import build_sections
from khparse.structure.table_roles import read_tables


def process(data: bytes, kit: Kit, *, any_document: bool = False, ocr: Ocr | None = None) -> Result:
    """One file's bytes to its records. Raises a KhparseError that says what is wrong with the bytes.

    A document that is no plan is a NotAPlanError, unless `any_document`: then it says what it is in `type`.
    `ocr` says how scans are read: without it nothing of them is kept and nobody is told.
    """
    document = read(detect(data), ocr)
    return records_of(document, hashlib.sha256(data).hexdigest(), kit, any_document=any_document)


def records_of(document: Document, sha256: str, kit: Kit, *, any_document: bool = False) -> Result:
    """A document that was read to its records, and to those of each further plan that is bound with the first."""
    first, *further = plans_in(document, kit, any_document=any_document)
    document = replace(document, notices=first.document.notices)
    others = tuple(Result(sha256, plan.document, extract(plan, kit)) for plan in further)
    return Result(sha256, document, extract(first, kit), further=others)


def understand(document: Document, kit: Kit, *, any_document: bool = True) -> Plan:
    """The plan's structure: letterhead, sections, items, tables; of several plans in one file the first's."""
    return plans_in(document, kit, any_document=any_document)[0]


def plans_in(document: Document, kit: Kit, *, any_document: bool = True) -> tuple[Plan, ...]:
    """The file's plans in order, each with the document in which only its own text stands; of most files one.

    What the file holds is told in the notices of each one's document.
    """
    document = without_contents(document)
    parts = documents_in(document, kit)
    if len(parts) > 1:
        most = max(limits.TEXT_CHARACTERS // len(document.text), 1)  # each is as long as the file
        bound = [_understood(alone(document, part), kit, any_document=True) for part in parts[:most]]
        plans = [each for each in bound if each.letterhead.type == PLAN]
        if plans:
            heads = [(part, each.letterhead) for part, each in zip(parts, bound, strict=False)]
            notices = (*document.notices, notice_of(heads, document, len(parts)))
            return tuple(replace(plan, document=replace(plan.document, notices=notices)) for plan in plans)
    if len(parts) == 1 and parts[0].span.start:
        document = alone(document, parts[0])
    return (_understood(document, kit, any_document=any_document),)


def _understood(document: Document, kit: Kit, *, any_document: bool) -> Plan:
    letterhead = read_letterhead(document, kit)
    kind = document_kind(document, letterhead, kit)
    if not kind.is_plan:
        letterhead = replace(letterhead, type=_other_type(kind, any_document=any_document))
    sections, items = build_sections(document, letterhead, kit)
    tables, group_rows = read_tables(document, sections, kit)
    in_order = tuple(sorted((*sections, *group_rows), key=lambda section: (section.span.start, -section.span.end)))
    return Plan(document, letterhead, in_order, items, tables)


def _other_type(kind: DocumentKind, *, any_document: bool) -> str | None:
    """What a document that is no plan is recorded as."""
    if not any_document:
        what = f"nội dung là {kind.name}, không phải kế hoạch" if kind.is_known else "không thấy đây là một kế hoạch"
        raise NotAPlanError(what, "thêm --any nếu vẫn muốn đưa vào")
    return kind.name if kind.is_known else None


def extract(plan: Plan, kit: Kit) -> Extraction:
    """The plan's records."""
    references = find_references(plan, kit)
    targets = find_targets(plan, kit)
    tasks = find_tasks(plan, kit)
    budgets = find_budgets(plan, kit)
    return Extraction(
        document=_particulars(plan.letterhead),
        sections=tuple(_section_record(section, plan.document) for section in plan.sections),
        references=references,
        targets=targets,
        tasks=tasks,
        budgets=budgets,
        findings=find_findings(plan, references, targets, tasks, budgets, kit),
    )


def _particulars(letterhead: Letterhead) -> Particulars:
    return Particulars(
        type=letterhead.type,
        number=letterhead.number,
        issuer=letterhead.issuer,
        province=letterhead.province,
        date=letterhead.date,
        title=letterhead.title,
        signers=tuple(SignerRecord(name=signer.name, position=signer.position) for signer in letterhead.signers),
        recipients=letterhead.recipients,
    )


def _section_record(section: Section, document: Document) -> SectionRecord:
    return SectionRecord(
        path=section.path,
        label=section.label,
        heading=section.heading,
        level=section.level,
        page=document.page_at(section.span.start),
        start=section.span.start,
        end=section.span.end,
    )
