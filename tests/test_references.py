"""References: documents named in every form, their mentions merged, their relation told."""

from __future__ import annotations

import pytest

from khparse.extract.references.find import find_references
from khparse.model.plan import Plan
from khparse.model.record import Reference
from khparse.pipeline import understand
from khparse.read.assemble import Assembler
from khparse.read.detect import detect
from khparse.read.readers import read
from khparse.rules.kit import Kit
from khparse.structure.letterhead import read_letterhead
from khparse.structure.sections import build_sections

HEAD = ("UBND TỈNH HÀ NAM", "Số: 5/KH-UBND", "Hà Nam, ngày 1 tháng 2 năm 2024", "KẾ HOẠCH")


def references(kit: Kit, title: str, *lines: str) -> list[Reference]:
    assembler = Assembler()
    for line in (*HEAD, title, *lines):
        assembler.paragraph(line)
    document = assembler.document("text/plain")
    letterhead = read_letterhead(document, kit)
    sections, items = build_sections(document, letterhead, kit)
    found = find_references(Plan(document, letterhead, sections, items), kit)
    for record in found:
        assert document.text[record.start : record.end] == record.quote
        assert all(document.text[span.start : span.end] for span in record.spans)
    return list(found)


def body(kit: Kit, sentence: str) -> list[Reference]:
    return references(kit, "Trồng cây năm 2024", "Căn cứ tình hình thực tế;", "I. NHIỆM VỤ", sentence)


@pytest.mark.parametrize(
    ("sentence", "kind", "number", "date", "issuer"),
    [
        (
            "theo Quyết định số 77/QĐ-TTg ngày 25/01/2022 của Thủ tướng Chính phủ",
            "Quyết định",
            "77/QĐ-TTg",
            "2022-01-25",
            "Thủ tướng Chính phủ",
        ),
        ("theo Nghị định số 12 /2020/NĐ-CP", "Nghị định", "12/2020/NĐ-CP", None, "Chính phủ"),
        (
            "theo Nghị quyết 09-NQ/TW của Bộ Chính trị ngày 5 tháng 6 năm 2021",
            "Nghị quyết",
            "09-NQ/TW",
            "2021-06-05",
            "Bộ Chính trị",
        ),
        (
            "theo Chương trình hành động số 33- CTr/TU năm 2021",
            "Chương trình hành động",
            "33-CTr/TU",
            "2021",
            "Tỉnh ủy Hà Nam",
        ),
        ("theo công văn số 93/ABC-XYZ", "Công văn", "93/ABC-XYZ", None, None),
        (
            "Kế hoạch số 3-KH/BCĐTW của Ban Chỉ đạo Trung ương về phát triển rừng về giữ rừng",
            "Kế hoạch",
            "3-KH/BCĐTW",
            None,
            "Ban Chỉ đạo Trung ương về phát triển rừng",
        ),
        ("theo Công văn số 931/UBND-VP", "Công văn", "931/UBND-VP", None, "Ủy ban nhân dân tỉnh Hà Nam"),
        ("theo Kế hoạch số 02-KH/BCĐTW ngày 1/6/2025", "Kế hoạch", "02-KH/BCĐTW", "2025-06-01", None),
        ("theo Nghị quyết số 55/2024/QH15", "Nghị quyết", "55/2024/QH15", None, "Quốc hội"),
        (
            "theo Thông tư số 8/2021/TT-BGDĐT của Bộ GD&ĐT",
            "Thông tư",
            "8/2021/TT-BGDĐT",
            None,
            "Bộ Giáo dục và Đào tạo",
        ),
        ("theo Công văn số 88/BNV-CTTN&BĐG", "Công văn", "88/BNV-CTTN&BĐG", None, "Bộ Nội vụ"),
        (
            "theo đề nghị của Công ty Hoa Sen tại Văn bản số 12/HS-KD ngày 2/3/2024",
            "Văn bản",
            "12/HS-KD",
            "2024-03-02",
            "Công ty Hoa Sen",
        ),
        (
            "Nghị quyết của Hội đồng nhân dân tỉnh số 6/NQ-HĐND",
            "Nghị quyết",
            "6/NQ-HĐND",
            None,
            "Hội đồng nhân dân tỉnh Hà Nam",
        ),
        (
            "theo Quyết định số 9/QĐ-UBND ngày 31/02/2023",
            "Quyết định",
            "9/QĐ-UBND",
            "2023-02-31",
            "Ủy ban nhân dân tỉnh Hà Nam",
        ),
    ],
)
def test_number_date_and_issuer_are_read(
    kit: Kit, sentence: str, kind: str, number: str, date: str, issuer: str
) -> None:
    [found] = body(kit, sentence)
    assert (found.type, found.number, found.date, found.issuer) == (kind, number, date, issuer)


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("theo Luật Ngân sách nhà nước và Luật Đầu tư công.", [("Ngân sách nhà nước", None), ("Đầu tư công", None)]),
        ("theo Luật An toàn, vệ sinh lao động năm 2015", [("An toàn, vệ sinh lao động", "2015")]),
        ("theo Luật Vận tải và kho bãi ngày 2/3/2020, bố trí vốn", [("Vận tải và kho bãi", "2020-03-02")]),
        ("theo Bộ luật Lao động; Hội Luật gia; pháp luật Việt Nam", [("Lao động", None)]),
    ],
)
def test_laws_go_by_their_names(kit: Kit, sentence: str, names: list[tuple[str, str | None]]) -> None:
    assert [(found.title, found.date) for found in body(kit, sentence)] == names


def test_a_law_named_with_and_without_its_number_is_one(kit: Kit) -> None:
    [found] = body(kit, "Luật Viên chức số 58/2010/QH12, ngày 15/11/2010; Điều 9 Luật Viên chức")
    assert (found.number, found.date, found.issuer, found.mentions, found.pinpoint) == (
        "58/2010/QH12",
        "2010-11-15",
        "Quốc hội",
        2,
        "Điều 9",
    )


def test_a_list_shares_its_type(kit: Kit) -> None:
    found = body(kit, "các Quyết định số 1/QĐ-UBND ngày 2/3/2020, số 2/QĐ-UBND và số 3/QĐ-UBND")
    assert [(one.type, one.number) for one in found] == [("Quyết định", f"{n}/QĐ-UBND") for n in (1, 2, 3)]


def test_short_forms_go_to_the_full_one(kit: Kit) -> None:
    [found] = body(
        kit, "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị; theo Nghị quyết 57 và Nghị quyết số 57-NQ/TW"
    )
    assert (found.number, found.mentions) == ("57-NQ/TW", 3)


def test_a_resolution_without_number_counts_with_its_body_and_title(kit: Kit) -> None:
    [found] = body(
        kit,
        "Nghị quyết của Ban Chấp hành Đảng bộ tỉnh về phát triển du lịch; các Nghị quyết của Hội đồng nhân dân về phí",
    )
    assert (found.number, found.issuer, found.title) == (
        None,
        "Ban Chấp hành Đảng bộ tỉnh Hà Nam",
        "về phát triển du lịch",
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "theo Mẫu số 01/HNCT",
        "Quyết định số /QĐ-UBND",
        "Kế hoạch số 5/KH-UBND này",
        "(Kèm theo Kế hoạch số 44",
        "các quyết định công bố",
        "Kế hoạch 5 năm",
        "tỷ lệ 1/2 Sở",
        "- Sản phẩm: Nghị quyết của Hội đồng nhân dân tỉnh về giữ rừng.",
    ],
)
def test_what_names_no_other_document_is_none(kit: Kit, sentence: str) -> None:
    assert body(kit, sentence) == []


def test_a_document_that_is_the_work_of_a_row_is_still_to_be_made(kit: Kit) -> None:
    rows = "TT\tNhiệm vụ\tChủ trì\tThời gian\n1\tNghị quyết của HĐND tỉnh quy định mức chi giữ rừng\tSở Nội vụ\tQuý II/2024\n"
    text = "\n".join((*HEAD, "Trồng rừng năm 2024", "I. NHIỆM VỤ", "Giữ rừng.", "", rows))
    assert find_references(understand(read(detect(text.encode())), kit), kit) == ()


def test_traffic_is_no_giving(kit: Kit) -> None:
    found = body(kit, "Kế hoạch số 6/KH-UBATGTQG ngày 10/01/2023 của Ủy ban An toàn giao thông Quốc gia.")
    assert [r.issuer for r in found] == ["Ủy ban An toàn giao thông Quốc gia"]


def test_relations_go_by_title_and_preamble(kit: Kit) -> None:
    found = references(
        kit,
        "Thực hiện Quyết định số 77/QĐ-TTg của Thủ tướng Chính phủ",
        "Căn cứ Luật Lâm nghiệp ngày 15/11/2017; Nghị định số 1/2020/NĐ-CP của Chính phủ;",
        "Thực hiện Chỉ thị số 4/CT-TTg về việc thi hành Nghị quyết số 9/NQ-CP của Chính phủ;",
        "UBND tỉnh ban hành Kế hoạch như sau:",
        "I. NHIỆM VỤ",
        "Theo Thông tư số 2/2020/TT-BTC.",
        "Kế hoạch này thay thế Kế hoạch số 8/KH-UBND ngày 1/1/2020.",
    )
    assert {one.number or one.title: str(one.relation) for one in found} == {
        "77/QĐ-TTg": "implements",
        "Lâm nghiệp": "basis",
        "1/2020/NĐ-CP": "basis",
        "4/CT-TTg": "implements",
        "9/NQ-CP": "cites",
        "2/2020/TT-BTC": "cites",
        "8/KH-UBND": "replaces",
    }


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        (
            "Căn cứ Quyết định số 7/QĐ-TTg ngày 1/2/2022 của Thủ tướng Chính phủ về việc trồng rừng, giữ rừng; và",
            "về việc trồng rừng, giữ rừng",
        ),
        (
            "Quyết định số 7/QĐ-TTg phê duyệt Đề án “Trồng rừng; giữ rừng”, Sở Nông nghiệp xây dựng",
            "phê duyệt Đề án “Trồng rừng; giữ rừng”",
        ),
        (
            "Quyết định số 7/QĐ-TTg phê duyệt Đề án trồng rừng (sau đây gọi tắt là Đề án) trên cả nước",
            "phê duyệt Đề án trồng rừng",
        ),
        ("Quyết định số 7/QĐ-TTg triển khai ngay các việc", None),
        ("Kế hoạch số 7-KH/TW của Ban Bí thư, bảo đảm tiến độ", None),
        ("Nghị quyết số 7-NQ/TW ngày 1/2/2019 của Bộ Chính trị khóa XII về rừng", "về rừng"),
    ],
)
def test_a_title_ends_where_the_citation_ends(kit: Kit, sentence: str, title: str | None) -> None:
    [found] = body(kit, sentence)
    assert found.title == title


@pytest.mark.parametrize(
    ("sentence", "number", "issuer"),
    [
        (
            "theo Thông tư liên tịch số 31/2012/TTLT-BTC-BYT ngày 02/3/2012 của liên Bộ Tài chính - Y tế hướng dẫn chi;",
            "31/2012/TTLT-BTC-BYT",
            "liên Bộ Tài chính - Y tế",
        ),
        ("theo Thông tư liên tịch số 31/2012/TTLT-BTC-BYT", "31/2012/TTLT-BTC-BYT", "Bộ Tài chính, Bộ Y tế"),
        ("theo Hướng dẫn số 14-HD/BTCTW", "14-HD/BTCTW", "Ban Tổ chức Trung ương"),
    ],
)
def test_joint_and_party_numbers_name_their_issuers(kit: Kit, sentence: str, number: str, issuer: str) -> None:
    assert [(r.number, r.issuer) for r in body(kit, sentence)] == [(number, issuer)]


def test_a_law_s_name_keeps_its_bracketed_short_form(kit: Kit) -> None:
    found = references(kit, "Trồng cây năm 2024", "Căn cứ Luật Kiểm soát chất độc (KSCĐ) ngày 05 tháng 6 năm 2019;")
    assert [(r.title, r.date) for r in found] == [("Kiểm soát chất độc (KSCĐ)", "2019-06-05")]


def test_a_second_number_of_a_list_with_titles_ends_the_first_title(kit: Kit) -> None:
    found = references(
        kit,
        "Trồng cây năm 2024",
        "Căn cứ các Quyết định của UBND tỉnh: số 12/QĐ-UBND ngày 12/6/2019 về việc phê duyệt Đề án cây xanh và số 85/QĐ-UBND ngày 14/4/2020 ban hành Quy chế;",
    )
    assert [(r.number, r.title, r.relation) for r in found] == [
        ("12/QĐ-UBND", "về việc phê duyệt Đề án cây xanh", "basis"),
        ("85/QĐ-UBND", "ban hành Quy chế", "basis"),
    ]


def test_a_title_over_two_lines_names_its_document_over_both(kit: Kit) -> None:
    first, second = "Thực hiện Quyết định số 12/QĐ-TTg của Thủ tướng Chính phủ phê duyệt Đề án", "Trồng cây xanh"
    found = references(kit, first, second, "Căn cứ tình hình thực tế;", "I. NHIỆM VỤ", "Trồng cây.")
    assert found[0].title == "phê duyệt Đề án Trồng cây xanh"


def listed(kit: Kit, sentence: str) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(r.type, r.number, r.date, r.issuer) for r in body(kit, sentence)]


def test_numbers_that_share_one_code_are_documents_of_their_own(kit: Kit) -> None:
    body_ = "Bộ Chính trị"
    assert listed(kit, "quán triệt Quy định số 205, 206-QĐ/TW ngày 3/4/2019 của Bộ Chính trị về công tác cán bộ") == [
        ("Quy định", "205-QĐ/TW", "2019-04-03", body_),
        ("Quy định", "206-QĐ/TW", "2019-04-03", body_),
    ]


def test_a_body_named_behind_the_last_of_a_list_is_that_of_the_same_code(kit: Kit) -> None:
    sentence = "theo công văn số 12/BNN-TY ngày 2/3/2017, số 19/BNN-TY ngày 5/3/2017 của Bộ Nông nghiệp"
    assert [each[3] for each in listed(kit, sentence)] == ["Bộ Nông nghiệp", "Bộ Nông nghiệp"]


@pytest.mark.parametrize(
    ("sentence", "kind", "number"),
    [
        ("theo công văn 120/SYT-NVY ngày 3/4/2018", "Công văn", "120/SYT-NVY"),
        ("theo Quyết định số 15 / 2006 / QĐ - BNN", "Quyết định", "15/2006/QĐ-BNN"),
        ("theo Quyết định số 1.234/QĐ-UBND", "Quyết định", "1.234/QĐ-UBND"),
        ("theo Nghị định số 43-CP ngày 16/7/1996", "Nghị định", "43-CP"),
        ("theo Nghị định 35/2016 của Chính phủ", "Nghị định", "35/2016"),
        ("theo Nghị quyết 30a của Chính phủ", "Nghị quyết", "30a"),
        ("theo Phiếu giao việc số 3/PGV-VP", "Phiếu giao việc", "3/PGV-VP"),
        ("theo Đề án của UBND tỉnh số 10/QĐ-UBND", "Quyết định", "10/QĐ-UBND"),
    ],
)
def test_numbers_as_offices_write_them(kit: Kit, sentence: str, kind: str, number: str) -> None:
    assert [each[:2] for each in listed(kit, sentence)] == [(kind, number)]


@pytest.mark.parametrize(
    "sentence",
    [
        "theo Nghị quyết Trung ương 6 khóa XII về tổ chức bộ máy",
        "theo Nghị quyết Đại hội XIII của Đảng",
        "theo Nghị quyết Đại hội Chi bộ nhiệm kỳ 2020-2025",
    ],
)
def test_a_resolution_called_by_its_congress_or_plenum_has_no_number(kit: Kit, sentence: str) -> None:
    assert [each[:2] for each in listed(kit, sentence)] == [("Nghị quyết", None)]


def test_a_project_called_by_its_decision_s_number_is_no_document(kit: Kit) -> None:
    assert listed(kit, "triển khai Đề án 06 của Chính phủ") == []


def test_a_body_within_a_province_is_named_over_the_comma(kit: Kit) -> None:
    found = body(kit, "theo Kế hoạch số 15/KH-UBND của UBND huyện Mai Sơn, tỉnh Sơn La về trồng rừng")
    assert [(r.issuer, r.title) for r in found] == [
        ("Ủy ban nhân dân huyện Mai Sơn, tỉnh Sơn La", "về trồng rừng"),
    ]


def test_a_plenum_s_resolution_is_the_committee_s(kit: Kit) -> None:
    found = body(kit, "theo Nghị quyết số 8-NQ/TW của Hội nghị lần thứ sáu Ban Chấp hành Trung ương Đảng khóa XII")
    assert [r.issuer for r in found] == ["Ban Chấp hành Trung ương Đảng khóa XII"]


def test_a_number_without_a_code_is_a_document_where_its_day_or_body_stands_beside_it(kit: Kit) -> None:
    found = listed(kit, "theo Quyết định số 01 ngày 03/01/2017 của Chủ tịch UBND tỉnh Hà Nam về giao chỉ tiêu")
    assert [each[:3] for each in found] == [("Quyết định", "01", "2017-01-03")]


def test_the_grounds_of_the_decision_that_issues_a_plan_are_grounds_and_its_articles_are_not(kit: Kit) -> None:
    text = (
        "ỦY BAN NHÂN DÂN\nTỈNH HÀ NAM\nSố: 512/QĐ-UBND\nHà Nam, ngày 05 tháng 02 năm 2024\nQUYẾT ĐỊNH\nBan hành Kế hoạch trồng rừng\n"
        "Căn cứ Nghị định số 45/2020/NĐ-CP ngày 08/4/2020 của Chính phủ;\n"
        "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 27/TTr-SNV ngày 01/02/2024.\nQUYẾT ĐỊNH:\n"
        "Điều 1. Ban hành Kế hoạch, thay thế Quyết định số 11/QĐ-UBND ngày 01/01/2020.\nCHỦ TỊCH\nNguyễn Văn A\n"
        "KẾ HOẠCH\nTrồng rừng năm 2024\n(Ban hành kèm theo Quyết định số 512/QĐ-UBND ngày 05/02/2024)\nI. MỤC ĐÍCH\n1. Giữ rừng.\n"
    )
    found = find_references(understand(read(detect(text.encode())), kit), kit)
    assert [(r.number, r.relation, r.issuer) for r in found] == [
        ("45/2020/NĐ-CP", "basis", "Chính phủ"),
        ("27/TTr-SNV", "basis", "Sở Nội vụ tỉnh Hà Nam"),
    ]


def test_a_party_document_s_day_behind_a_comma_stays_in_the_title_that_names_it(kit: Kit) -> None:
    found = body(
        kit,
        "Quán triệt Kết luận số 43-KL/TW ngày 07/01/2019 của Bộ Chính trị về tiếp tục thực hiện Nghị quyết số 25-NQ/TW, ngày 03/6/2013 "
        "của Ban Chấp hành Trung ương Đảng khóa XI về công tác dân vận.",
    )
    assert found[0].title == (
        "về tiếp tục thực hiện Nghị quyết số 25-NQ/TW, ngày 03/6/2013 của Ban Chấp hành Trung ương Đảng khóa XI về công tác dân vận"
    )
    assert found[1].issuer == "Ban Chấp hành Trung ương Đảng khóa XI"


def test_a_law_that_another_changes_has_not_that_one_s_day(kit: Kit) -> None:
    found = body(kit, "theo Luật sửa đổi, bổ sung một số điều của Luật Nhà ở ngày 22 tháng 11 năm 2019;")
    assert {(r.title, r.date) for r in found} >= {("Nhà ở", None)}


def test_a_named_committee_of_a_district_takes_no_commune(kit: Kit) -> None:
    naming = kit.naming.under("huyện Yên Thành")
    assert (
        naming.full_name("Ban Thường vụ Huyện ủy Yên Thành", "Đảng ủy xã Phú Lộc", "xã Phú Lộc", "Nghệ An")
        == "Ban Thường vụ Huyện ủy Yên Thành"
    )
    assert (
        naming.full_name("Ban Chấp hành Đảng bộ huyện", "Đảng ủy xã Phú Lộc", "xã Phú Lộc", "Nghệ An")
        == "Ban Chấp hành Đảng bộ huyện Yên Thành"
    )


def test_a_type_of_several_words_ends_the_title_before_it(kit: Kit) -> None:
    sentence = (
        "Thực hiện Nghị quyết số 8-NQ/TW ngày 7/1/2023 về phát triển du lịch, Chương trình hành động số 9-CTr/TU ngày "
        "17/3/2023 của Tỉnh ủy, UBND tỉnh ban hành Kế hoạch như sau:"
    )
    found = {
        each.number: (each.title, str(each.relation))
        for each in references(kit, "Trồng cây năm 2024", sentence, "I. NHIỆM VỤ")
    }
    assert found["8-NQ/TW"][0] == "về phát triển du lịch"
    assert found["9-CTr/TU"][1] == "implements"
