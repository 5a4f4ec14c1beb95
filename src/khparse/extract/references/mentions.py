"""Mentions: where a text names a document, by number, by a law's name, by its issuing body, or by a short form."""

from __future__ import annotations

from bisect import bisect_right, insort
from dataclasses import dataclass, replace

import regex

from khparse.model.document import Span
from khparse.rules.kit import Kit
from khparse.rules.load import Rule, RuleBook
from khparse.text.fold import key

_LIST = regex.compile(r"[ ,;]*(?:(?:ngày|của|năm)[^;\n\t]{0,90})?(?:[,;]|và|,? cùng)?[ ]*$")
_FORM = regex.compile(r"(?:mẫu|biểu|phụ lục|phiếu|bảng|form)[ ]*$", regex.IGNORECASE)
_WORDS_BEFORE = regex.compile(r"(?:\p{L}+[ ]){3,6}(?=$|số)")
_PARTS = regex.compile(r"[/\-]")
_A_YEAR = regex.compile(r"(?:19|20)\d{2}")
_BLANKS = regex.compile(r"\s+")
_DIGITS = regex.compile(r"^\d+\p{Ll}?")
_BODIES = {"references.plenum": "Ban Chấp hành Trung ương"}  # who resolves in a plenum
# the order in which forms claim the text: a form with more to show comes first
_FORMS = ("shared", "numbered", "law", "listed", "body", "short")


@dataclass(frozen=True, slots=True)
class Named:
    """One naming: `span` covers type, number and name; a law's name is its `title`; `short` is a form to be resolved."""

    span: Span
    type: str
    number: str | None
    rule: Rule
    title: Span | None = None
    by: str | None = None
    date: str | None = None
    short: bool = False


def find_named(text: str, start: int, kit: Kit) -> list[Named]:
    """Every naming in `text[start:]`, in reading order, none inside another but a law inside an amending law."""
    book = kit.references
    found: list[Named] = []
    taken: list[tuple[int, int]] = []
    for form in _FORMS:
        for rule in book.labelled(form):
            for match in rule.finditer(text, start):
                for named in _sharing(match, rule, book) if form == "shared" else [_named(form, match, rule, book)]:
                    claim = _claim(named)
                    if _is_free(claim, taken):
                        insort(taken, claim)
                        found.append(named)
    return _typed(sorted(found, key=lambda named: named.span.start), text, book)


def number_code(number: str) -> list[str]:
    """The parts of a number after its digits and year: "45/2020/NĐ-CP" -> ["NĐ", "CP"]."""
    parts = _PARTS.split(number)[1:]
    return [part for part in parts if part and not _A_YEAR.fullmatch(part)]


def number_digits(number: str) -> str:
    """A number's own digits without leading zeros: "04-NQ/TU" -> "4"."""
    found = _DIGITS.match(number)
    return found.group().lstrip("0") if found else ""


def _sharing(match: regex.Match[str], rule: Rule, book: RuleBook) -> list[Named]:
    """Numbers that share the last one's code: "số 20, 21-KL/TW" -> 20-KL/TW and 21-KL/TW; dates stand behind the last."""
    before = max(0, match.start() - 40)
    headed = book.by_id("references.type-before").pattern.search(match.string, before, match.start())
    if headed is None:
        return []
    kind = _type_name(headed["type"], book)
    last = _clean(match["number"]) or ""
    code = _DIGITS.sub("", last)
    spans = [*match.spans("digits"), match.span("number")]
    numbers = [*(f"{digits}{code}" for digits in match.captures("digits")), last]
    starts = [headed.start(), *(start for start, _ in spans[1:])]
    return [
        Named(Span(start, end), kind, number, rule)
        for start, (_, end), number in zip(starts, spans, numbers, strict=True)
    ]


def _named(form: str, match: regex.Match[str], rule: Rule, book: RuleBook) -> Named:
    groups = match.groupdict()
    kind = _coded_type(groups, book) or _type_name(groups.get("type") or "", book)
    number = _clean(groups.get("number") or groups.get("digits"))
    named = Named(
        Span(match.start(), match.end()),
        kind,
        number,
        rule,
        by=groups.get("by") or _BODIES.get(rule.id),
        date=groups.get("date"),
    )
    if form == "short":
        return replace(named, short=True)
    if form == "law":
        return _law(named, match, book)
    return named


def _coded_type(groups: dict[str, str | None], book: RuleBook) -> str | None:
    """The type that a code says where a body stands between: "Đề án của UBND tỉnh số 10/QĐ-UBND" is a Quyết định."""
    code = number_code(_clean(groups.get("number")) or "") if groups.get("by") else []
    known = book.tables["types"].get(code[0]) if len(code) > 1 else None
    return str(known) if known and not same_type(str(known), groups.get("type") or "") else None


def _law(named: Named, match: regex.Match[str], book: RuleBook) -> Named:
    """A law by name, with the number that follows it: "Luật Viên chức số 58/2010/QH12"."""
    title = Span(*match.span("title")) if match["title"] else None
    after = book.by_id("references.law-number").pattern.match(match.string, match.end())
    if not after:
        return replace(named, title=title)
    return replace(named, title=title, number=_clean(after["number"]), span=Span(named.span.start, after.end()))


def _type_name(words: str, book: RuleBook) -> str:
    """A type in its usual spelling: "quyết định", "QĐ" -> "Quyết định"; a stranger stays."""
    short = book.tables["types"].get(words)
    if short:
        return str(short)
    return _capital(" ".join(words.split()))


def _clean(number: str | None) -> str | None:
    return _BLANKS.sub("", number).replace("–", "-") if number else None


def _claim(named: Named) -> tuple[int, int]:
    """The stretch that no other form may take; the laws named inside an amending law stay free."""
    if named.rule.id == "references.amending-law" and named.title:
        return named.span.start, named.title.start + 1
    return named.span.start, named.span.end


def _is_free(claim: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    at = bisect_right(taken, claim)
    before = taken[at - 1] if at else (0, 0)
    after = taken[at] if at < len(taken) else (claim[1], claim[1])
    return before[1] <= claim[0] and claim[1] <= after[0]


def _typed(found: list[Named], text: str, book: RuleBook) -> list[Named]:
    """Listed numbers get their type: their code's, else that of the list's head, else Công văn; forms' numbers go."""
    out: list[Named] = []
    for named in found:
        plain = None if named.type else _plain_type(named, text, book)
        kind = named.type or (
            _type_name(plain["type"], book) if plain else _listed_type(named, out[-1] if out else None, text, book)
        )
        if kind:
            start = plain.start() if plain else named.span.start
            out.append(replace(named, type=kind, span=Span(start, named.span.end)))
    return out


def _plain_type(named: Named, text: str, book: RuleBook) -> regex.Match[str] | None:
    """The type's common noun before a number: "theo quyết định số …"."""
    start = named.span.start
    return book.by_id("references.plain-type").pattern.search(text, max(0, start - 26), start)


def _listed_type(named: Named, before: Named | None, text: str, book: RuleBook) -> str | None:
    code = number_code(named.number or "")
    known = book.tables["types"].get(code[0]) if len(code) > 1 else None
    if known:
        return str(known)
    plain = named.rule.id != "references.enumerated" or len(code) > 1 or (code[:1] and code[0].startswith("QH"))
    if before and plain and _LIST.fullmatch(text, before.span.end, named.span.start):
        return before.type
    if named.rule.id == "references.enumerated" or len(code) < 2:
        return None
    if own := _spelt_type(named, code[0], text):
        return own
    # "Mẫu số 03/HNCT" numbers a form
    is_form = _FORM.search(text, max(0, named.span.start - 24), named.span.start)
    return None if is_form else "Công văn"


def _spelt_type(named: Named, code: str, text: str) -> str | None:
    """A type that no list holds, told by its initials in the code: "Phiếu giao việc số 3/PGV-VP"."""
    words = _WORDS_BEFORE.search(text, max(0, named.span.start - 60), named.span.start)
    spoken = words.group().split() if words else []
    type_words = spoken[-len(code) :]
    if len(type_words) == len(code) > 2 and "".join(word[0] for word in type_words).upper() == code:
        return _capital(" ".join(type_words))
    return None


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:].lower()


def same_type(first: str, second: str) -> bool:
    """Whether two type names can mean one document: "Chương trình" and "Chương trình hành động"."""
    return key(first).startswith(key(second)) or key(second).startswith(key(first))
