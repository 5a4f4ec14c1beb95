"""PostgreSQL, a real one: the same rows, the same answers, what has changed only, all or nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from postgres_server import running_server
from sample_plans import result
from test_bound_plans import bound

import khparse as package
from khparse.cli.program import khparse, run
from khparse.errors import StoreError
from khparse.service import publishing
from khparse.service.ingest import ingest
from khparse.store.database import Database, open_database
from khparse.store.office_decisions import list_offices, merge_offices
from khparse.store.postgres.dialect import question
from khparse.store.postgres.full_text import words_of
from khparse.store.postgres.parts import HOME
from khparse.store.postgres.published import open_published
from khparse.store.postgres.server import connect, without_password
from khparse.store.save import FileFacts, save_plan, save_plans
from khparse.store.search import count_passages, search

pytestmark = pytest.mark.tool("postgresql")
PLANS = sorted((Path(__file__).resolve().parents[1] / "corpus" / "text").glob("*.txt"))


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running_server() as address:
        yield address


@pytest.fixture
def empty(server: str, request: pytest.FixtureRequest) -> str:
    """A database of the test's own on the server."""
    name = f"t{abs(hash(request.node.nodeid))}"
    admin = connect(server.format("postgres"))
    admin.run(f"CREATE DATABASE {name} TEMPLATE template0")
    admin.close()
    return server.format(name)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample plans, read once."""
    path = tmp_path_factory.mktemp("corpus") / "plans.db"
    with open_database(path, create=True) as database:
        ingest(database, PLANS)
    return path


@pytest.fixture(scope="module")
def published(server: str, corpus: Path) -> str:
    """The same on the server, asked and never written to."""
    address = server.format("template1")
    with open_database(corpus) as database:
        publishing.publish(database, address)
    return address


@pytest.fixture
def plans(tmp_path: Path) -> Iterator[Database]:
    """A database of three small plans, to be changed."""
    with open_database(tmp_path / "x.db", create=True) as database:
        for number in ("1/KH", "2/KH", "3/KH"):
            add(database, number)
        yield database


def add(database: Database, number: str, value: float = 90) -> int:
    text = result().document.text.replace("90%", f"{value:g}%")
    plan_id, _ = save_plan(
        database, result(f"{text}\n{number}", number=number, value=value), FileFacts(f"/{number}", "a.txt", 1)
    )
    return plan_id


def rows_of(database: Database, table: str) -> list[str]:
    return sorted(repr(sorted(row.items())) for row in database.rows(f"SELECT * FROM {table}"))


def names(database: Database, kind: str) -> list[str]:
    made = database.rows("SELECT name FROM sqlite_master WHERE type = ? AND name NOT LIKE 'sqlite_%'", (kind,))
    return [row["name"] for row in made if "_fts" not in row["name"]]


def assert_same(database: Database, address: str) -> None:
    with open_published(address) as there:
        for name in (*(set(names(database, "table")) - HOME), *names(database, "view")):
            assert rows_of(there, name) == rows_of(database, name), name
        for home in HOME:
            assert rows_of(there, home) == []


def test_every_table_and_view_has_the_same_rows(corpus: Path, published: str) -> None:
    with open_database(corpus) as database:
        assert_same(database, published)


QUESTIONS = [
    ["plans"],
    ["plans", "--tree"],
    ["tasks"],
    ["tasks", "--office", "so y te"],
    ["tasks", "--office", "Sở Nội vụ", "--role", "coordinating"],
    ["tasks", "--office", "sở tài chính", "--collective"],
    ["tasks", "--office", "sở kế hoạch và đầu tư", "--as-of", "2025-08-01"],
    ["tasks", "--plan", "87/kh-ubnd", "--due-from", "2022-01-01", "--due-to", "2022-12-31"],
    ["tasks", "--unowned"],
    ["targets"],
    ["targets", "--indicator", "ho so", "--horizon", "2025"],
    ["compare", "10", "11", "9"],
    ["compare", "--under", "1978/QĐ-TTg"],
    ["conflicts"],
    ["conflicts", "--kind", "contradiction", "--plan", "3"],
    ["search", "nuoc", "sach"],
    ["search", "Sở Y tế", "--limit", "5"],
    ["search", '"thực hiện" so', "--limit", "1000"],
    ["deadlines", "--from", "2021-01-01", "--to", "2026-12-31"],
    ["offices"],
    ["offices", "--name", "so tai chinh"],
    ["orphans", "--as-of", "2025-08-01"],
]


@pytest.mark.parametrize("asked", QUESTIONS, ids=" ".join)
def test_the_same_question_gives_the_same_answer(asked: list[str], corpus: Path, published: str) -> None:
    answers = [
        CliRunner().invoke(khparse, [*asked, "--db", str(db), "--format", "json"], standalone_mode=False)
        for db in (corpus, published)
    ]
    one, other = (json.loads(answer.stdout) for answer in answers)
    assert one == other
    assert one or asked[0] in {"orphans"}


def test_the_report_is_the_same(corpus: Path, published: str) -> None:
    told = [CliRunner().invoke(khparse, ["report", "--db", str(db)]).stdout for db in (corpus, published)]
    assert len(told[1]) > 1000
    assert told[0].partition("Đi tiếp")[0] == told[1]


@pytest.mark.parametrize("form", ["csv", "jsonl", "akn"])
def test_what_is_exported_is_the_same(form: str, corpus: Path, published: str, tmp_path: Path) -> None:
    for out, db in ((tmp_path / "one", corpus), (tmp_path / "other", published)):
        assert CliRunner().invoke(khparse, ["export", str(out), "--format", form, "--db", str(db)]).exit_code == 0
    one, other = (
        {path.name: path.read_bytes() for path in (out.rglob("*") if out.is_dir() else [out]) if path.is_file()}
        for out in (tmp_path / "one", tmp_path / "other")
    )
    assert list(one.values()) == list(other.values())


@pytest.mark.parametrize("words", ["nước sạch", "so", "thực hiện kế hoạch", '"kế hoạch" 1978/QĐ-TTg', "không-có-đâu"])
def test_lines_are_found_in_the_same_order(words: str, corpus: Path, published: str) -> None:
    with open_database(corpus) as database, open_published(published) as there:
        assert search(there, words, 1000) == search(database, words, 1000)
        assert search(there, words, 7, 3) == search(database, words, 7, 3)
        assert count_passages(there, words) == count_passages(database, words)


def test_words_are_parted_as_full_text_parts_them(corpus: Path) -> None:
    with open_database(corpus) as database:
        database.run("CREATE VIRTUAL TABLE temp.words USING fts5vocab (main, passages_fts, instance)")
        parted: dict[tuple[int, str], list[tuple[int, str]]] = {}
        for row in database.rows("SELECT doc, col, offset, term FROM words"):
            parted.setdefault((row["doc"], row["col"]), []).append((row["offset"], row["term"]))
        for row in database.rows("SELECT id, quote, folded FROM passages"):
            for column in ("quote", "folded"):
                assert words_of(row[column]) == [word for _, word in sorted(parted.get((row["id"], column), []))]


def test_only_what_changed_is_sent(plans: Database, empty: str) -> None:
    first = publishing.publish(plans, empty)
    assert (first.sent, first.removed, first.plans, first.anew) == (3, 0, 3, True)
    again = publishing.publish(plans, empty)
    assert (again.sent, again.removed, again.rows, again.anew) == (0, 0, 0, False)
    add(plans, "4/KH")
    add(plans, "2/KH", 95)
    plans.run("DELETE FROM plans WHERE number = '1/KH'")
    plans.connection.commit()
    more = publishing.publish(plans, empty)
    assert (more.sent, more.removed, more.plans) == (2, 1, 3)
    assert_same(plans, empty)


def test_a_decision_that_touches_no_plan_arrives_too(plans: Database, empty: str) -> None:
    publishing.publish(plans, empty)
    one, other, *_ = [office.id for office in list_offices(plans)]
    merge_offices(plans, other, one)
    assert publishing.publish(plans, empty).rows > 0
    assert_same(plans, empty)


def test_a_publication_that_fails_changes_nothing(plans: Database, empty: str, monkeypatch: pytest.MonkeyPatch) -> None:
    publishing.publish(plans, empty)
    with open_published(empty) as there:
        before = rows_of(there, "v_tasks")
    add(plans, "4/KH")
    monkeypatch.setattr("khparse.store.postgres.publishing.words_of", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        publishing.publish(plans, empty)
    with open_published(empty) as there:
        assert rows_of(there, "v_tasks") == before


def test_a_publication_that_is_killed_changes_nothing(corpus: Path, plans: Database, empty: str) -> None:
    publishing.publish(plans, empty)
    killed = f"""
import os, signal
from pathlib import Path
from khparse.store.database import open_database
from khparse.store.postgres import publishing
publishing._note = lambda *_: os.kill(os.getpid(), signal.SIGKILL)  # all is sent, nothing is committed
publishing.publish(open_database(Path({str(corpus)!r})), {empty!r})
"""
    environment = os.environ | {"PYTHONPATH": str(Path(package.__file__).parents[1])}
    ended = subprocess.run([sys.executable, "-c", killed], env=environment, timeout=60, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert_same(plans, empty)
    assert publishing.publish(plans, empty).rows == 0


def test_who_reads_meanwhile_sees_the_old_state_whole(plans: Database, empty: str) -> None:
    publishing.publish(plans, empty)
    with open_published(empty) as reader:
        before = rows_of(reader, "v_plans")
        add(plans, "4/KH")
        publishing.publish(plans, empty)
        assert rows_of(reader, "v_plans") == before
    assert_same(plans, empty)


def test_the_constraints_are_there(published: str) -> None:
    server = connect(published)
    (keys,), (indices,) = (
        server.run("SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND condeferred")[0],
        server.run("SELECT count(*) FROM pg_indexes WHERE schemaname = 'public'")[0],
    )
    assert keys > 25
    assert indices > 50
    for statement, told in (
        ("UPDATE tasks SET plan_id = 999; SET CONSTRAINTS ALL IMMEDIATE", "fkey"),
        ("UPDATE targets SET kind = 'dream'", "check"),
        ("UPDATE deadlines SET \"end\" = '31/12/2025'", "check"),
    ):
        server.run("BEGIN")
        with pytest.raises(Exception, match=told):
            for one in statement.split("; "):
                server.run(one)
        server.run("ROLLBACK")
    server.close()


def test_accounts_stay_at_home(plans: Database, empty: str) -> None:
    plans.insert("accounts", {"name": "lan", "password": "x", "role": "admin", "made_at": "2025"})
    plans.connection.commit()
    publishing.publish(plans, empty)
    with open_published(empty) as there:
        assert there.rows("SELECT * FROM accounts") == []


def test_a_published_copy_is_not_written_to(published: str, capsys: pytest.CaptureFixture[str]) -> None:
    with open_published(published) as there, pytest.raises(StoreError, match="chỉ để hỏi"):
        there.run("DELETE FROM plans")
    assert run(["ingest", str(PLANS[0]), "--db", published]) == 2
    assert "cần tệp SQLite" in capsys.readouterr().err


def test_tables_of_somebody_else_are_left_alone(plans: Database, empty: str) -> None:
    server = connect(empty)
    server.run("CREATE TABLE tasks (mine text)")
    with pytest.raises(StoreError, match="không do khparse tạo"):
        publishing.publish(plans, empty)
    assert server.run("SELECT count(*) FROM tasks") == [[0]]
    server.close()


def test_an_older_schema_is_made_anew(plans: Database, empty: str) -> None:
    publishing.publish(plans, empty)
    server = connect(empty)
    server.run("UPDATE published SET state = 'older' WHERE part = 'schema'")
    server.close()
    assert publishing.publish(plans, empty).anew
    assert_same(plans, empty)


def test_the_python_api_asks_a_published_copy(corpus: Path, published: str) -> None:
    with package.open(corpus) as one, package.open(published) as other:
        assert one.tasks(office="so y te") == other.tasks(office="so y te")
        assert one.record(1) == other.record(1)
        assert one.text(1) == other.text(1)


def test_what_can_t_be_reached_is_told_without_the_password(plans: Database, empty: str) -> None:
    with pytest.raises(StoreError) as refused:
        publishing.publish(plans, "postgresql://lan:secret@127.0.0.1:1/plans")
    assert "secret" not in str(refused.value)
    assert without_password("postgresql://lan:secret@host/plans?sslmode=require") == "postgresql://host/plans"
    with pytest.raises(StoreError, match="chưa có bản công bố"):
        open_published(empty)


def test_questions_are_said_in_postgresql_s_words() -> None:
    asked = "SELECT instr(a, '?') FROM t r WHERE r.id IN (SELECT value FROM json_each(?)) AND b LIKE ? LIMIT :limit"
    assert question(asked) == (
        "SELECT strpos(a, '?') FROM t r WHERE r.id IN (SELECT value FROM json_ids(:p0)) AND b ILIKE :p1"
        " LIMIT nullif(CAST(:limit AS bigint), -1)"
    )


def test_plans_of_one_file_are_published_and_changed_one_by_one(plans: Database, empty: str) -> None:
    save_plans(plans, bound("12/KH", "13/KH"), FileFacts("/hai", "hai.txt", 1))
    publishing.publish(plans, empty)
    assert_same(plans, empty)
    for first, second in ((95, 90), (95, 95)):  # the first plan alone, then the other
        changed = bound("12/KH", "13/KH", sha256=f"{first}{second}".ljust(64, "0"), value=first)
        other = bound("12/KH", "13/KH", value=second).further[0]
        save_plans(plans, replace(changed, further=(replace(other, sha256=changed.sha256),)), FileFacts("/hai", "h", 1))
        publishing.publish(plans, empty)
        assert_same(plans, empty)
    with plans.transaction():
        plans.run("UPDATE plans SET title = 'khác' WHERE number = '12/KH'")
    publishing.publish(plans, empty)
    assert_same(plans, empty)
