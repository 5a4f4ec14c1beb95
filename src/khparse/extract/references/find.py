"""References: the documents that a plan names, their mentions merged."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

import regex

from khparse.extract.references.mentions import Named, find_named, number_code, number_digits, same_type
from khparse.extract.references.particulars import Mention, describe
from khparse.extract.references.relations import Titles, relation_of, strongest
from khparse.model.document import Span
from khparse.model.plan import Plan
from khparse.model.record import Mention as Naming
from khparse.model.record import Reference, Relation
from khparse.rules.kit import Kit
from khparse.text.fold import key

_COVER = regex.compile(r"^(?:QUYẾT ĐỊNH|TỜ TRÌNH|NGHỊ QUYẾT)\b", regex.MULTILINE)
_ARTICLES = regex.compile(r"^[*_ ]*(?:QUYẾT ĐỊNH|QUYẾT NGHỊ)\s*:|^[*_ ]*Điều\s+1\b", regex.MULTILINE)
_GROUND = regex.compile(r"^[\s*_–-]*(?:Căn cứ|Xét|Theo đề nghị|Thực hiện)(?!\p{L}).*$", regex.MULTILINE)
_WORD = regex.compile(r"\w+")
_LAWS = ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp")
_PROJECTS = ("Đề án", "Dự án")  # "Đề án 06 của Chính phủ" is what a numbered decision approves
_GLUE = regex.compile(r"[ ]?(?:,|và)[ ]?(?:số[ ])?")
_ATTACHED = regex.compile(r"(?:kèm theo|đính kèm|kèm)[ ]*(?:bản[ ])?$", regex.IGNORECASE)
_THIS = regex.compile(r"[ ](?:này|nêu trên|trên đây)(?!\p{L})")
_LOCAL_TAIL = regex.compile(
    r"[ ]+trên địa bàn (?:tỉnh|thành phố|huyện|xã|phường|quận|thị xã)(?!\p{L}).*$", regex.IGNORECASE
)
_NATIONAL = regex.compile(r"(?:Chính phủ|Thủ tướng|Quốc hội|Ủy ban Thường vụ|Bộ |Ban Bí thư|Ban Chấp hành Trung ương)")


@dataclass(slots=True)
class _Document:
    """The mentions of one document, gathered."""

    mentions: list[Mention] = field(default_factory=list)

    @property
    def number(self) -> str | None:
        return next((m.named.number for m in self.mentions if m.named.number and not m.named.short), None)


def find_references(plan: Plan, kit: Kit) -> tuple[Reference, ...]:
    """One record for each document named, its mentions merged."""
    mentions = _mentions(plan, kit)
    documents = _merged(mentions, plan.document.text)
    titles = Titles(mentions)
    return _with_bodies(tuple(_record(document, titles, plan, kit) for document in documents))


def _with_bodies(records: tuple[Reference, ...]) -> tuple[Reference, ...]:
    """A code that tells no issuer takes the one that the plan gives to another number of the same code."""
    bodies: dict[tuple[str, ...], set[str]] = {}
    for record in records:
        if record.number and record.issuer:
            bodies.setdefault(_code(record.number), set()).add(record.issuer)
    return tuple(
        record.model_copy(update={"issuer": min(known)})
        if record.number and record.issuer is None and len(known := bodies.get(_code(record.number), set())) == 1
        else record
        for record in records
    )


def _code(number: str) -> tuple[str, ...]:
    """A number's code as a key: "1234/BNN-TY" -> ("BNN", "TY"); the sender alone where no type stands in it."""
    return tuple(number_code(number))


def _mentions(plan: Plan, kit: Kit) -> list[Mention]:
    text, head = plan.document.text, plan.letterhead
    start = _title_start(plan)
    grounds = covering_grounds(plan, start)
    cells = {cell.span.start for table in plan.tables for row in table.rows for cell in row.cells if cell}
    named = [
        one
        for one in find_named(text, grounds[0].start if grounds else start, kit)
        if not _is_own(one, plan)
        and not _is_product(one, cells)
        and not _in_tail(one, plan)
        and (one.span.start >= start or any(ground.start <= one.span.start < ground.end for ground in grounds))
    ]
    starts = [one.span.start for one in named]
    formal = max(head.head.end, head.preamble.end)
    stop = _title_stop(plan)
    found = [
        describe(text, one, _inside(starts, one), kit, formal=one.span.start < formal, title_stop=stop) for one in named
    ]
    return _with_shared(_without_others_dates(found), text)


def _without_others_dates(mentions: list[Mention]) -> list[Mention]:
    """A law that another one changes has not that one's day: "Luật sửa đổi … của Luật Nhà ở ngày 22/11/2019"."""
    changing = [one.title for one in mentions if one.named.rule.id == "references.amending-law" and one.title]
    return [
        replace(one, date=None)
        if one.named.rule.data.label == "law"
        and one.named.number is None
        and any(title != one.title and title.start <= one.span.start < title.end for title in changing)
        else one
        for one in mentions
    ]


def _with_shared(mentions: list[Mention], text: str) -> list[Mention]:
    """Numbers joined by commas alone share the day and body behind the last: "43-NQ/TW, 44-NQ/TW ngày … của …"."""
    shared = list(mentions)
    for place in range(len(shared) - 2, -1, -1):
        one, following = shared[place], shared[place + 1]
        bare = not (one.date or one.issuer or one.title) and following.named.rule.data.label in {"shared", "listed"}
        if bare and _GLUE.fullmatch(text, one.span.end, following.span.start):
            shared[place] = replace(one, date=following.date, issuer=following.issuer)
    return shared


def _inside(starts: list[int], named: Named) -> list[int]:
    end = named.span.end
    return starts[bisect_right(starts, end) : bisect_left(starts, end + 600)]


def _title_start(plan: Plan) -> int:
    """Where the plan's own title begins in its head: what stands above is letterhead or a covering document."""
    head, title = plan.letterhead.head, plan.letterhead.title
    if not title:
        return head.end
    found = plan.document.text.rfind(title[:12], 0, head.end)
    return found if found >= 0 else head.end


def covering_grounds(plan: Plan, title: int) -> list[Span]:
    """The paragraphs "Căn cứ …" of the decision that issues the plan: its articles are none of the plan's, its grounds are."""
    cover = _COVER.search(plan.document.text, 0, title)
    articles = _ARTICLES.search(plan.document.text, cover.end(), title) if cover else None
    if not cover or not articles:
        return []
    return [Span(*found.span()) for found in _GROUND.finditer(plan.document.text, cover.end(), articles.start())]


def _title_stop(plan: Plan) -> int:
    """Where the plan's own title ends: a document named in it is named over the lines that the title is set in."""
    words = (plan.letterhead.title or "").split()
    found = plan.document.text.rfind(words[-1], 0, plan.letterhead.head.end) if words else -1
    return found + len(words[-1]) if found >= 0 else 0


def _is_own(named: Named, plan: Plan) -> bool:
    text, own = plan.document.text, plan.letterhead.number
    if own and named.number and named.number.upper() == own.upper():
        return True
    before = text[max(0, named.span.start - 24) : named.span.start]
    if same_type(named.type, plan.letterhead.type or "Kế hoạch") and _ATTACHED.search(before):
        return True
    return named.short and bool(_THIS.match(text, named.span.end))


def _is_product(named: Named, cells: set[int]) -> bool:
    """Whether a document without number and day is the work of a table's row: it is still to be made."""
    bare = named.number is None and named.date is None and named.rule.data.label == "body"
    return bare and named.span.start in cells


def _in_tail(named: Named, plan: Plan) -> bool:
    tail = plan.letterhead.tail
    return tail.start <= named.span.start < tail.end


def _merged(mentions: Iterable[Mention], text: str) -> list[_Document]:
    """Documents in the order of their first mention; names and short forms go to the numbered document they mean."""
    ordered = list(mentions)
    documents: list[_Document] = []
    by_number: dict[str, _Document] = {}
    for mention in ordered:
        number = mention.named.number
        if number and not mention.named.short:
            document = by_number.setdefault(number.upper(), _Document())
            if not document.mentions:
                documents.append(document)
            document.mentions.append(mention)
    for mention in ordered:
        if mention.named.short or not mention.named.number:
            _place(mention, documents, text)
    for document in documents:
        document.mentions.sort(key=lambda one: one.span.start)
    return sorted(documents, key=lambda one: one.mentions[0].span.start)


def _place(mention: Mention, documents: list[_Document], text: str) -> None:
    match = _short_of if mention.named.short else _same_name
    for document in documents:
        if any(match(mention, other, text) for other in document.mentions):
            document.mentions.append(mention)
            return
    # a short form that nothing resolves says too little, unless its issuer or date stands beside it
    dated = "/" in (mention.named.number or "")  # "Nghị định 35/2016"
    told = mention.named.type not in _PROJECTS and (dated or mention.issuer or mention.date)
    if not mention.named.short or told:
        documents.append(_Document([mention]))


def _short_of(mention: Mention, other: Mention, _text: str) -> bool:
    number = other.named.number
    same = number is not None and number_digits(number) == number_digits(mention.named.number or "")
    return same and same_type(mention.named.type, other.named.type)


def _same_name(mention: Mention, other: Mention, text: str) -> bool:
    if mention.named.type != other.named.type or (not other.title and mention.title):
        return False
    ours, theirs = _title_key(mention, text), _title_key(other, text)
    if mention.named.type in _LAWS:
        return ours == theirs
    return bool(ours) and (ours.startswith(theirs[:60]) or theirs.startswith(ours[:60]))


def _title_key(mention: Mention, text: str) -> str:
    return _words_of(mention.title.of(text)) if mention.title else ""


@lru_cache(maxsize=4096)
def _words_of(title: str) -> str:
    return " ".join(_WORD.findall(key(title)))


def _record(document: _Document, titles: Titles, plan: Plan, kit: Kit) -> Reference:
    text = plan.document.text
    best = max(document.mentions, key=lambda one: (bool(one.date) + bool(one.issuer), -one.span.start))
    number = document.number or next((m.named.number for m in document.mentions if m.named.number), None)
    kind = _kind(document)
    issuer = _issuer(document, kind, number, plan, kit)
    return Reference(
        quote=best.span.of(text),
        section=plan.section_at(best.span.start),
        page=plan.document.page_at(best.span.start),
        start=best.span.start,
        end=best.span.end,
        source=best.named.rule.source,
        confidence=max(one.named.rule.data.confidence for one in document.mentions),
        type=kind,
        number=number,
        date=_date(document),
        issuer=issuer,
        title=_title(document, issuer, plan) or (best.span.of(text) if _is_bare(best, number) else None),
        pinpoint=max((one.pinpoint for one in document.mentions if one.pinpoint), key=len, default=None),
        relation=_relation(document, kind, titles, plan),
        mentions=len(document.mentions),
        spans=tuple(Naming(start=one.span.start, end=one.span.end) for one in document.mentions),
    )


def _relation(document: _Document, kind: str, titles: Titles, plan: Plan) -> Relation:
    """The strongest that a mention shows; a law that the plan's own title names in capitals is carried out too."""
    shown = [relation_of(one, titles, plan) for one in document.mentions]
    own = key(plan.letterhead.title or "")
    names = (key(one.title.of(plan.document.text)) for one in document.mentions if kind in _LAWS and one.title)
    if any(f"{key(kind)} {name}" in own for name in names):
        shown.append(Relation.IMPLEMENTS)
    return Relation(strongest(shown))


def _is_bare(mention: Mention, number: str | None) -> bool:
    """Whether a document is told by its own words alone: "Nghị quyết Đại hội Đảng bộ tỉnh"."""
    return number is None and mention.named.rule.id in {"references.congress", "references.plenum"}


def _kind(document: _Document) -> str:
    """The usual type in its fullest form: "Chương trình hành động" before "Chương trình"."""
    kinds = Counter(one.named.type for one in document.mentions if not one.named.short)
    usual = kinds.most_common(1)[0][0] if kinds else document.mentions[0].named.type
    return max((kind for kind in kinds if same_type(kind, usual)), key=len, default=usual)


def _date(document: _Document) -> str | None:
    """The fullest date, the one most often given."""
    dates = Counter(one.date for one in document.mentions if one.date)
    return max(dates, key=lambda date: (len(date), dates[date]), default=None)


def _title(document: _Document, issuer: str | None, plan: Plan) -> str | None:
    """The fullest title; the preamble's before others, for it ends with the citation."""
    text, preamble = plan.document.text, plan.letterhead.preamble
    titles = [one.title for one in document.mentions if one.title]
    if not titles:
        return None
    formal = [title for title in titles if preamble.start <= title.start < preamble.end]
    later = [title for title in titles if title.start >= preamble.end]
    best = max(formal or later or titles, key=lambda title: title.end - title.start).of(text)
    best = " ".join(best.split())
    return _LOCAL_TAIL.sub("", best) if issuer and _NATIONAL.match(issuer) and not best.startswith("“") else best


def _issuer(document: _Document, kind: str, number: str | None, plan: Plan, kit: Kit) -> str | None:
    if kind in _LAWS:
        return "Quốc hội" if number and "QH" in number and "UBTVQH" not in number else _by_suffix(number, plan, kit)
    head = plan.letterhead
    said = [one.issuer for one in document.mentions if one.issuer]
    naming = kit.naming.under(head.district)
    names = Counter(naming.full_name(name, head.issuer, head.place, head.province) for name in said)
    if names:
        return max(names, key=lambda name: (names[name], len(name)))
    return _by_suffix(number, plan, kit)


def _by_suffix(number: str | None, plan: Plan, kit: Kit) -> str | None:
    """The issuer that a number's code tells: "QĐ-TTg" -> Thủ tướng Chính phủ, "UBND-VP" -> the plan's province."""
    if not number:
        return None
    suffixes, types = kit.references.tables["suffixes"], kit.references.tables["types"]
    parts = number_code(number)
    if parts[:1] == ["TTLT"]:
        return ", ".join(str(suffixes[part]) for part in parts[1:] if part in suffixes) or None
    for part in parts[1:] if len(parts) > 1 and parts[0] in types else parts:
        name = suffixes.get(regex.sub(r"\d+$", "", part))
        if name:
            return _local(str(name), plan, kit)
    return None


def _local(name: str, plan: Plan, kit: Kit) -> str | None:
    """A local issuer with its place: "Sở Y tế {place}" -> "Sở Y tế tỉnh Hà Nam"; None where the place is not known."""
    head = plan.letterhead
    if "{" not in name:
        return name
    if "{local}" in name:
        district = head.place and regex.match(r"(?:huyện|quận|thị xã|thành phố) ", head.place)
        return name.format(local=head.place) if district else None
    if not head.province:
        return None
    place = kit.naming.phrase(head.province)
    if name.startswith("Tỉnh ủy") and place.lower().startswith("thành phố"):
        return f"Thành ủy {place}"
    return name.format(place=place, province=head.province)
