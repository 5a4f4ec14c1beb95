"""What neighbouring clauses share: a head, a bound, a verb, a predicate stated once for a list.

"đạt 5% ở cấp tiểu học, 10% ở cấp trung học": the second borrows the first's head. "100% người học, 100% nhà giáo được
quản lý …": the first borrows the second's predicate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from khparse.extract.targets.clauses import Clause
from khparse.extract.targets.figures import brackets
from khparse.extract.targets.grammar import Grammar
from khparse.extract.targets.horizons import Horizon
from khparse.extract.targets.indicators import Form, Reader, Reading
from khparse.model.record import Comparator
from khparse.text.stretches import inside

_BRACKETED = regex.compile(r"\([^()]*\)")
_PARTS = regex.compile(r"(?<!\p{L})(?:trong đó|cụ thể|bao gồm|gồm)\s*:?", regex.IGNORECASE)
_RATE_OF_CHANGE = regex.compile(r"(?:tốc độ|tăng trưởng|tỷ lệ tăng|mức tăng|cơ cấu|tỷ trọng)\s", regex.IGNORECASE)
_PLACE = regex.compile(
    r"\s*(?:(?:các|những|ở|tại|riêng)\s)*(?:thành phố|thị xã|thị trấn|huyện|quận|xã|phường|đặc khu|khu vực|vùng|địa bàn|thành thị|đô thị|nông thôn|miền núi|đồng bằng|hải đảo)(?!\p{L})",
    regex.IGNORECASE,
)
_FELL = regex.compile(r"\s(?:giảm|tăng)(?:\s(?:thêm|bình quân))?\s*$", regex.IGNORECASE)
_GROWS = regex.compile(r"\s(?:tăng|tăng trưởng|giảm|chiếm)(?:\s(?:bình quân|từ))?\s*$", regex.IGNORECASE)
_WHOLE = regex.compile(
    r"\s*(?:GRDP|GDP|tổng|dân số|thu|chi|kế hoạch|dự toán|nhu cầu|diện tích|kim ngạch|giá trị|doanh thu|vốn|ngân sách|sản lượng|lao động|lực lượng)(?!\p{L})",
    regex.IGNORECASE,
)
_LONGEST_PART = 12
# "tỷ lệ lao động qua đào tạo đạt 70%, có bằng cấp đạt 25%": of the same people
_HAVING = regex.compile(r"[\s,;]*(?:(?:và|trong đó|riêng|số):?\s)*có\s(?=\p{L})", regex.IGNORECASE)
_QUALIFIED = regex.compile(r"\s(?:đã\s)?(?:qua|được|có|đạt|tham gia|dùng|sử dụng|biết)\s", regex.IGNORECASE)
_IS = regex.compile(r"\s*là\s\p{L}")
_ALL = 100  # of a share; no bound goes with it
_RATE = regex.compile(r"(?i)\s*(?P<rate>tỷ lệ|tỉ lệ|tỷ trọng)\s")


def read_clauses(
    text: str, clauses: Sequence[Clause], horizons: Sequence[Horizon], topic: str, grammar: Grammar
) -> list[Reading]:
    """One reading for each clause of a sentence, shared heads and predicates filled in."""
    reader = Reader(text, horizons, grammar)
    readings: list[Reading] = []
    words: list[tuple[str, str]] = []
    whole = ""
    for clause in clauses:
        reading = reader.read(clause, topic)
        topic = reading.topic or topic
        words.append((reading.head, reading.rest))
        if readings and _PARTS.search(text, clause.span.start, clause.figure.span.start):
            rate, share = (measure.match(readings[-1].head) for measure in (_RATE_OF_CHANGE, _RATE))
            whole = readings[-1].head if rate or share else ""
            topic = "" if rate else topic
        part = _part_of(reading, whole, grammar) if whole else None
        if not part and readings and _HAVING.match(text, clause.span.start):
            part = _having(reading, readings[-1], grammar)
        readings.append(part or _borrow_head(reading, readings, grammar))
    shared = _share_predicates(text, readings, grammar)
    return [replace(r, borrowed=(r.head, r.rest) != before) for r, before in zip(shared, words, strict=True)]


def _part_of(reading: Reading, whole: str, grammar: Grammar) -> Reading | None:
    """Reads "Tốc độ tăng GTSX đạt 9%, trong đó: nông nghiệp tăng 2%, dịch vụ tăng 12%": the parts' own rates."""
    if reading.form is not Form.TAIL or grammar.measure.match(reading.head):
        return None
    part = _GROWS.sub("", _PARTS.sub("", reading.head))
    if not _RATE_OF_CHANGE.match(whole) and not _PLACE.match(part):
        return None  # "tỷ lệ hộ nghèo còn 3%, trong đó hộ chính sách còn 0%" names another thing
    return (
        replace(reading, head=f"{whole} {part.strip()}", topic="") if 0 < len(part.split()) <= _LONGEST_PART else None
    )


def _having(reading: Reading, last: Reading, grammar: Grammar) -> Reading | None:
    """Reads "…, có bằng cấp đạt 25%" after a rate of people who are told by something else."""
    tails = reading.form is Form.TAIL and last.form is Form.TAIL
    if not tails or grammar.measure.match(reading.head) or not _RATE.match(last.head) or not reading.head.strip():
        return None
    people = _QUALIFIED.search(last.head)
    return replace(reading, head=f"{last.head[: people.start()]} có {reading.head.strip()}") if people else None


def _borrow_head(reading: Reading, before: Sequence[Reading], grammar: Grammar) -> Reading:
    """The head, bound and verb that a list states once."""
    if not before:
        return reading
    last = before[-1]
    if reading.form is Form.ELLIPTIC:
        return _elliptic(reading, last)
    bare = grammar.bare_change.fullmatch(reading.head) and grammar.tail.match(reading.rest)
    if reading.form is Form.TAIL and reading.clause.elided and bare:
        subject = last.head if last.form is Form.TAIL else f"{last.head} {last.rest}"
        return replace(reading, head=f"{subject.strip(' ,.;:')} {reading.head}")
    if reading.form is Form.TAIL:
        return replace(reading, head=_with_pivot(_with_people(reading.head, last, grammar), reading, last, grammar))
    if reading.form is Form.HEAD and reading.clause.figure.percent:
        if _is_share_of_another(reading, last, grammar):
            return replace(reading, form=Form.TAIL, head=last.head, comparator=_bound(reading, last))
        return _with_varied(reading, last, grammar) or _with_doer(reading, last, grammar)
    if _continues_list(reading, last):
        return replace(reading, head=f"{last.verb} {reading.head}", comparator=_bound(reading, last), verb=last.verb)
    return reading


def _is_share_of_another(reading: Reading, last: Reading, grammar: Grammar) -> bool:
    """Reads "đóng góp của khu vực A đạt 35% GRDP và 30% thu ngân sách": one thing measured against two wholes."""
    wholes = _WHOLE.match(last.rest) and _WHOLE.match(reading.rest)
    alone = reading.clause.elided and last.form is Form.TAIL and not reading.head.strip()
    return bool(wholes) and alone and not grammar.predicate.search(_unbracketed(reading.rest))


def _bound(reading: Reading, last: Reading) -> Comparator:
    """A list states its bound once: "đạt tối thiểu 5% ở A, 10% ở B"."""
    whole = reading.clause.figure.percent and reading.clause.figure.quantity.value == _ALL
    shared = reading.clause.elided and reading.comparator is Comparator.EQ and not whole
    return last.comparator if shared and last.comparator is not Comparator.BETWEEN else reading.comparator


def _elliptic(reading: Reading, last: Reading) -> Reading:
    """Reads "… đạt 5% ở cấp tiểu học, 10% ở cấp trung học": the second has the first's head and its own tail."""
    if last.form is Form.ELLIPTIC:
        return reading
    own = reading.rest.strip(" ,.;:")
    if last.form is Form.TAIL:
        level = _FELL.search(last.head) if reading.clause.elided and reading.left else None
        if level:  # "giảm 2%, còn 4,5%": the level of what falls, not the fall
            return replace(reading, form=Form.TAIL, head=last.head[: level.start()], rest=own)
        return replace(reading, form=Form.TAIL, head=last.head, rest=own or last.rest, comparator=_bound(reading, last))
    head = f"{last.head} {last.rest}".strip(" ,.;:")
    return replace(reading, form=Form.INSIDE, head=head, rest=own, comparator=_bound(reading, last))


def _with_doer(reading: Reading, last: Reading, grammar: Grammar) -> Reading:
    """Reads "đào tạo 500 lao động, trong đó 70% có việc làm": who has work stands before."""
    says = grammar.predicate.match(reading.rest.lstrip()) or _IS.match(reading.rest)
    if not says or last.form is Form.ELLIPTIC:
        return reading
    people = last.rest if last.form is not Form.TAIL else _RATE.sub("", last.head)
    start = None if _IS.match(reading.rest) else _predicate_start(people, grammar)
    unit = "" if last.clause.figure.percent else last.clause.figure.unit.split("/")[0]
    return replace(reading, head=f"{unit} {people[:start].strip(' ,.;:')}")


def _with_varied(reading: Reading, last: Reading, grammar: Grammar) -> Reading | None:
    """Reads "90% hộ dùng nước hợp vệ sinh, trong đó 50% nước sạch": the part varies the end of the phrase before."""
    words, others = reading.rest.strip(" ,.;").split(), last.rest.strip(" ,.;").split()
    alike = reading.clause.elided and last.form is Form.HEAD and 0 < len(words) <= 3 and len(others) > len(words)
    if not alike or reading.head.strip() or grammar.predicate.search(reading.rest):
        return None
    same = [i for i, word in enumerate(others) if i > 0 and word.lower() == words[0].lower()]
    return replace(reading, head=" ".join(others[: same[-1]])) if same else None


def _with_pivot(head: str, reading: Reading, last: Reading, grammar: Grammar) -> str:
    """Reads "thể thấp còi" after "Tỷ lệ trẻ em suy dinh dưỡng thể nhẹ cân": a short part stands for the one it varies."""
    words, others = head.split(), last.head.split()
    whole = not words or len(words) > 6 or grammar.measure.match(head) or last.form is not Form.TAIL
    if whole or not reading.clause.elided or not grammar.measure.match(last.head):
        return head
    place = varied(words, others, head, last.head, grammar)
    return " ".join([*others[:place], *words]) if place else head


def varied(words: list[str], others: list[str], head: str, last: str, grammar: Grammar) -> int | None:
    """How many words of the last head stay before a part that varies its end."""
    same_start = [i for i, word in enumerate(others) if i > 1 and word.lower() == words[0].lower()]
    if same_start:
        pairs = [i for i in same_start if [w.lower() for w in others[i : i + 2]] == [w.lower() for w in words[:2]]]
        return pairs[0] if pairs else same_start[-1]
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


def _share_predicates(text: str, readings: list[Reading], grammar: Grammar) -> list[Reading]:
    """Reads "100% người học, 100% nhà giáo được quản lý": the first gets the second's predicate."""
    for i in range(len(readings) - 2, -1, -1):
        own, after = readings[i], readings[i + 1]
        if not (_is_bare(own, grammar) and _is_headed(after) and _may_share(text, own, after)):
            continue
        start = _predicate_start(after.rest, grammar)
        if start is not None:
            readings[i] = replace(own, rest=f"{own.rest.strip(' ,;')} {after.rest[start:]}")
            readings[i + 1] = replace(after, comparator=_bound(after, own))
    return [_with_verb(text, reading, readings[i - 1] if i else None, grammar) for i, reading in enumerate(readings)]


def _is_headed(reading: Reading) -> bool:
    return reading.form is Form.HEAD and reading.clause.figure.percent


def _is_bare(reading: Reading, grammar: Grammar) -> bool:
    """Whether a figure heads a noun phrase that says nothing of it yet."""
    return _is_headed(reading) and not reading.head.strip() and not grammar.predicate.search(_unbracketed(reading.rest))


def _may_share(text: str, own: Reading, after: Reading) -> bool:
    """Over a semicolon only short phrases, or phrases of the same thing, share a predicate."""
    words, others = own.rest.split(), after.rest.split()
    part = _PARTS.search(text, own.clause.span.start, own.clause.figure.span.start)
    if part and _is_parted(text, after) and words[:1] != others[:1]:
        return False
    listed = after.clause.elided and not _is_parted(text, after)
    return listed or len(words) <= 3 or words[:1] == others[:1]


def _is_parted(text: str, reading: Reading) -> bool:
    """Whether a semicolon parts a clause from the one before."""
    start = reading.clause.span.start
    return start > 0 and ";" in text[start - 1 : start + 1]


def _with_verb(text: str, reading: Reading, last: Reading | None, grammar: Grammar) -> Reading:
    """Reads "phủ trên 80% hộ gia đình, 100% xã": the second is covered too."""
    if last is None or not reading.clause.elided or not last.clause.figure.percent:
        return reading
    changed = bool(last.form is Form.TAIL and grammar.bare_change.fullmatch(last.head))
    headless = _is_headed(reading) and not reading.head.strip()
    counts = changed and headless and grammar.measure.match(reading.rest) and not _says_its_own(reading, grammar)
    if not counts and (_is_parted(text, reading) or not _is_bare(reading, grammar)):
        return reading
    return replace(reading, head=last.head) if last.form is Form.INSIDE or changed else reading


def _says_its_own(reading: Reading, grammar: Grammar) -> bool:
    """Whether a predicate follows: "100% số vụ được giải quyết" is no part of a list of falls ("5% số người bị thương")."""
    found = grammar.predicate.search(_unbracketed(reading.rest))
    return found is not None and found.group().lower() != "bị"


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
    return _BRACKETED.sub(" ", text) if "(" in text else text
