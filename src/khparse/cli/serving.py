"""Commands of the web page: serve, and users who may sign in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from khparse.cli.asking import db_option
from khparse.cli.output import Column, Row, format_option, show
from khparse.errors import ExitCode, StoreError
from khparse.service import accounts
from khparse.store.accounts import ROLES, list_accounts
from khparse.store.database import open_database

if TYPE_CHECKING:
    from socket import socket

    import uvicorn


@click.command()
@db_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ; khác 127.0.0.1 thì phải có tài khoản.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Cổng.")
@click.option("--accounts", "ask", is_flag=True, help="Đòi đăng nhập cả trên máy này.")
def serve(db: Path, host: str, port: int, ask: bool) -> int:
    """Mở trang web của cơ sở dữ liệu này (the web page)."""
    import uvicorn

    from khparse.web.app import create_app
    from khparse.web.settings import Settings, is_local

    must_sign_in = ask or not is_local(host)
    with open_database(db, create=True) as database:
        if must_sign_in and not any(account.active for account in list_accounts(database)):
            raise StoreError(
                f"chưa có tài khoản nào, nên không mở trang cho địa chỉ {host}",
                f"hãy tạo trước: khparse users add TÊN --role admin --db {db}",
            )
    settings = Settings(db, host, port, accounts=must_sign_in)
    config = uvicorn.Config(
        create_app(settings), host, port, log_level="warning", server_header=False, h11_max_incomplete_event_size=65536
    )
    server = telling_server()(config)
    server.run()
    return ExitCode.DONE if server.started else ExitCode.NOTHING_DONE


def telling_server() -> Callable[[uvicorn.Config], uvicorn.Server]:
    """A server that says where the page is once it answers."""
    import uvicorn

    class Telling(uvicorn.Server):
        async def startup(self, sockets: list[socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started and self.servers:
                host, port = self.servers[0].sockets[0].getsockname()[:2]
                shown = f"[{host}]" if ":" in host else host
                click.echo(f"khparse: http://{shown}:{port}/ (Ctrl-C để dừng)", err=True)

    return Telling


@click.group()
def users() -> None:
    """Tài khoản của trang web (accounts of the web page)."""


_password = click.option(
    "--password-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Tệp có mật khẩu ở dòng đầu; không có thì hỏi.",
)


def _asked(file: Path | None) -> str:
    if file is not None:
        return file.read_text(encoding="utf-8").split("\n", 1)[0].strip()
    words = click.prompt("Mật khẩu", hide_input=True, confirmation_prompt="Nhập lại", err=True)
    return str(words)


@users.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="reader", show_default=True, help="Xem, sửa hay quản trị.")
@_password
@db_option
def add(name: str, role: str, password_file: Path | None, db: Path) -> None:
    """Thêm tài khoản (add an account)."""
    with open_database(db, create=True) as database:
        accounts.add_account(database, name, _asked(password_file), role)
    click.echo(f"đã thêm {name} ({role})", err=True)


@users.command("set")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), help="Vai trò mới.")
@click.option("--active/--inactive", default=None, help="Cho dùng hay khóa.")
@click.option("--password", "renew", is_flag=True, help="Đổi mật khẩu.")
@_password
@db_option
def change(name: str, role: str | None, active: bool | None, renew: bool, password_file: Path | None, db: Path) -> None:
    """Đổi vai trò, mật khẩu, khóa hay mở (change an account)."""
    password = _asked(password_file) if renew or password_file else None
    with open_database(db) as database:
        accounts.change_account(database, name, password=password, role=role, active=active)
    click.echo(f"đã đổi {name}", err=True)


@users.command("list")
@db_option
@format_option
def listed(db: Path, form: str) -> None:
    """Các tài khoản (the accounts)."""
    with open_database(db) as database:
        rows: list[Row] = [
            {"name": one.name, "role": one.role, "active": one.active, "made_at": one.made_at}
            for one in list_accounts(database)
        ]
    columns = (
        Column("Tên", lambda r: r["name"], "bold"),
        Column("Vai trò", lambda r: r["role"]),
        Column("Dùng được", lambda r: "✓" if r["active"] else "✗"),
        Column("Tạo lúc", lambda r: r["made_at"], "dim"),
    )
    show(rows, columns, form, "tài khoản")
