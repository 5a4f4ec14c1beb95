"""Invented plans by the thousand, the same each time: to measure what a full database costs, and how right comparison is.

    python tools/generate_plans.py plans.db --count 10000 [--judge]

How their world is made stands in `generated_world.py`. With --judge the conflicts are found too, and what is found is
held against what is planted.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from generated_truth import judged
from generated_world import Aim, Plan, Sum, Work, world

from khparse.model.document import Document
from khparse.model.record import (
    Budget,
    BudgetRole,
    Comparator,
    Due,
    DueKind,
    Extraction,
    Mention,
    Office,
    Particulars,
    Reference,
    Relation,
    SectionRecord,
    Target,
    TargetKind,
    Task,
)
from khparse.model.result import Result
from khparse.service.comparison import file_phrases, find_all
from khparse.store.database import Database, open_database
from khparse.store.save import FileFacts, save_plan


class _Writer:
    """Writes lines and remembers where they stand."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.length = 0

    def line(self, words: str) -> dict[str, Any]:
        """The place of the line that was written."""
        start = self.length
        self.lines.append(words)
        self.length += len(words) + 1
        return {
            "quote": words,
            "page": 1,
            "start": start,
            "end": start + len(words),
            "source": "rule:generated",
            "confidence": 0.95,
        }


def written(plan: Plan) -> Result:
    """A plan of the world as if it had been read: 10 to 12 targets, 10 to 15 tasks, 2 to 3 sums."""
    write = _Writer()
    write.line("KẾ HOẠCH")
    references = tuple(_references(write, plan))
    sections = [_section(write, "I", f"MỤC TIÊU {plan.programme.topic.upper()}")]
    targets = tuple(_target(write, plan, aim) for aim in plan.aims)
    sections.append(_section(write, "II", "NHIỆM VỤ"))
    tasks = tuple(_task(write, work) for work in plan.works)
    sections.append(_section(write, "III", "KINH PHÍ"))
    budgets = tuple(_budget(write, plan, one) for one in plan.sums)
    ends = [*(section["start"] for section in sections[1:]), write.length]
    extraction = Extraction(
        document=_particulars(plan),
        sections=tuple(SectionRecord(**row, end=end) for row, end in zip(sections, ends, strict=True)),
        references=references,
        targets=targets,
        tasks=tasks,
        budgets=budgets,
        findings=(),
    )
    text = "\n".join(write.lines)
    identity = f"{plan.issuer}|{plan.number}|{text}"
    return Result(hashlib.sha256(identity.encode()).hexdigest(), Document(text, (), "text/plain"), extraction)


def _particulars(plan: Plan) -> Particulars:
    return Particulars(
        type="Kế hoạch",
        number=plan.number,
        issuer=plan.issuer.name,
        province=plan.issuer.province,
        date=f"{plan.year}-0{2 if plan.issuer.parent is None else 3}-{plan.programme.number % 27 + 1:02}",
        title=f"Kế hoạch {plan.programme.topic} năm {plan.year}",
        signers=(),
        recipients=(),
    )


def _section(write: _Writer, path: str, heading: str) -> dict[str, Any]:
    return {
        "path": path,
        "label": f"{path}.",
        "heading": heading,
        "level": 1,
        "page": 1,
        "start": write.line(f"{path}. {heading}")["start"],
    }


def _references(write: _Writer, plan: Plan) -> Iterator[Reference]:
    named = [("Quyết định", plan.programme.decision, "Thủ tướng Chính phủ")] if plan.carries_out_decision else []
    top = f"Ủy ban nhân dân tỉnh {plan.issuer.province}"
    named += [("Kế hoạch", plan.number, office) for office in dict.fromkeys((top, plan.issuer.parent)) if office]
    for kind, number, office in named:
        if office == plan.issuer.name:
            continue
        place = write.line(f"Thực hiện {kind} số {number} của {office}")
        yield Reference(
            **place,
            section=None,
            type=kind,
            number=number,
            date=None,
            issuer=office,
            title=None,
            pinpoint=None,
            relation=Relation.IMPLEMENTS,
            mentions=1,
            spans=(Mention(start=place["start"], end=place["end"]),),
        )


def _target(write: _Writer, plan: Plan, aim: Aim) -> Target:
    return Target(
        **write.line(f"Đến năm {plan.year}, {aim.value:g}% {aim.words}."),
        section="I",
        indicator=aim.words,
        comparator=Comparator.EQ,
        value=aim.value,
        value_max=None,
        unit="%",
        horizon=str(plan.year),
        kind=TargetKind.TARGET,
    )


def _task(write: _Writer, work: Work) -> Task:
    year, month, day = work.due.split("-")
    return Task(
        **write.line(f"{work.title}: {work.lead} chủ trì, hoàn thành trước ngày {day}/{month}/{year}"),
        section="II",
        title=work.title,
        lead=(Office(text=work.lead, name=work.lead),),
        coordinating=(Office(text="các sở, ban, ngành", name="các sở, ban, ngành"),),
        due=Due(kind=DueKind.DATE, start=None, end=work.due, recurrence=None, text=f"trước ngày {day}/{month}/{year}"),
        deliverable=None,
    )


def _budget(write: _Writer, plan: Plan, one: Sum) -> Budget:
    return Budget(
        **write.line(f"{one.purpose}: {one.amount} đồng"),
        section="III",
        purpose=one.purpose,
        amount_vnd=one.amount,
        period=str(plan.year),
        fund=None,
        role=BudgetRole.ITEM,
    )


def fill(database: Database, count: int, first: int = 0) -> None:
    """Save the plans from `first` up to `count` and file their phrases; conflicts are not looked for."""
    for number, plan in enumerate(islice(world(), first, count), first):
        result = written(plan)
        name = f"{number:06}.txt"
        save_plan(database, result, FileFacts(f"/generated/{name}", name, len(result.document.text)))
    file_phrases(database)


def show(database: Database, count: int) -> None:
    """How right the conflicts in the database are, kind by kind."""
    print(f"{'':14}planted    sure   right  unsure  precision  recall")
    for kind, one in judged(database, list(islice(world(), count))).items():
        figures = f"{one.planted:8}{one.sure:8}{one.right:8}{one.unsure:8}"
        print(f"{kind or 'all':13}{figures}{one.precision:11.4f}{one.recall:8.4f}")


def main() -> None:
    """Fill a database."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("database", type=Path)
    asked.add_argument("--count", type=int, default=10_000)
    asked.add_argument("--judge", action="store_true")
    options = asked.parse_args()
    with open_database(options.database, create=True) as database:
        fill(database, options.count)
        if options.judge:
            find_all(database)
            show(database, options.count)


if __name__ == "__main__":
    main()
