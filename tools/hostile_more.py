"""More crafted files: packages that lie, entities in every part, pages without end, scripts, broken encodings, long lines of one sign."""

from __future__ import annotations

import random
from collections.abc import Iterator

from hostile_crafted import (
    HEAD,
    OFFICE,
    PACKAGE,
    WORD,
    File,
    entities,
    one_page,
    p,
    parts,
    pdf_of,
    stream,
    zipped,
)

_SIGNS = {
    "digits": "9",
    "commas": ",",
    "dots": ".",
    "semicolons": "; ",
    "brackets": "[(",
    "closing": ")]",
    "blanks": " ",
    "percents": "%",
    "shares": "5% ",
    "and": "và ",
    "commas-and": ", và ",
    "slashes": "/",
    "dashes": "–-",
    "quotes": "“”",
    "numbers": "số ",
    "years": "năm 2025 ",
    "quarters": "quý IV ",
    "colons": "a: ",
    "roman": "IVX. ",
    "override": "\u202e",
    "joiners": "a\u200d\u200b",
    "feeds": "\x0c",
    "emoji": "👩‍👩‍👧‍👦",
    "beyond": "𝐀",
    "accents": "ệ",
    "apart": "ê\u0323",
    "tabs-and-words": "a\t",
}
_PLACES = ("styles", "numbering", "footnotes", "endnotes", "settings", "header1", "comments", "theme")


def more(chance: random.Random) -> Iterator[File]:
    """All of them, once; `chance` numbers the plans."""
    for make in (one_sign, halves, packages, documents, office_files):
        yield from make(chance)


def one_sign(chance: random.Random) -> Iterator[File]:
    """A sign or a word over and over: as one line under the limit, as one far over it, and as many short lines."""
    for name, sign in _SIGNS.items():
        head = HEAD.format(number=chance.randrange(1, 10_000))
        for length in (90_000, 1_000_000):
            yield f"sign-{name}-{length}.txt", (head + sign * (length // len(sign))).encode()
        line = sign * (200 // len(sign))
        yield f"sign-{name}-lines.txt", (head + f"{line}\n" * 2_000).encode()


def halves(chance: random.Random) -> Iterator[File]:
    """Encodings that break off, lie or mix."""
    plan = HEAD.format(number=chance.randrange(1, 10_000)) + "- Đến năm 2030, 90% hộ dân dùng nước sạch.\n" * 50
    wide = plan.encode("utf-16-le")
    yield "half-utf16.txt", b"\xff\xfe" + wide[: len(wide) // 2 * 2 - 1]
    yield "half-utf16-no-mark.txt", wide[:-1]
    yield "half-utf16-shifted.txt", b"\xff\xfe\x00" + wide
    yield "half-utf16-swapped.txt", b"\xfe\xff" + wide
    yield "half-utf32.txt", plan.encode("utf-32")
    yield "half-utf8.txt", plan.encode()[: len(plan)] + b"\xe1\xbb"
    yield "half-nul.txt", plan.encode().replace(b"\n", b"\x00\n\x00")
    yield "half-surrogates.txt", b"\xff\xfe" + wide + b"\x00\xd8" * 5_000
    yield "half-mixed.txt", plan.encode() + plan.encode("cp1258", "replace") + wide
    yield "half-overlong.txt", plan.encode() + b"\xc0\xaf\xe0\x80\xaf" * 10_000


def packages(chance: random.Random) -> Iterator[File]:
    """DOCX packages: entities and doctypes in every part, names twice, locked parts, ratios, relations that lead out."""
    body = "".join(map(p, HEAD.format(number=chance.randrange(1, 10_000)).splitlines()))
    outside = (
        '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y SYSTEM "http://127.0.0.1:9/">]><x>&x;&y;</x>'
    )
    for kind in _PLACES:
        files = parts(body, **{kind: ""})
        for name, content in (("entities", entities(kind)), ("outside", outside), ("not-xml", "\x00" * 4_000)):
            yield f"part-{kind}-{name}.docx", zipped({**files, f"word/{kind}.xml": content})
    for name in ("[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels", "docProps/app.xml"):
        yield f"part-{name.rpartition('/')[2]}-entities.docx", zipped({**parts(body), name: entities("Types")})
    yield "part-utf16-doctype.docx", zipped({**parts(body), "word/document.xml": outside.encode("utf-16")})
    for ratio in (90, 101, 1_000):
        blanks = f"<w:document xmlns:w='{WORD}'><w:body>{body}" + " " * 2_000_000 + "</w:body></w:document>"
        noise = chance.randbytes(2_000_000 // ratio // 2).hex()
        yield f"part-ratio-{ratio}.docx", zipped({**parts(body), "word/document.xml": blanks + f"<!--{noise}-->"})
    out = f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="../../../../etc/passwd"/>'
    yield (
        "part-climbs.docx",
        zipped({**parts(body), "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">{out}</Relationships>'}),
    )
    yield "part-absolute.docx", zipped({**parts(body), "/etc/passwd": "x", "..\\..\\x": "y", "word/../../z": "z"})
    yield "part-inner-zip.docx", zipped({**parts(body), "word/embeddings/a.docx": zipped(parts(body * 2_000))})
    yield "part-mimetype.docx", zipped({"mimetype": b" " * 300_000_000, **parts(body)})
    yield (
        "part-macro.docm",
        zipped({**parts(body), "word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + chance.randbytes(5_000)}),
    )
    deep = "<w:p>" * 300 + "<w:r><w:t>a</w:t></w:r>" + "</w:p>" * 300
    yield "part-deep-300.docx", zipped(parts(body + deep))
    attributes = " ".join(f"w:a{n}='x'" for n in range(100_000))
    yield "part-attributes.docx", zipped(parts(body + f"<w:p {attributes}/>"))


def documents(chance: random.Random) -> Iterator[File]:
    """PDFs and pages: ten thousand pages, locked, embedded files, loops of objects and of tables of them; 10 MB of elements."""
    words = b"BT /F 12 Tf 72 700 Td (KE HOACH %d) Tj ET\n" % chance.randrange(9_999)
    pages, first = 10_000, 5
    kids = b" ".join(b"%d 0 R" % (first + n) for n in range(pages))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R/Resources<</Font<</F 4 0 R>>>>>>"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    tree = b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, pages)
    yield "pdf-10000-pages.pdf", pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", tree, stream(words), font, *([page] * pages))
    whole = one_page(words)
    lock = b"/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O(%b)/U(%b)>>/ID[(a)(a)]" % (b"o" * 32, b"u" * 32)
    yield "pdf-locked.pdf", whole.replace(b"trailer\n<<", b"trailer\n<<" + lock)
    yield "pdf-self.pdf", pdf_of(b"1 0 R", b"2 0 R")
    yield "pdf-length-loop.pdf", whole.replace(b"/Length ", b"/Length 4 0 R %")
    yield "pdf-prev-loop.pdf", whole.replace(b"/Root", b"/Prev %d/Root" % whole.find(b"xref"))
    yield "pdf-twice.pdf", whole + whole + whole
    yield "pdf-tail.pdf", whole + chance.randbytes(3_000_000)
    yield "pdf-filters.pdf", whole.replace(b"/Filter/FlateDecode", b"/Filter[" + b"/FlateDecode" * 500 + b"]")
    cells = b"".join(b"BT /F 4 Tf %d %d Td (%d) Tj ET " % (n % 100 * 6, n // 100 % 200 * 4, n) for n in range(20_000))
    lines = b"".join(b"%d 0 m %d 800 l S 0 %d m 600 %d l S " % ((n * 6,) * 2 + (n * 4,) * 2) for n in range(200))
    yield "pdf-cells.pdf", one_page(words + cells + lines)
    plan = "".join(f"<p>{line}</p>" for line in HEAD.format(number=chance.randrange(1, 10_000)).splitlines())
    yield "html-10mb.html", f"<html><body>{plan}{'<div>' * 2_000_000}".encode()
    yield "html-tags.html", f"<html><body>{plan}{'<a b=c' * 300_000}".encode()
    yield "html-script.html", f"<html><body>{plan}<script>{'while(1){}' * 200_000}".encode()
    yield (
        "html-outside.html",
        f"<html><body>{plan}<img src='http://127.0.0.1:9/a'><iframe src='file:///etc/passwd'>".encode(),
    )
    yield "html-select.html", f"<html><body>{plan}{'<select><option>a' * 60_000}".encode()


def office_files(chance: random.Random) -> Iterator[File]:
    """Word's old form and RTF, each a start of LibreOffice."""
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + b"\x3e\x00\x03\x00\xfe\xff\x09\x00"
    yield (
        "ole-garbage.doc",
        ole + chance.randbytes(60_000) + "WordDocument".encode("utf-16-le") + chance.randbytes(60_000),
    )
    yield "ole-empty.doc", ole + "WordDocument".encode("utf-16-le") + bytes(200_000)
    yield "rtf-unclosed.rtf", b"{\\rtf1" + b"{\\b a" * 50_000
    yield "rtf-picture.rtf", b"{\\rtf1 KE HOACH{\\pict\\pngblip\\picw999999\\pich999999 " + b"ff" * 500_000 + b"}}"
    yield (
        "rtf-object.rtf",
        b"{\\rtf1 a{\\object\\objautlink\\objupdate{\\*\\objclass Word.Document}{\\*\\objdata 01050000}}}",
    )
    yield "rtf-field.rtf", b'{\\rtf1 {\\field{\\*\\fldinst INCLUDETEXT "/etc/passwd"}{\\fldrslt a}}}'
