"""khparse: Vietnamese administrative plans, read into commitments that can be asked and compared.

import khparse
record = khparse.extract("kế hoạch.docx")
with khparse.open("plans.db") as plans:
    plans.tasks(office="Sở Tài chính")
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

import khparse.extract as _stage
from khparse.version import __version__

if TYPE_CHECKING:
    from khparse.api import PlanDatabase, Source, extract, open  # noqa: A004 (as `gzip.open`)
    from khparse.model.record import Extraction

__all__ = ["PlanDatabase", "__version__", "extract", "open"]


class _CallableStage(ModuleType):
    """The package `khparse.extract`, which is also the call: Python binds both to one name of the root."""

    def __call__(self, source: Source, *, any_document: bool = False) -> Extraction:
        """One plan's record, from a file's path or its bytes: `khparse.api.extract`."""
        from khparse import api

        return api.extract(source, any_document=any_document)


sys.modules[_stage.__name__].__class__ = _CallableStage


def __getattr__(name: str) -> Any:
    """The Python API, loaded when it is asked for: `import khparse` itself costs nothing."""
    if name not in __all__:
        raise AttributeError(f"module 'khparse' has no attribute {name!r}")
    from khparse import api

    return getattr(api, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
