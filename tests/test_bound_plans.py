"""Several plans in one file: in the database each is a plan of its own, and none of their commitments is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sample_plans import TEXT, extraction, result
from test_documents import FIRST, LETTER, REPORT, SECOND, printed, read
from web_world import client

from khparse.model.document import Document
from khparse.model.result import Result
from khparse.read import limits
from khparse.service.checking import check
from khparse.service.ingest import Status, ingest
from khparse.service.questions import TaskQuestion, search, tasks
from khparse.shards.rows import answer_in, content_row, content_schema, table_of
from khparse.store import save
from khparse.store.database import Database, open_database
from khparse.store.load import load_extraction, load_text
from khparse.store.queries import plan_rows
from khparse.store.save import FileFacts, Saved, is_known, save_plans

FILE = FileFacts("/tmp/hai.txt", "hai.txt", 100)
SHA = "a" * 64


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "plans.db", create=True) as opened:
        yield opened


def bound(*numbers: str | None, sha256: str = SHA, value: float = 90) -> Result:
    """One file in which a plan of each number stands, one behind another."""
    words = TEXT.replace("90%", f"{value:.0f}%")
    plans = []
    for place, number in enumerate(numbers):
        text = "\n" * place * (len(words) + 1) + words + "\n" * (len(numbers) - place) * (len(words) + 1)
        document = Document(text, (), "text/plain")
        plans.append(Result(sha256, document, extraction(text, number=number, value=value)))
    whole = Document("\n".join([words] * len(numbers)), (), "text/plain")
    return replace(plans[0], document=whole, further=tuple(plans[1:]))


def numbers(database: Database) -> dict[int, str | None]:
    return {id_: plan.number for id_, plan in plan_rows(database).items()}


def test_a_file_gives_the_records_of_each_of_its_plans() -> None:
    whole = read(LETTER, FIRST, REPORT, SECOND)
    (further,) = whole.further
    assert further.extraction.document.number == "13/KH-PYT"
    assert [task.title for task in further.extraction.tasks] == ["Kiểm tra bếp ăn tập thể hằng quý"]
    records = [*further.extraction.tasks, *further.extraction.targets, *further.extraction.references]
    assert all(whole.document.text[each.start : each.end] == each.quote for each in records)


def test_a_file_of_more_documents_than_are_read_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TEXT_CHARACTERS", 5000)
    whole = read(FIRST, SECOND, REPORT, LETTER)
    assert "tệp có 4 văn bản" in whole.document.notices[0]
    assert "chỉ đọc 3 văn bản đầu" in whole.document.notices[0]


def test_ingest_stores_every_plan_of_a_file_and_is_told_one_line(database: Database, tmp_path: Path) -> None:
    (tmp_path / "hai.pdf").write_bytes(printed(LETTER, FIRST, SECOND))
    (report,) = ingest(database, [tmp_path / "hai.pdf"]).files
    assert (report.status, report.name, len(report.changed)) == (Status.NEW, "12/KH-PYT", 2)
    assert list(numbers(database).values()) == ["12/KH-PYT", "13/KH-PYT"]
    found = tasks(database, TaskQuestion(plan="13/KH-PYT"))
    assert [(task.title, task.page) for task in found] == [("Kiểm tra bếp ăn tập thể hằng quý", 3)]
    assert ingest(database, [tmp_path / "hai.pdf"]).files[0].status is Status.UNCHANGED
    assert check(database) == []


def test_a_line_is_found_once_and_under_its_own_plan(database: Database, tmp_path: Path) -> None:
    (tmp_path / "hai.pdf").write_bytes(printed(FIRST, REPORT, SECOND))
    ingest(database, [tmp_path / "hai.pdf"])
    assert [hit.plan.number for hit in search(database, "bếp ăn tập thể", 10)] == ["13/KH-PYT"]
    assert [hit.plan.number for hit in search(database, "đã kiểm tra", 10)] == ["12/KH-PYT"]  # nobody else's


def test_the_page_of_a_further_plan_begins_with_its_own_first_page(database: Database, tmp_path: Path) -> None:
    (tmp_path / "hai.pdf").write_bytes(printed(FIRST, SECOND))
    ingest(database, [tmp_path / "hai.pdf"])
    shown = client(database.path).get("/plans/2").text
    assert '<figure class="sheet" id="page-2" data-page="2">' in shown
    assert "Lập danh sách" not in client(database.path).get("/plans/2?view=text").text


def test_each_plan_of_a_file_comes_back_whole(database: Database) -> None:
    read = bound("12/KH-SGDĐT", "13/KH-SGDĐT")
    assert save_plans(database, read, FILE) == [(1, Saved.NEW), (2, Saved.NEW)]
    assert load_extraction(database, 2) == read.further[0].extraction
    assert load_text(database, 2) == read.further[0].document.text
    assert is_known(database, SHA, FILE.path)
    assert save_plans(database, read, FILE) == [(1, Saved.UNCHANGED)]


@pytest.mark.parametrize("same", ["12/KH-SGDĐT", None])
def test_two_plans_that_call_themselves_the_same_are_both_kept(database: Database, same: str | None) -> None:
    assert [saved for _, saved in save_plans(database, bound(same, same), FILE)] == [Saved.NEW, Saved.NEW]


def test_a_changed_file_updates_each_of_its_plans(database: Database) -> None:
    save_plans(database, bound("12/KH-SGDĐT", "13/KH-SGDĐT"), FILE)
    later = bound("12/KH-SGDĐT", "13/KH-SGDĐT", sha256="b" * 64, value=95)
    assert save_plans(database, later, FILE) == [(1, Saved.UPDATED), (2, Saved.UPDATED)]
    assert load_extraction(database, 2).targets[0].value == 95
    assert [row["plan_id"] for row in database.rows("SELECT plan_id FROM plan_versions ORDER BY id")] == [1, 2]


def test_a_newer_program_keeps_ids_and_drops_what_is_no_plan_of_the_file_any_more(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_plans(database, bound("12/KH-SGDĐT", "13/KH-SGDĐT", "14/KH-SGDĐT"), FILE)
    monkeypatch.setattr(save, "PARSER_VERSION", save.PARSER_VERSION + 1)
    assert [id_ for id_, _ in save_plans(database, bound("12/KH-GDĐT", "14/KH-SGDĐT"), FILE)] == [1, 3]
    assert numbers(database) == {1: "12/KH-GDĐT", 3: "14/KH-SGDĐT"}


def test_a_newer_program_leaves_a_plan_that_went_on_in_another_file(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_plans(database, bound("12/KH-SGDĐT", "13/KH-SGDĐT"), FILE)
    save_plans(database, result(TEXT.replace("90%", "95%"), number="13/KH-SGDĐT", value=95), replace(FILE, path="/b"))
    monkeypatch.setattr(save, "PARSER_VERSION", save.PARSER_VERSION + 1)
    assert not is_known(database, SHA, FILE.path)
    assert save_plans(database, bound("12/KH-SGDĐT", "13/KH-SGDĐT"), FILE)[1] == (2, Saved.UNCHANGED)
    assert load_extraction(database, 2).targets[0].value == 95


def test_further_plans_come_back_from_a_shard() -> None:
    read = bound("12/KH-SGDĐT", "13/KH-SGDĐT")
    (row,) = table_of([content_row(SHA, read, any_document=False)], content_schema()).to_pylist()
    assert answer_in(row) == read
