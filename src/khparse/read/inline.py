"""What a paragraph's runs amount to: their words in Unicode, and how most of them look."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from functools import lru_cache

from lxml import etree

from khparse.model.document import Style
from khparse.text.legacy import Run, decode_runs


@dataclass(frozen=True, slots=True)
class Look:
    """What a run's properties say; None is "as below"."""

    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    capitals: bool | None = None
    size: float | None = None
    font: str | None = None

    def over(self, below: Look) -> Look:
        """These properties laid over those of a style."""
        if below is PLAIN:
            return self
        return below if self is PLAIN else _laid(self, below)


@lru_cache(maxsize=4096)
def _laid(own: Look, below: Look) -> Look:
    values = ((getattr(own, name), getattr(below, name)) for name in _LOOK_FIELDS)
    return Look(*(low if said is None else said for said, low in values))


_LOOK_FIELDS = tuple(field.name for field in fields(Look))
PLAIN = Look()


@dataclass
class Inline:
    """What a paragraph's runs amount to, gathered in reading order."""

    runs: list[Run] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)  # ("footnotes", id)
    boxes: list[etree._Element] = field(default_factory=list)
    sizes: Counter[float | None] = field(default_factory=Counter)
    bold: int = 0
    italic: int = 0

    def add(self, text: str, look: Look) -> None:
        """Append a run's text."""
        count = len(text.strip())
        self.runs.append(Run(text.upper() if look.capitals else text, look.font))
        self.sizes[look.size] += count
        self.bold += count * bool(look.bold)
        self.italic += count * bool(look.italic)

    def mark(self, sign: str) -> None:
        """Append a break."""
        self.runs.append(Run(sign, None))

    def text(self) -> str:
        """The paragraph's words, old font encodings decoded."""
        return decode_runs(self.runs)

    def style(self, *, centered: bool, heading: int | None) -> Style:
        """How most of it looks."""
        total = sum(self.sizes.values())
        if not total:
            return Style(centered=centered, heading=heading)
        size = self.sizes.most_common(1)[0][0]
        return Style(size, self.bold > total * 0.6, self.italic > total * 0.6, centered, heading)
