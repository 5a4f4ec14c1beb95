"""A clause to its indicator: what is measured and of whom, without figure, bound, deadline and lead-in.

A clause has one of these forms: the figure heads a noun phrase ("100% trạm y tế có bác sĩ"), closes it ("tỷ lệ che phủ
rừng đạt 42%"), stands inside ("được trên 50% học sinh sử dụng"), or borrows its head or predicate from a neighbour
("đạt 5% ở cấp tiểu học, 10% ở cấp trung học"; "100% người học, 100% nhà giáo được quản lý …").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

import regex

from khparse.extract.target_clauses import Clause
from khparse.extract.target_figures import brackets, inside
from khparse.extract.target_grammar import Grammar
from khparse.extract.target_horizons import Horizon
from khparse.model.record import Comparator

_EXCLUSION = regex.compile(
    r"\s*\((?:không bao gồm|không gồm|trừ|ngoại trừ|không kể|không tính)[^()]*\)[\s;,.]*$", regex.IGNORECASE
)
_COUNTED = regex.compile(r"^\s*\([^()]*\d[^()]*\)")  # "100% (12/12) xã …"
_EMPTY = regex.compile(r"\(\s*\)|“\s*”")
_RATE = regex.compile(r"(?i)\s*(?P<rate>tỷ lệ|tỉ lệ|tỷ trọng)\s")
_LABEL = regex.compile(
    r"^[\s+*•–-]*(?:(?:chỉ tiêu|mục tiêu|chỉ số)\s(?:số\s)?\d+(?:\.\d+)*\s?[.:-]?|\(?\d{1,2}[).]|\p{Ll}\))\s*",
    regex.IGNORECASE,
)
_SHARE_OF = regex.compile(
    r"(?i)(?:(?:nâng|tăng|giảm|duy trì|phấn đấu)\s)?(?:tỷ lệ|tỉ lệ|tỷ trọng|cơ cấu|chỉ số|tốc độ|mức)\s"
)
_MEANS = {"bình quân", "trung bình", "đạt bình quân"}
_WORDS = regex.compile(r"\p{L}+|\d+")


class Form(Enum):
    """How a clause gives its indicator."""

    HEAD = auto()
    TAIL = auto()
    INSIDE = auto()
    ELLIPTIC = auto()


@dataclass(frozen=True, slots=True)
class Reading:
    """A clause as read: `head` + `rest` is its indicator; a TAIL's `rest` is what follows the figure."""

    clause: Clause
    form: Form
    head: str
    rest: str
    comparator: Comparator
    verb: str = ""  # the verb that a count was read with, for the next count of its list
    topic: str = ""

    @property
    def indicator(self) -> str:
        """The indicator, before it is tidied."""
        return f"{self.topic} {self.head} {self.rest}"


def read_clauses(
    text: str, clauses: Sequence[Clause], horizons: Sequence[Horizon], topic: str, grammar: Grammar
) -> list[Reading]:
    """One reading for each clause of a sentence, shared heads and predicates filled in."""
    reader = _Reader(text, horizons, grammar)
    readings: list[Reading] = []
    for clause in clauses:
        reading = reader.read(clause, topic)
        topic = reading.topic or topic
        readings.append(_borrow_head(reading, readings, grammar))
    return _share_predicates(readings, grammar)


def tidy(indicator: str, grammar: Grammar) -> str:
    """An indicator without closing exclusion, flourish, stray marks: "hồ sơ (trừ hồ sơ mật);" -> "hồ sơ"."""
    indicator = grammar.flourish.sub("", indicator)
    indicator = _EXCLUSION.sub("", _COUNTED.sub("", _EMPTY.sub("", indicator)))
    indicator = regex.sub(r"\s+", " ", indicator).strip(" ,;:.–-+*•")
    indicator = regex.sub(r"\s+(?=[,;:.)])", "", indicator)
    return regex.sub(r",(?:\s*,)+", ",", indicator)


class _Reader:
    def __init__(self, text: str, horizons: Sequence[Horizon], grammar: Grammar) -> None:
        self.text = text
        self.horizons = horizons
        self.grammar = grammar
        self._measure_topic = ""  # "Tỷ lệ trường đạt chuẩn: mầm non 70%, tiểu học 80%"

    def read(self, clause: Clause, topic: str) -> Reading:
        """The clause's form and words."""
        figure = clause.figure
        before = self._bare(clause.span.start, min(figure.span.start, self._change_start(clause)))
        after = self._bare(clause.reads_on or figure.span.end, clause.span.end)
        before, own_topic, subject_topic = self._topic(before, after)
        topic = own_topic or self._measure_topic or topic
        if self._change_start(clause) < len(self.text):
            before = self.grammar.change.sub("", before)
        before, comparator = self._late_bound(before, figure.quantity.comparator)
        reading = self._subject_topic(clause, subject_topic, after, comparator)
        if reading is None:
            form = self._count(clause, before, after) if not figure.percent else self._share(clause, before, after)
            reading = replace(form, comparator=comparator)
        return replace(reading, topic=self._kept_topic(topic, reading))

    def _change_start(self, clause: Clause) -> int:
        """Where "từ 5%" of "từ 5% lên 9%" begins: the subject ends before it."""
        found = regex.compile(r"(?i)(?<!\p{L})từ\s[^;]{0,80}$").search(
            self.text, clause.span.start, clause.figure.span.start
        )
        return found.start() if found and _starts_change(found.group()) else len(self.text)

    def _bare(self, start: int, end: int) -> str:
        """The words of a stretch, horizons taken out."""
        parts: list[str] = []
        for item in self.horizons:
            if start <= item.span.start and item.span.end <= end:
                parts.append(
                    self.text[start : item.span.start].rstrip(" ,(") if parts or start < item.span.start else ""
                )
                start = item.span.end
        parts.append(self.text[start:end])
        return " ".join(parts)

    def _topic(self, before: str, after: str) -> tuple[str, str, str]:
        """The words after the last colon; a topic of whom; a topic that is itself what is measured."""
        masked = brackets(before)
        colons = [i for i, c in enumerate(before) if c == ":" and not inside(i, masked)]
        if not colons:
            return _LABEL.sub("", before), "", ""
        topic = _LABEL.sub("", before[: colons[-1]]).strip(" .,:-–+*•")
        rest = before[colons[-1] + 1 :]
        if self.grammar.whom.match(topic):
            return rest, f"{topic}:", ""
        self._measure_topic = ""
        if _SHARE_OF.match(topic) and not self.grammar.measure.match(rest):
            self._measure_topic = f"{self._still(topic)}:"
        bare = self.grammar.openers.fullmatch(self.grammar.level.sub("", rest))
        if bare and topic and self.grammar.tail.match(after) and not self.grammar.openers.fullmatch(topic):
            return rest, "", topic
        return rest, "", ""

    def _subject_topic(self, clause: Clause, topic: str, after: str, comparator: Comparator) -> Reading | None:
        """Reads "Tỷ lệ che phủ rừng: 42%": the topic is what is measured."""
        return Reading(clause, Form.TAIL, topic, self._tail(after), comparator) if topic else None

    def _kept_topic(self, topic: str, reading: Reading) -> str:
        """A topic of whom, unless the indicator says it again."""
        said = set(_WORDS.findall(f"{reading.head} {reading.rest}".lower()))
        words = _WORDS.findall(self.grammar.whom.sub("", topic).lower())
        return "" if words and all(word in said for word in words) else topic

    def _late_bound(self, before: str, comparator: Comparator) -> tuple[str, Comparator]:
        match = self.grammar.late_bound.search(before)
        if match is None or comparator is not Comparator.EQ:
            return before, comparator
        name = next(name for name, value in match.groupdict().items() if value)
        verb = " đạt" if before[: match.start()].strip() else ""
        return before[: match.start()] + verb, Comparator(name)

    def _share(self, clause: Clause, before: str, after: str) -> Reading:
        """A percentage's clause."""
        opened = self._open(before)
        level = self.grammar.level.search(opened)
        subject = opened[: level.start()] if level else opened
        if not subject.strip(" ,"):
            return self._headed(clause, "", after)
        if not level and self.grammar.change.search(subject):
            return self._changed(clause, subject, after)
        reached = (level is not None and level.group().strip(" ,").lower() not in _MEANS) or self._bounded(clause)
        if self.grammar.tail.match(after):
            return self._closed(clause, subject, after, reached=reached)
        return self._with_phrase(clause, subject, after, leveled=level is not None)

    def _closed(self, clause: Clause, subject: str, after: str, *, reached: bool) -> Reading:
        """A subject, closed by its figure; where nothing says a level is reached, "Giảm tỷ lệ …" stays a change."""
        own = self._own_part(subject)
        return Reading(clause, Form.TAIL, self._still(own) if reached else own, self._tail(after), Comparator.EQ)

    def _bounded(self, clause: Clause) -> bool:
        return clause.figure.quantity.comparator not in {Comparator.EQ, Comparator.BETWEEN, Comparator.APPROX}

    def _with_phrase(self, clause: Clause, subject: str, after: str, *, leveled: bool) -> Reading:
        """A subject before and a phrase after: which of them is measured?"""
        if leveled and (self.grammar.measure.match(subject) or not self.grammar.predicate.search(after)):
            return self._closed(clause, subject, after, reached=True)
        strong = self.grammar.strong_opener.search(subject)
        comma = regex.search(r",[^,]*$", subject)
        if strong or (comma and self.grammar.openers.fullmatch(comma.group())) or (leveled and comma):
            return self._headed(clause, "", after)
        return Reading(clause, Form.INSIDE, self.grammar.create.sub("", self._own_part(subject)), after, Comparator.EQ)

    def _changed(self, clause: Clause, subject: str, after: str) -> Reading:
        """Reads "tăng thêm 20% số nhóm trẻ", "Số vụ tai nạn giảm 5%": the change is part of what is measured."""
        strong = regex.search(r"^.*(?<!\p{L})(?:nhằm|để|đồng thời|phấn đấu)\s", subject)
        subject = subject[strong.end() :] if strong else subject
        return Reading(clause, Form.TAIL, self._own_part(subject), after.split(";", maxsplit=1)[0], Comparator.EQ)

    def _headed(self, clause: Clause, head: str, after: str) -> Reading:
        if self.grammar.tail.match(after):
            return Reading(clause, Form.ELLIPTIC, head, self._tail(after), Comparator.EQ)
        return Reading(clause, Form.HEAD, head, after, Comparator.EQ)

    def _count(self, clause: Clause, before: str, after: str) -> Reading:
        """A counted thing's clause: the unit is part of what is measured, unless a measure stands before it."""
        opened = self._open(before)
        level = self.grammar.level.search(opened)
        subject = opened[: level.start()] if level else opened
        measured = self.grammar.measure.match(subject) or (
            subject.strip(" ,") and not self.grammar.making.match(subject.strip())
        )
        unit = self.grammar.scale.sub("", clause.figure.unit.split("/")[0].strip(), count=1)
        if subject.strip(" ,") and measured and (level or self.grammar.tail.match(after)):
            head = self._still(self._own_part(subject))
            return Reading(clause, Form.TAIL, head, self._tail(after), Comparator.EQ)
        verb = self._own_part(subject)
        return Reading(clause, Form.HEAD, f"{verb} {unit}", after, Comparator.EQ, verb=verb)

    def _open(self, before: str) -> str:
        """Without the openers at its start; a level verb at its end stays for the caller."""
        match = self.grammar.openers.match(before)
        return before[match.end() :] if match else before

    def _own_part(self, subject: str) -> str:
        """A subject that does not begin with a measure: what follows a conjunction ("…, trong đó tỷ lệ …")."""
        cue = regex.search(
            r"^.*[,.]\s(?:trong đó|đồng thời|phấn đấu|qua đó|góp phần|nhằm)\s(?=\S)", subject, regex.IGNORECASE
        )
        subject = subject[cue.end() :] if cue else subject
        if not self.grammar.measure.match(subject):
            inner = list(self.grammar.inner.finditer(subject))
            subject = subject[inner[-1].end() :] if inner else subject
        opened = self.grammar.openers.match(subject)
        return subject[opened.end() :] if opened and opened.end() < len(subject) else subject

    def _still(self, subject: str) -> str:
        """A rate without the verb that moves it: "Giảm tỷ lệ hộ nghèo" -> "tỷ lệ hộ nghèo"."""
        moving = self.grammar.moving.match(subject)
        return subject[moving.end() :] if moving else subject

    def _tail(self, after: str) -> str:
        """What follows a closing figure without a comma: "ở cấp tiểu học", "GRDP", "trên toàn tỉnh"."""
        masked = brackets(after)
        for i, mark in enumerate(after):
            if (
                mark in ",;"
                and not inside(i, masked)
                and (mark == ";" or not i or self.grammar.stop.match(after, i + 1))
            ):
                return after[:i]
        return after


def _starts_change(words: str) -> bool:
    return bool(
        regex.search(r"(?i)(?<!\p{L})(?:lên|xuống|còn|thành|đến|tới)(?!\p{L})[^;,]{0,16}$", words)
        and regex.search(r"\d", words)
    )


def _borrow_head(reading: Reading, before: Sequence[Reading], grammar: Grammar) -> Reading:
    """The head, bound and verb that a list states once."""
    if not before:
        return reading
    last = before[-1]
    if reading.form is Form.ELLIPTIC:
        return _elliptic(reading, last)
    if reading.form is Form.TAIL and reading.clause.elided and grammar.bare_change.fullmatch(reading.head):
        subject = last.head if last.form is Form.TAIL else f"{last.head} {last.rest}"
        return replace(reading, head=f"{subject.strip(' ,.;:')} {reading.head}")
    if reading.form is Form.TAIL:
        return replace(reading, head=_with_pivot(_with_people(reading.head, last, grammar), reading, last, grammar))
    if reading.form is Form.HEAD and reading.clause.figure.percent:
        return _with_doer(reading, last, grammar)
    if _continues_list(reading, last):
        return replace(reading, head=f"{last.verb} {reading.head}", comparator=_bound(reading, last), verb=last.verb)
    return reading


def _bound(reading: Reading, last: Reading) -> Comparator:
    """A list states its bound once: "đạt tối thiểu 5% ở A, 10% ở B"."""
    shared = reading.clause.elided and reading.comparator is Comparator.EQ
    return last.comparator if shared and last.comparator is not Comparator.BETWEEN else reading.comparator


def _elliptic(reading: Reading, last: Reading) -> Reading:
    """Reads "… đạt 5% ở cấp tiểu học, 10% ở cấp trung học": the second has the first's head and its own tail."""
    if last.form is Form.ELLIPTIC:
        return reading
    own = reading.rest.strip(" ,.;:")
    if last.form is Form.TAIL:
        return replace(reading, form=Form.TAIL, head=last.head, rest=own or last.rest, comparator=_bound(reading, last))
    head = f"{last.head} {last.rest}".strip(" ,.;:")
    return replace(reading, form=Form.INSIDE, head=head, rest=own, comparator=_bound(reading, last))


def _with_doer(reading: Reading, last: Reading, grammar: Grammar) -> Reading:
    """Reads "đào tạo 500 lao động, trong đó 70% có việc làm": who has work stands before."""
    if not grammar.predicate.match(reading.rest.lstrip()) or last.form is Form.ELLIPTIC:
        return reading
    people = last.rest if last.form is not Form.TAIL else _RATE.sub("", last.head)
    start = _predicate_start(people, grammar)
    unit = "" if last.clause.figure.percent else last.clause.figure.unit.split("/")[0]
    return replace(reading, head=f"{unit} {people[:start].strip(' ,.;:')}")


def _with_pivot(head: str, reading: Reading, last: Reading, grammar: Grammar) -> str:
    """Reads "thể thấp còi" after "Tỷ lệ trẻ em suy dinh dưỡng thể nhẹ cân": a short part stands for the one it varies."""
    words, others = head.split(), last.head.split()
    whole = not words or len(words) > 6 or grammar.measure.match(head) or last.form is not Form.TAIL
    if whole or not reading.clause.elided or not grammar.measure.match(last.head):
        return head
    place = _varied(words, others, head, last.head, grammar)
    return " ".join([*others[:place], *words]) if place else head


def _varied(words: list[str], others: list[str], head: str, last: str, grammar: Grammar) -> int | None:
    """How many words of the last head stay before a part that varies its end."""
    same_start = [i for i, word in enumerate(others) if i > 1 and word.lower() == words[0].lower()]
    if same_start:
        return same_start[-1]
    if others[-1].lower() == words[-1].lower() and len(others) > len(words) + 1:
        return len(others) - len(words)
    areas = list(grammar.area.finditer(last))
    if areas and grammar.area.fullmatch(head.strip()):
        return len(last[: areas[-1].start()].split())
    return None


def _continues_list(reading: Reading, last: Reading) -> bool:
    """Reads "Hình thành ít nhất 100 doanh nghiệp A, 50 doanh nghiệp B": the second count has no verb of its own."""
    counts = not reading.clause.figure.percent and not last.clause.figure.percent
    bare = reading.clause.span.start + 2 >= reading.clause.figure.span.start
    return counts and bare and reading.clause.elided and not reading.verb.strip() and bool(last.verb.strip())


def _with_people(head: str, last: Reading, grammar: Grammar) -> str:
    """Reads "tỷ lệ hoàn thành …" after "Tỷ lệ trẻ em hoàn thành …" is of the same people."""
    own, other = _RATE.match(head), _RATE.match(last.head)
    start = own.end() if own else 0
    if other is None or not grammar.predicate.match(head, start):
        return head
    predicate = grammar.predicate.search(last.head, other.end())
    return f"{last.head[: predicate.start()].strip()} {head[start:]}" if predicate else head


def _share_predicates(readings: list[Reading], grammar: Grammar) -> list[Reading]:
    """Reads "100% người học, 100% nhà giáo được quản lý": the first gets the second's predicate."""
    for i in range(len(readings) - 2, -1, -1):
        own, after = readings[i], readings[i + 1]
        if (
            own.form is not Form.HEAD
            or after.form is not Form.HEAD
            or not (own.clause.figure.percent and after.clause.figure.percent)
        ):
            continue
        if own.clause.figure.percent and not grammar.predicate.search(_unbracketed(own.rest)):
            start = _predicate_start(after.rest, grammar)
            if start is not None:
                readings[i] = replace(own, rest=f"{own.rest.strip(' ,;')} {after.rest[start:]}")
    return readings


def _predicate_start(phrase: str, grammar: Grammar) -> int | None:
    """Where the predicate begins; "có …" close before a passive describes the noun ("hồ sơ có phát sinh phí được …")."""
    masked = brackets(phrase)
    found = [m for m in grammar.predicate.finditer(phrase) if not inside(m.start(), masked)]
    if not found:
        return None
    first = found[0]
    if first.group().lower() == "có":
        passive = next((m for m in found[1:] if m.group().lower() in {"được", "đạt", "phải"}), None)
        if passive and len(phrase[first.end() : passive.start()].split()) <= 6:
            return passive.start()
    return first.start()


def _unbracketed(text: str) -> str:
    return regex.sub(r"\([^()]*\)", " ", text)
