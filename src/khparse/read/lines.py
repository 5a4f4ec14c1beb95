"""Printed lines to paragraphs: which line break is only the page's width.

Plain text is wrapped at some column, or it is not: the file's own habit is measured once (`habit`), then each break
is judged by how its two lines end and begin.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex

from khparse.read.marks import Marked
from khparse.text.labels import bullet_at, ends_sentence, opens_label

# a signature's lines are never one paragraph, however short: "KT. CHỦ TỊCH" / "PHÓ CHỦ TỊCH"
_POSITION = regex.compile(
    r"(?:KT|TM|TL|TUQ|Q)\s?\.|PHÓ |CHỦ TỊCH|GIÁM ĐỐC|HIỆU TRƯỞNG|BÍ THƯ|TRƯỞNG |CHÁNH |CHỦ NHIỆM|CỤC TRƯỞNG|\(?Đã ký|\(Ký"
)
# a sentence does not end with these, and a number or a dash after them opens nothing
_UNFINISHED = regex.compile(
    r"(?:\b(?:điều|khoản|mục|điểm|chương|ngày|tháng|năm|quý|đợt|lần|giai đoạn|và|từ|đến|của|các|tại|về|cho|với|(?<!tiếp )(?<!kèm )theo|hoặc"
    r"|là|trên|trong|do|để|phụ lục|những|mỗi|đạt|gồm)|[,(\-–/])$",
    regex.IGNORECASE,
)
_PREAMBLE = regex.compile(
    r"(?:Căn cứ|Thực hiện|Xét|Theo đề nghị|Trên cơ sở)(?!\p{L})|\p{Lu}[^.;:]{3,90}(?:ban hành|xây dựng|lập)\s+[Kk]ế hoạch"
)


# the line under a title in capitals that ties an appendix to its document
_ATTACHED = regex.compile(r"\((?:ban hành )?(?:đính )?kèm(?!\p{L})", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Habit:
    """How a file breaks its lines. `separated`: blank lines stand between paragraphs, not only between some of them."""

    wrapped: bool = False
    width: int = 0
    separated: bool = True


@dataclass(frozen=True, slots=True)
class Joined:
    """A paragraph made of lines."""

    text: str
    bold: bool
    italic: bool
    heading: int | None


def habit(blocks: Iterable[Sequence[str]]) -> Habit:
    """The habit of a file, from its blocks of lines without blank ones between."""
    widths: list[int] = []
    lower = openings = inside = 0
    for lines in blocks:
        for index, line in enumerate(lines):
            opens = _opens(line.lstrip("*_ "))
            openings += opens
            inside += opens and index > 0
            if index == 0 or opens:
                continue
            widths.append(len(lines[index - 1]))
            lower += line.lstrip("*_ ")[:1].islower()
    wrapped = len(widths) >= 4 and lower >= 0.25 * len(widths)
    width = sorted(widths)[int(len(widths) * 0.9)] if widths else 0
    return Habit(wrapped, width, inside <= 0.15 * openings)


def join(lines: Sequence[Marked], habit: Habit, *, layout: bool = False) -> list[Joined]:
    """The paragraphs of one block; `layout` is a cell of a head's or foot's table, where a line is mostly a line."""
    out: list[list[Marked]] = []
    open_group = False
    for line in lines:
        if not line.text:
            open_group = False
            continue
        if open_group and _continues(out[-1], line, habit, layout=layout):
            out[-1].append(line)
        else:
            out.append([line])
        open_group = True
    return [_paragraph(group) for group in out]


def bridged(paragraphs: Sequence[Joined]) -> list[Joined]:
    """The paragraphs with those put together again that a page break or a blank line had cut in two."""
    out: list[Joined] = []
    index = 0
    while index < len(paragraphs):
        current = paragraphs[index]
        closing = _closing_bracket(paragraphs, index)
        if closing:
            current = _merge(paragraphs[index : closing + 1])
            index = closing
        if out and _bridges(out[-1], current):
            out[-1] = _merge((out[-1], current))
        else:
            out.append(current)
        index += 1
    return out


def _opens(text: str) -> bool:
    return bullet_at(text) is not None or opens_label(text)


def _continues(group: Sequence[Marked], line: Marked, habit: Habit, *, layout: bool) -> bool:
    """Whether a line goes on with the paragraph before it."""
    last = group[-1]
    if line.heading or (last.heading and not last.open_run) or _POSITION.match(line.text):
        return False
    if group[0].text.isupper() and _ATTACHED.match(line.text):
        return False
    if _opens(line.text):
        return _is_no_opening(group, line, habit)
    if last.open_run or line.text[0].islower():
        return habit.wrapped or last.open_run or not last.text.endswith(":")
    if layout or not habit.wrapped:
        return _is_unfinished(last.text)
    if not habit.separated and _starts_anew(last.text, line.text):
        return False
    full = _is_full(last, line, habit)
    if habit.separated:
        # the first printed line of a scraped paragraph is short: its tag stood before it
        return len(group) == 1 or full or not ends_sentence(last.text)
    return full or _is_unfinished(last.text)


def _starts_anew(last: str, line: str) -> bool:
    """Whether a line is plainly the next paragraph: words after ":", another "Căn cứ", words after capitals."""
    if (last.endswith(":") and line[0].isalpha()) or (_PREAMBLE.match(line) and ends_sentence(last)):
        return True
    return last.isupper() != line.isupper() and len(line.split()) > 1


def _is_unfinished(text: str) -> bool:
    return len(text) > 20 and _UNFINISHED.search(text) is not None


def _is_full(last: Marked, line: Marked, habit: Habit) -> bool:
    """Whether a line ended only because the next word found no room on it."""
    return last.raw_length + 1 + len(line.text.split(maxsplit=1)[0]) > 0.92 * habit.width


def _is_no_opening(group: Sequence[Marked], line: Marked, habit: Habit) -> bool:
    """Whether a dash or a number at a line's start stands inside a sentence: "giai đoạn 2021" / "- 2025"."""
    last = group[-1].text
    bullet = bullet_at(line.text)
    if habit.wrapped and habit.separated and bullet is None and _is_full(group[-1], line, habit):
        return True
    if not habit.wrapped or ends_sentence(last):
        return False
    if not habit.separated:
        dash = bullet is not None and line.text[bullet[1] : bullet[1] + 1].islower()
        return (dash or _is_unfinished(last)) and _is_full(group[-1], line, habit)
    if _is_unfinished(last):
        return True
    if bullet is None:
        return not opens_label(group[0].text)
    return not (bullet_at(group[0].text) and line.text[bullet[1] : bullet[1] + 1].isupper())


def _paragraph(group: Sequence[Marked]) -> Joined:
    return Joined(
        _text(line.text for line in group),
        bold=all(line.bold for line in group),
        italic=all(line.italic for line in group),
        heading=group[0].heading,
    )


def _merge(paragraphs: Sequence[Joined]) -> Joined:
    first = paragraphs[0]
    return Joined(_text(p.text for p in paragraphs), first.bold, first.italic, first.heading)


def _text(parts: Iterable[str]) -> str:
    """Lines put together; a number that a hyphen broke has no blank: "10-" / "CTr/TU" stays for its reader to judge."""
    return " ".join(parts)


def _bridges(before: Joined, after: Joined) -> bool:
    """Whether two blocks are one paragraph cut in two."""
    if before.heading or after.heading or _opens(after.text) or not after.text:
        return False
    if _is_cut_heading(before, after):
        return True
    if before.text.isupper() or (before.bold and not after.bold):
        return False
    if not after.text[0].islower():
        return _breaks_off(before.text, after.text)
    if ends_sentence(before.text) and not before.text.endswith(";"):
        return False
    return len(before.text) >= 40 or not opens_label(before.text)


def _breaks_off(before: str, after: str) -> bool:
    """Whether a long paragraph stops in the middle of a sentence that goes on with a name or a figure."""
    if len(before) < 60 or ends_sentence(before) or before.endswith(",") or _PREAMBLE.match(after):
        return False
    return _is_unfinished(before) or (after[0].isdigit() and (len(before) > 150 or not opens_label(before)))


def _is_cut_heading(before: Joined, after: Joined) -> bool:
    """A bold heading that fills its printed line and goes on, bold, below: "3. … Hội Liên hiệp" / "Phụ nữ …"."""
    return (
        before.bold
        and after.bold
        and 60 <= len(before.text) <= 100
        and opens_label(before.text)
        and not ends_sentence(before.text)
        and before.text.isupper() == after.text.isupper()
    )


def _closing_bracket(paragraphs: Sequence[Joined], index: int) -> int | None:
    """The paragraph that closes the bracket which this one opens and leaves open, at most three further on."""
    text = paragraphs[index].text
    if text.count("(") <= text.count(")") or ends_sentence(text) or len(text) > 400:
        return None
    depth = text.count("(") - text.count(")")
    for further in range(index + 1, min(index + 4, len(paragraphs))):
        after = paragraphs[further]
        if _opens(after.text) or after.heading or len(after.text) > 400:
            return None
        depth += after.text.count("(") - after.text.count(")")
        if depth <= 0:
            return further
    return None
