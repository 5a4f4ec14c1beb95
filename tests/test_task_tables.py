"""Rows of assignment tables: when they are due, and what a blank cell takes from above."""

from __future__ import annotations

from test_roles import tasks, who

from khparse.model.record import Task


def ends(found: tuple[Task, ...]) -> list[str | None]:
    return [task.due.end if task.due else None for task in found]


def test_a_month_said_once_holds_for_the_blank_rows_below() -> None:
    found = tasks(
        "II. TIẾN ĐỘ\n\nTháng\tNội dung công việc\tPhụ trách\n4/2024\tThay van\tĐội Thi công\n"
        "\tRửa bể\tĐội Thi công\n5/2024\tĐo áp lực\tPhòng Kỹ thuật\n"
    )
    assert ends(found) == ["2024-04-30", "2024-04-30", "2024-05-31"]


def test_a_blank_behind_the_item_of_work_takes_nothing_from_above() -> None:
    found = tasks(
        "II. TIẾN ĐỘ\n\nTT\tNội dung công việc\tPhụ trách\tThời gian\n1\tThay van\tĐội Thi công\t4/2024\n2\tRửa bể\tPhòng Kỹ thuật\t\n"
    )
    assert ends(found) == ["2024-04-30", None]


def test_the_last_column_of_time_says_when_work_ends() -> None:
    found = tasks(
        "II. TIẾN ĐỘ\n\nTT\tNội dung công việc\tPhụ trách\tThời gian bắt đầu\tThời gian kết thúc\n1\tThay van\tĐội Thi công\t4/2024\t6/2024\n"
    )
    assert ends(found) == ["2024-06-30"]


def test_a_remark_says_when_where_no_column_does() -> None:
    found = tasks(
        "II. TIẾN ĐỘ\n\nTT\tNội dung công việc\tPhụ trách\tGhi chú\n1\tThay van\tĐội Thi công\tXong trước ngày 15/6/2024\n2\tRửa bể\tPhòng Kỹ thuật\tHai bể\n"
    )
    assert ends(found) == ["2024-06-15", None]


def test_offices_in_a_column_of_their_own_do_what_stands_beside_them() -> None:
    found = tasks(
        "II. PHÂN CÔNG\n\nTT\tCơ quan, đơn vị\tNhiệm vụ\tThời hạn\n1\tPhòng Kỹ thuật\tLập bản đồ ống\t4/2024\n"
        "2\tĐội Thi công\tPhối hợp với Công an xã cắm biển báo\t\n"
    )
    assert [who(task) for task in found] == [(["Phòng Kỹ thuật"], []), (["Đội Thi công"], ["Công an xã"])]
