"""Who issues a plan and for which place, from the head's lines or from what the preamble says."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice

import regex

from khparse.rules.kit import Kit
from khparse.structure.casing import sentence_case
from khparse.structure.lines import Line, is_capitals

_LEVEL = r"(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)"
_PLACE = regex.compile(rf"(?<!\p{{L}}){_LEVEL}\s+(?!ủy|uỷ|đoàn|hội)\p{{Lu}}[\p{{L}}\d\s'\-–]*$", regex.IGNORECASE)
_UNFINISHED = regex.compile(r"(?:\b(?:VÀ|[ỦU][YỶ] BAN NHÂN|CỦA|CÁC)|[,&\-–])$", regex.IGNORECASE)
_LEVEL_LINE = regex.compile(rf"{_LEVEL}\s+(?!ỦY\b|UỶ\b|ĐOÀN\b|HỘI\b)", regex.IGNORECASE)
# a centre of one kind in every place is told by its place, as a school is by its name
_PLACED = ("Trung tâm Y tế", "Trung tâm Kiểm soát bệnh tật", "Trung tâm Chuyển đổi số", "Trung tâm Dịch vụ việc làm")
_COMMITTEE = regex.compile(r"(?:ủy|uỷ)(?!\p{L})(?! ban nhân)|mặt trận|đoàn|hội(?! đồng)", regex.IGNORECASE)
_NATIONAL = regex.compile(
    r"(?:bộ|chính phủ|quốc hội|thủ tướng|tổng cục|cục|văn phòng chính phủ|ngân hàng nhà nước|kiểm toán)(?!\p{L})(?! chỉ huy)",
    regex.IGNORECASE,
)
# a body of the whole country or of several provinces, which sits in Hà Nội without being the city's
_CENTRAL = regex.compile(
    r"(?<!\p{L})(?:điều phối vùng|quốc gia|trung ương|tối cao|nhà nước|Việt Nam)(?!\p{L})", regex.IGNORECASE
)
_CAPITAL = "Hà Nội"
_ANY_LEVEL = regex.compile(
    rf"(?<!\p{{L}})(?:{_LEVEL}|thành|thị|huyện|quận)\s+(?!hội(?!\p{{L}}))\p{{L}}", regex.IGNORECASE
)
# a committee that is named by its level and its place: "HUYỆN ỦY TRÀ CÚ", "THỊ ĐOÀN HƯƠNG THỦY"
_OWN_COMMITTEE = regex.compile(
    r"(?<!\p{L})(?P<level>tỉnh|thành|huyện|quận|thị)\s+(?:ủy|uỷ|đoàn)\s+(?P<place>\p{Lu}[\p{L}\d\s'\-–]*)$",
    regex.IGNORECASE,
)
# a union's board that is called by its place alone, the union itself in the line above
_BOARD_OF_PLACE = regex.compile(rf"(?P<board>Ban (?:Thường vụ|Chấp hành))\s+(?:Đoàn\s+)?{_LEVEL}\s.+", regex.IGNORECASE)
_OF_VIET_NAM = regex.compile(r"(?P<union>(?:Hội|Đoàn) .+?)(?: Việt Nam)?")
# the place of a place: "QUẬN NINH KIỀU THÀNH PHỐ CẦN THƠ" is called by the first
_OUTER = regex.compile(
    rf"(?<=(?<!\p{{L}}){_LEVEL}\s\S.+?)[\s,\-–]+{_LEVEL}\s+(?!ủy|uỷ|đoàn|hội)\S.*$", regex.IGNORECASE
)
_DISTRICT = regex.compile(
    r"(?<!\p{L})(?:huyện|quận|thị xã)\s+(?!ủy|uỷ|đoàn|hội)\p{Lu}[\p{L}\d\s'\-–]*$", regex.IGNORECASE
)
_LEVEL_OF_COMMITTEE = {"tỉnh": "tỉnh", "thành": "thành phố", "huyện": "huyện", "quận": "quận", "thị": "thị xã"}
# the youth union's own name is no place
_UNION = regex.compile(r"(?:TNCS|thanh niên cộng sản)\s+Hồ Chí Minh", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Issuer:
    """Full name, jurisdiction as it follows an office's name, bare province; the district above a commune."""

    name: str | None
    place: str | None
    province: str | None
    district: str | None = None


_CONTINUES = regex.compile(r"(?:VÀ|PHÒNG,? CHỐNG|CHỐNG|PHÒNG NGỪA)(?!\p{L})")


def read_issuer(head: list[Line], said: str | None, town: str | None, text: str, kit: Kit) -> Issuer:
    """The issuer from the organ lines of a head; `said` is what the preamble calls it, `town` the place of the date.

    ["UBND TỈNH LÀO CAI", "SỞ CÔNG THƯƠNG"] -> "Sở Công Thương tỉnh Lào Cai", "tỉnh Lào Cai", "Lào Cai".
    """
    organs = _joined([line.text for line in head], kit)
    own, parents = _own_and_parents(organs)
    name = _OUTER.sub("", own or said or "") or None
    if name is None:
        return Issuer(None, None, kit.naming.province_in(town or ""))
    if _is_national(name, parents, town, kit):
        return Issuer(kit.naming.normal(sentence_case(name, text, kit)), None, None)
    province = _province([*reversed(organs), said or "", town or ""], text, kit)
    place = _jurisdiction([name, *reversed(parents), said or ""], province, kit)
    above = next((found for line in reversed(parents) if (found := _district(line))), None)
    district = _place_case(above, kit) if above else None
    return Issuer(_full(name, parents, place, province, text, kit), place, province, district)


def _is_national(name: str, parents: list[str], town: str | None, kit: Kit) -> bool:
    """Whether an issuer is of no province: a ministry, or a body of the country dated in the capital."""
    if kit.naming.province_in(name):
        return False
    if _NATIONAL.match(name):
        return True
    organs = [*parents, name]
    of_a_place = any(_ANY_LEVEL.search(line) or kit.naming.province_in(line) for line in organs)
    return bool(_CENTRAL.search(name)) and kit.naming.province_in(town or "") == _CAPITAL and not of_a_place


def _district(line: str) -> str | None:
    """The district that an organ above is of: "UBND HUYỆN TRÀ CÚ", "HUYỆN ỦY TRÀ CÚ" -> "HUYỆN TRÀ CÚ"."""
    if found := _DISTRICT.search(line):
        return found.group()
    committee = _OWN_COMMITTEE.search(line)
    level = _LEVEL_OF_COMMITTEE[committee["level"].lower()] if committee else ""
    return f"{level} {committee['place'].strip()}" if committee and level in {"huyện", "quận", "thị xã"} else None


def _joined(lines: list[str], kit: Kit) -> list[str]:
    """Organ lines with the breaks inside a name undone: "ỦY BAN NHÂN DÂN" + "TỈNH CÀ MAU"; a new organ opens its own."""
    opens = kit.letterhead.compile(r"{organs}(?!\p{L})")
    out: list[str] = []
    for line in lines:
        continues = (
            _LEVEL_LINE.match(line)
            or _CONTINUES.match(line)
            or not opens.match(line)
            or _is_unfinished(out[-1] if out else "")
        )
        if out and continues:
            out[-1] = f"{out[-1]} {line}"
        else:
            out.append(line)
    return out


def _is_unfinished(line: str) -> bool:
    return bool(_UNFINISHED.search(line))


def _own_and_parents(organs: list[str]) -> tuple[str | None, list[str]]:
    if not organs:
        return None, []
    return organs[-1], organs[:-1]


def _full(name: str, parents: list[str], place: str | None, province: str | None, text: str, kit: Kit) -> str:
    naming = kit.naming
    own = naming.normal(sentence_case(name, text, kit))
    above = naming.normal(sentence_case(parents[-1], text, kit)) if parents else ""
    board = _BOARD_OF_PLACE.fullmatch(own)
    if board and (union := _OF_VIET_NAM.fullmatch(above)):
        return f"{board['board']} {union['union']} {place}"
    if own.startswith(("Ban ", "Văn phòng", "Ủy ban Kiểm tra", "Thường trực")) and _takes_parent(own, above):
        return f"{own} {naming.full_name(above, None, place, province)}"
    if own.startswith(("Trường ", "Trung tâm ")) and not own.startswith(_PLACED):
        return own
    return naming.full_name(own, None, place, province)


def _takes_parent(own: str, above: str) -> bool:
    """A board of a party committee, of the Front or of a council is named with it; one of an Ủy ban nhân dân with the place only."""
    if _PLACE.search(own):
        return False
    if above.startswith("Ủy ban nhân dân"):
        return own == "Văn phòng"
    return above.startswith("Hội đồng nhân dân") or bool(_COMMITTEE.search(above))


def _jurisdiction(names: list[str], province: str | None, kit: Kit) -> str | None:
    for name in names:
        found = _PLACE.search(kit.naming.expand(_UNION.sub("", name)))
        if found:
            return _place_case(found.group(), kit)
        committee = _OWN_COMMITTEE.search(name)
        if committee:
            level = _LEVEL_OF_COMMITTEE[committee["level"].lower()]
            return _place_case(f"{level} {committee['place'].strip()}", kit)
    return kit.naming.phrase(province) if province else None


def _place_case(phrase: str, kit: Kit) -> str:
    province = kit.naming.province_in(phrase)
    if province and regex.match(r"(?:tỉnh|thành phố|tp)", phrase, regex.IGNORECASE):
        return kit.naming.phrase(province)
    level = regex.match(_LEVEL, phrase, regex.IGNORECASE)
    at = level.end() if level else 0
    name = " ".join(word.capitalize() if is_capitals(word) else word for word in phrase[at:].split())
    return f"{phrase[:at].lower()} {name}"


def _province(names: list[str], text: str, kit: Kit) -> str | None:
    for name in names:
        found = kit.naming.province_in(_UNION.sub("", name))
        if found:
            return found
    named = regex.finditer(r"(?:tỉnh|[Tt]hành phố)\s+(?=\p{Lu})", text)
    places = (kit.naming.province_in(text[m.start() : m.end() + 24]) for m, _ in zip(named, range(400), strict=False))
    counts = Counter(name for name in places if name)  # "thành phố Long Xuyên" names none
    best = counts.most_common(1)
    return best[0][0] if best else _province_of_offices(text, kit)


def _province_of_offices(text: str, kit: Kit) -> str | None:
    """The one province whose offices a plan names without its level: "hướng dẫn của Sở Y tế Thanh Hóa"."""
    named = islice(kit.letterhead.by_id("letterhead.provincial-office").finditer(text), 40)
    found = {province for match in named if (province := kit.naming.province_in(match["name"]))}
    return found.pop() if len(found) == 1 else None
