"""Pages to one flow of paragraphs: furniture out, footnotes aside, columns in order, body text over page breaks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from khparse.read.pdf_footnotes import Footnote, body_size, take_footnotes
from khparse.read.pdf_furniture import furniture_of
from khparse.read.pdf_layout import Row, edges_of, rows_of, runs_of
from khparse.read.pdf_lines import habits_of, paragraphs_of
from khparse.read.pdf_page import Line, PageContent, Run


@dataclass(frozen=True, slots=True)
class Flow:
    """The document's paragraphs (as lines), and footnotes apart."""

    blocks: list[list[Line]]
    footnotes: list[Footnote]


def flow_of(pages: Sequence[PageContent]) -> Flow:
    """The paragraphs of the pages in reading order."""
    rows = [rows_of(page.words) for page in pages]
    edges = _edges(pages, rows)
    runs = [runs_of(own, page.number, edges[_format(page)]) for page, own in zip(pages, rows, strict=True)]
    _drop_furniture(pages, runs)
    size = body_size(run for own in runs for run in own)
    notes = [note for page, own in zip(pages, runs, strict=True) for note in take_footnotes(page, own, size)]
    flowing = list(_flowing(run for own in runs for run in own))
    habits = habits_of(flowing)
    return Flow([paragraph for run in flowing for paragraph in paragraphs_of(run.lines, habits)], notes)


def _format(page: PageContent) -> tuple[int, bool]:
    return round(page.width), page.ocr


def _edges(pages: Sequence[PageContent], rows: Sequence[list[Row]]) -> dict[tuple[int, bool], tuple[float, float]]:
    """The text's edges on pages of each format, taken together: a last page of three lines has none of its own."""
    together: dict[tuple[int, bool], list[Row]] = {}
    for page, own in zip(pages, rows, strict=True):
        together.setdefault(_format(page), []).extend(own)
    return {form: edges_of(all_rows) for form, all_rows in together.items()}


def _drop_furniture(pages: Sequence[PageContent], runs: Sequence[list[Run]]) -> None:
    lines = [(page, [line for run in own for line in run.lines]) for page, own in zip(pages, runs, strict=True)]
    furniture = furniture_of(lines)
    for own in runs:
        for run in own:
            run.lines = [line for line in run.lines if id(line) not in furniture]


def _flowing(runs: Iterable[Run]) -> Iterable[Run]:
    """Body runs that follow each other are one: the body goes on over the page."""
    body: Run | None = None
    for run in runs:
        if not run.lines:
            continue
        if run.column:
            if body:
                yield body
                body = None
            yield run
        elif body:
            body.lines.extend(run.lines)
        else:
            body = Run(list(run.lines))
    if body:
        yield body
