"""Offices as a plan writes them: which names a list, a sentence or a value holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise, takewhile
from pathlib import Path

import regex

from khparse.extract.offices.doubts import Doubts
from khparse.extract.offices.grammar import LONGEST_BODY, SEPARATOR, NameGrammar
from khparse.extract.offices.words import OfficeWords
from khparse.model.document import Span
from khparse.rules.load import RuleBook

_FLAGS = regex.V0
_WORD = regex.compile(r"(?:[ ]|[ ]?[-–&][ ]?)(?P<word>[\p{L}\d](?:[\p{L}\d&]|[.\-–/’](?=[\p{L}\d]))*)", _FLAGS)
# "Phó Hiệu trưởng phụ trách chuyên môn"
_CHARGE = regex.compile(r"[ ]phụ trách(?:[ ][\p{L}\d]+){1,5}(?=[ ]*(?:[,;.(:]|$))", _FLAGS)
_SHARED_HEAD = regex.compile(
    r"(?:(?:[Cc]ác|[Gg]iám đốc các|[Tt]hủ trưởng các)[ ])?(?P<head>[Ss]ở|[Bb]ộ|[Pp]hòng)(?:[ ]?:)?[ ]", _FLAGS
)
# which of many: "các đơn vị có thủ tục hành chính", "các doanh nghiệp tham gia Đề án"
_OF_WHICH = regex.compile(r"(?:có|tham gia|được)(?!\p{L})", _FLAGS)
# fields of ministries that no Sở has
_MINISTRY = regex.compile(r"(?:Quốc phòng|Công an|Ngoại giao)(?![ ]\p{Lu}|[ ](?:tỉnh|huyện|xã|thành|các))", _FLAGS)
_SHARED_JOINT = regex.compile(r",[ ]|[ ]và[ ]|;[ ]", _FLAGS)
# "UBND các huyện: Mường Chà, Tủa Chùa", "Công an các xã Bình Minh, Tân Lập và phường Phú Xuân"
_KIND = "(?:tỉnh|huyện|thị xã|thành phố|quận|xã|phường|thị trấn|đặc khu)"
_PLACE_NAME = r"\p{Lu}[\p{L}'’]*(?:[ -]\p{Lu}[\p{L}'’]*){0,4}(?![\p{L}\d])"
_SHARED_PLACES = regex.compile(
    rf"[ ]các[ ](?P<kind>{_KIND})(?P<colon>[ ]?:)?[ ](?P<place>{_PLACE_NAME})"
    rf"(?:(?:,[ ]|[ ]và[ ]|;[ ])(?P<place>(?:{_KIND}[ ])?{_PLACE_NAME}))+",
    _FLAGS,
)
_NAME_REST = regex.compile(r"(?:,?[ ](?:và[ ]|[-–][ ])?[\p{L}\d/&-]+){1,9}", _FLAGS)
_HARD_BREAK = regex.compile(
    r"[;\n]|(?<!\b(?:P|K|BV|TP|Tp|TX|TT|Q|H|Đ/c|đ/c|BS|Ths|ThS|TS))\.(?=[ ]+\p{Lu}|$|[ ]*$)|(?<=[\p{L})])[ ]+[+•][ ]+",
    _FLAGS,
)
_BRACKET = regex.compile(r"[ ]*\([^()\n]{0,200}\)?", _FLAGS)
_WORD_START = regex.compile(r"(?<![\p{L}\d/&-])\p{L}", _FLAGS)
_ROLE = regex.compile(
    r"[ ,]+(?:là[ ]|làm[ ])?(?:chủ trì|đầu mối|thực hiện|tham mưu|phụ trách|chịu trách nhiệm|phối hợp|triển khai)\b",
    _FLAGS,
)
_LAST_BRACKET = regex.compile(r"[ ]*\([^()]*\)?$", _FLAGS)
_PAUSE = regex.compile(r"[ ]*,?[ ]*", _FLAGS)
_NEXT = regex.compile(r"[^;\n]{0,160}?(?:,[ ]|[ ]và[ ])(?=[\p{Lu}])", _FLAGS)  # a list that goes on
_MANY = regex.compile(r"[Cc]ác|[GgTt]", _FLAGS)
_DUTY = regex.compile(r"[ ](?:chủ trì|(?:có|chịu) trách nhiệm|có nhiệm vụ|(?:là|làm) đầu mối|tham mưu)\b", _FLAGS)
COMRADE = regex.compile(r"(?:[Đđ]ồng chí|[Đđ]/c|Ông|Bà|Thầy|Cô)[ .:]+(?=\p{Lu})", _FLAGS)
_LEADING = regex.compile(r"[\s\-–+•*:,.;]+")


@dataclass(frozen=True, slots=True)
class Name:
    """One office in a text: where it is written, and the words in full where a list says its head once."""

    span: Span
    text: str
    words: str
    by_model: bool = False  # the rules were in doubt, and the trained model read it
    drawn: bool = False  # longer than its words tell: it fills a line, a cell or what stands before a colon


@dataclass(frozen=True)
class OfficeNames(NameGrammar):
    """The lists of names in text, and whom to ask where the rules leave a doubt."""

    doubts: Doubts
    known: tuple[str, ...] = ()  # names that the plan writes out where nothing else stands, the longest first
    # headings, labels and doers are sought at the same places of a plan: each list is read once
    lists: dict[tuple[str, int, int, str], list[Name]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, book: RuleBook, model: Path | None = None) -> OfficeNames:
        """The names of one book, compiled once in a process."""
        words = OfficeWords.of(book)
        return cls(words, Doubts(words, model))

    @cached_property
    def ruled(self) -> OfficeNames:
        """The same without the model."""
        return replace(self, doubts=Doubts(self.words, None), lists={})

    def knowing(self, known: set[str]) -> OfficeNames:
        """The same, with names that the plan itself has written out elsewhere."""
        return replace(self, known=tuple(sorted(known, key=lambda name: (-len(name), name))), lists={})

    def name_at(self, text: str, position: int, limit: int | None = None) -> int | None:
        """The end of the name that begins at `position`: one that the plan has written out, else by its grammar."""
        limit = len(text) if limit is None else limit
        for name in self.known:
            end = position + len(name)
            if end <= limit and text.startswith(name, position) and not text[end : end + 1].isalnum():
                return self._body(text, end, limit, closed=True)
        return super().name_at(text, position, limit)

    def whole(self, text: str, names: list[Name], end: int, *, filling: bool = False) -> list[Name]:
        """The last name drawn out to the end of a heading, label or value, if only words of a name stand between.

        "Vụ Truyền thông và Thi đua, khen thưởng" is one name where it fills a cell. What is `filling` a value or stands
        before a colon is no sentence: there short verbs are syllables of a name, as in "quy phạm", "về trật tự".
        """
        last = names[-1].span if names else Span(end, end)
        rest = text[last.end : end].rstrip(" .:;,*")
        stop = last.end + len(rest)
        charge = _CHARGE.match(text, last.end, end) if self.words.persons.match(names[-1].words) else None
        if charge:
            return [*names[:-1], _name(text, last.start, charge.end())]
        if not rest or not _NAME_REST.fullmatch(rest) or names[-1].words != names[-1].text:
            return names
        at = last.end
        grouped = filling and (" các " in names[-1].words or self.is_collective(names[-1].words))
        while word := _WORD.search(text, at, stop):
            inner = self.words.inner.match(text, word.start("word"), stop)
            ends = self.words.function.match if filling and not inner else self._is_verb
            if grouped and _OF_WHICH.match(text, word.start("word")):
                ends = self.words.predicates.match
            if ends(text, word.start("word"), stop) or self.words.predicates.match(text, word.start("word")):
                return names
            at = inner.end() if inner else word.end()
        return [*names[:-1], replace(_name(text, last.start, stop), drawn=True)]

    def list_at(self, text: str, position: int, limit: int | None = None, *, within: str = ";") -> list[Name]:
        """The names of the list that begins at `position`: "Công an tỉnh, Sở GD&ĐT và các đơn vị liên quan thực hiện"."""
        asked = (text, position, len(text) if limit is None else limit, within)
        if asked not in self.lists:
            self.lists[asked] = self._list_at(*asked)
        return list(self.lists[asked])

    def _list_at(self, text: str, position: int, limit: int, within: str) -> list[Name]:
        names: list[Name] = []
        at = position
        while at < limit:
            shared = self._shared(text, at, limit) or self._shared_places(text, at, limit)
            if shared:
                names += shared
                at = shared[-1].span.end
            else:
                end = self.name_at(text, at, limit)
                if end is None or end == at:
                    break
                settled = text[at:end] in self.known
                longer = None if settled else self.doubts.longer_end(text, at, end, limit)
                longer = None if longer and self._has_predicate(text, end, longer) else longer
                names.append(_name(text, at, longer or end, by_model=longer is not None))
                at = longer or end
            bracket = _BRACKET.match(text, at, limit)
            separator = SEPARATOR.match(text, bracket.end() if bracket else at, limit)
            if not separator or (";" in separator.group() and ";" not in within):
                break
            at = separator.end()
        return names

    def _has_predicate(self, text: str, start: int, end: int) -> bool:
        """Whether words that the model would add to a name hold its verb: "giúp Ban …", "kiểm soát việc …"."""
        return any(
            self.words.predicates.match(text, word.start("word"), end) or word["word"] == "việc"
            for word in _WORD.finditer(text, start, end)
        )

    def expected_at(self, text: str, position: int, limit: int) -> list[Name]:
        """The list that begins where a doer must stand: if no rule knows its first name, the model is asked."""
        known = self.list_at(text, position, limit)
        end = None if known else self.doubts.unknown_end(text, position, limit)
        if end is None:
            return known
        first = _name(text, position, end, by_model=True)
        separator = SEPARATOR.match(text, end, limit)
        return [first, *(self.list_at(text, separator.end(), limit) if separator else [])]

    def mentions(self, text: str, start: int, end: int) -> Iterator[list[Name]]:
        """The lists of names in a stretch of running text, left to right, semicolons between lists."""
        at = start
        for word in _WORD_START.finditer(text, start, end):
            if word.start() < at or not self.starts_at(text, word.start()):
                continue
            names = self.list_at(text, word.start(), end, within="")
            if names:
                yield names
                at = names[-1].span.end

    def is_grouped(self, words: str) -> bool:
        """Whether a name opens as a group or with a head: "các phòng", "phòng Y tế"; not "doanh nghiệp"."""
        return bool(self.words.openers.match(words) or self.words.heads.match(words))

    def staff_heading(self, text: str, start: int, end: int) -> Name | None:
        """A heading that names staff by their duty is one name: "Chuyên viên phụ trách Hành chính, Văn phòng"."""
        if not any(text.startswith(title + " ", start) for title in self.words.book.terms["staff"]):
            return None
        if _DUTY.search(text, start, end):
            return None  # "Nhân viên bảo vệ chịu trách nhiệm …" is a sentence
        name = _name(text, start, end)
        if any(self._is_staff(text, joint.end()) for joint in SEPARATOR.finditer(text, start, end)):
            return None  # "Giáo viên chủ nhiệm, giáo viên bộ môn" are two
        return name if len(name.words.split()) <= LONGEST_BODY + 2 and not regex.search(r"[;.]", name.words) else None

    def _is_staff(self, text: str, at: int) -> bool:
        return bool(self.words.persons.match(text, at) or (text[at].islower() and self.words.kinds.match(text, at)))

    def is_work_word(self, words: str) -> bool:
        """Whether words begin with a verb of work."""
        return bool(self.words.stops.match(words))

    def opens_work(self, text: str, position: int) -> bool:
        """Whether a verb of work of two syllables or more stands here: "Chủ trì", "tổ chức"; not "Từ", "có"."""
        found = self.words.stops.match(text[position : position + 1].lower() + text[position + 1 : position + 30])
        return found is not None and " " in found.group()

    def is_collective(self, words: str) -> bool:
        """Whether a name stands for many by its kind: "các sở, ngành", "doanh nghiệp", "Bộ, ngành Trung ương"."""
        return words[:1].islower() or bool(self.words.openers.match(words)) or self._is_chain(words, 0)

    def followed_by_work(self, text: str, at: int, end: int) -> bool:
        """Whether a verb follows a name: "Sở Tài chính tham mưu", "Văn phòng (CNTT) có trách nhiệm"."""
        bracket = _BRACKET.match(text, at, end)
        word = _PAUSE.match(text, bracket.end() if bracket else at, end)
        return bool(word and word.end() > at and self.words.stops.match(text, word.end(), end))

    def _shared(self, text: str, at: int, limit: int) -> list[Name]:
        """Names that share one head: "Các Sở: Tài chính, Nội vụ", "Sở Tài chính, Kế hoạch và Đầu tư"."""
        opening = _SHARED_HEAD.match(text, at, limit)
        if not opening:
            return []
        names: list[Name] = []
        position = opening.end()
        while field := self.words.fields.match(text, position, limit) or _MINISTRY.match(text, position, limit):
            head = opening["head"].capitalize()
            names.append(Name(Span(field.start(), field.end()), field.group(), f"{head} {field.group()}"))
            joint = _SHARED_JOINT.match(text, field.end(), limit)
            if not joint:
                break
            position = joint.end()
        if len(names) < 2:
            return []
        first = names[0]
        if not _MANY.match(opening.group()):
            names[0] = _name(text, at, first.span.end)
        return names

    def _shared_places(self, text: str, at: int, limit: int) -> list[Name]:
        """The offices of several places: "UBND các huyện: Mường Chà, Tủa Chùa" are two."""
        head = self.words.heads.match(text, at, limit)
        found = _SHARED_PLACES.match(text, head.end(), limit) if head else None
        if not head or not found:
            return []
        spans = [Span(*span) for span in found.spans("place")]
        known = takewhile(lambda span: not self.starts_at(text, span.start), spans)
        written = [(span, span.of(text)) for span in known]
        kind = found["kind"]
        names = [
            Name(span, words, f"{head.group()} {words if words[:1].islower() else f'{kind} {words}'}")
            for span, words in written
        ]
        if len(names) > 1 and not found["colon"]:
            first = Span(at, names[0].span.end)
            names[0] = replace(names[0], span=first, text=first.of(text))
        return names if len(names) > 1 else []

    def names_in_value(self, text: str, start: int = 0, end: int | None = None) -> list[Name]:
        """Every name of a line or cell that holds nothing else; unknown words between breaks are a name as they stand."""
        end = len(text) if end is None else end
        names: list[Name] = []
        for part in _parts(text, start, end):
            at = part.start
            found = self.list_at(text, at, part.end)
            if found:
                names += self._continued(text, self.whole(text, found, part.end, filling=True), part)
            else:
                names += self._unknown(text, part)
        return names

    def _unknown(self, text: str, part: Span) -> list[Name]:
        """A name that no list knows, alone or before names that are known: "Đ/c Lan Anh, Đoàn trường"."""
        comrade = COMRADE.match(text, part.start, part.end)
        part = Span(comrade.end(), part.end) if comrade else part
        for joint in SEPARATOR.finditer(text, part.start, part.end):
            if self.starts_at(text, joint.end()) and text[joint.end()].isupper():
                first = _unknown(text, Span(part.start, joint.start()))
                return [*first, *self.names_in_value(text, joint.end(), part.end)]
        return _unknown(text, part)

    def _continued(self, text: str, found: list[Name], part: Span) -> list[Name]:
        """A list goes on behind words that the name rules don't know: "Phòng A, Công chức nhận hồ sơ …, Phòng B"."""
        if any(found[-1].text.startswith(title) for title in self.words.book.terms["staff"]):
            found = [*found[:-1], self._staff(text, found[-1], part)]
        last = found[-1].span.end
        joint = SEPARATOR.match(text, last, part.end)
        if joint and self.starts_at(text, joint.end()):
            return [*found, *self.names_in_value(text, joint.end(), part.end)]
        rest = _NEXT.match(text, last, part.end)
        if not rest or not self.starts_at(text, rest.end()):
            return found
        return [*found, *self.list_at(text, rest.end(), part.end)]

    def _staff(self, text: str, name: Name, part: Span) -> Name:
        """A person's duty runs to the next name or break: "Công chức tiếp nhận hồ sơ của Sở tại Trung tâm …"."""
        at = name.span.end
        while at < part.end and text[at] != "(":
            joint = SEPARATOR.match(text, at, part.end)
            if joint and self.starts_at(text, joint.end()):
                break
            at += 1
        return _name(text, name.span.start, at)


def _name(text: str, start: int, end: int, *, by_model: bool = False) -> Name:
    bracket = _LAST_BRACKET.search(text[start:end])
    end = start + bracket.start() if bracket and bracket.start() > 0 else end
    words = text[start:end].rstrip(" ,;.:")
    return Name(Span(start, start + len(words)), words, words, by_model)


def _parts(text: str, start: int, end: int) -> list[Span]:
    """The stretches between semicolons, lines and full stops, trimmed."""
    edges = [start, *(match.start() for match in _HARD_BREAK.finditer(text, start, end)), end]
    parts = []
    for left, right in pairwise(edges):
        lead = _LEADING.match(text, left, right)
        begin = lead.end() if lead else left
        words = text[begin:right].rstrip(" \t\n,.;:")
        if words:
            parts.append(Span(begin, begin + len(words)))
    return parts


def _unknown(text: str, part: Span) -> list[Name]:
    """Words that the lists don't know, as they stand: a person, a department without its head; no role behind it."""
    role = _ROLE.search(text, part.start, part.end)
    end = role.start() if role else part.end
    words = text[part.start : end].strip()
    grouped = words.startswith(("các ", "những ", "một số "))  # "các nhà nghiên cứu"
    if not (words[:1].isupper() or grouped) or len(words.split()) > 16 or not any(c.isalpha() for c in words):
        return []
    return [_name(text, part.start, end)]
