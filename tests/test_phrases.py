"""What phrases say: one wording for many, light words, counts with their units."""

from __future__ import annotations

import pytest

from khparse.compare.matching import SURE, PhraseMatcher
from khparse.compare.phrases import PhraseReader, counted, without_unit
from khparse.compare.ranges import Measure, measure_of
from khparse.rules.kit import Kit
from khparse.rules.load import load


@pytest.fixture(scope="module")
def matcher(kit: Kit) -> PhraseMatcher:
    return PhraseMatcher(load("comparison"), kit.naming)


def test_what_stands_right_among_the_synonyms_is_rewritten_no_further(kit: Kit) -> None:
    reader = PhraseReader(load("comparison"), kit.naming)
    wordings = load("comparison").tables["synonyms"].values()
    assert [words for words in wordings if reader.unify(words) != words] == []


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Tỷ lệ bao phủ bảo hiểm y tế dân số", "người dân tham gia BHYT"),
        ("chất thải rắn sinh hoạt nông thôn được thu gom, xử lý", "thu gom và xử lý CTR sinh hoạt ở nông thôn"),
        ("trạm y tế xã, phường, thị trấn có bác sĩ", "trạm y tế cấp xã có bác sĩ làm việc"),
        ("Kéo giảm số vụ TNGT", "giảm số vụ tai nạn giao thông"),
        ("hộ dân trên địa bàn huyện Phong Lai dùng điện mặt trời mái nhà", "hộ gia đình sử dụng điện mặt trời mái nhà"),
        ("Số giường bệnh trên vạn dân ⟨giường⟩", "giường bệnh ⟨giường bệnh/10.000 dân⟩"),
        ("Sửa cầu treo bản Nậm trong Quý III/2024", "Sửa cầu treo bản Nậm, hoàn thành trước ngày 15/9/2024"),
    ],
)
def test_other_words_for_one_thing_are_surely_one(matcher: PhraseMatcher, a: str, b: str) -> None:
    assert matcher.match(matcher.signature(a), matcher.signature(b)).score >= SURE


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("số xã đạt chuẩn nông thôn mới", "số xã đạt chuẩn nông thôn mới nâng cao"),
        ("số vụ cháy rừng trên địa bàn", "giảm số vụ cháy rừng trên địa bàn"),
        ("hồ sơ đúng hạn thuộc lĩnh vực đất đai", "hồ sơ đúng hạn thuộc lĩnh vực hộ tịch"),
        ("giảm số vụ tai nạn giao thông so với năm 2021", "giảm số vụ tai nạn giao thông so với năm 2022"),
        ("tham gia bảo hiểm xã hội bắt buộc", "tham gia bảo hiểm xã hội tự nguyện"),
    ],
)
def test_what_changes_the_measure_makes_another_thing(matcher: PhraseMatcher, a: str, b: str) -> None:
    assert matcher.match(matcher.signature(a), matcher.signature(b)).score == 0.0


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("diện tích trồng keo lai được cấp chứng chỉ", "diện tích trồng quế hồi được cấp chứng chỉ"),
        ("người dân nông thôn dùng nước sạch theo quy chuẩn", "người dân dùng nước sạch theo quy chuẩn"),
        ("cơ sở y tế ngoài công lập liên thông đơn thuốc", "cơ sở y tế liên thông đơn thuốc"),
    ],
)
def test_a_part_of_the_whole_and_a_word_in_anothers_place_are_never_sure(
    matcher: PhraseMatcher, a: str, b: str
) -> None:
    assert matcher.match(matcher.signature(a), matcher.signature(b)).score < SURE


def test_of_what_is_done_for_those_who_suffer_more_is_better(matcher: PhraseMatcher) -> None:
    assert matcher.is_falling("tỷ lệ hộ nghèo đa chiều")
    assert not matcher.is_falling("tỷ lệ hộ nghèo được vay vốn")
    assert not matcher.is_falling("nhà kho được sửa chữa của các hộ cận nghèo")
    assert matcher.is_falling("hồ sơ trễ hạn của hộ nghèo")
    assert not matcher.is_falling("xóa điểm đen tai nạn giao thông")


@pytest.mark.parametrize(
    ("unit", "measure"),
    [
        ("%/năm", Measure(1.0, "%")),
        ("triệu đồng/người/năm", Measure(1e6, "đồng")),
        ("nghìn lượt khách", Measure(1e3, "")),
        ("lớp/năm", Measure(1.0, "/năm")),
        ("hecta", Measure(1.0, "ha")),
        ("tạ/ha", Measure(0.1, "tấn")),
    ],
)
def test_a_unit_is_so_many_of_one_kind(unit: str, measure: Measure) -> None:
    assert measure_of(unit) == measure


def test_a_count_is_compared_by_its_unit_too_whatever_its_scale() -> None:
    assert counted("đón lượt khách", "triệu lượt khách") == "đón lượt khách ⟨lượt khách⟩"
    assert without_unit("đón lượt khách ⟨lượt khách⟩") == "đón lượt khách"
