"""Pictures of pages with the places of their words, made in another process: a hostile PDF ends that one, not ours."""

from __future__ import annotations

import json
import multiprocessing
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import TimeoutError as LateError
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TypeVar

from khparse.errors import InputError, KhparseError, LimitError
from khparse.model.document import Box, Document, Page, Span, WordBox
from khparse.read.pictures import PagePicture
from khparse.service.originals import Original, kept_at, put
from khparse.store.database import Database
from khparse.store.load import load_text
from khparse.store.overview import pages_of

T = TypeVar("T")
SECONDS = 30
KEPT = 48  # pictures in memory
_PRINT_SECONDS = 150


@dataclass(frozen=True, slots=True)
class Shown:
    """A plan's pages: the PDF that shows them, the plan's text, its pages there (none for a printed form)."""

    sha256: str
    pdf: Path
    text: str
    pages: tuple[Page, ...]
    words: Path | None  # a printed form's words, found once


class Pictures:
    """The process that renders; started when first asked, started anew when it falls or hangs."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._lock = Lock()
        self._kept: OrderedDict[tuple[str, int], PagePicture] = OrderedDict()
        self._sizes: dict[str, tuple[tuple[float, float], ...]] = {}

    def warm(self) -> None:
        """Start the process before anyone waits for it."""
        self._executor().submit(_load)

    def page(self, shown: Shown, number: int) -> PagePicture:
        """The picture of a page. Raises KhparseError."""
        asked = (shown.sha256, number)
        with self._lock:
            if asked in self._kept:
                self._kept.move_to_end(asked)
                return self._kept[asked]
        picture = self._do(_render, str(shown.pdf), number)
        with self._lock:
            self._kept[asked] = picture
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return picture

    def sizes(self, shown: Shown) -> tuple[tuple[float, float], ...]:
        """The pages' widths and heights."""
        with self._lock:
            known = self._sizes.get(shown.sha256)
        if known is None:
            known = self._do(_sizes, str(shown.pdf))
            with self._lock:
                self._sizes[shown.sha256] = known
        return known

    def words(self, shown: Shown, number: int) -> tuple[WordBox, ...]:
        """The places of a page's words."""
        if shown.words is not None:
            return tuple(word for word in _kept_words(str(shown.words)) if word.box.page == number)
        document = Document(shown.text, (), "application/pdf", pages=shown.pages)
        return self._do(_words, str(shown.pdf), document, number)

    def all_words(self, shown: Shown) -> tuple[WordBox, ...]:
        """The places of all words of a printed form, in the text's order."""
        return _kept_words(str(shown.words)) if shown.words is not None else ()

    def prepare(self, original: Original, db: Path, text: str) -> None:
        """Print a Word file to PDF and find its words there, both kept beside the database."""
        if original.path is None:
            raise InputError("không còn tệp gốc", "hãy tải tệp lên lại")
        self._do(
            _print, str(original.path), original.media_type, text, str(db), original.sha256, seconds=_PRINT_SECONDS
        )

    def close(self) -> None:
        """End the process."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def _executor(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._pool is None:
                methods = multiprocessing.get_all_start_methods()
                context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
                self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=_bounded)
            return self._pool

    def _do(self, work: Callable[..., T], *given: object, seconds: int = SECONDS) -> T:
        pool = self._executor()
        try:
            return pool.submit(work, *given).result(timeout=seconds)
        except KhparseError:
            raise
        except (LateError, BrokenProcessPool) as error:
            self._drop(pool)
            raise LimitError("không dựng được hình trang này", "hãy xem phần văn bản") from error
        except Exception as error:
            raise InputError("không dựng được hình trang này", "hãy xem phần văn bản") from error

    def _drop(self, pool: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._pool is pool:
                self._pool = None
        for process in list(getattr(pool, "_processes", {}).values()):
            process.kill()
        pool.shutdown(wait=False, cancel_futures=True)


def shown_pages(database: Database, plan_id: int, original: Original) -> Shown | None:
    """What shows a plan's pages; None for text, and for a Word file that has not been printed."""
    if original.is_pdf and original.path is not None:
        pages = tuple(
            Page(row["number"], Span(row["start"], row["end"]), ocr=bool(row["ocr"]))
            for row in pages_of(database, plan_id)
        )
        return Shown(original.sha256, original.path, load_text(database, plan_id), pages, None)
    pdf, words = (kept_at(database.path, original.sha256, suffix) for suffix in (".pdf", ".words.json"))
    if pdf.is_file() and words.is_file():
        return Shown(original.sha256, pdf, load_text(database, plan_id), (), words)
    return None


def _bounded() -> None:
    from khparse.service.worker import end_with_parent, limit_memory

    end_with_parent()
    limit_memory()


def _load() -> None:
    import khparse.read.pdf.boxes
    import khparse.read.pdf.words  # noqa: F401


def _render(path: str, number: int) -> PagePicture:
    from khparse.read.pictures import render_page

    return render_page(Path(path).read_bytes(), number)


def _sizes(path: str) -> tuple[tuple[float, float], ...]:
    from khparse.read.pictures import page_sizes

    return page_sizes(Path(path).read_bytes())


def _words(path: str, document: Document, number: int) -> tuple[WordBox, ...]:
    from dataclasses import replace

    from khparse.read.pdf.boxes import word_boxes

    data = Path(path).read_bytes()
    if any(page.number == number and page.ocr for page in document.pages):
        document = replace(document, words=_scanned(path, data))
    return word_boxes(data, document, number)


_SCANS: OrderedDict[str, tuple[WordBox, ...]] = OrderedDict()


def _scanned(path: str, data: bytes) -> tuple[WordBox, ...]:
    """A scan's words; its pages were recognised when the plan came in, and lie in the cache."""
    from khparse.read.pdf.document import read_pdf

    if path not in _SCANS:
        _SCANS[path] = read_pdf(data).words
        while len(_SCANS) > 2:
            _SCANS.popitem(last=False)
    return _SCANS[path]


def _print(path: str, media_type: str, text: str, db: str, sha256: str) -> None:
    from khparse.read.pictures import printed, words_in_print

    pdf = printed(Path(path).read_bytes(), media_type)
    words = [[*word.span, *word.box] for word in words_in_print(pdf, text)]
    put(kept_at(Path(db), sha256, ".pdf"), pdf)
    put(kept_at(Path(db), sha256, ".words.json"), json.dumps(words).encode())


_WORDS: OrderedDict[str, tuple[WordBox, ...]] = OrderedDict()


def _kept_words(path: str) -> tuple[WordBox, ...]:
    if path not in _WORDS:
        rows = json.loads(Path(path).read_text(encoding="utf-8"))
        _WORDS[path] = tuple(WordBox(Span(row[0], row[1]), Box(*row[2:])) for row in rows)
        while len(_WORDS) > 8:
            _WORDS.popitem(last=False)
    return _WORDS[path]
