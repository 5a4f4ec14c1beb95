"""How long the page takes with ten thousand plans: every list, filtered and sorted, and a plan of 60 pages.

    python tools/bench_web.py [--database FILE] [--plans 10000] [--rounds 5] [--only WORDS]

Asks a real server on the loopback, over generated plans whose conflicts have been found (`--database` keeps them for
the next time). Prints each address with its first and median milliseconds and its CPU; exits 1 where a median misses
its limit: 200 ms for a list, 500 ms for the plan with the picture of its first page.
"""

from __future__ import annotations

import argparse
import io
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import httpx
from generate_plans import fill
from rich.console import Console
from rich.table import Table

from khparse.service.comparison import find_all
from khparse.store.database import Database, open_database

LIST_MS, PLAN_MS = 200.0, 500.0
PAGES = 60
RECORDS_A_PAGE = 6
LISTS = (
    "/", "/index.json",
    "/plans", "/plans.json", "/plans?q=an+toan+thuc+pham", "/plans?q=ubnd+xa&sort=title", "/plans?province=An+Bình&year=2024",
    "/plans?sort=issuer&desc=1", "/plans?page=200", "/tree", "/tree?page=2", "/tree.json",
    "/tasks", "/tasks.json", "/tasks?office=so+y+te", "/tasks?office=so+y+te&role=lead&sort=due&desc=1",
    "/tasks?office=so+noi+vu+an+binh", "/tasks?office=so+y+te+tinh+an+binh&collective=1&history=1", "/tasks?office=cac+so", "/tasks?unowned=1", "/tasks?q=dien+tap",
    "/tasks?q=xay+dung+he+thong+canh+bao&sort=due", "/tasks?q=thuoc", "/tasks?due_from=2024-01-01&due_to=2024-12-31",
    "/tasks?due=year&sort=title", "/tasks?due=recurring", "/tasks?status=not_started", "/tasks?status=done", "/tasks?doubtful=1",
    "/tasks?province=An+Bình", "/tasks?plan=5", "/tasks?sort=due", "/tasks?sort=due&desc=1", "/tasks?sort=title&desc=1",
    "/tasks?sort=confidence", "/tasks?page=3000", "/tasks?sort=due&page=3000", "/tasks?sort=title&page=1500",
    "/targets", "/targets.json", "/targets?q=ho+so", "/targets?q=ho+gia+dinh+giam+ngheo&sort=value", "/targets?q=duoc&sort=horizon&desc=1",
    "/targets?horizon=2024", "/targets?kind=baseline", "/targets?office=so+y+te", "/targets?province=An+Bình&sort=indicator",
    "/targets?sort=value&desc=1", "/targets?sort=horizon", "/targets?sort=indicator", "/targets?page=2400", "/targets?doubtful=1",
    "/budgets", "/budgets.json", "/budgets?by=office", "/budgets?by=fund", "/budgets?q=lap+dat", "/budgets?year=2024&sort=amount&desc=1",
    "/budgets?office=so+y+te", "/budgets?kind=total", "/budgets?province=An+Bình&sort=fund", "/budgets?sort=period&page=600",
    "/deadlines?month=2024-12", "/deadlines?month=2024-12&sort=title", "/deadlines?month=2024-06", "/deadlines?month=2024-12&office=so+y+te",
    "/deadlines?month=2024-12&q=dien+tap", "/deadlines.json?month=2025-12", "/findings", "/findings?kind=sum_mismatch&sort=kind",
    "/search?q=xay+dung", "/search?q=thuoc&page=3", "/search?q=dien+tap+so+y+te", "/search.json?q=%22he+thong+canh+bao+som%22",
    "/search?q=khongcotunay", "/offices", "/offices.json?q=so+y", "/offices?sort=name&page=4", "/offices/1",
    "/conflicts", "/conflicts.json", "/conflicts?kind=owner", "/conflicts?kind=divergent&page=200", "/conflicts?page=1000",
    "/conflicts?plan=5", "/conflicts?dismissed=1", "/matches", "/matches.json?sort=score", "/matches?page=500",
    "/compare", "/compare?plan=1&plan=2", "/upload",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Timed:
    """An address: milliseconds of the first answer, of the median one, CPU of that, and its limit."""

    address: str
    first: float
    median: float
    cpu: float
    limit: float

    @property
    def missed(self) -> bool:
        """Whether it is over its limit."""
        return self.median > self.limit


@contextmanager
def served(database: Path) -> Iterator[str]:
    """The page's address while the server runs over the database."""
    import uvicorn

    from khparse.web.app import create_app
    from khparse.web.settings import Settings

    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(Settings(database)), "127.0.0.1", port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(20)


def timed(address: str, limit: float, rounds: int, ask: Callable[[], object]) -> Timed:
    """The milliseconds of asking so many times."""
    seconds: list[float] = []
    cpu: list[float] = []
    for _ in range(rounds):
        start, busy = time.perf_counter(), time.process_time()
        ask()
        seconds.append(time.perf_counter() - start)
        cpu.append(time.process_time() - busy)
    return Timed(address, seconds[0] * 1000, median(seconds) * 1000, median(cpu) * 1000, limit)


def measure(browser: httpx.Client, addresses: list[str], rounds: int) -> list[Timed]:
    """Each list."""
    for address in addresses:
        found = browser.get(address)
        if found.status_code != 200:
            raise SystemExit(f"{address}: {found.status_code}")
    return [
        timed(address, LIST_MS, rounds, lambda address=address: browser.get(address))  # type: ignore[misc]
        for address in addresses
    ]


def measure_plan(browser: httpx.Client, plan: int, rounds: int) -> list[Timed]:
    """The long plan: its page with the first picture, and the picture of a page not shown yet."""
    numbers = iter(range(1, PAGES))

    def opened() -> None:
        number = next(numbers)
        browser.get(f"/plans/{plan}?page={number}").raise_for_status()
        browser.get(f"/plans/{plan}/pages/{number}.png").raise_for_status()

    def as_text() -> None:
        browser.get(f"/plans/{plan}?view=text").raise_for_status()

    return [
        timed(f"/plans/{plan}, {PAGES} trang, kèm hình trang đầu", PLAN_MS, rounds, opened),
        timed(f"/plans/{plan}?view=text", PLAN_MS, rounds, as_text),
    ]


def long_plan() -> bytes:
    """An invented plan of 60 pages as PDF, some three hundred commitments in it."""
    from reportlab.lib.utils import simpleSplit
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    font = next(Path("/usr/share/fonts").rglob("DejaVuSerif.ttf"))
    pdfmetrics.registerFont(TTFont("Plain", str(font)))
    kept = io.BytesIO()
    canvas = Canvas(kept, pagesize=(595, 842))

    def write(x: float, y: float, words: str) -> float:
        canvas.setFont("Plain", 12)
        for line in simpleSplit(words, "Plain", 12, 460):
            canvas.drawString(x, 842 - y, line)
            y += 17
        return y + 6

    for x, y, words in (
        (90, 70, "UBND TỈNH AN BÌNH"), (85, 88, "SỞ CÔNG THƯƠNG"), (280, 70, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (310, 88, "Độc lập - Tự do - Hạnh phúc"), (90, 115, "Số: 999/KH-SCT"), (300, 115, "An Bình, ngày 20 tháng 01 năm 2025"),
        (260, 160, "KẾ HOẠCH"), (150, 180, "Phát triển chợ truyền thống giai đoạn 2025 - 2030"),
    ):  # fmt: skip
        write(x, y, words)
    y = write(80, 220, "I. MỤC TIÊU")
    for page in range(1, PAGES + 1):
        y = write(
            80, y, f"{page}. Đến năm 2030, {page % 90 + 10}% chợ loại {page} có phương án phòng cháy được phê duyệt."
        )
        if page == 1:
            y = write(80, y, "II. NHIỆM VỤ")
        for number in range(RECORDS_A_PAGE - 1):
            y = write(80, y, f"- Sở Công Thương chủ trì, phối hợp với Sở Tài chính rà soát quy hoạch chợ số {page * 10 + number}, "
                             f"trình Ủy ban nhân dân tỉnh trước ngày {number + 1:02}/{page % 12 + 1:02}/2027.")  # fmt: skip
        for filler in range(4):
            y = write(
                80,
                y,
                f"Các đơn vị chủ động nắm tình hình tại chợ thứ {page * 10 + filler}, kịp thời phản ánh khó khăn để được hướng dẫn.",
            )
        canvas.showPage()
        y = 80
    canvas.save()
    return kept.getvalue()


def put_long_plan(database_path: Path) -> int:
    """The plan in the database, its file beside it; its id."""
    from khparse.pipeline import process
    from khparse.rules.kit import load_kit
    from khparse.service.originals import keep, kept_at
    from khparse.store.save import FileFacts, save_plan

    data = long_plan()
    place = kept_at(database_path, keep(database_path, data))
    with open_database(database_path) as database:
        plan, _ = save_plan(database, process(data, load_kit()), FileFacts(str(place.resolve()), "cho.pdf", len(data)))
    return plan


def show(rows: list[Timed]) -> None:
    """The table, slowest first."""
    table = Table(title="Trang web: mili giây cho mỗi địa chỉ", title_justify="left")
    for head in ("địa chỉ", "lần đầu", "trung vị", "CPU", "giới hạn", ""):
        table.add_column(head, justify="left" if head == "địa chỉ" else "right", overflow="fold")
    for row in sorted(rows, key=lambda row: -row.median / row.limit):
        mark = "[red]quá[/red]" if row.missed else "[green]đạt[/green]"
        table.add_row(row.address, f"{row.first:.0f}", f"{row.median:.0f}", f"{row.cpu:.0f}", f"{row.limit:.0f}", mark)
    Console(width=140).print(table)


def ready(path: Path, count: int) -> None:
    """Fill the database and find its conflicts, unless it is there already."""
    if path.exists():
        with open_database(path):  # brought to this program's schema
            return
    with open_database(path, create=True) as database:
        fill(database, count)
        find_all(database)
        vary(database)


def vary(database: Database) -> None:
    """What generated plans lack: rhythms, tasks nobody leads, sums of tasks, figures reached, doubts, progress told."""
    with database.transaction():
        for change in (
            """UPDATE deadlines SET kind = 'recurring', "end" = NULL, text = 'hằng quý', recurrence = 'FREQ=MONTHLY;INTERVAL=3'
               WHERE task_id % 9 = 0""",
            "DELETE FROM assignments WHERE role = 'lead' AND task_id % 17 = 0",
            "UPDATE budgets SET task_id = (SELECT min(t.id) FROM tasks t WHERE t.plan_id = budgets.plan_id) WHERE id % 2 = 0",
            "UPDATE budgets SET fund = 'ngân sách tỉnh' WHERE id % 3 = 0",
            "UPDATE targets SET kind = 'baseline' WHERE id % 7 = 0",
            "UPDATE tasks SET confidence = 0.6 WHERE id % 19 = 0",
        ):
            database.run(change)


def main() -> int:
    """Measure, and tell what misses its limit."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--database", type=Path)
    asked.add_argument("--plans", type=int, default=10_000)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--only", default="")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.database or Path(folder, "web.db")
        ready(path, options.plans)
        plan = put_long_plan(path)
        with served(path) as address, httpx.Client(base_url=address, timeout=120) as browser:
            rows = measure(browser, [one for one in LISTS if options.only in one], options.rounds)
            rows += measure_plan(browser, plan, options.rounds)
    show(rows)
    return 1 if any(row.missed for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
