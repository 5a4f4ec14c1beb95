"""How a line of an administrative text opens: bullets, numbered labels, and how a sentence ends."""

from __future__ import annotations

import regex

# "o" and private-use signs are what Word's bullets become in plain text; a dash before a figure may be a minus or a range
_BULLET = regex.compile(r"(?P<marker>[-–—−+•●○◦▪■□◆❖➢✓✔·*\uf000-\uf0ff]|o(?=\s+\p{Lu}))(?=\s|[\p{L}\d“\"‘(*])")
_DASHES = str.maketrans("–—−", "---")
_LABEL = regex.compile(
    r"(?:phần|chương|mục|điều)\s+(?:thứ\s+\p{L}+|[IVXLC]+|\d{1,3}|[A-Z])\b"
    r"|phụ\s+lục\b"
    r"|(?-i:[IVXLC]{1,7}|[A-HK])\s?[.)/\-–](?=\s|\p{L})"
    r"|\d{1,2}(?:\.\d{1,2}){1,4}[.)]?\s+(?=[\p{L}“\"‘(])"
    r"|\d{1,3}\s?(?:[.)](?=\s|\p{L})|/(?=\s|(?-i:\p{Lu}\p{Ll})))(?!\s*\d{3}\b(?!\s?%))"
    r"|\d{1,2}\s?[-–]\s?(?=(?-i:\p{Lu}))|\d{1,2}[-–]\s(?=\d{1,3}\s?%)"
    r"|(?-i:[a-zđ](?:\.?\d{1,2})?|[ivx]{2,4})\s?[).](?=\s|\p{L})"
    r"|(?-i:[a-hđ]\s?[/\-–]\s(?=\p{Lu}))"
    r"|\(\s?(?:\d{1,2}|[a-zđ]|[ivx]{1,4})\s?\)(?=\s*\p{L})",
    regex.IGNORECASE,
)
_END = regex.compile(r"[.;:!?…][”\"’)\]*]*$|[./]/?\.$")


def bullet_at(text: str) -> tuple[str, int] | None:
    """The bullet that opens a paragraph and where its words start: "+100% thủ tục" -> ("+", 1); None without one.

    A range or a negative number is none: "-5 độ" has a dash before a figure with no blank; "- 80%" is a bullet.
    """
    found = _BULLET.match(text)
    if found is None:
        return None
    marker = found.group("marker").translate(_DASHES)
    if marker == "*" and text.startswith("**"):
        return None
    rest = text[found.end() :]
    return marker, found.end() + len(rest) - len(rest.lstrip())


def opens_label(text: str) -> bool:
    """Whether a line opens like a numbered unit: "2. Mục tiêu", "a) Rà soát", "II- NỘI DUNG", not "2. 500 học sinh"."""
    return _LABEL.match(text) is not None


def ends_sentence(text: str) -> bool:
    """Whether a line's end ends a sentence, an item or a lead-in: ".", ";", ":", "./."."""
    return _END.search(text[-8:]) is not None
