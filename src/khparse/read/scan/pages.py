"""Scanned pages: pictures to words through tesseract, several pages at once, each page's words kept on disk.

A page already read is not read again: its words lie in a folder under the hash of the file, by page and settings.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import regex

from khparse.errors import ToolMissingError
from khparse.read import limits
from khparse.read.pdf.page import PageContent, Word
from khparse.read.scan.cache import PageCache
from khparse.read.scan.cells import with_cells_read
from khparse.read.scan.labels import counted, labelled
from khparse.text.syllables import is_syllable

if TYPE_CHECKING:
    from khparse.read.scan.image import Grey

LANGUAGE = "vie"
ADVICE = "hãy cài: sudo apt-get install tesseract-ocr tesseract-ocr-vie"
_SETTINGS = "8"  # raised whenever the same picture may give other words
_LEAST_CONFIDENCE = 20.0
_ANY_LAYOUT, _ONE_BLOCK = "3", "6"  # what tesseract is told of the picture (--psm)
_RUN_TOGETHER = regex.compile(r"\b(\p{Lu}\p{Ll}+)(\p{Lu}\p{Ll}*)\b")


def default_cache() -> Path:
    """`$XDG_CACHE_HOME/khparse/ocr`, or the same under ~/.cache."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "khparse" / "ocr"


@dataclass(frozen=True, slots=True)
class Ocr:
    """How scans are read: where pages are kept (None: nowhere), how many at once, how long one may take.

    `progress` is told (pages done, pages to do) at the start and after each page, from the thread that reads.
    """

    cache: Path | None = field(default_factory=default_cache)
    workers: int = field(default_factory=lambda: min(os.cpu_count() or 1, limits.OCR_WORKERS))
    page_seconds: float = limits.OCR_RUN_SECONDS
    progress: Callable[[int, int], None] | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A rendered page: its number, size in points, pixels (height x width x channels) and their dots per inch."""

    number: int
    width: float
    height: float
    pixels: Grey
    dpi: float


@lru_cache(maxsize=1)
def tesseract() -> str:
    """The program's path. Raises ToolMissingError where it or its Vietnamese model is not installed."""
    program = shutil.which("tesseract")
    if program is None:
        raise ToolMissingError("cần tesseract để đọc bản quét mà máy chưa có", ADVICE)
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=30, check=False)
    if LANGUAGE not in listed.stdout.split():
        raise ToolMissingError("tesseract chưa có tiếng Việt (vie)", ADVICE)
    return program


def read_pictures(
    data: bytes, numbers: Sequence[int], render: Callable[[int], Picture], ocr: Ocr
) -> dict[int, PageContent | None]:
    """The words of the numbered pages; None for one that tesseract could not finish.

    `render` is called in this thread only (pdfium serves one at a time), and only for pages not read before.
    """
    key = hashlib.sha256(data).hexdigest()
    cache = PageCache(ocr.cache, f"{key}-{LANGUAGE}-{_SETTINGS}")
    pages: dict[int, PageContent | None] = {number: page for number in numbers if (page := cache.get(number))}
    missing = [number for number in numbers if number not in pages]
    done = len(pages)
    if missing:
        tesseract()
        if ocr.progress:
            ocr.progress(done, len(numbers))
    for number, page in _in_parallel(missing, render, ocr):
        pages[number] = page
        if page is not None:
            cache.put(page)
        done += 1
        if ocr.progress:
            ocr.progress(done, len(numbers))
    return pages


def _in_parallel(
    numbers: Sequence[int], render: Callable[[int], Picture], ocr: Ocr
) -> Iterator[tuple[int, PageContent | None]]:
    """Pages in order, no more of them in memory than twice the workers."""
    waiting: list[tuple[int, Future[PageContent | None]]] = []
    with ThreadPoolExecutor(max_workers=max(ocr.workers, 1)) as pool:
        try:
            for number in numbers:
                if len(waiting) >= 2 * ocr.workers:
                    first, future = waiting.pop(0)
                    yield first, future.result()
                waiting.append((number, pool.submit(read_picture, render(number), ocr.page_seconds)))
            for number, future in waiting:
                yield number, future.result()
        finally:
            for _, future in waiting:
                future.cancel()


def read_picture(picture: Picture, seconds: float) -> PageContent | None:
    """One page's words and rules, in points of the picture set straight; None where tesseract failed or took too long."""
    from khparse.read.scan.image import grey_of, is_blank, is_sideways, on_white

    grey = on_white(grey_of(picture.pixels))
    if is_blank(grey):
        return PageContent(picture.number, picture.width, picture.height, [], ocr=True)
    best: PageContent | None = None
    # rubbish on the first reading: upside down, or the guess was wrong
    for quarters in (1, 3, 0) if is_sideways(grey) else (0, 2):
        page = _read_turned(grey, quarters, picture, seconds)
        if page is None:
            break
        if best is None or _quality(page.words) > _quality(best.words):
            best = page
        if _quality(best.words) > 0.7 or len(best.words) < 5:
            break
    return best


def _read_turned(grey: Grey, quarters: int, picture: Picture, seconds: float) -> PageContent | None:
    import numpy as np

    from khparse.read.scan.image import rules_of, sharpened, straightened, tilt_of, unruled, unspecked

    turned = np.ascontiguousarray(np.rot90(grey, quarters))
    tilt = tilt_of(turned)
    level = straightened(turned, tilt)
    rules = rules_of(level, picture.dpi)
    clean = sharpened(unruled(unspecked(level, picture.dpi), rules, picture.dpi))
    words = _words(clean, picture.dpi, seconds)
    if words is None:
        return None
    size = (picture.width, picture.height) if quarters % 2 == 0 else (picture.height, picture.width)
    page = PageContent(picture.number, *size, words, rules, ocr=True, tilt=tilt, quarters=quarters)
    page = with_cells_read(page, clean, picture.dpi, lambda cells, dpi: _words(cells, dpi, seconds, layout=_ONE_BLOCK))
    page.words = _spaced(counted(page.words, clean, picture.dpi))
    return page


def _quality(words: Sequence[Word]) -> float:
    return sum(word.confidence for word in words) / len(words) if words else 0.0


def _words(grey: Grey, dpi: float, seconds: float, *, layout: str = _ANY_LAYOUT) -> list[Word] | None:
    table = _run(grey, dpi, seconds, layout)
    return None if table is None else words_of(table, dpi)


def _run(grey: Grey, dpi: float, seconds: float, layout: str) -> str | None:
    from PIL import Image

    buffer = io.BytesIO()
    Image.fromarray(grey).save(buffer, "PPM")
    command = [tesseract(), "stdin", "stdout", "-l", LANGUAGE, "--psm", layout, "--dpi", str(round(dpi)), "tsv"]
    # several pages run side by side: one thread each
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        ended = subprocess.run(
            command, input=buffer.getvalue(), capture_output=True, timeout=seconds, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        return None
    return ended.stdout.decode("utf-8", "replace") if ended.returncode == 0 else None


def words_of(table: str, dpi: float) -> list[Word]:
    """Tesseract's TSV to words in points; a line's words share its height, as letters alone would not."""
    scale = 72.0 / dpi
    words: list[Word] = []
    line = (0.0, 0.0)
    for row in table.splitlines()[1:]:
        fields = row.split("\t")
        if len(fields) < 12:
            continue
        try:
            left, top, width, height, sure = (float(value) * scale for value in fields[6:11])
        except ValueError:
            continue  # a line of something else
        confidence = round(sure / scale / 100, 3)
        if fields[0] == "4":
            line = (top, top + height)
        elif fields[0] == "5" and _is_word(fields[11], confidence * 100):
            word_top, word_bottom = _heights(line, top, top + height)
            size = round((word_bottom - word_top) / 1.15, 1)
            words.append(
                Word(_plain(fields[11]), left, word_top, left + width, word_bottom, size, confidence=confidence)
            )
    return _spaced(_leveled(labelled(words)))


def _plain(text: str) -> str:
    """One letter that the recogniser wrote twice, in both codes that look like Đ, is one: "QĐÐ" -> "QĐ".

    Two words whose gap it did not see are two: "PhòngY" -> "Phòng Y".
    """
    text = text.strip().replace("ĐÐ", "Đ").replace("ÐĐ", "Đ")
    return _RUN_TOGETHER.sub(_parted, text)


def _parted(found: regex.Match[str]) -> str:
    first, second = found.groups()
    return f"{first} {second}" if is_syllable(first) and is_syllable(second) else found.group()


def _is_word(text: str, confidence: float) -> bool:
    """Strokes of a signature come out as doubtful scraps of one or two signs."""
    text = text.strip()
    if not text or confidence < 0:
        return False
    return confidence >= _LEAST_CONFIDENCE or (len(text) > 2 and any(map(str.isalpha, text)))


def _heights(line: tuple[float, float], top: float, bottom: float) -> tuple[float, float]:
    """The line's height, unless the line took in something taller (a stamp, a rule)."""
    return (
        line
        if line[1] - line[0] < 2.2 * (bottom - top) or (bottom - top < 6 and line[1] - line[0] < 25)
        else (top, bottom)
    )


def _leveled(words: list[Word]) -> list[Word]:
    """Sizes near the usual one are the usual one: a line without tall letters is no smaller print."""
    if not words:
        return words
    sizes = sorted(word.size for word in words)
    usual = sizes[len(sizes) // 2]
    return [word._replace(size=usual) if 0.72 * usual < word.size < 1.4 * usual else word for word in words]


def _spaced(words: list[Word]) -> list[Word]:
    """`spaced` where the next word follows at a blank's distance, and the words' order."""
    placed: list[Word] = []
    for order, word in enumerate(words):
        after = words[order + 1] if order + 1 < len(words) else None
        spaced = (
            after is not None and -1 <= after.x0 - word.x1 < 1.3 * word.size and abs(after.top - word.top) < word.size
        )
        placed.append(word._replace(order=order, spaced=spaced))
    return placed
