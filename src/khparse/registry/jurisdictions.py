"""Jurisdictions: the territory that an office answers for, read from its full name, and which stands above which."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

import regex

from khparse.text.fold import key


class Level(IntEnum):
    """The tiers of government; a smaller number stands higher."""

    CENTRAL = 0
    PROVINCE = 1
    DISTRICT = 2
    COMMUNE = 3


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A territory: "xã Lương Minh, Quảng Ninh". Names are keys (lower case, one tone style)."""

    level: Level
    province: str | None = None
    district: str | None = None
    commune: str | None = None

    def contains(self, other: Jurisdiction) -> bool:
        """Whether `other` is this territory or lies inside it; a part that a name leaves out is not held against it."""
        if self.level is Level.CENTRAL:
            return True
        if self.level > other.level or self.province != other.province:
            return False
        if self.level is Level.PROVINCE:
            return True
        if self.level is Level.DISTRICT:
            return (other.level is Level.DISTRICT and self.district == other.district) or (
                other.level is Level.COMMUNE and other.district == self.district
            )
        return self.commune == other.commune and (
            self.district == other.district or None in {self.district, other.district}
        )

    @property
    def id(self) -> str:
        """One string for one territory: "2:quảng ninh/tiên yên/"."""
        return f"{int(self.level)}:{self.province or ''}/{self.district or ''}/{self.commune or ''}"


_NAME = r"(?P<name>\p{Lu}[\p{L}'’]*(?:[ -]+(?:\p{Lu}[\p{L}'’]*|\d{1,2}))*|\d{1,2})"
_COMMUNE = regex.compile(rf"\b(?:xã|phường|thị trấn|đặc khu|Xã|Phường|Thị trấn|Đặc khu) {_NAME}")
_DISTRICT = regex.compile(rf"\b(?:huyện|quận|thị xã|Huyện|Quận|Thị xã) {_NAME}")
_CITY = regex.compile(rf"\b(?:thành phố|Thành phố|TP\.?) ?{_NAME}")
_CENTRAL = regex.compile(
    r"^(?:Thủ tướng|Chính phủ|Quốc hội|Ủy ban Thường vụ Quốc hội|Bộ (?!Chỉ huy|Tư lệnh (?:Thủ đô|Thành phố|thành phố))\p{Lu}|Ban Chấp hành Trung ương|Bộ Chính trị|Ban Bí thư|Văn phòng Chính phủ|Ngân hàng Nhà nước Việt Nam$|Thanh tra Chính phủ)"
)


@lru_cache(maxsize=1 << 14)  # comparison asks of the same issuers again and again
def jurisdiction_of(office: str, province: str | None) -> Jurisdiction:
    """The territory of an office by its full name, in a plan of `province`.

    "Sở Y tế tỉnh Hà Tĩnh" -> the province; "Ủy ban nhân dân huyện Cẩm Xuyên" -> the district; "Bộ Nội vụ" -> the
    country. A city that is not a province is a district until 2025 ("thành phố Vinh").
    """
    if _CENTRAL.match(office):
        return Jurisdiction(Level.CENTRAL)
    home = key(province) if province else None
    commune, district = _COMMUNE.search(office), _DISTRICT.search(office)
    city = _CITY.search(office)
    if district is None and city and key(city["name"]) != home:
        district = city
    if commune:
        return Jurisdiction(Level.COMMUNE, home, key(district["name"]) if district else None, key(commune["name"]))
    if district:
        return Jurisdiction(Level.DISTRICT, home, key(district["name"]))
    return Jurisdiction(Level.PROVINCE, home) if home else Jurisdiction(Level.CENTRAL)


_COMMITTEE = regex.compile(
    r"^(?:Ủy ban nhân dân|Hội đồng nhân dân|Chủ tịch Ủy ban nhân dân|Tỉnh ủy|Thành ủy|Huyện ủy|Đảng ủy|Ban Chấp hành Đảng bộ|Ban Thường vụ) ?",
    regex.IGNORECASE,
)


def stands_above(upper: str, lower: str, upper_province: str | None, lower_province: str | None) -> bool:
    """Whether the office `upper` stands over `lower`: a committee over its offices, a province over its districts.

    A department over its own rooms and schools counts too ("Sở Giáo dục và Đào tạo tỉnh X" over "Văn phòng Sở Giáo
    dục và Đào tạo tỉnh X"). An office is not above itself.
    """
    if key(upper) == key(lower):
        return False
    above, below = jurisdiction_of(upper, upper_province), jurisdiction_of(lower, lower_province)
    if above.level is Level.CENTRAL:
        return below.level is not Level.CENTRAL
    if _COMMITTEE.match(upper):
        same_place = above.id == below.id
        return above.contains(below) and not (same_place and _COMMITTEE.match(lower))
    return above.id == below.id and key(upper) in key(lower)
