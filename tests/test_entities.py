"""The entity model: tokens that keep every offset, names in doubt, the same weights from the same lines."""

from __future__ import annotations

import json
import pickle
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khparse.errors import InputError
from khparse.extract.entities import OFFICE, SOURCE, Entity, Labelled, load, syllables, train
from khparse.extract.offices.names import OfficeNames
from khparse.model.document import Span
from khparse.pipeline import process
from khparse.rules.kit import Kit, entity_model, load_kit

LINES = [
    Labelled(f"Giao {name} {verb} các đơn vị.", (Entity(Span(5, 5 + len(name)), OFFICE),))
    for name in ("Sở Y tế", "Trạm Khuyến nông", "Cảng vụ Hàng hải", "Đội Quản lý trật tự xây dựng")
    for verb in ("chủ trì", "hướng dẫn", "phối hợp với")
]
needs_model = pytest.mark.skipif(entity_model() is None, reason="chưa có mô hình: chạy khparse train")


@pytest.fixture(scope="module")
def kit() -> Kit:
    return load_kit()


def plan(*assigned: str) -> bytes:
    head = (
        "UBND TỈNH HÒA BÌNH\nSố: 12/KH-UBND\nHòa Bình, ngày 05 tháng 3 năm 2024\nKẾ HOẠCH\nPhòng cháy rừng năm 2024\n"
    )
    return (head + "I. MỤC TIÊU\nGiữ rừng.\nII. TỔ CHỨC THỰC HIỆN\n" + "\n".join(assigned) + "\n").encode()


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=60))
def test_tokens_joined_are_the_text_again(text: str) -> None:
    assert "".join(word + " " * blank for word, blank in syllables(text)) == text


def test_tokens_are_syllables_digits_and_marks() -> None:
    assert [word for word, _ in syllables("Sở GD&ĐT, 15/11")] == ["Sở", "GD", "&", "ĐT", ",", "15", "/", "11"]


def test_the_same_lines_give_the_same_weights(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        train(LINES, epochs=2).save(tmp_path / folder, {})
    first, second = ((tmp_path / folder / "ner" / "model").read_bytes() for folder in ("a", "b"))
    assert first == second


def test_a_model_keeps_no_words_of_what_it_learned_from(tmp_path: Path) -> None:
    train(LINES, epochs=1).save(tmp_path, {})
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert "Khuyến".encode() not in kept
    assert not (tmp_path / "ner" / "vocab").exists()


def test_a_saved_model_reads_as_before(tmp_path: Path) -> None:
    model = train(LINES, epochs=4)
    model.save(tmp_path, {})
    text = "Giao Sở Y tế chủ trì các đơn vị."
    assert load(tmp_path).find(text) == model.find(text)


def test_a_damaged_model_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text("{}")
    with pytest.raises(InputError, match="khparse train"):
        load(tmp_path)


def test_without_a_model_the_rules_stand_alone(kit: Kit) -> None:
    names = OfficeNames.of(kit.offices).expected_at("Zeta Omega chủ trì", 0, 18)
    assert names == []


@needs_model
def test_the_committed_model_is_small_and_has_its_card() -> None:
    folder = entity_model()
    assert folder
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < 10_000_000
    assert {"plans", "found_exactly", "roles", "confidence"} <= json.loads((folder / "meta.json").read_text()).keys()


@needs_model
@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Giao Lâm trường Ba Rền chủ trì, phối hợp với các xã trồng rừng.", "Lâm trường Ba Rền"),
        ("Giao Trung tâm Dịch vụ việc làm tổ chức phiên giao dịch.", "Trung tâm Dịch vụ việc làm"),
    ],
)
def test_a_name_in_doubt_is_read_by_the_model(kit: Kit, line: str, name: str) -> None:
    offices = OfficeNames.of(kit.offices, kit.model)
    assert offices.expected_at(line, 5, len(line))[0].text == name


@needs_model
def test_a_record_says_that_the_model_read_it(kit: Kit) -> None:
    tasks = process(plan("- Giao Lâm trường Ba Rền chủ trì trồng rừng thay thế."), kit).extraction.tasks
    assert [(task.source, task.confidence < 0.9) for task in tasks] == [(SOURCE, True)]


def test_a_plan_without_doubts_costs_no_model(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khparse.extract.offices.doubts.load", lambda _: pytest.fail("the model was asked"))
    process(plan("1. Sở Y tế", "- Hướng dẫn các xã vệ sinh."), kit)


def test_a_kit_travels_as_a_name(kit: Kit) -> None:
    assert pickle.loads(pickle.dumps(kit)) is load_kit()
    assert replace(kit, model=None).model is None


def test_spacy_is_not_imported_with_the_pipeline() -> None:
    import subprocess

    code = "import sys, khparse.pipeline; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": "src"}, check=False).returncode == 0


@needs_model
def test_the_card_says_the_scores_that_were_measured() -> None:
    folder = entity_model()
    assert folder
    meta = json.loads((folder / "meta.json").read_text())
    card = (folder.parent / "README.md").read_text(encoding="utf-8")
    for who, scores in meta["roles"].items():
        assert f"| {who} | {scores['tasks.lead']:.3f} | {scores['tasks.coordinating']:.3f} |" in card
