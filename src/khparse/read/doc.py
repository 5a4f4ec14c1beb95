"""Word 97 .doc, RTF and ODT: through LibreOffice to DOCX, then as any DOCX."""

from __future__ import annotations

import io
import zipfile

from khparse.errors import EncryptedError, InputError, LimitError
from khparse.model.document import Document
from khparse.read import limits
from khparse.read.docx.document import to_document
from khparse.read.office import to_docx

_UNLOCK = "hãy bỏ mật khẩu (Word: Tệp > Thông tin > Bảo vệ tài liệu) rồi thử lại"
# [MS-DOC] 2.5.2: wIdent 0xA5EC at the start of the WordDocument stream, fEncrypted is bit 8 of the flags at 0x0A
_FIB, _SECTOR, _ENCRYPTED = b"\xec\xa5", 512, 0x0100
_WORD_XML = b"<?mso-application"


def read_doc(data: bytes) -> Document:
    """A Word 97-2003 file to a document. Raises EncryptedError, ToolMissingError, LimitError or InputError."""
    if "EncryptedPackage".encode("utf-16-le") in data or _fib_says_encrypted(data):
        raise EncryptedError("tệp Word này đặt mật khẩu mở", _UNLOCK)
    suffix = ".xml" if _WORD_XML in data[:1024] else ".doc"
    return to_document(to_docx(data, suffix), "application/msword")


def read_rtf(data: bytes) -> Document:
    """An RTF file to a document."""
    return to_document(to_docx(data, ".rtf"), "application/rtf")


def read_odt(data: bytes) -> Document:
    """An OpenDocument text to a document."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive)
    except (zipfile.BadZipFile, KeyError, EOFError, ValueError) as error:
        raise InputError("tệp ODT bị cắt cụt hoặc hỏng", "hãy tải hoặc sao chép lại tệp") from error
    return to_document(to_docx(data, ".odt"), "application/vnd.oasis.opendocument.text")


def _check(archive: zipfile.ZipFile) -> None:
    infos = archive.infolist()
    packed = sum(info.compress_size for info in infos)
    most = min(limits.ARCHIVE_BYTES, limits.ARCHIVE_RATIO_FROM + limits.ARCHIVE_RATIO * packed)
    if len(infos) > limits.ARCHIVE_ENTRIES or sum(info.file_size for info in infos) > most:
        raise LimitError(f"tệp ODT nén quá {limits.ARCHIVE_RATIO}:1 hoặc quá lớn, có thể là bom nén")
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise EncryptedError("tệp ODT này đặt mật khẩu mở", _UNLOCK)


def _fib_says_encrypted(data: bytes) -> bool:
    """Whether the file's first Word stream says that it is encrypted; streams begin at a sector's start."""
    for start in range(_SECTOR, min(len(data), 64 * _SECTOR), _SECTOR):
        if data.startswith(_FIB, start):
            return bool(int.from_bytes(data[start + 0x0A : start + 0x0C], "little") & _ENCRYPTED)
    return False
