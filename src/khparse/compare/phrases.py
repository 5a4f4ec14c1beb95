"""What a phrase says, laid bare for comparing: abbreviations opened, synonyms made one, empty words left out.

"Tỷ lệ trạm y tế xã, phường, thị trấn có bác sĩ làm việc" -> trạm, y, tế, bác, sĩ, làm, việc … with its pairs, and the
population "cấp xã".
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

from khparse.rules.load import RuleBook
from khparse.text.alternatives import any_of
from khparse.text.fold import key
from khparse.text.names import Naming

_WORD = regex.compile(r"[\p{L}]+|\d+(?:[.,]\d+)?")
_TOKEN = regex.compile(r"\w+")
_NUMBER = regex.compile(r"\d+(?:[.,]\d+)*")
_YEAR = regex.compile(r"\b(?:19|20)\d\d\b")
_CAPITALS = regex.compile(r"\p{Lu}[\p{Lu}\d&./-]|\p{Lu}\p{Ll}\p{Lu}|&")
_BRACKETS = regex.compile(r"\([^()]*\)")
# the territory that the whole plan is made for says nothing: "trên địa bàn huyện Cẩm Xuyên", "toàn tỉnh"
_LONGEST_NAMING = 12  # words
_TERRITORY = regex.compile(
    r"\b(?:[Tt]rên địa bàn(?: toàn)?|[Tt]rong toàn|[Tt]oàn) (?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn)(?! ?,)"
    r"(?: \p{Lu}\p{L}*(?: ?- ?\p{Lu}\p{L}*| \p{Lu}\p{L}*){0,3})?|\btỉnh \p{Lu}\p{L}+(?: ?- ?\p{Lu}\p{L}*| \p{Lu}\p{L}*){0,3}"
)
# when the work is to be done is no part of what the work is
_WHEN = regex.compile(
    r"(?:[,;]? ?\b(?:hoàn thành|xong|hoàn thiện|thời gian|chậm nhất|dự kiến) ?){0,2}(?:\b(?:trước|trong|vào|đến hết|đến|từ|cuối|đầu) ){0,2}"
    r"(?:\bngày \d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?|\btháng \d{1,2}(?:[/.-]\d{4}|(?: năm)? \d{4})|\bquý (?:iv|iii|ii|i|\d)(?: ?[/-] ?\d{4}|(?: năm)? \d{4})|\b\d{1,2}/\d{1,2}/\d{4})"
)
# nor is who does it: "Sửa cầu treo: Sở Xây dựng chủ trì; hoàn thành năm 2025"
_DOER = regex.compile(r":\s*\p{Lu}[^:]{2,80}?\b(?:chủ trì|đầu mối|thực hiện|tham mưu)\b.*$")
# "5.000 dân", "5000 dân" are one number
_THOUSANDS = regex.compile(r"(?<=\d)\.(?=\d{3}(?!\d))")
_ZEROS = regex.compile(r"(?<![\d.,])0+(?=\d)")
_BREAK = regex.compile(r" ; |[/⟨]")
_UNIT = " ⟨"
_SCALE = regex.compile(r"^(?:(?:nghìn|ngàn|vạn|triệu|t[ỷỉ])\s+)+", regex.IGNORECASE)

Members = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True, eq=False)
class Signature:
    """What a phrase is compared by. The reader gives one object for one phrase and context: it can be a cache's key."""

    features: frozenset[str]  # syllables and pairs of syllables ("trạm", "trạm y")
    numbers: frozenset[str]
    members: Members  # population group -> the members that the phrase names
    phrase: str = ""
    light: frozenset[str] = frozenset()  # syllables of words that say little ("triển khai", "hệ thống")
    years: frozenset[str] = frozenset()

    @property
    def syllables(self) -> frozenset[str]:
        """The features that are one syllable."""
        return frozenset(feature for feature in self.features if " " not in feature)

    @property
    def pairs(self) -> frozenset[str]:
        """The features that are two syllables."""
        return frozenset(feature for feature in self.features if " " in feature)

    def under(self, above: Members) -> Signature:
        """The same under headings that name populations: they count where the phrase itself names none."""
        return replace(self, members={**above, **self.members}) if above else self


def counted(phrase: str, unit: str) -> str:
    """What a count is compared by: "trạm bơm" in "trạm/năm" -> "trạm bơm ⟨trạm/năm⟩"; a share keeps its words."""
    return phrase if unit.startswith("%") or not unit else f"{phrase}{_UNIT}{_SCALE.sub('', unit)}⟩"


def without_unit(phrase: str) -> str:
    """The words alone: "trạm bơm ⟨trạm/năm⟩" -> "trạm bơm"."""
    return phrase.partition(_UNIT)[0]


def written(signature: Signature) -> str:
    """A signature to be kept; `restored` gives it back without reading the phrase again."""
    members = "/".join(f"{group}={','.join(sorted(said))}" for group, said in sorted(signature.members.items()))
    sets = (signature.features, signature.light, signature.numbers, signature.years)
    return "\t".join((*(";".join(sorted(one)) for one in sets), members))


def restored(phrase: str, text: str) -> Signature:
    """The signature of a phrase from what `written` made of it."""
    features, light, numbers, years, members = text.split("\t")
    groups = (one.split("=") for one in members.split("/") if one)
    return Signature(
        _set_of(features),
        _set_of(numbers),
        {intern(group): _set_of(said, ",") for group, said in groups},
        without_unit(phrase),
        _set_of(light),
        _set_of(years),
    )


def _set_of(text: str, mark: str = ";") -> frozenset[str]:
    # a frozenset made of a set is half as large as one that grew
    return frozenset(set(map(intern, text.split(mark)))) if text else _NOTHING


_NOTHING: frozenset[str] = frozenset()


class PhraseReader:
    """Reads phrases by the tables of rules/comparison.toml."""

    def __init__(self, rules: RuleBook, naming: Naming) -> None:
        self._naming = naming
        self._synonyms = {key(old): key(new) for old, new in rules.tables["synonyms"].items()}
        self._old = regex.compile(rf"(?<!\w){any_of(tuple(self._synonyms))}(?!\w)")
        self._stop = regex.compile(rf"\b{any_of(tuple(word.lower() for word in rules.terms['stop']))}\b")
        self._light = regex.compile(rf"\b{any_of(tuple(key(word) for word in rules.terms['light']))}\b")
        populations = {
            group: tuple(self.unify(member) for member in members)
            for group, members in rules.tables["populations"].items()
        }
        self._groups = {group: regex.compile(rf"\b{any_of(members)}\b") for group, members in populations.items()}
        self._naming_words = _by_first_word(populations)
        self._field = regex.compile(rf"\b{any_of(tuple(rules.terms['fields']))} (?P<of>\w+ \w+)")
        # plans of one programme repeat each other's phrases, and all records of a section its headings
        self._known: Mapping[str, Signature] = {}
        self._read_once = lru_cache(maxsize=1 << 12)(self._read)
        self._measures = frozenset(rules.terms["measures"])
        self._members_above = lru_cache(maxsize=1 << 13)(self._above)
        self._under = lru_cache(maxsize=1 << 16)(lambda alone, above: alone.under(dict(above)))

    def signature(self, phrase: str, context: str = "") -> Signature:
        """What the phrase is compared by; what stands in brackets explains and is left out.

        `context`, the headings above, says which population is meant where the phrase itself names none.
        """
        above = self._members_above(context) if context else ()
        alone = self._known.get(phrase) or self._read_once(phrase)
        return self._under(alone, above) if above else alone

    def knowing(self, known: Mapping[str, Signature]) -> Self:
        """The same reader, which need not read these phrases again."""
        reader = copy(self)
        reader._known = known  # noqa: SLF001 - its own kind
        return reader

    def _above(self, context: str) -> tuple[tuple[str, frozenset[str]], ...]:
        """The populations of headings; that one of them speaks of a rise is no matter of each figure below.

        A heading that says whose figures stand below is short; one that is a sentence says what is to be done.
        """
        named = " / ".join(part for part in context.split(" / ") if len(part.split()) <= _LONGEST_NAMING)
        found = self._members(self.unify(named))
        return tuple((group, members) for group, members in found.items() if group not in self._measures)

    def unify(self, phrase: str) -> str:
        """Lower case, one word for what is called several ways: "Tỷ lệ bao phủ BHYT" -> "tỷ lệ tham gia bhyt"."""
        return self._old.sub(lambda found: self._synonyms[found.group()], key(phrase))

    def _read(self, phrase: str) -> Signature:
        bare = _TERRITORY.sub(" ", _DOER.sub("", phrase))
        # opening abbreviations costs most: only where capitals stand together
        words = self.unify(self._naming.expand(bare) if _CAPITALS.search(bare) else bare)
        outside = _BRACKETS.sub(" ", words)
        words = _WHEN.sub(" ", outside if outside.strip() else words)
        words = _ZEROS.sub("", _THOUSANDS.sub("", words))
        years = frozenset(_YEAR.findall(words))
        words = _YEAR.sub(" ", words)
        light = frozenset(map(intern, " ".join(self._light.findall(words)).split()))
        features: set[str] = set()
        for piece in _BREAK.split(self._stop.sub(" ; ", self._light.sub(" ; ", words))):
            run = _WORD.findall(piece)
            features.update(map(intern, run))
            features.update([intern(f"{a} {b}") for a, b in pairwise(run)])
        numbers = frozenset(_NUMBER.findall(words))
        # a frozenset made of a set is half as large as one that grew
        return Signature(frozenset(features), numbers, self._members(words), without_unit(phrase), light, years)

    def _members(self, words: str) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        said = frozenset(_TOKEN.findall(words))
        for first in said & self._naming_words.keys():
            for group, member in self._naming_words[first]:
                # most phrases name no population: a pattern is asked only where all words of a member are there
                if group not in found and member <= said:
                    found[group] = frozenset(hit.group() for hit in self._groups[group].finditer(words))
        fields = frozenset(hit["of"] for hit in self._field.finditer(words))
        return {group: members for group, members in {**found, "field": fields}.items() if members}


def _by_first_word(groups: Mapping[str, Sequence[str]]) -> dict[str, list[tuple[str, frozenset[str]]]]:
    """Groups and the words of their members, by the first word of each."""
    found: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for group, members in groups.items():
        for words in map(_TOKEN.findall, members):
            found[words[0]].append((group, frozenset(words)))
    return dict(found)
