"""The one rewriting of text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khparse.text.canonical import canonical


@given(st.text())
def test_canonical_text_is_its_own_canonical_form(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)


@given(st.text())
def test_canonical_text_is_one_line_of_nfc(text: str) -> None:
    found = canonical(text)
    assert found == unicodedata.normalize("NFC", found) == found.strip()
    assert not set(found) & set("\n\t\r\u00a0\u200b")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ke\u0302\u0301 hoa\u0323ch", "Kế hoạch"),
        ("số\u00a05436\u2009/UBND", "số 5436 /UBND"),
        ("12/UBND\ufffeVP", "12/UBND-VP"),
        ("Ðiều 1", "Điều 1"),
        ("thực\u00ad hiện\u200b", "thực hiện"),
        ("hoà, Uỷ ban", "hoà, Uỷ ban"),
        ("a\x00b\x1f", "ab"),
    ],
)
def test_what_is_rewritten_and_what_stays(text: str, expected: str) -> None:
    assert canonical(text) == expected
