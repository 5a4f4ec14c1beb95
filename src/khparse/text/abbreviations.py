"""Abbreviations opened: "UBND" -> "Ủy ban nhân dân", and those that a document defines for itself learned from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

import regex

from khparse.text.alternatives import any_of

# not inside a document's number ("30/2021/TT-BGDĐT", "QĐ-UBND") and not a part of a word
_TOKEN = regex.compile(
    r"(?<![\p{L}\d/\-_.])\p{Lu}[\p{Lu}\d]*g?(?:(?:[ ]?[&\-][ ]?|,[ ]?|\.)\p{Lu}[\p{Lu}\d]*+)*+(?![\p{L}\d/_])"
)
_BETWEEN = regex.compile(r"[\s&\-,.]+")
_PIECES = regex.compile(r"([\s&\-,.]+)")
# "công nghệ thông tin (CNTT)", "doanh nghiệp nhỏ và vừa (sau đây gọi tắt là DNNVV)"
_DEFINITION = regex.compile(
    r"(?<=[\p{L}\d,] ?)\(\*?(?:(?:sau[ ]đây[ ])?(?:được[ ])?(?:gọi|viết)?[ ]?(?:tắt|chung)?[ ]?(?:là)?:?[ ]?)[\"“]?(?P<short>\p{Lu}[\p{Lu}&\-]{1,9})[\"”]?\*?\)"
)
# searched from the bracket backwards: from the front every word of a document would begin a trial
_WORDS_BEFORE = regex.compile(r"(?r)(?:[\p{L}\d]+[, ]{1,2}(?:[-–&][ ])?){1,12}$")
# units are shortened behind their kind: "P. KHNV", "Trung tâm NN-TH"; a legend says the whole: "P4: Phòng Kỹ thuật"
_KINDS = {"P": "Phòng", "TT": "Trung tâm"}
_UNIT = regex.compile(
    r"(?<![\p{L}\d])(?P<kind>P|TT|Phòng|phòng|Trung tâm|Khoa|Ban|Tổ|Đội|Vụ|Chi cục|Bộ môn)[. ]{1,2}(?P<short>\p{Lu}[\p{Lu}&\-]{1,14})(?![\p{L}\d/])"
)
_LEGEND = regex.compile(
    r"(?<![\p{L}\d/])(?P<short>P\.?\d{1,2}|\p{Lu}[\p{Lu}&\-]{1,9})[ ]?(?::|=|–|-|là)[ ]?(?P<whole>\p{L}[\p{L} \-–&,]{4,70}?)(?=[ ]?[;.()\n\t]|$)"
    r"|(?P<whole>Phòng [\p{L} \-–&]{3,60}) \((?P<short>P\.?\d{1,2})\)"
)
_WHOLE = {
    kind: regex.compile(
        rf"(?<![\p{{L}}\d]){kind} (?P<words>\p{{Lu}}\p{{Ll}}[\p{{L}} \-–,]{{3,100}})", flags=regex.IGNORECASE
    )
    for kind in ("Phòng", "Trung tâm", "Khoa", "Ban", "Tổ", "Đội", "Vụ", "Chi cục", "Bộ môn")
}
# between opened pieces: "PCTT&TKCN", "QLCL-CNTT"
_SPELT = {"&": " và ", "-": " - "}
_LINKS = frozenset({"và", "của", "về", "các", "–", "-", "&", "trong", "cho"})
# an office's kind is followed by its name, and a name is written with a capital
_BEFORE_NAME = regex.compile(r"(?:(?:Sở|Bộ|Phòng|phòng|Trung tâm|Vụ|Cục|Chi cục|Ban|Trường|Viện|Hội)[ ])$")


class Abbreviations:
    """A table of abbreviations, ready to be opened."""

    def __init__(self, table: Mapping[str, str]) -> None:
        self.table = table
        self._phrase = _phrase_pattern(tuple(filter(_is_phrase, table)))

    def expand(self, text: str) -> str:
        """Every abbreviation of the table opened at word borders: "Sở GD - ĐT" -> "Sở Giáo dục và Đào tạo"."""
        return _TOKEN.sub(self._token, self._phrase.sub(self._spaced, text))

    def _spaced(self, found: regex.Match[str]) -> str:
        """A phrase opened, with a blank after "TP." where none is written: "TP.Vũng Tàu"."""
        words = self.table[" ".join(found.group().split())]
        return words + " " * (found.group().endswith(".") and found.string[found.end() : found.end() + 1].isalpha())

    def _token(self, found: regex.Match[str]) -> str:
        whole = self.table.get(bare(found.group()))
        if whole:
            return _cased(whole, found.string[max(0, found.start() - 12) : found.start()])
        pieces = _PIECES.split(found.group())
        if len(pieces) < 3:
            return found.group()
        words = [self.table.get(piece, piece) for piece in pieces]
        if words == pieces:
            return found.group()
        return "".join(_SPELT.get(word, word) for word in words)


def bare(short: str) -> str:
    """An abbreviation's letters: "LĐ-TB&XH" -> "LĐTBXH"."""
    return _BETWEEN.sub("", short)


def definitions(text: str) -> Iterator[tuple[str, str]]:
    """The abbreviations that a text defines: "công nghệ thông tin (CNTT)" -> ("CNTT", "công nghệ thông tin")."""
    for found in _DEFINITION.finditer(text):
        before = _WORDS_BEFORE.search(text, max(0, found.start() - 160), found.start())
        words = before.group().split() if before else []
        short = bare(found["short"])
        start = _spelt_from(words, short.replace("&", ""))
        if start is not None:
            yield short, " ".join(words[start:])


def units(text: str, table: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The short names of units that a text spells out elsewhere: "P. KHNV" -> ("KHNV", "Kế hoạch nghiệp vụ")."""
    shorts = {(_KINDS.get(m["kind"], m["kind"][:1].upper() + m["kind"][1:]), m["short"]) for m in _UNIT.finditer(text)}
    for kind, short in sorted(shorts):
        letters = bare(short).replace("&", "")
        if letters not in table and (whole := _whole_name(text, kind, letters)):
            yield letters, whole
    for found in _LEGEND.finditer(text):
        short, whole = bare(found["short"]), " ".join(found["whole"].split())
        spelt = _spelt_from(whole.split(), short) == 0
        if short not in table and (spelt or (short[1:].isdigit() and whole.startswith("Phòng "))):
            yield short, whole


def _whole_name(text: str, kind: str, letters: str) -> str | None:
    """The name of a unit of this kind whose words' initials are these letters, as it is written most often."""
    names = (_spelt_to(found["words"].split(), letters) for found in _WHOLE[kind].finditer(text))
    best = Counter(name for name in names if name).most_common(1)
    return best[0][0] if best else None


def _spelt_to(words: list[str], letters: str) -> str | None:
    """The first words whose initials spell the letters; linking words may be left out."""
    at = 0
    for index, word in enumerate(words):
        if at < len(letters) and word[:1].upper() == letters[at]:
            at += 1
        elif word.strip(",").lower() not in _LINKS:
            return None
        if at == len(letters):
            return " ".join(words[: index + 1]).rstrip(",")
    return None


def _spelt_from(words: list[str], short: str) -> int | None:
    """The index from which the words' initials spell the abbreviation; linking words may be left out."""
    at = len(words)
    for letter in reversed(short):
        at -= 1
        while at >= 0 and words[at][:1].upper() != letter and words[at].strip(",").lower() in _LINKS:
            at -= 1
        if at < 0 or words[at][:1].upper() != letter:
            return None
    return at


def _cased(words: str, before: str) -> str:
    return words[:1].upper() + words[1:] if _BEFORE_NAME.search(before) else words


def _is_phrase(key: str) -> bool:
    return " " in key or "." in key or not key.isupper() or key in {"TP", "TX"}


@lru_cache(maxsize=64)
def _phrase_pattern(keys: tuple[str, ...]) -> regex.Pattern[str]:
    """One pattern for all phrases, longest first. "TX" and "TP" are towns only before a name or in a list of towns."""
    after = r"(?:(?<=\.)(?=[ ]?\p{Lu})|(?<!\.)(?![\p{L}\d.&/\-]))"
    phrases = any_of(keys, blank=r"\s+")
    return regex.compile(rf"(?<![\p{{L}}\d/\-.]){phrases}{after}")
