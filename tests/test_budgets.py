"""Sums that a plan plans, from tables and sentences."""

from __future__ import annotations

import pytest

from khparse.extract.budgets.find import find_budgets
from khparse.model.document import Document, Span
from khparse.model.plan import Item, Letterhead, Plan, Section, SectionKind
from khparse.model.record import Budget
from khparse.read.assemble import Assembler, RawCell
from khparse.rules.kit import Kit
from khparse.structure.table_roles import read_tables


def tabled(kit: Kit, *blocks: str | list[str]) -> tuple[Budget, ...]:
    """The budgets of paragraphs (strings) and tables (lists of rows with "|" between cells)."""
    assembler = Assembler()
    for block in blocks:
        if isinstance(block, str):
            assembler.paragraph(block)
        else:
            assembler.table([RawCell((w,), r, c) for r, row in enumerate(block) for c, w in enumerate(row.split("|"))])
    document = assembler.document("text/plain")
    tables, groups = read_tables(document, (), kit)
    return find_budgets(Plan(document, Letterhead(), groups, (), tables), kit)


def told(kit: Kit, *lines: str, heading: str = "Kinh phí thực hiện") -> tuple[Budget, ...]:
    """The budgets of items under one heading."""
    assembler = Assembler()
    head = assembler.paragraph(heading)
    spans = [span for line in lines if (span := assembler.paragraph(line))]
    document = assembler.document("text/plain")
    assert head
    section = Section("III", "III.", heading, 1, SectionKind.ROMAN, Span(0, len(document.text)), head)
    items = tuple(Item(span, "", 0, "III") for span in spans)
    return find_budgets(Plan(document, Letterhead(), (section,), items), kit)


def brief(budgets: tuple[Budget, ...]) -> list[tuple[str, int, str | None, str | None, str]]:
    return [(b.purpose, b.amount_vnd, b.period, b.fund, b.role) for b in budgets]


def test_each_year_of_a_row_is_a_record_with_its_fund(kit: Kit) -> None:
    budgets = tabled(
        kit,
        "Đơn vị tính: triệu đồng",
        [
            "TT|Công trình|Chủ đầu tư|Kinh phí||Nguồn vốn",
            "|||2025|2026|",
            "1|Nâng cấp trạm y tế. Gồm 4 phòng.|UBND xã|1.200|0|NS huyện",
        ],
    )
    assert brief(budgets) == [
        ("Nâng cấp trạm y tế", 1_200_000_000, "2025", "NS huyện", "item"),
        ("Nâng cấp trạm y tế", 0, "2026", "NS huyện", "item"),
    ]
    assert [b.quote for b in budgets] == ["1.200", "0"]


def test_an_empty_cell_or_a_dash_is_no_record(kit: Kit) -> None:
    budgets = tabled(kit, ["TT|Nội dung|Kinh phí (triệu đồng)||", "||2025|2026|2027", "1|Tập huấn thú y|15|-|"])
    assert [b.amount_vnd for b in budgets] == [15_000_000]


def test_a_row_s_own_sum_has_the_whole_period(kit: Kit) -> None:
    budgets = tabled(kit, ["TT|Nội dung|Kinh phí (triệu đồng)||", "||Tổng số|2025|2026", "1|Tập huấn thú y|30|10|20"])
    assert [(b.amount_vnd, b.period, b.role) for b in budgets] == [
        (30_000_000, "2025/2026", "item"),
        (10_000_000, "2025", "item"),
        (20_000_000, "2026", "item"),
    ]


def test_columns_by_fund_name_their_fund_and_the_time_cell_the_period(kit: Kit) -> None:
    budgets = tabled(
        kit,
        [
            "TT|Hoạt động|Thời gian|Kinh phí (triệu đồng)|",
            "|||Ngân sách xã|Xã hội hóa",
            "1|Sửa nhà văn hóa|Quý II/2025|40|60",
        ],
    )
    assert [(b.amount_vnd, b.period, b.fund) for b in budgets] == [
        (40_000_000, "2025", "Ngân sách xã"),
        (60_000_000, "2025", "Xã hội hóa"),
    ]


def test_totals_and_groups(kit: Kit) -> None:
    budgets = tabled(
        kit,
        [
            "TT|Nội dung|Phụ trách|Số tiền (đồng)",
            "I|Tuyên truyền||3.000.000",
            "1|In tờ rơi|Văn phòng|3.000.000",
            "|Tổng cộng||3.000.000",
        ],
    )
    assert [(b.purpose, b.role, b.section) for b in budgets] == [
        ("Tuyên truyền", "subtotal", "I"),
        ("In tờ rơi", "item", "I"),
        ("Tổng cộng", "total", None),
    ]


def test_a_total_over_the_years_takes_the_period_of_its_words(kit: Kit) -> None:
    budgets = tabled(
        kit,
        [
            "TT|Nội dung|Kinh phí (triệu đồng)|",
            "||2024|2025",
            "1|Kiên cố kênh|100|200",
            "Tổng giai đoạn 2024-2025||300|",
        ],
    )
    assert brief(budgets)[-1] == ("Tổng giai đoạn 2024-2025", 300_000_000, "2024/2025", None, "total")


def test_a_repeated_sum_falls_away_where_the_totals_leave_one_choice(kit: Kit) -> None:
    budgets = tabled(
        kit,
        "ĐVT: triệu đồng",
        [
            "TT|Nội dung|Chủ trì|Kinh phí và nguồn vốn|||",
            "|||2024|2025|Nguồn vốn|",
            "1|Trồng rừng|Hạt Kiểm lâm|70|70|20|NS tỉnh",
            "2|Tuần tra|UBND xã|5|6|NS xã|",
            "Tổng cộng|||75|26||",
        ],
    )
    assert [b.amount_vnd // 10**6 for b in budgets] == [70, 20, 5, 6, 75, 26]
    assert [b.fund for b in budgets[:4]] == ["NS tỉnh", "NS tỉnh", "NS xã", "NS xã"]


def test_quantities_and_prices_in_a_table_are_no_sums(kit: Kit) -> None:
    budgets = tabled(kit, ["TT|Nội dung chi|Số lượng|Đơn giá|Thành tiền (đồng)", "1|Nước uống|100|10.000|1.000.000"])
    assert [b.amount_vnd for b in budgets] == [1_000_000]


def test_a_total_and_its_parts_in_a_sentence(kit: Kit) -> None:
    budgets = told(
        kit,
        "Dự kiến tổng kinh phí thực hiện là: 3.000.000.000 đồng. Trong đó: Năm 2025: 1.000.000.000 đồng; năm 2026: 2.000.000.000 đồng.",
    )
    assert [(b.amount_vnd, b.period, b.role) for b in budgets] == [
        (3_000_000_000, "2025/2026", "total"),
        (1_000_000_000, "2025", "subtotal"),
        (2_000_000_000, "2026", "subtotal"),
    ]
    assert budgets[0].purpose == "tổng kinh phí thực hiện"


def test_the_parts_of_a_total_on_their_own_lines(kit: Kit) -> None:
    budgets = told(
        kit,
        "Tổng kinh phí: 500 triệu đồng, trong đó:",
        "- Ngân sách tỉnh: 300 triệu đồng;",
        "- Xã hội hóa: 200 triệu đồng.",
    )
    assert [(b.role, b.fund) for b in budgets] == [
        ("total", None),
        ("subtotal", "Ngân sách tỉnh"),
        ("subtotal", "Xã hội hóa"),
    ]


def test_a_line_kinh_phi_takes_its_item_s_title(kit: Kit) -> None:
    budgets = told(
        kit,
        "- Kinh phí dự kiến: 45.000.000 đồng từ nguồn ngân sách phường.",
        heading="Tổ chức hội thi nấu ăn. Thi theo đội.",
    )
    assert brief(budgets) == [("Tổ chức hội thi nấu ăn", 45_000_000, None, "nguồn ngân sách phường", "item")]


@pytest.mark.parametrize(
    "line",
    [
        "Hỗ trợ theo định mức 150.000 đồng/người/ngày.",
        "Năm 2024 ngân sách đã hỗ trợ 500 triệu đồng.",
        "Các dự án có vốn đầu tư từ 15 tỷ đồng trở lên.",
        "Thu nhập bình quân đầu người từ ngân sách đạt 80 triệu đồng.",
        "Mức chi bồi dưỡng kinh phí 200.000 đồng một buổi.",
    ],
)
def test_prices_reports_and_thresholds_are_no_budgets(kit: Kit, line: str) -> None:
    assert told(kit, line) == ()


def test_aims_in_money_are_targets_not_budgets(kit: Kit) -> None:
    assert told(kit, "- Vốn đầu tư toàn xã hội đạt 500 tỷ đồng.", heading="Mục tiêu cụ thể") == ()


def test_a_sum_in_words_alone_is_read(kit: Kit) -> None:
    assert [b.amount_vnd for b in told(kit, "Kinh phí: hai mươi lăm triệu đồng.")] == [25_000_000]


def test_a_fund_s_part_of_a_row_s_sum_is_a_subtotal(kit: Kit) -> None:
    budgets = tabled(
        kit,
        "Đơn vị tính: triệu đồng",
        [
            "TT|Dự án|Tổng mức đầu tư|||Thời gian",
            "||Tổng số|Trong đó||",
            "|||NSTW|NSĐP|",
            "1|Đường liên xã|300|200|100|2025",
        ],
    )
    assert [(b.amount_vnd // 10**6, b.fund, b.role, b.period) for b in budgets] == [
        (300, None, "item", "2025"),
        (200, "NSTW", "subtotal", "2025"),
        (100, "NSĐP", "subtotal", "2025"),
    ]


def test_a_sum_followed_by_its_parts_is_their_total(kit: Kit) -> None:
    budgets = told(
        kit, "Kinh phí giai đoạn 2024-2025 là 3 tỷ đồng, trong đó: năm 2024 là 1 tỷ đồng, năm 2025 là 2 tỷ đồng."
    )
    assert brief(budgets) == [
        ("Kinh phí giai đoạn 2024-2025", 3_000_000_000, "2024/2025", None, "total"),
        ("Kinh phí năm 2024", 1_000_000_000, "2024", None, "subtotal"),
        ("Kinh phí năm 2025", 2_000_000_000, "2025", None, "subtotal"),
    ]


def test_all_parts_behind_gom_are_subtotals_with_the_whole_s_years(kit: Kit) -> None:
    line = "Kinh phí thực hiện năm 2027: 900 triệu đồng (Chín trăm triệu đồng), gồm ngân sách huyện 500 triệu đồng và nguồn tài trợ 400 triệu đồng."
    assert [(b.purpose, b.amount_vnd, b.period, b.role) for b in told(kit, line)] == [
        ("Kinh phí thực hiện năm 2027", 900_000_000, "2027", "total"),
        ("Kinh phí thực hiện năm 2027 từ ngân sách huyện", 500_000_000, "2027", "subtotal"),
        ("Kinh phí thực hiện năm 2027 từ nguồn tài trợ", 400_000_000, "2027", "subtotal"),
    ]


def test_a_sum_behind_a_price_is_a_sum(kit: Kit) -> None:
    line = "Lắp 30 giếng với mức hỗ trợ 12 triệu đồng/giếng, tổng kinh phí 360 triệu đồng."
    assert [b.amount_vnd for b in told(kit, line, heading="Cấp nước cho hộ nghèo")] == [360_000_000]


def test_letters_below_an_announced_whole_are_its_parts(kit: Kit) -> None:
    assembler = Assembler()
    lines = ("Kinh phí giai đoạn 2027-2028: 30 tỷ đồng. Trong đó:", "Thu giá dịch vụ: 12 tỷ đồng;")
    spans = [span for line in lines if (span := assembler.paragraph(line))]
    document = assembler.document("text/plain")
    whole = Section("1", "1.", lines[0], 1, SectionKind.NUMBER, Span(0, len(document.text)), spans[0])
    part = Section("1.a", "a)", lines[1], 2, SectionKind.LETTER, spans[1], spans[1], parent="1")
    budgets = find_budgets(Plan(document, Letterhead(), (whole, part), ()), kit)
    assert [(b.amount_vnd, b.role, b.period) for b in budgets] == [
        (30_000_000_000, "total", "2027/2028"),
        (12_000_000_000, "subtotal", "2027/2028"),
    ]


def test_a_sum_is_of_the_words_before_its_own_money_clause(kit: Kit) -> None:
    found = told(
        kit, "- Sơn lại 12 phòng học; kinh phí thực hiện 90 triệu đồng.", "- Mua sách, kinh phí 15 triệu đồng."
    )
    assert [b.purpose for b in found] == ["Sơn lại 12 phòng học", "Mua sách"]


def test_a_fund_that_gives_a_sum_for_a_purpose(kit: Kit) -> None:
    found = told(kit, "Riêng năm 2023, ngân sách xã bố trí 2 tỷ đồng để nạo vét kênh mương nội đồng.")
    assert brief(found) == [("nạo vét kênh mương nội đồng", 2_000_000_000, "2023", "ngân sách xã", "item")]


def test_revenue_above_the_plan_is_a_fund_no_report(kit: Kit) -> None:
    found = told(kit, "Kinh phí bổ sung năm 2024 là 500 triệu đồng, từ nguồn tăng thu ngân sách huyện.")
    assert [(b.amount_vnd, b.fund) for b in found] == [(500_000_000, "nguồn tăng thu ngân sách huyện")]


def test_a_sum_that_its_clause_does_not_name_plainly_is_less_sure(kit: Kit) -> None:
    plain, loose = told(kit, "Tổng kinh phí: 30 triệu đồng.", "Hỗ trợ các thôn mua sắm, kinh phí 20 triệu đồng.")
    assert plain.confidence > 0.9 > loose.confidence


def test_columns_of_sums_are_known_by_their_cells_under_a_unit_of_money(kit: Kit) -> None:
    budgets = tabled(
        kit,
        "ĐVT: triệu đồng",
        ["TT|Hạng mục|CTMTQG|Đối ứng|Số hộ|Cộng", "1|Xây bể nước|70|30|12|100", "2|Đào giếng|20||4|20"],
    )
    assert [(b.amount_vnd, b.fund) for b in budgets] == [
        (70_000_000, "CTMTQG"),
        (30_000_000, "Đối ứng"),
        (100_000_000, None),
        (20_000_000, "CTMTQG"),
        (20_000_000, None),
    ]


def test_funds_under_years_have_both_and_the_rows_own_sum_the_whole_period(kit: Kit) -> None:
    budgets = tabled(
        kit,
        "Đơn vị tính: triệu đồng",
        ["TT|Nội dung|Năm 2014||Năm 2015||Tổng cộng", "||TW|ĐP|TW|ĐP|", "1|Thả cá giống|50|10|60|20|140"],
    )
    assert [(b.amount_vnd, b.period, b.fund) for b in budgets] == [
        (50_000_000, "2014", "TW"),
        (10_000_000, "2014", "ĐP"),
        (60_000_000, "2015", "TW"),
        (20_000_000, "2015", "ĐP"),
        (140_000_000, "2014/2015", None),
    ]


def test_a_division_among_offices_takes_them_as_what_the_sums_are_for(kit: Kit) -> None:
    budgets = tabled(
        kit, "ĐVT: triệu đồng", ["TT|Huyện, thị xã|Tổng số|Đầu tư|Sự nghiệp", "1|Huyện Mai Châu|9|5|4", "|Cộng|9|5|4"]
    )
    assert [(b.purpose, b.amount_vnd // 1_000_000, b.role) for b in budgets][:4] == [
        ("Huyện Mai Châu", 9, "item"),
        ("Huyện Mai Châu", 5, "item"),
        ("Huyện Mai Châu", 4, "item"),
        ("Cộng", 9, "total"),
    ]


def test_every_row_below_trong_do_is_a_part_until_the_next_number(kit: Kit) -> None:
    budgets = tabled(
        kit,
        "ĐVT: triệu đồng",
        ["TT|Nội dung|Kinh phí", "1|Xây kè|50", "|Trong đó: - Ngân sách|30", "|- Vốn vay|20", "2|Trồng cây|5"],
    )
    assert [b.role for b in budgets] == ["item", "subtotal", "subtotal", "item"]


def test_a_line_that_gives_the_unit_of_a_table_is_no_sum(kit: Kit) -> None:
    assert told(kit, "Đơn vị tính: 1.000 đồng", "(Đơn vị: 1.000.000 đồng)") == ()


def test_what_comes_in_is_planned_but_doubtful(kit: Kit) -> None:
    rows = ["STT|Nội dung|Dự toán 2026", "1|Thuế môn bài|500", "2|Phí chợ|20"]
    budgets = tabled(kit, "Đơn vị tính: triệu đồng", "DỰ TOÁN THU NGÂN SÁCH XÃ NĂM 2026", rows)
    assert [(b.amount_vnd, b.confidence) for b in budgets] == [(500_000_000, 0.6), (20_000_000, 0.6)]


def test_a_share_among_sums_is_no_sum(kit: Kit) -> None:
    rows = [
        "STT|Nội dung|Năm 2026|Năm 2027",
        "1|Chi sửa đường|500|600",
        "2|Tỷ lệ chi sửa đường so với tổng chi (%)|12,5|13",
    ]
    budgets = tabled(kit, "Đơn vị tính: triệu đồng", rows)
    assert [b.amount_vnd for b in budgets] == [500_000_000, 600_000_000]


def test_a_table_may_open_with_its_total_under_a_label(kit: Kit) -> None:
    rows = ["STT|Nội dung|Năm 2026", "A|TỔNG CHI NGÂN SÁCH|900", "1|Chi đầu tư|500", "2|Chi thường xuyên|400"]
    budgets = tabled(kit, "Đơn vị tính: triệu đồng", rows)
    assert [(b.purpose, b.role) for b in budgets] == [
        ("TỔNG CHI NGÂN SÁCH", "total"),
        ("Chi đầu tư", "item"),
        ("Chi thường xuyên", "item"),
    ]


def test_rows_of_dashes_and_the_row_above_them_are_less_sure(kit: Kit) -> None:
    rows = ["STT|Nội dung|Năm 2026", "1|Chi đầu tư|500", "|- Đường|300", "|- Cầu|200", "2|Chi thường xuyên|400"]
    budgets = tabled(kit, "Đơn vị tính: triệu đồng", rows)
    assert [b.confidence for b in budgets] == [0.85, 0.85, 0.85, 0.95]
