"""Letterheads: number, date, issuer, title, signers and recipients of heads as offices write them."""

from __future__ import annotations

import pytest

from khparse.model.plan import Letterhead, Signer
from khparse.read.assemble import Assembler, RawCell
from khparse.rules.kit import Kit
from khparse.structure.letterhead import read_letterhead
from khparse.structure.signature import read_ending


def read(kit: Kit, *lines: str) -> Letterhead:
    assembler = Assembler()
    for line in lines:
        assembler.paragraph(line)
    return read_letterhead(assembler.document("text/plain"), kit)


BODY = ("KẾ HOẠCH", "Trồng cây năm 2024", "Căn cứ Luật Lâm nghiệp năm 2017;", "I. MỤC TIÊU", "Trồng nhiều cây.")


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Số: 21 /KH-UBND", "21/KH-UBND"),
        ("Số 45-KH/ĐU", "45-KH/ĐU"),
        ("Số:      /KH-UBND", None),
        ("Số:", None),
        ("Số: 07/KH-THCS.LTK", "07/KH-THCS.LTK"),
        ("Số: 12a/KH-SGDĐT", "12a/KH-SGDĐT"),
    ],
)
def test_a_number_is_without_blanks_and_none_while_it_is_blank(kit: Kit, line: str, number: str | None) -> None:
    assert read(kit, "SỞ Y TẾ", line, *BODY).number == number


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Hà Nam, ngày 07 tháng 02 năm 2023", "2023-02-07"),
        ("Hà Nam, ngày tháng năm 2022", "2022"),
        ("Hà Nam, ngày ... tháng 5 năm 2026", "2026-05"),
        ("Số: Hà Nam, ngày tháng 11 năm 2023", "2023-11"),
    ],
)
def test_a_date_is_as_much_as_is_stated(kit: Kit, line: str, date: str) -> None:
    assert read(kit, "SỞ Y TẾ", line, *BODY).date == date


def test_a_number_and_a_date_inside_a_sentence_are_not_the_heads(kit: Kit) -> None:
    said = "Các phòng đã thực hiện Kế hoạch theo Công văn Số 45-KH/ĐU, họp từ sáng ngày 5 tháng 3 năm 2021 tại Sở."
    head = read(kit, "SỞ Y TẾ", said, *BODY)
    assert (head.number, head.date) == (None, None)


def test_a_number_that_the_head_only_names_is_not_its_own(kit: Kit) -> None:
    assert read(kit, "SỞ Y TẾ", "Số:      /KH-SYT", "V/v thực hiện Kế hoạch số 9/KH-UBND", *BODY).number is None
    assert read(kit, "Kế hoạch số 9/KH-UBND", "SỞ Y TẾ", "Số: 21/KH-SYT", *BODY).number == "21/KH-SYT"


def test_a_number_stands_behind_the_motto_or_an_organ_where_columns_ran_together(kit: Kit) -> None:
    assert read(kit, "SỞ Y TẾ Độc lập - Tự do - Hạnh phúc Số: 21/KH-SYT", *BODY).number == "21/KH-SYT"
    assert read(kit, "Sở Giáo dục và Đào tạo tỉnh Hà Nam Số: 21/KH-SGDĐT", *BODY).number == "21/KH-SGDĐT"
    assert read(kit, "SỞ Y TẾ Số: 21/KH-SYT Hà Nam, ngày 5 tháng 3 năm 2021", *BODY).date == "2021-03-05"


@pytest.mark.parametrize(
    ("head", "issuer", "place", "province"),
    [
        (("ỦY BAN NHÂN DÂN", "TỈNH HÀ NAM"), "Ủy ban nhân dân tỉnh Hà Nam", "tỉnh Hà Nam", "Hà Nam"),
        (("UBND TỈNH HÀ NAM", "SỞ Y TẾ"), "Sở Y tế tỉnh Hà Nam", "tỉnh Hà Nam", "Hà Nam"),
        (("SỞ GD&ĐT HÀ NAM", "TRƯỜNG THPT LÊ HOÀN"), "Trường Trung học phổ thông Lê Hoàn", "tỉnh Hà Nam", "Hà Nam"),
        (("TỈNH ỦY HÀ NAM", "BAN DÂN VẬN"), "Ban Dân Vận Tỉnh ủy Hà Nam", "tỉnh Hà Nam", "Hà Nam"),
        (("UBND HUYỆN LÝ NHÂN", "TRƯỜNG MN HOA SEN"), "Trường Mầm non Hoa Sen", "huyện Lý Nhân", "Hà Nam"),
        (
            ("UBND TỈNH HÀ NAM", "SỞ LAO ĐỘNG - THƯƠNG BINH", "VÀ XÃ HỘI"),
            "Sở Lao động - Thương binh và Xã hội tỉnh Hà Nam",
            "tỉnh Hà Nam",
            "Hà Nam",
        ),
        (("BỘ NỘI VỤ",), "Bộ Nội vụ", None, None),
        (("TỈNH UỶ HÀ NAM", "HUYỆN UỶ LÝ NHÂN"), "Huyện ủy Lý Nhân", "huyện Lý Nhân", "Hà Nam"),
        (
            ("UBND THÀNH PHỐ HẢI PHÒNG", "ỦY BAN NHÂN DÂN", "ĐẶC KHU CÁT HẢI"),
            "Ủy ban nhân dân đặc khu Cát Hải",
            "đặc khu Cát Hải",
            "Hải Phòng",
        ),
        (("CỤC THỐNG KÊ", "THỐNG KÊ TỈNH HÀ NAM"), "Thống kê tỉnh Hà Nam", "tỉnh Hà Nam", "Hà Nam"),
        (("UBND TỈNH HÀ NAM", "VĂN PHÒNG"), "Văn phòng Ủy ban nhân dân tỉnh Hà Nam", "tỉnh Hà Nam", "Hà Nam"),
        (("HĐND TỈNH HÀ NAM", "BAN PHÁP CHẾ"), "Ban Pháp chế Hội đồng nhân dân tỉnh Hà Nam", "tỉnh Hà Nam", "Hà Nam"),
        (("TỔNG CỤC THUẾ", "CỤC THUẾ TỈNH HÀ NAM"), "Cục Thuế tỉnh Hà Nam", "tỉnh Hà Nam", "Hà Nam"),
        (
            ("HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM", "BAN THƯỜNG VỤ TỈNH HÀ NAM"),
            "Ban Thường vụ Hội liên hiệp phụ nữ tỉnh Hà Nam",
            "tỉnh Hà Nam",
            "Hà Nam",
        ),
        (
            ("UBMTTQ VIỆT NAM TỈNH HÀ NAM", "BAN THƯỜNG TRỰC"),
            "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Hà Nam",
            "tỉnh Hà Nam",
            "Hà Nam",
        ),
        (
            ("ỦY BAN NHÂN DÂN", "QUẬN NINH KIỀU", "THÀNH PHỐ CẦN THƠ"),
            "Ủy ban nhân dân quận Ninh Kiều",
            "quận Ninh Kiều",
            "Cần Thơ",
        ),
        (("SỞ GD&ĐT HÀ NAM", "TRƯỜNG THPT LÝ NHÂN"), "Trường Trung học phổ thông Lý Nhân", "tỉnh Hà Nam", "Hà Nam"),
    ],
)
def test_the_issuer_is_named_in_full(kit: Kit, head: tuple[str, ...], issuer: str, place: str, province: str) -> None:
    found = read(kit, *head, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", *BODY, "trên địa bàn tỉnh Hà Nam")
    assert ((found.issuer or "").lower(), found.place, found.province) == (issuer.lower(), place, province)


def test_names_of_schools_and_places_keep_their_capitals(kit: Kit) -> None:
    assert (
        read(kit, "UBND HUYỆN LÝ NHÂN", "TRƯỜNG TRUNG HỌC CƠ SỞ BÌNH HÒA", *BODY).issuer
        == "Trường Trung học cơ sở Bình Hòa"
    )
    assert read(kit, "TỈNH ỦY NGHỆ AN", "HUYỆN ỦY YÊN THÀNH", *BODY).issuer == "Huyện ủy Yên Thành"


def test_the_preamble_names_the_issuer_where_the_head_is_lost(kit: Kit) -> None:
    found = read(kit, "Hà Nam, ngày 2 tháng 3 năm 2024", *BODY[:3], "Sở Y tế xây dựng Kế hoạch như sau:", *BODY[3:])
    assert found.issuer == "Sở Y tế tỉnh Hà Nam"


def test_a_title_runs_over_lines_and_loses_its_about(kit: Kit) -> None:
    found = read(
        kit, "KẾ HOẠCH", "V/v: Trồng và chăm sóc", "cây xanh đô thị.", "Thực hiện Chỉ thị số 3/CT-UBND;", "I. MỤC TIÊU"
    )
    assert found.title == "Trồng và chăm sóc cây xanh đô thị"


def test_a_plan_under_a_decision_takes_its_number_and_date(kit: Kit) -> None:
    cover = (
        "UBND TỈNH HÀ NAM",
        "QUYẾT ĐỊNH",
        "Ban hành Kế hoạch trồng cây",
        "Điều 1. Ban hành kèm theo Quyết định này.",
    )
    note = "(Kèm theo Quyết định số 99/QĐ-UBND ngày 4/3/2024 của UBND tỉnh Hà Nam)"
    found = read(kit, *cover, *BODY[:2], note, *BODY[3:])
    assert (found.number, found.date, found.title) == ("99/QĐ-UBND", "2024-03-04", "Trồng cây năm 2024")


@pytest.mark.parametrize(
    ("lines", "signer"),
    [
        (("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Thị B"), Signer("Lê Thị B", "Phó Chủ tịch")),
        (
            ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH PHÓ CHỦ TỊCH", "(đã ký)", "Lê Thị B"),
            Signer("Lê Thị B", "Phó Chủ tịch"),
        ),
        (("HIỆU TRƯỞNG", "ThS. Trần Văn Cao"), Signer("Trần Văn Cao", "Hiệu trưởng")),
        (("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "Trần Văn Cao"), Signer("Trần Văn Cao", "Chánh Văn phòng")),
    ],
)
def test_a_signer_has_the_position_last_named(lines: tuple[str, ...], signer: Signer) -> None:
    text = "\n".join(("Nơi nhận:", "- Như trên;", "- Lưu: VT.", *lines))
    assert read_ending(text, 0, len(text)).signers == (signer,)


def test_recipients_are_lines_without_bullets_and_with_their_second_lines() -> None:
    text = "Nơi nhận:\n- Sở Nội vụ; (để b/c)\n- Ban Dân vận, Ban\nTuyên giáo;\n- Lưu: VT, KGVX.\tGIÁM ĐỐC\nTrần Văn Cao"
    assert read_ending(text, 0, len(text)).recipients == (
        "Sở Nội vụ; (để b/c)",
        "Ban Dân vận, Ban Tuyên giáo",
        "Lưu: VT, KGVX",
    )


def test_a_head_in_a_layout_table_is_read_cell_by_cell(kit: Kit) -> None:
    assembler = Assembler()
    left = RawCell(("UBND TỈNH HÀ NAM", "SỞ Y TẾ", "Số: 5/KH-SYT"), 0, 0)
    right = RawCell(
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Hà Nam, ngày 1 tháng 2 năm 2024"), 0, 1
    )
    assembler.table([left, right])
    for line in BODY:
        assembler.paragraph(line)
    found = read_letterhead(assembler.document("text/plain"), kit)
    assert (found.number, found.issuer, found.date) == ("5/KH-SYT", "Sở Y tế tỉnh Hà Nam", "2024-02-01")


def test_a_code_set_apart_from_its_blank_number_is_no_organ(kit: Kit) -> None:
    assert read(kit, "UBND HUYỆN VỊ XUYÊN", "PHÒNG Y TẾ", "Số:", "/KH-PYT", *BODY).issuer == "Phòng Y tế huyện Vị Xuyên"


def test_the_province_is_that_of_the_one_provincial_office_named(kit: Kit) -> None:
    body = (*BODY[:2], "Căn cứ hướng dẫn của Sở Y tế Hà Giang;", *BODY[3:])
    assert read(kit, "UBND HUYỆN VỊ XUYÊN", "PHÒNG Y TẾ", *body).province == "Hà Giang"


def test_the_youth_union_s_own_name_in_the_motto_s_place_issues_nothing(kit: Kit) -> None:
    head = ("TỈNH ĐOÀN HÀ NAM", "BCH ĐOÀN HUYỆN LÝ NHÂN", "ĐOÀN TNCS HỒ CHÍ MINH", "Số: 12-KH/ĐTN")
    assert (read(kit, *head, *BODY).issuer or "").lower() == "ban chấp hành đoàn huyện lý nhân"


def test_the_province_of_a_town_is_the_one_that_the_body_names(kit: Kit) -> None:
    order = (
        "Thực hiện Kế hoạch số 9/KH-UBND của Ủy ban nhân dân tỉnh Lâm Đồng, thành phố Xuân Hải và thành phố Xuân Hải …"
    )
    assert read(kit, "UBND THÀNH PHỐ XUÂN HẢI", "Số: 7/KH-UBND", "KẾ HOẠCH", "Trồng cây", order).province == "Lâm Đồng"


@pytest.mark.parametrize(
    ("organs", "province"),
    [
        (("HỘI ĐỒNG ĐIỀU PHỐI VÙNG TÂY NGUYÊN",), None),
        (("ỦY BAN QUỐC GIA VỀ NGƯỜI CAO TUỔI",), None),
        (("ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM", "PHƯỜNG CỬA NAM"), "Hà Nội"),
        (("TRƯỜNG TRUNG HỌC PHỔ THÔNG HOA SỮA",), "Hà Nội"),
    ],
)
def test_a_body_of_the_country_is_not_of_the_city_it_sits_in(
    kit: Kit, organs: tuple[str, ...], province: str | None
) -> None:
    body = ("Số: 3/KH-HĐ", "Hà Nội, ngày 2 tháng 3 năm 2024", *BODY)
    assert read(kit, *organs, *body).province == province


def test_a_signers_position_whose_marks_a_recogniser_lost_is_that_position() -> None:
    text = "Nơi nhận:\n- Lưu: VT.\nKT. CHỦ TỊCH\nPHO CHỦ TICH\nLê Thị Bình\n"
    assert read_ending(text, 0, len(text)).signers == (Signer("Lê Thị Bình", "Phó Chủ tịch"),)
