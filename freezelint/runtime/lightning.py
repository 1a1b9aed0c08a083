"""A callback for the Trainer of Lightning: `Trainer(callbacks=[FreezelintCallback()])`."""

from __future__ import annotations

from typing import Any

from freezelint.core.findings import Finding
from freezelint.runtime.watching import FreezingMistake, Watch, report

try:
    from lightning.pytorch import Callback
except ImportError:  # the older name of the same package
    from pytorch_lightning import Callback  # type: ignore[import-not-found, no-redef, assignment, unused-ignore]


class FreezelintCallback(Callback):  # type: ignore[misc, unused-ignore]
    """Watches a fit. With `raises` mistakes raise `FreezingMistake` at its end, else they go to standard error."""

    def __init__(self, *, every_n_steps: int = 1, raises: bool = False) -> None:
        self.findings: tuple[Finding, ...] = ()
        self._every = every_n_steps
        self._raises = raises
        self._watch: Watch | None = None

    def setup(self, trainer: Any, pl_module: Any, stage: str) -> None:
        """Begin before the optimizers are made."""
        if stage == "fit":
            self._watch = Watch(pl_module, every_n_steps=self._every).begin()

    def teardown(self, trainer: Any, pl_module: Any, stage: str) -> None:
        """Judge what was seen."""
        watch, self._watch = self._watch, None
        if watch is None:
            return
        self.findings = watch.end()
        if self.findings and self._raises:
            raise FreezingMistake(self.findings)
        report(self.findings, None)

    def on_exception(self, trainer: Any, pl_module: Any, exception: BaseException) -> None:
        """The user's error comes first: what was seen is only written."""
        if self._watch is not None:
            self.findings = self._watch.end()
            self._watch = None
            report(self.findings, None)
