"""The years that a phrase is about, for sums and figures: "giai đoạn 2023-2025" -> "2023/2025"."""

from __future__ import annotations

import regex

_YEAR = r"(?:19|20)\d\d"
_RANGE = regex.compile(
    rf"(?<!\d)(?P<first>{_YEAR})\s*(?:[-–—]|đến(?:\s+hết)?(?:\s+năm)?|tới(?:\s+năm)?)\s*(?P<last>{_YEAR})(?!\d)"
)
# "131/2022/NĐ-CP" and "2022/QĐ" are numbers of documents
_SINGLE = regex.compile(rf"(?<![\d.,])(?P<year>{_YEAR})(?![\d%])(?!\s*/\s*\p{{Lu}})(?![.,]\d)")

_DOCUMENT = regex.compile(r"\d\s?/|(?<!\p{L})(?:số|ngày)\s+\d|\d-\p{Lu}")


def period_of(text: str) -> str | None:
    """The one year or unbroken stretch of years named: "Năm 2025" -> "2025", "2023, 2024, 2025" -> "2023/2025".

    "2023-2025 và 2026-2030" -> "2023/2030" (they join); "năm 2020 và 2025" -> None (they don't); no year -> None.
    """
    stretches = [(int(m["first"]), int(m["last"])) for m in _RANGE.finditer(text)]
    stretches += [(int(m["year"]), int(m["year"])) for m in _SINGLE.finditer(_RANGE.sub(" ", text))]
    return joined(stretches)


def title_period(title: str | None) -> str | None:
    """The years that a plan's own title sets: "Cải cách hành chính năm 2025" -> "2025"; None where it sets none.

    The years of a document that the title names ("Quyết định số 131/QĐ-TTg ngày 25/01/2022 …"), and those behind it,
    are not the plan's: "Cảnh báo sớm giai đoạn 2024-2030, thực hiện Chỉ thị số 42-CT/TW ngày 24/3/2020" -> "2024/2030".
    """
    document = _DOCUMENT.search(title) if title else None
    return period_of(title[: document.start()] if document else title) if title else None


def joined(stretches: list[tuple[int, int]]) -> str | None:
    """Years that follow each other without a hole as one period: [(2023, 2025), (2026, 2030)] -> "2023/2030"."""
    if not stretches or any(first > last for first, last in stretches):
        return None
    stretches = sorted(stretches)
    start, end = stretches[0]
    for first, last in stretches[1:]:
        if first > end + 1:
            return None
        end = max(end, last)
    return str(start) if start == end else f"{start}/{end}"


def whole_period(periods: list[str]) -> str | None:
    """The period that yearly columns cover together: ["2023", "2024", "2025"] -> "2023/2025"."""
    ends = [period.split("/") for period in periods]
    return joined([(int(years[0]), int(years[-1])) for years in ends])
