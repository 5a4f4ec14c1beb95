"""Roles as a value, and the clauses inside an item that give them: "…; do Phòng A chủ trì, Phòng B phối hợp"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from khparse.extract.offices.names import Name, OfficeNames
from khparse.model.document import Span
from khparse.rules.load import RuleBook

_FLAGS = regex.V0
# where a clause of its own begins inside an item
_CLAUSE = regex.compile(r"(?:[.;:]|(?<![\d.]),)[ ]+(?:và[ ])?|[ ]?\([ ]?|[ ]-[ ]", _FLAGS)
_GIVEN = regex.compile(r"(?i:giao(?:[ ]cho)?|phân công|đề nghị|do|yêu cầu)[ ]", _FLAGS)
_LEADS_WORK = regex.compile(
    r"[ ]*(?:\([^()\n]{0,60}\))?,?[ ](?:(?:sẽ|được giao|được phân công)[ ])?"
    r"(?:chủ trì|chịu trách nhiệm|có trách nhiệm|đảm nhiệm|đảm nhận|phụ trách|đứng ra|(?:là|làm)[ ](?:cơ quan[ ]|đơn vị[ ]|lực lượng[ ])?(?:chủ trì|đầu mối|thường trực|nòng cốt|chủ công))\b",
    _FLAGS,
)
_JOINS_WORK = regex.compile(r"[ ]*(?:cùng[ ])?phối (?:kết )?hợp(?:[ ]thực hiện)?(?=[ ]?[).;,]|$)", _FLAGS)
_DOES_WORK = regex.compile(r"[ ](?:tổ chức[ ]|triển khai[ ])?(?:thực hiện|triển khai)(?=[ ]?[).;,]|$)", _FLAGS)
_CHIEF = regex.compile(r"[ ](?:làm[ ])?(?:chủ trì|đầu mối)[ ]?(?:,|;|[ ]và[ ])[ ]?", _FLAGS)
_JOINING_END = regex.compile(r"[ ](?:cùng[ ])?phối (?:kết )?hợp(?:[ ]thực hiện)?[ .;]*$", _FLAGS)
_EACH_PERSON = regex.compile(
    r"(?i:mỗi|từng)[ ](?:học sinh|sinh viên|người|công dân|hộ|gia đình|cá nhân|trẻ)(?!\p{L})", _FLAGS
)
_LONGEST_LABEL = 8  # words before a colon that name the work, no clause of its own
# labels inside a cell that holds several roles
_LABEL = regex.compile(
    r"(?<![\p{L}\d])(?i:các[ ])?(?i:(?:cơ quan|đơn vị|bộ phận|ĐV|CQ)[ ])?"
    r"(?:(?P<joins>(?i:p/?h|phối hợp|tham gia|hỗ trợ))|(?P<does>(?i:thực hiện))|(?P<leads>(?i:c/?t|chủ trì|đầu mối|chịu trách nhiệm(?: chính)?|phụ trách)))(?:[ ]thực hiện)?[ ]?:[ ]?",
    _FLAGS,
)


@dataclass(frozen=True, slots=True)
class Roles:
    """The offices of one piece of work."""

    lead: tuple[Name, ...] = ()
    coordinating: tuple[Name, ...] = ()
    own: bool = False  # the words themselves name the doer

    @property
    def named(self) -> tuple[Name, ...]:
        """Every office of it."""
        return (*self.lead, *self.coordinating)

    def settled(self) -> Roles:
        """Each office once; who leads does not join in as well."""
        lead = _distinct(self.lead)
        taken = {words_of(name) for name in lead}
        return Roles(lead, tuple(n for n in _distinct(self.coordinating) if words_of(n) not in taken), self.own)


def words_of(name: Name) -> str:
    """The name's words as a key."""
    return " ".join(name.words.lower().split())


def _distinct(names: Sequence[Name]) -> tuple[Name, ...]:
    seen: dict[str, Name] = {}
    for name in names:
        seen.setdefault(words_of(name), name)
    return tuple(seen.values())


def divided_roles(offices: OfficeNames, text: str, value: Span) -> Roles | None:
    """Reads "Phòng A chủ trì, Phòng B, các trường phối hợp" in a cell: who leads stands first, who joins in last."""
    chief = _CHIEF.search(text, value.start, value.end)
    joining = _JOINING_END.search(text, chief.end(), value.end) if chief else None
    if not chief or not joining:
        return None
    lead = offices.names_in_value(text, value.start, chief.start())
    return Roles(tuple(lead), tuple(offices.names_in_value(text, chief.end(), joining.start())))


def labelled_roles(offices: OfficeNames, text: str, value: Span) -> Roles | None:
    """Reads "CT: Sở A; PH: Sở B" and "Chủ trì: A. Phối hợp: B" in a cell: each label governs what stands behind it."""
    labels = list(_LABEL.finditer(text, value.start, value.end))
    if not labels:
        return None
    lead = list(offices.names_in_value(text, value.start, labels[0].start()))
    partners: list[Name] = []
    ends = [*(label.start() for label in labels[1:]), value.end]
    for label, end in zip(labels, ends, strict=True):
        joins = label.lastgroup == "joins" or (label.lastgroup == "does" and bool(lead))
        (partners if joins else lead).extend(offices.names_in_value(text, label.end(), end))
    return Roles(tuple(lead), tuple(partners))


@dataclass(frozen=True, slots=True)
class InnerDoers:
    """The doers that a later clause, a bracket or a second sentence of an item names."""

    offices: OfficeNames
    book: RuleBook

    def of(self, text: str, span: Span) -> Roles:
        """Reads "Dựng trại; Hội A chủ trì", "Dựng trại (do Hội A đảm nhiệm)", "Dựng trại. Giao Hội A thực hiện"."""
        lead: list[Name] = []
        partners: list[Name] = []
        for clause in _CLAUSE.finditer(text, span.start, span.end):
            given = _GIVEN.match(text, clause.end(), span.end)
            names = self.offices.list_at(text, given.end() if given else clause.end(), span.end)
            if not names or not self._is_office(names[0]):
                continue
            end = names[-1].span.end
            if _JOINS_WORK.match(text, end, span.end):
                partners += names if lead else ()
            elif not lead and (
                _LEADS_WORK.match(text, end, span.end)
                or (clause.group()[0] in ";:" and _DOES_WORK.match(text, end, span.end))
                or (clause.group()[0] == "." and not given and self.offices.followed_by_work(text, end, span.end))
                or (clause.group()[0] == ":" and self._is_labelled(text, span, clause, end))
                or (given and self._is_told(text, clause, given, end, span.end))
            ):
                lead = names
        return Roles(tuple(lead), tuple(partners), own=bool(lead))

    def _is_office(self, name: Name) -> bool:
        if _EACH_PERSON.match(name.words):
            return False
        return name.words[:1].isupper() or self.offices.is_grouped(name.words)

    def _is_labelled(self, text: str, span: Span, clause: regex.Match[str], end: int) -> bool:
        """Reads "Đào tạo: Trung tâm A mở 10 lớp" and "Tuyển chọn điều tra viên: Phòng B." with its doer behind the colon."""
        if not text[end : span.end].strip(" .;"):
            return True
        label = text[span.start : clause.start()]
        return len(label.split()) <= _LONGEST_LABEL and self.offices.followed_by_work(text, end, span.end)

    def _is_told(self, text: str, clause: regex.Match[str], given: regex.Match[str], at: int, end: int) -> bool:
        """Whether "giao X …" orders X: at a sentence's beginning any verb follows, else only doing it as a whole."""
        if given.group()[0].isupper() or ";" in clause.group():
            return self.offices.followed_by_work(text, at, end)
        return bool(_DOES_WORK.match(text, at, end))
