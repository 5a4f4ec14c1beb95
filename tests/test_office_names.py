"""Offices' names: where they begin and end, and lists of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khparse.extract.offices.names import OfficeNames
from khparse.rules.load import load

OFFICES = OfficeNames.of(load("offices"))

VALUES = [
    ("Phòng Kế hoạch và Giám sát quy phạm an toàn", ["Phòng Kế hoạch và Giám sát quy phạm an toàn"]),
    ("Báo Đồng Bằng, TTYT các quận, TYT phường", ["Báo Đồng Bằng", "TTYT các quận", "TYT phường"]),
    (
        "đảng đoàn các tổ chức chính trị - xã hội, Ban Thường vụ Tỉnh đoàn",
        ["đảng đoàn các tổ chức chính trị - xã hội", "Ban Thường vụ Tỉnh đoàn"],
    ),
    (
        "Các chi, đảng bộ cơ sở; các đơn vị có thủ tục liên thông",
        ["Các chi, đảng bộ cơ sở", "các đơn vị có thủ tục liên thông"],
    ),
    ("Tổ Toán - Tin, tổ Văn phòng; khoa Nội", ["Tổ Toán - Tin", "tổ Văn phòng", "khoa Nội"]),
    (
        "Phó Hiệu trưởng phụ trách cơ sở hai, Văn thư, Thủ quỹ",
        ["Phó Hiệu trưởng phụ trách cơ sở hai", "Văn thư", "Thủ quỹ"],
    ),
    (
        "Tiểu ban Lễ tân, trật tự và giao thông; Tổ bầu cử số 3",
        ["Tiểu ban Lễ tân, trật tự và giao thông", "Tổ bầu cử số 3"],
    ),
    (
        "Trung tâm Dịch vụ việc làm tỉnh, Ban Quản lý dự án đầu tư xây dựng huyện",
        ["Trung tâm Dịch vụ việc làm tỉnh", "Ban Quản lý dự án đầu tư xây dựng huyện"],
    ),
    (
        "Cục Phục hồi, chỉnh hình; Vụ Hành chính và Thi đua, khen thưởng",
        ["Cục Phục hồi, chỉnh hình", "Vụ Hành chính và Thi đua, khen thưởng"],
    ),
    ("Phòng Tài chính - Kế toán, Khoa Nội tổng hợp", ["Phòng Tài chính - Kế toán", "Khoa Nội tổng hợp"]),
    (
        "Phòng Chính trị - Công tác học viên, Trung tâm Công nghệ thông tin",
        ["Phòng Chính trị - Công tác học viên", "Trung tâm Công nghệ thông tin"],
    ),
    ("P. Kế hoạch, P. Vật tư và Nhân sự", ["P. Kế hoạch", "P. Vật tư và Nhân sự"]),
    ("Các khoa lâm sàng, Trung tâm Y tế dự phòng", ["Các khoa lâm sàng", "Trung tâm Y tế dự phòng"]),
    (
        "các quận uỷ, huyện uỷ, đảng uỷ trực thuộc; Hội đồng chấm thi",
        ["các quận uỷ, huyện uỷ, đảng uỷ trực thuộc", "Hội đồng chấm thi"],
    ),
    ("Ban điều hành khu phố 4, 5 và 6", ["Ban điều hành khu phố 4, 5 và 6"]),
    ("Sở Y tế; các sở, ngành có liên quan", ["Sở Y tế", "các sở, ngành có liên quan"]),
    ("Các Sở: Y tế, Nội vụ, Kế hoạch và Đầu tư", ["Sở Y tế", "Sở Nội vụ", "Sở Kế hoạch và Đầu tư"]),
    ("Sở Tài chính, Kế hoạch và Đầu tư, Nội vụ", ["Sở Tài chính", "Sở Kế hoạch và Đầu tư", "Sở Nội vụ"]),
    (
        "Sở Văn hóa, Thể thao và Du lịch, Sở Lao động - Thương binh và Xã hội và UBND các huyện, thị xã",
        ["Sở Văn hóa, Thể thao và Du lịch", "Sở Lao động - Thương binh và Xã hội", "UBND các huyện, thị xã"],
    ),
    (
        "các phòng chuyên môn, nghiệp vụ, phòng GDĐT và trường học",
        ["các phòng chuyên môn, nghiệp vụ", "phòng GDĐT", "trường học"],
    ),
    ("UBND các xã, phường, đặc khu, báo, đài", ["UBND các xã, phường, đặc khu", "báo, đài"]),
    ("Doanh nghiệp, Sở, ban, ngành liên quan", ["Doanh nghiệp", "Sở, ban, ngành liên quan"]),
    ("Công an xã, các thôn, buôn", ["Công an xã", "các thôn, buôn"]),
    ("Văn phòng HĐND và UBND xã; Trạm Y tế", ["Văn phòng HĐND và UBND xã", "Trạm Y tế"]),
    ("Ban Quản lý các khu công nghiệp, khu kinh tế", ["Ban Quản lý các khu công nghiệp, khu kinh tế"]),
    (
        "Các trường trung cấp, cao đẳng, đại học trên địa bàn tỉnh",
        ["Các trường trung cấp, cao đẳng, đại học trên địa bàn tỉnh"],
    ),
    ("Chủ tịch UBND các xã, phường", ["Chủ tịch UBND các xã, phường"]),
    ("Thủ trưởng các sở, ban, ngành", ["Thủ trưởng các sở, ban, ngành"]),
    ("Hiệu trưởng, Tổ chuyên môn, GVCN", ["Hiệu trưởng", "Tổ chuyên môn", "GVCN"]),
    ("Bộ Chỉ huy Quân sự tỉnh, Bộ đội Biên phòng tỉnh", ["Bộ Chỉ huy Quân sự tỉnh", "Bộ đội Biên phòng tỉnh"]),
    ("Hội Liên hiệp Phụ nữ tỉnh, Tỉnh đoàn, Hội Nông dân", ["Hội Liên hiệp Phụ nữ tỉnh", "Tỉnh đoàn", "Hội Nông dân"]),
    (
        "Ủy ban Mặt trận Tổ quốc Việt Nam huyện và các tổ chức thành viên",
        ["Ủy ban Mặt trận Tổ quốc Việt Nam huyện", "các tổ chức thành viên"],
    ),
    ("Văn phòng Sở (bộ phận một cửa); Phòng TCCB", ["Văn phòng Sở", "Phòng TCCB"]),
    (
        "Công chức nhận hồ sơ tại Trung tâm Hành chính công, Phòng Tư pháp",
        ["Công chức nhận hồ sơ tại Trung tâm Hành chính công", "Phòng Tư pháp"],
    ),
    ("Trần Thị Mai\nLê Văn Hòa", ["Trần Thị Mai", "Lê Văn Hòa"]),
    ("Kho bạc Nhà nước tỉnh; Ngân hàng Chính sách xã hội", ["Kho bạc Nhà nước tỉnh", "Ngân hàng Chính sách xã hội"]),
    ("các bộ, ngành, địa phương có liên quan", ["các bộ, ngành, địa phương có liên quan"]),
]
SENTENCES = [
    ("Sở Y tế và các cơ quan, đơn vị liên quan căn cứ quy định", ["Sở Y tế", "các cơ quan, đơn vị liên quan"]),
    ("các sở, ngành và địa phương tổ chức hội nghị", ["các sở, ngành và địa phương"]),
    ("Phòng Kế hoạch tài chính chịu trách nhiệm chi trả", ["Phòng Kế hoạch tài chính"]),
    (
        "doanh nghiệp, viện nghiên cứu, trường đại học đào tạo nhân lực",
        ["doanh nghiệp", "viện nghiên cứu", "trường đại học"],
    ),
    ("UBND xã triệu tập cử tri", ["UBND xã"]),
    ("Văn phòng Sở, thường xuyên rà soát hồ sơ", ["Văn phòng Sở"]),
    ("Tổ kiểm phiếu công bố kết quả", ["Tổ kiểm phiếu"]),
]
NO_OFFICES = [
    "Tổ chức hội nghị",
    "Hội thảo khoa học",
    "Báo cáo kết quả",
    "Phòng, chống thiên tai",
    "Ban hành kế hoạch",
    "Bộ tiêu chí đánh giá",
]


@pytest.mark.parametrize(("value", "names"), VALUES)
def test_a_value_holds_each_of_its_offices_once(value: str, names: list[str]) -> None:
    assert [name.words for name in OFFICES.names_in_value(value)] == names


@pytest.mark.parametrize(("sentence", "names"), SENTENCES)
def test_in_a_sentence_a_name_ends_at_the_verb(sentence: str, names: list[str]) -> None:
    assert [name.words for name in OFFICES.list_at(sentence, 0)] == names


@pytest.mark.parametrize("words", NO_OFFICES)
def test_words_that_begin_like_an_office_are_none(words: str) -> None:
    assert OFFICES.list_at(words, 0) == []


@settings(deadline=None)  # the first example compiles the word lists
@given(st.text(alphabet="SởBanUBND các,;vàxãphòng -()\nVănTổ", max_size=80))
def test_every_name_is_a_stretch_of_the_text(value: str) -> None:
    for name in OFFICES.names_in_value(value):
        assert value[name.span.start : name.span.end] == name.text


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Đội Hậu cần tổng hợp chịu trách nhiệm xe cộ", "Đội Hậu cần tổng hợp"),
        ("Hội Nông dân tuyên truyền vận động hội viên", "Hội Nông dân"),
        ("Cục Quản trị Thuốc, chữa trị chủ trì rà soát", "Cục Quản trị Thuốc, chữa trị"),
        ("Phòng Đào tạo - Công nghệ thông tin là đầu mối", "Phòng Đào tạo - Công nghệ thông tin"),
        ("Văn phòng Huyện ủy tổng hợp báo cáo", "Văn phòng Huyện ủy"),
        (
            "Đội Cảnh sát quản lý hành chính về trật tự xã hội kiểm tra",
            "Đội Cảnh sát quản lý hành chính về trật tự xã hội",
        ),
        ("Ban đại diện cha mẹ học sinh quản lý quỹ lớp", "Ban đại diện cha mẹ học sinh"),
    ],
)
def test_a_word_of_work_belongs_to_a_name_where_it_governs_nothing(sentence: str, name: str) -> None:
    assert OFFICES.list_at(sentence, 0)[0].text == name
