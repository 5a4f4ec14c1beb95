"""What all tests share: the kit, and `../shared` where it is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from khparse.rules.kit import Kit, load_kit

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def kit() -> Kit:
    return load_kit()


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("../shared is not beside this checkout")
    return SHARED
