"""Precision, recall and F1 of extracted records against gold ones, by kind and field; errors; calibration."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from khparse.evaluation.alignment import Fields, Likeness, align
from khparse.evaluation.kinds import KINDS, Kind

PARTICULARS = ("type", "number", "issuer", "province", "date", "title")
BINS = (0.97, 0.95, 0.9, 0.8, 0.6, 0.0)  # lower edges of the calibration table


@dataclass(frozen=True, slots=True)
class Score:
    """How often right: `right` of `found` extracted (precision) and of `gold` asked (recall)."""

    right: int
    found: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of what was extracted that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of what is there that was extracted."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both; 1.0 where nothing is there and nothing was extracted."""
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else 1.0

    def __add__(self, other: Score) -> Score:
        """Micro-average: the counts of both."""
        return Score(self.right + other.right, self.found + other.found, self.gold + other.gold)


@dataclass(frozen=True, slots=True)
class Error:
    """One disagreement: what (missed, extra, or the field that is wrong), where, and both sides' words."""

    plan: str
    what: str
    gold: str
    found: str


@dataclass(slots=True)
class Evaluation:
    """Scores of one or many plans. Names: "tasks" (relaxed), "tasks.strict", "tasks.lead", "document.title"."""

    scores: dict[str, Score] = field(default_factory=lambda: defaultdict(lambda: Score(0, 0, 0)))
    errors: dict[str, list[Error]] = field(default_factory=lambda: defaultdict(list))
    calibration: dict[float, Score] = field(default_factory=lambda: defaultdict(lambda: Score(0, 0, 0)))

    def add(self, plan: str, gold: Mapping[str, Any], found: Mapping[str, Any], likeness: Likeness) -> None:
        """Score one plan's record against its gold record."""
        self._particulars(plan, gold["document"], found.get("document") or {}, likeness)
        for kind in KINDS:
            wanted = [r for r in gold.get(kind.list_name) or [] if kind.keep(r)]
            got = [r for r in found.get(kind.list_name) or [] if kind.keep(r)]
            self._kind(plan, kind, wanted, got, likeness)

    def _particulars(self, plan: str, gold: Fields, found: Fields, likeness: Likeness) -> None:
        for name in PARTICULARS:
            ours, theirs = gold.get(name), found.get(name)
            right = ours == theirs or likeness(ours, theirs) >= 0.9
            self.scores[f"document.{name}"] += Score(int(right), 1, 1)
            if not right:
                self.errors[f"document.{name}"].append(Error(plan, name, str(ours), str(theirs)))

    def _kind(self, plan: str, kind: Kind, gold: Sequence[Fields], found: Sequence[Fields], likeness: Likeness) -> None:
        aligned = align(gold, found, lambda g, f: kind.likeness(g, f, likeness), kind.floor)
        self.scores[kind.name] += Score(len(aligned.pairs), len(found), len(gold))
        wholly = 0
        for ours, theirs in aligned.pairs:
            wrong = self._fields(plan, kind, ours, theirs, likeness)
            right = not wrong & set(kind.strict)
            wholly += right
            self._calibrate(theirs, right=right)
        self.scores[f"{kind.name}.strict"] += Score(wholly, len(found), len(gold))
        for record in aligned.missed:
            self.errors[kind.name].append(Error(plan, "missed", _words(record), ""))
        for record in aligned.extra:
            self.errors[kind.name].append(Error(plan, "extra", "", _words(record)))
            self._calibrate(record, right=False)

    def _fields(self, plan: str, kind: Kind, gold: Fields, found: Fields, likeness: Likeness) -> set[str]:
        wrong = set()
        for name, judge in kind.fields.items():
            verdict = judge(gold, found, likeness)
            if verdict is None:
                continue
            self.scores[f"{kind.name}.{name}"] += Score(int(verdict), 1, 1)
            if not verdict:
                wrong.add(name)
                self.errors[f"{kind.name}.{name}"].append(
                    Error(plan, name, f"{gold.get(name)} · {_words(gold)}", f"{found.get(name)}")
                )
        return wrong

    def _calibrate(self, record: Fields, *, right: bool) -> None:
        if "confidence" in record:
            edge = next(edge for edge in BINS if record["confidence"] >= edge)
            self.calibration[edge] += Score(int(right), 1, 0)

    def trusted(self) -> Score:
        """The records at 0.9 and above: at least 97 of 100 should be right."""
        return sum((score for edge, score in self.calibration.items() if edge >= 0.9), Score(0, 0, 0))


def _words(record: Fields) -> str:
    return str(record.get("quote") or record.get("heading") or record.get("path") or "")
