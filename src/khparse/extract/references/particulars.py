"""What stands around a naming: date, issuer, title, and the part that is meant."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from khparse.extract.references.mentions import Named
from khparse.model.document import Span
from khparse.rules.kit import Kit

_REACH = 160
_LONGEST = 4_000  # no title goes on for longer
_LINE_END = regex.compile(r"[\n\t]")
_TOKENS = regex.compile(r"[“”\"();.,:]| và ")
# what may follow a closing quote and still belong to the title
_GOES_ON = regex.compile(
    r"[ ]*(?:năm[ ]\d|giai đoạn|trên (?:địa bàn|toàn)|của (?:tỉnh|thành phố|huyện|ngành)|tại (?!Quyết|Kế|Công)|đến năm|nhiệm kỳ|thuộc|trong (?:ngành|các|hệ)|ở |và [“\"]|và (?:Kế hoạch|Đề án|Chương trình) (?![\d số]))"
)
_ALIAS = regex.compile(
    r"[ ]*(?:sau đây|gọi|viết|sau gọi|kèm|đính kèm|ban hành kèm|dưới đây|tắt là|từ đây|được|thay thế|đã|do |có |theo |ban hành|Quyết định|Nghị quyết|Kế hoạch|Đề án|Chương trình|Chỉ thị|Nghị định|Thông tư|Luật|QĐ|NQ|KH|CT)",
    regex.IGNORECASE,
)
_CLAUSE = regex.compile(
    r"[ ]*(?:(?:cụ thể|như sau|với|đề nghị|yêu cầu|trong đó|nhằm|để|theo|trên cơ sở|của|căn cứ|cũng như|đồng thời|góp phần|từng bước|tham mưu|đảm bảo|bảo đảm|ngày|báo cáo|chịu trách nhiệm|phấn đấu|thì|gồm|bao gồm|là|được|đã|trường hợp|nội dung cụ thể|các cơ quan|các đơn vị|các sở|giao|trình|gửi|tiếp tục|chủ động|phối hợp|chủ trì|tổ chức triển khai|xây dựng kế hoạch|lồng ghép|phù hợp|gắn|tạo|hoàn thành|trước ngày|kịp thời|ban hành kế hoạch|thuộc phạm vi|từ đó)(?!\p{L})"
    r"|(?-i:(?:Ủy ban|Uỷ ban|UBND|Sở|Bộ|Phòng|Trường|Ban|Công an|Văn phòng|Hội|Tỉnh|Huyện|Thành|Đảng|Liên|Đoàn)(?!\p{L}))[^;.\n]{0,110}?[ ](?:ban hành|xây dựng|đề nghị|yêu cầu|giao|tổ chức|triển khai|báo cáo|thông báo|hướng dẫn|đã|chỉ đạo|phối hợp|chủ trì|tham mưu)(?!\p{L})"
    r"|(?-i:\p{Lu}\p{Ll}+(?: \p{Ll}+){1,4}) (?:số )?\d{1,5}[ ]?[/\-]|(?-i:Luật|Bộ luật)(?!\p{L}))",
    regex.IGNORECASE,
)
_NEXT = regex.compile(
    r"(?:số[ ]\d{1,5}[ ]?[/\-]|(?-i:\p{Lu})[\p{L} ]{3,30}(?:số[ ]|\d{1,5}[/\-])|[^,;\n]{0,80}[ ]tại[ ](?-i:\p{Lu})[\p{L} ]{3,20}số[ ])",
    regex.IGNORECASE,
)
_SENTENCE = regex.compile(r"(?:[ ]+[\p{Lu}“\-+]|\s*$|[ ]*\n|/)")
_AMENDS = regex.compile(r"(?:về )?(?:việc )?sửa đổi", regex.IGNORECASE)
_WITH_COMMAS = regex.compile(
    r"(?-i:Ban Chỉ đạo|BCĐ) [Pp]hòng,? chống [^,;.()\n]{3,60}?(?: của \p{Lu}[^,;.()\n]{3,30}?)?(?=[,;.()\n]|$| (?:về|ban hành|triển khai|ngày))"
    r"|(?:(?:Bộ trưởng|Giám đốc) )?(?:Bộ|Sở) V[ăa]n h(?:óa|oá), Thể thao(?:,| và) Du lịch(?: (?:tỉnh|thành phố) \p{Lu}\p{L}+(?: \p{Lu}\p{L}+){0,3})?"
)
# "UBND huyện Châu Thành, tỉnh Đồng Tháp"
_WITHIN = regex.compile(
    r"(?<=(?:huyện|quận|thị xã|xã|phường|thị trấn|TP\.?|thành phố)(?: \p{Lu}[\p{L}’']*){1,4}),(?: (?:huyện|quận|thị xã|tỉnh|thành phố|TP\.?)(?: \p{Lu}[\p{L}’']*){1,4},?){1,2}(?<!,)"
)
# a joint circular's issuers
_JOINT = regex.compile(
    r"(?:[Ll]iên (?:Bộ|bộ|ngành|Sở|sở|cơ quan)|(?:Bộ|Sở|Ủy ban|Ban|Đoàn|Hội|Ngân hàng|Thanh tra|Tòa án|Viện)[^\n\t;.()“”\"]{3,80}?(?:,| và| -| –) (?:Bộ|Sở|Ủy ban|Ban|Hội|Ngân hàng|Thanh tra|Tòa án|Viện))"
    r"[^\n\t;.()“”\"]{3,120}?(?=,? (?:về|hướng dẫn|quy định|ban hành|sửa đổi|thực hiện|triển khai|phối hợp)(?!\p{L})|[;.(“\"\n]|$)"
)
_TERM = regex.compile(
    r"[ ,]{0,2}\(?(?:[Kk]hóa|[Kk]hoá)[ ][IVXLC\d]{1,6}\)?(?:,?[ ][Kk]ỳ họp (?:thứ )?(?:\d{1,2}|chuyên đề|bất thường|(?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)(?:[ ](?:một|hai|ba|bốn|tư|lăm|sáu|bảy|tám|chín|mươi))?))?|[ ]?\((?:gọi tắt|sau đây)[^()\n]{0,90}\)"
)
_PASSED = regex.compile(r"[ ,]{1,2}(?:đã[ ])?được[ ]Quốc hội[^,;.\n]{0,60}?thông qua(?=[ ,]{1,2}(?:vào[ ])?ngày[ ]\d)")
_OF_ANOTHER = regex.compile(r"(?<!\p{L})(?:sửa đổi|bổ sung|ban hành|quy định|hướng dẫn)(?!\p{L})")
_HEAD_OF = regex.compile(
    r"^(?:(?:Tổng )?Giám đốc|Thủ trưởng|(?:Cục|Vụ|Chi cục|Viện) trưởng|Chánh(?= Văn phòng| Thanh tra)|Trưởng(?= phòng| ban| Công an))\s+(?=\p{L})"
)
_DATED = regex.compile(r"[ ]ngày[ ]\d")
_CENTRAL_TERM = regex.compile(r"[ ,]{1,2}(?:khóa|khoá)[ ][IVXLC]{1,6}(?!\p{L})")
_LAW_YEAR = regex.compile(r"[ ](?P<year>(?:19|20)\d{2})(?![\d/\-])")
_ENUMERATES = regex.compile(r"[ ]+(?:việc|quy định|hướng dẫn)[ ]")


@dataclass(frozen=True, slots=True)
class Mention:
    """A naming with what its sentence says of the document. `span` ends with date and issuer, where they stand."""

    named: Named
    span: Span
    date: str | None
    issuer: str | None
    title: Span | None
    pinpoint: str | None

    @property
    def nests(self) -> Span:
        """The words in which other documents are named as part of this one's title."""
        return self.title or Span(self.span.end, self.span.end)


def describe(text: str, named: Named, starts: list[int], kit: Kit, *, formal: bool, title_stop: int = 0) -> Mention:
    """The particulars after and before a naming; `formal` in title and preamble, where sentences are only citations.

    `title_stop` is the end of the plan's own title, which has several lines and is one citation.
    """
    line_end = _line_end(text, named.span.end)
    date, issuer, end = _after(text, named, line_end, kit)
    title = named.title or _title(
        text, end, max(line_end, title_stop), starts, kit, free=formal or bool(date or issuer)
    )
    if named.title and named.rule.id != "references.amending-law":
        end = max(end, named.title.end)
    issuer = issuer or named.by or _source(text, named.span.start, kit)
    return Mention(
        named, Span(named.span.start, end), date or _iso(named.date), issuer, title, _pinpoint(text, named, kit)
    )


def iso_date(match: regex.Match[str]) -> str:
    """A date as much as is stated; one that cannot be is kept: "31/02/2023" -> "2023-02-31"."""
    day, month, year = match["day"], match["month"], match["year"]
    if not month:
        return str(year)
    return f"{year}-{int(month):02}-{int(day):02}" if day else f"{year}-{int(month):02}"


def _iso(words: str | None) -> str | None:
    found = regex.search(r"(\d{1,2})\D{1,9}(\d{1,2})\D{1,9}(\d{4})", words or "")
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else None


def _line_end(text: str, start: int) -> int:
    found = _LINE_END.search(text, start, start + _LONGEST)
    return found.start() if found else min(len(text), start + _LONGEST)


def _after(text: str, named: Named, line_end: int, kit: Kit) -> tuple[str | None, str | None, int]:
    """Date and issuer, in either order, and where they end."""
    date = issuer = None
    end = named.span.end
    year = _LAW_YEAR.match(text, end, line_end) if named.rule.data.label == "law" else None
    if year:
        return year["year"], None, year.end()
    passed = _PASSED.match(text, end, line_end) if named.rule.data.label == "law" else None
    if passed and (day := kit.references.by_id("references.date").pattern.match(text, passed.end(), line_end)):
        return iso_date(day), None, end
    for _ in range(3):
        dated = kit.references.by_id("references.date").pattern.match(text, end, line_end) if date is None else None
        if dated:
            date, end = iso_date(dated), dated.end()
            continue
        issued = (
            kit.references.by_id("references.issuer").pattern.match(text, end, line_end) if issuer is None else None
        )
        if not issued:
            break
        issuer = _whole_name(text, issued, line_end, kit, joint="liên" in named.type)
        end = issued.start("issuer") + len(issuer)
    return date, issuer, end


def _whole_name(text: str, issued: regex.Match[str], line_end: int, kit: Kit, *, joint: bool) -> str:
    """An issuer's name goes on over commas and a committee's field: "Bộ Văn hóa, Thể thao và Du lịch"."""
    start = issued.start("issuer")
    long = (_JOINT.match(text, start, line_end) if joint else None) or _WITH_COMMAS.match(text, start, line_end)
    if long:
        return long.group()
    name = issued["issuer"].rstrip()
    if within := _WITHIN.match(text, start + len(name), line_end):
        return name + within.group()
    if name.startswith("Ban Chấp hành Trung ương") and (term := _CENTRAL_TERM.match(text, start + len(name), line_end)):
        return name + term.group()
    if not any(word in name for word in kit.references.terms["steered"]):
        return name
    steered = kit.references.by_id("references.steered").pattern.match(text, start + len(name), line_end)
    return name + (steered.group().rstrip(" ,") if steered else "")


def _source(text: str, start: int, kit: Kit) -> str | None:
    """The sender named before: "đề nghị của Sở Y tế tại Tờ trình số …"; its head signs for the office."""
    near = max(0, start - _REACH, text.rfind("\n", 0, start) + 1)
    for found in kit.references.by_id("references.source").pattern.finditer(text, near, min(len(text), start + 40)):
        if found.end() == start:
            office = _HEAD_OF.sub("", str(found["issuer"]))
            if _OF_ANOTHER.search(office):
                return None  # "… của Bộ trưởng Bộ X sửa đổi Chương trình ban hành kèm theo Thông tư số …"
            return office[:1].upper() + office[1:]
    return None


def _pinpoint(text: str, named: Named, kit: Kit) -> str | None:
    near = max(0, named.span.start - _REACH, text.rfind("\n", 0, named.span.start) + 1)
    found = kit.references.by_id("references.pinpoint").pattern.search(text, near, named.span.start)
    return " ".join(found["part"].split()).removeprefix("các ") if found else None


def _title(text: str, end: int, line_end: int, starts: list[int], kit: Kit, *, free: bool) -> Span | None:
    opened = kit.references.by_id("references.title").pattern.match(text, _past_term(text, end, line_end), line_end)
    # after a comma a verb goes on with the plan's own sentence: "…, bảo đảm tiến độ"
    if not opened or (opened["doing"] and (not free or "," in text[end : opened.start("title")])):
        return None
    start = opened.start("title")
    close = _title_end(text, start, line_end, starts)
    stop = start + len(text[start:close].rstrip(" ./;,:-"))
    return Span(start, stop) if stop - start > 6 else None


def _past_term(text: str, end: int, line_end: int) -> int:
    """Past a body's term of office: "… khóa XI", "(khóa XII)"."""
    term = _TERM.match(text, end, line_end)
    return term.end() if term else end


def _title_end(text: str, start: int, line_end: int, starts: list[int]) -> int:
    """Where a title ends: at ";", at a sentence's end, at a clause of the plan's own, after a closing quote."""
    quoted = brackets = 0
    for token in _TOKENS.finditer(text, start, line_end):
        mark, at = token.group(), token.start()
        if mark in '“”"':
            quoted = 0 if mark == "”" or (mark == '"' and quoted) else 1
            if not quoted and not _GOES_ON.match(text, token.end(), line_end):
                return token.end()
        elif quoted:
            continue
        elif mark == "(" and (brackets or not _ALIAS.match(text, token.end(), line_end)):
            brackets += 1
        elif mark == ")" and brackets:
            brackets -= 1
        elif not brackets and _ends(text, mark, token, start, line_end, starts):
            return at
    return line_end


def _ends(text: str, mark: str, token: regex.Match[str], start: int, line_end: int, starts: list[int]) -> bool:
    after = token.end()
    if mark == ";":
        return not _ENUMERATES.match(text, after, line_end)
    if mark == ".":
        return bool(_SENTENCE.match(text, after, line_end))
    if mark == ",":
        # a law that changes several others names them all
        several = _AMENDS.match(text, start) and regex.match(r" (?:Luật|Bộ luật)", text[after : after + 8])
        # the Party's "Nghị quyết số 25-NQ/TW, ngày 03/6/2013" inside a title
        dated = _DATED.match(text, after, line_end) and any(start < other < token.start() for other in starts)
        return bool(_CLAUSE.match(text, after, line_end)) and not several and not dated
    if mark == " và ":
        nested = any(start < other < token.start() for other in starts)
        return bool(_NEXT.match(text, after, line_end)) and not nested
    return True
