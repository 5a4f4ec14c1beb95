"""How comparison and office questions grow with the database, over generated plans.

    python tools/bench_compare.py [--sizes 1000,10000] [--folder DIR] [--cpu]

Prints one table: the whole conflict run, one new plan against all others, what an office owns; and how right the run
is beside what the generated world holds. Exits 1 where a limit is missed: 2 s for a plan, 50 ms for an office, 1.5
times the time per plan from the smallest to the largest database, 95 % of the sure ones right, 90 % of the planted
ones found. With --cpu seconds are the process's own, for a machine that others use too.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median

from generate_plans import fill
from generated_truth import Scores, judged
from generated_world import world
from rich.console import Console
from rich.table import Table

from khparse.service import questions
from khparse.service.comparison import find_all, find_for
from khparse.store.database import Database, open_database

NEW_PLAN_SECONDS = 2.0
OFFICE_SECONDS = 0.050
GROWTH = 1.5
PRECISION, RECALL = 0.95, 0.90
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
    memory: float  # MB, the highest so far
    right: Scores

    @property
    def per_plan(self) -> float:
        """Seconds of the whole run for each plan."""
        return self.whole / self.plans


def measure(database: Database, count: int, first: int, clock: Callable[[], float]) -> Measured:
    """Grow the database to `count` plans and ask."""

    def seconds(work: Callable[[], object]) -> float:
        start = clock()
        work()
        return clock() - start

    filled = seconds(lambda: fill(database, count, first))
    whole = min(seconds(lambda: find_all(database)) for _ in range(1 if count > 2000 else 2))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    plans = [count, count // 2, count // 3]
    checked = max(seconds(lambda plan=plan: find_for(database, plan)) for plan in plans)
    questions.tasks(database, questions.TaskQuestion(office=OFFICES[0]))  # the naming rules are read once
    asked = [
        seconds(lambda name=name: questions.tasks(database, questions.TaskQuestion(office=name)))
        for name in OFFICES * 3
    ]
    owned = len(questions.tasks(database, questions.TaskQuestion(office=OFFICES[0])))
    conflicts = int(database.rows("SELECT count(*) AS n FROM conflicts")[0]["n"])
    right = judged(database, list(islice(world(), count)))[""]
    return Measured(count, conflicts, filled, whole, checked, median(asked), owned, memory, right)


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
        "MB",
        "Đúng",
        "Đủ",
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
        right = (f"{row.right.precision:.4f}", f"{row.right.recall:.4f}")
        table.add_row(str(row.plans), str(row.conflicts), *values, str(row.owned), f"{row.memory:.0f}", *right)
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
    if last.right.precision < PRECISION or last.right.recall < RECALL:
        found.append(f"đúng {last.right.precision:.3f} (cần {PRECISION}), đủ {last.right.recall:.3f} (cần {RECALL})")
    return found


def main() -> int:
    """Measure each size, the smallest first, in one growing database."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sizes", default="1000,10000")
    asked.add_argument("--folder", type=Path)
    asked.add_argument("--cpu", action="store_true")
    options = asked.parse_args()
    clock = time.process_time if options.cpu else time.perf_counter
    rows: list[Measured] = []
    with (
        tempfile.TemporaryDirectory(dir=options.folder) as folder,
        open_database(Path(folder, "b.db"), create=True) as db,
    ):
        for size in map(int, options.sizes.split(",")):
            rows.append(measure(db, size, rows[-1].plans if rows else 0, clock))
    show(rows)
    for miss in misses(rows):
        print("quá giới hạn:", miss)
    return 1 if misses(rows) else 0


if __name__ == "__main__":
    sys.exit(main())
