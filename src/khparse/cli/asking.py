"""Commands that ask the database: plans, tasks, targets, compare, conflicts, search."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from khparse.cli.output import Column, Row, format_option, show, show_table, write_csv
from khparse.compare.table import Agreement
from khparse.compare.wording import figure
from khparse.model.stored import StoredTarget
from khparse.service import questions
from khparse.service.comparison import ComparedRow, target_facts
from khparse.service.comparison import compare as compare_plans
from khparse.service.shapes import compared_row, conflict_row, passage_row, plan_row, target_row, task_row
from khparse.store.database import open_database

db_option = click.option(
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    default="plans.db",
    show_default=True,
    help="Cơ sở dữ liệu (SQLite).",
)
plan_option = click.option("--plan", metavar="ID", help="Chỉ kế hoạch này (mã hoặc số ký hiệu).")

KINDS = (
    "contradiction",
    "below_parent",
    "above_parent",
    "revised",
    "postponed",
    "regression",
    "divergent",
    "owner",
    "deadline",
    "budget",
)
SEVERITY_STYLES = {"high": "bold red", "medium": "yellow", "info": "cyan"}


def offices_of(row: Row, role: str) -> str:
    """The names of a role, a line for each."""
    return "\n".join(office["name"] for office in row[role])


def _due(row: Row) -> str:
    due = row["due"]
    return "" if due is None else due["text"]


PLAN = Column("KH", lambda r: r["plan"], "dim", right=True)
SECTION = Column("Mục", lambda r: r["section"], "dim")
PAGE = Column("Tr.", lambda r: r["page"], "dim", right=True)

TASK_COLUMNS = (
    PLAN,
    SECTION,
    Column("Nhiệm vụ", lambda r: r["title"], ratio=5),
    Column("Chủ trì", lambda r: offices_of(r, "lead"), "green", ratio=3),
    Column("Phối hợp", lambda r: offices_of(r, "coordinating"), ratio=3),
    Column("Thời hạn", _due, "magenta", ratio=2),
    Column("Trích", lambda r: "" if r["quote"] == r["title"] else r["quote"], "dim", ratio=3, spare=True),
    PAGE,
)


@click.command()
@db_option
@format_option
def plans(db: Path, form: str) -> None:
    """Các kế hoạch đã đưa vào (the plans)."""
    columns = (
        Column("Mã", lambda r: r["id"], "dim", right=True),
        Column("Số ký hiệu", lambda r: r["number"], "cyan"),
        Column("Cơ quan ban hành", lambda r: r["issuer"], "green", ratio=2),
        Column("Ngày", lambda r: r["date"]),
        Column("Tên", lambda r: r["title"], ratio=4),
        Column("Tệp", lambda r: r["file"], "dim", ratio=2, spare=True),
        Column("Chỉ tiêu", lambda r: r["counts"]["targets"], right=True),
        Column("Việc", lambda r: r["counts"]["tasks"], right=True),
        Column("Kinh phí", lambda r: r["counts"]["budgets"], right=True),
    )
    with open_database(db) as database:
        show(map(plan_row, questions.plans(database)), columns, form, "kế hoạch")


@click.command()
@click.option("--office", metavar="TÊN", help="Tên hoặc tên tắt của cơ quan, có hoặc không dấu.")
@click.option("--role", type=click.Choice(["lead", "coordinating"]), help="Chủ trì (lead) hay phối hợp.")
@plan_option
@click.option("--due-from", type=click.DateTime(["%Y-%m-%d"]), help="Hạn từ ngày này (YYYY-MM-DD).")
@click.option("--due-to", type=click.DateTime(["%Y-%m-%d"]), help="Hạn đến ngày này.")
@click.option("--unowned", is_flag=True, help="Chỉ việc không có cơ quan chủ trì.")
@db_option
@format_option
def tasks(db: Path, form: str, **asked: Any) -> None:
    """Nhiệm vụ: ai chủ trì, ai phối hợp, hạn nào (tasks)."""
    days = {name: day and day.date().isoformat() for name in ("due_from", "due_to") for day in (asked.pop(name),)}
    question = questions.TaskQuestion(**asked, **days)
    with open_database(db) as database:
        if question.office is not None and not questions.offices_named(database, question.office):
            click.echo(f"không có cơ quan nào tên “{question.office}”; hãy thử tên ngắn hơn", err=True)
        show(map(task_row, questions.tasks(database, question)), TASK_COLUMNS, form, "nhiệm vụ")


def figure_of(target: StoredTarget | None) -> str:
    """A target's figure in words ("tối thiểu 60%"); nothing where a plan has no target."""
    return figure(target_facts(target)) if target else ""


@click.command()
@click.option("--indicator", metavar="TỪ", help="Chỉ tiêu có các từ này, có hoặc không dấu.")
@plan_option
@click.option("--horizon", metavar="NĂM", help="Đến năm này.")
@db_option
@format_option
def targets(db: Path, form: str, **asked: str | None) -> None:
    """Chỉ tiêu: con số, đến năm nào (targets)."""
    with open_database(db) as database:
        found = questions.targets(database, **asked)
    figures = {target.id: figure_of(target) for target in found}
    columns = (
        PLAN,
        SECTION,
        Column("Chỉ tiêu", lambda r: r["indicator"], ratio=4),
        Column("Mức", lambda r: figures[r["id"]], "bold cyan", right=True),
        Column("Đến", lambda r: r["horizon"], "magenta"),
        Column("Loại", lambda r: "" if r["kind"] == "target" else "đã đạt"),
        Column("Trích", lambda r: r["quote"], "dim", ratio=3, spare=True),
        PAGE,
    )
    show(map(target_row, found), columns, form, "chỉ tiêu")


_AGREEMENT = {
    Agreement.AGREE: Text("=", "green"),
    Agreement.DIFFER: Text("≠", "bold red"),
    Agreement.MISSING: Text("thiếu", "dim"),
}


@click.command()
@click.argument("plan", nargs=-1, required=True, metavar="PLAN PLAN…")
@db_option
@format_option
def compare(plan: tuple[str, ...], db: Path, form: str) -> None:
    """So chỉ tiêu của các kế hoạch, mỗi chỉ tiêu một dòng (targets side by side).

    PLAN là mã hoặc số ký hiệu của kế hoạch.
    """
    if len(plan) < 2:
        raise click.UsageError("cần ít nhất hai kế hoạch để so")
    with open_database(db) as database:
        ids = [questions.plan_named(database, asked) for asked in plan]
        rows = compare_plans(database, ids)
        names = {counted.plan.id: counted.plan.name for counted in questions.plans(database)}
    if form == "json":
        click.echo(json.dumps([compared_row(row) for row in rows], ensure_ascii=False, indent=1))
    elif form == "csv":
        write_csv([_flat(row, ids) for row in rows])
    else:
        show_comparison(rows, [f"[{id_}] {names[id_]}" for id_ in ids])
        click.echo(f"{len(rows)} chỉ tiêu")


def _flat(row: ComparedRow, ids: list[int]) -> Row:
    head = {"indicator": row.indicator, "unit": row.unit, "horizon": row.horizon, "agreement": row.agreement}
    return head | {f"plan {id_}": figure_of(target) for id_, target in zip(ids, row.targets, strict=True)}


def _figure_column(name: str, index: int) -> Column:
    return Column(name if len(name) <= 40 else f"{name[:39]}…", lambda r: r["figures"][index], ratio=1)


def show_comparison(rows: list[ComparedRow], names: list[str], title: str | None = None) -> None:
    """The table of compared targets, a column for each plan."""
    columns = [
        Column("Chỉ tiêu", lambda r: r["indicator"], ratio=4),
        Column("Đến", lambda r: r["horizon"], "magenta"),
        Column("", lambda r: _AGREEMENT[r["agreement"]]),
        *(_figure_column(name, index) for index, name in enumerate(names)),
    ]
    shown = [
        {
            "indicator": row.indicator,
            "horizon": row.horizon,
            "agreement": row.agreement,
            "figures": [figure_of(target) for target in row.targets],
        }
        for row in rows
    ]
    show_table(shown, columns, title)


def _side(name: str) -> Column:
    def words(row: Row) -> str:
        side = row[name]
        place = ", ".join(filter(None, (side["section"] and f"mục {side['section']}", _page(side))))
        return f"[{side['plan']}] {side['number'] or side['file']}{f' ({place})' if place else ''}: “{side['quote']}”"

    return Column(name.upper(), words, ratio=3)


def _page(side: Row) -> str:
    return f"tr. {side['page']}" if side["page"] else ""


CONFLICT_COLUMNS = (
    Column("Mã", lambda r: r["id"], "dim", right=True),
    Column("Mức", lambda r: Text(r["severity"], SEVERITY_STYLES[r["severity"]])),
    Column("Loại", lambda r: r["kind"] if r["sure"] else f"{r['kind']}?"),
    Column("Vì sao", lambda r: r["why"], ratio=4),
    _side("a"),
    _side("b"),
    Column("Điểm", lambda r: f"{r['score']:.2f}", "dim", right=True, spare=True),
)


@click.group(invoke_without_command=True)
@click.option("--kind", type=click.Choice(KINDS), help="Chỉ loại này.")
@plan_option
@db_option
@format_option
@click.pass_context
def conflicts(context: click.Context, db: Path, form: str, kind: str | None, plan: str | None) -> None:
    """Chỗ các kế hoạch mâu thuẫn hoặc khác nhau (conflicts); dấu ? là cần người xem lại."""
    if context.invoked_subcommand:
        return
    with open_database(db) as database:
        found = [conflict_row(conflict) for conflict in questions.conflicts(database, kind, plan)]
    show(found, CONFLICT_COLUMNS, form, "xung đột")


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="TỪ…")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="Nhiều nhất bấy nhiêu dòng.")
@db_option
@format_option
def search(words: tuple[str, ...], db: Path, form: str, limit: int) -> None:
    """Tìm trong toàn văn, có hoặc không dấu (full text)."""
    columns = (
        PLAN,
        Column("Số ký hiệu", lambda r: r["number"], "cyan"),
        SECTION,
        Column("Đoạn", lambda r: r["quote"], ratio=1),
        PAGE,
    )
    with open_database(db) as database:
        found = questions.search(database, " ".join(words), limit)
    show(map(passage_row, found), columns, form, "đoạn")
