"""Tables by the meaning of their headers."""

from __future__ import annotations

from khparse.model.document import Document
from khparse.model.plan import AssignmentTable, Section
from khparse.rules.kit import Kit


def read_tables(
    document: Document, sections: tuple[Section, ...], kit: Kit
) -> tuple[tuple[AssignmentTable, ...], tuple[Section, ...]]:
    """The tables whose headers say what their columns are, and the sections that their group rows add."""
    return (), ()
