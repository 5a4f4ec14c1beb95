"""Vietnamese syllables: whether letters can be a word at all. "Tổng" can, "uồn" can, "đoạ" can, "Ng" and "Tổngc" can't."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex

_TONE = regex.compile("[\u0300\u0301\u0303\u0309\u0323]")
_SYLLABLE = regex.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?"
    r"(?:"
    r"(?:[uo]?(?:a|ă|e|ê|y|yê|â|ơ|i|iê|ya)|a|ă|â|e|ê|i|iê|yê|o|ô|ơ|oo|u|ư|uô|ươ|y)(?:ch|ng|nh|[cmnpt])"
    r"|a[iouy]?|â[uy]|eo?|êu?|i[au]?|iêu|o[iae]?|oa[iyo]|oeo|ô[i]?|ơ[i]?"
    r"|u[aiêơy]?|uây|uôi|uy[au]|uêu|ư[aiu]?|ươ[iu]|yêu|y"
    r")"
)
_WORD = regex.compile(r"\p{L}+")


@lru_cache(maxsize=65536)
def is_syllable(letters: str) -> bool:
    """Whether these letters are spelt as a Vietnamese syllable: "chuyển" is, "chuyểnđ" and "Tvtu" are not."""
    toneless, tones = _TONE.subn("", unicodedata.normalize("NFD", letters.lower()))
    return tones <= 1 and _SYLLABLE.fullmatch(unicodedata.normalize("NFC", toneless)) is not None


def share_of_syllables(text: str) -> float:
    """How much of a text's lower-case words could be Vietnamese, 0 to 1: 0.97 of a plan, 0.3 of mojibake.

    Abbreviations and single letters don't count; 1.0 for a text with no word at all.
    """
    words = [word for word in _WORD.findall(text) if len(word) > 1 and not word.isupper()]
    return sum(map(is_syllable, words)) / len(words) if words else 1.0
