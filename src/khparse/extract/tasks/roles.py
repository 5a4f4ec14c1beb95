"""Who leads and who joins in: the roles inside one value, and those that a sentence gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import regex

from khparse.extract.offices.names import Name, OfficeNames
from khparse.extract.tasks.role_clauses import InnerDoers, Roles, divided_roles, labelled_roles, words_of
from khparse.model.document import Span
from khparse.model.plan import Letterhead
from khparse.model.record import Office
from khparse.rules.kit import Kit
from khparse.rules.load import RuleBook
from khparse.text.names import Naming

_FLAGS = regex.V0
_TOGETHER = regex.compile(
    r"(?i:phối hợp|phối kết hợp)(?:[ ](?:chặt chẽ|tốt|hiệu quả|thường xuyên|kịp thời|đồng bộ|cùng))*(?:,?[ ](?:cùng[ ])?với|[ ]cùng)?"
    r"(?P<colon>[ ]?:)?[ ]",
    _FLAGS,
)
_OPENS_TOGETHER = regex.compile(r"[\s\-–+•*\"“(]*Phối (?:kết )?hợp\b", _FLAGS)
_BESIDE = regex.compile(r"[\s\-–+•*]*Cùng[ ](?:với[ ])?", _FLAGS)  # "Cùng với Bưu điện tỉnh tổ chức hội nghị"
_LEADS = regex.compile(r"(?i:chủ trì|đầu mối)", _FLAGS)
_PARTNER_MARK = regex.compile(r"\(\s*(?:cơ quan |đơn vị )?(?:phối hợp|p/?h)\s*\)", _FLAGS | regex.IGNORECASE)
_LEAD_MARK = regex.compile(r"\(\s*(?:cơ quan |đơn vị )?(?:chủ trì|đầu mối|c/?t)\s*\)", _FLAGS | regex.IGNORECASE)
_OUTSIDE_SCHOOL = regex.compile(
    r"(?:[Ss]ở|UBND|Ủy ban|Công an|HĐND|Hội đồng nhân dân|Bảo hiểm|BHXH|Tỉnh|Thành|.* (?:tỉnh|thành phố)\b)", _FLAGS
)
_DUTY = regex.compile(
    r"(?:(?:có|chịu) )?(?:trách nhiệm|nhiệm vụ)(?: (?:thực hiện|triển khai|sau|như sau|chủ yếu|các (?:nội dung|nhiệm vụ)(?: sau)?)){0,3}",
    _FLAGS,
)
_COLON = regex.compile(r"\)?[ ]*(?:\([^()\n]{0,120}\))?[ ]*:[ ]*", _FLAGS)
# where a doer stands whatever its name: "X chủ trì …", "X: Chủ trì …"
_CHIEF = regex.compile(r"\p{Lu}[^,.;:\n]{3,80}?[ ](?:chủ trì|(?:có|chịu) trách nhiệm|(?:là|làm) đầu mối)\b", _FLAGS)
_CHIEF_VERB = regex.compile(r"[ ](?:chủ trì|(?:có|chịu) trách nhiệm|(?:là|làm) đầu mối)\b", _FLAGS)
_JOINS_IN = regex.compile(
    r"[ ,]*(?:(?:có trách nhiệm|căn cứ|theo)[^.;:]{0,80}?)?[ ,](?:cùng[ ])?phối (?:kết )?hợp(?:[ ](?:thực hiện|tham gia|triển khai))?(?=[ ]?[.;]|$)",
    _FLAGS,
)
_LABELLED = regex.compile(r"\p{Lu}[^.;:\n]{3,80}:[ ]", _FLAGS)
_COMRADE = regex.compile(
    r"[\s\-–+•*]*(?:(?:Các )?(?:[Đđ]ồng chí|[Đđ]/c|[ĐÔđô]ng chí|ông[ ]?\(bà\)|bà[ ]?\(ông\)|Ông|Bà|ông|bà)[ .:]+"
    # "Đồng chí Trần Văn A - Phó Chủ tịch …", "Ông Lê B, Trưởng phòng …"
    r"(?:(?:\p{Lu}\p{Ll}*+[ ]){1,4}\p{Lu}\p{Ll}*+(?:[ ]?[-–][ ]?|,[ ](?=\p{Lu})|[ ]?\((?=\p{Lu})))?)?",
    _FLAGS,
)
_SCENE_REACH = 420  # characters: how far behind "Căn cứ …," its doer may stand
# written small, and yet one: the school whose plan it is, a branch by its field
_ONE_IN_SMALL = regex.compile(
    r"nhà trường$|(?:cơ quan|ngành|tổ|khoa|phòng|trạm|đội|ban|hội|đoàn|công an)[ ]\p{Lu}", _FLAGS
)
_LEADS_OTHERS = regex.compile(r"[\s\-–+•*]*Lãnh đạo\b", _FLAGS)
_PARTY = regex.compile(r"đảng|đoàn|ủy\b|uỷ\b", _FLAGS | regex.IGNORECASE)
_CLOSED = regex.compile(
    r"^\p{Lu}.*[ ](?:tỉnh|huyện|xã|phường|thị xã|thị trấn|quận|thành phố)(?:[ ]\p{Lu}\p{L}*){0,4}$", _FLAGS
)
_ITS_VERB = regex.compile(
    r"[ ](?!(?:và|hoặc|cùng|có|về|thuộc|là|trong|ngoài|của|cho|khi|nếu|tại|ở|đến|từ|do|bị|không|chưa|đạt|các|những|mới|cũ|trên)[ ])\p{Ll}+[ ]\p{L}",
    _FLAGS,
)
_CLAUSE_END = regex.compile(r"[,;.]")
_HEADING_END = regex.compile(r"[ ]*[(:]")
_BRACKETED = regex.compile(r"^\s*\([^()]*\)")
_IN_CHARGE = regex.compile(r"(?:(?:là|làm)\s+)?(?:cơ quan\s+|đơn vị\s+)?(?:chủ trì|đầu mối|thường trực)")
_PERSON = regex.compile(r"^(?:\p{Lu}\p{Ll}{0,6}[ ]){1,4}\p{L}{1,7}$", _FLAGS)


def _heading_end(text: str, start: int, end: int) -> int:
    """Where a name may end at the latest: at the bracket or colon behind it."""
    mark = _HEADING_END.search(text, start, end)
    return mark.start() if mark else end


@dataclass(frozen=True)
class RoleReader:
    """Reads roles in one plan: its words for offices, and how they are named in full."""

    offices: OfficeNames
    book: RuleBook
    naming: Naming
    letterhead: Letterhead
    full_names: dict[str, str] = field(default_factory=dict, compare=False, repr=False)  # each name is opened once

    @classmethod
    def of(cls, kit: Kit, letterhead: Letterhead, naming: Naming) -> RoleReader:
        """The reader of one plan."""
        return cls(OfficeNames.of(kit.offices, kit.model), kit.tasks, naming, letterhead)

    @cached_property
    def inner(self) -> InnerDoers:
        """The doers that stand inside an item."""
        return InnerDoers(self.offices, self.book)

    @cached_property
    def _assign(self) -> regex.Pattern[str]:
        return self.book.any_of("assign", before=r"[\s\-–+•*]*", after="[ ]?:?[ ]")

    @cached_property
    def _scene(self) -> regex.Pattern[str]:
        return self.book.any_of(
            "scene", before=r"[\s\-–+•*]*(?!Theo dõi|Trong sạch|Năm nay)", after=r"(?!\p{L})", ignore_case=True
        )

    @cached_property
    def _directing(self) -> regex.Pattern[str]:
        return self.book.any_of("directing", before=r"(?<!\p{L}|(?:ngoại|bàn)[ ])", after="[ ]", ignore_case=True)

    @cached_property
    def _before_office(self) -> regex.Pattern[str]:
        return self.book.any_of("before_office", before="(?:", after="(?:[ ]?:)?[ ]+){0,2}")

    def office(self, name: Name) -> Office:
        """A name as the record gives it: as written, and in full."""
        if name.words not in self.full_names:
            self.full_names[name.words] = self._full(name)
        return Office(text=name.text, name=self.full_names[name.words], start=name.span.start, end=name.span.end)

    def _full(self, name: Name) -> str:
        letterhead = self.letterhead
        place = letterhead.place
        if (letterhead.issuer or "").startswith("Trường") and not _OUTSIDE_SCHOOL.match(name.words):
            place = None  # a school's own Đoàn thanh niên is not the province's
        full = self.naming.full_name(name.words, letterhead.issuer, place, letterhead.province if place else None)
        if _PERSON.match(name.words) and not self.offices.starts_at(name.words, 0):
            full = " ".join(word[:1].upper() + word[1:] for word in name.words.split())
        return full or name.text

    def of_value(self, text: str, span: Span) -> Roles:
        """The roles in a value: "Văn phòng chủ trì, phối hợp với các phòng" leads, and the others join in."""
        written = (
            self._marked(text, span.start, span.end)
            or labelled_roles(self.offices, text, span)
            or divided_roles(self.offices, text, span)
        )
        if written:
            return written
        together = _TOGETHER.search(text, span.start, span.end)
        if not together:
            return Roles(tuple(self.offices.names_in_value(text, span.start, span.end)))
        lead = self.offices.names_in_value(text, span.start, together.start())
        partners = self.offices.list_at(text, together.end(), span.end)
        if together["colon"] or not partners:
            partners = self.offices.names_in_value(text, together.end(), span.end)
        return Roles(tuple(name for name in lead if not _LEADS.match(name.text)), tuple(partners))

    def _marked(self, text: str, start: int, end: int) -> Roles | None:
        """Reads "Sở Y tế (chủ trì), Công an tỉnh, Sở Nội vụ (phối hợp)"."""
        chief = _LEAD_MARK.search(text, start, end)
        if not chief:
            return None
        lead = self.offices.names_in_value(text, start, chief.start())
        mark = _PARTNER_MARK.search(text, chief.end(), end)
        rest = self.offices.names_in_value(text, chief.end(), mark.start() if mark else end)
        return Roles(tuple(lead), tuple(rest))

    def heading_offices(
        self, text: str, span: Span, *, expected: bool = False, over_items: bool = False
    ) -> tuple[Roles, bool]:
        """The offices that a heading names, and whether it names nothing else: "3. Sở Nội vụ (Cơ quan thường trực):".

        Where work is assigned an office is `expected`: the model is asked what no rule reads. What stands there
        `over_items` of its own is no sentence: "Các doanh nghiệp tham gia Đề án" is a name.
        """
        lead_in = self._before_office.match(text, span.start, span.end)
        at = lead_in.end() if lead_in else span.start
        staff = self.offices.staff_heading(text, at, span.end)
        find = self.offices.expected_at if expected else self.offices.list_at
        names = [staff] if staff else find(text, at, span.end)
        if not names:
            return Roles(), False
        # a sentence closes with a full stop, a heading does not: "Báo A, Tạp chí B thông tin, tuyên truyền."
        if text[span.end - 1 : span.end] != ".":
            stop = _heading_end(text, names[-1].span.end, span.end)
            names = self.offices.whole(text, names, stop, filling=expected and over_items)
        rest = _BRACKETED.sub("", text[names[-1].span.end : span.end]).strip(" :;.,*")
        if not rest or _DUTY.fullmatch(rest):
            return Roles(tuple(names)), True
        if _IN_CHARGE.match(rest) and len(rest) < 150:
            partners = self._partners(text, Span(names[-1].span.end, span.end))
            return Roles(tuple(names), tuple(partners)), rest.endswith("với") or text[span.end - 1 : span.end] == ":"
        return Roles(tuple(names)), False

    def of_sentence(self, text: str, span: Span, above: Roles) -> Roles:
        """The roles that an item's own words give, under the offices of the heading above it."""
        labelled = self._labelled(text, span)
        if labelled:
            names, rest = labelled
            if _OPENS_TOGETHER.match(text, rest.start, rest.end):
                return replace(self._together(text, rest, Roles(names)), own=True)
            return Roles(names, tuple(self._partners(text, rest)), own=True).settled()
        opening = _OPENS_TOGETHER.match(text, span.start, span.end)
        if opening:
            return self._together(text, span, above)
        own = self._own_doer(text, span, above)
        if own and _JOINS_IN.match(text, own[-1].span.end, span.end):
            return Roles((), own, own=True)  # "… theo chức năng phối hợp thực hiện." says with nobody
        if not own and not above.lead:
            inner = self.inner.of(text, span)
            if inner.lead:
                return Roles(inner.lead, (*self._partners(text, span), *inner.coordinating), own=True).settled()
        lead = own or above.lead
        # an item that names its doer keeps none of the heading's partners
        partners = [*self._partners(text, span), *(() if own else above.coordinating)]
        return Roles(lead, tuple(partners), own=bool(own)).settled()

    def _labelled(self, text: str, span: Span) -> tuple[tuple[Name, ...], Span] | None:
        """Reads "Sở Xây dựng: chủ trì …": the offices before the colon, and the work behind it."""
        openings = (pattern.match(text, span.start, span.end) for pattern in (self._before_office, _COMRADE))
        at = max((opening.end() for opening in openings if opening), default=span.start)
        label = _LABELLED.match(text, at, span.end)
        asked = label and self.offices.opens_work(text, label.end())
        find = self.offices.expected_at if asked else self.offices.list_at
        names = find(text, at, span.end)
        if not names or not names[0].words[:1].isupper():
            return None
        mark = text.find(":", names[-1].span.end, span.end)
        if mark > 0 and "." not in text[names[-1].span.end : mark]:
            names = self.offices.whole(text, names, _heading_end(text, names[-1].span.end, mark), filling=True)
        colon = _COLON.match(text, names[-1].span.end, span.end)
        if not colon or colon.end() >= span.end:
            return None
        return tuple(names), Span(colon.end(), span.end)

    def _together(self, text: str, span: Span, above: Roles) -> Roles:
        """Reads "Phối hợp với X": the heading's office joins in and X leads, unless X is a collective."""
        first = _TOGETHER.search(text, span.start, span.end)
        at_opening = first and not text[span.start : first.start()].strip(' -–+•*"“(')
        names = self.offices.list_at(text, first.end(), span.end) if first and at_opening else []
        if not above.lead:
            return Roles((), tuple(names or self._partners(text, span))).settled()
        chiefs = [name for name in names if not self._is_collective(name)]
        others = [name for name in names if self._is_collective(name)]
        return Roles(tuple(chiefs), (*above.lead, *others)).settled()

    def is_kind(self, name: Name) -> bool:
        """Whether a name is only a kind: "Doanh nghiệp số", "Hợp tác xã"; not "Đài Truyền thanh huyện"."""
        if any(letter.isupper() for letter in name.words[1:]):
            return False
        kinds = self.offices.words.kinds.match(name.words)
        return bool(kinds) and not self.offices.words.openers.match(name.words)

    def _is_collective(self, name: Name) -> bool:
        if _ONE_IN_SMALL.match(name.words):
            return False
        return self.offices.is_collective(name.words) or self.naming.is_collective(name.words)

    def _partners(self, text: str, span: Span) -> list[Name]:
        """The offices after "phối hợp với", but not those of whom others are told to join in."""
        beside = _BESIDE.match(text, span.start, span.end)
        partners = self.offices.list_at(text, beside.end(), span.end) if beside else []
        # "Giao X phối hợp với Y" orders X to join in, not others
        given = self._assign.match(text, span.start, span.end)
        start = given.end() if given else span.start
        for match in _TOGETHER.finditer(text, start, span.end):
            if self._is_directed(text, max(start, match.start() - 160), match.start()):
                continue
            partners += self.offices.expected_at(text, match.end(), span.end)
        return partners

    def _is_directed(self, text: str, start: int, end: int) -> bool:
        """Whether others are told what stands at `end`: "hướng dẫn nhân dân …", "Chỉ đạo Công an xã, phường …"."""
        for directing in self._directing.finditer(text, start, end):
            if not _CLAUSE_END.search(text, directing.end(), end):
                return True
            told = self.offices.list_at(text, directing.end(), end)
            if told and not text[told[-1].span.end : end].strip():
                return True
        return False

    def _own_doer(self, text: str, span: Span, above: Roles) -> tuple[Name, ...]:
        """The doer that an item names: "Giao Văn phòng …", "Phòng A chịu trách nhiệm …", "Căn cứ …, Sở B tham mưu …"."""
        given = self._assign.match(text, span.start, span.end)
        if given:
            told = tuple(self.offices.expected_at(text, given.end(), span.end))
            # "Phân công thành viên phụ trách thôn" is what the heading's office does
            within = above.lead and told and told[0].words[:1].islower() and not self.offices.is_grouped(told[0].words)
            return () if within else told
        if _LEADS_OTHERS.match(text, span.start, span.end) and any(map(_PARTY.search, map(words_of, above.lead))):
            return ()  # "Lãnh đạo Ủy ban nhân dân tỉnh ban hành …" is what a party committee does
        invited = self.book.any_of("invite", before=r"[\s\-–+•*]*", after="[ ]").match(text, span.start, span.end)
        if invited:
            names = self.offices.list_at(text, invited.end(), span.end)
            return () if not names or self._is_collective(names[0]) else tuple(names)
        comrade = _COMRADE.match(text, span.start, span.end)
        at = comrade.end() if comrade else span.start
        find = self.offices.expected_at if _CHIEF.match(text, at, span.end) else self.offices.list_at
        names = find(text, at, span.end)
        if names and self._is_staff_of_duty(names[0]):
            verb = _CHIEF_VERB.search(text, at, span.end)
            comma = text.find(",", at, span.end)
            together = _TOGETHER.search(text, at, span.end)
            ends = (verb.start() if verb else -1, comma, together.start() - 1 if together else -1)
            clause = min((end for end in ends if end > 0), default=0)
            staff = self.offices.staff_heading(text, at, clause) if clause else None
            return (staff,) if staff else ()
        if doer := self._doer(text, names, span.end):
            return self._known(doer, above)
        if not self._scene.match(text, span.start, span.end):
            return ()
        partners = {name.span.start for name in self._partners(text, span)}
        for mention in self.offices.mentions(text, span.start, min(span.end, span.start + _SCENE_REACH)):
            before = text[span.start : mention[0].span.start].rstrip()
            behind_comma = before.endswith((",", ";")) and mention[0].span.start not in partners
            if behind_comma and (doer := self._doer(text, mention, span.end)):
                return self._known(doer, above)
        return ()

    def _is_staff_of_duty(self, name: Name) -> bool:
        """Staff called by a duty that may go on for words: "Công chức tiếp nhận …"; not "Giáo viên chủ nhiệm"."""
        terms = self.offices.words.book.terms
        return name.text.startswith(terms["staff"]) and not name.text.endswith(terms["whole"])

    def _doer(self, text: str, names: Sequence[Name], end: int) -> Sequence[Name]:
        """Names that do what follows; where the model drew the last one over its verb, they are read without it."""
        if names and names[-1].by_model and not self._is_doer(text, names, end):
            names = self.offices.ruled.list_at(text, names[0].span.start, end, within="")
        return names if names and self._is_doer(text, names, end) else ()

    def _is_doer(self, text: str, names: Sequence[Name], end: int) -> bool:
        if names[0].words[:1].islower() and not self.offices.is_grouped(names[0].words):
            return False  # "cán bộ", "doanh nghiệp" in a sentence are whom the work is for
        at = names[-1].span.end
        if self.offices.followed_by_work(text, at, end):
            return True
        # "Trạm Y tế xã cấp phát …": behind a name that its place or field has closed any small word is its verb
        return bool(_CLOSED.search(names[-1].words) and _ITS_VERB.match(text, at, end))

    def _known(self, names: Sequence[Name], above: Roles) -> tuple[Name, ...]:
        """The heading's own offices, named again in the sentence, are all meant."""
        known = {words_of(name) for name in above.lead}
        return () if {words_of(name) for name in names} & known else tuple(names)
