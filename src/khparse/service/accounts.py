"""Signing in: passwords kept as argon2 hashes, sessions by the hash of a random token."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from khparse.errors import StoreError
from khparse.store import accounts as store
from khparse.store.accounts import Account
from khparse.store.database import Database

if TYPE_CHECKING:
    from argon2 import PasswordHasher

HOURS = 12
LEAST_LETTERS = 10


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobody() -> str:
    """A hash to compare with where there is no such account, so that the answer takes as long."""
    return _hasher().hash(secrets.token_hex())


def hashed(password: str) -> str:
    """The password as it is kept. Raises StoreError for one that is too short."""
    if len(password) < LEAST_LETTERS:
        raise StoreError(f"mật khẩu ngắn hơn {LEAST_LETTERS} ký tự", "hãy chọn mật khẩu dài hơn")
    return _hasher().hash(password)


def add_account(database: Database, name: str, password: str, role: str) -> None:
    """A new account. Raises StoreError."""
    store.add_account(database, name.strip(), hashed(password), role)


def change_account(
    database: Database, name: str, *, password: str | None = None, role: str | None = None, active: bool | None = None
) -> None:
    """Another password, role or state. Raises StoreError."""
    store.change_account(database, name, password=hashed(password) if password else None, role=role, active=active)


def sign_in(database: Database, name: str, password: str) -> str | None:
    """The token of a new session; None where name or password is wrong."""
    from argon2.exceptions import Argon2Error, InvalidHashError

    known = store.password_of(database, name.strip())
    try:
        _hasher().verify(known[1] if known else _nobody(), password)
    except (Argon2Error, InvalidHashError):
        return None
    if known is None:
        return None
    token = secrets.token_urlsafe(32)
    ends = datetime.now(UTC) + timedelta(hours=HOURS)
    store.add_session(database, _digest(token), known[0], ends.isoformat(timespec="seconds"))
    return token


def account_of_token(database: Database, token: str) -> Account | None:
    """Who holds the token."""
    return store.account_of(database, _digest(token))


def sign_out(database: Database, token: str) -> None:
    """The session ends."""
    store.end_session(database, _digest(token))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
