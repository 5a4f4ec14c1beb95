"""What people decide is kept, and survives that plans are read anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sample_plans import TEXT, result

from khparse.cli.program import run
from khparse.errors import InputError, StoreError
from khparse.service import judging, questions
from khparse.service.comparison import find_all, find_for, refresh_conflicts
from khparse.service.deadlines import DeadlineQuestion, deadlines
from khparse.store.database import Database, open_database
from khparse.store.save import FileFacts, save_plan
from khparse.store.statuses import Status

OTHER = TEXT.replace("90%", "95%")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Two plans of one office that set 90 % and 95 %."""
    with open_database(tmp_path / "plans.db", create=True) as opened:
        save(opened)
        refresh_conflicts(opened, [1, 2])
        yield opened


def save(database: Database, note: str = "") -> None:
    """Save both; with a note, as files that were changed."""
    save_plan(database, result(TEXT + note), FileFacts("/a.txt", "a.txt", 1))
    save_plan(database, result(OTHER + note, number="13/KH-SGDĐT", value=95), FileFacts("/b.txt", "b.txt", 1))


def kinds(database: Database) -> list[str]:
    return sorted(conflict.kind for conflict in questions.conflicts(database))


def test_a_dismissed_conflict_is_not_reported_again_when_its_plans_are_read_anew(database: Database) -> None:
    [conflict] = questions.conflicts(database)
    judging.judge_conflicts(database, [conflict.id], "dismissed", "hai đợt khác nhau")
    assert kinds(database) == []
    save(database, "\nThêm một dòng.")
    find_all(database)
    assert kinds(database) == []


def test_a_confirmed_conflict_stays_with_its_remark(database: Database) -> None:
    [conflict] = questions.conflicts(database)
    judging.judge_conflicts(database, [conflict.id], "confirmed", "đã hỏi Sở")
    find_for(database, 2)
    [again] = questions.conflicts(database)
    assert (again.status, again.remark) == ("confirmed", "đã hỏi Sở")


def test_a_conflict_that_is_not_there_cannot_be_dismissed(database: Database) -> None:
    with pytest.raises(StoreError, match="999"):
        judging.judge_conflicts(database, [999], "dismissed", None)


def test_checking_one_plan_finds_what_the_whole_run_found(database: Database) -> None:
    find_all(database)
    whole = [conflict.identity for conflict in questions.conflicts(database)]
    find_for(database, 1)
    assert [conflict.identity for conflict in questions.conflicts(database)] == whole


def test_phrases_that_a_person_tells_apart_conflict_no_more_and_decisions_travel(database: Database) -> None:
    words = "hồ sơ được giải quyết đúng hạn"
    judging.judge_match(database, (words, words), judging.DIFFERENT, None)
    assert kinds(database) == []
    lines = judging.export_matches(database).splitlines()
    judging.judge_match(database, (words, words), judging.SAME, None)
    assert kinds(database) == ["contradiction"]
    assert judging.import_matches(database, lines) == 1
    assert kinds(database) == []


def test_a_decision_about_phrases_can_be_taken_back(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    words = "hồ sơ được giải quyết đúng hạn"
    db = ["--db", str(database.path)]
    assert run(["matches", "dismiss", words, words, *db]) == 0
    assert kinds(database) == []
    [decided] = judging.decided_matches(database)
    assert run(["matches", "--decided", *db]) == 0
    assert decided.id in capsys.readouterr().out
    assert run(["matches", "forget", decided.id, *db]) == 0
    assert kinds(database) == ["contradiction"]
    assert run(["matches", "forget", decided.id, *db]) == 3


def test_a_dismissed_conflict_is_listed_where_asked_for_and_can_be_opened_again(database: Database) -> None:
    [conflict] = questions.conflicts(database)
    judging.judge_conflicts(database, [conflict.id], "dismissed", "hai đợt")
    judging.judge_conflicts(database, [conflict.id], "dismissed", None)
    [listed] = questions.conflicts(database, dismissed=True)
    assert (listed.status, listed.remark) == ("dismissed", "hai đợt")
    assert run(["conflicts", "reopen", str(conflict.id), "--db", str(database.path)]) == 0
    assert kinds(database) == ["contradiction"]


def test_a_damaged_file_of_decisions_names_its_line(database: Database) -> None:
    with pytest.raises(InputError, match="dòng 1"):
        judging.import_matches(database, ["{}"])


def test_a_task_done_after_its_day_is_late_and_stays_done_when_read_anew(database: Database) -> None:
    task = questions.tasks(database, questions.TaskQuestion(plan="1"))[0]
    judging.tell_status(database, task.id, Status("done", "2025-12-01"))
    save(database, "\nThêm một dòng.")
    question = DeadlineQuestion(first="2025-11-01", last="2025-11-30", today="2025-12-05")
    assert {row.words for row in deadlines(database, question)} == {"hoàn thành quá hạn", "chưa thực hiện, quá hạn"}


def test_only_what_is_late_and_not_done_is_overdue(database: Database) -> None:
    task = questions.tasks(database, questions.TaskQuestion(plan="1"))[0]
    judging.tell_status(database, task.id, Status("done", "2025-11-10"))
    question = DeadlineQuestion(first="2025-01-01", last="2025-12-31", today="2025-12-05", overdue=True)
    assert [row.task.plan.id for row in deadlines(database, question)] == [2]


def test_the_commands_of_deciding_work_together(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    [conflict] = questions.conflicts(database)
    db = ["--db", str(database.path)]
    assert run(["conflicts", "dismiss", str(conflict.id), "--remark", "x", *db]) == 0
    assert run(["conflicts", "--format", "json", *db]) == 0
    assert capsys.readouterr().out.endswith("[]\n")
    assert run(["status", "1", "hoàn-thành", "--date", "2025-11-01", *db]) == 0
    assert run(["deadlines", "--from", "2025-11-01", "--to", "2025-11-30", *db]) == 0
    assert run(["matches", *db]) == 0
