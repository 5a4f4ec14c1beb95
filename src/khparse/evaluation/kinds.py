"""What makes two records of a kind the same, and which of their fields are judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from khparse.evaluation.alignment import Fields, Likeness, align

Judge = Callable[[Fields, Fields, Likeness], bool | None]  # None: the gold record says nothing of this field


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record. `strict` names the fields that must all be right for a record to be wholly right."""

    name: str
    likeness: Callable[[Fields, Fields, Likeness], float]
    floor: float
    fields: Mapping[str, Judge]
    strict: tuple[str, ...]
    keep: Callable[[Fields], bool] = lambda _: True
    source: str = ""  # the list of the extraction record it is read from, where its name is another

    @property
    def list_name(self) -> str:
        """The extraction record's list: "targets" for "targets.percent"."""
        return self.source or self.name


def _same(name: str) -> Judge:
    return lambda gold, found, _: (gold.get(name) or None) == (found.get(name) or None)


def _alike(name: str, floor: float) -> Judge:
    return lambda gold, found, like: like(gold[name], found.get(name)) >= floor if gold.get(name) else None


def _year(horizon: str | None) -> str | None:
    return horizon.rpartition("/")[2][:4] if horizon else None


def _same_document(gold: Fields, found: Fields, like: Likeness) -> float:
    numbers = ["".join((r.get("number") or "").split()).upper() for r in (gold, found)]
    if any(numbers):
        return float(numbers[0] == numbers[1])
    if (gold.get("type") or "").lower() != (found.get("type") or "").lower():
        return 0.0
    titles = like(gold.get("title") or gold.get("quote"), found.get("title") or found.get("quote"))
    return max(titles, like(gold.get("quote"), found.get("quote")))


def _same_target(gold: Fields, found: Fields, like: Likeness) -> float:
    if gold.get("value") != found.get("value") or (gold.get("value_max") or None) != (found.get("value_max") or None):
        return 0.0
    place = 0.3 * (gold.get("section") == found.get("section"))
    return like(gold.get("indicator"), found.get("indicator")) + place + 0.2 * like(gold["quote"], found["quote"])


def _same_task(gold: Fields, found: Fields, like: Likeness) -> float:
    words = max(like(gold["title"], found["title"]), 0.9 * like(gold["quote"], found["quote"]))
    return words + 0.2 * (gold.get("section") == found.get("section")) if words >= 0.5 else 0.0


def _same_budget(gold: Fields, found: Fields, like: Likeness) -> float:
    if gold["amount_vnd"] != found["amount_vnd"]:
        return 0.0
    period = 0.4 * ((gold.get("period") or None) == (found.get("period") or None))
    return 0.4 + period + 0.2 * like(gold["purpose"], found["purpose"])


def _same_section(gold: Fields, found: Fields, like: Likeness) -> float:
    if gold["path"].lower() != found["path"].lower():
        return 0.0
    return 0.5 + 0.5 * like(gold["heading"], found["heading"])


def _same_finding(gold: Fields, found: Fields, like: Likeness) -> float:
    if gold["kind"] != found["kind"]:
        return 0.0
    return 0.5 + 0.3 * like(gold["quote"], found["quote"]) + 0.2 * (gold.get("section") == found.get("section"))


def _offices(role: str) -> Judge:
    def judge(gold: Fields, found: Fields, like: Likeness) -> bool:
        def same(g: Fields, f: Fields) -> float:
            return max(like(g.get("text"), f.get("text")), like(g.get("name"), f.get("name")))

        result = align(gold.get(role) or [], found.get(role) or [], same, 0.8)
        return not (result.missed or result.extra)

    return judge


def _same_due(gold: Fields, found: Fields, _like: Likeness) -> bool | None:
    ours, theirs = gold.get("due") or {}, found.get("due") or {}
    if not (ours or theirs):
        return None
    return bool(ours.get("end") == theirs.get("end") and ours.get("recurrence") == theirs.get("recurrence"))


def _is_target(record: Fields) -> bool:
    return bool(record.get("kind", "target") == "target")


def _is_percent(record: Fields) -> bool:
    return _is_target(record) and record.get("unit") == "%"


def _is_absolute(record: Fields) -> bool:
    return _is_target(record) and record.get("unit") != "%"


_TARGET_FIELDS: dict[str, Judge] = {
    "comparator": _same("comparator"),
    "horizon": lambda gold, found, _: _year(gold.get("horizon")) == _year(found.get("horizon")),
    "indicator": _alike("indicator", 0.8),
}

KINDS: tuple[Kind, ...] = (
    Kind("sections", _same_section, 0.5, {"heading": _alike("heading", 0.8)}, ("heading",)),
    Kind(
        "references",
        _same_document,
        0.5,
        {
            "date": _same("date"),
            "issuer": _alike("issuer", 0.9),
            "relation": _same("relation"),
            "title": _alike("title", 0.8),
            "pinpoint": _alike("pinpoint", 1.0),
        },
        ("date", "issuer", "relation"),
    ),
    Kind("targets.percent", _same_target, 0.25, _TARGET_FIELDS, tuple(_TARGET_FIELDS), _is_percent, "targets"),
    Kind("targets.absolute", _same_target, 0.25, _TARGET_FIELDS, tuple(_TARGET_FIELDS), _is_absolute, "targets"),
    Kind(
        "tasks",
        _same_task,
        0.5,
        {"lead": _offices("lead"), "coordinating": _offices("coordinating"), "due": _same_due},
        ("lead", "coordinating", "due"),
    ),
    Kind("budgets", _same_budget, 0.4, {"period": _same("period"), "role": _same("role")}, ("period", "role")),
    Kind("findings", _same_finding, 0.5, {"section": _same("section")}, ()),
)
