"""PDF as offices export it: lines, columns, furniture, footnotes, protection."""

from __future__ import annotations

import pytest
from pdf_making import Pdf

from khparse.errors import InputError
from khparse.model.document import Document
from khparse.read.pdf import read_pdf

LONG = (
    "Giao Phòng Văn hóa và Thông tin chủ trì, phối hợp với các cơ quan, đơn vị có liên quan xây dựng kế hoạch chi tiết,"
    " tổ chức thực hiện các nội dung được giao và báo cáo kết quả về Ủy ban nhân dân huyện trước ngày 30 tháng 11 hằng năm"
    " theo đúng quy định."
)


def lines(document: Document) -> list[str]:
    return [block.span.of(document.text) for block in document.blocks]


def test_lines_of_a_paragraph_are_joined() -> None:
    pdf = Pdf()
    y = pdf.paragraph(100, LONG)
    pdf.paragraph(y, "- " + LONG)
    assert lines(read_pdf(pdf.bytes())) == [LONG, "- " + LONG]


def test_a_paragraph_goes_on_over_the_page_and_its_offsets_know_where() -> None:
    pdf = Pdf()
    words = LONG.split()
    rest = pdf.paragraph(780, LONG)
    assert rest > 0
    pdf.page()
    pdf.center(297, 40, "2")
    pdf.paragraph(90, "và chịu trách nhiệm trước Chủ tịch Ủy ban nhân dân huyện về kết quả.", indent=0)
    document = read_pdf(pdf.bytes())
    assert [page.number for page in document.pages] == [1, 2]
    assert "2" not in [line for line in lines(document)]
    assert words[0] in document.text


def test_the_letterhead_is_read_column_by_column() -> None:
    pdf = Pdf()
    for place, (left, right) in enumerate(
        [("UBND HUYỆN TÂN LẬP", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("PHÒNG NỘI VỤ", "Độc lập - Tự do - Hạnh phúc")]
    ):
        pdf.center(160, 60 + 16 * place, left, 11, bold=place == 1)
        pdf.center(410, 60 + 16 * place, right, 11, bold=True)
    pdf.center(160, 96, "Số:        /KH-PNV", 11)
    pdf.center(410, 96, "Tân Lập, ngày       tháng 4 năm 2024", 11)
    pdf.text(140, 96, "57", 11)
    pdf.center(310, 140, "KẾ HOẠCH", 14, bold=True)
    pdf.paragraph(180, LONG)
    assert lines(read_pdf(pdf.bytes()))[:6] == [
        "UBND HUYỆN TÂN LẬP",
        "PHÒNG NỘI VỤ",
        "Số: 57 /KH-PNV",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Tân Lập, ngày tháng 4 năm 2024",
    ]


def test_damaged_bytes_are_refused() -> None:
    with pytest.raises(InputError, match="hỏng"):
        read_pdf(b"%PDF-1.7\n" + b"x" * 300)
