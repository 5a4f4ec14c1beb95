"""What this machine can read, and what to install for the rest: the facts behind `khparse doctor`."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass

from khparse.read.office import find_office

_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Capability:
    """One system program: the forms it opens up, and what was found of it.

    `found` is its version, None where it (or its Vietnamese data) is missing; texts are (Vietnamese, English).
    """

    name: str
    reads: tuple[str, str]
    found: str | None
    install: tuple[str, str]

    @property
    def ready(self) -> bool:
        """Whether these forms can be read here."""
        return self.found is not None


def capabilities() -> tuple[Capability, ...]:
    """Each program that khparse can use, asked now. What needs none of them always works."""
    return (
        Capability(
            "khparse",
            ("văn bản, Markdown, HTML, DOCX, PDF có lớp chữ", "plain text, Markdown, HTML, DOCX, PDF with text"),
            "",
            ("không cần gì thêm", "nothing more is needed"),
        ),
        Capability(
            "tesseract",
            ("bản quét: PDF không có lớp chữ", "scans: PDFs without text"),
            tesseract_version(),
            (
                "sudo apt install tesseract-ocr tesseract-ocr-vie",
                "sudo apt install tesseract-ocr tesseract-ocr-vie (macOS: brew install tesseract tesseract-lang)",
            ),
        ),
        Capability(
            "libreoffice",
            ("Word 97-2003 .doc, RTF, ODT", "Word 97-2003 .doc, RTF, ODT"),
            _office_version(),
            (
                "sudo apt install libreoffice-writer",
                "sudo apt install libreoffice-writer (macOS: brew install --cask libreoffice)",
            ),
        ),
    )


def tesseract_version() -> str | None:
    """The version, "tesseract 5.3.0", where it is installed with Vietnamese data, None otherwise."""
    if shutil.which("tesseract") is None or "vie" not in _said("tesseract", "--list-langs").split():
        return None
    return _first_line(_said("tesseract", "--version"))


def _office_version() -> str | None:
    program = find_office()
    return None if program is None else _first_line(_said(program, "--version")) or "LibreOffice"


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0]


def _said(*command: str) -> str:
    """What a program says of itself; nothing where it fails or takes too long."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return (done.stdout + done.stderr).decode("utf-8", "replace")
