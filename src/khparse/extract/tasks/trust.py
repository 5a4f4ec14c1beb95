"""How sure a task is: less where its words speak of partners, or of who does it, that the record does not hold.

The figures are shares of tasks wholly right (title, offices, deadline) on plans that the rules had not met,
docs/accuracy.md.
"""

from __future__ import annotations

import regex

from khparse.extract.tasks.draft import Draft
from khparse.rules.load import RuleBook

_JOINT = 0.85  # partners named in running text: one in seven has one too many or one too few
_UNREAD = 0.8
_JOINT_CELL = 0.9


def trust(text: str, draft: Draft, book: RuleBook) -> float:
    """The probability that a draft is right in all it says, 0 to 1."""
    words = draft.quote.of(text)
    if draft.source == "rule:task.table-row":
        return min(draft.confidence, _JOINT_CELL) if draft.roles.coordinating else draft.confidence
    if draft.roles.coordinating:
        return min(draft.confidence, _JOINT)
    return min(draft.confidence, _UNREAD) if _speaks_of_others(words, book) else draft.confidence


def _speaks_of_others(words: str, book: RuleBook) -> bool:
    """Whether a task without partners says "phối hợp", "giao", "cùng"."""
    cues: regex.Pattern[str] = book.any_of("cues_of_others", before=r"(?<!\p{L})", after=r"(?!\p{L})")
    return cues.search(words) is not None
