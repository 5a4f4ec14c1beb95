"""The command line: what it prints, in which form, with which exit code."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from sample_plans import TEXT, result

from khparse.cli import program
from khparse.cli.asking import CONFLICT_COLUMNS
from khparse.cli.output import show_table
from khparse.cli.program import run
from khparse.service.comparison import refresh_conflicts
from khparse.store.database import open_database
from khparse.store.save import FileFacts, save_plan


@pytest.fixture
def db(tmp_path: Path) -> str:
    path = tmp_path / "plans.db"
    with open_database(path, create=True) as database:
        save_plan(database, result(), FileFacts("/a.txt", "a.txt", 1))
        other = result(TEXT.replace("90%", "95%"), value=95, number="7/KH-SGDĐT", province="Nam Định")
        save_plan(database, other, FileFacts("/b.txt", "b.txt", 1))
        refresh_conflicts(database, {1, 2})
    return str(path)


def rows(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict]:
    assert run([*arguments, "--format", "json"]) == 0
    out = capsys.readouterr().out
    assert "\\u" not in out
    return json.loads(out)


def test_tasks_as_json_carry_plan_section_offices_due_and_quote(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    (task,) = rows(capsys, "tasks", "--db", db, "--office", "van phong so", "--role", "lead", "--plan", "1")
    assert (task["plan"], task["section"], task["title"]) == (1, "II", "Hoà mạng dữ liệu")
    assert task["lead"] == [{"text": "Văn phòng Sở", "name": "Văn phòng Sở Giáo dục và Đào tạo tỉnh Hà Nam"}]
    assert task["due"]["end"] == "2025-11-15"
    assert TEXT[task["start"] : task["end"]] == task["quote"]


def test_due_days_choose_tasks(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(rows(capsys, "tasks", "--db", db, "--due-from", "2025-11-01", "--due-to", "2025-11-30")) == 2
    assert rows(capsys, "tasks", "--db", db, "--due-from", "2026-01-01") == []


def test_plans_are_counted(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    first = rows(capsys, "plans", "--db", db)[0]
    assert (first["id"], first["number"], first["date"], first["file"]) == (1, "12/KH-SGDĐT", "2023-02-07", "a.txt")
    assert first["counts"] == dict.fromkeys(("references", "targets", "tasks", "budgets", "findings"), 1) | {
        "sections": 2
    }


def test_comparison_has_a_row_for_each_indicator(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    (row,) = rows(capsys, "compare", "12/KH-SGDĐT", "2", "--db", db)
    assert row["agreement"] == "differ"
    assert [target["value"] for target in row["targets"]] == [90, 95]


def test_conflicts_name_both_sides(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    (conflict,) = rows(capsys, "conflicts", "--db", db, "--kind", "divergent")
    assert {conflict["a"]["plan"], conflict["b"]["plan"]} == {1, 2}
    for side in ("a", "b"):
        assert {"file", "section", "page", "quote", "value", "indicator"} <= conflict[side].keys()
    assert {"severity", "score", "why"} <= conflict.keys()


def test_targets_and_search_answer(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert [t["value"] for t in rows(capsys, "targets", "--db", db, "--indicator", "dung han")] == [90, 95]
    assert rows(capsys, "search", "hoà", "mạng", "--db", db)[0]["quote"] == "1. Hoà mạng dữ liệu"


def test_csv_has_a_column_for_each_value(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["tasks", "--db", db, "--format", "csv"]) == 0
    first = next(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert (first["due.end"], first["lead"]) == ("2025-11-15", "Văn phòng Sở Giáo dục và Đào tạo tỉnh Hà Nam")


@pytest.mark.parametrize(
    "command",
    ["plans", "tasks", "targets", "conflicts", "report", "search hoa", "compare 1 2", "compare 1 2 --format csv"],
)
def test_every_table_prints(db: str, capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert run([*command.split(), "--db", db]) == 0
    assert capsys.readouterr().out


def test_a_file_becomes_its_record_and_its_text(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    file = tmp_path / "a.txt"
    file.write_text(f"Số: 3/KH-UBND\nHà Nam, ngày 01 tháng 02 năm 2023\n{TEXT}", encoding="utf-8")
    assert run(["text", str(file)]) == 0
    text = capsysbinary.readouterr().out.decode()
    assert run(["extract", str(file)]) == 0
    record = json.loads(capsysbinary.readouterr().out)
    assert record["schema"] == "khparse/1"
    for kind in ("references", "targets", "tasks", "budgets", "findings"):
        assert all(text[row["start"] : row["end"]] == row["quote"] for row in record[kind])


@pytest.mark.parametrize(
    ("command", "code", "words"),
    [
        ("extract {}/gone.txt", 3, "gone.txt"),
        ("text {}", 3, "không phải là tệp"),
        ("tasks --db {}/no.db", 3, "khparse ingest"),
        ("plans --db {}/plans.db --format xml", 2, "xml"),
        ("tasks --due-from mai --db {}/plans.db", 2, "mai"),
        ("frobnicate", 2, "frobnicate"),
        ("compare 1 --db {}/plans.db", 2, "ít nhất hai"),
        ("compare 1 77 --db {}/plans.db", 3, "77"),
        ("ingest {}/a.txt --db {}/no/such/x.db", 3, "thư mục"),
    ],
)
def test_an_error_is_one_line_with_its_code(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, code: int, words: str
) -> None:
    assert run([part.replace("{}", str(tmp_path)) for part in command.split()]) == code
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("khparse: ")
    assert told.err.count("\n") == 1
    assert words in told.err


def test_a_mistake_of_the_program_is_one_line_too(
    db: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(program.khparse, "main", broken)
    assert run(["plans", "--db", db]) == 3
    assert "ZeroDivisionError" in capsys.readouterr().err
    monkeypatch.setenv("KHPARSE_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run(["plans", "--db", db])


def test_an_office_nobody_knows_is_told_on_stderr(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["tasks", "--db", db, "--office", "Sở Ngoại vụ", "--format", "json"]) == 0
    told = capsys.readouterr()
    assert (json.loads(told.out), "Sở Ngoại vụ" in told.err) == ([], True)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("deadlines", "--from", "2022-13-01"), "“2022-13-01” không phải ngày dạng YYYY-MM-DD"),
        (("conflicts", "dismiss", "abc"), "“abc” không phải số nguyên"),
        (("tasks", "--rle", "x"), "có phải --role?"),
        (("nope",), "không có lệnh “nope”"),
        (("extract", "a", "b"), "thừa: b"),
        (("deadlines", "--from", "2025-02-01", "--to", "2025-01-01"), "sau --to"),
        (("tasks", "--due-from", "2025-02-01", "--due-to", "2025-01-01"), "sau --due-to"),
        (("offices", "rename", "1", " "), "không được để trống"),
    ],
)
def test_wrong_usage_is_told_in_vietnamese(
    arguments: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    assert told in capsys.readouterr().err


def test_an_unknown_office_has_no_deadlines_and_this_is_said(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["deadlines", "--office", "khong co", "--db", db]) == 0
    assert "không có cơ quan nào tên “khong co”" in capsys.readouterr().err


def test_a_table_of_conflicts_says_the_whole_reason(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    (row,) = rows(capsys, "conflicts", "--db", db)
    row["why"] = "lý do " * 60 + "hết"
    show_table([row], CONFLICT_COLUMNS)
    assert "hết" in capsys.readouterr().out


def test_help_is_there_for_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    for name in program.khparse.commands:
        assert run([name, "--help"]) == 0
        assert "Usage" in capsys.readouterr().out
