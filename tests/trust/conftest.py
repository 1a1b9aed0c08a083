"""Leaves the tests that take many minutes out, unless they are asked for with `-m`."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "robust" in config.option.markexpr:
        return
    left_out = [item for item in items if item.get_closest_marker("robust")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
