"""What a document is, told by its content."""

from __future__ import annotations

from khparse.read.plain import read_plain
from khparse.rules.kit import Kit
from khparse.structure.kind import DocumentKind, document_kind
from khparse.structure.letterhead import read_letterhead

HEAD = (
    "UBND TỈNH HÀ NAM\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\nSố: 12/{}-UBND\n\nHà Nam, ngày 02 tháng 3 năm 2024\n\n"
)
BODY = "I. MỤC TIÊU\n\n1. Tăng tỷ lệ trường đạt chuẩn\n\nNơi nhận:\n- Lưu: VT.\n\nCHỦ TỊCH\n\nLê Văn Bình\n\n"


def kind(text: str, kit: Kit) -> DocumentKind:
    document = read_plain(text.encode())
    return document_kind(document, read_letterhead(document, kit), kit)


def test_a_plan_calls_itself_one(kit: Kit) -> None:
    assert kind(HEAD.format("KH") + "KẾ HOẠCH\n\nPhát triển giáo dục năm 2024\n\n" + BODY, kit) == DocumentKind(
        "Kế hoạch"
    )


def test_a_report_whose_title_names_a_plan_is_a_report(kit: Kit) -> None:
    text = HEAD.format("BC") + "BÁO CÁO\n\nKẾT QUẢ THỰC HIỆN\n\nKẾ HOẠCH PHÁT TRIỂN NĂM 2023\n\n" + BODY
    assert kind(text, kit) == DocumentKind("Báo cáo")


def test_a_decision_alone_is_no_plan(kit: Kit) -> None:
    text = HEAD.format("QĐ") + "QUYẾT ĐỊNH\n\nVề việc phê duyệt Kế hoạch năm 2024\n\nĐiều 1. Phê duyệt.\n\n" + BODY
    assert kind(text, kit) == DocumentKind("Quyết định")


def test_a_decision_with_its_plan_attached_is_the_plan(kit: Kit) -> None:
    decision = (
        HEAD.format("QĐ") + "QUYẾT ĐỊNH\n\nVề việc ban hành Kế hoạch\n\nĐiều 1. Ban hành Kế hoạch kèm theo.\n\n" + BODY
    )
    plan = "KẾ HOẠCH\n\nPhòng, chống thiên tai năm 2024\n\n(Ban hành kèm theo Quyết định số 12/QĐ-UBND)\n\n" + BODY
    assert kind(decision + plan, kit) == DocumentKind("Kế hoạch", covering="Quyết định")


def test_an_official_letter_is_told_by_its_addressee(kit: Kit) -> None:
    text = (
        "Số: 45/UBND-VP\n\nV/v triển khai kế hoạch năm 2024\n\nKính gửi: Các phường\n\nĐề nghị các phường báo cáo.\n\n"
    )
    assert kind(text, kit) == DocumentKind("Công văn")


def test_a_timetable_is_no_plan(kit: Kit) -> None:
    assert (
        kind("LỊCH LÀM VIỆC\n\nTuần 12\n\nThứ hai\tSáng\tHọp giao ban\nThứ ba\tSáng\tTiếp dân\n", kit).name
        == "Lịch làm việc"
    )


def test_a_steering_committees_name_is_no_title(kit: Kit) -> None:
    text = "BAN CHỈ ĐẠO\n\nĐỀ ÁN 06\n\nSố: 3/KH-BCĐ\n\nKẾ HOẠCH\n\nTriển khai Đề án năm 2024\n\n" + BODY
    assert kind(text, kit).is_plan


def test_a_plan_without_its_head_is_told_by_its_opening_words(kit: Kit) -> None:
    assert kind("Phòng Y tế xây dựng Kế hoạch tiêm chủng năm 2024 như sau:\n\n" + BODY, kit).is_plan


def test_a_text_that_names_a_plans_number_in_a_sentence_is_no_plan(kit: Kit) -> None:
    text = "Ghi chú\n\nThư mục có mười bốn văn bản; văn bản về du lịch ghi Số 45-KH/TU và chữ ký của Ban Thường vụ.\n"
    assert not kind(text, kit).is_plan
