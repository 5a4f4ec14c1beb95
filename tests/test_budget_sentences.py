"""Sums in sentences: their wholes, years, sources, and what is no sum."""

from __future__ import annotations

from khparse.extract.budgets.find import find_budgets
from khparse.model.document import Span
from khparse.model.plan import Item, Letterhead, Plan, Section, SectionKind
from khparse.read.assemble import Assembler
from khparse.rules.kit import Kit

TITLE = "Phòng chống sạt lở bờ sông năm 2018"


def told(kit: Kit, *lines: str, heading: str = "KINH PHÍ", depth: int = 1) -> list[tuple[str, int, str | None, str]]:
    """Purpose, millions of đồng, period and role of the sums of bullets under one heading of a plan of 2018."""
    assembler = Assembler()
    head = assembler.paragraph(heading)
    spans = [span for line in lines if (span := assembler.paragraph(line))]
    document = assembler.document("text/plain")
    assert head
    section = Section("II", "II.", heading, 1, SectionKind.ROMAN, Span(0, len(document.text)), head)
    items = tuple(Item(span, "-" if depth else "", depth, "II") for span in spans)
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


def roles(found: list[tuple[str, int, str | None, str]]) -> list[tuple[int, str]]:
    return [(millions, role) for _, millions, _, role in found]


def test_works_below_cu_the_are_items_and_their_prices_in_brackets_are_none(kit: Kit) -> None:
    lines = ("Tổng kinh phí 90 triệu đồng, cụ thể:", "Mua 20 phao (500.000 đồng/chiếc): 10.000.000 đồng")
    assert told(kit, *lines)[1:] == [("Mua 20 phao", 10, "2018", "item")]
    assert roles(told(kit, lines[0], "Ngân sách huyện: 60 triệu đồng"))[1:] == [(60, "subtotal")]
    assert roles(told(kit, lines[0].replace("cụ thể", "trong đó"), lines[1]))[1:] == [(10, "subtotal")]


def test_a_year_told_apart_from_a_total_over_several_is_its_part(kit: Kit) -> None:
    total = "Tổng kinh phí giai đoạn 2018 - 2020 là 9 tỷ đồng."
    apart = "Riêng năm 2018, kinh phí 2 tỷ đồng giao tại Quyết định của huyện."
    assert roles(told(kit, total, apart)) == [(9000, "total"), (2000, "subtotal")]
    assert roles(told(kit, apart)) == [(2000, "total")]


def test_a_bullet_s_sum_of_its_own_label_is_an_item(kit: Kit) -> None:
    line = "Công trực đê: hỗ trợ theo ngày công. Tổng công trực đê của 12 tổ là 36.000.000 đồng"
    assert roles(told(kit, line)) == [(36, "item")]


def test_works_listed_without_a_whole_are_items(kit: Kit) -> None:
    line = "Các công trình gồm: kè thôn Đông 700 triệu đồng, trong đó ngân sách xã 200 triệu đồng; cống thôn Đoài 300 triệu đồng"
    assert roles(told(kit, line, heading="NHIỆM VỤ")) == [(700, "item"), (200, "subtotal"), (300, "item")]


def test_a_part_by_its_source_says_of_what_it_is_a_part(kit: Kit) -> None:
    found = told(kit, "Tổng kinh phí gia cố kè: 5 tỷ đồng, trong đó: đóng góp của nhân dân 1 tỷ đồng")
    assert found[1] == ("kinh phí gia cố kè từ đóng góp của nhân dân", 1000, "2018", "subtotal")


def test_a_sum_with_its_parts_is_no_price(kit: Kit) -> None:
    line = "Ngân sách huyện hỗ trợ thêm mức đóng năm 2018 là 14 tỷ đồng, trong đó: hộ cận nghèo 5 tỷ đồng; học sinh 9 tỷ đồng."
    assert roles(told(kit, line))[1:] == [(5000, "subtotal"), (9000, "subtotal")]
    assert told(kit, "Mức đóng năm 2018 là 14 triệu đồng.") == []


def test_what_a_source_gives_with_its_parts_is_a_whole(kit: Kit) -> None:
    line = "Ngân sách huyện hỗ trợ năm 2018 là 6 tỷ đồng, trong đó: kè 4 tỷ đồng; cống 2 tỷ đồng."
    parts = [(4000, "subtotal"), (2000, "subtotal")]
    assert roles(told(kit, line, depth=0)) == [(6000, "total"), *parts]
    assert roles(told(kit, line)) == [(6000, "item"), *parts]  # one of several in a list


def test_parts_behind_a_colon_have_their_whole_s_year_and_names_of_their_own(kit: Kit) -> None:
    words = "Năm 2019, ngân sách huyện bố trí 450 triệu đồng thực hiện Kế hoạch, trong đó: kè bờ 200 triệu đồng, trồng tre 250 triệu đồng."
    assert told(kit, words, depth=0)[1:] == [("kè bờ", 200, "2019", "subtotal"), ("trồng tre", 250, "2019", "subtotal")]
