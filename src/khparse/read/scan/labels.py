"""Roman labels of a scan: strokes that a recogniser ran together or left out, told by their letters and counted."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from khparse.read.pdf.page import Word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from khparse.read.scan.image import Grey

# "I." read as "L", "II" as "H", "III." as "HI." or "IIL": no word is spelt so
_STROKES = re.compile(r"(?=.*[LlH|!])[IVXLlH1|!]{1,5}[.,:]?")
_STROKE_LETTERS = str.maketrans({"H": "II", "l": "I", "1": "I", "|": "I", "!": "I"})
_COUNTED = re.compile(r"(V?)(I{1,3})([.,:)]?)")
_INK = 140  # of grey, 0 black to 255 white
_HALF_WAY = (0.3, 0.5)  # of a capital's height from above: no serif there, and V's strokes stand apart


def labelled(words: list[Word]) -> list[Word]:
    """Roman labels before a heading whose strokes ran together: "L MỤC ĐÍCH" -> "I. MỤC ĐÍCH", "HI." -> "III."."""
    for place, (word, after) in enumerate(pairwise(words)):
        opens = place == 0 or words[place - 1].top + 0.5 * word.size < word.top or words[place - 1].x0 > word.x0
        if opens and _STROKES.fullmatch(word.text) and _heads(word.text, after.text):
            label = word.text.rstrip(".,:").translate(_STROKE_LETTERS)
            label = label[:-1] + "I" if label.endswith("L") else label
            words[place] = word._replace(text=label + ".")
    return words


def _heads(label: str, after: str) -> bool:
    """Whether the next word is of a heading; a label that could be an abbreviation ("H.") wants capitals."""
    if len(label.rstrip(".,:")) == 1 or not after[:1].isupper():
        return len(after) > 1 and after.isupper()
    return True


def counted(words: Sequence[Word], grey: Grey, dpi: float) -> list[Word]:
    """Numbers of equal strokes as many as the picture shows: "II. TỔ CHỨC" over three strokes -> "III. TỔ CHỨC"."""
    return [_counted(word, grey, dpi) if _COUNTED.fullmatch(word.text) else word for word in words]


def _counted(word: Word, grey: Grey, dpi: float) -> Word:
    found = _COUNTED.fullmatch(word.text)
    strokes = _strokes(word, grey, dpi)
    if found is None or strokes is None:
        return word
    five, ones, end = found.groups()
    count = strokes - 2 * len(five)
    return word._replace(text=five + "I" * count + end) if 1 <= count <= 3 and count != len(ones) else word


def _strokes(word: Word, grey: Grey, dpi: float) -> int | None:
    """How many strokes stand side by side half-way up the word's capitals; None where its rows don't agree."""
    import numpy as np

    left, top, right, bottom = (round(side * dpi / 72.0) for side in word[1:5])
    ink = grey[max(top, 0) : bottom, max(left - 2, 0) : right + 3] < _INK
    rows = np.flatnonzero(ink.any(axis=1))
    if rows.size < 8:
        return None
    first, last = int(rows[0]), int(rows[-1])
    looked = ink[round(first + _HALF_WAY[0] * (last - first)) : round(first + _HALF_WAY[1] * (last - first)) + 1]
    edges = np.diff(np.pad(looked, ((0, 0), (1, 0))).astype(np.int8), axis=1)
    counts = (edges == 1).sum(axis=1)
    return int(counts[0]) if (counts == counts[0]).all() else None
