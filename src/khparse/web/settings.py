"""What a server is started with."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from khparse.read.limits import FILE_BYTES

LOCAL_NAMES = ("localhost", "127.0.0.1", "[::1]")
MOST_FILES = 200


@dataclass(frozen=True, slots=True)
class Settings:
    """The database, the address that is listened on, and the limits of what is put in.

    `accounts` asks everyone to sign in; `jobs` tells whether this server works on the queue.
    """

    db: Path
    host: str = "127.0.0.1"
    port: int = 8000
    accounts: bool = False
    most_bytes: int = FILE_BYTES
    most_files: int = MOST_FILES
    jobs: bool = True

    @property
    def local(self) -> bool:
        """Whether only this machine can reach the server."""
        return is_local(self.host)


def is_local(host: str) -> bool:
    """For example "127.0.0.1", "::1", "localhost" -> True; "0.0.0.0", a name or an address of the network -> False."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
