"""Cells of a scanned table that were read badly or not at all, read once more, each for itself.

A recogniser reads a whole page in lines: it runs over the edge of a narrow cell, and passes over a lone figure. The
cells with ink that gave no words, or doubtful ones, are put under each other to one picture and read again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from khparse.read.pdf.page import PageContent, Word
from khparse.read.tables.ruled import GridCell, grids_of

if TYPE_CHECKING:
    from khparse.read.scan.image import Grey

_DOUBTFUL = 0.8  # mean confidence of a cell's words
_LEAST = 0.6  # and of words that were read anew
_INK = 140
_LEAST_INK = 0.0007  # square inches: a figure 1
_MARGIN = 0.02  # inches inside a cell's edges, where rules leave traces
_WHITE = 0.15  # inches between cells in the picture
_LARGER = 2  # small pictures are read better larger
_MOST_CELLS = 400

Recognise = Callable[["Grey", float], Sequence[Word] | None]


class _Piece(NamedTuple):
    """A cell's ink: its words so far, where it was cut out, and where it stands in the picture of cells. Pixels."""

    words: list[Word]
    left: int
    top: int
    ink: Grey
    at: int


def with_cells_read(page: PageContent, grey: Grey, dpi: float, recognise: Recognise) -> PageContent:
    """The page with words for its doubtful cells; `grey` is its picture set straight, without ruled lines."""
    pieces = _pieces(page, grey, dpi)
    if not pieces:
        return page
    found = recognise(_picture(pieces, dpi), dpi * _LARGER)
    if not found:
        return page
    gone: set[int] = set()
    new: list[Word] = []
    for piece in pieces:
        words = _words_of(piece, found, dpi)
        if words and _sureness(words) > max(_sureness(piece.words), _LEAST):
            gone.update(map(id, piece.words))
            new += words
    return replace(page, words=[word for word in page.words if id(word) not in gone] + new) if new else page


def _pieces(page: PageContent, grey: Grey, dpi: float) -> list[_Piece]:
    import numpy as np

    pieces: list[_Piece] = []
    at = round(_WHITE * dpi)
    for grid in grids_of(page)[0]:
        for cell in grid.cells[:_MOST_CELLS]:
            words = [word for line in cell.lines for word in line.words]
            if words and _sureness(words) >= _DOUBTFUL:
                continue
            left, top, right, bottom = _inside(cell, grid.xs, grid.ys, dpi)
            ink = grey[top:bottom, left:right]
            rows, columns = np.nonzero(ink < _INK)
            if rows.size < _LEAST_INK * dpi * dpi:
                continue
            x0, y0 = int(columns.min()), int(rows.min())
            cut = ink[y0 : int(rows.max()) + 1, x0 : int(columns.max()) + 1]
            pieces.append(_Piece(words, left + x0, top + y0, cut, at))
            at += cut.shape[0] + round(_WHITE * dpi)
    return pieces


def _inside(cell: GridCell, xs: Sequence[float], ys: Sequence[float], dpi: float) -> tuple[int, int, int, int]:
    """The cell's pixels within its edges: left, top, right, bottom."""
    scale, margin = dpi / 72.0, round(_MARGIN * dpi)
    return (
        round(xs[cell.column] * scale) + margin,
        round(ys[cell.row] * scale) + margin,
        round(xs[cell.column + cell.column_span] * scale) - margin,
        round(ys[cell.row + cell.row_span] * scale) - margin,
    )


def _picture(pieces: Sequence[_Piece], dpi: float) -> Grey:
    """The pieces under each other on white, enlarged."""
    import numpy as np
    from PIL import Image

    white = round(_WHITE * dpi)
    width = max(piece.ink.shape[1] for piece in pieces) + 2 * white
    canvas = np.full((pieces[-1].at + pieces[-1].ink.shape[0] + white, width), 255, np.uint8)
    for piece in pieces:
        height, across = piece.ink.shape
        canvas[piece.at : piece.at + height, white : white + across] = piece.ink
    image = Image.fromarray(canvas)
    return np.asarray(image.resize((image.width * _LARGER, image.height * _LARGER), Image.Resampling.BICUBIC))


def _words_of(piece: _Piece, found: Sequence[Word], dpi: float) -> list[Word]:
    """The words that were read in a piece, at their places on the page."""
    scale = 72.0 / dpi
    top, bottom = piece.at * scale, (piece.at + piece.ink.shape[0]) * scale
    right, down = (piece.left - round(_WHITE * dpi)) * scale, (piece.top - piece.at) * scale
    return [
        word._replace(x0=word.x0 + right, x1=word.x1 + right, top=word.top + down, bottom=word.bottom + down)
        for word in found
        if top <= (word.top + word.bottom) / 2 <= bottom
    ]


def _sureness(words: Sequence[Word]) -> float:
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0
