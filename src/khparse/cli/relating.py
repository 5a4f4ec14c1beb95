"""`khparse plans --tree`: plans under what they carry out."""

from __future__ import annotations

from pathlib import Path

from khparse.cli.output import Column, Row, show
from khparse.service.relations import Node, tree
from khparse.store.postgres.published import open_for_asking

RELATIONS = {"implements": "thực hiện", "parent": "cấp trên", "revision": "thay thế, sửa đổi"}


def show_tree(db: Path | str, form: str) -> None:
    """The tree, a line for each plan and each missing document."""
    with open_for_asking(db) as database:
        rows = [_row(node) for node in tree(database)]
    columns = (
        Column("Văn bản", _words, ratio=4),
        Column("Cơ quan ban hành", lambda r: r["issuer"], "green", ratio=2),
        Column("Ngày", lambda r: r["date"]),
        Column("Quan hệ", lambda r: RELATIONS.get(r["relation"] or "", ""), "dim"),
        Column("Cấp dưới", lambda r: r["children"] or "", right=True),
    )
    show(rows, columns, form, "dòng")


def _row(node: Node) -> Row:
    plan = node.plan
    return {
        "depth": node.depth,
        "id": plan.id if plan else None,
        "document": plan.name if plan else node.document,
        "missing": plan is None,
        "issuer": plan.issuer if plan else None,
        "date": plan.date if plan else None,
        "relation": node.relation,
        "children": node.children,
    }


def _words(row: Row) -> str:
    missing = f" (chưa có; {row['children']} kế hoạch thực hiện)" if row["missing"] else ""
    name = f"[{row['id']}] {row['document']}" if row["id"] else str(row["document"])
    return f"{'   ' * row['depth']}{name}{missing}"
