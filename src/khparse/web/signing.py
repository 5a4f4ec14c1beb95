"""Signing in and out, where a server asks for accounts."""

from __future__ import annotations

from collections import defaultdict
from time import monotonic

from starlette.responses import RedirectResponse, Response

from khparse.service.accounts import HOURS, sign_in, sign_out
from khparse.web.visit import PageSpec, View, Visit

SESSION_COOKIE = "khparse_session"
_MOST_TRIES, _TRY_SECONDS = 8, 300.0
_tries: dict[str, list[float]] = defaultdict(list)


def form(_: Visit) -> View:
    """Name and password."""
    return View("signin.html", {"wrong": None}, {})


def enter(visit: Visit) -> View | Response:
    """A session for the right password; after too many wrong ones a name has to wait."""
    name = visit.text("name", 200)
    recent = [moment for moment in _tries[name] if monotonic() - moment < _TRY_SECONDS]
    _tries[name] = recent
    if len(recent) >= _MOST_TRIES:
        return View("signin.html", {"wrong": visit.words("thử quá nhiều lần; hãy đợi vài phút")}, {}, 429)
    token = sign_in(visit.database, name, visit.text("password", 1000))
    if token is None:
        recent.append(monotonic())
        return View("signin.html", {"wrong": visit.words("tên hoặc mật khẩu không đúng")}, {}, 401)
    _tries.pop(name, None)
    answer = RedirectResponse("/", 303)
    secure = visit.request.url.scheme == "https"
    answer.set_cookie(SESSION_COOKIE, token, max_age=HOURS * 3600, httponly=True, samesite="strict", secure=secure)
    return answer


def leave(visit: Visit) -> Response:
    """The session ends."""
    sign_out(visit.database, visit.request.cookies.get(SESSION_COOKIE, ""))
    answer = RedirectResponse("/signin", 303)
    answer.delete_cookie(SESSION_COOKIE)
    return answer


PAGES = (
    PageSpec("/signin", "Đăng nhập", form, twin=False),
    PageSpec("/signin", "Đăng nhập", enter, methods=("POST",), twin=False, fields=("name", "password")),
    PageSpec("/signout", "Đăng xuất", leave, methods=("POST",), twin=False),
)
