"""Full text: the lines that hold all the words, with or without diacritics."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import product

from khparse.model.stored import Passage
from khparse.store.database import Database
from khparse.store.queries import plan_rows
from khparse.text.fold import fold

WEIGHED = 3000  # lines: a question of common words is answered before anyone waits


def match_of(words: str) -> str | None:
    """The words as an FTS5 question; None where they ask for nothing."""
    terms = _terms(words)
    if not terms:
        return None
    return f"(folded : ({_all_of(fold(term) for term in terms)})) OR (quote : ({_all_of(terms)}))"


def either_way(words: str, *, unfinished: bool = False) -> str:
    """The words as a question to an index that keeps "đ" apart from "d": "dien" finds "điện" and "diện".

    `unfinished`: the last word may be the beginning of one.
    """
    terms = _terms(words)
    asked = [_either(term) for term in terms]
    if unfinished and terms and terms[-1].isalnum():
        asked[-1] = " OR ".join(f'"{form}"*' for form in _forms(terms[-1]))
    return " AND ".join(f"({term})" for term in asked) or '""'


def search(database: Database, words: str, limit: int = 50, offset: int = 0) -> list[Passage]:
    """Lines of plans with all the words, best first; those that have them with the same diacritics come before.

    "so giao duc" finds "Sở Giáo dục"; words in quotation marks are one phrase. Of very many lines only the newest
    are weighed against each other; the others follow as they came in.
    """
    match = match_of(words)
    if match is None:
        return []
    ids = _best(database, match, limit, offset)
    rows = database.rows(
        """SELECT p.plan_id, s.path AS section, p.page, p."start", p."end", p.quote
           FROM json_each(?) f JOIN passages p ON p.id = f.value LEFT JOIN sections s ON s.id = p.section_id
           ORDER BY f.key""",
        (json.dumps(ids),),
    )
    plans = plan_rows(database, {row["plan_id"] for row in rows})
    return [Passage(plan=plans[row.pop("plan_id")], **row) for row in rows]


def _best(database: Database, match: str, limit: int, offset: int) -> list[int]:
    """The asked lines' ids: the newest WEIGHED in the order of their weight, then the rest."""
    newest = "FROM passages_fts WHERE passages_fts MATCH :match ORDER BY rowid DESC"
    asked = {"match": match, "weighed": WEIGHED, "limit": limit, "offset": offset}
    if offset >= WEIGHED:
        rows = database.rows(f"SELECT rowid AS id {newest} LIMIT :limit OFFSET :offset", asked)
    else:
        rows = database.rows(
            f"""SELECT id FROM (SELECT rowid AS id, bm25(passages_fts, 2.0, 1.0) AS weight {newest} LIMIT :weighed)
                ORDER BY weight, id LIMIT :limit OFFSET :offset""",
            asked,
        )
    return [int(row["id"]) for row in rows]


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


def _either(term: str) -> str:
    """A term with each of its words written with "d" and with "đ"; a long phrase as it was typed and without bars."""
    words = [_forms(word) for word in term.split()]
    if sum(len(forms) > 1 for forms in words) > 3:
        return f'"{term}" OR "{" ".join(forms[0] for forms in words)}"'
    return " OR ".join(f'"{" ".join(one)}"' for one in product(*words))


def _forms(word: str) -> list[str]:
    """For example "Điện" -> ["dien", "đien"], "so" -> ["so"]."""
    plain = fold(word)
    return [plain, plain.replace("d", "đ")] if "d" in plain else [plain]


def _all_of(terms: Iterable[str]) -> str:
    return " AND ".join(f'"{term}"' for term in terms)
