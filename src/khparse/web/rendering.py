"""Views to answers: a template, always escaped, or the JSON twin."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse, Response

from khparse.compare.wording import figure as figure_words
from khparse.model.record import DueKind
from khparse.model.stored import StoredTarget
from khparse.service.comparison import target_facts
from khparse.service.deadlines import WORDS as STATUS_WORDS
from khparse.text.fold import fold
from khparse.web.security import csrf_token
from khparse.web.visit import View, Visit
from khparse.web.wording import Words


@cache
def environment() -> jinja2.Environment:
    """The templates; every value is escaped, an unknown name is an error."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("khparse.web", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"hits": hits, "figure": figure, "shortened": shortened}
    made.globals |= {"due_names": due_names, "status_names": status_names, "zip": zip}
    return made


def render(view: View, visit: Visit) -> Response:
    """The page, or its twin."""
    if visit.wants_json:
        return json_response(view.data, view.status)
    token = csrf_token(visit.request)
    shown = {
        "t": visit.words,
        "visit": visit,
        "csrf": token,
        "here": visit.request.url.path,
        "signed_in": visit.account,
        "may_edit": visit.may_edit,
        **view.shown,
    }
    return HTMLResponse(environment().get_template(view.template).render(shown), view.status)


def json_response(data: Any, status: int = 200) -> Response:
    """JSON as the command line writes it: UTF-8, not escaped."""
    return Response(json.dumps(data, ensure_ascii=False, default=_plain), status, media_type="application/json")


def _plain(value: Any) -> Any:
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json")
    if isinstance(value, tuple | set | frozenset):
        return list(value)
    return str(value)


def due_names(words: Words) -> list[tuple[str, str]]:
    """A deadline's kinds with their words, for choosing."""
    names = ("ngày", "tháng", "quý", "năm", "giai đoạn", "định kỳ", "thường xuyên", "theo văn bản khác")
    return [(kind.value, words(name)) for kind, name in zip(DueKind, names, strict=True)]


def status_names(words: Words) -> list[tuple[str, str]]:
    """How far a task is, in words, for choosing."""
    return [(status, words(name)) for status, name in STATUS_WORDS.items()]


def error_page(words: Words, status: int, why: str) -> Response:
    """What went wrong, in one line."""
    html = environment().get_template("error.html").render(t=words, status=status, why=why)
    return HTMLResponse(html, status)


def figure(target: StoredTarget) -> str:
    """A target's figure in words: "tối thiểu 60%"."""
    return figure_words(target_facts(target))


def shortened(text: str, limit: int = 120) -> str:
    """The words that fit, an ellipsis where some are left out."""
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0] + "…"


def hits(text: str, words: str) -> Markup:
    """The text with each asked word marked, whatever its diacritics."""
    folded = fold(text)
    terms = [fold(term) for term in words.replace("“", '"').replace("”", '"').replace('"', " ").split()]
    if len(folded) != len(text):
        return escape(text)
    made, reached = Markup(), 0
    for start, end in _found(folded, [term for term in terms if term]):
        made += escape(text[reached:start]) + Markup("<mark>") + escape(text[start:end]) + Markup("</mark>")
        reached = end
    return made + escape(text[reached:])


def _found(folded: str, terms: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where whole words of `terms` stand, not overlapping, in order."""
    spans = []
    for term in terms[:12]:
        at = folded.find(term)
        while at >= 0:
            end = at + len(term)
            if not folded[at - 1 : at].isalnum() and not folded[end : end + 1].isalnum():
                spans.append((at, end))
            at = folded.find(term, end)
    reached = 0
    for start, end in sorted(spans):
        if start >= reached:
            yield start, end
            reached = end
