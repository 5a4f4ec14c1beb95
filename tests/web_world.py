"""A small database and the page over it, for tests of the web page."""

from __future__ import annotations

import re
from pathlib import Path

from pdf_making import Pdf
from sample_plans import TEXT, result
from starlette.testclient import TestClient

from khparse.service.comparison import refresh_conflicts
from khparse.store.database import open_database
from khparse.store.save import FileFacts, save_plan
from khparse.web.app import create_app
from khparse.web.settings import Settings

BASE = "http://127.0.0.1:8000"

LINES = (
    "Thực hiện Nghị quyết số 12/NQ-HĐND ngày 09/12/2024 của Hội đồng nhân dân tỉnh Yên Bái về chuyển đổi số,",
    "Sở Giáo dục và Đào tạo ban hành Kế hoạch như sau:",
    "I. MỤC TIÊU",
    "1. Đến năm 2026, 90% hồ sơ được giải quyết đúng hạn.",
    "2. Đến năm 2026, tối thiểu 80% trường học có đường truyền dự phòng.",
    "II. NHIỆM VỤ",
    "1. Văn phòng Sở",
    "- Chủ trì, phối hợp với Phòng Kế hoạch Tài chính rà soát hạ tầng, hoàn thành trước ngày 15/11/2026.",
    "2. Phòng Kế hoạch Tài chính",
    "- Tham mưu bố trí kinh phí hằng năm cho các trường học.",
    "Trên đây là Kế hoạch của Sở Giáo dục và Đào tạo./.",
)


def plan_pdf(number: str = "34/KH-SGDĐT", share: str = "90%") -> bytes:
    """An invented plan of two pages as a PDF."""
    pdf = Pdf()
    pdf.center(170, 70, "UBND TỈNH YÊN BÁI", 12)
    pdf.center(170, 86, "SỞ GIÁO DỤC VÀ ĐÀO TẠO", 12, bold=True)
    pdf.center(420, 70, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 11, bold=True)
    pdf.center(420, 86, "Độc lập - Tự do - Hạnh phúc", 12, bold=True)
    pdf.center(170, 110, f"Số: {number}", 12)
    pdf.center(420, 110, "Yên Bái, ngày 20 tháng 01 năm 2025", 12)
    pdf.center(300, 150, "KẾ HOẠCH", 14, bold=True)
    pdf.center(300, 170, "Chuyển đổi số ngành giáo dục năm 2026", 13, bold=True)
    y = 210.0
    for line in LINES[:5]:
        y = pdf.paragraph(y, line.replace("90%", share)) + 6
    pdf.page()
    y = 90.0
    for line in LINES[5:]:
        y = pdf.paragraph(y, line) + 6
    pdf.text(80, y + 20, "Nơi nhận:", 11, bold=True)
    pdf.text(80, y + 36, "- Như trên;", 11)
    pdf.text(80, y + 52, "- Lưu: VT.", 11)
    pdf.center(420, y + 20, "GIÁM ĐỐC", 12, bold=True)
    pdf.center(420, y + 90, "Lò Thị Mai", 12, bold=True)
    return pdf.bytes()


def filled(db: Path) -> Path:
    """Two provinces' plans under one decision; they ask for 90 and for 95 percent."""
    other = TEXT.replace("90%", "95%")
    with open_database(db, create=True) as database:
        first, _ = save_plan(database, result(), FileFacts("/a.txt", "a.txt", 1))
        second, _ = save_plan(
            database, result(other, value=95, number="7/KH-SGDĐT", province="Nam Định"), FileFacts("/b.txt", "b.txt", 1)
        )
        refresh_conflicts(database, {first, second})
    return db


def client(db: Path, **settings: object) -> TestClient:
    """A browser without a script."""
    made = Settings(db, **{"jobs": False, **settings})  # type: ignore[arg-type]
    return TestClient(create_app(made), base_url=BASE, follow_redirects=False, raise_server_exceptions=True)


def token(browser: TestClient) -> str:
    """The token that the page's forms repeat."""
    found = re.search(r'name="csrf" value="([^"]+)"', browser.get("/signin").text)
    assert found
    return found.group(1)


def send(browser: TestClient, path: str, **fields: object) -> object:
    """A form, sent as the page would."""
    return browser.post(path, data={"csrf": token(browser), **fields})
