"""Labels of a sequence that are missing or used twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from khparse.extract.findings.records import finding, shown
from khparse.model.document import Span
from khparse.model.plan import Plan, Section, SectionKind
from khparse.model.record import Finding, FindingKind

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
# the order in which Vietnamese plans letter their points; f, j, w, z are left out, đ by some plans too
_LETTERS = "abcdđefghijklmnopqrstuvwxyz"
_SELDOM = "fjwz"
_SHOWN = 16  # labels of a long sequence that a finding names
_WIDEST = 8  # a wider gap is a misread label, not a missing one
_LAST = regex.compile(r"(\d+|\p{L}+)[\s.):/–-]*$")
# these run through the whole plan, whatever stands above them
_THROUGHOUT = {SectionKind.PART, SectionKind.CHAPTER, SectionKind.ARTICLE, SectionKind.APPENDIX}


@dataclass(frozen=True, slots=True)
class _Place:
    """A section's place in its sequence: "c" is 3, "IV" is 4."""

    section: Section
    label: str
    value: int


def numbering_gaps(plan: Plan) -> Iterator[Finding]:
    """One finding for each gap or repetition, at the label after it."""
    sections = [section for section in plan.sections if not section.form and section.label]
    letters = {_last(section).lower() for section in sections if section.kind is SectionKind.LETTER}
    for sequence in _sequences(sections):
        alphabet = _alphabet(sequence, with_stroke="đ" in letters)
        yield from _gaps(
            plan, [_Place(s, _last(s), value) for s in sequence if (value := _value(s, alphabet))], alphabet
        )


def _alphabet(sequence: Sequence[Section], *, with_stroke: bool) -> str:
    """The letters to count with: đ where the plan writes it anywhere, f, j, w, z where this sequence does."""
    used = {_last(section).lower() for section in sequence}
    return "".join(c for c in _LETTERS if c in used or (c not in _SELDOM and (c != "đ" or with_stroke)))


def _sequences(sections: Sequence[Section]) -> Iterator[list[Section]]:
    """Labels of one kind under one parent; a parent that comes again (a repeated label) begins anew."""
    open_by_path: dict[str, int] = {}
    sequences: dict[tuple[int, str], list[Section]] = defaultdict(list)
    for index, section in enumerate(sections):
        parent = -1 if section.kind in _THROUGHOUT else open_by_path.get(section.parent or "", -1)
        open_by_path[section.path] = index
        sequences[parent, _form(section)].append(section)
    return iter(sequences.values())


def _form(section: Section) -> str:
    """What kind of label a sequence has; a group row's is told by its looks."""
    if section.kind is not SectionKind.ROW:
        return section.kind
    label = _last(section)
    if label.isdigit():
        return SectionKind.NUMBER
    return SectionKind.ROMAN if all(c in "IVX" for c in label) else SectionKind.CAPITAL


def _last(section: Section) -> str:
    """The label's own part: "2.3." -> "3", "b)" -> "b", "PHỤ LỤC II" -> "II"."""
    match = _LAST.search(section.label or "")
    return match.group(1) if match else ""


def _value(section: Section, alphabet: str) -> int | None:
    label, form = _last(section), _form(section)
    if label.isdigit():
        return int(label)
    if form in {SectionKind.LETTER, SectionKind.CAPITAL} or (len(label) == 1 and label.islower()):
        return alphabet.find(label.lower()) + 1 or None
    return _roman(label) if label and all(c in _ROMAN for c in label) else None


def _roman(label: str) -> int:
    values = [_ROMAN[c] for c in label]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def _gaps(plan: Plan, sequence: Sequence[_Place], alphabet: str) -> Iterator[Finding]:
    before: _Place | None = None
    for place in sequence:
        expected = before.value + 1 if before else 1
        begins_anew = place.value == 1
        if before is not None and place.value <= before.value and not begins_anew:
            twin = next((other for other in sequence if other.value == place.value and other is not place), None)
            if twin is not None and twin.section.span.start < place.section.span.start:
                yield _repeated(plan, twin, place, _spelt(expected, place, alphabet))
        elif expected < place.value <= expected + _WIDEST and not _may_begin_late(before, place):
            missing = [_spelt(value, place, alphabet) for value in range(expected, place.value)]
            yield _missing(plan, sequence, place, missing)
        before = place


def _may_begin_late(before: _Place | None, place: _Place) -> bool:
    """A file may hold only some of a plan's appendices."""
    return before is None and place.section.kind is SectionKind.APPENDIX


def _spelt(value: int, place: _Place, alphabet: str) -> str:
    """A value as this sequence would print it: 2 beside "c)" -> "b)", 1 beside "3.3." -> "3.1"."""
    label = (place.section.label or "").rstrip()
    if place.label.isdigit():
        own = str(value)
    elif _form(place.section) in {SectionKind.LETTER, SectionKind.CAPITAL} or place.label.islower():
        own = alphabet[value - 1]
        own = own.upper() if place.label.isupper() else own
    else:
        own = _to_roman(value)
    head, _, tail = label.rpartition(place.label)
    return f"{head}{own}{tail}".rstrip(".")


def _to_roman(value: int) -> str:
    out = ""
    for size, sign in ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        out += sign * (value // size)
        value %= size
    return out


def _missing(plan: Plan, sequence: Sequence[_Place], place: _Place, missing: list[str]) -> Finding:
    half = _SHOWN // 2 if len(sequence) > _SHOWN else len(sequence)
    shown = [(other.section.label or "").rstrip(".") for other in (*sequence[:half], *sequence[half:][-half:])]
    has = ", ".join([*shown[:half], "…", *shown[half:]] if len(sequence) > _SHOWN else shown)
    lacks = " và ".join(part for part in (", ".join(missing[:-1]), missing[-1]) if part)
    where = f"Mục {place.section.parent}" if place.section.parent else "Kế hoạch"
    only = "chỉ có" if len(sequence) == 1 else "có"
    return finding(
        plan, FindingKind.NUMBERING_GAP, f"{where} {only} {has}, thiếu {lacks}.", _span(place), place.section.path, 0.85
    )


def _repeated(plan: Plan, first: _Place, second: _Place, expected: str) -> Finding:
    label = (second.section.label or "").rstrip(".")
    message = (
        f"Số mục {label} được dùng hai lần: {shown(first.section.heading)} và {shown(second.section.heading)} "
        f"(mục sau lẽ ra là {expected})."
    )
    return finding(plan, FindingKind.NUMBERING_GAP, message, _span(second), second.section.path, 0.85)


def _span(place: _Place) -> Span:
    return Span(place.section.span.start, max(place.section.heading_span.end, place.section.span.start + 1))
