"""Lists that are asked of the whole database: tasks, targets, budgets, findings, lines of text, offices."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from khparse.model.record import DueKind, FindingKind
from khparse.model.stored import Passage, StoredBudget, StoredFinding, StoredPlan, StoredTarget, StoredTask
from khparse.service import judging, lists, questions, shapes
from khparse.service.lists import Asked, Listed
from khparse.store import overview as figures
from khparse.store.listing import Turn, Wanted
from khparse.store.office_list import office_rows
from khparse.text.fold import fold
from khparse.web.downloads import Field
from khparse.web.listing import ListSpec, list_page
from khparse.web.parameters import Parameter, paged
from khparse.web.rendering import figure
from khparse.web.visit import PageSpec, View, Visit

STATUSES = ("not_started", "in_progress", "done")
WORDS = Parameter("q", "text", "Có các từ này, có hoặc không dấu")
OFFICE = Parameter("office", "text", "Tên hoặc tên tắt của cơ quan")
PLAN = Parameter("plan", "text", "Mã hoặc số ký hiệu của kế hoạch")
PROVINCE = Parameter("province", "text", "Tỉnh, thành phố")
DOUBTFUL = Parameter("doubtful", "flag", "Chỉ chỗ đọc chưa chắc")


def place_fields(*own: Field) -> tuple[Field, ...]:
    """A record's columns, with where it stands."""
    return (
        *own,
        Field("Kế hoạch", lambda r: r.plan.number or r.plan.title or r.plan.file, 22),
        Field("Cơ quan ban hành", lambda r: r.plan.issuer, 32),
        Field("Mục", lambda r: r.section, 10),
        Field("Trang", lambda r: r.page, 7),
        Field("Trích nguyên văn", lambda r: r.quote, 60),
    )


def _names(offices: Any) -> str:
    return "; ".join(office.name for office in offices)


TASK_FIELDS = place_fields(
    Field("Nhiệm vụ", lambda r: r.title, 60),
    Field("Chủ trì", lambda r: _names(r.lead), 36),
    Field("Phối hợp", lambda r: _names(r.coordinating), 36),
    Field("Thời hạn", lambda r: r.due.text if r.due else None, 22),
    Field("Ngày đến hạn", lambda r: r.due.end if r.due else None, 12),
    Field("Sản phẩm", lambda r: r.deliverable, 24),
)


def load_tasks(visit: Visit, turn: Turn) -> Listed[StoredTask]:
    """The tasks that an address asks for."""
    asked, told = visit.asked, asked_status(visit)
    wanted = Wanted(
        ids=told if asked["status"] != "not_started" else None,
        not_ids=told if asked["status"] == "not_started" else None,
        words=asked["q"],
        role=asked["role"],
        unowned=asked["unowned"],
        due_from=asked["due_from"],
        due_to=asked["due_to"],
        kind=asked["due"],
        province=asked["province"],
        doubtful=asked["doubtful"],
    )
    office = Asked(
        office=asked["office"],
        collectives=asked["collective"],
        as_of=visit.today.isoformat() if asked["history"] else None,
        plan=asked["plan"],
        wanted=wanted,
    )
    return lists.tasks(visit.database, office, turn)


def asked_status(visit: Visit) -> tuple[int, ...] | None:
    """The tasks of the asked status; of "not_started", of which nobody tells anything, those of the others."""
    asked = visit.asked["status"]
    if asked is None:
        return None
    told = judging.tasks_told(visit.database)
    if asked == "not_started":
        return tuple(id_ for id_, status in told.items() if status.status != asked)
    return tuple(id_ for id_, status in told.items() if status.status == asked)


def tasks(visit: Visit) -> View | Response:
    """Tasks: who owns what, by when, how far."""
    answer = list_page(
        visit,
        ListSpec("tasks.html", "nhiem-vu", TASK_FIELDS, load_tasks, shapes.task_row),
        meant=offices_meant(visit),
        provinces=figures.distinct(visit.database, "province"),
    )
    if isinstance(answer, View):
        answer.shown["told"] = judging.status_of(visit.database, answer.shown["rows"])
        for row in answer.data["rows"]:
            status = answer.shown["told"].get(row["id"])
            row["status"] = status.status if status else None
    return answer


def offices_meant(visit: Visit) -> list[dict[str, Any]]:
    """The offices (id, name) that the asked name stands for."""
    if not visit.asked.get("office"):
        return []
    ids = questions.offices_named(visit.database, visit.asked["office"])
    return figures.names_of(visit.database, ids)


def _targets(visit: Visit, turn: Turn) -> Listed[StoredTarget]:
    asked = visit.asked
    wanted = Wanted(
        words=asked["q"],
        horizon=asked["horizon"],
        kind=asked["kind"],
        province=asked["province"],
        doubtful=asked["doubtful"],
    )
    return lists.targets(visit.database, Asked(office=asked["office"], plan=asked["plan"], wanted=wanted), turn)


TARGET_FIELDS = place_fields(
    Field("Chỉ tiêu", lambda r: r.indicator, 60),
    Field("Mức", figure, 18),
    Field("Giá trị", lambda r: r.value, 10),
    Field("Đơn vị", lambda r: r.unit, 10),
    Field("Đến", lambda r: r.horizon, 12),
    Field("Loại", lambda r: "đã đạt" if r.kind == "baseline" else "chỉ tiêu", 10),
)


def targets(visit: Visit) -> View | Response:
    """Targets: what figure, by when."""
    return list_page(
        visit,
        ListSpec("targets.html", "chi-tieu", TARGET_FIELDS, _targets, shapes.target_row),
        meant=offices_meant(visit),
        provinces=figures.distinct(visit.database, "province"),
    )


def _budget_question(visit: Visit) -> Asked:
    asked = visit.asked
    wanted = Wanted(
        words=asked["q"], kind=asked["kind"], fund=asked["fund"], year=asked["year"], province=asked["province"]
    )
    return Asked(office=asked["office"], plan=asked["plan"], wanted=wanted)


def _budgets(visit: Visit, turn: Turn) -> Listed[StoredBudget]:
    return lists.budgets(visit.database, _budget_question(visit), turn)


BUDGET_FIELDS = place_fields(
    Field("Nội dung", lambda r: r.purpose, 60),
    Field("Số tiền (đồng)", lambda r: r.amount_vnd, 20),
    Field("Năm", lambda r: r.period, 12),
    Field("Nguồn", lambda r: r.fund, 24),
    Field("Loại", lambda r: {"item": "khoản", "total": "tổng", "subtotal": "cộng nhóm"}[r.role], 10),
)


def budgets(visit: Visit) -> View | Response:
    """Sums of money, with their chart by year, fund or office."""
    by = visit.asked["by"] or "year"
    sums = figures.budget_sums(visit.database, _budget_question(visit).resolved(visit.database), by)
    greatest = max((row["amount"] or 0 for row in sums), default=0) or 1
    bars = [row | {"width": round(max(row["amount"] or 0, 0) / greatest * 100, 2)} for row in sums]
    spec = ListSpec("budgets.html", "kinh-phi", BUDGET_FIELDS, _budgets, shapes.budget_row)
    answer = list_page(
        visit,
        spec,
        bars=bars,
        by=by,
        whole=sum(row["amount"] or 0 for row in sums),
        meant=offices_meant(visit),
        funds=figures.distinct(visit.database, "fund"),
        provinces=figures.distinct(visit.database, "province"),
    )
    if isinstance(answer, View):
        answer.data["sums"] = sums
    return answer


def _findings(visit: Visit, turn: Turn) -> Listed[StoredFinding]:
    asked = visit.asked
    return lists.findings(visit.database, Asked(plan=asked["plan"], wanted=Wanted(kind=asked["kind"])), turn)


FINDING_FIELDS = place_fields(Field("Loại", lambda r: r.kind, 24), Field("Điều phát hiện", lambda r: r.message, 60))


def findings(visit: Visit) -> View | Response:
    """What contradicts itself inside single plans."""
    spec = ListSpec("findings.html", "cho-sai", FINDING_FIELDS, _findings, shapes.finding_row)
    return list_page(visit, spec, kinds=tuple(FindingKind))


def _passages(visit: Visit, turn: Turn) -> Listed[Passage]:
    return lists.passages(visit.database, visit.asked["q"] or "", turn)


PASSAGE_FIELDS = place_fields()


def search(visit: Visit) -> View | Response:
    """Lines of plans, the words marked; offices of that name above them."""
    asked = visit.asked["q"] or ""
    spec = ListSpec("search.html", "tim", PASSAGE_FIELDS, _passages, shapes.passage_row)
    offices = office_rows(visit.database, fold(asked), limit=5) if asked else []
    found = lists.plans(visit.database, Asked(wanted=Wanted(words=asked)), Turn(limit=5)) if asked else None
    plans: tuple[StoredPlan, ...] = tuple(counted.plan for counted in found.rows) if found else ()
    return list_page(visit, spec, asked=asked, offices=offices, plans=plans)


PAGES = (
    PageSpec(
        "/tasks",
        "Nhiệm vụ: ai chủ trì, ai phối hợp, hạn nào",
        tasks,
        (
            OFFICE,
            Parameter("role", "choice", "Vai trò của cơ quan", ("lead", "coordinating")),
            Parameter("collective", "flag", "Cả việc giao chung cho nhiều cơ quan, trong đó có cơ quan này"),
            Parameter("history", "flag", "Cả việc của cơ quan mà cơ quan này kế tục sau sắp xếp"),
            Parameter("unowned", "flag", "Chỉ việc không có cơ quan chủ trì"),
            Parameter("due_from", "date", "Hạn từ ngày"),
            Parameter("due_to", "date", "Hạn đến ngày"),
            Parameter("status", "choice", "Tiến độ", STATUSES),
            Parameter("due", "choice", "Loại thời hạn", tuple(DueKind)),
            WORDS,
            PLAN,
            PROVINCE,
            DOUBTFUL,
            *paged("plan", "title", "due", "confidence"),
        ),
    ),
    PageSpec(
        "/targets",
        "Chỉ tiêu: con số, đến năm nào",
        targets,
        (
            WORDS,
            Parameter("horizon", "text", "Đến năm"),
            Parameter("kind", "choice", "Chỉ tiêu hay số đã đạt", ("target", "baseline")),
            OFFICE,
            PLAN,
            PROVINCE,
            DOUBTFUL,
            *paged("plan", "indicator", "value", "horizon"),
        ),
    ),
    PageSpec(
        "/budgets",
        "Kinh phí theo năm, nguồn, cơ quan",
        budgets,
        (
            WORDS,
            Parameter("by", "choice", "Cộng theo", ("year", "fund", "office")),
            Parameter("year", "text", "Năm"),
            Parameter("fund", "text", "Nguồn kinh phí"),
            Parameter("kind", "choice", "Khoản, tổng hay cộng nhóm", ("item", "total", "subtotal")),
            OFFICE,
            PLAN,
            PROVINCE,
            *paged("plan", "amount", "period", "fund"),
        ),
    ),
    PageSpec(
        "/findings",
        "Chỗ tự mâu thuẫn trong từng kế hoạch",
        findings,
        (Parameter("kind", "choice", "Loại", tuple(FindingKind)), PLAN, *paged("plan", "kind")),
    ),
    PageSpec("/search", "Tìm trong toàn văn", search, (WORDS, *paged("rank"))),
)
