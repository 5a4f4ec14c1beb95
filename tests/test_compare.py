"""Comparison: what measures the same thing, and what kind of difference it is by how the plans stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from khparse.compare.conflicts import find_conflicts
from khparse.compare.facts import BudgetFacts, PlanFacts, TargetFacts, TaskFacts, document_key
from khparse.compare.blocks import block_keys
from khparse.compare.matching import LIKELY, SURE, PhraseMatcher
from khparse.compare.meeting import CROWD
from khparse.compare.relations import Standing, standing
from khparse.compare.table import Agreement, side_by_side
from khparse.model.conflict import Conflict
from khparse.rules.kit import Kit
from khparse.rules.load import load

PROVINCE = PlanFacts(
    1,
    "kế hoạch|10/KH-UBND|x",
    "Ủy ban nhân dân tỉnh Hà Nam",
    "Hà Nam",
    "2022-03-01",
    "Nước sạch nông thôn",
    number="10/KH-UBND",
)
DEPARTMENT = PlanFacts(2, None, "Sở Y tế tỉnh Hà Nam", "Hà Nam", "2022-05-01")
OTHER_DEPARTMENT = PlanFacts(3, None, "Sở Xây dựng tỉnh Hà Nam", "Hà Nam", "2022-06-01")
LATER = replace(PROVINCE, id=4, key=None, date="2023-02-01")
COUSIN = PlanFacts(
    5, None, "Ủy ban nhân dân tỉnh Thái Bình", "Thái Bình", "2022-04-01", implements=frozenset({"quyết định|99/QĐ-TTG"})
)
FIRST = replace(PROVINCE, implements=frozenset({"quyết định|99/QĐ-TTG"}))
WATER = "hộ dân nông thôn được sử dụng nước sạch đạt quy chuẩn"


@pytest.fixture(scope="module")
def matcher(kit: Kit) -> PhraseMatcher:
    return PhraseMatcher(load("comparison"), kit.naming)


def target(
    row: int,
    plan: PlanFacts,
    value: float,
    horizon: str | None = "2025",
    comparator: str = "eq",
    indicator: str = WATER,
    context: str = "",
) -> TargetFacts:
    return TargetFacts(row, plan.id, "…", None, None, 0.95, indicator, comparator, value, None, "%", horizon, context)


def conflicts(matcher: PhraseMatcher, *pairs: tuple[PlanFacts, TargetFacts], only: int | None = None) -> list[Conflict]:
    return find_conflicts({plan.id: plan for plan, _ in pairs}, [t for _, t in pairs], [], [], matcher, only=only)


@pytest.mark.parametrize(
    ("a", "b", "values", "kind", "direction"),
    [
        (PROVINCE, DEPARTMENT, (90, 80), "below_parent", None),
        (PROVINCE, DEPARTMENT, (90, 95), "above_parent", None),
        (DEPARTMENT, OTHER_DEPARTMENT, (90, 80), "contradiction", None),
        (PROVINCE, LATER, (90, 80), "revised", "lowered"),
        (PROVINCE, LATER, (80, 90), "revised", "raised"),
        (FIRST, COUSIN, (90, 80), "divergent", None),
    ],
)
def test_the_kind_of_a_difference_is_how_the_plans_stand(matcher, a, b, values, kind, direction) -> None:
    [found] = conflicts(matcher, (a, target(1, a, values[0])), (b, target(2, b, values[1])))
    assert (found.kind, found.direction, found.sure) == (kind, direction, True)


def test_two_provinces_that_share_no_document_are_not_compared(matcher) -> None:
    assert conflicts(matcher, (PROVINCE, target(1, PROVINCE, 90)), (COUSIN, target(2, COUSIN, 80))) == []


def test_plans_for_other_years_hide_none_that_carry_out_the_same_document(matcher) -> None:
    years = [
        replace(COUSIN, id=10 + number, province=f"Tỉnh {number}", issuer=f"Ủy ban nhân dân tỉnh Số {number}")
        for number in range(150)
    ]
    crowd = [(plan, target(plan.id, plan, 70, str(2030 + plan.id % 5))) for plan in years]
    found = conflicts(matcher, (FIRST, target(1, FIRST, 90)), *crowd, (COUSIN, target(900, COUSIN, 80)))
    assert [(one.kind, one.a, one.b) for one in found] == [("divergent", 1, 900)]


def test_one_plan_that_asks_two_figures_contradicts_itself(matcher) -> None:
    [found] = conflicts(matcher, (PROVINCE, target(1, PROVINCE, 90)), (PROVINCE, target(2, PROVINCE, 85)))
    assert (found.kind, found.severity) == ("contradiction", "high")


def test_a_floor_and_a_point_above_it_can_both_be_meant(matcher) -> None:
    pair = (PROVINCE, target(1, PROVINCE, 90, comparator="ge")), (PROVINCE, target(2, PROVINCE, 95))
    assert conflicts(matcher, *pair) == []


def test_a_later_plan_with_a_later_horizon_postpones(matcher) -> None:
    [found] = conflicts(matcher, (PROVINCE, target(1, PROVINCE, 90)), (LATER, target(2, LATER, 90, "2030")))
    assert (found.kind, found.severity) == ("postponed", "medium")


def test_a_later_horizon_that_asks_less_is_a_regression_and_a_falling_indicator_none(matcher) -> None:
    [found] = conflicts(matcher, (PROVINCE, target(1, PROVINCE, 90)), (PROVINCE, target(2, PROVINCE, 80, "2030")))
    assert found.kind == "regression"
    poor = "tỷ lệ hộ nghèo đa chiều theo chuẩn quốc gia trên địa bàn"
    falling = [
        (PROVINCE, target(1, PROVINCE, 5, indicator=poor)),
        (PROVINCE, target(2, PROVINCE, 3, "2030", indicator=poor)),
    ]
    assert conflicts(matcher, *falling) == []


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("học sinh tiểu học được học bơi an toàn", "học sinh trung học được học bơi an toàn"),
        ("hồ sơ giải quyết đúng hạn ở cấp huyện", "hồ sơ giải quyết đúng hạn ở cấp xã"),
        ("dịch vụ công trực tuyến mức độ 3 được cung cấp", "dịch vụ công trực tuyến mức độ 4 được cung cấp"),
        ("tỷ lệ lao động nữ qua đào tạo có chứng chỉ", "tỷ lệ lao động nam qua đào tạo có chứng chỉ"),
    ],
)
def test_other_populations_are_never_the_same_indicator(matcher, a, b) -> None:
    assert matcher.match(matcher.signature(a), matcher.signature(b)).score == 0.0


def test_the_headings_above_tell_populations_apart(matcher) -> None:
    pair = (
        (
            PROVINCE,
            target(1, PROVINCE, 95, indicator="hộ gia đình phân loại rác tại nguồn", context="a) Khu vực đô thị"),
        ),
        (
            PROVINCE,
            target(2, PROVINCE, 70, indicator="hộ gia đình phân loại rác tại nguồn", context="b) Khu vực nông thôn"),
        ),
    )
    assert conflicts(matcher, *pair) == []


def test_old_and_new_terms_are_one_indicator(matcher) -> None:
    a = matcher.signature("TTHC của sở được làm qua dịch vụ công trực tuyến mức độ 4")
    b = matcher.signature("thủ tục hành chính của sở được làm qua dịch vụ công trực tuyến toàn trình")
    assert matcher.match(a, b).score >= SURE


def test_phrases_that_match_share_a_block_key(matcher) -> None:
    a = matcher.signature("trạm y tế xã có bác sĩ làm việc thường xuyên")
    b = matcher.signature("trạm y tế cấp xã có bác sĩ làm việc")
    assert matcher.match(a, b).score >= LIKELY
    assert set(block_keys(a)) & set(block_keys(b))


def task(row: int, plan: PlanFacts, lead: str, due: str | None = None, start: str | None = None) -> TaskFacts:
    title = "Xây dựng phần mềm quản lý công trình cấp nước tập trung nông thôn toàn tỉnh"
    return TaskFacts(row, plan.id, "…", f"PL{row}", None, 0.95, title, (lead,), due, None, start)


def test_one_task_with_two_owners_is_a_conflict_of_owners(matcher) -> None:
    rows = [task(1, DEPARTMENT, "Sở Y tế tỉnh Hà Nam"), task(2, OTHER_DEPARTMENT, "Sở Xây dựng tỉnh Hà Nam")]
    [found] = find_conflicts({2: DEPARTMENT, 3: OTHER_DEPARTMENT}, [], rows, [], matcher)
    assert (found.kind, found.sure) == ("owner", True)


def test_phases_of_one_task_are_no_conflict_of_deadlines(matcher) -> None:
    rows = [
        task(1, PROVINCE, "Sở Y tế tỉnh Hà Nam", "2025-12-31", "2023-01-01"),
        task(2, PROVINCE, "Sở Y tế tỉnh Hà Nam", "2030-12-31", "2026-01-01"),
    ]
    assert find_conflicts({1: PROVINCE}, [], rows, [], matcher) == []


def test_another_sum_for_the_same_purpose_and_year_is_a_conflict_of_budgets(matcher) -> None:
    purpose = "Nâng cấp hệ thống cấp nước sạch tập trung liên xã"
    rows = [
        BudgetFacts(1, 2, "…", "PL", None, 0.95, purpose, 10**9, "2025", None, "item"),
        BudgetFacts(2, 3, "…", "IV", None, 0.95, purpose, 2 * 10**9, "2025", None, "item"),
    ]
    [found] = find_conflicts({2: DEPARTMENT, 3: OTHER_DEPARTMENT}, [], [], rows, matcher)
    assert found.kind == "budget"
    assert "1.000.000.000 đồng" in found.why


def test_a_row_s_sum_and_the_share_of_one_fund_are_no_conflict(matcher) -> None:
    purpose = "Nâng cấp hệ thống cấp nước sạch tập trung liên xã"
    rows = [
        BudgetFacts(1, 2, "…", "PL", None, 0.95, purpose, 10**9, "2025", None, "item"),
        BudgetFacts(2, 2, "…", "PL", None, 0.95, purpose, 6 * 10**8, "2025", "Ngân sách tỉnh", "item"),
    ]
    assert find_conflicts({2: DEPARTMENT}, [], [], rows, matcher) == []


def test_checking_one_plan_finds_what_the_whole_run_finds_for_it(matcher) -> None:
    pairs = [
        (PROVINCE, target(1, PROVINCE, 90)),
        (DEPARTMENT, target(2, DEPARTMENT, 80)),
        (OTHER_DEPARTMENT, target(3, OTHER_DEPARTMENT, 70)),
    ]
    whole = {frozenset((c.a, c.b)) for c in conflicts(matcher, *pairs) if 2 in (c.plan_a, c.plan_b)}
    assert {frozenset((c.a, c.b)) for c in conflicts(matcher, *pairs, only=2)} == whole


def test_a_plan_that_carries_out_another_stands_below_it() -> None:
    child = PlanFacts(9, None, "Hội Nông dân tỉnh Hà Nam", "Hà Nam", "2023", implements=frozenset({PROVINCE.key or ""}))
    assert standing(PROVINCE, child) is Standing.ABOVE


def test_a_local_number_without_an_issuer_identifies_nothing() -> None:
    assert document_key("Kế hoạch", "12/KH-UBND") is None
    assert document_key("Quyết định", "131/QĐ-TTg") == "quyết định|131/QĐ-TTG"


def test_side_by_side_tells_agreeing_differing_and_missing(matcher) -> None:
    rows = side_by_side(
        [1, 5],
        [
            target(1, PROVINCE, 90),
            target(2, COUSIN, 80),
            target(3, COUSIN, 60, indicator="xã có thiết chế văn hóa thể thao đạt chuẩn"),
        ],
        matcher,
    )
    assert [row.agreement for row in rows] == [Agreement.DIFFER, Agreement.MISSING]


def test_a_phrase_that_a_plan_says_without_end_is_not_compared_each_with_each(matcher: PhraseMatcher) -> None:
    rows = [(PROVINCE, target(row, PROVINCE, float(row % 97))) for row in range(2_000)]
    assert len(conflicts(matcher, *rows)) < CROWD * CROWD
