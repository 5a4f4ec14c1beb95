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

from khparse.extract.targets.clauses import Clause
from khparse.extract.targets.figures import brackets
from khparse.extract.targets.grammar import Grammar
from khparse.extract.targets.horizons import Horizon
from khparse.model.record import Comparator
from khparse.text.stretches import beginning_in, inside

_EXCLUSION = regex.compile(
    r"\s*\((?:không bao gồm|không gồm|trừ|ngoại trừ|không kể|không tính)[^()]*\)[\s;,.]*$", regex.IGNORECASE
)
_COUNTED = regex.compile(r"^\s*\([^()]*\d[^()]*\)")  # "100% (12/12) xã …"
# "2/3 trường đạt chuẩn, tỷ lệ 66,7%" is a share of those schools
_COUNTED_SHARE = regex.compile(
    r"^[^\d]{0,40}\d[\d.]*(?:\s?/\s?\d[\d.]*)?\s+(?P<what>\p{L}[^,;\d]*),\s*(?:(?:đạt|chiếm)\s)?(?:tỷ|tỉ)\slệ\s*$",
    regex.IGNORECASE,
)
_LEFT = regex.compile(r"(?<!\p{L})(?:còn|xuống|xuống còn)\s+(?:dưới\s|khoảng\s)?$", regex.IGNORECASE)
_EMPTY = regex.compile(r"\(\s*\)|“\s*”")
_LABEL = regex.compile(
    r"^[\s+*•–-]*(?:(?:chỉ tiêu|mục tiêu|chỉ số)\s(?:số\s)?\d+(?:\.\d+)*\s?[.:-]?|\(?\d{1,2}[).]|\p{Ll}\))\s*",
    regex.IGNORECASE,
)
_SHARE_OF = regex.compile(
    r"(?i)(?:(?:nâng|tăng|giảm|duy trì|phấn đấu)\s)?(?:tỷ lệ|tỉ lệ|tỷ trọng|cơ cấu|chỉ số|tốc độ|mức)\s"
)
_CHANGE_OPENS = regex.compile(r"(?i)(?<!\p{L})từ\s[^;]{0,80}$")
_CHANGE_ENDS = regex.compile(r"(?i)(?<!\p{L})(?:lên|xuống|còn|thành|đến|tới)(?!\p{L})[^;,]{0,16}$")
# by when, of no year that is told: "… vào cuối năm học"
_BY_THE_END = regex.compile(
    r"\s(?:vào|đến|tới|trước|trong)\s(?:cuối|hết|khi kết thúc)\s(?:năm(?: học)?|học kỳ(?: I{1,2}| [12])?|nhiệm kỳ|kỳ(?: kế hoạch)?|giai đoạn|khóa(?: học)?)$",
    regex.IGNORECASE,
)
_DIGIT = regex.compile(r"\d")
_BLANKS = regex.compile(r"\s+")
_BLANK_BEFORE_MARK = regex.compile(r"\s+(?=[,;:.)])")
_COMMAS = regex.compile(r",(?:\s*,)+")
_LAST_COMMA = regex.compile(r",[^,]*$")
_STRONG = regex.compile(r"^.*(?<!\p{L})(?:nhằm|để|đồng thời|phấn đấu)\s")
_OWN_CUE = regex.compile(r"^.*[,.]\s(?:trong đó|đồng thời|phấn đấu|qua đó|góp phần|nhằm)\s(?=\S)", regex.IGNORECASE)
_NUMBERED_PART = regex.compile(r"\d\s[^,]*,")
_GRADE = regex.compile(
    r"\s*(?:loại\s|xếp loại\s|mức\s)?(?:xuất sắc|hoàn thành(?: xuất sắc| tốt)?|giỏi|tốt|khá|đạt)\s*(?:[,:]|đạt|từ|trên|tối|ít|\d|$)",
    regex.IGNORECASE,
)
_GRADE_FAILED = regex.compile(r"(?i)(?<!\p{L})(?:chưa|không)\sđạt\s*$")  # a grade, not a level reached
_UPWARD = regex.compile(r"(?P<who>(?:\s(?!từ\s|lớp\s|cấp\s|loại\s|mức\s)\p{L}+){1,4}?)\strở lên(?!\p{L})")
_LAST_GRADE = regex.compile(r"(?<!\p{L})(?:khá|trung bình)[\s,:]*$", regex.IGNORECASE)
_BELOW_GOOD = {"trung bình", "đạt"}
_MEANS = {"bình quân", "trung bình", "đạt bình quân"}
_WORDS = regex.compile(r"\p{L}+|\d+")
_OF_ALL = regex.compile(r"\s*(?:tổng\s(?:số|lượng|diện tích)|dân số)\s")


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
    left: bool = False  # "…, còn 4,5%": what is left after a fall
    borrowed: bool = False  # words of a neighbour are part of it

    @property
    def indicator(self) -> str:
        """The indicator, before it is tidied."""
        return f"{self.topic} {self.head} {self.rest}"


def tidy(indicator: str, grammar: Grammar) -> str:
    """An indicator without closing exclusion, flourish, stray marks: "hồ sơ (trừ hồ sơ mật);" -> "hồ sơ"."""
    indicator = grammar.flourish.sub("", indicator)
    indicator = _EXCLUSION.sub("", _COUNTED.sub("", _EMPTY.sub("", indicator)))
    indicator = _BLANKS.sub(" ", indicator).strip(" ,;:.–-+*•¹²³⁴⁵⁶⁷⁸⁹⁰")
    return _BY_THE_END.sub("", _COMMAS.sub(",", _BLANK_BEFORE_MARK.sub("", indicator)))


class Reader:
    """Reads the clauses of one line one by one."""

    def __init__(self, text: str, horizons: Sequence[Horizon], grammar: Grammar) -> None:
        self.text = text
        self.horizons = horizons
        self.grammar = grammar
        self._graded = False  # whether a list of grades has come to "khá"
        self._measure_topic = ""  # "Tỷ lệ trường đạt chuẩn: mầm non 70%, tiểu học 80%"

    def read(self, clause: Clause, topic: str) -> Reading:
        """The clause's form and words."""
        figure = clause.figure
        before = self._bare(clause.span.start, min(figure.span.start, self._change_start(clause)))
        after = self._bare(clause.reads_on or figure.span.end, clause.span.end)
        before, own_topic, subject_topic = self._topic(before, after)
        topic = own_topic or topic
        if self._is_change(clause):
            before = self.grammar.change.sub("", before)
        before = _COUNTED_SHARE.sub(r"\g<what> ", before)
        before, comparator = self._late_bound(before, figure.quantity.comparator)
        upward = _UPWARD.match(after) if comparator is Comparator.EQ and figure.percent else None
        if upward:  # "90% giáo viên trở lên xếp loại Khá"
            after, comparator = upward["who"] + after[upward.end() :], Comparator.GE
        reading = self._subject_topic(clause, subject_topic, after, comparator)
        if reading is None:
            form = self._count(clause, before, after) if not figure.percent else self._share(clause, before, after)
            reading = replace(form, comparator=comparator)
            if self._measure_topic and form.form is not Form.TAIL:
                self._measure_topic = ""
        topic = self._measure_topic or topic
        left = _LEFT.search(self.text, clause.span.start, figure.span.start) is not None
        return replace(reading, topic=self._kept_topic(topic, reading), left=left)

    def _is_change(self, clause: Clause) -> bool:
        """Whether it is one end of "từ 5% lên 9%"."""
        return clause.start_of_change or self._change_start(clause) < len(self.text)

    def _change_start(self, clause: Clause) -> int:
        """Where "từ 5%" of "từ 5% lên 9%" begins: the subject ends before it."""
        found = _CHANGE_OPENS.search(self.text, clause.span.start, clause.figure.span.start)
        return found.start() if found and _starts_change(found.group()) else len(self.text)

    def _bare(self, start: int, end: int) -> str:
        """The words of a stretch, horizons taken out."""
        parts: list[str] = []
        for item in beginning_in(self.horizons, start, end):
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
        if (_SHARE_OF.match(topic) and not self.grammar.measure.match(rest)) or self._is_graded(topic, rest):
            self._measure_topic = f"{self._still(topic)}:"
        if self.grammar.bare_change.fullmatch(rest.strip()) and topic and not self.grammar.openers.fullmatch(topic):
            return f"{topic} {rest.strip()}", "", ""
        bare = self.grammar.openers.fullmatch(self.grammar.level.sub("", rest))
        if bare and topic and self.grammar.tail.match(after) and not self.grammar.openers.fullmatch(topic):
            return rest, "", topic
        return rest, "", ""

    def _is_graded(self, topic: str, rest: str) -> bool:
        """Whether a topic is what its grades are of: "Hạnh kiểm: Tốt 85%, Khá 14%"."""
        return bool(_GRADE.match(rest)) and bool(topic) and not self.grammar.openers.fullmatch(topic)

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
        level = None if _GRADE_FAILED.search(opened) else self.grammar.level.search(opened)
        if self._graded and before.strip(" ,;").lower() in _BELOW_GOOD:
            opened, level = before, None  # the grade below "khá", neither a mean nor a level reached
        subject = opened[: level.start()] if level else opened
        self._graded = bool(_LAST_GRADE.search(subject))
        if not subject.strip(" ,"):
            return self._headed(clause, "", after)
        if not level and self.grammar.change.search(subject):
            return self._changed(clause, subject, after)
        reached = (level is not None and level.group().strip(" ,").lower() not in _MEANS) or self._bounded(clause)
        reached = reached or self._is_change(clause)
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
        comma = _LAST_COMMA.search(subject)
        if strong or (comma and self.grammar.openers.fullmatch(comma.group())) or (leveled and comma):
            return self._headed(clause, "", after)
        return Reading(clause, Form.INSIDE, self.grammar.create.sub("", self._own_part(subject)), after, Comparator.EQ)

    def _changed(self, clause: Clause, subject: str, after: str) -> Reading:
        """Reads "tăng thêm 20% số nhóm trẻ", "Số vụ tai nạn giảm 5%": the change is part of what is measured."""
        strong = _STRONG.search(subject)
        subject = subject[strong.end() :] if strong else subject
        return Reading(clause, Form.TAIL, self._own_part(subject), after.split(";", maxsplit=1)[0], Comparator.EQ)

    def _headed(self, clause: Clause, head: str, after: str) -> Reading:
        # "90% tổng số hộ được dùng điện" says of what itself; "40% tổng vốn" waits for its head
        whole = _OF_ALL.match(after) and self.grammar.predicate.search(after)
        if self.grammar.tail.match(after) and not whole:
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
        makes = self.grammar.makes.search(subject) and not self.grammar.measure.match(subject)
        if subject.strip(" ,") and measured and not makes and (level or self.grammar.tail.match(after)):
            head = self._still(self._own_part(subject))
            return Reading(clause, Form.TAIL, head, self._tail(after), Comparator.EQ)
        verb = self._own_part(subject)  # "Hình thành", "mỗi huyện có"
        return Reading(clause, Form.HEAD, f"{verb} {unit}", after, Comparator.EQ, verb=verb)

    def _open(self, before: str) -> str:
        """Without the openers at its start; a level verb at its end stays for the caller."""
        match = self.grammar.openers.match(before)
        return before[match.end() :] if match else before

    def _own_part(self, subject: str) -> str:
        """A subject that does not begin with a measure: what follows a conjunction ("…, trong đó tỷ lệ …")."""
        cue = _OWN_CUE.search(subject)
        subject = subject[cue.end() :] if cue else subject
        if not self.grammar.measure.match(subject) or _NUMBERED_PART.search(subject):
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
    return bool(_DIGIT.search(words) and _CHANGE_ENDS.search(words))
