"""Vietnamese money to đồng."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khparse.rules.kit import Kit, load_kit
from khparse.text.money import amount, cell_amount, figure_value, is_amount, unit_multiplier
from khparse.text.money_words import amount_in_words

CASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "cases" / "money.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def sums(text: str, kit: Kit) -> list[int]:
    found = [(m.start(), amount(m["sum"])) for rule in kit.money.labelled("sum") for m in rule.finditer(text)]
    return [value for _, value in sorted(found) if value is not None]


@pytest.mark.parametrize(("form", "text", "expected"), CASES)
def test_case(kit: Kit, form: str, text: str, expected: str) -> None:
    wanted = [] if expected == "-" else [int(value) for value in expected.split()]
    if form == "text":
        assert sums(text, kit) == wanted
        return
    value = amount_in_words(text) if form == "words" else cell_amount(text, unit_multiplier(form))
    assert value == (wanted[0] if wanted else None)


def test_there_are_cases_enough() -> None:
    assert len(CASES) >= 150


def dotted(n: int) -> str:
    return f"{n:,}".replace(",", ".")


def decimal(n: int, scale: int) -> str:
    whole, rest = divmod(n, scale)
    fraction = f"{rest:0{len(str(scale)) - 1}d}".rstrip("0")
    return dotted(whole) + ("," + fraction if fraction else "")


def in_words(n: int) -> str:
    digits = "không một hai ba bốn năm sáu bảy tám chín".split()
    hundreds, tens, ones = n // 100, n // 10 % 10, n % 10
    said = [digits[hundreds], "trăm"]
    if tens > 1:
        said += [digits[tens], "mươi"]
    elif tens == 1:
        said += ["mười"]
    elif ones:
        said += ["linh"]
    last = "mốt" if ones == 1 and tens > 1 else "lăm" if ones == 5 and tens else digits[ones]
    return " ".join(said + ([last] if ones else []))


@given(st.integers(1, 999_999).map(lambda thousands: thousands * 100_000))
def test_a_sum_in_its_other_usual_forms_is_the_same_sum(n: int) -> None:
    kit = load_kit()
    for form in (
        f"{dotted(n)} đồng",
        f"{n:,} đồng",
        f"{dotted(n)}đ",
        f"{decimal(n, 10**6)} triệu đồng",
        f"{decimal(n, 10**9)} tỷ đồng",
    ):
        assert sums(f"Kinh phí: {form}.", kit) == [n], form


@given(st.integers(1, 999), st.integers(1, 999))
def test_a_sum_in_two_parts_is_their_sum(billions: int, millions: int) -> None:
    n = billions * 10**9 + millions * 10**6
    assert amount(f"{billions} tỷ {millions} triệu đồng") == n
    assert amount_in_words(f"{in_words(billions)} tỷ {in_words(millions)} triệu đồng") == n


@given(st.integers(0, 10**7))
def test_a_cell_under_a_unit_is_the_sum_written_out(n: int) -> None:
    assert cell_amount(dotted(n), unit_multiplier("triệu đồng")) == n * 10**6
    assert cell_amount(decimal(n, 1000), unit_multiplier("tỷ đồng")) == n * 10**6 or n % 1000


def test_a_comma_groups_where_the_table_shows_it() -> None:
    assert cell_amount("2,500", 10**6, grouping=",") == 2_500 * 10**6
    assert cell_amount("2,500", 10**6) == 2_500_000


def test_what_is_a_sum_and_nothing_else() -> None:
    assert [is_amount(text) for text in ("2.000", "0", "500 triệu đồng", "", "-", "2023-2025", "NS xã", "5 lớp")] == [
        True, True, True, False, False, False, False, False,
    ]  # fmt: skip


def test_a_figure_that_is_none_has_no_value() -> None:
    assert figure_value("1.2.x") is None
