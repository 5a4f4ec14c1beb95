"""The columns of each kind of fact, once for all tabular forms: a key for programs, a Vietnamese head for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from operator import attrgetter
from typing import Any

from khparse.export.facts import Facts
from khparse.model.stored import StoredOffice


class Form(StrEnum):
    """What a column holds; every one may be empty."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    FLAG = "flag"
    LIST = "list"  # of texts


@dataclass(frozen=True, slots=True)
class Field:
    """A column: `value` takes it from a stored value. `words` say codes to people, `link` opens what it names."""

    key: str
    head: str
    width: int
    value: Callable[[Any], Any]
    form: Form = Form.TEXT
    words: Mapping[str, str] = field(default_factory=dict)
    link: Callable[[Any, Facts], str | None] | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact; `name` is that of `Facts`, `title` names a sheet."""

    name: str
    title: str
    fields: tuple[Field, ...]


COMPARATORS = {
    "eq": "đạt",
    "ge": "tối thiểu",
    "gt": "trên",
    "le": "tối đa",
    "lt": "dưới",
    "between": "từ … đến …",
    "approx": "khoảng",
}
TARGET_KINDS = {"target": "chỉ tiêu", "baseline": "đã đạt"}
BUDGET_ROLES = {"item": "khoản", "subtotal": "cộng một phần", "total": "tổng cộng"}
RELATIONS = {
    "implements": "thực hiện",
    "basis": "căn cứ",
    "amends": "sửa đổi",
    "replaces": "thay thế",
    "repeals": "bãi bỏ",
    "cites": "viện dẫn",
}
FINDINGS = {
    "numbering_gap": "đánh số hụt hoặc lặp",
    "self_reference_mismatch": "tự viện dẫn sai",
    "reference_date_mismatch": "ngày viện dẫn không khớp",
    "impossible_value": "giá trị không thể có",
    "sum_mismatch": "tổng không khớp",
    "row_width_mismatch": "dòng thừa hoặc thiếu ô",
    "due_before_issue": "hạn trước ngày ban hành",
}
CONFLICTS = {
    "contradiction": "mâu thuẫn",
    "below_parent": "thấp hơn cấp trên",
    "above_parent": "cao hơn cấp trên",
    "revised": "đã điều chỉnh",
    "postponed": "lùi thời hạn",
    "regression": "thấp hơn mức đã đạt",
    "divergent": "khác nhau",
    "owner": "khác cơ quan chủ trì",
    "deadline": "khác thời hạn",
    "budget": "khác kinh phí",
}
SEVERITIES = {"high": "cao", "medium": "vừa", "info": "để biết"}
PROGRESS = {"not_started": "chưa thực hiện", "in_progress": "đang thực hiện", "done": "hoàn thành"}
STATUSES = {"open": "chưa xem", "confirmed": "đúng", "dismissed": "bỏ qua"}


def _names(offices: tuple[StoredOffice, ...]) -> list[str]:
    return [office.name for office in offices]


def _due(name: str) -> Callable[[Any], str | None]:
    return lambda task: getattr(task.due, name) if task.due else None


def _plan_row(value: Any, facts: Facts) -> str | None:
    """The place of a value's plan among the plans, as a link inside a workbook."""
    place = facts.places.get(value.plan.id)
    return None if place is None else f"#'{KINDS['plans'].title}'!A{place + 2}"


def _file(value: Any, facts: Facts) -> str | None:
    return facts.link(value.plan)


def _page(value: Any, facts: Facts) -> str | None:
    return facts.link(value.plan, value.page)


def _plain(key: str, head: str, width: int, form: Form = Form.TEXT, words: Mapping[str, str] | None = None) -> Field:
    """A column that is an attribute of the value."""
    return Field(key, head, width, attrgetter(key), form, words or {})


_ID = _plain("id", "Mã", 8, Form.INTEGER)
_FRONT = (
    Field("plan", "Kế hoạch", 10, attrgetter("plan.id"), Form.INTEGER, link=_plan_row),
    Field("plan_number", "Số ký hiệu", 18, attrgetter("plan.number")),
    Field("plan_issuer", "Cơ quan ban hành", 30, attrgetter("plan.issuer")),
    _plain("section", "Mục", 10),
)
_BACK = (
    Field("quote", "Nguyên văn", 60, attrgetter("quote"), link=_page),
    Field("page", "Trang", 8, attrgetter("page"), Form.INTEGER, link=_page),
    Field("file", "Tệp", 30, attrgetter("plan.file"), link=_file),
    _plain("start", "Từ vị trí", 10, Form.INTEGER),
    _plain("end", "Đến vị trí", 10, Form.INTEGER),
    _plain("source", "Nguồn nhận ra", 24),
    _plain("confidence", "Độ tin cậy", 10, Form.NUMBER),
    _ID,
)


def _record(name: str, title: str, *own: Field) -> Kind:
    return Kind(name, title, (*_FRONT, *own, *_BACK))


def _side(side: str) -> tuple[Field, ...]:
    """Plan, section, page and words of one record of a conflict."""

    def link(value: Any, facts: Facts) -> str | None:
        return _page(getattr(value, side), facts)

    name = side.upper()
    return (
        Field(f"{side}_plan", f"Kế hoạch {name}", 12, attrgetter(f"{side}.plan.id"), Form.INTEGER),
        Field(f"{side}_plan_number", f"Số ký hiệu {name}", 18, attrgetter(f"{side}.plan.number")),
        Field(f"{side}_file", f"Tệp {name}", 30, attrgetter(f"{side}.plan.file"), link=link),
        Field(f"{side}_section", f"Mục {name}", 10, attrgetter(f"{side}.section")),
        Field(f"{side}_page", f"Trang {name}", 10, attrgetter(f"{side}.page"), Form.INTEGER),
        Field(f"{side}_quote", f"Nguyên văn {name}", 50, attrgetter(f"{side}.quote"), link=link),
        Field(f"{side}_id", f"Mã bản ghi {name}", 12, attrgetter(f"{side}.id"), Form.INTEGER),
    )


_ALL = (
    Kind(
        "plans",
        "Kế hoạch",
        (
            _ID,
            _plain("type", "Loại", 12),
            _plain("number", "Số ký hiệu", 18),
            _plain("issuer", "Cơ quan ban hành", 36),
            _plain("province", "Tỉnh", 18),
            _plain("date", "Ngày", 12),
            _plain("title", "Tên", 70),
            Field(
                "implements",
                "Thực hiện văn bản",
                30,
                lambda plan: [f"{d.type} {d.number or d.title or ''}".strip() for d in plan.implements],
                Form.LIST,
            ),
            Field("file", "Tệp", 36, attrgetter("file"), link=lambda plan, facts: facts.link(plan)),
            _plain("version", "Lần sửa", 8, Form.INTEGER),
        ),
    ),
    _record(
        "references",
        "Văn bản viện dẫn",
        _plain("relation", "Quan hệ", 12, words=RELATIONS),
        _plain("type", "Loại văn bản", 14),
        _plain("number", "Số văn bản", 20),
        _plain("date", "Ngày", 12),
        _plain("issuer", "Nơi ban hành", 30),
        _plain("title", "Về việc", 60),
        _plain("pinpoint", "Điểm, khoản", 18),
        _plain("mentions", "Số lần nêu", 10, Form.INTEGER),
    ),
    _record(
        "targets",
        "Chỉ tiêu",
        _plain("indicator", "Chỉ tiêu", 60),
        _plain("comparator", "So sánh", 12, words=COMPARATORS),
        _plain("value", "Mức", 10, Form.NUMBER),
        _plain("value_max", "Mức cao nhất", 12, Form.NUMBER),
        _plain("unit", "Đơn vị", 12),
        _plain("horizon", "Đến", 12),
        _plain("kind", "Loại", 10, words=TARGET_KINDS),
        Field("lead", "Chủ trì", 36, lambda target: _names(target.lead), Form.LIST),
    ),
    _record(
        "tasks",
        "Nhiệm vụ",
        _plain("title", "Nhiệm vụ", 60),
        Field("lead", "Chủ trì", 36, lambda task: _names(task.lead), Form.LIST),
        Field("coordinating", "Phối hợp", 36, lambda task: _names(task.coordinating), Form.LIST),
        Field("due", "Thời hạn", 24, _due("text")),
        Field("due_kind", "Dạng thời hạn", 14, _due("kind")),
        Field("due_start", "Từ ngày", 12, _due("start")),
        Field("due_end", "Đến ngày", 12, _due("end")),
        Field("recurrence", "Lặp lại", 24, _due("recurrence")),
        _plain("deliverable", "Sản phẩm", 36),
        _plain("status", "Tiến độ", 16, words=PROGRESS),
        _plain("status_date", "Ngày ghi tiến độ", 14),
        _plain("status_remark", "Ghi chú tiến độ", 30),
    ),
    _record(
        "budgets",
        "Kinh phí",
        _plain("purpose", "Nội dung chi", 60),
        _plain("amount_vnd", "Số tiền (đồng)", 20, Form.INTEGER),
        _plain("period", "Thời gian", 12),
        _plain("fund", "Nguồn kinh phí", 24),
        _plain("role", "Là", 14, words=BUDGET_ROLES),
    ),
    _record(
        "findings",
        "Chỗ sai",
        _plain("kind", "Loại", 24, words=FINDINGS),
        _plain("message", "Vì sao", 60),
    ),
    Kind(
        "conflicts",
        "Xung đột",
        (
            _ID,
            _plain("kind", "Loại", 20, words=CONFLICTS),
            _plain("severity", "Mức", 10, words=SEVERITIES),
            _plain("sure", "Chắc chắn", 10, Form.FLAG),
            _plain("why", "Vì sao", 60),
            *_side("a"),
            *_side("b"),
            _plain("score", "Điểm", 8, Form.NUMBER),
            _plain("direction", "Hướng", 10, words={"raised": "tăng", "lowered": "giảm"}),
            _plain("status", "Người xem", 12, words=STATUSES),
            _plain("remark", "Ghi chú", 30),
            _plain("rule", "Luật so", 24),
        ),
    ),
)
KINDS: Mapping[str, Kind] = {kind.name: kind for kind in _ALL}
