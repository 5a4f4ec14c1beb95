"""Offices: one identity for each, whatever the plan calls it, within its jurisdiction."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from khparse.registry.jurisdictions import Jurisdiction, jurisdiction_of
from khparse.text.fold import key

_PUNCTUATION = regex.compile(r"[^\p{L}\p{N}]+")
# many offices at once, or offices of a kind: asked apart from single offices
_COLLECTIVE = regex.compile(
    r"^(?:(?:tất cả |toàn bộ |thủ trưởng |lãnh đạo )?(?:các|những|mọi)\b|(?:cơ quan|đơn vị|doanh nghiệp|địa phương|trường học|sở, |viện, )"
    r"|(?:ủy ban nhân dân|phòng giáo dục và đào tạo|hội đồng nhân dân) (?:các |cấp )?(?:huyện|quận|xã|phường|thị xã|thị trấn)(?:,| và\b|$))",
)
_PERSON_OF = regex.compile(
    r"^(?:giám đốc|phó giám đốc|chủ tịch|phó chủ tịch|thủ trưởng|chánh văn phòng|trưởng ban|trưởng phòng|hiệu trưởng|chánh thanh tra)\s+"
)


@dataclass(frozen=True, slots=True)
class OfficeIdentity:
    """One office. `id` is the same for every spelling; `parent` is the id of the office it belongs to, if any."""

    id: str
    name: str
    jurisdiction: Jurisdiction
    collective: bool
    parent: str | None = None


def normal_key(name: str) -> str:
    """What spellings of one name share: "Sở Lao động – TB&XH" and "sở lao động tb xh" differ, "-"/"–"/"," do not."""
    return _LOCAL_BRANCH.sub("", " ".join(_PUNCTUATION.sub(" ", key(name)).split()))


# the country's name inside a local branch's is written or not: "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh X"
_LOCAL_BRANCH = regex.compile(r" việt nam(?= (?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\b)")


def identify(name: str, province: str | None, issuer: str | None = None) -> OfficeIdentity:
    """The identity of an office by its full normal form (`Office.name` of a record), in a plan of `province`.

    A collective ("các sở, ban, ngành") is one identity within the issuer's jurisdiction.
    """
    words = normal_key(name)
    collective = is_collective(name)
    home = jurisdiction_of(issuer or name, province) if collective else jurisdiction_of(name, province)
    head = _PERSON_OF.sub("", words)
    # a director answers for his office: one identity
    words = head if head != words and not collective else words
    return OfficeIdentity(f"{home.id}|{words}", name, home, collective, parent_of(name, home))


def is_collective(name: str) -> bool:
    """Whether the words name many offices ("UBND các huyện, thị xã, thành phố") and not one."""
    return bool(_COLLECTIVE.match(key(name)))


_PART = regex.compile(
    r"^(?:văn phòng|phòng|ban|trung tâm|thanh tra|chi cục|tổ|trường)\b.*?\b(?P<parent>(?:sở|bộ|ủy ban nhân dân)\b.+)$"
)


def parent_of(name: str, home: Jurisdiction) -> str | None:
    """The id of the office that this one is a part of: "Phòng X Sở Y tỉnh Z" -> "Sở Y tỉnh Z"."""
    found = _PART.match(normal_key(name))
    return f"{home.id}|{found['parent']}" if found else None


# what a collective names -> how the single offices among it begin
_AMONG = (
    (regex.compile(r"\bsở\b"), ("sở ",)),
    (regex.compile(r"\bban,? (?:và )?ngành\b|\bngành\b"), ("sở ", "ban ", "công an ", "bộ chỉ huy ", "thanh tra ", "văn phòng ", "kho bạc ", "cục ")),
    (regex.compile(r"\b(?:cơ quan|đơn vị)\b"), ("",)),
    (regex.compile(r"\bủy ban nhân dân\b.*\b(?:huyện|quận|thị xã|thành phố)\b|\bđịa phương\b"), ("ủy ban nhân dân huyện ", "ủy ban nhân dân quận ", "ủy ban nhân dân thị xã ", "ủy ban nhân dân thành phố ")),
    (regex.compile(r"\bủy ban nhân dân\b.*\b(?:xã|phường|thị trấn)\b|\bđịa phương\b"), ("ủy ban nhân dân xã ", "ủy ban nhân dân phường ", "ủy ban nhân dân thị trấn ")),
    (regex.compile(r"\bphòng\b"), ("phòng ", "văn phòng ", "thanh tra ")),
    (regex.compile(r"\b(?:trường|cơ sở giáo dục)\b"), ("trường ",)),
)  # fmt: skip


def is_among(office: str, collective: str) -> bool:
    """Whether a single office is one of those that a collective names: "Sở Y tế tỉnh X" of "các sở, ban, ngành"."""
    single, many = key(office), key(collective)
    if is_collective(office) or not is_collective(collective):
        return False
    return any(cue.search(many) and single.startswith(starts) for cue, starts in _AMONG)
