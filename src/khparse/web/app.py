"""The application: pages as declared become routes, each with its JSON twin; errors become a page with one line."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from khparse.errors import KhparseError, StoreError
from khparse.service.accounts import account_of_token
from khparse.service.pictures import Pictures
from khparse.service.uploads import UploadQueue
from khparse.store.database import open_database
from khparse.web.openapi import described
from khparse.web.pages import PAGES
from khparse.web.parameters import WrongParameterError, parse_all
from khparse.web.rendering import render
from khparse.web.security import CSRF_COOKIE, CSRF_FIELD, CSRF_HEADER, Guard, TooLargeError, csrf_holds
from khparse.web.settings import Settings
from khparse.web.signing import SESSION_COOKIE
from khparse.web.visit import RANKS, NotFoundError, PageSpec, Services, View, Visit
from khparse.web.wording import LANGUAGES, Words

LANGUAGE_COOKIE = "khparse_lang"
_OPEN_TO_ALL = ("/signin",)
_log = logging.getLogger("khparse.web")


def create_app(settings: Settings) -> Starlette:
    """The page over a database, which is made where there is none."""
    with open_database(settings.db, create=True):
        pass
    services = Services(settings, UploadQueue(settings.db), Pictures())

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        if settings.jobs:
            services.queue.start()
            services.pictures.warm()
        yield
        services.queue.stop()
        services.pictures.close()

    routes: list[Any] = [
        Mount("/static", StaticFiles(packages=[("khparse.web", "static")])),
        Route("/openapi.json", lambda _: JSONResponse(described(PAGES))),
    ]
    for spec in PAGES:
        endpoint = _endpoint(spec, services)
        if spec.twin and "GET" in spec.methods:
            twin = "/index.json" if spec.path == "/" else f"{spec.path}.json"
            routes.append(Route(twin, endpoint, methods=["GET"]))
        routes.append(Route(spec.path, endpoint, methods=list(spec.methods)))
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Guard, settings=settings)],
        lifespan=life,
        exception_handlers={404: _not_found, 405: _not_found},
    )
    app.state.services = services
    return app


def _not_found(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    why = "không có trang này" if status == 404 else "trang này không nhận lệnh đó"
    return _told(request, Words(_language(request)), status, why)


def _endpoint(spec: PageSpec, services: Services) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        words = Words(_language(request))
        form = FormData()
        try:
            if request.method == "POST":
                form = await request.form(max_files=services.settings.most_files, max_fields=300, max_part_size=2**20)
                if not csrf_holds(request, form.get(CSRF_FIELD) or request.headers.get(CSRF_HEADER)):
                    return _told(request, words, 403, "phiên làm việc đã cũ; hãy tải lại trang rồi làm lại")
            return await run_in_threadpool(_answer, spec, services, request, form)
        except (TooLargeError, MultiPartException, ClientDisconnect) as error:
            status = 413 if isinstance(error, TooLargeError) else 400
            return _told(request, words, status, "tệp quá lớn hoặc quá nhiều tệp một lần")
        except HTTPException as error:
            return _told(request, words, error.status_code, "yêu cầu không đọc được")
        except Exception:  # noqa: BLE001 (whatever it is, the visitor is told in one line, the log the rest)
            _log.exception("%s", request.url.path)
            return _told(request, words, 500, "lỗi của chương trình; nhật ký của máy chủ ghi lại chi tiết")
        finally:
            await form.close()

    return endpoint


def _answer(spec: PageSpec, services: Services, request: Request, form: FormData) -> Response:
    words = Words(_language(request))
    with open_database(services.settings.db) as database:
        token = request.cookies.get(SESSION_COOKIE, "")
        account = account_of_token(database, token) if token and services.settings.accounts else None
        if services.settings.accounts and spec.path not in _OPEN_TO_ALL:
            if account is None:
                return _sign_in_first(request, words)
            if RANKS[account.role] < RANKS[spec.role]:
                return _told(request, words, 403, "tài khoản này chỉ được xem")
        try:
            asked = parse_all(spec.parameters, request.query_params)
            visit = Visit(request, services, database, words, asked, form, account, wants_json(request))
            answer = spec.handler(visit)
        except NotFoundError as error:
            return _told(request, words, 404, str(error) or "không có trang này")
        except WrongParameterError as error:
            return _told(request, words, 422, str(error))
        except StoreError as error:
            return _told(request, words, 404, str(error))
        except KhparseError as error:
            return _told(request, words, 422, str(error))
        return _finished(render(answer, visit) if isinstance(answer, View) else answer, request)


def _finished(response: Response, request: Request) -> Response:
    """Cookies that this answer sets: the token of forms, the language asked for."""
    secure = request.url.scheme == "https"
    token = getattr(request.state, "csrf", None)
    if token:
        response.set_cookie(CSRF_COOKIE, token, httponly=True, samesite="strict", secure=secure)
    if request.query_params.get("lang") in LANGUAGES:
        response.set_cookie(
            LANGUAGE_COOKIE, request.query_params["lang"], max_age=31_536_000, samesite="lax", secure=secure
        )
    return response


def wants_json(request: Request) -> bool:
    """By the address's ending, else by what the caller accepts first."""
    accept = request.headers.get("accept", "")
    return request.url.path.endswith(".json") or ("application/json" in accept and "text/html" not in accept)


def _language(request: Request) -> str:
    asked = request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE, "vi")
    return asked if asked in LANGUAGES else "vi"


def _sign_in_first(request: Request, words: Words) -> Response:
    if wants_json(request) or request.method != "GET":
        return _told(request, words, 401, "hãy đăng nhập")
    return RedirectResponse("/signin", 303)


def _told(request: Request, words: Words, status: int, why: str) -> Response:
    """The error as a page, or as JSON where that is asked for."""
    from khparse.web.rendering import error_page

    if wants_json(request):
        return JSONResponse({"error": words(why)}, status)
    return error_page(words, status, words(why))
