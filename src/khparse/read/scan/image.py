"""A scanned page's picture made ready: coloured stamps dropped out, set straight, ruled lines found.

Pictures are arrays of grey, 0 black to 255 white.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from khparse.read.pdf.page import Rule

Grey = NDArray[np.uint8]

_DARK = 140
_COLOURED = 60  # how far apart the channels of a stamp's or a pen's colour lie
_TINTED, _MOST_TINTED = 32, 0.1  # those of its rim; the share of a page that stamps and pens may cover
_BLACK, _UNDER = 90, 0.75  # the lightest channel of black ink; of ink under a stroke, beside the stroke's own
_BLOCK = 48  # pixels
_WHITE_PAPER = 225
_GRAIN = 12  # paper's own grain below its level is paper still
_GRAINY = 1.5  # usual step of brightness between neighbouring pixels
_SMOOTH = 0.7  # pixels
_DUSTY = 170  # dust is paler than ink
_ALONE, _SPECK = 0.04, 0.0175  # inches: the white around a speck of dust, its side
_STEEPEST = 5.0  # degrees
_LEAST_TURN = 0.15
_RULE_INCHES = 0.45  # the shortest ruled line: longer than any letter's stroke or dash
_THICKEST = 0.05  # inches


def grey_of(pixels: NDArray[np.uint8]) -> Grey:
    """Height x width (x 3 or 4) pixels to grey; of colours the lightest channel: red stamps and blue ink turn pale."""
    if pixels.ndim == 2:
        return pixels
    if pixels.shape[2] < 3:
        return np.ascontiguousarray(pixels[:, :, 0])
    colours = pixels[:, :, :3]
    lightest, darkest = colours.max(axis=2), colours.min(axis=2)
    spread = lightest - darkest
    middle = (colours[:, :, 0] // 4 + colours[:, :, 1] // 2 + colours[:, :, 2] // 4).astype(np.uint8)
    tinted = spread > _TINTED
    if tinted.mean() > _MOST_TINTED:  # tinted paper
        return np.where(spread > _COLOURED, lightest, middle)
    # a stroke of colour is dark in every channel but one, its rim is paler; black ink under it is dark in all
    paled = np.minimum(lightest + 2.5 * np.maximum(spread.astype(np.float32) - _TINTED / 2, 0), 255).astype(np.uint8)
    ink = max(_BLACK, _UNDER * float(np.median(lightest[tinted]))) if tinted.any() else _BLACK
    return np.where(_spread(tinted) & (lightest > ink), paled, middle)


def _spread(found: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The places and those within two pixels of them."""
    wide = found.copy()
    for _ in range(2):
        grown = wide.copy()
        grown[1:] |= wide[:-1]
        grown[:-1] |= wide[1:]
        grown[:, 1:] |= wide[:, :-1]
        grown[:, :-1] |= wide[:, 1:]
        wide = grown
    return wide


def on_white(grey: Grey) -> Grey:
    """The picture as if on white paper: grey or unevenly lit paper, measured block by block, is lifted."""
    from PIL import Image

    height, width = grey.shape
    if height < 4 * _BLOCK or width < 4 * _BLOCK:
        return grey
    rows, columns = height // _BLOCK, width // _BLOCK
    blocks = grey[: rows * _BLOCK, : columns * _BLOCK].reshape(rows, _BLOCK, columns, _BLOCK)
    paper = np.median(blocks[:, ::4, :, ::4].transpose(0, 2, 1, 3).reshape(rows, columns, -1), axis=2)
    usual = float(np.median(paper))
    if usual >= _WHITE_PAPER or usual < _DARK:
        return grey
    # a dark block is a picture or a black bar, no paper
    paper = np.where(paper < 0.75 * usual, usual, paper).astype(np.uint8)
    level = np.asarray(Image.fromarray(paper).resize((width, height), Image.Resampling.BILINEAR)).astype(np.float32)
    lifted = grey.astype(np.float32) * (255.0 / np.maximum(level - _GRAIN, 1.0))
    return np.minimum(lifted, 255).astype(np.uint8)


def sharpened(grey: Grey) -> Grey:
    """The picture with clearer strokes: marks over letters that a scanner blurred are read better.

    Of a grainy picture the grain is smoothed instead: sharpened it would become dots, and dots are marks too.
    """
    from PIL import Image, ImageFilter

    grain = np.median(np.abs(np.diff(grey[::4, ::2].astype(np.int16), axis=1)))
    how = ImageFilter.GaussianBlur(_SMOOTH) if grain > _GRAINY else ImageFilter.UnsharpMask(2, 150, 2)
    return np.asarray(Image.fromarray(grey).filter(how))


def unspecked(grey: Grey, dpi: float) -> Grey:
    """The picture without dust: spots of a few pixels with nothing else near them. Stops and marks stand by letters."""
    dark = grey < _DUSTY
    height, width = grey.shape
    sums = np.zeros((height + 1, width + 1), np.int32)
    np.cumsum(np.cumsum(dark, axis=0, dtype=np.int32), axis=1, out=sums[1:, 1:])
    rows, columns = np.nonzero(dark)
    reach = max(round(_ALONE * dpi), 3)
    top, bottom = np.maximum(rows - reach, 0), np.minimum(rows + reach + 1, height)
    left, right = np.maximum(columns - reach, 0), np.minimum(columns + reach + 1, width)
    near = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
    alone = near <= (_SPECK * dpi) ** 2
    clean = grey.copy()
    for y, x in np.ndindex(5, 5):  # with the spot's pale rim
        clean[np.clip(rows[alone] + y - 2, 0, height - 1), np.clip(columns[alone] + x - 2, 0, width - 1)] = 255
    return clean


def unruled(grey: Grey, rules: Sequence[Rule], dpi: float) -> Grey:
    """The picture without its ruled lines, which a recogniser takes for letters: "|", "l", "_"."""
    clean = grey.copy()
    scale = dpi / 72.0
    for rule in rules:
        x0, y0, x1, y1 = (round(side * scale) for side in rule)
        clean[max(y0 - 2, 0) : y1 + 3, max(x0 - 2, 0) : x1 + 3] = 255
    return clean


def is_blank(grey: Grey) -> bool:
    """Whether nothing is printed: less than one pixel in five thousand is dark."""
    return bool((grey[::2, ::2] < _DARK).mean() < 0.0002)


def is_sideways(grey: Grey) -> bool:
    """Whether the lines of text run up or down the picture: then white gaps between lines run so too."""
    dark = grey[::2, ::2] < _DARK
    level, standing = _line_gaps(dark), _line_gaps(dark.T)
    return standing > 20 and standing > 1.5 * level


def _line_gaps(dark: NDArray[np.bool_]) -> int:
    """How many narrow white gaps lie between dark rows, over eight strips of the picture's width."""
    width = max(dark.shape[1] // 8, 1)
    widest = max(dark.shape) // 60
    gaps = 0
    for left in range(0, width * 8, width):
        rows = dark[:, left : left + width].sum(axis=1) > width // 100
        starts, ends = _runs(~rows)
        lengths = (ends - starts)[1:-1]
        gaps += int(((lengths > 2) & (lengths < widest)).sum())
    return gaps


def tilt_of(grey: Grey) -> float:
    """By how many degrees the lines fall to the right; 0.0 where they are level or nothing tells."""
    step = max(grey.shape[1] // 800, 1)
    rows, columns = np.nonzero(grey[::step, ::step] < _DARK)
    if not rows.size > 500:
        return 0.0
    if rows.size > 60_000:
        keep = np.linspace(0, rows.size - 1, 60_000).astype(np.intp)
        rows, columns = rows[keep], columns[keep]
    coarse = _sharpest(rows, columns, np.arange(-_STEEPEST, _STEEPEST + 0.01, 0.5))
    fine = _sharpest(rows, columns, np.arange(coarse - 0.5, coarse + 0.51, 0.1))
    return fine if abs(fine) >= _LEAST_TURN and abs(fine) < _STEEPEST else 0.0


def _sharpest(rows: NDArray[Any], columns: NDArray[Any], angles: NDArray[np.float64]) -> float:
    """The angle at which the dark pixels fall on the fewest lines."""

    def sharpness(angle: float) -> float:
        levels = (rows - columns * np.tan(np.radians(angle))).round().astype(np.intp)
        counts = np.bincount(levels - levels.min()).astype(float)
        return float((counts * counts).sum())

    return round(float(max(angles, key=sharpness)), 2)


def straightened(grey: Grey, tilt: float) -> Grey:
    """The picture turned so that lines which fell by `tilt` degrees are level."""
    if not tilt:
        return grey
    from PIL import Image

    return np.asarray(Image.fromarray(grey).rotate(tilt, resample=Image.Resampling.BICUBIC, fillcolor=255))


def rules_of(grey: Grey, dpi: float) -> list[Rule]:
    """Ruled lines in points: long dark runs, along rows and along columns."""
    dark = grey < _DARK + 20
    scale = 72.0 / dpi
    length = int(_RULE_INCHES * dpi)
    across = [
        Rule(x0 * scale, y0 * scale, x1 * scale, y1 * scale) for x0, y0, x1, y1 in _bars(dark, length, _THICKEST * dpi)
    ]
    down = [
        Rule(y0 * scale, x0 * scale, y1 * scale, x1 * scale)
        for x0, y0, x1, y1 in _bars(np.ascontiguousarray(dark.T), length, _THICKEST * dpi)
    ]
    return across + down


def _bars(dark: NDArray[np.bool_], length: int, thickest: float) -> list[tuple[int, int, int, int]]:
    """Thin bars along the rows: (x0, y0, x1, y1). A bar may lean by a pixel in each run."""
    thick = dark.copy()
    thick[1:] |= dark[:-1]
    thick[:-1] |= dark[1:]
    sums = np.cumsum(thick, axis=1, dtype=np.int32)
    sums = np.pad(sums, ((0, 0), (1, 0)))
    full = sums[:, length:] - sums[:, :-length] >= int(0.97 * length)
    found = np.flatnonzero(full.any(axis=1))
    open_bars: list[list[int]] = []
    done: list[tuple[int, int, int, int]] = []
    for y in found.tolist():
        starts, ends = _runs(full[y])
        still: list[list[int]] = []
        for bar in open_bars:
            (still if y - bar[3] <= 2 else _close(done, bar, thickest)).append(bar)
        open_bars = [bar for bar in still if y - bar[3] <= 2]
        for start, end in zip(starts.tolist(), (ends + length).tolist(), strict=True):
            for bar in open_bars:
                if start <= bar[2] and end >= bar[0]:
                    bar[0], bar[2], bar[3] = min(bar[0], start), max(bar[2], end), y
                    break
            else:
                open_bars.append([start, y, end, y])
    for bar in open_bars:
        _close(done, bar, thickest)
    return done


def _close(done: list[tuple[int, int, int, int]], bar: list[int], thickest: float) -> list[list[int]]:
    x0, y0, x1, y1 = bar
    if y1 - y0 <= thickest + 2:
        done.append((x0, y0, x1, y1))
    return []


def _runs(row: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Starts and ends of the true stretches of a row."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], row, [False])).astype(np.int8)))
    return edges[::2], edges[1::2]
