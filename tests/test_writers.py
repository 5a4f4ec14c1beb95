"""Several at one database, and a place that can't be written: nothing is lost, and what is told is told in words."""

from __future__ import annotations

import ctypes
import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from test_crash import run, whole, write_plans
from web_world import client, filled, send

from khparse.errors import StoreError
from khparse.service.checking import check
from khparse.store import database as store
from khparse.store.database import open_database

ROOT = Path(__file__).resolve().parents[1]
# SQLite's and Python's own words, which nobody should read
RAW = ("locked", "Traceback", "sqlite3", "OperationalError", "Errno")


def begin(*arguments: object, first: Callable[[], object] | None = None) -> subprocess.Popen[str]:
    command = [sys.executable, str(ROOT / "cli.py"), *map(str, arguments)]
    told = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8"}
    return subprocess.Popen(command, preexec_fn=first, **told)  # type: ignore[call-overload, no-any-return]


def said(process: subprocess.Popen[str]) -> str:
    """All that a run told; in nobody's raw words."""
    with process:
        told = process.communicate(timeout=300)[0]  # a few seconds on a machine of its own
    assert not [word for word in RAW if word in told], told
    return told


def as_nobody() -> None:
    """In a child: root without root's power over files."""
    if os.geteuid() == 0 and ctypes.CDLL(None).prctl(28, 3, 0, 0, 0):  # SECBIT_NOROOT, locked
        os._exit(77)


def one_error(told: str) -> str:
    """The only line about what went wrong: what, and after ";" what to do."""
    lines = [line for line in told.splitlines() if "; hãy" in line]
    assert len(lines) == 1, told
    return lines[0]


def test_two_ingests_at_once_lose_nothing(tmp_path: Path) -> None:
    write_plans(tmp_path / "plans", 24)
    db = tmp_path / "x.db"
    runs = [begin("ingest", tmp_path / "plans", "--db", db) for _ in range(2)]
    told = [said(process) for process in runs]
    assert [process.returncode for process in runs] == [0, 0], told
    assert whole(db) == (24, 24, 24)
    with open_database(db) as database:
        assert check(database) == []


def test_the_page_is_used_while_plans_come_in(tmp_path: Path) -> None:
    db = filled(tmp_path / "x.db")
    browser = client(db)
    write_plans(tmp_path / "plans", 24)
    ingest = begin("ingest", tmp_path / "plans", "--db", db)
    changed = 0
    while ingest.poll() is None or not changed:
        assert browser.get("/").status_code == browser.get("/plans/1").status_code == 200
        values = {"indicator": f"hồ sơ đúng hạn {changed}", "comparator": "ge", "value": "95", "unit": "%"}
        assert send(browser, "/plans/1/target/1/save", **values).status_code == 303  # type: ignore[attr-defined]
        changed += 1
    said(ingest)
    assert ingest.returncode == 0
    with open_database(db) as database:
        assert check(database, files=False) == []
        assert database.rows("SELECT count(*) AS n FROM plans") == [{"n": 26}]
    rows = browser.get("/targets.json?plan=1").json()["rows"]
    assert [row["indicator"] for row in rows] == [f"hồ sơ đúng hạn {changed - 1}"]


def test_a_writer_that_does_not_end_is_told_of_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.2)
    db = filled(tmp_path / "x.db")
    with sqlite3.connect(db, isolation_level=None) as other, open_database(db) as database:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="đang bận; hãy đợi"), database.transaction():
            pass
        other.execute("ROLLBACK")
        with database.transaction():
            database.run("UPDATE plans SET title = title")


@pytest.mark.parametrize("shut", ["file", "folder"])
def test_a_database_that_cant_be_written_is_told_of_and_can_still_be_asked(tmp_path: Path, shut: str) -> None:
    write_plans(tmp_path / "plans", 2)
    folder = tmp_path / "store"
    folder.mkdir()
    db = filled(folder / "x.db")
    closed = [db] if shut == "file" else [db, folder]
    for path in closed:
        path.chmod(path.stat().st_mode & ~0o222)
    ingest = begin("ingest", tmp_path / "plans", "--db", db, first=as_nobody)
    told = said(ingest)
    assert ingest.returncode in (1, 3)
    assert "quyền" in one_error(told)
    asked = begin("plans", "--db", db, "--format", "csv", first=as_nobody)
    assert said(asked).count("SGDĐT") == 2
    for path in reversed(closed):
        path.chmod(0o755)
    assert run("ingest", tmp_path / "plans", "--db", db).returncode == 0


def test_a_full_disk_is_told_of_and_what_was_written_stays(tmp_path: Path) -> None:
    write_plans(tmp_path / "plans", 12)
    db = filled(tmp_path / "x.db")
    most = db.stat().st_size + 150_000

    def no_more() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    ingest = begin("ingest", tmp_path / "plans", "--db", db, first=no_more)
    assert "đĩa" in one_error(said(ingest))
    assert ingest.returncode in (1, 3)
    with open_database(db) as database:
        assert check(database, files=False) == []
        assert 2 <= database.rows("SELECT count(*) AS n FROM plans")[0]["n"] < 14
    assert run("ingest", tmp_path / "plans", "--db", db).returncode == 0
    with open_database(db) as database:
        assert database.rows("SELECT count(*) AS n FROM plans") == [{"n": 14}]
