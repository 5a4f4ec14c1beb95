"""Full text: the lines that hold all the words, with or without diacritics."""

from __future__ import annotations

from collections.abc import Iterable

from khparse.model.stored import Passage
from khparse.store.database import Database
from khparse.store.queries import plan_rows
from khparse.text.fold import fold


def match_of(words: str) -> str | None:
    """The words as an FTS5 question; None where they ask for nothing."""
    terms = _terms(words)
    if not terms:
        return None
    return f"(folded : ({_all_of(fold(term) for term in terms)})) OR (quote : ({_all_of(terms)}))"


def search(database: Database, words: str, limit: int = 50, offset: int = 0) -> list[Passage]:
    """Lines of plans with all the words, best first; those that have them with the same diacritics come before.

    "so giao duc" finds "Sở Giáo dục"; words in quotation marks are one phrase.
    """
    match = match_of(words)
    if match is None:
        return []
    rows = database.rows(
        """SELECT p.plan_id, s.path AS section, p.page, p."start", p."end", p.quote
           FROM passages_fts f JOIN passages p ON p.id = f.rowid LEFT JOIN sections s ON s.id = p.section_id
           WHERE passages_fts MATCH ? ORDER BY bm25(passages_fts, 2.0, 1.0), p.id LIMIT ? OFFSET ?""",
        (match, limit, offset),
    )
    plans = plan_rows(database, {row["plan_id"] for row in rows})
    return [Passage(plan=plans[row.pop("plan_id")], **row) for row in rows]


def count_passages(database: Database, words: str) -> int:
    """How many lines answer."""
    match = match_of(words)
    if match is None:
        return 0
    return int(database.rows("SELECT count(*) AS n FROM passages_fts WHERE passages_fts MATCH ?", (match,))[0]["n"])


def _terms(words: str) -> list[str]:
    """`"kế hoạch" chuyển đổi` -> the phrase, then each word; what is no letter or digit asks for nothing."""
    parts = words.replace("“", '"').replace("”", '"').split('"')
    terms = [
        term
        for index, part in enumerate(parts)
        for term in ([part] if index % 2 else part.split())
        if any(c.isalnum() for c in term)
    ]
    return [" ".join(term.split()) for term in terms]


def _all_of(terms: Iterable[str]) -> str:
    return " AND ".join(f'"{term}"' for term in terms)
