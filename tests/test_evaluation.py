"""Evaluation: scores count what they say, agree with the outside scorer, and compare with a baseline."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from khparse.cli.program import khparse
from khparse.evaluation.alignment import Likeness, align
from khparse.evaluation.baseline import changes
from khparse.evaluation.scores import Evaluation, Score
from khparse.rules.kit import Kit

TASK = {
    "title": "Rà soát công trình nước sạch",
    "quote": "Rà soát công trình nước sạch",
    "section": "II.1",
    "lead": [{"text": "Sở Y tế", "name": "Sở Y tế tỉnh Hà Nam"}],
    "coordinating": [],
    "due": None,
}
RECORD = {"document": {"type": "Kế hoạch", "number": "1/KH-UBND"}, "tasks": [TASK]}


def evaluated(kit: Kit, gold: dict, found: dict) -> Evaluation:
    evaluation = Evaluation()
    evaluation.add("x", gold, found, Likeness(kit.naming))
    return evaluation


def test_a_record_agrees_with_itself(kit: Kit) -> None:
    scores = evaluated(kit, RECORD, RECORD).scores
    assert all(score.f1 == 1.0 for score in scores.values())
    assert scores["tasks.strict"] == Score(1, 1, 1)


def test_a_missed_task_lowers_recall_and_an_extra_one_precision(kit: Kit) -> None:
    extra = {**RECORD, "tasks": [TASK, {**TASK, "title": "Báo cáo quý", "quote": "Báo cáo quý"}]}
    score = evaluated(kit, RECORD, extra).scores["tasks"]
    assert (score.precision, score.recall) == (0.5, 1.0)
    assert evaluated(kit, extra, RECORD).scores["tasks"].recall == 0.5


def test_a_wrong_office_is_a_strict_error_only(kit: Kit) -> None:
    other = {**RECORD, "tasks": [{**TASK, "lead": [{"text": "Sở Xây dựng", "name": "Sở Xây dựng tỉnh Hà Nam"}]}]}
    scores = evaluated(kit, RECORD, other).scores
    assert (scores["tasks"].f1, scores["tasks.strict"].f1, scores["tasks.lead"].f1) == (1.0, 0.0, 0.0)


def test_each_record_is_paired_once_and_the_best_pair_comes_first() -> None:
    gold, found = [{"n": 1}, {"n": 2}], [{"n": 2}, {"n": 2}]
    result = align(gold, found, lambda g, f: float(g["n"] == f["n"]), 0.5)
    assert (len(result.pairs), len(result.missed), len(result.extra)) == (1, 1, 1)


def test_confidence_is_judged_by_how_often_it_is_right(kit: Kit) -> None:
    sure_and_wrong = {
        **RECORD,
        "tasks": [{**TASK, "confidence": 0.95}, {**TASK, "title": "Khác hẳn", "quote": "Khác hẳn", "confidence": 0.95}],
    }
    assert evaluated(kit, RECORD, sure_and_wrong).trusted() == Score(1, 2, 0)


def test_losses_against_the_baseline_are_told() -> None:
    [change] = changes({"tasks": 0.9, "sections": 1.0}, {"tasks": Score(1, 2, 2), "sections": Score(1, 1, 1)})
    assert (change.name, change.lost) == ("tasks", True)


def test_every_rule_holds_by_the_command_too() -> None:
    result = CliRunner().invoke(khparse, ["rules", "check"])
    assert ", 0 ví dụ sai" in result.output


@pytest.mark.shared
def test_the_figures_are_the_outside_scorers(shared: Path, kit: Kit, tmp_path: Path) -> None:
    gold = json.loads((shared / "gold" / "lc-sct-kh-3024.json").read_text(encoding="utf-8"))
    found = {
        **gold,
        "tasks": gold["tasks"][1:],
        "sections": gold["sections"][:-2],
        "references": gold["references"][2:],
    }
    for folder, record in (("gold", gold), ("found", found)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.json").write_text(json.dumps(record), encoding="utf-8")
    command = [
        sys.executable,
        str(shared / "eval" / "score.py"),
        str(tmp_path / "gold"),
        str(tmp_path / "found"),
        "--json",
    ]
    theirs = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    ours = evaluated(kit, gold, found).scores
    for name, other in (("sections", "sections"), ("references", "references"), ("tasks", "tasks.all")):
        assert ours[name].f1 == pytest.approx(theirs[other]["f1"])
