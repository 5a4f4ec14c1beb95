"""Rows as a table for a terminal, as JSON, or as CSV."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

C = TypeVar("C", bound=Callable[..., Any])
Row = dict[str, Any]  # a row as JSON prints it

LONGEST_CELL = 160
NARROW = 110  # columns of characters

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="Dạng in ra: bảng, JSON hay CSV.",
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the terminal's table: its head, the words of a row's cell, how it looks."""

    head: str
    cell: Callable[[Row], object]
    style: str = ""
    right: bool = False
    ratio: int | None = None  # of the width that is left; None takes what it needs
    spare: bool = False  # left out where the terminal is narrow


def console(*, err: bool = False) -> Console:
    """The terminal, in its width; where there is none, wide enough for a line to be read."""
    stream = sys.stderr if err else sys.stdout
    width = None if stream.isatty() else 140
    return Console(stderr=err, file=None if err else sys.stdout, width=width, highlight=False)


def show(rows: Iterable[Row], columns: Sequence[Column], form: str, counted: str) -> None:
    """Print rows in the form asked for; `counted` names them under a table: "12 nhiệm vụ"."""
    rows = list(rows)
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    elif form == "csv":
        write_csv(rows)
    else:
        show_table(rows, columns)
        click.echo(f"{len(rows)} {counted}")


def show_table(rows: Sequence[Row], columns: Sequence[Column], title: str | None = None) -> None:
    """A table fitted to the terminal; nothing where there are no rows."""
    if not rows:
        return
    screen = console()
    columns = [column for column in columns if not column.spare or screen.width >= NARROW]
    table = Table(title=title, title_justify="left", title_style="bold", expand=any(c.ratio for c in columns))
    for column in columns:
        table.add_column(
            column.head,
            style=column.style,
            justify="right" if column.right else "left",
            ratio=column.ratio,
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(_cell(column.cell(row)) for column in columns))
    screen.print(table)


def _cell(value: object) -> Text:
    """Plain words: brackets in a plan's text are no markup."""
    if isinstance(value, Text):
        return value
    words = "" if value is None else str(value).replace("\t", " · ")
    return Text(words if len(words) <= LONGEST_CELL else words[: LONGEST_CELL - 1].rsplit(" ", 1)[0] + "…")


def write_csv(rows: Sequence[Row]) -> None:
    """A column for each value; values inside values get names with dots ("due.end"), lists are joined with "; "."""
    flat = [dict(_flattened(row)) for row in rows]
    names = list(dict.fromkeys(name for row in flat for name in row))
    writer = csv.DictWriter(sys.stdout, names, restval="", lineterminator="\n")
    if names:
        writer.writeheader()
    writer.writerows(flat)


def _flattened(row: Row, prefix: str = "") -> Iterable[tuple[str, object]]:
    for name, value in row.items():
        if isinstance(value, dict):
            yield from _flattened(value, f"{prefix}{name}.")
        elif isinstance(value, list | tuple):
            yield f"{prefix}{name}", "; ".join(_in_list(part) for part in value)
        else:
            yield f"{prefix}{name}", value


def _in_list(part: object) -> str:
    if isinstance(part, dict):
        return str(part.get("name") or json.dumps(part, ensure_ascii=False))
    return "" if part is None else str(part)
