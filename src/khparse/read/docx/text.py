"""What one Word paragraph prints: its runs, with fields' results, insertions and line breaks, notes and boxes."""

from __future__ import annotations

from collections.abc import Iterator

import regex
from lxml import etree

from khparse.read.docx.package import WORD
from khparse.read.docx.styles import Styles, look_of, on, value
from khparse.read.flow import LINE_BREAK, PAGE_START
from khparse.read.inline import Inline, Look

_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
BOX = f"{WORD}txbxContent"

_HEX = regex.compile("[0-9A-Fa-f]{1,6}")
_PRIVATE = regex.compile("[\uf000-\uf0ff]")
# a line's end inside w:t is a blank: only w:br breaks a line
_BLANK = regex.compile(r"[\r\n\f]")
# Signs of Symbol and Wingdings that carry meaning; the others are ornaments and print nothing here.
_SIGNS = {
    "symbol": {0xB3: "≥", 0xA3: "≤", 0xB1: "±", 0xB4: "×", 0xB7: "•", 0xAE: "→", 0xDE: "⇒", 0x2D: "-", 0xB9: "≠"},
    "wingdings": {0xE8: "→", 0xE0: "→", 0xF0: "→", 0xFC: "✓", 0xFE: "☑", 0x52: "☑", 0xA8: "□", 0x6F: "□"}
    | dict.fromkeys((0x6C, 0x6E, 0x71, 0x75, 0x76, 0x77, 0x9F, 0xA7, 0xD8), "•"),  # what lists are typed with
}


# Wrappers whose content is printed as if they were not there.
_THROUGH = {
    f"{WORD}{name}"
    for name in (
        "hyperlink",
        "ins",
        "moveTo",
        "smartTag",
        "customXml",
        "dir",
        "bdo",
        "fldSimple",
        "rubyBase",
        "sdtContent",
    )
}
_NOTE_PARTS = {f"{WORD}footnoteReference": "footnotes", f"{WORD}endnoteReference": "endnotes"}
_PICTURES = {f"{WORD}drawing", f"{WORD}pict", f"{WORD}object"}


class Fields:
    """Whether we stand in a field's instruction (out) or its result (in); fields may run over paragraphs."""

    def __init__(self) -> None:
        self._results: list[bool] = []
        self.visible = True

    def turn(self, kind: str | None) -> None:
        """A `w:fldChar`: begin, separate or end."""
        if kind == "begin":
            self._results.append(False)
        elif self._results and kind == "separate":
            self._results[-1] = True
        elif self._results and kind == "end":
            self._results.pop()
        self.visible = all(self._results)

    def end_paragraph(self) -> None:
        """An instruction left open at a paragraph's end is a damaged field: what follows is printed."""
        self._results = [True] * len(self._results)
        self.visible = True


class RunReader:
    """Reads the runs of paragraphs, one paragraph after another."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._fields = Fields()

    def read(self, paragraph: etree._Element, base: Look, inline: Inline) -> None:
        """Gather a `w:p` (its children) into `inline`; `base` is how its style's runs look."""
        self._children(paragraph, base, inline)

    def end_paragraph(self) -> None:
        """No text of this paragraph follows."""
        self._fields.end_paragraph()

    def _children(self, parent: etree._Element, base: Look, inline: Inline) -> None:
        for child in parent:
            tag = child.tag
            if tag == f"{WORD}r":
                self._run(child, base, inline)
            elif tag in _THROUGH:
                self._children(child, base, inline)
            elif tag == f"{WORD}sdt":
                self._control(child, base, inline)
            elif tag == f"{_COMPATIBLE}AlternateContent":
                self._children(chosen(child), base, inline)
            elif isinstance(tag, str) and tag.startswith(_MATH):
                inline.add("".join(letters.text or "" for letters in child.iter(f"{_MATH}t")), base)

    def _control(self, control: etree._Element, base: Look, inline: Inline) -> None:
        if not is_placeholder(control):
            for content in control.iterchildren(f"{WORD}sdtContent"):
                self._children(content, base, inline)

    def _run(self, run: etree._Element, base: Look, inline: Inline) -> None:
        properties = run.find(f"{WORD}rPr")
        look = base
        if properties is not None:
            look = look_of(properties).over(self._styles.run_look(value(properties.find(f"{WORD}rStyle")))).over(base)
        self._contents(run, look, inline)

    def _contents(self, run: etree._Element, look: Look, inline: Inline) -> None:
        for child in run:
            tag = child.tag
            if tag == f"{WORD}fldChar":
                self._fields.turn(value(child, "fldCharType"))
            elif tag == f"{WORD}lastRenderedPageBreak":
                inline.mark(PAGE_START)
            elif look.hidden or not self._fields.visible:
                continue
            elif tag == f"{WORD}t":
                inline.add(_signs(child.text or "", look.font), look)
            elif tag in _NOTE_PARTS:
                inline.notes.append((_NOTE_PARTS[tag], value(child, "id") or ""))
                if value(child, "customMarkFollows") in {"1", "true", "on"}:
                    return
            else:
                self._other(child, look, inline)

    def _other(self, child: etree._Element, look: Look, inline: Inline) -> None:
        tag = child.tag
        if tag in _PRINTED:
            inline.add(_PRINTED[tag], look)
        elif tag in {f"{WORD}br", f"{WORD}cr"}:
            inline.mark(PAGE_START if value(child, "type") == "page" else LINE_BREAK)
        elif tag == f"{WORD}sym":
            inline.add(_sign(_code(value(child, "char")), value(child, "font")), look)
        elif tag in _PICTURES:
            inline.boxes.extend(boxes_in(child))
        elif tag == f"{_COMPATIBLE}AlternateContent":
            self._contents(chosen(child), look, inline)
        elif tag == f"{WORD}ruby":
            self._children(child, look, inline)


# a soft hyphen is "ư" in an ABC font; elsewhere it prints nothing, and canonical text drops it
_PRINTED = {f"{WORD}tab": "\t", f"{WORD}ptab": "\t", f"{WORD}noBreakHyphen": "-", f"{WORD}softHyphen": "\u00ad"}


def _signs(text: str, font: str | None) -> str:
    """Private-use characters of a symbol font as the signs that they print; other text as it is."""
    return _PRIVATE.sub(lambda match: _sign(ord(match[0]), font), _BLANK.sub(" ", text))


def _code(digits: str | None) -> int:
    """`w:char="F0B3"` -> 0xF0B3, 0 where it is no number."""
    return int(digits, 16) if digits and _HEX.fullmatch(digits) else 0


def _sign(code: int, font: str | None) -> str:
    """A symbol font's character: Symbol 0xF0B3 -> "≥"; an unknown one nothing, an old Vietnamese letter itself."""
    family = (font or "symbol").lower().rstrip(" 0123456789")
    code = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    if family in _SIGNS:
        return _SIGNS[family].get(code, "")
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else ""


def chosen(alternatives: etree._Element) -> etree._Element:
    """The one form of an `mc:AlternateContent` that is read: the first that holds words, so that none is read twice."""
    options = list(alternatives.iterchildren(f"{_COMPATIBLE}Choice", f"{_COMPATIBLE}Fallback"))
    worded = (option for option in options if next(option.iter(f"{WORD}t"), None) is not None)
    return next(worded, options[0] if options else alternatives)


def is_placeholder(control: etree._Element) -> bool:
    """A content control that nobody has filled in."""
    return bool(on(control.find(f"{WORD}sdtPr/{WORD}showingPlcHdr")))


def boxes_in(picture: etree._Element) -> Iterator[etree._Element]:
    """The text boxes of a drawing, outermost ones only (those inside come with their outer one's text)."""
    for child in picture:
        if child.tag == BOX:
            yield child
        elif child.tag == f"{_COMPATIBLE}AlternateContent":
            yield from boxes_in(chosen(child))
        else:
            yield from boxes_in(child)
