"""Leaves the long runs of generated programs out, unless they are asked for with `-m witness`."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "witness" in config.option.markexpr:
        return
    left_out = [item for item in items if item.get_closest_marker("witness")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
