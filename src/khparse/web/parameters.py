"""What a page's address may ask: each parameter declared once for parsing, for the form and for OpenAPI."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from starlette.datastructures import QueryParams

MOST_LETTERS = 300
GREATEST = 2**31 - 1


class WrongParameterError(ValueError):
    """A parameter that can't be read: which, and why."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an address: `says` is what it means, for people and for OpenAPI."""

    name: str
    kind: Literal["text", "integer", "date", "month", "choice", "flag", "integers"]
    says: str
    choices: tuple[str, ...] = ()
    most: int = MOST_LETTERS  # letters of a text

    def parse(self, values: list[str]) -> Any:
        """The value, None where nothing is asked. Raises WrongParameterError."""
        given = [value.strip() for value in values if value.strip()]
        if self.kind == "integers":
            return tuple(self._integer(value) for value in given[:50])
        if not given:
            return False if self.kind == "flag" else None
        return self._one(given[-1])

    def _one(self, value: str) -> Any:
        if self.kind == "integer":
            return self._integer(value)
        if self.kind == "flag":
            return value not in {"0", "false"}
        if self.kind == "choice":
            if value not in self.choices:
                raise WrongParameterError(f"{self.name}: cần một trong {', '.join(self.choices)}")
            return value
        if self.kind in {"date", "month"}:
            return self._day(value)
        return "".join(c for c in value if c.isprintable() and not 0xD800 <= ord(c) < 0xE000)[: self.most] or None

    def _integer(self, value: str) -> int:
        if not (value.isascii() and value.isdecimal() and len(value) < 12):
            raise WrongParameterError(f"{self.name}: cần một số")
        return min(int(value), GREATEST)

    def _day(self, value: str) -> str:
        """For example "2025-11-15", or as Vietnamese write it: "15/11/2025"; a month is "2025-11" or "11/2025"."""
        parts = value.split("/")[::-1] if "/" in value else value.split("-")
        try:
            numbers = [int(part) for part in parts if part.isascii()]
            if self.kind == "month":
                year, month = numbers
                return date(year, month, 1).isoformat()[:7]
            year, month, day = numbers
            return date(year, month, day).isoformat()
        except (ValueError, OverflowError) as error:
            raise WrongParameterError(f"{self.name}: cần ngày dạng 15/11/2025") from error

    def described(self) -> dict[str, Any]:
        """As OpenAPI describes it."""
        schemas: dict[str, dict[str, Any]] = {
            "text": {"type": "string", "maxLength": self.most},
            "integer": {"type": "integer", "minimum": 0, "maximum": GREATEST},
            "integers": {"type": "array", "items": {"type": "integer", "minimum": 0, "maximum": GREATEST}},
            "date": {"type": "string", "format": "date"},
            "month": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"},
            "choice": {"type": "string", "enum": list(self.choices)},
            "flag": {"type": "boolean"},
        }
        return {
            "name": self.name,
            "in": "query",
            "required": False,
            "description": self.says,
            "schema": schemas[self.kind],
        }


def parse_all(parameters: Iterable[Parameter], given: QueryParams) -> dict[str, Any]:
    """Each declared parameter by name; what else stands in the address is left alone."""
    return {parameter.name: parameter.parse(given.getlist(parameter.name)) for parameter in parameters}


def paged(*sorts: str) -> tuple[Parameter, ...]:
    """The parameters that every list has."""
    return (
        Parameter("sort", "choice", "Sắp xếp theo", sorts),
        Parameter("desc", "flag", "Từ lớn đến nhỏ"),
        Parameter("page", "integer", "Trang của danh sách"),
        Parameter("size", "integer", "Số dòng mỗi trang (nhiều nhất 200)"),
        Parameter("format", "choice", "Tải về dạng tệp", ("csv", "xlsx")),
    )
