"""How a web page's elements look: inline styles, the page's own style sheet, old attributes."""

from __future__ import annotations

from dataclasses import dataclass

import regex
from lxml import etree

from khparse.read.inline import PLAIN, Look

_RULE = regex.compile(r"([^{}@;]{1,2000})\{([^{}]{0,4000})\}")
_COMMENT = regex.compile(r"/\*.*?\*/|<!--|-->", regex.DOTALL)
_SIZE = regex.compile(r"([\d.]{1,8})\s*(pt|px)")
_SELECTOR = regex.compile(r"([a-z][a-z0-9]*)?(?:\.([\w-]+))?", regex.IGNORECASE)
_KEPT = {
    "font", "font-family", "font-size", "font-weight", "font-style", "text-align", "text-transform", "display",
    "visibility", "list-style", "list-style-type", "mso-hide", "mso-list", "mso-element", "page-break-before", "white-space",
    "border", "border-top", "border-left", "border-bottom", "border-right",
}  # fmt: skip


def declarations(style: str | None) -> dict[str, str]:
    """`"font-size: 13pt; color: red"` -> {"font-size": "13pt"}: the properties that are read here."""
    found: dict[str, str] = {}
    for declaration in (style or "").split(";"):
        name, _, said = declaration.partition(":")
        name = name.strip().lower()
        if name in _KEPT:
            found[name] = said.replace("!important", "").strip()
    return found


class Sheet:
    """The page's style sheet: selectors by element and class, the ones that Word and law sites write."""

    def __init__(self, text: str) -> None:
        self._rules: dict[tuple[str, str], dict[str, str]] = {}
        for selectors, body in _RULE.findall(_COMMENT.sub(" ", text)):
            said = declarations(body)
            for selector in selectors.split(",") if said else ():
                match = _SELECTOR.fullmatch(selector.strip())
                if match:
                    key = ((match[1] or "").lower(), match[2] or "")
                    self._rules.setdefault(key, {}).update(said)

    def style(self, element: etree._Element) -> dict[str, str]:
        """The properties that hold for the element itself, nearest last."""
        found: dict[str, str] = {}
        tag = str(element.tag)
        for name in ("", *element.get("class", "").split()):
            for key in ((tag, name), ("", name)):
                if key in self._rules:
                    found |= self._rules[key]
        own = element.get("style")
        return found | declarations(own) if own else found


@dataclass(frozen=True, slots=True)
class Place:
    """What is inherited by all that stands in an element: its letters' look and its alignment."""

    look: Look = PLAIN
    centered: bool = False
    preformatted: bool = False


_BOLD_TAGS, _ITALIC_TAGS = {"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"}, {"i", "em"}


def inside(place: Place, element: etree._Element, style: dict[str, str]) -> Place:
    """How things look inside `element`, standing in `place`."""
    look = _look(element, style).over(place.look)
    # a style sheet that justifies all paragraphs does not mean the one that is marked as centred
    own = "text-align" in (element.get("style") or "")
    align = (None if own else element.get("align")) or style.get("text-align")
    centered = place.centered if align is None else align.lower() == "center"
    white = style.get("white-space")
    preformatted = place.preformatted if white is None else white.startswith("pre")
    return Place(look, centered or element.tag in {"center", "th"}, preformatted or element.tag == "pre")


def _look(element: etree._Element, style: dict[str, str]) -> Look:
    weight, slant = style.get("font-weight"), style.get("font-style")
    bold = _is_bold(weight) if weight else (True if element.tag in _BOLD_TAGS else None)
    italic = slant != "normal" if slant else (True if element.tag in _ITALIC_TAGS else None)
    return Look(
        bold=bold,
        italic=italic,
        hidden=True if is_hidden(style) else None,
        capitals=style["text-transform"] == "uppercase" if "text-transform" in style else None,
        size=_points(style.get("font-size") or style.get("font")),
        font=_family(element, style),
    )


def _is_bold(weight: str) -> bool:
    return weight in {"bold", "bolder"} or (weight.isdigit() and int(weight) >= 600)


def is_hidden(style: dict[str, str]) -> bool:
    """Whether nothing of it is shown."""
    return (
        style.get("display", "").lower() == "none"
        or style.get("visibility", "").lower() == "hidden"
        or style.get("mso-hide", "").lower() == "all"
    )


def _points(size: str | None) -> float | None:
    match = _SIZE.search(size or "")
    try:
        return None if match is None else float(match[1]) * (1 if match[2] == "pt" else 0.75)
    except ValueError:
        return None


def _family(element: etree._Element, style: dict[str, str]) -> str | None:
    """The first font of the list, as the file spells it: `".VnTime","sans-serif"` -> ".VnTime"."""
    families = style.get("font-family") or (element.get("face") if element.tag == "font" else None)
    return families.split(",")[0].strip("'\" ").replace("\\", "") if families else None


def draws_border(style: dict[str, str]) -> bool | None:
    """Whether the element's own style draws a line around it, None where it says nothing."""
    borders = [said.lower() for name, said in style.items() if name.startswith("border")]
    if not borders:
        return None
    return any(not said.startswith("0") and "none" not in said.split() for said in borders)


def attribute_draws(table: etree._Element) -> bool:
    """`<table border=1>`: lines around every cell that does not say otherwise."""
    return table.get("border", "0").strip() not in {"0", "0px"} or table.get("rules", "none") != "none"
