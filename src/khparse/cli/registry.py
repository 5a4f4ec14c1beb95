"""Commands about offices: the list, merging, splitting, renaming; tasks left with offices that have ended."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from khparse.cli.asking import PLAN, SECTION, asked_db_option, db_option, no_office
from khparse.cli.output import Column, Row, format_option, show
from khparse.service import offices as registry
from khparse.service.questions import offices_named
from khparse.service.shapes import task_row
from khparse.store.database import open_database
from khparse.store.office_decisions import ListedOffice, list_offices, merge_offices, rename_office, split_office
from khparse.store.postgres.published import open_for_asking

LEVELS = {"central": "trung ương", "province": "tỉnh", "district": "huyện", "commune": "xã"}


@click.group(invoke_without_command=True)
@click.option("--name", metavar="TÊN", help="Chỉ cơ quan có tên này, có hoặc không dấu.")
@asked_db_option
@format_option
@click.pass_context
def offices(context: click.Context, name: str | None, db: Path | str, form: str) -> None:
    """Các cơ quan: mỗi cơ quan một dòng dù văn bản gọi thế nào (offices, their aliases and parents)."""
    if context.invoked_subcommand:
        return
    with open_for_asking(db) as database:
        ids = offices_named(database, name) if name else None
        found = list_offices(database, ids)
    if ids == ():
        no_office(name)
    columns = (
        Column("Mã", lambda r: r["id"], "dim", right=True),
        Column("Cơ quan", lambda r: r["name"], "green", ratio=4),
        Column("Cấp", lambda r: LEVELS[r["level"]]),
        Column("Thuộc", lambda r: r["parent"] or r["jurisdiction"], ratio=3),
        Column("Các tên gọi", lambda r: "; ".join(r["aliases"]), "dim", ratio=4),
        Column("Chủ trì", lambda r: r["leads"], right=True),
        Column("Phối hợp", lambda r: r["joins_in"], right=True),
    )
    show(map(_office_row, found), columns, form, "cơ quan")


def _office_row(office: ListedOffice) -> Row:
    names = ("id", "name", "level", "jurisdiction", "parent", "collective", "leads", "joins_in")
    return {**{name: getattr(office, name) for name in names}, "aliases": list(office.aliases)}


@offices.command("merge")
@click.argument("gone", type=int, metavar="MÃ")
@click.argument("kept", type=int, metavar="VÀO_MÃ")
@db_option
def merge(gone: int, kept: int, db: Path) -> None:
    """Hai dòng là một cơ quan: gộp dòng đầu vào dòng sau, nhớ cả khi đọc lại (two rows are one office)."""
    with open_database(db) as database:
        merge_offices(database, gone, kept)
    click.echo(f"đã gộp {gone} vào {kept}")


@offices.command("split")
@click.argument("office", type=int, metavar="MÃ")
@click.argument("text", metavar="TÊN_GỌI")
@click.argument("name", metavar="TÊN_ĐẦY_ĐỦ")
@db_option
def split(office: int, text: str, name: str, db: Path) -> None:
    """Tên gọi này là một cơ quan khác: tách ra với tên đầy đủ (an alias is another office)."""
    name = _full(name)
    with open_database(db) as database:
        new = split_office(database, office, text, name)
    click.echo(f"“{text}” nay là cơ quan {new}: {name}")


def _full(name: str) -> str:
    words = " ".join(name.split())
    if not words:
        raise click.UsageError("tên cơ quan không được để trống")
    return words


@offices.command("rename")
@click.argument("office", type=int, metavar="MÃ")
@click.argument("name", metavar="TÊN_MỚI")
@db_option
def rename(office: int, name: str, db: Path) -> None:
    """Đổi tên cơ quan; tên cũ vẫn tìm được (rename, the old name still answers)."""
    name = _full(name)
    with open_database(db) as database:
        rename_office(database, office, name)
    click.echo(f"cơ quan {office} nay là {name}")


@click.command()
@click.option("--as-of", "day", type=click.DateTime(["%Y-%m-%d"]), help="Tính đến ngày này; không ghi là hôm nay.")
@asked_db_option
@format_option
def orphans(day: datetime | None, db: Path | str, form: str) -> None:
    """Việc còn mở mà cơ quan chủ trì đã sáp nhập hoặc kết thúc (tasks left with offices that have ended)."""
    asked = (day or datetime.now(UTC).astimezone()).date().isoformat()
    with open_for_asking(db) as database:
        found = registry.orphans(database, asked)
    rows = [
        {"office": o.office, "ended": o.ended, "successor": o.successor, "note": o.note, **task_row(o.task)}
        for o in found
    ]
    columns = (
        PLAN,
        SECTION,
        Column("Nhiệm vụ", lambda r: r["title"], ratio=5),
        Column("Cơ quan đã kết thúc", lambda r: f"{r['office']} ({r['ended']})", ratio=3),
        Column("Nay là", lambda r: r["successor"] or "chưa rõ", "green", ratio=3),
        Column("Ghi chú", lambda r: r["note"], "dim", ratio=3, spare=True),
    )
    show(rows, columns, form, "nhiệm vụ")
