"""HTML as Word saves it and as law sites print it."""

from __future__ import annotations

import codecs
from dataclasses import replace

import regex
from lxml import etree

from khparse.errors import InputError, LimitError
from khparse.model.document import Document
from khparse.read import limits
from khparse.read.assemble import Assembler
from khparse.read.flow import Flow, pour
from khparse.read.html.blocks import PageReader
from khparse.read.html.style import Sheet
from khparse.read.plain import read_plain
from khparse.read.torn import made_whole
from khparse.read.typed_columns import columns_apart

MEDIA_TYPE = "text/html"
_DECLARED = regex.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", regex.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# what pages that say so really are (WHATWG Encoding)
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "utf-16": "utf-8", "utf-16-le": "utf-8", "utf-16-be": "utf-8"}
_DEEPEST = limits.XML_DEPTH
_OLD_FONT = regex.compile(rb"""["'\\:,=]\.?(?:Vn[A-Z]|VNI-)""")
_PRE_BEFORE = 20_000  # bytes of a page's head
_MAIL = regex.compile(rb"\s*(?:From:.{0,200}\n(?:.{0,200}\n){0,5})?MIME-Version:", regex.IGNORECASE)


def read_html(data: bytes) -> Document:
    """A web page to a document. Raises InputError where it holds no element, LimitError where it nests too deep."""
    typed = _typed(data)
    if typed is not None:
        return replace(read_plain(typed.encode()), media_type=MEDIA_TYPE)
    assembler = Assembler()
    pour(made_whole(columns_apart(flow_of(data))), assembler)
    return assembler.document(MEDIA_TYPE)


def _typed(data: bytes) -> str | None:
    """The words of a page that is nothing but one typed text (`<pre>`), with its lines and tabs; None for others."""
    if b"<pre" not in data[:_PRE_BEFORE].lower():
        return None
    root = _parsed(characters(_unwrapped(data)))
    body = next(root.iter("body"), root)
    pre = next(body.iter("pre"), None)
    words = "" if pre is None else "".join(map(str, pre.itertext()))
    return words if len(words.split()) > 0.9 * len(" ".join(map(str, body.itertext())).split()) > 0 else None


def flow_of(data: bytes) -> tuple[Flow, ...]:
    """A page's paragraphs and grids; errors as `read_html`."""
    root = _parsed(characters(_unwrapped(data)))
    body = next(root.iter("body"), root)
    sheet = Sheet("\n".join(style.text or "" for style in root.iter("style")))
    return PageReader(sheet, root).blocks(body)


def _unwrapped(data: bytes) -> bytes:
    """The page inside a "single file web page" (.mht), as Word also saves under the name .doc; other bytes as they are."""
    if not _MAIL.match(data):
        return data
    from email import message_from_bytes

    pages = (part for part in message_from_bytes(data).walk() if part.get_content_type() == "text/html")
    page = next(pages, None)
    content = None if page is None else page.get_payload(decode=True)
    return content if isinstance(content, bytes) else data


def characters(data: bytes) -> str:
    """The page's characters: byte order mark, then UTF-16 by its zeros, then what it declares, then UTF-8."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    start = data[:4096]
    if start.count(0) * 3 > len(start):
        return data.decode("utf-16-le" if start[1::2].count(0) > start[0::2].count(0) else "utf-16-be", "replace")
    # letters of an old font are bytes: windows-1258 would make tone marks of some
    declared = _declared(start)
    for encoding in ("cp1252" if declared == "cp1258" and _OLD_FONT.search(data) else declared, "utf-8"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    # a slip in a page of UTF-8 is no reason to read all of it as something else
    lost = data.decode("utf-8", "replace")
    return lost if lost.count("\ufffd") * 200 < len(lost) else data.decode("cp1252", "replace")


def _declared(start: bytes) -> str:
    match = _DECLARED.search(start)
    try:
        name = codecs.lookup(match[1].decode("ascii")).name if match else "utf-8"
    except (LookupError, UnicodeDecodeError):
        return "utf-8"
    return _MEANT.get(name, name)


def _parsed(text: str) -> etree._Element:
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    data = text.replace("\x00", "").encode("utf-8", "replace")
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise InputError("trang HTML rỗng hoặc hỏng", "hãy mở bằng trình duyệt và lưu lại") from error
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise LimitError(f"trang HTML lồng quá {_DEEPEST} cấp")
    if root is None:
        raise InputError("trang HTML không có nội dung", "hãy mở bằng trình duyệt và lưu lại")
    return root
