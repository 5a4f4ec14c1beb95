"""Words that may stand in XML."""

from __future__ import annotations

import regex

_FORBIDDEN = regex.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


def xml_text(words: str) -> str:
    """The words with a blank for each character that XML 1.0 forbids (a form feed, U+FFFE)."""
    return _FORBIDDEN.sub(" ", words)
