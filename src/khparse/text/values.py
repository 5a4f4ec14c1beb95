"""Words to values: numbers, dates, periods, money. Every normaliser that a rule can name is in NORMALISERS."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import regex

from khparse.text import dates, horizons, money, numbers

NORMALISERS: dict[str, Callable[[regex.Match[str]], Any]] = {
    **dates.NORMALISERS,
    **horizons.NORMALISERS,
    **money.NORMALISERS,
    **numbers.NORMALISERS,
}
