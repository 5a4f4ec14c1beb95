"""The years that a plan's title sets."""

from __future__ import annotations

import pytest

from khparse.text.periods import title_period


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("Cải cách hành chính năm 2025", "2025"),
        ("Trồng rừng giai đoạn 2024 - 2030, thực hiện Chỉ thị số 4-CT/TW ngày 24/3/2020 của Ban Bí thư", "2024/2030"),
        ("Thực hiện Quyết định số 77/QĐ-TTg ngày 15/6/2021 của Thủ tướng Chính phủ", None),
        ("Trồng rừng đến năm 2025 và năm 2030", None),
        (None, None),
    ],
)
def test_years_before_a_document_are_the_plan_s_and_those_behind_it_are_not(
    title: str | None, period: str | None
) -> None:
    assert title_period(title) == period
