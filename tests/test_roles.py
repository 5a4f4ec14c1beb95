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


def under(heading: str, item: str) -> Task:
    return tasks(f"V. TỔ CHỨC THỰC HIỆN\n\n1. {heading}\n\n- {item}\n\n2. Phòng Kế toán\n\n- Lập dự toán.\n")[0]


def test_who_only_joins_in_with_nobody_named_does_not_lead() -> None:
    task = under(
        "Các phòng chuyên môn",
        "Văn phòng, Phòng Vật tư và các phòng liên quan theo chức năng, nhiệm vụ phối hợp thực hiện.",
    )
    assert who(task) == ([], ["Văn phòng", "Phòng Vật tư", "các phòng liên quan"])


def test_members_whom_an_office_appoints_do_not_lead_in_its_place() -> None:
    task = under("Phòng Kỹ thuật", "Phân công thành viên phụ trách từng tuyến ống; hàng tháng họp đánh giá tiến độ.")
    assert who(task)[0] == ["Phòng Kỹ thuật"]


def test_an_office_written_small_by_its_kind_leads_where_the_heading_joins_in() -> None:
    task = under("Phòng Kỹ thuật", "Phối hợp với cơ quan Thuế, Liên đoàn Lao động tỉnh kiểm tra hóa đơn.")
    assert who(task) == (["cơ quan Thuế", "Liên đoàn Lao động tỉnh"], ["Phòng Kỹ thuật"])


def test_the_ministry_of_foreign_affairs_gives_no_order() -> None:
    task = tasks(
        "III. GIẢI PHÁP\n\n1. Đề nghị Bộ Ngoại giao phối hợp với Bộ Y tế đón đoàn chuyên gia nước.\n\n2. Thay đường ống cũ.\n"
    )[0]
    assert who(task) == (["Bộ Ngoại giao"], ["Bộ Y tế"])


def test_staff_ends_at_its_verb() -> None:
    task = under("Văn phòng", "Nhân viên bảo vệ chịu trách nhiệm theo dõi đồng hồ tổng, ghi sổ hằng ngày.")
    assert who(task)[0] == ["Nhân viên bảo vệ"]


def test_persons_of_whom_something_is_true_lead_nothing() -> None:
    task = tasks("III. GIẢI PHÁP\n\n1. Cấp thẻ khách hàng. Mỗi hộ đều có một thẻ.\n\n2. Thay đường ống cũ.\n")[0]
    assert who(task) == ([], [])


def test_groups_of_people_are_no_offices() -> None:
    task = tasks("III. GIẢI PHÁP\n\n1. Nhóm được giảm giá: lập danh sách kịp thời.\n\n2. Thay đường ống cũ.\n")[0]
    assert who(task) == ([], [])


def test_comrades_and_offices_in_one_cell_are_a_list() -> None:
    body = "PHỤ LỤC\n\nTT\tCông việc\tNgười phụ trách\tTiến độ\n1\tDò rò rỉ\tĐ/c Đỗ Lan Anh, Đội Thi công\tQuý III/2024\n2\tThay van\tĐội Thi công\tQuý II/2024\n"
    assert who(tasks(body)[0])[0] == ["Đỗ Lan Anh", "Đội Thi công"]


def test_a_city_whose_name_holds_a_head_is_named_whole() -> None:
    task = tasks(
        "III. GIẢI PHÁP\n\n1. Công an thành phố Hải Phòng tổ chức tuần tra tuyến ống.\n\n2. Thay đường ống cũ.\n"
    )[0]
    assert who(task)[0] == ["Công an thành phố Hải Phòng"]


def test_where_money_comes_from_is_no_work() -> None:
    found = tasks(
        "III. NỘI DUNG THỰC HIỆN\n\n1. Nguồn lực\n\n- Ngân sách huyện: 12.750 triệu đồng.\n\n- Thay đường ống cũ.\n"
    )
    assert [task.title for task in found] == ["Thay đường ống cũ"]


def test_the_size_of_a_school_among_its_circumstances_is_no_work() -> None:
    found = tasks(
        "II. ĐẶC ĐIỂM TÌNH HÌNH\n\n1. Quy mô\n\nCông ty có 30 tổ với 284 người.\n\nIII. GIẢI PHÁP\n\n1. Thay đường ống cũ.\n"
    )
    assert [task.title for task in found] == ["Thay đường ống cũ"]


def test_a_plan_that_is_issued_with_a_deadline_of_its_own_is_due_then() -> None:
    task = under("Phòng Kỹ thuật", "Xây dựng kế hoạch thay đồng hồ của đơn vị, ban hành trước ngày 30/4/2024.")
    assert task.due is not None
    assert task.due.end == "2024-04-30"


def test_the_district_over_a_commune_is_meant_by_its_kind() -> None:
    head = HEAD.replace("CÔNG TY CẤP NƯỚC TÂN AN", "ỦY BAN NHÂN DÂN\nHUYỆN TRÀ CÚ\nỦY BAN NHÂN DÂN XÃ ĐẠI AN")
    found = tasks(
        "V. TỔ CHỨC THỰC HIỆN\n\n1. Đề nghị Trạm Khuyến nông huyện\n\n- Tập huấn nông dân.\n\n2. Công an xã\n\n- Tuần tra.\n",
        head,
    )
    assert found[0].lead[0].name == "Trạm Khuyến nông huyện Trà Cú"


def due(item: str) -> tuple[str | None, str | None]:
    found = under("Phòng Kỹ thuật", item).due
    return (found.end, found.recurrence) if found else (None, None)


def test_a_piece_of_work_behind_a_semicolon_has_a_rhythm_of_its_own() -> None:
    assert due("Lập kế hoạch, gửi về Văn phòng trước ngày 25/4/2024; hằng tháng báo cáo.") == ("2024-04-25", None)


def test_plans_for_each_year_are_no_rhythm_of_work() -> None:
    assert due("Lập kế hoạch giai đoạn và hằng năm, gửi Văn phòng trước ngày 31 tháng 8 năm 2024.") == (
        "2024-08-31",
        None,
    )


def test_a_feast_s_month_in_a_bracket_is_no_deadline() -> None:
    assert due("Tổ chức hưởng ứng Tháng hành động Quốc gia về Dân số (tháng 12).") == (None, None)
    assert due("Tổ chức Ngày hội tiết kiệm nước (tháng 12/2024).") == ("2024-12-31", None)


def test_so_many_a_month_is_each_month() -> None:
    assert due("Xây dựng mỗi tháng 02 chuyên mục tiết kiệm nước; công khai kết quả.") == (None, "FREQ=MONTHLY")


def test_a_line_of_time_below_a_bullet_is_the_bullet_s() -> None:
    body = (
        "III. GIẢI PHÁP\n\n1. Phổ biến\n\na) Hội nghị\n\n- Ở tỉnh: Sở Xây dựng chủ trì tổ chức hội nghị.\n\nThời gian thực hiện: Quý II năm 2025.\n\n"
        "- Ở huyện: Ủy ban nhân dân các huyện tổ chức hội nghị.\n\nThời gian thực hiện: Trong tháng 9 năm 2025.\n\n2. Thay đường ống cũ.\n"
    )
    found = tasks(body)
    assert [task.due.end if task.due else None for task in found] == ["2025-06-30", "2025-09-30", None]


def test_work_under_a_short_heading_is_quoted_from_its_paragraph() -> None:
    task = tasks(
        "III. GIẢI PHÁP\n\n1. Thông tin, truyền thông\n\nTổ chức tuần lễ tiết kiệm nước tại các phường.\n\n2. Thay đường ống cũ.\n"
    )[0]
    assert (task.title, task.quote) == ("Thông tin, truyền thông", "Tổ chức tuần lễ tiết kiệm nước tại các phường.")


def test_a_day_behind_the_document_that_work_follows_is_its_deadline() -> None:
    assert due("Thu phí theo Nghị định số 94/2014/NĐ-CP của Chính phủ, hoàn thành trong quý III năm 2024.") == (
        "2024-09-30",
        None,
    )


def test_a_day_said_later_belongs_to_the_year_said_first() -> None:
    words = "Hằng năm lập dự toán, gửi Phòng Tài chính thẩm định trước ngày 31/7."
    assert due(words) == (None, "FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=31")


def test_a_label_of_time_inside_a_paragraph_says_when_it_is_due() -> None:
    words = "Lập các đoàn kiểm tra tại một số xã. Thời gian: Quý III và Quý IV năm 2024."
    assert due(words) == ("2024-12-31", None)


def partners(item: str) -> list[str]:
    return who(under("Phòng Kỹ thuật", item))[1]


def test_offices_of_several_places_are_several() -> None:
    assert partners("Chủ trì, phối hợp với UBND các huyện: Cần Giuộc, Bến Lức rà soát tuyến ống.") == [
        "Cần Giuộc",
        "Bến Lức",
    ]
    task = under("Phòng Kỹ thuật", "Chủ trì, phối hợp với Công an các xã Tân Lập, Bình Hòa và Phú Mỹ bảo vệ tuyến ống.")
    assert [office.name for office in task.coordinating] == [
        "Công an xã Tân Lập",
        "Công an xã Bình Hòa",
        "Công an xã Phú Mỹ",
    ]


def test_a_name_may_hold_words_of_prevention_behind_its_comma() -> None:
    words = "Chủ trì, phối hợp với Phòng An ninh mạng và phòng, chống tội phạm sử dụng công nghệ cao, PC06, Báo Long An điều tra."
    assert partners(words) == [
        "Phòng An ninh mạng và phòng, chống tội phạm sử dụng công nghệ cao",
        "PC06",
        "Báo Long An",
    ]


def test_a_body_of_the_state_is_named_with_its_matter() -> None:
    assert partners("Chủ trì, phối hợp với Ủy ban Quốc gia về chuyển đổi số, Bộ Xây dựng tổng hợp nhu cầu.") == [
        "Ủy ban Quốc gia về chuyển đổi số",
        "Bộ Xây dựng",
    ]


def test_with_whom_others_are_told_to_work_is_no_partner() -> None:
    assert partners("Chỉ đạo Công an xã, phường, thị trấn phối hợp với Mặt trận vận động người dân.") == []


def test_a_small_word_behind_a_whole_name_is_its_verb() -> None:
    task = under("Phòng Kỹ thuật", "Trạm Cấp nước và Vệ sinh huyện súc rửa đường ống, thay đồng hồ.")
    assert who(task)[0] == ["Trạm Cấp nước và Vệ sinh huyện"]


def test_a_heading_over_items_says_which_of_many_it_means() -> None:
    body = "III. TỔ CHỨC THỰC HIỆN\n\n1. Các doanh nghiệp tham gia Đề án\n\n- Báo cáo số lượng đồng hồ.\n\n2. UBND các huyện có nhà máy nước\n\n- Rà soát tuyến ống.\n"
    assert [who(task)[0] for task in tasks(body)] == [
        ["Các doanh nghiệp tham gia Đề án"],
        ["UBND các huyện có nhà máy nước"],
    ]


def test_a_party_committee_leads_others() -> None:
    task = under("Đảng ủy Công ty", "Lãnh đạo Ủy ban nhân dân tỉnh ban hành Chương trình tiết kiệm nước.")
    assert who(task)[0] == ["Đảng ủy Công ty"]


def test_one_office_serves_council_and_committee() -> None:
    assert who(
        tasks("II. NHIỆM VỤ\n\nTT\tCông việc\tĐơn vị chủ trì\tTiến độ\n1\tRà soát\tVăn phòng HĐND và UBND\tQuý II\n")[0]
    )[0] == ["Văn phòng HĐND và UBND"]


def test_a_place_may_begin_like_an_office() -> None:
    body = "II. NHIỆM VỤ\n\nTT\tCông việc\tĐơn vị chủ trì\tTiến độ\n1\tRà soát\tTTYT huyện Trạm Tấu, TTYT huyện Văn Chấn\tQuý II\n"
    assert who(tasks(body)[0])[0] == ["TTYT huyện Trạm Tấu", "TTYT huyện Văn Chấn"]


def test_ministries_share_their_head() -> None:
    task = under("Phòng Kỹ thuật", "Chủ trì, phối hợp với các Bộ: Quốc phòng, Công an, Xây dựng rà soát.")
    assert [office.name for office in task.coordinating] == ["Bộ Quốc phòng", "Bộ Công an", "Bộ Xây dựng"]


def test_what_is_said_to_be_the_school_s_is_named_with_it() -> None:
    head = HEAD.replace("CÔNG TY CẤP NƯỚC TÂN AN", "SỞ GIÁO DỤC VÀ ĐÀO TẠO\nTRƯỜNG TRUNG HỌC CƠ SỞ BÌNH HÒA")
    body = "III. TỔ CHỨC THỰC HIỆN\n\n1. Ban Giám hiệu\n\n- Theo dõi.\n\n2. Các tổ chuyên môn\n\n- Dạy học.\n\n3. Công đoàn trường\n\n- Sao in.\n"
    names = [task.lead[0].name for task in tasks(body, head)]
    assert names == ["Ban Giám hiệu", "Các tổ chuyên môn", "Công đoàn Trường Trung học cơ sở Bình Hòa"]


def test_pupils_are_no_births() -> None:
    assert due("Khám sức khỏe cho học sinh trong tháng 10/2024.") == ("2024-10-31", None)
    assert due("Số hóa văn bản còn hiệu lực, hoàn thành trước ngày 30/11/2024.") == ("2024-11-30", None)


def test_a_day_said_outweighs_a_rhythm_within_the_work() -> None:
    words = "Xây dựng kế hoạch thực hiện hằng năm của địa phương, gửi Văn phòng trước ngày 31/7/2024."
    assert due(words) == ("2024-07-31", None)


def test_every_month_a_doer_follows() -> None:
    task = under("Phòng Kỹ thuật", "Mỗi tháng một lần, Đội Thi công kiểm tra tuyến ống.")
    assert (who(task)[0], task.due.recurrence if task.due else None) == (["Đội Thi công"], "FREQ=MONTHLY")


def test_a_quarter_and_what_goes_on_is_a_rhythm_with_its_beginning() -> None:
    body = "II. NHIỆM VỤ\n\n1. Rà soát tuyến ống\n\nĐơn vị thực hiện: Phòng Kỹ thuật\n\nThời gian thực hiện: Quý I/2024 và duy trì hằng quý.\n"
    found = tasks(body)[0].due
    assert found is not None
    assert (found.start, found.end, found.recurrence) == ("2024-01-01", None, "FREQ=MONTHLY;INTERVAL=3")


def test_a_sentence_is_no_name_however_the_model_draws_it() -> None:
    task = under("Phòng Kỹ thuật", "Đội Thi công kiểm tra tuyến ống.")
    assert who(task)[0] == ["Đội Thi công"]
