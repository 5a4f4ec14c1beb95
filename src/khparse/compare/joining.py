"""Which phrases may be the same thing, without asking each about each: a set similarity join by prefixes.

Chaudhuri, Ganti, Kaushik, "A primitive operator for similarity joins in data cleaning", ICDE 2006, and Wang, Li, Feng,
"Can we beat the prefix filtering?", SIGMOD 2012, with weights: two phrases that share at least LIKELY of what they have
together share two of the rarest features of each. Rare features stand in few phrases, and phrases that share two of
them by chance are fewer still.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count

import numpy as np

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
    blocks: dict[int, array[int]] = defaultdict(lambda: array("q"))
    for number in sorted(range(len(rows)), key=weights.__getitem__):
        weight = weights[number]
        rare = list(_prefix(rows[number], weight, often))
        own = frozenset(rows[number])
        for other in _met([blocks[feature] for feature, _ in rare if feature in blocks], once=weight <= _SHORT):
            common = _weight(own.intersection(rows[other]))
            if common >= LIKELY * (weight + weights[other] - common) - _ROUNDING:
                yield number, other
        for feature, left in rare:
            # those that come later are no lighter: they share more than what is indexed leaves over
            if left >= 2 * _OF_BOTH * weight - 1 - _ROUNDING:
                blocks[feature].append(number)


def _met(blocks: Sequence[array[int]], *, once: bool) -> list[int]:
    """The rows that stand in two of the blocks, or in one where that is enough."""
    if not blocks:
        return []
    rows = np.sort(np.concatenate([np.frombuffer(block, np.int64) for block in blocks]))
    met: list[int] = np.unique(rows if once else rows[1:][rows[1:] == rows[:-1]]).tolist()
    return met


# what two must share, of the weight of both: c >= LIKELY * (a + b - c)
_OF_BOTH = LIKELY / (1 + LIKELY)
_SHORT = 1 / _OF_BOTH  # one feature alone may be enough


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
    """The rarest features, each with the weight from it on; what is left after them and one more is not enough."""
    left = weight
    for feature in sorted(row, key=lambda one: (often[one], one)):
        if left < LIKELY * weight - 1 - _ROUNDING:
            return
        if often[feature] > 1:
            yield feature, left
        left -= 1.0 if feature > 0 else LIGHT
