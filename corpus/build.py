"""Builds corpus/docx and corpus/pdf from corpus/text: `make corpus`, or `python corpus/build.py [NAME…]`."""

from __future__ import annotations

import sys
from pathlib import Path

from source import read_source
from to_docx import docx_of
from to_pdf import FontMissingError, pdf_of

CORPUS = Path(__file__).parent
WRITERS = {"docx": docx_of, "pdf": pdf_of}


def build(text: Path, target: Path) -> None:
    """One source into TARGET/docx/NAME.docx and TARGET/pdf/NAME.pdf."""
    source = read_source(text.read_text(encoding="utf-8"))
    for form, write in WRITERS.items():
        folder = target / form
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{text.stem}.{form}").write_bytes(write(source, text.stem))


def main(names: list[str]) -> int:
    """All sources, or those named."""
    texts = sorted((CORPUS / "text").glob("*.txt"))
    for text in texts:
        if not names or text.stem in names:
            build(text, CORPUS)
            print(text.stem, file=sys.stderr)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except FontMissingError as error:
        sys.exit(str(error))
