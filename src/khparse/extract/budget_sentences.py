"""Sums planned in sentences: the funding section, an item's line "Kinh phí: …", a total with its parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from khparse.extract.budget_words import MoneyWords, money_words
from khparse.model.document import Span
from khparse.model.plan import Plan, Section, SectionKind
from khparse.model.record import Budget, BudgetRole
from khparse.rules.load import Rule
from khparse.text.clauses import first_sentence, plain_end
from khparse.text.periods import period_of, title_period
from khparse.text.values import NORMALISERS

_UNIT_LINE = regex.compile(r"^\s*\(?\s*đơn vị\s*:?\s*$", regex.IGNORECASE)
_BARE_KINH_PHI = regex.compile(
    r"(?:dự\s+(?:kiến|trù)\s+|nguồn\s+)?(?:kinh\s+phí|dự\s+toán|khái\s+toán)(?:\s+(?:dự\s+kiến|thực\s+hiện|triển\s+khai|dự\s+trù|tổ\s+chức|hỗ\s+trợ))*"
    r"(?:\s+(?:trong\s+)?(?:năm|giai\s+đoạn)\s+20\d\d(?:\s?[-–]\s?20\d\d)?)?",
    regex.IGNORECASE,
)
_BARE_TOTAL = regex.compile(
    r"(?:với\s+)?tổng\s+(?:số\s+)?(?:kinh\s+phí|mức\s+đầu\s+tư|vốn|dự\s+toán)(?:\s+(?:thực\s+hiện|dự\s+kiến))?",
    regex.IGNORECASE,
)
_OWN_MONEY = regex.compile(rf"\s*[,;(–-]\s*(?:{_BARE_KINH_PHI.pattern})$", regex.IGNORECASE)
# "ngân sách tỉnh bố trí 3,5 tỷ đồng để sửa chữa …"
_GIVEN = regex.compile(
    r"(?<!\p{L})(?P<fund>(?:ngân\s+sách|nguồn|quỹ|vốn)\s[^,;.()]{2,60}?)\s+(?:bố\s+trí|hỗ\s+trợ|cấp|chi|dành|phân\s+bổ|đầu\s+tư)\s*(?:khoảng\s*)?$",
    regex.IGNORECASE,
)
_GIVEN_FOR = regex.compile(r"^\s*(?:để|cho)\s+(?:thực\s+hiện\s+(?:việc\s+)?)?(?P<purpose>\p{L}[^;\n]{8,})$")
_REVENUE = regex.compile(r"(?<!\p{L})(?:tăng|vượt)\s+thu(?!\p{L})", regex.IGNORECASE)  # a fund, not a report
_SPENT = regex.compile(r"sử\s+dụng\s+kinh\s+phí", regex.IGNORECASE)
_THUS = regex.compile(r",?\s*(?:cụ thể|trong đó|bao gồm|gồm)(?:\s+như\s+sau)?$", regex.IGNORECASE)
_PLAIN = regex.compile(r"(?::|(?<!\p{L})là)\s*(?:(?:dự\s+kiến|khoảng|tạm\s+tính)\s*)?$", regex.IGNORECASE)
_UNSURE = 0.88  # a sum whose name or years the sentence does not set plainly before it
_HEAD = regex.compile(r":\s[^\n]*$")
_INNER = {SectionKind.NUMBER, SectionKind.DECIMAL, SectionKind.LETTER, SectionKind.BRACKET}
_TOTAL = regex.compile(r"(?<!\p{L})(?:tổng|toàn\s+bộ)(?!\s+(?:kết|hợp))(?!\p{L})", regex.IGNORECASE)
_LABEL = regex.compile(r"^[\s\-–+•*:/,(\])]*(?:\[\d+\]\s*)?(?:\(?[\p{L}\d]{1,3}(?:\.\d+)*[.)]\s+)?")
_SENTENCE = regex.compile(r"[;\n]|\.(?=\s+\p{Lu})")
_PAUSE = regex.compile(r"[;\n]|\.(?=\s|$)")
_ANNOUNCES = regex.compile(r"^[\s.,;(]*(?:trong đó|bao gồm|gồm|cụ thể|chia ra)\s*:?\s*$", regex.IGNORECASE)
_STOP = regex.compile(r"\.(?=\s+\p{Lu})|\n")
_IN_WORDS = regex.compile(r"^\s*\((?:[^()]{0,40}:\s*)?[^()\d]{6,160}(?:đồng|chẵn|tỷ|triệu)[^()\d]{0,12}\)")
_PER = regex.compile(r"(?:\s?/\s?[\p{L}\d]+(?:\s\p{L}+)??)*(?=[\s,;.)]|$)|")
_JOINS = regex.compile(
    r"^(?:[\s,;:.–-]+|(?:và|cùng với|còn lại|gồm|bao gồm|trong đó|cụ thể|cụ thể như sau|là)(?!\p{L}))+",
    regex.IGNORECASE,
)
_PERIOD_TAIL = regex.compile(r"\s+(?:cho|để|giai\s+đoạn|trong|năm|thực\s+hiện|của|các)(?!\p{L}).*$", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph of the plan with the section it stands in (its own, where it heads one)."""

    span: Span
    section: Section | None


@dataclass(frozen=True, slots=True)
class _Total:
    """The total that parts may follow: its name, its section, whether parts are announced, its years."""

    name: str
    section: str | None
    announces: bool
    period: str | None


@dataclass(frozen=True, slots=True)
class _Sum:
    """A sum in its paragraph: the words of its sentence before it and behind it, and whether it is a part of another."""

    match: regex.Match[str]
    rule: Rule
    clause: str
    behind: str
    part: bool
    after: str
    ahead: str  # what stands in the paragraph before the sum's own clause


def sentence_budgets(plan: Plan) -> Iterator[Budget]:
    """The sums of the plan's sentences, in reading order."""
    words = money_words()
    text = plan.document.text
    total: _Total | None = None
    for paragraph in _paragraphs(plan, words):
        sums = _sums(text, paragraph.span, words)
        if not sums or not _speaks_of_plans(paragraph, text, words, total):
            continue
        announced = _is_announced(paragraph.section, total)
        for found in sums:
            if _is_other(text, found, words) and not (announced and _LABEL.match(found.clause)):
                continue
            record = _budget(plan, paragraph, found, total, words)
            if record.role == BudgetRole.TOTAL:
                announces = bool(words.part.search(text, found.match.end(), paragraph.span.end))
                total = _Total(record.purpose, record.section, announces, record.period)
            yield record


def _paragraphs(plan: Plan, words: MoneyWords) -> Iterator[_Paragraph]:
    """Headings and items in reading order, without forms, reports and aims."""
    by_path = {section.path: section for section in plan.sections}
    spans: list[tuple[Span, Section | None]] = [
        (s.heading_span, s) for s in plan.sections if s.kind is not SectionKind.ROW
    ]
    spans += [(item.span, by_path.get(item.section or "")) for item in plan.items]
    for span, section in sorted(spans, key=lambda pair: pair[0]):
        if section is None or not (section.form or _is_no_plan(section, by_path, words)):
            yield _Paragraph(span, section)


def _is_no_plan(section: Section, by_path: dict[str, Section], words: MoneyWords) -> bool:
    """Whether a section or one above it reports, or sets aims and is not itself about money."""
    above = {section.path: section.heading[:120]}
    here = by_path.get(section.parent or "")
    while here is not None and here.path not in above:
        above[here.path] = here.heading[:120]
        here = by_path.get(here.parent or "")
    titles = above.values()
    if any(map(words.report_heading.match, titles)):
        return True
    for title in titles:
        if words.funding.search(title) or words.task_heading.search(title):
            return False
        if words.aim_heading.match(title):
            return True
    return False


def _is_announced(section: Section | None, total: _Total | None) -> bool:
    """Whether "Trong đó:" behind a total stands above: in the same section, or in the one that this is a letter of."""
    return bool(total and total.announces and section and total.section in {section.path, section.parent})


def _speaks_of_plans(paragraph: _Paragraph, text: str, words: MoneyWords, total: _Total | None) -> bool:
    section = paragraph.section
    if section is not None and words.funding.search(section.heading[:120]):
        return True
    return _is_announced(section, total) or bool(words.plans.search(text, *paragraph.span))


def _sums(text: str, span: Span, words: MoneyWords) -> list[_Sum]:
    """The sums in figures, or where there are none those in words alone."""
    found = [(match, rule) for rule in words.sums for match in rule.finditer(text, *span)]
    if not found:
        found = [(match, rule) for rule in words.words for match in rule.finditer(text, *span)]
    found.sort(key=lambda pair: pair[0].start())
    ends = [match.end("sum") for match, _ in found]
    starts = [match.start() for match, _ in found]
    priced = [match.end() for rule in words.unit_prices for match in rule.finditer(text, *span)]
    sums: list[_Sum] = []
    for (match, rule), before, after in zip(found, [span.start, *ends], [*starts[1:], span.end], strict=False):
        # "60 triệu đồng/hộ, tổng kinh phí 3 tỷ đồng": the price says nothing of the sum
        first = max([before, *(end for end in priced if before < end < match.start())])
        if first > before and (unit := _PER.match(text, first)):
            first = unit.end()
        said = _IN_WORDS.sub("", text[first : match.start()])
        clause = _SENTENCE.split(said)[-1]
        sums.append(
            _Sum(
                match,
                rule,
                clause,
                _PAUSE.split(text[match.end() : after])[0],
                _is_part(sums, text, match, words),
                text[match.end() : span.end],
                said[: len(said) - len(clause)],
            )
        )
    return sums


def _is_part(before: list[_Sum], text: str, match: regex.Match[str], words: MoneyWords) -> bool:
    """Whether a sum is one of the parts that "trong đó", "gồm" announce, as long as the sentence goes on."""
    if not before:
        return False
    gap = text[before[-1].match.end("sum") : match.start()]
    return not _STOP.search(gap) and (before[-1].part or bool(words.part.search(gap)))


def _is_other(text: str, found: _Sum, words: MoneyWords) -> bool:
    """A price, a threshold, a report."""
    return bool(
        words.prices.search(found.clause)
        or _UNIT_LINE.match(found.clause)
        or _IN_WORDS.search(found.clause)
        or words.reports.search(found.clause)
        or words.reports.search(_REVENUE.sub("", found.behind))
        or words.threshold.search(text, found.match.start(), found.match.end() + len(" trở xuống"))
    )


def _budget(plan: Plan, paragraph: _Paragraph, found: _Sum, total: _Total | None, words: MoneyWords) -> Budget:
    text = plan.document.text
    start, end = found.match.span("sum")
    section = paragraph.section
    heading = section.heading if section else ""
    role = _role(found, paragraph, total, words)
    funded = bool(words.funding.search(heading[:120]))
    return Budget(
        purpose=_purpose(found, section, role, total, words),
        amount_vnd=NORMALISERS[found.rule.data.normaliser or "money"](found.match) or 0,
        period=period_of(found.clause)
        or period_of(found.behind)
        or (total.period if total and role == BudgetRole.SUBTOTAL else None)
        or period_of(heading)
        or (title_period(plan.letterhead.title) if funded or role != BudgetRole.ITEM else None),
        fund=_fund(found.clause, found.behind, words),
        role=role,
        quote=text[start:end],
        section=section.path if section else None,
        page=plan.document.page_at(start),
        start=start,
        end=end,
        source=found.rule.source,
        confidence=_trust(found, funded=funded),
    )


def _trust(found: _Sum, *, funded: bool) -> float:
    """A sum that its clause names plainly in the section about money is as sure as its rule; others are less."""
    sure = found.rule.data.confidence
    if not funded:
        return sure - 0.1
    return sure if found.part or _PLAIN.search(found.clause) else min(sure, _UNSURE)


def _role(found: _Sum, paragraph: _Paragraph, total: _Total | None, words: MoneyWords) -> BudgetRole:
    section = paragraph.section
    if found.part or words.part.search(found.clause) or _is_announced(section, total):
        return BudgetRole.SUBTOTAL
    funding = section is not None and bool(words.funding.search(section.heading[:120]))
    named = _bare_name(found.clause, words)
    if _TOTAL.search(found.clause):
        # "tổng kinh phí 3 tỷ đồng" inside a task is that task's sum
        own = section is not None and not funding and _BARE_TOTAL.fullmatch(named) and section.kind in _INNER
        return BudgetRole.ITEM if own else BudgetRole.TOTAL
    announces = bool(words.part.match(found.behind.strip()) or _ANNOUNCES.search(found.after))
    whole = funding and section is not None and (section.kind not in _INNER or announces)
    return BudgetRole.TOTAL if whole and _BARE_KINH_PHI.match(named) else BudgetRole.ITEM


def _bare_name(clause: str, words: MoneyWords) -> str:
    """The words before a sum without label, conjunction and lead-in: "; và kinh phí dự kiến" -> "kinh phí"."""
    named = _JOINS.sub("", plain_end(_LABEL.sub("", clause)))
    while (shorter := plain_end(words.lead_in.sub("", named))) != named:
        named = shorter
    return named


def _purpose(found: _Sum, section: Section | None, role: BudgetRole, total: _Total | None, words: MoneyWords) -> str:
    """What the sum is of: the words before it; a bare "Kinh phí:" takes its section's title."""
    named = _bare_name(found.clause, words)
    given = _GIVEN_FOR.match(found.behind) if _GIVEN.search(found.clause) else None
    if given:
        return plain_end(given["purpose"])
    if _BARE_KINH_PHI.fullmatch(named) and found.ahead.rstrip().endswith(";"):
        named = plain_end(_LABEL.sub("", found.ahead))
    named = _OWN_MONEY.sub("", named)
    if role == BudgetRole.SUBTOTAL and total is not None:
        label = _JOINS.sub("", plain_end(words.part.sub("", named, count=1)))
        base = _PERIOD_TAIL.sub("", regex.sub(r"^tổng\s+", "", total.name, flags=regex.IGNORECASE))
        return f"{base} {label}".strip() if period_of(label) else label or base
    if section is not None and (not named or _BARE_KINH_PHI.fullmatch(named) or _BARE_TOTAL.fullmatch(named)):
        return first_sentence(_HEAD.sub("", section.heading)) if role == BudgetRole.ITEM else named or section.heading
    return named


def _fund(clause: str, behind: str, words: MoneyWords) -> str | None:
    label = words.fund_label.match(_LABEL.sub("", words.part.sub("", clause, count=1).lstrip(" :")))
    if label:
        return plain_end(label["fund"])
    given = _GIVEN.search(clause)
    if given:
        return plain_end(given["fund"])
    behind = _THUS.sub("", plain_end(_IN_WORDS.sub("", behind)))
    match = words.fund.search(behind) or words.fund.search(_SPENT.sub("", clause))
    match = match or words.fund_label.match(behind.lstrip(" ,("))
    return plain_end(match["fund"]) if match else None
