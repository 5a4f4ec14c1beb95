"""The guide says what the page shows: its pictures, addresses and words are there, and the pictures are of today's page."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path

import pytest
import regex
from web_world import client, filled

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

import guide_pictures  # noqa: E402

DOCS = ROOT / "docs"
WEB = ROOT / "src" / "khparse" / "web"
GUIDES = {"vi": DOCS / "guide.vi.md", "en": DOCS / "guide.en.md"}


def text(language: str) -> str:
    return GUIDES[language].read_text(encoding="utf-8")


def pictures(language: str) -> list[str]:
    return regex.findall(r"!\[[^\]]+\]\((pictures/[^)]+)\)", text(language))


@pytest.mark.parametrize("language", GUIDES)
def test_the_guide_shows_every_picture_and_each_is_small(language: str) -> None:
    assert sorted(pictures(language)) == sorted(f"pictures/{scene.name}.png" for scene in guide_pictures.SCENES)
    for name in pictures(language):
        assert 5_000 < (DOCS / name).stat().st_size < guide_pictures.MOST_BYTES, name


@pytest.mark.parametrize("language", GUIDES)
def test_every_address_that_the_guide_names_answers(language: str, tmp_path: Path) -> None:
    browser = client(filled(tmp_path / "plans.db"))
    addresses = regex.findall(r"`(/[^`]*)`", text(language))
    assert len(addresses) >= 8
    assert {address: browser.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


def test_every_word_in_bold_stands_on_the_page() -> None:
    templates = "".join(path.read_text(encoding="utf-8") for path in (WEB / "templates").glob("*.html"))
    english = tomllib.loads((WEB / "english.toml").read_text(encoding="utf-8"))["words"]
    bold = {language: set(regex.findall(r"\*\*([^*]+)\*\*", text(language))) for language in GUIDES}
    assert {word for word in bold["vi"] if f'"{word}"' not in templates and word not in english} == set()
    assert bold["en"] - set(english.values()) - {"English"} == set()


def test_both_languages_name_the_same_addresses_in_the_same_order() -> None:
    named = [regex.findall(r"`(/[^`]*)`", text(language)) for language in GUIDES]
    assert named[0] == named[1]


@pytest.mark.slow
@pytest.mark.tool("chromium")
def test_the_pictures_are_of_today_s_page(tmp_path: Path) -> None:
    """The way to each picture still leads there, and its interface says what it said: else run `make guide`."""
    words = guide_pictures.take(tmp_path)
    assert words == json.loads((guide_pictures.PICTURES / "words.json").read_text(encoding="utf-8"))
    assert all(path.stat().st_size < guide_pictures.MOST_BYTES for path in tmp_path.glob("*.png"))
