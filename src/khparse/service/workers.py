"""Reading files in worker processes: a crash, a hang or a blow-up of memory costs one file, not the run."""

from __future__ import annotations

import multiprocessing
import os
import signal
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Generic, Self, TypeVar

import regex

from khparse.errors import InternalError, KhparseError, LimitError
from khparse.model.result import Result

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

T = TypeVar("T")
Read = Callable[..., Result]
Answer = Result | KhparseError

MEMORY_BYTES = 2 * 1024**3
SECONDS = 60
SECONDS_FOR_IMAGE = 20  # a picture may be a scanned page
MOST_SECONDS = 3600
AHEAD = 64  # answers kept back until an earlier, slower file is done

_IMAGE = regex.compile(rb"/Subtype\s*/Image")


def read_bytes(data: bytes, *, any_document: bool = False) -> Result:
    """What a worker does: the pipeline, without the layout that only extraction needs."""
    from khparse.pipeline import process
    from khparse.rules.kit import load_kit

    result = process(data, load_kit(), any_document=any_document)
    return replace(result, document=replace(result.document, blocks=(), words=()))


def seconds_for(data: bytes) -> int:
    """The time that a file may take: a minute, and more for each page that may have to be recognised."""
    scans = len(_IMAGE.findall(data)) if data.startswith(b"%PDF") else 0
    return min(SECONDS + SECONDS_FOR_IMAGE * scans, MOST_SECONDS)


def read_all(
    inputs: Iterable[T],
    data_of: Callable[[T], bytes | None],
    *,
    read: Read = read_bytes,
    seconds: Callable[[bytes], int] = seconds_for,
    size: int | None = None,
) -> Generator[tuple[T, Answer | None], None, None]:
    """Each input with its answer, in the order of the inputs.

    `data_of` gives the bytes to read, None for what needs no reading (the answer is None then too), or raises the
    KhparseError that becomes the answer.
    """
    source = iter(inputs)
    pending: deque[_Turn[T]] = deque()
    with _Crew(size or len(os.sched_getaffinity(0)), read, seconds) as crew:
        more = True
        while more or pending:
            while more and crew.has_room and len(pending) < AHEAD:
                turn = next((_Turn(item) for item in source), None)
                more = turn is not None
                if turn is not None:
                    pending.append(turn)
                    _begin(turn, data_of, crew)
            while pending and pending[0].done:
                turn = pending.popleft()
                yield turn.item, turn.answer
            crew.wait(blocking=bool(pending) and not (more and crew.has_room))


@dataclass(slots=True)
class _Turn(Generic[T]):
    item: T
    done: bool = False
    answer: Answer | None = None

    def finish(self, answer: Answer | None) -> None:
        self.done, self.answer = True, answer


def _begin(turn: _Turn[T], data_of: Callable[[T], bytes | None], crew: _Crew) -> None:
    try:
        data = data_of(turn.item)
    except KhparseError as error:
        turn.finish(error)
        return
    if data is None:
        turn.finish(None)
    else:
        crew.give(data, turn.finish)


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    connection: Connection


@dataclass(slots=True)
class _Crew:
    """Worker processes, started when they are needed and replaced when they fall."""

    size: int
    read: Read
    seconds: Callable[[bytes], int]
    idle: list[_Worker] = field(default_factory=list)
    busy: dict[Connection, tuple[_Worker, Callable[[Answer], None]]] = field(default_factory=dict)

    @property
    def has_room(self) -> bool:
        return len(self.busy) < self.size

    def give(self, data: bytes, finish: Callable[[Answer], None]) -> None:
        worker = self.idle.pop() if self.idle else _start(self.read)
        self.busy[worker.connection] = (worker, finish)
        with suppress(BrokenPipeError, ConnectionError):  # a worker that fell while idle tells so when it is waited for
            worker.connection.send((self.seconds(data), data))

    def wait(self, *, blocking: bool) -> None:
        """Hear those that are done; with `blocking` at least one."""
        for ready in wait(list(self.busy), None if blocking else 0):
            if not isinstance(ready, Connection):
                continue
            worker, finish = self.busy.pop(ready)
            try:
                answer, stays = ready.recv()
            except (EOFError, ConnectionError):
                answer, stays = _how_it_fell(worker), False
            if stays:
                self.idle.append(worker)
            else:
                _stop(worker)
            finish(answer)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in (*self.idle, *(worker for worker, _ in self.busy.values())):
            _stop(worker)


def _context() -> BaseContext:
    """Never a plain fork: a copy of a process with threads and an open database is not safe to work in."""
    methods = multiprocessing.get_all_start_methods()
    if "forkserver" not in methods:
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["khparse.service.warm"])  # a worker then starts in milliseconds
    return context


def _start(read: Read) -> _Worker:
    context = _context()
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, read))  # type: ignore[attr-defined]
    process.start()
    theirs.close()  # so that the worker's end closes with the worker
    return _Worker(process, ours)


def _stop(worker: _Worker) -> None:
    worker.connection.close()
    worker.process.terminate()
    worker.process.join(5)


def _how_it_fell(worker: _Worker) -> KhparseError:
    worker.process.join(5)
    code = -(worker.process.exitcode or 0)
    if code == signal.SIGALRM:
        return LimitError("đọc quá lâu, đã dừng", "tệp có thể bị hỏng; hãy lưu lại bằng Word hoặc in ra PDF mới")
    if code == signal.SIGKILL:
        return LimitError("hệ thống đã dừng việc đọc (thường do thiếu bộ nhớ)", "hãy chia nhỏ tệp")
    return LimitError("tệp làm trình đọc đổ vỡ", "tệp có thể bị hỏng; hãy lưu lại bằng Word hoặc in ra PDF mới")


def _work(connection: Connection, read: Read) -> None:
    """A worker's life: a file's bytes in, its result or error out, until the other side is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's affair
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    limit_memory()
    with suppress(EOFError, ConnectionError):
        while True:
            seconds, data = connection.recv()
            signal.alarm(seconds)  # the system itself ends a hang, in C code too, and after the parent is gone
            answer, stays = answer_of(read, data)
            signal.alarm(0)
            connection.send((answer, stays))
            if not stays:
                return


def answer_of(read: Read, data: bytes) -> tuple[Answer, bool]:
    """The result, or the error as a value; False after an error that may have left the process in disorder."""
    try:
        return read(data), True
    except KhparseError as error:
        return error, True
    except MemoryError:
        return LimitError("cần quá nhiều bộ nhớ để đọc", "hãy chia nhỏ tệp"), False
    except RecursionError:
        return LimitError("nội dung lồng nhau quá sâu", "hãy lưu lại bằng Word hoặc in ra PDF mới"), False
    except Exception as error:  # noqa: BLE001 (whatever it is costs this file only, and is told)
        if os.environ.get("KHPARSE_DEBUG"):
            traceback.print_exc()
        return InternalError(error), True


def limit_memory() -> None:
    """No more memory than MEMORY_BYTES for this process."""
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, hard))
