"""Offices and jurisdictions: one identity for each, who stands above whom, who took over from whom."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from khparse.evaluation.linking import office_links
from khparse.registry.history import History
from khparse.registry.jurisdictions import Level, jurisdiction_of, stands_above
from khparse.registry.offices import identify, is_among, is_collective
from khparse.rules.load import load


@pytest.mark.parametrize(
    ("office", "level"),
    [
        ("Thủ tướng Chính phủ", Level.CENTRAL),
        ("Sở Y tế tỉnh Nam Định", Level.PROVINCE),
        ("Ủy ban nhân dân huyện Ý Yên", Level.DISTRICT),
        ("Ủy ban nhân dân xã Yên Phong, huyện Ý Yên", Level.COMMUNE),
        ("Ủy ban nhân dân thành phố Nam Định", Level.PROVINCE),
        ("Bộ Chỉ huy Quân sự tỉnh Nam Định", Level.PROVINCE),
        ("Bộ Quốc phòng", Level.CENTRAL),
    ],
)
def test_a_jurisdiction_is_read_from_the_full_name(office: str, level: Level) -> None:
    assert jurisdiction_of(office, "Nam Định").level is level


@pytest.mark.parametrize(
    ("upper", "lower", "above"),
    [
        ("Ủy ban nhân dân tỉnh Nam Định", "Sở Y tế tỉnh Nam Định", True),
        ("Ủy ban nhân dân tỉnh Nam Định", "Ủy ban nhân dân huyện Ý Yên", True),
        ("Sở Y tế tỉnh Nam Định", "Phòng Kế hoạch Sở Y tế tỉnh Nam Định", True),
        ("Sở Y tế tỉnh Nam Định", "Sở Tài chính tỉnh Nam Định", False),
        ("Ủy ban nhân dân huyện Ý Yên", "Ủy ban nhân dân tỉnh Nam Định", False),
        ("Tỉnh ủy Nam Định", "Ủy ban nhân dân tỉnh Nam Định", False),
    ],
)
def test_committees_stand_above_offices_and_provinces_above_districts(upper: str, lower: str, above: bool) -> None:
    assert stands_above(upper, lower, "Nam Định", "Nam Định") is above


def test_spellings_of_one_office_are_one_identity_within_a_province() -> None:
    a, b = (
        identify("Sở Văn hóa, Thể thao và Du lịch tỉnh Nam Định", "Nam Định"),
        identify("Sở Văn hoá, Thể thao và Du lịch  tỉnh Nam Định", "Nam Định"),
    )
    assert a.id == b.id
    assert a.id != identify("Sở Văn hóa, Thể thao và Du lịch tỉnh Hà Nam", "Hà Nam").id


def test_a_room_of_a_department_has_the_department_as_parent() -> None:
    room = identify("Phòng Kế hoạch tài chính Sở Y tế tỉnh Nam Định", "Nam Định")
    assert room.parent == identify("Sở Y tế tỉnh Nam Định", "Nam Định").id


def test_a_director_answers_for_his_office() -> None:
    assert identify("Giám đốc Sở Y tế tỉnh Nam Định", "Nam Định").id == identify("Sở Y tế tỉnh Nam Định", "Nam Định").id


@pytest.mark.parametrize(
    ("name", "collective"),
    [
        ("các sở, ban, ngành", True),
        ("Ủy ban nhân dân các huyện, thị xã, thành phố", True),
        ("Ủy ban nhân dân xã, phường", True),
        ("Ủy ban nhân dân xã Yên Phong", False),
        ("Sở Y tế tỉnh Nam Định", False),
        ("Thủ trưởng các sở, ban, ngành", True),
    ],
)
def test_collectives_are_told_from_single_offices(name: str, collective: bool) -> None:
    assert is_collective(name) is collective


@pytest.mark.parametrize(
    ("office", "collective", "among"),
    [
        ("Sở Y tế tỉnh Nam Định", "các sở, ban, ngành", True),
        ("Công an tỉnh Nam Định", "các sở, ban, ngành tỉnh", True),
        ("Ủy ban nhân dân xã Yên Phong", "Ủy ban nhân dân các xã, phường", True),
        ("Sở Y tế tỉnh Nam Định", "Ủy ban nhân dân các xã, phường", False),
        ("Ủy ban nhân dân huyện Ý Yên", "các sở, ban, ngành", False),
        ("các sở", "các sở, ban, ngành", False),
    ],
)
def test_a_single_office_is_one_of_those_that_a_collective_names(office: str, collective: str, among: bool) -> None:
    assert is_among(office, collective) is among


def test_todays_owner_follows_the_mergers_of_departments_and_provinces() -> None:
    history = History(load("history"), load("places"))
    assert history.successor("Sở Kế hoạch và Đầu tư tỉnh Quảng Nam", "2026-01-01") == "Sở Tài chính Thành phố Đà Nẵng"
    assert (
        history.successor("Sở Kế hoạch và Đầu tư tỉnh Quảng Nam", "2024-01-01")
        == "Sở Kế hoạch và Đầu tư tỉnh Quảng Nam"
    )
    assert history.successor("Sở Y tế tỉnh Bình Dương", "2026-01-01") == "Sở Y tế Thành phố Hồ Chí Minh"
    assert history.successor("Ủy ban nhân dân huyện Ý Yên", "2025-08-01") is None
    assert history.province_at("Hà Giang", "2026-01-01") == "Tuyên Quang"


def test_offices_of_the_gold_records_link_as_the_registry_links_them(shared: Path) -> None:
    files = [
        *sorted((shared / "gold").glob("*.json")),
        *sorted((Path(__file__).parents[1] / "corpus/gold").glob("*.json")),
    ]
    assert office_links(json.loads(file.read_text(encoding="utf-8")) for file in files).f1 >= 0.97


def test_the_countrys_name_inside_a_local_branchs_is_written_or_not() -> None:
    names = ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Hà Nam", "Ủy ban Mặt trận Tổ quốc tỉnh Hà Nam")
    assert len({identify(name, "Hà Nam").id for name in names}) == 1
