r"""What a rule file may say. Strict: an unknown key is an error that names the file and the key.

A file holds one kind of fact:

    kind = "deadlines"
    [terms]                     # word lists; usable in patterns as {name}
    recurring = ["hằng năm", "hàng năm"]
    [fragments]                 # named pieces of pattern; usable as {name}
    day = '(?:0?[1-9]|[12]\\d|3[01])'
    [tables.abbreviations]      # mappings, for lookups
    UBND = "Ủy ban nhân dân"
    [[rule]]
    id = "deadline.before-date"
    why = "the usual form, NĐ 30/2020 Điều 8"
    pattern = 'trước ngày (?P<day>{day})…'
    normaliser = "due_date"     # a name in text.values.NORMALISERS; may be left out
    examples = [{ text = "xong trước ngày 15/11/2025", span = "trước ngày 15/11/2025", value = "2025-11-15" }]
    counter_examples = ["mục 30/6 của Phụ lục"]
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Example(_Strict):
    """A text in which the rule fires exactly once, on `span`; `value` is what its normaliser makes of it."""

    text: str
    span: str
    value: Any = None


class RuleData(_Strict):
    """One form of a fact."""

    id: str = Field(pattern=r"^[a-z_]+(\.[a-z0-9-]+)+$")
    why: str
    pattern: str
    needs: str | None = (
        None  # a small pattern that stands in each match: where it is missing the great one is not tried
    )
    label: str = ""
    normaliser: str | None = None
    confidence: float = Field(default=0.95, ge=0.0, le=1.0)
    ignore_case: bool = True
    examples: tuple[Example, ...] = Field(min_length=1)
    counter_examples: tuple[str, ...] = ()
    also_fires: tuple[str, ...] = ()  # ids of rules of the file that may fire on the examples as well


class RuleFile(_Strict):
    """One file of `rules/`."""

    kind: str
    terms: dict[str, tuple[str, ...]] = {}
    fragments: dict[str, str] = {}
    tables: dict[str, dict[str, Any]] = {}
    rule: tuple[RuleData, ...] = ()
