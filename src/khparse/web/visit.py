"""One request as a page sees it: what is asked, by whom, in which language; and a page as it is declared."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from khparse.service.pictures import Pictures
from khparse.service.uploads import UploadQueue
from khparse.store.accounts import Account
from khparse.store.database import Database
from khparse.web.parameters import Parameter
from khparse.web.settings import Settings
from khparse.web.wording import Words

RANKS = {"reader": 0, "editor": 1, "admin": 2}


@dataclass(slots=True)
class Services:
    """What lives as long as the server."""

    settings: Settings
    queue: UploadQueue
    pictures: Pictures


@dataclass(slots=True)
class Visit:
    """A request: `asked` holds the declared parameters, `form` what a form sent, `account` who is signed in."""

    request: Request
    services: Services
    database: Database
    words: Words
    asked: dict[str, Any]
    form: FormData
    account: Account | None
    wants_json: bool

    @property
    def path(self) -> dict[str, Any]:
        """The numbers in the path."""
        return dict(self.request.path_params)

    @property
    def by(self) -> str:
        """Who does it, as corrections remember it."""
        return self.account.name if self.account else "máy này"

    @property
    def may_edit(self) -> bool:
        """Whether changing is allowed."""
        return self.account is None or RANKS[self.account.role] >= RANKS["editor"]

    @property
    def today(self) -> date:
        """The day in Hà Nội."""
        return datetime.now(timezone(timedelta(hours=7))).date()

    def compare_later(self, plans: Collection[int]) -> None:
        """Have these plans compared anew, without the visitor waiting for it."""
        self.services.queue.comparing.later(self.database, plans)

    def back(self, ways: tuple[str, ...], otherwise: str) -> str:
        """Where a form came from, if that is one of these pages of ours, else where it leads by itself."""
        given = self.text("back", 2000)
        path = given.partition("?")[0]
        return given if path in ways and "\\" not in given else otherwise

    def text(self, name: str, most: int = 20_000) -> str:
        """A form's field as text."""
        value = self.form.get(name)
        return value.strip()[:most] if isinstance(value, str) else ""

    def link(self, path: str | None = None, /, **changes: Any) -> str:
        """The address of this page, some parameters changed; None leaves one out."""
        given = {name: value for name, value in self.asked.items() if value not in (None, False, ())}
        if not {"page", "sort", "desc"} & changes.keys():
            given.pop("page", None)
        given |= changes
        pairs = []
        for name, value in given.items():
            if value is not None and value is not False:
                pairs += [
                    (name, "1" if one is True else one) for one in (value if isinstance(value, tuple) else (value,))
                ]
        own = self.request.url.path.removesuffix(".json")
        return f"{path or own}{'?' + urlencode(pairs) if pairs else ''}"


@dataclass(frozen=True, slots=True)
class View:
    """A page: its template with what it shows, and the same as JSON."""

    template: str
    shown: dict[str, Any]
    data: Any
    status: int = 200


Handler = Callable[[Visit], "View | Response"]


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page as declared: its path, what it is, what may be asked; `role` is who may call it."""

    path: str
    says: str
    handler: Handler
    parameters: tuple[Parameter, ...] = ()
    methods: tuple[str, ...] = ("GET",)
    role: str = "reader"
    twin: bool = True
    fields: tuple[str, ...] = field(default=())


class NotFoundError(Exception):
    """There is nothing under this address."""
