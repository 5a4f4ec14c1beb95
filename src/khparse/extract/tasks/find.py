"""Tasks: attribute blocks, offices' headings, leaf items of work sections, rows of assignment tables."""

from __future__ import annotations

from dataclasses import replace

from khparse.extract.entities import SOURCE
from khparse.extract.offices.names import Name
from khparse.extract.tasks.calendar import Calendar
from khparse.extract.tasks.deadlines import Deadlines
from khparse.extract.tasks.draft import Draft
from khparse.extract.tasks.outline import build_outline
from khparse.extract.tasks.roles import RoleReader
from khparse.extract.tasks.tables import tasks_of_tables
from khparse.extract.tasks.trust import trust
from khparse.extract.tasks.units import TaskWalk
from khparse.model.plan import Plan
from khparse.model.record import Task
from khparse.rules.kit import Kit


def find_tasks(plan: Plan, kit: Kit) -> tuple[Task, ...]:
    """One record for each item of work that the plan sets, in reading order."""
    naming = kit.naming.learn(plan.document.text).under(plan.letterhead.district)
    reader = RoleReader.of(kit, plan.letterhead, naming)
    deadlines = Deadlines(kit.deadlines, Calendar.of(plan.letterhead))
    drafts = _drafts(plan, kit, reader, deadlines)
    known = _written_out([name for draft in drafts for name in draft.roles.named])
    if known:
        # names that fill a line or a cell tell where the same names end in running text
        reader = replace(reader, offices=reader.offices.knowing(known))
        drafts = _drafts(plan, kit, reader, deadlines)
    return tuple(_record(plan, draft, reader, kit) for draft in drafts)


def _written_out(names: list[Name]) -> set[str]:
    """The names that the plan writes where nothing else stands, and those that the model drew on though it knows them."""
    ruled = {name.words for name in names if not name.by_model}
    drawn_on = [name.words for name in names if name.by_model]
    settled = {words for words in ruled if any(longer.startswith(f"{words} ") for longer in drawn_on)}
    return settled | {name.words for name in names if name.drawn}


def _drafts(plan: Plan, kit: Kit, reader: RoleReader, deadlines: Deadlines) -> list[Draft]:
    drafts = TaskWalk(plan.document.text, kit.tasks, reader, deadlines).run(build_outline(plan))
    drafts += tasks_of_tables(plan, reader, deadlines)
    return sorted(drafts, key=lambda draft: draft.quote.start)


def _record(plan: Plan, draft: Draft, reader: RoleReader, kit: Kit) -> Task:
    text = plan.document.text
    source, confidence = draft.source, trust(text, draft, kit.tasks)
    if any(name.by_model for name in draft.roles.named):
        source, confidence = SOURCE, min(confidence, reader.offices.doubts.confidence)
    return Task(
        title=draft.title.of(text),
        lead=tuple(reader.office(name) for name in draft.roles.lead),
        coordinating=tuple(reader.office(name) for name in draft.roles.coordinating),
        due=draft.due,
        deliverable=draft.deliverable,
        quote=draft.quote.of(text),
        section=draft.section,
        page=plan.document.page_at(draft.quote.start),
        start=draft.quote.start,
        end=draft.quote.end,
        source=source,
        confidence=confidence,
    )
