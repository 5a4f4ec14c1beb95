"""Sections as plans number them, whatever stands under what."""

from __future__ import annotations

from khparse.model.plan import Letterhead
from khparse.read.plain import read_plain
from khparse.rules.kit import Kit
from khparse.structure.sections import build_sections


def paths(text: str, kit: Kit) -> list[str]:
    document = read_plain(text.encode())
    return [section.path for section in build_sections(document, Letterhead(), kit)[0]]


def test_letters_may_stand_right_under_a_roman_section(kit: Kit) -> None:
    text = "I. MỤC TIÊU\n\na) Đến năm 2025\n\nb) Đến năm 2030\n\nII. NHIỆM VỤ\n\n1. Tập huấn\n\na) Cấp xã\n\n2. Kiểm tra"
    assert paths(text, kit) == ["I", "I.a", "I.b", "II", "II.1", "II.1.a", "II.2"]


def test_a_decimal_stands_for_itself_and_its_numbered_parents(kit: Kit) -> None:
    assert paths("II. NỘI DUNG\n\n2. Giải pháp\n\n2.2 Tập huấn\n\n2.3 Kiểm tra", kit) == ["II", "II.2", "II.2.2", "II.2.3"]


def test_a_number_with_thousands_is_no_label(kit: Kit) -> None:
    assert paths("1. Mục tiêu\n\n2. 500 học sinh được hỗ trợ\n\n2. Kinh phí", kit) == ["1", "2"]
