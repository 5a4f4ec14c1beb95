"""People who may use the page: accounts with their roles, and the sessions of those who are signed in."""

from __future__ import annotations

from dataclasses import dataclass

from khparse.errors import StoreError
from khparse.store.database import Database
from khparse.store.jobs import now

ROLES = ("reader", "editor", "admin")


@dataclass(frozen=True, slots=True)
class Account:
    """A person: name, role (reader, editor, admin), whether the account may be used."""

    id: int
    name: str
    role: str
    active: bool
    made_at: str


def add_account(database: Database, name: str, password: str, role: str) -> None:
    """A new account; `password` is its hash. Raises StoreError where the name is taken."""
    with database.transaction():
        if database.first("SELECT 1 AS one FROM accounts WHERE name = ?", (name,)):
            raise StoreError(f"đã có tài khoản “{name}”", "hãy chọn tên khác hoặc dùng `khparse users set`")
        database.insert("accounts", {"name": name, "password": password, "role": role, "made_at": now()})


def change_account(
    database: Database, name: str, *, password: str | None = None, role: str | None = None, active: bool | None = None
) -> None:
    """Another password (its hash), role or state; every session of the account ends."""
    with database.transaction():
        changed = database.run(
            """UPDATE accounts SET password = coalesce(?, password), role = coalesce(?, role),
                 active = coalesce(?, active) WHERE name = ?""",
            (password, role, None if active is None else int(active), name),
        )
        if not changed:
            raise StoreError(f"không có tài khoản “{name}”", "hãy xem `khparse users list`")
        database.run("DELETE FROM sessions WHERE account_id = (SELECT id FROM accounts WHERE name = ?)", (name,))


def list_accounts(database: Database) -> list[Account]:
    """All accounts by name."""
    rows = database.rows("SELECT id, name, role, active, made_at FROM accounts ORDER BY name")
    return [Account(row["id"], row["name"], row["role"], bool(row["active"]), row["made_at"]) for row in rows]


def password_of(database: Database, name: str) -> tuple[int, str] | None:
    """The id and password hash of an active account, None where there is none."""
    row = database.first("SELECT id, password FROM accounts WHERE name = ? AND active", (name,))
    return (int(row["id"]), str(row["password"])) if row else None


def add_session(database: Database, token: str, account_id: int, ends_at: str) -> None:
    """A session by the hash of its token; those that have ended go."""
    with database.transaction():
        database.run("DELETE FROM sessions WHERE ends_at < ?", (now(),))
        database.run("INSERT INTO sessions (token, account_id, ends_at) VALUES (?, ?, ?)", (token, account_id, ends_at))


def account_of(database: Database, token: str) -> Account | None:
    """Whose session it is, while it lasts."""
    row = database.first(
        """SELECT a.id, a.name, a.role, a.made_at FROM sessions s JOIN accounts a ON a.id = s.account_id
           WHERE s.token = ? AND s.ends_at >= ? AND a.active""",
        (token, now()),
    )
    return Account(row["id"], row["name"], row["role"], True, row["made_at"]) if row else None  # noqa: FBT003


def end_session(database: Database, token: str) -> None:
    """Signed out."""
    with database.transaction():
        database.run("DELETE FROM sessions WHERE token = ?", (token,))
