"""The page in a real Chromium: the three ways an officer goes, by mouse and by keyboard, and axe on each page."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from web_world import filled, plan_pdf

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.tool("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SECONDS = 60_000


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real server on a free port, over two plans in conflict."""
    import uvicorn

    from khparse.web.app import create_app
    from khparse.web.settings import Settings

    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    db = filled(tmp_path_factory.mktemp("chromium") / "plans.db")
    running = uvicorn.Server(uvicorn.Config(create_app(Settings(db)), "127.0.0.1", port, log_level="error"))
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    running.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield made
        made.close()


@pytest.fixture
def page(browser, server: str) -> Iterator[Page]:  # type: ignore[no-untyped-def]
    made = browser.new_page(base_url=server, viewport={"width": 1280, "height": 760}, locale="vi-VN")
    made.set_default_timeout(SECONDS)
    told: list[str] = []
    outside: list[str] = []
    made.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    made.on("request", lambda sent: None if sent.url.startswith(server) else outside.append(sent.url))
    yield made
    made.close()
    assert told == []
    assert outside == []


@pytest.fixture(scope="module")
def uploaded(browser, server: str, tmp_path_factory: pytest.TempPathFactory) -> str:  # type: ignore[no-untyped-def]
    """From the start page to a plan's own page, by choosing a file."""
    file = tmp_path_factory.mktemp("pdf") / "kế hoạch 34.pdf"
    file.write_bytes(plan_pdf())
    made = browser.new_page(base_url=server)
    made.set_default_timeout(SECONDS)
    made.goto("/")
    made.set_input_files("#files", str(file))
    link = made.locator(".job.done a")
    link.wait_for()
    link.click()
    made.wait_for_url("**/plans/*")
    url = made.url.removeprefix(server)
    made.close()
    return url


def test_from_a_dropped_pdf_to_its_marked_commitments(page: Page, uploaded: str) -> None:
    page.goto(uploaded)
    assert page.locator(".marks rect").count() > 0
    record = page.locator(".record.task").first
    name = record.get_attribute("data-record")
    record.locator("[data-place]").click()
    mark = page.locator(f"#at-{name} rect")
    mark.wait_for()
    assert "lit" in (page.locator(f"#at-{name}").get_attribute("class") or "")
    assert mark.evaluate("e => { const b = e.getBoundingClientRect(); return b.top >= 0 && b.bottom <= innerHeight; }")


def test_a_mark_opens_its_record_by_mouse_and_by_keyboard(page: Page, uploaded: str) -> None:
    page.goto(uploaded)
    mark = page.locator(".marks a[aria-label]").first
    name = mark.get_attribute("data-record")
    mark.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == name
    mark.locator("rect").click()
    assert "lit" in (page.locator(f"#{name}").get_attribute("class") or "")


def test_pages_come_as_they_are_scrolled_to(page: Page, uploaded: str) -> None:
    page.goto(uploaded)
    page.locator("#page-2").scroll_into_view_if_needed()
    page.locator("#page-2 img").wait_for()
    assert page.locator("#page-2 .marks rect").count() > 0


def test_a_file_is_put_in_by_dropping_it(page: Page) -> None:
    page.goto("/upload")
    transfer = page.evaluate_handle(
        """() => { const t = new DataTransfer();
             t.items.add(new File(["\\x89PNG rubbish"], "rác.bin")); return t; }"""
    )
    page.dispatch_event("form[data-drop]", "drop", {"dataTransfer": transfer})
    page.locator(".job.failed", has_text="rác.bin").wait_for()
    page.locator(".job.failed button", has_text="Thử lại").first.click()
    page.locator(".job.failed", has_text="rác.bin").first.wait_for()


def test_from_the_start_page_to_what_an_office_owns(page: Page) -> None:
    page.goto("/")
    page.fill("#ask", "van phong so")
    page.click("text=Xem việc")
    assert page.locator("tbody tr").count() >= 2
    assert "Hoà mạng dữ liệu" in page.inner_text("table")


def test_from_the_start_page_to_the_quarrel_of_two_plans(page: Page) -> None:
    page.goto("/")
    page.locator("section", has_text="Xung đột chưa xử lý").locator(".rows a").first.click()
    quotes = page.locator(".side blockquote")
    assert sorted(quotes.all_inner_texts()) == ["90%", "95%"]
    page.fill("#remark", "đã hỏi hai Sở")
    page.click("text=Xác nhận là xung đột")
    page.locator(".tag.seen", has_text="đã xác nhận").wait_for()


def test_a_record_is_added_by_marking_text(page: Page, uploaded: str) -> None:
    page.goto(f"{uploaded}?view=text")
    page.locator(".text p", has_text="Trên đây là Kế hoạch").evaluate(
        """p => { const r = document.createRange(); r.selectNodeContents(p);
                  getSelection().removeAllRanges(); getSelection().addRange(r); }"""
    )
    page.locator("[data-add=task]").last.click()
    assert "Trên đây là Kế hoạch" in page.input_value("#e-quote")
    page.fill("#e-title", "Nhiệm vụ thêm tay")
    page.click("text=Lưu")
    page.locator(".record", has_text="Nhiệm vụ thêm tay").wait_for()


def test_progress_is_told_in_the_list_by_keyboard_alone(page: Page) -> None:
    page.goto("/tasks?office=van+phong+so")
    page.locator("details.status summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("hoàn")
    page.keyboard.press("Tab")
    page.keyboard.type("03/02/2026")
    page.keyboard.press("Enter")
    page.locator(".tag.status.done", has_text="03/02/2026").wait_for()
    assert page.url.endswith("/tasks?office=van+phong+so&page=1")


def test_the_list_of_files_tells_what_others_put_in(page: Page, browser, server: str) -> None:  # type: ignore[no-untyped-def]
    page.goto("/upload")
    other = browser.new_page(base_url=server)
    other.goto("/")
    other.set_input_files(
        "#files", {"name": "của người khác.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 x"}
    )
    page.locator(".job.failed", has_text="của người khác.pdf").wait_for()
    other.close()


def test_the_page_turns_to_english_and_back(page: Page) -> None:
    page.goto("/tasks")
    page.click("text=English")
    assert page.inner_text("h1") == "Tasks"
    page.goto("/targets")
    assert page.inner_text("h1") == "Targets"
    page.click("text=Tiếng Việt")
    assert page.inner_text("h1") == "Chỉ tiêu"


ADDRESSES = (
    "/",
    "/plans",
    "/plans/1",
    "/tasks?office=van+phong+so",
    "/targets",
    "/budgets",
    "/deadlines?month=2025-11",
    "/findings",
    "/search?q=hoa+mang",
    "/offices",
    "/offices/1",
    "/offices/1?into=so",
    "/tree",
    "/matches",
    "/conflicts",
    "/compare",
    "/compare?plan=1&plan=2",
    "/upload",
    "/signin",
    "/plans/1/corrections",
    "/plans/1/new?kind=task",
    "/plans/1/target/1/edit",
)


def violations(page: Page) -> list[str]:
    import axe_core_python

    # evaluated, not added as a script: the page's strict policy holds in the test too
    source = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    page.evaluate(source)
    found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})")
    return [
        f"{one['id']}: {node['html'][:160]} {node['any'][0]['message'][:160] if node['any'] else ''}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing(page: Page, address: str) -> None:
    page.goto(address)
    assert violations(page) == []


def test_axe_finds_nothing_on_a_plan_with_pages(page: Page, uploaded: str) -> None:
    page.goto(uploaded)
    assert violations(page) == []
    page.set_viewport_size({"width": 720, "height": 600})
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
