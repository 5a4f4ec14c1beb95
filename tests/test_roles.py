"""Roles on invented plans: several in one cell, in one sentence, by a name that the plan writes out elsewhere."""

from __future__ import annotations

from khparse.extract.tasks.find import find_tasks
from khparse.model.record import Task
from khparse.pipeline import understand
from khparse.read.detect import detect
from khparse.read.readers import read
from khparse.rules.kit import load_kit

HEAD = """CÔNG TY CẤP NƯỚC TÂN AN
Số: 12/KH-CN
Long An, ngày 02 tháng 3 năm 2024
KẾ HOẠCH
Giảm thất thoát nước năm 2024

Công ty Cấp nước Tân An ban hành Kế hoạch như sau:

I. MỤC ĐÍCH
- Giảm thất thoát.

"""


def tasks(body: str, head: str = HEAD) -> tuple[Task, ...]:
    kit = load_kit()
    return find_tasks(understand(read(detect((head + body).encode())), kit), kit)


def who(task: Task) -> tuple[list[str], list[str]]:
    return [office.text for office in task.lead], [office.text for office in task.coordinating]


def table(cell: str) -> str:
    return (
        "II. NHIỆM VỤ\n\nTT\tCông việc\tĐơn vị thực hiện (CT: chủ trì; PH: phối hợp)\tTiến độ\n"
        f"1\tThay đồng hồ\t{cell}\tQuý II/2024\n2\tDò rò rỉ\tĐội Thi công\tQuý III/2024\n"
    )


def test_short_labels_divide_the_roles_of_a_cell() -> None:
    assert who(tasks(table("CT: Phòng Kỹ thuật; PH: Đội Thi công"))[0]) == (["Phòng Kỹ thuật"], ["Đội Thi công"])


def test_marks_behind_names_divide_the_roles_of_a_cell() -> None:
    assert who(tasks(table("Phòng Kỹ thuật (CT), Đội Thi công (PH)"))[0]) == (["Phòng Kỹ thuật"], ["Đội Thi công"])


def test_a_cell_without_labels_in_a_column_of_both_leads() -> None:
    assert who(tasks(table("Phòng Kỹ thuật"))[1]) == (["Đội Thi công"], [])


def test_an_office_that_is_told_to_join_in_leads_with_its_partner() -> None:
    (found,) = tasks("II. TỔ CHỨC THỰC HIỆN\n1. Giao Phòng Kỹ thuật phối hợp với Đội Thi công thay van.\n")
    assert who(found) == (["Phòng Kỹ thuật"], ["Đội Thi công"])


def test_a_name_that_fills_a_line_is_known_in_running_text() -> None:
    found = tasks(
        "II. NHIỆM VỤ\n1. Lập bản đồ ống\n- Chủ trì: Đội Quản lý mạng lưới, chống thất thoát\n"
        "III. TỔ CHỨC THỰC HIỆN\n1. Phòng Kỹ thuật phối hợp với Đội Quản lý mạng lưới, chống thất thoát kiểm tra ban đêm.\n"
    )
    assert who(found[1]) == (["Phòng Kỹ thuật"], ["Đội Quản lý mạng lưới, chống thất thoát"])


def test_a_person_is_named_with_the_charge_before_the_verb() -> None:
    (found,) = tasks("II. TỔ CHỨC THỰC HIỆN\n- Đồng chí Phó Giám đốc phụ trách kinh doanh trực tiếp chỉ đạo.\n")
    assert who(found) == (["Phó Giám đốc phụ trách kinh doanh"], [])


def test_staff_of_two_kinds_are_two() -> None:
    found = tasks("II. TỔ CHỨC THỰC HIỆN\n1. Nhân viên ghi số, nhân viên thu ngân\nNhắc khách hàng trả tiền.\n")
    assert who(found[0]) == (["Nhân viên ghi số", "nhân viên thu ngân"], [])


def test_a_department_of_a_company_is_named_with_it() -> None:
    (found,) = tasks("II. TỔ CHỨC THỰC HIỆN\n1. Phòng Kỹ thuật lập phương án.\n")
    assert found.lead[0].name == "Phòng Kỹ thuật Công ty Cấp nước Tân An"


def test_a_person_stands_for_the_post_behind_the_name() -> None:
    found = tasks(
        "II. TỔ CHỨC THỰC HIỆN\n- Ông Lê Văn Tám - Phó Giám đốc Công ty: chỉ đạo chung.\n"
        "- Đ/c Trần Thị Hai (Trưởng phòng Kế toán): cấp kinh phí.\n"
    )
    assert [who(task)[0] for task in found] == [["Phó Giám đốc Công ty"], ["Trưởng phòng Kế toán"]]


def test_the_doer_stands_behind_the_name_of_the_work() -> None:
    found = tasks(
        "II. NHIỆM VỤ\n1. Đào tạo: Trung tâm Huấn luyện mở 03 lớp.\n2. Lập danh mục van, xong trước 20/4/2024: Phòng Kỹ thuật.\n"
    )
    assert [who(task)[0] for task in found] == [["Trung tâm Huấn luyện"], ["Phòng Kỹ thuật"]]
    assert found[1].due is not None and found[1].due.end == "2024-04-20"


def test_the_last_of_several_days_ends_the_work() -> None:
    (found,) = tasks("II. NHIỆM VỤ\n1. Báo cáo 6 tháng trước ngày 10/6, báo cáo năm trước ngày 05/12/2024.\n")
    assert found.due is not None and found.due.end == "2024-12-05"


def test_a_closing_bracket_says_when() -> None:
    found = tasks("II. NHIỆM VỤ\n1. Súc rửa bể (Quý III).\n2. Đọc đồng hồ (hằng tháng).\n3. Thay van (DN 100).\n")
    assert [task.due and (task.due.end or task.due.recurrence) for task in found] == [
        "2024-09-30",
        "FREQ=MONTHLY",
        None,
    ]


def test_a_day_at_the_end_of_a_clause_is_the_works_unless_a_feast_or_a_document_has_it() -> None:
    found = tasks(
        "II. NHIỆM VỤ\n1. Tổ chức lễ ra quân ngày 22/5/2024.\n2. Thi văn nghệ kỷ niệm ngày 30/4/2024.\n"
        "3. Thực hiện Công văn số 15/SXD ngày 22/5/2024.\n4. Nhân rộng mô hình trong năm 2024.\n5. Sơ kết vào cuối tháng 6/2024.\n"
    )
    assert [task.due and task.due.end for task in found] == ["2024-05-22", None, None, "2024-12-31", "2024-06-30"]


def test_the_work_ends_with_its_last_stage() -> None:
    (found,) = tasks("II. NHIỆM VỤ\n1. Sơ kết vào tháng 6/2024, tổng kết vào quý IV/2024.\n")
    assert found.due is not None and found.due.end == "2024-12-31"


def test_a_meeting_that_recurs_is_no_rhythm_of_the_work() -> None:
    (found,) = tasks("II. NHIỆM VỤ\n1. Báo cáo số liệu tại cuộc họp giao ban hằng tháng.\n")
    assert found.due is None


def test_who_works_beside_another_has_it_as_partner() -> None:
    (found,) = tasks("II. TỔ CHỨC THỰC HIỆN\n1. Phòng Kỹ thuật\n- Cùng với Công an xã cắm biển báo.\n")
    assert who(found) == (["Phòng Kỹ thuật"], ["Công an xã"])


def test_departments_of_the_house_end_with_it() -> None:
    (found,) = tasks("II. TỔ CHỨC THỰC HIỆN\n1. Các phòng thuộc Công ty, Đội Thi công báo cáo định kỳ.\n")
    assert who(found)[0] == ["Các phòng thuộc Công ty", "Đội Thi công"]
