"""How fast khparse reads and extracts: per stage and form, beside pypdfium2, pdfplumber and the usual way, in one run.

`make bench` prints the tables. Times are CPU seconds of this process, the best of several rounds; the first round, in
which rules compile, counts for nothing. Pages of forms without pages are counted as 2,600 characters.
"""

from __future__ import annotations

import argparse
import io
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench_workers import in_a_process_of_its_own, print_workers
from rich.console import Console
from rich.table import Table

from khparse import pipeline
from khparse.errors import KhparseError
from khparse.rules.kit import load_kit

ROOT = Path(__file__).resolve().parents[1]
STAGES = (
    "read",
    "read_letterhead",
    "document_kind",
    "build_sections",
    "read_tables",
    "find_references",
    "find_targets",
    "find_tasks",
    "find_budgets",
    "find_findings",
)
CHARACTERS_A_PAGE = 2_600
READING = "khparse: đọc PDF (chữ, khung, kiểu, bảng)"
BOXES = "pypdfium2: chữ, khung, kiểu"
PLUMBER = "pdfplumber: extract_text"
LONGER = ROOT.parent / "shared" / "plans" / "forms"  # plans of ten pages, where they stand beside the checkout
FORMS = (".txt", ".md", ".docx", ".pdf", ".htm", ".html")


@contextmanager
def timed_stages(seconds: dict[str, float]) -> Iterator[None]:
    """The pipeline with a stopwatch round each of its stages."""
    kept = {name: getattr(pipeline, name) for name in STAGES}

    def watched(name: str, stage: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **options: Any) -> Any:
            start = time.process_time()
            try:
                return stage(*args, **options)
            finally:
                seconds[name] += time.process_time() - start

        return run

    for name, stage in kept.items():
        setattr(pipeline, name, watched(name, stage))
    try:
        yield
    finally:
        for name, stage in kept.items():
            setattr(pipeline, name, stage)


def measure(files: list[Path], rounds: int) -> tuple[int, float, dict[str, float]]:
    """Pages, CPU seconds from bytes to records, and seconds by stage, of the best round."""
    kit = load_kit()
    contents = [path.read_bytes() for path in files]
    pages = sum(_pages(pipeline.process(data, kit)) for data in contents)
    best: tuple[float, dict[str, float]] | None = None
    for _ in range(rounds):
        seconds: dict[str, float] = defaultdict(float)
        start = time.process_time()
        with timed_stages(seconds):
            for data in contents:
                pipeline.process(data, kit)
        total = time.process_time() - start
        if best is None or total < best[0]:
            best = total, seconds
    assert best is not None
    return pages, *best


def _pages(result: Any) -> int:
    return len(result.document.pages) or max(1, len(result.document.text) // CHARACTERS_A_PAGE)


def best_of(rounds: int, run: Callable[[], object]) -> float:
    """CPU seconds of the fastest round."""
    seconds = []
    for _ in range(rounds):
        start = time.process_time()
        run()
        seconds.append(time.process_time() - start)
    return min(seconds)


def bare_text(data: bytes) -> None:
    """The text that pypdfium2 gives, nothing else."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as pdf:
        for page in pdf:
            page.get_textpage().get_text_bounded()


def text_with_boxes_and_styles(data: bytes) -> None:
    """The text that pypdfium2 gives with the box, font size and weight of each character: what a layout needs."""
    import ctypes

    import pypdfium2
    import pypdfium2.raw as pdfium

    with pypdfium2.PdfDocument(data) as pdf:
        edges = [ctypes.c_double() for _ in range(4)]
        for page in pdf:
            words = page.get_textpage()
            words.get_text_bounded()
            for index in range(words.count_chars()):
                pdfium.FPDFText_GetCharBox(words.raw, index, *edges)
                pdfium.FPDFText_GetFontSize(words.raw, index)
                pdfium.FPDFText_GetFontWeight(words.raw, index)


def pdfplumber_text(data: bytes) -> str:
    """What pdfplumber reads: extract_text of each page."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return "\n".join(page.extract_text() or "" for page in pdf.pages)


def usual_way(data: bytes) -> None:
    """What others do: pdfplumber for text, underthesea's ner line by line, a regular expression for percentages and numbers."""
    import re

    from underthesea import ner

    text = pdfplumber_text(data)
    re.findall(r"\d+(?:,\d+)?\s*%|\d+/[\w-]+", text)
    for line in text.splitlines():
        if line.strip():
            ner(line)


def peak_memory() -> float:
    """Peak resident memory of this process, MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Print the tables; 1 where there is nothing to measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="*", type=Path, default=[ROOT / "corpus"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--without-usual", action="store_true", help="leave out the usual way (slow: underthesea's ner)"
    )
    parser.add_argument("--copies", type=int, default=50, help="of each plan, for the memory of many files")
    options = parser.parse_args()
    screen = Console()
    files = [path for folder in options.folder for path in sorted(folder.rglob("*")) if path.suffix in FORMS]
    plans = [path for path in files if _is_readable(path)]
    if not plans:
        screen.print("không có kế hoạch nào để đo")
        return 1
    _print_stages(screen, plans, options.rounds)
    _print_ratios(screen, [path for path in plans if path.suffix == ".pdf"], options)
    screen.print(f"bộ nhớ cao nhất: {peak_memory():.0f} MiB")
    print_workers(screen, plans, options.copies)
    return 0


def _is_readable(path: Path) -> bool:
    try:
        pipeline.process(path.read_bytes(), load_kit())
    except KhparseError:
        return False
    return True


def _print_stages(screen: Console, plans: list[Path], rounds: int) -> None:
    by_form = {form: [path for path in plans if path.suffix == form] for form in FORMS}
    measured = {form: measure(files, rounds) for form, files in by_form.items() if files}
    table = Table("", title="Từ byte đến bản ghi, một lõi: phần thời gian của từng khâu", title_justify="left")
    for form in measured:
        table.add_column(form, justify="right")
    table.add_row("tệp", *(str(len(by_form[form])) for form in measured))
    table.add_row("trang", *(str(pages) for pages, _, _ in measured.values()))
    table.add_row("trang/giây", *(f"{pages / total:.0f}" for pages, total, _ in measured.values()))
    peaks = (f"{in_a_process_of_its_own(by_form[form]):.0f} MiB" for form in measured)
    table.add_row("bộ nhớ cao nhất", *peaks, end_section=True)
    for stage in STAGES:
        table.add_row(stage, *(f"{seconds[stage] / total:.0%}" for _, total, seconds in measured.values()))
    screen.print(table)


def _print_ratios(screen: Console, pdfs: list[Path], options: argparse.Namespace) -> None:
    if not pdfs:
        return
    kit = load_kit()
    contents = [path.read_bytes() for path in pdfs]
    runs: dict[str, Callable[[bytes], object]] = {
        READING: lambda data: pipeline.read(pipeline.detect(data)),
        "khparse: từ byte đến bản ghi": lambda data: pipeline.process(data, kit),
        "pypdfium2: chữ trần": bare_text,
        BOXES: text_with_boxes_and_styles,
        PLUMBER: pdfplumber_text,
    }
    if not options.without_usual:
        runs["cách thường: pdfplumber + underthesea ner + regex"] = usual_way
    title = "tệp PDF, cùng một lượt đo"
    seconds = _print_ways(screen, title, contents, runs, options.rounds)
    screen.print(
        f"đọc PDF = {seconds[READING] / seconds[BOXES]:.2f} lần pypdfium2 (chữ, khung, kiểu); mức phải giữ: 2.5"
    )
    reading = {name: runs[name] for name in (READING, BOXES, PLUMBER)}
    short = _print_plain(screen, contents, reading, options.rounds)
    longer = [path.read_bytes() for path in sorted(LONGER.glob("*.pdf")) if ".scan" not in path.name]
    if longer:
        screen.print("các kế hoạch dài hơn, cạnh kho mã:")
        both = short + _print_plain(screen, longer, reading, options.rounds)
        screen.print(f"mọi trang không có bảng = {both[READING] / both[PLUMBER]:.3f} lần pdfplumber")


def _print_plain(
    screen: Console, contents: list[bytes], reading: dict[str, Callable[[bytes], object]], rounds: int
) -> Counter[str]:
    """Pages without tables, where pdfplumber's text is comparable: seconds of each way."""
    plain = [pages for data in contents if (pages := without_tables(data))]
    seconds = _print_ways(screen, "tệp chỉ gồm các trang không có bảng", plain, reading, rounds) if plain else {}
    if plain:
        screen.print(f"đọc PDF = {seconds[READING] / seconds[PLUMBER]:.3f} lần pdfplumber; mức phải giữ: 0.100")
    return Counter(seconds)


def without_tables(data: bytes) -> bytes | None:
    """The PDF's pages without tables as a PDF of their own; None where each has one."""
    import pypdfium2

    document = pipeline.read(pipeline.detect(data))
    tabled = {
        number
        for table in document.tables()
        for number in range(document.page_at(table.span.start) or 0, (document.page_at(table.span.end - 1) or 0) + 1)
    }
    kept = [page.number - 1 for page in document.pages if page.number not in tabled and not page.ocr]
    if not kept:
        return None
    with pypdfium2.PdfDocument(data) as source, pypdfium2.PdfDocument.new() as made:
        made.import_pages(source, kept)
        written = io.BytesIO()
        made.save(written)
    return written.getvalue()


def _print_ways(
    screen: Console, title: str, contents: list[bytes], runs: dict[str, Callable[[bytes], object]], rounds: int
) -> dict[str, float]:
    """Each way's seconds for all files: of each file its fastest round, the ways taking turns."""
    seconds = dict.fromkeys(runs, 0.0)
    for data in contents:
        best = dict.fromkeys(runs, float("inf"))
        for _ in range(rounds):
            for name, run in runs.items():
                best[name] = min(best[name], best_of(1, lambda run=run, data=data: run(data)))  # type: ignore[misc]
        for name, cost in best.items():
            seconds[name] += cost
    pages = sum(len(pipeline.read(pipeline.detect(data)).pages) for data in contents)
    table = Table(title=f"{len(contents)} {title}, {pages} trang", title_justify="left")
    for head in ("cách", "giây", "trang/giây", "so với đọc PDF"):
        table.add_column(head, justify="left" if head == "cách" else "right")
    for name, cost in seconds.items():
        table.add_row(name, f"{cost:.2f}", f"{pages / cost:.0f}", f"{cost / seconds[READING]:.2f}x")
    screen.print(table)
    return seconds


if __name__ == "__main__":
    sys.exit(main())
