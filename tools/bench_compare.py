"""How comparison and office questions grow with the database, over generated plans.

    python tools/bench_compare.py [--sizes 1000,10000] [--folder DIR]

Prints one table: the whole conflict run, one new plan against all others, what an office owns. Exits 1 where a limit
is missed: 2 s for a plan, 50 ms for an office, 1.5 times the time per plan from the smallest to the largest database.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from generate_plans import fill
from rich.console import Console
from rich.table import Table

from khparse.service import questions
from khparse.service.comparison import find_all, find_for
from khparse.store.database import Database, open_database

NEW_PLAN_SECONDS = 2.0
OFFICE_SECONDS = 0.050
GROWTH = 1.5
# the first province's health department: full, short, abbreviated, without diacritics
OFFICES = ("Sở Y tế tỉnh An Bình", "so y te an binh", "Sở Nội vụ tỉnh An Bình")


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds at one size of the database."""

    plans: int
    conflicts: int
    fill: float
    whole: float
    new_plan: float
    office: float
    owned: int

    @property
    def per_plan(self) -> float:
        """Seconds of the whole run for each plan."""
        return self.whole / self.plans


def measure(database: Database, count: int, first: int) -> Measured:
    """Grow the database to `count` plans and ask."""
    filled = _seconds(lambda: fill(database, count, first))
    whole = min(_seconds(lambda: find_all(database)) for _ in range(1 if count > 2000 else 2))
    plans = [count, count // 2, count // 3]
    checked = max(_seconds(lambda plan=plan: find_for(database, plan)) for plan in plans)
    questions.tasks(database, questions.TaskQuestion(office=OFFICES[0]))  # the naming rules are read once
    asked = [
        _seconds(lambda name=name: questions.tasks(database, questions.TaskQuestion(office=name)))
        for name in OFFICES * 3
    ]
    owned = len(questions.tasks(database, questions.TaskQuestion(office=OFFICES[0])))
    conflicts = int(database.rows("SELECT count(*) AS n FROM conflicts")[0]["n"])
    return Measured(count, conflicts, filled, whole, checked, median(asked), owned)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def show(rows: list[Measured]) -> None:
    """The table."""
    table = Table(title="So sánh và tra cứu khi cơ sở dữ liệu lớn lên")
    for head in (
        "Kế hoạch",
        "Xung đột",
        "Nạp (s)",
        "Tìm toàn bộ (s)",
        "ms/kế hoạch",
        "Một kế hoạch mới (s)",
        "Một cơ quan (ms)",
        "Số việc",
    ):
        table.add_column(head, justify="right")
    for row in rows:
        values = (
            f"{row.fill:.1f}",
            f"{row.whole:.1f}",
            f"{row.per_plan * 1000:.2f}",
            f"{row.new_plan:.2f}",
            f"{row.office * 1000:.1f}",
        )
        table.add_row(str(row.plans), str(row.conflicts), *values, str(row.owned))
    Console(width=140).print(table)


def misses(rows: list[Measured]) -> list[str]:
    """The limits that were not kept."""
    last = rows[-1]
    found = []
    if last.new_plan > NEW_PLAN_SECONDS:
        found.append(f"một kế hoạch mới {last.new_plan:.2f} s > {NEW_PLAN_SECONDS} s")
    if last.office > OFFICE_SECONDS:
        found.append(f"một cơ quan {last.office * 1000:.0f} ms > {OFFICE_SECONDS * 1000:.0f} ms")
    if last.per_plan > GROWTH * rows[0].per_plan:
        found.append(f"ms/kế hoạch tăng {last.per_plan / rows[0].per_plan:.2f} lần > {GROWTH}")
    return found


def main() -> int:
    """Measure each size, the smallest first, in one growing database."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sizes", default="1000,10000")
    asked.add_argument("--folder", type=Path)
    options = asked.parse_args()
    rows: list[Measured] = []
    with (
        tempfile.TemporaryDirectory(dir=options.folder) as folder,
        open_database(Path(folder, "b.db"), create=True) as db,
    ):
        for size in map(int, options.sizes.split(",")):
            rows.append(measure(db, size, rows[-1].plans if rows else 0))
    show(rows)
    for miss in misses(rows):
        print("quá giới hạn:", miss)
    return 1 if misses(rows) else 0


if __name__ == "__main__":
    sys.exit(main())
