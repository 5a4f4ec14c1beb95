"""The documentation says what is: made pages are current, every command is there, the guide's example works."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest
import regex

from khparse.rules.load import read_rules
from khparse.rules.schema import RuleData
from khparse.text.values import NORMALISERS

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

import make_docs  # noqa: E402

GUIDE = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
(EXAMPLE,) = regex.findall(r"```toml\n(.*?)```", GUIDE, regex.DOTALL)


def words(page: str) -> list[str]:
    """The page without its line breaks, which follow the library that prints help."""
    return page.split()


@pytest.mark.parametrize("name", sorted(make_docs.PAGES))
def test_a_made_page_is_current(name: str) -> None:
    present = (make_docs.DOCS / name).read_text(encoding="utf-8")
    assert words(present) == words(make_docs.PAGES[name]()), f"docs/{name} is old: run `make docs`"


def test_every_command_is_documented_with_what_it_does() -> None:
    page = (make_docs.DOCS / "cli.md").read_text(encoding="utf-8")
    for path, command in make_docs.commands():
        assert f"\n## {path}\n" in page
        assert command.help, path
        for option in command.params:
            assert getattr(option, "help", "an argument") or option.param_type_name == "argument", (path, option.name)


def test_no_meaning_is_left_over() -> None:
    """A column that is gone takes its meaning along."""
    page = (make_docs.DOCS / "schema.md").read_text(encoding="utf-8")
    meanings = tomllib.loads((make_docs.DOCS / "schema.toml").read_text(encoding="utf-8"))
    tables = {title: part for part in page.split("\n### ")[1:] for title in (part.split("\n", 1)[0],)}
    assert set(meanings["tables"]) | set(meanings["only"]) <= set(tables)
    for table, columns in meanings["only"].items():
        assert [column for column in columns if f"| `{column}` |" not in tables[table]] == []
    assert [column for column in meanings["columns"] if f"| `{column}` |" not in page] == []


def test_sizes_are_computed_from_the_figures_of_the_other_pages() -> None:
    told = tomllib.loads((make_docs.DOCS / "sizes.toml").read_text(encoding="utf-8"))
    for name, figure in told["measured"].items():
        if place := figure.get("in"):
            assert place["words"] in (make_docs.DOCS / place["page"]).read_text(encoding="utf-8"), f"{name} is old"
            assert regex.search(r"[\d.,]+", place["words"])[0].replace(",", "") == f"{figure['value']:g}"


def test_the_guide_s_rule_is_loaded_and_its_examples_hold(tmp_path: Path) -> None:
    path = tmp_path / "deadlines.toml"
    path.write_text(EXAMPLE, encoding="utf-8")
    (rule,) = read_rules(path).rules
    for example in rule.data.examples:
        (match,) = rule.finditer(example.text)
        assert match.group() == example.span
        assert rule.data.normaliser
        assert NORMALISERS[rule.data.normaliser](match) == example.value
    assert not any(list(rule.finditer(text)) for text in rule.data.counter_examples)


def test_the_guide_names_every_key_of_a_rule() -> None:
    said = set(regex.findall(r"^\| `(\w+)`", GUIDE, regex.MULTILINE))
    assert said | {"ignore_case"} == set(RuleData.model_fields)


def test_links_between_the_pages_lead_somewhere() -> None:
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for target in regex.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
