"""Adds to a report what only some formats show: the pages of its rules."""

from __future__ import annotations

import msgspec

from freezelint.core.findings import Report
from freezelint.registry import RegistryError, load_rules, page


def with_pages(report: Report) -> Report:
    """The report with the page of each of its rules; a rule without a page keeps none."""
    installed = {rule.code: rule for rule in load_rules()} if report.rules else {}
    rules = []
    for info in report.rules:
        try:
            text = page(installed[info.code])
        except (KeyError, RegistryError):
            text = ""
        rules.append(msgspec.structs.replace(info, page=text))
    return msgspec.structs.replace(report, rules=tuple(rules))
