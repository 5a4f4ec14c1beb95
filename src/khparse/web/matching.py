"""Phrases of two plans that may be the same thing: somebody says so, or says not, and the conflicts follow."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from khparse.errors import InputError
from khparse.service import judging
from khparse.service.judging import DoubtfulMatch
from khparse.service.lists import Listed
from khparse.store.listing import Turn
from khparse.store.pairs import count_pairs, examples
from khparse.web.downloads import Field
from khparse.web.listing import ListSpec, list_page
from khparse.web.parameters import paged
from khparse.web.visit import NotFoundError, PageSpec, View, Visit

MOST_DECIDED = 200  # decisions that one page shows, the last first
MATCH_FIELDS = (
    Field("Loại", lambda r: r.kind, 12),
    Field("Cụm từ A", lambda r: r.a, 70),
    Field("Cụm từ B", lambda r: r.b, 70),
    Field("Giống nhau", lambda r: r.score, 12),
    Field("Xung đột", lambda r: r.conflicts, 10),
)


def _load(visit: Visit, turn: Turn) -> Listed[DoubtfulMatch]:
    rows = judging.doubtful_matches(
        visit.database, order=turn.sort or "conflicts", limit=turn.limit, offset=turn.offset
    )
    return Listed(tuple(rows), count_pairs(visit.database))


def _row(match: DoubtfulMatch) -> dict[str, object]:
    names = ("id", "low", "high", "kind", "a", "b", "score", "conflicts")
    return {name: getattr(match, name) for name in names}


def matches(visit: Visit) -> View | Response:
    """The pairs that wait for somebody's word."""
    answer = list_page(visit, ListSpec("matches.html", "cap-cum-tu", MATCH_FIELDS, _load, _row))
    if isinstance(answer, View):
        answer.shown["examples"] = examples(visit.database, [(one.low, one.high) for one in answer.shown["rows"]])
        answer.shown["decided"] = judging.decided_matches(visit.database)[:MOST_DECIDED]
        answer.shown["waiting"] = visit.services.queue.comparing.waiting()
    return answer


def judge(visit: Visit) -> Response:
    """The same, or not."""
    low, high = visit.text("low", 12), visit.text("high", 12)
    if not (low.isdecimal() and high.isdecimal() and low.isascii() and high.isascii()):
        raise NotFoundError
    remark = visit.text("remark", 2000)
    signed = " ".join(filter(None, (remark, f"({visit.by})" if visit.account else "")))
    plans = judging.judge_pair(visit.database, int(low), int(high), visit.text("verdict"), signed or None)
    visit.compare_later(plans)
    return RedirectResponse(visit.back(("/matches", "/conflicts"), "/matches"), 303)


def forget(visit: Visit) -> Response:
    """What somebody said of two phrases is taken back."""
    try:
        _, plans = judging.forget_match(visit.database, (visit.text("pair", 12),))
    except InputError as error:
        raise NotFoundError(visit.words("cặp này không còn")) from error
    visit.compare_later(plans)
    return RedirectResponse(visit.back(("/matches",), "/matches"), 303)


PAGES = (
    PageSpec("/matches", "Cặp cụm từ có thể là một, chờ người xác nhận", matches, paged("conflicts", "score")),
    PageSpec(
        "/matches/judge",
        "Hai cụm từ là một, hoặc không",
        judge,
        methods=("POST",),
        twin=False,
        role="editor",
        fields=("low", "high", "verdict", "remark", "back"),
    ),
    PageSpec(
        "/matches/forget",
        "Rút lại quyết định về hai cụm từ",
        forget,
        methods=("POST",),
        twin=False,
        role="editor",
        fields=("pair", "back"),
    ),
)
