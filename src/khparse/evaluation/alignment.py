"""Aligning extracted records with gold ones: how like two texts are, and the best one-to-one pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import regex

from khparse.text.fold import key
from khparse.text.names import Naming

Fields = Mapping[str, Any]  # one record as JSON gives it

_WORD = regex.compile(r"[\p{L}\p{N}%]+")


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pairs (gold, extracted), the gold records that were missed, the extracted ones that no gold record asks for."""

    pairs: tuple[tuple[Fields, Fields], ...]
    missed: tuple[Fields, ...]
    extra: tuple[Fields, ...]


class Likeness:
    """Compares texts by their words once abbreviations are opened: "UBND tỉnh" and "Ủy ban nhân dân tỉnh" are one."""

    def __init__(self, naming: Naming) -> None:
        self._naming = naming
        self._seen: dict[str, Counter[str]] = {}

    def words(self, text: str | None) -> Counter[str]:
        """The words of a text, counted."""
        text = text or ""
        if text not in self._seen:
            self._seen[text] = Counter(_WORD.findall(key(self._naming.expand(text))))
        return self._seen[text]

    def __call__(self, a: str | None, b: str | None) -> float:
        """F1 of the words of two texts, 0 to 1; two empty texts have nothing in common."""
        ours, theirs = self.words(a), self.words(b)
        common = (ours & theirs).total()
        return 2 * common / (ours.total() + theirs.total()) if common else 0.0


def align(
    gold: Sequence[Fields], found: Sequence[Fields], likeness: Callable[[Fields, Fields], float], floor: float
) -> Alignment:
    """Best pairs first, each record once; a pair less alike than `floor` is none."""
    scored = [(likeness(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)]
    taken_gold: dict[int, int] = {}
    taken_found: set[int] = set()
    for score, i, j in sorted(scored, key=lambda row: (-row[0], row[1], row[2])):
        if score >= floor and i not in taken_gold and j not in taken_found:
            taken_gold[i] = j
            taken_found.add(j)
    return Alignment(
        tuple((gold[i], found[j]) for i, j in sorted(taken_gold.items())),
        tuple(g for i, g in enumerate(gold) if i not in taken_gold),
        tuple(f for j, f in enumerate(found) if j not in taken_found),
    )
