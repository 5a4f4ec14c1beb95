"""Targets: the figures that a plan sets as aims, one record for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from khparse.extract.targets.grammar import Grammar, grammar
from khparse.extract.targets.headings import Above, Headings
from khparse.extract.targets.horizons import title_horizon
from khparse.extract.targets.lines import read_line
from khparse.extract.targets.records import record
from khparse.extract.targets.tables import loose_targets, table_targets
from khparse.model.document import Span
from khparse.model.plan import Item, Plan, Section, SectionKind
from khparse.model.record import Target
from khparse.rules.kit import Kit


def find_targets(plan: Plan, kit: Kit) -> tuple[Target, ...]:
    """One record for each figure: of sentences, of headings that are sentences, of tables."""
    words = grammar(kit.targets)
    headings = Headings(plan, title_horizon(plan.letterhead.title, words), words)
    found = [
        *_of_lines(plan, headings, words),
        *table_targets(plan, headings, words, kit),
        *loose_targets(plan, headings, words),
    ]
    return tuple(sorted(found, key=lambda target: (target.start, target.end)))


def _of_lines(plan: Plan, headings: Headings, words: Grammar) -> Iterator[Target]:
    lines: list[Section | Item] = [*plan.sections, *plan.items]
    for line in sorted(lines, key=lambda line: line.span.start):
        if isinstance(line, Section):
            if not line.form and line.kind is not SectionKind.ROW:  # tables' rows are read with their tables
                yield from _records(plan, line.heading_span, line.path, headings.over_section(line), words)
            continue
        above = headings.over_item(line)
        if not headings.in_form(line.section):
            above = replace(above, around=replace(above.around, work=line.section is not None and not line.footnote))
            yield from _records(plan, line.span, line.section, above, words)


def _records(plan: Plan, span: Span, section: str | None, above: Above, words: Grammar) -> Iterator[Target]:
    text = span.of(plan.document.text)
    for claim in read_line(text, above.around, words):
        yield record(plan, claim, span.start, section, claim.horizon or above.horizon)
