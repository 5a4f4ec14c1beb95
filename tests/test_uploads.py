"""Files put in: each becomes a job that workers do, told at every step, tried again, gone on with after a restart."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image
from sample_plans import TEXT
from starlette.testclient import TestClient
from web_world import BASE, plan_pdf, token

from khparse.service.originals import folder_of
from khparse.service.uploads import Step, UploadQueue, tell
from khparse.store.database import open_database
from khparse.store.jobs import add_job, claim_job, get_job, list_jobs, requeue_interrupted
from khparse.web.app import create_app
from khparse.web.settings import Settings

JSON = {"accept": "application/json"}
SECONDS = 60


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A server that works on its queue."""
    app = create_app(Settings(tmp_path_factory.mktemp("up") / "plans.db"))
    with TestClient(app, base_url=BASE, follow_redirects=False) as made:
        yield made


def put(browser: TestClient, name: str, data: bytes) -> dict:
    answer = browser.post(
        "/upload/send", data={"csrf": token(browser)}, files={"files": (name, data)}, headers=JSON
    ).json()
    return answer["rows"][0]


def done(browser: TestClient, job: int) -> dict:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        row = browser.get(f"/upload/{job}.json").json()
        if row["state"] in {"done", "failed"}:
            return row
        time.sleep(0.05)
    raise AssertionError(row)


def test_a_pdf_becomes_a_plan_with_marks_on_its_pages(browser: TestClient) -> None:
    row = done(browser, put(browser, "kế hoạch.pdf", plan_pdf())["id"])
    assert (row["state"], row["outcome"]) == ("done", "new")
    page = browser.get(row["plan"])
    assert 'class="marks"' in page.text
    assert "<rect" in page.text
    second = browser.get(f"{row['plan']}/pages/2.json").json()
    assert {mark["record"].split("-")[0] for mark in second["marks"]} >= {"task"}
    picture = browser.get(second["picture"])
    assert Image.open(io.BytesIO(picture.content)).size[0] > 800
    assert browser.get(f"{row['plan']}/pages/3").status_code == 404
    assert browser.get(f"{row['plan']}/file").content.startswith(b"%PDF")
    again = done(browser, put(browser, "bản sao.pdf", plan_pdf())["id"])
    assert again["outcome"] in {"unchanged", "updated", "new"}


def test_the_same_file_is_told_as_known_and_a_changed_one_as_a_new_version(browser: TestClient) -> None:
    text = "\n".join(("KẾ HOẠCH", "Số: 5/KH-TTYT", *TEXT.splitlines())).encode()
    first = done(browser, put(browser, "a.txt", text)["id"])
    if first["wrong_kind"]:
        pytest.fail(first["why"])
    again = done(browser, put(browser, "b.txt", text)["id"])
    assert again["outcome"] == "unchanged"
    assert again["plan_id"] == first["plan_id"]


def test_what_cannot_be_read_says_why_and_can_be_tried_again(browser: TestClient) -> None:
    row = done(browser, put(browser, "ảnh.pdf", b"\x89PNG\r\n\x1a\n" + b"\x00" * 99)["id"])
    assert row["state"] == "failed"
    assert "PNG" in row["why"]
    answer = browser.post(f"/upload/{row['id']}/retry", data={"csrf": token(browser)}, headers=JSON)
    assert answer.status_code == 200
    assert done(browser, row["id"])["tries"] == 2


def test_what_is_no_plan_can_be_taken_in_anyway(browser: TestClient) -> None:
    letter = "Kính gửi: Quý bạn đọc\nHôm nay trời đẹp.\n" * 5
    row = done(browser, put(browser, "thư.txt", letter.encode())["id"])
    assert row["wrong_kind"]
    browser.post(f"/upload/{row['id']}/retry", data={"csrf": token(browser), "any": "1"}, headers=JSON)
    assert done(browser, row["id"])["state"] == "done"


def test_an_empty_file_is_told_at_once(browser: TestClient) -> None:
    assert put(browser, "a.pdf", b"")["state"] == "failed"


def test_jobs_of_a_stopped_server_are_done_by_the_next(tmp_path: Path) -> None:
    db = tmp_path / "plans.db"
    with open_database(db, create=True) as database:
        queue = UploadQueue(db)
        queue.put(database, "a.pdf", b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, any_document=False, by="an")
        assert claim_job(database)
        assert claim_job(database) is None
        queue.start()
        until = time.monotonic() + SECONDS
        while list_jobs(database)[0].state != "failed" and time.monotonic() < until:
            time.sleep(0.05)
        queue.stop()
        (job,) = list_jobs(database)
        assert (job.state, job.tries, job.added_by) == ("failed", 2, "an")


def test_a_job_tells_which_page_it_recognises(tmp_path: Path) -> None:
    db = tmp_path / "plans.db"
    queue = UploadQueue(db)
    with open_database(db, create=True) as database:
        job_id = add_job(database, "a.pdf", "0" * 64, 1, any_document=False, by=None)
        waiting = get_job(database, job_id)
        assert waiting
        assert queue.step_of(waiting) is None
        working = claim_job(database)
        assert working
        assert queue.step_of(working) == Step("reading")
        tell(folder_of(db) / f"job-{job_id}.step", "ocr", 3, 12)
        assert queue.step_of(working) == Step("ocr", 3, 12)
        assert requeue_interrupted(database) == 1


@pytest.mark.tool("soffice")
def test_a_word_file_is_shown_as_pages_with_its_marks(browser: TestClient) -> None:
    from docx import Document
    from web_world import LINES

    document = Document()
    document.add_paragraph("SỞ GIÁO DỤC VÀ ĐÀO TẠO TỈNH YÊN BÁI")
    document.add_paragraph("Số: 77/KH-SGDĐT")
    document.add_paragraph("Yên Bái, ngày 20 tháng 01 năm 2025")
    document.add_paragraph("KẾ HOẠCH")
    document.add_paragraph("Chuyển đổi số ngành giáo dục năm 2026")
    for line in LINES:
        document.add_paragraph(line)
    kept = io.BytesIO()
    document.save(kept)
    row = done(browser, put(browser, "a.docx", kept.getvalue())["id"])
    assert row["state"] == "done", row
    marks = browser.get(f"{row['plan']}/pages/1.json").json()["marks"]
    assert {mark["record"].split("-")[0] for mark in marks} >= {"task", "target"}


@pytest.mark.slow
@pytest.mark.parametrize("way", [signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_running_when_the_server_ends(tmp_path: Path, way: signal.Signals) -> None:
    """However it ends: the process that renders pages goes with it."""
    source = Path(__file__).resolve().parents[1]
    server = subprocess.Popen(
        [sys.executable, str(source / "cli.py"), "serve", "--db", str(tmp_path / "x.db"), "--port", "0"],
        env=os.environ | {"PYTHONPATH": str(source / "src")},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert server.stderr
    assert "http://" in server.stderr.readline()
    time.sleep(2)  # the process is there
    server.send_signal(way)
    server.wait(20)
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            os.killpg(server.pid, 0)
        except ProcessLookupError:
            break
        time.sleep(0.2)
    else:
        os.killpg(server.pid, signal.SIGKILL)
        pytest.fail("a process outlived the server")
