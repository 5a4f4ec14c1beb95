"""Targets: each figure with its own words, bound, horizon and kind; headings, titles and tables around it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khparse.extract.targets.claims import Claim
from khparse.extract.targets.grammar import grammar
from khparse.extract.targets.horizons import heading_horizon, title_horizon
from khparse.extract.targets.kinds import Surroundings
from khparse.extract.targets.lines import read_line
from khparse.model.record import Target
from khparse.pipeline import process
from khparse.rules.kit import Kit
from khparse.rules.load import load

CASES = tomllib.loads((Path(__file__).parent / "cases" / "targets.toml").read_text(encoding="utf-8"))["case"]
WORDS = grammar(load("targets"))
HEAD = """ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH LÂM ĐỒNG\tĐộc lập - Tự do - Hạnh phúc

Số: 45/KH-UBND\tLâm Đồng, ngày 05 tháng 3 năm 2024

KẾ HOẠCH
{title}

Thực hiện Nghị quyết số 12/NQ-HĐND ngày 10/12/2023, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

"""


def claims(line: str, **around: object) -> list[Claim]:
    return read_line(line, Surroundings(**{"aims": True, "issued": "2024-03-05", **around}), WORDS)


def shown(claim: Claim) -> str:
    figure = claim.figure.quantity
    values = [figure.value] if figure.value_max is None else [figure.value, figure.value_max]
    numbers = " ".join(f"{value:.15g}" for value in values)
    mark = "=" if claim.kind == "baseline" else ""
    return f"{mark}{claim.comparator} {numbers} {claim.figure.unit} | {claim.horizon or '-'} | {claim.indicator}"


def targets(body: str, kit: Kit, title: str = "Phát triển du lịch xanh trên địa bàn tỉnh") -> tuple[Target, ...]:
    return process((HEAD.format(title=title) + body).encode(), kit).extraction.targets


@pytest.mark.parametrize("case", CASES, ids=[case["line"][:40] for case in CASES])
def test_a_line_gives_each_figure_its_own_claim(case: dict[str, object]) -> None:
    assert [shown(claim) for claim in claims(str(case["line"]))] == case["claims"]


def test_a_table_that_says_once_that_it_counts_in_percent_gives_a_target_for_each_cell(kit: Kit) -> None:
    body = "I. CHỈ TIÊU (ĐVT: %)\n\nXếp loại\tKhối 6\tCả trường\nTốt\t62,5\t70\n"
    assert [(t.indicator, t.value) for t in targets(body, kit)] == [("Tốt Khối 6", 62.5), ("Tốt Cả trường", 70)]


def test_a_column_of_shares_beside_a_column_of_numbers_gives_targets(kit: Kit) -> None:
    body = "I. CHỈ TIÊU\n\nKhối\tSố HS\tTốt\t\tKhá\t\n\t\tSL\t%\tSL\t%\n8\t80\t60\t75\t20\t25\n"
    assert [(t.indicator, t.value) for t in targets(body, kit)] == [("Khối 8 Tốt", 75), ("Khối 8 Khá", 25)]


def test_a_column_whose_cells_say_percent_themselves_gives_targets(kit: Kit) -> None:
    table = "TT\tKhối lớp\tTỷ lệ chuyên cần\tSố lớp\n1\tKhối 6\t≥ 94%\t3\n2\tKhối 7\t96%\t2\n"
    found = targets(f"I. CHỈ TIÊU\n\n{table}", kit)
    assert [(t.indicator, t.value, t.comparator) for t in found] == [
        ("Tỷ lệ chuyên cần Khối 6", 94, "ge"),
        ("Tỷ lệ chuyên cần Khối 7", 96, "eq"),
    ]


def test_the_unit_in_a_column_s_header_is_its_figures(kit: Kit) -> None:
    body = "II. MỤC TIÊU\nTT\tChỉ tiêu\tKết quả năm 2018 (%)\tChỉ tiêu năm 2019 (%)\n1\tKhách được hướng dẫn\t95,8\t≥ 96\n2\tHộ có nhà vệ sinh\t80\t85\n"
    found = [(str(t.kind), t.value, t.unit, t.horizon) for t in targets(body, kit)]
    assert found[:2] == [("baseline", 95.8, "%", "2018"), ("target", 96, "%", "2019")]


def test_a_column_of_results_reports(kit: Kit) -> None:
    table = "Khối lớp\tThực hiện năm học trước\tChỉ tiêu\nKhối 6\t94%\t95%\n"
    assert [t.kind for t in targets(f"I. CHỈ TIÊU\n\n{table}", kit)] == ["baseline", "target"]


def test_the_horizon_comes_from_the_nearest_heading(kit: Kit) -> None:
    body = "I. MỤC TIÊU\n\n1. Mục tiêu đến năm 2025\n\n- 90% cơ sở lưu trú có mã QR.\n\n2. Định hướng đến năm 2030\n\n- 100% cơ sở lưu trú có mã QR.\n"
    assert [(t.horizon, t.section) for t in targets(body, kit)] == [("2025", "I.1"), ("2030", "I.2")]


def test_the_horizon_comes_from_the_item_above_a_list(kit: Kit) -> None:
    body = "I. MỤC TIÊU\n\n- Giai đoạn 2024 - 2026:\n\n+ 70% khu du lịch phân loại rác.\n\n- Đến năm 2030:\n\n+ 100% khu du lịch phân loại rác.\n"
    assert [t.horizon for t in targets(body, kit)] == ["2024/2026", "2030"]


def test_the_horizon_comes_last_from_the_title(kit: Kit) -> None:
    body = "I. MỤC TIÊU\n\n- 90% cơ sở lưu trú có mã QR.\n"
    assert targets(body, kit, "Phát triển du lịch xanh giai đoạn 2024 - 2026")[0].horizon == "2024/2026"
    assert targets(body, kit, "Phát triển du lịch giai đoạn 2024-2026, định hướng đến năm 2030")[0].horizon is None


def test_figures_of_a_section_that_reports_are_baselines(kit: Kit) -> None:
    body = (
        "I. ĐÁNH GIÁ TÌNH HÌNH\n\n- Tỷ lệ phòng có khách đạt 62%.\n\nII. MỤC TIÊU\n\n- Tỷ lệ phòng có khách đạt 70%.\n"
    )
    assert [(t.value, t.kind) for t in targets(body, kit)] == [(62, "baseline"), (70, "target")]


def test_a_heading_that_is_a_sentence_is_read(kit: Kit) -> None:
    body = "I. MỤC TIÊU\n\n1. Phấn đấu 80% khu du lịch có điểm sạc xe điện.\n\n2. Có ít nhất 12 tuyến đi bộ.\n"
    assert [(t.value, t.section) for t in targets(body, kit)] == [(80, "I.1"), (12, "I.2")]


def test_shares_of_funding_are_no_targets(kit: Kit) -> None:
    body = "I. KINH PHÍ THỰC HIỆN\n\n- Ngân sách tỉnh 70%, ngân sách huyện 30%.\n"
    assert targets(body, kit) == ()


def test_counts_outside_aims_need_words_that_set_them(kit: Kit) -> None:
    body = "I. NHIỆM VỤ\n\n- Tập huấn nghiệp vụ cho cán bộ của 12 xã, tổ chức tại 02 điểm trường.\n\n- Phấn đấu xây dựng 05 mô hình nông trại du lịch.\n"
    assert [(t.value, t.unit) for t in targets(body, kit)] == [(5, "mô hình")]


def test_an_item_of_work_that_opens_with_how_much_is_to_be_done_sets_a_doubtful_aim(kit: Kit) -> None:
    body = "I. NHIỆM VỤ\n\n- Mở 02 lớp tập huấn cho 100 cán bộ.\n\n- Tổ chức 04 lần tuần tra.\n\n- Cho mượn ít nhất 50 bộ bàn ghế.\n"
    found = targets(body, kit)
    assert [(t.comparator, t.value, t.unit) for t in found] == [("eq", 2, "lớp tập huấn"), ("ge", 50, "bộ")]
    assert all(t.confidence < 0.7 for t in found)


def test_a_column_of_quantities_beside_indicators_and_their_units_sets_aims(kit: Kit) -> None:
    rows = "1\tTrồng cây phân tán\tCây\t1.500\tĐoàn xã\n2\tTỷ lệ chi đoàn có vườn ươm\t%\t> 60\tĐoàn xã\n"
    found = targets(f"PHỤ LỤC\nCHỈ TIÊU\n\nTT\tNội dung chỉ tiêu\tĐVT\tSố lượng\tĐơn vị thực hiện\n{rows}", kit)
    assert [(t.comparator, t.value, t.unit) for t in found] == [("eq", 1500, "Cây"), ("gt", 60, "%")]


def test_columns_of_years_give_a_target_for_each(kit: Kit) -> None:
    table = "TT\tChỉ tiêu\tĐơn vị tính\tNăm 2025\tNăm 2026\tChủ trì\n1\tTỷ lệ phòng đạt chuẩn\t%\t≥ 80\t90\tSở Du lịch\n2\tLượt khách quốc tế\tnghìn lượt\t300\t350\tSở Du lịch\n"
    found = targets(f"I. MỤC TIÊU\n\n1. Các chỉ tiêu\n\n{table}", kit)
    assert [(t.comparator, t.value, t.unit, t.horizon) for t in found] == [
        ("ge", 80, "%", "2025"),
        ("eq", 90, "%", "2026"),
        ("eq", 300, "nghìn lượt", "2025"),
        ("eq", 350, "nghìn lượt", "2026"),
    ]
    assert found[0].lead[0].name == "Sở Du lịch tỉnh Lâm Đồng"


def test_a_percentage_in_a_task_row_takes_the_rows_time(kit: Kit) -> None:
    table = "TT\tNhiệm vụ\tChủ trì\tPhối hợp\tThời gian\n1\tTập huấn kỹ năng số. Bảo đảm 80% hướng dẫn viên được bồi dưỡng\tSở Du lịch\tUBND các huyện\t2024-2026\n2\tIn bản đồ du lịch\tSở Du lịch\tSở Tài chính\t2025\n"
    found = targets(f"I. NHIỆM VỤ\n\nPHỤ LỤC\nDANH MỤC NHIỆM VỤ\n\n{table}", kit)
    assert [(t.value, t.horizon, t.indicator) for t in found] == [(80, "2024/2026", "hướng dẫn viên được bồi dưỡng")]


def test_a_title_sets_a_horizon_only_where_it_names_one_time() -> None:
    assert title_horizon("CHUYỂN ĐỔI SỐ NĂM 2024", WORDS) == "2024"
    assert title_horizon("Thực hiện Quyết định số 12/QĐ-TTg ngày 05/01/2022 của Thủ tướng Chính phủ", WORDS) is None
    assert title_horizon("Bầu cử đại biểu Hội đồng nhân dân nhiệm kỳ 2026 - 2031", WORDS) is None


def test_a_heading_that_names_two_times_sets_none() -> None:
    assert heading_horizon("Mục tiêu đến năm 2025, định hướng đến năm 2030", WORDS) is None
    assert heading_horizon("Thực hiện theo Nghị quyết số 5/NQ-CP về phát triển đến năm 2045", WORDS) is None


def test_every_quote_is_a_stretch_of_the_text(kit: Kit) -> None:
    body = "I. MỤC TIÊU\n\n" + "\n\n".join(f"- {case['line']}" for case in CASES)
    result = process((HEAD.format(title="Phát triển kinh tế") + body).encode(), kit)
    assert len(result.extraction.targets) > 40
    assert all(
        result.document.text[t.start : t.end] == t.quote and "\n" not in t.quote for t in result.extraction.targets
    )


@given(
    st.lists(
        st.sampled_from(
            "đạt 5 % , ; : ( ) trên từ đến và năm 2025 tỷ lệ hộ có được 10 xã 1.000 - trong đó “ ”".split(" ")
        ),
        max_size=30,
    )
)
def test_any_line_is_read_without_error_and_quotes_lie_in_it(words: list[str]) -> None:
    line = " ".join(words)
    assert all(0 <= claim.quote.start < claim.quote.end <= len(line) and claim.indicator for claim in claims(line))


def test_sections_that_evaluate_and_lines_that_say_result_report(kit: Kit) -> None:
    body = (
        "I. ĐÁNH GIÁ KẾT QUẢ THỰC HIỆN GIAI ĐOẠN 2019-2023\n\n1. Kết quả: 92% chợ có nhà vệ sinh đạt chuẩn.\n\n"
        "2. Hạn chế: Còn 8% chợ chưa có lối thoát hiểm.\n\nII. MỤC TIÊU\n\n- 100% chợ có lối thoát hiểm.\n"
    )
    assert [t.kind for t in targets(body, kit)] == ["baseline", "baseline", "target"]


def test_each_count_of_a_list_has_its_own_verb() -> None:
    line = "Hằng năm dạy nghề cho 40 học viên, trồng ít nhất 300 cây xanh; mở 02 lớp bơi"
    assert [(c.figure.quantity.value, c.indicator) for c in claims(line)][1:] == [
        (300, "trồng cây xanh"),
        (2, "mở lớp bơi"),
    ]


def test_money_that_is_allotted_is_no_aim() -> None:
    assert claims("Bố trí tối thiểu 700 triệu đồng/năm từ ngân sách huyện") == []


def test_words_borrowed_from_a_neighbour_or_left_out_make_a_claim_less_sure() -> None:
    lines = (
        "90% thôn có nhà văn hóa.",
        "Đạt 5% ở xã, 10% ở phường.",
        "Cải tạo chuồng trại, đạt 30% trang trại thực hiện.",
    )
    assert [claims(line)[-1].confidence >= 0.9 for line in lines] == [True, False, False]


def test_a_lead_in_with_a_percent_sign_measures_every_cell_of_its_table(kit: Kit) -> None:
    table = "TT\tMôn\tKhối 10\tKhối 11\n1\tToán\t68\t70\n2\tNgữ văn\t65\t68\n"
    found = targets(f"I. CHỈ TIÊU\n\n1. Chất lượng\n\nTỷ lệ học sinh đạt điểm khá (%):\n\n{table}", kit)
    assert [(t.indicator, t.value) for t in found] == [
        ("Tỷ lệ học sinh đạt điểm khá Toán Khối 10", 68.0),
        ("Tỷ lệ học sinh đạt điểm khá Toán Khối 11", 70.0),
        ("Tỷ lệ học sinh đạt điểm khá Ngữ văn Khối 10", 65.0),
        ("Tỷ lệ học sinh đạt điểm khá Ngữ văn Khối 11", 68.0),
    ]


def test_results_under_aims_are_aimed_at(kit: Kit) -> None:
    found = targets(
        "I. CHỈ TIÊU\n\n1. Khối 10\n\n- Kết quả rèn luyện: Tốt từ 92% trở lên; Chưa đạt dưới 0,5%.\n\n- Kết quả năm 2020: Tốt 88%.\n",
        kit,
    )
    assert [(t.indicator, t.kind) for t in found] == [
        ("Kết quả rèn luyện: Tốt", "target"),
        ("Kết quả rèn luyện: Chưa đạt", "target"),
        ("Tốt", "baseline"),
    ]


def test_a_part_of_a_share_by_its_place_keeps_what_is_measured(kit: Kit) -> None:
    found = targets(
        "I. MỤC TIÊU\n\n- Tỷ lệ bao phủ bảo hiểm đạt tối thiểu 96,5% dân số; trong đó thị xã đạt từ 98% trở lên, các huyện miền núi duy trì trên 99%.\n",
        kit,
    )
    assert [t.indicator for t in found][1:] == [
        "Tỷ lệ bao phủ bảo hiểm thị xã",
        "Tỷ lệ bao phủ bảo hiểm các huyện miền núi",
    ]


def test_a_bound_said_once_holds_for_the_list(kit: Kit) -> None:
    found = targets("I. MỤC TIÊU\n\n- Tối thiểu 70% giáo viên và 50% học sinh có tài khoản học tập số.\n", kit)
    assert [(t.value, t.comparator) for t in found] == [(70.0, "ge"), (50.0, "ge")]


def test_upward_behind_whom_it_counts_is_a_bound(kit: Kit) -> None:
    found = targets(
        "I. MỤC TIÊU\n\n- 90% giáo viên trở lên xếp loại Khá.\n\n- 80% học sinh từ lớp 3 trở lên biết bơi.\n", kit
    )
    assert [(t.indicator, t.comparator) for t in found] == [
        ("giáo viên xếp loại Khá", "ge"),
        ("học sinh từ lớp 3 trở lên biết bơi", "eq"),
    ]


def test_the_grade_below_good_is_no_verb(kit: Kit) -> None:
    found = targets("II. CHỈ TIÊU\n- Kết quả rèn luyện: Tốt 15%, Khá từ 50% trở lên, Đạt 34%, Chưa đạt dưới 1%.\n", kit)
    assert [(t.indicator, t.value, t.comparator) for t in found] == [
        ("Kết quả rèn luyện: Tốt", 15, "eq"),
        ("Kết quả rèn luyện: Khá", 50, "ge"),
        ("Kết quả rèn luyện: Đạt", 34, "eq"),
        ("Kết quả rèn luyện: Chưa đạt", 1, "lt"),
    ]
