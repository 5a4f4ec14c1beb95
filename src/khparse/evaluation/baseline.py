"""Gains and losses against a committed baseline: the F1 of each kind and field when it was last agreed to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from khparse.evaluation.scores import Score

_ROUNDING = 0.0005


@dataclass(frozen=True, slots=True)
class Change:
    """One figure that moved."""

    name: str
    before: float
    after: float

    @property
    def lost(self) -> bool:
        """Whether it got worse."""
        return self.after < self.before


def changes(baseline: Mapping[str, float], scores: Mapping[str, Score]) -> list[Change]:
    """The figures that differ from the baseline, losses first."""
    moved = [
        Change(name, before, scores[name].f1 if name in scores else 0.0)
        for name, before in baseline.items()
        if abs(before - (scores[name].f1 if name in scores else 0.0)) > _ROUNDING
    ]
    return sorted(moved, key=lambda change: change.after - change.before)


def read_baseline(path: Path) -> dict[str, float]:
    """{"tasks.lead": 0.97, …}; empty where there is no file."""
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def write_baseline(path: Path, scores: Mapping[str, Score]) -> None:
    """Agree to today's figures."""
    figures = {name: round(score.f1, 4) for name, score in sorted(scores.items())}
    path.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
