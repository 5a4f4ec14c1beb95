"""The letterhead: number, place, date, issuer, type, title; and where head, preamble and tail lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from khparse.model.document import Document, Span
from khparse.model.plan import Letterhead
from khparse.rules.kit import Kit
from khparse.structure.issuer import read_issuer
from khparse.structure.lines import Line, is_capitals, printed_lines
from khparse.structure.signature import Ending, read_ending
from khparse.text.fold import key

_HEAD_LINES = 60  # a head longer than this is a covering document
_ORGAN_LENGTH = 80
_FEW = 12  # small letters of a scan's slips: "ỦY BAN NHâN DâN", and of "tỉnh" or "Tp. HCM"
_PLAN = "kế hoạch"
_ABOUT = regex.compile(r"^(?:V/v|v/v|Về việc|VỀ VIỆC|V/V)\s*:?\s*")
_COVER = regex.compile(r"(?:QUYẾT ĐỊNH|TỜ TRÌNH|NGHỊ QUYẾT|CÔNG VĂN|Kính gửi)(?!\p{L})")
_STOP = regex.compile(r"[.;:]$")
_REFERENCE = regex.compile(r"^\(?\s*(?:Ban hành|Kèm|Đính kèm|Dự thảo|DỰ THẢO)", regex.IGNORECASE)

# rules, and what is left of a number: "Số:" with its code set apart, "/KH-SYT"
_NO_ORGAN = regex.compile(r"[\-–—_*]{2,}|\s*[*]\s*$|^\s*Số\s*[:.]?\s*.*$|^\s*[/\-–]\s?\p{Lu}\S*$")

_BELOW_HEAD = regex.compile(r"(?:QUYẾT ĐỊNH|TỜ TRÌNH|NGHỊ QUYẾT|Căn cứ|Điều|CHỦ TỊCH)(?!\p{L})")
_SMALL = regex.compile(r"[a-z]")
_LONG_FIGURE = regex.compile(r"\d{3}")
_BLANKS = regex.compile(r"\s+")
_BANNER = regex.compile(r"ĐOÀN (?:TNCS|THANH NIÊN CỘNG SẢN) HỒ CHÍ MINH")
_LEVEL = regex.compile(r"(?:TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|THỊ TRẤN|TRƯỜNG|BAN CHẤP HÀNH|BCH)(?!\p{L})")


@dataclass(frozen=True, slots=True)
class _Head:
    """The lines over a type line, and what they say."""

    lines: Sequence[Line]
    number: str | None
    date: str | None
    town: str | None


def read_letterhead(document: Document, kit: Kit) -> Letterhead:
    """The plan's own particulars, and where head, preamble and tail lie."""
    text = document.text
    lines = printed_lines(text)
    at = _type_line(lines)
    title, title_end = _title(lines, at, kit)
    head = _read_head(lines[: at if at is not None else _first_section(lines, 0, kit)], kit)
    body = lines[title_end:]
    first = _first_section(lines, title_end, kit)
    preamble = lines[title_end:first]
    start = body[0].span.start if body else len(text)
    ending = _ending(text, start, head)
    number, date, by = _attached(lines[(at or 0) : (at or 0) + 12], head, kit)
    issuer = read_issuer(_organ_lines(head, kit), _said(preamble, kit) or by, head.town, text, kit)
    return Letterhead(
        type=_type(lines, at, head, kit),
        number=number,
        issuer=issuer.name,
        province=issuer.province,
        place=issuer.place,
        district=issuer.district,
        date=date,
        title=title,
        signers=ending.signers,
        recipients=ending.recipients,
        head=Span(0, lines[title_end - 1].span.end if title_end else 0),
        preamble=Span(preamble[0].span.start, preamble[-1].span.end) if preamble else Span(start, start),
        tail=ending.span or Span(len(text), len(text)),
    )


def _type_line(lines: Sequence[Line]) -> int | None:
    """The line "KẾ HOẠCH": the plan's, also where a decision's articles come before it."""
    for index, line in enumerate(lines):
        if line.text[:1] not in "Kk":
            continue
        words = line.text.split()
        if key(" ".join(words[:2])) != _PLAN:
            continue
        if is_capitals(" ".join(words[:2])) or (len(words) == 2 and index < _HEAD_LINES):
            return index
    return None


def _type(lines: Sequence[Line], at: int | None, head: _Head, kit: Kit) -> str | None:
    if at is not None or "/KH" in (head.number or "") or "-KH/" in (head.number or ""):
        return "Kế hoạch"
    return _other_type(lines, kit)


def _other_type(lines: Sequence[Line], kit: Kit) -> str | None:
    """What a document that is no plan calls itself: "CHỈ THỊ" -> "Chỉ thị"."""
    names = {key(name): name for name in kit.references.terms["types"]}
    found = (names.get(key(line.text.rstrip(" :"))) for line in lines[:_HEAD_LINES] if is_capitals(line.text))
    return next((name for name in found if name), None)


def _title(lines: Sequence[Line], at: int | None, kit: Kit) -> tuple[str | None, int]:
    """The title's words and the index of the first line below it."""
    if at is None:
        return None, 0
    rest = " ".join(lines[at].text.split()[2:])
    parts = [rest] if rest else []
    index = at + 1
    while index < len(lines) and _continues(parts, lines[index].text, kit):
        parts.append(lines[index].text)
        index += 1
    while index < len(lines) and parts and _REFERENCE.match(lines[index].text):
        index += 1
    title = _ABOUT.sub("", " ".join(parts)).rstrip(" .;,:")
    return title or None, index


def _continues(parts: list[str], line: str, kit: Kit) -> bool:
    if _REFERENCE.match(line) or kit.letterhead.by_id("letterhead.section-start").pattern.match(line):
        return False
    if not parts:
        return not line.startswith("Căn cứ")
    if _STOP.search(parts[-1]) or _opens_preamble(line, kit):
        return False
    if line[:1].islower() or (is_capitals(parts[-1]) and is_capitals(line)):
        return True
    return len(line) <= 90 and not regex.search(r"[.;:,]$", line)


def _opens_preamble(line: str, kit: Kit) -> bool:
    opening = kit.letterhead.terms["opening"]
    if line.startswith(opening):
        return True
    return kit.letterhead.by_id("letterhead.body-issuer").pattern.search(line) is not None


def _read_head(lines: Sequence[Line], kit: Kit) -> _Head:
    number = date = town = None
    near = lines[:_HEAD_LINES]
    for line, below in zip(near, [*near[1:], None], strict=False):
        found = kit.letterhead.by_id("letterhead.number").pattern.search(line.text)
        if found and found["digits"] and number is None and _is_own(line.text, found, kit):
            number = _number(found["digits"] + found["rest"])
        dated = _dated(line, below, kit)
        if dated and date is None and _stands_free(line.text[: dated.start()], kit):
            date, town = iso(dated["day"], dated["month"], dated["year"]), dated["place"]
    return _Head(lines, number, date, town)


def _is_own(line: str, found: regex.Match[str], kit: Kit) -> bool:
    """Whether a number on a head's line is the document's own: "Kế hoạch số 12/KH-UBND" names another."""
    before = line[: found.start()].strip()
    return _stands_free(before, kit) and not (before and found.group().startswith("s"))


def _stands_free(before: str, kit: Kit) -> bool:
    """Whether words before a number or date on its line are a head's: capitals, the motto, number and date; no sentence."""
    rest = kit.letterhead.compile(r"\s*{motto}\s*").sub(" ", before)
    for rule in ("letterhead.number", "letterhead.date"):
        rest = kit.letterhead.by_id(rule).pattern.sub(" ", rest)
    organ = len(rest) <= _ORGAN_LENGTH and rest.strip().startswith(kit.letterhead.terms["organs"])
    return organ or sum(map(str.islower, rest)) <= _FEW


def _dated(line: Line, below: Line | None, kit: Kit) -> regex.Match[str] | None:
    """The place and date of a line, or of one broken before its year."""
    pattern = kit.letterhead.by_id("letterhead.date").pattern
    found = pattern.search(line.text)
    if found or below is None or "ngày" not in line.text:
        return found
    return pattern.search(f"{line.text} {below.text}")


def _number(words: str) -> str:
    return _BLANKS.sub("", words).replace("–", "-")


def iso(day: str | None, month: str | None, year: str | None) -> str | None:
    """As much of a date as is stated: (None, "5", "2026") -> "2026-05"."""
    if not year:
        return None
    if not month:
        return year
    return f"{year}-{int(month):02}-{int(day):02}" if day else f"{year}-{int(month):02}"


def _organ_lines(head: _Head, kit: Kit) -> list[Line]:
    """The lines of the head that name organs: what is left without motto, number and date."""
    motto = kit.letterhead.compile(r"\s*{motto}\s*")
    organs = []
    for line in head.lines[:_HEAD_LINES]:
        words = motto.sub(" ", line.text)
        for rule in ("letterhead.number", "letterhead.date"):
            words = kit.letterhead.by_id(rule).pattern.sub(" ", words)
        words = _NO_ORGAN.sub("", words).strip(" .,-–*")
        if _BELOW_HEAD.match(words):
            break
        if (
            len(words) > 2
            and not _is_motto(words, kit)
            and is_capitals(_SMALL.sub("", words[:1]) + words[1:])
            and (not _LONG_FIGURE.search(words) or words.startswith("BAN CHỈ ĐẠO"))
        ):
            organs.append(Line(line.span, words))
    return _without_banner(organs)


def _without_banner(organs: list[Line]) -> list[Line]:
    """The Youth Union prints its own name where offices print the motto: it issues nothing, a place follows none."""
    kept = [
        organ
        for organ, below in zip(organs, [*organs[1:], None], strict=False)
        if not _BANNER.fullmatch(organ.text) or (below and _LEVEL.match(below.text))
    ]
    return kept or organs


def _is_motto(words: str, kit: Kit) -> bool:
    """Whether a line is a piece of the motto, broken anywhere: "HỘI CHỦ NGHĨA VIỆT NAM"."""
    return " " in words and any(key(words) in key(motto) for motto in kit.letterhead.terms["motto"])


def _said(preamble: Sequence[Line], kit: Kit) -> str | None:
    """Who issues the plan, as the preamble's last sentence says it."""
    rule = kit.letterhead.by_id("letterhead.body-issuer")
    for line in reversed(preamble):
        for found in rule.finditer(line.text):
            return found["issuer"].strip()
    return None


def _first_section(lines: Sequence[Line], start: int, kit: Kit) -> int:
    pattern = kit.letterhead.by_id("letterhead.section-start").pattern
    return next((i for i in range(start, len(lines)) if pattern.match(lines[i].text)), len(lines))


def _ending(text: str, start: int, head: _Head) -> Ending:
    """The plan's own ending; that of the decision before it where the plan has none."""
    own = read_ending(text, start, len(text))
    if own.signers or own.recipients or not any(_COVER.match(line.text) for line in head.lines):
        return own
    above = read_ending(text, 0, start)
    return Ending(above.recipients, above.signers, None)


def _attached(lines: Sequence[Line], head: _Head, kit: Kit) -> tuple[str | None, str | None, str | None]:
    """Number, date and issuer: the plan's own, else of the document that issues it, as the note under its title says."""
    notes = (found for line in lines for found in kit.letterhead.by_id("letterhead.attached").finditer(line.text))
    note = next(notes, None)
    covered = any(_COVER.match(line.text) for line in head.lines)
    if note is None or ((head.number or head.date) and not covered):
        return head.number, head.date, note["issuer"] if note else None
    number = _number(note["number"]) if note["number"] else head.number
    return number, iso(note["day"], note["month"], note["year"]) or head.date, note["issuer"]
