"""CSV: a file for each kind, as a spreadsheet program opens it (UTF-8 with its mark, lists joined with "; ")."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from khparse.export.facts import Facts, Files
from khparse.export.fields import KINDS, Form, Kind

# a spreadsheet program computes a cell that begins so; "-5%" and "+ 3 lớp" stay what they are
_FORMULA = ("=", "@", "\t=", "\r=")
_SIGNS = ("+", "-")
_CALLS = frozenset("(|!")


def csv_files(facts: Facts, kinds: Iterable[str]) -> Files:
    """The kinds' tables: {"tasks.csv": …, "targets.csv": …}."""
    return {f"{name}.csv": _table(facts, KINDS[name]) for name in kinds}


def _table(facts: Facts, kind: Kind) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(field.key for field in kind.fields)
    for value in facts.of(kind.name):
        writer.writerow(_cell(field.value(value), field.form) for field in kind.fields)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: object, form: Form) -> object:
    if value is None:
        return ""
    if form is Form.FLAG:
        return "true" if value else "false"
    if form is Form.NUMBER:
        return format(value, ".10g")
    if isinstance(value, list):
        return harmless("; ".join(value))
    return harmless(value) if isinstance(value, str) else value


def harmless(words: str) -> str:
    """Words that no spreadsheet program takes for a formula: "=1+1" -> "'=1+1"."""
    computes = words.startswith(_FORMULA) or (words.startswith(_SIGNS) and not _CALLS.isdisjoint(words))
    return f"'{words}" if computes else words
