"""The only rewriting of text: what every form of a plan has in common before anything is read in it."""

from __future__ import annotations

import unicodedata

import regex

# every kind of blank (NBSP, thin, ideographic) is one space; zero-width marks and soft hyphens print nothing
_BLANKS = regex.compile(r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_NOTHING = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
# pdfium gives U+FFFE for the hyphen at a line's end; Ð (U+00D0) and ð are how OCR and old keyboards write Đ and đ
_SAME = str.maketrans({"\ufffe": "-", "\u00d0": "Đ", "\u00f0": "đ", "\u2011": "-", "\u2010": "-"})
_CONTROL = regex.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def canonical(text: str) -> str:
    """One paragraph in canonical form: NFC, single spaces, no control characters, trimmed.

    Tone placement (hoà/hòa) and every word stay as written.
    """
    text = _CONTROL.sub("", text.translate(_SAME).translate(_NOTHING))
    return unicodedata.normalize("NFC", _BLANKS.sub(" ", text)).strip()
