"""What in a plan contradicts itself or cannot be right."""

from __future__ import annotations

import pytest

from khparse.extract.findings.find import find_findings
from khparse.model.document import Document, Span
from khparse.model.plan import Letterhead, Plan, Section, SectionKind
from khparse.model.record import Comparator, Due, DueKind, Finding, Target, TargetKind, Task
from khparse.read.assemble import Assembler, RawCell
from khparse.rules.kit import Kit
from khparse.structure.table_roles import read_tables


def numbered(kit: Kit, *headings: tuple[str, str, SectionKind]) -> tuple[Finding, ...]:
    """The findings of a plan whose sections have these paths, labels and kinds."""
    assembler, sections = Assembler(), []
    for path, label, kind in headings:
        span = assembler.paragraph(f"{label} Nội dung {path}")
        assert span
        parent = path.rpartition(".")[0] or None
        sections.append(
            Section(
                path,
                label,
                f"Nội dung {path}",
                path.count(".") + 1,
                kind,
                span,
                Span(span.start + len(label) + 1, span.end),
                parent,
            )
        )
    return find_findings(Plan(assembler.document("x"), Letterhead(), tuple(sections), ()), (), (), (), (), kit)


def told(
    kit: Kit,
    *lines: str,
    letterhead: Letterhead | None = None,
    targets: tuple[Target, ...] = (),
    tasks: tuple[Task, ...] = (),
) -> tuple[Finding, ...]:
    assembler = Assembler()
    for line in lines:
        assembler.paragraph(line)
    return find_findings(Plan(assembler.document("x"), letterhead or Letterhead(), (), ()), (), targets, tasks, (), kit)


def tabled(kit: Kit, rows: list[str], unit: str = "ĐVT: triệu đồng") -> tuple[Finding, ...]:
    assembler = Assembler()
    assembler.paragraph(unit)
    assembler.table([RawCell((w,), r, c) for r, row in enumerate(rows) for c, w in enumerate(row.split("|"))])
    document: Document = assembler.document("x")
    tables, groups = read_tables(document, (), kit)
    return find_findings(Plan(document, Letterhead(), groups, (), tables), (), (), (), (), kit)


def kinds(found: tuple[Finding, ...]) -> list[str]:
    return [one.kind for one in found]


LETTER, NUMBER, ROMAN = SectionKind.LETTER, SectionKind.NUMBER, SectionKind.ROMAN


def test_a_missing_letter_is_a_gap_at_the_label_after_it(kit: Kit) -> None:
    found = numbered(kit, ("I", "I.", ROMAN), ("I.a", "a)", LETTER), ("I.c", "c)", LETTER))
    assert [(one.section, one.message) for one in found] == [("I.c", "Mục I có a), c), thiếu b).")]
    assert found[0].quote.startswith("c) ")


def test_đ_is_missed_only_where_the_plan_writes_it(kit: Kit) -> None:
    letters = [("I", "I.", ROMAN), *((f"I.{c}", f"{c})", LETTER) for c in "abcde")]
    assert numbered(kit, *letters) == ()
    with_stroke = [("II", "II.", ROMAN), *((f"II.{c}", f"{c})", LETTER) for c in "abcdđe")]
    assert [one.section for one in numbered(kit, *letters, *with_stroke)] == ["I.e"]


def test_letters_seldom_used_are_not_missed(kit: Kit) -> None:
    letters = [("I", "I.", ROMAN), *((f"I.{c}", f"{c})", LETTER) for c in "abcdđeghiklmnopqrstuvxy")]
    assert numbered(kit, *letters) == ()


def test_a_roman_number_used_twice(kit: Kit) -> None:
    found = numbered(kit, ("I", "I.", ROMAN), ("II", "II.", ROMAN), ("II", "II.", ROMAN))
    assert kinds(found) == ["numbering_gap"]
    assert "được dùng hai lần" in found[0].message
    assert "III" in found[0].message


def test_numbers_begin_anew_under_each_section(kit: Kit) -> None:
    headings = [
        ("I", "I.", ROMAN),
        ("I.1", "1.", NUMBER),
        ("I.2", "2.", NUMBER),
        ("II", "II.", ROMAN),
        ("II.1", "1.", NUMBER),
    ]
    assert numbered(kit, *headings) == ()


def test_a_decimal_sequence_that_begins_late(kit: Kit) -> None:
    found = numbered(kit, ("I", "I.", ROMAN), ("I.1", "1.", NUMBER), ("I.1.3", "1.3.", SectionKind.DECIMAL))
    assert found[0].message == "Mục I.1 chỉ có 1.3, thiếu 1.1 và 1.2."


def test_a_form_s_numbering_is_not_the_plan_s(kit: Kit) -> None:
    span = Span(0, 4)
    form = Section("PL.3", "3.", "Mẫu", 2, NUMBER, span, span, "PL", form=True)
    plan = Plan(Document("3. M", (), "x"), Letterhead(), (form,), ())
    assert find_findings(plan, (), (), (), (), kit) == ()


def test_an_appendix_that_names_the_plan_by_another_number(kit: Kit) -> None:
    head = Letterhead(number="12/KH-UBND", date="2024-03-05")
    found = told(kit, "PHỤ LỤC", "(Kèm theo Kế hoạch số 15/KH-UBND ngày 06/3/2024 của UBND huyện)", letterhead=head)
    assert kinds(found) == ["self_reference_mismatch"]
    assert "số 15/KH-UBND ngày 06/03/2024" in found[0].message
    assert found[0].quote == "Kèm theo Kế hoạch số 15/KH-UBND ngày 06/3/2024 của UBND huyện"


@pytest.mark.parametrize(
    "line",
    [
        "(Kèm theo Kế hoạch số 12/KH-UBND ngày 05/3/2024 của UBND huyện)",
        "(Kèm theo Kế hoạch số 12 /KH-UBND ngày 5 tháng 3 năm 2024 của UBND huyện)",
        "(Kèm theo Kế hoạch số      /KH-UBND ngày    tháng    năm 2024)",
        "(Kèm theo Quyết định số 99/QĐ-UBND ngày 01/01/2024)",
    ],
)
def test_an_appendix_that_names_it_rightly_or_not_at_all(kit: Kit, line: str) -> None:
    assert told(kit, line, letterhead=Letterhead(number="12/KH-UBND", date="2024-03-05")) == ()


def test_a_number_of_one_year_dated_in_another(kit: Kit) -> None:
    found = told(kit, "Căn cứ Nghị định số 15/2021/NĐ-CP ngày 03/3/2020 của Chính phủ;")
    assert kinds(found) == ["reference_date_mismatch"]
    assert found[0].quote == "15/2021/NĐ-CP ngày 03/3/2020"


def test_one_document_with_two_dates(kit: Kit) -> None:
    found = told(kit, "Quyết định số 88/QĐ-UBND ngày 02/4/2024.", "Quyết định số 88/QĐ-UBND ngày 12/4/2024.")
    assert kinds(found) == ["reference_date_mismatch"]
    assert found[0].quote == "88/QĐ-UBND ngày 12/4/2024"


def test_another_day_for_the_plans_own_number_is_told_once(kit: Kit) -> None:
    attached = (f"(Kèm theo Kế hoạch số 12/KH-UBND ngày {day}/3/2024 của UBND huyện)" for day in ("05", "06"))
    found = told(kit, *attached, letterhead=Letterhead(number="12/KH-UBND", date="2024-03-05"))
    assert kinds(found) == ["self_reference_mismatch"]


def test_the_same_number_of_two_years_is_two_documents(kit: Kit) -> None:
    assert told(kit, "Kế hoạch số 88/KH-UBND ngày 02/4/2023.", "Kế hoạch số 88/KH-UBND ngày 15/5/2024.") == ()


def test_a_day_that_does_not_exist(kit: Kit) -> None:
    found = told(kit, "Hoàn thành trước ngày 31/4/2025.", "Báo cáo trước ngày 30/4/2025.")
    assert [(one.kind, one.quote) for one in found] == [("impossible_value", "31/4/2025")]


def target(indicator: str, comparator: Comparator, value: float) -> Target:
    return Target(
        quote="x", section="I", page=None, start=0, end=1, source="t", confidence=1.0, indicator=indicator, comparator=comparator,
        value=value, value_max=None, unit="%", horizon=None, kind=TargetKind.TARGET,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("indicator", "comparator", "value", "wrong"),
    [
        ("Tỷ lệ hộ dân dùng nước sạch", Comparator.GT, 100, True),
        ("Tỷ lệ trẻ được tiêm chủng", Comparator.EQ, 105, True),
        ("Tỷ lệ hộ dân dùng nước sạch", Comparator.EQ, 100, False),
        ("thu ngân sách so với dự toán", Comparator.EQ, 120, False),
        ("tốc độ tăng trưởng", Comparator.GE, 110, False),
    ],
)
def test_a_share_above_the_whole(kit: Kit, indicator: str, comparator: Comparator, value: float, wrong: bool) -> None:
    assert kinds(told(kit, "x", targets=(target(indicator, comparator, value),))) == ["impossible_value"] * wrong


def task(end: str, kind: DueKind = DueKind.DATE) -> Task:
    due = Due(kind=kind, start=None, end=end, recurrence=None, text=end)
    return Task(
        quote="Sửa đường", section="II", page=None, start=0, end=4, source="t", confidence=1.0, title="Sửa đường", lead=(), coordinating=(), due=due, deliverable=None
    )  # fmt: skip


def test_a_task_due_before_the_plan(kit: Kit) -> None:
    head = Letterhead(date="2024-08-15")
    assert kinds(told(kit, "Sửa đường", letterhead=head, tasks=(task("2024-06-30"),))) == ["due_before_issue"]
    assert told(kit, "Sửa đường", letterhead=head, tasks=(task("2024-09-30"),)) == ()
    assert told(kit, "Sửa đường", letterhead=Letterhead(date="2024"), tasks=(task("2024-06-30"),)) == ()


def test_a_total_that_its_rows_do_not_add_up_to(kit: Kit) -> None:
    found = tabled(kit, ["TT|Công trình|Kinh phí", "1|Cầu dân sinh|100", "2|Mương tưới|50", "|Tổng cộng|160"])
    assert kinds(found) == ["sum_mismatch"]
    assert "160.000.000 đồng" in found[0].message
    assert "150.000.000 đồng" in found[0].message


def test_a_total_of_groups_that_adds_up(kit: Kit) -> None:
    rows = [
        "TT|Công trình|Phụ trách|Kinh phí",
        "I|Giao thông||150",
        "1|Cầu|UBND xã|100",
        "2|Đường|UBND xã|50",
        "II|Y tế||20",
        "1|Trạm|Trạm Y tế|20",
        "|Tổng cộng||170",
    ]
    assert tabled(kit, rows) == ()


def test_a_group_that_does_not_add_up(kit: Kit) -> None:
    rows = [
        "TT|Công trình|Phụ trách|Kinh phí",
        "I|Giao thông||140",
        "1|Cầu|UBND xã|100",
        "2|Đường|UBND xã|50",
        "|Tổng cộng||140",
    ]
    assert "sum_mismatch" in kinds(tabled(kit, rows))


def test_a_row_s_own_sum_against_its_years(kit: Kit) -> None:
    rows = ["TT|Nội dung|Kinh phí||", "||Tổng số|2025|2026", "1|Tập huấn|40|10|20"]
    assert kinds(tabled(kit, rows)) == ["sum_mismatch"]


def test_a_row_with_more_sums_than_years(kit: Kit) -> None:
    rows = [
        "TT|Nội dung|Kinh phí và nguồn vốn|||",
        "||2024|2025|Nguồn vốn|",
        "1|Trồng rừng|70|70|20|NS tỉnh",
        "2|Tuần tra|5|6|NS xã|",
        "Tổng cộng||75|26||",
    ]
    found = tabled(kit, rows)
    assert kinds(found) == ["row_width_mismatch"]
    assert (
        "có 3 số tiền (70, 70, 20) dưới 2 cột năm 2024-2025; theo dòng tổng cộng, dòng này là 70 / 20"
        in found[0].message
    )
    assert found[0].quote == "Trồng rừng"


def test_a_row_with_fewer_sums_than_years(kit: Kit) -> None:
    rows = [
        "TT|Nội dung|Kinh phí và nguồn vốn|||",
        "||2024|2025|2026|Nguồn vốn",
        "1|Trồng rừng|70|20|NS tỉnh|",
        "2|Tuần tra|5|6|7|NS xã",
    ]
    assert kinds(tabled(kit, rows)) == ["row_width_mismatch"]


def test_blank_cells_in_their_place_are_no_mismatch(kit: Kit) -> None:
    rows = [
        "TT|Nội dung|Kinh phí và nguồn vốn|||",
        "||2024|2025|2026|Nguồn vốn",
        "1|Trồng rừng|70||20|NS tỉnh",
        "2|Tuần tra|||7|NS xã",
    ]
    assert tabled(kit, rows) == ()


def test_a_sum_over_the_funds_of_two_years_is_checked_against_them_all(kit: Kit) -> None:
    head = ["TT|Nội dung|Năm 2014||Năm 2015||Tổng cộng", "||TW|ĐP|TW|ĐP|"]
    rows = ["1|Thả cá giống|50|10|60|20|140", "2|Làm bè|5|1|6|2|14", "3|Tập huấn|5|1|6|2|41"]
    found = tabled(kit, [*head, *rows])
    assert [(f.kind, f.quote) for f in found] == [("sum_mismatch", "41")]


def test_a_column_that_hardly_any_row_agrees_with_adds_up_something_else(kit: Kit) -> None:
    rows = ["TT|Dự án|Tổng số|Năm 2014|Năm 2015", "1|Kè sông|90|20|30", "2|Cầu treo|70|20|30"]
    assert tabled(kit, rows) == ()


def test_a_finding_on_a_page_read_from_its_picture_is_doubtful(kit: Kit) -> None:
    confidences = []
    for ocr in (False, True):
        assembler = Assembler()
        assembler.page(1, ocr=ocr)
        assembler.paragraph("Hoàn thành trước ngày 32/9/2025.")
        plan = Plan(assembler.document("x"), Letterhead(), (), ())
        confidences += [one.confidence for one in find_findings(plan, (), (), (), (), kit)]
    assert confidences[0] >= 0.7 > confidences[1]
