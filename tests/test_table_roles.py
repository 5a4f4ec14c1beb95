"""Tables are read by the meaning of their headers."""

from __future__ import annotations

import pytest

from khparse.model.document import Document, Span
from khparse.model.plan import AssignmentTable, Role, RowKind, Section, SectionKind
from khparse.read.assemble import Assembler, RawCell
from khparse.rules.kit import Kit
from khparse.structure.table_labels import label_of
from khparse.structure.table_roles import read_tables


def document(*blocks: str | list[str]) -> Document:
    """Paragraphs as strings, tables as lists of rows with "|" between cells."""
    assembler = Assembler()
    for block in blocks:
        if isinstance(block, str):
            assembler.paragraph(block)
        else:
            assembler.table(cells(block))
    return assembler.document("text/plain")


def cells(rows: list[str]) -> list[RawCell]:
    return [RawCell((words,), r, c) for r, row in enumerate(rows) for c, words in enumerate(row.split("|"))]


def read(kit: Kit, *blocks: str | list[str]) -> tuple[Document, tuple[AssignmentTable, ...], tuple[Section, ...]]:
    made = document(*blocks)
    tables, groups = read_tables(made, (), kit)
    return made, tables, groups


def words(made: Document, table: AssignmentTable) -> list[list[str]]:
    return [[cell.span.of(made.text) if cell else "" for cell in row.cells] for row in table.rows]


def roles(table: AssignmentTable) -> str:
    return " ".join(column.role.value for column in table.columns)


@pytest.mark.parametrize(
    ("header", "label"),
    [
        ("Nội dung công việc", "task"),
        ("Danh mục công trình", "task"),
        ("Hoạt động chính", "task"),
        ("Cơ quan chủ trì", "lead"),
        ("Đơn vị, cá nhân thực hiện", "lead"),
        ("Phòng, ban phụ trách", "lead"),
        ("Cơ quan phối hợp", "coordinating"),
        ("Chủ trì, phối hợp", "both"),
        ("Thời hạn hoàn thành", "due"),
        ("Lộ trình", "due"),
        ("Sản phẩm đầu ra", "deliverable"),
        ("Kinh phí dự kiến (triệu đồng)", "budget"),
        ("Nguồn kinh phí", "fund"),
        ("Đơn vị tính", "unit"),
        ("Chỉ tiêu năm 2027", "target"),
        ("Ước thực hiện năm 2024", "baseline"),
        ("Ghi chú", "note"),
        ("Số lượng", "other"),
        ("Họ và tên", "member"),
    ],
)
def test_a_header_means_its_role_in_many_wordings(kit: Kit, header: str, label: str) -> None:
    assert label_of(header, kit.tables) == label


def test_a_header_whose_marks_a_recogniser_lost_means_its_role(kit: Kit) -> None:
    assert label_of("Đơn vị thục hiện", kit.tables) == "lead"
    assert label_of("THOI GIAN THUC HIEN", kit.tables) == "due"
    assert label_of("Thục đơn", kit.tables) is None


def test_columns_of_a_plain_assignment_table(kit: Kit) -> None:
    made, tables, _ = read(
        kit,
        [
            "STT|Nội dung công việc|Đơn vị chủ trì|Đơn vị phối hợp|Thời gian hoàn thành|Sản phẩm",
            "1|Khám sức khỏe người cao tuổi|Trạm Y tế|Hội Người cao tuổi|Tháng 6/2025|Hồ sơ sức khỏe",
            "2|Tiêm vắc xin sởi|Trạm Y tế||Quý II/2025|Báo cáo",
        ],
    )
    assert roles(tables[0]) == "order task lead coordinating due deliverable"
    assert words(made, tables[0])[1] == ["2", "Tiêm vắc xin sởi", "Trạm Y tế", "", "Quý II/2025", "Báo cáo"]


def test_years_under_a_merged_header_give_the_period_and_the_line_above_the_unit(kit: Kit) -> None:
    _, tables, _ = read(
        kit,
        "ĐVT: triệu đồng",
        [
            "TT|Công trình|Chủ đầu tư|Kinh phí|||",
            "|||2024|2025|2026|Nguồn vốn",
            "1|Đường liên thôn|Ban Quản lý dự án|500|700|0|NS xã",
        ],
    )
    assert [column.period for column in tables[0].columns] == [None, None, None, "2024", "2025", "2026", None]
    assert roles(tables[0]) == "order task lead budget budget budget fund"
    assert tables[0].multiplier == 1_000_000


def test_cells_merged_in_both_ways_make_the_same_header(kit: Kit) -> None:
    assembler = Assembler()
    head = [
        RawCell(("TT",), 0, 0, 2), RawCell(("Mô hình",), 0, 1, 2), RawCell(("Cơ quan thực hiện",), 0, 2, 1, 2),
        RawCell(("Chủ trì",), 1, 2), RawCell(("Phối hợp",), 1, 3),
    ]  # fmt: skip
    body = [RawCell((word,), 2, i) for i, word in enumerate(["1", "Trồng lúa hữu cơ", "Phòng Kinh tế", "Hội Nông dân"])]
    assembler.table([*head, *body])
    tables, _ = read_tables(assembler.document("x"), (), kit)
    assert roles(tables[0]) == "order task lead coordinating"
    assert len(tables[0].rows) == 1


def test_the_row_of_column_numbers_and_a_header_repeated_on_the_next_page_are_no_rows(kit: Kit) -> None:
    made, tables, _ = read(
        kit,
        [
            "TT|Nhiệm vụ|Cơ quan chủ trì",
            "(1)|(2)|(3)",
            "1|Sửa cống|UBND xã",
            "TT|Nhiệm vụ|Cơ quan chủ trì",
            "2|Nạo vét kênh|UBND xã",
        ],
    )
    assert [row[1] for row in words(made, tables[0])] == ["Sửa cống", "Nạo vét kênh"]


def test_a_table_without_header_that_follows_at_once_goes_on(kit: Kit) -> None:
    made, tables, _ = read(
        kit,
        ["TT|Nhiệm vụ|Cơ quan chủ trì|Thời hạn", "1|Sửa cống|UBND xã|Quý I"],
        ["2|Nạo vét kênh|UBND xã|Quý II"],
    )
    assert len(tables) == 1
    assert words(made, tables[0])[1] == ["2", "Nạo vét kênh", "UBND xã", "Quý II"]
    assert len(tables[0].continued) == 1


def test_group_rows_become_sections_under_the_appendix(kit: Kit) -> None:
    made = document(
        "PHỤ LỤC",
        [
            "TT|Nhiệm vụ|Chủ trì",
            "A|CẤP TỈNH|",
            "I|Tuyên truyền|",
            "1|Phát thanh|Sở Y tế",
            "B|CẤP XÃ|",
            "I|Giám sát|",
            "1|Kiểm tra chợ|Trạm Y tế",
        ],
    )
    home = Section("PL2", "PHỤ LỤC", "", 1, SectionKind.APPENDIX, Span(0, len(made.text)), Span(0, 7))
    tables, groups = read_tables(made, (home,), kit)
    assert [group.path for group in groups] == ["PL2.A", "PL2.A.I", "PL2.B", "PL2.B.I"]
    assert [group.heading for group in groups] == ["CẤP TỈNH", "Tuyên truyền", "CẤP XÃ", "Giám sát"]
    assert [row.section for row in tables[0].rows if row.kind is RowKind.ITEM] == ["PL2.A.I", "PL2.B.I"]
    assert all(group.span.start < group.span.end for group in groups)


def test_a_group_title_in_one_cell_with_its_label(kit: Kit) -> None:
    made, _, groups = read(
        kit, ["TT|Nhiệm vụ|Chủ trì|Thời hạn", "II. Phát triển trồng trọt|||", "1|Cấp giống lúa|Phòng Kinh tế|Tháng 3"]
    )
    assert [(g.path, g.label, g.heading) for g in groups] == [("II", "II.", "Phát triển trồng trọt")]
    assert groups[0].heading_span.of(made.text) == "Phát triển trồng trọt"


def test_sums_too_many_for_the_years_are_surplus_and_the_fund_keeps_its_column(kit: Kit) -> None:
    made, tables, _ = read(
        kit,
        "Đơn vị tính: triệu đồng",
        [
            "TT|Nội dung|Chủ trì|Kinh phí và nguồn vốn|||",
            "|||2023|2024|Nguồn vốn|",
            "1|Xây chợ|UBND xã|50|60|60|NS xã",
            "Cộng|||50|60|60|",
        ],
    )
    item, total = tables[0].rows
    assert words(made, tables[0])[0] == ["1", "Xây chợ", "UBND xã", "50", "60", "NS xã"]
    assert [cell.span.of(made.text) for cell in item.surplus] == ["60"]
    assert total.kind is RowKind.TOTAL
    assert len(total.surplus) == 1


def test_a_year_printed_twice_in_the_header_is_one_column(kit: Kit) -> None:
    _, tables, _ = read(
        kit, ["TT|Nội dung|Kinh phí (triệu đồng)|||", "||2024|2025|2025|Nguồn vốn", "1|Xây chợ|5|6|NS xã|"]
    )
    assert [column.period for column in tables[0].columns[2:]] == ["2024", "2025", None]


def test_total_rows_are_told_from_work_that_begins_alike(kit: Kit) -> None:
    _, tables, _ = read(
        kit,
        [
            "TT|Hoạt động|Phụ trách|Kinh phí (đồng)",
            "1|Tổng kết phong trào|Đoàn xã|5.000.000",
            "|Cộng mục I||5.000.000",
            "|Tổng cộng||5.000.000",
        ],
    )
    assert [row.kind for row in tables[0].rows] == [RowKind.ITEM, RowKind.SUBTOTAL, RowKind.TOTAL]


def test_indicators_with_unit_and_years_are_targets(kit: Kit) -> None:
    _, tables, _ = read(
        kit, ["TT|Chỉ tiêu|ĐVT|Thực hiện 2024|Kế hoạch 2025|Cơ quan chủ trì", "1|Hộ nghèo|%|5,2|4,1|Phòng Nội vụ"]
    )
    assert roles(tables[0]) == "order indicator unit baseline target lead"


@pytest.mark.parametrize(
    "rows",
    [
        ["UBND XÃ A|CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 5/KH-UBND|A, ngày 3 tháng 2 năm 2025"],
        ["Nơi nhận:|TM. ỦY BAN NHÂN DÂN", "- Lưu: VT.|CHỦ TỊCH"],
        ["TT|Họ và tên|Chức vụ|Nhiệm vụ", "1|Lê Văn A|Chủ tịch|Trưởng ban", "2|Trần Thị B|Công chức|Thành viên"],
        [
            "Thời gian|Nội dung|Người thực hiện",
            "7h30 - 8h00|Đón tiếp đại biểu|Văn phòng",
            "8h00 - 8h15|Khai mạc|Ban Tổ chức",
        ],
        ["TT|Nội dung công việc|Người thực hiện|Thời gian", "1|…|…|…", "2||…|"],
        ["TT|Tên trường|Địa chỉ", "1|Trường Tiểu học A|Ấp 1", "2|Trường Tiểu học B|Ấp 2"],
    ],
)
def test_what_assigns_nothing_is_left_out(kit: Kit, rows: list[str]) -> None:
    assert read(kit, rows)[1] == ()


def test_a_scraped_header_whose_merged_cells_lost_their_widths(kit: Kit) -> None:
    _, tables, _ = read(
        kit,
        ["TT|Nhiệm vụ|Cơ quan thực hiện|Thời hạn|", "Chủ trì|Phối hợp|||", "1|Cấp nước sạch|Sở Xây dựng|UBND xã|Quý I"],
    )
    assert roles(tables[0]) == "order task lead coordinating due"


def test_two_group_rows_scraped_as_one(kit: Kit) -> None:
    _, _, groups = read(
        kit,
        ["TT|Nhiệm vụ|Chủ trì|Thời hạn|Kết quả", "A|NỀN TẢNG||I|Thể chế", "1|Rà soát văn bản|Sở Tư pháp|2026|Báo cáo"],
    )
    assert [(g.path, g.heading) for g in groups] == [("A", "NỀN TẢNG"), ("A.I", "Thể chế")]


def test_a_table_of_what_was_spent_plans_nothing(kit: Kit) -> None:
    rows = ["STT|Nội dung|Kinh phí năm 2024", "1|Sửa kênh|500", "2|Sửa cầu|20"]
    assert read(kit, "KẾT QUẢ GIẢI NGÂN NĂM 2024", rows)[1] == ()


def test_the_year_that_is_ending_is_not_planned_where_its_result_stands_beside_it(kit: Kit) -> None:
    _, tables, _ = read(
        kit,
        [
            "TT|Chỉ tiêu|Đơn vị tính|Năm 2025||Năm 2026",
            "|||Kế hoạch|Ước thực hiện|",
            "1|Sản lượng chè|tấn|900|870|950",
        ],
    )
    assert roles(tables[0]) == "order indicator unit other baseline target"


def test_an_item_numbered_like_the_groups_stands_beside_them(kit: Kit) -> None:
    _, tables, _ = read(
        kit,
        [
            "TT|Nhiệm vụ|Chủ trì|Thời hạn",
            "I|Tuyên truyền||",
            "1|Phát thanh|Văn phòng|Tháng 3",
            "II|Tổng kết|Văn phòng|Tháng 12",
        ],
    )
    assert [row.section for row in tables[0].rows] == ["I", "I", None]


def test_a_time_beside_the_sums_is_no_sum_too_many(kit: Kit) -> None:
    made, tables, _ = read(
        kit,
        "ĐVT: triệu đồng",
        ["TT|Dự án|Tổng vốn|||Năm thực hiện", "||Tổng số|NSTW|NSX|", "1|Đường liên xã|300|200|100|2025"],
    )
    assert words(made, tables[0])[0] == ["1", "Đường liên xã", "300", "200", "100", "2025"]
    assert not tables[0].rows[0].surplus


def test_a_total_column_beside_funds_holds_sums(kit: Kit) -> None:
    rows = ["TT|Nội dung|Tổng số|Ngân sách tỉnh|Ngân sách huyện", "1|Sửa kênh|500|300|200", "2|Nạo vét|90|60|30"]
    _, (table,), _ = read(kit, "Đơn vị: triệu đồng", rows)
    assert [column.role for column in table.columns][2:] == ["budget", "budget", "budget"]


def test_in_a_table_that_only_divides_money_the_source_names_the_row(kit: Kit) -> None:
    rows = ["TT|Nguồn vốn|Tổng|2027|2028", "1|Ngân sách tỉnh|50|20|30", "2|Nhân dân đóng góp|9|6|3"]
    _, (table,), _ = read(kit, "ĐVT: tỷ đồng", rows)
    assert [column.role for column in table.columns] == ["order", "indicator", "budget", "budget", "budget"]


def test_a_unit_beside_figures_is_a_unit_also_without_tinh(kit: Kit) -> None:
    rows = ["STT|Chỉ tiêu|Đơn vị|Thực hiện 2025|Kế hoạch 2026|Chủ trì", "1|Tỷ lệ chợ có mã QR|%|40|60|Phòng Kinh tế"]
    _, (table,), _ = read(kit, rows)
    assert [column.role for column in table.columns][1:5] == ["indicator", "unit", "baseline", "target"]
