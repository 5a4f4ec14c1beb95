"""Coverage-guided fuzzing of readers and rules: `python fuzz/fuzz.py TARGET -max_total_time=60`; `make fuzz` runs all.

Whatever the bytes, a reader gives a document whose spans lie in its text, or a KhparseError in one line; the rules
give records that quote the text. Anything else is a find, which libFuzzer writes to fuzz/finds/.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["khparse"]):
    from khparse.errors import KhparseError
    from khparse.model.document import Document
    from khparse.pipeline import process
    from khparse.read.detect import detect
    from khparse.read.docx.document import read_docx
    from khparse.read.html.document import read_html
    from khparse.read.pdf.document import read_pdf
    from khparse.read.plain import read_plain
    from khparse.read.scan.pages import Ocr, words_of
    from khparse.rules.kit import load_kit

ROOT = Path(__file__).resolve().parents[1]
SEEDS = {
    "plain": "text",
    "docx": "docx",
    "pdf": "pdf",
    "rules": "text",
    "html": "text",
    "detect": "docx",
    "ocr": "text",
}


def _document(document: Document) -> None:
    for block in document.blocks:
        assert 0 <= block.span.start <= block.span.end <= len(document.text)


def _pdf(data: bytes) -> None:
    # pictures are left to tesseract's own makers
    _document(read_pdf(data, Ocr(cache=None, page_seconds=0.01)))


def _rules(data: bytes) -> None:
    head = "KẾ HOẠCH\nPhát triển giao thông\nI. MỤC TIÊU\n".encode()
    result = process(head + data.replace(b"\x00", b" "), load_kit(), any_document=True)
    found = result.extraction
    for record in (*found.references, *found.targets, *found.tasks, *found.budgets, *found.findings):
        assert result.document.text[record.start : record.end] == record.quote


TARGETS: dict[str, Callable[[bytes], object]] = {
    "detect": detect,
    "plain": lambda data: _document(read_plain(data)),
    "html": lambda data: _document(read_html(data)),
    "docx": lambda data: _document(read_docx(data)),
    "pdf": _pdf,
    "ocr": lambda data: words_of("head\n" + data.decode("utf-8", "replace"), 200.0),
    "rules": _rules,
}


def main() -> None:
    """Fuzz the target named by the first argument."""
    name = sys.argv.pop(1)
    target = TARGETS[name]

    def one(data: bytes) -> None:
        try:
            target(data)
        except KhparseError as error:
            assert "\n" not in str(error)

    finds = ROOT / "fuzz" / "finds"
    finds.mkdir(exist_ok=True)
    seeds = ROOT / "corpus" / SEEDS[name]
    bounds = [f"-artifact_prefix={finds}/{name}-", "-rss_limit_mb=1024", "-timeout=60", "-report_slow_units=60"]
    atheris.Setup([*sys.argv, *bounds, _kept(name), str(seeds)], one)
    atheris.Fuzz()


def _kept(name: str) -> str:
    """Where inputs that reach something new are kept: never among the seeds."""
    kept = ROOT / "fuzz" / "kept" / name
    kept.mkdir(parents=True, exist_ok=True)
    return str(kept)


if __name__ == "__main__":
    main()
