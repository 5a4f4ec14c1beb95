"""What the headings and items above a line say of it: by when, and whether they set aims, report, or deal in money."""

from __future__ import annotations

from dataclasses import dataclass, replace

import regex

from khparse.extract.targets.grammar import Grammar
from khparse.extract.targets.horizons import heading_horizon
from khparse.extract.targets.kinds import Surroundings
from khparse.model.plan import Item, Plan, Section

_LABEL = regex.compile(r"^[\s+*•–-]*(?:(?:\p{Lu}|\d{1,2}|[IVX]{1,5}|\p{Ll})(?:\.\d{1,2})*[.)]\s*)?")
_REPORTED = regex.compile(r"\s*(?:$|đạt được|đã|thực hiện|năm|giai đoạn|đến|tính đến|hiện|từ|\()", regex.IGNORECASE)
_ITEM_HEADING = 160  # longer paragraphs are text, not headings over what follows


@dataclass(frozen=True, slots=True)
class Above:
    """The state under a heading: the nearest horizon, and what kind of section it is."""

    horizon: str | None
    around: Surroundings


@dataclass(slots=True)
class _Open:
    """An item that others may stand under, with what stands above it."""

    item: Item
    words: str
    above: Above
    under: Above | None = None


class Headings:
    """Answers for each line what stands above it; items must be asked in reading order."""

    def __init__(self, plan: Plan, horizon: str | None, grammar: Grammar) -> None:
        self.text = plan.document.text
        self.grammar = grammar
        self.sections = {section.path: section for section in plan.sections}
        self.top = Above(horizon, Surroundings(issued=plan.letterhead.date))
        self.known: dict[str | None, Above] = {None: self.top}
        self.stack: list[_Open] = []

    def over_section(self, section: Section) -> Above:
        """What stands above a section's own heading."""
        return self._with_lead(self.under(section.parent), section.heading)

    def under(self, path: str | None) -> Above:
        """What a section's heading and those above it say."""
        if path not in self.known:
            self.known[path] = self.top  # a section that stands in itself ends here
            section = self.sections.get(path or "")
            self.known[path] = self._add(self.under(section.parent), section.heading) if section else self.top
        return self.known[path]

    def in_form(self, path: str | None) -> bool:
        """Whether a section lies in a blank form."""
        section = self.sections.get(path or "")
        return bool(section and section.form)

    def over_item(self, item: Item) -> Above:
        """What stands above an item: its section, and the items that it stands under."""
        words = item.span.of(self.text)
        while self.stack and not self._governs(self.stack[-1].item, item, words):
            self.stack.pop()
        above = self._under_item(self.stack[-1]) if self.stack else self.under(item.section)
        if words.rstrip().endswith(":") or len(words) <= _ITEM_HEADING:
            self.stack.append(_Open(item, words, above))
        return self._with_lead(above, words)

    def _under_item(self, head: _Open) -> Above:
        """What an item says of those below it; most have none and are never asked."""
        if head.under is None:
            head.under = self._add(head.above, head.words)
        return head.under

    def _with_lead(self, above: Above, words: str) -> Above:
        """A line that says itself that it reports: "Kết quả: 92% hộ …"."""
        lead, colon, _ = words[:80].partition(":")
        said = self.grammar.situation.match(_LABEL.sub("", lead)) if colon else None
        # under aims "Kết quả học tập: Giỏi 20%" says what is to be reached
        if not said or (above.around.aims and not _REPORTED.match(_LABEL.sub("", lead), said.end())):
            return above
        return Above(above.horizon, replace(above.around, reports=True))

    def _governs(self, head: Item, item: Item, words: str) -> bool:
        if head.section != item.section or head.footnote or item.footnote:
            return False
        if head.depth < item.depth:
            return True
        opens = head.span.of(self.text).rstrip().endswith(":")
        return head.depth == item.depth and not head.marker and opens and not words.rstrip().endswith(":")

    def _add(self, above: Above, heading: str) -> Above:
        grammar = self.grammar
        words = _LABEL.sub("", heading)
        short = words if len(words) <= _ITEM_HEADING else words[:60]
        around = replace(
            above.around,
            aims=bool(grammar.aims.search(short)) or (above.around.aims and not grammar.tasks.match(short)),
            reports=bool(grammar.situation.match(short)) or (above.around.reports and not grammar.aims.search(short)),
            money=bool(grammar.money.search(short)) or above.around.money,
            context=words.strip(" :;.,")[:_ITEM_HEADING],
        )
        return Above(heading_horizon(heading, grammar) or above.horizon, around)
