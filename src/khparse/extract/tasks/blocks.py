"""Items of work with attribute lines: one task each, or two where two blocks close two "+" items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from khparse.extract.offices.names import Name
from khparse.extract.tasks.attributes import ROLES, Attribute, Line
from khparse.extract.tasks.draft import Draft, first_sentence
from khparse.extract.tasks.role_clauses import Roles
from khparse.model.document import Span

if TYPE_CHECKING:
    from khparse.extract.tasks.outline import Unit
    from khparse.extract.tasks.units import TaskWalk

_COUNTED = r"\s*(?:số\s*)?(?:\d+|[IVX]+)?\s*[:.]?\s*$"


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive attribute lines with the content above them; `titled` is the item that the block closes."""

    content: tuple[Line, ...]
    attributes: tuple[Attribute, ...]
    titled: Span | None = None

    def values(self, *meanings: str) -> list[Span]:
        """The values under labels of these meanings."""
        return [value for a in self.attributes if a.meaning in meanings for value in a.values]


def is_work(block: Block) -> bool:
    """Whether the labels make it a task: an office, a product, or a deadline with a sum or a content."""
    meanings = {a.meaning for a in block.attributes if a.values}
    return bool(meanings & {*ROLES, "deliverable"}) or {"due", "content"} <= meanings or {"due", "budget"} <= meanings


def blocks_of(lines: Sequence[Line]) -> list[Block]:
    """The lines as blocks: a second block begins where a role is named again behind new content."""
    groups: list[tuple[list[Line], list[Attribute]]] = [([], [])]
    for line in lines:
        content, attributes = groups[-1]
        named = {a.meaning for a in attributes}
        fresh = line.content.start < line.content.end or all(a.meaning == "content" for a in line.attributes)
        if fresh and named & {*ROLES, "due"} and line.unit.section is None:
            groups.append(([line], list(line.attributes)))
            continue
        content.append(line)
        attributes += line.attributes
    return _merged([Block(tuple(content), tuple(attributes)) for content, attributes in groups])


def _merged(blocks: list[Block]) -> list[Block]:
    """Content behind the attribute lines belongs to the same item, unless it closes with a block of its own."""
    kept: list[Block] = []
    for block in blocks:
        if kept and not _names_again(kept[-1], block):
            last = kept[-1]
            kept[-1] = Block((*last.content, *block.content), (*last.attributes, *block.attributes))
        else:
            kept.append(block)
    if len(kept) < 2:
        return kept
    return [Block(b.content, b.attributes, _last_item(b)) for b in kept]


def _names_again(before: Block, block: Block) -> bool:
    """Whether a block says anew who does it: only then is it another item's."""
    doers = {"lead", "doing", "both"}
    named, again = ({a.meaning for a in b.attributes} for b in (before, block))
    return bool(named & doers and again & doers and again & {"due", *(named & doers)})


def _last_item(block: Block) -> Span | None:
    """The item that a block of several closes: the first deeper bullet of its content."""
    bullets = [
        line.content for line in block.content if line.unit.section is None and line.content.start < line.content.end
    ]
    return next(iter(bullets or block.values("content")), None)


def task_of_block(walk: TaskWalk, unit: Unit, block: Block, above: Roles) -> Draft:
    """One task: roles, deadline and product from the labels, title from the heading or the content."""
    span = block.titled or _title_span(walk, unit, block)
    due_values = block.values("due")
    due = walk.deadlines.of_value(due_values[0].of(walk.text)) if due_values else None
    # plain words below the heading are its own sentences, bullets are its parts
    body = [line.content for line in block.content if line.unit is not unit and not line.unit.depth]
    sentences = (walk.deadlines.of_sentence(words.of(walk.text)) for words in (span, *body))
    found_due = due or next(filter(None, sentences), None)
    product = block.values("deliverable")
    roles = _roles(walk, block)
    if not roles.lead and not roles.coordinating:
        roles = walk.reader.of_sentence(walk.text, span, above)
    return Draft(
        title=first_sentence(walk.text, span),
        quote=span,
        roles=roles,
        due=found_due.due if found_due else None,
        deliverable=product[0].of(walk.text) if product else None,
        section=unit.path,
        source="rule:" + next((a.rule_id for a in block.attributes if a.meaning in ROLES), "task.block"),
        confidence=0.95,
    )


def _title_span(walk: TaskWalk, unit: Unit, block: Block) -> Span:
    """The heading, or the content where the heading only counts: "Hoạt động 1"."""
    own = next((line.content for line in block.content if line.unit is unit), unit.span)
    heading = own if own.start < own.end else unit.span
    counted = walk.book.any_of("generic_heading", after=_COUNTED, ignore_case=True)
    if not counted.fullmatch(heading.of(walk.text)) and (own.start < own.end):
        return heading
    content = block.values("content")
    if content:
        return content[0]
    bullets = [
        line.content for line in block.content if line.unit is not unit and line.content.start < line.content.end
    ]
    return bullets[0] if bullets else unit.span


def _roles(walk: TaskWalk, block: Block) -> Roles:
    lead: list[Name] = []
    partners: list[Name] = []
    chaired = bool(block.values("lead", "both"))
    for attribute in block.attributes:
        if attribute.meaning not in ROLES:
            continue
        for value in attribute.values:
            found = walk.reader.of_value(walk.text, value)
            names = _departments(attribute.label, found.lead)
            joins = attribute.meaning == "coordinating" or (attribute.meaning == "doing" and chaired)
            (partners if joins else lead).extend(names)
            partners.extend(found.coordinating)
    return Roles(tuple(lead), tuple(partners)).settled()


def _departments(label: str, names: Sequence[Name]) -> list[Name]:
    """Reads "Phòng tham mưu: Giáo dục Trung học" names the department without its head."""
    if not label.startswith("Phòng"):
        return list(names)
    headed = regex.compile(r"(?:[Pp]hòng|[Vv]ăn phòng|[Cc]ác|VP|Thanh tra|Trung tâm|Ban|Sở|UBND|Công)\b")
    return [n if headed.match(n.words) else Name(n.span, n.text, f"Phòng {n.words}") for n in names]
