"""Names of offices and places: abbreviations opened, provinces recognised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Naming:
    """The gazetteer's tables: abbreviation -> words, province -> {kind, now}."""

    abbreviations: Mapping[str, str]
    provinces: Mapping[str, Mapping[str, Any]]
