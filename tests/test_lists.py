"""Lists as the page shows them: what narrows them, in which order, how many."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sample_plans import TEXT, result

from khparse.service import lists
from khparse.service.lists import Asked
from khparse.store.database import Database, open_database
from khparse.store.due import due_days
from khparse.store.listing import Turn, Wanted, slice_of
from khparse.store.rhythms import beating, rhythm_days
from khparse.store.save import FileFacts, save_plan
from khparse.store.search import either_way, search

QUARTERLY = "FREQ=MONTHLY;INTERVAL=3"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """One plan's task five times over: on two days, by a rhythm, without a deadline, without a lead."""
    with open_database(tmp_path / "plans.db", create=True) as opened:
        save_plan(opened, result(TEXT), FileFacts("/a.txt", "a.txt", 1))
        with opened.transaction():
            opened.run("DELETE FROM tasks WHERE id > 1")
            for id_ in range(2, 6):
                opened.run(
                    f"""INSERT INTO tasks (id, plan_id, title, quote, "start", "end", source, confidence)
                        SELECT {id_}, plan_id, 'Diễn tập phòng cháy lần {id_}', quote, "start", "end", source, confidence
                        FROM tasks WHERE id = 1"""
                )
                opened.run(
                    f"""INSERT INTO assignments (task_id, office_id, role, text, name)
                        SELECT {id_}, office_id, 'lead', text, name FROM assignments WHERE task_id = 1 AND role = 'lead'"""
                )
            opened.run("DELETE FROM deadlines")
            for id_, end, rule in ((1, "2026-03-10", None), (2, "2026-03-05", None), (3, None, QUARTERLY)):
                opened.run(
                    """INSERT INTO deadlines (task_id, kind, "end", recurrence, text) VALUES (?, 'date', ?, ?, 'hạn')""",
                    (id_, end, rule),
                )
            opened.run("DELETE FROM assignments WHERE task_id = 5")
        yield opened


def ids(database: Database, turn: Turn | None = None, **wanted: object) -> tuple[int, ...]:
    found = slice_of(database, "tasks", Wanted(**wanted), turn or Turn())  # type: ignore[arg-type]
    assert found.total >= len(found.ids)
    return found.ids


def test_a_task_that_loses_its_lead_is_unowned(database: Database) -> None:
    assert ids(database, unowned=True) == (5,)
    with database.transaction():
        database.run("DELETE FROM assignments WHERE task_id = 4")
    assert ids(database, unowned=True) == (4, 5)


def test_what_falls_due_between_two_days_counts_rhythms_too(database: Database) -> None:
    assert set(ids(database, due_from="2026-03-06", due_to="2026-03-31")) == {1, 3}
    assert ids(database, due_from="2026-02-01", due_to="2026-02-28") == ()


def test_a_deadline_that_is_changed_moves_its_task(database: Database) -> None:
    with database.transaction():
        database.run("""UPDATE deadlines SET "end" = '2027-01-01' WHERE task_id = 1""")
        database.run("DELETE FROM deadlines WHERE task_id = 3")
    assert ids(database, due_from="2026-01-01", due_to="2026-12-31") == (2,)


@pytest.mark.parametrize(("descending", "order"), [(False, (2, 1, 3, 4, 5)), (True, (1, 2, 5, 4, 3))])
def test_what_has_no_day_comes_last_either_way(database: Database, descending: bool, order: tuple[int, ...]) -> None:
    assert ids(database, Turn("due", descending)) == order


def test_a_page_knows_how_many_there_are(database: Database) -> None:
    assert slice_of(database, "tasks", Wanted(), Turn(limit=2, offset=2)).total == 5
    assert slice_of(database, "tasks", Wanted(), Turn(limit=2, offset=4)).total == 5
    assert slice_of(database, "tasks", Wanted(), Turn(limit=2, offset=40)).total == 5


@pytest.mark.parametrize("words", ["dien tap", "Diễn tập", "DIEN  chay", '"phong chay"', "đien"])
def test_words_are_found_with_or_without_diacritics_and_bars(database: Database, words: str) -> None:
    assert ids(database, words=words) == (2, 3, 4, 5)


def test_words_of_a_title_that_is_corrected_are_found(database: Database) -> None:
    with database.transaction():
        database.run("UPDATE tasks SET title = 'Bắn pháo hoa' WHERE id = 4")
    assert ids(database, words="phao hoa") == (4,)
    assert 4 not in ids(database, words="dien tap")


@pytest.mark.parametrize("words", ['"', "…", "* OR (", 'NEAR("a"', "a\x00b", "đ" * 200, '"' * 7, "d " * 40])
def test_no_words_are_a_question_that_breaks_the_index(database: Database, words: str) -> None:
    either_way(words)
    for table in ("plans", "tasks", "targets", "budgets"):
        slice_of(database, table, Wanted(words=words), Turn())
    search(database, words)


def test_a_plan_is_found_by_the_beginning_of_a_word(database: Database) -> None:
    number = str(database.rows("SELECT number FROM plans")[0]["number"])
    assert lists.plans(database, Asked(wanted=Wanted(words=number)), Turn()).total == 1
    assert lists.plans(database, Asked(wanted=Wanted(words=number[:-2])), Turn()).total == 1


def test_each_day_tells_how_much_falls_due(database: Database) -> None:
    due = due_days(database, Wanted(), date(2026, 3, 1), date(2026, 3, 31))
    assert due.counts == {"2026-03-05": 1, "2026-03-10": 1, "2026-03-31": 1}
    assert due.first["2026-03-31"] == (3,)


def test_a_rhythm_beats_from_its_start_to_its_end() -> None:
    rhythm = ("FREQ=MONTHLY", "2026-02-01", "2026-04-15")
    assert rhythm_days(rhythm, "2026-01-01", "2026-12-31") == ("2026-02-28", "2026-03-31")


def test_a_rhythm_without_start_beats_from_the_year_of_its_plan(database: Database) -> None:
    year = str(database.rows("SELECT date FROM plans")[0]["date"])[:4]
    assert beating(database, None, "2010-01-01") == ()
    assert beating(database, "2026-01-01", None) == ((QUARTERLY, f"{year}-01-01", None),)


def test_every_sort_of_every_list_answers(database: Database) -> None:
    from khparse.store.listing import sorts_of

    for table in ("plans", "tasks", "targets", "budgets", "findings"):
        for sort in sorts_of(table):
            for descending in (False, True):
                up = slice_of(database, table, Wanted(), Turn(sort, descending))
                assert up.total == len(up.ids)
