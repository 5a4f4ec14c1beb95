"""Publishing a database to PostgreSQL, its conflicts found beforehand."""

from __future__ import annotations

from khparse.service.comparison import refresh_conflicts
from khparse.store.database import Database
from khparse.store.postgres.publishing import Publication
from khparse.store.postgres.publishing import publish as publish_parts


def publish(database: Database, address: str) -> Publication:
    """Bring the server at `address` ("postgresql://host/plans") to the state of the database: what has changed goes there.

    Readers see the old state until all of the new one is there. Raises StoreError; then nothing has changed.
    """
    refresh_conflicts(database)
    return publish_parts(database, address)
