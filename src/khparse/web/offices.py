"""Offices: their list, what plans call each, and putting them right: one of two, two of one, another name."""

from __future__ import annotations

from typing import Any

from starlette.responses import RedirectResponse, Response

from khparse.errors import InputError
from khparse.service.lists import Listed
from khparse.store import office_list as store
from khparse.store.listing import Turn
from khparse.store.office_decisions import merge_offices, rename_office, split_office
from khparse.text.fold import fold
from khparse.web.asking import WORDS
from khparse.web.downloads import Field
from khparse.web.listing import ListSpec, list_page
from khparse.web.parameters import Parameter, paged
from khparse.web.visit import NotFoundError, PageSpec, View, Visit

_LEVELS = {"central": "trung ương", "province": "tỉnh", "district": "huyện", "commune": "xã"}
OFFICE_FIELDS = (
    Field("Cơ quan", lambda r: r["name"], 60),
    Field("Cấp", lambda r: _LEVELS[r["level"]], 12),
    Field("Địa bàn", lambda r: r["jurisdiction"], 24),
    Field("Chủ trì", lambda r: r["leads"], 10),
    Field("Phối hợp", lambda r: r["joins_in"], 10),
)
MOST_NAME = 300


def _load(visit: Visit, turn: Turn) -> Listed[dict[str, Any]]:
    asked = fold(visit.asked["q"] or "")
    rows = store.office_rows(visit.database, asked, sort=turn.sort, limit=turn.limit, offset=turn.offset)
    return Listed(tuple(rows), store.count_offices(visit.database, asked))


def offices(visit: Visit) -> View | Response:
    """Offices by some letters of their name, those with most work first."""
    spec = ListSpec("offices.html", "co-quan", OFFICE_FIELDS, _load, lambda row: row)
    return list_page(visit, spec, levels=_LEVELS)


def _office(visit: Visit) -> dict[str, Any]:
    row = store.office_row(visit.database, visit.path["office"])
    if row is None:
        raise NotFoundError(visit.words("không có cơ quan này"))
    return row


def office(visit: Visit) -> View:
    """One office: what plans call it, its parts, what was decided of it; with `into` the offices it may be one with."""
    row, asked = _office(visit), visit.asked["into"]
    names = store.names_given(visit.database, row["id"])
    found = store.office_rows(visit.database, fold(asked), limit=20) if asked else []
    view = {
        "office": row,
        "names": names,
        "parts": store.parts_of(visit.database, row["identity"]),
        "said": store.said_of(visit.database, row["identity"]),
        "into": [one for one in found if one["id"] != row["id"]],
        "asked": asked,
        "levels": _LEVELS,
    }
    return View("office.html", view, row | {"names": names, "parts": view["parts"]})


def merge(visit: Visit) -> Response:
    """It is one office with another: all that it answers for goes there."""
    into = visit.text("into", 12)
    if not (into.isascii() and into.isdecimal()):
        raise InputError("hãy chọn cơ quan để gộp vào")
    merge_offices(visit.database, _office(visit)["id"], int(into))
    return RedirectResponse(f"/offices/{int(into)}", 303)


def split(visit: Visit) -> Response:
    """One of its names means another office."""
    new = split_office(visit.database, _office(visit)["id"], visit.text("text", MOST_NAME), _name(visit))
    return RedirectResponse(f"/offices/{new}", 303)


def rename(visit: Visit) -> Response:
    """It is called otherwise."""
    row = _office(visit)
    rename_office(visit.database, row["id"], _name(visit))
    return RedirectResponse(f"/offices/{row['id']}", 303)


def _name(visit: Visit) -> str:
    name = " ".join(visit.text("name", MOST_NAME).split())
    if not any(c.isalpha() for c in name):
        raise InputError("hãy viết tên đầy đủ của cơ quan")
    return name


_POST = ("POST",)
PAGES = (
    PageSpec("/offices", "Cơ quan theo tên", offices, (WORDS, *paged(*store.SORTS))),
    PageSpec(
        "/offices/{office:int}",
        "Một cơ quan: văn bản gọi thế nào, có bao nhiêu việc",
        office,
        (Parameter("into", "text", "Tìm cơ quan để gộp vào"),),
    ),
    PageSpec(
        "/offices/{office:int}/merge",
        "Gộp vào cơ quan khác",
        merge,
        methods=_POST,
        twin=False,
        role="editor",
        fields=("into",),
    ),
    PageSpec(
        "/offices/{office:int}/split",
        "Tách một tên gọi ra",
        split,
        methods=_POST,
        twin=False,
        role="editor",
        fields=("text", "name"),
    ),
    PageSpec(
        "/offices/{office:int}/rename",
        "Đổi tên cơ quan",
        rename,
        methods=_POST,
        twin=False,
        role="editor",
        fields=("name",),
    ),
)
