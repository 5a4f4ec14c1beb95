"""The word lists of rules/offices.toml as patterns: what opens, heads, fills, stops and closes an office's name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

import regex

from khparse.rules.load import RuleBook
from khparse.text.alternatives import any_of

_FLAGS = regex.V0


@dataclass(frozen=True)
class OfficeWords:
    """Each list compiled when it is first needed, once in a process."""

    book: RuleBook

    @classmethod
    def of(cls, book: RuleBook) -> OfficeWords:
        """The words of one book."""
        return _words_of(book)

    def _terms(self, name: str, *, ignore_case: bool = False) -> regex.Pattern[str]:
        flags = _FLAGS | (regex.IGNORECASE if ignore_case else 0)
        words = any_of(self.book.terms[name])
        if ignore_case:
            words = rf"(?!(?-i:{any_of(self.book.terms['not_offices'])})(?!\p{{L}})){words}"
        return regex.compile(words + r"(?![\p{L}\d])", flags)

    @cached_property
    def openers(self) -> regex.Pattern[str]:
        """Such as "các", "tất cả các"."""
        return self._terms("openers")

    @cached_property
    def persons(self) -> regex.Pattern[str]:
        """Such as "Giám đốc", "Chủ tịch": persons who stand for the office they head."""
        return self._terms("persons")

    @cached_property
    def heads(self) -> regex.Pattern[str]:
        """Such as "Sở", "Văn phòng"; not "Tổ chức", "Hội nghị"."""
        other = any_of(self.book.terms["not_offices"])
        small = any_of(self.book.terms["small_heads"])
        heads = any_of(self.book.terms["heads"])
        return regex.compile(rf"(?!{other}(?!\p{{L}}))(?:{heads}(?![\p{{L}}\d])|{small}(?=[ ]\p{{Lu}}))", _FLAGS)

    @cached_property
    def chain(self) -> regex.Pattern[str]:
        """Such as "sở", "ban", "ngành": they join into one collective."""
        return self._terms("chain", ignore_case=True)

    @cached_property
    def kinds(self) -> regex.Pattern[str]:
        """Such as "doanh nghiệp", "trường học": each is one of its own."""
        return self._terms("kinds", ignore_case=True)

    @cached_property
    def fields(self) -> regex.Pattern[str]:
        """Such as "Văn hóa, Thể thao và Du lịch"."""
        return self._terms("fields")

    @cached_property
    def stops(self) -> regex.Pattern[str]:
        """Such as Verbs and what else ends a name: "tham mưu", "theo"."""
        return self._terms("stops")

    @cached_property
    def function(self) -> regex.Pattern[str]:
        """What no name has in it, be it a cell's or a sentence's: verbs of two syllables, "để", "theo"; not "quy"."""
        words = tuple(word for word in self.book.terms["stops"] if " " in word) + self.book.terms["function"]
        nominal = any_of((*self.book.terms["nominal"], *self.book.terms["inner"]))
        return regex.compile(rf"(?!(?i:{nominal})(?![\p{{L}}\d])){any_of(words)}(?![\p{{L}}\d])", _FLAGS)

    @cached_property
    def deeds(self) -> regex.Pattern[str]:
        """Such as "chủ trì", "bốc thăm": what no office has in its name."""
        return regex.compile(any_of(self._deeds) + r"(?![\p{L}\d])", _FLAGS)

    @cached_property
    def _deeds(self) -> tuple[str, ...]:
        """The deeds, and every verb of two syllables that no name ends with."""
        inside = {word.lower() for word in (*self.book.terms["nominal"], *self.book.terms["inner"])}
        verbs = (word for word in self.book.terms["stops"] if " " in word and word not in inside)
        return (*self.book.terms["deeds"], *verbs)

    @cached_property
    def deed_within(self) -> regex.Pattern[str]:
        """The same anywhere in words."""
        return regex.compile(rf"(?<!\p{{L}}){any_of(self._deeds)}(?!\p{{L}})", _FLAGS)

    @cached_property
    def matters(self) -> regex.Pattern[str]:
        """Such as "Kết quả", "Chế độ": they head what is to be done, and no office."""
        return self._terms("matters", ignore_case=True)

    @cached_property
    def others(self) -> regex.Pattern[str]:
        """Such as "Hội thi", "Đội hình": they begin like an office's name and are none."""
        return self._terms("not_offices")

    @cached_property
    def pairs(self) -> regex.Pattern[str]:
        """Such as "báo, đài"."""
        return self._terms("pairs", ignore_case=True)

    @cached_property
    def inner(self) -> regex.Pattern[str]:
        """What stops other names but belongs to these: "chuyển đổi số", "Công nghệ thông tin"."""
        return regex.compile(any_of(self.book.terms["inner"]) + r"(?![\p{L}\d])", _FLAGS | regex.IGNORECASE)

    @cached_property
    def titled(self) -> regex.Pattern[str]:
        """Verbs of two syllables and more as a name writes them, with a capital: "Đào tạo", "Kiểm tra"."""
        words = tuple(word for word in (*self.book.terms["stops"], *self.book.terms["nominal"]) if " " in word)
        return regex.compile(any_of(words) + r"(?![\p{L}\d])", _FLAGS | regex.IGNORECASE)

    @cached_property
    def nominal(self) -> regex.Pattern[str]:
        """Words of work that names end with too: "tổng hợp" in "Đội Tham mưu tổng hợp"."""
        return self._terms("nominal")

    @cached_property
    def predicates(self) -> regex.Pattern[str]:
        """Such as "chủ trì", "chịu trách nhiệm": a name stands before them."""
        return self._terms("predicates")

    @cached_property
    def grouped_heads(self) -> regex.Pattern[str]:
        """Heads behind "các", written small as well: "các khoa", "các huyện uỷ"."""
        other = any_of(self.book.terms["not_offices"])
        heads = any_of(self.book.terms["heads"])
        return regex.compile(
            rf"(?!{other}(?!\p{{L}}))(?!(?i:{other})(?!\p{{L}})){heads}(?![\p{{L}}\d])", _FLAGS | regex.IGNORECASE
        )

    @cached_property
    def areas(self) -> regex.Pattern[str]:
        """Such as " các huyện, thị xã, thành phố"."""
        head = any_of(self.book.terms["heads"]) + r"(?![\p{L}\d])"
        area = rf"(?!{head}|xã[ ]hội){any_of(self.book.terms['areas'])}(?![\p{{L}}\d])"
        joint = r"(?:,[ ]?|[ ]và[ ]|[ ]?/[ ]?|[ ]-[ ])"
        return regex.compile(rf"[ ](?:(?:của|tại|ở)[ ])?(?:các[ ])?{area}(?:{joint}{area})*", _FLAGS)

    @cached_property
    def ranks(self) -> regex.Pattern[str]:
        """Such as " Tiểu học, THCS, THPT"."""
        rank = any_of(self.book.terms["ranks"]) + r"(?![\p{L}\d])"
        return regex.compile(rf"[ ]{rank}(?:(?:,[ ]?|[ ]và[ ]|[ ]-[ ]){rank})*", _FLAGS)

    @cached_property
    def complete(self) -> regex.Pattern[str]:
        """Such as " đại diện cha mẹ học sinh": behind it a name goes on with a place at most."""
        return regex.compile(r"[ ]" + any_of(self.book.terms["whole"]) + r"(?![\p{L}\d])", _FLAGS)

    @cached_property
    def tail(self) -> regex.Pattern[str]:
        """Such as " có liên quan", " trên địa bàn tỉnh"."""
        return regex.compile(
            r"[ ](?:(?:có|khác có)[ ])?liên quan\b(?:[ ]khác)?(?:[ ](?:của|thuộc|trên địa bàn)[ ](?:tỉnh|xã|thành phố|huyện|Sở)\b)?"
            r"|[ ](?:trên địa bàn|trong|toàn|của)[ ](?:toàn[ ])?(?:tỉnh|Tỉnh|thành phố|Thành phố|huyện|xã|phường|ngành|trường|cụm)\b(?:[ ]\p{Lu}\p{L}{1,7}){0,4}"
            r"|[ ](?:trong|ngoài)[ ](?:các[ ])?(?:khu|cụm)[ ](?:công nghiệp|kinh tế|chế xuất)\b"
            r"|[ ](?:ở|tại)[ ](?:địa phương|cơ sở|trung ương|Trung ương)\b"
            r"|[ ](?:đóng|đứng)[ ](?:chân[ ]|quân[ ])?(?:trên|tại)[ ]địa bàn(?:[ ](?:tỉnh|xã|thành phố|huyện|phường)\b)?"
            r"|[ ](?:trong|thuộc)[ ](?:toàn[ ])?(?:vùng|khu vực)\b"
            r"|[ ](?:các cấp|cùng cấp|các lớp|các khối lớp|khác)\b"
            r"|[ ]trực thuộc(?:[ ][Tt]rung ương\b|(?=[ ]?[:;,.(]|[ ]\p{Ll}|$))(?![ ](?:các|huyện|tỉnh|thành|xã|phường|sở|bộ|đảng|quận|thị)\b)"
            r"|[ ](?:[-–][ ])?[Cc]hi nhánh(?:[ ](?:tỉnh|huyện|thành phố|khu vực)\b)?(?:[ ]\p{Lu}\p{L}{0,7}){0,4}"
            # "Ban điều hành khu phố 1, 2 và 3"
            r"|(?<=[ ](?:số|phố|ấp|thôn|tổ|đội|bản|xóm))[ ]\d{1,3}(?:(?:,[ ]?|[ ]và[ ]|[ ]?[-–][ ]?)\d{1,3}){0,20}(?![\d/])",
            _FLAGS,
        )

    @cached_property
    def under(self) -> regex.Pattern[str]:
        """Such as " thuộc", " của": a name of another office follows."""
        return regex.compile(r"[ ](?:trực thuộc|thuộc|của)(?=[ ])", _FLAGS)


@cache
def _words_of(book: RuleBook) -> OfficeWords:
    return OfficeWords(book)
