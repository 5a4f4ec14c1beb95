"""What the entity model learns from: plans with their gold records, and lists without what only one province writes."""

from __future__ import annotations

import json
from pathlib import Path

from sample_plans import TEXT

from khparse.rules.kit import Kit
from khparse.service.training import Material, _without_own_words, read_material

GOLD = {"tasks": [{"lead": [{"text": "Đội Tuần rừng Zơ Ra", "name": "Đội Tuần rừng Zơ Ra"}], "coordinating": []}]}


def test_a_gold_record_stands_beside_its_plan_or_in_a_folder_near_by(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "gold").mkdir()
    (tmp_path / "text" / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "gold" / "a.json").write_text(json.dumps(GOLD), encoding="utf-8")
    beside = tmp_path / "beside"
    beside.mkdir()
    (beside / "b.txt").write_text(TEXT, encoding="utf-8")
    (beside / "b.json").write_text(json.dumps(GOLD), encoding="utf-8")
    for folder in (tmp_path / "text", beside):
        assert [material.gold_names() for material in read_material([folder], print)] == [["Đội Tuần rừng Zơ Ra"]]


def test_words_that_one_province_alone_writes_are_taken_from_the_lists(kit: Kit) -> None:
    head, shared = kit.offices.terms["heads"][:2]
    plans = [
        Material("a", b"", f"{head} và {shared} họp", "Hà Nam", None, ()),
        Material("b", b"", f"{shared} họp", "Cà Mau", None, ()),
    ]
    left = _without_own_words(kit, plans[0], plans).offices.terms["heads"]
    assert head not in left
    assert shared in left
