"""Commands by which people decide: conflicts dismiss|confirm, matches, status; and deadlines."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path

import click

from khparse.cli.asking import PLAN, SECTION, asked_db_option, conflicts, db_option, in_order, no_office, offices_of
from khparse.cli.output import Column, Row, format_option, show
from khparse.errors import InputError
from khparse.service import judging
from khparse.service.comparison import compare_plans
from khparse.service.deadlines import WORDS, DeadlineQuestion, FallsDue
from khparse.service.deadlines import deadlines as deadlines_between
from khparse.service.questions import offices_named
from khparse.service.shapes import task_row
from khparse.store.database import open_database
from khparse.store.postgres.published import open_for_asking
from khparse.store.statuses import Status

remark_option = click.option("--remark", metavar="LỜI", help="Ghi chú vì sao.")
day_type = click.DateTime(["%Y-%m-%d"])


@conflicts.command("dismiss")
@click.argument("ids", nargs=-1, required=True, type=int, metavar="MÃ…")
@remark_option
@db_option
def dismiss(ids: tuple[int, ...], remark: str | None, db: Path) -> None:
    """Bỏ qua xung đột không đúng; không báo lại nữa (dismissed, not reported again)."""
    _judge(ids, "dismissed", remark, db)


@conflicts.command("confirm")
@click.argument("ids", nargs=-1, required=True, type=int, metavar="MÃ…")
@remark_option
@db_option
def confirm(ids: tuple[int, ...], remark: str | None, db: Path) -> None:
    """Xác nhận xung đột là đúng (confirmed)."""
    _judge(ids, "confirmed", remark, db)


@conflicts.command("reopen")
@click.argument("ids", nargs=-1, required=True, type=int, metavar="MÃ…")
@db_option
def reopen(ids: tuple[int, ...], db: Path) -> None:
    """Rút lại quyết định về xung đột: không còn xác nhận hay bỏ qua (decisions forgotten)."""
    with open_database(db) as database:
        count = judging.reopen_conflicts(database, ids)
    click.echo(f"{count} xung đột: đã rút quyết định")


def _judge(ids: tuple[int, ...], verdict: str, remark: str | None, db: Path) -> None:
    with open_database(db) as database:
        count = judging.judge_conflicts(database, ids, verdict, remark)
    click.echo(f"{count} xung đột: {'bỏ qua' if verdict == 'dismissed' else 'xác nhận'}")


@click.group(invoke_without_command=True)
@click.option("--decided", is_flag=True, help="Các cặp đã có người quyết định.")
@db_option
@format_option
@click.pass_context
def matches(context: click.Context, db: Path, form: str, decided: bool) -> None:
    """Các cặp cụm từ có thể là một việc, một chỉ tiêu, chờ người xác nhận (matches to be confirmed)."""
    if context.invoked_subcommand:
        return
    if decided:
        _show_decided(db, form)
        return
    with open_database(db) as database:
        found = judging.doubtful_matches(database)
    names = ("id", "kind", "a", "b", "score", "conflicts")
    columns = (
        Column("Mã", lambda r: r["id"], "cyan"),
        Column("Loại", lambda r: r["kind"]),
        Column("A", lambda r: r["a"], ratio=1),
        Column("B", lambda r: r["b"], ratio=1),
        Column("Điểm", lambda r: f"{r['score']:.2f}", right=True),
        Column("Xung đột", lambda r: r["conflicts"], "dim", right=True),
    )
    show([{name: getattr(match, name) for name in names} for match in found], columns, form, "cặp")


def _show_decided(db: Path, form: str) -> None:
    with open_database(db) as database:
        found = [asdict(match) for match in judging.decided_matches(database)]
    columns = (
        Column("Mã", lambda r: r["id"], "cyan"),
        Column("A", lambda r: r["a"], ratio=1),
        Column("", lambda r: "=" if r["verdict"] == judging.SAME else "≠"),
        Column("B", lambda r: r["b"], ratio=1),
        Column("Ghi chú", lambda r: r["remark"], "dim", ratio=1),
        Column("Khi nào", lambda r: r["decided_at"][:10], "dim"),
    )
    show(found, columns, form, "cặp đã quyết định")


@matches.command("forget")
@click.argument("pair", nargs=-1, required=True, metavar="MÃ | CỤM_TỪ CỤM_TỪ")
@db_option
def forget(pair: tuple[str, ...], db: Path) -> None:
    """Rút lại quyết định về hai cụm từ; so sánh lại như chưa ai nói gì (the decision forgotten)."""
    _one_or_two(pair)
    with open_database(db) as database:
        match, plans = judging.forget_match(database, pair)
        compare_plans(database, plans)
    click.echo(f"đã rút quyết định về “{match.a}” và “{match.b}”")


@matches.command("confirm")
@click.argument("pair", nargs=-1, required=True, metavar="MÃ | CỤM_TỪ CỤM_TỪ")
@remark_option
@db_option
def same(pair: tuple[str, ...], remark: str | None, db: Path) -> None:
    """Hai cụm từ là một (the same thing)."""
    _judge_match(pair, judging.SAME, remark, db)


@matches.command("dismiss")
@click.argument("pair", nargs=-1, required=True, metavar="MÃ | CỤM_TỪ CỤM_TỪ")
@remark_option
@db_option
def different(pair: tuple[str, ...], remark: str | None, db: Path) -> None:
    """Hai cụm từ là hai việc khác nhau (not the same)."""
    _judge_match(pair, judging.DIFFERENT, remark, db)


def _judge_match(pair: tuple[str, ...], verdict: str, remark: str | None, db: Path) -> None:
    _one_or_two(pair)
    with open_database(db) as database:
        a, b = judging.judge_match(database, pair, verdict, remark)
    click.echo(f"“{a}” {'là' if verdict == judging.SAME else 'không phải là'} “{b}”")


def _one_or_two(pair: tuple[str, ...]) -> None:
    if len(pair) > 2:
        raise click.UsageError("cần một mã, hoặc đúng hai cụm từ")


@matches.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@db_option
def export_matches(file: Path | None, db: Path) -> None:
    """Xuất các quyết định ra tệp JSON Lines, hoặc ra màn hình (decisions out)."""
    with open_database(db) as database:
        lines = judging.export_matches(database)
    if file:
        file.write_text(lines, encoding="utf-8")
    else:
        click.echo(lines, nl=False)


@matches.command("import")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@db_option
def import_matches(file: Path, db: Path) -> None:
    """Nhập các quyết định từ tệp JSON Lines (decisions in)."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file}: không đọc được", "hãy kiểm tra đường dẫn và tệp") from error
    with open_database(db) as database:
        click.echo(f"{judging.import_matches(database, lines)} quyết định")


STATUSES = {
    "chưa": "not_started",
    "chưa-thực-hiện": "not_started",
    "đang": "in_progress",
    "đang-thực-hiện": "in_progress",
    "xong": "done",
    "hoàn-thành": "done",
}


@click.command()
@click.argument("task", type=int, metavar="MÃ_VIỆC")
@click.argument("words", type=click.Choice(list(STATUSES)), metavar="TRẠNG_THÁI")
@click.option("--date", "day", type=day_type, help="Ngày hoàn thành (YYYY-MM-DD); không ghi là hôm nay.")
@remark_option
@db_option
def status(task: int, words: str, day: datetime | None, remark: str | None, db: Path) -> None:
    """Ghi việc đã đến đâu: chưa, đang, hoàn-thành (how far a task has come)."""
    told = Status(STATUSES[words], (day.date() if day else _today()).isoformat(), remark)
    with open_database(db) as database:
        found = judging.tell_status(database, task, told)
    click.echo(f"[{task}] {found.title}: {WORDS[told.status]} ({told.date})")


@click.command()
@click.option("--from", "first", type=day_type, help="Từ ngày này (YYYY-MM-DD); không ghi là hôm nay.")
@click.option("--to", "last", type=day_type, help="Đến ngày này; không ghi là 90 ngày sau.")
@click.option("--office", metavar="TÊN", help="Của cơ quan này.")
@click.option("--overdue", is_flag=True, help="Chỉ việc quá hạn chưa hoàn thành.")
@asked_db_option
@format_option
def deadlines(
    first: datetime | None, last: datetime | None, office: str | None, overdue: bool, db: Path | str, form: str
) -> None:
    """Việc đến hạn, việc định kỳ tính từng lần, trong hạn hay quá hạn (what falls due)."""
    today = _today()
    since = first.date() if first else date(2000, 1, 1) if overdue else today
    until = last.date() if last else today if overdue else date.fromordinal(since.toordinal() + 90)
    in_order(since.isoformat(), until.isoformat(), "--from", "--to")
    question = DeadlineQuestion(
        first=since.isoformat(), last=until.isoformat(), today=today.isoformat(), office=office, overdue=overdue
    )
    with open_for_asking(db) as database:
        rows = [_deadline_row(row) for row in deadlines_between(database, question)]
        if office is not None and not offices_named(database, office):
            no_office(office)
    columns = (
        Column("Ngày", lambda r: r["day"], "magenta"),
        Column("Mã", lambda r: r["id"], "dim", right=True),
        PLAN,
        SECTION,
        Column("Nhiệm vụ", lambda r: r["title"], ratio=5),
        Column("Chủ trì", lambda r: offices_of(r, "lead"), "green", ratio=3),
        Column("Tình trạng", lambda r: r["state"], ratio=2),
    )
    show(rows, columns, form, "lần đến hạn")


def _deadline_row(row: FallsDue) -> Row:
    told = {"status": row.status.status, "status_date": row.status.date, "overdue": row.overdue, "state": row.words}
    return {"day": row.day, **told, **task_row(row.task)}


def _today() -> date:
    return datetime.now(UTC).astimezone().date()
