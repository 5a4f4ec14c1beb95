"""Takes the guide's pictures from the real page: `khparse serve` over corpus/, driven in Chromium (`make guide`).

The day is held still and the files are those of corpus/, so that two runs show the same. Beside the pictures stands
`words.json`, the words of the interface seen on each: a test takes the pictures again and fails where these differ.
Only words that stand there whatever the plans say are taken: what is read from them may get better without new pictures.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
PLANS = ROOT / "corpus" / "pdf"
UPLOADED = "tuyen-quang-ubnd-2022-nuoc-sach.pdf"
THERE_ALREADY = "hoa-binh-ubnd-2022-nuoc-sach.pdf"
NO_PLAN = ("thu-moi-hop.txt", "GIẤY MỜI\nKính mời đồng chí dự họp giao ban lúc 8 giờ ngày 05/12/2025./.\n")
TODAY = date(2025, 12, 1)
MOST_BYTES = 120_000
COLOURS = (128, 64, 32)
WINDOW = {"width": 1280, "height": 800}
FLAGS = ["--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--font-render-hinting=none", "--no-first-run"]
SECONDS = 60_000
# of the page, not of what it shows: no names, kinds and tags of records, which come and go with what is read
INTERFACE = (
    "header nav a, .hero h2, .filters label, .filters button, .ask button, .drop b, .drop .button, .views a, .downloads,"
    " thead th[scope=col], .job-actions button, .form label, .form button, .plan-links > a:not(.strong), .outline summary"
)


@dataclass(frozen=True)
class Scene:
    """A picture: its name and the way to what it shows, from the start page."""

    name: str
    go: Callable[[Page], object]


def upload(page: Page) -> None:
    """A new plan, one that is there already, and a file that is no plan, put in one after another."""
    with tempfile.TemporaryDirectory() as folder:
        letter = Path(folder, NO_PLAN[0])
        letter.write_text(NO_PLAN[1], encoding="utf-8")
        page.goto("/upload")
        for done, file in enumerate((PLANS / UPLOADED, PLANS / THERE_ALREADY, letter)):
            page.set_input_files("#files", str(file))
            page.locator(".job.done, .job.failed").nth(done).wait_for()


def plan(page: Page) -> None:
    """The uploaded plan, its second task lit on its page."""
    page.goto("/plans?q=115/KH-UBND")
    page.locator("table a[href*='/plans/']").first.click()
    page.locator(".record.task [data-place]").nth(1).click()
    page.locator(".marks .lit rect").first.wait_for()
    page.evaluate(
        "Promise.all([...document.images].map(i => i.complete || new Promise(d => i.onload = i.onerror = d)))"
    )


def office(page: Page) -> None:
    """From the start page to what an office owns, typed without diacritics."""
    page.goto("/")
    page.fill("#ask", "so nong nghiep hoa binh")
    page.locator(".ask button").click()
    page.locator("tbody tr").first.wait_for()


def conflict(page: Page) -> None:
    """From the start page to the first open conflict between a plan and the one above it."""
    page.goto("/")
    page.locator("a[href^='/conflicts/']", has_text="Thấp hơn kế hoạch cấp trên").first.click()
    page.locator(".side blockquote").nth(1).wait_for()


SCENES = (
    Scene("upload", upload),
    Scene("start", lambda page: page.goto("/")),
    Scene("plan", plan),
    Scene("office", office),
    Scene("conflict", conflict),
    Scene("deadlines", lambda page: page.goto("/deadlines?month=2022-12")),
)


def serve(db: str) -> None:
    """`khparse serve` on a free port, the day held still."""
    from khparse.cli import main
    from khparse.web.visit import Visit

    Visit.today = property(lambda _: TODAY)  # type: ignore[assignment, method-assign]
    sys.argv = ["khparse", "serve", "--db", db, "--port", "0"]
    sys.exit(main())


@contextmanager
def served(db: Path) -> Iterator[str]:
    """The page's address while the server runs over all plans of corpus/ but the one to be uploaded."""
    run = [sys.executable, str(ROOT / "cli.py"), "ingest", "--db", str(db)]
    given = [str(path) for path in sorted(PLANS.glob("*.pdf")) if path.name != UPLOADED]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    subprocess.run([*run, *given], check=True, env=environment, capture_output=True)
    server = subprocess.Popen(
        [sys.executable, __file__, "--serve", str(db)], stderr=subprocess.PIPE, text=True, env=environment
    )
    try:
        yield _address(server)
    finally:
        server.terminate()
        server.wait(20)


def _address(server: subprocess.Popen[str]) -> str:
    said = ""
    for line in server.stderr or ():
        if found := re.search(r"http://[\d.:]+", line):
            return found.group()
        said += line
    raise RuntimeError(f"khparse serve did not start: {said}")


def take(out: Path) -> dict[str, list[str]]:
    """The pictures and words.json in `out`; the words of the interface by picture."""
    from playwright.sync_api import sync_playwright

    out.mkdir(parents=True, exist_ok=True)
    words: dict[str, list[str]] = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder, "plans.db")) as address,
        sync_playwright() as play,
    ):
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(base_url=address, viewport=WINDOW, locale="vi-VN", reduced_motion="reduce")
        page.set_default_timeout(SECONDS)
        for scene in SCENES:
            scene.go(page)
            page.wait_for_load_state("networkidle")
            picture = page.screenshot(animations="disabled", caret="hide")
            (out / f"{scene.name}.png").write_bytes(small(picture))
            words[scene.name] = interface(page)
        browser.close()
    (out / "words.json").write_text(json.dumps(words, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return words


def interface(page: Page) -> list[str]:
    """The words of the interface that the page shows, without figures, each once."""
    texts = page.locator(INTERFACE).all_inner_texts()
    return sorted({clean for text in texts if (clean := re.sub(r"[\d.,/\s]+", " ", text).strip())})


def small(picture: bytes) -> bytes:
    """The picture in few colours, as many as the size allows."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    for colours in COLOURS:
        out = BytesIO()
        reduced = image.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        reduced.save(out, "PNG", optimize=True)
        if out.tell() < MOST_BYTES:
            break
    return out.getvalue()


def main() -> int:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--serve", metavar="DB", help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, default=PICTURES)
    given = parser.parse_args()
    if given.serve:
        serve(given.serve)
    take(given.out)
    for path in sorted(given.out.glob("*.png")):
        print(f"{path}: {path.stat().st_size / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
