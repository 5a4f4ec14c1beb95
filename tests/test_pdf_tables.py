"""Ruled tables of PDFs: cells in their places, merged ones, tables that go on over pages."""

from __future__ import annotations

from pdf_making import Pdf

from khparse.model.document import Document, Table
from khparse.read.pdf.document import read_pdf

HEAD = ["TT", "Nhiệm vụ", "Chủ trì", "Kinh phí"]
XS = [60.0, 90.0, 300.0, 430.0, 520.0]


def ruled(pdf: Pdf, y: float, rows: list[list[str]], *, xs: list[float] = XS, step: float = 40) -> float:
    """Draws rows of a ruled table, cells with one or more lines; the height of its lower edge."""
    bottom = y + step * len(rows)
    for x in xs:
        pdf.line(x, y, x, bottom)
    for place, row in enumerate(rows):
        pdf.line(xs[0], y + step * place, xs[-1], y + step * place)
        for x, text in zip(xs, row, strict=False):
            for number, line in enumerate(text.split("|")):
                pdf.text(x + 5, y + step * place + 14 + 14 * number, line, 11)
    pdf.line(xs[0], bottom, xs[-1], bottom)
    return bottom


def grid(document: Document, index: int = 0) -> list[list[str]]:
    table: Table = list(document.tables())[index]
    places = [["" for _ in range(table.columns)] for _ in range(table.rows)]
    for cell in table.cells:
        places[cell.row][cell.column] = cell.span.of(document.text)
    return places


def test_every_cell_is_in_its_row_and_column() -> None:
    pdf = Pdf()
    pdf.center(297, 80, "PHỤ LỤC", bold=True)
    ruled(
        pdf,
        100,
        [HEAD, ["1", "Rà soát hồ sơ của các đơn vị|trực thuộc", "Phòng Nội vụ", "1.200"], ["2", "Tập huấn", "", "0"]],
    )
    document = read_pdf(pdf.bytes())
    assert grid(document) == [
        HEAD,
        ["1", "Rà soát hồ sơ của các đơn vị trực thuộc", "Phòng Nội vụ", "1.200"],
        ["2", "Tập huấn", "", "0"],
    ]
    assert document.text.startswith("PHỤ LỤC\n")


def test_a_table_over_two_pages_is_one_without_its_repeated_head() -> None:
    pdf = Pdf()
    ruled(pdf, 700, [HEAD, ["1", "Rà soát", "Phòng A", "5"]])
    pdf.page()
    pdf.center(297, 40, "2")
    ruled(pdf, 70, [HEAD, ["2", "Tập huấn", "Phòng B", "6"]])
    document = read_pdf(pdf.bytes())
    assert len(list(document.tables())) == 1
    assert grid(document) == [HEAD, ["1", "Rà soát", "Phòng A", "5"], ["2", "Tập huấn", "Phòng B", "6"]]
    assert document.page_at(document.text.index("Tập huấn")) == 2


def test_a_row_cut_by_the_page_is_joined() -> None:
    pdf = Pdf()
    ruled(pdf, 700, [HEAD, ["1", "Xây dựng phần mềm theo dõi|việc thực hiện các nhiệm vụ", "Phòng A", "5"]])
    pdf.page()
    ruled(pdf, 70, [["", "do cấp trên giao", "", ""], ["2", "Tập huấn", "Phòng B", "6"]])
    assert grid(read_pdf(pdf.bytes())) == [
        HEAD,
        ["1", "Xây dựng phần mềm theo dõi việc thực hiện các nhiệm vụ do cấp trên giao", "Phòng A", "5"],
        ["2", "Tập huấn", "Phòng B", "6"],
    ]


def test_a_row_that_a_page_cut_without_drawing_a_floor_stays_in_the_table() -> None:
    pdf = Pdf()
    bottom = ruled(pdf, 700, [HEAD, ["1", "Rà soát", "Phòng A", "5"]], step=30)
    for x, text in zip(XS, ["2", "Xây dựng phần mềm theo dõi", "Phòng B", "6", ""], strict=True):
        pdf.line(x, bottom, x, bottom + 24)
        pdf.text(x + 5, bottom + 14, text, 11)
    pdf.page()
    for x, text in zip(XS, ["", "việc thực hiện", "", "", ""], strict=True):
        pdf.line(x, 70, x, 94)
        pdf.text(x + 5, 84, text, 11)
    ruled(pdf, 94, [["3", "Tập huấn", "Phòng C", "7"]])
    assert grid(read_pdf(pdf.bytes())) == [
        HEAD,
        ["1", "Rà soát", "Phòng A", "5"],
        ["2", "Xây dựng phần mềm theo dõi việc thực hiện", "Phòng B", "6"],
        ["3", "Tập huấn", "Phòng C", "7"],
    ]


def test_merged_cells_keep_their_rectangle() -> None:
    pdf = Pdf()
    for x, top in [(60, 100), (200, 100), (300, 120), (400, 100)]:
        pdf.line(x, top, x, 180)
    for y, left in [(100, 60), (120, 200), (140, 60), (180, 60)]:
        pdf.line(left, y, 400, y)
    for x, y, text in [
        (65, 125, "Nội dung"),
        (260, 114, "Kinh phí"),
        (230, 134, "2024"),
        (330, 134, "2025"),
        (65, 160, "Mua sắm"),
        (230, 160, "10"),
        (330, 160, "20"),
    ]:
        pdf.text(x, y, text, 11)
    table = next(read_pdf(pdf.bytes()).tables())
    assert [(c.row, c.column, c.row_span, c.column_span) for c in table.cells][:2] == [(0, 0, 2, 1), (0, 1, 1, 2)]


def test_a_word_that_a_narrow_cell_broke_is_whole_again() -> None:
    pdf = Pdf()
    width = pdf.canvas.stringWidth("Tổn", pdf.plain, 11)
    xs = [60.0, 60 + width + 11, 200.0]
    ruled(pdf, 100, [["Tổn|g|cộn|g", "100"]], xs=xs, step=80)
    assert grid(read_pdf(pdf.bytes())) == [["Tổng cộng", "100"]]


def test_paragraphs_of_a_cell_stay_apart() -> None:
    pdf = Pdf()
    ruled(pdf, 100, [["1", "- Rà soát;|- Báo cáo.", "Phòng A", ""]], step=60)
    assert grid(read_pdf(pdf.bytes()))[0][1] == "- Rà soát;\n- Báo cáo."


def test_a_frame_around_words_is_no_table() -> None:
    pdf = Pdf()
    for x in (70, 200):
        pdf.line(x, 80, x, 110)
    for y in (80, 110):
        pdf.line(70, y, 200, y)
    pdf.text(80, 100, "DỰ THẢO")
    assert list(read_pdf(pdf.bytes()).tables()) == []


def test_columns_without_rules_are_a_table() -> None:
    pdf = Pdf()
    pdf.paragraph(
        80, "Danh sách các nội dung và kinh phí thực hiện năm 2025 của huyện gồm các mục sau đây, tính bằng triệu đồng."
    )
    rows = [
        ["TT", "Nội dung", "Đơn vị", "Kinh phí"],
        ["1", "Mua máy tính cho", "Phòng Tài chính", "120"],
        ["", "bộ phận một cửa", "", ""],
        ["2", "Tập huấn", "Phòng Nội vụ", "30"],
    ]
    for place, row in enumerate(rows):
        for x, text in zip([80, 120, 300, 450], row, strict=True):
            pdf.text(x, 150 + 18 * place, text, 12)
    assert grid(read_pdf(pdf.bytes())) == [
        rows[0],
        ["1", "Mua máy tính cho bộ phận một cửa", "Phòng Tài chính", "120"],
        rows[3],
    ]


def test_a_head_and_a_signature_are_no_table() -> None:
    pdf = Pdf()
    for place, (left, right) in enumerate(
        [("UBND HUYỆN", "CỘNG HÒA XÃ HỘI"), ("PHÒNG NỘI VỤ", "Độc lập - Tự do"), ("Số: 1/KH", "Tân Lập, ngày 1")]
    ):
        pdf.center(160, 80 + 18 * place, left)
        pdf.center(430, 80 + 18 * place, right)
    assert list(read_pdf(pdf.bytes()).tables()) == []


def test_a_dash_that_had_no_room_in_a_narrow_cell_is_no_bullet() -> None:
    pdf = Pdf()
    width = pdf.canvas.stringWidth("Phòng Kế hoạch", "Plain", 11)
    xs = [60.0, 90.0, 300.0, 312.0 + width, 520.0]
    ruled(pdf, 100, [HEAD, ["1", "Rà soát hồ sơ", "Phòng Kế hoạch|- Tài chính;|Phòng Y tế", "5"]], xs=xs, step=60)
    assert grid(read_pdf(pdf.bytes()))[1][2].startswith("Phòng Kế hoạch - Tài chính;")
