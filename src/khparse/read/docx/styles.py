"""Styles: how a run and a paragraph look once document defaults, styles and their own properties are laid over."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property

from lxml import etree

from khparse.read.docx.package import WORD
from khparse.read.inline import PLAIN, Look

_OFF = {"0", "false", "off", "none"}
_MAX_CHAIN = 50


@dataclass(frozen=True, slots=True)
class Layout:
    """What a paragraph's properties say; `numbering` is (numId, level)."""

    style: str | None = None
    centered: bool | None = None
    outline: int | None = None
    number: str | None = None
    level: int | None = None
    page_before: bool | None = None

    def over(self, below: Layout) -> Layout:
        """These properties laid over those of a style."""
        values = ((getattr(self, name), getattr(below, name)) for name in _LAYOUT_FIELDS)
        return Layout(*(low if own is None else own for own, low in values))


_LAYOUT_FIELDS = tuple(field.name for field in fields(Layout))


def on(element: etree._Element | None) -> bool | None:
    """A toggle: `<w:b/>` -> True, `<w:b w:val="0"/>` -> False, absent -> None."""
    return None if element is None else element.get(f"{WORD}val", "1") not in _OFF


def value(element: etree._Element | None, attribute: str = "val") -> str | None:
    """A property's value, None where it is absent."""
    return None if element is None else element.get(f"{WORD}{attribute}")


def whole(text: str | None) -> int | None:
    """A whole number as Word writes it ("26", "-1"), None where it is none."""
    try:
        return int(float(text)) if text else None
    except (ValueError, OverflowError):
        return None


def look_of(properties: etree._Element | None) -> Look:
    """`w:rPr` -> Look."""
    if properties is None or not len(properties):
        return PLAIN
    found: dict[str, etree._Element] = {
        child.tag.rpartition("}")[2]: child for child in properties if isinstance(child.tag, str)
    }
    fonts = found.get("rFonts")
    size = whole(value(found.get("sz")))
    return Look(
        on(found.get("b")),
        on(found.get("i")),
        on(found.get("vanish")),
        on(found.get("caps")),
        size / 2 if size else None,
        None if fonts is None else _font(fonts),
    )


def _font(fonts: etree._Element) -> str | None:
    """The font of letters beyond ASCII: hAnsi's, a theme's before a named one as Word takes them."""
    for kind in ("hAnsi", "ascii"):
        font = value(fonts, f"{kind}Theme") or value(fonts, kind)
        if font:
            return font
    return None


def layout_of(properties: etree._Element | None) -> Layout:
    """`w:pPr` -> Layout."""
    if properties is None:
        return Layout()
    align, numbering = value(properties.find(f"{WORD}jc")), properties.find(f"{WORD}numPr")
    return Layout(
        value(properties.find(f"{WORD}pStyle")),
        None if align is None else align == "center",
        whole(value(properties.find(f"{WORD}outlineLvl"))),
        None if numbering is None else value(numbering.find(f"{WORD}numId")),
        None if numbering is None else whole(value(numbering.find(f"{WORD}ilvl"))),
        on(properties.find(f"{WORD}pageBreakBefore")),
    )


class Styles:
    """The styles part; a style that is not there, or goes in a circle, adds nothing."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._defaults: dict[str, str] = {}
        self._root = root
        for style in () if root is None else root.iterchildren(f"{WORD}style"):
            name, kind = value(style, "styleId") or "", value(style, "type") or ""
            self._elements[name] = style
            if value(style, "default") in {"1", "true"}:
                self._defaults[kind] = name
        self._looks: dict[str | None, Look] = {}
        self._layouts: dict[str | None, Layout] = {}

    @cached_property
    def _base(self) -> Look:
        if self._root is None:
            return PLAIN
        return look_of(self._root.find(f"{WORD}docDefaults/{WORD}rPrDefault/{WORD}rPr"))

    def run_look(self, style: str | None) -> Look:
        """What a character style says, its parents' properties below its own."""
        return self._look(style) if style else PLAIN

    def paragraph_look(self, style: str | None) -> Look:
        """How runs of a paragraph of this style look, document defaults included."""
        return self._look(style or self._defaults.get("paragraph")).over(self._base)

    def paragraph_layout(self, style: str | None) -> Layout:
        """How a paragraph of this style is laid out."""
        name = style or self._defaults.get("paragraph")
        if name not in self._layouts:
            layout = Layout()
            for element in self._chain(name):
                layout = layout.over(layout_of(element.find(f"{WORD}pPr")))
            self._layouts[name] = layout
        return self._layouts[name]

    def lists_contents(self, style: str | None) -> bool:
        """Whether paragraphs of this style list the document's contents ("toc 1"): its headings again, with pages."""
        element = self._elements.get(style or "")
        name = "" if element is None else value(element.find(f"{WORD}name")) or ""
        return name.lower().startswith("toc ")

    def numbering_of(self, style: str) -> str | None:
        """The numId of a numbering style (`w:numStyleLink`)."""
        return self.paragraph_layout(style).number

    def ruled(self, style: str | None) -> bool | None:
        """Whether a table style draws lines, None where it does not say."""
        for element in self._chain(style or self._defaults.get("table")):
            borders = list(element.iter(f"{WORD}tblBorders", f"{WORD}tcBorders"))
            if borders:
                return any(map(draws, borders))
        return None

    def _look(self, name: str | None) -> Look:
        if name not in self._looks:
            look = PLAIN
            for element in self._chain(name):
                look = look.over(look_of(element.find(f"{WORD}rPr")))
            self._looks[name] = look
        return self._looks[name]

    def _chain(self, name: str | None) -> list[etree._Element]:
        """A style and its parents, nearest first."""
        chain: list[etree._Element] = []
        while name in self._elements and len(chain) < _MAX_CHAIN:
            chain.append(self._elements[name])
            name = value(chain[-1].find(f"{WORD}basedOn"))
        return chain


def draws(borders: etree._Element) -> bool:
    """Whether `w:tblBorders` or `w:tcBorders` draws any line inside or around."""
    return any(value(line) not in {None, "nil", "none"} for line in borders)
