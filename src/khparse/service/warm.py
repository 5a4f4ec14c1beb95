"""Loaded once by the server that workers are forked from: libraries and rules are then there from the start.

Many patterns compile where they are first needed. A plan with one of each thing is read here, so that they do so once
and not again in each worker.
"""

from __future__ import annotations

from contextlib import suppress

from khparse.errors import KhparseError
from khparse.pipeline import process
from khparse.rules.kit import load_kit

PLAN = """ỦY BAN NHÂN DÂN
HUYỆN ĐÔNG SƠN
Số: 12/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Đông Sơn, ngày 07 tháng 02 năm 2023

KẾ HOẠCH
Chuyển đổi số huyện Đông Sơn năm 2023
(Kèm theo Quyết định số 5/QĐ-UBND ngày 06/02/2023 của UBND huyện)

Căn cứ Luật Giao dịch điện tử số 51/2005/QH11;
Thực hiện Kế hoạch số 20/KH-UBND ngày 10/01/2023 của Ủy ban nhân dân tỉnh, UBND huyện ban hành kế hoạch như sau:

I. MỤC TIÊU
1. Mục tiêu chung: đến năm 2025 nâng cao chất lượng phục vụ.
- Phấn đấu tối thiểu 90% hồ sơ được giải quyết đúng hạn (năm 2022 đạt 85%), giảm ít nhất 5% so với cùng kỳ; 100% xã có điểm truy cập.
- Xây dựng từ 02 đến 03 mô hình điểm; mỗi xã ít nhất 01 tổ; đạt 12 bác sĩ/10.000 dân.
II. NHIỆM VỤ, GIẢI PHÁP
1. Công tác tuyên truyền
a) Nội dung: Tổ chức hội nghị, hoàn thành trước ngày 15/11/2023; sơ kết hằng quý.
b) Đơn vị chủ trì: Phòng Văn hóa và Thông tin; đơn vị phối hợp: các phòng, ban, ngành, đoàn thể và UBND các xã, thị trấn có liên quan.
c) Thời gian thực hiện: Từ tháng 3 đến tháng 9/2023.
2. Giao Phòng Tài chính - Kế hoạch chủ trì, phối hợp với Kho bạc Nhà nước huyện thẩm định dự toán trong quý II/2023.
III. KINH PHÍ
Tổng kinh phí thực hiện: 1.250.000.000 đồng (Bằng chữ: Một tỷ hai trăm năm mươi triệu đồng), trong đó ngân sách huyện 1.000 triệu đồng, xã hội hóa 250 triệu đồng.
IV. TỔ CHỨC THỰC HIỆN
1. Phòng Văn hóa và Thông tin
- Tham mưu UBND huyện; định kỳ báo cáo trước ngày 15 hằng tháng.
2. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam huyện: Giám sát việc thực hiện Kế hoạch này.
3. Các trường học: đồng chí Hiệu trưởng chịu trách nhiệm tổ chức thực hiện.

| STT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian | Kinh phí (triệu đồng) |
|---|---|---|---|---|---|
| I | Hạ tầng | | | | 300 |
| 1 | Lắp đặt mạng nội bộ | Văn phòng HĐND và UBND huyện | Công an huyện | Quý III/2023 | 200 |
| 2 | Mua máy chủ | Phòng Nội vụ bộ phận một cửa | Các phòng, ban chuyên môn; các hội, đoàn thể | Tháng 10 | 100 |

Nơi nhận:
- Như Điều 3;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Lê Thị Bình
"""

with suppress(KhparseError):  # a worker that needs the rules tells what is wrong with them
    process(PLAN.encode(), load_kit())
