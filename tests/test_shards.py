"""Reading on many machines: the same rows as on one, whatever happens to the workers, and nothing read twice."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from database_rows import everything
from sample_plans import result

from khparse.api import PlanDatabase
from khparse.cli.program import khparse
from khparse.errors import InputError, KhparseError, LimitError
from khparse.model.result import Result
from khparse.service.ingest import Status, ingest
from khparse.shards import cluster, folder
from khparse.shards.cluster import Crew, ShardReport, shard
from khparse.shards.folder import shard_name, shards_at
from khparse.shards.loading import load_shards
from khparse.shards.objects import Input, list_objects, look
from khparse.shards.rows import answer_in, content_row, content_schema, input_in, input_row, table_of
from khparse.store.database import open_database

ROOT = Path(__file__).resolve().parents[1]
PLANS = sorted((ROOT / "corpus" / "text").glob("hoa-binh-*.txt"))


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """Four plans that conflict, a copy, a file that is no plan and one that is damaged."""
    to = tmp_path / "plans"
    to.mkdir()
    for path in PLANS:
        shutil.copy(path, to)
    shutil.copy(PLANS[0], to / "z-copy.txt")
    (to / "b-damaged.pdf").write_bytes(b"%PDF-1.7\ncut short")
    (to / "c-letter.txt").write_text("Kính gửi anh Nam,\nHôm nào rỗi mời anh ghé chơi.\n")
    return to


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """This process in Ray's place: what is read and kept, without a cluster."""

    @contextmanager
    def alone(_: Crew) -> Iterator[None]:
        yield

    def one_by_one(_: None, work: Callable[[Any], Any], parts: Sequence[Any]) -> Iterator[Any]:
        yield from map(work, parts)

    monkeypatch.setattr(cluster, "_cluster", alone)
    monkeypatch.setattr(cluster, "_map", one_by_one)


def descendants(of: int) -> Iterator[tuple[int, str]]:
    """The processes under one, each with its title."""
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents[int(stat.parent.name)] = int(stat.read_text(errors="replace").rpartition(")")[2].split()[1])
    for process in parents:
        above = process
        while above in parents and above != of:
            above = parents[above]
        if above == of and process != of:
            with suppress(OSError):
                yield process, (Path("/proc") / str(process) / "cmdline").read_text(errors="replace")


@pytest.mark.slow
@pytest.mark.tool("ray")
def test_shards_give_the_rows_of_ingest_also_where_workers_are_killed(
    plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    leavings = Path(tempfile.mkdtemp(prefix="k-", dir="/tmp"))  # a socket's path is short
    monkeypatch.setattr(tempfile, "tempdir", str(leavings))
    before = {process for process, _ in descendants(os.getpid())}
    killed: list[int] = []

    def kill(_: ShardReport, total: int) -> None:
        """When the first shard is there, every worker of Ray that is at another one; then those that read for it."""
        assert total == 3
        title = "_on_worker" if not killed else "forkserver"
        for process in [one for one, told in descendants(os.getpid()) if title in told and one not in before]:
            os.kill(process, signal.SIGKILL)
            killed.append(process)

    report = shard([str(plans)], str(tmp_path / "shards"), kill, crew=Crew(workers=2), files=2)
    assert killed
    assert [report.objects, report.known, report.failed, len(report.shards)] == [7, 0, 2, 3]
    assert {process for process, _ in descendants(os.getpid())} <= before
    assert list(leavings.iterdir()) == []
    monkeypatch.undo()
    leavings.rmdir()
    with (
        open_database(tmp_path / "one.db", create=True) as one,
        open_database(tmp_path / "many.db", create=True) as many,
    ):
        alone, loaded = ingest(one, [plans]), load_shards(many, str(tmp_path / "shards"))
        assert everything(many) == everything(one)
        assert [(file.status, file.why) for file in loaded.files] == [(file.status, file.why) for file in alone.files]
        assert {row["n"] > 0 for row in many.rows("SELECT count(*) AS n FROM conflicts")} == {True}


@pytest.mark.usefixtures("here")
def test_what_has_its_row_is_not_read_again_and_a_new_file_is(plans: Path, tmp_path: Path) -> None:
    shards = str(tmp_path / "shards")
    shard([str(plans)], shards, files=2)
    again = shard([str(plans)], shards, files=2)
    assert (again.known, again.shards) == (6, ())
    (plans / "d-new.txt").write_bytes(PLANS[0].read_bytes() + b"\n\n")
    more = shard([str(plans)], shards, files=2)
    assert (more.known, [one.contents for one in more.shards]) == (6, [1])
    assert len(list((tmp_path / "shards" / "inputs").iterdir())) == 2


@pytest.mark.usefixtures("here")
def test_a_run_cut_short_goes_on_where_it_was(plans: Path, tmp_path: Path) -> None:
    def stop(_: ShardReport, __: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        shard([str(plans)], str(tmp_path / "shards"), stop, files=2)
    rest = shard([str(plans)], str(tmp_path / "shards"), files=2)
    assert (rest.known, sum(one.contents for one in rest.shards)) == (2, 4)


@pytest.mark.usefixtures("here")
def test_what_failed_is_read_again_where_asked(plans: Path, tmp_path: Path) -> None:
    shards = str(tmp_path / "shards")
    shard([str(plans / "c-letter.txt"), str(plans / "b-damaged.pdf")], shards)
    again = shard([str(plans)], shards, again=True)
    assert (again.known, sum(one.contents for one in again.shards), again.failed) == (0, 6, 2)


@pytest.mark.usefixtures("here")
def test_objects_of_a_store_are_read_by_their_address(plans: Path, tmp_path: Path) -> None:
    shards = f"file://{tmp_path}/shards"
    report = shard([f"file://{plans}", f"file://{plans}/none.txt"], shards)
    assert [report.objects, report.failed] == [8, 3]
    assert [one.name for one in report.lost] == ["none.txt"]
    with open_database(tmp_path / "x.db", create=True) as database:
        loaded = load_shards(database, shards)
        assert [loaded.count(status) for status in (Status.NEW, Status.UNCHANGED, Status.FAILED)] == [4, 1, 3]
        assert PlanDatabase(database).load(shards).count(Status.UNCHANGED) == 5


@pytest.mark.usefixtures("here")
def test_the_commands_tell_what_was_read_and_what_failed(plans: Path, tmp_path: Path) -> None:
    (tmp_path / "list").write_text(f"{plans}\n{plans}/gone.txt\n")
    shards, db = str(tmp_path / "shards"), str(tmp_path / "x.db")
    ran = CliRunner().invoke(
        khparse, ["shard", "--list", str(tmp_path / "list"), "--out", shards], standalone_mode=False
    )
    assert ran.return_value == 1
    assert "8 tệp: 6 nội dung mới đọc, 0 đã có, 3 lỗi" in ran.stdout
    assert "gone.txt: không có tệp này" in ran.stderr
    loaded = CliRunner().invoke(khparse, ["load", shards, "--db", db], standalone_mode=False)
    assert loaded.return_value == 1
    assert "8 tệp: 4 mới, 0 cập nhật, 1 không đổi, 3 lỗi" in loaded.stdout


def test_an_answer_comes_back_from_its_row_as_it_was() -> None:
    answer: Result = result()
    error = LimitError("tệp lớn hơn 256 MB", "hãy chia nhỏ tệp")
    rows = [content_row(one, given, any_document=False) for one, given in (("a" * 64, answer), ("b" * 64, error))]
    good, bad = (answer_in(row) for row in table_of(rows, content_schema()).to_pylist())
    assert isinstance(good, Result)
    assert (good.extraction, good.document.text) == (answer.extraction, answer.document.text)
    assert isinstance(bad, LimitError)
    assert str(bad) == str(error)


def test_an_error_of_a_newer_program_is_still_an_error() -> None:
    row = input_row(Input("/x", "x", error=KhparseError("hỏng")), any_document=False) | {"error": "WeatherError"}
    assert isinstance(input_in(row).error, InputError)


def test_the_name_of_a_shard_is_that_of_what_it_holds() -> None:
    assert shard_name(["a", "b"], any_document=False) == shard_name(["a", "b"], any_document=False)
    names = {
        shard_name(["a"], any_document=False),
        shard_name(["a"], any_document=True),
        shard_name(["b"], any_document=False),
    }
    assert len(names) == 3


def test_shards_of_an_older_program_are_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shards = shards_at(str(tmp_path))
    shards.write_contents(
        shard_name(["a"], any_document=False), [content_row("a", LimitError("x"), any_document=False)]
    )
    assert list(shards.known()) == [("a", False)]
    monkeypatch.setattr(folder, "PARSER_VERSION", folder.PARSER_VERSION + 1)
    assert shards.known() == {}


def test_a_damaged_shard_is_named(tmp_path: Path) -> None:
    (tmp_path / "contents").mkdir()
    (tmp_path / "contents" / f"{shard_name(['a'], any_document=False)}.parquet").write_bytes(b"PAR1 cut")
    with pytest.raises(InputError, match="mảnh này hỏng"):
        shards_at(str(tmp_path)).known()


def test_a_folder_without_shards_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="khparse shard"):
        shards_at(str(tmp_path / "none")).inputs()


def test_a_file_that_is_gone_is_a_row_with_its_reason(tmp_path: Path) -> None:
    (one,) = list_objects([str(tmp_path / "gone.txt")])
    found = look(one)
    assert found.sha256 is None
    assert "không có tệp này" in str(found.error)
