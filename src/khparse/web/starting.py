"""The start page: what there is at a glance, where to put files, whose work to ask for."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from khparse.service import shapes
from khparse.service.lists import Listed
from khparse.service.overview import Parent, overview, parents
from khparse.store import overview as figures
from khparse.store.listing import Turn
from khparse.web.downloads import Field
from khparse.web.listing import ListSpec, list_page
from khparse.web.parameters import paged
from khparse.web.visit import PageSpec, View, Visit


def start(visit: Visit) -> View:
    """The overview."""
    seen = overview(visit.database, visit.today)
    data = {
        "totals": seen.totals,
        "issuers": seen.issuers,
        "conflicts": [shapes.conflict_row(conflict) for conflict in seen.conflicts],
        "due": [shapes.task_row(one.task) | {"day": one.day} for one in seen.due],
        "due_total": seen.due_total,
        "offices": list(seen.offices),
        "parents": [_parent_row(one) for one in seen.parents],
    }
    most = max((office["lead"] for office in seen.offices), default=0) or 1
    peak = max((n for counts in seen.issuers.values() for n in counts.values()), default=0) or 1
    return View("start.html", {"seen": seen, "most": most, "peak": peak}, data)


def _parent_row(parent: Parent) -> dict[str, Any]:
    plans = [{"id": one.plan.id, "total": one.total, "below": [plan.id for plan in one.below]} for one in parent.plans]
    return {
        "document": parent.document,
        "name": parent.name,
        "title": parent.title,
        "total": parent.total,
        "plans": plans,
    }


def _load_tree(visit: Visit, turn: Turn) -> Listed[Parent]:
    return Listed(parents(visit.database, turn.limit, turn.offset), figures.count_parents(visit.database))


def tree(visit: Visit) -> View | Response:
    """Plans under what they carry out."""
    fields = (
        Field("Văn bản", lambda r: r.name, 30),
        Field("Tên", lambda r: r.title, 70),
        Field("Kế hoạch", lambda r: r.total, 10),
    )
    size = min(visit.asked["size"] or TREES, TREES)
    visit.asked["size"] = size
    return list_page(visit, ListSpec("tree.html", "cay-ke-hoach", fields, _load_tree, _parent_row))


TREES = 6  # documents on a page
PAGES = (
    PageSpec("/", "Tổng quan", start),
    PageSpec("/tree", "Kế hoạch dưới văn bản mà chúng thực hiện", tree, paged("plans")),
)
