"""Which indicators, tasks and purposes say the same thing: a score from 0 to 1 that can be explained.

Phrases are compared by their syllables and pairs of syllables (Jaccard), once abbreviations are opened, synonyms
made one and empty words left out. Figures inside a phrase and the populations it names must agree: "tiểu học" is not
"trung học", "mức độ 3" not "mức độ 4".

Word segmentation (underthesea 9.5) was measured on the 18 indicators of one programme's two provincial plans, 17 of
which both have: by syllables the worst right partner scores 0.74 and the best wrong one 0.68; by words 0.73 and 0.83.
So phrases stay syllables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

import regex

from khparse.compare.decided import UNDECIDED, Decided
from khparse.compare.phrases import PhraseReader, Signature
from khparse.rules.load import RuleBook
from khparse.text.alternatives import any_of
from khparse.text.fold import fold, key
from khparse.text.names import Naming

SURE = 0.72  # at and above: one indicator; measured on the plans of one programme in three provinces
LIKELY = 0.6  # from here to SURE: to be confirmed by a person

# of what is done against an evil, or for those who suffer it, more is better
_LESS = regex.compile(
    r"\b(?:giảm|hạn chế|khắc phục|(?<!thất )thoát|xóa|phòng|chống|ngăn|điều tra|khám phá|phát hiện|thu hồi|kiểm soát|xử lý|giải quyết dứt điểm|cứu)\b"
)
_FOR_THEM = regex.compile(r"\b(?:được|có|tham gia|sử dụng|tiếp cận|biết)\b")
# whose something is: "nhà văn hóa của hộ nghèo được sửa" is not the poverty rate
_WHOSE = regex.compile(r"(?:của|cho|thuộc|đối với)(?: (?:các|những|mỗi|người|hộ|xã|huyện|vùng)){0,2} $")
LIGHT = 0.4  # how much a word counts that says little
_DOUBTFUL = 0.7  # the most that two phrases score of which each says something that the other does not


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
        self._reader = PhraseReader(rules, naming)
        self._scored = lru_cache(maxsize=1 << 17)(self._score)
        self._measures = frozenset(rules.terms["measures"])
        self._parts = frozenset(rules.terms["parts"])
        self._falling = regex.compile(rf"\b{any_of(rules.terms['falling'])}\b", regex.IGNORECASE)
        self._falls = lru_cache(maxsize=1 << 13)(self._measured_downwards)

    def deciding(self, decided: Decided) -> Self:
        """The same matcher, heeding what people said of pairs of phrases."""
        matcher = copy(self)
        matcher.decided = decided
        return matcher

    def knowing(self, known: Mapping[str, Signature]) -> Self:
        """The same matcher, which need not read these phrases again."""
        matcher = copy(self)
        matcher._reader = self._reader.knowing(known)  # noqa: SLF001 - its own kind
        return matcher

    def signature(self, phrase: str, context: str = "") -> Signature:
        """What a phrase is compared by, under the headings of `context`."""
        return self._reader.signature(phrase, context)

    def match(self, a: Signature, b: Signature) -> Match:
        """The score of two phrases; 0 where they name different populations or figures. A person's word comes first."""
        said = self.decided.of(a.phrase, b.phrase)
        if said is not None:
            return Match(float(said), "người dùng xác nhận")
        return self._scored(a, b)

    def _score(self, a: Signature, b: Signature) -> Match:
        if not same_numbers(a, b):
            return Match(0.0, "số trong chỉ tiêu khác nhau")
        groups = a.members.keys() | b.members.keys()
        one_sided = 0
        part = False
        for group in groups:
            ours, theirs = a.members.get(group, frozenset()), b.members.get(group, frozenset())
            if ours == theirs:
                continue
            if (ours and theirs and not (ours & theirs)) or group in self._measures:
                return Match(0.0, f"đối tượng khác nhau: {', '.join(sorted(ours))} / {', '.join(sorted(theirs))}")
            # named on both sides and not alike ("học sinh và nhà giáo", "nhà giáo"): less alike than named on one
            one_sided += 2 if ours and theirs else 1
            part = part or (group in self._parts and not (ours and theirs))
        common, either = likeness(a, b)
        if not either:
            return Match(0.0, "không có từ để so")
        # "đô thị" is a part of the whole: named on one side only, it is another measure
        score = common / either * 0.93**one_sided
        if part or _each_adds(a, b):
            # a word stands in another's place ("trồng lúa", "trồng ngô"): likely another thing
            score = min(score * 0.9 if not part else score, _DOUBTFUL)
        return Match(round(score, 4), f"giống nhau {common:g}/{either:g} từ và cặp từ")

    def is_falling(self, phrase: str) -> bool:
        """Whether less is better: "tỷ lệ hộ nghèo"; not "mức giảm tỷ lệ hộ nghèo", "hộ nghèo được vay vốn"."""
        return self._falls(key(phrase))

    def _measured_downwards(self, words: str) -> bool:
        counted = [hit.end() for hit in self._falling.finditer(words) if not _WHOSE.search(words, 0, hit.start())]
        return bool(counted) and not _LESS.search(words) and not _FOR_THEM.search(words, counted[-1])


def same_numbers(a: Signature, b: Signature) -> bool:
    """Whether the figures inside two phrases agree; a year that only one names is no difference."""
    return a.numbers == b.numbers and (a.years == b.years or not (a.years and b.years))


def _each_adds(a: Signature, b: Signature) -> bool:
    """Whether each phrase has a syllable that the other lacks, however they are spelt."""
    ours, theirs = a.features - b.features, b.features - a.features
    if not (_names_syllable(ours - b.light) and _names_syllable(theirs - a.light)):
        return False
    return {fold(x) for x in ours if " " not in x} != {fold(x) for x in theirs if " " not in x}


def _names_syllable(features: frozenset[str]) -> bool:
    return any(" " not in feature for feature in features)


def likeness(a: Signature, b: Signature) -> tuple[float, float]:
    """How much two phrases share of syllables and pairs, and how much they have together (Jaccard's two counts)."""
    common = len(a.features & b.features)
    either = len(a.features) + len(b.features) - common
    light = len(a.light & b.light)
    lights = len(a.light) + len(b.light) - light
    return common + LIGHT * light, either + LIGHT * lights


def may_match(a: Signature, b: Signature) -> bool:
    """Whether two phrases can be the same thing, whatever the headings above them say."""
    if not same_numbers(a, b):
        return False
    common, either = likeness(a, b)
    if common == 0 or common < LIKELY * either:
        return False
    shared = a.members.keys() & b.members.keys()
    return all(a.members[group] & b.members[group] for group in shared)


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
