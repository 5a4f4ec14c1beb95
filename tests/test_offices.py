"""Offices as people correct them and as reorganisations move their work; plans under what they carry out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sample_plans import TEXT, result

from khparse.cli.program import run
from khparse.errors import StoreError
from khparse.model.record import Office, Relation
from khparse.model.result import Result
from khparse.service import offices as registry
from khparse.service import questions
from khparse.service.relations import plans_under, tree
from khparse.store.database import Database, open_database
from khparse.store.office_decisions import list_offices, merge_offices, rename_office, split_office
from khparse.store.offices import spells
from khparse.store.save import FileFacts, save_plan


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "plans.db", create=True) as opened:
        yield opened


def save(database: Database, text: str, name: str, note: str = "", lead: str | None = None) -> int:
    """A plan whose one task is led by an office that it calls `text`, in full `name`."""
    read = result(TEXT + note)
    task = read.extraction.tasks[0].model_copy(
        update={
            "lead": (Office(text=lead or text, name=name),),
            "coordinating": (Office(text="các sở", name="các sở, ban, ngành"),),
        }
    )
    changed = read.extraction.model_copy(update={"tasks": (task,)})
    return save_plan(database, Result(read.sha256, read.document, changed), FileFacts("/a.txt", "a.txt", 1))[0]


def owned(database: Database, name: str) -> int:
    return len(questions.tasks(database, questions.TaskQuestion(office=name)))


def row_of(database: Database, name: str) -> int:
    return next(office.id for office in list_offices(database) if office.name == name)


def test_merged_offices_stay_one_when_the_plan_is_read_anew(database: Database) -> None:
    save(database, "Sở VHTT", "Sở Văn hóa Thể thao tỉnh Hà Nam")
    kept = row_of(database, "Sở Giáo dục và Đào tạo tỉnh Hà Nam")
    merge_offices(database, row_of(database, "Sở Văn hóa Thể thao tỉnh Hà Nam"), kept)
    save(database, "Sở VHTT", "Sở Văn hóa Thể thao tỉnh Hà Nam", note="\nThêm một dòng.")
    assert [task.lead[0].id for task in questions.tasks(database, questions.TaskQuestion(office="Sở VHTT"))] == [kept]


def test_an_alias_that_was_split_off_stays_another_office(database: Database) -> None:
    save(database, "Sở KHCN", "Sở Khoa học tỉnh Hà Nam")
    new = split_office(
        database, row_of(database, "Sở Khoa học tỉnh Hà Nam"), "Sở KHCN", "Sở Khoa học và Công nghệ tỉnh Hà Nam"
    )
    save(database, "Sở KHCN", "Sở Khoa học tỉnh Hà Nam", note="\nThêm một dòng.")
    assert [task.lead[0].id for task in questions.tasks(database, questions.TaskQuestion(plan="1"))] == [new]


def test_a_renamed_office_answers_to_both_names(database: Database) -> None:
    save(database, "Sở KHCN", "Sở Khoa học tỉnh Hà Nam")
    rename_office(database, row_of(database, "Sở Khoa học tỉnh Hà Nam"), "Sở Nghiên cứu tỉnh Hà Nam")
    assert [owned(database, name) for name in ("so nghien cuu", "Sở Khoa học tỉnh Hà Nam")] == [1, 1]


@pytest.mark.parametrize(
    ("asked", "name", "meant"),
    [
        ("stttt", "so thong tin va truyen thong tinh ha nam", True),
        ("so tt tt ha nam", "so thong tin va truyen thong tinh ha nam", True),
        ("snn ptnt", "so nong nghiep va phat trien nong thon tinh ha nam", True),
        ("bch quan su tinh", "bo chi huy quan su tinh ha nam", True),
        ("snv nam dinh", "so noi vu tinh ha nam", False),
        ("sn", "so noi vu tinh ha nam", False),
        ("stc", "so tu phap tinh ha nam", False),
    ],
)
def test_an_office_answers_to_its_initials(asked: str, name: str, meant: bool) -> None:
    assert spells(asked.split(), name.split()) is meant


def test_an_office_that_is_not_there_cannot_be_renamed(database: Database) -> None:
    with pytest.raises(StoreError, match="77"):
        rename_office(database, 77, "Sở X")


def test_what_is_laid_on_all_departments_is_laid_on_each(database: Database) -> None:
    save(database, "Sở Y tế", "Sở Y tế tỉnh Hà Nam")
    ids = questions.offices_named(database, "Sở Giáo dục và Đào tạo")
    assert len(registry.with_collectives(database, ids)) == len(ids) + 1


def test_work_of_a_merged_department_is_its_successors_as_of_a_later_day(database: Database) -> None:
    save(database, "Sở KH&ĐT", "Sở Kế hoạch và Đầu tư tỉnh Hà Tĩnh")
    assert registry.as_of(database, "Sở Tài chính tỉnh Hà Tĩnh", "2025-01-01") == ()
    assert registry.as_of(database, "Sở Tài chính tỉnh Hà Tĩnh", "2026-01-01") == (
        row_of(database, "Sở Kế hoạch và Đầu tư tỉnh Hà Tĩnh"),
    )


def test_an_open_task_of_a_merged_department_is_an_orphan_with_its_successor(database: Database) -> None:
    save(database, "Sở KH&ĐT", "Sở Kế hoạch và Đầu tư tỉnh Hà Tĩnh")
    assert registry.orphans(database, "2025-01-01") == []
    [orphan] = registry.orphans(database, "2026-01-01")
    assert (orphan.ended, orphan.successor) == ("2025-03-01", "Sở Tài chính tỉnh Hà Tĩnh")


def test_a_document_that_is_carried_out_and_not_in_the_database_is_named(database: Database) -> None:
    save(database, "Sở Y tế", "Sở Y tế tỉnh Hà Nam")
    missing, plan = tree(database)
    assert (missing.document, missing.plan, missing.children, plan.depth) == ("Quyết định 9/QĐ-TTg", None, 1, 1)
    assert plans_under(database, "9/qđ-ttg") == [1]


def test_a_plan_that_adjusts_the_one_of_its_own_issuer_that_it_names_stands_under_it(database: Database) -> None:
    first, later = result(), result(TEXT + "\n", number="40/KH-SGDĐT")
    own = first.extraction.document
    named = later.extraction.references[0].model_copy(
        update={"type": own.type, "number": own.number, "issuer": own.issuer, "relation": Relation.CITES}
    )
    title = {"title": "Điều chỉnh, bổ sung chỉ tiêu", "date": "2023-09-05"}
    document = later.extraction.document.model_copy(update=title)
    changed = later.extraction.model_copy(update={"document": document, "references": (named,)})
    for number, plan in enumerate((first, replace(later, extraction=changed))):
        save_plan(database, plan, FileFacts(f"/{number}.txt", f"{number}.txt", 1))
    assert [node.relation for node in tree(database)] == [None, "implements", "revision"]


def test_the_commands_of_offices_work_together(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    save(database, "Sở KH&ĐT", "Sở Kế hoạch và Đầu tư tỉnh Hà Tĩnh")
    db = ["--db", str(database.path), "--format", "json"]
    for command in (
        ["offices"],
        ["orphans", "--as-of", "2026-01-01"],
        ["plans", "--tree"],
        ["offices", "--name", "so ke hoach"],
    ):
        assert run([*command, *db]) == 0
        assert json.loads(capsys.readouterr().out)
    assert run(["tasks", "--office", "Sở Tài chính tỉnh Hà Tĩnh", "--as-of", "2026-01-01", "--collective", *db]) == 0
    [task] = json.loads(capsys.readouterr().out)
    assert task["owner"] == ["Sở Tài chính tỉnh Hà Tĩnh"]
