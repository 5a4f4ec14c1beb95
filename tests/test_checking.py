"""check finds what is wrong with a database; backup makes a copy that is right."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sample_plans import result

from khparse.errors import InputError
from khparse.service.checking import backup, check
from khparse.store.database import Database, open_database
from khparse.store.save import FileFacts, save_plan


@pytest.fixture
def database(tmp_path: Path) -> Database:
    database = open_database(tmp_path / "x.db", create=True)
    (tmp_path / "a.txt").write_text("a")
    save_plan(database, result(), FileFacts(str(tmp_path / "a.txt"), "a.txt", 1))
    return database


def graves(database: Database) -> list[str]:
    return [fault.what for fault in check(database) if fault.grave]


def test_a_whole_database_has_no_fault(database: Database) -> None:
    assert graves(database) == []


def test_a_quote_out_of_place_is_found(database: Database) -> None:
    database.connection.execute("DROP TRIGGER tasks_quote_changed")
    database.connection.execute("UPDATE tasks SET quote = 'khác' WHERE id = 1")
    assert any("tasks 1" in what for what in graves(database))


def test_a_link_that_leads_nowhere_is_found(database: Database) -> None:
    database.connection.commit()
    database.connection.execute("PRAGMA foreign_keys = OFF")
    database.connection.execute("DELETE FROM files")
    assert any("files" in what for what in graves(database))


def test_a_file_that_changed_or_went_is_told_but_not_grave(database: Database, tmp_path: Path) -> None:
    assert [fault.grave for fault in check(database)] == [False]
    (tmp_path / "a.txt").unlink()
    assert "không còn" in check(database)[0].what


def test_a_backup_holds_the_same_rows(database: Database, tmp_path: Path) -> None:
    backup(database, tmp_path / "copy.db")
    with sqlite3.connect(tmp_path / "copy.db") as copy:
        assert (
            copy.execute("SELECT count(*) FROM tasks").fetchone()[0] == database.rows("SELECT 1 FROM tasks").__len__()
        )


def test_a_backup_onto_itself_is_refused(database: Database, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        backup(database, tmp_path / "x.db")
