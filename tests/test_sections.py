"""Sections as plans number them, whatever stands under what."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from khparse.model.plan import Letterhead
from khparse.read.plain import read_plain
from khparse.rules.kit import Kit
from khparse.structure.sections import build_sections


def paths(text: str, kit: Kit) -> list[str]:
    document = read_plain(text.encode())
    return [section.path for section in build_sections(document, Letterhead(), kit)[0]]


def test_letters_may_stand_right_under_a_roman_section(kit: Kit) -> None:
    text = (
        "I. MỤC TIÊU\n\na) Đến năm 2025\n\nb) Đến năm 2030\n\nII. NHIỆM VỤ\n\n1. Tập huấn\n\na) Cấp xã\n\n2. Kiểm tra"
    )
    assert paths(text, kit) == ["I", "I.a", "I.b", "II", "II.1", "II.1.a", "II.2"]


def test_a_decimal_stands_for_itself_and_its_numbered_parents(kit: Kit) -> None:
    assert paths("II. NỘI DUNG\n\n2. Giải pháp\n\n2.2 Tập huấn\n\n2.3 Kiểm tra", kit) == [
        "II",
        "II.2",
        "II.2.2",
        "II.2.3",
    ]


def test_a_number_with_thousands_is_no_label(kit: Kit) -> None:
    assert paths("1. Mục tiêu\n\n2. 500 học sinh được hỗ trợ\n\n2. Kinh phí", kit) == ["1", "2"]


SCHOOL = """PHẦN THỨ NHẤT
ĐÁNH GIÁ TÌNH HÌNH

A. THUẬN LỢI

1/ Đội ngũ

2/ Cơ sở vật chất

B. KHÓ KHĂN

PHẦN THỨ HAI
NHIỆM VỤ

A. NHIỆM VỤ CHUNG

I. Chuyên môn

1. Dạy học

a. Khối 6

b. Khối 7
"""


def test_a_schools_parts_capitals_and_slashes(kit: Kit) -> None:
    assert paths(SCHOOL, kit) == [
        "1",
        "1.A",
        "1.A.1",
        "1.A.2",
        "1.B",
        "2",
        "2.A",
        "2.A.I",
        "2.A.I.1",
        "2.A.I.1.a",
        "2.A.I.1.b",
    ]


def test_a_label_that_stands_alone_takes_the_next_line_as_heading(kit: Kit) -> None:
    document = read_plain(SCHOOL.encode())
    first = build_sections(document, Letterhead(), kit)[0][0]
    assert (first.label, first.heading) == ("PHẦN THỨ NHẤT", "ĐÁNH GIÁ TÌNH HÌNH")


def test_party_plans_number_with_hyphens(kit: Kit) -> None:
    text = "I- MỤC ĐÍCH\n\n1- Mục đích\n\n2- Yêu cầu\n\n2.1- Đối với chi bộ\n\nII- NỘI DUNG"
    assert paths(text, kit) == ["I", "I.1", "I.2", "I.2.1", "II"]


def test_a_party_number_may_stand_right_before_a_share(kit: Kit) -> None:
    text = "II- CHỈ TIÊU\n\n1- 100% chi bộ ký cam kết.\n\n2- Mỗi chi bộ có một mô hình.\n\n3- 90% kiến nghị được trả lời.\n\n4- 100% xã đối thoại."
    assert paths(text, kit) == ["II", "II.1", "II.2", "II.3", "II.4"]


def test_slips_are_kept_as_printed(kit: Kit) -> None:
    text = "III. NHIỆM VỤ\n\n1. Rà soát\n\n4. Kiểm tra\n\nIII. KINH PHÍ\n\nV. TỔ CHỨC\n\n1. Sở Y tế\n\na) Chủ trì\n\nc) Phối hợp"
    assert paths(text, kit) == ["III", "III.1", "III.4", "III", "V", "V.1", "V.1.a", "V.1.c"]


def test_numbers_may_be_the_first_level(kit: Kit) -> None:
    text = "1. Mục đích\n\n2. Nội dung\n\n2.1. Tập huấn\n\n2.1.1. Cấp xã\n\n2.2. Kiểm tra\n\na) Đợt 1\n\n3. Kinh phí"
    assert paths(text, kit) == ["1", "2", "2.1", "2.1.1", "2.2", "2.2.a", "3"]


def test_articles_hold_clauses(kit: Kit) -> None:
    text = "Điều 1. Mục tiêu\n\n1. Chung\n\n2. Cụ thể\n\na) Đến năm 2025\n\nĐiều 2. Nhiệm vụ\n\n1. Tuyên truyền"
    assert paths(text, kit) == ["1", "1.1", "1.2", "1.2.a", "2", "2.1"]


def test_counting_starts_anew_under_a_heading_without_a_number(kit: Kit) -> None:
    text = "I. MỤC TIÊU\n\n**Đến năm 2025**\n\n1. Tăng\n\n2. Giảm\n\n**Đến năm 2030**\n\n1. Tăng"
    assert paths(text, kit) == ["I", "I.1", "I.2", "I.1"]


def test_figures_in_brackets_are_sections_and_small_romans_are_no_letters(kit: Kit) -> None:
    assert paths("I. MỤC TIÊU\n\n(1) Một\n\n(2) Hai\n\ni) Ba\n\nii) Bốn\n\niii) Năm", kit) == [
        "I",
        "I.1",
        "I.2",
        "I.2.i",
        "I.2.ii",
        "I.2.iii",
    ]


TAIL = "I. MỤC TIÊU\n\n1. Chung\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\n**CHỦ TỊCH**\n\n**Lê Văn Bình**\n\n"


def test_appendices_count_on_and_start_numbering_anew(kit: Kit) -> None:
    text = TAIL + "PHỤ LỤC I\n\nDANH MỤC NHIỆM VỤ\n\n1. Tập huấn\n\nPhụ lục 02: KINH PHÍ\n\n1. Nguồn"
    assert paths(text, kit) == ["I", "I.1", "PL1", "PL1.1", "PL2", "PL2.1"]


def test_an_annex_without_the_word_is_an_appendix(kit: Kit) -> None:
    text = (
        TAIL + "PHÂN CÔNG NHIỆM VỤ CỦA TỔ GIÚP VIỆC\n\n(Kèm theo Kế hoạch số 5/KH-UBND)\n\nTT\tViệc\tNgười làm\n1\tA\tB"
    )
    document = read_plain(text.encode())
    annex = build_sections(document, Letterhead(), kit)[0][-1]
    assert (annex.path, annex.label, annex.heading) == ("PL", None, "PHÂN CÔNG NHIỆM VỤ CỦA TỔ GIÚP VIỆC")


def test_the_numbering_of_a_blank_form_is_the_forms_own(kit: Kit) -> None:
    form = "Mẫu số 01\n\nBÁO CÁO\n\n1. Số người tham gia: ……………\n\n2. Kinh phí: ……………\n\n"
    assert paths(TAIL + "PHỤ LỤC\n\nCÁC BIỂU MẪU KÈM THEO\n\n" + form, kit) == ["I", "I.1", "PL"]
    assert (
        paths(TAIL + "Phụ lục 1\n\nĐỀ CƯƠNG BÁO CÁO\n\nI. Kết quả: ……\n\n1. Số liệu ……\n\nII. Kiến nghị ……", kit)[-1]
        == "PL"
    )


def test_recipients_belong_to_no_section_and_spans_reach_the_last_descendant(kit: Kit) -> None:
    document = read_plain(TAIL.encode())
    sections, items = build_sections(document, Letterhead(), kit)
    assert sections[0].span.of(document.text) == "I. MỤC TIÊU\n1. Chung\n"
    assert items == ()


def test_bullets_deepen_in_the_order_in_which_a_section_uses_them(kit: Kit) -> None:
    document = read_plain(
        "1. Mục tiêu\n\nĐến năm 2025:\n\n- Về trường:\n\n+100% trường học\n\n- Về lớp\n\n2. Kinh phí\n\n+ Ngân sách".encode()
    )
    items = build_sections(document, Letterhead(), kit)[1]
    assert [(item.section, item.marker, item.depth, item.span.of(document.text)) for item in items] == [
        ("1", "", 0, "Đến năm 2025:"),
        ("1", "-", 1, "Về trường:"),
        ("1", "+", 2, "100% trường học"),
        ("1", "-", 1, "Về lớp"),
        ("2", "+", 1, "Ngân sách"),
    ]


def test_a_wrapped_date_a_number_and_a_code_are_no_labels(kit: Kit) -> None:
    for words in (
        "15/11/2025 là hạn cuối",
        "1.500 học sinh",
        "12/KH-UBND đã ban hành",
        "3 - 5 tuổi",
        "C.Mác nói",
        "V/v họp",
    ):
        assert paths(words, kit) == [], words


def test_an_appendix_in_small_letters_stands_over_its_title_where_no_signature_does(kit: Kit) -> None:
    text = "I. MỤC ĐÍCH\n\n1. Giữ rừng.\n\nPhụ lục\n\nDANH MỤC NHIỆM VỤ\n\nI. Tuyên truyền"
    assert paths(text, kit) == ["I", "I.1", "PL", "PL.I"]


def test_an_appendix_needs_no_signature_before_it(kit: Kit) -> None:
    assert paths("I. MỤC TIÊU\n\n1. Chung\n\nPHỤ LỤC\n\nDANH MỤC\n\n1. Thuốc", kit) == ["I", "I.1", "PL", "PL.1"]


LABELS = [
    "I. A",
    "II. B",
    "III. C",
    "1. D",
    "2. E",
    "10. F",
    "1.1. G",
    "2.1 H",
    "1.1.1 I",
    "a) K",
    "b) L",
    "i) M",
    "(1) N",
    "PHỤ LỤC 1",
    "- P",
    "Q",
    "A. R",
    "Điều 1. S",
    "Phần I",
    "a.1) T",
    "Nơi nhận:",
    "Mẫu số 1",
]


@given(st.lists(st.sampled_from(LABELS), max_size=30))
@settings(max_examples=200, deadline=None)
def test_any_order_of_labels_makes_a_tree_of_nested_spans(kit: Kit, labels: list[str]) -> None:
    document = read_plain("\n\n".join(labels).encode())
    sections, items = build_sections(document, Letterhead(), kit)
    by_path = {section.path: section for section in sections}
    for section in sections:
        assert section.path and section.span.covers(section.heading_span)
        seen = set()
        here = section
        while here.parent is not None:
            assert here.path not in seen
            seen.add(here.path)
            here = by_path[here.parent]
    starts = [section.span.start for section in sections] + []
    assert starts == sorted(starts)
    assert all(item.section is None or item.section in by_path for item in items)


def test_a_roman_figure_that_ocr_misread_keeps_its_place(kit: Kit) -> None:
    text = "l. MỤC ĐÍCH, YÊU CẦU\n\n1. Mục đích\n\nIl. NỘI DUNG CHÍNH\n\nHI. TỔ CHỨC THỰC HIỆN\n\nIV. KINH PHÍ"
    assert paths(text, kit) == ["I", "I.1", "II", "III", "IV"]


def test_a_label_before_a_figure_stands_where_the_count_goes_on(kit: Kit) -> None:
    text = "I. CHỈ TIÊU\n\n1. 100% tổ dân phố có nhà văn hóa\n\n2. Tỷ lệ hộ dùng nước sạch đạt 95%\n\n3. 300 hộ được vay vốn"
    assert paths(text, kit) == ["I", "I.1", "I.2", "I.3"]


def test_a_decimal_label_printed_inside_its_own_child_does_not_stand_in_itself(kit: Kit) -> None:
    document = read_plain(b"1.1. A\n\n1. B\n\n1.1. C\n\n1. D")
    sections, _ = build_sections(document, Letterhead(), kit)
    assert all(s.parent is None or s.parent.count(".") < s.path.count(".") for s in sections)


def test_letters_with_a_slash_or_a_dash_are_sections(kit: Kit) -> None:
    assert paths("1. Công an xã\na- Tuần tra ban đêm\nb- Báo cáo kết quả\n2. Thôn\na/ Họp dân\nb/ Ký cam kết", kit) == [
        "1", "1.a", "1.b", "2", "2.a", "2.b",
    ]  # fmt: skip


def test_an_appendix_heading_ends_before_the_note_that_ties_it_to_its_plan(kit: Kit) -> None:
    text = TAIL + "PHỤ LỤC II. DANH MỤC NHIỆM VỤ (Ban hành kèm theo Kế hoạch số 5/KH-UBND)\n\nTT\tViệc\n1\tA"
    annex = build_sections(read_plain(text.encode()), Letterhead(), kit)[0][-1]
    assert annex.heading == "DANH MỤC NHIỆM VỤ"
