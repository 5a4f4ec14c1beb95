"""Offices as a plan writes them: where a name begins and ends, and which names a list holds.

A name is an opener ("các"), a person's title ("Giám đốc"), a head ("Sở"), a body ("Văn hóa, Thể thao và Du lịch")
and a tail ("có liên quan", "trên địa bàn tỉnh"). Commas and "và" stand inside names as well as between them: they
part two names where a new one begins behind them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import regex

from khparse.extract.office_words import OfficeWords
from khparse.model.document import Span
from khparse.rules.load import RuleBook

_FLAGS = regex.V1
_LONGEST_BODY = 14  # words; what runs on longer is a sentence, not a name
_WORD = regex.compile(r"(?:[ ]|[ ]?[-–&][ ]?)(?P<word>[\p{L}\d](?:[\p{L}\d&]|[.\-–/’](?=[\p{L}\d]))*)", _FLAGS)
_SEPARATOR = regex.compile(
    r"[ ]*(?:[,;&]|/(?=[ ]?\p{Lu}))[ ]*(?:và[ ]+|cùng[ ]+)?|[ ]+(?:và|cùng với|cùng|với)[ ]+|[ ]+[-–][ ]+(?=\p{Lu})",
    _FLAGS,
)
_HARD_BREAK = regex.compile(r"[;\n]|\.(?=[ ]+\p{Lu}|$|[ ]*$)|(?<=[\p{L})])[ ]+[+•][ ]+", _FLAGS)
_JOINT = regex.compile(r",[ ]?|[ ]và[ ]|[ ]?/[ ]?|[ ]-[ ]", _FLAGS)
_BRACKET = regex.compile(r"[ ]*\([^()\n]{0,200}\)?", _FLAGS)
_WORD_START = regex.compile(r"(?<![\p{L}\d/&-])\p{L}", _FLAGS)
_ROLE = regex.compile(
    r"[ ,]+(?:là[ ]|làm[ ])?(?:chủ trì|đầu mối|thực hiện|tham mưu|phụ trách|chịu trách nhiệm|phối hợp|triển khai)\b",
    _FLAGS,
)
_LEADING = regex.compile(r"[\s\-–+•*:,.;]+")
_FIELD_HEADS = {"Sở", "sở", "Bộ", "Phòng", "phòng", "Số"}


@dataclass(frozen=True, slots=True)
class Name:
    """One office in a text: where it is written, and the words in full where a list says its head once."""

    span: Span
    text: str
    words: str


@dataclass(frozen=True)
class OfficeNames:
    """The word lists of rules/offices.toml, compiled."""

    words: OfficeWords

    @classmethod
    def of(cls, book: RuleBook) -> OfficeNames:
        """The names of one book, compiled once in a process."""
        return cls(OfficeWords.of(book))

    def starts_at(self, text: str, position: int) -> bool:
        """Whether a name may begin here."""
        if self.words.openers.match(text, position):
            return True
        return any(p.match(text, position) for p in (self.words.heads, self.words.persons, self.words.kinds)) or (
            self._is_chain(text, position)
        )

    def name_at(self, text: str, position: int, limit: int | None = None) -> int | None:
        """The end of the name that begins at `position`, None where none does."""
        limit = len(text) if limit is None else limit
        opener = self.words.openers.match(text, position, limit)
        at = _past_blank(text, opener.end()) if opener else position
        person = self.words.persons.match(text, at, limit)
        if person:
            return self._person_end(text, person.end(), limit)
        return self._office_end(text, at, limit, grouped=opener is not None)

    def _person_end(self, text: str, at: int, limit: int) -> int:
        inner = _past_blank(text, at)
        office = self.name_at(text, inner, limit) if inner > at else None
        staff = any(text.endswith(title, 0, at) for title in self.words.book.terms["staff"])
        return office or self._body(text, at, limit, free=staff)

    def _office_end(self, text: str, at: int, limit: int, *, grouped: bool) -> int | None:
        pair = self.words.pairs.match(text, at, limit)
        if pair:
            return self._body(text, pair.end(), limit, closed=True)
        if (grouped or self._is_chain(text, at)) and (end := self._chain_end(text, at, limit)):
            return self._body(text, end, limit)
        head = self.words.heads.match(text, at, limit)
        if head:
            return self._headed(text, head, limit)
        kind = self.words.kinds.match(text, at, limit)
        return self._body(text, kind.end(), limit) if kind else None

    def _headed(self, text: str, head: regex.Match[str], limit: int) -> int | None:
        """The end of "Sở Văn hóa, Thể thao và Du lịch tỉnh", "Ban Chỉ đạo …"; None for a bare "Ban"."""
        if head.group() in _FIELD_HEADS or head.group().startswith("Số "):
            start = head.start() + (2 if head.group().startswith("Số ") else len(head.group()))
            field = self.words.fields.match(text, _past_blank(text, start), limit)
            if field and field.start() > start:
                return self._body(text, field.end(), limit, closed=True)
        end = self._body(text, head.end(), limit, free=head.group() in self.words.book.terms["open_heads"])
        if end == head.end() and head.group() not in self.words.book.terms["lone_heads"]:
            return None
        return end

    def _is_chain(self, text: str, at: int) -> bool:
        first = self.words.chain.match(text, at)
        if not first:
            return False
        if " " in first.group() and first.group().lower().startswith(("bộ ", "sở ", "ban ")):
            return True
        joint = _JOINT.match(text, first.end())
        if joint and self._link(text, joint.end(), len(text)):
            return True
        return bool(
            self.words.tail.match(text, first.end())
            or regex.compile(r"[ ](?:trực[ ])?thuộc\b").match(text, first.end())
        )

    def _chain_end(self, text: str, at: int, limit: int) -> int | None:
        """The end of "sở, ban, ngành, đoàn thể"; a kind ends the chain: "các doanh nghiệp"."""
        first = self.words.chain.match(text, at, limit)
        if not first:
            other = self.words.kinds.match(text, at, limit)
            return other.end() if other else None
        end = first.end()
        while (joint := _JOINT.match(text, end, limit)) and (more := self._link(text, joint.end(), limit)):
            end = more.end()
        return end

    def _link(self, text: str, at: int, limit: int) -> regex.Match[str] | None:
        """A further member of a chain: "ban" in "sở, ban"; a capital with a body of its own is another office."""
        link = self.words.chain.match(text, at, limit)
        if not link or not link.group()[0].isupper():
            return link
        alone = regex.compile(r"[,;/.]|$|[ ](?:và|ngành)\b").match(text, link.end())
        return (
            link
            if alone or self.words.tail.match(text, link.end()) or self.words.areas.match(text, link.end())
            else None
        )

    def _body(self, text: str, at: int, limit: int, *, free: bool = False, closed: bool = False) -> int:
        """The end of a name's body from `at`: words up to a stop, lists of areas and of ranks, tails.

        Once its field or area is named, a name is closed: only a place or a tail may follow.
        """
        for words in range(_LONGEST_BODY):
            closing = self._closing(text, at, limit)
            if closing is not None:
                at, closed = closing, True
                continue
            step = None if closed else self._joined(text, at, limit)
            step = step or self._plain_word(text, at, limit, free=free and words == 0, proper=closed)
            if step is None:
                return at
            at = step
        return at

    def _closing(self, text: str, at: int, limit: int) -> int | None:
        for pattern in (self.words.tail, self.words.areas, self.words.ranks):
            found = pattern.match(text, at, limit)
            if found and found.end() > at:
                return found.end()
        under = self.words.under.match(text, at, limit)
        return self.name_at(text, under.end() + 1, limit) if under else None

    def _plain_word(self, text: str, at: int, limit: int, *, free: bool, proper: bool) -> int | None:
        word = _WORD.match(text, at, limit)
        if not word or word["word"] in {"và", "hoặc", "cùng", "các", "những"}:
            return None
        start = word.start("word")
        if proper and (word["word"][0].islower() or self.starts_at(text, start)):
            return None
        inner = self.words.inner.match(text, start, limit)
        if inner and not proper:
            return inner.end()
        return None if not free and self.words.stops.match(text, start, limit) else word.end()

    def _joined(self, text: str, at: int, limit: int) -> int | None:
        """A comma or "và" inside a name: a capital follows that begins no other name."""
        joint = regex.compile(r"(?:,|[ ]và|[ ]?[-–&])[ ](?=\p{Lu})", _FLAGS).match(text, at, limit)
        if not joint or self.starts_at(text, joint.end()):
            return None
        word = _WORD.match(text, joint.end() - 1, limit)
        return word.end() if word else None

    def list_at(self, text: str, position: int, limit: int | None = None, *, within: str = ";") -> list[Name]:
        """The names of the list that begins at `position`: "Công an tỉnh, Sở GD&ĐT và các đơn vị liên quan thực hiện"."""
        limit = len(text) if limit is None else limit
        names: list[Name] = []
        at = position
        while at < limit:
            shared = self._shared(text, at, limit)
            if shared:
                names += shared
                at = shared[-1].span.end
            else:
                end = self.name_at(text, at, limit)
                if end is None or end == at:
                    break
                names.append(_name(text, at, end))
                at = end
            bracket = _BRACKET.match(text, at, limit)
            separator = _SEPARATOR.match(text, bracket.end() if bracket else at, limit)
            if not separator or (";" in separator.group() and ";" not in within):
                break
            at = separator.end()
        return names

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
        name = _name(text, start, end)
        return name if len(name.words.split()) <= _LONGEST_BODY + 2 and not regex.search(r"[;.]", name.words) else None

    def is_work_word(self, words: str) -> bool:
        """Whether words begin with a verb of work."""
        return bool(self.words.stops.match(words))

    def is_collective(self, words: str) -> bool:
        """Whether a name stands for many by its kind: "các sở, ngành", "doanh nghiệp", "Bộ, ngành Trung ương"."""
        return words[:1].islower() or bool(self.words.openers.match(words)) or self._is_chain(words, 0)

    def followed_by_work(self, text: str, at: int, end: int) -> bool:
        """Whether a verb follows a name: "Sở Tài chính tham mưu", "Văn phòng (CNTT) có trách nhiệm"."""
        bracket = _BRACKET.match(text, at, end)
        word = regex.compile(r"[ ]*,?[ ]*").match(text, bracket.end() if bracket else at, end)
        return bool(word and word.end() > at and self.words.stops.match(text, word.end(), end))

    def _shared(self, text: str, at: int, limit: int) -> list[Name]:
        """Names that share one head: "Các Sở: Tài chính, Nội vụ", "Sở Tài chính, Kế hoạch và Đầu tư"."""
        opening = regex.compile(
            r"(?:(?:[Cc]ác|[Gg]iám đốc các|[Tt]hủ trưởng các)[ ])?(?P<head>[Ss]ở|[Pp]hòng)(?:[ ]?:)?[ ]", _FLAGS
        ).match(text, at, limit)
        if not opening:
            return []
        names: list[Name] = []
        position = opening.end()
        while field := self.words.fields.match(text, position, limit):
            head = opening["head"].capitalize()
            names.append(Name(Span(field.start(), field.end()), field.group(), f"{head} {field.group()}"))
            joint = regex.compile(r",[ ]|[ ]và[ ]|;[ ]").match(text, field.end(), limit)
            if not joint:
                break
            position = joint.end()
        if len(names) < 2:
            return []
        first = names[0]
        if not regex.match(r"[Cc]ác|[GgTt]", opening.group()):
            names[0] = _name(text, at, first.span.end)
        return names

    def names_in_value(self, text: str, start: int = 0, end: int | None = None) -> list[Name]:
        """Every name of a line or cell that holds nothing else; unknown words between breaks are a name as they stand."""
        end = len(text) if end is None else end
        names: list[Name] = []
        for part in _parts(text, start, end):
            at = part.start
            found = self.list_at(text, at, part.end)
            if found:
                names += self._continued(text, found, part)
            else:
                names += _unknown(text, part)
        return names

    def _continued(self, text: str, found: list[Name], part: Span) -> list[Name]:
        """A list goes on behind words that the name rules don't know: "Phòng A, Công chức nhận hồ sơ …, Phòng B"."""
        if any(found[-1].text.startswith(title) for title in self.words.book.terms["staff"]):
            found = [*found[:-1], self._staff(text, found[-1], part)]
        last = found[-1].span.end
        rest = regex.compile(r"[^;\n]{0,160}?(?:,[ ]|[ ]và[ ])(?=[\p{Lu}])", _FLAGS).match(text, last, part.end)
        if not rest or not self.starts_at(text, rest.end()):
            return found
        return [*found, *self.list_at(text, rest.end(), part.end)]

    def _staff(self, text: str, name: Name, part: Span) -> Name:
        """A person's duty runs to the next name or break: "Công chức tiếp nhận hồ sơ của Sở tại Trung tâm …"."""
        at = name.span.end
        while at < part.end and text[at] != "(":
            joint = _SEPARATOR.match(text, at, part.end)
            if joint and self.starts_at(text, joint.end()):
                break
            at += 1
        return _name(text, name.span.start, at)


def _name(text: str, start: int, end: int) -> Name:
    bracket = regex.search(r"[ ]*\([^()]*\)?$", text[start:end])
    end = start + bracket.start() if bracket and bracket.start() > 0 else end
    words = text[start:end].rstrip(" ,;.:")
    return Name(Span(start, start + len(words)), words, words)


def _past_blank(text: str, at: int) -> int:
    while at < len(text) and text[at] == " ":
        at += 1
    return at


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
    if not words[:1].isupper() or len(words.split()) > 16 or not any(c.isalpha() for c in words):
        return []
    return [_name(text, part.start, end)]
