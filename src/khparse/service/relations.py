"""How plans hang together: what each carries out, whose plan it stands under, what it revises, what is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import regex

from khparse.compare.facts import PlanFacts, document_key
from khparse.compare.relations import Standing, standing
from khparse.errors import StoreError
from khparse.model.stored import StoredPlan
from khparse.service.comparison import plan_facts
from khparse.store.database import Database
from khparse.store.queries import plan_rows
from khparse.store.relations import cited_documents
from khparse.text.fold import fold


@dataclass(frozen=True, slots=True)
class Node:
    """A line of the tree: a plan, or a document that plans carry out and that is not in the database.

    `relation` says how it hangs under the line above: implements, parent (its issuer stands under), revision.
    """

    depth: int
    plan: StoredPlan | None
    document: str | None
    relation: str | None
    children: int


@dataclass(frozen=True, slots=True)
class _Parent:
    key: int | str  # a plan's id, or the name of a missing document
    relation: str


def tree(database: Database) -> list[Node]:
    """All plans under what they carry out or revise; missing documents that most plans carry out come first."""
    plans = plan_rows(database)
    facts = {id_: plan_facts(plan) for id_, plan in plans.items()}
    adjusted = _adjusted(database, facts)
    parents = {id_: _parent(plans[id_], facts, adjusted.get(id_)) for id_ in plans}
    below: dict[int | str | None, list[int]] = defaultdict(list)
    for id_, parent in parents.items():
        below[parent.key if parent and not _loops(id_, parents) else None].append(id_)
    nodes: list[Node] = []

    def hang(id_: int, depth: int) -> None:
        parent = parents[id_] if depth else None
        nodes.append(Node(depth, plans[id_], None, parent.relation if parent else None, len(below[id_])))
        for child in below[id_]:
            hang(child, depth + 1)

    for name in sorted((k for k in below if isinstance(k, str)), key=lambda k: (-len(below[k]), k)):
        nodes.append(Node(0, None, name, None, len(below[name])))
        for child in below[name]:
            hang(child, 1)
    for root in below[None]:
        hang(root, 0)
    return nodes


def _loops(start: int, parents: Mapping[int, _Parent | None]) -> bool:
    """Whether a plan's chain of parents comes back to itself (two plans that cite each other)."""
    at: int | str | None = start
    for _ in range(len(parents) + 1):
        parent = parents.get(at) if isinstance(at, int) else None
        if parent is None:
            return False
        at = parent.key
        if at == start:
            return True
    return True


def _adjusted(database: Database, facts: Mapping[int, PlanFacts]) -> dict[int, _Parent]:
    """A plan "Điều chỉnh, bổ sung …" with the plan of its own issuer that it names, in whatever words."""
    by_key = {fact.key: fact for fact in facts.values() if fact.key}
    found = {}
    for row in cited_documents(database, [id_ for id_, fact in facts.items() if _ADJUSTS.match(fact.title or "")]):
        other = by_key.get(document_key(row["type"], row["number"], row["issuer"]) or "")
        own = facts[row["plan_id"]]
        if other and other.id != own.id and standing(other, own) is Standing.BEFORE:
            found[own.id] = _Parent(other.id, "revision")
    return found


_ADJUSTS = regex.compile(r"(?:Kế hoạch )?(?:điều chỉnh|sửa đổi|bổ sung)\b", regex.IGNORECASE)


def _parent(plan: StoredPlan, facts: Mapping[int, PlanFacts], adjusted: _Parent | None) -> _Parent | None:
    """A plan in the database that it carries out, else one that it revises, else the document that is missing."""
    own = facts[plan.id]
    by_key = {fact.key: id_ for id_, fact in facts.items() if fact.key and id_ != plan.id}
    for documents, relation in ((own.implements, "implements"), (own.replaces, "revision")):
        for key in sorted(documents):
            if key in by_key:
                return _Parent(by_key[key], relation)
    if adjusted:
        return adjusted
    for document in plan.implements:
        if document.number and document_key(document.type, document.number, document.issuer):
            return _Parent(f"{document.type} {document.number}", "implements")
    return _over(own, facts)


def _over(own: PlanFacts, facts: Mapping[int, PlanFacts]) -> _Parent | None:
    """The one plan of an office above that shares its title's words; several or none: nothing is said."""
    if not own.title:
        return None
    found = [
        id_
        for id_, other in facts.items()
        if other.title and fold(other.title) == fold(own.title) and standing(other, own) is Standing.ABOVE
    ]
    return _Parent(found[0], "parent") if len(found) == 1 else None


def plans_under(database: Database, asked: str) -> list[int]:
    """The plans that carry out a document, given by its number ("131/QĐ-TTg"), and that document's own plan."""
    number = fold("".join(asked.split()))
    plans = plan_rows(database)
    found = [id_ for id_, plan in plans.items() if number in _numbers(plan)]
    if not found:
        raise StoreError(f"không có kế hoạch nào thực hiện “{asked}”", "hãy xem `khparse plans --tree`")
    return found


def _numbers(plan: StoredPlan) -> Iterable[str]:
    numbers = [plan.number, *(document.number for document in plan.implements)]
    return {fold("".join(number.split())) for number in numbers if number}
