"""Plans: their list, and one plan with its records beside its pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from starlette.responses import RedirectResponse, Response

from khparse.errors import KhparseError
from khparse.read.pictures import printable
from khparse.service import lists, shapes
from khparse.service.corrections import reviews
from khparse.service.judging import status_of
from khparse.service.lists import Asked, Listed
from khparse.service.originals import original_of
from khparse.service.pictures import Shown, shown_pages
from khparse.service.plan import Mark, WholePlan, whole_plan
from khparse.service.questions import CountedPlan
from khparse.store import overview as figures
from khparse.store.listing import Turn, Wanted
from khparse.store.load import load_extraction, load_text
from khparse.web.downloads import Field
from khparse.web.listing import ListSpec, list_page
from khparse.web.marking import area_row, areas_on, text_lines
from khparse.web.parameters import Parameter, paged
from khparse.web.rendering import json_response
from khparse.web.visit import NotFoundError, PageSpec, View, Visit

KINDS = ("task", "target", "budget", "reference", "finding")


def _plans(visit: Visit, turn: Turn) -> Listed[CountedPlan]:
    asked = visit.asked
    wanted = Wanted(
        words=asked["q"],
        province=asked["province"],
        issuer=asked["issuer"],
        year=asked["year"],
        plans=figures.plans_under(visit.database, asked["document"]) if asked["document"] is not None else None,
    )
    return lists.plans(visit.database, Asked(wanted=wanted), turn)


PLAN_FIELDS = (
    Field("Mã", lambda r: r.plan.id, 8),
    Field("Số ký hiệu", lambda r: r.plan.number, 20),
    Field("Cơ quan ban hành", lambda r: r.plan.issuer, 40),
    Field("Ngày", lambda r: r.plan.date, 12),
    Field("Tên", lambda r: r.plan.title, 70),
    Field("Tệp", lambda r: r.plan.file, 30),
    Field("Chỉ tiêu", lambda r: r.counts["targets"], 10),
    Field("Nhiệm vụ", lambda r: r.counts["tasks"], 10),
    Field("Kinh phí", lambda r: r.counts["budgets"], 10),
)


def plan_list(visit: Visit) -> View | Response:
    """The plans."""
    return list_page(
        visit,
        ListSpec("plans.html", "ke-hoach", PLAN_FIELDS, _plans, shapes.plan_row, descending=True),
        provinces=figures.distinct(visit.database, "province"),
        issuers=figures.distinct(visit.database, "issuer"),
        carried=figures.document_name(visit.database, visit.asked["document"]),
    )


def plan_page(visit: Visit) -> View:
    """One plan: head, sections, records by kind, and its pages or text with the marks."""
    whole = whole_plan(visit.database, visit.path["plan"])
    shown, problem = _pages_of(visit, whole)
    marks = list(whole.marks)
    if shown is not None and shown.words is not None:
        marks = _on_printed_pages(visit, shown, marks)
    as_text = shown is None or visit.asked["view"] == "text"
    sizes = () if as_text or shown is None else visit.services.pictures.sizes(shown)
    first = min(max(visit.asked["page"] or _first_page(whole, shown), 1), max(len(sizes), 1))
    where = {mark.anchor: mark.page for mark in marks}
    view = {
        "whole": whole,
        "where": where,
        "as_text": as_text,
        "has_pages": shown is not None,
        "can_print": shown is None and whole.original is not None and printable(whole.original.media_type),
        "problem": problem,
        "sizes": sizes,
        "first": first,
        "fragment": _fragment(visit, shown, first, marks) if sizes and shown else None,
        "lines": text_lines(whole.text, marks, whole.sections) if as_text else (),
        "told": status_of(visit.database, whole.tasks),
        "reviews": reviews(visit.database, whole.plan.id),
        "doubts": tuple(mark for mark in marks if mark.doubtful),
        "kinds": KINDS,
    }
    return View("plan.html", view, _plan_data(visit, whole))


def _plan_data(visit: Visit, whole: WholePlan) -> dict[str, Any] | None:
    """The plan's own record, its id and counts; made only where JSON is asked for."""
    if not visit.wants_json:
        return None
    record = load_extraction(visit.database, whole.plan.id).model_dump(mode="json", by_alias=True)
    return {"id": whole.plan.id, "file": whole.plan.file, "version": whole.plan.version, **record}


def _pages_of(visit: Visit, whole: WholePlan) -> tuple[Shown | None, str | None]:
    """What shows the plan's pages, or why there is nothing to show them."""
    original = whole.original
    if original is None:
        return None, None
    shown = shown_pages(visit.database, whole.plan.id, original)
    if shown is None:
        gone = original.path is None and (original.is_pdf or printable(original.media_type))
        return None, visit.words("tệp gốc không còn ở chỗ cũ, chỉ hiện được văn bản") if gone else None
    try:
        visit.services.pictures.sizes(shown)
    except KhparseError as error:
        return None, str(error)
    return shown, None


def _first_page(whole: WholePlan, shown: Shown | None) -> int:
    """The page on which the plan begins: a further plan in its file has pages of others before it."""
    begins = len(whole.text) - len(whole.text.lstrip())
    pages = shown.pages if shown else ()
    return next((page.number for page in pages if page.span.start <= begins < page.span.end), 1)


def _on_printed_pages(visit: Visit, shown: Shown, marks: Sequence[Mark]) -> list[Mark]:
    """The marks with the printed form's page numbers: a Word file's text knows none."""
    placed, words = [], iter(visit.services.pictures.all_words(shown))
    word = next(words, None)
    for mark in marks:
        while word is not None and word.span.end <= mark.start:
            word = next(words, None)
        placed.append(replace(mark, page=word.box.page if word else None))
    return placed


def _shown(visit: Visit) -> Shown:
    original = original_of(visit.database, visit.path["plan"])
    shown = shown_pages(visit.database, visit.path["plan"], original) if original else None
    if shown is None:
        raise NotFoundError
    return shown


def _fragment(visit: Visit, shown: Shown, number: int, marks: Sequence[Mark]) -> dict[str, Any]:
    try:
        words = visit.services.pictures.words(shown, number)
    except KhparseError:
        words = ()
    width, height = visit.services.pictures.sizes(shown)[number - 1]
    return {
        "plan": visit.path.get("plan"),
        "number": number,
        "width": width,
        "height": height,
        "areas": areas_on(words, marks),
        "version": shown.sha256[:12],
    }


def page_fragment(visit: Visit) -> View:
    """A page's picture with its marks, for the script that fetches pages as they are scrolled to."""
    shown, number = _shown(visit), visit.path["number"]
    if not 1 <= number <= len(visit.services.pictures.sizes(shown)):
        raise NotFoundError
    fragment = _fragment(visit, shown, number, whole_plan(visit.database, visit.path["plan"]).marks)
    data = {
        "picture": f"/plans/{visit.path['plan']}/pages/{number}.png",
        "width": fragment["width"],
        "height": fragment["height"],
        "marks": [area_row(area) for area in fragment["areas"]],
    }
    return View("page.html", {"fragment": fragment}, data)


def page_picture(visit: Visit) -> Response:
    """A page as PNG."""
    picture = visit.services.pictures.page(_shown(visit), visit.path["number"])
    kept = "private, max-age=86400, immutable" if visit.request.query_params.get("v") else "no-store"
    return Response(picture.png, media_type="image/png", headers={"cache-control": kept})


def print_plan(visit: Visit) -> Response:
    """Make the pages of a Word file, when they were not made as it came in."""
    original = original_of(visit.database, visit.path["plan"])
    if original is None or not printable(original.media_type):
        raise NotFoundError
    text = load_text(visit.database, visit.path["plan"])
    visit.services.pictures.prepare(original, visit.services.settings.db, text)
    return RedirectResponse(f"/plans/{visit.path['plan']}", 303)


def plan_text(visit: Visit) -> Response:
    """The canonical text."""
    text = load_text(visit.database, visit.path["plan"])
    return Response(text, media_type="text/plain; charset=utf-8")


def plan_file(visit: Visit) -> Response:
    """The file as it was put in; always a download, never shown by the browser."""
    original = original_of(visit.database, visit.path["plan"])
    if original is None or original.path is None:
        raise NotFoundError(visit.words("không còn tệp gốc"))
    name = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in original.name)
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(original.path.read_bytes(), media_type="application/octet-stream", headers=headers)


def gold(visit: Visit) -> Response:
    """The plan's record with what people corrected, as a gold file for training."""
    plan_id = visit.path["plan"]
    record = load_extraction(visit.database, plan_id).model_dump(mode="json", by_alias=True)
    answer = json_response(record)
    answer.headers["content-disposition"] = f'attachment; filename="{plan_id}.json"'
    return answer


PAGES = (
    PageSpec(
        "/plans",
        "Các kế hoạch",
        plan_list,
        (
            Parameter("q", "text", "Số ký hiệu, tên hoặc cơ quan có các từ này"),
            Parameter("province", "text", "Tỉnh, thành phố"),
            Parameter("issuer", "text", "Cơ quan ban hành"),
            Parameter("year", "text", "Năm ban hành"),
            Parameter("document", "integer", "Chỉ các kế hoạch thực hiện văn bản này (mã)"),
            *paged("date", "added", "number", "issuer", "title"),
        ),
    ),
    PageSpec(
        "/plans/{plan:int}",
        "Một kế hoạch",
        plan_page,
        (
            Parameter("view", "choice", "Hình trang hay văn bản", ("pages", "text")),
            Parameter("page", "integer", "Trang mở đầu tiên"),
        ),
    ),
    PageSpec("/plans/{plan:int}/pages/{number:int}", "Một trang với các chỗ đánh dấu", page_fragment),
    PageSpec("/plans/{plan:int}/pages/{number:int}.png", "Hình một trang", page_picture, twin=False),
    PageSpec("/plans/{plan:int}/print", "Dựng hình trang", print_plan, methods=("POST",), twin=False, role="editor"),
    PageSpec("/plans/{plan:int}/text", "Văn bản chuẩn", plan_text, twin=False),
    PageSpec("/plans/{plan:int}/file", "Tệp gốc", plan_file, twin=False),
    PageSpec("/plans/{plan:int}/gold", "Bản ghi đã sửa, dùng làm mẫu vàng", gold),
)
