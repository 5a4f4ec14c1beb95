"""Paragraphs torn by a page's end or a blank line are one; others stay apart."""

from __future__ import annotations

import pytest
from word_files import docx, p

from khparse.read.docx.document import read_docx

FIRST = "a) Huy động các nguồn lực hợp pháp của doanh nghiệp, tổ chức, hiệp hội trong"


def lines(*paragraphs: str) -> list[str]:
    return read_docx(docx("".join(map(p, paragraphs)))).text.splitlines()


def test_a_sentence_that_goes_on_small_after_a_blank_line_is_one_paragraph() -> None:
    assert lines(FIRST, "", "và ngoài nước tham gia.") == [f"{FIRST} và ngoài nước tham gia."]


@pytest.mark.parametrize("second", ["b) rà soát lại quy hoạch", "Ủy ban nhân dân xã", "- hỗ trợ vốn", "ii) vốn khác"])
def test_an_item_or_a_new_sentence_is_a_paragraph_of_its_own(second: str) -> None:
    assert lines(FIRST, second) == [FIRST, second]


def test_a_sentence_that_ended_is_not_joined() -> None:
    assert lines(f"{FIRST} nước.", "và ngoài nước") == [f"{FIRST} nước.", "và ngoài nước"]


def test_a_short_line_was_ended_on_purpose() -> None:
    assert lines("Danh sách thành viên", "đợt một") == ["Danh sách thành viên", "đợt một"]


def test_a_centred_title_that_goes_on_small_is_one_paragraph() -> None:
    centred = "<w:jc w:val='center'/>"
    body = "".join(p(line, centred) for line in ("KẾ HOẠCH", "Trồng cây phân tán năm 2024", "tại các trường học"))
    assert read_docx(docx(body)).text.splitlines() == ["KẾ HOẠCH", "Trồng cây phân tán năm 2024 tại các trường học"]
