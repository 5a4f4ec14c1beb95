"""Invented plans by the thousand, the same each time: to measure what a full database costs.

    python tools/generate_plans.py plans.db --count 10000

A province's plans come together (its committee, departments, districts, communes, over several years), then the next
province's: so a database ten times as large holds ten times as many provinces, as a country's would. One decision of
the Prime Minister for each topic is carried out by all of them.
"""

from __future__ import annotations

import argparse
import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from khparse.model.document import Document
from khparse.model.record import (
    Budget,
    BudgetRole,
    Comparator,
    Due,
    DueKind,
    Extraction,
    Mention,
    Office,
    Particulars,
    Reference,
    Relation,
    SectionRecord,
    Target,
    TargetKind,
    Task,
)
from khparse.model.result import Result
from khparse.service.comparison import file_phrases
from khparse.store.database import Database, open_database
from khparse.store.save import FileFacts, save_plan

DIFFERING = 0.03  # of figures and owners that are not as in the other plans
YEARS = (2022, 2023, 2024, 2025)
TOPICS = (
    "chuyển đổi số", "cải cách hành chính", "an toàn thực phẩm", "giảm nghèo bền vững", "phòng cháy chữa cháy",
    "nước sạch nông thôn", "bảo vệ môi trường", "phát triển du lịch", "bình đẳng giới", "phòng chống thiên tai",
)  # fmt: skip
SUBJECTS = (
    "hộ gia đình", "thôn, bản", "cơ sở sản xuất", "trường học", "trạm y tế", "chợ truyền thống", "hợp tác xã", "cán bộ chuyên trách",
    "doanh nghiệp nhỏ và vừa", "phương tiện vận tải", "hồ sơ tồn lưu", "công trình công cộng", "lao động nông thôn", "khu dân cư",
)  # fmt: skip
STATES = (
    "được cấp mã định danh", "được kiểm tra định kỳ", "được tập huấn nghiệp vụ", "áp dụng quy trình chuẩn", "ký cam kết chấp hành",
    "kết nối dữ liệu dùng chung", "được đánh giá xếp loại", "có phương án ứng phó", "được hỗ trợ kinh phí ban đầu", "công khai kết quả",
    "được thẩm định lại", "sử dụng thiết bị đạt chuẩn",
)  # fmt: skip
VERBS = (
    "Xây dựng", "Rà soát, bổ sung", "Tổ chức tập huấn", "Khảo sát, đánh giá", "Lắp đặt", "Biên soạn", "Kiểm tra", "Nâng cấp",
    "Thẩm định", "Công bố", "Thí điểm", "Bàn giao",
)  # fmt: skip
OBJECTS = (
    "sổ tay nghiệp vụ cho cộng tác viên", "bộ tiêu chí xếp hạng cơ sở", "phần mềm theo dõi tiến độ", "hệ thống cảnh báo sớm",
    "danh mục công trình ưu tiên", "mạng lưới tuyên truyền viên", "cơ sở dữ liệu chuyên ngành", "quy chế phối hợp liên ngành",
    "điểm tư vấn lưu động", "mô hình tổ tự quản", "tài liệu truyền thông song ngữ", "trang thiết bị đo kiểm", "phương án phân bổ nguồn lực",
    "bản đồ khu vực nguy cơ", "đường dây tiếp nhận phản ánh", "kế hoạch diễn tập hằng quý",
)  # fmt: skip
DEPARTMENTS = (
    "Sở Nội vụ", "Sở Y tế", "Sở Tài chính", "Sở Xây dựng", "Sở Công Thương", "Sở Tư pháp", "Sở Giáo dục và Đào tạo",
    "Sở Khoa học và Công nghệ", "Sở Văn hóa, Thể thao và Du lịch", "Sở Nông nghiệp và Môi trường", "Sở Dân tộc và Tôn giáo",
    "Thanh tra", "Công an", "Sở Ngoại vụ", "Báo",
)  # fmt: skip
ONSETS = ("b", "ch", "d", "g", "h", "kh", "l", "m", "n", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x")
RHYMES = (
    "ai",
    "an",
    "ang",
    "ao",
    "ăm",
    "âu",
    "em",
    "ênh",
    "ia",
    "iêu",
    "inh",
    "oan",
    "ôi",
    "ơn",
    "ua",
    "uyên",
    "ư",
    "ương",
)
SYLLABLES = (
    "An",
    "Bình",
    "Cẩm",
    "Đại",
    "Hòa",
    "Khánh",
    "Lạc",
    "Minh",
    "Phú",
    "Quang",
    "Sơn",
    "Tân",
    "Thanh",
    "Vĩnh",
    "Xuân",
    "Yên",
)


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues: the office, its province, where it stands in the chain."""

    name: str
    province: str
    parent: str | None  # whose plan of the same topic and year it carries out


def provinces() -> Iterator[str]:
    """Invented names, "An Bình" and on; none twice."""
    for number in range(len(SYLLABLES) ** 2):
        first, second = divmod(number, len(SYLLABLES))
        if first != second:
            yield f"{SYLLABLES[first]} {SYLLABLES[second]}"


def issuers() -> Iterator[Issuer]:
    """Province by province: the committee, two departments, two districts, three communes."""
    for index, province in enumerate(provinces()):
        top = f"Ủy ban nhân dân tỉnh {province}"
        yield Issuer(top, province, None)
        for step in range(2):
            yield Issuer(f"{DEPARTMENTS[(index + step) % len(DEPARTMENTS)]} tỉnh {province}", province, top)
            district = f"Ủy ban nhân dân huyện {SYLLABLES[step]} {SYLLABLES[-1 - step]}"
            yield Issuer(f"{district}, tỉnh {province}", province, top)
        for step in range(3):
            yield Issuer(f"Ủy ban nhân dân xã {SYLLABLES[3 + step]} Thượng, tỉnh {province}", province, top)


def generate(count: int) -> Iterator[Result]:
    """The first `count` plans."""
    made = 0
    for issuer in issuers():
        for topic in range(len(TOPICS)):
            for year in YEARS:
                if made >= count:
                    return
                yield plan(issuer, topic, year)
                made += 1


class _Writer:
    """Writes lines and remembers where they stand."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.length = 0

    def line(self, words: str) -> dict[str, Any]:
        """The place of the line that was written."""
        start = self.length
        self.lines.append(words)
        self.length += len(words) + 1
        return {
            "quote": words,
            "page": 1,
            "start": start,
            "end": start + len(words),
            "source": "rule:generated",
            "confidence": 0.95,
        }


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a plan is about, and the dice for what is its own; `shared` falls alike for all plans of a topic."""

    issuer: Issuer
    topic: int
    year: int
    own: random.Random
    shared: random.Random

    @property
    def words(self) -> str:
        return TOPICS[self.topic]


def plan(issuer: Issuer, topic: int, year: int) -> Result:
    """One plan: 12 targets, 15 tasks, 3 sums of money."""
    own = random.Random(f"{issuer.name}|{topic}|{year}")  # noqa: S311 - invented plans, not secrets
    shared = random.Random(f"topic {topic}")  # noqa: S311
    subject = _Subject(issuer, topic, year, own, shared)
    write = _Writer()
    write.line("KẾ HOẠCH")
    references = tuple(_references(write, subject))
    sections = [_section(write, "I", f"MỤC TIÊU {subject.words.upper()}")]
    targets = tuple(_targets(write, subject))
    sections.append(_section(write, "II", "NHIỆM VỤ"))
    tasks = tuple(_tasks(write, subject))
    sections.append(_section(write, "III", "KINH PHÍ"))
    budgets = tuple(_budgets(write, subject))
    ends = [*(section["start"] for section in sections[1:]), write.length]
    extraction = Extraction(
        document=_particulars(subject),
        sections=tuple(SectionRecord(**row, end=end) for row, end in zip(sections, ends, strict=True)),
        references=references,
        targets=targets,
        tasks=tasks,
        budgets=budgets,
        findings=(),
    )
    text = "\n".join(write.lines)
    identity = f"{issuer.name}|{issuer.province}|{topic}|{year}|{text}"
    return Result(hashlib.sha256(identity.encode()).hexdigest(), Document(text, (), "text/plain"), extraction)


def _particulars(subject: _Subject) -> Particulars:
    return Particulars(
        type="Kế hoạch",
        number=_number(subject.topic, subject.year),
        issuer=subject.issuer.name,
        province=subject.issuer.province,
        date=f"{subject.year}-02-{subject.topic + 1:02}",
        title=f"Kế hoạch {subject.words} năm {subject.year}",
        signers=(),
        recipients=(),
    )


def _number(topic: int, year: int) -> str:
    return f"{topic * 10 + year - 2000}/KH-UBND"


def _section(write: _Writer, path: str, heading: str) -> dict[str, Any]:
    return {
        "path": path,
        "label": f"{path}.",
        "heading": heading,
        "level": 1,
        "page": 1,
        "start": write.line(f"{path}. {heading}")["start"],
    }


def _references(write: _Writer, subject: _Subject) -> Iterator[Reference]:
    named = [("Quyết định", f"{1000 + subject.topic}/QĐ-TTg", "Thủ tướng Chính phủ")]
    if subject.issuer.parent:
        named.append(("Kế hoạch", _number(subject.topic, subject.year), subject.issuer.parent))
    for kind, number, office in named:
        place = write.line(f"Thực hiện {kind} số {number} của {office}")
        yield Reference(
            **place,
            section=None,
            type=kind,
            number=number,
            date=None,
            issuer=office,
            title=None,
            pinpoint=None,
            relation=Relation.IMPLEMENTS,
            mentions=1,
            spans=(Mention(start=place["start"], end=place["end"]),),
        )


def _targets(write: _Writer, subject: _Subject) -> Iterator[Target]:
    """Eight indicators of the topic, alike everywhere but for a few figures; four of the plan's own."""
    for number in range(12):
        dice = subject.shared if number < 8 else subject.own
        indicator = f"{dice.choice(SUBJECTS)} {dice.choice(STATES)} về {subject.words} {_for_whom(dice)}"
        value = float(dice.randrange(50, 100))
        value += 1.0 if subject.own.random() < DIFFERING else 0.0
        place = write.line(f"Đến năm {subject.year}, {value:g}% {indicator}.")
        yield Target(
            **place,
            section="I",
            indicator=indicator,
            comparator=Comparator.EQ,
            value=value,
            value_max=None,
            unit="%",
            horizon=str(subject.year),
            kind=TargetKind.TARGET,
        )


def _tasks(write: _Writer, subject: _Subject) -> Iterator[Task]:
    """Five tasks of the topic, ten of the plan's own; most offices are the same each year."""
    for number in range(15):
        dice = subject.shared if number < 5 else subject.own
        title = f"{dice.choice(VERBS)} {dice.choice(OBJECTS)} {_for_whom(dice)}"
        usual, other = dice.choice(DEPARTMENTS), subject.own.choice(DEPARTMENTS)
        lead = usual if subject.own.random() > DIFFERING else other
        office = f"{lead} tỉnh {subject.issuer.province}"
        place = write.line(f"{title}: {office} chủ trì, hoàn thành năm {subject.year}")
        yield Task(
            **place,
            section="II",
            title=title,
            lead=(Office(text=lead, name=office),),
            coordinating=(Office(text="các sở, ban, ngành", name="các sở, ban, ngành"),),
            due=Due(
                kind=DueKind.YEAR, start=None, end=f"{subject.year}-12-31", recurrence=None, text=f"năm {subject.year}"
            ),
            deliverable=None,
        )


def _budgets(write: _Writer, subject: _Subject) -> Iterator[Budget]:
    for _ in range(3):
        purpose = f"{subject.own.choice(VERBS)} {subject.own.choice(OBJECTS)} {_for_whom(subject.own)}"
        amount = subject.own.randrange(1, 90) * 100_000_000
        yield Budget(
            **write.line(f"{purpose}: {amount} đồng"),
            section="III",
            purpose=purpose,
            amount_vnd=amount,
            period=str(subject.year),
            fund=None,
            role=BudgetRole.ITEM,
        )


def _for_whom(dice: random.Random) -> str:
    """Invented words: real plans hardly repeat each other's, but for what a programme gives them to say."""
    made = (f"{dice.choice(ONSETS)}{dice.choice(RHYMES)}" for _ in range(5))
    return f"cho nhóm {' '.join(made)}"


def fill(database: Database, count: int, first: int = 0) -> None:
    """Save the plans from `first` up to `count` and file their phrases; conflicts are not looked for."""
    for number, result in enumerate(islice(generate(count), first, None), first):
        name = f"{number:06}.txt"
        save_plan(database, result, FileFacts(f"/generated/{name}", name, len(result.document.text)))
    file_phrases(database)


def main() -> None:
    """Fill a database."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("database", type=Path)
    asked.add_argument("--count", type=int, default=10_000)
    options = asked.parse_args()
    with open_database(options.database, create=True) as database:
        fill(database, options.count)


if __name__ == "__main__":
    main()
