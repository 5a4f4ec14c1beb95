"""Percentages in brackets: a share of what is counted beside them, or what an aim is set against.

"08/12 xã (66,7%) đạt chuẩn" is a share of its own; "đạt trên 98% (năm 2018: 96,4%)" reports, "(riêng vùng cao 60%)"
sets an aim for a part, "(tăng 2,1% so với năm trước)" a change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from khparse.extract.targets.claims import Claim
from khparse.extract.targets.figures import Figure, find_figures
from khparse.extract.targets.grammar import Grammar
from khparse.extract.targets.horizons import Horizon, horizons_in
from khparse.extract.targets.indicators import tidy
from khparse.extract.targets.kinds import Surroundings
from khparse.extract.targets.sharing import varied
from khparse.model.document import Span
from khparse.model.record import TargetKind

_TRUST = 0.75
_LAST_MONTHS = "10"
_FAR = 2_000  # a clause is no longer
_PART = regex.compile(r"[,;:](?!\d)")
_CLAUSE = regex.compile(r"[,;:.](?!\d)|\d[\d.,]*\s?%")
_SHARE = regex.compile(
    r"(?:(?:đạt|chiếm|bằng|tương đương|tương ứng|tỷ lệ|tỉ lệ|với|là|đạt tỷ lệ|chiếm tỷ lệ)\s*)*", regex.IGNORECASE
)
_COUNT = regex.compile(r"\d[\d.]*(?:\s?/\s?\d[\d.]*)?\s+(?=\p{L})")
_PARTS = regex.compile(r"\(\s*(?:bao )?gồm(?!\p{L})", regex.IGNORECASE)
_NOW = regex.compile(
    r"(?<!\p{L})(?:hiện (?:nay|tại|có|đạt)|hiện|cùng kỳ|năm (?:học )?trước|thực hiện|kết quả|ước(?: đạt)?|đã đạt|tính đến|(?:cuối |hết )?năm (?P<year>(?:19|20)\d\d))(?!\p{L})",
    regex.IGNORECASE,
)
_CHANGE = regex.compile(r"(?:tăng|giảm|vượt|cao hơn|thấp hơn)(?!\p{L})", regex.IGNORECASE)
_LEADS = regex.compile(
    r"^(?:riêng|trong đó|còn|và|cụ thể|tại|ở|đối với|của)\s+(?:(?:tại|ở|đối với|của)\s+)?", regex.IGNORECASE
)
_EDGES = " ,;:.–-()"


@dataclass(frozen=True, slots=True)
class _Bracket:
    """The inside of a bracket, and the words of its clause on both sides of it."""

    text: str
    span: Span
    before: str
    after: str


def holds_share(text: str, bracket: Span) -> bool:
    """Whether a bracket says a percentage, so that the years in it are that figure's; the parts of a whole do not."""
    inside = bracket.of(text)
    return "%" in inside and not _PARTS.match(inside)


def bracket_claims(
    text: str, masked: Sequence[Span], hosts: Sequence[Claim], around: Surroundings, grammar: Grammar
) -> Iterator[Claim]:
    """The claims of the percentages inside the brackets of a line; `hosts` are those outside."""
    if around.money:
        return
    for span in masked:
        if holds_share(text, span):
            inside = Span(span.start + 1, span.end - 1)
            bracket = _Bracket(inside.of(text), inside, *_beside(text, span))
            yield from _claims(bracket, [host for host in hosts if host.quote.start < span.start], around, grammar)


def _beside(text: str, span: Span) -> tuple[str, str]:
    """The words of the clause before a bracket and after it."""
    marks = [match.end() for match in _CLAUSE.finditer(text, max(0, span.start - _FAR), span.start)]
    following = _CLAUSE.search(text, span.end, span.end + _FAR)
    return text[marks[-1] if marks else max(0, span.start - _FAR) : span.start], text[
        span.end : following.start() if following else span.end + _FAR
    ]


def _claims(bracket: _Bracket, hosts: Sequence[Claim], around: Surroundings, grammar: Grammar) -> Iterator[Claim]:
    figures = [figure for figure in find_figures(bracket.text, grammar, (), counts=False) if figure.percent]
    horizons = horizons_in(bracket.text, grammar)
    start, past, stated = 0, False, None
    for figure in figures:
        own = bracket.text[start : figure.span.start]
        now = _NOW.search(own)
        if now or start == 0:
            stated = _year(now, horizons, start, figure)
            past = now is not None and not _is_ahead(stated, around)
        claim = _claim(bracket, figure, _bare(own, now, horizons, start), hosts, grammar)
        if claim is not None:
            kind = TargetKind.BASELINE if past or around.reports else claim.kind
            yield replace(claim, kind=kind, horizon=stated or (None if past else claim.horizon))
        start = figure.span.end


def _claim(bracket: _Bracket, figure: Figure, own: str, hosts: Sequence[Claim], grammar: Grammar) -> Claim | None:
    """The figure as a share of what is counted before the bracket, else beside the claim that it belongs to."""
    host = _host(own, _PART.split(bracket.text[figure.span.end :], maxsplit=1)[0].strip(_EDGES), hosts)
    counted = _COUNT.search(bracket.before)
    if counted and _SHARE.fullmatch(own):
        indicator = f"{bracket.before[counted.end() :]} {bracket.after}"
    elif host is None:
        return None
    elif _CHANGE.match(own):
        rest = _PART.split(bracket.text[figure.span.end :], maxsplit=1)[0]
        indicator = f"{host.indicator} {own} {rest}"
    else:
        indicator = _of_part(own, host.indicator, grammar)
    quote = Span(bracket.span.start + figure.span.start, bracket.span.start + figure.span.end)
    shifted = replace(figure, span=quote, number=bracket.span.start + figure.number)
    indicator = tidy(indicator, grammar)
    if not regex.search(r"\p{L}{2}", indicator):
        return None
    return Claim(
        shifted,
        indicator,
        figure.quantity.comparator,
        host.horizon if host else None,
        host.kind if host else TargetKind.TARGET,
        quote,
        _TRUST,
    )


def _host(own: str, whole: str, hosts: Sequence[Claim]) -> Claim | None:
    """The last percentage before whose indicator says the part's words, or is of the same whole, else the last one."""
    shares = [host for host in hosts if host.figure.percent]
    naming = [host for host in shares if own and own.lower() in host.indicator.lower()]
    naming = naming or [host for host in shares if whole and host.indicator.lower().endswith(whole.lower())]
    return next(reversed(naming or shares), None)


def _of_part(own: str, indicator: str, grammar: Grammar) -> str:
    """The host's indicator, its last part varied by the bracket's words: "cấp xã" for "… cấp huyện"."""
    part = _LEADS.sub("", _SHARE.sub("", own) if _SHARE.fullmatch(own) else own).strip(_EDGES)
    if not part or part.lower() in indicator.lower():
        return indicator
    if grammar.measure.match(part):
        return part
    words, others = part.split(), indicator.split()
    place = varied(words, others, part, indicator, grammar)
    return " ".join([*others[:place], *words]) if place else f"{indicator} {part}"


def _bare(own: str, now: regex.Match[str] | None, horizons: Sequence[Horizon], start: int) -> str:
    """The words before a figure without years, marks and level verbs."""
    for item in reversed(horizons):
        if start <= item.span.start and item.span.end <= start + len(own):
            own = own[: item.span.start - start] + " " + own[item.span.end - start :]
    if now is not None:
        own = own.replace(now.group(), " ", 1)
    return regex.sub(r"\s(?:đạt|là|còn|chiếm|khoảng|được)$", "", f" {own.strip(_EDGES)}").strip(_EDGES)


def _year(now: regex.Match[str] | None, horizons: Sequence[Horizon], start: int, figure: Figure) -> str | None:
    if now is not None and now["year"]:
        return str(now["year"])
    return next((item.value for item in horizons if start <= item.span.start < figure.span.start), None)


def _is_ahead(stated: str | None, around: Surroundings) -> bool:
    """Whether a stated year is the plan's own or a later one; a plan of its last months looks back on its own year."""
    if not (stated and around.issued):
        return False
    late = around.issued[5:7] >= _LAST_MONTHS
    return stated[:4] > around.issued[:4] or (stated[:4] == around.issued[:4] and not late)
