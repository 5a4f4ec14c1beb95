"""Sums in sentences: their wholes, years, sources, and what is no sum."""

from __future__ import annotations

from khparse.extract.budgets.find import find_budgets
from khparse.model.document import Span
from khparse.model.plan import Item, Letterhead, Plan, Section, SectionKind
from khparse.read.assemble import Assembler
from khparse.rules.kit import Kit

TITLE = "Phòng chống sạt lở bờ sông năm 2018"


def told(kit: Kit, *lines: str, heading: str = "KINH PHÍ") -> list[tuple[str, int, str | None, str]]:
    """Purpose, millions of đồng, period and role of the sums of bullets under one heading of a plan of 2018."""
    assembler = Assembler()
    head = assembler.paragraph(heading)
    spans = [span for line in lines if (span := assembler.paragraph(line))]
    document = assembler.document("text/plain")
    assert head
    section = Section("II", "II.", heading, 1, SectionKind.ROMAN, Span(0, len(document.text)), head)
    items = tuple(Item(span, "-", 1, "II") for span in spans)
    plan = Plan(document, Letterhead(title=TITLE), (section,), items)
    return [(b.purpose, b.amount_vnd // 10**6, b.period, str(b.role)) for b in find_budgets(plan, kit)]


def test_sums_in_a_sum_s_brackets_are_its_parts_and_have_its_years(kit: Kit) -> None:
    assert told(kit, "Năm 2019: 500 triệu đồng (ngân sách tỉnh 300 triệu đồng; ngân sách huyện 200 triệu đồng)") == [
        ("Kinh phí năm 2019", 500, "2019", "total"),
        ("ngân sách tỉnh", 300, "2019", "subtotal"),
        ("ngân sách huyện", 200, "2019", "subtotal"),
    ]


def test_a_product_is_one_sum_and_its_factors_none(kit: Kit) -> None:
    assert told(kit, "Thuê máy đào: 12 ca x 2.500.000 đồng = 30.000.000 đồng") == [("Thuê máy đào", 30, "2018", "item")]
    assert told(kit, "Chi nước uống: 20.000 đồng x 50 người = 1.000.000 đồng") == [("Chi nước uống", 1, "2018", "item")]


def test_what_each_gets_is_a_price_and_what_a_year_gets_a_sum(kit: Kit) -> None:
    assert told(kit, "Di dời 20 hộ, mỗi hộ 15 triệu đồng, tổng cộng 300 triệu đồng.")[0][1:] == (300, "2018", "total")
    assert told(kit, "Ngân sách huyện hỗ trợ mỗi năm 250 triệu đồng.")[0][1:] == (250, "2018", "item")


def test_a_total_has_the_years_of_its_parts(kit: Kit) -> None:
    found = told(kit, "Tổng nhu cầu vốn 3 tỷ đồng; trong đó năm 2018 là 1 tỷ đồng, năm 2019 là 2 tỷ đồng.")
    assert [each[1:] for each in found] == [
        (3000, "2018/2019", "total"),
        (1000, "2018", "subtotal"),
        (2000, "2019", "subtotal"),
    ]


def test_a_task_s_own_sum_is_an_item_of_the_title_s_year(kit: Kit) -> None:
    found = told(kit, "Gia cố kè bờ tả với tổng mức đầu tư 6 tỷ đồng.", heading="NHIỆM VỤ")
    assert found == [("Gia cố kè bờ tả", 6000, "2018", "item")]


def test_a_named_item_of_a_list_is_no_total(kit: Kit) -> None:
    assert told(kit, "Kinh phí điều tra, cập nhật: 45 triệu; trích từ nguồn sự nghiệp kinh tế.") == [
        ("Kinh phí điều tra, cập nhật", 45, "2018", "item")
    ]


def test_a_total_in_words_alone_says_again_what_stands_in_figures(kit: Kit) -> None:
    assert told(kit, "(Bằng chữ: Hai mươi lăm triệu đồng)") == []
