"""The package that a .docx is: opened within bounds, its parts parsed without entities (OPC, ISO/IEC 29500-2)."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from posixpath import dirname, join, normpath

from lxml import etree

from khparse.errors import EncryptedError, InputError, LimitError, UnsupportedError
from khparse.read import limits

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"

_PROPERTIES = "docProps/app.xml"

# Strict Open XML says the same in other namespaces
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", WORD[1:-1].encode()),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))


class Package:
    """The parts of one Word document by what they are to it: "document", "styles", "numbering", "footnotes" …"""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise InputError("tệp DOCX bị cắt cụt hoặc hỏng", "hãy tải hoặc sao chép lại tệp") from error
        entries = self._archive.infolist()
        self._infos = {info.filename: info for info in entries}
        if len(entries) > limits.ARCHIVE_ENTRIES:
            raise LimitError(f"tệp DOCX chứa hơn {limits.ARCHIVE_ENTRIES} mục nén")
        if len(entries) > len(self._infos):
            raise InputError("tệp DOCX chứa hai mục cùng tên, Word không ghi như vậy", "không đọc vì lý do an toàn")
        if sum(info.file_size for info in entries) > limits.ARCHIVE_BYTES:
            raise LimitError(f"tệp DOCX giải nén ra hơn {limits.ARCHIVE_BYTES // limits.MIB} MB")
        self._main = self._main_part()
        self._parts = {"document": self._main, **self._related(self._main)}

    def part(self, kind: str) -> etree._Element | None:
        """The root of a part, None where the document has none of that kind."""
        name = self._parts.get(kind)
        return self._parse(name) if name in self._infos else None

    def document(self) -> etree._Element:
        """The main part. Raises UnsupportedError where the package holds no Word document."""
        root = self.part("document")
        if root is None or root.tag != f"{WORD}document":
            raise UnsupportedError("tệp nén này không phải văn bản Word", "hãy chọn tệp .docx")
        return root

    def chunk(self, relation: str | None) -> bytes | None:
        """The bytes of a document put into this one as it is (`w:altChunk`), by its relation's id."""
        name = next((target for each, _, target in self._targets(self._main) if each == relation), None)
        return self._read(name) if name in self._infos and name is not None else None

    def headers(self) -> Iterator[etree._Element]:
        """The roots of the parts that are printed above the pages."""
        names = dict.fromkeys(target for _, kind, target in self._targets(self._main) if kind == "header")
        yield from (self._parse(name) for name in names if name in self._infos)

    def stated_pages(self) -> int | None:
        """How many pages the program that saved the file counted, None where it did not say."""
        if _PROPERTIES not in self._infos:
            return None
        stated = self._parse(_PROPERTIES).findtext("{*}Pages") or ""
        return int(stated) if stated.isdigit() else None

    def _main_part(self) -> str:
        return self._related("").get("officeDocument", "word/document.xml")

    def _related(self, name: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for _, kind, target in self._targets(name):
            found.setdefault(kind, target)
        return found

    def _targets(self, name: str) -> Iterator[tuple[str, str, str]]:
        """Id, the last word of the type and the part's name of each relation of a part; those out of the package not."""
        folder = dirname(name)
        relations = f"{folder}/_rels/{name.rpartition('/')[2]}.rels".lstrip("/")
        if relations not in self._infos:
            return
        for relation in self._parse(relations).iter(f"{_RELATIONS}Relationship"):
            if relation.get("TargetMode") != "External":
                kind = relation.get("Type", "").rpartition("/")[2]
                target = relation.get("Target", "")
                absolute = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
                yield relation.get("Id", ""), kind, absolute

    def _parse(self, name: str) -> etree._Element:
        data = self._read(name)
        if any(mark in data for mark in _DOCTYPES):
            raise InputError("tệp DOCX khai báo DOCTYPE, Word không ghi như vậy", "không đọc vì lý do an toàn")
        for strict, transitional in _STRICT:
            data = data.replace(strict, transitional)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            if "depth" in str(error).lower():
                raise LimitError(f"phần {name} của tệp DOCX lồng quá sâu") from error
            raise InputError(f"phần {name} của tệp DOCX hỏng", "hãy mở và lưu lại bằng Word") from error

    def _read(self, name: str) -> bytes:
        info = self._infos[name]
        if info.flag_bits & 0x1:
            raise EncryptedError("tệp DOCX đặt mật khẩu nén", "hãy bỏ mật khẩu rồi thử lại")
        if info.file_size > limits.ARCHIVE_PART_BYTES:
            raise LimitError(f"phần {name} của tệp DOCX lớn hơn {limits.ARCHIVE_PART_BYTES // limits.MIB} MB")
        if info.file_size > limits.ARCHIVE_RATIO_FROM and info.file_size > limits.ARCHIVE_RATIO * max(
            info.compress_size, 1
        ):
            raise LimitError(f"phần {name} của tệp DOCX nén quá {limits.ARCHIVE_RATIO}:1, có thể là bom nén")
        try:
            return self._archive.read(name)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
            raise InputError("tệp DOCX bị cắt cụt hoặc hỏng", "hãy tải hoặc sao chép lại tệp") from error
