"""Which paragraphs may plan money, and what stands above them: a section about money, a report, an aim."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import regex

from khparse.extract.budgets.words import MoneyWords
from khparse.model.document import Span
from khparse.model.plan import Plan, Section, SectionKind

_TITLE = 120  # a heading's first characters say what a section is about
_FIGURE = regex.compile(r"\d(?:[\d.,]*\d)?\s?(?:tỷ|tỉ|triệu|nghìn|ngàn|đồng|đ(?!\p{L})|VNĐ)", regex.IGNORECASE)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the plan with the section it stands in (its own, where it heads one), and those above that.

    What its headings say is asked only where the paragraph holds a sum; `bullet` says that it is one of a list.
    """

    span: Span
    section: Section | None
    above: list[Section]  # the section and those above it, the innermost first
    bullet: bool
    words: MoneyWords

    @cached_property
    def plans(self) -> bool:
        """Whether sums may be planned here: not in forms, reports and aims."""
        return self.section is None or not (self.section.form or _is_no_plan(self.above, self.words))

    @cached_property
    def funded(self) -> bool:
        """Whether its section or one above is about money."""
        return any(is_about_money(each, self.words) for each in self.above)

    @cached_property
    def nested(self) -> bool:
        """Whether one above its section is about money."""
        return any(is_about_money(each, self.words) for each in self.above[1:])


def paragraphs(plan: Plan, words: MoneyWords) -> Iterator[Paragraph]:
    """Headings and items in reading order."""
    by_path = {section.path: section for section in plan.sections}
    found: list[tuple[Span, Section | None, bool]] = [
        (s.heading_span, s, False) for s in plan.sections if s.kind is not SectionKind.ROW
    ]
    found += [(item.span, by_path.get(item.section or ""), item.depth > 0) for item in plan.items]
    for span, section, bullet in sorted(found, key=lambda each: each[0]):
        yield Paragraph(span, section, _chain(section, by_path), bullet, words)


def is_about_money(section: Section, words: MoneyWords) -> bool:
    """A title that names money, or a paragraph that begins with it: not a task that costs something."""
    title = section.heading[:_TITLE]
    if not _FIGURE.search(section.heading):
        return bool(words.funding.search(title))
    return bool(words.funding_first.match(title))


def _chain(section: Section | None, by_path: dict[str, Section]) -> list[Section]:
    """A section and those above it, the innermost first."""
    found: list[Section] = []
    while section is not None and section not in found:
        found.append(section)
        section = by_path.get(section.parent or "")
    return found


def _is_no_plan(above: list[Section], words: MoneyWords) -> bool:
    """Whether a section or one above it reports, or sets aims and is not itself about money."""
    titles = [section.heading[:_TITLE] for section in above]
    if any(map(words.report_heading.match, titles)):
        return True
    for title in titles:
        if words.funding.search(title) or words.task_heading.search(title):
            return False
        if words.aim_heading.match(title):
            return True
    return False
