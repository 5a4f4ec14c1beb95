"""Figures at a glance: how many of what, for the start page and the charts."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from khparse.store.database import Database
from khparse.store.listing import Wanted, conditions

Rows = list[dict[str, Any]]


def fingerprint(database: Database) -> str:
    """Something that changes whenever the plans, their conflicts or what was decided of them do."""
    row = database.first(
        """SELECT (SELECT group_concat(name || seq) FROM sqlite_sequence) AS sequences,
             (SELECT max(changed_at) FROM plans) AS plans, (SELECT max(decided_at) FROM decisions) AS decisions,
             (SELECT count(*) FROM conflicts) AS conflicts, (SELECT max(undone_at) FROM corrections) AS undone"""
    )
    return json.dumps(row)


def totals(database: Database) -> dict[str, int]:
    """How many plans, tasks, targets, budgets, findings; open conflicts, and those that are sure."""
    names = ("plans", "tasks", "targets", "budgets", "findings")
    row = database.rows("SELECT " + ", ".join(f"(SELECT count(*) FROM {name}) AS {name}" for name in names))[0]
    open_ones = database.rows(
        """WITH decided AS (SELECT c.sure FROM decisions d JOIN conflicts c ON c.identity = d.a WHERE d.subject = 'conflict')
           SELECT (SELECT count(*) FROM conflicts) - (SELECT count(*) FROM decided) AS conflicts,
             (SELECT count(*) FROM conflicts WHERE sure = 1) - (SELECT count(*) FROM decided WHERE sure) AS sure"""
    )[0]
    return {name: int(value) for name, value in (row | open_ones).items()}


def plans_by_issuer_and_year(database: Database) -> Rows:
    """issuer, year, n: the plans of each."""
    return database.rows(
        """SELECT coalesce(issuer, '') AS issuer, substr(date, 1, 4) AS year, count(*) AS n FROM plans
           GROUP BY 1, 2 ORDER BY 1, 2"""
    )


def load_of_offices(database: Database, limit: int) -> Rows:
    """id, name, collective, jurisdiction, lead, joining: the offices with most tasks."""
    return database.rows(
        """SELECT o.id, o.name, o.collective, j.name AS jurisdiction, lead, joining FROM
             (SELECT office_id, sum(role = 'lead') AS lead, sum(role <> 'lead') AS joining FROM assignments
              WHERE task_id IS NOT NULL GROUP BY office_id) JOIN offices o ON o.id = office_id
             JOIN jurisdictions j ON j.id = o.jurisdiction_id
           ORDER BY lead DESC, joining DESC, o.name LIMIT ?""",
        (limit,),
    )


def parents(database: Database, limit: int, offset: int = 0) -> Rows:
    """document, number, type, title, n: the documents that most plans carry out."""
    return database.rows(
        """SELECT d.id AS document, d.type, d.number, d.title, count(DISTINCT c.plan_id) AS n
           FROM citations c JOIN documents d ON d.id = c.document_id WHERE c.relation = 'implements'
           GROUP BY d.id ORDER BY n DESC, d.number, d.id LIMIT ? OFFSET ?""",
        (limit, offset),
    )


def document_name(database: Database, document: int | None) -> str | None:
    """For example "Quyết định 131/QĐ-TTg"."""
    row = database.first("SELECT type, number, title FROM documents WHERE id = ?", (document,))
    return " ".join(filter(None, (row["type"], row["number"] or row["title"]))) if row else None


def count_parents(database: Database) -> int:
    """How many documents plans carry out."""
    sql = "SELECT count(DISTINCT document_id) AS n FROM citations WHERE relation = 'implements'"
    return int(database.rows(sql)[0]["n"])


def plans_below(database: Database, plans: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """The plans that carry out each of these plans."""
    rows = database.rows(
        """SELECT DISTINCT p.id AS plan, c.plan_id AS below FROM json_each(?) i JOIN plans p ON p.id = i.value
             JOIN documents d ON d.number = p.number AND (d.issuer = p.issuer OR d.issuer IS NULL)
             JOIN citations c ON c.document_id = d.id AND c.relation = 'implements' AND c.plan_id <> p.id
           ORDER BY 1, 2""",
        (json.dumps(list(plans)),),
    )
    found: dict[int, tuple[int, ...]] = {}
    for row in rows:
        found[row["plan"]] = (*found.get(row["plan"], ()), row["below"])
    return found


def plans_under(database: Database, document: int) -> tuple[int, ...]:
    """The plans that carry out a document, and the plan that it itself is where that is in."""
    rows = database.rows(
        """SELECT plan_id AS id FROM citations WHERE document_id = :id AND relation = 'implements'
           UNION SELECT p.id FROM plans p JOIN documents d ON d.number = p.number AND d.id = :id
           ORDER BY 1""",
        {"id": document},
    )
    return tuple(int(row["id"]) for row in rows)


def budget_sums(database: Database, wanted: Wanted, by: str) -> Rows:
    """label, n, amount: sums by year, fund or office. Items only: totals and subtotals would count money twice."""
    where, parameters = conditions(database, "budgets", wanted)
    label, join = {
        "year": ("coalesce(replace(r.period, '/', '-'), '')", ""),
        "fund": ("coalesce(r.fund, '')", ""),
        "office": (
            "coalesce(o.name, '')",
            """LEFT JOIN offices o ON o.id =
                 (SELECT office_id FROM assignments a WHERE a.task_id = r.task_id AND a.role = 'lead' LIMIT 1)""",
        ),
    }[by]
    return database.rows(
        f"""SELECT {label} AS label, count(*) AS n, sum(r.amount_vnd) AS amount FROM budgets r {join}
            WHERE r.role = 'item' AND {where} GROUP BY 1 ORDER BY {"1" if by == "year" else "3 DESC"} LIMIT 40""",
        parameters,
    )


def distinct(database: Database, column: str) -> list[str]:
    """The values of plans.province, plans.issuer or budgets.fund, for choosing among them."""
    table = {"province": "plans", "issuer": "plans", "fund": "budgets"}[column]
    sql = f"SELECT DISTINCT {column} AS v FROM {table} WHERE {column} IS NOT NULL ORDER BY 1 LIMIT 500"
    return [str(row["v"]) for row in database.rows(sql)]


def originals(database: Database, plan_id: int) -> Rows:
    """sha256, media_type, name, path, pages: the file that a plan was read from, with each path where it lay."""
    return database.rows(
        """SELECT f.sha256, f.media_type, f.name, f.pages, f.confidence, f.notices, f.size, p.path FROM plans
           JOIN files f ON f.id = plans.file_id LEFT JOIN paths p ON p.file_id = f.id WHERE plans.id = ?""",
        (plan_id,),
    )


def pages_of(database: Database, plan_id: int) -> Rows:
    """number, start, end, ocr of each page."""
    return database.rows('SELECT number, "start", "end", ocr FROM pages WHERE plan_id = ? ORDER BY number', (plan_id,))


def names_of(database: Database, ids: tuple[int, ...]) -> Rows:
    """id, name: the offices by the length of their names."""
    sql = (
        "SELECT id, name FROM offices WHERE id IN (SELECT value FROM json_each(?)) ORDER BY length(name), name LIMIT 50"
    )
    return database.rows(sql, (json.dumps(ids),))
