"""How a finding is made: its words in one line of the text, its section and page."""

from __future__ import annotations

from khparse.model.document import Span
from khparse.model.plan import Plan
from khparse.model.record import Finding, FindingKind

_LONGEST = 300


def finding(
    plan: Plan, kind: FindingKind, message: str, span: Span, section: str | None, confidence: float = 0.9
) -> Finding:
    """A finding that quotes the first line of `span`."""
    text = plan.document.text
    end = min(span.end, span.start + _LONGEST)
    stops = (stop for mark in "\n\t" if (stop := text.find(mark, span.start, end)) >= 0)
    end = min((*stops, end))
    return Finding(
        kind=kind,
        message=message,
        quote=text[span.start : end],
        section=section,
        page=plan.document.page_at(span.start),
        start=span.start,
        end=end,
        source=f"rule:finding.{str(kind).replace('_', '-')}",
        confidence=confidence,
    )


def shown(words: str, longest: int = 70) -> str:
    """Words in quotation marks, cut at a blank where they are long."""
    words = " ".join(words.split())
    return f"“{words}”" if len(words) <= longest else f"“{words[:longest].rpartition(' ')[0]}…”"


def day_shown(iso: str) -> str:
    """A day as Vietnamese offices write it: "2023-02-07" -> "07/02/2023"; "2022-05" -> "5/2022"."""
    parts = iso.split("-")
    return "/".join(reversed(parts)) if len(parts) != 2 else f"{int(parts[1])}/{parts[0]}"
