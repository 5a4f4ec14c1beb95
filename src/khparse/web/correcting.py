"""Correcting records on the page: right, changed, none, missed; each with who and when, each to be undone."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from starlette.responses import RedirectResponse, Response

from khparse.errors import InputError
from khparse.model.record import BudgetRole, Comparator, DueKind, Relation, TargetKind
from khparse.service import corrections, judging
from khparse.store.corrections import Correction, list_corrections
from khparse.store.queries import plan_rows
from khparse.store.statuses import Status
from khparse.web.asking import STATUSES
from khparse.web.parameters import Parameter
from khparse.web.plans import KINDS
from khparse.web.rendering import json_response
from khparse.web.visit import NotFoundError, PageSpec, View, Visit

CHOICES = {
    "comparators": tuple(Comparator),
    "target_kinds": tuple(TargetKind),
    "due_kinds": tuple(DueKind),
    "budget_roles": tuple(BudgetRole),
    "relations": tuple(Relation),
}


def _kind(visit: Visit) -> str:
    kind = str(visit.path.get("kind") or visit.asked.get("kind") or "")
    if kind not in KINDS:
        raise NotFoundError
    return kind


def edit_page(visit: Visit) -> View:
    """A record's values in a form."""
    kind, plan_id = _kind(visit), visit.path["plan"]
    record = corrections.record_of(visit.database, plan_id, kind, visit.path["record"]).model_dump(mode="json")
    return _form(visit, kind, record, new=False)


def new_page(visit: Visit) -> View:
    """An empty form over marked words."""
    kind, asked = _kind(visit), visit.asked
    quote = asked["quote"] or ""
    record: dict[str, Any] = {"quote": quote, "start": asked["start"] or 0, "section": None}
    empty: dict[str, dict[str, Any]] = {
        "task": {"title": quote, "lead": [], "coordinating": [], "due": None, "deliverable": None},
        "target": {
            "indicator": quote,
            "comparator": "eq",
            "value": "",
            "value_max": None,
            "unit": "%",
            "horizon": None,
            "kind": "target",
            "lead": [],
        },
        "budget": {"purpose": "", "amount_vnd": "", "period": None, "fund": None, "role": "item"},
        "reference": {"type": "", "number": None, "date": None, "issuer": None, "title": None, "pinpoint": None},
        "finding": {"kind": "impossible_value", "message": ""},
    }
    return _form(visit, kind, {"relation": "cites", **record, **empty[kind]}, new=True)


def _form(visit: Visit, kind: str, record: dict[str, Any], *, new: bool) -> View:
    plan = plan_rows(visit.database, [visit.path["plan"]]).get(visit.path["plan"])
    if plan is None:
        raise NotFoundError
    view = {"plan": plan, "kind": kind, "record": record, "record_id": visit.path.get("record"), "new": new, **CHOICES}
    return View("edit.html", view, {"kind": kind, "record": record})


def save(visit: Visit) -> Response:
    """The changed values."""
    kind, plan_id, record_id = _kind(visit), visit.path["plan"], visit.path["record"]
    corrections.change(visit.database, plan_id, kind, record_id, values_of(visit, kind), visit.by)
    visit.compare_later({plan_id})
    return _back(visit, f"{kind}-{record_id}")


def add(visit: Visit) -> Response:
    """A record more."""
    kind, plan_id = _kind(visit), visit.path["plan"]
    near = visit.text("start")
    place = corrections.place_of(
        visit.database, plan_id, visit.text("quote"), int(near) if near.isdecimal() and len(near) < 10 else 0
    )
    values = values_of(visit, kind)
    if kind == "reference":
        values |= {"mentions": 1, "spans": ({"start": place[0], "end": place[1]},)}
    corrections.add(visit.database, plan_id, kind, place, values, visit.by)
    visit.compare_later({plan_id})
    return _back(visit, "records")


def review(visit: Visit) -> Response:
    """Right, or none."""
    kind, plan_id, record_id = _kind(visit), visit.path["plan"], visit.path["record"]
    if visit.text("verdict") == "accept":
        corrections.accept(visit.database, plan_id, kind, record_id, visit.by)
        return _back(visit, f"{kind}-{record_id}")
    if visit.text("verdict") != "reject":
        raise NotFoundError
    corrections.reject(visit.database, plan_id, kind, record_id, visit.by)
    visit.compare_later({plan_id})
    return _back(visit, "records")


def tell(visit: Visit) -> Response:
    """How far a task has come."""
    status = visit.text("status")
    if status not in STATUSES:
        raise NotFoundError
    corrections.record_of(visit.database, visit.path["plan"], "task", visit.path["record"])
    told = Status(status, _day(visit, "date"), visit.text("remark", 2000) or None)
    judging.tell_status(visit.database, visit.path["record"], told)
    if back := visit.back(("/tasks", "/deadlines"), ""):
        return RedirectResponse(back, 303)
    return _back(visit, f"task-{visit.path['record']}")


def take_back(visit: Visit) -> Response:
    """Undo one."""
    correction = corrections.take_back(visit.database, visit.path["correction"], visit.by)
    visit.compare_later({correction.plan_id})
    return RedirectResponse(f"/plans/{correction.plan_id}/corrections", 303)


def _back(visit: Visit, anchor: str) -> Response:
    if visit.wants_json:
        return json_response({"done": True})
    view = "?view=text" if visit.text("view") == "text" else ""
    return RedirectResponse(f"/plans/{visit.path['plan']}{view}#{anchor}", 303)


def values_of(visit: Visit, kind: str) -> dict[str, Any]:
    """The form's fields as a record's values; an empty field is null."""
    return _FORMS[kind](visit)


def _or_none(visit: Visit, name: str) -> str | None:
    return visit.text(name) or None


def _lines(visit: Visit, name: str) -> list[str]:
    return [line.strip() for line in visit.text(name).splitlines() if line.strip()]


def _number(visit: Visit, name: str) -> float | None:
    """For example "1.234,5" and "1234.5" -> 1234.5."""
    words = visit.text(name).replace(" ", "")
    if not words:
        return None
    if "," in words or words.count(".") > 1:
        words = words.replace(".", "").replace(",", ".")
    try:
        value = float(words)
    except ValueError as error:
        raise InputError(f"“{words}” không phải là số", "viết như 90 hoặc 12,5") from error
    if not abs(value) < 1e15:
        raise InputError(f"“{words}” quá lớn")
    return value


def _day(visit: Visit, name: str) -> str | None:
    """As people write it or ISO, as much as is known: "25/01/2022" -> "2022-01-25", "2022" stays."""
    words = visit.text(name)
    if not words:
        return None
    iso = "-".join(part.zfill(2) for part in reversed(words.split("/"))) if "/" in words else words
    try:
        date.fromisoformat((iso + "-01-01")[:10] if len(iso) < 10 else iso)
    except ValueError as error:
        raise InputError(f"“{words}” không phải là ngày", "viết như 15/11/2025") from error
    return iso


def _task(visit: Visit) -> dict[str, Any]:
    due = None
    if kind := visit.text("due_kind"):
        due = {"start": _day(visit, "due_start"), "end": _day(visit, "due_end")}
        due["recurrence"] = _or_none(visit, "due_recurrence")
        due |= {"kind": kind, "text": visit.text("due_text") or visit.text("due_end") or kind}
    return {
        "title": visit.text("title"),
        "lead": _lines(visit, "lead"),
        "coordinating": _lines(visit, "coordinating"),
        "due": due,
        "deliverable": _or_none(visit, "deliverable"),
    }


def _target(visit: Visit) -> dict[str, Any]:
    comparator = visit.text("comparator")
    return {
        "indicator": visit.text("indicator"),
        "comparator": comparator,
        "value": _number(visit, "value"),
        "value_max": _number(visit, "value_max") if comparator == "between" else None,
        "unit": visit.text("unit"),
        "horizon": _or_none(visit, "horizon"),
        "kind": visit.text("kind") or "target",
        "lead": _lines(visit, "lead"),
    }


def _budget(visit: Visit) -> dict[str, Any]:
    amount = visit.text("amount_vnd").replace(".", "").replace(" ", "")
    if not (amount.isascii() and amount.isdecimal() and len(amount) < 18):
        raise InputError("số tiền phải là số đồng", "viết như 2.000.000.000")
    names = ("period", "fund")
    return {
        "purpose": visit.text("purpose"),
        "amount_vnd": int(amount),
        "role": visit.text("role") or "item",
        **{name: _or_none(visit, name) for name in names},
    }


def _reference(visit: Visit) -> dict[str, Any]:
    names = ("number", "issuer", "title", "pinpoint")
    fixed = {"date": _day(visit, "date"), "type": visit.text("type"), "relation": visit.text("relation") or "cites"}
    return fixed | {name: _or_none(visit, name) for name in names}


def _finding(visit: Visit) -> dict[str, Any]:
    return {"kind": visit.text("kind"), "message": visit.text("message")}


_FORMS = {"task": _task, "target": _target, "budget": _budget, "reference": _reference, "finding": _finding}


def history(visit: Visit) -> View:
    """Every correction of a plan: who, when, before, after."""
    plan = plan_rows(visit.database, [visit.path["plan"]]).get(visit.path["plan"])
    if plan is None:
        raise NotFoundError
    rows = list_corrections(visit.database, plan.id)[::-1]
    shown = [(correction, changes(correction)) for correction in rows]
    data = {"rows": [_row(correction) for correction in rows]}
    return View("corrections.html", {"plan": plan, "rows": shown}, data)


def _row(correction: Correction) -> dict[str, Any]:
    names = ("id", "plan_id", "kind", "action", "quote", "section", "before", "after")
    who = ("author", "made_at", "undone_by", "undone_at")
    return {name: getattr(correction, name) for name in (*names, *who)}


def changes(correction: Correction) -> list[tuple[str, str, str]]:
    """What differs: field, before, after."""
    before, after = correction.before or {}, correction.after or {}
    if correction.action != "change":
        return []
    names = [name for name in after if after[name] != before.get(name) and name not in {"source", "confidence"}]
    return [(name, _said(before.get(name)), _said(after[name])) for name in names]


def _said(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(one["name"] if isinstance(one, dict) and "name" in one else str(one) for one in value)
    if isinstance(value, dict):
        return str(value.get("text") or json.dumps(value, ensure_ascii=False))
    return "" if value is None else str(value)


def export(visit: Visit) -> Response:
    """Every standing correction of every plan, a line for each: what training reads."""
    rows = [_row(correction) for correction in list_corrections(visit.database) if correction.stands]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    headers = {"content-disposition": 'attachment; filename="corrections.jsonl"'}
    return Response(lines, media_type="application/x-ndjson", headers=headers)


# of every kind of record; what a kind lacks is passed over
_VALUES = (
    "title", "lead", "coordinating", "due_kind", "due_text", "due_start", "due_end", "due_recurrence", "deliverable",
    "indicator", "comparator", "value", "value_max", "unit", "horizon", "kind", "purpose", "amount_vnd", "period", "fund",
    "role", "type", "number", "date", "issuer", "pinpoint", "relation", "message",
)  # fmt: skip
_POST = ("POST",)
_RECORD = "/plans/{plan:int}/{kind:str}/{record:int}"
PAGES = (
    PageSpec("/plans/{plan:int}/corrections", "Các lần sửa của một kế hoạch", history),
    PageSpec(
        "/plans/{plan:int}/new",
        "Thêm bản ghi",
        new_page,
        (
            Parameter("kind", "choice", "Loại bản ghi", KINDS),
            Parameter("start", "integer", "Chỗ bắt đầu trong văn bản"),
            Parameter("quote", "text", "Đoạn nguyên văn", most=10_000),
        ),
        role="editor",
        twin=False,
    ),
    PageSpec(
        "/plans/{plan:int}/new/{kind:str}",
        "Thêm bản ghi",
        add,
        methods=_POST,
        twin=False,
        role="editor",
        fields=("quote", "start", *_VALUES),
    ),
    PageSpec(f"{_RECORD}/edit", "Sửa bản ghi", edit_page, role="editor", twin=False),
    PageSpec(f"{_RECORD}/save", "Sửa bản ghi", save, methods=_POST, twin=False, role="editor", fields=_VALUES),
    PageSpec(
        f"{_RECORD}/review", "Đúng hoặc bỏ", review, methods=_POST, twin=False, role="editor", fields=("verdict",)
    ),
    PageSpec(
        "/plans/{plan:int}/task/{record:int}/status",
        "Tiến độ",
        tell,
        methods=_POST,
        twin=False,
        role="editor",
        fields=("status", "date", "remark", "back"),
    ),
    PageSpec("/corrections/{correction:int}/undo", "Hoàn tác", take_back, methods=_POST, twin=False, role="editor"),
    PageSpec("/corrections.jsonl", "Các lần sửa, dùng để huấn luyện", export, twin=False),
)
