"""The hostile set through ingest: no crash, no hang, no half plan. `make hostile`.

A file that is stopped at a limit of time or memory, with its reason told, is no fault: it cost itself only. Such files
are counted apart and named.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from functools import partial
from pathlib import Path

from hostile_files import LONG, hostile
from hostile_reading import measured

from khparse.errors import KhparseError
from khparse.service.checking import check
from khparse.service.ingest import FileReport, ingest
from khparse.store.database import open_database

FAULTS = ("đổ vỡ", "lỗi của chương trình", "không trả lời")
STOPPED = ("quá lâu", "hệ thống đã dừng", "bỏ cuộc", "bộ nhớ", "quá nhiều thời gian")
BATCH = 250


def run(count: int, seed: int, long: int, only: str) -> int:
    """How many files went wrong."""
    wrong: list[FileReport] = []
    stopped: list[FileReport] = []
    outcomes: Counter[str] = Counter()
    files = (file for file in hostile(count, seed, long) if only in file[0])
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        log = place / "slow"
        log.touch()
        database_path = place / "hostile.db"
        more = True
        while more:
            folder = place / "files"
            folder.mkdir()
            batch = [file for _, file in zip(range(BATCH), files, strict=False)]
            more = len(batch) == BATCH
            for file, data in batch:
                (folder / file.replace("/", "-")[:120]).write_bytes(data)

            def told(file: FileReport, _: int) -> None:
                outcomes[file.status if file.why is None else f"lỗi: {file.why.partition(';')[0]}"] += 1
                for sign, words, among in (("!!", FAULTS, wrong), ("..", STOPPED, stopped)):
                    if file.why and any(word in file.why for word in words):
                        among.append(file)
                        print(f"  {sign} {Path(file.file).name!r}: {file.why}", flush=True)

            with open_database(database_path, create=True) as database:
                paths = sorted(path for path in folder.iterdir() if path.is_file())
                ingest(database, paths, told, any_document=True, read=partial(measured, log=str(log)))
            for path in folder.iterdir():
                path.unlink()
            folder.rmdir()
            print(f"{sum(outcomes.values())} files", file=sys.stderr, flush=True)
        with open_database(database_path) as database:
            faults = [fault.what for fault in check(database, files=False)]
        print(log.read_text(encoding="utf-8"), end="")
    for outcome, times in outcomes.most_common(25):
        print(f"{times:6} {outcome}")
    told = f"{sum(outcomes.values())} files, {len(stopped)} stopped at a limit, {len(wrong)} went wrong"
    print(f"{told}, {len(faults)} faults in the database", *faults[:5])
    return len(wrong) + len(faults)


def main() -> int:
    """0 where nothing went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=2023)
    parser.add_argument("--long", type=int, default=LONG, help="characters of a line against a rule")
    parser.add_argument("--only", default="", help="files whose name holds this")
    asked = parser.parse_args()
    try:
        return min(run(asked.count, asked.seed, asked.long, asked.only), 1)
    except KhparseError as error:
        print(error, file=sys.stderr)
        return 3


if __name__ == "__main__":
    sys.exit(main())
