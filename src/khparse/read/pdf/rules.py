"""Ruled lines of a born-digital page: thin straight parts of its drawings, through pdfium's C interface."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from khparse.read import limits
from khparse.read.pdf.page import Quad, Rule, Turn

_RULE_THICKNESS = 3.0
_RULE_LENGTH = 4.0


def rules_of(page: Any, turn: Turn) -> Iterator[Rule]:
    """The lines that the page draws, whichever way they run. `page` is a pypdfium2 PdfPage."""
    for index in range(min(pdfium.FPDFPage_CountObjects(page), limits.PDF_OBJECTS)):
        yield from _object_rules(pdfium.FPDFPage_GetObject(page, index), turn, 0)


def _object_rules(item: Any, turn: Turn, depth: int) -> Iterator[Rule]:
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < 3:
        for index in range(min(pdfium.FPDFFormObj_CountObjects(item), 5000)):
            yield from _object_rules(pdfium.FPDFFormObj_GetObject(item, index), turn, depth + 1)
    elif kind == pdfium.FPDF_PAGEOBJ_PATH:
        for x0, y0, x1, y1 in _strokes(item):
            yield Rule(*turn(x0, y0, x1, y1))


def _strokes(path: Any) -> Iterator[Quad]:
    """Thin straight parts of a path: the path itself where it is thin, else its sides."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(path, left, bottom, right, top):
        return
    box = (left.value, bottom.value, right.value, top.value)
    width, height = box[2] - box[0], box[3] - box[1]
    if min(width, height) <= _RULE_THICKNESS:
        if max(width, height) >= _RULE_LENGTH:
            yield box
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    count = pdfium.FPDFPath_CountSegments(path)
    # one filled rectangle is a shade behind the text; many in one path are drawn rules
    if count > 20_000 or not (stroke.value or count > 5):
        return
    yield from _sides(path, count, filled=not stroke.value)


def _sides(path: Any, count: int, *, filled: bool) -> Iterator[Quad]:
    for points in _subpaths(path, count):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = (min(xs), min(ys), max(xs), max(ys))
        if filled:
            if min(box[2] - box[0], box[3] - box[1]) <= _RULE_THICKNESS <= max(box[2] - box[0], box[3] - box[1]):
                yield box
            continue
        for (xa, ya), (xb, yb) in pairwise(points):
            if min(abs(xa - xb), abs(ya - yb)) < 1.0 and max(abs(xa - xb), abs(ya - yb)) >= _RULE_LENGTH:
                yield (min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))


def _subpaths(path: Any, count: int) -> Iterator[list[tuple[float, float]]]:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(path, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append(point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points
