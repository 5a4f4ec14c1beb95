"""How well offices are linked over gold records: pairwise F1 by folder and of all.

    python tools/bench_offices.py [FOLDER...]

Folders are corpus/gold and, where it is beside the checkout, ../shared/gold. Exits 1 where all together fall below the
limit.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from khparse.evaluation.linking import office_links

LIMIT = 0.97
_HOME = Path(__file__).resolve().parent.parent
FOLDERS = (_HOME / "corpus/gold", _HOME.parent / "shared/gold")


def main() -> int:
    """Measure and print."""
    folders = [Path(name) for name in sys.argv[1:]] or [folder for folder in FOLDERS if folder.is_dir()]
    records = {folder: _records(folder) for folder in folders}
    together = [record for some in records.values() for record in some]
    for name, some in (*((str(folder), some) for folder, some in records.items()), ("tất cả", together)):
        score = office_links(some)
        print(
            f"liên kết cơ quan, {name}: {score.gold} cặp, P {score.precision:.4f} R {score.recall:.4f} F1 {score.f1:.4f}"
        )
    if office_links(together).f1 < LIMIT:
        print(f"quá giới hạn: F1 liên kết cơ quan dưới {LIMIT}")
        return 1
    return 0


def _records(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]


if __name__ == "__main__":
    sys.exit(main())
