"""SQLite's full text in PostgreSQL: the same words, the same lines, the same order (bm25, as FTS5 reckons it)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import regex

from khparse.store.full_text import WEIGHED, Terms

# the tokenizer unicode61: letters, digits, private use; marks go on a word that has begun
_WORD = regex.compile(r"[\p{L}\p{N}\p{Co}][\p{L}\p{N}\p{Co}\u0300-\u0331]*+")


def words_of(text: str) -> list[str]:
    """A line's words as FTS5 has them: "48/NQ-CP, Sở Y tế" -> ["48", "nq", "cp", "sở", "y", "tế"]."""
    return [word.lower() for word in _WORD.findall(text)]


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A term in one of the columns, by the name of its parameter."""

    column: str
    words: list[str]
    name: str

    @property
    def said(self) -> str:
        """How often it stands in the line."""
        if len(self.words) == 1:
            return f"cardinality(array_positions(f.{self.column}, (:{self.name})[1]))"
        return f"times_said(f.{self.column}, :{self.name})"

    @property
    def stands(self) -> str:
        """Whether it stands in the line; the index knows of each word."""
        has_words = f"f.{self.column} @> :{self.name}"
        return has_words if len(self.words) == 1 else f"({has_words} AND {self.said} > 0)"


class FullText:
    """Lines asked for by their words; `ask` puts one question to the server."""

    def __init__(self, ask: Callable[[str, dict[str, Any]], list[dict[str, Any]]], terms: Terms) -> None:
        self._ask = ask
        self._phrases = {
            column: [_Phrase(column, words_of(term), f"{column}{n}") for n, term in enumerate(of_column)]
            for column, of_column in (("folded", terms.folded), ("quote", terms.written))
        }
        self._words = {phrase.name: phrase.words for of_column in self._phrases.values() for phrase in of_column}

    def _all_stand(self, column: str) -> str:
        return " AND ".join(phrase.stands for phrase in self._phrases[column])

    @property
    def _found(self) -> str:
        return f"(({self._all_stand('folded')}) OR ({self._all_stand('quote')}))"

    def count(self) -> int:
        """How many lines have all the terms."""
        return int(self._ask(f"SELECT count(*) AS n FROM passages_fts f WHERE {self._found}", self._words)[0]["n"])

    def lines(self, limit: int, offset: int) -> list[int]:
        """The lines' ids: the newest WEIGHED by bm25 (k1 = 1.2, b = 0.75, words as written count twice), then the rest."""
        newest = f"FROM passages_fts f WHERE {self._found} ORDER BY f.rowid DESC"
        sql, weights = f"SELECT f.rowid AS id {newest} LIMIT :limit OFFSET :offset", {}
        if offset < WEIGHED:
            sides = " + ".join(self._weight(column, of_column) for column, of_column in self._phrases.items())
            counts = ", ".join(
                f"CAST({phrase.said} AS float8) * {_COUNTS[phrase.column]} AS {name}"
                for name, phrase in self._named().items()
            )
            # OFFSET keeps what is counted once from being counted wherever it is used
            sql = f"""SELECT f.rowid AS id FROM (SELECT f.rowid {newest} LIMIT :weighed) AS n
                JOIN passages_fts f ON f.rowid = n.rowid, LATERAL
                (SELECT CAST(cardinality(f.quote) + cardinality(f.folded) AS float8) AS words, {counts} OFFSET 0) AS line
                ORDER BY -({sides}), f.rowid LIMIT :limit OFFSET :offset"""
            weights = self._weights() | {"weighed": WEIGHED}
        rows = self._ask(sql, self._words | weights | {"limit": limit, "offset": offset})
        return [int(row["id"]) for row in rows]

    def _weights(self) -> dict[str, Any]:
        """What lines are weighed by: how rare each phrase is, how long a line is, and bm25's two numbers."""
        (size,) = self._ask("SELECT passages, words FROM passages_fts_size", {})
        rare = {f"{name}_rare": self._rareness(phrase, size["passages"]) for name, phrase in self._named().items()}
        return rare | {"mean": size["words"] / max(size["passages"], 1), "k": 1.2, "b": 0.75}

    def _named(self) -> dict[str, _Phrase]:
        return {phrase.name: phrase for of_column in self._phrases.values() for phrase in of_column}

    def _rareness(self, phrase: _Phrase, lines: int) -> float:
        """What a phrase is worth: the rarer the more, never nothing."""
        found = f"SELECT count(*) AS n FROM passages_fts f WHERE {phrase.stands}"
        (row,) = self._ask(found, {phrase.name: phrase.words})
        worth = math.log((lines - row["n"] + 0.5) / (row["n"] + 0.5))
        return worth if worth > 0 else 1e-6

    def _weight(self, column: str, phrases: Sequence[_Phrase]) -> str:
        """A side's share of a line's weight, where the line has the side's terms."""
        length = f"{_real('k')} * (1 - {_real('b')} + {_real('b')} * line.words / {_real('mean')})"
        weight = " + ".join(
            f"{_real(f'{phrase.name}_rare')} * ((line.{phrase.name} * ({_real('k')} + 1)) / (line.{phrase.name} + {length}))"
            for phrase in phrases
        )
        return f"CASE WHEN {self._all_stand(column)} THEN {weight} ELSE 0 END"


_COUNTS = {"folded": 1, "quote": 2}


def _real(name: str) -> str:
    return f"CAST(:{name} AS float8)"
