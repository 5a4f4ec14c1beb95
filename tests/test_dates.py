"""Deadlines in all their forms: words to ISO days and RFC 5545 rules."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khparse.extract.tasks.calendar import Calendar
from khparse.extract.tasks.deadlines import Deadlines
from khparse.model.plan import Letterhead
from khparse.rules.load import load
from khparse.text.dates import in_year, point_in, rhythm

READER = Deadlines(load("deadlines"), Calendar(2025, "2025-03-01"))
LINES = (Path(__file__).parent / "cases" / "deadlines.tsv").read_text(encoding="utf-8").splitlines()
CASES = [line.split("\t")[:5] for line in LINES if line and not line.startswith("#")]


def stated(words: str, reader: Deadlines = READER) -> tuple[str, str, str, str]:
    found = reader.of_value(words)
    due = found.due if found else None
    return (due.kind, due.start or "", due.end or "", due.recurrence or "") if due else ("none", "", "", "")


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_each_form_of_a_deadline_has_its_value(case: list[str]) -> None:
    assert stated(case[0]) == tuple(case[1:])


@given(st.dates(date(2011, 1, 1), date(2035, 12, 31)))
def test_one_day_in_its_usual_forms_is_one_value(day: date) -> None:
    forms = [
        f"trước ngày {day.day}/{day.month}/{day.year}",
        f"{day.day:02}-{day.month:02}-{day.year}",
        f"{day.day}.{day.month}.{day.year}",
        f"chậm nhất là ngày {day.day:02} tháng {day.month:02} năm {day.year}",
        f"ngày {day.day} tháng {day.month}, năm {day.year}",
        f"Trước 17 giờ 00 ngày {day.day:02}/{day.month:02}/{day.year}",
    ]
    assert {stated(form) for form in forms} == {("date", "", day.isoformat(), "")}


@given(st.integers(1, 4), st.integers(2011, 2035))
def test_one_quarter_in_its_usual_forms_is_one_value(quarter: int, year: int) -> None:
    roman = ["I", "II", "III", "IV"][quarter - 1]
    forms = [f"quý {roman}/{year}", f"Quý {quarter} năm {year}", f"trong quí {roman}-{year}", f"Quý {roman} năm {year}"]
    assert len({stated(form) for form in forms}) == 1


@given(st.integers(1, 12), st.integers(2011, 2035))
def test_one_month_in_its_usual_forms_is_one_value(month: int, year: int) -> None:
    forms = [f"tháng {month}/{year}", f"Tháng {month:02} năm {year}", f"T{month}/{year}", f"{month:02}/{year}"]
    assert len({stated(form) for form in forms}) == 1


@given(st.text(alphabet="ngày tháng năm quý 0123456789/-–, hằgđếtừ", max_size=60))
def test_any_words_give_a_value_or_none(words: str) -> None:
    kind, start, end, _ = stated(words)
    assert kind and (not start or not end or start <= end)


SENTENCES = [
    ("Hằng năm, căn cứ tình hình thực tế, xây dựng dự toán", "FREQ=YEARLY", ""),
    ("Xây dựng dự toán kinh phí hằng năm gửi Phòng Tài chính", "", ""),
    ("Thẩm định các nội dung của Kế hoạch hằng năm.", "", ""),
    ("Tổ chức hội thi cho nông dân hàng năm.", "FREQ=YEARLY", ""),
    ("Kiểm tra và định kỳ hằng năm đánh giá tình hình; tổng kết vào năm 2030", "FREQ=YEARLY", ""),
    (
        "Xây dựng kế hoạch hằng năm và định kỳ báo cáo trước ngày 20/11 về Sở",
        "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=20",
        "",
    ),
    ("Tổng hợp, báo cáo UBND tỉnh trước ngày 30/11 hằng năm.", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30", ""),
    ("Triển khai Tháng thanh niên (từ ngày 01/3 đến ngày 31/3)", "", "2025-03-31"),
    ("Thực hiện Kế hoạch số 12/KH-UBND ngày 14/01/2025 của UBND tỉnh", "", ""),
    ("Xử lý hồ sơ tiếp nhận trước ngày 01/7/2025 theo quy định cũ", "", ""),
    ("Gửi danh sách về Phòng chậm nhất ngày 03/4/2025.", "", "2025-04-03"),
    ("Rà soát mục tiêu giai đoạn 2021-2025", "", ""),
    ("Tổ chức sơ kết 6 tháng một lần", "FREQ=MONTHLY;INTERVAL=6", ""),
    ("Trong quý II/2025, hoàn thành việc rà soát", "", "2025-06-30"),
    ("Bố trí kinh phí chi thường xuyên theo phân cấp", "", ""),
]


@pytest.mark.parametrize(("sentence", "recurrence", "end"), SENTENCES)
def test_a_sentences_own_adverb_counts_and_a_nouns_attribute_does_not(sentence: str, recurrence: str, end: str) -> None:
    found = READER.of_sentence(sentence)
    due = found.due if found else None
    assert ((due and due.recurrence) or "", (due and due.end) or "") == (recurrence, end)


def test_a_title_over_several_years_leaves_a_day_without_its_year() -> None:
    calendar = Calendar.of(Letterhead(title="Phát triển du lịch giai đoạn 2021-2025", date="2021-03-01"))
    assert stated("trước ngày 30/6", Deadlines(load("deadlines"), calendar))[0] == "none"


def test_a_day_belongs_to_the_half_of_the_school_year_in_which_its_month_lies() -> None:
    calendar = Calendar.of(Letterhead(title="Ngoại khóa năm học 2024-2025", date="2024-09-05"))
    reader = Deadlines(load("deadlines"), calendar)
    assert [stated(words, reader)[2] for words in ("trước ngày 30/11", "trước ngày 15/5")] == [
        "2024-11-30",
        "2025-05-15",
    ]


def test_the_shortest_rhythm_is_the_interval() -> None:
    assert [rhythm("năm, quý"), rhythm("24 tháng"), rhythm("không")] == [
        "FREQ=MONTHLY;INTERVAL=3",
        "FREQ=YEARLY;INTERVAL=2",
        None,
    ]


def test_a_day_that_does_not_exist_has_no_value() -> None:
    point = point_in("ngày 31/02/2025")
    assert point is not None and point.last() is None
    assert in_year("--02-29", 2025) is None
