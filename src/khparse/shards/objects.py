"""What is to be read: files, folders, and objects of any store that fsspec knows ("s3://plans/2024/")."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from khparse.errors import InputError, KhparseError, LimitError, ToolMissingError
from khparse.read import limits
from khparse.service.files import EXTENSIONS, find_files, read_file


@dataclass(frozen=True, slots=True)
class Object:
    """One thing to read; `path` is a file's whole path or an address, `error` why it leads to none."""

    path: str
    name: str
    error: KhparseError | None = None


@dataclass(frozen=True, slots=True)
class Input:
    """An object as it was found: the content that it holds (sha256), or why that can't be had."""

    path: str
    name: str
    size: int = 0
    sha256: str | None = None
    error: KhparseError | None = None


def list_objects(asked: Iterable[str]) -> list[Object]:
    """The objects under paths and addresses, in the order in which `khparse ingest` takes them; each once."""
    found: dict[str, Object] = {}
    for path in asked:
        for one in _remote(path) if is_address(path) else _local(path):
            found.setdefault(one.path, one)
    return list(found.values())


def is_address(path: str) -> bool:
    """Whether it names an object of a store: "s3://plans/a.pdf"."""
    return "://" in path


def look(one: Object) -> Input:
    """Which content an object holds."""
    try:
        data = content_of(one)
    except KhparseError as error:
        return Input(one.path, one.name, error=error)
    return Input(one.path, one.name, len(data), hashlib.sha256(data).hexdigest())


def content_of(one: Object) -> bytes:
    """The object's bytes. Raises an InputError that says why they can't be had."""
    if one.error is not None:
        raise one.error
    if not is_address(one.path):
        return read_file(Path(one.path))
    try:
        files, place = store_of(one.path)
        if int(files.size(place) or 0) > limits.FILE_BYTES:
            raise LimitError(f"tệp lớn hơn {limits.FILE_BYTES // limits.MIB} MB", "hãy chia nhỏ tệp")
        return bytes(files.cat_file(place))
    except (OSError, ValueError) as error:  # whatever the store's own errors are, most of them are these
        raise InputError(f"không lấy được ({error})", "hãy kiểm tra địa chỉ và quyền đọc") from error


def store_of(address: str) -> tuple[Any, str]:
    """The store of an address or a local path, as fsspec sees it, and the place in it."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise ToolMissingError(
            "thiếu thư viện fsspec để đọc kho đối tượng", "hãy chạy: pip install 'khparse[ray]'"
        ) from error
    try:
        files, place = url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise InputError(f"{address}: không mở được kho này ({error})", "hãy kiểm tra địa chỉ") from error
    return files, str(place)


def _local(path: str) -> Iterator[Object]:
    for file in find_files([Path(path)]):
        yield Object(str(file.path.resolve()), file.path.name, file.error)


def _remote(address: str) -> Iterator[Object]:
    try:
        files, place = store_of(address)
        places = sorted(files.find(place)) if files.isdir(place) else [place]
    except (OSError, KhparseError) as error:
        why = error if isinstance(error, KhparseError) else InputError(f"không mở được kho này ({error})")
        yield Object(address, PurePosixPath(address).name, why)
        return
    for found in places:
        name = PurePosixPath(found)
        if found == place or (name.suffix.lower() in EXTENSIONS and not name.name.startswith((".", "~$"))):
            yield Object(str(files.unstrip_protocol(found)), name.name)
