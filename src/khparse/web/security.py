"""What every answer and every request is held to: headers, host names, sizes, tokens against forged requests."""

from __future__ import annotations

import secrets

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from khparse.web.settings import LOCAL_NAMES, Settings

CSRF_COOKIE = "khparse_csrf"
CSRF_FIELD = "csrf"
CSRF_HEADER = "x-csrf-token"
FORM_BYTES = 1024**2  # any form but the one for files

# nothing from elsewhere, nothing inline; a picture may be made in the page from what it holds
_POLICY = (
    "default-src 'none'; "
    "script-src 'self'; "
    "style-src 'self'; "
    "img-src 'self' data:; "
    "connect-src 'self'; "
    "form-action 'self'; "
    "base-uri 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


class Guard:
    """Asks each request for its host and size before anything reads it, and gives each answer its headers."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, as ASGI passes it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refused = self._refused(headers, scope["path"])

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                added = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    added.setdefault(name, value)
                added.setdefault("cache-control", "no-store")
            await send(message)

        if refused:
            await refused(scope, receive, send_guarded)
            return
        await self._app(scope, _bounded(receive, self._most(scope["path"])), send_guarded)

    def _refused(self, headers: Headers, path: str) -> PlainTextResponse | None:
        # a page elsewhere that gives its own name our address (DNS rebinding) is told apart by the name it calls
        if self._settings.local and not _is_local_name(headers.get("host", "")):
            return PlainTextResponse("Máy chủ này chỉ phục vụ chính máy này.", 421)
        length = headers.get("content-length", "0")
        if length.isdecimal() and int(length) > self._most(path):
            return PlainTextResponse("Tệp quá lớn.", 413)
        return None

    def _most(self, path: str) -> int:
        return self._settings.most_bytes + FORM_BYTES if path.startswith("/upload") else FORM_BYTES


class TooLargeError(Exception):
    """More came than the headers said, or than is taken."""


def _bounded(receive: Receive, most: int) -> Receive:
    taken = 0

    async def receive_bounded() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise TooLargeError
        return message

    return receive_bounded


def _is_local_name(host: str) -> bool:
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    return name.lower() in LOCAL_NAMES or name.startswith("127.")


def csrf_token(request: Request) -> str:
    """The browser's token: what forms repeat, so that no other page can post in its name."""
    known = request.cookies.get(CSRF_COOKIE, "")
    if len(known) != 43:
        known = getattr(request.state, "csrf", None) or secrets.token_urlsafe(32)
        request.state.csrf = known
    return known


def csrf_holds(request: Request, given: object) -> bool:
    """Whether a request repeats the token of its cookie, and says that it comes from this very page."""
    known = request.cookies.get(CSRF_COOKIE, "")
    if not known or not isinstance(given, str) or not secrets.compare_digest(known.encode(), given.encode()):
        return False
    return request.headers.get("sec-fetch-site", "same-origin") in {"same-origin", "none"}
