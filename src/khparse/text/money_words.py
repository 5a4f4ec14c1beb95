"""Sums written in words: "Một tỷ năm trăm triệu đồng" -> 1_500_000_000."""

from __future__ import annotations

import regex

from khparse.text.fold import key

_DIGITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_ENDS = {"đồng", "chẵn", "đúng", "việt", "nam"}
_SILENT = {"linh", "lẻ", "và"}


def amount_in_words(text: str) -> int | None:
    """The đồng of a sum in words: "hai trăm linh năm triệu đồng chẵn" -> 205_000_000; None if it is no number."""
    words = regex.findall(r"\p{L}+", key(text))
    while words and words[-1] in _ENDS and (words[-1] != "nam" or "đồng" in words):
        words.pop()
    if not words or not any(word in _SCALES or word in {"trăm", "mươi", "mười"} for word in words):
        return None
    return _number(words)


def _number(words: list[str]) -> int | None:
    """Highest scale first: what stands before it is a number, what follows another."""
    for scale in ("tỷ", "tỉ", "triệu", "nghìn", "ngàn"):
        if scale in words:
            at = len(words) - 1 - words[::-1].index(scale)
            before, after = _number(words[:at]), _rest(words[at + 1 :], _SCALES[scale])
            return None if before is None or after is None else before * _SCALES[scale] + after
    return _below_thousand(words)


def _rest(words: list[str], scale: int) -> int | None:
    if words == ["rưỡi"]:
        return scale // 2
    return _number(words) if words else 0


def _below_thousand(words: list[str]) -> int | None:
    total, digit = 0, None
    for word in words:
        if word in _DIGITS and digit is None:
            digit = _DIGITS[word]
        elif word == "trăm" and digit is not None:
            total, digit = total + digit * 100, None
        elif word == "mươi" and digit is not None:
            total, digit = total + digit * 10, None
        elif word == "mười" and digit is None:
            total += 10
        elif word not in _SILENT or digit is not None:
            return None
    return total + (digit or 0) if words else None
