"""Commands that ask the database: plans, tasks, targets, compare, conflicts, search."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from khparse.cli.output import C, Column, Row, format_option, show, show_table, write_csv
from khparse.compare.table import Agreement
from khparse.compare.wording import figure
from khparse.errors import StoreError
from khparse.model.conflict import KINDS
from khparse.model.stored import StoredTarget
from khparse.service import offices as registry
from khparse.service import questions
from khparse.service.comparison import ComparedRow, target_facts
from khparse.service.comparison import compare as compare_plans
from khparse.service.relations import plans_under
from khparse.service.shapes import compared_row, conflict_row, passage_row, plan_row, target_row, task_row
from khparse.store.database import Database
from khparse.store.postgres.published import open_for_asking
from khparse.store.postgres.server import is_server
from khparse.text.fold import fold


class _Database(click.Path):
    """A SQLite file; for questions also the address of a published copy, which stays a string."""

    def __init__(self, *, published: bool) -> None:
        super().__init__(dir_okay=False, path_type=Path)
        self._published = published

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> Any:
        """The path, or the address."""
        if not is_server(value):
            return super().convert(value, parameter, context)
        if not self._published:
            self.fail("PostgreSQL chỉ là bản để hỏi; lệnh này cần tệp SQLite", parameter, context)
        return value


def _db_option(told: str, *, published: bool) -> Callable[[C], C]:
    kind = _Database(published=published)
    return click.option("--db", type=kind, default="plans.db", show_default=True, help=told)


db_option = _db_option("Cơ sở dữ liệu (SQLite).", published=False)
asked_db_option = _db_option("Cơ sở dữ liệu: tệp SQLite, hoặc bản công bố postgresql://….", published=True)
plan_option = click.option("--plan", metavar="ID", help="Chỉ kế hoạch này (mã hoặc số ký hiệu).")

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
    Column("Mã", lambda r: str(r["id"]), "dim"),  # what `khparse status` asks for
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
@click.option("--tree", "as_tree", is_flag=True, help="Xếp dưới văn bản mà kế hoạch thực hiện; nêu văn bản còn thiếu.")
@asked_db_option
@format_option
def plans(db: Path | str, form: str, as_tree: bool) -> None:
    """Các kế hoạch đã đưa vào (the plans)."""
    if as_tree:
        from khparse.cli.relating import show_tree

        show_tree(db, form)
        return
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
    with open_for_asking(db) as database:
        show(map(plan_row, questions.plans(database)), columns, form, "kế hoạch")


@click.command()
@click.option("--office", metavar="TÊN", help="Tên hoặc tên tắt của cơ quan, có hoặc không dấu.")
@click.option("--role", type=click.Choice(["lead", "coordinating"]), help="Chủ trì (lead) hay phối hợp.")
@plan_option
@click.option("--due-from", type=click.DateTime(["%Y-%m-%d"]), help="Hạn từ ngày này (YYYY-MM-DD).")
@click.option("--due-to", type=click.DateTime(["%Y-%m-%d"]), help="Hạn đến ngày này.")
@click.option("--unowned", is_flag=True, help="Chỉ việc không có cơ quan chủ trì.")
@click.option("--collective", is_flag=True, help="Cả việc giao chung (các sở, ban, ngành) mà cơ quan có phần.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Theo cơ quan phụ trách vào ngày này, sau sáp nhập.")
@asked_db_option
@format_option
def tasks(db: Path | str, form: str, collective: bool, **asked: Any) -> None:
    """Nhiệm vụ: ai chủ trì, ai phối hợp, hạn nào (tasks)."""
    days = {
        name: day and day.date().isoformat() for name in ("due_from", "due_to", "as_of") for day in (asked.pop(name),)
    }
    as_of = days.pop("as_of")
    in_order(days["due_from"], days["due_to"], "--due-from", "--due-to")
    with open_for_asking(db) as database:
        question = questions.TaskQuestion(
            **asked,
            **days,
            offices=registry.asked_offices(database, asked["office"], collective=collective, as_of=as_of),
        )
        if question.office is not None and not question.offices:
            no_office(question.office)
        found = questions.tasks(database, question)
    today = {task.id: {"owner": registry.owners(task, as_of)} if as_of else {} for task in found}
    show(
        ({**task_row(task), **today[task.id]} for task in found),
        (*TASK_COLUMNS, Column("Nay thuộc", lambda r: "\n".join(r["owner"]), "cyan", ratio=3))
        if as_of
        else TASK_COLUMNS,
        form,
        "nhiệm vụ",
    )


def no_office(name: str | None) -> None:
    """Say that nobody answers to the name: an empty list could mean that the office has nothing to do."""
    click.echo(f"không có cơ quan nào tên “{name}”; hãy thử tên ngắn hơn", err=True)


def in_order(first: str | None, last: str | None, *options: str) -> None:
    """Refuse a stretch of days that ends before it begins. Raises UsageError."""
    if first and last and first > last:
        raise click.UsageError(f"{options[0]} {first} sau {options[1]} {last}")


def figure_of(target: StoredTarget | None) -> str:
    """A target's figure in words ("tối thiểu 60%"); nothing where a plan has no target."""
    return figure(target_facts(target)) if target else ""


@click.command()
@click.option("--indicator", metavar="TỪ", help="Chỉ tiêu có các từ này, có hoặc không dấu.")
@plan_option
@click.option("--horizon", metavar="NĂM", help="Đến năm này.")
@asked_db_option
@format_option
def targets(db: Path | str, form: str, **asked: str | None) -> None:
    """Chỉ tiêu: con số, đến năm nào (targets)."""
    with open_for_asking(db) as database:
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
@click.argument("plan", nargs=-1, metavar="PLAN PLAN…")
@click.option("--under", metavar="SỐ", help="Các kế hoạch cùng thực hiện văn bản này (131/QĐ-TTg).")
@click.option("--province", multiple=True, metavar="TỈNH", help="Chỉ kế hoạch của tỉnh này; dùng được nhiều lần.")
@asked_db_option
@format_option
def compare(plan: tuple[str, ...], under: str | None, province: tuple[str, ...], db: Path | str, form: str) -> None:
    """So chỉ tiêu của các kế hoạch, mỗi chỉ tiêu một dòng (targets side by side).

    PLAN là mã hoặc số ký hiệu của kế hoạch.
    """
    if len(plan) < 2 and not (under or province):
        raise click.UsageError("cần ít nhất hai kế hoạch để so, hoặc --under, --province")
    with open_for_asking(db) as database:
        ids = _plans_to_compare(database, plan, under, province)
        rows = compare_plans(database, ids)
        names = {counted.plan.id: counted.plan.name for counted in questions.plans(database)}
    if form == "json":
        click.echo(json.dumps([compared_row(row) for row in rows], ensure_ascii=False, indent=1))
    elif form == "csv":
        write_csv([_flat(row, ids) for row in rows])
    else:
        show_comparison(rows, [f"[{id_}] {names[id_]}" for id_ in ids])
        click.echo(f"{len(rows)} chỉ tiêu")


def _plans_to_compare(
    database: Database, plan: tuple[str, ...], under: str | None, provinces: tuple[str, ...]
) -> list[int]:
    ids = [questions.plan_named(database, asked) for asked in plan]
    if under:
        ids += plans_under(database, under)
    known = {counted.plan.id: fold(counted.plan.province or "") for counted in questions.plans(database)}
    wanted = set(map(fold, provinces))
    ids = [id_ for id_ in ids or known if not wanted or known[id_] in wanted]
    if len(ids) < 2:
        raise StoreError("chỉ có một kế hoạch hoặc không có kế hoạch nào để so", "hãy xem `khparse plans`")
    return sorted(set(ids), key=ids.index)


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
    Column("Vì sao", lambda r: Text(r["why"]), ratio=4),
    _side("a"),
    _side("b"),
    Column("Điểm", lambda r: f"{r['score']:.2f}", "dim", right=True, spare=True),
)


@click.group(invoke_without_command=True)
@click.option("--kind", type=click.Choice(KINDS), help="Chỉ loại này.")
@plan_option
@click.option("--dismissed", is_flag=True, help="Cả chỗ đã bỏ qua.")
@asked_db_option
@format_option
@click.pass_context
def conflicts(
    context: click.Context, db: Path | str, form: str, kind: str | None, plan: str | None, dismissed: bool
) -> None:
    """Chỗ các kế hoạch mâu thuẫn hoặc khác nhau (conflicts); dấu ? là cần người xem lại."""
    if context.invoked_subcommand:
        return
    with open_for_asking(db) as database:
        found = [conflict_row(conflict) for conflict in questions.conflicts(database, kind, plan, dismissed=dismissed)]
    told = Column("Xử lý", lambda r: _told(r["status"], r["remark"]), "cyan", ratio=1)
    decided = any(row["status"] != "open" for row in found)
    show(found, (*CONFLICT_COLUMNS, told) if decided else CONFLICT_COLUMNS, form, "xung đột")


def _told(status: str, remark: str | None) -> str:
    words = {"open": "", "confirmed": "đã xác nhận", "dismissed": "đã bỏ qua"}[status]
    return f"{words}: {remark}" if remark else words


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="TỪ…")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="Nhiều nhất bấy nhiêu dòng.")
@asked_db_option
@format_option
def search(words: tuple[str, ...], db: Path | str, form: str, limit: int) -> None:
    """Tìm trong toàn văn, có hoặc không dấu (full text)."""
    columns = (
        PLAN,
        Column("Số ký hiệu", lambda r: r["number"], "cyan"),
        SECTION,
        Column("Đoạn", lambda r: r["quote"], ratio=1),
        PAGE,
    )
    with open_for_asking(db) as database:
        found = questions.search(database, " ".join(words), limit)
    show(map(passage_row, found), columns, form, "đoạn")
