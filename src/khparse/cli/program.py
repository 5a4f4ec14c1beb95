"""The program `khparse`: its commands, and the one place where errors become a line and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

import click

from khparse.cli.asking import compare, conflicts, plans, search, targets, tasks
from khparse.cli.exporting import export
from khparse.cli.judging import deadlines, matches, status
from khparse.cli.keeping import backup, check
from khparse.cli.publishing import publish
from khparse.cli.quality import evaluate, rules
from khparse.cli.reading import doctor, extract, ingest, text
from khparse.cli.registry import offices, orphans
from khparse.cli.report import report
from khparse.cli.serving import serve, users
from khparse.cli.sharding import load, shard
from khparse.cli.training import train
from khparse.cli.wrong_usage import in_vietnamese
from khparse.errors import ExitCode, InternalError, KhparseError
from khparse.version import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "--version", message="khparse %(version)s", help="In phiên bản rồi thoát.")
def khparse() -> None:
    """Đọc kế hoạch hành chính thành cam kết tra cứu được (Vietnamese administrative plans into commitments).

    Bắt đầu: khparse ingest THƯ_MỤC --db plans.db, rồi khparse tasks --office "Sở Tài chính" --db plans.db.
    """


for _command in (
    extract,
    text,
    ingest,
    shard,
    load,
    plans,
    tasks,
    targets,
    compare,
    conflicts,
    search,
    offices,
    orphans,
    matches,
    deadlines,
    status,
    export,
    report,
    check,
    backup,
    publish,
    doctor,
    evaluate,
    rules,
    train,
    serve,
    users,
):
    khparse.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit code."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 done, 1 some inputs failed, 2 wrong usage, 3 nothing could be done. Errors are one line."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):  # a stream put in by a test or a notebook may have no encoding to set
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        code = int(khparse.main(arguments, prog_name="khparse", standalone_mode=False) or 0)
        sys.stdout.flush()  # a reader that has gone away shows here, not at the interpreter's end
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return ExitCode.WRONG_USAGE
    except click.UsageError as error:
        asked = error.ctx.command_path if error.ctx else "khparse"
        return _tell(f"{in_vietnamese(error)} (xem `{asked} --help`)", ExitCode.WRONG_USAGE)
    except click.ClickException as error:
        return _tell(error.format_message(), ExitCode.NOTHING_DONE)
    except (click.Abort, KeyboardInterrupt):
        return _tell("đã dừng theo yêu cầu; chạy lại lệnh này để làm tiếp", ExitCode.SOME_FAILED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # `| head` has seen enough
        return ExitCode.DONE
    except KhparseError as error:
        return _tell(error.told, error.code)
    except Exception as error:
        if os.environ.get("KHPARSE_DEBUG"):
            raise
        return _tell(str(InternalError(error)), ExitCode.NOTHING_DONE)
    return code


def _tell(message: str, code: ExitCode) -> int:
    click.echo(f"khparse: {' '.join(message.split())}", err=True)
    return code
