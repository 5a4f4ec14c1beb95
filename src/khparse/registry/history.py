"""The history of offices: who took over from whom, and when (rules/history.toml, rules/places.toml)."""

from __future__ import annotations

from dataclasses import dataclass

from khparse.rules.load import RuleBook
from khparse.text.fold import key


@dataclass(frozen=True, slots=True)
class Succession:
    """One reorganisation: from the day `since`, `before` is `after` (None where it ended without one successor)."""

    before: str
    after: str | None
    since: str
    note: str


class History:
    """Asks the table of reorganisations."""

    def __init__(self, history: RuleBook, places: RuleBook) -> None:
        self._by_name = {
            key(before): Succession(before, row["after"] or None, row["from"], row["note"])
            for before, row in history.tables["offices"].items()
        }
        table = {_bare(name): row for name, row in places.tables["provinces"].items()}
        self._kinds = {name: str(row["kind"]) for name, row in table.items()}
        self._provinces = {key(f"{row['kind']} {name}"): _bare(str(row["now"])) for name, row in table.items()}
        self._district_end = next(
            succession for name, succession in self._by_name.items() if name.startswith("ủy ban nhân dân huyện")
        )

    def ended(self, office: str, day: str) -> Succession | None:
        """What ended this office on or before `day` (ISO), None while it stands.

        `office` is a full name: "Sở Kế hoạch và Đầu tư tỉnh Quảng Ngãi" as of 2026-01-01 -> Sở Tài chính.
        """
        words = key(office)
        for before, succession in self._by_name.items():
            if (words == before or words.startswith(f"{before} ")) and succession.since <= day:
                return succession
        if self._is_district(words) and self._district_end.since <= day:
            return self._district_end
        return None

    def successor(self, office: str, day: str) -> str | None:
        """Today's name of the office that answers for this one's work: province and department both followed."""
        name = office
        for _ in range(4):  # an office may be merged more than once
            found = self.ended(name, day)
            if found is None:
                break
            if found.after is None:
                return None
            name = found.after + name[len(found.before) :]
        return self._moved_province(name, day)

    def province_at(self, province: str, day: str) -> str:
        """The bare name of the province that this one belongs to on `day`: "Quảng Nam" as of 2025-07-01 -> "Đà Nẵng"."""
        kind = self._kinds.get(province, "tỉnh")
        return self._provinces.get(key(f"{kind} {province}"), province) if day >= "2025-07-01" else province

    def _moved_province(self, name: str, day: str) -> str:
        if day < "2025-07-01":
            return name
        words = key(name)
        for old, new in self._provinces.items():
            if words.endswith(f" {old}") and not old.endswith(key(new)):
                kind = self._kinds.get(new, "tỉnh")
                return f"{name[: len(name) - len(old)]}{kind[0].upper() + kind[1:] if kind != 'tỉnh' else kind} {new}"
        return name

    @staticmethod
    def _is_district(words: str) -> bool:
        return words.startswith(
            ("ủy ban nhân dân huyện", "ủy ban nhân dân quận", "ủy ban nhân dân các huyện", "ủy ban nhân dân thị xã")
        )


def _bare(province: str) -> str:
    return province.removeprefix("Thành phố ")
