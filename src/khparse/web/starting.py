"""The start page: what there is at a glance, where to put files, whose work to ask for."""

from __future__ import annotations

from khparse.service import shapes
from khparse.service.overview import overview
from khparse.web.visit import PageSpec, View, Visit


def start(visit: Visit) -> View:
    """The overview."""
    seen = overview(visit.database, visit.today)
    data = {
        "totals": seen.totals,
        "issuers": seen.issuers,
        "conflicts": [shapes.conflict_row(conflict) for conflict in seen.conflicts],
        "due": [shapes.task_row(task) for task in seen.due],
        "due_total": seen.due_total,
        "offices": list(seen.offices),
        "parents": [
            {"document": one.document, "name": one.name, "title": one.title, "plans": [plan.id for plan in one.plans]}
            for one in seen.parents
        ],
    }
    most = max((office["lead"] for office in seen.offices), default=0) or 1
    peak = max((n for counts in seen.issuers.values() for n in counts.values()), default=0) or 1
    return View("start.html", {"seen": seen, "most": most, "peak": peak}, data)


PAGES = (PageSpec("/", "Tổng quan", start),)
