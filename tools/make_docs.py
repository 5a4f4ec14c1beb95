"""Pages made from what they describe: the database, the program's help, the Python API, sizes. `make docs` writes them."""

from __future__ import annotations

import inspect
import re
import sqlite3
import sys
import tomllib
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import click
import sizes

from khparse import api
from khparse.cli.program import khparse
from khparse.store.migrations import migrate

DOCS = Path(__file__).resolve().parents[1] / "docs"
_SHADOW = re.compile(r"_(?:data|idx|docsize|config|content)$")  # what FTS5 keeps for itself
_COMMENTED = re.compile(r"((?:^--[^\n]*\n)+)CREATE (?:VIRTUAL )?TABLE (\w+)", re.MULTILINE)

SCHEMA_HEAD = """# The database

<!-- made by `make docs` from the migrations and docs/schema.toml: do not edit -->

One SQLite file, made and migrated by khparse (schema version {version}). Any tool may read it: the views `v_…` have a
row for each fact with its plan and its words, ready for [Datasette](https://datasette.io). Every quote is held to its
text by a trigger: `substr(texts.text, start + 1, end - start) = quote`.

```sql
SELECT plan, section, title, lead, due_end FROM v_tasks WHERE due_end BETWEEN '2025-01-01' AND '2025-03-31';
```

`khparse publish postgresql://…` makes the same tables, keys, indices and views on a PostgreSQL server, by rules from this
schema (`src/khparse/store/postgres/dialect.py`), and the triggers' work is done before rows come there. Integers are
`bigint`, texts are compared byte by byte (`COLLATE "C"`), `passages_fts` holds each line's words as arrays; `accounts`,
`sessions`, `jobs` and what comparison looks phrases up by (`phrases`, `phrase_keys`, `sayings`, `filed_plans`) are there
without rows. A reader needs `GRANT SELECT`; `ALTER DEFAULT PRIVILEGES` keeps it when a newer schema is made anew.
"""

CLI_HEAD = """# The command line

<!-- made by `make docs` from the program's own help: do not edit -->

Exit codes: 0 all done; 1 some inputs failed (the others are in); 2 wrong usage; 3 nothing could be done. An error is
one line on stderr that says what is wrong with which file and what to do. Output goes to stdout, progress to stderr.
"""


API_HEAD = """# The Python API

<!-- made by `make docs` from src/khparse/api.py: do not edit; the tests run its examples -->
"""


def schema_page() -> str:
    """The page of tables and views. Raises KeyError for a table or column without a meaning in docs/schema.toml."""
    connection = sqlite3.connect(":memory:")
    migrate(connection)
    meanings = tomllib.loads((DOCS / "schema.toml").read_text(encoding="utf-8"))
    comments = _comments() | meanings["tables"]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    parts = [SCHEMA_HEAD.format(version=version)]
    for kind, title in (("table", "Tables"), ("view", "Views")):
        parts.append(f"\n## {title}\n")
        parts.extend(
            f"\n### {name}\n\n{_meant(comments, name, name)}\n\n{_columns(connection, name, meanings)}"
            for name in _names(connection, kind)
        )
    return "".join(parts)


def _meant(meanings: dict[str, str], name: str, told: str) -> str:
    if name not in meanings:
        raise KeyError(f"{told}: say in docs/schema.toml what it means, then run `make docs`")
    return meanings[name]


def _names(connection: sqlite3.Connection, kind: str) -> list[str]:
    sql = "SELECT name FROM sqlite_master WHERE type = ? AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
    names = [row[0] for row in connection.execute(sql, (kind,))]
    return [name for name in names if not (_SHADOW.search(name) and _SHADOW.sub("", name) in names)]


def _comments() -> dict[str, str]:
    """The comment over each table in the migrations, as one paragraph."""
    folder = files("khparse.store").joinpath("sql")
    texts = [path.read_text(encoding="utf-8") for path in folder.iterdir() if path.name.endswith(".sql")]
    found = (match for text in texts for match in _COMMENTED.finditer(text))
    return {name: " ".join(line.removeprefix("--").strip() for line in comment.splitlines()) for comment, name in
            (match.groups() for match in found)}  # fmt: skip


def _columns(connection: sqlite3.Connection, table: str, meanings: dict[str, dict]) -> str:
    keys = {row[3]: f"{row[2]}.{row[4] or 'id'}" for row in connection.execute(f'PRAGMA foreign_key_list("{table}")')}
    lines = ["| column | type | meaning |", "|---|---|---|"]
    for _, column, type_, required, _, _ in connection.execute(f'PRAGMA table_info("{table}")'):
        meaning = _meant(meanings["columns"] | meanings["only"].get(table, {}), column, f"{table}.{column}")
        refers = f" → `{keys[column]}`" if column in keys else ""
        lines.append(f"| `{column}` | {type_ or '–'}{' not null' if required else ''} | {meaning}{refers} |")
    return "\n".join(lines) + "\n"


def cli_page() -> str:
    """The page of commands, each with its help."""
    return CLI_HEAD + "".join(_command_part(path, command) for path, command in commands())


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command with the words that call it: ("khparse rules check", …)."""
    queue: list[tuple[str, click.Command]] = [("khparse", khparse)]
    while queue:
        path, command = queue.pop(0)
        yield path, command
        if isinstance(command, click.Group):
            queue[:0] = [(f"{path} {name}", command.commands[name]) for name in sorted(command.commands)]


def _command_part(path: str, command: click.Command) -> str:
    settings = {**khparse.context_settings, "max_content_width": 100}
    context = click.Context(command, info_name=path, terminal_width=100, **settings)
    return f"\n## {path}\n\n```text\n{command.get_help(context).rstrip()}\n```\n"


def api_page() -> str:
    """The page of the Python API: its module's examples, then each function and method with what it does."""
    examples = inspect.cleandoc(api.__doc__ or "")
    parts = [f"{API_HEAD}\n{_fenced(examples)}\n\n## Functions\n"]
    parts += [_api_part(f"khparse.{name}", getattr(api, name)) for name in ("extract", "open")]
    parts.append(f"\n## PlanDatabase\n\n{inspect.getdoc(api.PlanDatabase)}\n")
    methods = inspect.getmembers(api.PlanDatabase, inspect.isfunction)
    methods.sort(key=lambda pair: pair[1].__code__.co_firstlineno)
    parts += [_api_part(name, method) for name, method in methods if not name.startswith("_")]
    return "".join(parts)


def _fenced(examples: str) -> str:
    """Doctests as code blocks, the words between them as they are."""
    lines: list[str] = []
    for paragraph in examples.split("\n\n"):
        code = paragraph.startswith(">>>")
        lines.append(f"```python\n{paragraph}\n```" if code else paragraph)
    return "\n\n".join(lines)


def _api_part(name: str, function: Callable[..., object]) -> str:
    signature = str(inspect.signature(function)).replace("'", "").replace("(self, ", "(").replace("(self)", "()")
    return f"\n### {name}\n\n```python\n{name}{signature}\n```\n\n{inspect.getdoc(function)}\n"


PAGES = {"schema.md": schema_page, "cli.md": cli_page, "api.md": api_page, "sizes.md": sizes.page}


def main() -> int:
    """Write the pages."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
