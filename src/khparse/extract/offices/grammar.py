"""The grammar of one office's name: where it begins and where it ends.

A name is an opener ("các"), a person's title ("Giám đốc"), a head ("Sở"), a body ("Văn hóa, Thể thao và Du lịch")
and a tail ("có liên quan", "trên địa bàn tỉnh"). Commas and "và" stand inside names as well as between them: they
part two names where a new one begins behind them.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from khparse.extract.offices.words import OfficeWords

_FLAGS = regex.V0
LONGEST_BODY = 14  # words; what runs on longer is a sentence, not a name
_WORD = regex.compile(r"(?:[ ]|[ ]?[-–&][ ]?)(?P<word>[\p{L}\d](?:[\p{L}\d&]|[.\-–/’](?=[\p{L}\d]))*)", _FLAGS)
SEPARATOR = regex.compile(
    r"[ ]*(?:[,;&]|/(?=[ ]?\p{Lu}))[ ]*(?:và[ ]+|cùng[ ]+)?|[ ]+(?:và|cùng với|cùng|với)[ ]+|[ ]+[-–][ ]+(?=\p{Lu})",
    _FLAGS,
)
_CAPITAL_JOINT = regex.compile(r"(?:,|[ ]và|[ ]?[-–&])[ ](?=\p{Lu})", _FLAGS)
_SMALL_JOINT = regex.compile(r"(?:,|[ ]và)[ ](?=\p{Ll})", _FLAGS)
_COLON = regex.compile(r"[ ]*[:(]", _FLAGS)
# "Giáo dục Trung học", "Tài chính - Kế toán": more of the field follows, not a place
_GOES_ON = regex.compile(
    r"(?:[ ]?[-–][ ]?|[ ])\p{Lu}\p{Ll}*[ ](?!tỉnh|thành|huyện|xã|quận|phường|thị)\p{Ll}|[ ]?[-–][ ]?\p{Lu}", _FLAGS
)
_JOINT = regex.compile(r",[ ]?|[ ]và[ ]|[ ]?/[ ]?|[ ]-[ ]", _FLAGS)
# "các phòng thuộc Sở, …": the house of the plan by its kind alone
_OWN_HOUSE = regex.compile(
    r"[ ](?:Sở|Bộ|Cục|Trường|Công ty|Ban|Bệnh viện|Học viện|Viện|Tỉnh|tỉnh|Thành phố|huyện|xã|phường)(?=[ ]?[,;.:)(]|[ ]và[ ]|$)",
    _FLAGS,
)
_GROUP = regex.compile(r"[ ](?:của[ ])?các[ ]", _FLAGS)  # "đảng đoàn các tổ chức chính trị - xã hội"
# "Ủy ban Quốc gia về chuyển đổi số", "Văn phòng Quốc gia về giảm nghèo": a body of the state by its matter
_ON_A_MATTER = regex.compile(r"(?<=[ ](?:[Qq]uốc gia|Trung ương|Chính phủ))[ ]về[ ]\p{L}+[ ]\p{L}+(?!\p{L})", _FLAGS)
# one office serves the council and the committee: "Văn phòng HĐND và UBND xã"
_OF_COUNCIL = regex.compile(
    r"(?<=Văn phòng|VP)[ ](?:(?:Đoàn )?(?:ĐBQH|[Đđ]ại biểu Quốc hội)(?:,[ ]|[ ]và[ ]|[ ]?[&–-][ ]?))?(?:HĐND|Hội đồng nhân dân)"
    r"(?:(?:,[ ]|[ ]và[ ]|[ ]?[&–-][ ]?)(?:UBND|[ỦU][yỷ] ban nhân dân))?(?!\p{L})",
    _FLAGS,
)
# departments of the police: "PC06", "PV01", "C08"
_CODE = regex.compile(r"(?:P[ACKVX]\d|[ACV]0)\d(?![\p{L}\d])(?![/.\-]\w)", _FLAGS)
_UNDER = regex.compile(r"[ ](?:trực[ ])?thuộc\b", _FLAGS)
_ALONE = regex.compile(r"[,;/.]|$|[ ](?:và|ngành)\b", _FLAGS)
_CHARGE = regex.compile(r"[ ]phụ trách(?=[ ]\p{L})", _FLAGS)
_LONGEST_CHARGE = 5  # words: "phụ trách trật tự", "phụ trách khối văn hóa - xã hội"
_CHARGED_WITH = {"công", "việc", "toàn", "chung"}  # "phụ trách công tác tuyên truyền" says what is to be done
# "thành phố Hải | Phòng", "huyện | Trạm Tấu": what follows is no head
_HALF_PLACE = regex.compile(
    r"(?:tỉnh|[Tt]hành phố|TP\.?|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu)(?:[ ]\p{Lu}\p{Ll}*)?$", _FLAGS
)
_FIELD_HEADS = {"Sở", "sở", "Bộ", "Phòng", "phòng", "Số"}


@dataclass(frozen=True)
class NameGrammar:
    """Begins and ends of names by the word lists of rules/offices.toml."""

    words: OfficeWords

    def starts_at(self, text: str, position: int) -> bool:
        """Whether a name may begin here."""
        if self.words.openers.match(text, position) or _CODE.match(text, position):
            return True
        return any(p.match(text, position) for p in (self.words.heads, self.words.persons, self.words.kinds)) or (
            self._is_chain(text, position)
        )

    def name_at(self, text: str, position: int, limit: int | None = None) -> int | None:
        """The end of the name that begins at `position`, None where none does."""
        limit = len(text) if limit is None else limit
        opener = self.words.openers.match(text, position, limit)
        at = past_blank(text, opener.end()) if opener else position
        person = self.words.persons.match(text, at, limit)
        if person:
            return self._person_end(text, person.end(), limit)
        return self._office_end(text, at, limit, grouped=opener is not None)

    def _person_end(self, text: str, at: int, limit: int) -> int:
        inner = past_blank(text, at)
        office = self.name_at(text, inner, limit) if inner > at else None
        staff = any(text.endswith(title, 0, at) for title in self.words.book.terms["staff"])
        end = office or self._body(text, at, limit, free=staff)
        return self._charged(text, end, limit)

    def _charged(self, text: str, at: int, limit: int) -> int:
        """The end of "Phó Hiệu trưởng phụ trách chuyên môn" before its verb; a charge of work is no part of a name."""
        charge = _CHARGE.match(text, at, limit)
        if not charge or self._is_verb(text, charge.end() + 1, limit):
            return at
        end = charge.end()
        for _ in range(_LONGEST_CHARGE):
            word = _WORD.match(text, end, limit)
            if not word or word["word"] in _CHARGED_WITH:
                return at
            end = word.end()
            if self.words.stops.match(text, past_blank(text, end), limit) or _COLON.match(text, end, limit):
                return end
        return at

    def _office_end(self, text: str, at: int, limit: int, *, grouped: bool) -> int | None:
        whole = self.words.pairs.match(text, at, limit) or _CODE.match(text, at, limit)
        if whole:
            return self._body(text, whole.end(), limit, closed=True)
        if (grouped or self._is_chain(text, at)) and (end := self._chain_end(text, at, limit)):
            return self._body(text, end, limit)
        head = (self.words.grouped_heads if grouped else self.words.heads).match(text, at, limit)
        if head:
            return self._headed(text, head, limit)
        kind = self.words.kinds.match(text, at, limit)
        return self._body(text, kind.end(), limit) if kind else None

    def _headed(self, text: str, head: regex.Match[str], limit: int) -> int | None:
        """The end of "Sở Văn hóa, Thể thao và Du lịch tỉnh", "Ban Chỉ đạo …"; None for a bare "Ban"."""
        if head.group() in _FIELD_HEADS or head.group().startswith("Số "):
            start = head.start() + (2 if head.group().startswith("Số ") else len(head.group()))
            field = self.words.fields.match(text, past_blank(text, start), limit)
            if field and field.start() > start and not _GOES_ON.match(text, field.end(), limit):
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
        return bool(self.words.tail.match(text, first.end()) or _UNDER.match(text, first.end()))

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
        alone = _ALONE.match(text, link.end())
        return (
            link
            if alone or self.words.tail.match(text, link.end()) or self.words.areas.match(text, link.end())
            else None
        )

    def _body(self, text: str, at: int, limit: int, *, free: bool = False, closed: bool = False) -> int:
        """The end of a name's body from `at`: words up to a stop, lists of areas and of ranks, tails.

        Once its field or area is named, a name is closed: only a place or a tail may follow.
        """
        for words in range(LONGEST_BODY):
            if matter := _ON_A_MATTER.match(text, at, limit):
                at, closed = matter.end(), False
                continue
            closing = self._closing(text, at, limit)
            if closing is not None:
                at, closed = closing, True
                continue
            step = None if closed else self._joined(text, at, limit)
            step = step or self._plain_word(text, at, limit, free=free and words == 0, proper=closed)
            step = step or (self._noun(text, at + 1, limit) if words and not closed else None)
            if step is None:
                return at
            at = step
        return at

    def _closing(self, text: str, at: int, limit: int) -> int | None:
        if not text.startswith(" ", at):
            return None  # each of them is a word of its own
        for pattern in (self.words.tail, self.words.areas, self.words.ranks, self.words.complete):
            found = pattern.match(text, at, limit)
            if found and found.end() > at:
                return found.end()
        if council := _OF_COUNCIL.match(text, at, limit):
            return council.end()
        group = _GROUP.match(text, at, limit)
        if group and (end := self._chain_end(text, group.end(), limit)):
            return end
        under = self.words.under.match(text, at, limit)
        own = _OWN_HOUSE.match(text, under.end(), limit) if under else None
        if own:
            return own.end()
        return self.name_at(text, under.end() + 1, limit) if under else None

    def _plain_word(self, text: str, at: int, limit: int, *, free: bool, proper: bool) -> int | None:
        word = _WORD.match(text, at, limit)
        if not word or word["word"] in {"và", "hoặc", "cùng", "các", "những"}:
            return None
        start = word.start("word")
        if proper and word["word"][0].islower():
            return None
        if proper and self.starts_at(text, start) and not _HALF_PLACE.search(text, max(0, at - 30), at):
            return None
        whole = None if proper else self._compound(text, start, limit)
        if whole:
            return whole
        return None if not free and self.words.stops.match(text, start, limit) else word.end()

    def _compound(self, text: str, at: int, limit: int) -> int | None:
        """The end of words that belong together in a name: "Công nghệ thông tin", and with a capital "Đào tạo"."""
        found = self.words.inner.match(text, at, limit)
        if not found and text[at].isupper():
            found = self.words.titled.match(text, at, limit)
        return found.end() if found else None

    def _noun(self, text: str, at: int, limit: int) -> int | None:
        """The end of words of work that are part of a name, as nothing for them to govern follows: "Đội Tham mưu tổng hợp:"."""
        end = None
        while noun := self.words.nominal.match(text, at, limit):
            end, at = noun.end(), noun.end() + 1
        return end if end and self._ends(text, end, limit) else None

    def _ends(self, text: str, at: int, limit: int) -> bool:
        """Whether a name must have ended: a colon, a verb that takes an office, or another name follows."""
        if _COLON.match(text, at, limit) or self.words.predicates.match(text, past_blank(text, at), limit):
            return True
        separator = SEPARATOR.match(text, at, limit)
        return separator is not None and self.starts_at(text, separator.end())

    def _joined(self, text: str, at: int, limit: int) -> int | None:
        """A comma or "và" inside a name: a capital follows that begins no other name, or words up to the name's verb."""
        joint = _CAPITAL_JOINT.match(text, at, limit)
        if not joint:
            return self._small_joined(text, at, limit)
        dashed = joint.group().strip() in "-–"
        if self.words.heads.match(text, joint.end()) if dashed else self.starts_at(text, joint.end()):
            return None
        word = _WORD.match(text, joint.end() - 1, limit)
        return self._compound(text, joint.end(), limit) or (word.end() if word else None)

    def _small_joined(self, text: str, at: int, limit: int) -> int | None:
        """Reads "Cục Quản lý Khám, chữa bệnh chủ trì": small words behind the comma, then the name's verb."""
        joint = _SMALL_JOINT.match(text, at, limit)
        if not joint:
            return None
        if inner := self.words.inner.match(text, joint.end(), limit):
            return inner.end()
        if self.starts_at(text, joint.end()):
            return None
        end = joint.end() - 1
        for _ in range(4):
            word = _WORD.match(text, end, limit)
            if not word or self._is_verb(text, word.start("word"), limit):
                return None
            end = word.end()
            if self._ends(text, end, limit):
                return end
        return None

    def _is_verb(self, text: str, at: int, limit: int) -> bool:
        """Whether a word of work stands here that no name ends with."""
        words = self.words
        plain = words.inner.match(text, at, limit) or words.nominal.match(text, at, limit)
        return bool(words.stops.match(text, at, limit)) and not plain


def past_blank(text: str, at: int) -> int:
    """The next place that is no blank."""
    while at < len(text) and text[at] == " ":
        at += 1
    return at
