"""The database: what is saved comes back, and what must not be is refused."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sample_plans import TEXT, extraction, result

from khparse.errors import StoreError
from khparse.model.record import Extraction
from khparse.model.result import Result
from khparse.store import migrations, save
from khparse.store.database import Database, open_database
from khparse.store.load import load_extraction, load_text
from khparse.store.offices import find_offices
from khparse.store.save import FileFacts, Saved, is_known, save_plan

FILE = FileFacts("/tmp/a.txt", "a.txt", 100)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "plans.db", create=True) as opened:
        yield opened


def count(database: Database, table: str) -> int:
    return int(database.rows(f"SELECT count(*) AS n FROM {table}")[0]["n"])


def test_what_was_saved_comes_back_whole(database: Database) -> None:
    plan_id, saved = save_plan(database, result(), FILE)
    assert saved is Saved.NEW
    assert load_extraction(database, plan_id) == extraction()


def test_a_quote_that_is_not_in_its_place_is_refused_and_nothing_stays(database: Database) -> None:
    wrong = result()
    task = wrong.extraction.tasks[0].model_copy(update={"start": 0, "end": 16})
    broken = Result(wrong.sha256, wrong.document, wrong.extraction.model_copy(update={"tasks": (task,)}))
    with pytest.raises(StoreError, match="quote"):
        save_plan(database, broken, FILE)
    assert [count(database, table) for table in ("plans", "files", "targets", "texts", "offices")] == [0] * 5


def test_a_quote_cannot_be_changed_afterwards_nor_its_text(database: Database) -> None:
    save_plan(database, result(), FILE)
    for statement in ("UPDATE tasks SET quote = 'khác'", "UPDATE texts SET text = 'khác'"):
        with pytest.raises(sqlite3.IntegrityError):
            database.run(statement)


def test_foreign_keys_hold_on_every_connection(database: Database) -> None:
    with open_database(database.path) as second, pytest.raises(sqlite3.IntegrityError):
        second.run("INSERT INTO texts (plan_id, text) VALUES (99, '')")


def test_values_out_of_range_are_refused(database: Database) -> None:
    save_plan(database, result(), FILE)
    for change in ("comparator = 'about'", "confidence = 2", "page = 0", "value_max = 3", "kind = 'aim'"):
        with pytest.raises(sqlite3.IntegrityError):
            database.run(f"UPDATE targets SET {change}")


def test_a_changed_version_replaces_the_plan_and_keeps_what_it_said(database: Database) -> None:
    first, _ = save_plan(database, result(), FILE)
    changed = TEXT.replace("90%", "95%")
    second, saved = save_plan(database, result(changed, value=95), FILE)
    assert (first, saved) == (second, Saved.UPDATED)
    assert [target.value for target in load_extraction(database, first).targets] == [95]
    kept = Extraction.model_validate_json(database.rows("SELECT record FROM plan_versions")[0]["record"], strict=False)
    assert [target.value for target in kept.targets] == [90]
    assert count(database, "plans") == count(database, "tasks") == 1


def test_another_form_that_says_the_same_is_no_new_version(database: Database) -> None:
    plan_id, _ = save_plan(database, result(), FILE)
    pdf = FileFacts("/tmp/a.pdf", "a.pdf", 5)
    assert save_plan(database, result(media_type="application/pdf", pages=True), pdf) == (plan_id, Saved.UNCHANGED)
    assert database.rows("SELECT files.name, version FROM plans JOIN files ON files.id = file_id") == [
        {"name": "a.pdf", "version": 1}
    ]
    assert count(database, "plan_versions") == 0


def test_a_scan_does_not_replace_digital_text_but_gives_way_to_it(database: Database) -> None:
    def scan(text: str) -> Result:
        read = result(text, media_type="application/pdf", pages=True)
        return replace(read, document=replace(read.document, confidence=0.9))

    plan_id, _ = save_plan(database, scan(TEXT + "\nPhân đấu"), FILE)
    assert save_plan(database, result(), FILE) == (plan_id, Saved.UNCHANGED)
    assert load_text(database, plan_id) == TEXT
    assert save_plan(database, scan(TEXT + "\nPhẩn đấu"), FILE) == (plan_id, Saved.UNCHANGED)
    assert load_text(database, plan_id) == TEXT


def test_plans_without_a_number_are_told_apart_by_their_titles(database: Database) -> None:
    save_plan(database, result(number=None), FILE)
    other = result(TEXT + "\nHết.", number=None)
    renamed = other.extraction.document.model_copy(update={"title": "Phòng chống thiên tai"})
    moved = Result(other.sha256, other.document, other.extraction.model_copy(update={"document": renamed}))
    assert save_plan(database, moved, FILE)[1] is Saved.NEW


def test_a_file_is_known_until_its_path_changes_or_the_parser_does(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = result(), result(TEXT + "\nSửa.")
    save_plan(database, one, FILE)
    assert is_known(database, one.sha256, FILE.path)
    save_plan(database, two, FILE)
    assert not is_known(database, one.sha256, FILE.path)  # changed back is a change
    assert is_known(database, two.sha256, FILE.path)
    monkeypatch.setattr(save, "PARSER_VERSION", save.PARSER_VERSION + 1)
    assert not is_known(database, two.sha256, FILE.path)


def test_a_newer_parser_reads_again_without_a_version_in_the_history(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_plan(database, result(), FILE)
    monkeypatch.setattr(save, "PARSER_VERSION", save.PARSER_VERSION + 1)
    assert save_plan(database, result(number="12/KH-GDĐT"), FILE)[1] is Saved.UPDATED
    assert (count(database, "plans"), count(database, "plan_versions")) == (1, 0)


def test_an_office_answers_to_its_names_with_and_without_diacritics(database: Database) -> None:
    save_plan(database, result(), FILE)
    full = "Văn phòng Sở Giáo dục và Đào tạo tỉnh Hà Nam"
    ids = {find_offices(database, [words]) for words in ("van phong so", "Văn phòng Sở", full, "VAN PHONG  SO")}
    assert len(ids) == 1
    assert len(ids.pop()) == 1
    assert len(find_offices(database, ["Sở GD&ĐT", "Sở Giáo dục và Đào tạo"])) == 1
    assert find_offices(database, ["sở giáo"]) != find_offices(database, ["văn phòng"])
    assert find_offices(database, ["Sở Giáo dục Hà Nam"])
    assert find_offices(database, ["Sở Y tế"]) == ()


def test_one_document_named_by_two_plans_is_one_row_in_its_fullest_form(database: Database) -> None:
    save_plan(database, result(), FILE)
    other = result(TEXT + "\nHết.", number="13/KH-SGDĐT")
    fuller = other.extraction.references[0].model_copy(update={"date": "2022-01-25"})
    changed = other.extraction.model_copy(update={"references": (fuller,)})
    save_plan(database, Result(other.sha256, other.document, changed), FILE)
    assert [row["date"] for row in database.rows("SELECT date FROM documents")] == ["2022-01-25"]


def test_a_newer_database_is_refused(database: Database) -> None:
    database.run(f"PRAGMA user_version = {migrations.VERSION + 1}")
    with pytest.raises(StoreError, match="mới hơn"):
        open_database(database.path)


def test_a_migration_that_fails_changes_nothing(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = (*migrations.MIGRATIONS, lambda: "CREATE TABLE extra (id);\nCREATE TABLE plans (id);\n")
    monkeypatch.setattr(migrations, "MIGRATIONS", broken)
    monkeypatch.setattr(migrations, "VERSION", len(broken))
    with pytest.raises(StoreError):
        open_database(database.path)
    assert migrations.version_of(database.connection) == len(broken) - 1
    assert "extra" not in database.tables.table_names()


@pytest.mark.parametrize("content", [b"khong phai csdl" * 100, b"%PDF-1.4"])
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(content)
    with pytest.raises(StoreError, match="SQLite"):
        open_database(path, create=True)
    assert path.read_bytes() == content


def test_readable_views_answer(database: Database) -> None:
    save_plan(database, result(), FILE)
    for view in database.tables.view_names():
        assert database.rows(f"SELECT * FROM {view}") or view == "v_conflicts"
