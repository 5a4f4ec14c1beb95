"""A list's page: turned to, sorted, downloaded; the same for every kind of record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from khparse.service.lists import MOST_EXPORTED, Listed
from khparse.store.listing import Turn
from khparse.web.downloads import Field, download
from khparse.web.visit import View, Visit

SIZE = 50
MOST = 200


@dataclass(frozen=True, slots=True)
class Leaf:
    """Where a list stands: this page of so many, of `total` rows from `first` to `last`."""

    page: int
    pages: int
    total: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class ListSpec:
    """What a list is made of: its template, its file's name and columns, its rows, and a row as JSON."""

    template: str
    name: str
    fields: Sequence[Field]
    load: Callable[[Visit, Turn], Listed[Any]]
    row: Callable[[Any], Any]
    descending: bool = False  # the list's own order is from the greatest


def list_page(visit: Visit, spec: ListSpec, **shown: Any) -> View | Response:
    """The asked page of a list, or all of it as a file."""
    asked = visit.asked
    descending = bool(asked["desc"]) or (spec.descending and asked["sort"] is None)
    if asked["format"]:
        turn = Turn(asked["sort"] or "", descending, MOST_EXPORTED, 0)
        return download(spec.name, asked["format"], spec.fields, spec.load(visit, turn).rows)
    size = min(max(asked["size"] or SIZE, 1), MOST)
    page = max(asked["page"] or 1, 1)
    found = spec.load(visit, Turn(asked["sort"] or "", descending, size, (page - 1) * size))
    pages = max(1, -(-found.total // size))
    first = (page - 1) * size + 1 if found.rows else 0
    leaf = Leaf(page, pages, found.total, first, first + len(found.rows) - 1 if found.rows else 0)
    data = {"total": found.total, "page": page, "pages": pages, "rows": [spec.row(row) for row in found.rows]}
    return View(spec.template, {"rows": found.rows, "leaf": leaf, "descending": descending, **shown}, data)
