"""The end of a plan: recipients and signatures, in whatever order a reader gives the two columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import regex

from khparse.model.document import Span
from khparse.model.plan import Signer
from khparse.rules.kit import load_kit
from khparse.structure.lines import Line, is_capitals, printed_lines
from khparse.text.alternatives import any_of
from khparse.text.fold import fold, key

_RECIPIENTS = re.compile(r"^(?:-\s*)?N[ơo]i\s+nh[ậâ]n\s*:?\s*", re.IGNORECASE)
_BULLET = re.compile(r"^[\-–—+•*]\s*")
_INLINE = regex.compile(r"(?<=[;.,)])\s*[\-–+•]\s*(?=\p{Lu}|[Ll]ưu)|(?<=[;])\s+(?=Lưu\s*:)")
_SAVED = regex.compile(r"^Lưu(?!\p{L})", regex.IGNORECASE)
_CAPITALS = regex.compile(r"(?:\p{Lu}+ ){2,4}\p{Lu}+")
_ORGAN = regex.compile(r"BAN|SỞ|UBND|PHÒNG|DÂN|TRƯỜNG")
_NAME = regex.compile(
    r"(?:(?:PGS|GS|TS|ThS|BS|BSCKI{1,2}|BS\.CKI{1,2}|CN|KS|Đ/c|Ông|Bà|Đại tá|Thượng tá|Trung tá|Thiếu tá|Đại úy|Thiếu tướng)[. ]+){0,3}(?P<name>\p{Lu}\p{Ll}*'?(?:[ -]\p{Lu}\p{Ll}*){1,5})"
)
_BREAK = regex.compile(r"\s+(?=(?:TM|KT|TL|TUQ|Q)\.\s*\p{Lu}{2})")
_END = regex.compile(r"[\s;.,]+$")
_APPENDIX = regex.compile(r"^(?:PHỤ LỤC|Phụ lục|BIỂU|Biểu mẫu|Mẫu|DANH SÁCH|PHÂN CÔNG)(?!\p{L})")
_LONG = 200  # a line of recipients or of a signature is shorter
_REACH = 40  # lines below "Nơi nhận" in which signatures are looked for


@dataclass(frozen=True, slots=True)
class Ending:
    """Recipients, signers, and where they stand."""

    recipients: tuple[str, ...] = ()
    signers: tuple[Signer, ...] = ()
    span: Span | None = None


def read_ending(text: str, start: int, end: int) -> Ending:
    """The first list of recipients or signature block in `text[start:end]`.

    "Nơi nhận: / - Như trên; / - Lưu: VT. / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / Lê Thị B" -> ("Như trên", "Lưu: VT"), Lê Thị B.
    """
    within = (line for line in printed_lines(text) if start <= line.span.start < end)
    lines = [piece for line in within for piece in _parted(line)]
    at = _first(lines)
    if at is None:
        return Ending()
    block = _block(lines, at)
    recipients, last_recipient = _recipients(block)
    signers, last_signer = _signers(block)
    used = [block[0], *(line for line in (last_recipient, last_signer) if line)]
    return Ending(recipients, signers, Span(block[0].span.start, max(line.span.end for line in used)))


def _parted(line: Line) -> list[Line]:
    """A recipients' line and a signature's line that were read as one: "- Lưu: VT. KT. CHỦ TỊCH"."""
    if len(line.text) > _LONG or not (_BULLET.match(line.text) or _RECIPIENTS.match(line.text)):
        return [line]
    cut = _BREAK.search(line.text) or _ending_position().search(line.text)
    if not cut:
        return [line]
    return [Line(line.span, line.text[: cut.start()]), Line(line.span, line.text[cut.end() :])]


def _first(lines: list[Line]) -> int | None:
    """Where the ending begins: "Nơi nhận", or a signature where there is none; a signature just above it counts."""
    named = next((i for i, line in enumerate(lines) if _RECIPIENTS.match(line.text)), None)
    signed = next((i for i, line in enumerate(lines) if _is_signature(line.text) and _followed_by_name(lines, i)), None)
    if named is None or signed is None:
        return signed if named is None else named
    return signed if signed < named and named - signed <= 6 else named


def _followed_by_name(lines: list[Line], at: int) -> bool:
    return any(_is_name(line.text) for line in lines[at + 1 : at + 7])


def _block(lines: list[Line], at: int) -> list[Line]:
    block = lines[at : at + _REACH]
    cut = next((i for i, line in enumerate(block) if i and _APPENDIX.match(line.text)), len(block))
    return block[:cut]


def _recipients(block: list[Line]) -> tuple[tuple[str, ...], Line | None]:
    start = next((i for i, line in enumerate(block) if _RECIPIENTS.match(line.text)), None)
    if start is None:
        return (), None
    found: list[str] = []
    last = block[start]
    for line in block[start:]:
        words = _RECIPIENTS.sub("", line.text)
        if not words or _is_signature(words) or _is_noise(words):
            continue
        if _is_name(words) and not _BULLET.match(words) and _closed(found):
            continue
        if (
            found
            and _SAVED.match(found[-1])
            and not found[-1].endswith(",")
            and not _SAVED.match(_BULLET.sub("", words))
        ):
            break
        _add(found, words)
        last = line
    return tuple(filter(None, (_END.sub("", words) for words in found))), last


def _closed(found: list[str]) -> bool:
    return not found or found[-1].endswith((";", ".")) or bool(_SAVED.match(found[-1]))


def _add(found: list[str], words: str) -> None:
    pieces = [piece for piece in _INLINE.split(words) if piece.strip()]
    for index, piece in enumerate(pieces):
        if (
            index == 0
            and found
            and not _BULLET.match(piece)
            and not found[-1].endswith((";", "."))
            and not _SAVED.match(piece)
        ):
            found[-1] = f"{found[-1]} {piece}"
        elif stripped := _BULLET.sub("", piece):
            found.append(stripped)


def _signers(block: list[Line]) -> tuple[tuple[Signer, ...], Line | None]:
    found: list[Signer] = []
    position, last = None, None
    for line in block:
        if _is_signature(line.text):
            position = _position(line.text) or position
            inside = _trailing_name(line.text)
        else:
            inside = line.text if position and _is_name(line.text) else None
        if position and inside:
            found.append(Signer(_clean_name(inside), position))
            position, last = None, line
    return tuple(found), last


def _trailing_name(text: str) -> str | None:
    """The name that a reader left in the position's line: "PHÓ CHỦ TỊCH Lê Thị B"."""
    words = text.split()
    tail: list[str] = []
    while words and not is_capitals(words[-1]):
        tail.insert(0, words.pop())
    name = " ".join(tail)
    return name if len(tail) >= 2 and _is_name(name) else None


def _is_signature(text: str) -> bool:
    if len(text) > _LONG or not text[:1].isupper() or not is_capitals(text[:2]):
        return False
    return bool(_cue().match(text)) or (_positions().match(text) is not None) or _slipped(text) is not None


def _position(text: str) -> str | None:
    """The signer's own position, the last one named: "KT. CHỦ TỊCH PHÓ CHỦ TỊCH" -> "Phó Chủ tịch"."""
    if whole := _slipped(text):
        return whole
    found = [match.group(1) for match in _inside().finditer(text)]
    return _written()[key(found[-1])] if found else None


def _is_name(text: str) -> bool:
    found = _NAME.fullmatch(text.strip())
    if found:
        return True
    return bool(_CAPITALS.fullmatch(text)) and not _inside().search(text) and not _ORGAN.search(text)


def _clean_name(text: str) -> str:
    found = _NAME.fullmatch(text.strip())
    name = found["name"] if found else text.strip()
    return name.title() if is_capitals(name) else name


def _is_noise(text: str) -> bool:
    folded = text.lower().lstrip("([")
    return folded.startswith(load_kit().letterhead.terms["noise"])


@cache
def _written() -> dict[str, str]:
    return {key(words): words for words in load_kit().letterhead.terms["positions"]}


def _slipped(text: str) -> str | None:
    """The position that a line in capitals is but for its marks, which a recogniser lost: "PHO CHỦ TICH"."""
    return _folded().get(fold(text.strip(" .,"))) if is_capitals(text) else None


@cache
def _folded() -> dict[str, str]:
    return {fold(words): words for words in load_kit().letterhead.terms["positions"]}


@cache
def _cue() -> regex.Pattern[str]:
    return load_kit().letterhead.by_id("letterhead.signature").pattern


def _in_capitals() -> str:
    return any_of((words.upper() for words in _written().values()), blank=r"\s+")


@cache
def _positions() -> regex.Pattern[str]:
    """A line that opens with a position in capitals."""
    return regex.compile(rf"{_in_capitals()}(?![\p{{L}}])(?!.*[;:])")


@cache
def _ending_position() -> regex.Pattern[str]:
    return regex.compile(rf"\s+(?={_in_capitals()}$)")


@cache
def _inside() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\p{{L}})({_in_capitals()})(?!\p{{L}})")
