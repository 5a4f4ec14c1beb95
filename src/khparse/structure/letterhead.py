"""The letterhead: number, place, date, issuer, title, signers, recipients."""

from __future__ import annotations

from khparse.model.document import Document
from khparse.model.plan import Letterhead
from khparse.rules.kit import Kit


def read_letterhead(document: Document, kit: Kit) -> Letterhead:
    """The plan's own particulars, and where head, preamble and tail lie."""
    return Letterhead()
