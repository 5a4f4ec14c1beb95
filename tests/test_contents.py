"""A list of contents says the plan's headings a second time: they are read once, in their places."""

from __future__ import annotations

import pytest

from khparse.pipeline import process
from khparse.rules.kit import load_kit

HEAD = ["UBND TỈNH HÀ NAM", "Số: 12/KH-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "KẾ HOẠCH", "Trồng cây năm 2024"]
PARTS = [
    ("I. MỤC TIÊU", ["Tỷ lệ che phủ đạt 45%."]),
    ("II. NHIỆM VỤ", []),
    ("1. Ươm 200 vườn cây giống", ["Ươm đủ cây trước ngày 15/4/2024."]),
    ("2. Trồng cây phân tán", ["Trồng dọc đường liên xã."]),
    ("III. TỔ CHỨC THỰC HIỆN", ["Sở Tài chính bố trí kinh phí."]),
]
BODY = [line for heading, lines in PARTS for line in (heading, *lines)]


def records(*lines: str) -> tuple[list[str], list[str], int]:
    found = process("\n\n".join(lines).encode(), load_kit()).extraction
    return [s.path for s in found.sections], [t.title for t in found.tasks], len(found.targets) + len(found.findings)


@pytest.mark.parametrize(
    "contents",
    [
        ["MỤC LỤC", *(f"{heading}{'.' * 30}{page}" for page, (heading, _) in enumerate(PARTS, 2))],
        ["Mục lục", "Trang", *(f"{heading} {page}" for page, (heading, _) in enumerate(PARTS, 2))],
        [f"{heading} {'. ' * 20}{page}" for page, (heading, _) in enumerate(PARTS, 2)],
    ],
)
def test_headings_in_a_list_of_contents_are_no_sections_tasks_or_targets(contents: list[str]) -> None:
    assert records(*HEAD, *contents, *BODY) == records(*HEAD, *BODY)


def test_quotes_keep_their_places_behind_a_list_of_contents() -> None:
    contents = ["MỤC LỤC", *(f"{heading}{'.' * 30}{page}" for page, (heading, _) in enumerate(PARTS, 2))]
    result = process("\n\n".join([*HEAD, *contents, *BODY]).encode(), load_kit())
    assert "MỤC LỤC" in result.document.text
    assert all(result.document.text[t.start : t.end] == t.quote for t in result.extraction.tasks)


def test_rows_of_growing_figures_that_are_named_again_stay() -> None:
    rows = "\n".join(f"{n}\tTrường Tiểu học Nguyễn Văn {name}\t{n + 90}" for n, name in enumerate("ABCDE", 1))
    table = f"TT\tTrường\tChỉ tiêu đạt chuẩn năm 2024 (%)\n{rows}"
    twice = records(*HEAD, *BODY, "PHỤ LỤC 1", table, "PHỤ LỤC 2", table)
    assert twice[2] == 2 * records(*HEAD, *BODY, "PHỤ LỤC", table)[2] - records(*HEAD, *BODY)[2]
    assert twice[2] > 6
