"""Where words stand on the page's picture."""

from __future__ import annotations

from pdf_making import Pdf
from test_pdf import LONG

from khparse.read.pdf.document import read_pdf
from khparse.read.pdf.boxes import shown_box, word_boxes
from khparse.read.pdf.page import PageContent, Rule


def test_every_word_of_a_page_has_its_box() -> None:
    pdf = Pdf()
    pdf.paragraph(100, LONG)
    pdf.page()
    pdf.text(80, 200, "Tổ chức thực hiện", 14)
    data = pdf.bytes()
    document = read_pdf(data)
    boxes = word_boxes(data, document, 2)
    assert [box.span.of(document.text) for box in boxes] == ["Tổ", "chức", "thực", "hiện"]
    assert abs(boxes[0].box.x0 - 80) < 1
    assert boxes[0].box.top < 200 < boxes[0].box.bottom
    assert len(word_boxes(data, document, 1)) == len(LONG.split())


def test_a_page_that_is_not_there_has_no_words() -> None:
    pdf = Pdf()
    pdf.text(80, 100, "Kế hoạch")
    data = pdf.bytes()
    assert word_boxes(data, read_pdf(data), 9) == ()


def test_boxes_of_a_turned_picture_are_those_of_the_page_as_shown() -> None:
    # read from a picture turned left once: its top edge is the right edge of the page as shown
    page = PageContent(1, 800, 600, [], quarters=1)
    assert shown_box(Rule(0, 0, 10, 20), page) == (1, 580, 0, 600, 10)
