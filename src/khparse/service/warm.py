"""Loaded once by the server that workers are forked from: libraries and rules are then there from the start."""

from __future__ import annotations

from contextlib import suppress

import khparse.pipeline  # noqa: F401 (loading it is the point)
from khparse.errors import KhparseError
from khparse.rules.kit import load_kit

with suppress(KhparseError):  # a worker that needs the rules tells what is wrong with them
    load_kit()
