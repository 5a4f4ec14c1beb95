"""Sums planned in sentences: the funding section, an item's line "Kinh phí: …", a total with its parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from khparse.extract.budgets.clauses import IN_WORDS, Sum, is_other, sums_in
from khparse.extract.budgets.paragraphs import Paragraph, paragraphs
from khparse.extract.budgets.words import MoneyWords, money_words
from khparse.model.plan import Plan, Section, SectionKind
from khparse.model.record import Budget, BudgetRole
from khparse.text.clauses import first_sentence, plain_end
from khparse.text.periods import period_of, title_period, whole_period
from khparse.text.values import NORMALISERS

_YEARS = r"(?:trong\s+)?(?:năm|giai\s+đoạn|các\s+năm)\s+20\d\d(?:\s?(?:[-–]|đến(?:\s+năm)?)\s?20\d\d)?"
_BARE_KINH_PHI = regex.compile(
    rf"(?:(?:riêng\s+)?{_YEARS},?\s+)?(?:dự\s+(?:kiến|trù)\s+|nguồn\s+)?(?:kinh\s+phí|dự\s+toán|khái\s+toán)(?:\s+(?:dự\s+kiến|thực\s+hiện|triển\s+khai|dự\s+trù|tổ\s+chức|hỗ\s+trợ|chi))*"
    rf"(?:\s+{_YEARS})?",
    regex.IGNORECASE,
)
_BARE_YEARS = regex.compile(rf"(?:(?:riêng|của)\s+)?{_YEARS}(?:\s+(?:cần|bố\s+trí|là))?", regex.IGNORECASE)
_BARE_TOTAL = regex.compile(
    r"(?:với\s+)?tổng\s+(?:số\s+)?(?:kinh\s+phí|mức\s+đầu\s+tư|vốn|dự\s+toán|nguồn\s+lực|nhu\s+cầu(?:\s+(?:kinh\s+phí|vốn))?)(?:\s+(?:thực\s+hiện|dự\s+kiến|đầu\s+tư))?",
    regex.IGNORECASE,
)
_OWN_MONEY = regex.compile(
    rf"\s*[,;(–-]\s*(?:với\s+)?(?:{_BARE_KINH_PHI.pattern}|{_BARE_TOTAL.pattern})$|\s+(?:với|có)\s+{_BARE_TOTAL.pattern}$",
    regex.IGNORECASE,
)
# "ngân sách tỉnh bố trí 3,5 tỷ đồng để sửa chữa …"
_GIVEN = regex.compile(
    r"(?<!\p{L})(?P<fund>(?:ngân\s+sách|nguồn|quỹ|vốn)\s[^,;.()]{2,60}?)\s+(?:bố\s+trí|hỗ\s+trợ|cấp|chi|dành|phân\s+bổ|đầu\s+tư)"
    r"\s*(?:(?:mỗi|hằng|hàng)\s+năm\s*)?(?:khoảng\s*)?$",
    regex.IGNORECASE,
)
_GIVEN_FOR = regex.compile(r"^\s*(?:để|cho)\s+(?:thực\s+hiện\s+(?:việc\s+)?)?(?P<purpose>\p{L}[^;\n]{8,})$")
_GIVES = regex.compile(r"\s+(?:bố\s+trí|hỗ\s+trợ|cấp|chi|đảm\s+bảo|bảo\s+đảm|là|khoảng|dự\s+kiến)$", regex.IGNORECASE)
_SOURCE_AFTER = regex.compile(
    r"^(?:\s*\([^()]*\))?\s*[.;,]?\s*(?:(?:nguồn\s+(?:kinh\s+phí|vốn)(?:\s+thực\s+hiện)?\s*:\s*(?:từ\s+)?|(?:được\s+)?trích\s+(?:từ\s+)?)(?P<fund>[^.;:()\n\d]{4,100}(?:20\d\d)?))",
    regex.IGNORECASE,
)
_SPENT = regex.compile(r"sử\s+dụng\s+kinh\s+phí", regex.IGNORECASE)
_THUS = regex.compile(r",?\s*(?:cụ thể|trong đó|bao gồm|gồm)(?:\s+như\s+sau)?$", regex.IGNORECASE)
_PLAIN = regex.compile(r"(?::|(?<!\p{L})là)\s*(?:(?:dự\s+kiến|khoảng|tạm\s+tính)\s*)?$", regex.IGNORECASE)
_UNSURE = 0.88  # a sum whose name or years the sentence does not set plainly before it
_HEAD = regex.compile(r":\s[^\n]*$")
_INNER = {SectionKind.NUMBER, SectionKind.DECIMAL, SectionKind.LETTER, SectionKind.BRACKET}
_TOTAL = regex.compile(r"(?<!\p{L})(?:tổng|toàn\s+bộ)(?!\s+(?:kết|hợp))(?!\p{L})", regex.IGNORECASE)
_THE_PLAN = regex.compile(r"(?<!\p{L})(?:kế\s+hoạch|chương\s+trình|đề\s+án|phương\s+án)(?!\p{L})", regex.IGNORECASE)
_FROM = regex.compile(r"^từ\s+", regex.IGNORECASE)
_LABEL = regex.compile(r"^[\s\-–+•*:/,(\])=]*(?:\[\d+\]\s*)?(?:\(?[\p{L}\d]{1,3}(?:\.\d+)*[.)]\s+)?")
# "cụ thể:" opens a list of works, "trong đó:" one of parts
_ITEMISES = regex.compile(r"^[^\n]*(?<!\p{L})cụ thể(?:\s+như\s+sau)?\s*:\s*$", regex.IGNORECASE)
_ONE_YEAR = regex.compile(r"(?P<apart>riêng\s+)?(?:trong\s+)?năm\s+20\d\d(?!\d|\s?[-–])", regex.IGNORECASE)
_LISTS = regex.compile(r"^.*(?<!\p{L})(?:gồm|cụ thể)(?:\s+(?:có|như\s+sau))?\s*:?\s*", regex.IGNORECASE)
_OWN_LABEL = regex.compile(r"[\s\-–+•*]*(?P<label>\p{L}[^:\d\n]{2,60}?)\s*:")
_RATE = regex.compile(r"^\s*/\s*(?:năm|quý|tháng)(?!\p{L})", regex.IGNORECASE)
_ANNOUNCES = regex.compile(r"^[\s.,;(]*(?:trong đó|bao gồm|gồm|cụ thể|chia ra)\s*:?\s*$", regex.IGNORECASE)
_IN_THE_YEAR = regex.compile(r"^(?:trong\s+)?(?:năm|giai\s+đoạn)\s+[\d\s–-]+,\s*", regex.IGNORECASE)
# "… thực hiện Kế hoạch, trong đó: hỗ trợ Quỹ" names the part by what stands behind
_ANNOUNCED = regex.compile(r"^.*(?<!\p{L})(?:trong đó|bao gồm|gồm|cụ thể|chia ra)\s*:\s*(?=\p{L})", regex.IGNORECASE)
_JOINS = regex.compile(
    r"^(?:[\s,;:.–-]+|(?:và|cùng với|còn lại|gồm|bao gồm|trong đó|cụ thể|cụ thể như sau|là)(?!\p{L}))+",
    regex.IGNORECASE,
)
_PERIOD_TAIL = regex.compile(r"\s+(?:cho|để|giai\s+đoạn|trong|năm|thực\s+hiện|của|các)(?!\p{L}).*$", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Total:
    """The total that parts may follow: its name, its section, whether parts are announced, its years."""

    name: str
    section: str | None
    announces: bool
    itemises: bool
    period: str | None


def sentence_budgets(plan: Plan) -> Iterator[Budget]:
    """The sums of the plan's sentences, in reading order."""
    words = money_words()
    text = plan.document.text
    total: _Total | None = None
    for paragraph in paragraphs(plan, words):
        sums = sums_in(text, paragraph.span, words)
        if not sums or not paragraph.plans or not _speaks_of_plans(paragraph, text, words, total):
            continue
        announced = _is_announced(paragraph.section, total)
        made: dict[int, Budget] = {}
        outer: Budget | None = None
        listed = total is None and bool(_LISTS.search(sums[0].clause))
        for place, found in enumerate(sums):
            parted = paragraph.funded and any(part.part and part.whole is None for part in sums[place + 1 : place + 2])
            if is_other(text, found, words, whole=parted) and not (announced and _LABEL.match(found.clause)):
                continue
            whole = made.get(found.whole) if found.whole is not None else None
            parted_from = whole or (outer if found.part else None)
            record = _budget(
                plan, paragraph, found, _Around(total, whole, parted_from, sums[place + 1 :], words, listed)
            )
            made[place] = record
            outer = outer if found.part else record
            if record.role == BudgetRole.TOTAL:
                total = _total(record, text[found.match.end() : paragraph.span.end], words)
            yield record


def _total(record: Budget, behind: str, words: MoneyWords) -> _Total:
    """A total with what the words behind it announce."""
    announces, itemises = bool(words.part.search(behind)), bool(_ITEMISES.search(behind))
    return _Total(record.purpose, record.section, announces, itemises, record.period)


@dataclass(frozen=True, slots=True)
class _Around:
    """What a sum may be a part of, what stands beside it in its paragraph, and the words."""

    total: _Total | None
    whole: Budget | None  # whose brackets hold the sum
    outer: Budget | None  # behind which "trong đó" announced it
    following: list[Sum]
    words: MoneyWords
    listed: bool  # "Các công trình gồm: đường 3 tỷ đồng; cầu 5 tỷ đồng": works of which no whole is told


def _is_announced(section: Section | None, total: _Total | None) -> bool:
    """Whether "Trong đó:" behind a total stands above: in the same section, or in the one that this is a letter of."""
    return bool(total and total.announces and section and total.section in {section.path, section.parent})


def _speaks_of_plans(paragraph: Paragraph, text: str, words: MoneyWords, total: _Total | None) -> bool:
    if paragraph.funded or _is_announced(paragraph.section, total):
        return True
    return bool(words.plans.search(text, *paragraph.span))


def _budget(plan: Plan, paragraph: Paragraph, found: Sum, around: _Around) -> Budget:
    text = plan.document.text
    start, end = found.match.span("sum")
    section = paragraph.section
    role = _role(found, paragraph, around)
    return Budget(
        purpose=_purpose(found, paragraph, role, around),
        amount_vnd=NORMALISERS[found.rule.data.normaliser or "money"](found.match) or 0,
        period=_period(plan, paragraph, found, role, around),
        fund=_fund(found, around.words),
        role=role,
        quote=text[start:end],
        section=section.path if section else None,
        page=plan.document.page_at(start),
        start=start,
        end=end,
        source=found.rule.source,
        confidence=_trust(found, role, funded=paragraph.funded),
    )


def _trust(found: Sum, role: BudgetRole, *, funded: bool) -> float:
    """A whole that its clause names plainly in the section about money is as sure as its rule; others are less."""
    sure = found.rule.data.confidence
    if not funded:
        return sure - 0.1
    if role is BudgetRole.ITEM or (role is BudgetRole.SUBTOTAL and not found.part):
        return min(sure, _UNSURE)  # one piece of work's own sum, or a part of another's
    return sure if found.part or _PLAIN.search(found.clause) else min(sure, _UNSURE)


def _period(plan: Plan, paragraph: Paragraph, found: Sum, role: BudgetRole, around: _Around) -> str | None:
    """The years of the sum's own words, of its whole, of its parts together, of its heading, of the plan's title."""
    own = period_of(found.clause) or (None if _RATE.match(found.behind) else period_of(found.behind))
    if own or _RATE.match(found.behind):
        return own
    whole = around.outer or (around.total if role == BudgetRole.SUBTOTAL else None)
    if whole is not None and whole.period:
        return whole.period
    parts = [period_of(part.clause) for part in around.following if part.part or around.words.part.search(part.clause)]
    if role == BudgetRole.TOTAL and parts and all(parts):
        return whole_period([period for period in parts if period])
    heading = period_of(paragraph.section.heading) if paragraph.section else None
    return heading or title_period(plan.letterhead.title)


def _role(found: Sum, paragraph: Paragraph, around: _Around) -> BudgetRole:
    section, words = paragraph.section, around.words
    named = _bare_name(found.clause, words)
    if around.listed and _is_listed(named, around):
        return BudgetRole.ITEM
    if found.part or words.part.search(found.clause) or _is_year_of(found, around.total):
        return BudgetRole.SUBTOTAL
    if _is_announced(section, around.total):
        return BudgetRole.ITEM if _is_work(found, paragraph, around) else BudgetRole.SUBTOTAL
    inner = section is not None and section.kind in _INNER
    if _TOTAL.search(found.clause):
        if paragraph.bullet and _sums_its_label(found, paragraph):
            return BudgetRole.ITEM
        # "tổng kinh phí 3 tỷ đồng" inside a task is that task's sum
        plain = not inner and not paragraph.bullet and _BARE_TOTAL.match(named)
        own = not (paragraph.funded or plain or _THE_PLAN.search(named))
        return BudgetRole.ITEM if own else BudgetRole.TOTAL
    announces = bool(words.part.match(found.behind.strip()) or _ANNOUNCES.search(found.after))
    announces = announces or any(part.part and part.whole is None for part in around.following[:1])
    whole = paragraph.funded and (not inner or paragraph.nested or announces)
    if not whole:
        return BudgetRole.ITEM
    unnamed = not named and announces and not paragraph.bullet
    if unnamed or _BARE_KINH_PHI.fullmatch(named) or _BARE_YEARS.fullmatch(named):
        return BudgetRole.TOTAL
    # "ngân sách xã hỗ trợ 5 tỷ đồng, trong đó: …"
    source = announces and words.fund_label.match(_IN_THE_YEAR.sub("", named))
    led = (_BARE_KINH_PHI.match(named) or source) and not paragraph.bullet and not (inner and not announces)
    return BudgetRole.TOTAL if led else BudgetRole.ITEM


def _is_work(found: Sum, paragraph: Paragraph, around: _Around) -> bool:
    """Whether a bullet below "cụ thể:" names a work, not a fund or a year."""
    listed = paragraph.bullet and around.total is not None and around.total.itemises
    return listed and _names_work(_bare_name(found.clause, around.words), around.words)


def _is_listed(named: str, around: _Around) -> bool:
    """Whether a sum stands in a list of works itself, not among the parts of one of them."""
    words = _LISTS.sub("", named)
    return around.whole is None and not around.words.part.search(words) and _names_work(words, around.words)


def _names_work(named: str, words: MoneyWords) -> bool:
    return bool(named) and not (words.fund_label.match(named) or period_of(named))


def _is_year_of(found: Sum, total: _Total | None) -> bool:
    """Whether a sum is one year's of a total over several: "riêng năm 2026 bố trí 20 tỷ đồng"."""
    words = _JOINS.sub("", _LABEL.sub("", found.clause))
    said = _ONE_YEAR.match(words)
    if said and not said["apart"] and _BARE_YEARS.fullmatch(plain_end(words)):
        return False  # "Năm 2025: 4 tỷ đồng" is that year's total
    first, _, last = (total.period or "").partition("/") if total else ("", "", "")
    year = period_of(said.group()) if said else None
    return bool(year and last and first <= year <= last)


def _sums_its_label(found: Sum, paragraph: Paragraph) -> bool:
    """Whether a bullet comes to the sum of its own label: "- Tiền ăn: hỗ trợ … Tổng tiền ăn là 90 triệu đồng"."""
    label = _OWN_LABEL.match(found.match.string, paragraph.span.start)
    return label is not None and f"tổng {label['label'].lower()}" in found.clause.lower()


def _bare_name(clause: str, words: MoneyWords) -> str:
    """The words before a sum without label, conjunction and lead-in: "; và kinh phí dự kiến" -> "kinh phí"."""
    named = _JOINS.sub("", plain_end(_LABEL.sub("", _RATE.sub("", clause))))
    while (shorter := plain_end(words.lead_in.sub("", named))) != named:
        named = shorter
    return named


def _purpose(found: Sum, paragraph: Paragraph, role: BudgetRole, around: _Around) -> str:
    """What the sum is of: the words before it; a bare "Kinh phí:" takes its section's title."""
    section, total = paragraph.section, around.total
    named = _bare_name(found.clause, around.words)
    given = _GIVEN_FOR.match(found.behind) if _GIVEN.search(found.clause) else None
    if given:
        return plain_end(given["purpose"])
    if _BARE_KINH_PHI.fullmatch(named) and found.ahead.rstrip().endswith(";"):
        named = plain_end(_LABEL.sub("", found.ahead))
    named = _OWN_MONEY.sub("", named)
    if found.part:
        named = _ANNOUNCED.sub("", named)
    if around.whole is not None:
        return _JOINS.sub("", named) or around.whole.purpose
    if role == BudgetRole.SUBTOTAL and total is not None:
        label = _JOINS.sub("", plain_end(around.words.part.sub("", named, count=1)))
        whole = regex.sub(r"^tổng\s+", "", total.name, flags=regex.IGNORECASE)
        if label and around.words.fund_label.match(label):
            return f"{whole} từ {_FROM.sub('', label)}"
        base = _PERIOD_TAIL.sub("", whole)
        return f"{base} {label}".strip() if period_of(label) else label or base
    if _BARE_YEARS.fullmatch(named):
        return f"Kinh phí {named[:1].lower()}{named[1:]}"
    if section is not None and (not named or _BARE_KINH_PHI.fullmatch(named) or _BARE_TOTAL.fullmatch(named)):
        return first_sentence(_HEAD.sub("", section.heading)) if role == BudgetRole.ITEM else named or section.heading
    return named


def _fund(found: Sum, words: MoneyWords) -> str | None:
    """The source of a sum: its own name, the words behind it, a sentence "Nguồn kinh phí: …" that follows."""
    label = words.fund_label.match(_LABEL.sub("", words.part.sub("", found.clause, count=1).lstrip(" :")))
    given = _GIVEN.search(found.clause)
    if found_fund := given or label:
        fund = plain_end(found_fund["fund"])
        while (shorter := _GIVES.sub("", fund)) != fund:
            fund = shorter
        return fund
    behind = _THUS.sub("", plain_end(IN_WORDS.sub("", found.behind)))
    match = words.fund.search(behind) or words.fund.search(_SPENT.sub("", found.clause))
    match = match or words.fund_label.match(behind.lstrip(" ,(")) or _SOURCE_AFTER.match(found.after)
    return plain_end(match["fund"]).rstrip(")") if match else None
