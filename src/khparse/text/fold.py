"""Search keys: what two spellings of one thing have in common."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex


class _Folds(dict[int, str]):
    """Character -> what it is folded to, learned as characters are met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        letters = "d" if char in "đĐ" else unicodedata.normalize("NFD", char)
        folded = self[code] = "".join(c for c in letters if not unicodedata.combining(c)).lower()
        return folded


_FOLDS = _Folds()


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case without diacritics, đ included: "Sở Giáo dục" -> "so giao duc". Same length as the NFC text."""
    return text.translate(_FOLDS)


# Where a tone stands in open oa, oe, uy is a matter of style: "hoà" and "hòa" are one word.
_OPEN_VOWELS = regex.compile(r"(?<![qQ])(?:[oO](?:[àáảãạèéẻẽẹ]|[ÀÁẢÃẠÈÉẺẼẸ])|[uU](?:[ỳýỷỹỵ]|[ỲÝỶỸỴ]))(?!\p{L})")
_FIRST = {"o": "òóỏõọ", "u": "ùúủũụ"}
_ORDER = "àáảãạèéẻẽẹỳýỷỹỵ"


@lru_cache(maxsize=65536)
def key(text: str) -> str:
    """Lower case, one space, tone style folded, diacritics kept: "Uỷ ban  HOÀ" -> "ủy ban hòa"."""
    return old_tone(" ".join(unicodedata.normalize("NFC", text).lower().split()))


def old_tone(text: str) -> str:
    """Tone on the first vowel of open oa, oe, uy: "Uỷ ban", "Hoà Bình" -> "Ủy ban", "Hòa Bình"; "quý" stays."""
    return _OPEN_VOWELS.sub(_moved, text)


def _moved(found: regex.Match[str]) -> str:
    first, second = found.group()[0], found.group()[1]
    index = _ORDER.index(second.lower())
    vowel = _FIRST[first.lower()][index % 5]
    base = "aey"[index // 5]
    return (vowel.upper() if first.isupper() else vowel) + (base.upper() if second.isupper() else base)


_SETTLED = regex.compile(r"(?<![qQ])(?P<first>[òóỏõọùúủũụÒÓỎÕỌÙÚỦŨỤ])(?P<second>[aey])(?!\p{L})")
_LONG_I = regex.compile(r"(?<=(?<!\p{L})[hklmstHKLMST])[yýỳỷỹỵ](?!\p{L})")
_SHORT_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")


def spellings(word: str) -> tuple[str, ...]:
    """A word as all offices spell it, as given first: "văn hóa" and "văn hoá", "quản lý" and "quản lí"."""
    tones = _SETTLED.sub(_moved_back, word)
    short = _LONG_I.sub(lambda found: found.group().translate(_SHORT_I), word)
    return tuple(dict.fromkeys((word, tones, short)))


def _moved_back(found: regex.Match[str]) -> str:
    small = found["first"].lower()
    first = next(base for base, marked in _FIRST.items() if small in marked)
    second = _ORDER["aey".index(found["second"]) * 5 + _FIRST[first].index(small)]
    return (first if found["first"].islower() else first.upper()) + second
