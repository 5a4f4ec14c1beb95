"""Which indicators, tasks and purposes say the same thing: a score from 0 to 1 that can be explained.

Phrases are compared by their syllables and pairs of syllables (Jaccard), once abbreviations are opened, synonyms
made one and empty words left out. Figures inside a phrase and the populations it names must agree: "tiểu học" is not
"trung học", "mức độ 3" not "mức độ 4".

Word segmentation (underthesea 9.5) was measured on the 18 indicators of one programme's two provincial plans, 17 of
which both have: by syllables the worst right partner scores 0.74 and the best wrong one 0.68; by words 0.73 and 0.83.
So phrases stay syllables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from sys import intern
from typing import Self

import regex

from khparse.compare.decided import UNDECIDED, Decided
from khparse.rules.load import RuleBook, any_of
from khparse.text.fold import key
from khparse.text.names import Naming

SURE = 0.72  # at and above: one indicator; measured on the plans of one programme in three provinces
LIKELY = 0.5  # from here to SURE: to be confirmed by a person

_WORD = regex.compile(r"[\p{L}]+|\d+(?:[.,]\d+)?")
_TOKEN = regex.compile(r"\w+")
_NUMBER = regex.compile(r"\d+(?:[.,]\d+)?")
_LESS = regex.compile(r"\b(?:giảm|hạn chế|khắc phục|(?<!thất )thoát)\b")
_CAPITALS = regex.compile(r"\p{Lu}[\p{Lu}\d&./-]|\p{Lu}\p{Ll}\p{Lu}|&")
_BRACKETS = regex.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Signature:
    """What a phrase is compared by."""

    features: frozenset[str]  # syllables and pairs of syllables ("trạm", "trạm y")
    numbers: frozenset[str]
    members: Mapping[str, frozenset[str]]  # population group -> the members that the phrase names
    phrase: str = ""

    @property
    def syllables(self) -> frozenset[str]:
        """The features that are one syllable."""
        return frozenset(feature for feature in self.features if " " not in feature)

    @property
    def pairs(self) -> frozenset[str]:
        """The features that are two syllables."""
        return frozenset(feature for feature in self.features if " " in feature)

    def under(self, above: Mapping[str, frozenset[str]]) -> Signature:
        """The same under headings that name populations: they count where the phrase itself names none."""
        return replace(self, members={**above, **self.members}) if above else self


@dataclass(frozen=True, slots=True)
class Match:
    """How like two phrases are, and why."""

    score: float
    why: str

    @property
    def sure(self) -> bool:
        """Whether they are one and the same without a person's word."""
        return self.score >= SURE


class PhraseMatcher:
    """Compares phrases by the tables of rules/comparison.toml."""

    def __init__(self, rules: RuleBook, naming: Naming) -> None:
        self.decided = UNDECIDED
        self._naming = naming
        self._synonyms = [
            (key(old), key(new)) for old, new in sorted(rules.tables["synonyms"].items(), key=lambda row: -len(row[0]))
        ]
        self._stop = regex.compile(rf"\b{any_of(tuple(word.lower() for word in rules.terms['stop']))}\b")
        falling = regex.compile(rf"\b{any_of(rules.terms['falling'])}\b", regex.IGNORECASE)
        self._groups = {
            group: regex.compile(rf"\b{any_of(tuple(key(self._unify(member)) for member in members))}\b")
            for group, members in rules.tables["populations"].items()
        }
        self._naming_words = _by_first_word(
            {
                group: [key(self._unify(member)) for member in members]
                for group, members in rules.tables["populations"].items()
            }
        )
        # plans of one programme repeat each other's phrases, and all records of a section its headings
        self._falls = lru_cache(maxsize=1 << 13)(lambda words: bool(falling.search(words)) and not _LESS.search(words))
        self._alone = lru_cache(maxsize=1 << 15)(self._read_phrase)
        self._members_above = lru_cache(maxsize=1 << 13)(lambda context: self._members(self._unify(context)))

    def deciding(self, decided: Decided) -> Self:
        """The same matcher, heeding what people said of pairs of phrases."""
        matcher = copy(self)
        matcher.decided = decided
        return matcher

    def signature(self, phrase: str, context: str = "") -> Signature:
        """What the phrase is compared by; what stands in brackets explains and is left out.

        `context`, the headings above, says which population is meant where the phrase itself names none.
        """
        alone = self._alone(phrase)
        return alone.under(self._members_above(context)) if context else alone

    def _read_phrase(self, phrase: str) -> Signature:
        # opening abbreviations costs most: only where capitals stand together
        words = self._unify(self._naming.expand(phrase) if _CAPITALS.search(phrase) else phrase)
        outside = _BRACKETS.sub(" ", words)
        words = outside if outside.strip() else words
        features: set[str] = set()
        for piece in self._stop.sub(" ; ", words).split(" ; "):
            run = _WORD.findall(piece)
            features.update(map(intern, run))
            features.update([intern(f"{a} {b}") for a, b in pairwise(run)])
        # a frozenset made of a set is half as large as one that grew
        return Signature(frozenset(features), frozenset(_NUMBER.findall(words)), self._members(words), phrase)

    def _members(self, words: str) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        said = frozenset(_TOKEN.findall(words))
        for first in said & self._naming_words.keys():
            for group, member in self._naming_words[first]:
                # most phrases name no population: a pattern is asked only where all words of a member are there
                if group not in found and member <= said:
                    found[group] = frozenset(hit.group() for hit in self._groups[group].finditer(words))
        return {group: members for group, members in found.items() if members}

    def match(self, a: Signature, b: Signature) -> Match:
        """The score of two phrases; 0 where they name different populations or figures. A person's word comes first."""
        said = self.decided.of(a.phrase, b.phrase)
        if said is not None:
            return Match(float(said), "người dùng xác nhận")
        if a.numbers != b.numbers:
            return Match(0.0, "số trong chỉ tiêu khác nhau")
        one_sided = 0
        for group in a.members.keys() | b.members.keys():
            ours, theirs = a.members.get(group, frozenset()), b.members.get(group, frozenset())
            if ours and theirs and not (ours & theirs):
                return Match(0.0, f"đối tượng khác nhau: {', '.join(sorted(ours))} / {', '.join(sorted(theirs))}")
            one_sided += ours != theirs
        common, either = likeness(a, b)
        if not either:
            return Match(0.0, "không có từ để so")
        # "đô thị" is a part of the whole: named on one side only, it is another measure
        score = common / either * 0.93**one_sided
        if _names_syllable(a.features - b.features) and _names_syllable(b.features - a.features):
            score = max(
                score * 0.9, min(score, LIKELY)
            )  # a word stands in another's place ("trồng lúa", "trồng ngô"): likely another thing
        return Match(round(score, 4), f"giống nhau {common}/{either} từ và cặp từ")

    def is_falling(self, phrase: str) -> bool:
        """Whether less is better: "tỷ lệ hộ nghèo", "tỷ lệ hồ sơ trễ hạn"; not "mức giảm tỷ lệ hộ nghèo"."""
        return self._falls(key(phrase))

    def _unify(self, phrase: str) -> str:
        words = key(phrase)
        for old, new in self._synonyms:
            words = words.replace(old, new)
        return words


def _by_first_word(groups: Mapping[str, Sequence[str]]) -> dict[str, list[tuple[str, frozenset[str]]]]:
    """Groups and the words of their members, by the first word of each."""
    found: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for group, members in groups.items():
        for words in map(_TOKEN.findall, members):
            found[words[0]].append((group, frozenset(words)))
    return dict(found)


def _names_syllable(features: frozenset[str]) -> bool:
    return any(" " not in feature for feature in features)


def likeness(a: Signature, b: Signature) -> tuple[int, int]:
    """How many syllables and pairs two phrases share, and how many they have together (Jaccard's two counts)."""
    common = len(a.features & b.features)
    return common, len(a.features) + len(b.features) - common


def best_pairs(scores: Sequence[tuple[float, int, int]], floor: float) -> list[tuple[float, int, int]]:
    """One-to-one pairs, best first: each side's row is taken once; under `floor` none."""
    left: set[int] = set()
    right: set[int] = set()
    chosen = []
    for score, a, b in sorted(scores, key=lambda row: (-row[0], row[1], row[2])):
        if score >= floor and a not in left and b not in right:
            left.add(a)
            right.add(b)
            chosen.append((score, a, b))
    return chosen
