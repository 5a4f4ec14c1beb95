"""Where the rules leave a doubt about an office's name, and what the trained model says there.

A doubt is rare: a name that a verb seems to cut ("Trung tâm Công nghệ | thông tin"), or a place where a doer must be
and the lists know none ("Giao Lâm trường Ba Rền …"). Only then is the line given to the model.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import regex

from khparse.extract.entities import OFFICE, load
from khparse.extract.offices.words import OfficeWords

_LONGEST_LINE = 1500  # characters; what is longer is given from the doubt on
_LONGEST_NAME = 16  # words
_PLACE_NAME = regex.compile(r"[ ]\p{Lu}\p{Ll}*[ ]\p{Lu}\p{Ll}*$")  # "… Hải Dương": two capitals close a name
_FIELD_HEADS = regex.compile(r"(?:Các |các )?(?:[SsSố]ở|Số|Bộ|[Pp]hòng)\b")


@dataclass(frozen=True)
class Doubts:
    """What the model is asked; None as `model` asks nobody."""

    words: OfficeWords
    model: Path | None

    @property
    def confidence(self) -> float:
        """How far what the model reads is to be trusted, 0 to 1, as measured on plans left out."""
        return load(self.model).confidence if self.model else 0.0

    def longer_end(self, text: str, start: int, end: int, limit: int) -> int | None:
        """The end of a name whose last words look like a verb, if the model reads on; None where there is no doubt."""
        if not self.model or not self._is_cut(text, start, end, limit):
            return None
        longer = self._read(text, start)
        return longer if longer and end < longer <= limit and self._may_be(text[end:longer]) else None

    def unknown_end(self, text: str, start: int, limit: int) -> int | None:
        """The end of a name that begins with no known head, where a doer is expected."""
        if not self.model or not self._may_begin(text, start):
            return None
        end = self._read(text, start)
        return end if end and end <= limit and self._may_be(text[start:end]) else None

    def _may_begin(self, text: str, start: int) -> bool:
        """Not "TỔ CHỨC THỰC HIỆN", "Triển khai …", "Kết quả …"."""
        opening = text[start : start + 40]
        small = opening[:1].lower() + opening[1:]
        return (
            opening[:1].isupper()
            and any(letter.islower() for letter in opening[:12])
            and not self.words.stops.match(small)
            and not self.words.matters.match(opening)
            and not self.words.others.match(opening)
        )

    def _is_cut(self, text: str, start: int, end: int, limit: int) -> bool:
        """Whether a word that also stands in names stops this one, before its field or area is named."""
        follows = text[end : end + 1] == " " and self.words.stops.match(text, end + 1, limit)
        if not follows or self.words.deeds.match(text, end + 1, limit) or self._is_group(text, start):
            return False
        head = _FIELD_HEADS.match(text, start, end)
        field = head and self.words.fields.match(text, head.end() + 1, limit)
        return not (field or self._is_placed(text, start, end))

    def _is_group(self, text: str, start: int) -> bool:
        """Whether several are meant, by their kind: "các đơn vị", "Các trường"; they have no name that could go on."""
        return text[start].islower() or bool(self.words.openers.match(text, start))

    def _is_placed(self, text: str, start: int, end: int) -> bool:
        if _PLACE_NAME.search(text, start, end):
            return True
        blanks = (match.start() for match in regex.finditer(" ", text[start:end]))
        return any(
            (found := pattern.match(text, start + blank)) and found.end() >= end
            for blank in blanks
            for pattern in (self.words.areas, self.words.tail, self.words.complete)
        )

    def _may_be(self, words: str) -> bool:
        return (
            len(words.split()) <= _LONGEST_NAME
            and not regex.search(r"[;:()\d]", words)
            and not self.words.deed_within.search(words)
        )

    def _read(self, text: str, start: int) -> int | None:
        """The end of the office that the model sees beginning at `start`."""
        model = load(self.model) if self.model else None
        if model is None:
            return None
        left = max(text.rfind("\n", 0, start), text.rfind("\t", 0, start)) + 1
        right = min((end for mark in "\n\t" if (end := text.find(mark, start)) >= 0), default=len(text))
        left = left if start - left < _LONGEST_LINE // 2 else start
        entities = model.find(text[left : min(right, left + _LONGEST_LINE)])
        return next((left + e.span.end for e in entities if left + e.span.start == start and e.label == OFFICE), None)
