"""The project's own plans: every form gives the same records, the gold ones are found, and so are the planted conflicts."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from khparse.evaluation.alignment import Likeness
from khparse.evaluation.scores import Evaluation
from khparse.model.record import Extraction
from khparse.model.stored import StoredConflict
from khparse.rules.kit import Kit
from khparse.service import questions
from khparse.service.ingest import ingest
from khparse.store.database import open_database
from khparse.store.save import digest_of
from khparse.text.fold import fold

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
NAMES = sorted(path.stem for path in (CORPUS / "text").glob("*.txt"))
FOLDERS = {"txt": "text", "docx": "docx", "pdf": "pdf"}
KINDS = {
    "contradiction", "below_parent", "above_parent", "revised", "postponed",
    "regression", "divergent", "owner", "deadline", "budget",
}  # fmt: skip
# measured on the day they were written, less a little: they may only rise
FLOORS = {
    "document.number": 1.0, "document.date": 1.0, "document.title": 1.0, "sections": 0.98, "references": 0.97,
    "targets.percent": 0.98, "tasks": 0.94, "budgets": 0.93, "findings": 0.8,
}  # fmt: skip


@cache
def extraction(name: str, form: str) -> Extraction:
    return questions.extract(CORPUS / FOLDERS[form] / f"{name}.{form}")


def record(name: str, form: str) -> dict[str, Any]:
    return dict(extraction(name, form).model_dump(mode="json"))


def gold(name: str) -> dict[str, Any]:
    return dict(json.loads((CORPUS / "gold" / f"{name}.json").read_text(encoding="utf-8")))


def test_each_source_has_its_forms_and_its_gold_record() -> None:
    for folder, form in (("docx", "docx"), ("pdf", "pdf"), ("gold", "json")):
        assert sorted(path.stem for path in (CORPUS / folder).glob(f"*.{form}")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_gold_record_quotes_its_source(name: str) -> None:
    source = (CORPUS / "text" / f"{name}.txt").read_text(encoding="utf-8")
    for kind in ("references", "targets", "tasks", "budgets", "findings"):
        assert [r["quote"] for r in gold(name)[kind] if r["quote"] not in source] == []


def score(kit: Kit, pairs: list[tuple[str, dict[str, Any], dict[str, Any]]]) -> Evaluation:
    evaluation, likeness = Evaluation(), Likeness(kit.naming)
    for name, wanted, found in pairs:
        evaluation.add(name, wanted, found, likeness)
    return evaluation


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_word_and_pdf_give_the_records_of_the_text(kit: Kit, form: str) -> None:
    result = score(kit, [(name, record(name, "txt"), record(name, form)) for name in NAMES])
    assert {kind: value.f1 for kind, value in result.scores.items() if value.f1 < 0.98} == {}


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_taken_in_again_in_another_form_changes_nothing(name: str) -> None:
    assert len({digest_of(extraction(name, form)) for form in FOLDERS}) == 1


def test_gold_records_are_found(kit: Kit) -> None:
    result = score(kit, [(name, gold(name), record(name, "txt")) for name in NAMES])
    low = {kind: result.scores[kind].f1 for kind, floor in FLOORS.items() if result.scores[kind].f1 < floor}
    assert low == {}


def test_the_planted_conflicts_are_found_and_no_other_is_sure(tmp_path: Path) -> None:
    planted = json.loads((CORPUS / "conflicts.json").read_text(encoding="utf-8"))
    with open_database(tmp_path / "plans.db", create=True) as database:
        ingest(database, [CORPUS / "text"])
        found = questions.conflicts(database)
    left = list(planted)
    unplanted = []
    for conflict in found:
        match = next((entry for entry in left if is_planted(conflict, entry)), None)
        if match:
            left.remove(match)
        elif conflict.sure:
            unplanted.append(conflict.why)
    assert (left, unplanted) == ([], [])
    assert {entry["kind"] for entry in planted} == KINDS


def is_planted(found: StoredConflict, planted: dict[str, Any]) -> bool:
    said = fold(f"{found.a} {found.b}")
    plans = sorted(Path(side.plan.file).stem for side in (found.a, found.b))
    return (
        (found.kind, found.direction) == (planted["kind"], planted.get("direction"))
        and plans == sorted([planted["a"], planted["b"]])
        and fold(planted["words"]) in said
    )
