"""The generated world: its conflicts are known without khparse, and khparse finds them and no others."""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path

import pytest

from khparse.service.comparison import find_all
from khparse.store.database import open_database

sys.path.append(str(Path(__file__).resolve().parents[1] / "tools"))
generate_plans = pytest.importorskip("generate_plans")
truth = pytest.importorskip("generated_truth")
world = pytest.importorskip("generated_world")


def test_the_planted_conflicts_are_found_and_no_look_alike(tmp_path: Path) -> None:
    with open_database(tmp_path / "g.db", create=True) as database:
        generate_plans.fill(database, 80)
        find_all(database)
        scores = truth.judged(database, list(islice(world.world(), 80)))[""]
    assert scores.planted > 50
    assert (scores.precision, scores.recall) == (1.0, 1.0)


def test_decided_contradictions_grow_as_the_plans_do() -> None:
    plans = list(islice(world.world(), 2400))
    rates = [sum(kind != "divergent" for kind, *_ in truth.planted(plans[:count])) / count for count in (1200, 2400)]
    assert 0.7 < rates[1] / rates[0] < 1.4
    assert 0.1 < rates[0] < 0.5
