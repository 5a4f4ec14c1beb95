"""Akoma Ntoso 3.0 (OASIS LegalDocML): a plan's structure, every word of its text in place, references as links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import regex
from lxml import etree

from khparse.export.akn_lines import Block, TableLines, Unit, blocks_of, nested
from khparse.export.akn_meta import NAMESPACE, add, add_meta, plan_address, reference_address, slug
from khparse.export.xml_text import xml_text
from khparse.model.document import Span
from khparse.model.record import Extraction, SectionRecord
from khparse.text.fold import key
from khparse.text.labels import bullet_at

LONGEST_HEADING = 200

_APPENDIX = regex.compile(r"PL\d*")
_BASIS = regex.compile(r"\s*(?:[-–+]\s*)?(?:Căn cứ|Xét|Theo (?:đề nghị|Tờ trình))\b", regex.IGNORECASE)
_OPENS_BODY = regex.compile(r"\s*(?:Căn cứ|Xét|Thực hiện|Triển khai|Theo|Để|Nhằm)\b")
_REGARDING = regex.compile(r"(?:v/v|về việc)\s*:?\s*")
# what a printed label is in the schema, and how its eId begins (AKN Naming Convention, 5.1)
_LEVELS = tuple(
    (regex.compile(pattern, regex.IGNORECASE if pattern.startswith("(?:") else 0), name, prefix)
    for pattern, name, prefix in (
        ("(?:phần)\\b", "part", "part"),
        ("(?:chương)\\b", "chapter", "chp"),
        ("(?:mục)\\b", "section", "sec"),
        ("(?:điều)\\b", "article", "art"),
        (r"[IVXLC]+\W*$", "section", "sec"),
        (r"[A-ZĐ]\W*$", "part", "part"),
        (r"\d+\.\d", "subparagraph", "subpara"),
        (r"\d", "paragraph", "para"),
        (r"\(", "subparagraph", "subpara"),
        (r"\p{Ll}", "point", "point"),
    )
)


@dataclass(frozen=True, slots=True)
class PlanText:
    """A plan to be written: its record, the canonical text that the record counts in, and a name of last resort."""

    record: Extraction
    text: str
    name: str


def akn_files(plans: Iterable[PlanText], today: date) -> Iterator[tuple[str, bytes]]:
    """A file for each plan, one at a time: ("12-kh-ubnd.xml", …); "12-kh-ubnd-2.xml" for another of that number."""
    taken: Counter[str] = Counter()
    for plan in plans:
        base = slug(plan.record.document.number or plan.name)[:80] or "plan"
        taken[base] += 1
        count = f"-{taken[base]}" if taken[base] > 1 else ""
        yield f"{base}{count}.xml", akn_document(plan, today)


def akn_document(plan: PlanText, today: date) -> bytes:
    """One plan as `akomaNtoso/doc`: preface, preamble, body, conclusions, appendices as attachments."""
    root = etree.Element(f"{{{NAMESPACE}}}akomaNtoso", nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    _Writer(plan, today).write(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=False)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The plan's units: before the body, the body, after it, and its appendices."""

    head: list[Block]
    body: list[Unit]
    tail: list[Block]
    appendices: list[Unit]


def _parts(units: Sequence[Unit]) -> _Parts:
    """What stands before the first section is the head; loose words after the last are the tail."""
    body: list[Unit] = []
    appendices: list[Unit] = []
    for unit in units:
        if _is_appendix(unit):
            appendices.append(unit)
        elif appendices:  # what stands after an appendix is its own
            appendices[-1].children.append(unit)
        else:
            body.append(unit)
    head = body.pop(0).blocks if body and body[0].section is None else []
    tail = body.pop().blocks if body and body[-1].section is None else []
    return _Parts(head, body, tail, appendices)


def _is_appendix(unit: Unit) -> bool:
    return unit.section is not None and _APPENDIX.fullmatch(unit.section.path) is not None


class _Writer:
    """Writes one plan; keeps the eIds it has given and the references still to come."""

    def __init__(self, plan: PlanText, today: date) -> None:
        self.text, self.record, self.today = plan.text, plan.record, today
        self.address = plan_address(plan.record.document, plan.name)
        self.ids: Counter[str] = Counter()
        self.links = _links(plan.record)

    def write(self, root: etree._Element) -> None:
        parts = _parts(nested(self.record.sections, blocks_of(self.text)))
        document = add(root, "doc", name=slug(self.record.document.type or "Kế hoạch"), contains="originalVersion")
        add_meta(document, self.record, self.address, self.today)
        loose = self._head(document, parts)
        body = add(document, "mainBody")
        self._blocks(body, loose)
        for unit in parts.body:
            self._unit(body, unit, "")
        if not len(body):
            add(body, "p")
        if parts.tail:
            self._conclusions(document, parts.tail)
        if parts.appendices:
            attachments = add(document, "attachments")
            for index, unit in enumerate(parts.appendices, 1):
                self._attachment(attachments, unit, index)

    def _head(self, document: etree._Element, parts: _Parts) -> list[Block]:
        """Preface and preamble; returns the blocks of a plan without sections, which are its body."""
        title = self._title_end(parts.head)
        front, rest = parts.head[:title], parts.head[title:]
        loose: list[Block] = []
        if not parts.body:
            count = next((i for i, block in enumerate(rest) if not self._is_basis(block)), len(rest))
            rest, loose = rest[:count], rest[count:]
        if front:
            self._preface(add(document, "preface"), front)
        if rest:
            self._preamble(add(document, "preamble"), rest)
        return loose

    def _title_end(self, head: Sequence[Block]) -> int:
        """How many blocks the preface has: those up to the title, else up to the first that opens the plan's words."""
        title = key(self.record.document.title or "")
        words = [key(block.of(self.text)) if isinstance(block, Span) else "" for block in head]
        first = next((i for i, line in enumerate(words) if _opens(line, title)), None)
        if first is None:
            opening = (i for i, block in enumerate(head) if _OPENS_BODY.match(_span(block).of(self.text)))
            return next(opening, len(head))
        rest = (i for i, line in enumerate(words[first + 1 :], first + 1) if not _is_of(line, title))
        return next(rest, len(head))

    def _preface(self, preface: etree._Element, blocks: Sequence[Block]) -> None:
        titled = False
        for block in blocks:
            if isinstance(block, TableLines):
                self._table(preface, block)
                continue
            words, line = block.of(self.text), add(preface, "p")
            titled = titled or _opens(key(words), key(self.record.document.title or ""))
            name = "docTitle" if titled else self._particular(words)
            self._inline(add(line, name) if name else line, block)

    def _particular(self, words: str) -> str | None:
        """Which of the plan's particulars a line of the letterhead holds."""
        document = self.record.document
        if document.type and key(words) == key(document.type):
            return "docType"
        has_number = document.number and document.number.lower() in "".join(words.split()).lower()
        return "docNumber" if has_number else None

    def _is_basis(self, block: Block) -> bool:
        return isinstance(block, Span) and _BASIS.match(block.of(self.text)) is not None

    def _preamble(self, preamble: etree._Element, blocks: Sequence[Block]) -> None:
        citations = None
        for block in blocks:
            if isinstance(block, TableLines) or not self._is_basis(block):
                citations = None
                self._blocks(preamble, [block])
                continue
            if citations is None:
                citations = add(preamble, "citations", eId=self._id("cits"))
            citation = add(citations, "citation", eId=self._id("cit"))
            self._inline(add(citation, "p"), block)

    def _conclusions(self, document: etree._Element, blocks: Sequence[Block]) -> None:
        conclusions = add(document, "conclusions")
        signers = {key(signer.name) for signer in self.record.document.signers}
        for block in blocks:
            if isinstance(block, Span) and key(block.of(self.text)) in signers:
                self._inline(add(add(conclusions, "p"), "signature"), block)
            else:
                self._blocks(conclusions, [block])

    def _attachment(self, attachments: etree._Element, unit: Unit, index: int) -> None:
        prefix = self._id("att", str(index))
        attachment = add(attachments, "attachment", eId=prefix)
        blocks = self._open(attachment, unit, always=True)
        document = add(attachment, "doc", name="phu-luc", contains="originalVersion")
        add_meta(document, self.record, self.address, self.today, f"phu-luc-{index}")
        body = add(document, "mainBody")
        self._blocks(body, blocks)
        for child in unit.children:
            self._unit(body, child, f"{prefix}__")
        if not len(body):
            add(body, "p")

    def _unit(self, parent: etree._Element, unit: Unit, prefix: str) -> None:
        """A section with what stands in it; words between sections are an unnamed container."""
        if unit.section is None:
            container = add(parent, "hcontainer", name="text", eId=self._id(f"{prefix}hcontainer"))
            self._blocks(add(container, "content"), unit.blocks)
            return
        name, short = _level(unit.section.label or "")
        own = self._id(f"{prefix}{short}", slug(unit.section.path.rsplit(".", 1)[-1]))
        element = add(parent, name, eId=own)
        blocks = self._open(element, unit, always=False)
        if blocks:
            self._blocks(add(element, "intro" if unit.children else "content"), blocks)
        for child in unit.children:
            self._unit(element, child, f"{own}__")

    def _open(self, element: etree._Element, unit: Unit, *, always: bool) -> list[Block]:
        """Number and heading of a section; returns its other blocks. A long paragraph is content, no heading."""
        blocks = list(unit.blocks)
        if unit.section is None or not blocks or isinstance(blocks[0], TableLines):
            return blocks
        first = self._after_label(element, unit.section.label or "", _span(blocks.pop(0)))
        if first.start >= first.end and blocks and self._is_heading(blocks[0], unit.section):
            first = _span(blocks.pop(0))  # the heading stands on the label's next line
        if first.start >= first.end:
            return blocks
        words = first.of(self.text).rstrip()
        short = len(words) <= LONGEST_HEADING and not words.endswith((".", ";", ","))
        if always or (short and (blocks or unit.children)):
            self._inline(add(element, "heading"), first)
            return blocks
        return [first, *blocks]

    def _after_label(self, element: etree._Element, label: str, line: Span) -> Span:
        """What follows a section's label on its line; the label becomes the element's number."""
        if not label or not self.text.startswith(label, line.start):
            return line
        add(element, "num", label)
        rest = self.text[line.start + len(label) : line.end]
        return Span(line.end - len(rest.lstrip()), line.end)

    def _is_heading(self, block: Block, section: SectionRecord) -> bool:
        return isinstance(block, Span) and _is_of(key(block.of(self.text)), key(section.heading))

    def _blocks(self, parent: etree._Element, blocks: Iterable[Block]) -> None:
        """Paragraphs, bulleted lists and tables; each bullet's mark is its item's number."""
        items = None
        for block in blocks:
            bullet = None if isinstance(block, TableLines) else bullet_at(block.of(self.text))
            if isinstance(block, TableLines) or bullet is None:
                items = None
            if isinstance(block, TableLines):
                self._table(parent, block)
            elif bullet is None:
                self._inline(add(parent, "p"), block)
            else:
                items = add(parent, "blockList") if items is None else items
                self._item(items, block, bullet[1])

    def _item(self, items: etree._Element, line: Span, words_at: int) -> None:
        item = add(items, "item")
        start = line.start + words_at
        add(item, "num", self.text[line.start : start].strip())
        self._inline(add(item, "p"), Span(start, line.end))

    def _table(self, parent: etree._Element, block: TableLines) -> None:
        table = add(parent, "table")
        width = max(len(row.cells) for row in block.rows)
        for row in block.rows:
            line = add(table, "tr")
            for cell in row.cells:
                place = add(line, "td")
                start = cell.start
                for paragraph in cell.of(self.text).split("\n"):
                    self._inline(add(place, "p"), Span(start, start + len(paragraph)))
                    start += len(paragraph) + 1
            if len(row.cells) == 1 and width > 1:
                line[0].set("colspan", str(width))

    def _inline(self, element: etree._Element, span: Span) -> None:
        """The words of a span, each naming of a document as `ref`."""
        at, last = span.start, None
        for link, address in self.links:
            if not span.covers(link) or link.start < at:
                continue
            before = xml_text(self.text[at : link.start])
            if last is None:
                element.text = before
            else:
                last.tail = before
            last = add(element, "ref", link.of(self.text), href=address)
            at = link.end
        rest = xml_text(self.text[at : span.end])
        if last is None:
            element.text = rest
        else:
            last.tail = rest

    def _id(self, prefix: str, number: str = "") -> str:
        """An eId that no other element has: "sec_i__para_2"; a repeated label gets a count."""
        base = f"{prefix}_{number}" if number else prefix
        self.ids[base] += 1
        count = self.ids[base]
        if number:
            return base if count == 1 else self._id(f"{base}_{count}", "bis")
        return f"{base}_{count}"


def _links(record: Extraction) -> list[tuple[Span, str]]:
    """Where documents are named, in order, the longest first, and their addresses."""
    links = [
        (Span(mention.start, mention.end), reference_address(reference))
        for reference in record.references
        for mention in reference.spans
    ]
    return sorted(links, key=lambda link: (link[0].start, -link[0].end))


def _is_of(words: str, whole: str) -> bool:
    """Whether a line is a heading or a part of one printed over several lines."""
    return len(words) > 3 and len(whole) > 3 and (words in whole or whole in words)


def _opens(words: str, title: str) -> bool:
    """Whether a line is the title, or its beginning: "v/v: triển khai …"."""
    return len(words) > 3 and len(title) > 3 and (title.startswith(_REGARDING.sub("", words)) or title in words)


def _span(block: Block) -> Span:
    return block.span if isinstance(block, TableLines) else block


def _level(label: str) -> tuple[str, str]:
    return next(((name, prefix) for pattern, name, prefix in _LEVELS if pattern.match(label)), ("level", "level"))
