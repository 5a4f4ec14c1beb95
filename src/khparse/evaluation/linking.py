"""How well offices are linked: which mentions the registry takes for one office, beside which the gold records do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from khparse.evaluation.scores import Score
from khparse.registry.offices import identify
from khparse.rules.kit import load_naming


def office_links(records: Iterable[Mapping[str, Any]]) -> Score:
    """Pairs of mentions that are one office: right, found by the registry, and in the gold.

    In the gold two mentions are one office where their province and full name are the same.
    """
    mentions = Counter(mention for record in records for mention in _mentions(record))
    found: Counter[str] = Counter()
    gold: Counter[tuple[str, str]] = Counter()
    for (linked, truth), times in mentions.items():
        found[linked] += times
        gold[truth] += times
    return Score(*(sum(n * (n - 1) // 2 for n in counts.values()) for counts in (mentions, found, gold)))


def _mentions(record: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, str]]]:
    naming = load_naming()
    province, issuer = record["document"]["province"], record["document"]["issuer"]
    place = naming.phrase(province) if province else None
    for row in (*record["tasks"], *record["targets"]):
        for office in (*row.get("lead", ()), *row.get("coordinating", ())):
            name = naming.full_name(office["text"], issuer, place, province)
            yield identify(name, province, issuer).id, (province or "", office["name"])
