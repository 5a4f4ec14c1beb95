"""`khparse export`: the database as files that other programs open."""

from __future__ import annotations

from pathlib import Path

import click

from khparse.cli.asking import asked_db_option, plan_option
from khparse.service import exports
from khparse.store.postgres.published import open_for_asking


@click.command()
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
@click.option("--format", "form", required=True, type=click.Choice(list(exports.FORMS)), help="Dạng tệp.")
@plan_option
@click.option("--kind", "kinds", multiple=True, type=click.Choice(exports.KINDS), help="Chỉ loại này; nhắc lại được.")
@click.option("--todo", "todos", is_flag=True, help="Với ics: mỗi thời hạn là một việc cần làm (VTODO).")
@asked_db_option
def export(out: Path, db: Path | str, form: str, plan: str | None, kinds: tuple[str, ...], todos: bool) -> None:
    """Xuất ra tệp cho chương trình khác (export).

    OUT là tệp (xlsx, jsonl, ics) hoặc thư mục, mỗi loại hay mỗi kế hoạch một tệp (csv, parquet, akn).
    """
    if kinds and form in {"ics", "akn"}:
        raise click.UsageError(f"--kind không dùng với {form}")
    if todos and form != "ics":
        raise click.UsageError("--todo chỉ dùng với ics")
    with open_for_asking(db) as database:
        request = exports.Request(form=form, kinds=kinds, plan=plan, todos=todos)
        for path in exports.export(database, request, out):
            click.echo(str(path))
