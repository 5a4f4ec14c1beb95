"""The queue of files put in through the page: read by workers, compared, told of at each step; a restart goes on."""

from __future__ import annotations

import hashlib
import os
import threading
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from khparse.errors import InternalError, KhparseError, LimitError
from khparse.read.limits import PDF_PAGES
from khparse.service.originals import folder_of, keep, kept_at, original_of
from khparse.service.pictures import Pictures
from khparse.service.recompare import Recomparing
from khparse.service.worker import tell_pages
from khparse.service.workers import read_all
from khparse.store.database import open_database
from khparse.store.jobs import Job, add_job, claim_job, finish_job, put_in_uncompared, requeue_interrupted
from khparse.store.load import load_text
from khparse.store.save import FileFacts, is_known, save_plans

if TYPE_CHECKING:
    from khparse.model.document import Document
    from khparse.model.result import Result
    from khparse.store.database import Database

_WAIT_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Step:
    """How far a job is: its stage (reading, ocr, extracting, saving, comparing, printing), and pages of pages."""

    stage: str
    done: int | None = None
    of: int | None = None


class UploadQueue:
    """Threads that take jobs from the database and hand their bytes to worker processes."""

    def __init__(self, db: Path, *, workers: int | None = None, most_pages: int = PDF_PAGES) -> None:
        self.db = db
        self._most_pages = most_pages
        self._workers = workers or max(1, len(os.sched_getaffinity(0)) - 1)
        self._wake = threading.Condition()
        self._stopped = False
        self._threads: list[threading.Thread] = []
        self._pictures = Pictures()
        self.comparing = Recomparing(db)

    def start(self) -> None:
        """Begin to work; what an earlier server left half done comes first."""
        with open_database(self.db, create=True) as database:
            requeue_interrupted(database)
            self.comparing.start()
            self.comparing.later(database, put_in_uncompared(database))
        for number in range(self._workers):
            thread = threading.Thread(target=self._work, name=f"upload-{number}", daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """Take no more jobs; those under way go on at the next start."""
        self._stopped = True
        self.wake()
        self.comparing.stop()
        self._pictures.close()

    def wake(self) -> None:
        """There is something to do."""
        with self._wake:
            self._wake.notify_all()

    def put(self, database: Database, name: str, data: bytes, *, any_document: bool, by: str | None) -> int:
        """A file to the queue's end; returns the job's id."""
        if not data:
            raise LimitError("tệp rỗng", "hãy chọn tệp khác")
        job_id = add_job(database, name, keep(self.db, data), len(data), any_document=any_document, by=by)
        self.wake()
        return job_id

    def step_of(self, job: Job) -> Step | None:
        """What is being done with a job that is worked on."""
        if job.state != "working":
            return None
        with suppress(OSError, ValueError):
            stage, done, of = self._told(job.id).read_text(encoding="utf-8").split()
            return Step(stage, int(done), int(of)) if int(of) else Step(stage)
        return Step("reading")

    def _told(self, job_id: int) -> Path:
        return folder_of(self.db) / f"job-{job_id}.step"

    def _work(self) -> None:
        while not self._stopped:
            try:
                with open_database(self.db, create=True) as database:
                    job = claim_job(database)
                    if job is not None:
                        self._do(database, job)
                        continue
            except KhparseError:
                pass  # the database is busy or away: the job waits
            with self._wake:
                self._wake.wait(_WAIT_SECONDS)

    def _do(self, database: Database, job: Job) -> None:
        told = self._told(job.id)
        try:
            self._take_in(database, job, told)
        except KhparseError as error:
            finish_job(database, job.id, why=str(error))
        except Exception as error:  # noqa: BLE001 (one file's mishap must not end the queue)
            finish_job(database, job.id, why=str(InternalError(error)))
        finally:
            told.unlink(missing_ok=True)

    def _take_in(self, database: Database, job: Job, told: Path) -> None:
        place = kept_at(self.db, job.sha256)
        if not place.is_file():
            raise LimitError("tệp tải lên không còn", "hãy tải lên lại")
        data = place.read_bytes()
        # one content is one file here, whatever it was called
        facts = FileFacts(str(place.resolve()), job.name, job.size)
        known = is_known(database, hashlib.sha256(data).hexdigest(), facts.path)
        if known and (row := database.first("SELECT plan_id FROM files WHERE sha256 = ?", (job.sha256,))):
            notice = f"tệp này đã có trong kế hoạch {row['plan_id']}"
            finish_job(database, job.id, outcome="unchanged", plan_id=row["plan_id"], notices=(notice,))
            return
        result = self._read(data, told, any_document=job.any_document)
        tell(told, "saving")
        plans = save_plans(database, result, facts)
        plan_id, saved = plans[0]
        if changed := {id_ for id_, became in plans if became != "unchanged"}:
            tell(told, "comparing")
            self.comparing.now(changed)
        self._print(database, plan_id, told)
        finish_job(
            database,
            job.id,
            outcome=str(saved),
            plan_id=plan_id,
            notices=_notices(database, plan_id, saved, result.document),
        )

    def _read(self, data: bytes, told: Path, *, any_document: bool) -> Result:
        tell(told, "reading")
        read = partial(read_telling, any_document=any_document, told=told, most_pages=self._most_pages)
        with closing(read_all([data], lambda given: given, read=read, size=1)) as answers:
            _, answer = next(answers)
        if answer is None or isinstance(answer, KhparseError):
            raise answer or LimitError("không đọc được tệp")
        return answer

    def _print(self, database: Database, plan_id: int, told: Path) -> None:
        """A Word file's pages, for showing; without LibreOffice its text is shown."""
        from khparse.read.pictures import printable

        original = original_of(database, plan_id)
        if original is None or not printable(original.media_type):
            return
        tell(told, "printing")
        with suppress(KhparseError):
            self._pictures.prepare(original, self.db, load_text(database, plan_id))


def _notices(database: Database, plan_id: int, saved: str, document: Document) -> tuple[str, ...]:
    if saved == "unchanged":
        return (f"cùng nội dung với kế hoạch {plan_id} đã có", *document.notices)
    if saved == "updated":
        row = database.first("SELECT version FROM plans WHERE id = ?", (plan_id,))
        return (f"bản mới (lần {row['version'] if row else '?'}) của kế hoạch đã có", *document.notices)
    return document.notices


def tell(told: Path, stage: str, done: int = 0, of: int = 0) -> None:
    """Say how far it is, where the page looks for it."""
    with suppress(OSError):
        told.parent.mkdir(parents=True, exist_ok=True)
        told.write_text(f"{stage} {done} {of}", encoding="utf-8")


def read_telling(data: bytes, *, any_document: bool, told: Path, most_pages: int) -> Result:
    """What a worker does for the page: the pipeline, saying after each stage and page how far it is."""
    from khparse.pipeline import records_of
    from khparse.read.detect import MediaType, detect
    from khparse.read.pdf.document import read_pdf
    from khparse.read.readers import read
    from khparse.read.scan.pages import Ocr
    from khparse.rules.kit import load_kit

    source = detect(data)
    if source.media_type is MediaType.PDF:
        _check_pages(data, most_pages)
        document = read_pdf(data, Ocr(progress=partial(_tell_pages, told)))
    else:
        document = read(source)
    tell(told, "extracting")
    sha256 = hashlib.sha256(data).hexdigest()
    return records_of(document, sha256, load_kit(), any_document=any_document).without_layout()


def _tell_pages(told: Path, done: int, of: int) -> None:
    tell(told, "ocr", done, of)
    tell_pages(done, of)


def _check_pages(data: bytes, most: int) -> None:
    from khparse.read.pictures import page_sizes

    if (count := len(page_sizes(data))) > most:
        raise LimitError(f"tệp có {count} trang, nhiều hơn {most}", "hãy tách tệp thành các phần")
