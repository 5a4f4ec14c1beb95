"""Files by whatever name, and what is no file: each costs itself only, and nothing is waited for."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from test_crash import behave

from khparse.errors import InputError, LimitError
from khparse.read import limits
from khparse.service.checking import check
from khparse.service.files import find_files, read_file, written
from khparse.service.ingest import Status, ingest
from khparse.store.database import open_database

NAMES = (
    b"\xff\xfe.txt",
    b"a\nb\x1b[31m.txt",
    b"[red]x.txt",
    b"-rf.txt",
    b"';drop.txt",
    b"d" * 251 + b".txt",
    "\u202eb.txt".encode(),
)


def test_files_of_any_name_are_taken_in(tmp_path: Path) -> None:
    for number, name in enumerate(NAMES):
        (tmp_path / os.fsdecode(name)).write_text(str(number), encoding="utf-8")
    with open_database(tmp_path / "x.db", create=True) as database:
        report = ingest(database, [tmp_path], read=behave)
        assert report.count(Status.NEW) == len(NAMES)
        assert ingest(database, [tmp_path], read=behave).count(Status.UNCHANGED) == len(NAMES)
        assert check(database, files=False) == []
    assert "\\xff\\xfe.txt" in {Path(file.file).name for file in report.files}


def test_what_is_no_file_is_told_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    (tmp_path / "around").symlink_to(".")
    (tmp_path / "folder.pdf").mkdir()
    (tmp_path / "folder.pdf" / "in.txt").write_text("1", encoding="utf-8")
    with socket.socket(socket.AF_UNIX) as there:
        there.bind(str(tmp_path / "s.txt"))
        with open_database(tmp_path / "x.db", create=True) as database:
            report = ingest(database, [tmp_path], read=behave)
    told = {Path(file.file).name: file.why for file in report.files}
    assert told.pop("in.txt") is None
    assert set(told) == {"pipe.txt", "zero.txt", "loop.txt", "s.txt"}
    assert all(why and "; hãy" in why for why in told.values())


def test_a_file_that_turns_into_a_pipe_when_it_is_opened_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    monkeypatch.setattr(Path, "is_file", lambda _: True)
    with pytest.raises(InputError, match="không phải là tệp"):
        read_file(tmp_path / "pipe.txt")


def test_a_file_that_grows_is_read_no_further_than_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_bytes(bytes(11))
    monkeypatch.setattr(limits, "FILE_BYTES", 10)
    with pytest.raises(LimitError, match="lớn hơn"):
        read_file(tmp_path / "a.txt")


def test_a_file_that_vanishes_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "is_file", lambda _: True)
    with pytest.raises(InputError, match="vừa biến mất"):
        read_file(tmp_path / "gone.txt")


def test_a_path_is_written_with_what_is_no_utf_8_spelt_out() -> None:
    assert written(Path(os.fsdecode(b"/kh\xc3\xa1/\xff"))) == "/khá/\\xff"
    assert [found.error for found in find_files([Path("/nothing")])] == [None]
