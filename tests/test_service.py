"""The use cases: questions about stored plans, comparison, and which files a path means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sample_plans import TEXT, result

from khparse.errors import InputError, StoreError
from khparse.model.record import Due, DueKind
from khparse.service import questions
from khparse.service.comparison import compare, refresh_conflicts
from khparse.service.files import find_files, read_file
from khparse.service.questions import TaskQuestion
from khparse.store.conflicts import decide, decisions
from khparse.store.database import Database, open_database
from khparse.store.save import FileFacts, save_plan

OTHER = TEXT.replace("90%", "95%")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Two provinces' plans under one decision; they ask for 90 and for 95 percent."""
    with open_database(tmp_path / "plans.db", create=True) as opened:
        first, _ = save_plan(opened, result(), FileFacts("/a.txt", "a.txt", 1))
        second, _ = save_plan(
            opened, result(OTHER, value=95, number="7/KH-SGDĐT", province="Nam Định"), FileFacts("/b.txt", "b.txt", 1)
        )
        refresh_conflicts(opened, {first, second})
        yield opened


def sections(database: Database, **asked: object) -> list[tuple[int, str | None]]:
    return [(task.plan.id, task.section) for task in questions.tasks(database, TaskQuestion(**asked))]  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["Văn phòng Sở", "van phong so", "VP Sở GD&ĐT", "van phong so gddt"])
def test_an_office_is_asked_by_any_of_its_names(database: Database, name: str) -> None:
    assert sections(database, office=name) == [(1, "II"), (2, "II")]


def test_an_office_is_asked_within_its_province(database: Database) -> None:
    assert sections(database, office="Văn phòng Sở Giáo dục và Đào tạo tỉnh Nam Định") == [(2, "II")]


def test_an_office_that_is_not_there_has_no_tasks(database: Database) -> None:
    assert sections(database, office="Sở Ngoại vụ") == []


def test_tasks_are_chosen_by_role_plan_and_due_day(database: Database) -> None:
    assert sections(database, office="van phong so", role="coordinating") == []
    assert sections(database, plan="7/kh-sgdđt") == [(2, "II")]
    assert sections(database, due_from="2025-11-15", due_to="2025-11-15", plan="1") == [(1, "II")]
    assert sections(database, due_from="2025-11-16") == sections(database, due_to="2025-11-14") == []
    assert sections(database, unowned=True) == []


def test_a_recurring_deadline_falls_due_in_each_year(tmp_path: Path) -> None:
    with open_database(tmp_path / "x.db", create=True) as database:
        yearly = Due(
            kind=DueKind.RECURRING,
            start=None,
            end=None,
            recurrence="FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15",
            text="15/11 hằng năm",
        )
        read = result()
        task = read.extraction.tasks[0].model_copy(update={"due": yearly})
        record = read.extraction.model_copy(update={"tasks": (task,)})
        save_plan(database, replace(read, extraction=record), FileFacts("/a", "a", 1))
        for asked, found in (
            (("2031-11-01", "2031-11-30"), True),
            (("2031-12-01", "2031-12-31"), False),
            (("2024-01-01", None), True),
            ((None, "2023-06-30"), False),
            ((None, "2024-01-01"), True),
        ):
            assert bool(sections(database, due_from=asked[0], due_to=asked[1])) is found


def test_an_unknown_plan_is_a_clear_error(database: Database) -> None:
    with pytest.raises(StoreError, match="999"):
        questions.tasks(database, TaskQuestion(plan="999"))


def test_targets_are_found_by_words_without_diacritics_and_year(database: Database) -> None:
    assert [t.value for t in questions.targets(database, indicator="ho so dung han")] == [90, 95]
    assert [t.value for t in questions.targets(database, plan="2", horizon="2025")] == [95]
    assert questions.targets(database, indicator="hồ sơ điện tử") == []
    assert questions.targets(database, horizon="2030") == []


def test_records_carry_the_headings_above_them(database: Database) -> None:
    assert questions.targets(database)[0].headings == ("MỤC TIÊU",)


def test_comparison_sets_the_targets_side_by_side(database: Database) -> None:
    (row,) = compare(database, [1, 2])
    assert row.agreement == "differ"
    assert [target and target.value for target in row.targets] == [90, 95]


def test_two_provinces_under_one_decision_diverge(database: Database) -> None:
    (conflict,) = questions.conflicts(database)
    assert (conflict.kind, conflict.severity, conflict.status) == ("divergent", "info", "open")
    assert {conflict.a.plan.id, conflict.b.plan.id} == {1, 2}
    assert "%" in conflict.why
    assert questions.conflicts(database, kind="owner") == []


def test_a_dismissed_conflict_stays_dismissed_when_found_again(database: Database) -> None:
    (conflict,) = questions.conflicts(database)
    decide(database, "conflict", conflict.identity, "", "dismissed", "hai tỉnh khác nhau")
    refresh_conflicts(database, {1})
    assert questions.conflicts(database) == []
    assert [row["remark"] for row in decisions(database, "conflict")] == ["hai tỉnh khác nhau"]


def test_a_conflict_goes_with_its_record(database: Database) -> None:
    save_plan(database, result(TEXT + "\nSửa."), FileFacts("/a.txt", "a.txt", 1))
    assert questions.conflicts(database) == []


@pytest.mark.parametrize(
    "words", ["hoa mang du lieu", "Hoà mạng", "HOÀ MẠNG DỮ LIỆU", "“du lieu”", "Quyết định 9/QĐ-TTg"]
)
def test_words_are_found_with_and_without_diacritics(database: Database, words: str) -> None:
    assert {passage.plan.id for passage in questions.search(database, words)} == {1, 2}


@pytest.mark.parametrize("words", ["không hề có", "", "-", '"', "a* OR (", "NEAR(x y)", "quote:x"])
def test_no_words_break_the_search(database: Database, words: str) -> None:
    assert questions.search(database, words) == []


def test_the_same_diacritics_come_first(tmp_path: Path) -> None:
    with open_database(tmp_path / "x.db", create=True) as database:
        save_plan(database, result("so sanh\n" + TEXT + "\nSở sành"), FileFacts("/a", "a", 1))
        assert [passage.quote for passage in questions.search(database, "sở sành")] == ["Sở sành", "so sanh"]


def test_a_folder_is_walked_for_plans_only(tmp_path: Path) -> None:
    for name in ("b.txt", "a.pdf", ".hidden.txt", "README.md", "~$a.docx", "sub/c.docx", "sub/data.json", ".git/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "không đuôi").write_bytes(b"%PDF-1.7")
    found = [str(one.path.relative_to(tmp_path)) for one in find_files([tmp_path, tmp_path / "b.txt"])]
    assert found == ["a.pdf", "b.txt", "không đuôi", "sub/c.docx"]


def test_a_folder_without_plans_says_so(tmp_path: Path) -> None:
    (found,) = find_files([tmp_path])
    assert "không có kế hoạch" in str(found.error)


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="không có tệp"):
        read_file(tmp_path / "x.txt")
    with pytest.raises(InputError, match="không phải là tệp"):
        read_file(tmp_path)
