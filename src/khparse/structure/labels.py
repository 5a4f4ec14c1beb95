"""Labels: what a paragraph's numbering may be, as values that can be counted on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from khparse.model.plan import SectionKind
from khparse.rules.load import Rule, RuleBook

# letters in Vietnamese order; "đ" and "f", "j" may be passed over
_ALPHABET = "abcdđefghijklmnopqrstuvwxyz"
_PASSED_OVER = "đfjwz"
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_SLIPS = str.maketrans({"l": "I", "1": "I", "|": "I", "H": "II"})
_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_LETTERED = {SectionKind.LETTER, SectionKind.BRACKET, SectionKind.CAPITAL}
# where an appendix starts is told by the regions of the document, not by its line alone
_KINDS = {kind.value: kind for kind in SectionKind if kind is not SectionKind.APPENDIX}

_SURE = 0.7


@dataclass(frozen=True, slots=True)
class Label:
    """One reading of a paragraph's opening. `style` is what the members of one sequence share ("number.")."""

    kind: SectionKind
    style: str
    printed: str  # as in the record: "a)", "II.", "1-" -> "1-"
    bare: str  # as in a path: "a", "II"
    order: tuple[int, ...]  # its place in the sequence; decimals have one figure for each level
    end: int  # where the words start
    doubtful: bool = False  # a label only where its neighbours say so: "2. 500 …"

    @property
    def value(self) -> int:
        """Its place among its siblings."""
        return self.order[-1]

    def follows(self, last: int) -> bool:
        """Whether it is the next one after `last`: both "đ" and "e" follow "d", only "IV" follows "III"."""
        if self.kind in _LETTERED and len(self.bare) == 1 and self.bare.isalpha() and last >= 1:
            between = _ALPHABET[last : self.value - 1] if self.value > last else "-"
            return all(letter in _PASSED_OVER for letter in between)
        return self.value == last + 1


def readings(text: str, book: RuleBook) -> tuple[Label, ...]:
    """Every label that may open a paragraph: "I. MỤC TIÊU" -> Roman 1 and capital 9; () where none does."""
    found: list[Label] = []
    for rule, kind in _labels_opening(book, text[:1]) if _any_label(book).match(text) else ():
        match = rule.pattern.match(text)
        if match is None:
            continue
        bare = match.group("value") or ""
        printed = text[: match.end()].strip()
        if kind is SectionKind.ROMAN and not set(bare) <= set(_ROMAN):
            # what OCR made of a Roman figure is recorded as the figure
            bare = bare.translate(_SLIPS)
            printed = bare + printed[-1]
        mark = (match.group("mark") or "").strip().replace("–", "-")
        order = _order(kind, bare)
        if order:
            style = f"{'small-roman' if _is_small_roman(kind, bare) else ''}{kind}{mark}"
            doubtful = rule.data.confidence < _SURE
            found.append(Label(kind, style, printed, _bare(kind, bare), order, match.end(), doubtful))
    return tuple(found) + tuple(_small_romans(found))


@cache
def _labels_of(book: RuleBook) -> tuple[tuple[Rule, SectionKind], ...]:
    return tuple((rule, _KINDS[rule.data.label]) for rule in book.rules if rule.data.label in _KINDS)


@cache
def _labels_opening(book: RuleBook, letter: str) -> tuple[tuple[Rule, SectionKind], ...]:
    """Those that some text beginning with this letter could open with, as a match cut off after it tells."""
    return tuple((rule, kind) for rule, kind in _labels_of(book) if rule.pattern.match(letter, partial=True))


@cache
def _any_label(book: RuleBook) -> regex.Pattern[str]:
    """One look instead of sixteen, because most paragraphs open with no label."""
    rules = (rule for rule, _ in _labels_of(book))
    return regex.compile(
        "|".join(f"(?{'' if rule.data.ignore_case else '-'}i:{rule.pattern.pattern})" for rule in rules)
    )


def _small_romans(found: list[Label]) -> list[Label]:
    """The other reading of "i)", "(iv)": small Roman figures."""
    romans = []
    for label in found:
        value = roman(label.bare.upper()) if label.kind in {SectionKind.LETTER, SectionKind.BRACKET} else 0
        if 0 < value <= 20 and len(label.bare) == 1:
            style = f"small-roman{label.style}"
            romans.append(Label(label.kind, style, label.printed, label.bare, (value,), label.end))
    return romans


def _is_small_roman(kind: SectionKind, bare: str) -> bool:
    return kind in {SectionKind.LETTER, SectionKind.BRACKET} and len(bare) > 1 and bare.isalpha()


def roman(text: str) -> int:
    """A Roman figure's value, 0 where it is none: "XIV" -> 14."""
    total = 0
    for index, letter in enumerate(text):
        value = _ROMAN.get(letter, 0)
        if not value:
            return 0
        total += -value if value < max(_ROMAN.get(later, 0) for later in text[index:]) else value
    return total


def _bare(kind: SectionKind, value: str) -> str:
    if kind is SectionKind.PART and value.lower() in _ORDINALS:
        return str(_ORDINALS.index(value.lower()) + 1)
    return value


def _order(kind: SectionKind, bare: str) -> tuple[int, ...]:
    """The figures of a label: "2.2" -> (2, 2), "đ" -> (5,), "XI" -> (11,), "a.1" -> (1, 1); () where it has none."""
    if kind is SectionKind.CAPITAL:
        return (_ALPHABET.index(bare.lower()) + 1,)
    if bare.lower() in _ORDINALS:
        return (_ORDINALS.index(bare.lower()) + 1,)
    if bare[:1].isdigit():
        return tuple(int(figure) for figure in bare.split("."))
    if kind in {SectionKind.LETTER, SectionKind.BRACKET}:
        return _letters(bare)
    value = roman(bare)
    return (value,) if value else (_ALPHABET.index(bare.lower()) + 1,) if len(bare) == 1 else ()


def _letters(bare: str) -> tuple[int, ...]:
    if len(bare) == 1:
        return (_ALPHABET.index(bare) + 1,)
    if bare[1:].strip(".").isdigit():
        return (_ALPHABET.index(bare[0]) + 1, int(bare[1:].strip(".")))
    value = roman(bare.upper())
    return (value,) if value else ()
