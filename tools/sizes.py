"""docs/sizes.md, computed from docs/sizes.toml: what one laptop, one server, a cluster can hold."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parents[1] / "docs"
DAY = 86_400
NIGHT = 8 * 3_600

HEAD = """# Sizes

<!-- computed by `make docs` from docs/sizes.toml: change a figure there, not here -->

What one laptop, one server and a cluster can read and hold. Every figure of the first table was measured; all others
are computed from it, as shown. Measured on {machine}.

## Measured

| what | figure | how |
|---|---|---|
"""

READING = """
## Reading

Reading a plan depends on nothing but its bytes, so it takes as many processors as there are: `khparse ingest` those of one
machine, `khparse shard` those of a Ray cluster. Writing into the database is one process, wherever the plans were read.

    a born-digital plan: {pages:g} pages / {pages_a_second:g} pages a second = {digital:.2f} s of one core
    a scanned plan:      {pages:g} pages x {ocr_seconds:g} s a page = {scanned:.0f} s of one core
    writing a plan:      {write_seconds:g} s, so no more than {written} plans a day, however many read
    of each further core {efficiency:.0%} is taken (two Ray workers gave {speedup:g} times one)

| | cores | born-digital plans a day | scanned plans a day |
|---|---|---|---|
"""

HOLDING = """
Where a cell says *written*, reading is quicker than the one writer: more machines do not help. The writer keeps pace with
{busy_digital:.0f} cores that read born-digital plans, or with {busy_scanned:.0f} that read scans: **a cluster is worth its while for
scans**; a server reads born-digital plans as fast as they can be written.

## Holding

One database is one SQLite file on one machine, also where a cluster reads. Four things bound it, the smallest counts:

    disk:      half of it (files and copies take the other) / {database_kb:.0f} kB a plan
    memory:    three quarters of it / {conflict_kb:.0f} kB a plan while all conflicts are found ({conflict_mb:g} MB at 10,000 plans)
    a night:   all conflicts found anew within 8 hours; a plan takes {whole_small:g} ms among 1,000, {whole_large:g} ms among 10,000,
               so n plans take n x {whole_large:g} ms x (n / 10,000)^{whole_growth:.2f}
    patience:  a new plan compared with all others within 5 s: {new_small:g} s among 1,000, {new_large:g} s among 10,000,
               so {new_large:g} s x (n / 10,000)^{new_growth:.2f}

| | disk | memory | a night | patience | it holds |
|---|---|---|---|---|---|
"""

TAIL = """
No database larger than 10,000 plans was measured: the growth from 1,000 to 10,000 is drawn on, and beyond 100,000 plans that is
a guess. The whole conflict run is asked for only where many plans come in at once; day by day a new plan is compared alone.
The Parquet shards of a cluster take {shard_kb:.0f} kB a plan.

## Many readers

SQLite answers as many readers as one machine has; PostgreSQL (`khparse publish`) those of a network. There a plan takes
{postgres_kb:.0f} kB ({postgres_factor:.2f} times SQLite's). {published_rows:,} rows were sent in {published_seconds:g} s, so

    the first publication: {rows_a_plan} rows a plan / {rows_a_second:,.0f} rows a second = {publish_plan:.3f} s a plan: {publish_10k:.0f} minutes for 10,000
    afterwards:            what has changed is looked for in {look:g} s of CPU among 10,000 generated plans, and only that is sent

Readers see the old state until the new one is whole.

## How

    ray start --head                                          # on one machine; on the others: ray start --address=…
    khparse shard s3://plans --out s3://shards --address auto   # any of them; khparse[ray] is installed on all
    khparse load s3://shards --db plans.db                      # the one that writes
    khparse publish postgresql://server/plans --db plans.db
    khparse tasks --office "Sở Tài chính" --db postgresql://reader@server/plans

Without `--address`, `khparse shard` starts Ray on this machine and ends it. `--out` is a place that all machines see: a shared
folder, or any store that fsspec knows (s3 needs `pip install s3fs`). A run that was cut goes on with what is missing;
`--again` reads those files anew that failed.
"""


@dataclass(frozen=True)
class Sizes:
    """The measured figures, by name, and the machines that they are reckoned for."""

    figures: dict[str, float]
    machines: list[dict[str, Any]]

    def __getattr__(self, name: str) -> float:
        return self.figures[name]

    @property
    def digital(self) -> float:
        """Seconds of one core for a born-digital plan."""
        return self.pages_a_plan / self.pages_a_second

    @property
    def scanned(self) -> float:
        """Seconds of one core for a scanned plan."""
        return self.pages_a_plan * self.ocr_seconds

    @property
    def efficiency(self) -> float:
        """What a further core is worth."""
        return min(self.ray_speedup / 2, 1.0)

    @cached_property
    def written(self) -> float:
        """Plans a day that one writer writes."""
        return DAY / self.write_seconds

    @property
    def whole_growth(self) -> float:
        """The power by which a plan's share of the whole conflict run grows."""
        return math.log10(self.conflict_ms_large / self.conflict_ms_small)

    @property
    def new_growth(self) -> float:
        """The power by which the conflicts of one new plan grow."""
        return math.log10(self.new_plan_large / self.new_plan_small)

    def read_a_day(self, cores: int, seconds: float) -> float:
        """Plans a day that so many cores read."""
        return (1 + (cores - 1) * self.efficiency) * DAY / seconds

    def held(self, machine: dict[str, Any]) -> dict[str, float]:
        """How many plans a database on this machine may have, by each bound."""
        a_plan_s_memory = self.conflict_mb_large * 1e6 / 10_000
        night = (NIGHT / (self.conflict_ms_large / 1000) * 10_000**self.whole_growth) ** (1 / (1 + self.whole_growth))
        return {
            "disk": machine["disk_gb"] * 1e9 / 2 / self.database_bytes,
            "memory": machine["memory_gb"] * 1e9 * 0.75 / a_plan_s_memory,
            "night": night,
            "patience": 10_000 * (5 / self.new_plan_large) ** (1 / self.new_growth),
        }


def page() -> str:
    """The page."""
    told = tomllib.loads((DOCS / "sizes.toml").read_text(encoding="utf-8"))
    measured = told["measured"]
    sizes = Sizes({name: one["value"] for name, one in measured.items()}, told["machine"])
    lines = [HEAD.format(machine=told["measured_on"])]
    lines += [f"| {one['what']} | {one['value']:,} {one['unit']} | {one['how']} |\n" for one in measured.values()]
    lines.append(_reading(sizes))
    lines += [_read_row(sizes, machine) for machine in sizes.machines]
    lines.append(_holding(sizes))
    lines += [_held_row(sizes, machine) for machine in sizes.machines if not machine.get("reads_only")]
    lines.append(_tail(sizes))
    return "".join(lines)


def _reading(sizes: Sizes) -> str:
    return READING.format(
        pages=sizes.pages_a_plan,
        pages_a_second=sizes.pages_a_second,
        digital=sizes.digital,
        ocr_seconds=sizes.ocr_seconds,
        scanned=sizes.scanned,
        write_seconds=sizes.write_seconds,
        written=_round(sizes.written),
        efficiency=sizes.efficiency,
        speedup=sizes.ray_speedup,
    )


def _read_row(sizes: Sizes, machine: dict[str, Any]) -> str:
    cells = [sizes.read_a_day(machine["cores"], seconds) for seconds in (sizes.digital, sizes.scanned)]
    told = [f"{_round(sizes.written)} *written*" if cell > sizes.written else _round(cell) for cell in cells]
    return f"| {machine['name']} | {machine['cores']} | {told[0]} | {told[1]} |\n"


def _holding(sizes: Sizes) -> str:
    return HOLDING.format(
        busy_digital=sizes.digital / sizes.write_seconds / sizes.efficiency,
        busy_scanned=sizes.scanned / sizes.write_seconds / sizes.efficiency,
        database_kb=sizes.database_bytes / 1000,
        conflict_kb=sizes.conflict_mb_large / 10,
        conflict_mb=sizes.conflict_mb_large,
        whole_small=sizes.conflict_ms_small,
        whole_large=sizes.conflict_ms_large,
        whole_growth=sizes.whole_growth,
        new_small=sizes.new_plan_small,
        new_large=sizes.new_plan_large,
        new_growth=sizes.new_growth,
    )


def _held_row(sizes: Sizes, machine: dict[str, Any]) -> str:
    held = sizes.held(machine)
    cells = " | ".join(_round(plans) for plans in held.values())
    return f"| {machine['name']} | {cells} | **{_round(min(held.values()))} plans** |\n"


def _tail(sizes: Sizes) -> str:
    rows_a_second = sizes.published_rows / sizes.published_seconds
    a_plan = sizes.rows_a_plan / rows_a_second
    return TAIL.format(
        shard_kb=sizes.shard_bytes / 1000,
        postgres_kb=sizes.database_bytes * sizes.postgres_factor / 1000,
        postgres_factor=sizes.postgres_factor,
        published_rows=sizes.published_rows,
        published_seconds=sizes.published_seconds,
        rows_a_plan=sizes.rows_a_plan,
        rows_a_second=rows_a_second,
        publish_plan=a_plan,
        publish_10k=a_plan * 10_000 / 60,
        look=sizes.unchanged_seconds,
    )


def _round(number: float) -> str:
    """To two figures that mean something: 51234 -> "51,000"."""
    places = 1 - math.floor(math.log10(number))
    return f"{round(number, places):,.0f}"
