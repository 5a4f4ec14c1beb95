"""Pages of a Word file: known only where Word has written down where it broke them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from khparse.read.docx.package import WORD, Package
from khparse.read.flow import PAGE_START, Flow, Para

# more than a page of 13-point text holds (about 45 lines of 80)
_PAGEFUL = 3_600


def are_known(flow: Iterable[Flow], package: Package) -> bool:
    """Whether the breaks in `flow` are the document's pages.

    Word notes each break that it rendered, and the count of pages; other programs note only the breaks that were
    typed, which tell the pages where no stretch between them is longer than a page.
    """
    stretches = list(_stretches("".join(_texts(flow))))
    if len(stretches) < 2:
        return False
    if next(package.document().iter(f"{WORD}lastRenderedPageBreak"), None) is not None:
        stated = package.stated_pages()
        return stated is None or abs(stated - len(stretches)) <= stated // 10
    return max(stretches) <= _PAGEFUL


def _stretches(text: str) -> Iterator[int]:
    """Lengths of the text between breaks; breaks with nothing between them are one."""
    return (len(stretch.strip()) for stretch in text.split(PAGE_START) if stretch.strip())


def _texts(flow: Iterable[Flow]) -> Iterator[str]:
    for block in flow:
        if isinstance(block, Para):
            yield block.text
            yield from _texts(block.after)
        else:
            for cell in block.cells:
                yield from _texts(cell.content)
