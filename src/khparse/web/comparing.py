"""Plans beside each other: targets by indicator, and conflicts with both quotes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

from khparse.errors import KhparseError
from khparse.model.conflict import KINDS
from khparse.model.stored import Comparable, StoredConflict, StoredTask
from khparse.service import questions, shapes
from khparse.service.comparison import compare
from khparse.service.lists import Listed
from khparse.service.originals import original_of
from khparse.service.pictures import shown_pages
from khparse.service.plan import Mark
from khparse.store import overview as figures
from khparse.store.conflicts import OPEN, count_conflicts, decide, get_conflict, list_conflicts, undecide
from khparse.store.listing import Turn
from khparse.store.pairs import pair_of_conflict
from khparse.store.queries import plan_rows
from khparse.web.downloads import Field
from khparse.web.listing import ListSpec, list_page
from khparse.web.marking import areas_on
from khparse.web.parameters import Parameter, paged
from khparse.web.rendering import figure
from khparse.web.visit import NotFoundError, PageSpec, View, Visit

MOST_COMPARED = 12
VERDICTS = ("confirmed", "dismissed")


def compare_page(visit: Visit) -> View:
    """The plans chosen, or those that carry out one document; without either, what can be chosen."""
    document = visit.asked["document"]
    ids = figures.plans_under(visit.database, document) if document is not None else ()
    asked = tuple(questions.plan_named(visit.database, name) for name in (visit.asked["names"] or "").split())
    chosen = tuple(dict.fromkeys((*visit.asked["plan"], *asked, *ids)))
    plans = plan_rows(visit.database, chosen[:MOST_COMPARED])
    order = [plan_id for plan_id in chosen[:MOST_COMPARED] if plan_id in plans]
    rows = compare(visit.database, order) if len(order) > 1 else []
    shown = [row for row in rows if row.agreement == visit.asked["agreement"] or visit.asked["agreement"] is None]
    shown.sort(key=lambda row: {"differ": 0, "agree": 1, "missing": 2}[row.agreement])
    view = {
        "plans": [plans[plan_id] for plan_id in order],
        "rows": shown[:300],
        "count": len(shown),
        "left_out": len(chosen) - len(order),
        "parents": figures.parents(visit.database, 30) if len(order) < 2 else [],
        "counts": {kind: sum(row.agreement == kind for row in rows) for kind in ("agree", "differ", "missing")},
    }
    data = {"plans": order, "rows": [shapes.compared_row(row) for row in shown]}
    return View("compare.html", view, data)


def _conflicts(visit: Visit, turn: Turn) -> Listed[StoredConflict]:
    asked = visit.asked
    plan = questions.plan_named(visit.database, asked["plan"]) if asked["plan"] else None
    narrowed: dict[str, Any] = {"kind": asked["kind"], "plan_id": plan, "dismissed": asked["dismissed"]}
    rows = list_conflicts(visit.database, limit=turn.limit, offset=turn.offset, **narrowed)
    return Listed(tuple(rows), count_conflicts(visit.database, **narrowed))


CONFLICT_FIELDS = (
    Field("Mức", lambda r: r.severity, 10),
    Field("Loại", lambda r: r.kind, 16),
    Field("Chắc", lambda r: "có" if r.sure else "cần xem", 10),
    Field("Vì sao", lambda r: r.why, 70),
    Field("Kế hoạch A", lambda r: r.a.plan.name, 24),
    Field("Trích A", lambda r: r.a.quote, 50),
    Field("Kế hoạch B", lambda r: r.b.plan.name, 24),
    Field("Trích B", lambda r: r.b.quote, 50),
    Field("Xử lý", lambda r: r.status, 12),
    Field("Ghi chú", lambda r: r.remark, 40),
)


def conflicts(visit: Visit) -> View | Response:
    """Where plans contradict each other, the surest and gravest first."""
    spec = ListSpec("conflicts.html", "xung-dot", CONFLICT_FIELDS, _conflicts, shapes.conflict_row)
    return list_page(visit, spec, kinds=KINDS)


@dataclass(frozen=True, slots=True)
class Side:
    """One of a conflict's two records, with the picture of its page where there is one."""

    record: Comparable
    kind: str
    figure: str
    fragment: dict[str, Any] | None


def conflict_page(visit: Visit) -> View:
    """A conflict: both quotes side by side, each on its page, and what to make of it."""
    conflict = get_conflict(visit.database, visit.path["conflict"])
    if conflict is None:
        raise NotFoundError(visit.words("xung đột này không còn"))
    sides = (_side(visit, conflict.a), _side(visit, conflict.b))
    pair = pair_of_conflict(visit.database, conflict.identity)
    view = {"conflict": conflict, "sides": sides, "pair": pair}
    return View("conflict.html", view, shapes.conflict_row(conflict) | {"pair": pair})


def _side(visit: Visit, record: Comparable) -> Side:
    kind = "task" if isinstance(record, StoredTask) else "budget" if hasattr(record, "amount_vnd") else "target"
    words = figure(record) if kind == "target" else ""  # type: ignore[arg-type]
    return Side(record, kind, words, _fragment(visit, record, kind))


def _fragment(visit: Visit, record: Comparable, kind: str) -> dict[str, Any] | None:
    original = original_of(visit.database, record.plan.id)
    shown = shown_pages(visit.database, record.plan.id, original) if original else None
    if shown is None:
        return None
    mark = Mark(kind, record.id, record.start, record.end, record.page, record.quote, doubtful=False)
    pictures = visit.services.pictures
    try:
        if shown.words is not None:
            found = next((word for word in pictures.all_words(shown) if word.span.end > record.start), None)
            mark = replace(mark, page=found.box.page if found else None)
        if mark.page is None:
            return None
        width, height = pictures.sizes(shown)[mark.page - 1]
        areas = areas_on(pictures.words(shown, mark.page), [mark])
    except (KhparseError, IndexError):
        return None
    names = {"plan": record.plan.id, "number": mark.page, "width": width, "height": height, "areas": areas}
    return names | {"version": shown.sha256[:12]}


def judge(visit: Visit) -> Response:
    """What a person makes of a conflict."""
    conflict = get_conflict(visit.database, visit.path["conflict"])
    verdict = visit.text("verdict")
    if conflict is None or verdict not in (*VERDICTS, OPEN):
        raise NotFoundError
    if verdict == OPEN:
        undecide(visit.database, "conflict", conflict.identity, "")
        return RedirectResponse(f"/conflicts/{quote(conflict.identity)}", 303)
    remark = visit.text("remark", 2000)
    signed = f"{remark} ({visit.by})" if remark and visit.account else remark
    decide(visit.database, "conflict", conflict.identity, "", verdict, signed)
    return RedirectResponse(f"/conflicts/{quote(conflict.identity)}", 303)


PAGES = (
    PageSpec(
        "/compare",
        "Chỉ tiêu của các kế hoạch, mỗi chỉ tiêu một dòng",
        compare_page,
        (
            Parameter("plan", "integers", "Mã các kế hoạch"),
            Parameter("names", "text", "Số ký hiệu các kế hoạch, cách nhau bằng dấu cách"),
            Parameter("document", "integer", "Các kế hoạch cùng thực hiện văn bản này (mã)"),
            Parameter("agreement", "choice", "Chỉ các dòng", ("agree", "differ", "missing")),
        ),
    ),
    PageSpec(
        "/conflicts",
        "Chỗ các kế hoạch mâu thuẫn",
        conflicts,
        (
            Parameter("kind", "choice", "Loại", KINDS),
            Parameter("plan", "text", "Mã hoặc số ký hiệu của kế hoạch"),
            Parameter("dismissed", "flag", "Cả chỗ đã bỏ qua"),
            *paged("rank"),
        ),
    ),
    PageSpec("/conflicts/{conflict:str}", "Một xung đột", conflict_page),
    PageSpec(
        "/conflicts/{conflict:str}/judge",
        "Xác nhận, bỏ qua, hoặc rút lại (open)",
        judge,
        methods=("POST",),
        twin=False,
        role="editor",
        fields=("verdict", "remark"),
    ),
)
