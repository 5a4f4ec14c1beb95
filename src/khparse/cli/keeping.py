"""Commands that look after a database: check and backup."""

from __future__ import annotations

from pathlib import Path

import click

from khparse.cli.asking import db_option
from khparse.cli.output import Column, format_option, show
from khparse.errors import ExitCode
from khparse.service import checking
from khparse.store.database import open_database

_COLUMNS = (
    Column("Mức", lambda row: "lỗi" if row["grave"] else "lưu ý"),
    Column("Điều không đúng", lambda row: row["what"], ratio=1),
)


@click.command()
@db_option
@format_option
def check(db: Path, form: str) -> int:
    """Kiểm tra cơ sở dữ liệu: trích dẫn đúng chỗ, liên kết, tệp gốc (verify quotes, links, files)."""
    with open_database(db) as database:
        faults = checking.check(database)
    show([{"grave": fault.grave, "what": fault.what} for fault in faults], _COLUMNS, form, "điều không đúng")
    return ExitCode.SOME_FAILED if any(fault.grave for fault in faults) else ExitCode.DONE


@click.command()
@click.argument("out", required=False, type=click.Path(path_type=Path))
@click.option("--out", "named", metavar="OUT", type=click.Path(path_type=Path), help="Tệp bản sao.")
@db_option
def backup(out: Path | None, named: Path | None, db: Path) -> None:
    """Sao lưu cơ sở dữ liệu ra tệp OUT, cả khi đang dùng (a verified copy, also while in use)."""
    place = out or named
    if place is None:
        raise click.UsageError("cần tên tệp bản sao: khparse backup OUT --db DB")
    with open_database(db) as database:
        checking.backup(database, place)
    click.echo(f"đã sao lưu {db} ra {place}")
