"""What all tests share: the kit, and `../shared` where it is there."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from postgres_server import programs

from khparse.read.capabilities import tesseract_version
from khparse.read.office import find_office
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


TOOLS = {
    "soffice": find_office,
    "tesseract": tesseract_version,
    "chromium": lambda: shutil.which("chromium"),
    "ray": lambda: find_spec("ray"),
    "postgresql": programs,
}


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test marked `tool("soffice")` is skipped without it, and fails where KHPARSE_REQUIRE_TOOLS is set."""
    for name in {name for marker in item.iter_markers("tool") for name in marker.args}:
        if TOOLS[name]() is None:
            stop = pytest.fail if os.environ.get("KHPARSE_REQUIRE_TOOLS") else pytest.skip
            stop(f"{name} is not installed on this machine")
