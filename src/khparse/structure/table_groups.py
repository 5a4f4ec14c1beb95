"""Group rows of a table as sections: "I." in the only appendix -> PL.I; "B", then "I." in the second -> PL2.B.I."""

from __future__ import annotations

from dataclasses import dataclass, replace

import regex

from khparse.model.document import Document, Span
from khparse.model.plan import Section, SectionKind
from khparse.structure.table_grid import plain_words
from khparse.structure.table_rows import Group

_ROMAN = regex.compile(r"[IVX]+")


@dataclass(frozen=True, slots=True)
class _Open:
    """A group that still takes rows: its label's kind, path and level."""

    kind: str
    label: str
    path: str
    level: int


class GroupPaths:
    """Follows a table's rows down and keeps the path that the next row belongs to."""

    def __init__(self, document: Document, home: Section | None, end: int) -> None:
        self._document = document
        self._home = home
        self._end = end
        self._open: list[_Open] = []
        self._found: list[Section] = []

    @property
    def outer(self) -> str | None:
        """The path of the section that the table stands in."""
        return self._home.path if self._home else None

    @property
    def path(self) -> str | None:
        """The path of the innermost group that is open."""
        return self._open[-1].path if self._open else self.outer

    def enter(self, group: Group, row: Span) -> None:
        """Open a group; a label of a kind that is open already closes it and what is inside it."""
        if group.label is None:
            return
        label = group.label.rpartition(".")[2] if self._names_parent(group.label) else group.label
        kind = self._kind(label)
        kinds = [opened.kind for opened in self._open]
        if kind in kinds:
            del self._open[kinds.index(kind) :]
        parent = self.path
        level = (self._open[-1].level if self._open else self._home.level if self._home else 0) + 1
        self._open.append(_Open(kind, label, f"{parent}.{label}" if parent else label, level))
        self._found.append(self._section(group, row, parent))

    def leave(self, label: str) -> None:
        """Close the groups of a label's kind: an item numbered like the groups stands beside them."""
        kinds = [opened.kind for opened in self._open]
        kind = self._kind(label)
        if kind in kinds:
            del self._open[kinds.index(kind) :]

    def sections(self) -> list[Section]:
        """The groups as sections, each reaching to the next one that is not inside it."""
        closed: list[Section] = []
        for index, section in enumerate(self._found):
            after = (s.span.start for s in self._found[index + 1 :] if s.level <= section.level)
            closed.append(replace(section, span=Span(section.span.start, next(after, self._end))))
        return closed

    def _names_parent(self, label: str) -> bool:
        """Whether a label repeats its parent: "B.I" inside "B"."""
        parent = label.rpartition(".")[0]
        return bool(parent) and any(opened.label == parent for opened in self._open)

    def _kind(self, label: str) -> str:
        last = next((opened.label for opened in reversed(self._open) if opened.kind == "capital"), "")
        if not label or (label == "I" and last == "H"):
            return "capital"
        if label[-1].isdigit():
            return "decimal"
        return "roman" if _ROMAN.fullmatch(label) else "capital"

    def _section(self, group: Group, row: Span, parent: str | None) -> Section:
        text = self._document.text
        start = group.cell.span.start + _skipped(group.cell.span.of(text), group.offset)
        line_end = text.find("\n", start, group.cell.span.end)
        end = line_end if line_end >= 0 else group.cell.span.end
        opened = self._open[-1]
        return Section(
            path=opened.path,
            label=group.printed,
            heading=plain_words(text[start : group.cell.span.end]),
            level=opened.level,
            kind=SectionKind.ROW,
            span=row,
            heading_span=Span(start, end),
            parent=parent,
        )


def _skipped(words: str, offset: int) -> int:
    """Where the title begins in a cell that holds its label too."""
    if offset == 0:
        return 0
    match = regex.compile(r"[*_\s(]*\S{1,6}(?<=[.):/–-])\s*|[*_\s(]*\S{1,6}\s+").match(words)
    return match.end() if match else 0
