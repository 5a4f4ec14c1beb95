"""What people put right on the page: pairs of phrases, offices, progress; and how plans hang together."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_plans import TEXT, result
from starlette.testclient import TestClient
from web_world import client, filled, send

from khparse.service import judging
from khparse.store.database import Database, open_database
from khparse.store.pairs import count_pairs, pair_of_conflict, settle


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return filled(tmp_path / "plans.db")


@pytest.fixture
def browser(db: Path) -> TestClient:
    return client(db)


def make_doubtful(db: Path) -> tuple[int, int]:
    """The one conflict rests on two phrases that may be one; their rows."""
    with open_database(db) as database, database.transaction():
        first = database.rows("SELECT id FROM phrases WHERE kind = 'target'")[0]["id"]
        database.run("INSERT INTO phrases (kind, text) VALUES ('target', 'thủ tục được giải quyết đúng hẹn')")
        other = database.rows("SELECT max(id) AS id FROM phrases")[0]["id"]
        database.run("UPDATE conflicts SET sure = 0, phrase_low = ?, phrase_high = ?", (first, other))
        return first, other


def test_a_doubtful_pair_is_listed_with_what_rests_on_it(db: Path, browser: TestClient) -> None:
    low, high = make_doubtful(db)
    (row,) = browser.get("/matches.json").json()["rows"]
    assert (row["low"], row["high"], row["conflicts"]) == (low, high, 1)
    assert "Là một" in browser.get("/matches").text
    with open_database(db) as database:
        assert [match.id for match in judging.doubtful_matches(database)] == [row["id"]]


def test_a_doubtful_conflict_asks_whether_its_phrases_are_one(db: Path, browser: TestClient) -> None:
    low, high = make_doubtful(db)
    (row,) = browser.get("/conflicts.json").json()["rows"]
    page = browser.get(f"/conflicts/{row['identity']}").text
    assert f'name="low" value="{low}"' in page
    assert f'name="high" value="{high}"' in page


@pytest.mark.parametrize(("verdict", "left"), [("same", 1), ("different", 0)])
def test_what_rests_on_a_pair_changes_at_once(db: Path, verdict: str, left: int) -> None:
    low, high = make_doubtful(db)
    with open_database(db) as database:
        settle(database, low, high, same=verdict == "same")
        assert count_pairs(database) == 0
        assert database.rows("SELECT count(*) AS n FROM conflicts WHERE sure = 1")[0]["n"] == left


def test_somebody_s_word_on_a_pair_is_kept(db: Path, browser: TestClient) -> None:
    low, high = make_doubtful(db)
    answer = send(browser, "/matches/judge", low=low, high=high, verdict="different", back="/matches?page=1")
    assert answer.headers["location"] == "/matches?page=1"
    with open_database(db) as database:
        assert [row["verdict"] for row in database.rows("SELECT verdict FROM decisions")] == ["different"]


def test_somebody_s_word_on_a_pair_is_taken_back(db: Path, browser: TestClient) -> None:
    low, high = make_doubtful(db)
    send(browser, "/matches/judge", low=low, high=high, verdict="same", back="/matches")
    with open_database(db) as database:
        [decided] = judging.decided_matches(database)
    assert f'value="{decided.id}"' in browser.get("/matches").text
    assert send(browser, "/matches/forget", pair=decided.id, back="/matches").headers["location"] == "/matches"
    with open_database(db) as database:
        assert judging.decided_matches(database) == []
    assert send(browser, "/matches/forget", pair=decided.id).status_code == 404


def test_a_dismissed_conflict_is_opened_again(browser: TestClient) -> None:
    (row,) = browser.get("/conflicts.json").json()["rows"]
    address = f"/conflicts/{row['identity']}"
    send(browser, f"{address}/judge", verdict="dismissed", remark="hai đợt")
    assert browser.get("/conflicts.json").json()["rows"] == []
    send(browser, f"{address}/judge", verdict="open")
    (again,) = browser.get("/conflicts.json").json()["rows"]
    assert (again["status"], again["remark"]) == ("open", None)


@pytest.mark.parametrize(
    "fields", [{"low": "x"}, {"low": 1, "high": 999_999, "verdict": "same"}, {"low": 1, "high": 2}]
)
def test_no_pair_no_judgement(browser: TestClient, fields: dict[str, object]) -> None:
    assert send(browser, "/matches/judge", **fields).status_code == 404


def test_a_form_leads_back_to_pages_of_ours_only(db: Path, browser: TestClient) -> None:
    low, high = make_doubtful(db)
    answer = send(browser, "/matches/judge", low=low, high=high, verdict="same", back="//evil.example/matches")
    assert answer.headers["location"] == "/matches"


def test_a_new_conflict_knows_its_phrases(db: Path) -> None:
    with open_database(db) as database:
        (row,) = database.rows("SELECT identity, phrase_low, phrase_high FROM conflicts")
        assert row["phrase_low"] == row["phrase_high"]
        assert pair_of_conflict(database, row["identity"]) is None


def office(database: Database, name: str) -> int:
    return int(database.rows("SELECT id FROM offices WHERE name = ?", (name,))[0]["id"])


def test_two_offices_are_made_one(db: Path, browser: TestClient) -> None:
    with open_database(db) as database:
        gone = office(database, "Văn phòng Sở Giáo dục và Đào tạo tỉnh Hà Nam")
        kept = office(database, "Văn phòng Sở Giáo dục và Đào tạo tỉnh Nam Định")
    assert f'value="{kept}"' in browser.get(f"/offices/{gone}?into=van+phong+so").text
    answer = send(browser, f"/offices/{gone}/merge", into=kept)
    assert answer.headers["location"] == f"/offices/{kept}"
    assert browser.get(f"/offices/{gone}").status_code == 404
    assert "gộp" in browser.get(f"/offices/{kept}").text


def test_an_office_is_renamed_and_still_answers_to_its_old_name(db: Path, browser: TestClient) -> None:
    with open_database(db) as database:
        own = office(database, "Văn phòng Sở Giáo dục và Đào tạo tỉnh Hà Nam")
    send(browser, f"/offices/{own}/rename", name="Văn phòng Sở GD&ĐT Hà Nam")
    assert "<h1>Văn phòng Sở GD&amp;ĐT Hà Nam</h1>" in browser.get(f"/offices/{own}").text
    assert browser.get("/tasks.json?office=van+phong+so+giao+duc+va+dao+tao+tinh+ha+nam").json()["total"] == 1


def test_a_name_is_split_off_to_another_office(db: Path, browser: TestClient) -> None:
    with open_database(db) as database:
        own = office(database, "Văn phòng Sở Giáo dục và Đào tạo tỉnh Hà Nam")
        text = database.rows("SELECT text FROM assignments WHERE office_id = ?", (own,))[0]["text"]
    answer = send(browser, f"/offices/{own}/split", text=text, name="Phòng Tổ chức Sở Giáo dục và Đào tạo tỉnh Hà Nam")
    assert "Phòng Tổ chức" in browser.get(answer.headers["location"]).text


@pytest.mark.parametrize(("way", "fields"), [("merge", {"into": "x"}), ("merge", {"into": 1}), ("rename", {"name": "…"}), ("split", {"text": "không có", "name": "Sở X"})])  # fmt: skip
def test_what_cannot_be_done_to_an_office_is_told(browser: TestClient, way: str, fields: dict[str, object]) -> None:
    assert send(browser, f"/offices/1/{way}", **fields).status_code in {404, 422}


def test_progress_is_told_in_the_list_and_leads_back_to_it(browser: TestClient) -> None:
    back = "/tasks?office=van+phong+so"
    answer = send(
        browser, "/plans/1/task/1/status", status="done", date="03/02/2026", remark="đã nghiệm thu", back=back
    )
    assert answer.headers["location"] == back
    page = browser.get("/tasks?status=done").text
    assert "hoàn thành 03/02/2026" in page
    assert "đã nghiệm thu" in page


def test_plans_hang_under_the_document_they_carry_out(browser: TestClient) -> None:
    parents = browser.get("/tree.json").json()["rows"]
    assert sorted(plan["id"] for plan in parents[0]["plans"]) == [1, 2]
    document = parents[0]["document"]
    assert browser.get(f"/plans.json?document={document}").json()["total"] == 2
    assert browser.get("/plans.json?document=999999").json()["total"] == 0


def test_work_given_to_all_departments_is_asked_with_one_of_them(tmp_path: Path) -> None:
    from khparse.store.save import FileFacts, save_plan

    with open_database(tmp_path / "x.db", create=True) as database:
        save_plan(database, result(TEXT), FileFacts("/a.txt", "a.txt", 1))
        own = office(database, "Văn phòng Sở Giáo dục và Đào tạo tỉnh Hà Nam")
        place = database.rows("SELECT jurisdiction_id FROM offices WHERE id = ?", (own,))[0]["jurisdiction_id"]
        with database.transaction():
            database.run(
                """INSERT INTO offices (identity, jurisdiction_id, name, folded, collective)
                   VALUES ('x|các phòng thuộc sở', ?, 'các phòng thuộc Sở', 'cac phong thuoc so', 1)""",
                (place,),
            )
            database.run("UPDATE assignments SET office_id = (SELECT max(id) FROM offices) WHERE task_id IS NOT NULL")
    browser = client(tmp_path / "x.db")
    asked = "/tasks.json?office=van+phong+so+giao+duc+va+dao+tao"
    assert browser.get(asked).json()["total"] == 0
    assert browser.get(f"{asked}&collective=1").json()["total"] == 1
