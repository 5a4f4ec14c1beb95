"""The command line."""

from __future__ import annotations

from khparse.cli.program import main

__all__ = ["main"]
