"""Running all programs takes minutes: only where it is asked for."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the tests marked `confirm` out unless `-m` names them."""
    if "confirm" in (config.getoption("-m") or ""):
        return
    left_out = [item for item in items if item.get_closest_marker("confirm")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker("confirm")]
