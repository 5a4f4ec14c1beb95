"""What people correct: it changes the record, is kept with who and when, comes back, and survives a new reading."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sample_plans import TEXT, result
from starlette.testclient import TestClient
from web_world import client, filled, send

from khparse.errors import InputError, StoreError
from khparse.service import corrections
from khparse.store.corrections import list_corrections
from khparse.store.database import Database, open_database
from khparse.store.load import load_extraction
from khparse.store.save import FileFacts, save_plan

TASK = {"title": "Nối mạng", "lead": ["Phòng Tin học"], "coordinating": [], "due": None, "deliverable": "báo cáo"}


@pytest.fixture
def browser(tmp_path: Path) -> TestClient:
    return client(filled(tmp_path / "plans.db"))


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return open_database(filled(tmp_path / "plans.db"))


def titles(database: Database) -> list[str]:
    return [task.title for task in load_extraction(database, 1).tasks]


def read_again(database: Database, text: str = TEXT) -> None:
    save_plan(database, result(text + "\nThêm một dòng."), FileFacts("/a.txt", "a.txt", 1))


def test_a_rejected_record_goes_and_stays_away(database: Database) -> None:
    corrections.reject(database, 1, "task", 1, "an")
    assert titles(database) == []
    read_again(database)
    assert titles(database) == []


def test_a_changed_record_keeps_its_address_and_survives(database: Database) -> None:
    corrections.change(database, 1, "task", 1, TASK, "an")
    assert corrections.record_of(database, 1, "task", 1).source == "person:an"
    read_again(database, "Dòng mới ở đầu\n" + TEXT)
    (task,) = load_extraction(database, 1).tasks
    assert (task.title, task.confidence, task.deliverable) == ("Nối mạng", 1.0, "báo cáo")
    assert [office.text for office in task.lead] == ["Phòng Tin học"]


def test_an_added_record_stands_over_its_words_and_survives(database: Database) -> None:
    place = corrections.place_of(database, 1, "kinh phí 2.000 triệu đồng")
    corrections.add(database, 1, "task", place, TASK | {"title": "Bố trí kinh phí"}, "an")
    assert titles(database) == ["Hoà mạng dữ liệu", "Bố trí kinh phí"]
    read_again(database, "Dòng mới ở đầu\n" + TEXT)
    assert titles(database) == ["Hoà mạng dữ liệu", "Bố trí kinh phí"]


def test_words_that_are_gone_wait_for_their_return(database: Database) -> None:
    corrections.add(
        database,
        1,
        "finding",
        corrections.place_of(database, 1, "Hoà mạng"),
        {"kind": "sum_mismatch", "message": "x"},
        "an",
    )
    read_again(database, TEXT.replace("Hoà mạng", "Hòa mạng") + "\nHoà mạng dữ liệu")
    assert [f.message for f in load_extraction(database, 1).findings] == ["thiếu mục", "x"]


@pytest.mark.parametrize("action", ["reject", "change", "accept", "add"])
def test_each_correction_can_be_taken_back(database: Database, action: str) -> None:
    before = load_extraction(database, 1).model_dump()
    made = {
        "reject": lambda: corrections.reject(database, 1, "task", 1, "an"),
        "change": lambda: corrections.change(database, 1, "task", 1, TASK, "an"),
        "accept": lambda: corrections.accept(database, 1, "task", 1, "an"),
        "add": lambda: corrections.add(database, 1, "task", (0, 8), TASK, "an"),
    }[action]()
    corrections.take_back(database, made, "bình")
    assert load_extraction(database, 1).model_dump() == before
    (kept,) = list_corrections(database, 1)
    assert (kept.author, kept.undone_by, kept.stands) == ("an", "bình", False)
    with pytest.raises(StoreError):
        corrections.take_back(database, made, "bình")


def test_a_correction_under_another_is_not_taken_back(database: Database) -> None:
    first = corrections.change(database, 1, "task", 1, TASK, "an")
    corrections.change(database, 1, "task", 1, TASK | {"title": "Nối mạng lần hai"}, "an")
    with pytest.raises(StoreError, match="sửa tiếp"):
        corrections.take_back(database, first, "an")


@pytest.mark.parametrize("kind", ["target", "budget", "reference", "finding"])
def test_every_kind_can_be_rejected_and_brought_back(database: Database, kind: str) -> None:
    before = load_extraction(database, 1).model_dump()
    made = corrections.reject(database, 1, kind, 1, "an")
    assert load_extraction(database, 1).model_dump() != before
    corrections.take_back(database, made, "an")
    assert load_extraction(database, 1).model_dump() == before


def test_a_place_lies_within_one_line(database: Database) -> None:
    with pytest.raises(InputError, match="một dòng"):
        corrections.add(database, 1, "task", (0, 30), TASK, "an")
    with pytest.raises(InputError, match="không thấy"):
        corrections.place_of(database, 1, "không hề có")


def test_the_forms_change_and_add_records(browser: TestClient) -> None:
    values = {
        "indicator": "hồ sơ đúng hạn",
        "comparator": "ge",
        "value": "92,5",
        "unit": "%",
        "horizon": "2025",
        "kind": "target",
    }
    assert send(browser, "/plans/1/target/1/save", **values).status_code == 303
    (row,) = browser.get("/targets.json?plan=1").json()["rows"]
    assert (row["value"], row["comparator"], row["source"]) == (92.5, "ge", "person:máy này")
    money = {
        "quote": "2.000 triệu đồng",
        "start": "0",
        "purpose": "Nối mạng",
        "amount_vnd": "1.500.000",
        "role": "item",
    }
    assert send(browser, "/plans/1/new/budget", **money).status_code == 303
    assert browser.get("/budgets.json?plan=1").json()["total"] == 2
    reference = {
        "quote": "Quyết định số 9/QĐ-TTg",
        "type": "Quyết định",
        "number": "10/QĐ-TTg",
        "date": "25/01/2022",
        "relation": "basis",
    }
    assert send(browser, "/plans/1/new/reference", **reference).status_code == 303
    task = {
        "title": "Nối mạng",
        "lead": "Phòng Tin học\nVăn phòng",
        "due_kind": "date",
        "due_end": "1/2/2025",
        "due_text": "01/02/2025",
    }
    assert send(browser, "/plans/1/task/1/save", **task).status_code == 303
    (row,) = browser.get("/tasks.json?plan=1").json()["rows"]
    assert row["due"]["end"] == "2025-02-01"
    assert len(row["lead"]) == 2
    page = browser.get("/plans/1/corrections").text
    assert "hồ sơ đúng hạn" in page
    assert "Hoàn tác" in page


@pytest.mark.parametrize("value", ["abc", "1e400", ""])
def test_values_that_cannot_be_are_told(browser: TestClient, value: str) -> None:
    fields = {"indicator": "x", "comparator": "eq", "value": value, "unit": "%", "kind": "target"}
    assert send(browser, "/plans/1/target/1/save", **fields).status_code == 422


def test_corrections_are_exported_for_training(browser: TestClient) -> None:
    send(browser, "/plans/1/task/1/review", verdict="accept")
    send(browser, "/plans/2/task/2/review", verdict="reject")
    lines = [json.loads(line) for line in browser.get("/corrections.jsonl").text.splitlines()]
    assert [(line["action"], line["plan_id"]) for line in lines] == [("accept", 1), ("reject", 2)]
    assert "đã xem: đúng" in browser.get("/plans/1").text
    assert browser.get("/plans/2/gold.json").json()["tasks"] == []


def test_a_conflict_is_confirmed_or_dismissed_with_a_remark(browser: TestClient) -> None:
    (row,) = browser.get("/conflicts.json").json()["rows"]
    assert (
        send(
            browser, f"/conflicts/{row['identity']}/judge", verdict="dismissed", remark="hai tỉnh khác nhau"
        ).status_code
        == 303
    )
    assert browser.get("/conflicts.json").json()["total"] == 0
    assert "hai tỉnh khác nhau" in browser.get("/conflicts?dismissed=1").text


def test_how_far_a_task_is_can_be_told_and_asked(browser: TestClient) -> None:
    assert send(browser, "/plans/1/task/1/status", status="done", date="1/11/2025").status_code == 303
    assert [row["id"] for row in browser.get("/tasks.json?status=done").json()["rows"]] == [1]
    assert [row["id"] for row in browser.get("/tasks.json?status=not_started").json()["rows"]] == [2]
    assert "hoàn thành 01/11/2025" in browser.get("/plans/1").text
