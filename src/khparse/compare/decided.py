"""What people decided of pairs of phrases: the same thing, or not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from khparse.compare.phrases import without_unit
from khparse.text.fold import key


class Decided:
    """Asked before any score: a person's word outweighs it."""

    def __init__(self, same: Iterable[tuple[str, str]] = (), other: Iterable[tuple[str, str]] = ()) -> None:
        self._words = tuple(same)
        self._said = dict.fromkeys(map(_pair, self._words), True) | dict.fromkeys(map(_pair, other), False)
        self._named = frozenset(phrase for pair in self._said for phrase in pair)

    @classmethod
    def of_verdicts(cls, rows: Iterable[tuple[str, str, str]]) -> Self:
        """From rows of two phrases and a verdict, "same" or "different"."""
        rows = list(rows)
        return cls([(a, b) for a, b, said in rows if said == "same"], [(a, b) for a, b, said in rows if said != "same"])

    def of(self, a: str, b: str) -> bool | None:
        """True the same, False not the same, None where nobody has said anything."""
        return self._said.get(_pair((a, b))) if self._said else None

    def partners(self, phrases: Iterable[str]) -> list[str]:
        """The words that a person called the same as one of these."""
        asked = {key(without_unit(phrase)) for phrase in phrases} if self._said else set()
        return [words for pair in self._words for words in pair if any(key(one) in asked for one in pair)]

    def add_to(self, near: dict[str, list[str]], all_phrases: Iterable[str]) -> None:
        """Phrases that a person called the same meet, however unlike they are."""
        by_key: dict[str, list[str]] = {}
        for phrase in all_phrases if self._said else ():
            words = key(without_unit(phrase))
            if words in self._named:
                by_key.setdefault(words, []).append(phrase)
        for pair, same in self._said.items():
            phrases = [phrase for one in sorted(pair) for phrase in by_key.get(one, ())] if same else []
            for phrase in phrases:
                near[phrase] = list(dict.fromkeys((phrase, *near.get(phrase, ()), *phrases)))


def _pair(phrases: tuple[str, str]) -> frozenset[str]:
    return frozenset(key(without_unit(phrase)) for phrase in phrases)


UNDECIDED = Decided()
