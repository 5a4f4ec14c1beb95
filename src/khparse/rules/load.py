"""Rule files to compiled rules. The only place that reads `rules/`; done once in each process."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import regex
from pydantic import ValidationError

from khparse.errors import RuleError
from khparse.rules.schema import RuleData, RuleFile
from khparse.text.alternatives import any_of

# {name} in a pattern; \p{L} and x{2,3} are the regex module's own
_SLOT = regex.compile(r"(?<!\\[pPN])\{([a-z][a-z_]*)\}")
MATCH_SECONDS = 2.0  # no pattern may work longer than this on one text, however hostile


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled rule."""

    data: RuleData
    pattern: regex.Pattern[str]
    needs: regex.Pattern[str] | None = None

    @property
    def id(self) -> str:
        """The rule's id: "deadline.before-date"."""
        return self.data.id

    @property
    def source(self) -> str:
        """How records name it: "rule:deadline.before-date"."""
        return f"rule:{self.data.id}"

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[regex.Match[str]]:
        """The matches in `text[start:end]`, left to right, offsets in `text`."""
        end = len(text) if end is None else end
        if self.needs is not None and not self.needs.search(text, start, end):
            return iter(())
        return self.pattern.finditer(text, start, end, timeout=MATCH_SECONDS)


@dataclass(frozen=True, slots=True, eq=False)
class RuleBook:
    """One rule file, compiled. `terms` and `tables` are its word lists and mappings, `compile` opens its fragments."""

    kind: str
    rules: tuple[Rule, ...]
    terms: Mapping[str, tuple[str, ...]]
    tables: Mapping[str, Mapping[str, Any]]
    fragments: Mapping[str, str]

    def finditer(self, text: str) -> Iterator[tuple[Rule, regex.Match[str]]]:
        """The matches of every rule in a text, rule by rule; what several rules need is looked for once."""
        stands: dict[regex.Pattern[str] | None, bool] = {None: True}
        for rule in self.rules:
            if rule.needs not in stands:
                stands[rule.needs] = rule.needs is None or rule.needs.search(text) is not None
            if stands[rule.needs]:
                for match in rule.pattern.finditer(text, timeout=MATCH_SECONDS):
                    yield rule, match

    def by_id(self, rule_id: str) -> Rule:
        """The rule of that id; KeyError where there is none."""
        return _by_id(self)[rule_id]

    def labelled(self, label: str) -> tuple[Rule, ...]:
        """The rules of one label, in the file's order."""
        return _labelled(self, label)

    def compile(self, pattern: str, *, ignore_case: bool = True) -> regex.Pattern[str]:
        """A pattern with this book's {fragments} and {terms} opened."""
        return _compiled(self, pattern, ignore_case=ignore_case)

    def any_of(self, name: str, *, before: str = "", after: str = "", ignore_case: bool = False) -> regex.Pattern[str]:
        """A pattern for the words of one list between two pieces of pattern."""
        return _compiled(self, before + "{" + name + "}" + after, ignore_case=ignore_case)


@cache
def _by_id(book: RuleBook) -> dict[str, Rule]:
    return {rule.data.id: rule for rule in book.rules}


@cache
def _labelled(book: RuleBook, label: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in book.rules if rule.data.label == label)


@cache
def _compiled(book: RuleBook, pattern: str, *, ignore_case: bool) -> regex.Pattern[str]:
    return _compile(pattern, book.fragments, ignore_case=ignore_case)


def rules_root() -> Path:
    """`rules/` beside the source, or the copy that an installed package carries."""
    here = Path(__file__).resolve()
    packaged = here.parents[1] / "_data" / "rules"
    return packaged if packaged.is_dir() else here.parents[3] / "rules"


@cache
def load(kind: str) -> RuleBook:
    """The rules of one kind, from `rules/KIND.toml`. Raises RuleError that names the file and what is wrong."""
    return read_rules(rules_root() / f"{kind}.toml")


def read_rules(path: Path) -> RuleBook:
    """One rule file, checked and compiled."""
    try:
        data = RuleFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise RuleError(f"{path.name}: {error}") from error
    fragments = dict(data.fragments)
    fragments.update({name: any_of(words) for name, words in data.terms.items()})
    try:
        rules = tuple(_rule(rule, fragments) for rule in data.rule)
    except (regex.error, KeyError, RecursionError) as error:
        raise RuleError(f"{path.name}: {error}") from error
    return RuleBook(data.kind, rules, data.terms, data.tables, fragments)


def _rule(data: RuleData, fragments: Mapping[str, str]) -> Rule:
    needs = _compile(data.needs, fragments, ignore_case=False) if data.needs else None
    return Rule(data, _compile(data.pattern, fragments, ignore_case=data.ignore_case), needs)


def _compile(pattern: str, fragments: Mapping[str, str], *, ignore_case: bool) -> regex.Pattern[str]:
    def opened(text: str) -> str:
        return _SLOT.sub(lambda slot: opened(fragments[slot.group(1)]), text)

    # letters against letters: V1 would compare "ß" with "ss" as well, which takes twice the time and Vietnamese needs not
    return regex.compile(opened(pattern), regex.V0 | (regex.IGNORECASE if ignore_case else regex.V0))
