"""PDF as offices export it: lines, columns, furniture, footnotes, protection."""

from __future__ import annotations

import contextlib

import pytest
from pdf_making import Pdf

from khparse.errors import EncryptedError, InputError, LimitError
from khparse.model.document import Document
from khparse.read import limits
from khparse.read.pdf.document import read_pdf

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


def test_a_hyphen_inside_a_number_at_the_lines_end_stays_whole() -> None:
    pdf = Pdf()
    pdf.text(108, 100, "Thực hiện theo hướng dẫn tại Công văn số 4417/UBND-")
    pdf.text(80, 118, "VP ngày 12/5/2024 của Ủy ban nhân dân huyện về việc rà soát.")
    assert "4417/UBND-VP ngày" in read_pdf(pdf.bytes()).text


def test_page_numbers_and_running_heads_are_left_out() -> None:
    pdf = Pdf()
    for number in range(1, 5):
        pdf.center(297, 40, str(number))
        pdf.text(80, 56, "Kế hoạch chuyển đổi số huyện Tân Lập", 9)
        pdf.paragraph(100, f"{number}. {LONG}")
        pdf.page()
    document = read_pdf(pdf.bytes())
    assert [line[:2] for line in lines(document)] == ["1.", "2.", "3.", "4."]


def test_a_running_head_of_two_pages_is_known_by_its_number() -> None:
    pdf = Pdf()
    for number in (1, 2):
        pdf.text(80, 40, f"UBND huyện Tân Lập - Kế hoạch chuyển đổi số - Trang {number} trên 2", 9)
        pdf.paragraph(100, f"{number}. {LONG}")
        pdf.page()
    assert [line[:2] for line in lines(read_pdf(pdf.bytes()))] == ["1.", "2."]


def test_what_a_browser_prints_at_the_papers_edge_is_left_out_and_does_not_widen_the_text() -> None:
    pdf = Pdf()
    pdf.text(20, 24, "5/14/24, 9:02 AM", 8)
    pdf.text(300, 24, "Kế hoạch số 57/KH-PNV - Thư viện văn bản", 8)
    pdf.paragraph(100, LONG)
    pdf.text(20, 824, "https://vanban.example.vn/ke-hoach-57.aspx", 8)
    pdf.text(560, 824, "1/2", 8)
    assert lines(read_pdf(pdf.bytes())) == [LONG]


def test_signature_stamps_are_left_out() -> None:
    pdf = Pdf()
    for place, line in enumerate(
        ["Ký bởi: Ủy ban nhân dân huyện Tân Lập", "Cơ quan: Tỉnh Bình Hòa", "Thời gian ký: 03.02.2025 14:00:35 +07:00"]
    ):
        pdf.text(330, 20 + 9 * place, line, 7)
    pdf.paragraph(100, LONG)
    assert lines(read_pdf(pdf.bytes())) == [LONG]


def test_a_footnote_follows_the_paragraph_of_its_mark() -> None:
    pdf = Pdf()
    pdf.text(108, 100, "Hoàn thành việc số hóa hồ sơ theo quy định của pháp luật")
    end = 108 + pdf.canvas.stringWidth("Hoàn thành việc số hóa hồ sơ theo quy định của pháp luật", "Plain", 13)
    pdf.text(end, 96, "1", 8)
    pdf.text(end + 5, 100, ".")
    y = pdf.paragraph(140, LONG)
    pdf.line(80, 740, 220, 740)
    pdf.text(80, 751, "1", 6)
    pdf.text(85, 755, "Nghị định số 45/2020/NĐ-CP ngày 08/4/2020 của Chính phủ.", 9)
    assert y < 740
    document = read_pdf(pdf.bytes())
    kinds = [(block.kind, block.span.of(document.text)) for block in document.paragraphs()]
    assert kinds[0][1].startswith("Hoàn thành")
    assert "luật1" not in kinds[0][1]
    assert kinds[1] == ("footnote", "Nghị định số 45/2020/NĐ-CP ngày 08/4/2020 của Chính phủ.")
    assert kinds[2] == ("paragraph", LONG)


def test_a_mark_after_the_stop_stands_above_the_line_though_hardly_smaller() -> None:
    pdf = Pdf()
    pdf.text(108, 100, "Hoàn thành việc số hóa hồ sơ.")
    pdf.text(108 + pdf.canvas.stringWidth("Hoàn thành việc số hóa hồ sơ.", "Plain", 13), 94, "1", 11)
    pdf.paragraph(140, LONG)
    pdf.text(80, 751, "1", 6)
    pdf.text(85, 755, "Theo quy định về lưu trữ.", 9)
    assert lines(read_pdf(pdf.bytes()))[:2] == ["Hoàn thành việc số hóa hồ sơ.", "Theo quy định về lưu trữ."]


def test_a_recipient_longer_than_the_others_stays_in_its_column() -> None:
    pdf = Pdf()
    pdf.paragraph(100, LONG)
    left = ["Nơi nhận:", "- Như trên;", "- Các đơn vị trực thuộc Ủy ban nhân dân", "huyện;", "- Lưu: VT."]
    for place, line in enumerate(left):
        pdf.text(85, 220 + 15 * place, line, 11)
    pdf.center(430, 220, "TM. ỦY BAN NHÂN DÂN", bold=True)
    pdf.center(430, 235, "CHỦ TỊCH", bold=True)
    pdf.center(430, 310, "Lê Văn Bình", bold=True)
    read = lines(read_pdf(pdf.bytes()))
    assert read[3:] == [
        "- Các đơn vị trực thuộc Ủy ban nhân dân huyện;", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lê Văn Bình",
    ]  # fmt: skip


def test_a_recipient_that_fills_its_column_ends_before_the_next_dash() -> None:
    pdf = Pdf()
    y = pdf.paragraph(100, LONG)
    for number in range(1, 5):
        y = pdf.paragraph(y, f"{number}. {LONG}")
    left = ["Nơi nhận:", "- Các phòng, ban của huyện;", "- Các xã, thị trấn, đơn vị;", "- Lưu: VT."]
    for place, line in enumerate(left):
        pdf.text(80, y + 20 + 15 * place, line, 11)
    pdf.center(430, y + 20, "CHỦ TỊCH", bold=True)
    pdf.center(430, y + 90, "Lê Văn Bình", bold=True)
    assert lines(read_pdf(pdf.bytes()))[-6:-2] == left


def test_a_title_in_capitals_ends_with_its_years_on_the_next_line() -> None:
    pdf = Pdf()
    pdf.paragraph(100, LONG)
    pdf.center(310, 300, "DANH MỤC NHIỆM VỤ TRỌNG TÂM VỀ CHUYỂN ĐỔI SỐ GIAI ĐOẠN", 12, bold=True)
    pdf.center(310, 316, "2024-2026", 12, bold=True)
    assert lines(read_pdf(pdf.bytes()))[-1].endswith("GIAI ĐOẠN 2024-2026")


def test_recipients_and_signature_are_read_column_by_column() -> None:
    pdf = Pdf()
    pdf.paragraph(100, LONG)
    for place, line in enumerate(["Nơi nhận:", "- Như trên;", "- Các phòng, ban;", "- Lưu: VT."]):
        pdf.text(85, 220 + 15 * place, line, 11)
    for y, line in [(220, "KT. CHỦ TỊCH"), (236, "PHÓ CHỦ TỊCH"), (320, "Lê Thị Bình")]:
        pdf.center(430, y, line, 13, bold=True)
    assert lines(read_pdf(pdf.bytes()))[1:] == [
        "Nơi nhận:",
        "- Như trên;",
        "- Các phòng, ban;",
        "- Lưu: VT.",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Lê Thị Bình",
    ]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_rotated_page_is_read_as_it_is_shown(rotation: int) -> None:
    import io

    import pypdfium2 as pdfium

    pdf = Pdf()
    pdf.canvas.saveState()
    pdf.canvas.translate(*{90: (595, 0), 180: (595, 842), 270: (0, 842)}[rotation])
    pdf.canvas.rotate(rotation)
    pdf.height = 842 if rotation == 180 else 595
    pdf.paragraph(100, LONG)
    pdf.canvas.restoreState()
    source = pdfium.PdfDocument(pdf.bytes())
    source[0].set_rotation(rotation)
    out = io.BytesIO()
    source.save(out)
    document = read_pdf(out.getvalue())
    assert lines(document) == [LONG]
    assert document.pages[0].width == (595 if rotation == 180 else 842)


def test_text_that_runs_up_the_page_is_turned() -> None:
    pdf = Pdf()
    pdf.canvas.translate(595, 0)
    pdf.canvas.rotate(90)
    pdf.height = 595
    pdf.paragraph(100, LONG)
    assert lines(read_pdf(pdf.bytes())) == [LONG]


def test_a_page_that_was_put_in_upside_down_is_turned() -> None:
    pdf = Pdf()
    pdf.canvas.translate(595, 842)
    pdf.canvas.rotate(180)
    pdf.paragraph(100, LONG)
    document = read_pdf(pdf.bytes())
    assert lines(document) == [LONG]
    assert document.blocks[0].box.top > 842 / 2  # where it is seen


def protected(user: str) -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption

    pdf = Pdf(encrypt=StandardEncryption(user, ownerPassword="chu", canPrint=0, canCopy=0))
    pdf.paragraph(100, LONG)
    return pdf.bytes()


def test_an_owners_password_hinders_no_reading() -> None:
    assert lines(read_pdf(protected(""))) == [LONG]


def test_a_users_password_is_asked_for_in_clear_words() -> None:
    with pytest.raises(EncryptedError, match="mật khẩu"):
        read_pdf(protected("bi mat"))


def test_a_cut_file_is_refused_or_read_never_crashes() -> None:
    pdf = Pdf()
    pdf.paragraph(100, LONG)
    data = pdf.bytes()
    for end in range(8, len(data), max(len(data) // 25, 1)):
        with contextlib.suppress(InputError):
            read_pdf(data[:end])


def test_too_many_pages_hit_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PDF_PAGES", 1)
    pdf = Pdf()
    pdf.text(80, 80, "a")
    pdf.page()
    pdf.text(80, 80, "b")
    with pytest.raises(LimitError, match="2 trang"):
        read_pdf(pdf.bytes())


def test_letters_that_a_second_font_drew_stand_in_their_words() -> None:
    pdf = Pdf()
    at = 80.0
    later: list[tuple[float, str]] = []
    for word in "Kế hoạch triển khai cầu nối số".split():
        for letter in word:
            if not letter.isascii():
                later.append((at, letter))
            else:
                pdf.text(at, 100, letter)
            at += pdf.canvas.stringWidth(letter, "Plain", 13)
        at += 4
    for place, letter in later:
        pdf.text(place, 100, letter)
    assert lines(read_pdf(pdf.bytes())) == ["Kế hoạch triển khai cầu nối số"]
