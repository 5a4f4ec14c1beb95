"""Automatic numbering: the labels that Word prints and does not write (ISO/IEC 29500-1, 17.9)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import regex
from lxml import etree

from khparse.read.docx.package import WORD
from khparse.read.docx.styles import Styles, on, value, whole

LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: what it prints ("%1.%2."), from where it counts, when it starts anew."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None  # 1-based level that makes it start anew; 0 never; None any higher one
    legal: bool = False  # every number in it printed as a decimal
    suffix: str = " "
    style: str | None = None

    @property
    def bullet(self) -> bool:
        """Whether it prints a sign and no number."""
        return self.format == "bullet"


def _roman(number: int) -> str:
    signs = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"))
    printed = []
    for worth, sign in (*signs, (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        count, number = divmod(number, worth)
        printed.append(sign * count)
    return "".join(printed)


def _letter(number: int) -> str:
    """1 -> "A", 26 -> "Z", 27 -> "AA" as Word counts."""
    times, place = divmod(number - 1, 26)
    return chr(ord("A") + place) * (times + 1)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda number: _letter(number).lower(),
    "none": lambda _number: "",
}
_LARGEST = 3_999


def printed_number(number: int, form: str) -> str:
    """4 as "upperRoman" -> "IV"; an unknown form, or a number past what it can say, is printed as a decimal."""
    if not 0 < number <= _LARGEST:
        return str(number)
    return _FORMATS.get(form, str)(number)


class _List:
    """An abstract list: its levels and where its counters stand."""

    def __init__(self, levels: dict[int, Level]) -> None:
        self.levels = levels
        self.counters: list[int | None] = [None] * LEVELS

    def count(self, level: int, starts: dict[int, int]) -> None:
        standing = self.counters[level]
        self.counters[level] = starts.get(level, self.levels[level].start) if standing is None else standing + 1
        for deeper in range(level + 1, LEVELS):
            restart = self.levels[deeper].restart if deeper in self.levels else None
            if restart is None or level < restart:
                self.counters[deeper] = None


@dataclass(frozen=True, slots=True)
class _Instance:
    """A list in use (`w:num`): overrides of the abstract one's starts and levels."""

    abstract: str
    starts: dict[int, int]
    levels: dict[int, Level]


class Numbering:
    """Labels in reading order: ask once for each paragraph."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._lists: dict[str, _List] = {}
        self._instances: dict[str, _Instance] = {}
        self._links: dict[str, str] = {}
        self._begun: set[tuple[str, int]] = set()
        self._styles = styles
        for element in () if root is None else root.iterchildren(f"{WORD}abstractNum", f"{WORD}num"):
            if element.tag == f"{WORD}num":
                self._add_instance(element)
            else:
                self._add_list(element)

    def label(self, number: str | None, level: int | None, style: str | None) -> tuple[str, bool]:
        """What stands before the paragraph ("1.2. ", "- ", "") and whether it is a bullet; the counter moves on.

        `number` and `level` are the paragraph's numPr, its style's where it has none.
        """
        found = self._list_of(number)
        if found is None or number is None:
            return "", False
        instance, numbered = found
        place = min(max(self._place(numbered, level, style), 0), LEVELS - 1)
        described = instance.levels.get(place) or numbered.levels.get(place)
        if described is None:
            return "", False
        if place in instance.starts and (number, place) not in self._begun:
            numbered.counters[place] = None
        self._begun.add((number, place))
        numbered.levels.setdefault(place, described)
        numbered.count(place, instance.starts)
        if described.bullet:
            return f"{_sign(described.text, place, numbered)} ", True
        printed = self._printed(described, instance, numbered)
        return (f"{printed}{described.suffix}" if printed else ""), False

    def _list_of(self, number: str | None) -> tuple[_Instance, _List] | None:
        instance = self._instances.get(number or "")
        if instance is None:
            return None
        abstract = instance.abstract
        linked = self._styles.numbering_of(self._links[abstract]) if abstract in self._links else None
        if linked in self._instances:
            abstract = self._instances[linked].abstract
        return (instance, self._lists[abstract]) if abstract in self._lists else None

    @staticmethod
    def _place(numbered: _List, level: int | None, style: str | None) -> int:
        if level is None and style is not None:
            return next((i for i, described in numbered.levels.items() if described.style == style), 0)
        return level or 0

    @staticmethod
    def _printed(described: Level, instance: _Instance, numbered: _List) -> str:
        def number(match: regex.Match[str]) -> str:
            place = int(match[1]) - 1
            level = instance.levels.get(place) or numbered.levels.get(place) or Level()
            standing = numbered.counters[place]
            form = "decimal" if described.legal else level.format
            return printed_number(instance.starts.get(place, level.start) if standing is None else standing, form)

        return regex.sub(r"%([1-9])", number, described.text)

    def _add_list(self, element: etree._Element) -> None:
        name = value(element, "abstractNumId") or ""
        self._lists[name] = _List(dict(map(_level, element.iterchildren(f"{WORD}lvl"))))
        link = value(element.find(f"{WORD}numStyleLink"))
        if link:
            self._links[name] = link

    def _add_instance(self, element: etree._Element) -> None:
        starts: dict[int, int] = {}
        levels: dict[int, Level] = {}
        for override in element.iterchildren(f"{WORD}lvlOverride"):
            place = whole(value(override, "ilvl")) or 0
            start = whole(value(override.find(f"{WORD}startOverride")))
            if start is not None:
                starts[place] = start
            described = override.find(f"{WORD}lvl")
            if described is not None:
                levels[place] = _level(described)[1]
        number = value(element, "numId") or ""
        self._instances[number] = _Instance(value(element.find(f"{WORD}abstractNumId")) or "", starts, levels)


_SUFFIXES = {"nothing": "", "space": " ", "tab": " "}


def _level(element: etree._Element) -> tuple[int, Level]:
    """`w:lvl` -> (its place from 0, what it says)."""

    def said(name: str) -> str | None:
        return value(element.find(f"{WORD}{name}"))

    start = whole(said("start"))
    return whole(value(element, "ilvl")) or 0, Level(
        said("numFmt") or "decimal",
        said("lvlText") or "",
        1 if start is None else start,
        whole(said("lvlRestart")),
        on(element.find(f"{WORD}isLgl")) or False,
        _SUFFIXES.get(said("suff") or "tab", " "),
        said("pStyle"),
    )


_TYPED = {"-": "-", "–": "-", "—": "-", "+": "+", "*": "*"}


def typed_bullet(text: str, *, inner: bool) -> str:
    """The bullet as offices type it: a dash or plus stays, a picture is "-", and "+" inside another bullet."""
    return _TYPED.get(text.strip()) or ("+" if inner else "-")


def _sign(text: str, place: int, numbered: _List) -> str:
    above = [(i, level) for i, level in numbered.levels.items() if i < place and level.bullet]
    opened = any(numbered.counters[i] is not None for i, _ in above)
    return typed_bullet(text, inner=opened)
