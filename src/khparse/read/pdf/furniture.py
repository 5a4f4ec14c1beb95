"""What is printed on every page and belongs to none: page numbers, running heads, stamps of signatures, a browser's marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import regex

from khparse.read.pdf.page import Line, PageContent, Word

_NUMBER = regex.compile(r"\W{0,3}(?:trang|page)?\s?(\d{1,4})(?:\s?[/|]\s?\d{1,4})?\W{0,3}", regex.IGNORECASE)
_STAMP = regex.compile(
    r"(?:(?:được )?ký (?:số )?bởi|người ký|ngày ký|giờ ký|thời gian ký|ký ngày|digitally signed by|signature (?:not )?"
    r"(?:valid|verified)|signed by|signing (?:date|time))\s?(?::|$)|signature (?:not )?(?:valid|verified)",
    regex.IGNORECASE,
)
_STAMP_MORE = regex.compile(
    r"(?:cơ quan|email|e-mail|tổ chức|đơn vị|chức (?:vụ|danh)|ngày ký|giờ ký|thời gian(?: ký)?|ký bởi|người ký|lý do|"
    r"địa điểm|date|reason|location|dn|cn|foxit.{0,30}|phiên bản.{0,20})\s?[:=]|\d\d[./:-]\d\d[./:-]\d\d|\+07",
    regex.IGNORECASE,
)
# what a browser prints at the paper's edge: the page's address, when it was printed
_BROWSER = regex.compile(
    r"(?:https?://|file:///|about:)\S*(?:\s+\d{1,4}\s?/\s?\d{1,4})?"
    r"|\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},?\s+\d{1,2}:\d{2}(?::\d{2})?(?:\s?(?:[AP]M|SA|CH))?(?:\s.{0,200})?",
    regex.IGNORECASE,
)
_EDGE = 0.06
_OPENINGS = {
    form
    for word in ("ký", "người", "ngày", "giờ", "thời", "được", "digitally", "signature", "signed", "signing")
    for form in (word, word.capitalize(), word.upper())
}
_FIGURES = regex.compile(r"\d+")
_TOP, _BOTTOM = 0.11, 0.91


def without_stamps(page: PageContent) -> PageContent:
    """The page without "Ký bởi: …", "Ngày ký: …" blocks."""
    if not any(_STAMP.match(text) for text in _cues(page.words)):
        return page
    kept: list[Word] = []
    above: list[Word] | None = None
    for line in _stream_lines(page.words):
        text = " ".join(word.text for word in line)
        opens = len(text) < 200 and _STAMP.match(text)
        more = above is not None and _next_in_block(above, line) and _is_stamp_part(above, line, text)
        above = line if opens or more else None
        if above is None:
            kept.extend(line)
    page.words = kept
    return page


def without_print_marks(page: PageContent) -> PageContent:
    """The page without what a browser prints at the paper's edge: address, time and title."""
    high, low = _EDGE * page.height, (1 - _EDGE) * page.height
    edge = [word for word in page.words if word.bottom < high or word.top > low]
    rows: dict[int, list[Word]] = {}
    for word in edge:
        rows.setdefault(round(word.bottom / 3), []).append(word)
    marks = [row for row in rows.values() if _BROWSER.fullmatch(" ".join(w.text for w in sorted(row, key=_across)))]
    if marks:
        gone = {id(word) for row in marks for word in row}
        page.words = [word for word in page.words if id(word) not in gone]
    return page


def _across(word: Word) -> float:
    return word.x0


def _cues(words: Sequence[Word]) -> list[str]:
    """Four words from each one that may open a stamp."""
    return [" ".join(w.text for w in words[i : i + 4]) for i, word in enumerate(words) if word.text in _OPENINGS]


def _stream_lines(words: Sequence[Word]) -> list[list[Word]]:
    """The words as the stream groups them: each a line of one block."""
    lines: list[list[Word]] = []
    for word in words:
        last = lines[-1][-1] if lines else None
        if last and abs(word.bottom - last.bottom) < 0.4 * last.size and -2 < word.x0 - last.x1 < 2.5 * last.size:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _next_in_block(above: Sequence[Word], line: Sequence[Word]) -> bool:
    step = line[0].top - above[0].top
    return 0 < step < 2.2 * above[0].size and abs(line[0].x0 - above[0].x0) < 40


def _is_stamp_part(above: Sequence[Word], line: Sequence[Word], text: str) -> bool:
    same_look = abs(above[0].size - line[0].size) < 0.6 and line[0].size <= 11
    return len(text) < 120 and (bool(_STAMP_MORE.match(text)) or same_look)


def furniture_of(pages: Sequence[tuple[PageContent, Sequence[Line]]]) -> set[int]:
    """The `id`s of lines that are page numbers or running heads and feet."""
    repeated = _repeated(pages)
    found: set[int] = set()
    for page, lines in pages:
        if page.ocr:
            found.update(id(line) for line in lines if not any(map(str.isalnum, line.text)))
        for line in _margins(page, lines):
            # a page number misread: "Z" for 7
            if page.ocr and len(line.text) <= 2:
                found.add(id(line))
            if _is_page_number(line, page) or _mould(line) in repeated:
                found.add(id(line))
    return found


def _margins(page: PageContent, lines: Sequence[Line]) -> list[Line]:
    """The lines of a page's top and bottom edge, and its first and last one where they stand near."""
    return [line for line in lines if line.bottom < _TOP * page.height or line.top > _BOTTOM * page.height]


def _is_page_number(line: Line, page: PageContent) -> bool:
    match = _NUMBER.fullmatch(line.text)
    # a year or an amount alone on a line is no page number
    return match is not None and (abs(int(match[1]) - page.number) <= 30)


def _mould(line: Line) -> tuple[str, int]:
    """What a line repeats on other pages: its words with figures levelled, at its height."""
    return _FIGURES.sub("#", line.text), round(line.top / 6)


def _repeated(pages: Sequence[tuple[PageContent, Sequence[Line]]]) -> set[tuple[str, int]]:
    counts: Counter[tuple[str, int]] = Counter()
    for page, lines in pages:
        counts.update({_mould(line) for line in _margins(page, lines)})
    least = max(3, len(pages) // 2)
    found = {mould for mould, count in counts.items() if count >= least and len(mould[0]) > 2}
    return found | _counting(pages) if len(pages) == 2 else found


def _counting(pages: Sequence[tuple[PageContent, Sequence[Line]]]) -> set[tuple[str, int]]:
    """The running heads of a document of two pages: the same words with the page's own number at their end."""
    ends = [
        {
            _mould(line)
            for line in _margins(page, lines)
            if regex.search(rf"(?<!\d){page.number}(?:\s?(?:/|trên|of)\s?2)?\s*$", line.text)
        }
        for page, lines in pages
    ]
    return ends[0] & ends[1]
