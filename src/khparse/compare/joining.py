"""Which phrases may be the same thing, without asking each about each: a set similarity join by prefixes.

Chaudhuri, Ganti, Kaushik, "A primitive operator for similarity joins in data cleaning", ICDE 2006, and Xiao, Wang, Lin,
Yu, "Efficient similarity joins for near duplicate detection", WWW 2008, with weights: two phrases that share at least
LIKELY of what they have together share one of the rarest features of each, and from the rarest one that they share on
each has enough left. Rare features stand in few phrases, so few are read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count

from khparse.compare.matching import LIGHT, LIKELY, may_match
from khparse.compare.phrases import Signature

_ROUNDING = 1e-9
Features = tuple[int, ...]  # numbers of features; those of words that say little are negative


def alike(phrases: Iterable[str], signature_of: Callable[[str], Signature]) -> dict[str, list[str]]:
    """Each phrase that is like another with those that may be the same thing, itself first; others are left out."""
    texts = list(phrases)
    rows = _numbered(signature_of(phrase) for phrase in texts)
    found: dict[str, list[str]] = {}
    for number, other in _pairs(rows):
        one, two = texts[number], texts[other]
        if may_match(signature_of(one), signature_of(two)):
            found.setdefault(one, [one]).append(two)
            found.setdefault(two, [two]).append(one)
    return found


def _numbered(signatures: Iterable[Signature]) -> list[Features]:
    """Numbers for features, the same for the same; phrases of other figures have no number in common."""
    numbers: dict[tuple[frozenset[str], str], int] = defaultdict(count(1).__next__)
    rows = []
    for signature in signatures:
        figures = signature.numbers
        said = [numbers[figures, feature] for feature in signature.features]
        said += [-numbers[figures, f"~{word}"] for word in signature.light]
        rows.append(tuple(said))
    return rows


def _pairs(rows: Sequence[Features]) -> Iterator[tuple[int, int]]:
    """The numbers of two rows that share at least LIKELY of what they have together, each two once."""
    weights = [_weight(row) for row in rows]
    often = _frequencies(rows)
    blocks: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for number in sorted(range(len(rows)), key=weights.__getitem__):
        weight = weights[number]
        rare = list(_prefix(rows[number], weight, often))
        own = frozenset(rows[number])
        for other in _candidates(rare, weight, weights, blocks):
            either = weight + weights[other]
            common = _weight(own.intersection(rows[other]))
            if common >= LIKELY * (either - common) - _ROUNDING:
                yield number, other
        for feature, left in rare:
            # those that come later are no lighter: they share more than what is indexed leaves over
            if left >= 2 * _OF_BOTH * weight - _ROUNDING:
                blocks[feature].append((number, left))


# what two must share, of the weight of both: c >= LIKELY * (a + b - c)
_OF_BOTH = LIKELY / (1 + LIKELY)


def _candidates(
    rare: Iterable[tuple[int, float]],
    weight: float,
    weights: Sequence[float],
    blocks: Mapping[int, Sequence[tuple[int, float]]],
) -> set[int]:
    """The rows that share a rare feature from which on both have enough left to be alike."""
    found = set()
    for feature, left in rare:
        most = left / _OF_BOTH - weight + _ROUNDING  # the heaviest that may be alike
        for other, their_left in blocks.get(feature, ()):
            their_weight = weights[other]
            if their_weight <= most and their_left >= _OF_BOTH * (weight + their_weight) - _ROUNDING:
                found.add(other)
    return found


def _weight(features: Iterable[int]) -> float:
    heavy = light = 0
    for feature in features:
        if feature > 0:
            heavy += 1
        else:
            light += 1
    return heavy + LIGHT * light


def _frequencies(rows: Iterable[Features]) -> dict[int, int]:
    often: dict[int, int] = defaultdict(int)
    for row in rows:
        for feature in row:
            often[feature] += 1
    return often


def _prefix(row: Features, weight: float, often: Mapping[int, int]) -> Iterator[tuple[int, float]]:
    """The rarest features, each with the weight from it on; what is left after them is too little to be alike by."""
    left = weight
    for feature in sorted(row, key=lambda one: (often[one], one)):
        if left < LIKELY * weight - _ROUNDING:
            return
        if often[feature] > 1:
            yield feature, left
        left -= 1.0 if feature > 0 else LIGHT
