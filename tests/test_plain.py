"""Plain text and Markdown to paragraphs and tables."""

from __future__ import annotations

import random
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khparse.model.document import Document, Table
from khparse.read.plain import read_plain
from khparse.text.canonical import canonical


def read(text: str) -> Document:
    return read_plain(text.encode())


def lines(text: str) -> list[str]:
    document = read(text)
    return [paragraph.span.of(document.text) for paragraph in document.paragraphs()]


def rows(table: Table, document: Document) -> list[list[str]]:
    return [[cell.span.of(document.text) if cell else "-" for cell in row] for row in table.grid()]


def only_table(text: str) -> list[list[str]]:
    document = read(text)
    (table,) = document.tables()
    return rows(table, document)


def test_marks_become_style() -> None:
    document = read("## **I. MỤC TIÊU**\n\n*Nơi nhận:*\n\nThực hiện **trước** ngày 5/6\n")
    first, second, third = document.paragraphs()
    assert document.text == "I. MỤC TIÊU\nNơi nhận:\nThực hiện trước ngày 5/6\n"
    assert (first.style.heading, first.style.bold, second.style.italic, third.style.bold) == (2, True, True, False)


def test_a_bold_run_broken_over_lines_is_one_paragraph() -> None:
    assert lines("**II. MỤC TIÊU,\nĐỐI TƯỢNG**") == ["II. MỤC TIÊU, ĐỐI TƯỢNG"]


def test_a_signatures_lines_stay_apart() -> None:
    assert lines("**KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH**") == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]


def test_an_asterisk_bullet_is_no_mark() -> None:
    assert lines("* Thành phần: 50 người\n* Thời gian: 02 ngày") == ["* Thành phần: 50 người", "* Thời gian: 02 ngày"]


def test_leftover_tags_and_escapes_go() -> None:
    assert lines(r"<p>Lưu: VT, VX<sub>(An)</sub></p>" + "\n\n1\\. Tăng 5\\% &amp; giữ") == [
        "Lưu: VT, VX(An)",
        "1. Tăng 5\\% & giữ",
    ]


def test_a_blank_line_inside_a_sentence_joins() -> None:
    assert lines("Huy động các doanh nghiệp, tổ chức công nghệ\n\ntrong và ngoài nước.") == [
        "Huy động các doanh nghiệp, tổ chức công nghệ trong và ngoài nước."
    ]


def test_a_blank_line_after_a_heading_does_not_join() -> None:
    assert lines("**1. Mục đích**\n\nnâng cao nhận thức") == ["1. Mục đích", "nâng cao nhận thức"]


def test_an_open_bracket_joins_what_closes_it() -> None:
    assert lines("(Đính kèm Kế hoạch số 5\n\nKH-UBND\n\nngày 02/03/2024)") == [
        "(Đính kèm Kế hoạch số 5 KH-UBND ngày 02/03/2024)"
    ]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_text_wrapped_at_any_column_gives_its_paragraphs_back(gap: str) -> None:
    random.seed(3)
    words = "rà soát tổ chức triển khai các nhiệm vụ của đơn vị theo kế hoạch năm học và báo cáo kết quả".split()
    paragraphs = [f"{n}. Nội dung " + " ".join(random.choices(words, k=40)) + "." for n in range(1, 9)]
    wrapped = gap.join("\n".join(textwrap.wrap(paragraph, 76)) for paragraph in paragraphs)
    assert lines(wrapped) == paragraphs


def test_a_dash_inside_a_wrapped_range_is_no_bullet() -> None:
    body = "Ý nghĩa\n" + "\n".join(
        ["giữ gìn bản sắc văn hóa của các dân tộc trên địa bàn tỉnh và phát triển kinh tế"] * 5
    )
    text = (
        f"Căn cứ Chương trình phát triển kinh tế của tỉnh giai đoạn 2021\n- 2025;\n\n{body}\n\n" + "- Rà soát\n\n" * 9
    )
    assert lines(text)[0].endswith("giai đoạn 2021 - 2025;")


def test_page_numbers_between_pages_go() -> None:
    text = "Đơn vị báo cáo kết quả thực hiện về Phòng\n\n2\n\ntrước ngày 15/12.\n\nHết trang\n\n3\n\nTrang mới"
    assert lines(text) == ["Đơn vị báo cáo kết quả thực hiện về Phòng trước ngày 15/12.", "Hết trang", "Trang mới"]


def test_a_footnote_stands_after_the_paragraph_of_its_mark() -> None:
    document = read("Theo quy định¹ hiện hành, các xã\n\n¹ Điều 3 Nghị định mẫu.\n\nbáo cáo hằng quý.\n\nHết.")
    assert [(p.kind, p.span.of(document.text)) for p in document.paragraphs()] == [
        ("paragraph", "Theo quy định hiện hành, các xã báo cáo hằng quý."),
        ("footnote", "Điều 3 Nghị định mẫu."),
        ("paragraph", "Hết."),
    ]


def test_an_exponent_calls_no_footnote() -> None:
    text = "Trồng 500 m² rừng, xong trước mùa mưa.²\n\n² Theo thiết kế."
    assert lines(text) == ["Trồng 500 m² rừng, xong trước mùa mưa.", "Theo thiết kế."]


def test_the_note_under_a_title_in_capitals_is_a_line_of_its_own() -> None:
    note = "(Ban hành kèm theo Kế hoạch số 4/KH-UBND ngày 5/6/2024)"
    wrapped = "\n\n".join(f"Đơn vị {i} rà soát hồ sơ của mình,\nbáo cáo kết quả về Phòng Nội vụ." for i in range(6))
    assert note in lines(f"{wrapped}\n\nPHỤ LỤC\nDANH MỤC NHIỆM VỤ NĂM 2024\n{note}")


def test_rows_of_tabs_are_a_table_with_surplus_cells_as_columns() -> None:
    text = "TT\tNhiệm vụ\t2024\n1\tTập huấn\t10\n\n2\tKiểm tra\t5\t5\n"
    assert only_table(text) == [
        ["TT", "Nhiệm vụ", "2024", "-"],
        ["1", "Tập huấn", "10", "-"],
        ["2", "Kiểm tra", "5", "5"],
    ]


def test_a_tab_after_a_label_is_no_table() -> None:
    assert lines("1.\tMục đích\n2.\tYêu cầu") == ["1. Mục đích", "2. Yêu cầu"]


def test_pipes_are_a_table_and_a_broken_cell_goes_on() -> None:
    text = "| TT | Nhiệm vụ | Chủ trì |\n|---|:---:|---|\n| 1 | Tập huấn<br>cán bộ | Phòng\nNội vụ |\n"
    assert only_table(text) == [["TT", "Nhiệm vụ", "Chủ trì"], ["1", "Tập huấn\ncán bộ", "Phòng Nội vụ"]]


def scraped(*rows: list[str]) -> str:
    """How a scraped page prints a table: each cell between lines of "|", rows ended by one more."""
    return "|\n" + "|\n".join("".join(f"{cell}\n|\n" if cell else "|\n" for cell in row) for row in rows)


def test_cells_between_fences_are_rows_even_where_cells_are_empty() -> None:
    text = scraped(
        ["STT", "Nội dung", "Chủ trì"], ["I", "Nhóm một"], ["1", "Rà\nsoát", ""], ["2", "", "Sở A"], ["3", "x", "y"]
    )
    found = only_table(text)
    assert found[0] == ["STT", "Nội dung", "Chủ trì"]
    assert found[1] == ["I", "Nhóm một", "Nhóm một"]
    assert found[2:] == [["1", "Rà soát", ""], ["2", "", "Sở A"], ["3", "x", "y"]]


def test_a_scraped_letterhead_is_paragraphs_left_before_right() -> None:
    text = scraped(
        ["**ỦY BAN NHÂN\nDÂN**\n**TỈNH HÀ NAM**\n-------", "**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**"],
        ["Số: 5/KH-UBND", "*Hà Nam,\nngày 3*"],
    )
    assert lines(text) == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH HÀ NAM",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: 5/KH-UBND",
        "Hà Nam, ngày 3",
    ]


def test_a_typed_two_column_head_is_read_column_by_column() -> None:
    text = "UBND XÃ AN BÌNH      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTRƯỜNG TIỂU HỌC      Độc lập - Tự do - Hạnh phúc\n"
    assert lines(text) == [
        "UBND XÃ AN BÌNH",
        "TRƯỜNG TIỂU HỌC",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_give_one_text(encoding: str) -> None:
    text = "Kế hoạch phát triển giáo dục tỉnh Hà Nam\n"
    assert read_plain(text.encode(encoding)).text == text


def test_windows_1258_writes_tones_apart() -> None:
    assert read_plain("Kê\u0301 hoa\u0323ch năm ho\u0323c".encode("cp1258")).text == "Kế hoạch năm học\n"


MESSY = st.text(st.sampled_from(list("aăđ ộ1.)(|*#-+<>p/\\\t\n_~:;%²¹[]^“")), max_size=200)


@given(MESSY)
@settings(max_examples=150, deadline=None)
def test_every_span_indexes_the_text_and_canonical_text_reads_again(text: str) -> None:
    document = read(text)
    for block in document.blocks:
        words = block.span.of(document.text)
        assert isinstance(block, Table) or words == canonical(words) != ""
    assert read(document.text).text.replace("\n", " ").split() is not None


@given(MESSY)
@settings(max_examples=100, deadline=None)
def test_cells_lie_inside_their_table_in_order(text: str) -> None:
    document = read("TT\tA\tB\n" + text)
    for table in document.tables():
        starts = [cell.span.start for cell in table.cells]
        assert starts == sorted(starts)
        assert all(table.span.covers(cell.span) for cell in table.cells)


def test_recipients_typed_beside_the_signature_are_two_columns() -> None:
    text = "1. Trồng rừng.\n\nNơi nhận:\tTM. UỶ BAN NHÂN DÂN\n- Bộ Nội vụ;\tKT. CHỦ TỊCH\n- Các sở;\tPHÓ CHỦ TỊCH\n- Lưu: VT.\n- Báo, Đài;\tLê Hoàng Nhân\n"
    words = read_plain(text.encode()).text.splitlines()
    assert words[1:] == [
        "Nơi nhận:",
        "- Bộ Nội vụ;",
        "- Các sở;",
        "- Lưu: VT.",
        "- Báo, Đài;",
        "TM. UỶ BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Lê Hoàng Nhân",
    ]
