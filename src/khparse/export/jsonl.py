"""JSON Lines: a line for each value, whole, with the names of the extraction record."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from khparse.export.facts import Facts, Files
from khparse.model.stored import StoredPlan

# "tasks" -> what one line says it is
SINGULAR = {
    "plans": "plan",
    "references": "reference",
    "targets": "target",
    "tasks": "task",
    "budgets": "budget",
    "findings": "finding",
    "conflicts": "conflict",
}


def jsonl_files(facts: Facts, kinds: Iterable[str]) -> Files:
    """One file: {"record": "task", "id": 7, "plan": 1, "title": …, "lead": [{"text": …, "name": …}], "due": {…}}."""
    lines = (
        json.dumps({"record": SINGULAR[kind], **_fields(value)}, ensure_ascii=False)
        for kind in kinds
        for value in facts.of(kind)
    )
    return {"": "".join(f"{line}\n" for line in lines).encode()}


def _fields(value: Any) -> dict[str, Any]:
    """A value's own names; what it belongs to is named by its id."""
    return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}


def _plain(value: Any) -> Any:
    if isinstance(value, StoredPlan):
        return value.id
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return _fields(value) if dataclasses.is_dataclass(value) else value
