"""The page without a browser: what each address answers, as a page, as JSON, as a file."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient
from web_world import client, filled

PAGES = (
    "/",
    "/plans",
    "/plans/1",
    "/plans/1?view=text",
    "/plans/1/corrections",
    "/plans/1/new?kind=task&quote=x",
    "/plans/1/task/1/edit",
    "/plans/1/target/1/edit",
    "/plans/1/budget/1/edit",
    "/plans/1/reference/1/edit",
    "/plans/1/finding/1/edit",
    "/tasks",
    "/tasks?office=van+phong+so&role=lead&sort=due&desc=1",
    "/targets?q=ho+so",
    "/budgets?by=office",
    "/budgets?by=fund",
    "/deadlines?month=2025-11",
    "/findings",
    "/search?q=hoa+mang",
    "/offices?q=van+phong",
    "/offices/1",
    "/offices/1?into=so",
    "/matches",
    "/tree",
    "/plans?document=1",
    "/tasks?office=van+phong+so&collective=1&history=1",
    "/conflicts",
    "/compare",
    "/compare?plan=1&plan=2",
    "/upload",
    "/signin",
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return client(filled(tmp_path_factory.mktemp("web") / "plans.db"))


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_each_page_answers_in_both_languages(browser: TestClient, path: str, language: str) -> None:
    browser.cookies.set("khparse_lang", language)
    answer = browser.get(path)
    browser.cookies.clear()
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text


@pytest.mark.parametrize("path", ["/index.json", "/plans.json", "/plans/1.json", "/tasks.json"])
def test_each_page_has_a_json_twin(browser: TestClient, path: str) -> None:
    plain = {"/index.json": "/"}.get(path, path.removesuffix(".json"))
    asked = browser.get(plain, headers={"accept": "application/json"})
    assert browser.get(path).json() == asked.json()


def test_a_conflict_shows_both_quotes(browser: TestClient) -> None:
    (row,) = browser.get("/conflicts.json").json()["rows"]
    page = browser.get(f"/conflicts/{row['identity']}").text
    assert "<blockquote>90%</blockquote>" in page
    assert "<blockquote>95%</blockquote>" in page
    assert browser.get(f"/conflicts/{row['identity']}.json").json() == row | {"pair": None}


def test_tasks_of_an_office_are_found_by_a_few_letters(browser: TestClient) -> None:
    rows = browser.get("/tasks.json?office=van+phong+so").json()["rows"]
    assert [row["title"] for row in rows] == ["Hoà mạng dữ liệu", "Hoà mạng dữ liệu"]
    assert browser.get("/tasks.json?office=so+ngoai+vu").json()["total"] == 0


def test_offices_complete_what_is_typed(browser: TestClient) -> None:
    assert "Văn phòng Sở Giáo dục và Đào tạo tỉnh Hà Nam" in [
        row["name"] for row in browser.get("/offices.json?q=van").json()["rows"]
    ]


def test_deadlines_stand_on_their_day(browser: TestClient) -> None:
    assert browser.get("/deadlines.json?month=2025-11").json()["total"] == 2
    assert browser.get("/deadlines.json?month=11/2025").json()["total"] == 2
    assert browser.get("/deadlines.json?month=2025-12").json()["total"] == 0


def test_days_are_asked_as_vietnamese_write_them(browser: TestClient) -> None:
    assert browser.get("/tasks.json?due_from=15/11/2025&due_to=15/11/2025").json()["total"] == 2
    assert browser.get("/tasks.json?due_from=16/11/2025").json()["total"] == 0


def test_budgets_are_added_up_by_year_and_office(browser: TestClient) -> None:
    assert browser.get("/budgets.json").json()["sums"] == [{"label": "2025", "n": 2, "amount": 4_000_000_000}]
    by_office = browser.get("/budgets.json?by=office").json()["sums"]
    assert {row["amount"] for row in by_office} == {2_000_000_000}
    assert len(by_office) == 2


def test_lists_are_turned_a_page_at_a_time(browser: TestClient) -> None:
    pages = [browser.get(f"/tasks.json?size=1&page={page}").json() for page in (1, 2, 3)]
    assert [len(page["rows"]) for page in pages] == [1, 1, 0]
    assert {page["total"] for page in pages} == {2}
    assert pages[0]["rows"][0]["id"] != pages[1]["rows"][0]["id"]


@pytest.mark.parametrize("sort", ["plan", "title", "due", "confidence"])
def test_lists_are_sorted_both_ways(browser: TestClient, sort: str) -> None:
    up = [row["id"] for row in browser.get(f"/tasks.json?sort={sort}").json()["rows"]]
    down = [row["id"] for row in browser.get(f"/tasks.json?sort={sort}&desc=1").json()["rows"]]
    assert sorted(up) == sorted(down)


def test_words_that_were_asked_for_are_marked(browser: TestClient) -> None:
    assert "<mark>Hoà</mark> <mark>mạng</mark>" in browser.get("/search?q=hoa+mang").text


def test_the_text_carries_each_record_s_mark(browser: TestClient) -> None:
    text = browser.get("/plans/1?view=text").text
    for record in ("task-1", "target-1", "budget-1", "finding-1"):
        assert f'id="{record}"' in text
        assert f'id="at-{record}"' in text


def test_a_list_downloads_as_csv_and_xlsx(browser: TestClient) -> None:
    csv = browser.get("/tasks?format=csv&office=van+phong+so")
    assert csv.content.startswith(b"\xef\xbb\xbf")
    assert "Hoà mạng dữ liệu" in csv.text
    sheet = load_workbook(io.BytesIO(browser.get("/budgets?format=xlsx").content)).active
    assert [cell.value for cell in sheet[2]][:2] == ["Hoà mạng dữ liệu", 2_000_000_000]


def test_comparison_tells_by_words_what_differs(browser: TestClient) -> None:
    assert "≠ khác" in browser.get("/compare?plan=1&plan=2").text
    assert browser.get("/compare.json?names=7/KH-SGDĐT+1").json()["plans"] == [2, 1]


@pytest.mark.parametrize("path", ["/plans/99", "/plans/99.json", "/nowhere", "/conflicts/999", "/tasks?plan=999"])
def test_what_is_not_there_is_told_in_one_line(browser: TestClient, path: str) -> None:
    assert browser.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/tasks?due_from=x", "/tasks?page=x", "/tasks?role=boss", "/deadlines?month=2025-13"])
def test_what_makes_no_sense_is_told(browser: TestClient, path: str) -> None:
    assert browser.get(path).status_code == 422


def test_every_word_of_the_page_has_an_english_one() -> None:
    import re

    from khparse.web.wording import english

    folder = Path(__file__).parents[1] / "src/khparse/web/templates"
    said = {
        words
        for template in folder.glob("*.html")
        for words in re.findall(r"""\bt\(\s*["']([^"']+)["']\s*[,)]""", template.read_text(encoding="utf-8"))
    }
    assert said - english().keys() == set()
