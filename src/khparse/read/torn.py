"""Paragraphs torn in two by a page's end, a blank line or a line's end, made whole; centred titles too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import regex

from khparse.read.flow import Flow, Para

# a sentence goes on: its first part ends on a word or comma, its second begins small and is no item of its own
_OPEN = regex.compile(r"[\p{L}\p{N},%)”\"]\s*$")
_GOES_ON = regex.compile(r"\s*(?![a-zđ]{1,2}[.)]\s|[ivx]{1,5}[.)]\s)\p{Ll}")
# shorter than a printed line, a line was ended on purpose
_LINE = 60


def made_whole(flow: Iterable[Flow]) -> Iterator[Flow]:
    """The flow with torn paragraphs joined; empty ones between their parts go.

    "… các tổ chức trong nước" / "và ngoài nước tham gia." -> one paragraph.
    """
    held: list[Flow] = []  # a paragraph that may go on, and the empty ones after it
    for block in flow:
        if held and isinstance(block, Para) and not block.text.strip() and not block.after:
            held.append(block)
        elif held and _continues(held[0], block):
            held = [_joined(held, block)]
        else:
            yield from held
            held = [block]
    yield from held


def _continues(first: Flow, second: Flow) -> bool:
    if not (isinstance(first, Para) and isinstance(second, Para)):
        return False
    if not first.kind == second.kind == "paragraph" or first.style.centered != second.style.centered:
        return False
    # a centred title is broken where its words part well
    enough = len(first.text) >= _LINE or (first.style.centered and not first.text.isupper())
    weight = first.style.bold == second.style.bold
    return enough and weight and bool(_OPEN.search(first.text)) and _GOES_ON.match(second.text) is not None


def _joined(held: list[Flow], second: Flow) -> Para:
    """The parts as one paragraph, with the page starts of the empty ones between them."""
    parts = [para for para in (*held, second) if isinstance(para, Para)]
    text = " ".join(para.text for para in parts)
    return replace(parts[0], text=text, after=tuple(block for para in parts for block in para.after))
