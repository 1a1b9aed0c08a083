"""Asserts that a part of a model stays frozen: its weights, its buffers, its flags and its modes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from freezelint.runtime.values import distance, fingerprint
from freezelint.runtime.wording import amount, few, plural

if TYPE_CHECKING:
    from torch import nn


class _Part:
    """How a part was when it was given."""

    def __init__(self, module: nn.Module) -> None:
        self.module = module
        self.tensors = {name: fingerprint(each) for name, each in self._all()}
        self.trained: dict[str, None] = {}
        self._handles = [
            each.register_forward_pre_hook(self._ran(name or type(module).__name__))
            for name, each in module.named_modules()
            if _mode_matters(each)
        ]

    def _ran(self, name: str) -> Any:
        def hook(module: nn.Module, arguments: Any) -> None:
            if module.training:
                self.trained[name] = None

        return hook

    def _all(self) -> list[tuple[str, Any]]:
        return [*self.module.named_parameters(), *self.module.named_buffers()]

    def faults(self) -> list[str]:
        """What is not frozen about it, in words."""
        for handle in self._handles:
            handle.remove()
        self._handles = []
        label = type(self.module).__name__
        found = []
        open_ = [name for name, each in self.module.named_parameters() if each.requires_grad]
        if open_:
            found.append(f"{plural(len(open_), 'parameter')} of {label} require grad: {few(open_)}")
        moved = {
            name: by for name, each in self._all() if (by := distance(self.tensors.get(name), fingerprint(each)))
        }  # fmt: skip
        if moved:
            most = max(moved, key=lambda name: moved[name])
            found.append(
                f"{plural(len(moved), 'tensor')} of {label} changed: {few(list(moved))} "
                f"(`{most}` by {amount(moved[most])})"
            )
        if self.trained:
            found.append(
                f"{plural(len(self.trained), 'layer')} of {label} ran in train mode: {few(list(self.trained))}"
            )
        return found


class AssertFrozen:
    """Call it with the parts that must stay frozen. As a context manager it checks when the block ends."""

    def __init__(self) -> None:
        self._parts: list[_Part] = []

    def __call__(self, *parts: nn.Module) -> AssertFrozen:
        self._parts += [_Part(part) for part in parts]
        return self

    def __enter__(self) -> AssertFrozen:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is None:
            self.check()

    def check(self) -> None:
        """Raises AssertionError where a part is not frozen, or did not stay so."""
        parts, self._parts = self._parts, []
        faults = [fault for part in parts for fault in part.faults()]
        if faults:
            raise AssertionError("; ".join(faults))


def _mode_matters(module: nn.Module) -> bool:
    """Whether a layer computes something else in train mode: it drops values or keeps statistics."""
    from torch import nn

    if isinstance(module, (nn.modules.batchnorm._NormBase, nn.modules.dropout._DropoutNd, nn.RReLU)):
        return True
    return isinstance(module, (nn.RNNBase, nn.MultiheadAttention)) and module.dropout > 0
