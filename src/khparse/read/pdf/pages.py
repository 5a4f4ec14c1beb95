"""A PDF's pages as words: from its text layer, or from its picture where it has no words or words that are none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import regex

from khparse.errors import EncryptedError, InputError, LimitError, ToolMissingError
from khparse.read import limits
from khparse.read.pdf.furniture import without_print_marks, without_stamps
from khparse.read.pdf.layout import rows_of
from khparse.read.pdf.page import PageContent, Word
from khparse.read.scan.pages import Ocr, Picture, read_pictures
from khparse.text.legacy import decode_text, guess
from khparse.text.syllables import share_of_syllables

_FEW_WORDS = 25
_SAMPLE = 60  # words of a page by which its text is judged
_LEAST_SHARE = 0.6  # of a plan's words spelt as Vietnamese; an old OCR layer or a font without a map gives fewer
# what no plan is printed with: a font without a map gives control codes and rare signs
_ODD = regex.compile(r"[^\p{L}\p{N}\p{M}\s.,;:!?…_/\\()\[\]%&\"'“”‘’«»+*=<>≥≤→•·\-–—\ufffe\ue000-\uf8ff]")
_MOST_ODD = 0.1
_DPI = (200.0, 250.0)


def open_pdf(data: bytes) -> Any:
    """The pypdfium2 document of these bytes; the errors of `read_pdf`."""
    import pypdfium2 as pdfium
    from pypdfium2 import raw

    if len(data) > limits.FILE_BYTES:
        raise LimitError(f"tệp PDF lớn hơn {limits.FILE_BYTES // limits.MIB} MB", "hãy tách tệp")
    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise EncryptedError("tệp PDF có mật khẩu mở", "hãy gỡ mật khẩu rồi đọc lại") from error
        raise InputError("tệp PDF hỏng hoặc bị cắt cụt", "hãy tải lại tệp từ nơi ban hành") from error
    if count > limits.PDF_PAGES:
        raise LimitError(f"tệp PDF có {count} trang, nhiều hơn {limits.PDF_PAGES}", "hãy tách tệp")
    if count == 0:
        raise InputError("tệp PDF không có trang nào", "hãy tải lại tệp từ nơi ban hành")
    return document


def read_pages(data: bytes, ocr: Ocr) -> tuple[list[PageContent], list[str]]:
    """The pages' words, and what a person should know of the reading. The errors of `read_pdf`."""
    from khparse.read.pdf.words import read_page

    document = open_pdf(data)
    broken: list[int] = []
    try:
        pages = []
        pictures: list[int] = []
        for index in range(len(document)):
            page = _page(document, index)
            if page is None:
                pages.append(PageContent(index + 1, 0.0, 0.0, []))
                broken.append(index + 1)
                continue
            printed = read_page(page, index + 1)
            content = decoded(printed)
            pages.append(without_print_marks(without_stamps(content or printed)))
            if content is None or _is_picture(page, pages[-1]):
                pictures.append(index + 1)
            page.close()
        if len(broken) == len(pages):
            raise InputError("tệp PDF hỏng, không trang nào đọc được", "hãy tải lại tệp từ nơi ban hành")
        notices = [f"trang {_list(broken)} của tệp PDF hỏng, không đọc được"] if broken else []
        return pages, notices + _read_pictures(data, document, pages, pictures, ocr)
    finally:
        document.close()


def _page(document: Any, index: int) -> Any | None:
    """A page, None where the file's tree of pages leads to none."""
    import pypdfium2 as pdfium

    try:
        return document[index]
    except pdfium.PdfiumError:
        return None


def _share(content: PageContent) -> float:
    """How much of a sample of the page's words could be Vietnamese.

    Of words mended where they look broken, as letters of a second font break them.
    """
    sample = " ".join([word.text for word in _sample(content)])
    if len(_ODD.findall(sample)) > _MOST_ODD * len(sample):
        return 0.0
    share = share_of_syllables(sample)
    return share if share >= _LEAST_SHARE else share_of_syllables(_mended(content))


def _sample(content: PageContent) -> list[Word]:
    return content.words[:: max(len(content.words) // _SAMPLE, 1)]


def _mended(content: PageContent) -> str:
    return " ".join(word.text for row in rows_of(content.words) for word in row.words)


def decoded(content: PageContent) -> PageContent | None:
    """The page with the words of old Vietnamese fonts (.VnTime, VNI) in Unicode; None where its words are none."""
    if len(content.words) < _FEW_WORDS or _share(content) >= _LEAST_SHARE:
        return content
    encoding = guess(_mended(content))
    if encoding is None:
        return None
    words = [word._replace(text=decode_text(word.text, encoding)) for word in content.words]
    if share_of_syllables(" ".join(word.text for word in words)) < _LEAST_SHARE:
        return None
    content.words = words
    return content


def _is_picture(page: Any, content: PageContent) -> bool:
    """Whether the page's words stand in a picture: none in the text layer, or few over a picture."""
    few = len(content.words) < _FEW_WORDS
    return few and _covered(page, content) > (0.3 if content.words else 0.0)


def _covered(page: Any, content: PageContent) -> float:
    """The share of the page under its largest picture; drawings count where there are many, letters may be drawn."""
    from pypdfium2 import raw

    largest, paths = 0.0, 0
    for item in page.get_objects(max_depth=3):
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            largest = max(largest, (right - left) * (top - bottom))
        paths += item.type == raw.FPDF_PAGEOBJ_PATH
    return max(largest / max(content.width * content.height, 1.0), 1.0 if paths > 200 else 0.0)


def _read_pictures(data: bytes, document: Any, pages: list[PageContent], numbers: Sequence[int], ocr: Ocr) -> list[str]:
    """Put the pictures' words in place of the pages'; the notices of what was read so and what was not."""
    if not numbers:
        return []
    try:
        found = read_pictures(data, numbers, lambda number: _render(document, number), ocr)
    except ToolMissingError:
        if len(numbers) == len(pages):
            raise
        return [f"trang {_list(numbers)} là ảnh quét, chưa đọc được: máy chưa có tesseract"]
    for number, page in found.items():
        if page is not None:
            pages[number - 1] = page
    failed = [number for number, page in found.items() if page is None]
    read = [number for number, page in found.items() if page is not None and page.words]
    notices = [f"trang {_list(read)} đọc bằng nhận dạng chữ (OCR)"] if read else []
    if failed:
        notices.append(f"trang {_list(failed)} không nhận dạng được trong thời hạn")
    return notices


def _list(numbers: Sequence[int]) -> str:
    """Page numbers for a person: [1, 2, 3, 7] -> "1-3, 7"."""
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(f"{first}-{last}" if last > first else str(first) for first, last in spans)


def _render(document: Any, number: int) -> Picture:
    page = document[number - 1]
    width, height = page.get_size()
    dpi = _resolution(page, width)
    dpi = min(dpi, 72 * (limits.PICTURE_PIXELS / max(width * height, 1.0)) ** 0.5)
    bitmap = page.render(scale=dpi / 72)
    pixels = bitmap.to_numpy().copy()
    bitmap.close()
    page.close()
    return Picture(number, width, height, pixels, dpi)


def _resolution(page: Any, width: float) -> float:
    """The picture's own dots per inch, within what tesseract reads well."""
    from pypdfium2 import raw

    own = [item.get_px_size()[0] for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)]
    return min(max(max(own, default=0) / max(width, 1.0) * 72, _DPI[0]), _DPI[1])
