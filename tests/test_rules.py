"""Every rule's examples and counter-examples hold, no rule fires where it should not, none is slow."""

from __future__ import annotations

import time

import pytest

from khparse.rules.load import Rule, RuleBook, load, rules_root
from khparse.text.values import NORMALISERS

BOOKS = [load(path.stem) for path in sorted(rules_root().glob("*.toml"))]
RULES = [pytest.param(book, rule, id=rule.id) for book in BOOKS for rule in book.rules]
HOSTILE = [
    "1" * 20_000,
    "a " * 10_000,
    "số " * 7_000,
    "(" * 20_000,
    "ngày 1/1/" * 3_000,
    "; - , " * 5_000,
    "Sở và " * 4_000,
    "% " * 10_000,
]


@pytest.mark.parametrize(("book", "rule"), RULES)
def test_each_example_is_found_once_with_its_span_and_value(book: RuleBook, rule: Rule) -> None:
    for example in rule.data.examples:
        found = list(rule.finditer(example.text))
        assert [match.group() for match in found] == [example.span], example.text
        if rule.data.normaliser and example.value is not None:
            assert NORMALISERS[rule.data.normaliser](found[0]) == example.value, example.text


@pytest.mark.parametrize(("book", "rule"), RULES)
def test_each_counter_example_is_left_alone(book: RuleBook, rule: Rule) -> None:
    for text in rule.data.counter_examples:
        assert not list(rule.finditer(text)), text


@pytest.mark.parametrize(("book", "rule"), RULES)
def test_no_other_rule_fires_on_an_example_unless_it_says_so(book: RuleBook, rule: Rule) -> None:
    for example in rule.data.examples:
        for other in book.labelled(rule.data.label):
            if other.id != rule.id and other.id not in rule.data.also_fires:
                assert not list(other.finditer(example.text)), f"{other.id} fires on {example.text!r}"


@pytest.mark.parametrize(("book", "rule"), RULES)
def test_no_pattern_is_slow_on_hostile_text(book: RuleBook, rule: Rule) -> None:
    for text in HOSTILE:
        start = time.process_time()
        list(rule.finditer(text))
        assert time.process_time() - start < 2.0, text[:20]


def test_ids_are_unique() -> None:
    ids = [rule.id for book in BOOKS for rule in book.rules]
    assert len(ids) == len(set(ids))
