"""Exports: every form holds the stored facts, opens in its programs, and computes nothing a plan says."""

from __future__ import annotations

import csv
import io
import json
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from sample_plans import TEXT, result

from khparse.cli.program import run
from khparse.errors import LimitError, ToolMissingError
from khparse.export.delimited import csv_files, harmless
from khparse.export.facts import Facts
from khparse.export.fields import KINDS
from khparse.export.ics import ics_files
from khparse.export.jsonl import jsonl_files
from khparse.export.parquet import parquet_files
from khparse.export.xlsx import xlsx_files
from khparse.export.xml_text import xml_text
from khparse.model.record import Due, DueKind
from khparse.service import exports
from khparse.service.comparison import refresh_conflicts
from khparse.service.exports import gather
from khparse.service.judging import tell_status
from khparse.store.database import Database, open_database
from khparse.store.queries import Choice, task_rows
from khparse.store.save import FileFacts, save_plan
from khparse.store.statuses import Status

NOW = datetime(2026, 1, 2, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "plans.db", create=True) as opened:
        save_plan(opened, result(pages=True), FileFacts("/kế hoạch/a.pdf", "a.pdf", 1))
        other = result(TEXT.replace("90%", "95%"), value=95, number="7/KH-SGDĐT", province="Nam Định")
        save_plan(opened, other, FileFacts("/b.txt", "b.txt", 1))
        refresh_conflicts(opened, {1, 2})
        yield opened


@pytest.fixture
def facts(database: Database) -> Facts:
    return exports.gather(database, exports.KINDS)


def with_due(facts: Facts, due: Due | None, **changes: object) -> Facts:
    return Facts(plans=facts.plans, tasks=(replace(facts.tasks[0], due=due, **changes),), paths=facts.paths)


def recurring(rule: str, start: str | None = None, end: str | None = None) -> Due:
    return Due(kind=DueKind.RECURRING, start=start, end=end, recurrence=rule, text="hằng kỳ")


def entry(facts: Facts, kind: str = "VEVENT", **asked: bool) -> dict:
    (only,) = Calendar.from_ical(ics_files(facts, NOW, **asked)[""]).walk(kind)
    return only


def test_csv_has_a_file_for_each_kind_with_names_of_the_record(facts: Facts) -> None:
    files = csv_files(facts, exports.KINDS)
    assert sorted(files) == sorted(f"{kind}.csv" for kind in exports.KINDS)
    (first, _) = csv.DictReader(io.StringIO(files["tasks.csv"].decode("utf-8-sig")))
    assert first["lead"] == "Văn phòng Sở Giáo dục và Đào tạo tỉnh Hà Nam"
    assert (first["due_end"], first["page"], first["file"]) == ("2025-11-15", "1", "a.pdf")
    assert TEXT[int(first["start"]) : int(first["end"])] == first["quote"]


@pytest.mark.parametrize("words", ["=1+1", "@SUM(A1)", "=HYPERLINK(1)", "+cmd('x')", "-2+3+cmd|' /C calc'!A0"])
def test_a_formula_in_a_plan_is_words_in_a_csv(words: str) -> None:
    assert harmless(words) == f"'{words}"


@pytest.mark.parametrize("words", ["-5%", "- Rà soát hồ sơ", "+ 3 lớp", "90%"])
def test_signs_and_bullets_stay_as_they_are(words: str) -> None:
    assert harmless(words) == words


def test_json_lines_hold_whole_records(facts: Facts) -> None:
    lines = [json.loads(line) for line in jsonl_files(facts, exports.KINDS)[""].decode().splitlines()]
    task = next(line for line in lines if line["record"] == "task")
    assert (task["plan"], task["due"]["end"]) == (1, "2025-11-15")
    assert task["lead"][0]["text"] == "Văn phòng Sở"
    assert next(line for line in lines if line["record"] == "conflict")["a"]["plan"] in {1, 2}
    assert {line["record"] for line in lines} == {kind.removesuffix("s") for kind in exports.KINDS}


def test_a_workbook_has_a_sheet_for_each_kind_with_vietnamese_heads(facts: Facts) -> None:
    book = load_workbook(io.BytesIO(xlsx_files(facts, exports.KINDS)[""]))
    assert book.sheetnames == [KINDS[kind].title for kind in exports.KINDS]
    sheet = book["Chỉ tiêu"]
    heads = [cell.value for cell in sheet[1]]
    assert (sheet.freeze_panes, sheet.auto_filter.ref.startswith("A1:")) == ("A2", True)
    assert sheet.column_dimensions["E"].width > 40
    assert [row[heads.index("So sánh")].value for row in sheet.iter_rows(min_row=2)] == ["đạt", "đạt"]


def test_a_workbook_links_to_the_page_and_to_the_plan(facts: Facts) -> None:
    sheet = load_workbook(io.BytesIO(xlsx_files(facts, exports.KINDS)[""]))["Nhiệm vụ"]
    heads = [cell.value for cell in sheet[1]]
    first, second = sheet[2], sheet[3]
    quote = first[heads.index("Nguyên văn")]
    assert quote.hyperlink.target == "file:///k%E1%BA%BF%20ho%E1%BA%A1ch/a.pdf#page=1"
    assert second[heads.index("Nguyên văn")].hyperlink.target == "file:///b.txt"
    assert second[0].hyperlink.location == "'Kế hoạch'!A3"


def test_a_workbook_computes_nothing_that_a_plan_says(facts: Facts) -> None:
    hostile = with_due(facts, None, title="=1+1\x0b\ufffe")
    sheet = load_workbook(io.BytesIO(xlsx_files(hostile, ["tasks"])[""]))["Nhiệm vụ"]
    assert (sheet["E2"].value, sheet["E2"].data_type) == ("=1+1", "s") or sheet["E2"].data_type != "f"
    assert xml_text("a\x0bb\ufffec\td") == "a b c\td"


def test_doubtful_records_are_marked_in_a_workbook(facts: Facts) -> None:
    doubtful = with_due(facts, None, confidence=0.6)
    sheet = load_workbook(io.BytesIO(xlsx_files(doubtful, ["tasks"])[""]))["Nhiệm vụ"]
    cell = next(cell for cell in sheet[2] if sheet.cell(1, cell.column).value == "Độ tin cậy")
    assert (cell.value, cell.fill.start_color.rgb) == (0.6, "00FFEB9C")


def test_parquet_keeps_types_and_lists(facts: Facts) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    files = parquet_files(facts, exports.KINDS)
    rows = parquet.read_table(io.BytesIO(files["tasks.parquet"])).to_pylist()
    assert rows[0]["coordinating"] == ["các phòng"]
    (sum_, _) = parquet.read_table(io.BytesIO(files["budgets.parquet"])).to_pylist()
    assert sum_["amount_vnd"] == 2_000_000_000


def test_parquet_without_its_library_says_what_to_install(facts: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ToolMissingError, match=r"khparse\[parquet\]"):
        parquet_files(facts, ["tasks"])


def test_a_deadline_is_an_all_day_event(facts: Facts) -> None:
    event = entry(Facts(tasks=facts.tasks[:1], paths=facts.paths))
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2025, 11, 15), date(2025, 11, 16))
    assert event["summary"] == "Hoà mạng dữ liệu"
    assert "Chủ trì: Văn phòng Sở" in event["description"]
    assert event["url"].endswith("a.pdf#page=1")


def test_progress_that_people_told_is_exported(database: Database) -> None:
    task = task_rows(database, Choice())[0]
    tell_status(database, task.id, Status("done", "2025-11-10", "đã họp"))
    facts = gather(database, ("tasks",))
    told = [
        (row["status"], row["status_date"])
        for row in csv.DictReader(csv_files(facts, ("tasks",))["tasks.csv"].decode("utf-8-sig").splitlines())
    ]
    assert told[0] == ("done", "2025-11-10")
    todos = Calendar.from_ical(ics_files(facts, NOW, as_todos=True)[""]).walk("VTODO")
    assert [str(todo["status"]) for todo in todos if "status" in todo] == ["COMPLETED"]


def test_a_deadline_may_be_a_to_do(facts: Facts) -> None:
    period = Due(kind=DueKind.PERIOD, start="2023-01-01", end="2025-12-31", recurrence=None, text="2023-2025")
    todo = entry(with_due(facts, period), "VTODO", as_todos=True)
    assert (todo.decoded("dtstart"), todo.decoded("due")) == (date(2023, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("rule", "start", "first", "written"),
    [
        ("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15", None, date(2023, 11, 15), "FREQ=YEARLY;BYMONTHDAY=15;BYMONTH=11"),
        ("FREQ=YEARLY", "2024-01-01", date(2024, 12, 31), "FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=12"),
        ("FREQ=MONTHLY;INTERVAL=3", None, date(2023, 3, 31), "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1"),
        ("FREQ=MONTHLY;BYMONTHDAY=20", None, date(2023, 1, 20), "FREQ=MONTHLY;BYMONTHDAY=20"),
        ("FREQ=WEEKLY;BYDAY=FR", None, date(2023, 1, 6), "FREQ=WEEKLY;BYDAY=FR"),
        ("FREQ=DAILY", None, date(2023, 1, 1), "FREQ=DAILY"),
    ],
)
def test_a_rhythm_recurs_from_its_first_day(
    facts: Facts, rule: str, start: str | None, first: date, written: str
) -> None:
    event = entry(with_due(facts, recurring(rule, start)))
    assert event.decoded("dtstart") == first
    assert event["rrule"].to_ical().decode() == written


def test_a_rhythm_ends_where_the_plan_says(facts: Facts) -> None:
    event = entry(with_due(facts, recurring("FREQ=YEARLY", "2023-01-01", "2025-12-31")))
    assert "UNTIL=20251231" in event["rrule"].to_ical().decode()


def test_work_without_a_day_is_not_in_the_calendar(facts: Facts) -> None:
    ongoing = Due(kind=DueKind.ONGOING, start=None, end=None, recurrence=None, text="thường xuyên")
    assert not Calendar.from_ical(ics_files(with_due(facts, ongoing), NOW)[""]).walk("VEVENT")


def test_names_of_events_stay_and_differ(facts: Facts) -> None:
    twice = Facts(plans=facts.plans, tasks=(facts.tasks[0], replace(facts.tasks[0], id=99), facts.tasks[1]))
    uids = [event["uid"] for event in Calendar.from_ical(ics_files(twice, NOW)[""]).walk("VEVENT")]
    again = [event["uid"] for event in Calendar.from_ical(ics_files(twice, datetime.now(UTC))[""]).walk("VEVENT")]
    assert uids == again
    assert len(set(uids)) == 3


@pytest.mark.parametrize("form", sorted(exports.FORMS))
def test_the_command_writes_every_form(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    single = form in {"xlsx", "jsonl", "ics"}
    out = tmp_path / "out" / (f"plans.{form}" if single else "folder")
    assert run(["export", "--db", str(database.path), "--format", form, str(out)]) == 0
    written = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert written
    assert all(path.stat().st_size for path in written)
    assert [*(tmp_path / "out").rglob(".*")] == []


def test_one_kind_of_one_plan_goes_to_one_file(database: Database, tmp_path: Path) -> None:
    out = tmp_path / "việc.csv"
    asked = ["--format", "csv", "--kind", "tasks", "--plan", "7/KH-SGDĐT"]
    assert run(["export", "--db", str(database.path), *asked, str(out)]) == 0
    assert len(out.read_text(encoding="utf-8-sig").splitlines()) == 2


def test_a_folder_for_a_file_and_a_file_for_a_folder_are_told(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["export", "--db", str(database.path), "--format", "xlsx", str(tmp_path)]) == 3
    assert run(["export", "--db", str(database.path), "--format", "csv", str(database.path)]) == 3
    assert capsys.readouterr().err.count("hãy") == 2


@pytest.mark.parametrize("asked", [["--format", "ics", "--kind", "tasks"], ["--format", "csv", "--todo"]])
def test_what_does_not_go_together_is_wrong_usage(database: Database, tmp_path: Path, asked: list[str]) -> None:
    assert run(["export", "--db", str(database.path), *asked, str(tmp_path / "x")]) == 2


def test_a_download_is_one_file(database: Database) -> None:
    sheet = exports.download(database, exports.Request(form="xlsx", kinds=("tasks",)))
    assert (sheet.name, load_workbook(io.BytesIO(sheet.data)).sheetnames) == ("khparse.xlsx", ["Nhiệm vụ"])
    packed = exports.download(database, exports.Request(form="akn"))
    names = zipfile.ZipFile(io.BytesIO(packed.data)).namelist()
    assert (packed.media_type, names) == ("application/zip", ["12-kh-sgddt.xml", "7-kh-sgddt.xml"])
    one = exports.download(database, exports.Request(form="akn", plan="1"))
    assert (one.name, one.data[:5]) == ("khparse.xml", b"<?xml")


def test_a_workbook_without_plans_has_no_link_to_them(facts: Facts) -> None:
    sheet = load_workbook(io.BytesIO(xlsx_files(facts, ["tasks"])[""]))["Nhiệm vụ"]
    assert sheet["A2"].hyperlink is None


def test_more_rows_than_a_sheet_holds_are_told(facts: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khparse.export.xlsx.MOST_ROWS", 1)
    with pytest.raises(LimitError, match="csv"):
        xlsx_files(facts, ["tasks"])


def test_the_same_facts_give_the_same_bytes(facts: Facts) -> None:
    for files in (csv_files, jsonl_files):
        assert files(facts, exports.KINDS) == files(facts, exports.KINDS)
    assert ics_files(facts, NOW) == ics_files(facts, NOW)
