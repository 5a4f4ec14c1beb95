"""The parts of a document: head, body, tail (recipients and signatures), appendices, blank forms."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from khparse.model.document import Block, Document, Paragraph, Span, Table
from khparse.model.plan import Letterhead
from khparse.rules.load import RuleBook

_RECIPIENTS = regex.compile(r"\W{0,4}nơi\s+nhận\s*:?", regex.IGNORECASE)
# dots or lines to be written on
_BLANK_TO_FILL = regex.compile(r"[.…_]{4,}|…{2,}")
_LETTERHEAD_WORDS = regex.compile(r"cộng\s+h[oò][àa]?\s+xã\s+hội|độc\s+lập\s*[-–]\s*tự\s+do", regex.IGNORECASE)
_POSITION = regex.compile(
    r"(?:KT|TM|TL|TUQ|Q)\s?\.|(?:PHÓ\s+)?(?:CHỦ TỊCH|GIÁM ĐỐC|HIỆU TRƯỞNG|BÍ THƯ|TRƯỞNG|CHÁNH|CHỦ NHIỆM|CỤC TRƯỞNG)"
)


@dataclass(frozen=True, slots=True)
class Annex:
    """An appendix's start: the offset of its label or title, the printed label, and where its heading's words start."""

    start: int
    label: str | None
    heading_start: int


@dataclass(frozen=True, slots=True)
class Regions:
    """Where the plan's own words lie. `forms` are blank forms: their numbering is none of the plan's."""

    body: Span
    tail: Span
    annexes: tuple[Annex, ...]
    forms: tuple[Span, ...]

    def in_form(self, offset: int) -> bool:
        """Whether an offset lies in a blank form."""
        return any(form.start <= offset < form.end for form in self.forms)


def find_regions(document: Document, letterhead: Letterhead, book: RuleBook) -> Regions:
    """The document's parts."""
    blocks = document.blocks
    start = letterhead.head.end
    tail_start = _tail_start(document, letterhead)
    after = tail_start if tail_start is not None else start
    annexes, marks = _annexes(document, book, after, tailed=tail_start is not None, tail_end=_tail_end(letterhead))
    first = min(
        [annex.start for annex in annexes] + [mark for mark in marks if mark >= after], default=len(document.text)
    )
    body_end = tail_start if tail_start is not None else first
    tail = Span(body_end, max(first, body_end)) if tail_start is not None else Span(first, first)
    forms = tuple(_forms(document, annexes, marks, blocks))
    return Regions(Span(start, body_end), tail, annexes, forms)


def _tail_start(document: Document, letterhead: Letterhead) -> int | None:
    """Where recipients or signatures start: the letterhead's word for it, else the last "Nơi nhận" line."""
    if _tail_end(letterhead) and letterhead.tail.start >= letterhead.head.end:
        return letterhead.tail.start
    starts = [p.span.start for p in document.paragraphs() if _RECIPIENTS.match(p.span.of(document.text))]
    starts = [start for start in starts if start >= letterhead.head.end]
    return starts[0] if starts else None


def _tail_end(letterhead: Letterhead) -> int:
    """Where signatures end, 0 where the letterhead has found none."""
    return letterhead.tail.end if letterhead.tail.end > letterhead.tail.start else 0


def _annexes(
    document: Document, book: RuleBook, after: int, *, tailed: bool, tail_end: int
) -> tuple[tuple[Annex, ...], tuple[int, ...]]:
    """The appendices in order, and where forms are headed ("Mẫu số 01")."""
    rule, form_rule = book.labelled("appendix")[0], book.labelled("form")[0]
    annexes: list[Annex] = []
    marks: list[int] = []
    text = document.text
    titled = False  # the appendix at hand has had its title
    for index, block in enumerate(document.blocks):
        if isinstance(block, Table):
            titled = True
            continue
        if block.span.start < max(after, tail_end) or block.kind == "footnote":
            continue
        words = block.span.of(text)
        found = rule.pattern.match(words)
        strong = (
            tailed
            or _is_strong(block, words)
            or _is_over_title(document, index, words[found.end() :] if found else "-")
        )
        if found and strong and _is_appendix_line(words, found.end(), block):
            label = words[: found.end()].strip(" .:-–(") or None
            annexes.append(Annex(block.span.start, label, block.span.start + found.end()))
            titled = False
            continue
        if form_rule.pattern.match(words) and len(words) < 120:
            if _is_blank(document, index + 1, book) or not tailed:
                marks.append(block.span.start)
            else:
                annexes.append(Annex(block.span.start, words.strip(" .:"), block.span.end))
            titled = False
            continue
        if tailed and (titled or not annexes) and not marks and _is_bare_title(document.blocks, index, text, book):
            annexes.append(Annex(block.span.start, None, block.span.start))
            titled = False
    return tuple(annexes), tuple(marks)


def _is_appendix_line(words: str, label_end: int, block: Paragraph) -> bool:
    """A line that heads an appendix, not a sentence that names one."""
    rest = words[label_end:]
    titled = len(rest) < 250 and not rest[:1].islower()
    return len(words) < 60 or words[:7].isupper() or titled or _is_strong(block, words)


def _is_over_title(document: Document, index: int, rest: str) -> bool:
    """Whether "Phụ lục" stands alone over a title in capitals: a plan under a decision ends without a signature."""
    below = document.blocks[index + 1] if index + 1 < len(document.blocks) else None
    return not rest.strip(" .:") and isinstance(below, Paragraph) and below.span.of(document.text).isupper()


def _is_strong(block: Paragraph, words: str) -> bool:
    return block.style.bold or block.style.heading is not None or words.isupper() or block.style.centered


def _is_bare_title(blocks: Sequence[Block], index: int, text: str, book: RuleBook) -> bool:
    """The title of an annex without the word: strong, and "(Kèm theo …)" or a table follows close below."""
    block = blocks[index]
    words = block.span.of(text)
    if not isinstance(block, Paragraph) or len(words) < 12 or _POSITION.match(words) or words.startswith("("):
        return False
    if not (words.isupper() or block.style.heading or block.style.bold) or _LETTERHEAD_WORDS.search(words):
        return False
    attached = book.fragments["attached"]
    for below in blocks[index + 1 : index + 4]:
        following = below.span.of(text)
        if isinstance(below, Table):
            return words.isupper()
        if book.labelled("appendix")[0].pattern.match(following):
            return False
        if regex.match(rf"\W{{0,3}}{attached}", following, regex.IGNORECASE):
            return True
        if len(following) > 160:
            return False
    return False


def _is_blank(document: Document, first: int, book: RuleBook) -> bool:
    """Whether what follows a form's number is to be filled in: dotted lines, or a table with mostly empty cells."""
    if regex.search("đề cương", document.blocks[first - 1].span.of(document.text), regex.IGNORECASE):
        return True
    form_rule = book.labelled("form")[0]
    dotted = cells = empty = 0
    for block in document.blocks[first : first + 40]:
        words = block.span.of(document.text)
        if isinstance(block, Table):
            cells += len(block.cells)
            empty += sum(
                cell.span.start == cell.span.end or bool(_BLANK_TO_FILL.search(cell.span.of(document.text)))
                for cell in block.cells
            )
        elif form_rule.pattern.match(words):
            break
        dotted += len(_BLANK_TO_FILL.findall(words))
    return dotted >= 2 or (cells > 0 and empty > 0.4 * cells) or cells == 0


def _forms(
    document: Document, annexes: Sequence[Annex], marks: Sequence[int], blocks: Sequence[Block]
) -> Iterator[Span]:
    """Blank forms: from a form's head to the next one or the next appendix; an appendix full of dotted lines."""
    end = len(document.text)
    cuts = sorted([annex.start for annex in annexes] + list(marks) + [end])
    for mark in marks:
        yield Span(mark, cuts[bisect_right(cuts, mark)])
    paragraphs = [block.span for block in blocks if isinstance(block, Paragraph)]
    starts = [span.start for span in paragraphs]
    for annex in annexes:
        stop = next(iter(cuts[bisect_right(cuts, annex.start) :][:1]), end)
        within = paragraphs[bisect_right(starts, annex.heading_start) : bisect_left(starts, stop)]
        inside = [span.of(document.text) for span in within]
        dotted = sum(bool(_BLANK_TO_FILL.search(words)) for words in inside)
        if dotted >= 3 and dotted >= 0.25 * len(inside):
            yield Span(annex.heading_start + 1, stop)
