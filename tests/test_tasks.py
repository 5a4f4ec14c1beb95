"""Tasks on invented plans: who does what by when, and what is no task."""

from __future__ import annotations

from khparse.extract.tasks.find import find_tasks
from khparse.model.record import Task
from khparse.pipeline import understand
from khparse.read.detect import detect
from khparse.read.readers import read
from khparse.rules.kit import load_kit

HEAD = """UBND TỈNH HÀ NAM
SỞ Y TẾ
Số: 12/KH-SYT
Hà Nam, ngày 02 tháng 3 năm 2024
KẾ HOẠCH
Nâng cao chất lượng khám bệnh năm 2024

Sở Y tế ban hành Kế hoạch như sau:

I. MỤC ĐÍCH
- Nâng cao nhận thức của cán bộ.

"""
TAIL = "\n\nTrên đây là Kế hoạch của Sở Y tế, yêu cầu các đơn vị thực hiện./.\n\nNơi nhận:\n- UBND tỉnh;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nTrần Văn Nam\n"


def tasks(body: str) -> tuple[Task, ...]:
    kit = load_kit()
    return find_tasks(understand(read(detect((HEAD + body + TAIL).encode())), kit), kit)


def lead(task: Task) -> list[str]:
    return [office.text for office in task.lead]


def partners(task: Task) -> list[str]:
    return [office.text for office in task.coordinating]


def test_attribute_lines_make_their_item_one_task() -> None:
    found = tasks(
        "II. NHIỆM VỤ\n1. Rà soát quy trình tiếp đón\n- Đơn vị chủ trì: Phòng Nghiệp vụ Y\n- Xây dựng phần mềm.\n"
        "- Đơn vị phối hợp: Văn phòng Sở; các bệnh viện\n- Thời gian hoàn thành: Quý III/2024\n- Sản phẩm: Quy trình mới"
    )
    assert [task.title for task in found] == ["Rà soát quy trình tiếp đón"]
    assert (lead(found[0]), partners(found[0])) == (["Phòng Nghiệp vụ Y"], ["Văn phòng Sở", "các bệnh viện"])
    assert found[0].due is not None and found[0].due.end == "2024-09-30"
    assert found[0].deliverable == "Quy trình mới"


def test_two_blocks_behind_two_items_are_two_tasks() -> None:
    found = tasks(
        "II. NHIỆM VỤ\n1. Cải tiến tiếp đón\n- Giải pháp:\n+ Lắp biển chỉ dẫn.\n- Đơn vị thực hiện: Văn phòng Sở\n"
        "- Thời gian: Tháng 4/2024\n+ Mở quầy tư vấn.\n- Đơn vị thực hiện: Phòng Nghiệp vụ Y\n- Thời gian: Tháng 5/2024"
    )
    assert [(task.title, lead(task)) for task in found] == [
        ("Lắp biển chỉ dẫn", ["Văn phòng Sở"]),
        ("Mở quầy tư vấn", ["Phòng Nghiệp vụ Y"]),
    ]


def test_roles_inside_one_value() -> None:
    (found,) = tasks(
        "II. NHIỆM VỤ\n1. Tập huấn cấp cứu\n- Phòng tham mưu: Thanh tra Sở chủ trì; phối hợp với các trạm y tế thực hiện."
    )
    assert (lead(found), partners(found)) == (["Thanh tra Sở"], ["các trạm y tế"])


def test_who_carries_out_joins_in_beside_who_chairs() -> None:
    (found,) = tasks(
        "II. NHIỆM VỤ\n1. Kiểm tra kho thuốc\n- Đơn vị chủ trì: Phòng Nghiệp vụ Dược\n- Đơn vị thực hiện: Các bệnh viện; Phòng Nghiệp vụ Dược"
    )
    assert (lead(found), partners(found)) == (["Phòng Nghiệp vụ Dược"], ["Các bệnh viện"])


def test_items_under_an_offices_heading_are_its_tasks() -> None:
    found = tasks("II. TỔ CHỨC THỰC HIỆN\n1. Sở Tài chính\n- Bố trí kinh phí.\n- Hướng dẫn thanh toán.")
    assert [lead(task) for task in found] == [["Sở Tài chính"], ["Sở Tài chính"]]
    assert found[0].lead[0].name == "Sở Tài chính tỉnh Hà Nam"


def test_opening_with_phoi_hop_turns_the_roles_round() -> None:
    (found,) = tasks(
        "II. TỔ CHỨC THỰC HIỆN\n1. Sở Tài chính\nPhối hợp với Công an tỉnh và các đơn vị liên quan kiểm tra giá thuốc."
    )
    assert (lead(found), partners(found)) == (["Công an tỉnh"], ["Sở Tài chính", "các đơn vị liên quan"])


def test_phoi_hop_without_a_partner_has_no_lead() -> None:
    (found,) = tasks("II. TỔ CHỨC THỰC HIỆN\n1. Các bệnh viện\nPhối hợp thực hiện tốt các nhiệm vụ được giao.")
    assert (lead(found), partners(found)) == ([], ["Các bệnh viện"])


def test_partners_named_later_join_in() -> None:
    (found,) = tasks(
        "II. TỔ CHỨC THỰC HIỆN\n1. Sở Tài chính\nChủ trì, phối hợp với Sở Nội vụ thẩm định dự toán gửi Kho bạc Nhà nước."
    )
    assert (lead(found), partners(found)) == (["Sở Tài chính"], ["Sở Nội vụ"])


def test_those_who_are_directed_have_no_role() -> None:
    (found,) = tasks(
        "II. TỔ CHỨC THỰC HIỆN\n1. Sở Tài chính\nChỉ đạo phòng chuyên môn phối hợp với các trường kiểm tra thu chi."
    )
    assert (lead(found), partners(found)) == (["Sở Tài chính"], [])


def test_an_item_that_names_its_doer_has_that_office_as_lead() -> None:
    found = tasks(
        "II. TỔ CHỨC THỰC HIỆN\n1. Các phòng thuộc Sở\n- Giao Văn phòng Sở (bộ phận một cửa) tổng hợp báo cáo trước ngày 20/12/2024.\n"
        "- Phòng Tổ chức cán bộ chịu trách nhiệm theo dõi thi đua."
    )
    assert [lead(task) for task in found] == [["Văn phòng Sở"], ["Phòng Tổ chức cán bộ"]]
    assert found[0].due is not None and found[0].due.end == "2024-12-20"


def test_an_office_before_a_colon_does_what_follows() -> None:
    (found,) = tasks("II. TỔ CHỨC THỰC HIỆN\n1. Sở Xây dựng: Chủ trì, phối hợp với Sở Nội vụ sửa trạm y tế.")
    assert (lead(found), partners(found)) == (["Sở Xây dựng"], ["Sở Nội vụ"])


def test_a_lead_in_gives_its_office_to_the_items_below() -> None:
    found = tasks(
        "II. TỔ CHỨC THỰC HIỆN\nGiao Phòng Nghiệp vụ Y thực hiện các công việc:\n1. Lập danh sách học viên.\n2. Tổ chức thi."
    )
    assert [lead(task) for task in found] == [["Phòng Nghiệp vụ Y"], ["Phòng Nghiệp vụ Y"]]


def test_leaf_items_of_work_are_tasks_without_an_owner() -> None:
    found = tasks(
        "II. NHIỆM VỤ, GIẢI PHÁP\n1. Công tác tuyên truyền\na) Phát tờ rơi tại bệnh viện.\nb) Đăng bài trên trang điện tử."
    )
    assert [(task.section, lead(task)) for task in found] == [("II.1.a", []), ("II.1.b", [])]


def test_aims_funding_and_closing_hold_no_tasks() -> None:
    assert (
        tasks(
            "II. YÊU CẦU\n- Bảo đảm tiết kiệm.\n\nIII. KINH PHÍ THỰC HIỆN\n1. Sử dụng ngân sách tỉnh.\n2. Huy động nguồn khác."
        )
        == ()
    )


def test_a_bullet_with_its_own_labels_is_a_task_of_its_own() -> None:
    found = tasks(
        "II. NHIỆM VỤ\n1. Cải cách thể chế\n- Rà soát văn bản. Cơ quan chủ trì: Văn phòng Sở; thời gian: Quý II/2024.\n"
        "- Sửa quy chế. Cơ quan chủ trì: Phòng Tổ chức cán bộ; thời gian: Quý III/2024."
    )
    assert [(task.title, lead(task)) for task in found] == [
        ("Rà soát văn bản", ["Văn phòng Sở"]),
        ("Sửa quy chế", ["Phòng Tổ chức cán bộ"]),
    ]


def test_a_heading_that_lays_a_duty_on_offices_heads_their_tasks() -> None:
    found = tasks(
        "II. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ có trách nhiệm:\na) Theo dõi thi đua.\nb) Báo cáo hằng quý trước ngày 15 của tháng cuối quý."
    )
    assert [lead(task) for task in found] == [["Sở Nội vụ"], ["Sở Nội vụ"]]
    assert found[1].due is not None and found[1].due.recurrence == "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15"


def test_quotes_are_stretches_of_the_text() -> None:
    body = HEAD + "II. TỔ CHỨC THỰC HIỆN\n1. Sở Tài chính\n- Bố trí kinh phí. Quyết toán theo quy định." + TAIL
    document = read(detect(body.encode()))
    for task in find_tasks(understand(document, load_kit()), load_kit()):
        assert document.text[task.start : task.end] == task.quote
        assert task.title == "Bố trí kinh phí"


def test_a_later_clause_names_the_doer_of_an_item() -> None:
    found = tasks(
        "II. NHIỆM VỤ\n1. Khám lưu động\na) Lập đội khám; Bệnh viện Mắt tỉnh chủ trì, Hội Đông y tỉnh phối hợp.\n"
    )
    assert (lead(found[0]), partners(found[0])) == (["Bệnh viện Mắt tỉnh"], ["Hội Đông y tỉnh"])


def test_a_bracket_names_the_doer_and_when() -> None:
    found = tasks("II. NHIỆM VỤ\n1. Khám lưu động\na) Mua xe khám (do Văn phòng Sở phụ trách; trong quý II/2024).\n")
    assert lead(found[0]) == ["Văn phòng Sở"]
    assert found[0].due is not None and found[0].due.end == "2024-06-30"


def test_a_second_sentence_gives_the_work_to_an_office() -> None:
    found = tasks(
        "II. NHIỆM VỤ\n1. Khám lưu động\na) Tổ chức khám tại thôn. Giao Trung tâm Y tế huyện bố trí nhân lực.\n"
    )
    assert (found[0].title, lead(found[0])) == ("Tổ chức khám tại thôn", ["Trung tâm Y tế huyện"])


def test_the_body_of_a_heading_says_who_does_it_by_when() -> None:
    found = tasks(
        "II. NHIỆM VỤ\n1. Khám bệnh\n1.1. Trang bị máy siêu âm\nPhòng Nghiệp vụ Y chủ trì, phối hợp với Văn phòng Sở"
        " lập hồ sơ mua sắm trước ngày 20/5/2024.\n"
    )
    assert [(task.title, lead(task), partners(task)) for task in found] == [
        ("Trang bị máy siêu âm", ["Phòng Nghiệp vụ Y"], ["Văn phòng Sở"])
    ]
    assert found[0].due is not None and found[0].due.end == "2024-05-20"


def test_lettered_attribute_lines_belong_to_the_unit_above() -> None:
    found = tasks(
        "II. NHIỆM VỤ\n1. Cấp thuốc\na) Nội dung: Cấp thuốc tại trạm.\nb) Đơn vị thực hiện: Trạm Y tế các xã.\nc) Thời gian: Hằng quý.\n"
    )
    assert [(task.title, lead(task)) for task in found] == [("Cấp thuốc", ["Trạm Y tế các xã"])]


def test_aims_that_open_like_work_are_no_tasks() -> None:
    assert tasks("II. MỤC TIÊU, YÊU CẦU\n1. Công tác khám bệnh kịp thời.\n2. Hoạt động thiết thực.\n") == ()


def test_ticks_under_columns_of_time_say_when() -> None:
    found = tasks(
        "II. TIẾN ĐỘ\n\nTT\tCông việc\tĐơn vị chủ trì\tQuý I/2024\tQuý II/2024\tQuý III/2024\n"
        "1\tRà soát nhân lực\tVăn phòng Sở\tx\t\t\n2\tĐào tạo lại\tPhòng Nghiệp vụ Y\t\tx\tx\n"
    )
    assert [task.due and task.due.end for task in found] == ["2024-03-31", "2024-09-30"]


def test_words_before_a_colon_leave_the_doer_behind_it() -> None:
    found = tasks(
        "II. NHIỆM VỤ\n1. Khám lưu động\na) Khám tại chợ phiên: Hội Đông y tỉnh chịu trách nhiệm, xong trước 30/6/2024.\n"
    )
    assert lead(found[0]) == ["Hội Đông y tỉnh"]


def test_a_paragraph_with_a_label_belongs_to_its_unit() -> None:
    found = tasks(
        "II. NHIỆM VỤ\n1. Khám bệnh\n1.1. Vận hành xe khám\nMỗi tuần ba buổi. Đơn vị phụ trách: Đội xe lưu động.\n"
    )
    assert [(task.title, lead(task)) for task in found] == [("Vận hành xe khám", ["Đội xe lưu động"])]
