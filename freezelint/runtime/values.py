"""What a run shows by values: which parameters moved, in which state, and which running statistics did.

Nothing is copied but a few numbers of each tensor: a checksum over all of its bits, and a sample that tells by how
much it moved. torch's own version counters are no evidence: fused steps and batch norm do not count them up.
"""

from __future__ import annotations

from typing import Any

import msgspec

_SAMPLE = 256
_SMALL = 1 << 16


class Fingerprint(msgspec.Struct, frozen=True):
    """The bits of a tensor as one number, and a few of its values."""

    checksum: int
    sample: Any


def fingerprint(tensor: Any) -> Fingerprint | None:
    """The fingerprint of a tensor, or None where its values cannot be read (on meta devices, sharded)."""
    import torch

    try:
        with torch.no_grad():
            values = tensor.detach()
            flat = (values if values.is_contiguous() else values.contiguous()).reshape(-1)
            if flat.numel() == 0 or flat.is_complex():
                return None
            whole = {8: torch.int64, 4: torch.int32, 2: torch.int16, 1: torch.int8}[flat.element_size()]
            stride = max(1, flat.numel() // _SAMPLE)
            return Fingerprint(int(flat.view(whole).sum().item()), flat[::stride][:_SAMPLE].float().clone())
    except (RuntimeError, NotImplementedError, KeyError, TypeError, AttributeError):
        return None


def distance(before: Fingerprint | None, after: Fingerprint | None) -> float | None:
    """The largest change among the sampled values; 0.0 only where no bit changed. None where it is not known.

    A change that no sampled value shows is given as the smallest float above 0.
    """
    if before is None or after is None:
        return None
    if before.checksum == after.checksum and bool((before.sample == after.sample).all()):
        return 0.0
    if before.sample.shape != after.sample.shape:
        return None
    return max(float((before.sample - after.sample).abs().max()), 5e-324)


class Moves:
    """How a parameter moved, apart for the times in which it was frozen and those in which it was not."""

    __slots__ = (
        "_exact", "flag", "frozen_at", "frozen_steps", "grad_steps", "held", "moved", "open_steps", "start",
        "trained_at",
    )  # fmt: skip

    def __init__(self, parameter: Any, *, flag: bool) -> None:
        self.flag = flag
        self.start = fingerprint(parameter)
        self.moved: dict[bool, float] = {}
        self.open_steps = self.frozen_steps = self.grad_steps = 0
        self.held = 0
        self.trained_at = self.frozen_at = -1
        """The time of the last step at which it required a gradient and had one, or was frozen."""
        self._exact = 4

    def turned(self, parameter: Any, flag: bool) -> None:
        """Its flag was switched: what moved until now belongs to the old state."""
        if flag == self.flag:
            return
        if self._exact > 0:  # what is switched at every step is not worth its checksum
            self._exact -= 1
            now = fingerprint(parameter)
            self._add(self.flag, distance(self.start, now))
            self.start = now
        else:
            self.start = None
        self.flag = flag

    def _add(self, flag: bool, amount: float | None) -> None:
        if amount is not None:
            self.moved[flag] = max(self.moved.get(flag, 0.0), amount)

    def so_far(self, parameter: Any, *, flag: bool) -> float | None:
        """By how much it moved in this state until now."""
        if self.flag == flag and parameter is not None:
            self._add(flag, distance(self.start, fingerprint(parameter)))
        return self.moved.get(flag)


class Drift:
    """The small buffers of a layer while everything that guards it is frozen."""

    __slots__ = ("_start", "moved", "runs", "since")

    def __init__(self) -> None:
        self._start: dict[str, Any] | None = None
        self.moved: dict[str, float] = {}
        self.runs = 0
        self.since = 0

    def forward(self, layer: Any, *, frozen: bool, steps: int) -> None:
        """The layer is about to run."""
        if not frozen:
            self.close(layer)
            self._start = None
        elif self._start is None:
            self._start = _buffers(layer)
            self.since = steps
        self.runs += frozen

    def close(self, layer: Any) -> dict[str, float]:
        """By how much each buffer moved until now."""
        if self._start is not None and layer is not None:
            now = _buffers(layer)
            for name, before in self._start.items():
                after = now.get(name)
                if after is None or after.shape != before.shape or after.device != before.device:
                    continue
                amount = float((after.double() - before.double()).abs().max())
                if amount == amount:
                    self.moved[name] = max(self.moved.get(name, 0.0), amount)
        return self.moved


def _buffers(layer: Any) -> dict[str, Any]:
    return {
        name: buffer.detach().clone()
        for name, buffer in layer._buffers.items()
        if buffer is not None
        and 0 < buffer.numel() <= _SMALL
        and not buffer.is_complex()
        and buffer.device.type != "meta"
    }


class Runs:
    """When a module ran forward in train mode and in eval mode, as times of the recorder's clock."""

    __slots__ = ("eval", "train")
    _MOST = 2000

    def __init__(self) -> None:
        self.train: list[int] = []
        self.eval: list[int] = []

    def add(self, time: int, *, training: bool) -> None:
        """One forward."""
        log = self.train if training else self.eval
        if len(log) < self._MOST:
            log.append(time)

    def after(self, time: int, *, training: bool) -> int:
        """How often it ran in this mode after a time."""
        return sum(each > time for each in (self.train if training else self.eval))
