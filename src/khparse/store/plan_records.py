"""All of one plan for showing it: its particulars, sections, and the documents it names."""

from __future__ import annotations

from typing import Any

from khparse.store.database import Database

Rows = list[dict[str, Any]]


def section_rows(database: Database, plan_id: int) -> Rows:
    """path, label, heading, level, page, start, end, in the text's order."""
    return database.rows(
        """SELECT id, path, label, heading, level, page, "start", "end" FROM sections
           WHERE plan_id = ? ORDER BY "start", level, id""",
        (plan_id,),
    )


def reference_rows(database: Database, plan_id: int) -> Rows:
    """The plan's citations with their documents, and the plan that each document is where that is in."""
    return database.rows(
        """SELECT c.id, c.type, d.number, c.date, c.issuer, c.title, c.pinpoint, c.relation, c.mentions, c.quote, c.page,
             c."start", c."end", c.source, c.confidence, s.path AS section, d.id AS document,
             (SELECT min(p.id) FROM plans p WHERE p.number = d.number AND p.id <> c.plan_id
                AND (p.issuer IS c.issuer OR c.issuer IS NULL)) AS plan_of_it
           FROM citations c JOIN documents d ON d.id = c.document_id LEFT JOIN sections s ON s.id = c.section_id
           WHERE c.plan_id = ?
           ORDER BY CASE c.relation WHEN 'implements' THEN 0 WHEN 'basis' THEN 1 WHEN 'cites' THEN 3 ELSE 2 END, c.id""",
        (plan_id,),
    )


def version_rows(database: Database, plan_id: int) -> Rows:
    """version, replaced_at, file: what the plan said before."""
    return database.rows(
        """SELECT v.version, v.replaced_at, f.name AS file FROM plan_versions v JOIN files f ON f.id = v.file_id
           WHERE v.plan_id = ? ORDER BY v.version DESC""",
        (plan_id,),
    )
