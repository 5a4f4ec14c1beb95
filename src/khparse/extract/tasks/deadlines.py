"""By when a piece of work is due: the value of a deadline line or cell, or the adverb of a running sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import regex

from khparse.extract.tasks.calendar import Calendar
from khparse.model.record import Due, DueKind
from khparse.rules.load import Rule, RuleBook
from khparse.text import dates
from khparse.text.dates import Value
from khparse.text.values import NORMALISERS

# what every deadline has, so that most sentences cost one search
_SIGN = regex.compile(
    r"\d|h[ằà]ng (?:năm|qu|th|tu|ngày)|mỗi (?:năm|qu|th|tu)|định kỳ|thường xuyên|liên tục|xuyên suốt|qu[ýí] [IV]",
    regex.IGNORECASE,
)
_OTHER_SIGN = regex.compile(r"\b(?:theo|thứ|chủ nhật|(?:trong|cả|cuối) năm)\b", regex.IGNORECASE)
_LATEST = regex.compile(r"chậm nhất|muộn nhất|không muộn hơn", regex.IGNORECASE)
_STAGES = regex.compile(r"[^;\n]+")
_INTERVAL = regex.compile(r"INTERVAL=(\d+)")
_JOINT = regex.compile(
    r"[\s,;()&/–-]{0,4}(?:và|hoặc|,|\(|trong đó)?[\s,;()]{0,3}(?:(?:duy trì|tiếp tục|thực hiện|lặp lại)[ ]){0,2}(?:[-+] ?)?(?:(?:đợt|lần|vòng|kỳ|lượt)[ ](?:\d{1,2}|[IVX]+)[ ]?:?[ ]?)?",
    regex.IGNORECASE,
)
_BOUND = regex.compile(r"[.;:]\s|^|\n")
# "(Cục A chủ trì; giai đoạn 2023 - 2024)": what stands in brackets beside the doer says when
_WITH_DOER = regex.compile(r"\((?:[^()]*?[;,.] )?(?:thời gian(?: thực hiện)?:? |trong )?$", regex.IGNORECASE)
_TIME_LABEL = regex.compile(
    r"thời gian(?: thực hiện| hoàn thành| tổ chức)?(?: dự kiến)?:? (?:là |vào )?$", regex.IGNORECASE
)
_LABEL_REACH = 48  # characters: the longest label of time
_DAILY_THING = regex.compile(
    r"(?:sinh hoạt|đời sống|cuộc sống|công việc|hoạt động|số liệu|tiêu dùng|nhu cầu)\s*$", regex.IGNORECASE
)
# "…, ban hành trước ngày 30/4" is what is to be done, "văn bản ban hành trước ngày 30/4" a thing
# not "cho học sinh trong tháng 10"
_OF_A_THING = r"(?<![,;:][ ](?:và[ ])?)(?<!(?:học|thí|vệ|sĩ|nghiên cứu|thực tập)[ ])(?:{past})[ ,]*$"
# what names a day that is not the work's: documents, feasts, what was, what things are of that time
_NOT_TO_COME = regex.compile(
    r"(?<!\p{L})(?:số \d|Quyết định|Nghị quyết|Nghị định|Thông tư|Công văn|Kế hoạch|Chỉ thị|Kết luận|Thông báo|Chương trình|Đề án|Luật|Tờ trình|[Kk]ỷ niệm|[Cc]hào mừng|Ngày|Tết|lễ |kể từ|tính đến|so với|đến|từ|của|theo|giai đoạn|mục tiêu|chỉ tiêu|dự toán|kinh phí|nguồn|kết quả|kế hoạch|số liệu|đã|đang|được|nhiệm vụ|công tác|chương trình)(?!\p{L})[^;.]{0,80}$"
)
_FINISHED = regex.compile(r"(?:hoàn thành|hoàn tất|xong)(?!\p{L})")
_SINGLE = {"date", "month", "quarter", "year"}
_WITHIN = {"trong", "vào", "vào cuối", "vào đầu", "trong cuối", "cuối", "đầu"}
# what ends in the year that is named: "sơ kết vào năm 2025"
_ENDING = regex.compile(r"(?:hoàn thành|sơ kết|tổng kết|khánh thành|kết thúc|nghiệm thu)[^;.]{0,60}$", regex.IGNORECASE)
_STAGE = regex.compile(r"(?:trong )?giai đoạn", regex.IGNORECASE)
_DOCUMENT_NAMED = regex.compile(
    r"(?:Kế hoạch|Chương trình|Đề án|Nghị quyết|Quyết định|Chiến lược|Chỉ thị|Dự án|kế hoạch|chương trình|đề án|mục tiêu|chỉ tiêu)[^;.]{0,120}$"
)
_PLANS_AND = regex.compile(
    r"(?:kế hoạch|chương trình|dự toán|vốn)[^,;.]{0,30}(?:giai đoạn|trung hạn|dài hạn|5 năm|năm năm)[ ]và[ ]$"
)
_YEAR_SAID = regex.compile(r"20\d\d")
_FEAST = regex.compile(r"(?<!\p{L})(?:Ngày|Tuần lễ|Tháng|Lễ|Tết)[ ](?:[\p{L},\-–]+[ ]){0,12}$")
_BRACKETED = regex.compile(r"\([^()]{0,80}\)\s*")
_CLOSING_BRACKET = regex.compile(r"\((?P<words>[^()]{3,40})\)[ .;]*$")
_POINTS = {"date", "month", "quarter", "year", "period"}


@dataclass(frozen=True, slots=True)
class Mention:
    """One deadline in a text."""

    start: int
    end: int
    value: Value
    lead: str
    words: str
    rule: Rule

    @property
    def kind(self) -> str:
        """Its kind."""
        return self.value["kind"]


@dataclass(frozen=True, slots=True)
class FoundDue:
    """A deadline, what read it, and where in the text it stands."""

    due: Due
    start: int
    end: int
    source: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The deadline rules, ready to read one plan."""

    book: RuleBook
    calendar: Calendar
    read: dict[str, list[Mention]] = field(default_factory=dict, compare=False, repr=False)  # each text is read once

    def of_value(self, text: str) -> FoundDue | None:
        """The deadline that a line or a cell states: "Quý IV năm 2022", "năm 2022 và hàng năm", "2023-2025"."""
        found = self._mentions(text)
        latest = next((m for m in found if _is_latest(m.lead)), None)
        if latest:
            return self._due(text, [latest])
        return self._due(text, _stages(text, found) or _adjacent(text, found))

    def of_sentence(self, text: str) -> FoundDue | None:
        """The deadline that a sentence's own adverb sets: "Hằng năm, …", "… trước ngày 15/11/2025"."""
        if not _SIGN.search(text):
            return None
        every = self._mentions(text)
        found = [m for m in every if self._is_adverb(text, m)]
        found = [m for m in found if m.kind != "ongoing"] or found
        for index in range(_first_binding(found), len(found)):
            chain = _adjacent(text, every[every.index(found[index]) :])
            due = self._due(text, _with_day(found[index:], chain))
            if due:
                return self._last_day(text, found[index + 1 :], due)
        return self._in_closing_bracket(text)

    def _in_closing_bracket(self, text: str) -> FoundDue | None:
        """Reads "Trợ giúp pháp lý lưu động (cả năm).": the last bracket says when and nothing else."""
        bracket = _CLOSING_BRACKET.search(text)
        if bracket and not _YEAR_SAID.search(bracket["words"]) and _FEAST.search(text, 0, bracket.start()):
            return None  # "hưởng ứng Tháng hành động … (tháng 12)" says when the feast is
        due = self.of_value(bracket["words"]) if bracket else None
        if not bracket or not due or due.end - due.start < len(bracket["words"].strip()) - 1:
            return None
        at = bracket.start("words")
        return replace(due, start=at + due.start, end=at + due.end)

    def _last_day(self, text: str, later: Sequence[Mention], due: FoundDue) -> FoundDue:
        """Reads "báo cáo 6 tháng trước ngày 10/6, báo cáo năm trước ngày 10/11": the work ends on the last day named."""
        if due.due.kind not in _SINGLE:
            return due
        for mention in later:
            if mention.kind not in _SINGLE or regex.search(r"[.!?]\s+\p{Lu}", text[due.end : mention.start]):
                break
            other = self._due(text, [mention])
            if other and (other.due.end or "") > (due.due.end or ""):
                due = other
        return due

    def _mentions(self, text: str) -> list[Mention]:
        """The longest readings, left to right, none inside another."""
        if text not in self.read:
            self.read[text] = self._read(text) if _SIGN.search(text) or _OTHER_SIGN.search(text) else []
        return self.read[text]

    def _read(self, text: str) -> list[Mention]:
        found = [mention for rule, match in self.book.finditer(text) if (mention := _mention(rule, match))]
        # "theo Nghị định …, hoàn thành trong quý III" is due then; "theo Kế hoạch số 12 ngày 02/01/2025" names the document
        bound = [m for m in found if m.lead.strip() and m.kind != "by_reference"]
        found = [m for m in found if m.kind != "by_reference" or not any(m.start < b.start < m.end for b in bound)]
        found.sort(key=lambda m: (m.start - m.end, m.start))
        kept: list[Mention] = []
        for mention in found:
            if all(mention.end <= other.start or other.end <= mention.start for other in kept):
                kept.append(mention)
        return sorted(kept, key=lambda m: m.start)

    def _due(self, text: str, chain: Sequence[Mention]) -> FoundDue | None:
        if not chain:
            return None
        value = _merged(chain)
        if value and value.get("end", "").startswith("--") and self._is_rhythmic(text, chain[0]):
            point = dates.point_in(chain[0].words)
            several = {"kind": "recurring", "recurrence": "FREQ=YEARLY"}
            value = several if len(chain) > 1 else dates.yearly_on(point) if point else None
        completed = self.calendar.complete(value) if value else None
        if completed is None:
            return None
        start, end = chain[0].start, chain[-1].end
        due = Due(
            kind=DueKind(completed["kind"]),
            start=completed.get("start"),
            end=completed.get("end"),
            recurrence=completed.get("recurrence"),
            text=text[start:end].strip(),
        )
        return FoundDue(due, start, end, chain[0].rule.source, chain[0].rule.data.confidence)

    def _is_rhythmic(self, text: str, mention: Mention) -> bool:
        """A day without a year after "hằng năm" or "định kỳ" in its sentence comes round each year."""
        return bool(self._rhythm_words.search(text[_sentence_start(text, mention.start) : mention.start]))

    @property
    def _rhythm_words(self) -> regex.Pattern[str]:
        return self.book.compile("{every} năm|định kỳ")

    def _is_adverb(self, text: str, mention: Mention) -> bool:
        """Whether the words say when the sentence's work is done, not what a noun in it is like."""
        if _TIME_LABEL.search(text, max(0, mention.start - _LABEL_REACH), mention.start):
            return True
        before = text[_sentence_start(text, mention.start) : mention.start]
        opens = not before.strip(" -+•*()")
        if mention.kind in {"recurring", "ongoing", "by_reference"}:
            return self._is_repeated(before, text[mention.end :], mention, opens=opens)
        if self._is_beside_doer(text, mention):
            return True
        if mention.rule.id in {"deadline.years", "deadline.school-year", "deadline.from"}:
            return self._is_span_of_work(before, text[mention.end :].lstrip(), mention)
        if self._closes_clause(before, text[mention.end :].lstrip(), mention):
            return True
        if opens and regex.match(r"[ ]?[,:]", text[mention.end : mention.end + 2]) and "đến" not in mention.lead:
            return True
        return self._binds(before, mention)

    def _is_repeated(self, before: str, after: str, mention: Mention, *, opens: bool) -> bool:
        if mention.rule.id == "deadline.yearly-day" and mention.lead.strip().lower() in {"đến", "từ"}:
            return False
        if opens or mention.kind != "recurring":
            return opens and mention.kind != "by_reference"
        if mention.rule.id == "deadline.daily":
            closes = regex.match(r"[ ]?[.;)]|$|[ ]từ[ ]", after) and not _DAILY_THING.search(before)
            return bool(closes or regex.search(r"giờ|\d ?h", mention.words))
        return self._is_rhythm_of_work(before, mention)

    def _is_beside_doer(self, text: str, mention: Mention) -> bool:
        before, after = text[: mention.start], text[mention.end : mention.end + 2].lstrip()
        if not after.startswith((")", ";")) or not _WITH_DOER.search(before):
            return False
        return bool(regex.search(r"chủ trì|thực hiện|phối hợp|phụ trách", before[before.rindex("(") :]))

    def _binds(self, before: str, mention: Mention) -> bool:
        lead = mention.lead.lower()
        if _FINISHED.search(lead):
            return True
        if self.book.compile(_OF_A_THING).search(before) and not self.book.compile("{submitted}").search(before):
            return False
        if mention.rule.id == "deadline.range":
            return lead.startswith("từ") and _first_kind(mention) != "year"
        if lead.startswith("dự kiến") and mention.kind == "date":
            return True
        if mention.kind == "date" and regex.search(r"(?:đến )?hết", lead):
            return True
        if lead.strip() in _WITHIN:
            finished = mention.kind == "year" and bool(_ENDING.search(before))
            return finished or mention.kind in {"month", "quarter", "date" if lead.strip() == "vào" else "period"}
        return bool(self.book.compile("{strong}").search(lead))

    def _is_span_of_work(self, before: str, after: str, mention: Mention) -> bool:
        """Reads "…; thực hiện trong giai đoạn 2025-2027", "Xây dựng 05 mô hình trong giai đoạn 2025-2027."; no plan's name."""
        if mention.rule.id != "deadline.years" or not _STAGE.match(mention.words):
            return False
        if regex.search(r"(?:thực hiện|triển khai|hoàn thành)[ ]$", before):
            return not _DOCUMENT_NAMED.search(before)
        return after[:1] in {"", ".", ";"} and mention.lead == "trong " and not _DOCUMENT_NAMED.search(before)

    def _closes_clause(self, before: str, after: str, mention: Mention) -> bool:
        """Reads "Tổ chức lễ phát động ngày 05/6/2022.", "Nhân rộng mô hình trong năm 2022;": a time still to come ends a clause.

        Not where it belongs to a document, a feast or what has happened: "kỷ niệm ngày 20/11", "Công văn ngày 05/6/2022".
        """
        after = _BRACKETED.sub("", after, count=1) if after.startswith("(") else after
        if mention.kind not in _POINTS or mention.kind == "period" or (after and after[0] not in ".;,"):
            return False
        if mention.kind == "year" and mention.lead.strip().lower() != "trong":
            return False
        clause = before[max(before.rfind(";"), before.rfind(":")) + 1 :]
        if not clause.strip(" -+•*") or _NOT_TO_COME.search(clause):
            return False
        if self.book.compile(_OF_A_THING).search(clause):
            return False
        completed = self.calendar.complete(mention.value)
        return bool(completed and completed.get("end", "") >= (self.calendar.issued or "9999"))

    def _is_rhythm_of_work(self, before: str, mention: Mention) -> bool:
        if mention.lead or mention.rule.id != "deadline.every":
            return True
        if regex.search(r"\btại (?:các )?(?:cuộc|phiên|kỳ|hội nghị|buổi|giao ban)[^,;.]{0,30}$", before):
            return False  # "báo cáo tại phiên họp hàng tháng"
        if _PLANS_AND.search(before):
            return False  # "kế hoạch giai đoạn và hằng năm"
        if regex.search(r"[,;:(]\s*$|\bvà\s*$", before):
            return True
        return not self.book.compile(
            r"(?:{attributed})(?:[ ]\w+){0,1}[ ]*$|(?:kinh phí|ngân sách|dự toán|nguồn vốn|chỉ tiêu)(?:[ ]\w+){0,4}[ ]*$|(?:chương trình|kế hoạch)(?: công tác)?(?:,? (?:thanh tra|kiểm tra|giám sát)){1,3}[ ]*$"
        ).search(before)


def _mention(rule: Rule, match: regex.Match[str]) -> Mention | None:
    value = NORMALISERS[rule.data.normaliser or "due_point"](match)
    lead = match.groupdict().get("lead") or ""
    return Mention(match.start(), match.end(), value, lead, match.group(), rule) if value else None


def _sentence_start(text: str, position: int) -> int:
    starts = [match.end() for match in _BOUND.finditer(text, 0, position)]
    return max((start for start in starts if start <= position), default=0)


def _is_latest(lead: str) -> bool:
    return bool(_LATEST.search(lead))


def _adjacent(text: str, found: Sequence[Mention]) -> list[Mention]:
    """The first mention and those that only a comma, a bracket or "và" parts from it."""
    chain = list(found[:1])
    for mention in found[1:]:
        gap = text[chain[-1].end : mention.start]
        if mention.kind == "by_reference" or not _JOINT.fullmatch(gap):
            break
        # "… trước ngày 25/4; hằng tháng báo cáo" are two pieces of work
        if ";" in gap and "recurring" in {mention.kind, chain[-1].kind} and mention.kind != chain[-1].kind:
            break
        chain.append(mention)
    return chain


def _stages(text: str, found: Sequence[Mention]) -> list[Mention]:
    """Reads "Quý I: khảo sát; quý II: triển khai; tháng 9/2015: nghiệm thu": one time in each part, the last one ends it."""
    parts = [part.span() for part in _STAGES.finditer(text)]
    inside = [[m for m in found if start <= m.start < end] for start, end in parts]
    timed = [part[0] for part in inside if len(part) == 1 and part[0].kind in _POINTS]
    several = len(timed) > 1 and all(len(part) < 2 for part in inside) and bool(inside[-1])
    return timed if several and len(timed) == len(found) else []


def _with_day(found: Sequence[Mention], chain: list[Mention]) -> list[Mention]:
    """Reads "hằng quý … trước ngày 15 của tháng cuối quý": the day said later belongs to the rhythm said first.

    So does "trước ngày 31/7" to "Hằng năm".
    """
    rhythm = chain[0].value.get("recurrence") if len(chain) == 1 else None
    dated = [m for m in found if rhythm and m.value.get("recurrence", "").startswith(f"{rhythm};BY")]
    if rhythm == "FREQ=YEARLY":
        dated += [m for m in found if m.kind == "date" and m.value.get("end", "").startswith("--")]
    return dated[:1] or chain


def _first_binding(found: Sequence[Mention]) -> int:
    """Reads "Lập kế hoạch thực hiện hằng năm và cả giai đoạn, gửi Sở trước ngày 31/7/2025": the day said outweighs a rhythm within."""
    within = bool(found) and found[0].kind == "recurring" and found[0].start > 0
    for index, mention in enumerate(found):
        full = mention.kind == "date" and not mention.value.get("end", "--").startswith("--")
        if within and full and mention.lead.strip().lower().startswith(("trước", "chậm nhất", "xong", "hoàn thành")):
            return index
    return 0


def _first_kind(mention: Mention) -> str | None:
    point = dates.point_in(mention.words)
    return point.kind if point else None


def _merged(chain: Sequence[Mention]) -> Value | None:
    """One value of what stands together: a rhythm with its beginning, the shorter of two rhythms, a list of points."""
    rhythms = [m for m in chain if m.kind == "recurring"]
    points = [m for m in chain if m.kind in _POINTS]
    if rhythms:
        return _rhythm_with(rhythms, points)
    if not points:
        return chain[0].value
    return points[0].value if len(points) == 1 else _listed(points)


def _rhythm_with(rhythms: Sequence[Mention], points: Sequence[Mention]) -> Value | None:
    value = min((m.value for m in rhythms), key=lambda v: (_length(v["recurrence"]), "BY" not in v["recurrence"]))
    if not points:
        return value
    point = dates.point_in(points[0].words)
    if value["recurrence"] == "FREQ=YEARLY" and point and point.year is None:
        # each year from one day to another has no single day
        single = len(points) == 1 and points[0].kind != "period"
        return dates.yearly_on(point) if single else value
    start = points[0].value.get("start") or (point.first() if point else None)
    end = points[0].value.get("end") if points[0].value["kind"] == "period" else None
    return {**value, **({"start": start} if start else {}), **({"end": end} if end else {})}


def _length(recurrence: str) -> int:
    interval = _INTERVAL.search(recurrence)
    days = next(n for name, n in (("DAILY", 1), ("WEEKLY", 7), ("MONTHLY", 30), ("YEARLY", 365)) if name in recurrence)
    return days * (int(interval[1]) if interval else 1)


def _listed(points: Sequence[Mention]) -> Value | None:
    """Reads "năm 2025 và năm 2026" -> a period over both; of several days the last."""
    first, last = dates.point_in(points[0].words), points[-1].value
    if last.get("end") is None or first is None:
        return points[0].value
    if last["kind"] == "date":
        return last
    final = dates.point_in(points[-1].words)
    first = first._replace(year=first.year or (final.year if final else None))
    start = points[0].value.get("start") or first.first()
    return {"kind": "period", "end": last["end"], **({"start": start} if start else {})}
