"""A PostgreSQL of its own for a test run: Debian's programs, a folder, a socket in it, nothing on the network."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
        settings = " ".join(f"-c {name}={value!r}" for name, value in _SETTINGS.items())
        _run(
            who,
            folder,
            "pg_ctl",
            "-D",
            str(folder / "data"),
            "-w",
            "-l",
            str(folder / "log"),
            "-o",
            f"{settings} -k {folder}",
            "start",
        )
        try:
            yield f"postgresql://postgres@/{{}}?host={folder}"
        finally:
            _run(who, folder, "pg_ctl", "-D", str(folder / "data"), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _server_s_user() -> str | None:
    """PostgreSQL does not run as root: then it runs as the user that its package made, else as nobody."""
    if os.getuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _run(who: str | None, folder: Path, program: str, *arguments: str) -> None:
    where = programs()
    assert where
    with (folder / "told").open("ab") as told:  # a pipe would stay open as long as the server
        done = subprocess.run(
            [where / program, *arguments],
            user=who,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=told,
            timeout=60,
        )
    assert done.returncode == 0, (folder / "told").read_text()
