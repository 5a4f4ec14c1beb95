"""Loaded as well by the server of several workers: the entity model, which each of them would come to load."""

from __future__ import annotations

import os
from contextlib import suppress

from khparse.errors import KhparseError
from khparse.rules.kit import entity_model

# a process that others are forked from has one thread, and a worker has one core
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

with suppress(KhparseError, ImportError):  # where a doubt first needs it, it is told what is wrong
    from khparse.extract.entities import load

    if model := entity_model():
        load(model)
