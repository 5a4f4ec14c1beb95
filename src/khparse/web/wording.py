"""Words of the page: Vietnamese as written in the templates, English by english.toml; figures and dates as people write them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from khparse.compare.wording import number

LANGUAGES = ("vi", "en")


@cache
def english() -> dict[str, str]:
    """Vietnamese words of the page -> English."""
    table = tomllib.loads(files("khparse.web").joinpath("english.toml").read_text(encoding="utf-8"))
    return {str(vietnamese): str(words) for vietnamese, words in table["words"].items()}


class Words:
    """What the templates say, in one language."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "vi"

    def __call__(self, vietnamese: str, **values: object) -> str:
        """The words in this language, {places} filled in."""
        words = english().get(vietnamese, vietnamese) if self.language == "en" else vietnamese
        return words.format(**values) if values else words

    def day(self, iso: str | None) -> str:
        """For example "2025-11-15" -> "15/11/2025", "2025-11" -> "11/2025", "2025" -> "2025"."""
        if not iso:
            return ""
        return "/".join(reversed(iso[:10].split("-")))

    def moment(self, iso: str | None) -> str:
        """A time kept in UTC: "2025-11-15T07:04:00+00:00" -> "15/11/2025 14:04" on a clock in Hà Nội."""
        from datetime import datetime, timedelta, timezone

        if not iso:
            return ""
        local = datetime.fromisoformat(iso).astimezone(timezone(timedelta(hours=7)))
        return local.strftime("%d/%m/%Y %H:%M")

    def figure(self, value: float) -> str:
        """1234.5 -> "1.234,5"."""
        return number(value)

    def money(self, amount: int) -> str:
        """Đồng as officials write a sum: 2000000000 -> "2.000 triệu đồng", 1500 -> "1.500 đồng"."""
        if amount and amount % 1_000_000 == 0:
            return f"{number(amount // 1_000_000)} {self('triệu đồng')}"
        return f"{number(amount)} {self('đồng')}"

    def period(self, period: str | None) -> str:
        """For example "2023/2025" -> "2023-2025"; a day of it as people write it."""
        if not period:
            return ""
        return "-".join(self.day(part) for part in period.split("/"))

    def size(self, count: int) -> str:
        """Bytes as file managers tell them: 1572864 -> "1,5 MB"."""
        if count < 1024**2:
            return f"{max(1, round(count / 1024))} KB"
        return f"{number(round(count / 1024**2, 1))} MB"
