"""How a conflict is said in Vietnamese: figures, sums, periods and plans as officials write them."""

from __future__ import annotations

from khparse.compare.facts import PlanFacts, TargetFacts

_COMPARATORS = {
    "eq": "",
    "ge": "tối thiểu ",
    "gt": "trên ",
    "le": "tối đa ",
    "lt": "dưới ",
    "between": "từ ",
    "approx": "khoảng ",
}


def figure(target: TargetFacts) -> str:
    """("ge", 60, "%") -> "tối thiểu 60%"."""
    between = target.comparator == "between" and target.value_max is not None
    upper = f" đến {number(target.value_max or 0)}" if between else ""
    unit = target.unit if target.unit.startswith("%") else f" {target.unit}"
    return f"{_COMPARATORS.get(target.comparator, '')}{number(target.value)}{upper}{unit}"


def number(value: float) -> str:
    """1234.5 -> "1.234,5"."""
    text = f"{int(value):,}" if value == int(value) else f"{value:,}"
    return text.translate(str.maketrans(",.", ".,"))


def money(amount: int) -> str:
    """1500000 -> "1.500.000 đồng"."""
    return f"{number(amount)} đồng"


def by_when(horizon: str | None) -> str:
    """By when: "2025" -> " (đến 2025)"; "hằng năm" -> " (hằng năm)"."""
    if horizon is None:
        return ""
    return f" ({horizon})" if "hằng" in horizon else f" (đến {when(horizon)})"


def when(time: str) -> str:
    """A day, month, year or period: "2025-06-30" -> "30/6/2025"; "2025-06" -> "6/2025"; "2023/2025" -> "2023-2025"."""
    if "/" in time:
        return "-".join(when(part) for part in time.split("/"))
    parts = time.split("-")
    return "/".join(part.lstrip("0") for part in reversed(parts)) if len(parts) > 1 else time


def in_period(period: str | None) -> str:
    """In which years: "2023/2025" -> " giai đoạn 2023-2025"; "2025" -> " năm 2025"."""
    if period is None:
        return ""
    return f" giai đoạn {period.replace('/', '-')}" if "/" in period else f" năm {period}"


def plan_name(plan: PlanFacts) -> str:
    """How a sentence names a plan: "Kế hoạch 21/KH-UBND của Ủy ban nhân dân tỉnh Quảng Ngãi"."""
    words = f"Kế hoạch {plan.number}" if plan.number else "Kế hoạch"
    return f"{words} của {plan.issuer}" if plan.issuer else words


def shortened(text: str, limit: int = 90) -> str:
    """The words that fit, an ellipsis where some are left out."""
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0] + "…"
