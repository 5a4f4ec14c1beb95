"""Names: abbreviations opened, provinces recognised, offices in their full normal form."""

from __future__ import annotations

import pytest

from khparse.rules.kit import Kit
from khparse.text.fold import old_tone, spellings

TINH = ("Ủy ban nhân dân tỉnh Hậu Giang", "tỉnh Hậu Giang")
SO = ("Sở Y tế tỉnh Hậu Giang", "tỉnh Hậu Giang")
XA = ("Ủy ban nhân dân xã Tân Bình", "xã Tân Bình")


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("Sở GD&ĐT", "Sở Giáo dục và Đào tạo"),
        ("Sở GDĐT", "Sở Giáo dục và Đào tạo"),
        ("Sở GD - ĐT", "Sở Giáo dục và Đào tạo"),
        ("Số GD-ĐT", "Sở Giáo dục và Đào tạo"),
        ("Sở LĐ-TB&XH", "Sở Lao động - Thương binh và Xã hội"),
        ("Sở VH,TT&DL", "Sở Văn hóa, Thể thao và Du lịch"),
        ("hạ tầng CNTT", "hạ tầng công nghệ thông tin"),
        ("Trung tâm CNTT", "Trung tâm Công nghệ thông tin"),
        ("các trường THCS, THPT", "các trường Trung học cơ sở, Trung học phổ thông"),
        ("UBND TP.Vị Thanh", "Ủy ban nhân dân thành phố Vị Thanh"),
        ("Thông tư số 12/2020/TT-BGDĐT", "Thông tư số 12/2020/TT-BGDĐT"),
        ("Quyết định số 5/QĐ-UBND", "Quyết định số 5/QĐ-UBND"),
    ],
)
def test_abbreviations_are_opened_but_for_those_in_a_number(kit: Kit, text: str, opened: str) -> None:
    assert kit.naming.expand(text) == opened


def test_a_plan_teaches_its_own_abbreviations(kit: Kit) -> None:
    naming = kit.naming.learn("các khu du lịch sinh thái (KDLST) và tổ hợp tác (sau đây viết tắt là THT)")
    assert naming.expand("KDLST, THT") == "khu du lịch sinh thái, tổ hợp tác"


def test_a_unit_s_short_name_is_opened_by_the_name_that_the_plan_spells_out(kit: Kit) -> None:
    naming = kit.naming.learn(
        "Phòng Vật tư - Thiết bị y tế chủ trì. Đơn vị phối hợp: P. VTTBYT; TT. Đào tạo và Chỉ đạo tuyến."
    )
    assert naming.normal("P. VTTBYT") == "Phòng Vật tư - Thiết bị y tế"
    assert naming.normal("TT. Đào tạo và Chỉ đạo tuyến") == "Trung tâm Đào tạo và Chỉ đạo tuyến"


def test_a_legend_opens_numbered_departments(kit: Kit) -> None:
    naming = kit.naming.learn("Ghi chú: P3: Phòng Kỹ thuật; P5: Phòng Vật tư.")
    assert naming.normal("P5") == "Phòng Vật tư"


def test_brackets_that_do_not_spell_the_words_before_teach_nothing(kit: Kit) -> None:
    assert kit.naming.learn("theo quy định hiện hành (ABC)") is kit.naming


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("tỉnh Bà Rịa-Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("TP.HCM", "Hồ Chí Minh"),
        ("TP. Hồ Chí Minh", "Hồ Chí Minh"),
        ("TỈNH HOÀ BÌNH", "Hòa Bình"),
        ("Đắc Lắc", "Đắk Lắk"),
        ("vì một thế giới hòa bình", None),
    ],
)
def test_a_province_is_found_however_it_is_spelt(kit: Kit, text: str, province: str | None) -> None:
    assert kit.naming.province_in(text) == province


@pytest.mark.parametrize(
    ("text", "plan", "name"),
    [
        ("UBND tỉnh", TINH, "Ủy ban nhân dân tỉnh Hậu Giang"),
        ("Sở Tài chính", TINH, "Sở Tài chính tỉnh Hậu Giang"),
        ("Sở Văn hoá Thể thao du lịch", TINH, "Sở Văn hóa, Thể thao và Du lịch tỉnh Hậu Giang"),
        ("Công an tỉnh", TINH, "Công an tỉnh Hậu Giang"),
        ("Tỉnh ủy", TINH, "Tỉnh ủy Hậu Giang"),
        ("Liên hiệp các Hội Khoa học và Kỹ thuật", TINH, "Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh Hậu Giang"),
        ("UBND các huyện, thị xã, thành phố", TINH, "Ủy ban nhân dân các huyện, thị xã, thành phố"),
        ("các sở, ngành liên quan", TINH, "các sở, ngành liên quan"),
        ("Ban Quản lý các khu công nghiệp tỉnh", TINH, "Ban Quản lý các khu công nghiệp tỉnh Hậu Giang"),
        ("Ban Chỉ đạo Trung ương", TINH, "Ban Chỉ đạo Trung ương"),
        ("Tỉnh ủy", XA, "Tỉnh ủy Hậu Giang"),
        ("Bộ Y tế", TINH, "Bộ Y tế"),
        ("Thủ tướng Chính phủ", TINH, "Thủ tướng Chính phủ"),
        ("Văn phòng Sở", SO, "Văn phòng Sở Y tế tỉnh Hậu Giang"),
        ("Văn phòng", SO, "Văn phòng Sở Y tế tỉnh Hậu Giang"),
        ("phòng TCCB", SO, "Phòng Tổ chức cán bộ Sở Y tế tỉnh Hậu Giang"),
        ("Phòng Nghiệp vụ Y, Sở Y tế", SO, "Phòng Nghiệp vụ Y Sở Y tế tỉnh Hậu Giang"),
        ("Phòng Y tế", SO, "Phòng Y tế"),
        ("các phòng chuyên môn", SO, "các phòng chuyên môn"),
        ("Công an xã", XA, "Công an xã Tân Bình"),
        ("UBND tỉnh", XA, "Ủy ban nhân dân tỉnh Hậu Giang"),
        ("Sở Tài chính Hậu Giang", XA, "Sở Tài chính tỉnh Hậu Giang"),
        ("Trường THPT Lê Quý Đôn", TINH, "Trường Trung học phổ thông Lê Quý Đôn"),
    ],
)
def test_an_office_gets_its_full_normal_form(kit: Kit, text: str, plan: tuple[str, str], name: str) -> None:
    assert kit.naming.full_name(text, *plan, "Hậu Giang") == name


def test_tones_move_to_the_first_vowel_but_not_after_q() -> None:
    assert old_tone("Uỷ ban, hoá học, hoà, quý, THUỶ") == "Ủy ban, hóa học, hòa, quý, THỦY"


@pytest.mark.parametrize(
    ("half", "whole"),
    [
        ("Sở Nông nghiệp và MT", "Sở Nông nghiệp và Môi trường"),
        ("Sở NN và PTNT", "Sở Nông nghiệp và Phát triển nông thôn"),
        ("Sở VH, TT và DL", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Phòng Lao động - TB&XH huyện", "Phòng Lao động - Thương binh và Xã hội huyện"),
        ("Sở GTVT - XYZ", "Sở Giao thông vận tải - XYZ"),
    ],
)
def test_a_field_abbreviated_in_part_is_opened_where_one_field_fits(kit: Kit, half: str, whole: str) -> None:
    assert kit.naming.normal(half) == whole


def test_the_party_committee_of_a_city_in_a_province_has_the_city_s_name(kit: Kit) -> None:
    name = kit.naming.full_name("Thành ủy", "Ủy ban nhân dân thành phố Vị Thanh", "thành phố Vị Thanh", "Hậu Giang")
    assert name == "Thành ủy thành phố Vị Thanh"


@pytest.mark.parametrize(
    ("word", "others"),
    [("văn hóa", ["văn hoá"]), ("quản lý", ["quản lí"]), ("tỷ lệ", ["tỉ lệ"]), ("quý", []), ("Ủy ban", ["Uỷ ban"])],
)
def test_one_word_is_known_in_every_office_s_spelling(word: str, others: list[str]) -> None:
    assert spellings(word) == (word, *others)


def test_a_department_whose_name_ends_like_its_ministry_s_kind_is_named_whole(kit: Kit) -> None:
    ministry = "Bộ Văn hóa, Thể thao và Du lịch"
    assert kit.naming.full_name("Vụ Tổ chức cán bộ", ministry, None) == f"Vụ Tổ chức cán bộ {ministry}"
    assert (
        kit.naming.full_name("Công đoàn bệnh viện", "Bệnh viện Đa khoa tỉnh Yên Bái", None)
        == "Công đoàn Bệnh viện Đa khoa tỉnh Yên Bái"
    )
