"""A figure of a line as read, before it is a record."""

from __future__ import annotations

from dataclasses import dataclass

from khparse.extract.targets.figures import Figure
from khparse.model.document import Span
from khparse.model.record import Comparator, TargetKind


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure as read; `quote` counts in the line, `horizon` is what the line itself states."""

    figure: Figure
    indicator: str
    comparator: Comparator
    horizon: str | None
    kind: TargetKind
    quote: Span
    confidence: float
