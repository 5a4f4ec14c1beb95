"""Workers: bounded in time, memory, output and network; what they started goes with them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from multiprocessing import forkserver
from pathlib import Path

import pytest

import khparse
from khparse.errors import LimitError
from khparse.read import limits
from khparse.service import workers
from khparse.service.worker import Done, bounded, tell_pages
from khparse.service.workers import read_all, read_one


def deaf(_: bytes) -> None:
    """Hangs and does not hear the system's alarm."""
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    time.sleep(60)


def leaving(data: bytes) -> None:
    """Starts a program in a group of its own, as LibreOffice is, and hangs."""
    with subprocess.Popen(["sleep", "77"], process_group=0) as child:
        Path(data.decode()).write_text(str(child.pid), encoding="utf-8")
        time.sleep(60)


def calling(_: bytes) -> str:
    try:
        socket.create_connection(("127.0.0.1", 9))
    except PermissionError as error:
        return str(error)
    return "called"


def starting(data: bytes) -> int:
    """A program that a worker starts, as LibreOffice is, calls a server of this machine."""
    return subprocess.run(["bash", "-c", f"exec 3<>/dev/tcp/127.0.0.1/{data.decode()}"], check=False).returncode


def swelling(data: bytes) -> int:
    """Takes so many MiB and fills them."""
    return len(bytearray(b"x") * (int(data) * limits.MIB))


def slow_scan(_: bytes) -> str:
    for page in range(4):
        tell_pages(page, 4)
        time.sleep(0.7)
    return "read"


def one_second(_: bytes) -> int:
    return 1


def alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_hang_that_hears_no_alarm_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "GRACE_SECONDS", 1.0)
    ((_, answer),) = read_all([b""], lambda data: data, read=deaf, seconds=one_second)
    assert isinstance(answer, LimitError)
    assert "quá lâu" in str(answer)


def test_what_a_killed_worker_started_is_killed_too(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    list(read_all([str(told).encode()], lambda data: data, read=leaving, seconds=one_second))
    time.sleep(0.2)
    assert not alive(int(told.read_text()))


def test_a_worker_has_no_network() -> None:
    assert "mạng" in read_one(b"", calling)


def test_what_a_worker_starts_has_no_network_either() -> None:
    if subprocess.run(["unshare", "--net", "true"], check=False, capture_output=True).returncode:
        pytest.skip("this system lets nobody have a network of its own")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1]).encode()
        assert starting(port) == 0
        assert read_one(port, starting) != 0


def test_a_worker_has_one_gib_of_memory() -> None:
    assert read_one(b"500", swelling) == 500 * limits.MIB
    with pytest.raises(LimitError, match="bộ nhớ"):
        read_one(b"1024", swelling)


def test_each_page_of_a_scan_has_its_own_time_and_is_told() -> None:
    told: list[tuple[int, int]] = []
    answers = read_all(
        [b""], lambda data: data, read=slow_scan, seconds=one_second, on_pages=lambda _, *pages: told.append(pages)
    )
    assert [answer for _, answer in answers] == ["read"]
    assert told == [(0, 4), (1, 4), (2, 4), (3, 4)]


def test_an_answer_that_is_too_large_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "OUTPUT_BYTES", 1000)
    assert b"LimitError" in bounded(Done("x" * 2000, stays=True))


def killed_once(data: bytes) -> str:
    """Ends as by somebody else's `kill -9`, the first time."""
    mark = Path(data.decode())
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "read"


def killed_always(data: bytes) -> None:
    with Path(data.decode()).open("a") as tries:
        tries.write("x")
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_file_whose_worker_somebody_kills_is_read_by_another(tmp_path: Path) -> None:
    assert read_one(str(tmp_path / "mark").encode(), killed_once) == "read"


def test_a_file_whose_workers_are_always_killed_is_given_up(tmp_path: Path) -> None:
    with pytest.raises(LimitError, match="thiếu bộ nhớ"):
        read_one(str(tmp_path / "tries").encode(), killed_always)
    assert (tmp_path / "tries").read_text() == "x" * workers.TRIES


def test_a_server_of_workers_that_is_killed_is_replaced() -> None:
    def read_some() -> list[object]:
        return [answer for _, answer in read_all([b"1", b"2"], lambda data: data, read=bytes.decode, size=2)]

    assert read_some() == ["1", "2"]
    server = forkserver._forkserver._forkserver_pid
    os.kill(server, signal.SIGKILL)
    assert read_some() == ["1", "2"]


def test_a_script_that_guards_nothing_is_not_run_again_by_workers(tmp_path: Path) -> None:
    script = tmp_path / "mine.py"
    (tmp_path / "plan.txt").write_text("một dòng", encoding="utf-8")
    script.write_text(
        "import khparse\nprint('run')\nwith khparse.open('x.db', create=True) as plans:\n    print(plans.ingest('plan.txt').files[0].why)\n"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(khparse.__file__).parents[1])}
    ran = subprocess.run(
        [sys.executable, script], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.stdout.startswith("run\nkhông thấy đây là một kế hoạch")
