"""The page held to what keeps it safe: accounts, tokens, headers, hosts, limits, and nothing of a document as HTML."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_plans import TEXT, result
from starlette.testclient import TestClient
from web_world import client, filled, send, token

from khparse.cli.program import run
from khparse.errors import StoreError
from khparse.service.accounts import add_account, change_account, sign_in
from khparse.store.database import open_database
from khparse.store.save import FileFacts, save_plan
from khparse.web.settings import is_local
from khparse.web.uploading import safe_name


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return filled(tmp_path / "plans.db")


def test_nothing_inline_and_nothing_from_elsewhere(db: Path) -> None:
    browser = client(db)
    policy = browser.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for path in ("/", "/plans/1", "/budgets", "/compare?plan=1&plan=2"):
        page = browser.get(path).text
        assert " style=" not in page
        assert "<script>" not in page
        assert " onclick=" not in page
        assert "//" not in page.replace("http://www.w3.org", "").split("<main", 1)[0].replace("<!doctype", "")


def test_a_document_s_words_are_never_html(tmp_path: Path) -> None:
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
    text = TEXT.replace("Hoà mạng dữ liệu", "Hoà mạng dữ liệu " + evil)
    read = result(text)
    record = read.extraction.model_copy(
        update={"document": read.extraction.document.model_copy(update={"title": evil, "issuer": evil})}
    )
    from dataclasses import replace

    with open_database(tmp_path / "x.db", create=True) as database:
        save_plan(database, replace(read, extraction=record), FileFacts(evil, evil, 1))
    browser = client(tmp_path / "x.db")
    for path in ("/", "/plans", "/plans/1", "/plans/1?view=text", "/tasks", "/search?q=" + evil, "/compare?plan=1"):
        page = browser.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_a_form_without_its_token_changes_nothing(db: Path) -> None:
    browser = client(db)
    assert browser.post("/plans/1/task/1/review", data={"verdict": "reject"}).status_code == 403
    good = token(browser)
    assert browser.post("/plans/1/task/1/review", data={"verdict": "reject", "csrf": "x" + good}).status_code == 403
    forged = {"sec-fetch-site": "cross-site"}
    answer = browser.post("/plans/1/task/1/review", data={"verdict": "reject", "csrf": good}, headers=forged)
    assert answer.status_code == 403
    assert browser.get("/tasks.json").json()["total"] == 2


def test_cookies_are_kept_to_this_site(db: Path) -> None:
    cookie = client(db).get("/").headers["set-cookie"].lower()
    assert "samesite=strict" in cookie
    assert "httponly" in cookie


def test_a_local_server_answers_to_local_names_only(db: Path) -> None:
    assert client(db).get("/", headers={"host": "attacker.example"}).status_code == 421
    assert client(db).get("/", headers={"host": "localhost:8000"}).status_code == 200
    assert client(db, host="0.0.0.0").get("/", headers={"host": "plans.example"}).status_code == 200


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("10.0.0.3", False),
        ("example.vn", False),
    ],
)
def test_which_addresses_are_this_machine(host: str, local: bool) -> None:
    assert is_local(host) is local


def test_another_address_without_accounts_is_refused(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", "--db", str(db), "--host", "0.0.0.0", "--port", "0"]) == 3
    assert "khparse users add" in capsys.readouterr().err


@pytest.fixture
def guarded(db: Path) -> TestClient:
    with open_database(db) as database:
        for role in ("reader", "editor", "admin"):
            add_account(database, role, f"mật khẩu của {role}", role)
    return client(db, host="0.0.0.0", accounts=True)


def enter(browser: TestClient, name: str, password: str | None = None) -> int:
    return send(browser, "/signin", name=name, password=password or f"mật khẩu của {name}").status_code


def test_nothing_is_shown_before_signing_in(guarded: TestClient) -> None:
    assert guarded.get("/").headers["location"] == "/signin"
    assert guarded.get("/tasks.json").status_code == 401
    assert guarded.get("/plans/1/pages/1.png").status_code in {303, 401}


def test_a_reader_reads_and_an_editor_changes(guarded: TestClient) -> None:
    assert enter(guarded, "reader") == 303
    assert guarded.get("/tasks").status_code == 200
    assert send(guarded, "/plans/1/task/1/review", verdict="accept").status_code == 403
    guarded.cookies.clear()
    assert enter(guarded, "editor") == 303
    assert send(guarded, "/plans/1/task/1/review", verdict="accept").status_code == 303


def test_a_wrong_password_is_refused_and_after_many_tries_has_to_wait(guarded: TestClient) -> None:
    assert enter(guarded, "admin", "sai mật khẩu") == 401
    assert enter(guarded, "nobody", "sai mật khẩu") == 401
    answers = [enter(guarded, "admin", "sai mật khẩu") for _ in range(8)]
    assert answers[-1] == 429


def test_a_session_ends_with_signing_out_or_a_new_password(guarded: TestClient, db: Path) -> None:
    assert enter(guarded, "editor") == 303
    with open_database(db) as database:
        change_account(database, "editor", role="reader")
    assert guarded.get("/").status_code == 303
    assert enter(guarded, "reader") == 303
    assert send(guarded, "/signout").status_code == 303
    assert guarded.get("/").status_code == 303


def test_passwords_are_kept_as_argon2_and_not_short(db: Path) -> None:
    with open_database(db) as database:
        add_account(database, "an", "một mật khẩu dài", "reader")
        row = database.first("SELECT password FROM accounts WHERE name = 'an'")
        assert row
        assert row["password"].startswith("$argon2id$")
        assert sign_in(database, "an", "một mật khẩu dài")
        with pytest.raises(StoreError, match="ngắn"):
            add_account(database, "b", "ngắn", "reader")
        with pytest.raises(StoreError, match="đã có"):
            add_account(database, "an", "một mật khẩu dài", "reader")


def test_an_upload_that_is_too_large_is_refused_before_it_is_read(db: Path) -> None:
    browser = client(db, most_bytes=2000)
    files = {"files": ("a.txt", b"x" * 2_000_000)}
    assert browser.post("/upload/send", data={"csrf": token(browser)}, files=files).status_code == 413
    small = browser.post(
        "/upload/send",
        data={"csrf": token(browser)},
        files={"files": ("a.txt", b"x" * 3000)},
        headers={"accept": "application/json"},
    )
    assert small.json()["rows"][0]["state"] == "failed"


@pytest.mark.parametrize(
    ("given", "kept"),
    [("../../etc/passwd", "passwd"), ("C:\\a\\b.pdf", "b.pdf"), ("a\x00\nb.pdf", "ab.pdf"), ("", "tệp"), ("/", "tệp")],
)
def test_file_names_are_for_showing_only(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_formulas_of_a_plan_stay_words_in_a_spreadsheet() -> None:
    from khparse.web.downloads import Field, download

    body = download("x", "csv", [Field("A", lambda r: r)], ["=1+1", "@x", "- bình thường"]).body.decode()
    assert "'=1+1" in body
    assert "'@x" in body
