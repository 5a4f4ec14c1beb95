"""Bytes of a text file to characters: UTF-8, UTF-16, and the Vietnamese and Western code pages of old Windows."""

from __future__ import annotations

import codecs
import unicodedata

from khparse.text.legacy import decode_document

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_VIETNAMESE = frozenset("ăâđêôơưĂÂĐÊÔƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")


def decode(data: bytes) -> str:
    """The characters of a text file, whatever its encoding; what can't be decoded becomes U+FFFD."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if b"\x00" in data[:4096]:
        zeros_first = data[0:4096:2].count(0) > data[1:4096:2].count(0)
        return data.decode("utf-16-be" if zeros_first else "utf-16-le", "replace")
    try:
        return decode_document(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        # a file cut short in the middle of a character, or one slip in a long text, is still UTF-8
        text = data.decode("utf-8", "replace")
        if error.start >= len(data) - 4 or text.count("\ufffd") * 1000 < len(text):
            return text
    old = data.decode("latin-1")
    decoded = decode_document(old)
    if decoded != old:
        return decoded
    return max((data.decode(page, "replace") for page in ("cp1258", "cp1252")), key=_vietnamese_share)


def _vietnamese_share(text: str) -> int:
    """How many Vietnamese letters a reading gives; windows-1258 writes tones as combining marks."""
    return sum(c in _VIETNAMESE for c in unicodedata.normalize("NFC", text)) - 5 * text.count("\ufffd")
