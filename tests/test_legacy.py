"""TCVN3 and VNI: the letters that the fonts drew, as Unicode."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from word_files import docx, p, r

from khparse.read.docx.document import read_docx
from khparse.read.encoding import decode
from khparse.text.legacy import (
    TCVN3,
    VNI,
    Encoding,
    Run,
    decode_runs,
    decode_text,
    encoding_of,
    guess,
    is_syllable,
)

TO_TCVN3 = {letter: code for code, letter in TCVN3.items()}
TO_VNI = {letter: code for code, letter in VNI.items()}
SENTENCE = "sở giáo dục và đào tạo hướng dẫn những trường phổ thông xây dựng kế hoạch, tổ chức thực hiện đúng thời gian quy định"


def tcvn3(text: str) -> str:
    return "".join(TO_TCVN3.get(letter, letter) for letter in text)


def vni(text: str) -> str:
    return "".join(TO_VNI.get(letter, letter) for letter in text)


def test_tcvn3_has_a_code_for_each_of_74_letters() -> None:
    assert len(TCVN3) == len(set(TCVN3.values())) == 74


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", Encoding.TCVN3),
        (".VnArial NarrowH", Encoding.TCVN3_CAPITALS),
        ("VNI-Times", Encoding.VNI),
        ("Times New Roman", None),
        (None, None),
    ],
)
def test_a_font_says_its_encoding(font: str | None, encoding: Encoding | None) -> None:
    assert encoding_of(font) is encoding


def test_a_sentence_in_each_old_encoding_is_read_by_its_font() -> None:
    assert decode_runs([Run(tcvn3(SENTENCE), ".VnTime")]) == SENTENCE
    assert decode_runs([Run(vni(SENTENCE), "VNI-Times")]) == SENTENCE


def test_u_with_a_horn_is_not_lost_as_a_soft_hyphen() -> None:
    assert decode_runs([Run("Th\xad vi\xd6n tr\xad\xeang", ".VnTime")]) == "Thư viện trường"


def test_a_capital_font_draws_capitals_of_small_letters() -> None:
    assert decode_runs([Run("KÕ ho¹ch", ".VnTimeH")]) == "KẾ HOẠCH"


def test_small_letters_amid_capitals_were_meant_as_capitals() -> None:
    assert decode_runs([Run("Së GI¸O DôC Vµ §µO T¹O TØNH", ".VnTime")]) == "SỞ GIÁO DỤC VÀ ĐÀO TẠO TỈNH"


def test_a_name_between_small_words_keeps_its_small_letters() -> None:
    assert decode_runs([Run("cña Bµ RÞa vµ UBND tØnh", ".VnTime")]) == "của Bà Rịa và UBND tỉnh"


def test_runs_in_unicode_and_in_an_old_font_stand_in_one_paragraph() -> None:
    runs = [Run("Sở Y tế ", "Times New Roman"), Run("phèi hîp", ".VnTime"), Run(" với xã", "Times New Roman")]
    assert decode_runs(runs) == "Sở Y tế phối hợp với xã"


def test_unicode_typed_in_an_old_font_is_left_as_it_is() -> None:
    assert decode_runs([Run("có kế hoạch", ".VnTime")]) == "có kế hoạch"


def test_a_vni_letter_may_be_cut_between_two_runs() -> None:
    assert decode_runs([Run("xaõ Ta", "VNI-Times"), Run("ân Phuù", "VNI-Times")]) == "xã Tân Phú"


@pytest.mark.parametrize(("code", "encoding"), [(tcvn3, Encoding.TCVN3), (vni, Encoding.VNI)])
def test_letters_alone_tell_an_old_encoding(code, encoding: Encoding) -> None:
    assert guess(code(SENTENCE)) is encoding
    assert decode_text(code(SENTENCE)).lower() == SENTENCE


@pytest.mark.parametrize("code", [tcvn3, vni])
@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
def test_a_text_file_in_an_old_encoding_is_read_as_unicode(code, encoding: str) -> None:
    text = f"1. mục đích\n{SENTENCE}\nsố: 12\nkhông có\n"
    assert decode(code(text).encode(encoding)).lower() == text


def test_unicode_is_never_taken_for_an_old_encoding() -> None:
    for text in (SENTENCE, "và có là cà phê", "Café Müller à Paris", "© 2024 Công ty", "Số: 12/KH-UBND"):
        assert decode_text(text) == text


def test_decomposed_letters_and_hard_blanks_read_as_any_others() -> None:
    body = p(unicodedata.normalize("NFD", "Ủy ban\u00a0nhân dân"))
    assert read_docx(docx(body)).text == "Ủy ban nhân dân\n"


def test_the_placement_of_tones_is_left_as_written() -> None:
    assert read_docx(docx(p("Uỷ ban hoà giải; Ủy ban hòa giải"))).text == "Uỷ ban hoà giải; Ủy ban hòa giải\n"


def test_a_word_file_in_tcvn3_is_read_as_unicode() -> None:
    fonts = "<w:rFonts w:ascii='.VnTime' w:hAnsi='.VnTime'/>"
    body = p(raw=r("Th", fonts) + f"<w:r><w:rPr>{fonts}</w:rPr><w:softHyphen/></w:r>" + r(" viÖn", fonts))
    assert read_docx(docx(body)).text == "Thư viện\n"


@pytest.mark.parametrize("word", ["nghiêng", "quyết", "giữa", "khuỷu", "ươm", "yêu", "đường", "uỷ", "gì", "quốc"])
def test_syllables_are_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["viÖn", "naøy", "xyz", "hoạchh", "ngàáy"])
def test_other_strings_are_no_syllables(word: str) -> None:
    assert not is_syllable(word)


@given(st.text(alphabet=sorted(set(TCVN3.values()) | set("bcdghklmnpqrstvxy ")), max_size=40))
def test_each_tcvn3_text_comes_back_letter_for_letter(text: str) -> None:
    decoded = decode_runs([Run(tcvn3(text), ".VnTime")])
    assert decoded.lower() == text.lower()
