"""Internal errors as problems: one line each, and the other findings stand."""

from __future__ import annotations

import os
import traceback

from freezelint.core.findings import Problem


def internal_problem(path: str, what: str, error: BaseException) -> Problem:
    """An internal error as one line; FREEZELINT_TRACEBACK=1 in the environment shows where."""
    if os.environ.get("FREEZELINT_TRACEBACK"):
        traceback.print_exception(error)
    if isinstance(error, RecursionError):
        # No error of freezelint, but a limit of it: an `elif` chain of hundreds, say. What was seen before it stands.
        place = "" if what == path else f", in {what}"
        return Problem(path=path, message=f"nested too deeply to be analysed whole{place}", code="FRZ902")
    detail = f"{type(error).__name__}: {error}".splitlines()[0]
    return Problem(path=path, message=f"internal error in {what}: {detail}", internal=True)
