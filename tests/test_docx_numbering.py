"""Automatic numbering: the label that Word prints stands before the paragraph."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from word_files import abstract, docx, lvl, num, numbered, p, tbl, tr

from khparse.read.docx.document import read_docx
from khparse.read.docx.numbering import printed_number


def lines(body: str, numbering: str, styles: str = "") -> list[str]:
    return read_docx(docx(body, numbering=numbering, styles=styles)).text.splitlines()


OUTLINE = abstract(0, lvl(0, "upperRoman", "%1."), lvl(1, "decimal", "%2."), lvl(2, "lowerLetter", "%3)"))


def test_each_level_counts_in_its_own_form_and_starts_anew_under_a_higher_one() -> None:
    levels = [0, 1, 2, 2, 1, 0, 1]
    body = "".join(p("x", numbered(1, level)) for level in levels)
    assert lines(body, OUTLINE + num(1, 0)) == ["I. x", "1. x", "a) x", "b) x", "2. x", "II. x", "1. x"]


def test_a_label_may_hold_the_numbers_above_it() -> None:
    levels = abstract(0, lvl(0, "decimal", "%1."), lvl(1, "decimal", "%1.%2."))
    body = p("x", numbered(1)) + p("x", numbered(1)) + p("x", numbered(1, 1)) + p("x", numbered(1, 1))
    assert lines(body, levels + num(1, 0)) == ["1. x", "2. x", "2.1. x", "2.2. x"]


def test_legal_numbering_prints_roman_parents_as_decimals() -> None:
    levels = abstract(0, lvl(0, "upperRoman", "%1."), lvl(1, "decimal", "%1.%2.", "<w:isLgl/>"))
    assert lines(p("x", numbered(1)) + p("x", numbered(1, 1)), levels + num(1, 0)) == ["I. x", "1.1. x"]


def test_a_level_may_count_on_over_higher_ones() -> None:
    levels = abstract(0, lvl(0, "upperRoman", "%1."), lvl(1, "decimal", "Điều %2.", "<w:lvlRestart w:val='0'/>"))
    body = "".join(p("x", numbered(1, level)) for level in (0, 1, 0, 1))
    assert lines(body, levels + num(1, 0)) == ["I. x", "Điều 1. x", "II. x", "Điều 2. x"]


def test_two_lists_of_one_definition_count_on_unless_one_starts_anew() -> None:
    over = "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride>"
    body = p("x", numbered(1)) + p("x", numbered(2)) + p("x", numbered(3)) + p("x", numbered(3))
    numbering = OUTLINE + num(1, 0) + num(2, 0) + num(3, 0, over)
    assert lines(body, numbering) == ["I. x", "II. x", "I. x", "II. x"]


def test_a_style_brings_its_numbering_and_zero_takes_it_away() -> None:
    levels = abstract(0, lvl(0, "decimal", "%1."), lvl(1, "lowerLetter", "%2)", "<w:pStyle w:val='Muc'/>"))
    styles = (
        "<w:style w:type='paragraph' w:styleId='Muc'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
    )
    of_style = "<w:pStyle w:val='Muc'/>"
    body = p("x", of_style) + p("x", of_style + "<w:numPr><w:numId w:val='0'/></w:numPr>") + p("x", of_style)
    assert lines(body, levels + num(1, 0), styles) == ["a) x", "x", "b) x"]


def test_typed_bullets_stay_and_pictures_become_dashes() -> None:
    levels = abstract(0, lvl(0, "bullet", "\uf0b7"), lvl(1, "bullet", "o")) + abstract(1, lvl(0, "bullet", "+"))
    body = p("x", numbered(1)) + p("x", numbered(1, 1)) + p("x", numbered(2))
    assert lines(body, levels + num(1, 0) + num(2, 1)) == ["- x", "+ x", "+ x"]


def test_an_empty_numbered_cell_prints_its_number() -> None:
    body = tbl(tr("TT", "Nhiệm vụ"), tr(p("", numbered(1)), "Một"), tr(p("", numbered(1)), "Hai"))
    levels = abstract(0, lvl(0, "decimal", "%1"))
    table = next(read_docx(docx(body, numbering=levels + num(1, 0))).tables())
    assert [table.cells[i].row for i in (2, 4)] == [1, 2]
    assert lines(body, levels + num(1, 0))[1:] == ["1\tMột", "2\tHai"]


def test_deleted_and_hidden_paragraphs_leave_no_label_of_a_missing_list() -> None:
    assert lines(p("x", numbered(9)), OUTLINE + num(1, 0)) == ["x"]


@given(st.integers(1, 3999))
def test_roman_numbers_are_those_that_python_reads_back(number: int) -> None:
    worth = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    values = [worth[sign] for sign in printed_number(number, "upperRoman")]
    assert sum(-v if v < max(values[i:]) else v for i, v in enumerate(values)) == number


def test_letters_go_on_after_z_as_word_counts() -> None:
    assert [printed_number(n, "lowerLetter") for n in (1, 26, 27, 53)] == ["a", "z", "aa", "aaa"]
