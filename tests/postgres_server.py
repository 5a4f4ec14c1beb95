"""A PostgreSQL of its own for a test run: Debian's programs, a folder, a socket in it, nothing on the network."""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from khparse.errors import StoreError
from khparse.store.postgres.server import connect

_PR_SET_PDEATHSIG = 1

_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "32MB",
    "max_connections": "20",
    "autovacuum": "off",
}


def programs() -> Path | None:
    """Where initdb and pg_ctl are: Debian keeps them out of the way."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).resolve().parent if on_path else None


@contextmanager
def running_server() -> Iterator[str]:
    """The server's address without a database: "postgresql://postgres@/{}?host=/tmp/…"."""
    folder = Path(tempfile.mkdtemp(prefix="khparse-pg-", dir="/tmp"))  # a socket's path is short
    who = _server_s_user()
    if who:
        shutil.chown(folder, who)
    try:
        _run(
            who,
            folder,
            "initdb",
            "-D",
            str(folder / "data"),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-N",
            "-E",
            "UTF8",
            "--locale=C",
        )
        with _serving(who, folder) as server:
            _wait_for(server, folder / ".s.PGSQL.5432")
            yield f"postgresql://postgres@/{{}}?host={folder}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _serving(who: str | None, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    settings = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
    command = [_program("postgres"), "-D", folder / "data", "-k", folder, *settings]
    with (
        (folder / "log").open("ab") as log,
        subprocess.Popen(
            command,
            user=who,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=_end_with_the_test,
        ) as server,
    ):
        try:
            yield server
        finally:
            server.send_signal(signal.SIGQUIT)


def _end_with_the_test() -> None:
    """The server does not outlive a test run that is killed."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT)


def _wait_for(server: subprocess.Popen[bytes], socket: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            connect(f"postgresql://postgres@/postgres?host={socket.parent}").close()
        except StoreError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError((socket.parent / "log").read_text())


def _program(name: str) -> Path:
    where = programs()
    assert where
    return where / name


def _server_s_user() -> str | None:
    """PostgreSQL does not run as root: then it runs as the user that its package made, else as nobody."""
    if os.getuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _run(who: str | None, folder: Path, program: str, *arguments: str) -> None:
    with (folder / "told").open("ab") as told:
        done = subprocess.run(
            [_program(program), *arguments],
            user=who,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=told,
            timeout=60,
        )
    assert done.returncode == 0, (folder / "told").read_text()
