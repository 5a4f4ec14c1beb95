"""Sections: the tree that the plan numbers, and the items that stand in it."""

from __future__ import annotations

from khparse.model.document import Document
from khparse.model.plan import Item, Letterhead, Section
from khparse.rules.kit import Kit


def build_sections(document: Document, letterhead: Letterhead, kit: Kit) -> tuple[tuple[Section, ...], tuple[Item, ...]]:
    """The numbered units in reading order, and every other paragraph as an item of one of them."""
    return (), ()
