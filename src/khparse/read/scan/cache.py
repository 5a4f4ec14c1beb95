"""Words of scanned pages, kept on disk so that an interrupted or repeated reading does not start again."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from pathlib import Path

from khparse.read.pdf.page import PageContent, Rule, Word


class PageCache:
    """One file for each page in `folder/key/`; a folder that can't be written keeps nothing and hinders nothing."""

    def __init__(self, folder: Path | None, key: str) -> None:
        self._folder = folder / key[:2] / key if folder else None

    def get(self, number: int) -> PageContent | None:
        """The page as it was put; None where it is not there or damaged."""
        if self._folder is None:
            return None
        try:
            kept = json.loads((self._folder / f"{number}.json").read_text(encoding="utf-8"))
            return PageContent(
                number,
                kept["width"],
                kept["height"],
                [Word(*fields) for fields in kept["words"]],
                [Rule(*fields) for fields in kept["rules"]],
                ocr=True,
                tilt=kept["tilt"],
                quarters=kept["quarters"],
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, page: PageContent) -> None:
        """Keep the page; whole or not at all."""
        if self._folder is None:
            return
        kept = {
            "width": page.width,
            "height": page.height,
            "tilt": page.tilt,
            "quarters": page.quarters,
            "words": [_rounded(word) for word in page.words],
            "rules": [[round(side, 2) for side in rule] for rule in page.rules],
        }
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder, suffix=".part")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(kept, file, ensure_ascii=False)
            Path(name).replace(self._folder / f"{page.number}.json")


def _rounded(word: Word) -> list[object]:
    return [round(value, 3) if isinstance(value, float) else value for value in word]
