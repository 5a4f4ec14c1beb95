"""A sample of the hostile set: each file is read or refused with a reason, and the database stays whole."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from khparse.service.checking import check
from khparse.service.ingest import Status, ingest
from khparse.store.database import open_database

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))
from crash import Rounds
from hostile_files import damaged, hostile

# crafted files that are quick to make and to refuse
QUICK = (
    "zip-",
    "lie-text",
    "lie-html",
    "lie-docx",
    "name-",
    "pdf-tree",
    "pdf-root",
    "pdf-arrays",
    "docx-deep",
    "html-spans",
    "text-nul",
)


def test_a_sample_of_hostile_files_ends_with_no_crash_and_no_half_plan(tmp_path: Path) -> None:
    import random

    folder = tmp_path / "files"
    folder.mkdir()
    chance = random.Random(7)
    crafted = [file for file in hostile(0, 7, 2_000) if file[0].startswith(QUICK)]
    for name, data in (*crafted, *(damaged(number, chance) for number in range(100))):
        (folder / name.replace("/", "-")[:120]).write_bytes(data)
    with open_database(tmp_path / "x.db", create=True) as database:
        report = ingest(database, sorted(folder.iterdir()), any_document=True)
        assert len(report.files) >= 140
        wrong = [
            f for f in report.files if f.why and any(w in f.why for w in ("đổ vỡ", "quá lâu", "lỗi của chương trình"))
        ]
        assert wrong == []
        assert report.count(Status.NEW) > 0
        assert check(database) == []


@pytest.mark.slow
def test_kills_at_random_points_lose_nothing(tmp_path: Path) -> None:
    import random

    rounds = Rounds(tmp_path, random.Random(5), plans=8)
    for kind in (rounds.ingest, rounds.correction, rounds.migration) * 5:
        assert kind() == []
