"""What a document is: a plan, a decision with its plan attached, or something else that says its own name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from khparse.model.document import Document
from khparse.model.plan import Letterhead
from khparse.rules.kit import Kit
from khparse.structure.lines import Line, printed_lines
from khparse.text.fold import fold, key

PLAN = "Kế hoạch"
UNKNOWN = "Văn bản chưa rõ loại"
_LETTER = "Công văn"
_HEAD_LINES = 40
_HEAD_CHARACTERS = 6000
_ADDRESSEE = regex.compile(r"kính\s+gửi", regex.IGNORECASE)
_RECIPIENTS = regex.compile(r"nơi\s+nhận", regex.IGNORECASE)
_ISSUES_PLAN = regex.compile(
    r"(?:ban hành|xây dựng|triển khai|lập|đề ra)(?:\s+\p{L}+){0,3}\s+kế hoạch(?=.{0,600}(?:như sau|sau đây|cụ thể|:))",
    regex.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """What a document calls itself: "Kế hoạch", "Quyết định", "Công văn"; `covering` is what issues the plan."""

    name: str
    covering: str | None = None

    @property
    def is_plan(self) -> bool:
        """Whether a plan can be read from it."""
        return self.name == PLAN

    @property
    def is_known(self) -> bool:
        """Whether it says what it is."""
        return self.name != UNKNOWN


@dataclass(frozen=True, slots=True)
class _Named:
    """A line that names a kind, by its number among the printed lines."""

    index: int
    name: str
    minor: bool = False


def document_kind(document: Document, letterhead: Letterhead, kit: Kit) -> DocumentKind:
    """What the content says it is: KẾ HOẠCH over the title; QUYẾT ĐỊNH with a plan attached is that plan."""
    lines = printed_lines(document.text)
    plan_lines = [index for index, line in enumerate(lines) if _heads(line.text, PLAN)]
    named = list(_named(lines[:_HEAD_LINES], kit))
    first = next((name for name in named if not name.minor), None)
    if first is None and plan_lines and _is_letter(lines, plan_lines[0]):
        first = _Named(0, _LETTER)
    if first and (not plan_lines or first.index < plan_lines[0]):
        return _covered(first, plan_lines, lines, kit)
    if plan_lines or letterhead.type == PLAN:
        return DocumentKind(PLAN)
    return _without_title(document, named)


def _named(lines: Sequence[Line], kit: Kit) -> Iterator[_Named]:
    """The lines that name a kind other than a plan."""
    terms = kit.headings.terms
    for index, line in enumerate(lines):
        for minor, names in ((False, terms["kinds"]), (True, terms["minor_kinds"])):
            name = _first_of(names, line.text)
            if name:
                yield _Named(index, name.capitalize(), minor)


def named_kind(line: str, kit: Kit) -> str | None:
    """What a line over a title names: "BÁO CÁO" -> "Báo cáo", "KẾ HOẠCH" -> "Kế hoạch", "Kính gửi: …" -> "Công văn"."""
    terms = kit.headings.terms
    name = _first_of((PLAN.lower(), *terms["kinds"], *terms["minor_kinds"]), line)
    if name is None and _ADDRESSEE.match(line):
        return _LETTER
    return name.capitalize() if name else None


def _first_of(names: tuple[str, ...], line: str) -> str | None:
    """The first of the names that heads the line."""
    return next((name for name in _by_letter(names).get(fold(line[:1]), ()) if _heads(line, name)), None)


@lru_cache(maxsize=8)
def _by_letter(names: tuple[str, ...]) -> dict[str, list[str]]:
    """A list of kinds by the letter that they begin with: most lines begin with another."""
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(fold(name[0]), []).append(name)
    return found


def _heads(line: str, name: str) -> bool:
    """Whether a line is a kind's name, or starts with it in capitals: "BÁO CÁO", "KẾ HOẠCH NĂM 2026", "Quyết định"."""
    if fold(line[:1]) != fold(name[:1]):
        return False
    count = len(name.split())
    words = line.split()
    start = " ".join(words[:count])
    if start.isupper():
        # capitals are where OCR loses a mark: "KÉ HOẠCH"
        return fold(start.rstrip(":.")) == fold(name) and (key(start.rstrip(":.")) == key(name) or len(words) == count)
    return len(words) == count and key(start) == key(name) and start[0].isupper()


def _covered(first: _Named, plan_lines: Sequence[int], lines: Sequence[Line], kit: Kit) -> DocumentKind:
    """A covering document with its plan, or a document of its own kind whose title only names a plan."""
    if first.name.lower() in kit.headings.terms["covering"] and any(
        _is_attached(index, first, lines, kit) for index in plan_lines
    ):
        return DocumentKind(PLAN, covering=first.name)
    return DocumentKind(first.name)


def _is_attached(index: int, first: _Named, lines: Sequence[Line], kit: Kit) -> bool:
    """Whether a line KẾ HOẠCH starts a document of its own: after the recipients, with "(Kèm theo …)", or alone."""
    attached = regex.compile(kit.headings.fragments["attached"], regex.IGNORECASE)
    if any(attached.search(line.text) and line.text.startswith("(") for line in lines[index : index + 10]):
        return True
    if any(_RECIPIENTS.match(line.text) for line in lines[first.index : index]):
        return True
    return index - first.index > 12 and len(lines[index].text.split()) == 2


def _is_letter(lines: Sequence[Line], plan_line: int) -> bool:
    """An official letter with its plan behind it: "V/v …", "Kính gửi" and recipients before the plan's title."""
    before = lines[:plan_line]
    return any(_ADDRESSEE.match(line.text) for line in before) and any(_RECIPIENTS.match(line.text) for line in before)


def _without_title(document: Document, named: Sequence[_Named]) -> DocumentKind:
    """A document without KẾ HOẠCH over a title: its head may be lost, and the body says what it is."""
    head = document.text[:_HEAD_CHARACTERS]
    if named:
        return DocumentKind(named[0].name)
    if _ADDRESSEE.search(head):
        return DocumentKind(_LETTER)
    if _ISSUES_PLAN.search(head):
        return DocumentKind(PLAN)
    return DocumentKind(UNKNOWN)
