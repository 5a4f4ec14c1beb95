"""A task before it is a record: spans and names, no offsets of pages yet."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from khparse.extract.tasks.role_clauses import Roles
from khparse.model.document import Span
from khparse.model.record import Due

# a full stop ends a sentence before a capital; "TP. Hồ Chí Minh", "Tp." and initials do not
_SENTENCE_END = regex.compile(
    r"(?<!\b(?:TP|Tp|TX|TT|P|Q|Đ/c|PGS|TS|ThS|Ths|v\.v))(?<!\.\.)[.!?](?=\s+[\p{Lu}“\"(\-+]|\s*$)|\.{3}(?=\s+\p{Lu})|…(?=\s+\p{Lu})"
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A task as read: where its title and quote stand, its roles by name."""

    title: Span
    quote: Span
    roles: Roles
    due: Due | None
    deliverable: str | None
    section: str | None
    source: str
    confidence: float


def first_sentence(text: str, span: Span) -> Span:
    """The first sentence of a paragraph, without the stop: title of a task that is written out."""
    end = _SENTENCE_END.search(text, span.start, span.end)
    stop = end.start() if end else span.end
    while stop > span.start and text[stop - 1] in " \t.;,:/":
        stop -= 1
    return Span(span.start, stop)
