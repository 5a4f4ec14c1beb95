"""Several documents in one file: the record is of the plan, the others are told and not mixed in."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from pdf_making import Pdf

from khparse.cli.program import run
from khparse.model.result import Result
from khparse.pipeline import process
from khparse.rules.kit import load_kit

LETTER = [
    "UBND HUYỆN MAI LĨNH",
    "PHÒNG Y TẾ",
    "Số: 45/PYT-NV",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Mai Lĩnh, ngày 11 tháng 3 năm 2024",
    "Kính gửi: Trạm Y tế các xã, thị trấn",
    "Phòng Y tế gửi Kế hoạch tiêm chủng để các trạm thực hiện, báo cáo trước ngày 30/4/2024.",
    "Nơi nhận:",
    "- Như trên;",
    "- Lưu: VT.",
    "TRƯỞNG PHÒNG",
    "Lê Thị Hạnh",
]


def plan(number: str, work: str, kind: str = "KẾ HOẠCH") -> list[str]:
    return [
        "UBND HUYỆN MAI LĨNH",
        "PHÒNG Y TẾ",
        f"Số: {number}",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Mai Lĩnh, ngày 10 tháng 3 năm 2024",
        kind,
        "Tiêm chủng mở rộng năm 2024",
        "I. MỤC TIÊU",
        "1. Tỷ lệ trẻ dưới 1 tuổi được tiêm đủ mũi đạt trên 95%.",
        "II. TỔ CHỨC THỰC HIỆN",
        "1. Trạm Y tế các xã",
        f"- {work}",
        "Nơi nhận:",
        "- UBND huyện;",
        "- Lưu: VT.",
        "TRƯỞNG PHÒNG",
        "Lê Thị Hạnh",
    ]


FIRST = plan("12/KH-PYT", "Lập danh sách trẻ cần tiêm trước ngày 15/4/2024.")
SECOND = plan("13/KH-PYT", "Kiểm tra bếp ăn tập thể hằng quý.")
REPORT = plan("14/BC-PYT", "Đã kiểm tra 12 bếp ăn.", "BÁO CÁO")


def read(*documents: list[str]) -> Result:
    return process("\n\n".join("\n".join(lines) for lines in documents).encode(), load_kit())


def printed(*documents: list[str]) -> bytes:
    """Each document on a page of its own."""
    pdf = Pdf()
    for lines in documents:
        for place, line in enumerate(lines):
            pdf.text(80, 60 + 24 * place, line)
        pdf.page()
    return pdf.bytes()


def said(result: Result) -> tuple[str | None, list[str], list[str]]:
    record = result.extraction
    return record.document.number, [task.title for task in record.tasks], [s.path for s in record.sections]


@pytest.mark.parametrize("bound", [(FIRST, SECOND), (FIRST, REPORT), (LETTER, FIRST), (REPORT, FIRST, SECOND)])
def test_a_plan_bound_with_others_gives_its_own_records(bound: tuple[list[str], ...]) -> None:
    assert said(read(*bound)) == said(read(FIRST))


def test_the_other_documents_are_told_with_their_numbers() -> None:
    (told,) = read(LETTER, FIRST, SECOND).document.notices
    assert "3 văn bản" in told
    assert "của Kế hoạch số 12/KH-PYT" in told
    assert "Công văn số 45/PYT-NV" in told
    assert "Kế hoạch số 13/KH-PYT" in told


def test_every_quote_stands_at_its_place_of_the_whole_text() -> None:
    result = read(LETTER, FIRST, SECOND)
    records = [*result.extraction.tasks, *result.extraction.targets]
    assert records
    assert all(result.document.text[each.start : each.end] == each.quote for each in records)
    assert "Kiểm tra bếp ăn" in result.document.text


def test_a_plan_alone_is_told_nothing() -> None:
    assert read(FIRST).document.notices == ()


def test_a_form_with_a_head_of_its_own_is_no_document() -> None:
    form = ["Mẫu số 01", *plan("…/BC-TYT", "Số trẻ đã tiêm: ……", "BÁO CÁO")]
    assert read(FIRST, form).document.notices == ()


def test_a_plan_without_a_number_stays_with_the_decision_that_issues_it() -> None:
    decision = [line.replace("/PYT-NV", "/QĐ-PYT") for line in LETTER]
    decision[6:8] = ["QUYẾT ĐỊNH", "Ban hành Kế hoạch tiêm chủng", "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch."]
    attached = [line for line in FIRST if not line.startswith(("Số:", "Mai Lĩnh,"))]
    attached.insert(6, "(Kèm theo Quyết định số 45/QĐ-PYT ngày 11/3/2024 của Phòng Y tế)")
    result = read(decision, attached)
    assert result.extraction.document.number == "45/QĐ-PYT"
    assert result.document.notices == ()


ABOVE = [
    "Trang chủ » Văn bản » Kế hoạch",
    "Thứ Hai, ngày 3 tháng 5 năm 2021",
    "Kế hoạch",
    "Số hiệu: 99/KH-UBND",
    "Nơi ban hành: Huyện Tân Lĩnh",
    "Phòng Y tế ban hành Kế hoạch số 99/KH-UBND, phấn đấu 77% trẻ được tiêm.",
    "Tóm tắt",
    "Nội dung",
    "Tải về",
]


@pytest.mark.parametrize("count", [1, 6, 9])
def test_what_a_web_page_shows_above_the_plan_is_none_of_it(count: int) -> None:
    result = read([*ABOVE[-count:], *FIRST])
    assert said(result) == said(read(FIRST))
    assert result.extraction.document == read(FIRST).extraction.document
    assert result.extraction.references == result.document.notices == ()
    assert [target.value for target in result.extraction.targets] == [95]


def test_a_document_whose_head_is_lost_stays_before_the_next_ones_head() -> None:
    headless = SECOND[SECOND.index("I. MỤC TIÊU") :]
    assert "Kiểm tra bếp ăn tập thể hằng quý" in said(read(["Kế hoạch", *headless], FIRST))[1]


def test_pages_of_a_pdf_tell_which_document_stands_where() -> None:
    result = process(printed(LETTER, FIRST, SECOND), load_kit())
    assert said(result)[0] == "12/KH-PYT"
    assert "(trang 1)" in result.document.notices[0]
    assert "Kế hoạch số 13/KH-PYT (trang 3)" in result.document.notices[0]
    assert {task.page for task in result.extraction.tasks} == {2}


def test_two_plans_in_a_word_file_are_told_apart() -> None:
    document, written = docx.Document(), io.BytesIO()
    for lines in (FIRST, SECOND):
        for line in lines:
            document.add_paragraph(line)
    document.save(written)
    assert said(process(written.getvalue(), load_kit())) == said(read(FIRST))


def test_extract_tells_on_stderr_what_else_the_file_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "hai.txt"
    file.write_text("\n\n".join("\n".join(lines) for lines in (FIRST, SECOND)), encoding="utf-8")
    assert run(["extract", str(file)]) == 0
    told = capsys.readouterr()
    assert "13/KH-PYT" in told.err
    assert "13/KH-PYT" not in told.out
