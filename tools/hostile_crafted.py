"""Files crafted to break a reader: bombs, loops, depths, great tables, long lines, lies."""

from __future__ import annotations

import io
import random
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from itertools import pairwise

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = (
    "ỦY BAN NHÂN DÂN\nTỈNH BẮC KẠN\nSố: {number}/KH-UBND\nBắc Kạn, ngày 01 tháng 02 năm 2023\nKẾ HOẠCH\n"
    "Phát triển đường giao thông nông thôn\nI. MỤC TIÊU\n"
)
File = tuple[str, bytes]


def crafted(chance: random.Random) -> Iterator[File]:
    """All of them, once; `chance` numbers the plans."""
    for make in (texts, pages, word_files, word_packages, pdfs, lies):
        yield from make(chance)


def _plan(chance: random.Random, body: str) -> bytes:
    return (HEAD.format(number=chance.randrange(1, 10_000)) + body).encode()


def texts(chance: random.Random) -> Iterator[File]:
    """Plain text and Markdown."""
    bodies = {
        "cells": "\n".join("|" + "|".join(str(r * c) for c in range(20)) + "|" for r in range(5_000)),
        "wide": "|" + "x|" * 100_000 + "\n|" + "-|" * 100_000,
        "tabs": "\t" * 1_000_000,
        "blanks": " " * 1_000_000 + "x",
        "dots": "." * 1_000_000,
        "dashes": "- " * 500_000,
        "stars": "**" * 500_000,
        "digits": "9" * 1_000_000,
        "figures": "1.234,56 tỷ đồng; " * 55_000,
        "percents": "đạt 95% trở lên, " * 60_000,
        "dates": "trước ngày 30/6/2023, " * 45_000,
        "citations": "Quyết định số 12/2023/QĐ-TTg ngày 01/02/2023 của Thủ tướng Chính phủ; " * 14_000,
        "offices": "Sở Tài chính, Sở Y tế, UBND các huyện, " * 25_000,
        "capitals": "SỞ GIÁO DỤC VÀ ĐÀO TẠO " * 45_000,
        "marks": "a" + "\u0301" * 1_000_000,
        "tones": "ề" * 300_000,
        "directions": "\u202e\u200f" * 300_000,
        "lines": "\n".join(f"{n}. Việc số {n}" for n in range(60_000)),
        "sections": "\n".join(f"{'IVXLC'[n % 5]}. PHẦN {n}" for n in range(30_000)),
        "labels": "\n".join("1." * n + " Mục" for n in range(1, 400)),
        "annexes": "\n".join(f"PHỤ LỤC {n}\n(Kèm theo Kế hoạch)" for n in range(8_000)),
        "recipients": "Nơi nhận:\n- Như trên;\n" * 25_000,
        "breaks": "\u2028\u2029\x85\x0b\x0c" * 150_000,
        "notes": "\n".join(f"[^{n % 999}]: chú thích" for n in range(50_000)),
        "brackets": "(" * 300_000 + ")" * 300_000,
        "quotes": "“" * 400_000,
        "unclosed": "[" * 300_000 + "](" * 100_000,
        "money": "\n".join(f"Tổng kinh phí: {n} triệu đồng, trong đó: ngân sách tỉnh {n}" for n in range(15_000)),
        "targets": "\n".join(f"- Tỷ lệ hộ dân thứ {n} dùng nước sạch đạt {n % 100}%" for n in range(8_000)),
        "tasks": "\n".join(f"- Sở Y tế chủ trì, phối hợp với Sở Tài chính làm việc {n}" for n in range(8_000)),
    }
    for name, body in bodies.items():
        yield f"text-{name}.txt", _plan(chance, body)
    yield "text-nul.txt", bytes(100_000)
    yield "text-random.txt", chance.randbytes(100_000)
    yield "text-utf16-odd.txt", b"\xff\xfe" + HEAD.encode("utf-16-le") + b"\x00"
    yield "text-surrogates.txt", b"\xed\xa0\x80" * 50_000
    yield "text-latin.txt", HEAD.encode("utf-8") + bytes(range(128, 256)) * 800
    yield "text-bom-only.txt", b"\xef\xbb\xbf"
    yield "text-one-line.md", _plan(chance, "x " * 1_000_000)


def pages(chance: random.Random) -> Iterator[File]:
    """Web pages."""
    plan = "".join(f"<p>{line}</p>" for line in HEAD.format(number=chance.randrange(1, 10_000)).splitlines())
    cells = "".join("<tr>" + "<td>a</td>" * 20 + "</tr>" for _ in range(5_000))
    bodies = {
        "deep": "<div>" * 100_000 + "x",
        "deep-tables": "<table><tr><td>" * 400 + "x",
        "spans": "<table><tr><td colspan=1000000000 rowspan=1000000000>a</td></tr></table>",
        "many-spans": "<table>" + "<tr><td colspan=199 rowspan=60000>a</td></tr>" * 3_000 + "</table>",
        "cells": f"<table>{cells}</table>",
        "rows": "<table>" + "<tr><td>a" * 100_000 + "</table>",
        "tables": "<table><tr><td>a</td><td>b</td></tr></table>" * 12_000,
        "comment": "<!--" + "x" * 500_000,
        "attribute": f"<p style='{'a:b;' * 200_000}'>x</p>",
        "sheet": f"<style>{'.a{font-weight:bold}' * 30_000}</style><p class='{'a ' * 20_000}'>x</p>",
        "entities": "&lt;" * 200_000 + "&#x110000;&#0;&bogus;",
        "line": "<p>" + "x " * 600_000,
        "breaks": "<p>" + "a<br>" * 100_000,
        "runs": "<p>" + "<b>a</b><i>b</i>" * 60_000,
        "lists": "<ul><li>" * 250 + "x" + "<ol><li>y" * 5_000,
    }
    for name, body in bodies.items():
        yield f"html-{name}.html", f"<html><body>{plan}{body}</body></html>".encode()
    yield "html-utf16-lie.html", b"<html><meta charset=utf-16>" + plan.encode()
    yield "html-entity-bomb.html", entities("html").encode()
    yield "html-mail.doc", b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n" + b"--a\n" * 50_000


def entities(root: str) -> str:
    """XML whose few entities open to ten thousand million characters."""
    names = "abcdefghij"
    defined = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names))
    return f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY a "aaaaaaaaaa">{defined}]><{root}>&j;</{root}>'


def zipped(files: dict[str, bytes | str], again: dict[str, bytes] | None = None) -> bytes:
    """A package of these files; those of `again` stand in it a second time."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two entries of one name are meant
        for name, content in (*files.items(), *(again or {}).items()):
            archive.writestr(name, content)
    return stream.getvalue()


def parts(body: str, **more: str) -> dict[str, bytes | str]:
    """A Word document's parts: its body, and others by their kind."""
    space = f'xmlns:w="{WORD}" xmlns:r="{OFFICE}"'
    files: dict[str, bytes | str] = {"word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>"}
    links = "".join(f'<Relationship Id="r{k}" Type="{OFFICE}/{k}" Target="{k}.xml"/>' for k in more)
    files["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>'
    for kind, content in more.items():
        files[f"word/{kind}.xml"] = f"<w:{kind} {space}>{content}</w:{kind}>"
    return files


def p(text: str, properties: str = "") -> str:
    """A paragraph of a Word document."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def word_files(chance: random.Random) -> Iterator[File]:
    """DOCX whose content is hostile."""
    plan = "".join(map(p, HEAD.format(number=chance.randrange(1, 10_000)).splitlines()))
    cell = "<w:tc>" + p("{n}") + "</w:tc>"
    row = "<w:tr>" + "".join(cell.format(n=n) for n in range(20)) + "</w:tr>"
    down = "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>" + p("a") + "</w:tc></w:tr>"
    mixed = "".join(p(chance.choice("abc")) for _ in range(30_000))
    noted = "<w:r><w:footnoteReference w:id='1'/></w:r>"
    bodies = {
        "cells": f"<w:tbl>{row * 5_000}</w:tbl>",
        "rows": "<w:tbl>" + ("<w:tr><w:tc>" + p("a") + "</w:tc></w:tr>") * 50_000 + "</w:tbl>",
        "columns": "<w:tbl><w:tr>" + cell.format(n=1) * 50_000 + "</w:tr></w:tbl>",
        "down": f"<w:tbl>{down * 40_000}</w:tbl>",
        "span": "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='999999999'/></w:tcPr></w:tc></w:tr></w:tbl>",
        "tables": ("<w:tbl><w:tr><w:tc>" + p("a") + "</w:tc></w:tr></w:tbl>") * 15_000,
        "nested": "<w:tbl><w:tr><w:tc>" * 60 + p("a") + "</w:tc></w:tr></w:tbl>" * 60,
        "deep": "<w:sdt><w:sdtContent>" * 5_000 + p("a") + "</w:sdtContent></w:sdt>" * 5_000,
        "line": p(chance.randbytes(400_000).hex()),
        "words": p(" ".join(chance.choice(("việc", "năm", "2023", "%")) for _ in range(200_000))),
        "runs": "<w:p>" + "<w:r><w:t>a</w:t></w:r>" * 100_000 + "</w:p>",
        "breaks": "<w:p><w:r>" + "<w:t>a</w:t><w:br/>" * 60_000 + "</w:r></w:p>",
        "fields": "<w:p>" + "<w:r><w:fldChar w:fldCharType='begin'/></w:r>" * 30_000 + "</w:p>",
        "paragraphs": mixed,
        "notes": f"<w:p>{noted * 20_000}</w:p>",
    }
    for name, body in bodies.items():
        yield (
            f"docx-{name}.docx",
            zipped(parts(plan + body, footnotes=f"<w:footnote w:id='1'><w:p>{noted}</w:p></w:footnote>")),
        )
    styles = "".join(f"<w:style w:styleId='s{n}'><w:basedOn w:val='s{(n + 1) % 500}'/></w:style>" for n in range(500))
    levels = "".join(
        f"<w:lvl w:ilvl='{n}'><w:start w:val='2147483647'/><w:numFmt w:val='lowerRoman'/><w:lvlText w:val='{'%1%9%99' * 50}'/></w:lvl>"
        for n in range(40)
    )
    numbering = f"<w:abstractNum w:abstractNumId='0'>{levels}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
    listed = p("a", "<w:pStyle w:val='s0'/><w:numPr><w:ilvl w:val='8'/><w:numId w:val='1'/></w:numPr>") * 3_000
    yield "docx-loops.docx", zipped(parts(plan + listed, styles=styles, numbering=numbering))


def word_packages(chance: random.Random) -> Iterator[File]:
    """DOCX whose package is hostile."""
    files = parts(p(str(chance.random())))
    space = f'xmlns:w="{WORD}"'
    yield "zip-bomb.docx", zipped(files | {"word/document.xml": f"<w:document {space}>" + " " * 120_000_000})
    yield (
        "zip-blanks.docx",
        zipped(files | {"word/styles.xml": bytes(40_000_000), "word/numbering.xml": bytes(40_000_000)}),
    )
    yield "zip-entities.docx", zipped(files | {"word/document.xml": entities("document")})
    outside = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    yield "zip-outside.docx", zipped(files | {"word/document.xml": f"{outside}<w:document {space}>&x;</w:document>"})
    yield "zip-twice.docx", zipped(files, {"word/document.xml": b"<w:document/>"})
    yield (
        "zip-names.docx",
        zipped(files | {"../../../../tmp/khparse-hostile": "x", "/etc/khparse": "x", "word/../../x": "x"}),
    )
    yield "zip-entries.docx", zipped(files | {f"word/media/{n}": b"" for n in range(6_000)})
    yield "zip-nested.docx", zipped({"a.docx": zipped({"b.docx": zipped(dict(files))})})
    yield "zip-empty.docx", zipped({})
    yield "zip-no-body.docx", zipped({"word/document.xml": f"<w:document {space}/>"})
    link = f'<Relationship Id="r1" Type="{OFFICE}/styles" Target="document.xml"/>'
    yield (
        "zip-self.docx",
        zipped(files | {"word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}">{link}</Relationships>'}),
    )
    locked = bytearray(zipped(files))
    for at in range(len(locked) - 4):
        if locked[at : at + 4] == b"PK\x01\x02":
            locked[at + 8] |= 1
    yield "zip-locked.docx", bytes(locked)
    lying = bytearray(zipped(files))
    at = lying.find(b"PK\x01\x02")
    lying[at + 24 : at + 28] = b"\xff\xff\xff\x7f"
    yield "zip-lying.docx", bytes(lying)
    yield (
        "odt-bomb.odt",
        zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": bytes(90_000_000)}),
    )


def pdf_of(*objects: bytes, root: int = 1) -> bytes:
    """A PDF of these objects, numbered from 1."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, start)
    return bytes(out)


def stream(data: bytes, more: bytes = b"") -> bytes:
    """A packed stream."""
    packed = zlib.compress(data)
    return b"<</Length %d/Filter/FlateDecode%b>>\nstream\n%b\nendstream" % (len(packed), more, packed)


_CATALOG, _FONT = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def one_page(content: bytes, box: bytes = b"0 0 595 842", more: bytes = b"", *objects: bytes) -> bytes:
    """A PDF of one page; `objects` are numbered from 6, `more` stands in the page's resources."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[%b]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%b>>>>" % (box, more)
    return pdf_of(_CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, stream(content), _FONT, *objects)


def pdfs(chance: random.Random) -> Iterator[File]:
    """PDF: loops, endless trees, great pages and pictures, bombs, scripts."""
    words = b"BT /F 12 Tf 72 700 Td (KE HOACH %d) Tj ET\n" % chance.randrange(9_999)
    image = b"/XObject<</I 6 0 R>>"
    show = words + b"q 500 0 0 700 40 40 cm /I Do Q"
    yield "pdf-tree-loop.pdf", pdf_of(_CATALOG, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>")
    yield (
        "pdf-count.pdf",
        pdf_of(_CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 999999999>>", b"<</Type/Page/Parent 2 0 R>>"),
    )
    chain = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (n + 3) for n in range(5_000)]
    yield "pdf-tree-deep.pdf", pdf_of(_CATALOG, *chain, b"<</Type/Page>>")
    kids = b" ".join(b"3 0 R" for _ in range(20_000))
    yield (
        "pdf-kids.pdf",
        pdf_of(
            _CATALOG, b"<</Type/Pages/Kids[%b]/Count 20000>>" % kids, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
        ),
    )
    yield (
        "pdf-page-loop.pdf",
        pdf_of(_CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1/Parent 2 0 R>>", b"<</Type/Page/Parent 3 0 R>>"),
    )
    form = stream(b"/I Do /I Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</I 6 0 R>>>>")
    yield "pdf-form-loop.pdf", one_page(show, b"0 0 595 842", image, form)
    yield "pdf-huge-page.pdf", one_page(show, b"0 0 99999999 99999999", image, _picture(10, 10))
    yield "pdf-odd-page.pdf", one_page(words, b"0 0 0 0")
    yield "pdf-minus-page.pdf", one_page(words, b"500 500 -500 -500")
    yield "pdf-huge-picture.pdf", one_page(show, b"0 0 595 842", image, _picture(60_000, 60_000))
    yield "pdf-lying-picture.pdf", one_page(show, b"0 0 595 842", image, _picture(2_000_000_000, 2, b"x"))
    yield "pdf-bomb.pdf", one_page(b" " * 200_000_000)
    yield "pdf-words.pdf", one_page(b"BT /F 1 Tf 9 9 Td " + b"(a) Tj 1 1 Td " * 300_000 + b"ET")
    yield "pdf-line.pdf", one_page(b"BT /F 1 Tf 9 9 Td (" + b"ke hoach " * 100_000 + b") Tj ET")
    yield (
        "pdf-spots.pdf",
        one_page(b"".join(b"BT /F 9 Tf %d %d Td (a) Tj ET " % (n % 590, n // 590) for n in range(60_000))),
    )
    yield (
        "pdf-rules.pdf",
        one_page(words + b"".join(b"%d 0 m %d 800 l S " % (n % 600, n % 600) for n in range(150_000))),
    )
    yield (
        "pdf-grid.pdf",
        one_page(words + b"".join(b"%f 0 m %f 800 l S 0 %f m 600 %f l S " % ((n * 0.7,) * 4) for n in range(1_000))),
    )
    yield "pdf-boxes.pdf", one_page(words + b"".join(b"%d %d 5 5 re S " % (n % 590, n // 100) for n in range(100_000)))
    yield "pdf-path.pdf", one_page(words + b"0 0 m " + b"1 1 l 9 1 l " * 200_000 + b"S")
    yield "pdf-states.pdf", one_page(b"q " * 500_000)
    yield (
        "pdf-script.pdf",
        pdf_of(
            b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(while(true){})>>/Names<</EmbeddedFiles<</Names[(a)<<>>]>>>>>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/AA<</O<</S/Launch/F(/bin/sh)>>>>>>",
        ),
    )
    yield "pdf-arrays.pdf", pdf_of(b"<</Type/Catalog/Pages " + b"[" * 200_000 + b">>")
    yield "pdf-xref-loop.pdf", b"%PDF-1.7\nxref\n0 0\ntrailer\n<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF"
    yield "pdf-root.pdf", pdf_of(_CATALOG, root=77)
    yield "pdf-head-only.pdf", b"%PDF-1.4\n" + chance.randbytes(5_000)
    yield "pdf-length.pdf", one_page(words).replace(b"/Length ", b"/Length 99999")


def _picture(width: int, height: int, data: bytes | None = None) -> bytes:
    row = b"\xaa" * ((width + 7) // 8)
    content = row * min(height, 20_000_000 // max(len(row), 1)) if data is None else data
    size = b"/Width %d/Height %d" % (width, height)
    return stream(content, b"/Type/XObject/Subtype/Image%b/ColorSpace/DeviceGray/BitsPerComponent 1" % size)


def lies(chance: random.Random) -> Iterator[File]:
    """Contents under names of other types, and names that lead elsewhere."""
    plan = _plan(chance, "Đến năm 2025, 90% hộ dân dùng nước sạch.\n")
    contents = {
        "text": plan,
        "html": b"<html><body><p>" + plan.replace(b"\n", b"</p><p>") + b"</p></body></html>",
        "pdf": one_page(b"BT /F 12 Tf 72 700 Td (KE HOACH) Tj ET"),
        "docx": zipped(parts("".join(map(p, plan.decode().splitlines())))),
        "png": b"\x89PNG\r\n\x1a\n" + chance.randbytes(500),
        "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") + chance.randbytes(600),
        "elf": b"\x7fELF" + chance.randbytes(500),
        "gzip": b"\x1f\x8b" + chance.randbytes(500),
    }
    for what, data in contents.items():
        for ending in ("txt", "md", "docx", "doc", "pdf", "html", "odt"):
            if what != "ole" or ending in {"doc", "pdf"}:  # each costs a start of LibreOffice
                yield f"lie-{what}.{ending}", data
    yield "name-..-..-etc-passwd.txt", plan
    yield "name-\n\x1b[31mdòng hai.txt", plan
    yield "name-[red]markup[/red].txt", plan
    yield f"name-{'dài' * 60}.txt", plan
    yield "rtf-deep.rtf", b"{\\rtf1" + b"{" * 100_000 + b"a"
