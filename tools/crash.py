"""Ingest, correction and migration killed at random points: nothing half, and the next run makes it whole. `make crash`."""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLAN = (
    "ỦY BAN NHÂN DÂN\nTỈNH BẮC KẠN\nSố: {n}/KH-UBND\nBắc Kạn, ngày 01 tháng 02 năm 2023\nKẾ HOẠCH\n"
    "Phát triển đường giao thông nông thôn đợt {n}\nI. MỤC TIÊU\nĐến năm 2025, {v}% đường thôn được cứng hóa.\n"
    "II. TỔ CHỨC THỰC HIỆN\n1. Sở Giao thông vận tải chủ trì, phối hợp với Sở Tài chính nâng cấp {v} cầu yếu, "
    "hoàn thành trước ngày 30/9/2024.\n2. Kinh phí: {v} tỷ đồng.\n"
)
# what a row says; ids and times may differ between a run in one go and one in pieces
ROWS = {
    "plans": "SELECT identity, title, number, date FROM plans",
    "files": "SELECT sha256, name FROM files",
    "sections": "SELECT p.identity, path, heading FROM sections JOIN plans p ON p.id = plan_id",
    "targets": "SELECT p.identity, value, unit, quote FROM targets JOIN plans p ON p.id = plan_id",
    "tasks": "SELECT p.identity, t.title, quote FROM tasks t JOIN plans p ON p.id = plan_id",
    "budgets": "SELECT p.identity, amount_vnd, quote FROM budgets JOIN plans p ON p.id = plan_id",
    "texts": "SELECT p.identity, text FROM texts JOIN plans p ON p.id = plan_id",
    "conflicts": """SELECT c.kind, a.identity, b.identity FROM conflicts c
                    JOIN plans a ON a.id = a_plan_id JOIN plans b ON b.id = b_plan_id""",
}
DECIDE = """
import sys
from pathlib import Path
from khparse.store.database import open_database
from khparse.store.conflicts import decide
for n in range(100_000):
    with open_database(Path(sys.argv[1])) as database:
        decide(database, "indicator", f"a{n}", f"b{n}", "same", "x" * 500)
        print(n, flush=True)
"""


def write_plans(folder: Path, count: int) -> None:
    """Plans that differ from each other and contradict each other in pairs."""
    folder.mkdir(parents=True)
    for n in range(count):
        text = PLAN.format(n=n // 2, v=n % 97 + 1).replace("ngày 01", f"ngày {n % 2 + 1:02}")
        (folder / f"{n:03}.txt").write_text(text, encoding="utf-8")


def khparse(*arguments: object) -> list[str]:
    """The command line that does this."""
    return [sys.executable, "-u", str(ROOT / "cli.py"), *map(str, arguments)]


def rows(db: Path) -> dict[str, list[tuple[object, ...]]]:
    """What the database says, in an order of its own."""
    with sqlite3.connect(db) as connection:
        return {name: sorted(connection.execute(sql).fetchall(), key=repr) for name, sql in ROWS.items()}


def faults(db: Path) -> list[str]:
    """What `khparse check` finds."""
    from khparse.service.checking import check
    from khparse.store.database import open_database

    with open_database(db, create=True) as database:
        return [fault.what for fault in check(database, files=False)]


def kill_after(command: list[str], seconds: float) -> None:
    """Start it, and end it and its workers with no word of warning."""
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


class Rounds:
    """Rounds of killing on one folder of plans, against the rows of a run in one go."""

    def __init__(self, place: Path, chance: random.Random, plans: int) -> None:
        self.place, self.chance = place, chance
        self.folder, self.whole = place / "plans", place / "whole.db"
        write_plans(self.folder, plans)
        start = time.monotonic()
        subprocess.run(khparse("ingest", self.folder, "--db", self.whole), check=True, capture_output=True)
        self.seconds = time.monotonic() - start
        self.expected = rows(self.whole)

    def ingest(self) -> list[str]:
        """An ingest killed, some times over; then one that ends."""
        db = self._fresh()
        for _ in range(self.chance.choice((1, 1, 2, 3))):
            kill_after(khparse("ingest", self.folder, "--db", db), self.chance.uniform(0.1, 1.0) * self.seconds)
            if told := faults(db):
                return told
        return self._again(db)

    def correction(self) -> list[str]:
        """Decisions of a person, killed: those that were acknowledged are there."""
        db = self._fresh()
        shutil.copy(self.whole, db)
        with subprocess.Popen(
            [sys.executable, "-c", DECIDE, str(db)], stdout=subprocess.PIPE, encoding="utf-8"
        ) as process:
            assert process.stdout
            first = process.stdout.readline()
            time.sleep(self.chance.uniform(0, 0.2))
            process.kill()
            told = [first, *process.stdout.read().splitlines()]
        said = [int(line) for line in told if line.strip().isdigit()]
        with sqlite3.connect(db) as connection:
            kept = connection.execute("SELECT count(*) FROM decisions").fetchone()[0]
        lost = [] if kept > max(said, default=-1) else [f"{max(said) + 1} decisions told, {kept} kept"]
        return lost + faults(db) + self._again(db)

    def migration(self) -> list[str]:
        """A database of the first schema brought to the newest, killed on the way."""
        db = self._fresh()
        old_schema(db)
        kill_after(khparse("plans", "--db", db), self.chance.uniform(0.05, 0.8))
        return faults(db) + self._again(db)

    def _fresh(self) -> Path:
        for old in self.place.glob("round.db*"):
            old.unlink()
        return self.place / "round.db"

    def _again(self, db: Path) -> list[str]:
        done = subprocess.run(
            khparse("ingest", self.folder, "--db", db), capture_output=True, encoding="utf-8", check=False
        )
        if done.returncode:
            failed = [line for line in done.stdout.splitlines() if line.startswith("lỗi")]
            return ["\n".join(failed or [done.stdout[-300:]]) + done.stderr[-300:]]
        found = rows(db)
        return [f"{name}: other rows" for name in ROWS if found[name] != self.expected[name]] + faults(db)


def old_schema(db: Path) -> None:
    """An empty database of the first version."""
    from khparse.store import migrations

    with sqlite3.connect(db, isolation_level=None) as connection:
        for statement in migrations._statements(migrations.MIGRATIONS[0]()):
            connection.execute(statement)
        connection.execute("PRAGMA user_version = 1")
    connection.close()


def run(count: int, seed: int, plans: int) -> int:
    """How many rounds went wrong."""
    chance = random.Random(seed)  # noqa: S311 - damage, not secrets
    wrong = 0
    with tempfile.TemporaryDirectory() as name:
        rounds = Rounds(Path(name), chance, plans)
        kinds: tuple[Callable[[], list[str]], ...] = (rounds.ingest, rounds.correction, rounds.migration)
        for number in range(count):
            kind = kinds[number % len(kinds)]
            told = kind()
            wrong += bool(told)
            if told or number % 30 == 29:
                print(f"{number + 1} rounds; {kind.__name__}: {'; '.join(told) or 'all right'}", flush=True)
    print(f"{count} rounds of kill -9, {wrong} went wrong")
    return wrong


def main() -> int:
    """0 where nothing was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--seed", type=int, default=2023)
    parser.add_argument("--plans", type=int, default=12)
    asked = parser.parse_args()
    return min(run(asked.rounds, asked.seed, asked.plans), 1)


if __name__ == "__main__":
    sys.exit(main())
