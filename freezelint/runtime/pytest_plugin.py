"""A plugin for pytest: `--freezelint-confirm` watches the tests, `assert_frozen` says what must not change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from freezelint.core.findings import Finding
    from freezelint.runtime.frozen import AssertFrozen
    from freezelint.runtime.watching import Watch


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option."""
    group = parser.getgroup("freezelint")
    group.addoption(
        "--freezelint-confirm", action="store_true",
        help="watch the training that tests do, and fail tests that show freezing mistakes",
    )  # fmt: skip


def pytest_configure(config: pytest.Config) -> None:
    """Watch where it is asked for."""
    if config.getoption("--freezelint-confirm"):
        config.pluginmanager.register(_Watching(), "freezelint-watching")


class _Watching:
    """A recording of its own for each test."""

    def __init__(self) -> None:
        self._watch: Watch | None = None

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        """Watch the test itself; a mistake fails it where nothing else does."""
        from freezelint.runtime.watching import FreezingMistake, Watch

        watch = Watch(None).begin()
        outcome: Any = yield
        findings: tuple[Finding, ...] = watch.end()
        if findings and outcome.excinfo is None:
            outcome.force_exception(FreezingMistake(findings))


@pytest.fixture
def assert_frozen() -> Iterator[AssertFrozen]:
    """Asserts that parts of models stay frozen: `assert_frozen(model.backbone)`, then train.

    Weights, buffers, flags and modes are compared when the test ends, or at the end of a `with` block. Nothing is run.
    """
    from freezelint.runtime.frozen import AssertFrozen

    asserting = AssertFrozen()
    yield asserting
    asserting.check()
