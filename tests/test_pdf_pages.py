"""Which pages are words and which are pictures; old fonts' words in Unicode."""

from __future__ import annotations

import pytest
from test_pdf import LONG

from khparse.read.pdf.page import PageContent, Word
from khparse.read.pdf.pages import decoded
from khparse.text.legacy import TCVN3
from khparse.text.syllables import is_syllable, share_of_syllables


def page(text: str) -> PageContent:
    return PageContent(1, 595, 842, [Word(word, 20 * i, 0, 20 * i + 15, 14, 13) for i, word in enumerate(text.split())])


def test_words_of_an_old_font_are_decoded() -> None:
    codes = {letter: code for code, letter in TCVN3.items()}
    meant = LONG.replace("Ủy", "các")
    content = decoded(page("".join(codes.get(letter, letter) for letter in meant)))
    assert [word.text for word in content.words] == meant.split()


def test_unicode_words_stay() -> None:
    assert " ".join(word.text for word in decoded(page(LONG)).words) == LONG


@pytest.mark.parametrize("word", ["Tổng", "nghiệp", "khuỷu", "quyết", "giếng", "Uỷ", "hoà", "đoạn", "thuở", "yêu"])
def test_vietnamese_syllables_are_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["Ng", "giaiđoạn", "Tvtu", "xylz", "nghÜa", "stt", "qên"])
def test_what_is_no_syllable_is_told(word: str) -> None:
    assert not is_syllable(word)


def test_rubbish_has_few_syllables() -> None:
    assert share_of_syllables(LONG) > 0.95
    assert share_of_syllables("Ktr hogch tri6n khai thvc hifn chuy6n di6i sd tr6n dia bdn huyfn") < 0.6
    assert share_of_syllables("12 / 34") == 1.0


@pytest.mark.parametrize("shift", [-0x60, 0x2460])
def test_codes_of_a_font_without_a_map_are_no_words(shift: int) -> None:
    codes = "".join(c if c == " " else chr(ord(c) % 96 + 96 + shift) for c in LONG)
    assert decoded(page(codes)) is None


def test_a_page_of_sums_and_one_of_dotted_lines_are_words() -> None:
    assert decoded(page("1.250.000 (2.500) 45,5% 01/02/2024 - " * 10)) is not None
    assert decoded(page("Họ tên: …………………… ........................ ________ " * 10)) is not None
