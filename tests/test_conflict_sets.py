"""Invented sets of plans with planted conflicts of every kind, and decoys with figures that look alike."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from khparse.compare.conflicts import find_conflicts
from khparse.compare.facts import BudgetFacts, PlanFacts, TargetFacts, TaskFacts
from khparse.compare.matching import PhraseMatcher
from khparse.model.conflict import Conflict
from khparse.rules.kit import Kit
from khparse.rules.load import load
from khparse.service import questions
from khparse.service.ingest import ingest
from khparse.store.database import open_database

DECISION = "quyết định|77/QĐ-TTG"
PROVINCE = PlanFacts(
    1, "kế hoạch|30/KH-UBND|tỉnh lam", "Ủy ban nhân dân tỉnh Lâm Đồng", "Lâm Đồng", "2023-02-01",
    "Kế hoạch phát triển giai đoạn 2023-2025", implements=frozenset({DECISION}), number="30/KH-UBND",
)  # fmt: skip
DISTRICT = PlanFacts(
    2, None, "Ủy ban nhân dân huyện Đức Trọng", "Lâm Đồng", "2023-04-01", "Kế hoạch giai đoạn 2023-2025"
)
HEALTH = PlanFacts(3, None, "Sở Y tế tỉnh Lâm Đồng", "Lâm Đồng", "2023-05-01", "Kế hoạch giai đoạn 2023-2025")
TRADE = PlanFacts(4, None, "Sở Công Thương tỉnh Lâm Đồng", "Lâm Đồng", "2023-06-01", "Kế hoạch giai đoạn 2023-2025")
LATER = replace(
    PROVINCE, id=5, key=None, date="2024-03-01", title="Kế hoạch phát triển giai đoạn 2024-2025", number="41/KH-UBND"
)
ELSEWHERE = PlanFacts(
    6, None, "Ủy ban nhân dân tỉnh Gia Lai", "Gia Lai", "2023-03-01", "Kế hoạch phát triển", implements=frozenset({DECISION})
)  # fmt: skip
PLANS = {plan.id: plan for plan in (PROVINCE, DISTRICT, HEALTH, TRADE, LATER, ELSEWHERE)}
BASE = "hộ gia đình ở thôn, bản được dùng nước hợp vệ sinh từ công trình tập trung"


@pytest.fixture(scope="module")
def matcher(kit: Kit) -> PhraseMatcher:
    return PhraseMatcher(load("comparison"), kit.naming)


def aim(
    row: int,
    plan: PlanFacts,
    value: float,
    by: str | None = "2025",
    words: str = BASE,
    comparator: str = "ge",
    unit: str = "%",
) -> TargetFacts:
    return TargetFacts(row, plan.id, "…", "I", None, 0.95, words, comparator, value, None, unit, by)


def work(
    row: int,
    plan: PlanFacts,
    lead: str,
    due: str | None = None,
    words: str = "Nâng cấp trạm bơm và mạng lưới cấp nước sinh hoạt liên xã",
) -> TaskFacts:
    return TaskFacts(row, plan.id, "…", f"II.{row}", None, 0.95, words, (lead,), due, None)


def money(
    row: int, plan: PlanFacts, millions: int, period: str | None = "2025", fund: str | None = None
) -> BudgetFacts:
    return BudgetFacts(
        row,
        plan.id,
        "…",
        "III",
        None,
        0.95,
        "Sửa chữa hồ chứa và kênh dẫn nước liên xã",
        millions * 10**6,
        period,
        fund,
        "item",
    )


def found(matcher: PhraseMatcher, *rows: TargetFacts | TaskFacts | BudgetFacts) -> list[Conflict]:
    return find_conflicts(
        PLANS,
        [row for row in rows if isinstance(row, TargetFacts)],
        [row for row in rows if isinstance(row, TaskFacts)],
        [row for row in rows if isinstance(row, BudgetFacts)],
        matcher,
    )


HEALTH_DEPARTMENT, WATER_DEPARTMENT = "Sở Y tế tỉnh Lâm Đồng", "Sở Xây dựng tỉnh Lâm Đồng"
PLANTED = [
    ("contradiction", aim(1, HEALTH, 80), aim(2, TRADE, 90)),
    ("contradiction", aim(1, PROVINCE, 80), aim(2, PROVINCE, 85)),
    ("contradiction", aim(1, PROVINCE, 80, comparator="eq"), aim(2, PROVINCE, 70, comparator="le")),
    ("contradiction", aim(1, HEALTH, 80), aim(2, TRADE, 90, words=f"Tỷ lệ {BASE} đạt")),
    ("contradiction", aim(1, HEALTH, 50, words="TTHC được giải quyết ở mức độ 4 trên cổng dịch vụ công trực tuyến mức độ 4"),
     aim(2, TRADE, 60, words="thủ tục hành chính được giải quyết ở mức độ 4 trên cổng dịch vụ công trực tuyến mức độ 4")),
    ("below_parent", aim(1, PROVINCE, 90), aim(2, DISTRICT, 80)),
    ("below_parent", aim(1, PROVINCE, 90), aim(2, HEALTH, 85, comparator="eq")),
    ("below_parent", aim(1, PROVINCE, 4, words="hộ nghèo theo chuẩn nghèo đa chiều giai đoạn mới", comparator="le"),
     aim(2, DISTRICT, 6, words="hộ nghèo theo chuẩn nghèo đa chiều giai đoạn mới", comparator="le")),
    ("above_parent", aim(1, PROVINCE, 90), aim(2, DISTRICT, 95)),
    ("revised", aim(1, PROVINCE, 90), aim(2, LATER, 85)),
    ("revised", aim(1, PROVINCE, 80), aim(2, LATER, 85)),
    ("postponed", aim(1, PROVINCE, 90, "2024"), aim(2, LATER, 90, "2025")),
    ("regression", aim(1, PROVINCE, 90, "2024"), aim(2, PROVINCE, 80, "2025")),
    ("regression", aim(1, PROVINCE, 90, "2024"), aim(2, LATER, 80, "2025")),
    ("divergent", aim(1, PROVINCE, 90), aim(2, ELSEWHERE, 70)),
    ("owner", work(1, HEALTH, HEALTH_DEPARTMENT), work(2, TRADE, WATER_DEPARTMENT)),
    ("owner", work(1, PROVINCE, HEALTH_DEPARTMENT), work(2, PROVINCE, WATER_DEPARTMENT)),
    ("deadline", work(1, HEALTH, HEALTH_DEPARTMENT, "2024-06-30"), work(2, TRADE, HEALTH_DEPARTMENT, "2024-12-31")),
    ("deadline", work(1, PROVINCE, HEALTH_DEPARTMENT, "2024-06-30"), work(2, LATER, HEALTH_DEPARTMENT, "2025-03-31")),
    ("budget", money(1, HEALTH, 500), money(2, TRADE, 700)),
    ("budget", money(1, PROVINCE, 500), money(2, LATER, 650)),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "a", "b"), PLANTED)
def test_each_planted_conflict_is_found_with_its_kind(matcher, kind, a, b) -> None:
    assert [(conflict.kind, conflict.sure) for conflict in found(matcher, a, b)] == [(kind, True)]


DECOYS = [
    (aim(1, HEALTH, 80, words="trẻ em mầm non được khám sức khỏe định kỳ hằng năm"),
     aim(2, TRADE, 90, words="trẻ em tiểu học được khám sức khỏe định kỳ hằng năm")),
    (aim(1, HEALTH, 80), aim(2, TRADE, 80)),
    (aim(1, HEALTH, 80), aim(2, TRADE, 80, comparator="eq")),
    (aim(1, HEALTH, 80, unit="%"), aim(2, TRADE, 900, unit="hộ")),
    (aim(1, PROVINCE, 80, "2024"), aim(2, PROVINCE, 90, "2025")),
    (aim(1, HEALTH, 80, words="hồ sơ cấp huyện giải quyết đúng hạn qua cổng một cửa"),
     aim(2, TRADE, 90, words="hồ sơ cấp xã giải quyết đúng hạn qua cổng một cửa")),
    (aim(1, HEALTH, 80, words="vùng đô thị thu gom chất thải rắn sinh hoạt trong ngày"),
     aim(2, TRADE, 90, words="vùng nông thôn thu gom chất thải rắn sinh hoạt trong ngày")),
    (aim(1, DISTRICT, 80), aim(2, ELSEWHERE, 90)),
    (work(1, HEALTH, HEALTH_DEPARTMENT), work(2, ELSEWHERE, "Sở Y tế tỉnh Gia Lai")),
    (work(1, PROVINCE, HEALTH_DEPARTMENT, words="Xây dựng kế hoạch chuyển đổi số trong lĩnh vực y tế giai đoạn mới"),
     work(2, PROVINCE, "Sở Giáo dục và Đào tạo tỉnh Lâm Đồng", words="Xây dựng kế hoạch chuyển đổi số trong lĩnh vực giáo dục giai đoạn mới")),
    (work(1, PROVINCE, HEALTH_DEPARTMENT, "2024-12-31"), work(2, HEALTH, "Giám đốc Sở Y tế tỉnh Lâm Đồng", "2024-12-31")),
    (money(1, HEALTH, 500, "2024"), money(2, TRADE, 700, "2025")),
    (money(1, HEALTH, 500, fund="ngân sách tỉnh"), money(2, TRADE, 700, fund="xã hội hóa")),
    (money(1, HEALTH, 500), money(2, TRADE, 500)),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b"), DECOYS)
def test_figures_that_only_look_alike_are_no_conflict(matcher, a, b) -> None:
    assert found(matcher, a, b) == []


def test_work_that_each_years_plan_repeats_is_no_quarrel_of_deadlines(matcher) -> None:
    plans = [
        replace(PROVINCE, id=id_, title=f"Kế hoạch cấp nước năm {year}", date=f"{year}-01-15", key=None)
        for id_, year in ((1, 2023), (5, 2024))
    ]
    tasks = [work(1, plans[0], HEALTH_DEPARTMENT, "2023-11-30"), work(2, plans[1], HEALTH_DEPARTMENT, "2024-11-30")]
    assert find_conflicts({plan.id: plan for plan in plans}, [], tasks, [], matcher) == []


def test_rows_of_one_table_that_share_a_name_do_not_contradict_each_other(matcher) -> None:
    rows = [
        replace(aim(row, PROVINCE, value, words="tốc độ tăng trưởng hằng năm"), source="rule:figure.cell")
        for row, value in ((1, 7), (2, 9))
    ]
    assert found(matcher, *rows) == []


def test_one_task_may_have_another_owner_and_another_deadline(matcher) -> None:
    conflicts = found(
        matcher, work(1, HEALTH, HEALTH_DEPARTMENT, "2024-06-30"), work(2, TRADE, WATER_DEPARTMENT, "2024-12-31")
    )
    assert [conflict.kind for conflict in conflicts] == ["deadline", "owner"]
    assert "30/6/2024" in conflicts[0].why


def test_an_office_may_hand_its_work_to_its_own_rooms(matcher) -> None:
    centre = "Trung tâm Kiểm soát bệnh tật tỉnh Lâm Đồng"
    assert found(matcher, work(1, PROVINCE, HEALTH_DEPARTMENT), work(2, HEALTH, centre)) == []


def test_the_provinces_inspectorate_is_no_part_of_a_department(matcher) -> None:
    [conflict] = found(matcher, work(1, PROVINCE, HEALTH_DEPARTMENT), work(2, HEALTH, "Thanh tra tỉnh Lâm Đồng"))
    assert conflict.kind == "owner"


def test_an_heir_owns_what_its_predecessor_did(matcher) -> None:
    old, new = "Sở Giao thông vận tải tỉnh Lâm Đồng", "Sở Xây dựng tỉnh Lâm Đồng"
    before = replace(work(1, HEALTH, old), heirs=((old, new, "2025-03-01"),))
    after = replace(LATER, id=7, date="2025-05-01")
    plans = {**PLANS, 7: after}
    assert find_conflicts(plans, [], [before, replace(work(2, LATER, new), plan=7)], [], matcher) == []
    assert [c.kind for c in found(matcher, before, work(2, TRADE, new))] == ["owner"]


def test_a_series_that_falls_is_told_step_by_step(matcher) -> None:
    rows = [aim(n, PROVINCE, value, year) for n, (value, year) in enumerate([(90, "2023"), (80, "2024"), (70, "2025")])]
    assert [(c.a, c.b, c.kind) for c in found(matcher, *rows)] == [(0, 1, "regression"), (1, 2, "regression")]


def test_sums_and_counts_of_another_scale_are_one_measure(matcher) -> None:
    words = "thu nhập bình quân đầu người khu vực nông thôn"
    same = [aim(1, PROVINCE, 40, words=words, unit="triệu đồng/người/năm", comparator="eq")]
    same.append(aim(2, DISTRICT, 40_000_000, words=words, unit="đồng/người/năm", comparator="eq"))
    assert found(matcher, *same) == []
    less = [same[0], replace(same[1], value=35_000_000)]
    assert [c.kind for c in found(matcher, *less)] == ["below_parent"]


def test_of_what_is_bounded_from_above_less_is_better(matcher) -> None:
    words = "chất thải được chôn trực tiếp ở bãi chung của huyện"
    pair = aim(1, PROVINCE, 30, words=words, comparator="lt"), aim(2, DISTRICT, 25, words=words, comparator="lt")
    assert [c.kind for c in found(matcher, *pair)] == ["above_parent"]


def test_a_years_twelve_repairs_and_the_nexts_seven_are_not_surely_a_regression(matcher) -> None:
    plans = [
        replace(PROVINCE, id=id_, title=f"Kế hoạch cấp nước năm {year}", date=f"{year}-01-15", key=None)
        for id_, year in ((1, 2023), (5, 2024))
    ]
    rows = [aim(1, plans[0], 12, "2023", unit="trạm"), aim(2, plans[1], 7, "2024", unit="trạm")]
    [conflict] = find_conflicts({plan.id: plan for plan in plans}, rows, [], [], matcher)
    assert (conflict.kind, conflict.sure) == ("regression", False)


def test_two_provinces_under_one_decision_differ_in_four_figures_and_no_other(shared: Path, tmp_path: Path) -> None:
    names = ("binhphuoc-ubnd-2022-qd131", "quangngai-ubnd-2023-qd131")
    with open_database(tmp_path / "plans.db", create=True) as database:
        ingest(database, [shared / f"plans/{name}.txt" for name in names])
        found = [one.sure for one in questions.conflicts(database) if one.kind == "divergent"]
    assert found == [True] * 4
