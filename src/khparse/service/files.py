"""Which files a person means by a path: a file itself, or the plans in a folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from khparse.errors import InputError, KhparseError, LimitError
from khparse.read import limits

EXTENSIONS = frozenset({".txt", ".md", ".docx", ".doc", ".pdf", ".html", ".htm", ".rtf", ".odt"})
# a folder's own notes
_NOTES = frozenset({"readme", "license", "changelog", "contributing"})
# content that only a document has; plain text under another name may be anything
_MAGIC = (b"%PDF", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read, or why the path given leads to none."""

    path: Path
    error: KhparseError | None = None


def find_files(paths: list[Path]) -> list[Found]:
    """The files under the paths, folders walked in order of names; a file reached twice counts once."""
    found: dict[str, Found] = {}
    for path in paths:
        for one in _under(path):
            found.setdefault(os.path.realpath(one.path), one)
    return list(found.values())


def written(path: Path) -> str:
    r"""A path as text that can be stored and shown: bytes that are no UTF-8 as "\xff"."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def read_file(path: Path) -> bytes:
    """The file's bytes. Raises an InputError that says why they can't be had."""
    try:
        if not path.is_file():
            raise InputError("không có tệp này" if not path.exists() else "không phải là tệp", "hãy kiểm tra đường dẫn")
        return _content(path)
    except FileNotFoundError as error:
        raise InputError("tệp vừa biến mất", "hãy kiểm tra đường dẫn rồi chạy lại") from error
    except PermissionError as error:
        raise InputError("không có quyền đọc", "hãy kiểm tra quyền của tệp") from error
    except OSError as error:
        raise InputError(
            f"không đọc được ({error.strerror or error})", "hãy chép tệp sang chỗ khác rồi chạy lại"
        ) from error


def _content(path: Path) -> bytes:
    """What is in the file that is opened, be it another one than a moment ago: no pipe is waited for, none is read on."""
    with open(path, "rb", opener=_without_waiting) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise InputError("không phải là tệp", "hãy kiểm tra đường dẫn")
        data = file.read(limits.FILE_BYTES + 1)
    if len(data) > limits.FILE_BYTES:
        raise LimitError(f"tệp lớn hơn {limits.FILE_BYTES // limits.MIB} MB", "hãy chia nhỏ tệp")
    return data


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _under(path: Path) -> Iterator[Found]:
    if not path.is_dir():
        yield Found(path)
        return
    empty = True
    for file in _walk(path):
        empty = False
        yield Found(file)
    if empty:
        yield Found(
            path, InputError("thư mục không có kế hoạch nào đọc được", f"cần tệp {', '.join(sorted(EXTENSIONS))}")
        )


def _walk(folder: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(where, name)
            if _may_be_plan(file):
                yield file


def _may_be_plan(file: Path) -> bool:
    """By its ending, else by its first bytes; hidden files, Word's lock files and a folder's notes are none."""
    if file.name.startswith((".", "~$")) or file.stem.lower() in _NOTES:
        return False
    if file.suffix.lower() in EXTENSIONS:
        return True
    try:
        if not file.is_file():
            return False
        with file.open("rb") as opened:
            return opened.read(8).startswith(_MAGIC)
    except OSError:
        return False
