"""The Python API: what its documentation says holds, importing it costs nothing, its errors are the product's."""

from __future__ import annotations

import doctest
import inspect
import subprocess
import sys
from pathlib import Path

import pytest
from sample_plans import TEXT, result

import khparse
from khparse import api
from khparse.errors import InputError, StoreError
from khparse.service.comparison import refresh_conflicts
from khparse.store.database import open_database
from khparse.store.save import FileFacts, save_plan


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "plans.db"
    with open_database(path, create=True) as database:
        save_plan(database, result(), FileFacts("/a.txt", "a.txt", 1))
        other = result(TEXT.replace("90%", "95%"), value=95, number="7/KH-SGDĐT", province="Nam Định")
        save_plan(database, other, FileFacts("/b.txt", "b.txt", 1))
        refresh_conflicts(database, {1, 2})
    return path


def test_the_documentation_holds() -> None:
    failed, tried = doctest.testmod(api)
    assert tried > 5
    assert failed == 0


HEAVY = ("spacy", "pdfplumber", "underthesea", "docx", "numpy", "openpyxl", "sqlite_utils")


@pytest.mark.parametrize("used", ["", "khparse.extract; khparse.open"])
def test_importing_loads_no_heavy_library(used: str) -> None:
    script = f"import sys, khparse; {used or 'pass'}; print([m for m in {HEAVY!r} if m in sys.modules])"
    source = str(Path(api.__file__).parents[1])
    told = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {source!r}); {script}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "[]"


def test_the_root_offers_the_api_and_nothing_else() -> None:
    assert set(khparse.__all__) <= set(dir(khparse))
    assert khparse.open is api.open
    with pytest.raises(AttributeError, match="no attribute 'spam'"):
        khparse.spam  # noqa: B018


def test_the_stage_and_the_call_share_their_name() -> None:
    import khparse.extract.tasks.find as tasks

    assert khparse.extract.tasks.find is tasks
    assert inspect.signature(khparse.extract).parameters.keys() == inspect.signature(api.extract).parameters.keys()


def test_a_plan_is_extracted_from_a_path_as_from_bytes(tmp_path: Path) -> None:
    words = "UBND TỈNH HÀ NAM\nSố: 1/KH-UBND\nKẾ HOẠCH\nTập huấn năm 2024\nI. MỤC ĐÍCH\nNâng cao chất lượng.\n"
    path = tmp_path / "a.txt"
    path.write_text(words, encoding="utf-8")
    assert khparse.extract(str(path)) == khparse.extract(words.encode())


def test_what_cannot_be_read_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="hãy"):
        khparse.extract(b"")
    with pytest.raises(StoreError, match="khparse ingest"):
        khparse.open(tmp_path / "none.db")


def test_a_database_answers(db: Path, tmp_path: Path) -> None:
    with khparse.open(db) as plans:
        assert [plan.number for plan in plans.plans()] == ["12/KH-SGDĐT", "7/KH-SGDĐT"]
        assert [task.plan.id for task in plans.tasks(office="van phong so", plan=2)] == [2]
        assert [target.value for target in plans.targets(plan="7/kh-sgdđt")] == [95]
        assert [row.agreement for row in plans.compare(1, "7/KH-SGDĐT")] == ["differ"]
        assert [conflict.kind for conflict in plans.conflicts()] == ["divergent"]
        assert [reference.number for reference in plans.references(plan=1)] == ["9/QĐ-TTg"]
        assert [budget.amount_vnd for budget in plans.budgets(plan=1)] == [2_000_000_000]
        assert len(plans.findings()) == 2
        assert plans.search("hoa mang")[0].quote in plans.text(1)
        assert plans.record(1) == result().extraction.model_copy()
        assert [path.name for path in plans.export(tmp_path / "x.jsonl", "jsonl", kinds=("tasks",), plan=1)] == [
            "x.jsonl"
        ]
