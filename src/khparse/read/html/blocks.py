"""A web page's elements to paragraphs and grids."""

from __future__ import annotations

from collections.abc import Iterator

import regex
from lxml import etree

from khparse.read.docx.numbering import printed_number, typed_bullet
from khparse.read.flow import LINE_BREAK, Flow, Para
from khparse.read.html.style import Place, Sheet, attribute_draws, draws_border, inside, is_hidden
from khparse.read.html.tables import read_grid
from khparse.read.inline import Inline

_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "pre", "td", "th"})
_BLOCKS = _PARAGRAPHS | {
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "form", "header", "hr", "html", "legend", "main", "ol", "section", "summary", "table", "tr",
    "ul",
}  # fmt: skip
# what a page shows around the document, or does not show at all
_NOT_READ = frozenset({
    "applet", "aside", "audio", "base", "button", "canvas", "datalist", "del", "embed", "footer", "frame", "frameset",
    "head", "iframe", "img", "input", "link", "map", "meta", "nav", "noscript", "object", "script", "select", "style",
    "svg", "template", "textarea", "title", "video", "xml",
})  # fmt: skip
_WHITE = regex.compile(r"[ \t\r\n\f]+")
_NOTE_CALL = regex.compile(r"#_?(?:ftn|edn|footnote-?|fn:?)(\d+)$")
_NOTE_BACK = regex.compile(r"#_?(?:ftnref|ednref|footnote-?ref-?|fnref:?)\d+$")
_NOTE_ID = regex.compile(r"_?(?:ftn|edn|footnote-?|fn:?)(\d+)$")
# a menu: many short links and nothing else
_MENU_LINKS, _MENU_WORDS = 4, 40
_LIST_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_CSS_FORMS = {
    "decimal": "decimal", "decimal-leading-zero": "decimalZero", "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter", "upper-latin": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman",
}  # fmt: skip
_CSS_BULLETS = {"disc", "circle", "square"}
# how sites name what stands around a document
_AROUND = regex.compile(
    r"(?<![a-z])(?:footer|breadcrumbs?|related|sidebar|tags?|social|share|comments?|navbar|menu)(?![a-z])",
    regex.IGNORECASE,
)
_AROUND_CHARACTERS = 3_000
_OF_DOCUMENT = regex.compile(
    r"(?i:Nơi nhận|C[ỘO]NG H[ÒO]A|CỘNG HOÀ|KẾ HOẠCH)|(?:TM|KT|TL|TUQ)\.|Điều \d|(?m:^\s*[IVX]{1,4}\.)"
)
# a bullet of Symbol or Wingdings as Word writes it to HTML
_PICTURED = {"·", "§", "o", "Ø", "ü", "v", "q", "à", "è", "•", "○", "▪"}


class PageReader:
    """Reads a page's blocks in reading order."""

    def __init__(self, sheet: Sheet, root: etree._Element) -> None:
        self._sheet = sheet
        self._notes = dict(_footnotes(root))
        self._note_elements = set(self._notes.values())

    def blocks(self, element: etree._Element, place: Place | None = None) -> tuple[Flow, ...]:
        """The paragraphs and grids in `element`."""
        walk = _Walk(self)
        walk.children(element, inside(place or Place(), element, self._sheet.style(element)))
        walk.end_paragraph()
        return tuple(walk.found)

    def style(self, element: etree._Element) -> dict[str, str]:
        """The properties that the page gives the element."""
        return self._sheet.style(element)

    def is_note(self, element: etree._Element) -> bool:
        """Whether a footnote stands here, to be read where its mark is."""
        return element in self._note_elements

    def note(self, number: str) -> tuple[Flow, ...]:
        """The footnote's paragraphs."""
        element = self._notes.get(number)
        if element is None:
            return ()
        return tuple(
            Para(block.text, block.style, "footnote") for block in self.blocks(element) if isinstance(block, Para)
        )


def _footnotes(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Number -> element of each note at the page's end."""
    for element in root.iter("div", "li", "p"):
        match = _NOTE_ID.match(element.get("id", ""))
        if match:
            kind = "e" if "edn" in element.get("id", "") else ""
            yield f"{kind}{match[1]}", element


class _Walk:
    """One pass through an element's content; text gathers in a paragraph until a block ends it."""

    def __init__(self, page: PageReader) -> None:
        self.found: list[Flow] = []
        self._page = page
        self._inline = Inline()
        self._after: list[Flow] = []
        self._place = Place()
        self._heading: int | None = None
        self._label_alone = ""  # of a list's item whose words stand in a block of their own

    def children(self, element: etree._Element, place: Place) -> None:
        """Read what stands in `element`."""
        self._text(element.text, place)
        for child in element:
            if isinstance(child.tag, str):
                self._element(child, place)
            self._text(child.tail, place)

    def end_paragraph(self) -> None:
        """What follows is another paragraph."""
        text = self._inline.text()
        if self._label_alone and text == self._label_alone:
            return
        if text.strip() or self._after:
            style = self._inline.style(centered=self._place.centered, heading=self._heading)
            self.found.append(Para(text, style, after=tuple(self._after)))
        self._inline, self._after = Inline(), []

    def _text(self, text: str | None, place: Place) -> None:
        if not text or place.look.hidden:
            return
        text = text.replace("\r\n", LINE_BREAK) if place.preformatted else _WHITE.sub(" ", text)
        if not self._inline.runs:
            self._place = place
        self._inline.add(text, place.look)

    def _element(self, element: etree._Element, place: Place) -> None:
        tag = element.tag.rpartition(":")[2] if ":" in element.tag else element.tag
        style = self._page.style(element)
        if tag in _NOT_READ or is_hidden(style) or "hidden" in element.attrib or self._page.is_note(element):
            return
        within = inside(place, element, style)
        if tag == "br":
            self._break(element, within)
        elif tag == "table":
            self._table(element, style, within)
        elif tag in _BLOCKS:
            self._block(element, within)
        elif style.get("mso-list", "").lower() == "ignore":
            self._label(element, within)
        elif tag == "a" and self._note_link(element):
            return
        else:
            self.children(element, within)

    def _block(self, element: etree._Element, place: Place) -> None:
        if _is_menu(element) or _is_around(element) or element.get("class", "").startswith("MsoToc"):
            return
        self.end_paragraph()
        outer, self._place = self._place, place
        tag = element.tag
        self._heading = int(tag[1]) if regex.fullmatch("h[1-6]", tag) else None
        if tag == "li":
            self._label_alone = _list_label(element, self._marker(element))
            self._inline.add(self._label_alone, place.look)
        self.children(element, place)
        self._label_alone = ""
        self.end_paragraph()
        self._heading, self._place = None, outer

    def _marker(self, item: etree._Element) -> str | None:
        """The kind of marker that the item's or its list's style asks for: "upper-roman", "none"."""
        for element in (item, item.getparent()):
            if element is not None:
                style = self._page.style(element)
                said = style.get("list-style-type") or style.get("list-style")
                if said:
                    return said.split()[0].lower()
        return None

    def _break(self, element: etree._Element, place: Place) -> None:
        """A line's end; outside `<p>`, or twice, it ends the paragraph."""
        parent = element.getparent()
        inner = next(
            (node for node in (parent, *element.iterancestors()) if node is not None and node.tag in _BLOCKS), None
        )
        again = bool(self._inline.runs) and self._inline.runs[-1].text == LINE_BREAK
        framed = inner is not None and inner.tag in _PARAGRAPHS
        if again or not framed:
            self.end_paragraph()
            self._place = place
        elif "clear" not in element.attrib:  # that one makes room for a picture
            self._inline.mark(LINE_BREAK)

    def _table(self, element: etree._Element, style: dict[str, str], place: Place) -> None:
        self.end_paragraph()
        for caption in element.iterchildren("caption"):
            self.found.extend(self._page.blocks(caption, place))
        lined = attribute_draws(element) or bool(draws_border(style))
        said = (draws_border(self._page.style(cell)) for cell in element.iter("td", "th"))
        ruled = any(lined if cell_said is None else cell_said for cell_said in said)
        # alignment does not come into a table from around it
        grid = read_grid(element, lambda cell: self._page.blocks(cell, Place(place.look)), ruled=ruled)
        if grid is not None:
            self.found.append(grid)

    def _label(self, element: etree._Element, place: Place) -> None:
        """The number or bullet that Word's list printed."""
        label = _WHITE.sub(" ", _words(element).replace("\u00a0", " ")).strip()
        if label in _PICTURED:
            label = typed_bullet(label, inner=False)
        self._inline.add(f"{label} ", place.look)

    def _note_link(self, anchor: etree._Element) -> bool:
        """Whether the anchor is a footnote's mark, which is not part of the text."""
        target = anchor.get("href", "")
        if _NOTE_BACK.search(target):
            return True
        match = _NOTE_CALL.search(target)
        note = self._page.note(f"{'e' if 'edn' in target else ''}{match[1]}") if match else ()
        self._after.extend(note)
        return bool(note)


def _list_label(item: etree._Element, marker: str | None) -> str:
    """What a browser prints before a list's item; `marker` is what its style says of it."""
    listing = item.getparent()
    form = _CSS_FORMS.get(marker or "")
    if marker == "none":
        return ""
    if listing is None or (listing.tag != "ol" and form is None) or marker in _CSS_BULLETS:
        outer = sum(1 for ancestor in item.iterancestors("ul"))
        return f"{typed_bullet('', inner=outer > 1)} "
    start = listing.get("start", "1")
    place = sum(1 for _ in item.itersiblings("li", preceding=True)) + (int(start) if start.isdigit() else 1)
    own = item.get("value", "")
    form = form or _LIST_FORMS.get(listing.get("type", "1"), "decimal")
    return f"{printed_number(int(own) if own.isdigit() else place, form)}. "


def _is_menu(element: etree._Element) -> bool:
    """Whether a block is a site's menu: many short links and next to nothing else; or a list of nothing but links."""
    if element.tag not in {"ul", "ol", "div", "header", "section"}:
        return False
    links = [_words(link).strip() for link in element.iter("a")]
    if len(links) < 2:
        return False
    headings = sum(len("".join(_words(heading).split())) for heading in element.iter("h2", "h3", "h4", "h5", "h6"))
    others = len("".join(_words(element).split())) - headings
    of_links = sum(len(link) - link.count(" ") for link in links) / max(others, 1)
    if len(links) >= _MENU_LINKS and all(len(link) <= _MENU_WORDS for link in links):
        return of_links > 0.7
    # a page that names other pages: each link is a line of its own; a law site links words inside a plan's sentences
    return of_links > 0.95 and all(_is_alone(link) for link in element.iter("a"))


def _is_alone(link: etree._Element) -> bool:
    """Whether a link is all that its line says."""
    line = next((node for node in link.iterancestors() if node.tag in _BLOCKS), link)
    return len("".join(_words(line).split())) <= len("".join(_words(link).split())) + 2


def _is_around(element: etree._Element) -> bool:
    """Whether a block calls itself a part of the site around the document and holds no head or foot of one."""
    names = f"{element.get('id', '')} {element.get('class', '')}"
    if element.tag == "body" or not _AROUND.search(names):
        return False
    words = _words(element)
    return len(words) <= _AROUND_CHARACTERS and not _OF_DOCUMENT.search(words)


def _words(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))
