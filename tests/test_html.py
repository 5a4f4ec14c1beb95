"""HTML: as Word saves it and as law sites print it."""

from __future__ import annotations

import pytest

from khparse.errors import KhparseError
from khparse.read.html.document import read_html


def lines(body: str, head: str = "") -> list[str]:
    return read_html(f"<html><head>{head}</head><body>{body}</body></html>".encode()).text.splitlines()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1258"])
def test_a_page_is_read_in_any_encoding_it_declares(encoding: str) -> None:
    declared = f'<meta http-equiv="Content-Type" content="text/html; charset={encoding}">'
    page = f"<html><head>{declared}</head><body><p>Sơ kê hoa ê</p></body></html>"
    assert read_html(page.encode(encoding)).text == "Sơ kê hoa ê\n"


def test_utf_16_is_known_without_a_mark() -> None:
    assert read_html("<html><body><p>Kế hoạch</p></body></html>".encode("utf-16-le")).text == "Kế hoạch\n"


def test_windows_1252_with_entities_is_how_word_saves_vietnamese() -> None:
    page = b'<html><meta charset="windows-1252"><body><p>H\xf2a b\xecnh, \x96 K&#7871; ho&#7841;ch</p></body></html>'
    assert read_html(page).text == "Hòa bình, – Kế hoạch\n"


def test_conditional_comments_are_not_read_and_what_they_reveal_is() -> None:
    body = "<p><!--[if gte vml 1]><v:line>hình</v:line><![endif]--><![if !vml]>Thấy<![endif]></p>"
    assert lines(body) == ["Thấy"]


def test_the_label_of_a_word_list_stands_before_its_paragraph() -> None:
    label = "<span style='mso-list:Ignore'>{}<span style='font:7.0pt'>&nbsp;&nbsp; </span></span>"
    body = f"<p>{label.format('1.')}Mục tiêu</p><p>{label.format('·')}Một việc</p>"
    assert lines(body) == ["1. Mục tiêu", "- Một việc"]


def test_scripts_styles_menus_and_hidden_parts_are_not_read() -> None:
    menu = "<ul>" + "".join(f"<li><a href='/{i}'>Mục {i}</a></li>" for i in range(6)) + "</ul>"
    hidden = "<p style='display:none'>ẩn</p><p hidden>ẩn</p><span style='mso-hide:all'>ẩn</span>"
    assert lines(f"<script>x</script>{menu}{hidden}<p>Đọc</p><nav>điều hướng</nav>", "<style>p {}</style>") == ["Đọc"]


def test_a_law_site_prints_each_line_as_a_paragraph() -> None:
    assert lines("<div>Điều 1.<br>Nội dung<br><br>Điều 2.</div>") == ["Điều 1.", "Nội dung", "Điều 2."]


def test_lines_wrapped_in_the_source_are_one_paragraph() -> None:
    assert lines("<p>Căn cứ\nNghị định\n   số 1</p>") == ["Căn cứ Nghị định số 1"]


def test_cells_spanning_rows_and_columns_stand_in_their_places() -> None:
    body = (
        "<table border=1><tr><td rowspan=2>TT</td><td colspan=2>Kinh phí</td></tr>"
        "<tr><td>2025</td><td>2026</td></tr><tr><td>1</td><td>10</td><td>20</td></tr></table>"
    )
    document = read_html(f"<html><body>{body}</body></html>".encode())
    (table,) = document.tables()
    placed = {cell.span.of(document.text): (cell.row, cell.column) for cell in table.cells}
    assert placed == {
        "TT": (0, 0),
        "Kinh phí": (0, 1),
        "2025": (1, 1),
        "2026": (1, 2),
        "1": (2, 0),
        "10": (2, 1),
        "20": (2, 2),
    }


def test_a_table_without_lines_places_the_head() -> None:
    body = "<table><tr><td>UBND XÃ B<br>Số: 3/KH</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</td></tr></table>"
    assert lines(body) == ["UBND XÃ B", "Số: 3/KH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]


def test_lines_drawn_with_hyphens_print_no_words() -> None:
    assert lines("<p>UBND XÃ B<br>-------</p><p>______</p><p>Hết</p>") == ["UBND XÃ B", "Hết"]


def test_two_columns_typed_with_hard_blanks_are_read_one_after_the_other() -> None:
    gap = "&nbsp;" * 8
    body = f"<p>UBND XÃ B{gap}CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><p>Số: 3/KH{gap}B, ngày 2 tháng 3 năm 2021</p>"
    assert lines(body)[:2] == ["UBND XÃ B", "Số: 3/KH"]


def test_a_signature_frame_whose_cells_draw_no_line_is_no_table() -> None:
    body = "<table border=1><tr><td style='border:none'>THƯ KÝ</td><td style='border:none'>CHỦ TRÌ</td></tr></table>"
    assert lines(body) == ["THƯ KÝ", "CHỦ TRÌ"]


def test_a_footnote_follows_the_paragraph_of_its_mark() -> None:
    body = (
        "<p>Đạt 80%<a href='#_ftn1' name='_ftnref1'>[1]</a> số xã.</p><p>Sau.</p>"
        "<div id=ftn1><p><a href='#_ftnref1'>[1]</a> Tạm tính.</p></div>"
    )
    assert lines(body) == ["Đạt 80% số xã.", "Tạm tính.", "Sau."]


def test_ordered_lists_print_their_numbers() -> None:
    assert lines("<ol type=a start=2><li>x<li>y</ol><ul><li>z</ul>") == ["b. x", "c. y", "- z"]


def test_a_class_of_the_page_gives_the_font_of_old_letters() -> None:
    head = '<style><!-- p.MsoNormal, li.MsoNormal {font-family:".VnTime","serif";} --></style>'
    assert lines("<p class=MsoNormal>Th&#173; vi&#214;n</p>", head) == ["Thư viện"]


def test_headings_bold_and_centring_are_kept() -> None:
    document = read_html("<html><body><h2 align=center>Phần I</h2><p><b>Mục</b></p></body></html>".encode())
    first, second = document.paragraphs()
    assert (first.style.heading, first.style.centered, second.style.bold) == (2, True, True)


def test_a_page_nested_without_end_is_refused_or_read_but_never_a_traceback() -> None:
    try:
        read_html(b"<html><body>" + b"<div><table><tr><td>" * 5_000 + b"sau")
    except KhparseError as error:
        assert "sâu" in str(error) or "cấp" in str(error)


def test_a_page_saved_as_one_mail_file_is_read() -> None:
    page = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        b'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
        b"<html><body><p>K=E1=BA=BF ho=E1=BA=A1ch</p></body></html>\r\n--b--\r\n"
    )
    assert read_html(page).text == "Kế hoạch\n"


def test_a_list_of_links_to_other_documents_is_no_part_of_the_plan() -> None:
    links = "".join(
        f"<li><a href='/{i}'>Quyết định số {i}/QĐ-UBND ngày 02/3/2021 về quy hoạch vùng</a></li>" for i in (1, 2)
    )
    others = "".join(f"<div><a href='/{i}'>Hội nghị triển khai Nghị quyết số {i}/NQ-CP</a></div>" for i in (3, 4))
    assert lines(f"<p>Lưu: VT.</p><ul>{links}</ul><div><h4>Tin khác</h4>{others}</div>") == ["Lưu: VT."]


def test_links_inside_the_sentences_of_a_plan_are_read() -> None:
    body = "<div><p>Căn cứ <a href='/1'>Luật Thủy lợi</a>;</p><p>Căn cứ <a href='/2'>Luật Đê điều</a>;</p></div>"
    assert lines(body) == ["Căn cứ Luật Thủy lợi;", "Căn cứ Luật Đê điều;"]


def test_what_calls_itself_a_sites_footer_is_not_read_unless_the_plan_ends_in_it() -> None:
    assert lines("<p>Đọc</p><div id='footer'>Chịu trách nhiệm: Ông Lê Văn Tám</div>") == ["Đọc"]
    assert lines("<div class='doc-footer'><p>Nơi nhận:</p><p>- Lưu: VT.</p></div>") == ["Nơi nhận:", "- Lưu: VT."]


def test_a_list_counts_in_the_form_that_its_style_says() -> None:
    roman = "<ol style='list-style-type: upper-roman' start=2><li>Hai</li></ol>"
    typed = "<ul style='list-style: none'><li>+ Một</li></ul>"
    assert lines(roman + typed) == ["II. Hai", "+ Một"]


def test_the_label_of_an_item_stands_before_the_paragraph_inside_it() -> None:
    assert lines("<ol><li><p>Một</p><p>Thêm</p></li><li><p>Hai</p></li></ol>") == ["1. Một", "Thêm", "2. Hai"]


def test_breaks_typed_between_sentences_and_under_headings_end_paragraphs() -> None:
    long = "Tổ chức rà soát, thống kê số hộ dùng nước sạch ở từng thôn, xóm."
    body = f"<p>1. Rà soát<br>{long}<br>Hoàn thành trong<br>tháng 3.<br>2- Lắp đặt</p>"
    assert lines(body) == ["1. Rà soát", long, "Hoàn thành trong tháng 3.", "2- Lắp đặt"]


def test_a_page_that_is_one_typed_text_keeps_its_lines_and_tabs() -> None:
    typed = "KẾ HOẠCH\n\nI. MỤC TIÊU\n\nTT\tViệc\tChủ trì\n1\tTập huấn\tPhòng A\n"
    document = read_html(f"<html><meta charset=utf-8><body><pre>{typed}</pre></body></html>".encode())
    assert document.media_type == "text/html"
    assert [(table.rows, table.columns) for table in document.tables()] == [(2, 3)]
    assert lines(f"<p>{'Một đoạn khác. ' * 9}</p><pre>a\tb\tc</pre>")[0].startswith("Một đoạn khác.")
