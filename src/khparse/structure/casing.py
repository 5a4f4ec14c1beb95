"""Organs printed in capitals, as a sentence writes them."""

from __future__ import annotations

from collections import Counter

import regex

from khparse.rules.kit import Kit
from khparse.structure.lines import is_capitals
from khparse.text.fold import fold, key

_LEVELS = frozenset({"tỉnh", "xã", "phường", "huyện", "quận", "thị trấn", "thị", "phố", "khu"})
# what follows the kind of a school is its own name
_SCHOOL = regex.compile(
    r"(?<!\p{L})(?:tiểu học|trung học cơ sở|trung học phổ thông|THCS|THPT|mầm non|mẫu giáo)$", regex.IGNORECASE
)
# and so is what follows a committee that is called by its level: "HUYỆN ỦY YÊN THÀNH"
_COMMITTEE = regex.compile(r"(?<!\p{L})(?:tỉnh|thành|huyện|quận|thị)\s(?:ủy|uỷ|đoàn)$", regex.IGNORECASE)
_ROMAN = regex.compile(r"[IVX]+")


def sentence_case(name: str, text: str, kit: Kit) -> str:
    """Capitals as the body writes them, else by the genre's habit: "SỞ CÔNG THƯƠNG" -> "Sở Công Thương"."""
    if not is_capitals(name):
        return name
    pattern = regex.compile(r"\s+".join(map(regex.escape, name.split())), regex.IGNORECASE)
    written = Counter(found.group() for found in pattern.finditer(text) if not is_capitals(found.group()))
    if written:
        words = " ".join(written.most_common(1)[0][0].split())
        return words[:1].upper() + words[1:]
    return _habit(name, kit)


def _habit(name: str, kit: Kit) -> str:
    """Provinces and what follows a level's name are capitalised, an organ's common words are not."""
    out: list[str] = []
    proper = False
    for word in _known_words(kit.naming.settled(name), kit).split():
        out.append(word if _is_short_form(word, kit) or not is_capitals(word) else _word(word, kit, proper=proper))
        # "xã" of "Bảo hiểm xã hội" is no level
        level = bool(out[:-1]) and key(word) in _LEVELS and is_capitals(word)
        so_far = " ".join(out)
        proper = proper or level or bool(_SCHOOL.search(so_far) or _COMMITTEE.search(so_far))
    # "Tỉnh đoàn" is a word, the Union behind its committee a name
    joined = regex.sub(r"(?<=Chấp hành |BCH )đoàn(?!\p{L})", "Đoàn", " ".join(out))
    return joined[:1].upper() + joined[1:]


def _known_words(name: str, kit: Kit) -> str:
    """Organs that the rules know, as they are written: "KHO BẠC NHÀ NƯỚC TỈNH X" -> "Kho bạc Nhà nước TỈNH X"."""
    written = {key(words): words for words in kit.letterhead.terms["written"]}
    return kit.letterhead.any_of("written", before=r"(?<!\p{L})", after=r"(?!\p{L})", ignore_case=True).sub(
        lambda found: written.get(key(found.group()), found.group()), name
    )


def _word(word: str, kit: Kit, *, proper: bool) -> str:
    return word.lower() if key(word) in kit.letterhead.terms["common"] and not proper else word.capitalize()


def _is_short_form(word: str, kit: Kit) -> bool:
    """Abbreviations and Roman numbers keep their capitals: known, no vowel in it, or "&" inside."""
    return (
        "&" in word
        or word in kit.naming.abbreviations
        or bool(_ROMAN.fullmatch(word))
        or not regex.search(r"[aeiouy]", fold(word))
    )
