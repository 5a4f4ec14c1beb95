"""What a search asks for: words and phrases as typed and without diacritics, and the same as FTS5 is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from khparse.text.fold import fold

WEIGHED = 3000  # lines: a question of common words is answered before anyone waits


@dataclass(frozen=True, slots=True)
class Terms:
    """All of these must stand in a line, as written or folded; a term of several words is a phrase."""

    written: tuple[str, ...]

    @property
    def folded(self) -> tuple[str, ...]:
        """The same without case and diacritics."""
        return tuple(map(fold, self.written))

    @property
    def match(self) -> str:
        """The FTS5 question: lines with the words' diacritics count twice, once folded and once as written."""
        return f"(folded : ({_all_of(self.folded)})) OR (quote : ({_all_of(self.written)}))"


def terms_of(words: str) -> Terms:
    """`"kế hoạch" chuyển đổi` -> the phrase, then each word; what is no letter or digit asks for nothing."""
    printable = "".join(c if c.isprintable() else " " for c in words)
    parts = printable.replace("“", '"').replace("”", '"').split('"')
    terms = [
        term
        for index, part in enumerate(parts)
        for term in ([part] if index % 2 else part.split())
        if any(c.isalnum() for c in term)
    ]
    return Terms(tuple(" ".join(term.split()) for term in terms))


def _all_of(terms: Iterable[str]) -> str:
    return " AND ".join(f'"{term}"' for term in terms)
