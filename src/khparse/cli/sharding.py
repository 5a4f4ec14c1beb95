"""Commands for more files than one machine reads: shard and load."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from khparse.cli.asking import db_option
from khparse.cli.output import Column, format_option, show
from khparse.cli.reading import any_option, file_progress, show_ingest, teller
from khparse.errors import InputError
from khparse.shards.cluster import SHARD_FILES, Crew, ShardingReport, ShardReport
from khparse.shards.cluster import shard as shard_objects
from khparse.shards.loading import load_shards
from khparse.store.database import open_database

_COLUMNS = (
    Column("Mảnh", lambda row: row["name"], ratio=1),
    Column("Nội dung", lambda row: row["contents"], right=True),
    Column("Lỗi", lambda row: row["failed"], right=True),
)


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH…")
@click.option("--list", "listed", type=click.Path(path_type=Path), help="Tệp kê các PATH, mỗi dòng một.")
@click.option(
    "--out", required=True, metavar="SHARDS", help="Nơi để các mảnh Parquet: thư mục mà mọi máy đều thấy, hoặc s3://…."
)
@click.option("--address", metavar="ĐỊA_CHỈ", envvar="RAY_ADDRESS", help="Cụm Ray: auto hoặc ray://máy:10001.")
@click.option("--workers", type=click.IntRange(1), help="Không có cụm: số tiến trình trên máy này.")
@click.option("--files", type=click.IntRange(1), default=SHARD_FILES, show_default=True, help="Số tệp mỗi mảnh.")
@click.option("--again", is_flag=True, help="Đọc lại những tệp lần trước bị lỗi.")
@any_option
@format_option
def shard(paths: tuple[str, ...], listed: Path | None, out: str, form: str, **how: Any) -> int:
    """Đọc bằng Ray, trên máy này hay cả cụm máy, ra các mảnh Parquet (read on a Ray cluster into Parquet shards).

    PATH là tệp, thư mục, hoặc địa chỉ kho đối tượng (s3://…). Nội dung đã có trong mảnh không đọc lại; tệp lỗi là một
    hàng có lý do. `khparse load SHARDS --db DB` đưa các mảnh vào cơ sở dữ liệu.
    """
    asked = (*paths, *(_listed(listed) if listed else ()))
    if not asked:
        raise click.UsageError("cần PATH hoặc --list")

    def on_shard(done: ShardReport, total: int) -> None:
        click.echo(f"mảnh {done.name}: {done.contents} nội dung, {done.failed} lỗi (tất cả {total} mảnh)", err=True)

    crew = Crew(address=how.pop("address"), workers=how.pop("workers"))
    report = shard_objects(asked, out, on_shard, crew=crew, **how)
    for lost in report.lost:
        click.echo(f"lỗi        {lost.path}: {lost.error}", err=True)
    rows = [{"name": done.name, "contents": done.contents, "failed": done.failed} for done in report.shards]
    show(rows, _COLUMNS, form, "mảnh mới")
    if form == "table":
        click.echo(_total(report))
    return report.exit_code


def _listed(path: Path) -> list[str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: không đọc được", "hãy kiểm tra đường dẫn và tệp") from error
    return [line.strip() for line in lines if line.strip()]


def _total(report: ShardingReport) -> str:
    read = sum(done.contents for done in report.shards)
    return f"{report.objects} tệp: {read} nội dung mới đọc, {report.known} đã có, {report.failed} lỗi"


@click.command()
@click.argument("shards", metavar="SHARDS")
@db_option
@format_option
def load(shards: str, db: Path, form: str) -> int:
    """Đưa các mảnh của `khparse shard` vào cơ sở dữ liệu (shards into a database, the same rows as ingest)."""
    with open_database(db, create=True) as database, file_progress() as progress:
        report = load_shards(database, shards, teller(progress, form))
    return show_ingest(report, form)
