"""Internal errors as problems: one line each, and the other findings stand."""

from __future__ import annotations

import os
import traceback

from freezelint.core.findings import Problem


def internal_problem(path: str, what: str, error: BaseException) -> Problem:
    """An internal error as one line; FREEZELINT_TRACEBACK=1 in the environment shows where."""
    detail = f"{type(error).__name__}: {error}".splitlines()[0]
    if os.environ.get("FREEZELINT_TRACEBACK"):
        traceback.print_exception(error)
    return Problem(path=path, message=f"internal error in {what}: {detail}", internal=True)
