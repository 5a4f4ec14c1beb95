"""What a worker of the hostile run does with a file: a module of its own, for workers don't run the program's file."""

from __future__ import annotations

import resource
import time
from pathlib import Path

from khparse.model.result import Result
from khparse.service.worker import read_bytes


def measured(data: bytes, *, log: str, any_document: bool) -> Result:
    """Reading, with a line for a file that is slow or large."""
    start = time.perf_counter()
    try:
        return read_bytes(data, any_document=any_document)
    finally:
        seconds = time.perf_counter() - start
        if seconds > 5:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            with Path(log).open("a", encoding="utf-8") as file:
                file.write(f"{seconds:.1f} s, {peak} MB, {data[:20]!r}, {len(data)} bytes\n")
