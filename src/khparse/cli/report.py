"""`khparse report`: the main answers at a glance, as `make run` prints them after taking plans in."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import click

from khparse.cli.asking import CONFLICT_COLUMNS, PLAN, SECTION, asked_db_option, show_comparison
from khparse.cli.output import Column, Row, show_table
from khparse.compare.facts import document_key
from khparse.compare.table import Agreement
from khparse.model.stored import StoredPlan
from khparse.service import questions
from khparse.service.comparison import compare
from khparse.service.shapes import conflict_row, finding_row, task_row
from khparse.store.database import Database
from khparse.store.postgres.published import open_for_asking

TASKS_SHOWN = 3
OFFICES_SHOWN = 15
ROWS_SHOWN = 20


@click.command()
@asked_db_option
def report(db: Path | str) -> None:
    """Tóm tắt: việc theo cơ quan, chỉ tiêu so với nhau, xung đột (the main answers at a glance)."""
    with open_for_asking(db) as database:
        _tasks_by_office(database)
        _targets_side_by_side(database)
        _conflicts(database)
        _findings(database)
    if isinstance(db, Path):
        _how_to_go_on(db)


def _tasks_by_office(database: Database) -> None:
    owned: dict[int, list[Row]] = defaultdict(list)
    names: dict[int, str] = {}
    for task in questions.tasks(database, questions.TaskQuestion()):
        for office in task.lead:
            names.setdefault(office.id, office.name)
            owned[office.id].append(task_row(task))
    ordered = sorted(owned.items(), key=lambda pair: (-len(pair[1]), names[pair[0]]))
    rows = []
    for office_id, tasks in ordered[:OFFICES_SHOWN]:
        for index, row in enumerate(tasks[:TASKS_SHOWN]):
            rows.append(row | {"office": f"{names[office_id]} ({len(tasks)})" if index == 0 else ""})
    columns = (
        Column("Cơ quan chủ trì (số việc)", lambda r: r["office"], "green", ratio=2),
        PLAN,
        SECTION,
        Column("Nhiệm vụ", lambda r: r["title"], ratio=4),
        Column("Thời hạn", lambda r: r["due"] and r["due"]["text"], "magenta", ratio=1),
    )
    show_table(rows, columns, "NHIỆM VỤ THEO CƠ QUAN")
    if len(ordered) > OFFICES_SHOWN:
        click.echo(f"… và {len(ordered) - OFFICES_SHOWN} cơ quan nữa")
    click.echo()


def _targets_side_by_side(database: Database) -> None:
    """For each document that plans carry out, their shared targets; a parent in the database stands beside them."""
    plans = {counted.plan.id: counted.plan for counted in questions.plans(database)}
    carried: dict[str, set[int]] = defaultdict(set)
    names: dict[str, str] = {}
    for plan in plans.values():
        for document in plan.implements:
            if key := document_key(document.type, document.number, document.issuer):
                names.setdefault(key, f"{document.type} {document.number}")
                carried[key].add(plan.id)
    for plan in plans.values():
        own = document_key(plan.type, plan.number, plan.issuer)
        if own in carried:
            carried[own].add(plan.id)
    for key, ids in sorted(carried.items()):
        if len(ids) > 1:
            _side_by_side(database, names[key], [plans[id_] for id_ in sorted(ids)])


def _side_by_side(database: Database, document: str, plans: list[StoredPlan]) -> None:
    rows = compare(database, [plan.id for plan in plans])
    shared = [row for row in rows if sum(target is not None for target in row.targets) > 1]
    shared.sort(key=lambda row: row.agreement is not Agreement.DIFFER)
    if not shared:
        return
    names = [f"[{plan.id}] {plan.province or plan.name}" for plan in plans]
    show_comparison(shared[:ROWS_SHOWN], names, f"CHỈ TIÊU CÙNG THỰC HIỆN {document}")
    if len(shared) > ROWS_SHOWN:
        click.echo(f"… và {len(shared) - ROWS_SHOWN} chỉ tiêu nữa")
    click.echo()


def _conflicts(database: Database) -> None:
    found = questions.conflicts(database)
    sure = [conflict_row(conflict) for conflict in found if conflict.sure]
    show_table(sure[:ROWS_SHOWN], CONFLICT_COLUMNS, "XUNG ĐỘT GIỮA CÁC KẾ HOẠCH")
    click.echo(f"{len(sure)} xung đột, thêm {len(found) - len(sure)} chỗ cần người xem lại (khparse conflicts)\n")


def _findings(database: Database) -> None:
    rows = [finding_row(finding) for finding in questions.findings(database)]
    columns = (PLAN, SECTION, Column("Trong một kế hoạch", lambda r: r["message"], ratio=1))
    show_table(rows[:ROWS_SHOWN], columns, "CHỖ SAI TRONG TỪNG KẾ HOẠCH")
    click.echo(f"{len(rows)} chỗ\n")


def _how_to_go_on(db: Path) -> None:
    click.echo(f"""Đi tiếp (how to go on):
  .venv/bin/khparse serve --db {db}                        mở trang web: http://127.0.0.1:8000/ (the web page)
  .venv/bin/khparse ingest THƯ_MỤC_CỦA_BẠN --db {db}       đưa kế hoạch của bạn vào
  .venv/bin/khparse tasks --office "so tai chinh" --db {db}  việc của một cơ quan
  .venv/bin/khparse compare ID ID --db {db}                so hai kế hoạch
  .venv/bin/khparse conflicts --db {db}                    mọi xung đột
  .venv/bin/khparse --help                                 mọi lệnh""")
