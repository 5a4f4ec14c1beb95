"""What names of offices are made of, in every plan: provinces, fields of departments, words that say a level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import regex

from khparse.text.alternatives import any_of
from khparse.text.fold import fold
from khparse.text.places import Provinces

_LETTERS = regex.compile(r"\p{L}+")


@dataclass(frozen=True)
class Gazetteer:
    """Tables and lists, each made ready when it is first needed: province -> {kind, now, also}, rules/names.toml."""

    provinces: Mapping[str, Mapping[str, Any]]
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def places(self) -> Provinces:
        """The provinces, however they are spelt."""
        return Provinces(self.provinces)

    @cached_property
    def fields(self) -> Mapping[str, str]:
        """The fields of departments in their official spelling, by `field_key`."""
        return {field_key(name): name for name in self.words.get("fields", ())}

    @cached_property
    def collective(self) -> regex.Pattern[str]:
        """Such as "các sở", "cấp xã": more than one office."""
        return regex.compile(rf"(?<!\p{{L}}){self._any('collective')}(?!\p{{L}})", regex.IGNORECASE)

    @cached_property
    def local(self) -> regex.Pattern[str]:
        """Such as "Sở", "Công an": offices that each place has."""
        return regex.compile(rf"{self._any('local')}(?!\p{{L}})", regex.IGNORECASE)

    @cached_property
    def central(self) -> regex.Pattern[str]:
        """Such as "Chính phủ", "Quốc hội": offices of the whole country."""
        return regex.compile(rf"{self._any('central')}(?!\p{{L}})", regex.IGNORECASE)

    @cached_property
    def level(self) -> regex.Pattern[str]:
        """A level alone at a name's end: "Công an tỉnh"."""
        return regex.compile(rf"(?:^|\s)(?P<level>{self._any('levels')})$", regex.IGNORECASE)

    def _any(self, name: str) -> str:
        return any_of(self.words.get(name, ()), blank=" ")


def field_key(name: str) -> str:
    """What the spellings of a field share: "Văn hóa, Thể thao và Du lịch" -> "van hoa the thao du lich"."""
    return " ".join(word for word in _LETTERS.findall(fold(name)) if word != "va")
