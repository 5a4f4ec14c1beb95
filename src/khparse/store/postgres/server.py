"""A connection to PostgreSQL, by its address; its errors as one line for a person."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from khparse.errors import StoreError, ToolMissingError

_SCHEMES = ("postgresql://", "postgres://")
_PORT = 5432


def is_server(place: str | Path) -> bool:
    """Whether a place is a server's address: "postgresql://reader@host/plans"."""
    return isinstance(place, str) and place.startswith(_SCHEMES)


def without_password(address: str) -> str:
    """An address as it may be shown."""
    parts = urlsplit(address)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="").geturl()


def connect(address: str) -> Any:
    """The server at an address as libpq writes it; a password may stand in PGPASSWORD. Raises StoreError."""
    try:
        import pg8000.native
    except ImportError as error:
        raise ToolMissingError(
            "thiếu thư viện pg8000 để nối với PostgreSQL", "hãy chạy: pip install 'khparse[postgresql]'"
        ) from error
    with told(address):
        return pg8000.native.Connection(**_arguments(address))


@contextmanager
def told(address: str) -> Iterator[None]:
    """The server's errors, told."""
    from pg8000.exceptions import DatabaseError, InterfaceError

    try:
        yield
    except DatabaseError as error:
        said = error.args[0] if error.args else {}
        words = said.get("M", said) if isinstance(said, dict) else said
        raise StoreError(f"{without_password(address)}: {words}", "hãy kiểm tra máy chủ PostgreSQL") from error
    except (InterfaceError, OSError) as error:
        raise StoreError(
            f"{without_password(address)}: không nối được máy chủ ({error})", "hãy kiểm tra địa chỉ và mật khẩu"
        ) from error


def _arguments(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    try:
        port = parts.port or int(asked.get("port", _PORT))
    except ValueError as error:
        raise StoreError(f"{without_password(address)}: cổng không phải là số", "hãy sửa địa chỉ") from error
    host = parts.hostname or asked.get("host") or "localhost"
    user = unquote(parts.username or asked.get("user") or os.environ.get("PGUSER") or getpass.getuser())
    given = {
        "user": user,
        "password": unquote(parts.password) if parts.password else os.environ.get("PGPASSWORD"),
        "database": unquote(parts.path.lstrip("/")) or user,
        "application_name": "khparse",
    }
    if host.startswith("/"):  # a folder of sockets
        return given | {"unix_sock": f"{host}/.s.PGSQL.{port}"}
    return given | {"host": host, "port": port, "ssl_context": _encryption(asked.get("sslmode", "prefer"))}


def _encryption(mode: str) -> Any:
    import ssl

    if mode in {"verify-ca", "verify-full"}:
        context = ssl.create_default_context()
        context.check_hostname = mode == "verify-full"
        return context
    if mode == "require":  # encrypted, whoever answers: libpq's meaning
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context
    return None
