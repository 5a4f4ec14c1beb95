"""Hostile files, the same for the same seed: crafted ones, long lines against every rule, and damaged plans."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from hostile_crafted import HEAD, File, crafted
from hostile_more import more

from khparse.rules.load import load

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
BOOKS = (
    "letterhead",
    "headings",
    "tables",
    "references",
    "targets",
    "tasks",
    "deadlines",
    "money",
    "offices",
    "findings",
)
LONG = 1_000_000


def hostile(count: int, seed: int, long: int = LONG) -> Iterator[File]:
    """`count` files: those crafted, lines of `long` characters against each rule, then damaged plans."""
    chance = random.Random(seed)  # noqa: S311 - damage, not secrets
    made = 0
    for source in (crafted(chance), against_rules(chance, long), more(chance)):
        for file in source:
            made += 1
            yield file
    for number in range(max(count - made, 0)):
        yield damaged(number, chance)


def against_rules(chance: random.Random, long: int) -> Iterator[File]:
    """For each rule one line of what it is about, over and over; its beginnings, and it with its ends cut off."""
    for book in BOOKS:
        for rule in load(book).rules:
            for example in rule.data.examples[:1]:
                words = " ".join(example.text.split())
                part = chance.choice((words, words[: max(len(words) // 2, 1)], words[:-1])) + " "
                head = HEAD.format(number=chance.randrange(1, 10_000))
                yield f"line-{book}-{rule.id}.txt", (head + part * (long // len(part))).encode()


def damaged(number: int, chance: random.Random) -> File:
    """One of the corpus' plans, damaged once or a few times."""
    forms = ("text", "docx", "pdf", "pdf", "docx", "html")
    form = chance.choice(forms)
    data, ending = _sample(form, chance)
    inside = form == "docx" and chance.random() < 0.6
    hurt = _inside_package if inside else _anywhere
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        data = hurt(data, chance)
    return f"hurt-{number:05}.{ending}", data


def _sample(form: str, chance: random.Random) -> tuple[bytes, str]:
    folder = CORPUS / ("text" if form == "html" else form)
    data = chance.choice(sorted(path for path in folder.iterdir() if path.is_file())).read_bytes()
    if form == "html":
        data = b"<html><body><p>" + data.replace(b"\n", b"</p>\n<p>") + b"</p></body></html>"
    return data, {"text": "txt"}.get(form, form)


def _inside_package(data: bytes, chance: random.Random) -> bytes:
    """One part of a package damaged, the package itself whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except zipfile.BadZipFile:
        return data
    name = chance.choice([*parts, *(["word/document.xml"] * 4)])
    if name in parts:
        parts[name] = chance.choice((_anywhere, _tags))(parts[name], chance)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return stream.getvalue()


_TAG = re.compile(rb"<[^<>]{1,300}>")


def _tags(data: bytes, chance: random.Random) -> bytes:
    """Markup that is still markup: an element gone, doubled many times, or with another figure in it."""
    tags = list(_TAG.finditer(data))
    if not tags:
        return data
    start, end = sorted(chance.choice(tags).start() for _ in range(2))
    kinds: tuple[Callable[[], bytes], ...] = (
        lambda: data[:start] + data[end:],
        lambda: data[:end] + data[start:end] * chance.choice((1, 1, 3)) + data[end:],
        lambda: re.sub(rb'"\d+"', lambda _: b'"%d"' % chance.choice((0, -1, 2**31, 10**12, 3)), data),
    )
    return chance.choice(kinds)()


def _anywhere(data: bytes, chance: random.Random) -> bytes:
    if len(data) < 2:
        return data
    start, end = sorted(chance.randrange(len(data)) for _ in range(2))
    span = min(end, start + 4_000)
    kinds: tuple[Callable[[], bytes], ...] = (
        lambda: data[:start],
        lambda: data[start:],
        lambda: _flipped(data, chance),
        lambda: data[:start] + data[span:],
        lambda: data[:start] + bytes(span - start) + data[span:],
        lambda: data[:start] + chance.randbytes(chance.randrange(1, 60)) + data[start:],
        lambda: data[:span] + data[start:span] * chance.choice((1, 2, 50)) + data[span:],
        lambda: data[:start] + data[end:] + data[start:span],
        lambda: _figures(data, chance),
    )
    return chance.choice(kinds)()


def _flipped(data: bytes, chance: random.Random) -> bytes:
    hurt = bytearray(data)
    for _ in range(chance.choice((1, 3, 30, 300))):
        hurt[chance.randrange(len(hurt))] ^= 1 << chance.randrange(8)
    return bytes(hurt)


def _figures(data: bytes, chance: random.Random) -> bytes:
    """A few figures of the file made great, negative or nothing."""

    def other(match: re.Match[bytes]) -> bytes:
        if chance.random() > 0.02:
            return match.group()
        return chance.choice((b"0", b"-1", b"4294967295", b"999999999999", b""))

    return re.sub(rb"(?<![\w.])\d{1,9}(?![\w.])", other, data)
