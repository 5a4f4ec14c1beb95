"""What worker processes give and take: one beside two, and the memory of a few files beside that of many."""

from __future__ import annotations

import multiprocessing
import os
import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from khparse.errors import KhparseError
from khparse.service.worker import read_bytes
from khparse.service.workers import read_all


@dataclass(frozen=True)
class Told:
    """What one file took in its worker: CPU seconds, and the worker's highest memory so far in MiB."""

    worker: int
    seconds: float
    memory: float


def told(data: bytes) -> Told:
    """Read a file as ingest does, and say what it took."""
    start = time.process_time()
    read_bytes(data, any_document=True)
    return Told(os.getpid(), time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _peak(files: list[Path], told_to: multiprocessing.Queue[float]) -> None:
    for path in files:
        read_bytes(path.read_bytes(), any_document=True)
    told_to.put(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def in_a_process_of_its_own(files: list[Path]) -> float:
    """Peak memory in MiB of a fresh process that reads these files, rules and model included."""
    context = multiprocessing.get_context("spawn")
    queue: multiprocessing.Queue[float] = context.Queue()
    process = context.Process(target=_peak, args=(files, queue))
    process.start()
    peak = queue.get(timeout=600)
    process.join()
    return peak


def _resident() -> float:
    """What this process holds now, MiB."""
    held = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(held) * resource.getpagesize() / 2**20


def passes(plans: list[Path], copies: int) -> Iterator[bytes]:
    """The plans over and over, as a folder of so many files would give them."""
    for _ in range(copies):
        for path in plans:
            yield path.read_bytes()


def run(plans: list[Path], copies: int, workers: int) -> tuple[float, list[Told]]:
    """Seconds by the clock, and what each file took."""
    start = time.perf_counter()
    answers = read_all(passes(plans, copies), lambda data: data, read=told, size=workers)
    found = [answer for _, answer in answers if answer is not None and not isinstance(answer, KhparseError)]
    return time.perf_counter() - start, found


def print_workers(screen: Console, plans: list[Path], copies: int) -> None:
    """One worker and two; few files and many."""
    table = Table(title="Tiến trình đọc: một so với hai, ít tệp so với nhiều tệp", title_justify="left")
    for head in (
        "tiến trình",
        "tệp",
        "giây đồng hồ",
        "giây CPU",
        "tệp/giây",
        "so với một",
        "bộ nhớ mỗi tiến trình",
        "bộ nhớ mẹ",
    ):
        table.add_column(head, justify="right")
    run(plans, 1, 2)  # rules compile, libraries load
    single = None
    for workers, times in ((1, max(copies // 10, 1)), (2, max(copies // 10, 1)), (2, copies)):
        seconds, found = run(plans, times, workers)
        rate = len(found) / seconds
        single = single or rate
        table.add_row(
            str(workers),
            str(len(found)),
            f"{seconds:.1f}",
            f"{sum(one.seconds for one in found):.1f}",
            f"{rate:.1f}",
            f"{rate / single:.2f}x",
            f"{max(one.memory for one in found):.0f} MiB",
            f"{_resident():.0f} MiB",
        )
    screen.print(table)
    screen.print(f"tải của máy lúc đo: {os.getloadavg()[0]:.1f} trên {len(os.sched_getaffinity(0))} lõi")
