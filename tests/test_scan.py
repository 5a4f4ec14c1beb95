"""Scans: pictures of pages read through tesseract, kept, and told from pages that need no reading."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from pdf_making import Pdf
from PIL import Image, ImageDraw
from rapidfuzz.distance import Levenshtein
from test_pdf import LONG, lines
from test_pdf_tables import HEAD, grid, ruled

from khparse.errors import ToolMissingError
from khparse.read.scan import pages as scan
from khparse.read.pdf.document import read_pdf
from khparse.read.pdf.page import PageContent, Word
from khparse.read.scan.pages import Ocr, words_of
from khparse.read.scan.cells import with_cells_read
from khparse.read.scan.image import grey_of, is_sideways, on_white, rules_of, tilt_of, unruled, unspecked
from khparse.read.scan.labels import counted

DPI = 200


def picture(
    pdf_bytes: bytes, *, angle: float = 0.0, grain: int = 6, stamp: tuple[int, int] | None = None
) -> Image.Image:
    """The first page as a scanner gives it: grainy, a little turned, with a red stamp over it."""
    import pypdfium2 as pdfium

    image = pdfium.PdfDocument(pdf_bytes)[0].render(scale=DPI / 72).to_pil().convert("RGB")
    if stamp:
        over = Image.new("RGBA", image.size, (0, 0, 0, 0))
        draw = ImageDraw.Draw(over)
        x, y = stamp
        for ring in (0, 6, 40):
            draw.ellipse((x + ring, y + ring, x + 230 - ring, y + 230 - ring), outline=(210, 20, 30, 170), width=6)
        image = Image.alpha_composite(image.convert("RGBA"), over).convert("RGB")
    image = image.rotate(angle, fillcolor=(255, 255, 255), resample=Image.Resampling.BICUBIC, expand=abs(angle) > 45)
    noise = np.random.default_rng(7).normal(0, grain, (*image.size[::-1], 1))
    return Image.fromarray(np.clip(np.asarray(image) + noise - grain, 0, 255).astype(np.uint8))


def scanned(*images: Image.Image) -> bytes:
    """A PDF of pictures, without a text layer."""
    buffer = io.BytesIO()
    images[0].save(buffer, "PDF", resolution=DPI, save_all=True, append_images=images[1:])
    return buffer.getvalue()


def plan_page() -> bytes:
    pdf = Pdf()
    y = pdf.paragraph(120, LONG)
    pdf.paragraph(y + 4, "- " + LONG)
    return pdf.bytes()


@pytest.mark.tool("tesseract")
@pytest.mark.slow
def test_a_tilted_scan_with_a_stamp_is_read(tmp_path: Path) -> None:
    data = scanned(picture(plan_page(), angle=-1.3, stamp=(700, 420)))
    document = read_pdf(data, Ocr(cache=tmp_path))
    assert len(lines(document)) == 2
    meant = f"{LONG} - {LONG}"
    assert Levenshtein.distance(" ".join(document.text.split()), meant) <= 0.02 * len(meant)
    assert document.pages[0].ocr
    assert 0.7 < document.confidence < 1.0


@pytest.mark.tool("tesseract")
@pytest.mark.slow
def test_a_page_read_before_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = scanned(picture(plan_page()))
    told: list[tuple[int, int]] = []
    first = read_pdf(data, Ocr(cache=tmp_path, progress=lambda done, all_: told.append((done, all_))))
    monkeypatch.setattr(scan, "read_picture", lambda *_: pytest.fail("read again"))
    assert read_pdf(data, Ocr(cache=tmp_path)) == first
    assert told == [(0, 1), (1, 1)]


@pytest.mark.tool("tesseract")
@pytest.mark.slow
def test_a_sideways_scan_is_turned(tmp_path: Path) -> None:
    document = read_pdf(scanned(picture(plan_page(), angle=90)), Ocr(cache=tmp_path))
    assert document.text.startswith("Giao Phòng Văn hóa và Thông tin")


@pytest.mark.tool("tesseract")
@pytest.mark.slow
def test_a_scanned_table_keeps_its_cells(tmp_path: Path) -> None:
    pdf = Pdf()
    pdf.paragraph(80, LONG)
    ruled(
        pdf,
        180,
        [
            HEAD,
            ["1", "Rà soát hồ sơ các đơn vị", "Phòng Nội vụ", "1.200"],
            ["2", "Tập huấn cán bộ", "Phòng Y tế", "350"],
        ],
    )
    document = read_pdf(scanned(picture(pdf.bytes(), grain=3)), Ocr(cache=tmp_path))
    assert [row[2:] for row in grid(document)[1:]] == [["Phòng Nội vụ", "1.200"], ["Phòng Y tế", "350"]]


@pytest.mark.tool("tesseract")
@pytest.mark.slow
def test_a_rubbish_text_layer_is_read_from_the_picture(tmp_path: Path) -> None:
    image = tmp_path / "page.png"
    picture(plan_page()).save(image)
    pdf = Pdf()
    pdf.canvas.drawImage(str(image), 0, 0, 595, 842)
    for place in range(12):
        pdf.text(80, 100 + 20 * place, "Ktr hogch tri6n khai thvc hifn chuy6n di6i sd tr6n dia bdn huyfn")
    document = read_pdf(pdf.bytes(), Ocr(cache=tmp_path))
    assert document.pages[0].ocr


@pytest.mark.tool("tesseract")
@pytest.mark.slow
def test_words_of_a_scan_keep_their_boxes(tmp_path: Path) -> None:
    document = read_pdf(scanned(picture(plan_page(), angle=-1.0)), Ocr(cache=tmp_path))
    assert len(document.words) >= 0.95 * len(document.text.split())
    first = document.words[0]
    assert first.span.of(document.text) == "Giao"
    assert abs(first.box.x0 - 108) < 12


def test_without_tesseract_a_scan_asks_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    scan.tesseract.cache_clear()
    monkeypatch.setattr(scan.shutil, "which", lambda _: None)
    with pytest.raises(ToolMissingError, match="apt-get install tesseract-ocr"):
        read_pdf(scanned(picture(plan_page())), Ocr(cache=None))
    scan.tesseract.cache_clear()


def test_a_blank_page_needs_no_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "tesseract", lambda: pytest.fail("not needed"))
    pdf = Pdf()
    pdf.paragraph(100, LONG)
    pdf.page()
    pdf.line(0, 0, 0, 0)
    assert len(read_pdf(pdf.bytes()).pages) == 2


def inked(*over: tuple[int, int, int, int, tuple[int, int, int]]) -> NDArray[np.uint8]:
    """White paper with black letters of 6 x 12 pixels every 20, and bars of coloured ink over them."""
    pixels = np.full((60, 200, 3), 250, np.uint16)
    for x in range(10, 190, 20):
        pixels[24:36, x : x + 6] = 20
    for x0, y0, x1, y1, colour in over:
        pixels[y0:y1, x0:x1] = pixels[y0:y1, x0:x1] * np.array(colour, np.uint16) // 255
    return pixels.astype(np.uint8)


@pytest.mark.parametrize("ink", [(200, 30, 40), (30, 30, 150), (60, 70, 200)])
def test_coloured_ink_turns_pale_with_its_rim_and_black_letters_stay(ink: tuple[int, int, int]) -> None:
    rim = tuple(min(part + 90, 255) for part in ink)
    grey = grey_of(inked((0, 28, 200, 31, ink), (0, 27, 200, 28, rim), (0, 31, 200, 32, rim)))  # type: ignore[arg-type]
    plain = grey_of(inked())
    assert ((grey < 140) == (plain < 140)).all()


def test_tinted_paper_is_no_stamp() -> None:
    pixels = np.full((40, 40, 3), (250, 240, 190), np.uint8)
    pixels[10:20, 10:20] = (110, 95, 70)
    assert (grey_of(pixels) < 140).sum() == 100


def test_grey_and_unevenly_lit_paper_turns_white_and_ink_stays() -> None:
    shade = np.linspace(150, 215, 600).astype(np.uint8)
    picture = np.tile(shade, (400, 1))
    picture[100:110, 100:500] = 40
    picture[200:300, 250:350] = 15  # a picture of its own
    lifted = on_white(picture)
    assert (lifted[:90] > 235).all()
    assert (lifted[101:109, 100:500] < 80).all()
    assert (lifted[210:290, 260:340] < 40).all()
    assert on_white(np.full((400, 600), 250, np.uint8)).max() == 250


def test_the_tilt_of_lines_is_found() -> None:
    level = grey_of(np.asarray(picture(plan_page(), grain=0)))
    tilted = grey_of(np.asarray(picture(plan_page(), grain=0, angle=-1.5)))
    assert tilt_of(level) == 0.0
    assert tilt_of(tilted) == pytest.approx(1.5, abs=0.25)


def test_lines_that_run_up_the_page_are_sideways() -> None:
    level = grey_of(np.asarray(picture(plan_page(), grain=0)))
    assert not is_sideways(level)
    assert is_sideways(np.rot90(level))


def test_ruled_lines_are_found_and_words_are_not() -> None:
    pdf = Pdf()
    pdf.paragraph(80, LONG)
    ruled(pdf, 200, [HEAD, HEAD])
    rules = rules_of(grey_of(np.asarray(picture(pdf.bytes(), grain=0))), DPI)
    assert sum(rule.horizontal for rule in rules) == 3
    assert sum(not rule.horizontal for rule in rules) == 5


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("L MỤC TIÊU", "I. MỤC TIÊU"),
        ("HI. Nội dung", "III. Nội dung"),
        ("IIL NHIỆM VỤ", "III. NHIỆM VỤ"),
        ("H. Tân Lập", "H. Tân Lập"),
    ],
)
def test_a_roman_label_whose_strokes_ran_together_is_told(read: str, meant: str) -> None:
    rows = [f"5\t1\t1\t1\t1\t1\t{100 + 90 * i}\t100\t80\t30\t90\t{word}" for i, word in enumerate(read.split())]
    words = words_of("\n".join(["head", "4\t1\t1\t1\t1\t0\t100\t100\t300\t30\t-1\t", *rows]), 200)
    assert " ".join(word.text for word in words) == meant


def test_a_line_of_tesseract_gives_its_words_one_height() -> None:
    table = "\n".join(
        [
            "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext",
            "4\t1\t1\t1\t1\t0\t100\t100\t300\t40\t-1\t",
            "5\t1\t1\t1\t1\t1\t100\t110\t40\t20\t95.0\tcác",
            "5\t1\t1\t1\t1\t2\t150\t100\t60\t40\t91.0\tSở",
            "5\t1\t1\t1\t1\t3\t390\t100\t10\t40\t3.0\t'",
        ]
    )
    words = words_of(table, 200)
    assert [(word.text, round(word.top, 1), word.spaced, word.confidence) for word in words] == [
        ("các", 36.0, True, 0.95),
        ("Sở", 36.0, False, 0.91),
    ]


def drawn(*boxes: tuple[int, int, int, int]) -> np.ndarray:
    """Black rectangles on white: left, top, right, bottom in pixels."""
    image = Image.new("L", (600, 200), 250)
    for box in boxes:
        ImageDraw.Draw(image).rectangle(box, fill=20)
    return np.asarray(image)


def test_dust_is_wiped_off_and_a_stop_beside_its_word_stays() -> None:
    clean = unspecked(drawn((300, 90, 301, 91), (50, 50, 90, 76), (95, 73, 98, 76)), DPI)
    assert clean[90, 300] > 200
    assert clean[75, 96] < 100
    assert clean[60, 60] < 100


def test_a_dotted_line_to_write_on_is_no_dust() -> None:
    dots = [(x, 100, x + 2, 102) for x in range(100, 300, 7)]
    assert (unspecked(drawn(*dots), DPI)[101, 101:299:7] < 100).all()


def test_ruled_lines_are_taken_out_of_the_picture() -> None:
    page = drawn((20, 100, 580, 102), (50, 50, 90, 76))
    clean = unruled(page, rules_of(page, DPI), DPI)
    assert clean[101, 300] > 200
    assert clean[60, 60] < 100


@pytest.mark.parametrize(
    ("read", "strokes", "meant"),
    [("II.", 3, "III."), ("III.", 2, "II."), ("VI.", 4, "VII."), ("II", 2, "II"), ("IV.", 5, "IV."), ("II.", 5, "II.")],
)
def test_strokes_of_a_label_are_counted_in_the_picture(read: str, strokes: int, meant: str) -> None:
    page = drawn(*[(100 + 12 * place, 50, 105 + 12 * place, 75) for place in range(strokes)])
    scale = 72 / DPI
    word = Word(read, 100 * scale, 46 * scale, (106 + 12 * strokes) * scale, 80 * scale, 12)
    assert [each.text for each in counted([word], page, DPI)] == [meant]


def test_a_cell_that_gave_no_words_is_read_again_alone() -> None:
    marks = [(100 + 200 * x, 20, 102 + 200 * x, 180) for x in range(3)]
    marks += [(100, 20 + 80 * y, 502, 22 + 80 * y) for y in range(3)]
    page = drawn(*marks, (190, 45, 196, 75), (390, 45, 396, 75))
    rules, scale = rules_of(page, DPI), 72 / DPI
    known = Word("Văn", 385 * scale, 45 * scale, 400 * scale, 75 * scale, 11, confidence=0.95)
    content = PageContent(1, 600 * scale, 200 * scale, [known], rules, ocr=True)

    def recognise(cells: np.ndarray, dpi: float) -> list[Word]:
        rows, columns = np.nonzero(cells < 140)
        top, bottom, left, right = (side * 72 / dpi for side in (rows.min(), rows.max(), columns.min(), columns.max()))
        return [Word("7", left, top, right, bottom, 11, confidence=0.9)]

    read = with_cells_read(content, unruled(page, rules, DPI), DPI, recognise)
    assert [word.text for word in read.words] == ["Văn", "7"]
    assert abs(read.words[1].x0 - 190 * scale) < 1.5
    assert abs(read.words[1].top - 45 * scale) < 1.5


def test_doubtful_words_read_anew_do_not_take_the_place_of_nothing() -> None:
    page = drawn((100, 20, 102, 180), (300, 20, 302, 180), (100, 20, 302, 22), (100, 178, 302, 180), (190, 45, 196, 75))
    rules = rules_of(page, DPI)
    content = PageContent(1, 216, 72, [], rules, ocr=True)
    scrap = [Word("[", 10, 10, 20, 20, 11, confidence=0.4)]
    assert with_cells_read(content, unruled(page, rules, DPI), DPI, lambda *_: scrap).words == []
