"""A worker process from inside: what it is kept from, and its life of bytes in, answer out."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from khparse.errors import InternalError, KhparseError, LimitError
from khparse.model.record import Extraction
from khparse.model.result import Result
from khparse.read import limits

_NETWORK = frozenset({"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"})
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000  # CLONE_NEWUSER, CLONE_NEWNET


@dataclass(frozen=True, slots=True)
class Pages:
    """What a worker tells while it recognises a scan: how many of its pages are done."""

    done: int
    of: int


@dataclass(frozen=True, slots=True)
class Done:
    """A file's end: the answer, and whether the worker can take another file."""

    answer: object
    stays: bool


def read_bytes(data: bytes, *, any_document: bool = False) -> Result:
    """What a worker does for the database: the pipeline, without the layout that only extraction needs."""
    from khparse.pipeline import process
    from khparse.read.scan.pages import Ocr
    from khparse.rules.kit import load_kit

    return process(data, load_kit(), any_document=any_document, ocr=Ocr(progress=tell_pages)).without_layout()


def read_record(data: bytes, *, any_document: bool = False) -> tuple[Extraction, tuple[str, ...]]:
    """One plan's record, and what a person should know of its reading."""
    result = read_bytes(data, any_document=any_document)
    return result.extraction, result.document.notices


def read_text(data: bytes) -> str:
    """The canonical text."""
    from khparse.read.detect import detect
    from khparse.read.readers import read
    from khparse.read.scan.pages import Ocr

    return read(detect(data), Ocr(progress=tell_pages)).text


class _Ear:
    """Who hears of a file under way, and until when it may take."""

    connection: Connection | None = None
    last = 0.0

    def arm(self, seconds: int) -> None:
        """The system itself ends a hang after so long, in C code too, and after the parent is gone."""
        signal.alarm(max(min(seconds, int(self.last - time.monotonic())), 1))


_EAR = _Ear()


def tell_pages(done: int, of: int) -> None:
    """Say how far a scan is; each page has its own time. Nothing where no worker's parent listens."""
    if _EAR.connection is not None:
        _EAR.arm(limits.OCR_PAGE_SECONDS)
        _EAR.connection.send(Pages(done, of))


def work(connection: Connection, read: Callable[..., object], folder: str) -> None:
    """A worker's life: a file's bytes in, its result or error out, until the other side is gone."""
    confine(folder)
    _EAR.connection = connection
    with suppress(EOFError, ConnectionError):
        while True:
            seconds, data = connection.recv()
            _EAR.last = time.monotonic() + max(limits.OCR_FILE_SECONDS, seconds)
            _EAR.arm(seconds)
            done = answer_of(read, data)
            packed = bounded(done)
            signal.alarm(0)
            connection.send_bytes(packed)
            if not done.stays:
                return


def confine(folder: str) -> None:
    """Keep this process and what it starts: signals, memory, network, and a folder for what they leave lying."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's affair
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    with suppress(OSError):
        os.setsid()  # the parent finds by the session what a killed worker had started
    tempfile.tempdir = folder
    limit_memory()
    _leave_network()


def end_with_parent() -> None:
    """From now on this worker ends when the program that started it does, however that ends."""
    parent = multiprocessing.parent_process()
    if parent is not None:

        def watch() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=watch, name="watch", daemon=True).start()


def limit_memory() -> None:
    """No more memory than a file may take."""
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (limits.MEMORY_BYTES, hard))


def _leave_network() -> None:
    """No network: in a network of its own where the system lets it, and in Python by refusal everywhere."""
    sys.addaudithook(_refuse_network)
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):
            unshare = ctypes.CDLL(None).unshare
            _ = unshare(_NEW_NETWORK) == 0 or unshare(_NEW_USER | _NEW_NETWORK) == 0


def _refuse_network(event: str, _: tuple[Any, ...]) -> None:
    if event in _NETWORK:
        raise PermissionError("việc đọc tệp không được dùng mạng")


def bounded(done: Done) -> bytes:
    """The answer as it is sent; one that is too large is an error."""
    packed = pickle.dumps(done)
    if len(packed) <= limits.OUTPUT_BYTES:
        return packed
    return pickle.dumps(
        Done(LimitError(f"kết quả đọc lớn hơn {limits.OUTPUT_BYTES // limits.MIB} MB", "hãy chia nhỏ tệp"), done.stays)
    )


def answer_of(read: Callable[..., object], data: bytes) -> Done:
    """The result, or the error as a value; it does not stay after an error that may have left it in disorder."""
    try:
        return Done(read(data), stays=True)
    except KhparseError as error:
        return Done(error, stays=True)
    except MemoryError:
        return Done(LimitError("cần quá nhiều bộ nhớ để đọc", "hãy chia nhỏ tệp"), stays=False)
    except RecursionError:
        return Done(LimitError("nội dung lồng nhau quá sâu", "hãy lưu lại bằng Word hoặc in ra PDF mới"), stays=False)
    except TimeoutError:  # a rule's own bound on one text
        return Done(LimitError("một đoạn văn cần quá nhiều thời gian để đọc", "tệp có thể bị hỏng"), stays=True)
    except Exception as error:  # noqa: BLE001 (whatever it is costs this file only, and is told)
        if os.environ.get("KHPARSE_DEBUG"):
            traceback.print_exc()
        return Done(InternalError(error), stays=True)
