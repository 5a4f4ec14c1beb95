"""No source file over 400 lines: a file that long has more than one thing to say."""

from __future__ import annotations

import sys
from pathlib import Path

LIMIT = 400


def main() -> int:
    """Print the files over the limit; 1 where there is one."""
    root = Path(__file__).resolve().parents[1]
    files = [path for folder in ("src", "tests", "tools", "corpus") for path in (root / folder).rglob("*.py")]
    long = [(path, count) for path in files if (count := len(path.read_text(encoding="utf-8").splitlines())) > LIMIT]
    for path, count in long:
        print(f"{path.relative_to(root)}: {count} lines, {LIMIT} at most")
    return 1 if long else 0


if __name__ == "__main__":
    sys.exit(main())
