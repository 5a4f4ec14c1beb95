"""Full text: the lines that hold all the words, with or without diacritics."""

from __future__ import annotations

import json
from itertools import product

from khparse.model.stored import Passage
from khparse.store.database import Database
from khparse.store.full_text import terms_of
from khparse.store.queries import plan_rows
from khparse.text.fold import fold

MOST_BARS = 4  # places of a term that are asked for both ways


def either_way(words: str, *, unfinished: bool = False) -> str:
    """The words as a question to an index that keeps "đ" apart from "d": "dien" finds "điện" and "diện".

    `unfinished`: the last word may be the beginning of one.
    """
    terms = terms_of(words).written
    asked = [_either(term) for term in terms]
    if unfinished and terms:
        asked[-1] = " OR ".join(f'"{form}"*' for form in _forms(terms[-1]))
    return " AND ".join(f"({term})" for term in asked) or '""'


def search(database: Database, words: str, limit: int = 50, offset: int = 0) -> list[Passage]:
    """Lines of plans with all the words, best first; those that have them with the same diacritics come before.

    "so giao duc" finds "Sở Giáo dục"; words in quotation marks are one phrase. Of very many lines only the newest
    are weighed against each other; the others follow as they came in.
    """
    terms = terms_of(words)
    ids = database.lines_with(terms, limit, offset) if terms.written else []
    rows = database.rows(
        """SELECT p.id, p.plan_id, s.path AS section, p.page, p."start", p."end", p.quote
           FROM passages p LEFT JOIN sections s ON s.id = p.section_id WHERE p.id IN (SELECT value FROM json_each(?))""",
        (json.dumps(ids),),
    )
    plans = plan_rows(database, {row["plan_id"] for row in rows})
    found = {row.pop("id"): row for row in rows}
    return [Passage(plan=plans[found[id_].pop("plan_id")], **found[id_]) for id_ in ids]


def count_passages(database: Database, words: str) -> int:
    """How many lines answer."""
    terms = terms_of(words)
    return database.count_lines_with(terms) if terms.written else 0


def _either(term: str) -> str:
    """A term with "d" and with "đ" wherever one of them stands."""
    return " OR ".join(f'"{form}"' for form in _forms(term))


def _forms(term: str) -> list[str]:
    """For example "Điện" -> ["dien", "đien"]; with more than MOST_BARS places as it was typed and without bars."""
    plain = fold(term)
    if (places := plain.count("d")) > MOST_BARS:
        return [term, plain]
    parts = plain.split("d")
    return ["".join(map(str.__add__, parts, (*bars, ""))) for bars in product("dđ", repeat=places)]
