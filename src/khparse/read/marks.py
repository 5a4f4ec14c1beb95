"""Markdown's marks and left-over tags: taken off the words, kept as style."""

from __future__ import annotations

import html
from dataclasses import dataclass

import regex

_TAG = regex.compile(r"</?(?P<name>[A-Za-z][A-Za-z0-9]{0,10})\b[^<>\n]{0,300}>|<!--.*?-->", regex.DOTALL)
_BREAK = regex.compile(r"<br\s*/?>|</(?:p|div|li|h[1-6])>\s*<(?:p|div|li|h[1-6])[^<>]{0,200}>", regex.IGNORECASE)
_TOKEN = regex.compile(
    r"\\[\\`*_{}\[\]()#+.!|>~-]|\*{1,3}|_{2,3}(?=\S)|(?<=\S)_{2,3}|</?(?:b|strong|i|em)>", regex.IGNORECASE
)
_LINK = regex.compile(
    r"!\[[^\]\n]{0,200}\]\([^)\n]{0,500}\)|\[(?P<text>[^\[\]\n]{1,300})\]\((?:https?:|mailto:|#|/)[^)\n]{0,500}\)"
)
_HEADING = regex.compile(r"\s{0,3}(#{1,6})\s+")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUP = regex.compile(r"<sup>\s*(\d{1,3})\s*</sup>", regex.IGNORECASE)
_BOLD_TOKENS = {"**", "__", "<b>", "</b>", "<strong>", "</strong>"}
_KEPT_TAGS = {"b", "strong", "i", "em"}


@dataclass(frozen=True, slots=True)
class Marked:
    """A line without its marks: how much of it is bold and italic, and whether such a run goes on in the next line."""

    text: str
    bold: bool
    italic: bool
    heading: int | None
    open_run: bool
    raw_length: int = 0


def unmark(lines: list[str]) -> list[Marked]:
    """The lines of one block: `**a` / `b** c` -> "a" (bold, open), "b c"; an asterisk without its partner stays."""
    source = "\n".join(_without_tags(line) for line in lines)
    source, bullet = _italic_bullet(source)
    toggles = _paired(source)
    pen = _Pen()
    out: list[Marked] = []
    offset = 0
    for line in source.split("\n"):
        heading = _HEADING.match(line)
        text = pen.write(line, heading.end() if heading else 0, toggles, offset)
        level = len(heading.group(1)) if heading else None
        prefix = "* " if bullet and not out else ""
        is_bold, is_italic = pen.look()
        out.append(Marked(prefix + text, is_bold, is_italic, level, pen.bold or pen.italic, len(line)))
        offset += len(line) + 1
    return out


class _Pen:
    """Writes lines without their marks, and counts how many letters were bold or italic."""

    def __init__(self) -> None:
        self.bold = False
        self.italic = False
        self._letters = [0, 0, 0]  # all, bold, italic

    def write(self, line: str, start: int, toggles: frozenset[int], offset: int) -> str:
        """The line's words; `toggles` counts from the block's start, where the line stands at `offset`."""
        self._letters = [0, 0, 0]
        pieces: list[str] = []
        for token in _TOKEN.finditer(line, start):
            pieces.append(self._plain(line[start : token.start()]))
            start = token.end()
            paired = offset + token.start() in toggles
            kept, self.bold, self.italic = _apply(token.group(), paired, bold=self.bold, italic=self.italic)
            pieces.append(kept)
        pieces.append(self._plain(line[start:]))
        return html.unescape("".join(pieces)).strip()

    def look(self) -> tuple[bool, bool]:
        """Whether the line just written is bold, italic: nine letters of ten."""
        letters, bold, italic = self._letters
        return letters > 0 and bold >= 0.9 * letters, letters > 0 and italic >= 0.9 * letters

    def _plain(self, piece: str) -> str:
        count = sum(map(str.isalnum, piece))
        self._letters[0] += count
        self._letters[1] += count * self.bold
        self._letters[2] += count * self.italic
        return piece


def hard_breaks(line: str) -> list[str]:
    """The parts of a line that its `<br>` or `</p><p>` set apart."""
    return _BREAK.split(line) if "<" in line else [line]


def _without_tags(line: str) -> str:
    if "<" in line:
        line = _SUP.sub(lambda found: found.group(1).translate(_SUPERSCRIPTS), line)
        line = _TAG.sub(lambda tag: tag.group() if (tag.group("name") or "").lower() in _KEPT_TAGS else "", line)
    return _LINK.sub(lambda link: link.group("text") or "", line) if "](" in line else line


def _italic_bullet(source: str) -> tuple[str, bool]:
    """`** Khó khăn*` is an italic paragraph whose own bullet is an asterisk: -> `*Khó khăn*`, True."""
    if source.startswith("** ") and source.rstrip().endswith("*") and source.count("*") == 3:
        return "*" + source[3:], True
    return source, False


def _paired(source: str) -> frozenset[int]:
    """Offsets of the asterisks that open or close a run: one without a partner is a bullet or a sign of its own."""
    found: set[int] = set()
    waiting: dict[str, int] = {}
    for token in _TOKEN.finditer(source):
        mark = token.group()
        if mark.startswith(("\\", "<")):
            continue
        if (
            mark == "*"
            and source[token.end() : token.end() + 1].isspace()
            and "*" not in waiting
            and not (set(waiting) - {"*"})
        ):
            # "* Ghi chú": an opening mark clings to its word
            continue
        for part in ("**", "*") if len(mark) == 3 else (mark.replace("_", "*") if mark[0] == "_" else mark,):
            if part in waiting:
                found.update((waiting.pop(part), token.start()))
            else:
                waiting[part] = token.start()
    return frozenset(found)


def _apply(mark: str, paired: bool, *, bold: bool, italic: bool) -> tuple[str, bool, bool]:
    """What of a token is printed, and the state after it."""
    if mark.startswith("\\"):
        return mark[1:], bold, italic
    if mark.startswith("<"):
        opens = not mark.startswith("</")
        return ("", opens, italic) if mark.lower() in _BOLD_TOKENS else ("", bold, opens)
    if not paired:
        return ("" if len(mark) > 1 else mark), bold, italic
    if len(mark) == 3:
        return "", not bold, not italic
    return ("", not bold, italic) if len(mark) == 2 else ("", bold, not italic)
