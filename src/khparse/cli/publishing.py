"""`khparse publish`: the database on a PostgreSQL server, for many readers."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from khparse.cli.asking import db_option
from khparse.service import publishing
from khparse.store.database import open_database
from khparse.store.postgres.server import is_server, without_password


@click.command()
@click.argument("address", metavar="postgresql://…")
@db_option
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", help="Dạng in ra.")
def publish(address: str, db: Path, form: str) -> None:
    """Công bố lên PostgreSQL cho nhiều người hỏi (publish to PostgreSQL, what has changed only).

    Cùng bảng, cùng khung nhìn v_…, và các lệnh hỏi nhận --db postgresql://…. Người đọc thấy bản cũ cho đến khi bản mới
    đã đủ. Tài khoản và hàng chờ ở lại tệp SQLite. Mật khẩu có thể để trong PGPASSWORD.
    """
    if not is_server(address):
        raise click.UsageError("cần địa chỉ dạng postgresql://người_dùng@máy/cơ_sở_dữ_liệu")
    with open_database(db) as database:
        done = publishing.publish(database, address)
    if form == "json":
        click.echo(json.dumps(asdict(done)))
    else:
        click.echo(
            f"{without_password(address)}: {done.plans} kế hoạch; gửi {done.sent}, bỏ {done.removed}"
            f" ({done.rows} hàng{', tạo mới tất cả' if done.anew else ''})"
        )
