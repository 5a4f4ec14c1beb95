"""Vietnamese before Unicode: TCVN 5712:1993 in ABC fonts (.VnTime) and VNI, decoded run by run.

A byte of such a font stands in a file as the Latin-1 character of the same number: ".VnTime" "ViÖt" -> "Việt".
ABC fonts have no capital with a tone mark: .VnTimeH draws capitals for small letters, and in .VnTime people wrote
the small letter amid capitals ("TØNH"); what was drawn or meant is given back.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

import regex

from khparse.text.syllables import is_syllable

# TCVN 5712:1993 (TCVN3, "ABC"): code -> letter. U+00AD is "ư": decode before soft hyphens are dropped.
_TCVN3_CODES = (
    "\xa1Ă\xa2Â\xa3Ê\xa4Ô\xa5Ơ\xa6Ư\xa7Đ\xa8ă\xa9â\xaaê\xabô\xac\u01a1\xad\u01b0\xaeđ"
    "\xb5à\xb6ả\xb7ã\xb8á\xb9ạ\xbbằ\xbcẳ\xbdẵ\xbeắ\xc6ặ\xc7ầ\xc8ẩ\xc9ẫ\xcaấ\xcbậ"
    "\xccè\xceẻ\xcfẽ\xd0é\xd1ẹ\xd2ề\xd3ể\xd4ễ\xd5ế\xd6ệ\xd7ì\xd8ỉ\xdcĩ\xddí\xdeị"
    "\xdfò\xe1ỏ\xe2õ\xe3ó\xe4ọ\xe5ồ\xe6ổ\xe7ỗ\xe8ố\xe9ộ\xeaờ\xebở\xecỡ\xedớ\xeeợ"
    "\xefù\xf1ủ\xf2ũ\xf3ú\xf4ụ\xf5ừ\xf6ử\xf7ữ\xf8ứ\xf9ự\xfaỳ\xfbỷ\xfcỹ\xfdý\xfeỵ"
)
TCVN3 = dict(zip(_TCVN3_CODES[::2], _TCVN3_CODES[1::2], strict=True))
# letters whose capital the code has too: written small, they were meant small
_KEPT = set("ăâêôơưđ")

# VNI: a vowel, then a mark of its own
_TONES = {"ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_CIRCUMFLEX = {"â": "", "à": "\u0300", "á": "\u0301", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_BREVE = {"ê": "", "è": "\u0300", "é": "\u0301", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_LETTERS = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_table() -> dict[str, str]:
    table: dict[str, str] = {}
    for vowel, letter in {"a": "a", "e": "e", "o": "o", "u": "u", "y": "y", "ô": "ơ", "ö": "ư"}.items():
        table |= {vowel + mark: letter + tone for mark, tone in _TONES.items()}
    for vowel in "aeo":
        table |= {vowel + mark: vowel + "\u0302" + tone for mark, tone in _CIRCUMFLEX.items()}
    table |= {"a" + mark: "a\u0306" + tone for mark, tone in _BREVE.items()}
    table |= _VNI_LETTERS
    return {code: unicodedata.normalize("NFC", letter) for code, letter in table.items()}


VNI = _vni_table()
_VNI_CODE = regex.compile("|".join(sorted(map(regex.escape, VNI), key=len, reverse=True)), regex.IGNORECASE)


# characters that are enough to know a document's encoding by
_SAMPLE = 20_000


class Encoding(Enum):
    """How the bytes of a run mean letters."""

    TCVN3 = "tcvn3"
    TCVN3_CAPITALS = "tcvn3-capitals"
    VNI = "vni"


@dataclass(frozen=True, slots=True)
class Run:
    """Characters as the file holds them, and the font that they are shown in."""

    text: str
    font: str | None = None


_ABC_FONT = regex.compile(r"(?i)^\.?vn(?:3d)?(?!i\b|i-)[a-z]")
_VNI_FONT = regex.compile(r"(?i)^vni\b")
# letters that only Unicode has: such a run was typed in Unicode whatever its font is called
_UNICODE = regex.compile("[ăĂđĐĩĨũŨơƠưƯ\u1ea0-\u1ef9\u0300-\u0323]")
_HIGH = regex.compile("[\u0080-\u00ff]")
_SYMBOL_AREA = {0xF000 + code: code for code in range(0x100)}


@lru_cache(maxsize=512)
def encoding_of(font: str | None) -> Encoding | None:
    """How a font's bytes mean letters: ".VnTime" -> TCVN3, ".VnTimeH" -> TCVN3_CAPITALS, "VNI-Times" -> VNI, "Times New Roman" -> None."""
    name = (font or "").strip("'\" ")
    if _VNI_FONT.match(name):
        return Encoding.VNI
    if _ABC_FONT.match(name):
        return Encoding.TCVN3_CAPITALS if name.endswith("H") else Encoding.TCVN3
    return None


def decode_runs(runs: Sequence[Run]) -> str:
    """A paragraph's runs as Unicode text; fonts say the encoding, or the letters where the fonts don't."""
    whole = "".join(run.text for run in runs)
    if whole.isascii():
        capitals = any(encoding_of(run.font) is Encoding.TCVN3_CAPITALS for run in runs)
        return "".join(_capitalised(run) for run in runs) if capitals else whole
    encodings = [encoding_of(run.font) for run in runs]
    if any(encoding and _UNICODE.search(run.text) for run, encoding in zip(runs, encodings, strict=True)):
        encodings = [None] * len(runs)
    if not any(encodings):
        return decode_text(whole)
    pieces = _joined(zip(encodings, (run.text for run in runs), strict=True))
    return _restored([_decoded(text.translate(_SYMBOL_AREA) if kind else text, kind) for kind, text in pieces])


def decode_text(text: str, hint: Encoding | None = None) -> str:
    """Text without fonts: decoded line by line where its letters make Vietnamese syllables only that way.

    `hint` is what the document as a whole was found to be in: a line that could be either is taken as that.
    """
    if text.isascii():
        return text
    return "\n".join(_decode_line(line, hint) for line in text.split("\n"))


def decode_document(text: str) -> str:
    """A whole text, decoded where no letter in it is Unicode's own and most words are of an old encoding."""
    encoding = None if _UNICODE.search(text) else guess(text[:_SAMPLE])
    return decode_text(text, encoding) if encoding else text


def guess(text: str) -> Encoding | None:
    """The old encoding that makes syllables of most words with high characters, None where Unicode does."""
    return _best(text, least=3)


def _capitalised(run: Run) -> str:
    return run.text.upper() if encoding_of(run.font) is Encoding.TCVN3_CAPITALS else run.text


def _decode_line(line: str, hint: Encoding | None) -> str:
    if not _HIGH.search(line) or _UNICODE.search(line):
        return line
    encoding = hint if hint and _fits(line, hint) else _best(line, least=2)
    return _restored([_decoded(line, encoding)])


def _best(text: str, least: int) -> Encoding | None:
    words = _telling(text)
    if len(words) < least:
        return None
    as_it_is = sum(map(_is_words, words))
    margin = (0.3 if len(words) >= 8 else 0.6) * len(words)  # few words tell little: "© … Công ty"
    for encoding in (Encoding.TCVN3, Encoding.VNI):
        decoded = _syllables(words, encoding)
        if decoded >= 0.7 * len(words) and decoded - as_it_is > margin:
            return encoding
    return None


def _fits(line: str, encoding: Encoding) -> bool:
    """Whether a line reads no worse in the document's encoding than as it is."""
    words = _telling(line)
    return bool(words) and _syllables(words, encoding) >= max(sum(map(_is_words, words)), 0.5 * len(words))


def _telling(text: str) -> list[str]:
    """The words that an old encoding may have written."""
    return [word for word in text.split() if _HIGH.search(word) and not _UNICODE.search(word)]


def _syllables(words: Sequence[str], encoding: Encoding) -> int:
    return sum(_is_words(_decoded(word, encoding)[0]) for word in words)


def _joined(runs: Iterable[tuple[Encoding | None, str]]) -> list[tuple[Encoding | None, str]]:
    """Neighbours in one encoding as one piece: a VNI letter's mark may stand in the next run."""
    pieces: list[tuple[Encoding | None, str]] = []
    for encoding, text in runs:
        if pieces and (pieces[-1][0] is encoding or not text.strip()):
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + text)
        else:
            pieces.append((encoding, text))
    return pieces


Decoded = tuple[str, bool]


def _decoded(text: str, encoding: Encoding | None) -> Decoded:
    """The letters, and whether capitals with tones were lost in them."""
    return _DECODERS[encoding](text)


def _from_vni(text: str) -> str:
    return _VNI_CODE.sub(_vni_letter, text)


def _vni_letter(match: regex.Match[str]) -> str:
    code = match[0]
    letter = VNI[code.lower()]
    return letter.upper() if code[0].isupper() else letter


def _from_tcvn3(text: str) -> str:
    return text.translate(_TCVN3_MAP)


_TCVN3_MAP = str.maketrans(TCVN3)
_DECODERS: dict[Encoding | None, Callable[[str], Decoded]] = {
    None: lambda text: (text, False),
    Encoding.VNI: lambda text: (_from_vni(text), False),
    Encoding.TCVN3: lambda text: (_from_tcvn3(text), True),
    Encoding.TCVN3_CAPITALS: lambda text: (_from_tcvn3(text).upper(), False),
}

_LOST = frozenset(letter for letter in TCVN3.values() if letter.islower() and letter not in _KEPT)
_WORD = regex.compile(r"\w+")
_SENTENCE = regex.compile(r"(?:^|[.!?]\s|\n)\W*+(?:(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5}|[a-zđ])[.)]\s+)?+(?=(\w))")
# a body's name begins with a capital wherever it stands
_COMMITTEE = regex.compile(r"\bủ(?=y ban (?:nhân dân|Mặt trận|MTTQ|thường vụ)\b)|\bu(?=ỷ ban (?:nhân dân|Mặt trận)\b)")


def _restored(pieces: Sequence[Decoded]) -> str:
    """The pieces as one text, capitals that the code could not write given back.

    A word is in capitals where its other letters are, or, where it has none, its neighbours are.
    """
    text = "".join(piece for piece, _ in pieces)
    lost = bytearray(b"".join((b"\1" if lossy else b"\0") * len(piece) for piece, lossy in pieces))
    if not any(lost):
        return text
    letters = list(text)
    words = [(match.start(), match.end()) for match in _WORD.finditer(text)]
    cases = [_case(text[start:end]) for start, end in words]
    for i, (start, end) in enumerate(words):
        if lost[start] and (cases[i] or _neighbours(cases, i)) == "upper":
            letters[start:end] = text[start:end].upper()
    for match in _SENTENCE.finditer(text):
        place = match.start(1)
        if lost[place] and text[place] in _LOST:
            letters[place] = text[place].upper()
    return _COMMITTEE.sub(lambda match: match[0].upper(), "".join(letters))


def _case(word: str) -> str:
    """The case of a word, "upper" or "lower" as the word's sure letters say, "" where it has none that tell ("à", "Sở")."""
    sure = [letter for letter in word if letter not in _LOST and letter.isalpha()]
    if any(letter.islower() for letter in sure):
        return "lower"
    if len(sure) >= 2:
        return "upper" if is_syllable(word) else "none"  # "UBND" says nothing of its neighbours
    return "" if sure or any(letter in _LOST for letter in word) else "none"


def _neighbours(cases: Sequence[str], i: int) -> str:
    """The case of the nearest words that tell, on both sides."""
    after = next((case for case in cases[i + 1 : i + 4] if case in {"upper", "lower"}), "")
    before = next((case for case in cases[max(i - 3, 0) : i][::-1] if case in {"upper", "lower"}), "")
    return "upper" if {after, before} <= {"upper", ""} and (after or before) else "lower"


_ASIDE = regex.compile("[\\d\\s!-/:-@\\[-`{-~“”‘’–—…]+")


def _is_words(token: str) -> bool:
    """Whether every part of a token is a syllable, digits and ASCII punctuation aside."""
    return all(is_syllable(part) for part in _ASIDE.split(token) if part)
