"""What can be asked as JSON, described as OpenAPI from the pages' own declarations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import regex

from khparse.version import __version__
from khparse.web.parameters import GREATEST
from khparse.web.visit import PageSpec

_IN_PATH = regex.compile(r"\{(\w+)(?::(\w+))?\}")
_ERROR = {
    "description": "Lỗi, một dòng",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
}


def described(pages: Iterable[PageSpec]) -> dict[str, Any]:
    """The description of every page's twin."""
    paths: dict[str, dict[str, Any]] = {}
    for page in pages:
        if "GET" in page.methods and page.twin:
            name = "/index" if page.path == "/" else page.path
            path = _IN_PATH.sub(r"{\1}", name)
            paths.setdefault(f"{path}.json", {})["get"] = _operation(page)
        if "POST" in page.methods:
            paths.setdefault(_IN_PATH.sub(r"{\1}", page.path), {})["post"] = _change(page)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "khparse",
            "version": __version__,
            "description": "Mỗi trang có một bản JSON ở cùng địa chỉ thêm .json (each page as JSON); thay đổi thì gửi bằng POST (changes by POST).",
        },
        "paths": paths,
        "components": {
            "schemas": {
                "Error": {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}},
                "List": {
                    "type": "object",
                    "required": ["total", "rows"],
                    "properties": {
                        "total": {"type": "integer"},
                        "page": {"type": "integer"},
                        "pages": {"type": "integer"},
                        "rows": {"type": "array", "items": {"type": "object"}},
                    },
                },
            }
        },
    }


def _change(page: PageSpec) -> dict[str, Any]:
    """A form: its fields with the token, which the header x-csrf-token may carry instead."""
    fields = {name: _FIELDS.get(name, {"type": "string"}) for name in (*page.fields, "csrf")}
    media = "multipart/form-data" if "files" in fields else "application/x-www-form-urlencoded"
    errors = dict.fromkeys(("400", "401", "403", "404", "413", "422", "429"), _ERROR)
    return {
        "summary": page.says,
        "parameters": _inside(page),
        "requestBody": {
            "content": {media: {"schema": {"type": "object", "required": ["csrf"], "properties": fields}}},
        },
        "responses": {
            "200": {"description": "Đã làm, khi hỏi bằng JSON", "content": {"application/json": {"schema": {}}}},
            "303": {"description": "Đã làm; sang trang kế tiếp"},
            **errors,
        },
    }


_FIELDS: dict[str, dict[str, Any]] = {
    "files": {"type": "array", "items": {"type": "string", "format": "binary"}},
    "csrf": {"type": "string", "description": "Như trong cookie khparse_csrf; có thể gửi ở đầu x-csrf-token"},
    "verdict": {"type": "string", "enum": ["accept", "reject", "confirmed", "dismissed", "same", "different", "open"]},
    "status": {"type": "string", "enum": ["not_started", "in_progress", "done"]},
}


def _inside(page: PageSpec) -> list[dict[str, Any]]:
    """The parameters in the path."""
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "integer", "minimum": 0, "maximum": GREATEST} if kind == "int" else {"type": "string"},
        }
        for name, kind in _IN_PATH.findall(page.path)
    ]


def _operation(page: PageSpec) -> dict[str, Any]:
    listed = any(parameter.name == "page" for parameter in page.parameters)
    schema = {"$ref": "#/components/schemas/List"} if listed else {}
    errors = dict.fromkeys(("401", "403", "404", "422"), _ERROR)
    return {
        "summary": page.says,
        "parameters": _inside(page) + [parameter.described() for parameter in page.parameters],
        "responses": {"200": {"description": page.says, "content": {"application/json": {"schema": schema}}}, **errors},
    }
