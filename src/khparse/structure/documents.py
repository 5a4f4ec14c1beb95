"""Several documents in one file: where each begins with a letterhead of its own, and which of them are plans.

An office binds a letter, the plan that it sends and another plan in one PDF. A head over a blank form, an appendix or
a plan that its decision attaches without a number is no document of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from khparse.model.document import Document, Span
from khparse.model.plan import Letterhead
from khparse.rules.kit import Kit
from khparse.structure.kind import PLAN, named_kind
from khparse.structure.lines import Line, is_capitals, printed_lines

_MOTTO = regex.compile(
    r"^[^\n]{0,90}?(?:c[oôộ]ng\s+h[oòóa]{1,2}\s+x[aãâ]\s+h[oôộ]i\s+ch[uủ]|đ[aả]ng\s+c[oộ]ng\s+s[aả]n\s+vi[eệ]t\s+nam)[^\n]{0,60}$",
    regex.IGNORECASE | regex.MULTILINE,
)
_FORM = regex.compile(r"\W{0,3}(?:mẫu|biểu|phụ lục|phụ biểu)(?!\p{L})", regex.IGNORECASE)
_OVER_MOTTO = regex.compile(
    r"\W{0,3}(?:Số\s?[:.]?\s?[\d/…._\-–]|V/v|Về việc|Mẫu|Phụ lục|Dự thảo|Kèm theo)", regex.IGNORECASE
)
_OF_DOCUMENT = regex.compile(r"\W{0,3}(?:Căn cứ|Nơi nhận|Kính gửi|Điều \d|Mẫu|Biểu|Phụ lục)(?!\p{L})")
_MOST_ABOVE = 60  # lines of a web page's title, summary and particulars
_GAP = 3  # lines of a head that stand between two in capitals: "Số: …" broken, a rule
_SHORT_HEAD = 300  # characters: a motto there is the first document's
_LEAST_LINES = 8  # of the shortest letter
_ABOVE = 8  # lines of a head over its motto: two or three of organs, the number
_BELOW = 14  # and under it, down to what the document calls itself


@dataclass(frozen=True, slots=True)
class Part:
    """One of a file's documents: where it lies and what it calls itself."""

    span: Span
    kind: str


def documents_in(document: Document, kit: Kit) -> tuple[Part, ...]:
    """The file's documents in order; of most files one, the whole, or all but what a web page shows above it."""
    text = document.text
    mottos = [match.start() for match in _MOTTO.finditer(text)]
    if not mottos:
        return (Part(Span(0, len(text)), PLAN),)
    lines = printed_lines(text)
    above = _above(lines, mottos[0], kit)
    if above == 0 and len(mottos) == 1 and mottos[0] < _SHORT_HEAD:
        return (Part(Span(0, len(text)), PLAN),)
    begins = lines[above].span.start if above else 0
    starts = list(_starts(document, lines[above:], mottos, begins, kit))
    ends = [start for start, _ in starts[1:]] + [len(text)]
    return tuple(Part(Span(start, end), kind) for (start, kind), end in zip(starts, ends, strict=True))


def _above(lines: Sequence[Line], motto: int, kit: Kit) -> int:
    """How many lines stand over the first head and are none of its own: a web page's title, summary and particulars.

    Where an item, a preamble or recipients stand there, it is a document whose head is lost.
    """
    at = next((index for index, line in enumerate(lines[:_MOST_ABOVE]) if line.span.end > motto), 0)
    named = any(named_kind(line.text, kit) for line in lines[at + 1 : at + 1 + _BELOW])
    first = at
    for index in range(at - 1, max(at - 2 * _ABOVE, -1), -1):
        if _is_of_head(lines[index]) and first - index <= _GAP:
            first = index
    section = kit.letterhead.by_id("letterhead.section-start").pattern
    if not named or any(section.match(line.text) or _OF_DOCUMENT.match(line.text) for line in lines[:first]):
        return 0
    return first


def _is_of_head(line: Line) -> bool:
    """Whether a line can stand over the motto: an organ in capitals, the number, what it is about."""
    return len(line.text) <= 120 and (is_capitals(line.text) or _OVER_MOTTO.match(line.text) is not None)


def _starts(
    document: Document, lines: Sequence[Line], mottos: Sequence[int], begins: int, kit: Kit
) -> Iterator[tuple[int, str]]:
    """Where documents begin, and their kinds; the first one begins with the lines."""
    kind = _first_kind(lines, kit)
    yield begins, kind
    places = {line.span.start: index for index, line in enumerate(lines)}
    last = 0
    for motto in mottos:
        at = next((index for start, index in places.items() if start >= motto), None)
        if at is None or not is_capitals(lines[at].text[:30]):
            continue
        first = _first_line(document, lines, at)
        if first - last < _LEAST_LINES:
            continue
        found = _own_kind(lines, first, at, kind, kit)
        if found is not None:
            kind, last = found, first
            yield _page_start(document, lines[first].span.start), kind


def _first_kind(lines: Sequence[Line], kit: Kit) -> str:
    found = (named_kind(line.text, kit) for line in lines[: _ABOVE + _BELOW + 10])
    return next((kind for kind in found if kind), PLAN)


def _first_line(document: Document, lines: Sequence[Line], motto: int) -> int:
    """The head's first line: the page's where the motto stands near its top, else up over organs and number."""
    page = document.page_at(lines[motto].span.start)
    first = motto
    while first > max(motto - _ABOVE, 0):
        above = lines[first - 1]
        if page is not None and document.page_at(above.span.start) != page:
            return first
        if not (is_capitals(above.text) or regex.match(r"Số\s?[:.]?\s?\d", above.text)) or len(above.text) > 90:
            break
        first -= 1
    return first


def _own_kind(lines: Sequence[Line], first: int, motto: int, before: str, kit: Kit) -> str | None:
    """What a document that begins at line `first` calls itself; None where the head is none of its own."""
    if any(_FORM.match(line.text) for line in lines[max(first - 4, 0) : motto]):
        return None
    below = lines[motto + 1 : motto + 1 + _BELOW]
    at, kind = next(
        ((place, kind) for place, line in enumerate(below) if (kind := named_kind(line.text, kit))), (0, None)
    )
    if kind is None:
        return None
    head = "\n".join(line.text for line in (*lines[first : motto + 1], *below[:at]))
    number = kit.letterhead.by_id("letterhead.number").pattern.search(head)
    if number and number["digits"]:
        return kind
    date = kit.letterhead.by_id("letterhead.date").pattern.search(head)
    attached = regex.compile(kit.headings.fragments["attached"], regex.IGNORECASE)
    if any(attached.search(line.text) and line.text.startswith("(") for line in below[at : at + 10]):
        return None
    stands_alone = kind != PLAN or before == PLAN
    return kind if date and date["day"] and stands_alone else None


def _page_start(document: Document, start: int) -> int:
    """The page's first character where nothing but blanks stands before the head on it."""
    page = next((page for page in reversed(document.pages) if page.span.start <= start), None)
    return page.span.start if page and not document.text[page.span.start : start].strip() else start


def alone(document: Document, part: Part) -> Document:
    """The document with nothing but one part in it: offsets and pages stay, blank lines stand for all the rest."""
    start, end = part.span
    text = "\n" * start + document.text[start:end] + "\n" * (len(document.text) - end)
    return replace(document, text=text, blocks=tuple(b for b in document.blocks if start <= b.span.start < end))


def notice_of(parts: Sequence[tuple[Part, Letterhead]], document: Document, count: int) -> str:
    """Which documents the file holds, with their pages, and what becomes of its plans; of `count` these were read."""
    names = [_name(part, head, document) for part, head in parts]
    plans = [place for place, (_, head) in enumerate(parts) if head.type == PLAN]
    others = "; ".join(name for place, name in enumerate(names) if place != plans[0])
    told = f"tệp có {count} văn bản, bản ghi là của {names[plans[0]]}; ngoài ra: {others}"
    if len(plans) > 1:
        told += " (khi đưa vào cơ sở dữ liệu, mỗi kế hoạch được lưu riêng)"
    return told + (f"; chỉ đọc {len(parts)} văn bản đầu, hãy tách tệp" if len(parts) < count else "")


def _name(part: Part, head: Letterhead, document: Document) -> str:
    number = f" số {head.number}" if head.number else ""
    first, last = document.page_at(part.span.start), document.page_at(max(part.span.end - 1, part.span.start))
    pages = f" (trang {first})" if first == last else f" (trang {first}-{last})"
    return f"{head.type or part.kind}{number}{pages if first else ''}"
