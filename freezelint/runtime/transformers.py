"""A callback for the Trainer of transformers: `Trainer(callbacks=[FreezelintCallback()])`."""

from __future__ import annotations

from typing import Any

from transformers import TrainerCallback

from freezelint.core.findings import Finding
from freezelint.runtime.watching import FreezingMistake, Watch, report


class FreezelintCallback(TrainerCallback):  # type: ignore[misc, unused-ignore]
    """Watches `train()`. With `raises` mistakes raise `FreezingMistake` at its end, else they go to standard error."""

    def __init__(self, *, every_n_steps: int = 1, raises: bool = False) -> None:
        self.findings: tuple[Finding, ...] = ()
        self._every = every_n_steps
        self._raises = raises
        self._watch: Watch | None = None

    def on_train_begin(self, args: Any, state: Any, control: Any, model: Any = None, **kwargs: Any) -> None:
        """Begin; the optimizer is there already."""
        inner = getattr(kwargs.get("optimizer"), "optimizer", kwargs.get("optimizer"))
        optimizers = () if inner is None else (inner,)
        self._watch = Watch(model, *optimizers, every_n_steps=self._every).begin()

    def on_train_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """Judge what was seen."""
        watch, self._watch = self._watch, None
        if watch is None:
            return
        self.findings = watch.end()
        if self.findings and self._raises:
            raise FreezingMistake(self.findings)
        report(self.findings, None)
