"""Names of offices and places: abbreviations opened, provinces recognised, full normal forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import regex

from khparse.text.abbreviations import Abbreviations, definitions, units
from khparse.text.fold import fold, old_tone
from khparse.text.gazetteer import Gazetteer, field_key

_EDGES = regex.compile(r"^[\s\-–+•*,.;:]+|[\s,.;:]+$")
_BRACKET = regex.compile(r"\s*\([^()]{0,200}\)?\s*$")
_SLIP = regex.compile(
    r"\b(số|Số)(?=\s+(?:GD|Giáo|TT&|Thông tin|Tài|KH|Khoa|Kế|Nội|Y tế|Xây|Công Thương|Tư pháp|Văn|VH|Nông|NN|Lao|LĐ|TN&|Du lịch))"
)
_PARENT = regex.compile(r",?\s+(?:(?:thuộc|của|trực thuộc)\s+)?(?=(?:Sở|UBND|Ủy ban nhân dân|Văn phòng Ủy ban)\b)")
_OWN_SO = regex.compile(r"^(?P<part>.*?)\s*(?:(?:thuộc|của)\s+)?(?:Sở|sở|cơ quan Sở)$")
_SHORT_KINDS = (
    (regex.compile(r"^P[. ]\s?(?=\p{Lu})"), "Phòng "),  # "P.Vật tư"
    (regex.compile(r"^K\.\s?(?=\p{Lu})"), "Khoa "),
    # "TT. Tuyển sinh", "TT NN-TH"; before two capitals it is a town, "TT. Phú Mỹ"
    (regex.compile(r"^TT[. ]\s?(?=\p{Lu}\p{Ll}*\s(?:\p{Ll}|và )|\p{Lu}{2})"), "Trung tâm "),
)
_AMPERSAND = regex.compile(r"(?<=\p{Ll})\s+&\s+(?=\p{L})")
_DEPARTMENT = regex.compile(r"^(?:Phòng|phòng)\s+(?=[\p{L}])")
# boards of a union or of a party committee, named without it in its own plan
_UNION = regex.compile(
    r"(?:Hội|Liên đoàn|Tỉnh|Huyện|Thành|Thị|Quận) |Đoàn (?:Thanh niên|TNCS)|Liên (?:minh|hiệp)|Đảng ủy|Ban (?:Chấp hành|Thường vụ)|Ủy ban Mặt trận",
    regex.IGNORECASE,
)
_STANDING = regex.compile(r"^Ban (?:Thường vụ|Chấp hành) (?=(?:Tỉnh|Huyện|Thành|Thị|Quận) )", regex.IGNORECASE)
_BOARD = regex.compile(
    r"Ban (?:Tuyên giáo|Dân vận|Tuyên giáo và Dân vận|Nội chính|Kinh tế|Xây dựng \p{L}.*|Phong trào|Chính sách.*|Gia đình.*|Hỗ trợ .*|Tuyên giáo - .*|Tổ chức - .*|Thanh niên.*|Thanh thiếu.*)|Ủy ban Kiểm tra"
)
# houses whose departments are named with them
_HOUSE = regex.compile(
    r"Bộ|Tổng cục|Cục|Chi cục|Tập đoàn|Tổng công ty|Công ty|Bệnh viện|Trung tâm Y tế|Trường (?:Đại học|Cao đẳng)|Học viện|Viện|Kho bạc Nhà nước|Bảo hiểm xã hội|Công an(?= tỉnh| [Tt]hành phố)|Viễn thông|Bưu điện|Ngân hàng|VNPT|Ban(?= (?:Dân vận|Tuyên giáo|Tổ chức|Nội chính) )",
    regex.IGNORECASE,
)
_OFFICE_OF_HOUSE = regex.compile(
    r"(?P<part>Văn phòng|Thanh tra|Lãnh đạo|Giám đốc|Phòng .+?|Vụ .+?)\s+(?P<house>Bộ|Tổng cục|Cục|Chi cục|Tập đoàn|Tổng công ty|Công ty|Bệnh viện|Trường|Học viện|Viện|Công an tỉnh)"
)
_NAMED_COMMITTEE = regex.compile(r"(?:Tỉnh|Thành|Huyện|Thị|Quận) (?:ủy|đoàn) \p{Lu}")  # "Ban Thường vụ Huyện ủy Trà Cú"
_OF_DISTRICT = regex.compile(r"(?<!\p{L})(?:huyện|quận|thị xã|thị trấn|phường|xã|thành phố)\s+\p{Lu}")
_PART_OF_HOUSE = regex.compile(
    r"(?:Phòng|phòng|Vụ|Khoa|khoa|Bộ môn|Tổ(?! dân| công tác| hợp tác| chức| giúp))\s+(?=\p{L})"
)
# a college's own, by any head: persons and "tổ chuyên môn" are of every school
_PART_OF_COLLEGE = regex.compile(
    r"(?:Ban (?:[Gg]iám hiệu|[Qq]uản lý .+)|Công đoàn|Đoàn (?:Thanh niên|TNCS|thanh niên).*|Hội (?:Sinh viên|Chữ thập đỏ)|Hội đồng .+|Bộ phận .+|Thư viện|Trung tâm .+)"
)
_OF_THE_SCHOOL = regex.compile(r"(?P<part>.+?) (?:nhà )?[Tt]rường")  # "Đoàn trường", "Công đoàn nhà trường"
# "Liên hiệp các Hội …", "Ban Quản lý các khu công nghiệp" are one organisation each
_ONE_OF_MANY = regex.compile(
    r"^(?:Liên hiệp|Ban Chỉ đạo|Ban Quản lý|Văn phòng [Đđ]iều phối|Hiệp hội|Câu lạc bộ)(?: dự án| thực hiện)? các "
)
# a body of the state's, of one name in the whole country
_OF_STATE = regex.compile(r"(?:Bộ|Tổng cục|Tập đoàn|Tổng công ty)\s+(?!Chỉ huy|Tư lệnh)\p{Lu}")
_OF_PROVINCE = regex.compile(r"\s+(?:tỉnh|[Tt]hành phố)\s+")
_PROVINCIAL = regex.compile(r"(?:Sở|Công an|Ủy ban nhân dân|Hội đồng nhân dân)(?!\p{L})")
_PLACE = regex.compile(r"(?:xã(?! Hội)|phường|huyện|quận|thị trấn|thành phố|đặc khu)\s+\p{Lu}")
_CAPITAL_LEVEL = regex.compile(r"\bTỉnh(?= \p{Lu})")
_COMMITTEE = regex.compile(r"(?:Tỉnh|Thành|Huyện|Đảng|Thị|Quận) (?:ủy|đoàn)$")
_FIELD = regex.compile(
    r"(?P<kind>(?:Sở|sở|Bộ|Phòng)\s+)(?P<field>[^;()]+?)(?P<rest>\s+(?:tỉnh|[Tt]hành phố|huyện|quận|thị xã|xã(?!\s+[Hh]ội)|phường|đặc khu)\b.*)?$"
)
_LETTERS = regex.compile(r"\p{L}+")
_CENTRAL_WORD = regex.compile(r"Trung ương|của Chính phủ|[Qq]uốc gia|toàn quốc")
_FRONT = "Ủy ban Mặt trận Tổ quốc"


@dataclass(frozen=True)
class Naming:
    """Abbreviations and what they stand for, the plan's own included, over the gazetteer that all plans share."""

    abbreviations: Mapping[str, str]
    gazetteer: Gazetteer
    district: str | None = None  # what "huyện" means in a commune's plan: "huyện Trà Cú"

    @cached_property
    def _opener(self) -> Abbreviations:
        return Abbreviations({_bare(key): words for key, words in self.abbreviations.items()})

    def _half_opened(self, name: str) -> str | None:
        """The one field that a name abbreviates in part: "Nông nghiệp và MT", "VH, TT và DL"; None where none or several."""
        words = [word for word in _LETTERS.findall(name) if fold(word) != "va"]
        if not any(_is_short(word) for word in words):
            return None
        fields = {field for key, field in self.gazetteer.fields.items() if _abbreviates(words, key.split())}
        return fields.pop() if len(fields) == 1 else None

    def expand(self, text: str) -> str:
        """Administrative abbreviations opened: "Sở GD&ĐT", "Số GDĐT" -> "Sở Giáo dục và Đào tạo"."""
        return self._opener.expand(_SLIP.sub(lambda m: "Sở" if m[1] == "Số" else "sở", text))

    def learn(self, text: str) -> Naming:
        """Naming with the abbreviations that a document defines: "hợp tác xã (HTX)"."""
        known = self._opener.table
        own = {short: words for short, words in definitions(text) if short not in known}
        own |= dict(units(text, {**known, **own}))
        return replace(self, abbreviations={**self.abbreviations, **own}) if own else self

    def under(self, district: str | None) -> Naming:
        """Naming for the plan of a place in this district."""
        return replace(self, district=district) if district else self

    def province_in(self, text: str) -> str | None:
        """The bare name of the province named in a text: "TP. Hồ Chí Minh" -> "Hồ Chí Minh"."""
        return self.gazetteer.places.find(text)

    def phrase(self, province: str) -> str:
        """How a province follows an office's name: "Quảng Ngãi" -> "tỉnh Quảng Ngãi"."""
        return self.gazetteer.places.phrase(province)

    def settled(self, text: str) -> str:
        """Provinces' names in their usual spelling: "TỈNH BÀ RỊA-VŨNG TÀU" -> "TỈNH Bà Rịa - Vũng Tàu"."""
        return self.gazetteer.places.replace(text)

    def normal(self, text: str) -> str:
        """A name with abbreviations opened and spellings settled, nothing added: "Uỷ ban MTTQ xã" -> "Ủy ban Mặt trận …"."""
        words = " ".join(_EDGES.sub("", text).split())
        for short, whole in _SHORT_KINDS:
            words = short.sub(whole, words)
        words = _AMPERSAND.sub(" và ", old_tone(self.expand(words)))
        if _FRONT in words and "Việt Nam" not in words:
            words = words.replace(_FRONT, f"{_FRONT} Việt Nam")
        return self.gazetteer.places.replace(self._settle_fields(words))

    def is_collective(self, text: str) -> bool:
        """Whether a name stands for more than one office: "UBND các huyện, thị xã, thành phố"."""
        return bool(self.gazetteer.collective.search(_ONE_OF_MANY.sub("", text)))

    def full_name(self, text: str, issuer: str | None, place: str | None, province: str | None = None) -> str:
        """The full normal form of an office as a plan writes it.

        "UBND tỉnh" in a plan with place "tỉnh Bình Phước" -> "Ủy ban nhân dân tỉnh Bình Phước"; "Văn phòng Sở" and
        "Phòng Tổ chức cán bộ" of a Sở's plan get the issuer; a collective or a central body keeps its words.
        `place` is the issuer's jurisdiction, `province` the bare name of the province where that is a lower one.
        """
        name = self.normal(_BRACKET.sub("", text) or text)
        if name == "Thủ tướng":
            return "Thủ tướng Chính phủ"
        if not name or self.is_collective(name) or self.gazetteer.central.match(name) or self._is_national(name):
            return name
        own = self._within_issuer(name, issuer or "")
        if own is not None:
            return own
        of_government = (issuer or "").startswith(("Ủy ban nhân dân", "Sở "))
        return self._placed(_PARENT.sub(" ", name), place or "", province, of_government=of_government)

    def _is_national(self, name: str) -> bool:
        return (
            bool(_OF_STATE.match(name))
            or (bool(_CENTRAL_WORD.search(name)) and not self.gazetteer.level.search(name))
            or (name.endswith("Việt Nam") and not name.startswith(_FRONT))
        )

    def _within_issuer(self, name: str, issuer: str) -> str | None:
        """A part of the issuing office: "Văn phòng" -> "Văn phòng Sở …"; None where the name is no such part."""
        head = self._department_of(issuer)
        if head and (own := _OWN_SO.match(name)) and own["part"] != "":
            return f"{own['part']} {issuer}"
        if name == "Văn phòng Hội" and (union := regex.search(r"(?<!\p{L})Hội \p{L}.*", issuer)):
            return f"Văn phòng {union.group()}"
        if name in {"Văn phòng", "văn phòng", "Thanh tra"} and issuer:
            return f"{name[:1].upper()}{name[1:]} {issuer}"
        if name == "Văn phòng Ban" and issuer.startswith("Ban "):
            return f"Văn phòng {issuer}"
        of_province = name.endswith((" tỉnh", " Tỉnh"))  # "Phòng Cảnh sát giao thông Công an tỉnh"
        if head and _DEPARTMENT.match(name) and not _PARENT.search(name) and not of_province:
            return self._own_department(name, head, issuer)
        return None if head else self._of_house(name, issuer)

    def _of_house(self, name: str, issuer: str) -> str | None:
        """A department of a ministry, a company or a hospital with its house: "Vụ Pháp chế" -> "Vụ Pháp chế Bộ …"."""
        if _BOARD.fullmatch(name) and _UNION.match(issuer):
            return f"{name} {_STANDING.sub('', issuer)}"
        placed = self.gazetteer.level.search(name) or self.province_in(name)
        own = _of_school(name, issuer) if issuer.startswith("Trường ") and not placed else None
        house = _HOUSE.match(issuer)
        if own or not house:
            return own
        # "Công đoàn bệnh viện", "Hội đồng … bệnh viện": the house by its kind
        inside = regex.fullmatch(rf"(?P<part>.+)\s{regex.escape(house.group())}", name, regex.IGNORECASE)
        if inside and " " in house.group() and not _OFFICE_OF_HOUSE.fullmatch(name) and not self.is_collective(name):
            return f"{inside['part']} {issuer}"
        office = _OFFICE_OF_HOUSE.fullmatch(name)
        if office and issuer.startswith(office["house"]):
            return f"{office['part']} {issuer}"
        if _PART_OF_HOUSE.match(name) and not _PARENT.search(name) and not self.gazetteer.level.search(name):
            own = regex.sub(rf"\s+{regex.escape(house.group())}$", "", name)
            return f"{own[:1].upper()}{own[1:]} {issuer}"
        return None

    def _own_department(self, name: str, head: str, issuer: str) -> str:
        # a phòng of the same field as the Sở is a district's: "Phòng Giáo dục và Đào tạo" in the plan of that Sở
        if (
            fold(name).startswith(f"phong {fold(head)}")
            or self.gazetteer.level.search(name)
            or _OF_DISTRICT.search(name)
        ):
            return name
        return f"Phòng {name[6:7].upper()}{name[7:]} {issuer}"

    def _department_of(self, issuer: str) -> str | None:
        """The field of a Sở: "Sở Công Thương tỉnh Lào Cai" -> "Công Thương"; None for other issuers."""
        if not issuer.startswith(("Sở ", "Ban Quản lý")):
            return None
        return _OF_PROVINCE.split(issuer.removeprefix("Sở "))[0]

    def _placed(self, name: str, place: str, province: str | None, *, of_government: bool) -> str:
        """The jurisdiction added where the name leaves it open: "Công an tỉnh", "Sở Tài chính" -> "… tỉnh X"."""
        wide = self.phrase(province) if province else place
        level = self.gazetteer.level.search(name)
        if level:
            return self._at_level(name, level, place, wide)
        if self.province_in(name) or _PLACE.search(name):
            return self._levelled(_CAPITAL_LEVEL.sub("tỉnh", name))
        if _COMMITTEE.search(name):
            # the committee of a city in a province is the city's own
            own_city = "Thành " in name and not wide.lower().startswith("thành phố ")
            above = wide if regex.search(r"(?:Tỉnh|Thành) ", name) and not own_city else place
            return f"{name} {regex.sub(r'^(?:tỉnh|huyện|xã|quận|phường|thị xã) ', '', above)}".strip()
        if _NAMED_COMMITTEE.search(name):
            return name
        of_department = " Sở " in f" {name}"
        in_commune = place.startswith(("xã ", "phường ", "thị trấn "))
        if regex.search(r" [Kk]hu vực(?: [IVX\d]+)?$", name) or (in_commune and name.startswith("Ngân hàng ")):
            return name  # "Trung tâm Y tế khu vực" serves several communes, so does a bank
        centre = of_government and name.startswith("Trung tâm ") and not in_commune
        provincial = place == wide and place.lower().startswith(("tỉnh ", "thành phố "))
        local = centre or (self.gazetteer.local.match(name) and not (name.startswith("Phòng") and provincial))
        if not of_department and not local:
            return name
        return f"{name} {wide if of_department else place}".strip()

    def _levelled(self, name: str) -> str:
        """A provincial office whose province stands without its level: "Sở Y tế Nam Định" -> "Sở Y tế tỉnh Nam Định"."""
        province = self.province_in(name)
        bare = name.removesuffix(f" {province}")
        provincial = _PROVINCIAL.match(name)
        if not province or not provincial or bare == name or regex.search(r"(?:tỉnh|phố|huyện|xã|phường)$", bare):
            return name
        return f"{bare} {self.phrase(province)}"

    def _at_level(self, name: str, level: regex.Match[str], place: str, wide: str) -> str:
        word = level["level"].lower().replace("tp", "thành phố")
        for phrase in filter(None, (place, self.district, wide)):
            if phrase.lower().startswith(word + " "):
                return f"{name[: level.start('level')]}{phrase}"
        return name

    def _settle_fields(self, name: str) -> str:
        """A department's field in its official spelling: "Sở Văn hóa Thể thao du lịch" -> "Sở Văn hóa, Thể thao và Du lịch"."""
        found = _FIELD.match(name)
        official = (
            self.gazetteer.fields.get(field_key(found["field"])) or self._half_opened(found["field"]) if found else None
        )
        if not found or not official:
            return name
        return f"{found['kind'].strip().capitalize()} {official}{found['rest'] or ''}"


def _bare(key: str) -> str:
    return regex.sub(r"[&\-,]", "", key) if key.replace("&", "").isupper() and " " not in key else key


def _is_short(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _abbreviates(words: list[str], whole: list[str]) -> bool:
    """Whether words and initials spell a field's words: ["Khoa", "học", "CN"] of ["khoa", "hoc", "cong", "nghe"]."""
    at = 0
    for word in words:
        plain = fold(word)
        if whole[at : at + 1] == [plain]:
            at += 1
        elif _is_short(word) and [part[:1] for part in whole[at : at + len(word)]] == list(plain):
            at += len(word)
        else:
            return False
    return at == len(whole)


def _of_school(name: str, school: str) -> str | None:
    """A school's own with its school: "nhà trường", "Đoàn trường" -> "Đoàn Trường Trung học cơ sở …"; a college's too."""
    if name.lower() == "nhà trường":
        return school
    if found := _OF_THE_SCHOOL.fullmatch(name):
        return f"{found['part'][:1].upper()}{found['part'][1:]} {school}"
    return f"{name} {school}" if _HOUSE.match(school) and _PART_OF_COLLEGE.fullmatch(name) else None
