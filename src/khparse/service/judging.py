"""What people decide: conflicts dismissed or confirmed, phrases that are the same thing or not, how far tasks have come."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from khparse.errors import InputError, StoreError
from khparse.model.stored import StoredTask
from khparse.service.comparison import compare_plans
from khparse.store.conflicts import decide, decisions, identities, says, undecide
from khparse.store.database import Database
from khparse.store.pairs import pair_of, pair_rows, settle
from khparse.store.phrases import plans_saying
from khparse.store.queries import Choice, task_rows
from khparse.store.statuses import Status, plans_told, set_status, statuses_of

SAME, DIFFERENT = "same", "different"


@dataclass(frozen=True, slots=True)
class DoubtfulMatch:
    """Two phrases that may be the same thing; `id` is made of the two and stays, `low` and `high` are their rows."""

    id: str
    low: int
    high: int
    kind: str  # of the records that say them: target, task, budget
    a: str
    b: str
    score: float
    conflicts: int  # how many rest on it


def judge_conflicts(database: Database, ids: Iterable[int], verdict: str, remark: str | None) -> int:
    """Dismiss or confirm conflicts by their ids; returns how many. Raises StoreError for an id that is not there."""
    chosen = _identities(database, ids)
    for identity in chosen:
        decide(database, "conflict", identity, "", verdict, remark)
    return len(chosen)


def reopen_conflicts(database: Database, ids: Iterable[int]) -> int:
    """Forget what was decided of conflicts; returns of how many something was. Raises StoreError as above."""
    return sum(undecide(database, "conflict", identity, "") for identity in _identities(database, ids))


def _identities(database: Database, ids: Iterable[int]) -> list[str]:
    chosen = list(ids)
    known = identities(database, chosen)
    for id_ in chosen:
        if id_ not in known:
            raise StoreError(f"không có xung đột {id_}", "hãy xem `khparse conflicts`")
    return [known[id_] for id_ in chosen]


@dataclass(frozen=True, slots=True)
class DecidedMatch:
    """Two phrases of which somebody said that they are one thing ("same") or not ("different")."""

    id: str
    a: str
    b: str
    verdict: str
    remark: str | None
    decided_at: str


def decided_matches(database: Database) -> list[DecidedMatch]:
    """What people decided of phrases, the last word first."""
    rows = [DecidedMatch(match_id(row["a"], row["b"]), **row) for row in decisions(database, "indicator")]
    return sorted(rows, key=lambda row: row.decided_at, reverse=True)


def forget_match(database: Database, asked: tuple[str, ...]) -> tuple[DecidedMatch, list[int]]:
    """Take back what was decided of two phrases, by their match's id or in words.

    Returns it, and the plans that say them: they are to be compared anew. Raises InputError where nothing was decided.
    """
    wanted = asked[0] if len(asked) == 1 else match_id(asked[0], asked[1])
    for match in decided_matches(database):
        if match.id == wanted:
            undecide(database, "indicator", match.a, match.b)
            return match, plans_saying(database, (match.a, match.b))
    raise InputError(f"chưa ai quyết định về “{' / '.join(asked)}”", "hãy xem `khparse matches --decided`")


def doubtful_matches(
    database: Database, *, order: str = "score", limit: int = -1, offset: int = 0
) -> list[DoubtfulMatch]:
    """The pairs of phrases that unsure conflicts rest on, likeliest first, or those that most conflicts rest on."""
    rows = pair_rows(database, order=order, limit=limit, offset=offset)
    return [DoubtfulMatch(match_id(row["a"], row["b"]), **row) for row in rows]


def match_id(a: str, b: str) -> str:
    """A short name of a pair of phrases, the same in every database."""
    return hashlib.sha256("\n".join(sorted((a, b))).encode()).hexdigest()[:8]


def judge_match(database: Database, asked: tuple[str, ...], verdict: str, remark: str | None) -> tuple[str, str]:
    """Two phrases are the same thing, or not: by their match's id or in words; their plans are compared anew.

    Raises InputError where neither an id that is known nor two phrases are given.
    """
    if len(asked) == 1:
        pairs = [(match.a, match.b) for match in doubtful_matches(database) if match.id == asked[0]]
    else:
        pairs = [(asked[0], asked[1])]
    if not pairs:
        raise InputError(f"không có cặp “{asked[0]}”", "hãy xem `khparse matches`, hoặc ghi cả hai cụm từ")
    _decide_match(database, *pairs[0], verdict, remark)
    _compare_anew(database, pairs[0])
    return pairs[0]


def judge_pair(database: Database, low: int, high: int, verdict: str, remark: str | None) -> list[int]:
    """Two phrases, by their rows, are one thing or not; what rests on them changes at once.

    Returns the plans that say them: they are to be compared anew. Raises StoreError where the phrases are not there.
    """
    pair = pair_of(database, low, high)
    if pair is None or verdict not in {SAME, DIFFERENT}:
        raise StoreError("không có cặp cụm từ này", "hãy tải lại trang")
    with database.transaction():
        _decide_match(database, pair["a"], pair["b"], verdict, remark)
        settle(database, min(low, high), max(low, high), same=verdict == SAME)
    return plans_saying(database, (pair["a"], pair["b"]))


def _decide_match(database: Database, a: str, b: str, verdict: str, remark: str | None) -> None:
    first, second = sorted((a, b))
    decide(database, "indicator", first, second, verdict, remark)


def _compare_anew(database: Database, phrases: Iterable[str]) -> None:
    compare_plans(database, plans_saying(database, phrases))


def export_matches(database: Database) -> str:
    """What people decided of phrases, a JSON object in each line."""
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in decisions(database, "indicator"))


def import_matches(database: Database, lines: Iterable[str]) -> int:
    """Take over what was exported; returns how many decisions. Raises InputError that names the line."""
    phrases: set[str] = set()
    count = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            a, b, verdict = str(row["a"]), str(row["b"]), row["verdict"]
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"dòng {number} không phải là một quyết định", "cần a, b và verdict") from error
        if verdict not in {SAME, DIFFERENT}:
            raise InputError(f"dòng {number}: verdict “{verdict}”", f"cần {SAME} hoặc {DIFFERENT}")
        _decide_match(database, a, b, verdict, row.get("remark"))
        phrases.update((a, b))
        count += 1
    _compare_anew(database, phrases)
    return count


def tell_status(database: Database, task_id: int, status: Status) -> StoredTask:
    """How far a task has come. Raises StoreError where there is no such task."""
    found = task_rows(database, Choice(ids=(task_id,)))
    if not found:
        raise StoreError(f"không có nhiệm vụ {task_id}", "hãy xem mã (id) trong `khparse tasks --format json`")
    set_status(database, says(found[0]), status, found[0].plan.id)
    return found[0]


def status_of(database: Database, tasks: Iterable[StoredTask]) -> dict[int, Status]:
    """What people told of tasks, by their ids; those of which nobody told anything are left out."""
    by_identity = {says(task): task.id for task in tasks}
    return {by_identity[identity]: status for identity, status in statuses_of(database, by_identity).items()}


def tasks_told(database: Database) -> dict[int, Status]:
    """Every task of which somebody told how far it has come, by its id."""
    return status_of(database, task_rows(database, Choice(plans=plans_told(database))))
