"""What a row of indicators is a part of."""

from __future__ import annotations

from khparse.extract.targets.wholes import Wholes


def test_rows_without_a_number_belong_to_the_row_above() -> None:
    rows = [
        ("Giáo dục", "12"),
        ("- Số học sinh", ""),
        ("Trong đó:", ""),
        ("+ Học sinh nội trú", ""),
        ("- Số trường", ""),
        ("Dân số", "13"),
    ]
    wholes = Wholes()
    assert [wholes.above(words, number) for words, number in rows] == [
        "",
        "Giáo dục",
        "",
        "Số học sinh",
        "Giáo dục",
        "",
    ]


def test_rows_of_a_table_without_numbers_stand_alone() -> None:
    wholes = Wholes()
    assert [wholes.above(words, "") for words in ("Diện tích chè", "Diện tích cam (ha)")] == ["", ""]
