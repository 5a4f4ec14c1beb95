"""Every limit is told in docs/limits.md, and reading keeps to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from khparse.errors import LimitError
from khparse.read import limits
from khparse.read.assemble import Assembler, RawCell
from khparse.read.plain import read_plain


def test_every_limit_is_in_the_documentation() -> None:
    page = (Path(__file__).resolve().parents[1] / "docs" / "limits.md").read_text(encoding="utf-8")
    names = [name for name in vars(limits) if name.isupper() and name not in {"KIB", "MIB", "GIB"}]
    assert [name for name in names if f"`{name}`" not in page] == []


def test_a_paragraph_longer_than_any_is_refused() -> None:
    with pytest.raises(LimitError, match="đoạn"):
        read_plain(("a " * limits.LINE_CHARACTERS).encode())


def test_a_table_of_too_many_places_is_refused() -> None:
    with pytest.raises(LimitError, match="ô"):
        Assembler().table([RawCell(("a",), 100_000, 9)])
