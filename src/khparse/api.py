"""The Python API: `khparse.extract` reads one plan, `khparse.open` asks a database of them.

>>> import khparse, tempfile
>>> from pathlib import Path
>>> plan = '''ỦY BAN NHÂN DÂN
... TỈNH HÀ NAM
... Số: 12/KH-UBND
... Hà Nam, ngày 07 tháng 02 năm 2023
... KẾ HOẠCH
... Chuyển đổi số năm 2023
... I. MỤC TIÊU
... - Phấn đấu 90% hồ sơ được giải quyết đúng hạn.
... II. TỔ CHỨC THỰC HIỆN
... 1. Sở Tài chính
... - Thẩm định dự toán kinh phí, hoàn thành trước ngày 15/11/2023.
... '''.encode()

One plan, no database:

>>> record = khparse.extract(plan)
>>> record.document.number, record.document.date
('12/KH-UBND', '2023-02-07')
>>> [(target.value, target.unit, target.quote) for target in record.targets]
[(90.0, '%', 'Phấn đấu 90% hồ sơ được giải quyết đúng hạn')]
>>> [(task.lead[0].name, task.due.end) for task in record.tasks]
[('Sở Tài chính tỉnh Hà Nam', '2023-11-15')]

Many plans:

>>> folder = tempfile.TemporaryDirectory()
>>> path = Path(folder.name, "ke-hoach.txt")
>>> _ = path.write_bytes(plan)
>>> with khparse.open(Path(folder.name, "plans.db"), create=True) as plans:
...     report = plans.ingest(path)
...     print(plans.plans()[0].name)
...     print([task.title for task in plans.tasks(office="so tai chinh")])
...     print([passage.section for passage in plans.search("tham dinh")])
...     print([file.name for file in plans.export(Path(folder.name, "hạn.ics"), "ics")])
12/KH-UBND
['Thẩm định dự toán kinh phí, hoàn thành trước ngày 15/11/2023']
['II.1']
['hạn.ics']
>>> folder.cleanup()

Every error is a `khparse.errors.KhparseError` that says in one line what is wrong and what to do.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from khparse.model.record import Extraction
    from khparse.model.stored import (
        Passage,
        StoredBudget,
        StoredConflict,
        StoredFinding,
        StoredPlan,
        StoredReference,
        StoredTarget,
        StoredTask,
    )
    from khparse.service.comparison import ComparedRow
    from khparse.service.deadlines import FallsDue
    from khparse.service.ingest import IngestReport
    from khparse.service.offices import Orphan
    from khparse.store.database import Database
    from khparse.store.postgres.publishing import Publication

Source = str | Path | bytes
PlanName = str | int  # a plan's id or its number


def extract(source: Source, *, any_document: bool = False) -> Extraction:
    """One plan's record, from a file's path or its bytes; no database, nothing written.

    Raises KhparseError: bytes that can't be read, a document that is no plan (unless `any_document`).
    """
    from khparse.pipeline import process
    from khparse.rules.kit import load_kit
    from khparse.service.files import read_file

    data = source if isinstance(source, bytes) else read_file(Path(source))
    return process(data, load_kit(), any_document=any_document).extraction


def open(path: str | Path, *, create: bool = False) -> PlanDatabase:  # noqa: A001 (as `gzip.open`)
    """The database at `path`, to be used with `with`. Raises StoreError where there is none and not `create`.

    "postgresql://host/plans" is a copy that was published there, to be asked only.
    """
    from khparse.store.database import open_database
    from khparse.store.postgres.published import open_for_asking

    return PlanDatabase(open_database(Path(path), create=True) if create else open_for_asking(path))


class PlanDatabase:
    """Plans that were taken in, and the questions about them; answers are frozen values of `khparse.model`.

    A plan is named by its id or its number, an office by any of its names, with or without diacritics.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def ingest(self, *paths: str | Path, any_document: bool = False) -> IngestReport:
        """Files and folders into the database; what is already there is not read twice."""
        from khparse.service.ingest import ingest

        return ingest(self._database, [Path(path) for path in paths], any_document=any_document)

    def load(self, shards: str | Path) -> IngestReport:
        """Plans that `khparse shard` has read, from a folder of shards or an address ("s3://…")."""
        from khparse.shards.loading import load_shards

        return load_shards(self._database, str(shards))

    def plans(self) -> list[StoredPlan]:
        """All plans, in the order in which they came in."""
        from khparse.service import questions

        return [counted.plan for counted in questions.plans(self._database)]

    def record(self, plan: PlanName) -> Extraction:
        """One plan's whole record, as `extract` gave it."""
        from khparse.store.load import load_extraction

        return load_extraction(self._database, self._id(plan))

    def text(self, plan: PlanName) -> str:
        """One plan's canonical text: every `start` and `end` counts in it."""
        from khparse.store.load import load_text

        return load_text(self._database, self._id(plan))

    def tasks(
        self,
        *,
        office: str | None = None,
        role: str | None = None,
        plan: PlanName | None = None,
        due_from: str | None = None,
        due_to: str | None = None,
        unowned: bool = False,
    ) -> list[StoredTask]:
        """Tasks, of an office ("lead" or "coordinating" it), of a plan, due between two ISO days, or nobody's."""
        from khparse.service import questions

        asked = questions.TaskQuestion(
            office=office, role=role, plan=_asked(plan), due_from=due_from, due_to=due_to, unowned=unowned
        )
        return questions.tasks(self._database, asked)

    def tasks_of(
        self, office: str, *, role: str | None = None, collective: bool = False, as_of: str | None = None
    ) -> list[StoredTask]:
        """What an office answers for: with `collective` also what is laid on all departments at once.

        `as_of` counts what came to it from the offices that it took over by that ISO day.
        """
        from khparse.service import offices, questions

        rows = offices.asked_offices(self._database, office, collective=collective, as_of=as_of)
        return questions.tasks(self._database, questions.TaskQuestion(offices=rows, role=role))

    def deadlines(
        self, first: str, last: str, *, today: str | None = None, office: str | None = None, overdue: bool = False
    ) -> list[FallsDue]:
        """What falls due between two ISO days, recurring tasks on each of theirs; `today` tells what is late."""
        from khparse.service.deadlines import DeadlineQuestion, deadlines

        day = today or datetime.now(UTC).astimezone().date().isoformat()
        asked = DeadlineQuestion(first=first, last=last, today=day, office=office, overdue=overdue)
        return deadlines(self._database, asked)

    def orphans(self, as_of: str) -> list[Orphan]:
        """Open tasks left with offices that have ended by that ISO day, with the successor where there is one."""
        from khparse.service.offices import orphans

        return orphans(self._database, as_of)

    def targets(
        self, *, indicator: str | None = None, plan: PlanName | None = None, horizon: str | None = None
    ) -> list[StoredTarget]:
        """Targets whose indicator has all these words, of a plan, by a year."""
        from khparse.service import questions

        return questions.targets(self._database, indicator, _asked(plan), horizon)

    def references(self, *, plan: PlanName | None = None) -> list[StoredReference]:
        """Documents that the plans name."""
        from khparse.store.queries import Choice, reference_rows

        return reference_rows(self._database, Choice(plans=self._ids(plan)))

    def budgets(self, *, plan: PlanName | None = None) -> list[StoredBudget]:
        """Sums of money, in đồng."""
        from khparse.store.queries import Choice, budget_rows

        return budget_rows(self._database, Choice(plans=self._ids(plan)))

    def findings(self, *, plan: PlanName | None = None) -> list[StoredFinding]:
        """What contradicts itself inside single plans."""
        from khparse.service import questions

        return questions.findings(self._database, _asked(plan))

    def compare(self, *plans: PlanName) -> list[ComparedRow]:
        """The plans' targets side by side, a row for each indicator."""
        from khparse.service.comparison import compare

        return compare(self._database, [self._id(plan) for plan in plans])

    def conflicts(self, *, kind: str | None = None, plan: PlanName | None = None) -> list[StoredConflict]:
        """Where plans contradict each other; not what a person dismissed."""
        from khparse.service import questions

        return questions.conflicts(self._database, kind, _asked(plan))

    def search(self, words: str, limit: int = 50) -> list[Passage]:
        """Lines that hold all the words, with or without diacritics."""
        from khparse.service import questions

        return questions.search(self._database, words, limit)

    def export(
        self, out: str | Path, form: str, *, kinds: tuple[str, ...] = (), plan: PlanName | None = None
    ) -> list[Path]:
        """Write facts to a file or folder in the form "csv", "xlsx", "jsonl", "parquet", "ics" or "akn".

        Returns the files written. `kinds` narrows to "tasks", "targets" and so on.
        """
        from khparse.service import exports

        request = exports.Request(form=form, kinds=kinds, plan=_asked(plan))
        return exports.export(self._database, request, Path(out))

    def publish(self, address: str) -> Publication:
        """Bring the PostgreSQL server at "postgresql://…" to the state of this database, for many readers."""
        from khparse.service import publishing

        return publishing.publish(self._database, address)

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _id(self, plan: PlanName) -> int:
        from khparse.service import questions

        return questions.plan_named(self._database, str(plan))

    def _ids(self, plan: PlanName | None) -> tuple[int, ...] | None:
        return None if plan is None else (self._id(plan),)


def _asked(plan: PlanName | None) -> str | None:
    return None if plan is None else str(plan)
