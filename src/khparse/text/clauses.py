"""Where the first sentence of a paragraph ends: what a task is called by."""

from __future__ import annotations

import regex

# a dot after "TP", "ThS", "Q" is an abbreviation's, one before a small letter or a digit no sentence's
_END = regex.compile(r"(?<!(?<!\p{L})(?:\p{Lu}\p{L}{0,2}|v\.v|tr))[.!?](?=[\s”\"]+[\p{Lu}“\"(+-])|\n")
_TRAILING = " \t\n.;,:…–-"


def first_sentence(text: str) -> str:
    """A cell's or paragraph's first sentence without the mark that ends it: "Xây kho. Các xã …" -> "Xây kho"."""
    end = _END.search(text.lstrip())
    return plain_end(text.lstrip()[: end.start()] if end else text)


def plain_end(text: str) -> str:
    """Words without blanks and punctuation behind: "Bảo vệ rừng; " -> "Bảo vệ rừng"."""
    return " ".join(text.split()).rstrip(_TRAILING)
