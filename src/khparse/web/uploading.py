"""Putting files in: each becomes a job, whose progress the page asks for."""

from __future__ import annotations

from typing import Any

from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from khparse.errors import KhparseError, LimitError
from khparse.read.limits import PDF_PAGES
from khparse.store.jobs import Job, get_job, list_jobs, retry_job
from khparse.web.rendering import json_response
from khparse.web.visit import NotFoundError, PageSpec, View, Visit


def job_row(visit: Visit, job: Job) -> dict[str, Any]:
    """A job as JSON, `said` being its state in words."""
    step = visit.services.queue.step_of(job)
    names = ("id", "name", "size", "state", "outcome", "plan_id", "why", "tries", "added_by", "added_at", "ended_at")
    return {name: getattr(job, name) for name in names} | {
        "notices": list(job.notices),
        "stage": step.stage if step else None,
        "done": step.done if step else None,
        "of": step.of if step else None,
        "said": _said(visit, job),
        "plan": f"/plans/{job.plan_id}" if job.plan_id else None,
        "wrong_kind": bool(job.why and "--any" in job.why),
    }


def _said(visit: Visit, job: Job) -> str:
    """For example "đang nhận dạng chữ, trang 3 trong 12", "mới", "lỗi: tệp rỗng"."""
    t, step = visit.words, visit.services.queue.step_of(job)
    if step is not None:
        words = t(_STAGES.get(step.stage, "đang đọc"))
        return f"{words}, {t('trang {done} trong {of}', done=step.done, of=step.of)}" if step.of else words
    if job.state == "failed":
        return (job.why or "").replace("thêm --any nếu vẫn muốn đưa vào", t("bấm “Vẫn đưa vào” nếu cần"))
    return t({"new": "kế hoạch mới", "updated": "bản mới", "unchanged": "đã có"}.get(job.outcome or "", "đang đợi"))


_STAGES = {
    "reading": "đang đọc",
    "ocr": "đang nhận dạng chữ",
    "extracting": "đang trích cam kết",
    "saving": "đang ghi",
    "comparing": "đang so với kế hoạch khác",
    "printing": "đang dựng hình trang",
}


def queue_page(visit: Visit) -> View:
    """The jobs, newest first."""
    jobs = list_jobs(visit.database)
    rows = [job_row(visit, job) for job in jobs]
    return View("upload.html", _shown(visit, rows), {"rows": rows})


def _shown(visit: Visit, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"jobs": rows, "most": visit.services.settings.most_bytes, "pages": PDF_PAGES}


def upload(visit: Visit) -> Response:
    """Files from the form or the script; what can't be taken is told for each."""
    files = [file for file in visit.form.getlist("files") if isinstance(file, UploadFile) and file.filename]
    taken = [_take(visit, file) for file in files]
    if visit.wants_json:
        return json_response({"rows": taken}, 200 if taken else 422)
    return RedirectResponse("/upload", 303)


def _take(visit: Visit, file: UploadFile) -> dict[str, Any]:
    name = safe_name(file.filename or "")
    try:
        if (file.size or 0) > visit.services.settings.most_bytes:
            raise LimitError("tệp quá lớn", "hãy tách tệp")
        data = file.file.read(visit.services.settings.most_bytes + 1)
        any_document = visit.text("any") == "1"
        job_id = visit.services.queue.put(visit.database, name, data, any_document=any_document, by=visit.by)
    except KhparseError as error:
        return {"name": name, "state": "failed", "said": str(error), "id": None}
    job = get_job(visit.database, job_id)
    return job_row(visit, job) if job else {}


def safe_name(name: str) -> str:
    """A file's name for showing only: its last part, no control letters, at most 200 letters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable() and not 0xD800 <= ord(c) < 0xE000)[:200] or "tệp"


def job_page(visit: Visit) -> View:
    """One job."""
    job = get_job(visit.database, visit.path["job"])
    if job is None:
        raise NotFoundError
    row = job_row(visit, job)
    return View("upload.html", _shown(visit, [row]), row)


def retry(visit: Visit) -> Response:
    """A failed job once more."""
    if not retry_job(visit.database, visit.path["job"], any_document=visit.text("any") == "1"):
        raise NotFoundError
    visit.services.queue.wake()
    if visit.wants_json:
        job = get_job(visit.database, visit.path["job"])
        return json_response(job_row(visit, job) if job else {})
    return RedirectResponse("/upload", 303)


PAGES = (
    PageSpec("/upload", "Tệp đã đưa vào và tiến độ", queue_page),
    PageSpec(
        "/upload/send", "Đưa tệp vào", upload, methods=("POST",), role="editor", twin=False, fields=("files", "any")
    ),
    PageSpec("/upload/{job:int}", "Tiến độ của một tệp", job_page),
    PageSpec(
        "/upload/{job:int}/retry", "Thử lại", retry, methods=("POST",), role="editor", twin=False, fields=("any",)
    ),
)
