"""Invented plans for tests of the store and what stands on it."""

from __future__ import annotations

import hashlib
from typing import Any

from khparse.model.document import Document, Page, Span
from khparse.model.record import (
    Budget,
    Due,
    Extraction,
    Finding,
    Mention,
    Office,
    Particulars,
    Reference,
    SectionRecord,
    SignerRecord,
    Target,
    Task,
)
from khparse.model.result import Result


TEXT = """KẾ HOẠCH
Thực hiện Quyết định số 9/QĐ-TTg
I. MỤC TIÊU
Đến năm 2025, 90% hồ sơ được giải quyết đúng hạn.
II. NHIỆM VỤ
1. Hoà mạng dữ liệu
Văn phòng Sở chủ trì, hoàn thành trước ngày 15/11/2025; kinh phí 2.000 triệu đồng."""


def placed(quote: str, section: str | None, text: str = TEXT) -> dict:
    start = text.index(quote)
    return {
        "quote": quote,
        "section": section,
        "page": 1,
        "start": start,
        "end": start + len(quote),
        "source": "rule:test",
        "confidence": 0.9,
    }


def make(record: type[Any], /, **values: object) -> Any:
    return record.model_validate(values, strict=False)


def section(path: str, heading: str, text: str = TEXT) -> SectionRecord:
    start = text.index(heading)
    return SectionRecord(path=path, label=None, heading=heading, level=1, page=1, start=start, end=len(text))


def extraction(
    text: str = TEXT, number: str | None = "12/KH-SGDĐT", value: float = 90, province: str = "Hà Nam"
) -> Extraction:
    office = Office(text="Văn phòng Sở", name=f"Văn phòng Sở Giáo dục và Đào tạo tỉnh {province}")
    reference = placed("Quyết định số 9/QĐ-TTg", None, text)
    return Extraction(
        document=Particulars(
            type="Kế hoạch",
            number=number,
            issuer=f"Sở Giáo dục và Đào tạo tỉnh {province}",
            province=province,
            date="2023-02-07",
            title="Thực hiện Quyết định số 9/QĐ-TTg",
            signers=(SignerRecord(name="Lê Thị Bình", position="Giám đốc"),),
            recipients=("Ủy ban nhân dân tỉnh", "Lưu: VT"),
        ),
        sections=(section("I", "MỤC TIÊU", text), section("II", "NHIỆM VỤ", text)),
        references=(
            make(
                Reference,
                **reference,
                type="Quyết định",
                number="9/QĐ-TTg",
                date=None,
                issuer="Thủ tướng Chính phủ",
                title=None,
                pinpoint=None,
                relation="implements",
                mentions=1,
                spans=(Mention(start=reference["start"], end=reference["end"]),),
            ),
        ),
        targets=(
            make(
                Target,
                **placed("90%" if value == 90 else "95%", "I", text),
                indicator="hồ sơ được giải quyết đúng hạn",
                comparator="eq",
                value=value,
                value_max=None,
                unit="%",
                horizon="2025",
                kind="target",
                lead=(office,),
            ),
        ),
        tasks=(
            make(
                Task,
                **placed("Hoà mạng dữ liệu", "II", text),
                title="Hoà mạng dữ liệu",
                lead=(office,),
                coordinating=(Office(text="các phòng", name="các phòng"),),
                due=make(Due, kind="date", start=None, end="2025-11-15", recurrence=None, text="trước ngày 15/11/2025"),
                deliverable=None,
            ),
        ),
        budgets=(
            make(
                Budget,
                **placed("2.000 triệu đồng", "II", text),
                purpose="Hoà mạng dữ liệu",
                amount_vnd=2_000_000_000,
                period="2025",
                fund=None,
                role="item",
            ),
        ),
        findings=(make(Finding, **placed("II.", "II", text), kind="numbering_gap", message="thiếu mục"),),
    )


def result(text: str = TEXT, media_type: str = "text/plain", pages: bool = False, **changes: Any) -> Result:
    """A file read: its text and what was extracted; `changes` are those of `extraction`."""
    sha256 = hashlib.sha256((text + media_type).encode()).hexdigest()
    document = Document(text, (), media_type, pages=(Page(1, Span(0, len(text))),) if pages else ())
    return Result(sha256, document, extraction(text, **changes))
