"""DOCX as Word really writes it: numbering computed, changes accepted, notes and boxes in their places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from khparse.errors import UnsupportedError
from khparse.model.document import Document, Style
from khparse.read.assemble import Assembler
from khparse.read.docx.numbering import Numbering
from khparse.read.docx.package import WORD, Package
from khparse.read.docx.pages import are_known
from khparse.read.docx.styles import Layout, Styles, layout_of, value
from khparse.read.docx.tables import read_grid
from khparse.read.docx.text import RunReader, chosen, is_placeholder
from khparse.read.flow import PAGE_START, Flow, Para, is_head, pour
from khparse.read.inline import Inline
from khparse.read.torn import made_whole
from khparse.read.typed_columns import columns_apart

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read_docx(data: bytes) -> Document:
    """A .docx to a document. Raises InputError, EncryptedError, LimitError or UnsupportedError."""
    return to_document(data, MEDIA_TYPE)


def to_document(data: bytes, media_type: str) -> Document:
    """The document in a .docx that was made from a form called `media_type`."""
    package = Package(data)
    body = package.document().find(f"{WORD}body")
    reader = _Body(package)
    blocks = [] if body is None else [*_letterhead(package, reader), *reader.blocks(body)]
    flow = list(made_whole(columns_apart(blocks)))
    assembler = Assembler()
    pour(flow, assembler, paged=are_known(flow, package))
    return assembler.document(media_type)


def _letterhead(package: Package, reader: _Body) -> Iterator[Flow]:
    """The letterhead where an office keeps it in the first page's header; any other header is furniture."""
    for header in package.headers():
        paragraphs = ("".join(words.text or "" for words in p.iter(f"{WORD}t")) for p in header.iter(f"{WORD}p"))
        if any(map(is_head, paragraphs)):
            yield from reader.blocks(header)
            return


class _Body:
    """Walks block elements in reading order; numbering and fields go on from one to the next."""

    def __init__(self, package: Package, *, inner: bool = False) -> None:
        self._package = package
        self._inner = inner
        self._styles = Styles(package.part("styles"))
        self._numbering = Numbering(package.part("numbering"), self._styles)
        self._runs = RunReader(self._styles)
        self._notes = {
            kind: {value(note, "id"): note for note in root if value(note, "type") in {None, "normal"}}
            for kind in ("footnotes", "endnotes")
            if (root := package.part(kind)) is not None
        }
        self._section_starts = _section_starts(package.document())
        self._begun: Inline | None = None  # a paragraph whose end was deleted goes on in the next

    def blocks(self, parent: etree._Element) -> Iterator[Flow]:
        """The paragraphs and tables below `parent`."""
        for child in parent:
            tag = child.tag
            if tag == f"{WORD}p":
                yield from self._paragraph(child)
            elif tag == f"{WORD}tbl":
                yield from self._left_over()
                grid = read_grid(child, self._styles, lambda cell: tuple(self.blocks(cell)))
                if grid is not None:
                    yield grid
            else:
                yield from self._wrapped(child)
        yield from self._left_over()

    def _left_over(self) -> Iterator[Flow]:
        """A paragraph whose end was deleted where no paragraph follows."""
        if self._begun is not None:
            inline, self._begun = self._begun, None
            yield Para(inline.text(), after=tuple(self._anchored(inline)))

    def _wrapped(self, element: etree._Element) -> Iterator[Flow]:
        """What stands in a block wrapper: a content control, a tracked insertion, an alternative."""
        tag = element.tag
        if tag == f"{WORD}sdt" and not is_placeholder(element):
            for content in element.iterchildren(f"{WORD}sdtContent"):
                yield from self.blocks(content)
        elif tag in _WRAPPERS:
            yield from self.blocks(element)
        elif tag == f"{WORD}altChunk":
            yield from self._put_in(element)
        elif isinstance(tag, str) and tag.endswith("}AlternateContent"):
            yield from self.blocks(chosen(element))

    def _put_in(self, element: etree._Element) -> Iterator[Flow]:
        """A document put into this one as it is, which Word takes over when it first saves the file."""
        data = None if self._inner else self._package.chunk(element.get(f"{_RELATION}id"))
        if data is None:
            return
        if data.startswith(b"PK"):
            package = Package(data)
            body = package.document().find(f"{WORD}body")
            yield from () if body is None else _Body(package, inner=True).blocks(body)
        elif data.lstrip()[:1] == b"<" or b"MIME-Version" in data[:1024]:
            from khparse.read.html.document import flow_of

            yield from flow_of(data)
        else:
            raise UnsupportedError(
                "tệp DOCX chứa một văn bản chèn ở dạng không đọc được", "hãy mở bằng Word và lưu lại"
            )

    def _paragraph(self, element: etree._Element) -> Iterator[Flow]:
        properties = element.find(f"{WORD}pPr")
        own = layout_of(properties)
        layout = own.over(self._styles.paragraph_layout(own.style))
        inline = self._begun or Inline()
        self._begun = None
        if layout.page_before:
            inline.mark(PAGE_START)
        self._runs.read(element, self._styles.paragraph_look(own.style), inline)
        if _end_deleted(properties):
            self._begun = inline
            return
        self._runs.end_paragraph()
        if not self._styles.lists_contents(own.style):
            yield self._finished(inline, own, layout)
        ends = properties is not None and properties.find(f"{WORD}sectPr") is not None
        if ends and next(self._section_starts, "") not in {"continuous", "nextColumn"}:
            yield Para(PAGE_START)

    def _finished(self, inline: Inline, own: Layout, layout: Layout) -> Para:
        text = inline.text()
        label = self._label(text, own, layout)
        style = inline.style(centered=bool(layout.centered), heading=_heading(layout))
        if label:
            pages = len(text) - len(text.lstrip(PAGE_START))
            text = text[:pages] + label + text[pages:]
        return Para(text, style, after=tuple(self._anchored(inline)))

    def _label(self, text: str, own: Layout, layout: Layout) -> str:
        """What is printed before the paragraph; of an empty one its number, not its bullet."""
        by_style = own.style if own.number is None else None
        level = own.level if by_style else layout.level
        label, bullet = self._numbering.label(layout.number, level, by_style)
        return "" if bullet and not text.strip() else label

    def _anchored(self, inline: Inline) -> Iterator[Flow]:
        for box in inline.boxes:
            yield from self.blocks(box)
        for kind, number in inline.notes:
            note = self._notes.get(kind, {}).get(number)
            if note is not None:
                yield from (
                    replace(block, kind="footnote", style=Style(size=block.style.size))
                    for block in self.blocks(note)
                    if isinstance(block, Para)
                )


_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_CHANGE = f"{WORD}sectPrChange"
_WRAPPERS = {f"{WORD}{name}" for name in ("ins", "moveTo", "customXml", "smartTag", "sdtContent")}


def _heading(layout: Layout) -> int | None:
    """Word's outline level 0 is Heading 1; 9 is body text."""
    return layout.outline + 1 if layout.outline is not None and 0 <= layout.outline < 9 else None


def _end_deleted(properties: etree._Element | None) -> bool:
    """Whether a tracked change took the paragraph's end away."""
    if properties is None:
        return False
    mark = properties.find(f"{WORD}rPr")
    return mark is not None and (mark.find(f"{WORD}del") is not None or mark.find(f"{WORD}moveFrom") is not None)


def _section_starts(document: etree._Element) -> Iterator[str]:
    """How each section but the first begins: "nextPage" where it does not say."""
    # a tracked change of a section holds what it was before
    sections = [found for found in document.iter(f"{WORD}sectPr") if next(found.iterancestors(_CHANGE), None) is None]
    for section in sections[1:]:
        yield value(section.find(f"{WORD}type")) or "nextPage"
