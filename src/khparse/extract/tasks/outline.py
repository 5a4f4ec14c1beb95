"""The plan's body as a tree of units, each with the theme that its headings give it: aims, work, assignment, funding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

import regex

from khparse.model.document import Span
from khparse.model.plan import Item, Plan, Section, SectionKind
from khparse.rules.load import RuleBook
from khparse.text.fold import key

_SHORT_HEADING = 14  # words; a longer one is a paragraph
_AROUND_TITLE = " \t\n*:.,;"
_OPENING = regex.compile(r"^(?:\W*(?:các|những|một số|về|công tác)\s+)*")
_LISTED_WORK = regex.compile(r"(?:,|;|&| và)\s*(?:các |một số )?(?:nhiệm vụ|giải pháp|nội dung thực hiện|phân công)")


class Theme(Enum):
    """What a section is about."""

    AIM = "aim"
    WORK = "work"
    ASSIGNING = "assigning"
    FUNDING = "funding"
    PARTICULAR = "particular"
    NONE = "none"

    @property
    def sets_work(self) -> bool:
        """Whether tasks stand here."""
        return self in {Theme.WORK, Theme.ASSIGNING}


@dataclass(slots=True)
class Unit:
    """A section or an item, with what stands under it. `span` is its own paragraph without label and marker."""

    span: Span
    section: Section | None
    path: str | None
    depth: int = 0
    children: list[Unit] = field(default_factory=list)

    @property
    def items(self) -> list[Unit]:
        """The bullets and paragraphs directly under it."""
        return [child for child in self.children if child.section is None]

    @property
    def subsections(self) -> list[Unit]:
        """The numbered units directly under it."""
        return [child for child in self.children if child.section is not None]

    def flat_items(self) -> Iterator[Unit]:
        """Its items with those inside them, in reading order."""
        for item in self.items:
            yield item
            yield from item.flat_items()


def build_outline(plan: Plan) -> list[Unit]:
    """The topmost numbered units of the plan, forms and group rows of tables left out."""
    roots: list[Unit] = []
    stack: list[Unit] = []
    entries: list[Section | Item] = [s for s in plan.sections if not s.form and s.kind is not SectionKind.ROW]
    entries += [item for item in plan.items if not item.footnote and not _in(item.span, plan.letterhead.tail)]
    forms = [section.span for section in plan.sections if section.form]
    for entry in sorted(entries, key=_order):
        if isinstance(entry, Section):
            while stack and not _holds(stack[-1], entry):
                stack.pop()
            unit = Unit(entry.heading_span, entry, entry.path)
            (stack[-1].children if stack else roots).append(unit)
            stack.append(unit)
        elif not any(_in(entry.span, form) for form in forms):
            while stack and not _in(entry.span, _section_of(stack[-1]).span):
                stack.pop()
            if stack:
                _hang(stack[-1], entry)
    return roots


def _order(entry: Section | Item) -> tuple[int, int]:
    return entry.span.start, -entry.span.end


def _section_of(unit: Unit) -> Section:
    if unit.section is None:
        raise TypeError("an item holds no section")
    return unit.section


def _holds(unit: Unit, section: Section) -> bool:
    return _section_of(unit).span.covers(section.span) and _section_of(unit).span != section.span


def _in(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start < outer.end


def _hang(parent: Unit, item: Item) -> None:
    """Under the last bullet of a lesser depth, else under the section itself."""
    unit = Unit(item.span, None, parent.path, item.depth)
    home = parent
    while home.children and home.children[-1].section is None and 0 < home.children[-1].depth < item.depth:
        home = home.children[-1]
    home.children.append(unit)


@dataclass(frozen=True)
class Themes:
    """The cue lists of rules/tasks.toml."""

    book: RuleBook

    @cached_property
    def _cues(self) -> Sequence[tuple[Theme, regex.Pattern[str]]]:
        lists = (
            (Theme.ASSIGNING, "assigning"),
            (Theme.FUNDING, "funding"),
            (Theme.AIM, "aim"),
            (Theme.WORK, "work"),
            (Theme.PARTICULAR, "particular"),
        )
        return [(theme, self.book.any_of(name, after=r"(?!\p{L})", ignore_case=True)) for theme, name in lists]

    def of_heading(self, heading: str, *, top: bool, has_parts: bool = False) -> Theme | None:
        """The theme that a heading names: by its first words, at the top level by any; None where it names none."""
        words = key(heading.rstrip(_AROUND_TITLE))
        longest = _SHORT_HEADING + 8 * has_parts
        if not top and len(words.split()) > longest:
            return None
        opening = _OPENING.match(words)
        start = opening.end() if opening else 0
        found = [(theme, match) for theme, cue in self._cues if (match := cue.match(words, start))]
        if found:
            theme, match = max(found, key=lambda pair: pair[1].end())
            return (
                self._mixed(theme, words[match.end() :])
                if top
                else self._deeper(theme, words, match, has_parts=has_parts)
            )
        if not top:
            return None
        return next((theme for theme, cue in self._cues if cue.search(words)), None)

    def _mixed(self, theme: Theme, rest: str) -> Theme:
        """Reads "Mục tiêu, nhiệm vụ và giải pháp" holds work; its parts say which is which."""
        if theme is Theme.AIM and _LISTED_WORK.search(rest):
            return Theme.WORK
        return theme

    def _deeper(self, theme: Theme, words: str, match: regex.Match[str], *, has_parts: bool) -> Theme | None:
        """Below the top a sentence may open like a heading: "Kinh phí …" is one only when little follows."""
        rest = words[match.end() :]
        is_label = not rest or rest[0] in ":,."
        if theme in {Theme.ASSIGNING, Theme.WORK}:
            return theme if len(words.split()) <= (_SHORT_HEADING + 8 if has_parts else 8) else None
        longest = 14 if theme is Theme.PARTICULAR else 8
        return theme if is_label or len(rest.split()) <= longest else None
