"""Attribute lines: "Đơn vị chủ trì: …", "Thời gian hoàn thành: …", one to a line or several in one paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from khparse.extract.tasks.outline import Unit
from khparse.model.document import Span
from khparse.rules.load import RuleBook

ROLES = {"lead", "doing", "coordinating", "both"}


@dataclass(frozen=True, slots=True)
class Attribute:
    """One labelled value: what the label means, its words, and where the values stand (sub-bullets are several)."""

    meaning: str
    label: str
    values: tuple[Span, ...]
    start: int
    rule_id: str


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph cut at its labels: the words before the first label, and the labelled values."""

    unit: Unit
    content: Span
    attributes: tuple[Attribute, ...]

    @property
    def is_labelled(self) -> bool:
        """Whether the paragraph begins with a label."""
        return bool(self.attributes) and self.content.start == self.content.end

    @property
    def stands_alone(self) -> bool:
        """Whether a bullet holds a whole task: "- Rà soát văn bản. Cơ quan chủ trì: …; thời gian: …"."""
        named = any(attribute.meaning in ROLES and attribute.values for attribute in self.attributes)
        return named and not self.is_labelled and self.unit.section is None and self.unit.depth > 0


def read_line(text: str, unit: Unit, book: RuleBook) -> Line:
    """One paragraph cut at its labels."""
    words = unit.span.of(text)
    if ":" not in words:
        return Line(unit, unit.span, ())
    found = sorted(
        ((match.start(), match.end(), rule) for rule, match in book.finditer(words)),
        key=lambda f: (f[0], -f[1]),
    )
    cuts = [f for i, f in enumerate(found) if i == 0 or f[0] >= found[i - 1][1]]
    offset = unit.span.start
    attributes = []
    for index, (start, end, rule) in enumerate(cuts):
        stop = cuts[index + 1][0] if index + 1 < len(cuts) else len(words)
        value = trimmed(text, Span(offset + end, offset + stop))
        label = words[start:end].strip(" -+:")
        attributes.append(
            Attribute(rule.data.label, label, (value,) if value.start < value.end else (), offset + start, rule.id)
        )
    first = cuts[0][0] if cuts else len(words)
    return Line(unit, trimmed(text, Span(offset, offset + first)), tuple(attributes))


def trimmed(text: str, span: Span) -> Span:
    """The stretch without blanks and punctuation at its ends."""
    start, end = span
    while start < end and text[start] in " \t\n-–+•*:,;.":
        start += 1
    while end > start and text[end - 1] in " \t\n-–+•*:,;.(":
        end -= 1
    return Span(start, end)


def read_lines(text: str, units: Sequence[Unit], book: RuleBook) -> list[Line]:
    """The paragraphs of one item of work; a label without a value takes the deeper bullets behind it."""
    lines = [read_line(text, unit, book) for unit in units]
    joined: list[Line] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        index += 1
        if line.attributes and not line.attributes[-1].values:
            values = []
            while index < len(lines) and not lines[index].attributes and lines[index].unit.depth > line.unit.depth:
                values.append(trimmed(text, lines[index].unit.span))
                index += 1
            last = line.attributes[-1]
            filled = Attribute(last.meaning, last.label, tuple(values), last.start, last.rule_id)
            line = Line(line.unit, line.content, (*line.attributes[:-1], filled))
        joined.append(line)
    return joined
