"""Search keys: what two spellings of one thing have in common."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_D = str.maketrans("đĐ", "dD")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case without diacritics, đ included: "Sở Giáo dục" -> "so giao duc". Same length as the NFC text."""
    stripped = "".join(c for c in unicodedata.normalize("NFD", text.translate(_D)) if not unicodedata.combining(c))
    return stripped.lower()


# Where a tone stands in oa, oe, uy is a matter of style: "hoà" and "hòa" are one word.
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}


@lru_cache(maxsize=65536)
def key(text: str) -> str:
    """Lower case, one space, tone style folded, diacritics kept: "Uỷ ban  HOÀ" -> "ủy ban hòa"."""
    words = unicodedata.normalize("NFC", text).lower().split()
    return " ".join(_tone_first(word) for word in words)


def _tone_first(word: str) -> str:
    """The older tone placement in open oa, oe, uy: "hoà" -> "hòa", "uỷ" -> "ủy"; "quý" and "hoàn" stay."""
    if len(word) < 2 or word[:-2].endswith("q"):
        return word
    decomposed = unicodedata.normalize("NFD", word[-1])
    tone = next((c for c in decomposed if c in _TONES), "")
    pair = word[-2] + unicodedata.normalize("NFC", decomposed.replace(tone, "")) if tone else ""
    if pair not in {"oa", "oe", "uy"}:
        return word
    return word[:-2] + unicodedata.normalize("NFC", pair[0] + tone) + pair[1]
