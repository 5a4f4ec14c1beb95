"""Word's tables: cells in their places, frames told from tables."""

from __future__ import annotations

from word_files import docx, p, r, tbl, tc, tr

from khparse.model.document import Table
from khparse.read.docx.document import read_docx

SPAN, GO_ON = "<w:gridSpan w:val='2'/>", "<w:vMerge/>"
BEGIN = "<w:vMerge w:val='restart'/>"


def only(body: str) -> tuple[Table, str]:
    document = read_docx(docx(body))
    (table,) = document.tables()
    return table, document.text


def test_cells_merged_across_and_down_fill_their_rectangle() -> None:
    body = tbl(
        tr(tc("TT", BEGIN), tc("Kinh phí", SPAN)),
        tr(tc("", GO_ON), "2025", "2026"),
        tr("1", "10", "20"),
        columns=3,
    )
    table, text = only(body)
    placed = {cell.span.of(text): (cell.row, cell.column, cell.row_span, cell.column_span) for cell in table.cells}
    assert placed["TT"] == (0, 0, 2, 1)
    assert placed["Kinh phí"] == (0, 1, 1, 2)
    assert placed["20"] == (2, 2, 1, 1)


def test_a_row_that_begins_late_stands_under_its_columns() -> None:
    late = tr("b", properties="<w:trPr><w:gridBefore w:val='1'/></w:trPr>")
    table, text = only(tbl(tr("TT", "Nội dung"), tr("1", "a"), late))
    assert [(c.row, c.column) for c in table.cells if c.span.of(text) == "b"] == [(2, 1)]


def test_lines_drawn_by_hand_that_nearly_meet_are_one_column() -> None:
    grid = "<w:tblGrid><w:gridCol w:w='2000'/><w:gridCol w:w='60'/><w:gridCol w:w='3000'/></w:tblGrid>"
    first = f"<w:tr>{tc('TT')}{tc('Nội dung', SPAN)}</w:tr>"
    second = f"<w:tr>{tc('1', SPAN)}{tc('a')}</w:tr>"
    third = f"<w:tr>{tc('2')}{tc('b', SPAN)}</w:tr>"
    borders = "<w:tblPr><w:tblBorders><w:top w:val='single'/></w:tblBorders></w:tblPr>"
    table, text = only(f"<w:tbl>{borders}{grid}{first}{second}{third}</w:tbl>")
    assert table.columns == 2
    assert {cell.span.of(text): cell.column for cell in table.cells}["a"] == 1


def test_deleted_rows_are_not_read() -> None:
    gone = tr("x", "y", properties="<w:trPr><w:del w:id='1'/></w:trPr>")
    assert only(tbl(tr("TT", "Nội dung"), gone, tr("1", "a"), tr("2", "b")))[0].rows == 3


def test_paragraphs_and_breaks_in_a_cell_are_lines() -> None:
    cell = tc(p("Sở Y tế", raw=f"<w:r><w:br/></w:r>{r('Sở Nội vụ')}") + p("Công an tỉnh"))
    table, text = only(tbl(tr("TT", "Chủ trì"), tr("1", cell), tr("2", "x")))
    assert table.cells[3].span.of(text) == "Sở Y tế\nSở Nội vụ\nCông an tỉnh"


def test_a_table_inside_a_cell_gives_a_line_for_each_of_its_rows() -> None:
    inner = tbl(tr("Lớp", "Số tiết"), tr("6", "35"), tr("7", "36"))
    table, text = only(tbl(tr("TT", "Nội dung"), tr("1", tc(inner + p())), tr("2", "x")))
    assert table.cells[3].span.of(text) == "Lớp Số tiết\n6 35\n7 36"


def test_the_head_is_read_column_by_column_even_with_lines_drawn() -> None:
    head = tbl(tr("UBND XÃ B", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), tr("Số: 7/KH-UBND", "B, ngày 1 tháng 2 năm 2025"))
    document = read_docx(docx(head + p("KẾ HOẠCH")))
    assert not list(document.tables())
    assert document.text.splitlines()[:2] == ["UBND XÃ B", "Số: 7/KH-UBND"]


def test_recipients_stand_before_the_signature_beside_them() -> None:
    tail = tbl(tr(tc(p("Nơi nhận:") + p("- Như trên;") + p("- Lưu: VT.")), tc(p("CHỦ TỊCH") + p("Trần Văn C"))))
    document = read_docx(docx(tail))
    assert document.text.splitlines() == ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "CHỦ TỊCH", "Trần Văn C"]


def test_a_box_around_words_is_no_table() -> None:
    assert not list(read_docx(docx(tbl(tr("Chỉ một ô"), columns=1))).tables())


def test_a_small_table_without_lines_only_places_things() -> None:
    frame = tbl(tr("NGƯỜI LẬP BIỂU", "KẾ TOÁN TRƯỞNG"), borders="nil")
    assert read_docx(docx(frame)).text.splitlines() == ["NGƯỜI LẬP BIỂU", "KẾ TOÁN TRƯỞNG"]


def test_a_footnote_in_a_cell_follows_the_table() -> None:
    notes = f"<w:footnote w:id='1'>{p('Số liệu tạm tính.')}</w:footnote>"
    marked = tc(p("80", raw="<w:r><w:footnoteReference w:id='1'/></w:r>"))
    document = read_docx(docx(tbl(tr("TT", "%"), tr("1", marked), tr("2", "90")), footnotes=notes))
    assert document.text.endswith("2\t90\nSố liệu tạm tính.\n")


def test_a_row_on_the_next_page_begins_that_page() -> None:
    turned = tc(p(raw="<w:r><w:lastRenderedPageBreak/><w:t>2</w:t></w:r>"))
    document = read_docx(docx(p("Biểu") + tbl(tr("TT", "A"), tr("1", "x"), tr(turned, "y"))))
    assert [page.span.of(document.text) for page in document.pages] == ["Biểu\nTT\tA\n1\tx\n", "2\ty\n"]


def test_a_small_table_that_counts_its_rows_is_one_without_lines_too() -> None:
    table, _ = only(tbl(tr("STT", "Nội dung"), tr("1", "Rà soát"), borders="nil"))
    assert (table.rows, table.columns) == (2, 2)


def test_a_column_of_recipients_of_reports_is_no_foot() -> None:
    body = tbl(
        tr("Báo cáo", "Nơi nhận", "Hạn"),
        tr("Quý", "Sở Nội vụ", "ngày 20"),
        tr("Năm", "Q. Bình Tân", "ngày 5"),
        columns=3,
    )
    assert only(body)[0].columns == 3


def test_lines_of_the_table_style_count() -> None:
    styles = (
        "<w:style w:type='table' w:styleId='Ke'><w:tblStylePr w:type='wholeTable'><w:tcPr><w:tcBorders>"
        "<w:top w:val='single'/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>"
    )
    rows = tr("Chỉ tiêu", "Năm 2030") + tr("Tỷ lệ xã đạt chuẩn", "90%")
    body = f"<w:tbl><w:tblPr><w:tblStyle w:val='Ke'/></w:tblPr>{rows}</w:tbl>"
    assert len(list(read_docx(docx(body, styles=styles)).tables())) == 1


def test_a_row_cut_by_two_page_ends_turns_two_pages() -> None:
    cut = tc("".join(p(raw=f"<w:r><w:lastRenderedPageBreak/><w:t>phần {i}</w:t></w:r>") for i in (2, 3)))
    document = read_docx(docx(p("Biểu") + tbl(tr("TT", "A"), tr("1", cut), tr("2", "y"))))
    assert [page.span.of(document.text) for page in document.pages] == [
        "Biểu\nTT\tA\n1\t",
        "phần 2\n",
        "phần 3\n2\ty\n",
    ]
