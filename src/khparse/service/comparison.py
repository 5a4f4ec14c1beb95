"""Stored records as comparison's values, and what comparison finds back into the database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from zlib import crc32

from khparse.compare.blocks import FULL, KEYS_VERSION, block_keys, probe
from khparse.compare.conflicts import find_conflicts
from khparse.compare.decided import Decided
from khparse.compare.facts import BudgetFacts, PlanFacts, TargetFacts, TaskFacts, document_key
from khparse.compare.matching import PhraseMatcher, may_match
from khparse.compare.phrases import counted, restored, written
from khparse.compare.table import Agreement, side_by_side
from khparse.model.conflict import Conflict
from khparse.model.record import TargetKind
from khparse.model.stored import CitedDocument, Comparable, StoredPlan, StoredRecord, StoredTarget, StoredTask
from khparse.registry.history import History
from khparse.rules.kit import load_naming
from khparse.rules.load import load
from khparse.store.compared import compared_rows
from khparse.store.conflicts import decisions, mark_compared, plan_states, save_conflicts, uncompared_plans
from khparse.store.database import Database
from khparse.store.phrases import (
    Saying,
    file_plans,
    forget_old_keys,
    key_counts,
    known_phrases,
    phrase_ids,
    phrases_of,
    phrases_under,
    records_saying,
    unfiled_plans,
)
from khparse.store.queries import Choice, plan_rows, target_rows
from khparse.store.relations import related_plans

# from so many new plans on, comparing all at once costs less than each against the rest
MANY = 5
KINDS = ("target", "task", "budget")
_WORDS = {"target": "indicator", "task": "title", "budget": "purpose"}  # what each is compared by
_BATCH = 200  # plans filed in one transaction, and read at once


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One indicator; `targets[i]` is the i-th plan's, None where it has none. `agreement`: agree, differ, missing."""

    indicator: str
    unit: str
    horizon: str | None
    agreement: Agreement
    targets: tuple[StoredTarget | None, ...]


@cache
def phrase_matcher() -> PhraseMatcher:
    """The matcher of this installation's rules."""
    return PhraseMatcher(load("comparison"), load_naming())


def compare(database: Database, plan_ids: Sequence[int]) -> list[ComparedRow]:
    """The plans' targets side by side."""
    stored = {t.id: t for t in target_rows(database, Choice(plans=tuple(plan_ids))) if t.kind is TargetKind.TARGET}
    rows = side_by_side(plan_ids, [target_facts(target) for target in stored.values()], matcher_of(database))
    return [
        ComparedRow(
            row.indicator,
            row.unit,
            row.horizon,
            row.agreement,
            tuple(stored[cell.id] if cell else None for cell in row.cells),
        )
        for row in rows
    ]


def refresh_conflicts(database: Database, changed: Collection[int] = ()) -> None:
    """Find the conflicts of the plans that changed, each only against what it can conflict with.

    What a run that was cut short has left undone is done too.
    """
    compare_plans(database, {*changed, *uncompared_plans(database)})


def compare_plans(database: Database, changed: Collection[int]) -> None:
    """Find the conflicts of these plans and of no others."""
    file_phrases(database)
    if len(changed) >= MANY and len(changed) * 20 >= database.rows("SELECT count(*) AS n FROM plans")[0]["n"]:
        find_all(database)
        # what another ingest put in meanwhile was not seen
        file_phrases(database)
        changed = set(uncompared_plans(database))
    for plan_id in sorted(changed):
        find_for(database, plan_id)


def find_all(database: Database) -> None:
    """The conflicts of the whole database, in place of those found before."""
    states = plan_states(database)
    plans = _plan_facts(database, states)
    found: list[Conflict] = []
    for kind in sorted(KINDS):  # one after the other: what its phrases are compared by is not in memory with the rest
        rows = {kind: _rows_of(database, kind, tuple(states))}
        found += _found(database, None, rows, plans, known_phrases(database, kind))
    with database.transaction():
        present = plan_states(database)
        states = {id_: at for id_, at in states.items() if present.get(id_) == at}
        save_conflicts(database, [one for one in found if {one.plan_a, one.plan_b} <= states.keys()])
        mark_compared(database, states)


def _rows_of(database: Database, kind: str, plans: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Records of many plans, read as they are asked for: of the rows themselves there are never many in memory."""
    for start in range(0, len(plans), _BATCH):
        yield from compared_rows(database, kind, plans=plans[start : start + _BATCH])


def find_for(database: Database, plan_id: int) -> None:
    """The conflicts of one plan with all others, in place of those found before."""
    with database.transaction():  # what is compared stays as it is until it is saved
        plans = related_plans(database, plan_id)
        own = {kind: compared_rows(database, kind, plans=[plan_id]) for kind in KINDS}
        phrases = {kind: _like(database, kind, {_phrase(kind, row) for row in own[kind]}) for kind in KINDS}
        known = phrases_of(database, {id_ for ids in phrases.values() for id_ in ids})
        ids = records_saying(database, phrases, plans)
        rows = {kind: compared_rows(database, kind, ids=ids[kind]) for kind in KINDS}
        facts = _plan_facts(database, plans)
        save_conflicts(database, _found(database, plan_id, rows, facts, known), plan_id=plan_id)
        mark_compared(database, plan_id=plan_id)


def _phrase(kind: str, row: Mapping[str, Any]) -> str:
    words = str(row[_WORDS[kind]])
    return counted(words, row["unit"]) if kind == "target" else words


def _found(
    database: Database,
    only: int | None,
    rows: Mapping[str, Iterable[dict[str, Any]]],
    plans: Mapping[int, PlanFacts],
    known: Iterable[tuple[str, str]],
) -> list[Conflict]:
    return find_conflicts(
        plans,
        (TargetFacts(**row) for row in rows.get("target", ())),
        (TaskFacts(**row, heirs=_heirs(row["lead"])) for row in rows.get("task", ())),
        (BudgetFacts(**row) for row in rows.get("budget", ())),
        matcher_of(database).knowing({words: restored(words, text) for words, text in known}),
        only=only,
    )


def _plan_facts(database: Database, plans: Collection[int]) -> dict[int, PlanFacts]:
    return {id_: plan_facts(plan) for id_, plan in plan_rows(database, plans).items()}


def _heirs(offices: Iterable[str]) -> tuple[tuple[str, str, str], ...]:
    return tuple(found for name in offices if (found := _heir(name)))


@lru_cache(maxsize=1 << 14)
def _heir(name: str) -> tuple[str, str, str] | None:
    """Who took over an office's work, and since when; None while it stands."""
    ended = known_history().ended(name, "9999")
    heir = ended.after and known_history().successor(name, ended.since) if ended else None
    return (name, heir, ended.since) if ended and heir else None


@cache
def known_history() -> History:
    """The reorganisations that are known."""
    return History(load("history"), load("places"))


def matcher_of(database: Database) -> PhraseMatcher:
    """The matcher that heeds what people decided in this database."""
    said = ((row["a"], row["b"], row["verdict"]) for row in decisions(database, "indicator"))
    return phrase_matcher().deciding(Decided.of_verdicts(said))


def file_phrases(database: Database) -> None:
    """File what the plans say that are not filed as they now are."""
    version = _filing_version()
    forget_old_keys(database, version)
    unfiled = unfiled_plans(database, version)
    for start in range(0, len(unfiled), _BATCH):
        plans = unfiled[start : start + _BATCH]
        file_plans(database, plans, _sayings(database, plans), version)


@cache
def _filing_version() -> int:
    """Another one whenever the rules say another thing of phrases."""
    rules = load("comparison")
    said = repr((KEYS_VERSION, sorted(rules.terms.items()), sorted(rules.tables.items())))
    return crc32(said.encode())


def _sayings(database: Database, plans: Collection[int]) -> Iterator[Saying]:
    for kind in KINDS:
        for row in compared_rows(database, kind, plans=plans):
            phrase = _phrase(kind, row)
            signature = phrase_matcher().signature(phrase)
            keys = block_keys(signature, kind)
            yield Saying(kind, row["id"], row["plan"], phrase, keys, written(signature))


def _like(database: Database, kind: str, phrases: Collection[str]) -> set[int]:
    """Phrases in the database that may be the same thing as one of these, and those that people say are."""
    matcher = matcher_of(database)
    keys = {phrase: block_keys(matcher.signature(phrase), kind) for phrase in phrases}
    counts = key_counts(database, {k for own in keys.values() for k in own}, FULL)
    said = matcher.decided.partners(phrases)
    found = phrase_ids(database, kind, (*phrases, *said))
    for phrase, own in keys.items():
        signature = matcher.signature(phrase)
        asked = probe(own, counts.__getitem__)
        unasked = len(own) - len(asked.keys)
        for id_, words, text in phrases_under(database, kind, asked.keys, asked.shared, unasked):
            if id_ not in found and may_match(signature, restored(words, text)):
                found.add(id_)
    return found


def phrase_of(record: Comparable) -> str:
    """What a record is compared by."""
    if isinstance(record, StoredTarget):
        return record.indicator
    return record.title if isinstance(record, StoredTask) else record.purpose


def plan_facts(plan: StoredPlan) -> PlanFacts:
    """A stored plan as comparison sees it."""
    return PlanFacts(
        id=plan.id,
        key=document_key(plan.type, plan.number, plan.issuer),
        issuer=plan.issuer,
        province=plan.province,
        date=plan.date,
        title=plan.title,
        file=plan.file,
        implements=_keys(plan.implements),
        replaces=_keys(plan.changes),
        number=plan.number,
    )


def _keys(documents: Iterable[CitedDocument]) -> frozenset[str]:
    keys = (document_key(document.type, document.number, document.issuer) for document in documents)
    return frozenset(key for key in keys if key)


def _place(record: StoredRecord) -> dict[str, Any]:
    names = ("id", "quote", "section", "page", "confidence")
    return {name: getattr(record, name) for name in names} | {"plan": record.plan.id}


def target_facts(target: StoredTarget) -> TargetFacts:
    """A stored target as comparison sees it."""
    return TargetFacts(
        **_place(target),
        indicator=target.indicator,
        comparator=target.comparator,
        value=target.value,
        value_max=target.value_max,
        unit=target.unit,
        horizon=target.horizon,
        context=" / ".join(target.headings),
        source=target.source,
    )
