"""Which plans may stand to each other: by their territories, by the documents that they carry out."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from khparse.store.database import Database


def related_plans(database: Database, plan_id: int) -> tuple[int, ...]:
    """The plans that may stand to this one in some way, itself included.

    Those of its territory, of those over it and in it, those that carry out one document with it, those that it
    carries out and those that carry it out.
    """
    rows = database.rows(
        """WITH carried AS (SELECT number FROM citations JOIN documents d ON d.id = document_id
             WHERE plan_id = :id AND relation = 'implements' AND number IS NOT NULL)
           SELECT :id AS id
           UNION SELECT id FROM plans WHERE jurisdiction_id IN (SELECT value FROM json_each(:places))
           UNION SELECT plan_id FROM citations c JOIN documents d ON d.id = c.document_id
             WHERE relation = 'implements'
               AND (d.number IN carried OR d.number = (SELECT number FROM plans WHERE id = :id))
           UNION SELECT id FROM plans WHERE number IN carried
           ORDER BY 1""",
        {"id": plan_id, "places": json.dumps(_territories(database, plan_id))},
    )
    return tuple(row["id"] for row in rows)


def cited_documents(database: Database, plans: Collection[int]) -> list[dict[str, Any]]:
    """plan_id, type, number, issuer: the numbered documents that these plans name, in whatever relation."""
    return database.rows(
        """SELECT plan_id, d.type, d.number, d.issuer FROM citations JOIN documents d ON d.id = document_id
           WHERE d.number IS NOT NULL AND plan_id IN (SELECT value FROM json_each(?)) ORDER BY citations.id""",
        (json.dumps(sorted(plans)),),
    )


def _territories(database: Database, plan_id: int) -> list[int]:
    """Rows of the territories over the plan's own, in it, and itself."""
    sql = "SELECT identity FROM jurisdictions WHERE id = (SELECT jurisdiction_id FROM plans WHERE id = ?)"
    row = database.first(sql, (plan_id,))
    if row is None:
        return []
    level, _, place = row["identity"].partition(":")
    province, district, commune = place.split("/")
    over = [row["identity"], f"1:{province}//", f"2:{province}/{district}/"]
    within = {"1": [f"1:{province}/", f"2:{province}/", f"3:{province}/"], "2": [f"3:{province}/{district}/"]}
    # a commune's district is often left out of its name
    alike = [f"3:{province}/"] if level == "3" else []
    rows = database.rows(
        """SELECT id, identity FROM jurisdictions WHERE identity IN (SELECT value FROM json_each(:over))
           UNION SELECT j.id, identity FROM json_each(:prefixes) p
             JOIN jurisdictions j ON identity >= p.value AND identity < p.value || char(1114111)""",
        {
            "over": json.dumps(over, ensure_ascii=False),
            "prefixes": json.dumps(within.get(level, alike), ensure_ascii=False),
        },
    )
    wanted = f"/{commune}" if alike else ""
    return [row["id"] for row in rows if row["identity"] in over or row["identity"].endswith(wanted)]
