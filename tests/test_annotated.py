"""Plans noted by others (tests/annotated/README.md): what is found in them stays found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from khparse.evaluation.alignment import Likeness
from khparse.evaluation.scores import Evaluation
from khparse.pipeline import process
from khparse.rules.kit import Kit

FOLDER = Path(__file__).parent / "annotated"
PLANS = sorted(path for path in FOLDER.iterdir() if path.suffix in {".txt", ".md"} and path.stem != "README")
# as measured when they were taken in, less a little: they may only rise
FLOORS = {
    "document.number": 1.0, "document.date": 1.0, "document.title": 1.0, "document.issuer": 1.0, "sections": 0.995,
    "references": 0.995, "targets.percent": 0.99, "targets.absolute": 0.92, "tasks": 0.99, "tasks.lead": 0.98,
    "tasks.coordinating": 0.98, "budgets": 0.995,
}  # fmt: skip


@pytest.fixture(scope="module")
def evaluation(kit: Kit) -> Evaluation:
    found, likeness = Evaluation(), Likeness(kit.naming)
    for path in PLANS:
        gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        found.add(path.stem, gold, process(path.read_bytes(), kit).extraction.model_dump(mode="json"), likeness)
    return found


@pytest.mark.parametrize(("kind", "floor"), FLOORS.items())
def test_what_others_noted_is_found(evaluation: Evaluation, kind: str, floor: float) -> None:
    assert evaluation.scores[kind].f1 >= floor


@pytest.mark.parametrize("path", PLANS, ids=[path.stem for path in PLANS])
def test_a_quote_stands_in_its_text(path: Path, kit: Kit) -> None:
    result = process(path.read_bytes(), kit)
    records = [
        record
        for kind in ("references", "targets", "tasks", "budgets", "findings")
        for record in getattr(result.extraction, kind)
    ]
    assert [r.quote for r in records if result.document.text[r.start : r.end] != r.quote] == []
