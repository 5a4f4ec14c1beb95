"""Reading files in worker processes: a crash, a hang or a blow-up of memory costs one file, not the run."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection, wait
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import TYPE_CHECKING, Generic, Self, TypeVar

from khparse.errors import InternalError, KhparseError, LimitError
from khparse.read import limits
from khparse.service.worker import Done, Pages, work

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

T = TypeVar("T")
R = TypeVar("R")
OnPages = Callable[[T, int, int], None]  # an input, how many of its scanned pages are done, how many there are

AHEAD = 64  # answers kept back until an earlier, slower file is done
# how libraries in C end a process that gets no more memory
_GIVEN_UP = {signal.SIGABRT, signal.SIGILL, signal.SIGTRAP}
# kill -9, kill, and what is told of a worker whose server was killed
_FROM_OUTSIDE = {-signal.SIGKILL, -signal.SIGTERM, 255}
TRIES = (
    3  # of a file whose workers others kill: the third time it may be the file that the system runs out of memory by
)
_DEAD_SECONDS = 0.5
GRACE_SECONDS = 5.0  # what the system's own alarm has before the parent kills


def seconds_for(_: bytes) -> int:
    """The time that a file may take before its first scanned page."""
    return limits.SECONDS


def read_one(data: bytes, read: Callable[[bytes], R], on_pages: Callable[[int, int], None] | None = None) -> R:
    """One file's answer, read in a worker of its own. Raises the KhparseError that it ended with."""

    def told(_: bytes, done: int, of: int) -> None:
        if on_pages:
            on_pages(done, of)

    with closing(read_all([data], lambda given: given, read=read, size=1, on_pages=told)) as answers:
        _, answer = next(answers)
    if isinstance(answer, KhparseError):
        raise answer
    if answer is None:
        raise InternalError("việc đọc không trả lời")
    return answer


def read_all(
    inputs: Iterable[T],
    data_of: Callable[[T], bytes | None],
    *,
    read: Callable[..., R],
    seconds: Callable[[bytes], int] = seconds_for,
    size: int | None = None,
    on_pages: OnPages[T] | None = None,
) -> Generator[tuple[T, R | KhparseError | None], None, None]:
    """Each input with its answer, in the order of the inputs.

    `data_of` gives the bytes to read, None for what needs no reading (the answer is None then too), or raises the
    KhparseError that becomes the answer. `on_pages` hears of scans page by page.
    """
    source = iter(inputs)
    pending: deque[_Turn[T, R]] = deque()
    with _Crew(size or len(os.sched_getaffinity(0)), read, seconds) as crew:
        more = True
        while more or pending:
            while more and crew.has_room and len(pending) < AHEAD:
                turn: _Turn[T, R] | None = next((_Turn(item) for item in source), None)
                more = turn is not None
                if turn is not None:
                    pending.append(turn)
                    _begin(turn, data_of, crew, on_pages)
            while pending and pending[0].done:
                turn = pending.popleft()
                yield turn.item, turn.answer
            crew.wait(blocking=bool(pending) and not (more and crew.has_room))


@dataclass(slots=True)
class _Turn(Generic[T, R]):
    item: T
    done: bool = False
    answer: R | KhparseError | None = None

    def finish(self, answer: R | KhparseError | None) -> None:
        self.done, self.answer = True, answer


def _begin(
    turn: _Turn[T, R], data_of: Callable[[T], bytes | None], crew: _Crew[R], on_pages: OnPages[T] | None
) -> None:
    try:
        data = data_of(turn.item)
    except KhparseError as error:
        turn.finish(error)
        return
    if data is None:
        turn.finish(None)
    else:
        crew.give(data, turn.finish, partial(on_pages, turn.item) if on_pages else None)


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    connection: Connection


@dataclass(slots=True)
class _Job(Generic[R]):
    worker: _Worker
    data: bytes
    finish: Callable[[R | KhparseError], None]
    on_pages: Callable[[int, int], None] | None
    deadline: float
    tries: int
    killed: bool = False


@dataclass(slots=True)
class _Crew(Generic[R]):
    """Worker processes, started when they are needed and replaced when they fall."""

    size: int
    read: Callable[..., R]
    seconds: Callable[[bytes], int]
    idle: list[_Worker] = field(default_factory=list)
    busy: dict[Connection, _Job[R]] = field(default_factory=dict)
    # what workers leave lying when they are killed goes with the crew
    folder: tempfile.TemporaryDirectory[str] = field(
        default_factory=lambda: tempfile.TemporaryDirectory(prefix="khparse-", ignore_cleanup_errors=True)
    )

    @property
    def has_room(self) -> bool:
        return len(self.busy) < self.size

    def give(
        self,
        data: bytes,
        finish: Callable[[R | KhparseError], None],
        on_pages: Callable[[int, int], None] | None,
        tries: int = TRIES,
    ) -> None:
        worker = self.idle.pop() if self.idle else _start(self.read, self.folder.name, several=self.size > 1)
        seconds = self.seconds(data)
        deadline = time.monotonic() + seconds + GRACE_SECONDS
        self.busy[worker.connection] = _Job(worker, data, finish, on_pages, deadline, tries)
        with suppress(BrokenPipeError, ConnectionError):  # a worker that fell while idle tells so when it is waited for
            worker.connection.send((seconds, data))

    def wait(self, *, blocking: bool) -> None:
        """Hear those that have something to say; with `blocking` at least one, or one that is out of time."""
        for ready in wait(list(self.busy), self._patience() if blocking else 0):
            if isinstance(ready, Connection):
                self._hear(ready)
        for job in self.busy.values():
            if not job.killed and time.monotonic() > job.deadline:
                job.killed = True
                job.worker.process.kill()  # its alarm did not end it; its fall is heard at the next wait

    def _patience(self) -> float:
        deadlines = [job.deadline for job in self.busy.values() if not job.killed]
        return max(min(deadlines, default=0.0) - time.monotonic(), 0.0) + 0.1

    def _hear(self, ready: Connection) -> None:
        job = self.busy[ready]
        try:
            said = ready.recv()
        except (EOFError, ConnectionError):
            fallen = _how_it_fell(job)
            if job.tries > 1 and _was_killed(job):
                del self.busy[ready]
                _stop(job.worker)
                self.give(job.data, job.finish, job.on_pages, job.tries - 1)
                return
            said = Done(fallen, stays=False)
        if isinstance(said, Pages):
            job.deadline = time.monotonic() + limits.OCR_PAGE_SECONDS + GRACE_SECONDS
            if job.on_pages:
                job.on_pages(said.done, said.of)
            return
        del self.busy[ready]
        if said.stays:
            self.idle.append(job.worker)
        else:
            _stop(job.worker)
        job.finish(said.answer)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in (*self.idle, *(job.worker for job in self.busy.values())):
            _stop(worker)
        self.folder.cleanup()


def _context(*, several: bool) -> BaseContext:
    """Never a plain fork: a copy of a process with threads and an open database is not safe to work in."""
    methods = multiprocessing.get_all_start_methods()
    if "forkserver" not in methods:
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    # a worker then starts in milliseconds; what one of several would seldom load is loaded for all
    context.set_forkserver_preload(["khparse.service.warm", *["khparse.service.warm_model"] * several])
    return context


# A worker would run the program's own file again, to find nothing in it that it needs: a script without
# `if __name__ == "__main__"` would start itself anew with each worker.
_STARTING = Lock()


def _start(read: Callable[..., object], folder: str, *, several: bool) -> _Worker:
    for _ in range(TRIES - 1):
        with suppress(EOFError, ConnectionError):  # the server that it was to come from was killed
            return _started(read, folder, several=several)
        time.sleep(_DEAD_SECONDS)  # until it shows, and another is started
    return _started(read, folder, several=several)


def _started(read: Callable[..., object], folder: str, *, several: bool) -> _Worker:
    context = _context(several=several)
    ours, theirs = context.Pipe()
    process = context.Process(target=work, args=(theirs, read, folder))  # type: ignore[attr-defined]
    with _STARTING:
        program = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            process.start()
        finally:
            sys.modules["__main__"] = program
    theirs.close()  # so that the worker's end closes with the worker
    return _Worker(process, ours)


def _stop(worker: _Worker) -> None:
    worker.connection.close()
    worker.process.terminate()
    worker.process.join(GRACE_SECONDS)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join(GRACE_SECONDS)
    if worker.process.pid:
        _end_session(worker.process.pid)


def _end_session(session: int) -> None:
    """End what a worker started (LibreOffice, tesseract) and left: all that is of its session."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError, IndexError):
            # pid (name) state ppid pgrp session; a name may hold blanks and brackets
            if int(status.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[3]) == session:
                os.kill(int(status.parent.name), signal.SIGKILL)


def _was_killed(job: _Job[R]) -> bool:
    """Whether somebody else ended the worker (or the server that it came from): the file may have done nothing."""
    return not job.killed and job.worker.process.exitcode in _FROM_OUTSIDE


def _how_it_fell(job: _Job[R]) -> KhparseError:
    job.worker.process.join(GRACE_SECONDS)
    code = -(job.worker.process.exitcode or 0)
    if code == signal.SIGALRM or job.killed:
        return LimitError("đọc quá lâu, đã dừng", "tệp có thể bị hỏng; hãy lưu lại bằng Word hoặc in ra PDF mới")
    if code == signal.SIGKILL:
        return LimitError("hệ thống đã dừng việc đọc (thường do thiếu bộ nhớ)", "hãy chia nhỏ tệp")
    if code in _GIVEN_UP:
        return LimitError(
            "trình đọc bỏ cuộc, thường vì tệp đòi quá nhiều bộ nhớ", "hãy in ra PDF mới hoặc chia nhỏ tệp"
        )
    return LimitError("tệp làm trình đọc đổ vỡ", "tệp có thể bị hỏng; hãy lưu lại bằng Word hoặc in ra PDF mới")
