"""Commands that read files: extract, text, ingest; and doctor, which says what can be read here."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from khparse.cli.asking import db_option
from khparse.cli.output import Column, Row, console, format_option, show
from khparse.compare.wording import shortened
from khparse.errors import KhparseError
from khparse.service import questions
from khparse.service.ingest import FileReport, IngestReport, Status
from khparse.service.ingest import ingest as ingest_files
from khparse.store.database import open_database

WORDS = {
    Status.NEW: "mới",
    Status.UPDATED: "cập nhật",
    Status.UNCHANGED: "không đổi",
    Status.FAILED: "lỗi",
}

any_option = click.option("--any", "any_document", is_flag=True, help="Nhận cả văn bản không phải kế hoạch.")


@contextmanager
def _naming(file: Path) -> Iterator[None]:
    """Errors say which file they are about."""
    try:
        yield
    except KhparseError as error:
        error.file = str(file)
        raise


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@any_option
def extract(file: Path, any_document: bool) -> None:
    """Một kế hoạch thành bản ghi JSON, không cần cơ sở dữ liệu (one plan to its record)."""
    with _naming(file), file_progress() as progress:
        record = questions.extract(
            file,
            any_document=any_document,
            on_pages=_Scans(progress).of(str(file)),
            on_notice=lambda notice: click.echo(f"{file}: {notice}", err=True),
        )
    click.echo(record.model_dump_json(by_alias=True, indent=1))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def text(file: Path) -> None:
    """Văn bản chuẩn mà mọi vị trí start/end tính trên đó (the canonical text, byte for byte)."""
    with _naming(file), file_progress() as progress:
        words = questions.text(file, _Scans(progress).of(str(file)))
    sys.stdout.buffer.write(words.encode("utf-8"))


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path(path_type=Path))
@any_option
@db_option
@format_option
def ingest(paths: tuple[Path, ...], any_document: bool, db: Path, form: str) -> int:
    """Đưa tệp và thư mục vào cơ sở dữ liệu; tệp đã có không đọc lại (files and folders into the database)."""
    with open_database(db, create=True) as database, file_progress() as progress:
        scans = _Scans(progress)
        tell = teller(progress, form)

        def on_file(file: FileReport, total: int) -> None:
            scans.end(file.file)
            tell(file, total)

        report = ingest_files(database, paths, on_file, on_pages=scans.told, any_document=any_document)
    return show_ingest(report, form)


def teller(progress: Progress, form: str) -> Callable[[FileReport, int], None]:
    """What tells of each file as it is done: the bar goes on, and in a table's form a line is printed."""
    bar = progress.add_task("Đọc kế hoạch", total=None)

    def tell(file: FileReport, total: int) -> None:
        progress.update(bar, total=total, advance=1)
        if form == "table":
            _print_line(progress, file)

    return tell


def show_ingest(report: IngestReport, form: str) -> int:
    """The end of a run that took files in; returns its exit code."""
    if form == "table":
        _print_total(report)
    else:
        show(map(_file_row, report.files), (), form, "tệp")
    return report.exit_code


def file_progress() -> Progress:
    """A bar on the terminal's stderr, nothing where stderr is a file."""
    screen = console(err=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(
        *columns,
        console=screen,
        transient=True,
        disable=not screen.is_terminal,
        redirect_stdout=False,
        redirect_stderr=False,
    )


class _Scans:
    """Scans under way, page by page: a bar for each on a terminal, a line for each page where there is none."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._bars: dict[str, TaskID] = {}

    def told(self, file: str, done: int, of: int) -> None:
        """`done` of a scan's `of` pages are read."""
        if self._progress.disable:
            click.echo(f"{file}: nhận dạng chữ trang {done}/{of}", err=True)
            return
        if file not in self._bars:
            self._bars[file] = self._progress.add_task(f"Nhận dạng chữ {Path(file).name}", total=of)
        self._progress.update(self._bars[file], completed=done)

    def of(self, file: str) -> Callable[[int, int], None]:
        """The same for one file."""
        return partial(self.told, file)

    def end(self, file: str) -> None:
        """The file is done."""
        if file in self._bars:
            self._progress.remove_task(self._bars.pop(file))


def _print_line(progress: Progress, file: FileReport) -> None:
    line = file_line(file)
    if sys.stdout.isatty() and not progress.disable:
        progress.console.print(line, markup=False, soft_wrap=True)  # above the bar
    else:
        click.echo(line)


def file_line(file: FileReport) -> str:
    """A file's line: "mới        a.docx: 21/KH-UBND", "lỗi        b.pdf: tệp rỗng; hãy chọn tệp khác"."""
    told = file.why or shortened(file.name or "")
    notices = f" ({'; '.join(file.notices)})" if file.notices else ""
    return " ".join(f"{WORDS[file.status]:<10} {file.file}{f': {told}' if told else ''}{notices}".splitlines())


def _print_total(report: IngestReport) -> None:
    counted = ", ".join(f"{report.count(status)} {WORDS[status]}" for status in Status)
    click.echo(f"{len(report.files)} tệp: {counted}")


def _file_row(file: FileReport) -> Row:
    names = ("file", "status", "plan", "name", "why")
    return {**{name: getattr(file, name) for name in names}, "notices": list(file.notices)}


@click.command()
@format_option
def doctor(form: str) -> None:
    """Máy này đọc được gì, cần cài thêm gì (what this machine can read, in Vietnamese and English)."""
    from khparse.read.capabilities import capabilities

    rows: list[Row] = [
        {
            "name": one.name,
            "ready": one.ready,
            "found": one.found,
            "reads": {"vi": one.reads[0], "en": one.reads[1]},
            "install": {"vi": one.install[0], "en": one.install[1]},
        }
        for one in capabilities()
    ]
    columns = (
        Column("Chương trình", lambda r: r["name"], "bold"),
        Column("Có", lambda r: "✓" if r["ready"] else "✗"),
        Column("Đọc được / reads", lambda r: f"{r['reads']['vi']}\n{r['reads']['en']}", ratio=1),
        Column(
            "Phiên bản hoặc cách cài / version, or how to install",
            lambda r: r["found"] if r["ready"] else f"{r['install']['vi']}\n{r['install']['en']}",
            ratio=1,
        ),
    )
    show(rows, columns, form, "chương trình")
