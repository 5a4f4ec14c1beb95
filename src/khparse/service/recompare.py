"""Comparing plans anew in a process of its own, so that no page waits for it."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Collection
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from pathlib import Path

from khparse.errors import KhparseError, LimitError
from khparse.service.comparison import compare_plans
from khparse.service.worker import end_with_parent
from khparse.store.database import Database, open_database


class Recomparing:
    """Plans that wait to be compared, and the process that does it; without one (not started) it is done at once."""

    def __init__(self, db: Path) -> None:
        self._db = db
        self._waiting: set[int] = set()
        self._wake = threading.Condition()
        self._working = False
        self._started = False
        self._pool: ProcessPoolExecutor | None = None

    def start(self) -> None:
        """From now on plans are compared in the background."""
        self._started = True
        threading.Thread(target=self._work, name="recompare", daemon=True).start()

    def stop(self) -> None:
        """What still waits is compared when its plan next changes, or by `khparse ingest`."""
        with self._wake:
            self._started = False
            self._wake.notify_all()
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def later(self, database: Database, plans: Collection[int]) -> None:
        """Compare these plans when there is time."""
        if not self._started:
            compare_plans(database, plans)
            return
        with self._wake:
            self._waiting.update(plans)
            self._wake.notify_all()

    def now(self, plans: Collection[int]) -> None:
        """Compare these plans and wait for it. Raises KhparseError."""
        try:
            self._executor().submit(_compare, str(self._db), tuple(plans)).result()
        except BrokenProcessPool as error:
            self._pool = None
            raise LimitError("việc so sánh bị dừng giữa chừng", "hãy thử lại") from error

    def waiting(self) -> int:
        """How many plans are still to be compared."""
        with self._wake:
            return len(self._waiting) + self._working

    def _work(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._waiting or not self._started)
                if not self._started:
                    return
                plans, self._waiting = self._waiting, set()
                self._working = True
            with suppress(KhparseError, RuntimeError):  # the pool was shut down
                self.now(plans)
            with self._wake:
                self._working = False

    def _executor(self) -> ProcessPoolExecutor:
        with self._wake:
            if self._pool is None:
                methods = multiprocessing.get_all_start_methods()
                context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
                self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=end_with_parent)
            return self._pool


def _compare(db: str, plans: tuple[int, ...]) -> None:
    with open_database(Path(db)) as database:
        compare_plans(database, plans)
