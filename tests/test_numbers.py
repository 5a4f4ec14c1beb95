"""Numbers, ranges and comparators as offices write them: hand-written cases, and one value in all its usual forms."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khparse.model.record import Comparator
from khparse.rules.load import load
from khparse.text.numbers import Quantity, quantity, read_number

CASES = tomllib.loads((Path(__file__).parent / "cases" / "numbers.toml").read_text(encoding="utf-8"))
RULES = {rule.id: rule for rule in load("targets").rules}
FIGURES = [(kind, text, value) for kind in CASES if kind.startswith("figure.") for text, value in CASES[kind].items()]
NONE = [(kind.removeprefix("no_"), text) for kind in CASES if kind.startswith("no_") for text in CASES[kind]["texts"]]


def figures(rule_id: str, text: str) -> list[Quantity]:
    return [quantity(match) for match in RULES[rule_id].finditer(text)]


@pytest.mark.parametrize(("text", "value"), CASES["number"].items())
def test_a_written_number_has_its_value(text: str, value: float) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize("text", CASES["not_a_number"]["texts"])
def test_what_is_no_number_has_none(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize(("rule_id", "text", "value"), FIGURES)
def test_a_figure_has_its_bound_and_values(rule_id: str, text: str, value: str) -> None:
    assert [str(found) for found in figures(rule_id, text)] == [value]


@pytest.mark.parametrize(("rule_id", "text", "value"), [case for case in FIGURES if case[0] != "figure.cell"])
def test_a_figure_reads_the_same_inside_a_sentence(rule_id: str, text: str, value: str) -> None:
    assert [str(found) for found in figures(rule_id, f"Phấn đấu mỗi xã {text}, vượt kế hoạch.")] == [value]


@pytest.mark.parametrize(("rule_id", "text"), NONE)
def test_what_is_no_figure_is_left_alone(rule_id: str, text: str) -> None:
    assert figures(rule_id, text) == []


def written(value: int, decimals: int) -> list[str]:
    """The usual forms of one number: 1234,5 -> "1234,5", "1.234,5"."""
    tail = f",{decimals}" if decimals else ""
    grouped = f"{value:,}".replace(",", ".")
    forms = [f"{value}{tail}", f"{grouped}{tail}"]
    return [*forms, f"0{value}{tail}"] if value < 10 else forms


@given(st.integers(0, 9_999_999), st.integers(0, 9))
def test_a_number_is_the_same_in_each_usual_form(value: int, decimals: int) -> None:
    assert {read_number(form) for form in written(value, decimals)} == {value + decimals / 10}


BOUNDS = {
    Comparator.GE: [
        "tối thiểu {}",
        "ít nhất {}",
        "không dưới {}",
        "≥ {}",
        "≥{}",
        "từ {} trở lên",
        "{} trở lên",
        "ít nhất là {}",
    ],
    Comparator.GT: ["trên {}", "hơn {}", "vượt {}", "> {}"],
    Comparator.LE: ["tối đa {}", "không quá {}", "≤ {}", "không vượt quá {}", "{} trở xuống"],
    Comparator.LT: ["dưới {}", "thấp hơn {}", "< {}"],
    Comparator.APPROX: ["khoảng {}", "gần {}", "xấp xỉ {}"],
    Comparator.EQ: ["{}", "đạt {}", "bằng {}"],
}


@given(st.sampled_from(list(BOUNDS)), st.integers(1, 100), st.sampled_from(["{}%", "{} %", "{}  phần trăm"]))
def test_a_bound_is_the_same_in_each_usual_form(bound: Comparator, value: int, unit: str) -> None:
    read = {
        str(found)
        for form in BOUNDS[bound]
        for found in figures("figure.percent", form.format(unit.replace("  ", " ").format(value)))
    }
    assert read == {f"{bound.value} {value}"}


@given(st.integers(1, 98), st.integers(1, 50))
def test_a_range_is_the_same_in_each_usual_form(low: int, width: int) -> None:
    high = low + width
    forms = [
        f"{low}-{high}%",
        f"{low} - {high} %",
        f"{low}% - {high}%",
        f"từ {low} đến {high}%",
        f"từ {low}% đến {high}%",
        f"{low} – {high}%",
    ]
    assert {str(found) for form in forms for found in figures("figure.percent", form)} == {f"between {low} {high}"}
