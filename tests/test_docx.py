"""DOCX: what Word prints is what is read."""

from __future__ import annotations

import io
import zipfile

import pytest
from word_files import TYPES, docx, p, package, r, tbl, tr

from khparse.errors import UnsupportedError
from khparse.model.document import Document
from khparse.read.docx.document import read_docx


def lines(body: str, **parts: str) -> list[str]:
    return read_docx(docx(body, **parts)).text.splitlines()


def test_insertions_are_read_and_deletions_are_not() -> None:
    body = p(
        raw=f"<w:ins>{r('Giao ')}</w:ins><w:del><w:r><w:delText>Không giao </w:delText></w:r></w:del>{r('Sở Y tế')}"
    )
    assert lines(body) == ["Giao Sở Y tế"]


def test_moved_words_are_read_once_where_they_went() -> None:
    body = p(raw=f"<w:moveFrom>{r('Mục tiêu')}</w:moveFrom>") + p(raw=f"<w:moveTo>{r('Mục tiêu')}</w:moveTo>")
    assert lines(body) == ["Mục tiêu"]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    body = p("Rà soát ", "<w:rPr><w:del w:id='1'/></w:rPr>") + p("quy hoạch.")
    assert lines(body) == ["Rà soát quy hoạch."]


def test_a_field_gives_its_result_and_not_its_instruction() -> None:
    field = (
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>"
        f"<w:r><w:fldChar w:fldCharType='separate'/></w:r>{r('tháng 5')}<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )
    assert lines(p("Trước ", raw=field)) == ["Trước tháng 5"]


def test_a_damaged_field_does_not_swallow_the_rest_of_the_document() -> None:
    assert lines(p(raw="<w:r><w:fldChar w:fldCharType='begin'/></w:r>") + p("Điều 1")) == ["Điều 1"]


def test_a_list_of_contents_does_not_say_the_headings_twice() -> None:
    styles = "<w:style w:type='paragraph' w:styleId='ML1'><w:name w:val='toc 1'/></w:style>"
    assert lines(p("I. Mục tiêu 3", "<w:pStyle w:val='ML1'/>") + p("I. Mục tiêu"), styles=styles) == ["I. Mục tiêu"]


def test_a_hyperlink_is_read_as_its_words() -> None:
    assert lines(p("Theo ", raw=f"<w:hyperlink r:id='r9'>{r('Nghị định 30')}</w:hyperlink>")) == ["Theo Nghị định 30"]


def test_a_content_control_is_read_and_an_empty_one_is_not() -> None:
    filled = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('Đã điền')}</w:sdtContent></w:sdt>"
    empty = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p('Bấm vào đây')}</w:sdtContent></w:sdt>"
    assert lines(filled + empty) == ["Đã điền"]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p('DỰ THẢO')}</w:txbxContent>"
    both = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert lines(p("KẾ HOẠCH", raw=f"<w:r>{both}</w:r>")) == ["KẾ HOẠCH", "DỰ THẢO"]


def test_hidden_words_are_not_read_directly_or_by_style() -> None:
    styles = "<w:style w:type='character' w:styleId='An'><w:rPr><w:vanish/></w:rPr></w:style>"
    body = p(raw=r("Thấy") + r(" ẩn", "<w:vanish/>") + r(" ẩn", "<w:rStyle w:val='An'/>"))
    assert lines(body, styles=styles) == ["Thấy"]


def test_words_set_in_capitals_are_read_as_printed() -> None:
    assert lines(p("mục tiêu", run="<w:caps/>")) == ["MỤC TIÊU"]


def test_a_soft_hyphen_prints_nothing_and_a_hard_one_a_hyphen() -> None:
    body = p(raw="<w:r><w:t>KH</w:t><w:noBreakHyphen/><w:t>UB</w:t><w:softHyphen/><w:t>ND</w:t></w:r>")
    assert lines(body) == ["KH-UBND"]


def test_symbols_with_a_meaning_are_read() -> None:
    assert lines(p(raw="<w:r><w:sym w:font='Symbol' w:char='F0B3'/><w:t> 95%</w:t></w:r>")) == ["≥ 95%"]


def test_a_sign_that_no_one_can_make_out_prints_nothing() -> None:
    assert lines(p("A", raw="<w:r><w:sym w:font='Wingdings' w:char='xyz'/></w:r>")) == ["A"]


def test_a_break_inside_a_heading_is_a_blank() -> None:
    body = p(raw=f"{r('PHỤ LỤC')}<w:r><w:br/></w:r>{r('DANH MỤC NHIỆM VỤ')}")
    assert lines(body) == ["PHỤ LỤC DANH MỤC NHIỆM VỤ"]


def test_a_break_before_a_typed_item_ends_the_paragraph() -> None:
    body = p(raw=f"{r('Gồm:')}<w:r><w:br/></w:r>{r('- Một;')}<w:r><w:br/></w:r>{r('- Hai.')}")
    assert lines(body) == ["Gồm:", "- Một;", "- Hai."]


def test_the_kind_and_the_title_under_it_are_two_paragraphs() -> None:
    body = p("KẾ HOẠCH", "<w:jc w:val='center'/>", raw=f"<w:r><w:br/></w:r>{r('Cải cách hành chính năm 2027')}")
    assert lines(body) == ["KẾ HOẠCH", "Cải cách hành chính năm 2027"]


NOTES = f"<w:footnote w:type='separator' w:id='0'>{p('---')}</w:footnote><w:footnote w:id='2'>{p('Theo số liệu năm 2026.')}</w:footnote>"


def test_a_footnote_follows_the_paragraph_of_its_mark() -> None:
    body = p("Đạt 80%", raw=f"<w:r><w:footnoteReference w:id='2'/></w:r>{r(' số xã.')}") + p("Sau đó.")
    document = read_docx(docx(body, footnotes=NOTES))
    assert document.text.splitlines() == ["Đạt 80% số xã.", "Theo số liệu năm 2026.", "Sau đó."]
    assert [block.kind for block in document.paragraphs()] == ["paragraph", "footnote", "paragraph"]


def test_an_endnote_follows_its_paragraph_as_a_footnote_does() -> None:
    notes = f"<w:endnote w:id='3'>{p('Nguồn: Sở Y tế.')}</w:endnote>"
    body = p("Đạt 80%", raw="<w:r><w:endnoteReference w:id='3'/></w:r>") + p("Sau đó.")
    assert lines(body, endnotes=notes) == ["Đạt 80%", "Nguồn: Sở Y tế.", "Sau đó."]


def test_a_mark_of_its_own_is_not_read_with_the_text() -> None:
    mark = "<w:r><w:footnoteReference w:id='2' w:customMarkFollows='1'/><w:t>(*)</w:t></w:r>"
    assert lines(p("Đạt 80%", raw=mark), footnotes=NOTES) == ["Đạt 80%", "Theo số liệu năm 2026."]


def test_styles_tell_how_a_paragraph_looks() -> None:
    styles = (
        "<w:style w:type='paragraph' w:styleId='Goc'><w:rPr><w:sz w:val='28'/></w:rPr></w:style>"
        "<w:style w:type='paragraph' w:styleId='De1'><w:basedOn w:val='Goc'/>"
        "<w:pPr><w:jc w:val='center'/><w:outlineLvl w:val='0'/></w:pPr><w:rPr><w:b/></w:rPr></w:style>"
    )
    document = read_docx(docx(p("Phần I", "<w:pStyle w:val='De1'/>"), styles=styles))
    style = next(document.paragraphs()).style
    assert (style.size, style.bold, style.centered, style.heading) == (14.0, True, True, 1)


def pages(body: str) -> list[str]:
    document: Document = read_docx(docx(body))
    return [page.span.of(document.text) for page in document.pages]


def test_pages_begin_where_word_rendered_a_break() -> None:
    body = p("Trang một") + p(raw=f"{r('còn lại ')}<w:r><w:lastRenderedPageBreak/><w:t>sang trang</w:t></w:r>")
    assert pages(body) == ["Trang một\ncòn lại ", "sang trang\n"]


def test_a_typed_break_and_its_rendering_are_one_page_end() -> None:
    body = p("Một", raw="<w:r><w:br w:type='page'/></w:r>") + p(
        raw="<w:r><w:lastRenderedPageBreak/><w:t>Hai</w:t></w:r>"
    )
    assert pages(body) == ["Một\n", "Hai\n"]


def test_pages_are_unknown_where_typed_breaks_leave_more_than_a_page_between_them() -> None:
    body = "".join(p("Nội dung dài. " * 80) for _ in range(6)) + p("Phụ lục", "<w:pageBreakBefore/>")
    assert pages(body) == []


def test_strict_open_xml_is_read_too() -> None:
    transitional = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    with zipfile.ZipFile(io.BytesIO(docx(p("Chặt chẽ")))) as archive:
        files = {name: archive.read(name).replace(transitional, strict) for name in archive.namelist()}
    assert read_docx(package(files)).text == "Chặt chẽ\n"


@pytest.mark.parametrize("break_", ["\t", "      "])
def test_a_head_typed_in_two_columns_is_read_column_by_column(break_: str) -> None:
    space = "<w:tab/>" if break_ == "\t" else f"<w:t xml:space='preserve'>{break_}</w:t>"

    def typed(left: str, right: str) -> str:
        return p(left, raw=f"<w:r>{space}</w:r>{r(right)}")

    body = (
        typed("UBND HUYỆN A", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        + typed("PHÒNG Y TẾ", "Độc lập - Tự do - Hạnh phúc")
        + typed("Số: 5/KH-PYT", "Huyện A, ngày 3 tháng 4 năm 2024")
        + p("KẾ HOẠCH")
    )
    assert lines(body)[:4] == ["UBND HUYỆN A", "PHÒNG Y TẾ", "Số: 5/KH-PYT", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]


def put_in(chunk: bytes) -> bytes:
    """A Word file that is nothing but another document, as programs that make DOCX of web pages write it."""
    made = docx(p("Trước") + "<w:altChunk r:id='rChunk'/>" + p("Sau"))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        files: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    relation = f"<Relationship Id='rChunk' Type='{TYPES}/aFChunk' Target='/word/chunk.dat'/>"
    kind = "http://schemas.openxmlformats.org/package/2006/relationships"
    files["word/_rels/document.xml.rels"] = f"<Relationships xmlns='{kind}'>{relation}</Relationships>"
    return package(files | {"word/chunk.dat": chunk})


@pytest.mark.parametrize(
    "chunk",
    [
        b"<html><meta charset=utf-8><body><p>Gi\xe1\xbb\xafa</p></body></html>",
        b"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<html><body><p>Gi&#7919;a</p></body></html>",
        docx(p("Giữa")),
    ],
)
def test_a_document_put_into_another_as_it_is_is_read_in_its_place(chunk: bytes) -> None:
    assert read_docx(put_in(chunk)).text == "Trước\nGiữa\nSau\n"


def test_a_document_put_in_whose_form_is_not_read_is_told_and_one_inside_it_is_not_followed() -> None:
    with pytest.raises(UnsupportedError, match="chèn"):
        read_docx(put_in(b"{\\rtf1 Giua}"))
    assert read_docx(put_in(put_in(docx(p("Sâu"))))).text == "Trước\nTrước\nSau\nSau\n"


def test_a_letterhead_kept_in_the_pages_header_is_read_and_a_running_head_is_not() -> None:
    columns = tbl(tr("SỞ Y TẾ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), borders="nil")
    assert with_header(columns) == ["SỞ Y TẾ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "KẾ HOẠCH"]
    assert with_header(p("Kế hoạch trồng cây - Trang 2")) == ["KẾ HOẠCH"]


def with_header(content: str) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(docx(p("KẾ HOẠCH"), hdr=content))) as archive:
        files: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    relations = "word/_rels/document.xml.rels"
    files[relations] = files[relations].replace(b"relationships/hdr", b"relationships/header")  # type: ignore[union-attr]
    return read_docx(package(files)).text.splitlines()
