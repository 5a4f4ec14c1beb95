"""What goes wrong costs one file: workers that fall, hang or swell, killed runs, broken inputs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sample_plans import result

from khparse.errors import KhparseError, LimitError
from khparse.model.result import Result
from khparse.service.ingest import Status, ingest
from khparse.service.workers import read_all
from khparse.store.database import open_database

ROOT = Path(__file__).resolve().parents[1]


def behave(data: bytes, **_: object) -> Result:
    """A stand-in for reading that does what the file says."""
    act = data.decode()
    if act == "fall":
        os.kill(os.getpid(), signal.SIGSEGV)
    if act == "vanish":
        os._exit(0)
    if act == "hang":
        time.sleep(60)
    if act == "swell":
        bytearray(64 * 1024**3)
    if act == "refuse":
        raise KhparseError("không đọc được", "hãy thử lại")
    if act == "err":
        raise ValueError("nhầm")
    return result(f"{result().document.text}\n{act}", number=f"{act}/KH")


def one_second(_: bytes) -> int:
    return 1


def test_each_file_has_its_answer_in_order_whatever_happens_to_the_workers() -> None:
    acts = ["1", "fall", "hang", "2", "swell", "refuse", "err", "vanish", "3"]
    answers = dict(read_all(acts, str.encode, read=behave, seconds=one_second, size=2))
    assert list(answers) == acts
    told = {act: str(answer) for act, answer in answers.items() if isinstance(answer, KhparseError)}
    assert set(told) == set(acts) - {"1", "2", "3"}
    assert "đổ vỡ" in told["fall"]
    assert "quá lâu" in told["hang"]
    assert "bộ nhớ" in told["swell"]
    assert told["refuse"] == "không đọc được; hãy thử lại"
    assert "ValueError: nhầm" in told["err"]


def test_inputs_that_need_no_reading_and_errors_before_it_are_answered_in_order() -> None:
    def data_of(name: str) -> bytes | None:
        if name == "gone":
            raise LimitError("mất")
        return None if name == "known" else name.encode()

    answers = list(read_all(["known", "1", "gone", "known"], data_of, read=behave, size=1))
    assert [name for name, _ in answers] == ["known", "1", "gone", "known"]
    assert [type(answer).__name__ for _, answer in answers] == ["NoneType", "Result", "LimitError", "NoneType"]


def test_files_beside_a_bad_one_are_taken_in(tmp_path: Path) -> None:
    for name, act in (("a.txt", "1"), ("b.txt", "fall"), ("c.txt", "3"), ("copy of a.txt", "1")):
        (tmp_path / name).write_text(act)
    with open_database(tmp_path / "x.db", create=True) as database:
        report = ingest(database, [tmp_path], read=behave)
        assert [file.status for file in report.files] == [Status.NEW, Status.FAILED, Status.NEW, Status.UNCHANGED]
        assert report.exit_code == 1
        again = ingest(database, [tmp_path], read=behave)
        assert [again.count(status) for status in Status] == [0, 0, 3, 1]


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "cli.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=False)


def write_plans(folder: Path, count: int) -> None:
    folder.mkdir()
    for i in range(count):
        (folder / f"{i:03}.txt").write_text(
            f"ỦY BAN NHÂN DÂN\nTỈNH HÀ NAM\nSố: {i + 1}/KH-UBND\nHà Nam, ngày 01 tháng 02 năm 2023\nKẾ HOẠCH\n"
            f"Chuyển đổi số giai đoạn {i}\nI. MỤC TIÊU\nĐến năm 2025, {i % 99 + 1}% hồ sơ được giải quyết đúng hạn.\n",
            encoding="utf-8",
        )


def whole(db: Path) -> tuple[int, int, int]:
    """Plans, texts and sections; the database's own checks must pass."""
    with open_database(db) as database:
        assert database.rows("PRAGMA integrity_check") == [{"integrity_check": "ok"}]
        assert database.rows("PRAGMA foreign_key_check") == []
        names = ("plans", "texts", "sections")
        plans, texts, sections = (database.rows(f"SELECT count(*) AS n FROM {name}")[0]["n"] for name in names)
        return plans, texts, sections


def test_a_killed_run_leaves_whole_plans_and_the_next_goes_on(tmp_path: Path) -> None:
    write_plans(tmp_path / "plans", 24)
    db = tmp_path / "x.db"
    command = [sys.executable, "-u", str(ROOT / "cli.py"), "ingest", str(tmp_path / "plans"), "--db", str(db)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as killed:
        assert killed.stdout
        for _ in range(7):
            killed.stdout.readline()
        killed.kill()
    plans, texts, sections = whole(db)
    assert 7 <= plans < 24
    assert (texts, sections) == (plans, plans)
    again = run("ingest", tmp_path / "plans", "--db", db)
    assert again.returncode == 0
    assert f"{24 - plans} mới" in again.stdout
    assert whole(db) == (24, 24, 24)


def test_every_bad_input_is_one_line_and_the_rest_is_in(tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    write_plans(folder, 2)
    (folder / "empty.txt").touch()
    (folder / "picture.pdf").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    (folder / "cut.docx").write_bytes(b"PK\x03\x04\x14\x00\x06\x00" + bytes(200))
    (tmp_path / "nothing").mkdir()
    done = run("ingest", folder, tmp_path / "nothing", tmp_path / "gone.txt", "--db", tmp_path / "x.db")
    lines = [line for line in done.stdout.splitlines() if line.startswith("lỗi")]
    assert done.returncode == 1
    assert len(lines) == 5
    for name in ("empty.txt", "picture.pdf", "cut.docx", "nothing", "gone.txt"):
        assert sum(name in line and "; " in line for line in lines) == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert whole(tmp_path / "x.db")[0] == 2


@pytest.mark.parametrize("name", ["gone.txt", "nothing"])
def test_nothing_to_do_is_code_3(tmp_path: Path, name: str) -> None:
    (tmp_path / "nothing").mkdir()
    with open_database(tmp_path / "x.db", create=True) as database:
        assert ingest(database, [tmp_path / name], read=behave).exit_code == 3
