"""Names the report formats and loads the writer of one."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from freezelint.core.findings import Report

FORMATS = ("text", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "markdown", "html")

WITH_PAGES = frozenset({"sarif"})
"""The formats that show the pages of rules: `RuleInfo.page` has to be filled in for them."""

WITHOUT_EDITS = ("concise", "github")
"""The formats that say nothing of how a fix would be written."""

Writer = Callable[[Report], str]


def writer(name: str) -> Writer:
    """The `write` function of a format. Each is a module of its own, loaded only when it is asked for."""
    if name not in FORMATS:
        raise ValueError(f"unknown format {name}")
    write: Writer = import_module(f"freezelint.report.{name}").write
    return write
